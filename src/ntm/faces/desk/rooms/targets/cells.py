"""Ô đơn vị × tiêu chí: one table for both lists; a cell saved at once, a unit's row typed, disagreements settled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from ntm.faces.desk import tables
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.plans.place import ROOM, PlanSight, at_plan
from ntm.faces.desk.rooms.targets import cell_table
from ntm.faces.desk.rooms.targets.place import address_of, back, deed, refused_sentence, understood, whole
from ntm.faces.desk.rooms.targets.words import due_words
from ntm.records.planning.models import CriterionCell, Mode
from ntm.records.planning.queries import cells as queries
from ntm.records.planning.queries.cells import CellRow, CellTable
from ntm.records.planning.services import cells as services
from ntm.records.planning.services.cells import CellPlan
from ntm.records.planning.services.seen import Stale
from ntm.records.standing import drawing, registry

__all__ = ["cell", "cells", "deadline", "download", "lists", "resolve", "row"]


MANY = 60  # units: from there on the two lists come after the table, so that the page stays light


@dataclass(frozen=True)
class LineShown:
    """Một tiêu chí của đơn vị đang sửa."""

    no: int
    name: str
    outcome: str
    mode: str
    words: str
    due: str
    was: str = ""  # what stood there when the row was opened: mode|words
    now: str = ""  # what another person has put there meanwhile


@require_GET
@at_plan
def cells(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Bảng, hai danh sách vẽ từ nó, và những chỗ hai danh sách của kế hoạch đọc vào không khớp."""
    return _page(request, here, whole(request.GET.get("don-vi", "")))


def _page(
    request: HttpRequest, here: PlanSight, asked: int | None, sentence: str = "", status: int = 200
) -> HttpResponse:
    """`asked`: the unit whose row is typed; a row that was refused keeps what was typed."""
    table = queries.table(here.plan, here.no, here.on)
    usual = cell_table.usual_words(table)
    many = len(table.rows) > MANY
    chosen = next((one for one in table.rows if one.unit.id == asked), None)
    context: dict[str, Any] = {
        "here": here,
        "table": cell_table.drawn(here, table) if table.rows else None,
        "cells": table,
        "usual": usual,
        "script": {"usual": usual, "words": cell_table.deadlines(table, usual)},
        "disagreements": queries.disagreements(here.plan, here.no, here.on),
        "chosen": chosen,
        "lines": [_typed(request, one) if sentence else one for one in _lines(table, chosen)] if chosen else [],
        "sentence": sentence,
        "common": request.POST.get("deadline_words", ""),
        "criteria": list(zip(table.numbers, table.names, strict=True)),
        "understood": understood(here, usual),
        "panel_url": _panel(here),
        "many": many,
        **({} if many else _lists(here)),
    }
    return show(
        request, "desk/targets/cells.html", context, room=ROOM, crumbs=here.crumbs(Crumb(gettext("Xã và tiêu chí"))),
        tabs=here.tabs("plan_cells"), status=status,
    )  # fmt: skip


def _panel(here: PlanSight) -> str:
    """Where Enter opens a criterion of a unit: ROW and COLUMN are filled in by the page."""
    found = address_of("unit_criterion", here.carried, 0, 0).replace("/0/tieu-chi/0/", "/ROW/tieu-chi/COLUMN/", 1)
    code = here.plan.set.code if here.plan.set else ""
    return f"{found}{'&' if '?' in found else '?'}bo={code}" if found and code else found


def _lines(table: CellTable, chosen: CellRow) -> list[LineShown]:
    return [
        LineShown(
            one.no,
            name,
            drawing.OUTCOME_OF[one.outcome],
            one.cell.mode if one.cell else "",
            one.cell.deadline_words if one.cell else "",
            due_words(one.cell) if one.cell else "",
            f"{one.cell.mode}|{one.cell.deadline_words}" if one.cell else "|",
        )
        for one, name in zip(chosen.cells, table.names, strict=True)
    ]


def _typed(request: HttpRequest, line: LineShown) -> LineShown:
    """What was typed stays; where another person changed the cell meanwhile, both are told."""
    got = request.POST.get
    mode, words = got(f"mode-{line.no}", line.mode), got(f"words-{line.no}", line.words)
    other = got(f"was-{line.no}", line.was) != line.was and (mode, words) != (line.mode, line.words)
    now = (line.due or gettext("không còn trong kế hoạch")) if other else ""
    if other and line.mode:
        now = f"{Mode(line.mode).label} {now}"
    return replace(line, mode=mode, words=words, now=now)


def _lists(here: PlanSight) -> dict[str, Any]:
    """Danh sách theo đơn vị và danh sách theo tiêu chí, drawn from the one table."""
    by_criterion = queries.by_criterion(here.plan, here.no, here.on)
    content = registry.content(here.plan.set) if here.plan.set else None
    names = {one.no: one.name for one in content.criteria} if content else {}
    return {
        "by_unit": queries.by_unit(here.plan, here.no, here.on),
        "by_criterion": [(no, names.get(no, ""), them) for no, them in sorted(by_criterion.items())],
    }


