"""Trang của đơn vị: where it stands on a day under a set, criterion by criterion, with what each figure rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain.assessment import NotInForce
from ntm.domain.official.money import write_amount
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.units import choosing, showing, statuses, words
from ntm.faces.desk.rooms.units.lower import LowerSummary, lower_summary, table_url
from ntm.faces.desk.rooms.units.sight import Sight, at_unit
from ntm.records.people import authority
from ntm.records.people import queries as people
from ntm.records.planning.queries import gaps as gaps_of_tasks
from ntm.records.planning.queries.tasks import TaskLine
from ntm.records.standing.models import RegisteredSet, TitleHeld
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.queries import board as boards
from ntm.records.standing.queries import glance
from ntm.records.standing.queries.board import Board
from ntm.records.standing.queries.verification import evidence_of
from ntm.records.units import queries as units

ROOM = "units"


@require_GET
@at_unit()
def unit(request: HttpRequest, here: Sight) -> HttpResponse:
    """Đơn vị: titles held, strip, counts, criteria that open; for an upper unit the summary of those below it."""
    choice = choosing.set_of_unit(request, here.label, here.on)
    basis = choosing.basis_of(request)
    context: dict[str, Any] = {
        "here": here,
        "choice": choice,
        "basis": words.basis_key(basis),
        "filters": choosing.filters(choice, basis),
        "titles": titles_shown(glance.titles_held(here.label.id, here.on)),
        "proof": units.proof(here.label.id, here.on),
        "statuses": statuses.shown(units.status_lines(here.label.id, here.on)),
        "lower": _lower(here),
        "may_change": here.may("unit.change"),
        "may_status": here.may("unit.status"),
        "one_page_url": here.url("one_page") if here.who.allows("task.read", here.label.id, on=here.on) else "",
    }
    if choice.row is not None:
        context |= _standing(here, choice.row, basis)
    tabs = here.tabs("unit")
    return show(request, "desk/units/unit.html", context, room=ROOM, crumbs=here.crumbs(), tabs=tabs)


@dataclass(frozen=True, slots=True)
class TitleShown:
    """Danh hiệu, in words."""

    held: TitleHeld
    words: str


def titles_shown(held: list[TitleHeld]) -> list[TitleShown]:
    """Each title with its name; of which years where the decision names a set."""
    return [TitleShown(one, words.set_name(one.set) if one.set else words.title_words(one.title_kind)) for one in held]


def _standing(here: Sight, row: RegisteredSet, basis: Basis) -> dict[str, Any]:
    try:
        board = boards.board(here.label.id, row, here.on, basis)
    except NotInForce as reason:
        return {"not_in_force": str(reason)}
    criteria = showing.criteria(board, here.query)
    types = authority.allows_some(here.who, "observation.record", here.label.id, on=here.on)
    return {
        "board": board,
        "row": row,
        "set_name": words.set_name(row),
        "strip": showing.strip(board, here.query),
        "differing": showing.differing(board),
        "own_met": sum(outcome == "met" for outcome in board.own.values()),
        "criteria": criteria,
        "conditions": showing.conditions(board, here.query),
        "gaps": sum(len(one.gaps) for one in criteria),
        "gap_tasks": _gap_tasks(here, criteria),
        "cost_words": write_amount(board.cost, "tỷ") if board.cost is not None else "",
        "cost_note": _cost_note(criteria),
        "marks": "assumed" if any("assumed" in one.marks for one in criteria) else "",
        "empty_set": criteria_set_note(board),
        "types_here": types and here.label.living,
        "workbook_url": _workbook_url(here, row),
    }


def _gap_tasks(here: Sight, criteria: list[showing.CriterionShown]) -> dict[int, tuple[TaskLine, ...]]:
    """Nhiệm vụ phục vụ từng hạng mục còn thiếu, for who may read the work of the unit."""
    ids = [gap.pk for one in criteria for gap in one.gaps]
    if not ids or not here.who.allows("task.read", here.label.id, on=here.on):
        return {}
    return gaps_of_tasks.tasks_of(ids, here.on)


def _workbook_url(here: Sight, row: RegisteredSet) -> str:
    """Bảng Excel để nhập ngoài mạng, for those who may take one; "" for the others."""
    if not here.who.allows("workbook.download", here.label.id, on=here.on):
        return ""
    return table_url("workbooks", here.label.id, row, here.carried)


def _cost_note(criteria: list[showing.CriterionShown]) -> str:
    """How many items, and how many of them nobody has costed."""
    gaps = [gap for one in criteria for gap in one.gaps]
    open_ones = sum(gap.cost is None for gap in gaps)
    said = gettext("tỷ đồng, %(count)s hạng mục") % {"count": len(gaps)}
    return said if not open_ones else said + gettext(", %(count)s chưa ước tính") % {"count": open_ones}


def criteria_set_note(board: Board) -> str:
    """Why a set shows no criteria."""
    return board.criteria_set.completeness_note or gettext("Nội dung các tiêu chí của bộ này chưa có trong dữ liệu.")


def _lower(here: Sight) -> LowerSummary | None:
    return lower_summary(here.label, here.on, here.carried) if here.label.level in ("tinh", "huyen", "xa") else None


@require_GET
@at_unit()
def criterion(request: HttpRequest, here: Sight, no: int) -> HttpResponse:
    """Một tiêu chí của đơn vị: the same board in the side panel or as a page, with its files."""
    choice = choosing.set_of_unit(request, here.label, here.on)
    if choice.row is None:
        raise ValueError(
            gettext("Ngày này không có bộ tiêu chí nào như vậy cho %(unit)s.") % {"unit": here.label.title}
        )
    basis = choosing.basis_of(request)
    board = boards.board(here.label.id, choice.row, here.on, basis)
    found = next((one for one in board.criteria if one.criterion.no == no), None)
    if found is None:
        raise Http404(gettext("Bộ tiêu chí này không có tiêu chí %(no)s.") % {"no": no})
    rests = [line.rests_on for line in (found.stated, *found.indicators)]
    rests += [part.rests_on for line in found.indicators for part in line.parts]
    files = evidence_of(row.answers_id or row.pk for row in rests if row)
    shown = showing.criterion(board, no, here.query, files)
    context = {
        "here": here,
        "row": choice.row,
        "set_name": words.set_name(choice.row),
        "criterion": shown,
        "basis": words.basis_key(basis),
        "watchers": _watchers(here, choice.row, no),
        "types_here": authority.allows_some(here.who, "observation.record", here.label.id, on=here.on),
    }
    crumbs = here.crumbs(Crumb(gettext("Tiêu chí %(no)s") % {"no": no}))
    return show(request, "desk/units/criterion.html", context, room=ROOM, crumbs=crumbs)


def _watchers(here: Sight, row: RegisteredSet, no: int) -> list[str]:
    """Ai phụ trách tiêu chí này ở đây."""
    found = people.watchers(here.label.id, here.on, criterion=f"{row.code}:{no}")
    return list(dict.fromkeys(str(one.body or one.user) for one in found))
