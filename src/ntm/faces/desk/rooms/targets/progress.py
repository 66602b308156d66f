"""Tiến độ kế hoạch vào một ngày: each target as planned and as it stands, cells promised and met, who is nearly there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.faces.desk import tables
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.plans.place import ROOM, PlanSight, at_plan
from ntm.faces.desk.rooms.targets import words
from ntm.faces.desk.rooms.targets.place import address_of
from ntm.faces.desk.rooms.units import choosing
from ntm.faces.desk.rooms.units.words import basis_key, capital
from ntm.records.planning.models import Subject
from ntm.records.planning.queries import progress as queries
from ntm.records.planning.queries.cell_progress import Cells, CellState
from ntm.records.planning.queries.progress import TargetProgress
from ntm.records.registers.queries import counting

__all__ = ["ProgressShown", "progress", "shown"]


@dataclass(frozen=True)
class ProgressShown:
    """Một chỉ tiêu trên trang tiến độ."""

    one: TargetProgress
    sign: str
    css: str
    state: Any
    planned: str
    actual: str
    remaining: str
    share: int | None  # per cent of the way, rounded down
    url: str  # where the figure opens: the matrix, or the unit


@require_GET
@at_plan
def progress(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Trang tiến độ; the day is that of the head, the figures are computed, never typed."""
    basis = choosing.basis_of(request)
    counted = counting.counted_for_plan(here.plan, here.on)
    found = queries.plan_progress(here.plan.pk, here.on, basis=basis, no=here.no, counted=counted)
    promised, met = found.cells.total
    query = f"?don-vi={here.plan.unit_id}" + (f"&bo={here.plan.set.code}" if here.plan.set else "")
    matrix = address_of("matrix", "")
    context = {
        "here": here,
        "found": found,
        "rows": [shown(one, _opens(here, one)) for one in found.rows],
        "counts": [(words.STATES[state], number) for state, number in found.counts.items()],
        "promised": promised,
        "met": met,
        "share": 100 * met // promised if promised else 0,
        "states": _states(found.cells),
        "by_criterion": [(no, *found.cells.of_criterion(no)) for no in found.cells.numbers],
        "table": _units(here, found.cells) if found.cells.units else None,
        "near": [(one, address_of("unit", here.carried, one.unit.id)) for one in found.near],
        "filters": choosing.filters(choosing.Choice(here.plan.set, (here.plan.set,) if here.plan.set else ()), basis)[
            -1:
        ],
        "basis": basis_key(basis),
        "matrix_url": f"{matrix}{query}{'&' + here.carried[1:] if here.carried else ''}" if matrix else "",
        "over": _over(here),
    }
    return show(
        request, "desk/targets/progress.html", context, room=ROOM, crumbs=here.crumbs(Crumb(gettext("Tiến độ"))),
        tabs=here.tabs("plan_progress"),
    )  # fmt: skip


def _over(here: PlanSight) -> str:
    """For a plan whose years are gone: where its last day is looked at."""
    last = date(here.plan.year_to, 12, 31)
    return f"?ngay={last.isoformat()}" if here.on > last else ""


def _opens(here: PlanSight, one: TargetProgress) -> str:
    """Con số mở ra đâu: the units that lack it; of a plan of one unit, the unit."""
    row = one.row
    if here.plan.set is None or here.plan.set.level == here.plan.level:
        return address_of("unit", here.carried, here.plan.unit_id)
    asked = {
        Subject.CRITERION: f"&tieu-chi={row.criterion_no}&ket-qua=not_met",
        Subject.UNDER: f"&dat=0-{(row.bound or 1) - 1}",
        Subject.TITLE: f"&danh-hieu={row.title_kind}",
        Subject.CRITERIA: "",
        Subject.AVERAGE: "",
    }.get(Subject(row.subject))
    matrix = address_of("matrix", here.carried)
    if asked is None or not matrix:
        return ""
    return f"{matrix}{'&' if '?' in matrix else '?'}don-vi={here.plan.unit_id}&bo={here.plan.set.code}{asked}"


def shown(one: TargetProgress, url: str) -> ProgressShown:
    """Một chỉ tiêu, in words and signs."""
    sign, css, state = words.STATES[one.state]
    told = one.progress
    share = None if told.share is None else int(told.share * 100)
    return ProgressShown(
        one, sign, css, state, words.figure(told.planned), words.figure(told.actual), words.figure(told.remaining),
        share, url,
    )  # fmt: skip


def _states(cells: Cells) -> list[tuple[str, int]]:
    names = {
        CellState.MET: gettext("đã đạt"),
        CellState.OPEN: gettext("chưa đạt, còn hạn"),
        CellState.LATE: gettext("quá hạn"),
        CellState.LOST: gettext("không giữ được"),
        CellState.NO_DATA: gettext("chưa có số liệu"),
    }
    return [(name, len(cells.in_state(state))) for state, name in names.items()]


def _units(here: PlanSight, cells: Cells) -> tables.Table:
    """Ô đã hứa và đã đạt của từng đơn vị; the criteria that are open named, each unit opens."""
    late: dict[int, list[int]] = {}
    lost: dict[int, list[int]] = {}
    still: dict[int, list[int]] = {}
    counted: dict[int, list[int]] = {one.id: [0, 0] for one in cells.units}
    into = {CellState.LATE: late, CellState.LOST: lost, CellState.OPEN: still, CellState.NO_DATA: still}
    for line in cells.at.values():
        counted[line.unit_id][0] += 1
        counted[line.unit_id][1] += line.state is CellState.MET
        if line.state in into:
            into[line.state].setdefault(line.unit_id, []).append(line.no)
    pattern = address_of("unit", here.carried, 0)
    rows = [
        tables.Row(
            str(unit.id),
            (
                tables.Cell(capital(unit.title), url=pattern.replace("/0/", f"/{unit.id}/", 1) if pattern else None),
                *counted[unit.id],
                _listed(still.get(unit.id)),
                _listed(late.get(unit.id)),
                _listed(lost.get(unit.id)),
            ),
            words=unit.code or "",
        )
        for unit in cells.units
    ]
    promised, met = cells.total
    return tables.Table(
        "plan-progress",
        gettext("%(plan)s · tiêu chí đã hứa và đã đạt · đến ngày %(day)s")
        % {"plan": here.title, "day": f"{here.on:%d/%m/%Y}"},
        (
            tables.Column("unit", gettext("Đơn vị")),
            tables.Column("promised", gettext("Đã hứa"), "number"),
            tables.Column("met", gettext("Đã đạt"), "number"),
            tables.Column("open", gettext("Còn phải đạt")),
            tables.Column("late", gettext("Quá hạn")),
            tables.Column("lost", gettext("Không giữ được")),
        ),
        rows,
        totals=(tables.Row("all", (gettext("Cộng"), promised, met, None, None, None)),),
    )


def _listed(numbers: list[int] | None) -> str:
    return ", ".join(map(str, sorted(numbers or [])))
