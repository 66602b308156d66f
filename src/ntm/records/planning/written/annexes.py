"""Phụ lục, biểu của kế hoạch: the tables that the five real plans carry, drawn from rows and from the standing of the day."""

from __future__ import annotations

from collections import defaultdict

from ntm.domain.documents.writing.content import Annex, Table
from ntm.domain.documents.writing.criteria_tables import (
    CriterionHead,
    Standing,
    criteria_by_units,
    units_by_criteria,
)
from ntm.domain.documents.writing.money_tables import MoneyLine, source_kind_table, source_table
from ntm.domain.documents.writing.tables import (
    CommuneLine,
    TaskGroup,
    TaskLine,
    VillageLine,
    commune_table,
    task_table,
    tasks_by_quarter,
    village_table,
)
from ntm.domain.documents.writing.xlsx import Sheet
from ntm.domain.official.text import fold, natural_key
from ntm.records.planning.as_document.parts import PlanParts
from ntm.records.planning.as_document.reading import promises
from ntm.records.planning.models import Mode, Plan, PlanMoney, TaskBody
from ntm.records.planning.queries import standing_of_plan
from ntm.records.planning.written.labels import Drawn, numbered
from ntm.records.planning.written.prose import measure_of
from ntm.records.planning.written.units_table import unit_annex
from ntm.records.standing import registry
from ntm.records.standing.models.intervals import OutcomeCode

__all__ = ["annexes_of", "criterion_names", "sheets_of", "told_annexes"]

Titled = tuple[str, Table]
_UNIT_WORDS = {"xa": "xã", "thon": "thôn", "huyen": "huyện"}


def criterion_names(plan: Plan) -> dict[int, str]:
    """Tên tiêu chí của bộ mà kế hoạch theo."""
    if plan.set is None:
        return {}
    return {criterion.no: criterion.name for criterion in registry.content(plan.set).criteria}


def annexes_of(parts: PlanParts) -> tuple[Annex, ...]:
    """Các phụ lục, biểu có nội dung, under the numbers that the plan's words give them, in their order."""
    return tuple(annex for _about, annex in told_annexes(parts))


def told_annexes(parts: PlanParts) -> tuple[tuple[str, Annex], ...]:
    """Các biểu ấy, each with what it tells: work, cells, shares or money."""
    tables = [
        *_as("shares", unit_annex(parts), _places(parts, "huyen")),
        *(found for one in _criteria(parts) for found in _as("cells", one)),
        *_as("shares", _communes(parts), _places(parts, "xa")),
        *_as("shares", _villages(parts), _places(parts, "thon")),
        *(found for one in _money(parts) for found in _as("money", one)),
    ]
    work = _as("work", _tasks(parts), tuple(task.source_place for task in parts.tasks))
    found = [*tables, *work] if parts.plan.level == "tinh" else [*work, *tables]  # a province's programme comes last
    numbers = numbered([one for one, _title, _table in found], *promises(parts)) if found else []
    drawn = [
        (one.about, Annex(f"Biểu {number}", title, table))
        for number, (one, title, table) in zip(numbers, found, strict=True)
    ]
    return tuple(sorted(drawn, key=lambda pair: natural_key(pair[1].label)))


def _as(about: str, drawn: Titled | None, places: tuple[str, ...] = ()) -> list[tuple[Drawn, str, Table]]:
    return [] if drawn is None else [(Drawn(about, places), *drawn)]


def _places(parts: PlanParts, level: str) -> tuple[str, ...]:
    """Where the shares of the units of a level stood on the paper."""
    return tuple(
        share.source_place
        for shares in parts.shares.values()
        for share in shares
        if parts.labels[share.unit_id].level == level
    )


def sheets_of(annexes: tuple[Annex, ...]) -> tuple[Sheet, ...]:
    """Các bảng ấy cho tệp Excel."""
    return tuple(Sheet(a.label, a.title, a.table) for a in annexes if a.table is not None)


def _tasks(parts: PlanParts) -> Titled | None:
    if not parts.tasks:
        return None
    grouped: dict[int | None, list[TaskLine]] = defaultdict(list)
    for task in parts.tasks:
        said: dict[str, list[str]] = defaultdict(list)
        for body in parts.bodies.get(task.pk, ()):
            said[body.part].append(body.words)
        line = TaskLine(
            task.what,
            ", ".join(said[TaskBody.Part.DIRECTING]),
            ", ".join(said[TaskBody.Part.LEAD]),
            ", ".join(said[TaskBody.Part.COORDINATING]),
            task.deadline_words,
            task.product,
        )
        grouped[task.group_id].append(line)
    groups = [
        TaskGroup(parts.groups[key].name if key in parts.groups else "", tuple(lines)) for key, lines in grouped.items()
    ]
    directed = any(line.directing for lines in grouped.values() for line in lines)
    table = task_table(groups) if directed or not all(group.name for group in groups) else tasks_by_quarter(groups)
    return f"Nội dung công việc thực hiện kế hoạch năm {parts.plan.year}", table


