"""Bảng của một đề xuất: works with their sources, units, sources, goals in plain words; the lines ready for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from ntm.domain.official.money import Measure, write_amount
from ntm.faces.desk import tables
from ntm.faces.desk.rooms.funding import amounts
from ntm.records.funding.queries.proposals import Goal, Line, Opened, UnitLine

__all__ = ["GoalSaid", "Prepared", "goals", "prepared", "sources_table", "units_table", "works_table"]

MOST_LINES = 290  # of the form of a decision


@dataclass(frozen=True, slots=True)
class GoalSaid:
    """Một mục tiêu bằng lời: what it is, what was reached, and whether anything could be better."""

    name: str
    value: str
    bound: str
    words: str
    best: bool


def goals(view: Opened) -> list[GoalSaid]:
    """Các mục tiêu, in their order of precedence."""
    return [_goal(one) for one in view.goals]


def _goal(one: Goal) -> GoalSaid:
    said = amounts.said if one.goal == "debt" else write_amount
    name = one.name.replace(" (đồng)", "")
    if one.gap <= 0:
        words = gettext("không cách chọn nào hơn được, khi giữ các mục tiêu đứng trước")
    else:
        words = gettext("chưa chắc là nhiều nhất: cách chọn khác có thể hơn, nhưng không quá %(gap)s") % {
            "gap": said(one.gap)
        }
    return GoalSaid(name[:1].upper() + name[1:], said(one.value), said(one.bound), words, one.gap <= 0)


def works_table(
    view: Opened, lines: Sequence[Line], why: str, download: str, *, chosen: bool, measure: Measure = "triệu"
) -> tables.Table:
    """Công trình được hay chưa được đề xuất; `why` is the address of the reasons, with ITEM in the place of the id."""
    names = {key: name for key, name, _, _ in view.sources}
    columns = [
        tables.Column("name", gettext("Công trình")),
        tables.Column("unit", gettext("Đơn vị")),
        tables.Column("criterion", gettext("Tiêu chí"), "number"),
        tables.Column("kind", gettext("Loại")),
        amounts.column("cost", gettext("Cần"), measure),
    ]
    if chosen:
        columns.append(tables.Column("sources", gettext("Từ nguồn")))
    columns.append(tables.Column("why", gettext("Vì sao có") if chosen else gettext("Vì sao không")))
    rows = []
    for line in lines:
        paid = "; ".join(f"{names[key]}: {amounts.said(amount)}" for key, amount in line.amounts.items())
        cells: list[tables.Cell | tables.Value] = [
            line.name, line.unit, line.criterion_no, _kind(line), amounts.cell(line.cost, measure),
        ]  # fmt: skip
        if chosen:
            cells.append(paid)
        url = why.replace("ITEM", line.id)
        cells.append(tables.Cell(gettext("xem lý do"), url=url, hint=line.name))
        rows.append(tables.Row(line.id, cells))
    caption = gettext("Công trình được đề xuất cấp vốn") if chosen else gettext("Công trình chưa được đề xuất")
    return tables.Table("proposal-works", caption, columns, rows, download_url=download)


def _kind(line: Line) -> str:
    if line.debt:
        return gettext("trả nợ đọng")
    if line.gap_id is not None:
        return gettext("hạng mục còn thiếu")
    return gettext("dở dang") if line.started else gettext("khởi công mới")


def units_table(lines: Sequence[UnitLine], measure: Measure = "triệu") -> tables.Table:
    """Đơn vị: which reach the title, which criteria are gained, what is still lacking."""
    columns = [
        tables.Column("unit", gettext("Đơn vị")),
        tables.Column("title", gettext("Danh hiệu")),
        amounts.column("given", gettext("Vốn đề xuất"), measure),
        tables.Column("gained", gettext("Đạt thêm"), "number", about=gettext("số tiêu chí đạt thêm")),
        tables.Column("which", gettext("Tiêu chí đạt thêm")),
        tables.Column("left", gettext("Còn thiếu"), "number", about=gettext("số tiêu chí còn thiếu")),
        tables.Column("lacking", gettext("Tiêu chí còn thiếu")),
        tables.Column("marks", gettext("Diện")),
    ]
    rows = [
        tables.Row(
            str(one.id),
            [
                one.name[:1].upper() + one.name[1:],
                _title(one),
                amounts.cell(one.given or None, measure),
                len(one.gained),
                ", ".join(_short(name) for name in one.gained),
                len(one.left),
                ", ".join(_short(name) for name in one.left),
                ", ".join(_marks(one)),
            ],
        )
        for one in lines
    ]
    return tables.Table("proposal-units", gettext("Các đơn vị"), columns, rows)


def _title(one: UnitLine) -> str:
    if one.reaches:
        return gettext("đủ tiêu chí")
    return gettext("đang giữ") if one.holds else gettext("chưa đủ")


def _short(name: str) -> str:
    return name.removeprefix("tiêu chí ")


def _marks(one: UnitLine) -> list[str]:
    found = [gettext("phấn đấu trong năm")] if one.due else []
    return [*found, gettext("đặc biệt khó khăn")] if one.difficult else found


def sources_table(view: Opened, measure: Measure = "triệu") -> tables.Table:
    """Nguồn: ceiling, used, left."""
    columns = [
        tables.Column("source", gettext("Nguồn vốn")),
        amounts.column("ceiling", gettext("Trần"), measure),
        amounts.column("used", gettext("Đề xuất dùng"), measure),
        amounts.column("left", gettext("Còn lại"), measure),
    ]
    rows = [
        tables.Row(key, [name, *(amounts.cell(one, measure) for one in (ceiling, used, ceiling - used))])
        for key, name, ceiling, used in view.sources
    ]
    sums = [sum(one[2] for one in view.sources), sum(one[3] for one in view.sources)]
    total = tables.Row("total", [gettext("Tổng"), *(amounts.cell(one, measure) for one in (*sums, sums[0] - sums[1]))])
    return tables.Table("proposal-sources", gettext("Nguồn vốn của phương án"), columns, rows, totals=(total,))


@dataclass(frozen=True, slots=True)
class Prepared:
    """Các dòng chuẩn bị cho quyết định: hidden fields of the form of a decision; what has to be written elsewhere."""

    act: str
    fields: tuple[tuple[str, str], ...]
    count: int
    elsewhere: int
    too_many: bool

    @property
    def elsewhere_words(self) -> str:
        if not self.elsewhere:
            return ""
        return ngettext(
            "%(n)s dòng dùng vốn đơn vị dưới đang giữ: đơn vị ấy phân khai bằng quyết định của mình.",
            "%(n)s dòng dùng vốn đơn vị dưới đang giữ: đơn vị ấy phân khai bằng quyết định của mình.",
            self.elsewhere,
        ) % {"n": self.elsewhere}


def prepared(view: Opened, places: dict[int, str]) -> Prepared:
    """Dòng của một quyết định phân bổ (of a commune's own money: details to works); nothing is posted."""
    own = view.proposal.unit_id
    act = "dieu-chuyen" if view.unit.level == "xa" else "phan-bo"
    rows, elsewhere = [], 0
    for line in view.lines:
        for key, amount in line.amounts.items():
            if "@" in key:
                elsewhere += 1
                continue
            source, kind = key.split("|")[:2]
            code = view.result["about"][line.id]["code"] if line.works_id else ""
            unit = places.get(line.unit_id, line.unit)
            row = {"unit": unit, "fund": f"{source}|{kind}", "amount": f"{amount} đồng", "works": code}
            if act == "dieu-chuyen":
                row = {**row, "works": "", "to_unit": unit, "to_works": code}
            if act == "phan-bo" and line.unit_id == own:
                elsewhere += 1
                continue
            rows.append(row)
    fields = [("dong-TOTAL_FORMS", str(len(rows))), ("dong-INITIAL_FORMS", "0"), ("them-dong", "1")]
    fields += [(f"dong-{number}-{name}", value) for number, row in enumerate(rows) for name, value in row.items()]
    too_many = len(rows) > MOST_LINES
    return Prepared(act, () if too_many else tuple(fields), len(rows), elsewhere, too_many)
