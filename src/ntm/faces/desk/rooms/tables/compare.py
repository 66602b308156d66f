"""So sánh hai ngày: what changed for each unit and each criterion, gained and lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain.official.dates import parse_date, write_date
from ntm.faces.desk import tables
from ntm.faces.desk.pages import show
from ntm.faces.desk.rooms.tables.place import Place, place_of
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.sight import units_page
from ntm.records.standing import drawing
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.models.intervals import OutcomeCode
from ntm.records.standing.queries import matrix as matrices
from ntm.records.standing.queries.matrix import Change, Matrix
from ntm.records.units.queries import UnitLabel

ROOM = "matrix"
BEFORE = "truoc"


@dataclass(frozen=True, slots=True)
class Sums:
    """Tổng của một ngày và của thay đổi."""

    units_before: int
    units_after: int
    met_before: int
    met_after: int
    gained: int
    lost: int

    @property
    def difference(self) -> int:
        return self.met_after - self.met_before


@require_GET
@units_page
def compare(request: HttpRequest) -> HttpResponse:
    """So sánh: the asked day against an earlier one, under one set."""
    place = place_of(request)
    crumbs, tabs = place.crumbs(gettext("So sánh hai ngày")), place.tabs("compare")
    if place.row is None:
        context = {"place": place, "filters": place.filters()}
        return show(request, "desk/tables/compare.html", context, room=ROOM, crumbs=crumbs, tabs=tabs)
    before, complaint = _before(request, place)
    one, two, changes = matrices.compare(place.unit_id, place.row, before, place.on, place.basis)
    table = _units_table(place, one, two, changes, before)
    form = request.GET.get("tai", "")
    if form in ("xlsx", "csv"):
        return tables.download(table, form, f"so-sanh-{before:%Y-%m-%d}-{place.on:%Y-%m-%d}")
    context = {
        "place": place,
        "filters": place.filters(),
        "before": before,
        "complaint": complaint,
        "sums": _sums(one, two, changes),
        "table": table,
        "criteria": _criteria_table(place, one, two, changes, before),
        "appeared": _only(two, one),
        "vanished": _only(one, two),
        "csv_url": place.url("compare", truoc=before.isoformat(), tai="csv"),
        "before_url": place.on_day(before).url("matrix"),
        "after_url": place.url("matrix"),
        "out_of_force": _out_of_force(place.row, before),
    }
    return show(request, "desk/tables/compare.html", context, room=ROOM, crumbs=crumbs, tabs=tabs)


def _before(request: HttpRequest, place: Place) -> tuple[date, str]:
    """The earlier day: as typed, else a year before, but not before the set took force."""
    typed = request.GET.get(BEFORE, "").strip()
    try:
        usual = place.on.replace(year=place.on.year - 1)
    except ValueError:  # 29/02
        usual = place.on - timedelta(days=366)
    if place.row is not None and place.row.start is not None and usual < place.row.start:
        usual = place.row.start
    if not typed:
        return usual, ""
    try:
        return date.fromisoformat(typed), ""
    except ValueError:
        try:
            return parse_date(typed), ""
        except ValueError as reason:
            return usual, str(reason)


def _out_of_force(row: RegisteredSet, before: date) -> str:
    if row.start is None or row.start <= before:
        return ""
    said = gettext("Bộ này có hiệu lực từ %(start)s; ngày %(day)s chưa có số liệu theo bộ này.")
    return said % {"start": write_date(row.start), "day": write_date(before)}


def _sums(one: Matrix, two: Matrix, changes: Sequence[Change]) -> Sums:
    return Sums(
        len(one.rows), len(two.rows), one.met, two.met,
        sum(change.after == OutcomeCode.MET for change in changes),
        sum(change.before == OutcomeCode.MET for change in changes),
    )  # fmt: skip


def _only(here: Matrix, there: Matrix) -> list[UnitLabel]:
    other = {row.unit.id for row in there.rows}
    return [row.unit for row in here.rows if row.unit.id not in other]


def _units_table(place: Place, one: Matrix, two: Matrix, changes: Sequence[Change], before: date) -> tables.Table:
    by_unit: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        by_unit[change.unit.id].append(change)
    met, said = {row.unit.id: row.met for row in one.rows}, gettext("Số đạt ngày %(day)s")
    columns = [
        tables.Column("unit", place.units_words),
        tables.Column("before", write_date(before), "number", about=said % {"day": write_date(before)}),
        tables.Column("after", write_date(place.on), "number", about=said % {"day": write_date(place.on)}),
        tables.Column("difference", gettext("Thêm, bớt"), "number"),
        tables.Column("gained", gettext("Tiêu chí đạt thêm")),
        tables.Column("lost", gettext("Tiêu chí không còn đạt")),
        tables.Column("other", gettext("Thay đổi khác")),
    ]
    rows = [
        tables.Row(
            str(row.unit.id),
            (
                tables.Cell(words.capital(row.unit.title), url=place.unit_url(row.unit.id)),
                met[row.unit.id],
                row.met,
                row.met - met[row.unit.id],
                _numbers([c for c in by_unit[row.unit.id] if c.after == OutcomeCode.MET]),
                _numbers([c for c in by_unit[row.unit.id] if c.before == OutcomeCode.MET]),
                _others(by_unit[row.unit.id]),
            ),
        )
        for row in two.rows
        if row.unit.id in by_unit
    ]
    return tables.Table(
        "compare-units",
        gettext("Đơn vị có thay đổi"),
        columns,
        rows,
        download_url=place.url("compare", truoc=before.isoformat(), tai="xlsx"),
    )


def _numbers(changes: Sequence[Change]) -> str:
    return ", ".join(str(change.no) for change in changes)


def _others(changes: Sequence[Change]) -> str:
    said = []
    for change in changes:
        if OutcomeCode.MET not in (change.before, change.after):
            one, two = drawing.OUTCOME_OF[change.before], drawing.OUTCOME_OF[change.after]
            said.append(f"{change.no}: {one.vietnamese} → {two.vietnamese}")
    return "; ".join(said)


def _criteria_table(place: Place, one: Matrix, two: Matrix, changes: Sequence[Change], before: date) -> tables.Table:
    gained: dict[int, int] = defaultdict(int)
    lost: dict[int, int] = defaultdict(int)
    for change in changes:
        gained[change.no] += change.after == OutcomeCode.MET
        lost[change.no] += change.before == OutcomeCode.MET
    columns = [
        tables.Column("criterion", gettext("Tiêu chí")),
        tables.Column("before", write_date(before), "number"),
        tables.Column("after", write_date(place.on), "number"),
        tables.Column("gained", gettext("Đạt thêm"), "number"),
        tables.Column("lost", gettext("Không còn đạt"), "number"),
    ]
    rows = [
        tables.Row(
            str(no),
            (
                f"{no} {name}",
                one.met_by_criterion[at],
                tables.Cell(two.met_by_criterion[at], url=place.url("matrix", tieu_chi=no, ket_qua="met")),
                gained[no],
                lost[no],
            ),
        )
        for at, (no, name) in enumerate(zip(two.numbers, two.names, strict=True))
    ]
    total = tables.Row("total", (gettext("Tổng"), one.met, two.met, sum(gained.values()), sum(lost.values())))
    return tables.Table("compare-criteria", gettext("Số đơn vị đạt từng tiêu chí"), columns, rows, totals=(total,))