@require_GET
@at_plan
def lists(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Hai danh sách, drawn again after cells were changed."""
    return show(request, "desk/targets/cell_lists.html", {"here": here, **_lists(here)}, room=ROOM)


@require_GET
@at_plan
def download(request: HttpRequest, here: PlanSight, form: str) -> HttpResponse:
    """Tải bảng."""
    if form not in ("xlsx", "csv"):
        raise Http404(gettext("Chỉ tải được xlsx hoặc csv."))
    table = queries.table(here.plan, here.no, here.on)
    drawn = cell_table.drawn(here, table, in_words=True)
    return tables.download(drawn, form, f"don-vi-tieu-chi-{here.plan.pk}-lan-{here.no}")


@require_POST
@at_plan
def cell(request: HttpRequest, here: PlanSight) -> JsonResponse:
    """Một ô vừa bấm: saved at once; the hour and the day understood come back, or why not."""
    unit, no = whole(request.POST.get("unit", "")), whole(request.POST.get("no", ""))
    mode, typed = request.POST.get("mode", ""), request.POST.get("words", "")
    if unit is None or no is None:
        return JsonResponse({"sentence": gettext("Ô này không có trong bảng; tải lại trang.")}, status=422)
    seen = _pair(request.POST["was"]) if "was" in request.POST else None
    try:
        if mode:
            made = services.set_cell(
                here.who, here.plan.pk, unit_id=unit, criterion_no=no, mode=mode, deadline_words=typed, on=here.on,
                seen=seen,
            )  # fmt: skip
            due = due_words(made)
        else:
            services.clear(here.who, here.plan.pk, [(unit, no)], on=here.on, seen={(unit, no): seen} if seen else None)
            due = ""
    except Stale as reason:
        row = reason.row[unit, no]
        now = {"mode": row.mode if row else "", "words": row.deadline_words if row else ""}
        return JsonResponse({"sentence": str(reason), **now}, status=409)
    except (ValueError, PermissionError) as reason:
        sentence, status = refused_sentence(reason)
        return JsonResponse({"sentence": sentence}, status=status)
    said = gettext("đã lưu %(hour)s") % {"hour": timezone.localtime().strftime("%H:%M")}
    return JsonResponse({"mode": mode, "due": due, "said": said})


@require_POST
@at_plan
def row(request: HttpRequest, here: PlanSight, unit_id: int) -> HttpResponse:
    """Cả hàng của một đơn vị, typed: what is chosen is set, what is emptied leaves the plan."""
    try:
        messages.success(request, _save_row(request, here, unit_id))
    except (ValueError, PermissionError) as reason:
        return _page(request, here, unit_id, *refused_sentence(reason))
    return back(here, "plan_cells", f"don-vi={unit_id}")


def _pair(was: str) -> tuple[str, str]:
    """ "gain|Quý III/2018" -> mode and words."""
    mode, _bar, words = was.partition("|")
    return mode, " ".join(words.split())


@transaction.atomic
def _save_row(request: HttpRequest, here: PlanSight, unit_id: int) -> str:
    wanted, cleared = [], []
    seen = {}
    common = request.POST.get("deadline_words", "").strip()
    for name, mode in request.POST.items():
        no = whole(name.removeprefix("mode-")) if name.startswith("mode-") else None
        if no is None:
            continue
        if f"was-{no}" in request.POST:
            before = _pair(request.POST[f"was-{no}"])
            words = " ".join(request.POST.get(f"words-{no}", "").split())
            if before == (mode, words) and not (mode and common and not words):
                continue  # not touched on this page: what another person saved meanwhile stays
            seen[unit_id, no] = before
        if mode:
            typed = request.POST.get(f"words-{no}", "").strip() or common
            wanted.append(CellPlan(unit_id, no, mode, typed))
        else:
            cleared.append((unit_id, no))
    if wanted:
        mine = {(one.unit_id, one.criterion_no): seen[one.unit_id, one.criterion_no] for one in wanted
                if (one.unit_id, one.criterion_no) in seen}  # fmt: skip
        services.set_many(here.who, here.plan.pk, wanted, on=here.on, seen=mine)
    gone = 0
    if cleared:
        mine = {place: seen[place] for place in cleared if place in seen}
        gone = services.clear(here.who, here.plan.pk, cleared, on=here.on, seen=mine)
    return gettext("Đã lưu hàng: %(set)s ô đặt, %(gone)s ô bỏ.") % {"set": len(wanted), "gone": gone}


@deed("plan_cells")
def deadline(request: HttpRequest, here: PlanSight) -> str:
    """Thời hạn cho mọi ô của một tiêu chí."""
    typed = request.POST.get("deadline_words", "").strip()
    no = whole(request.POST.get("tieu-chi", ""))
    rows = CriterionCell.objects.in_version(here.no).filter(plan=here.plan, criterion_no=no).order_by("unit_id")
    chosen = [CellPlan(one.unit_id, one.criterion_no, one.mode, typed) for one in rows]
    if not chosen:
        raise ValueError(gettext("Chưa có ô nào của tiêu chí này trong bảng."))
    services.set_many(here.who, here.plan.pk, chosen, on=here.on)
    return gettext("Đã đặt thời hạn “%(words)s” cho %(n)s ô.") % {"words": typed or "-", "n": len(chosen)}


@deed("plan_cells")
def resolve(request: HttpRequest, here: PlanSight, cell_id: int) -> str:
    """Xử lý ô chỉ nêu ở một danh sách."""
    keep = request.POST.get("giu") == "1"
    services.resolve(here.who, here.plan.pk, cell_id, keep=keep, on=here.on)
    return gettext("Đã giữ ô; cả hai danh sách đều có.") if keep else gettext("Đã bỏ ô; cả hai danh sách đều không có.")