def _criteria(parts: PlanParts) -> tuple[Titled, ...]:
    """Xã x tiêu chí and tiêu chí x xã, from the same cells and the standing of the day."""
    if not parts.cells or parts.plan.set is None:
        return ()
    facts = standing_of_plan.gather(parts.plan.pk, parts.on, no=parts.version.no)
    if facts.alone:
        return ()
    now = facts.outcomes(parts.on)
    ids = sorted({*facts.ids, *(cell.unit_id for cell in parts.cells)}, key=lambda pk: fold(_name(parts, facts, pk)))
    cells: dict[tuple[str, int], Standing] = {}
    for pk in ids:
        for no, outcome in now.get(pk, {}).items():
            if outcome == OutcomeCode.MET:
                cells[_name(parts, facts, pk), no] = "met"
    for cell in parts.cells:
        cells[_name(parts, facts, cell.unit_id), cell.criterion_no] = "gain" if cell.mode == Mode.GAIN else "keep"
    heads = [CriterionHead(no, name) for no, name in sorted(criterion_names(parts.plan).items())]
    if parts.plan.set.level == "thon":  # villages are many, and those without a word to say of them stay out
        told = {unit for unit, _no in cells}
        ids = [pk for pk in ids if _name(parts, facts, pk) in told]
    names = [_name(parts, facts, pk) for pk in ids]
    year, word = parts.plan.year, _UNIT_WORDS.get(parts.plan.set.level, "đơn vị")
    return (
        (f"Chỉ tiêu phấn đấu theo {word} năm {year}", units_by_criteria(names, heads, cells, word.capitalize())),
        (f"Chỉ tiêu phấn đấu theo tiêu chí năm {year}", criteria_by_units(names, heads, cells, word)),
    )


def _name(parts: PlanParts, facts: standing_of_plan.PlanFacts, pk: int) -> str:
    return parts.labels[pk].name if pk in parts.labels else facts.name(pk)


def _communes(parts: PlanParts) -> Titled | None:
    """Biểu xã nâng cao, kiểu mẫu: shares of title targets at the communes, by district."""
    wanted: dict[int, set[str]] = defaultdict(set)
    for target in parts.targets:
        if target.title_kind in ("nang_cao", "kieu_mau") and target.title_level == "xa" and target.mode == Mode.GAIN:
            for share in parts.shares.get(target.pk, ()):
                if parts.labels[share.unit_id].level == "xa":
                    wanted[share.unit_id].add(target.title_kind)
    if not wanted:
        return None
    districts: dict[str, list[CommuneLine]] = defaultdict(list)
    for pk, kinds in wanted.items():
        line = CommuneLine(f"Xã {parts.labels[pk].name}", True, "kieu_mau" in kinds)
        districts[_upper(parts, pk, "huyen")].append(line)
    title = f"Danh sách xã phấn đấu đạt chuẩn nông thôn mới nâng cao, kiểu mẫu năm {parts.plan.year}"
    return title, commune_table(list(districts.items()))


def _villages(parts: PlanParts) -> Titled | None:
    """Biểu thôn: shares of title targets at the villages."""
    named = [
        share.unit_id
        for target in parts.targets
        if target.title_level == "thon" and target.mode == Mode.GAIN
        for share in parts.shares.get(target.pk, ())
        if parts.labels[share.unit_id].level == "thon"
    ]
    if not named:
        return None
    districts: dict[str, list[VillageLine]] = defaultdict(list)
    for pk in dict.fromkeys(named):
        label = parts.labels[pk]
        village = f"{label.kind[:1].upper()}{label.kind[1:]} {label.name}".strip()
        districts[_upper(parts, pk, "huyen")].append(VillageLine(_upper(parts, pk, "xa"), village))
    title = f"Danh sách thôn phấn đấu đạt chuẩn năm {parts.plan.year}"
    return title, village_table(list(districts.items()), "thôn")


def _upper(parts: PlanParts, pk: int, level: str) -> str:
    for label in parts.labels[pk].ancestors:
        if label.level == level:
            return label.title[:1].upper() + label.title[1:]
    return ""


def _money(parts: PlanParts) -> tuple[Titled, ...]:
    below: dict[int | None, list[PlanMoney]] = defaultdict(list)
    for row in parts.money:
        below[row.parent_id].append(row)
    found = []
    for role, title in ((PlanMoney.Role.NEED, "Nhu cầu kinh phí"), (PlanMoney.Role.SOURCE, "Nguồn lực huy động")):
        rows = [row for row in below[None] if row.role == role]
        if len(rows) == 1 and below[rows[0].pk]:
            rows = below[rows[0].pk]  # the total is the table's own last line
        if not rows:
            continue
        lines = [_line(row, below) for row in rows]
        measure = measure_of([total for line in lines if (total := line.total(0)) is not None])
        table = source_table(lines, measure, parts.plan.year)
        found.append((f"{title} năm {parts.plan.year}", table))
    kinds = [row for row in parts.money if row.kind and row.amount is not None and row.role == PlanMoney.Role.SOURCE]
    if kinds:
        found.append((f"Nguồn vốn theo loại năm {parts.plan.year}", _by_kind(kinds)))
    return tuple(found)


def _line(row: PlanMoney, below: dict[int | None, list[PlanMoney]]) -> MoneyLine:
    parts = tuple(_line(part, below) for part in below[row.pk])
    note = f"Chỉ có khi {row.condition}" if row.condition else ""
    return MoneyLine(row.what, () if parts else (row.amount,), parts, note)


def _by_kind(rows: list[PlanMoney]) -> Table:
    amounts: dict[str, list[int | None]] = defaultdict(lambda: [None, None])
    for row in rows:
        name = row.parent.what if row.parent else row.what
        place = 0 if row.kind == "dau_tu" else 1
        amounts[name][place] = (amounts[name][place] or 0) + (row.amount or 0)
    lines = [MoneyLine(name, tuple(pair)) for name, pair in amounts.items()]
    return source_kind_table(lines, measure_of([a for pair in amounts.values() for a in pair if a is not None]))
