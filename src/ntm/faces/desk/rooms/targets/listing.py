"""Chỉ tiêu của một kế hoạch: the list, one added, changed or removed, and proposals from standing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.plans.beside import beside
from ntm.faces.desk.rooms.plans.content import SEEN
from ntm.faces.desk.rooms.plans.place import ROOM, PlanSight, at_plan
from ntm.faces.desk.rooms.targets import words
from ntm.faces.desk.rooms.targets.forms import TargetForm, initial_of
from ntm.faces.desk.rooms.targets.place import address_of, back, deed, refused_sentence, understood, whole
from ntm.records.planning.models import Mode, PlanTarget
from ntm.records.planning.queries import cascade as trees
from ntm.records.planning.queries.cascade import TargetTree
from ntm.records.planning.services import proposing
from ntm.records.planning.services import targets as services
from ntm.records.planning.services.seen import Stale, mark
from ntm.records.standing import registry

__all__ = ["change", "deadline", "proposals", "remove", "take_proposals", "targets"]

MOST = 300  # proposals on one page, the surest first


@dataclass(frozen=True)
class TargetShown:
    """Một dòng của danh sách."""

    row: PlanTarget
    level: str
    due: str
    given: str
    warn: bool


@require_http_methods(["GET", "POST"])
@at_plan
def targets(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Danh sách chỉ tiêu; POST adds one."""
    form, sentence, status = _form(request, here), "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = services.add_target(here.who, here.plan.pk, form.promise(), on=here.on)
            except (ValueError, PermissionError) as reason:
                sentence, status = refused_sentence(reason)
            else:
                messages.success(request, gettext("Đã thêm chỉ tiêu “%(what)s”.") % {"what": made.what})
                return back(here, "plan_targets")
    rows = [_shown(one) for one in trees.tree(here.plan, here.no, here.on)]
    context = {
        "here": here, "rows": rows, "form": form, "sentence": sentence, "open_form": request.method == "POST",
        "given_url": _given_url(here),
        "understood": understood(here, form["deadline_words"].value() or ""),
    }  # fmt: skip
    return show(
        request, "desk/targets/targets.html", context, room=ROOM, crumbs=here.crumbs(Crumb(gettext("Chỉ tiêu"))),
        tabs=here.tabs("plan_targets"), status=status,
    )  # fmt: skip


def _given_url(here: PlanSight) -> str:
    """Phần giao của cấp trên, for a plan of a unit that has someone above it."""
    if not here.label.ancestors:
        return ""
    found = address_of("plan_given", here.carried, here.plan.unit_id)
    return f"{found}{'&' if '?' in found else '?'}nam={here.plan.year}"


def _shown(tree: TargetTree) -> TargetShown:
    row = tree.target
    warn = bool(tree.objected) or not tree.balanced
    return TargetShown(row, words.level_words(row), words.due_words(row), words.share_state(tree), warn)


def _form(request: HttpRequest, here: PlanSight, row: PlanTarget | None = None) -> TargetForm:
    content = registry.content(here.plan.set) if here.plan.set else None
    initial = initial_of(row) if row else {"op": ">=", "mode": "gain"}
    return TargetForm(request.POST if request.method == "POST" else None, initial=initial, content=content)


@require_http_methods(["GET", "POST"])
@at_plan
def change(request: HttpRequest, here: PlanSight, target_id: int) -> HttpResponse:
    """Sửa một chỉ tiêu."""
    seen = request.POST.get(SEEN, "")
    rows = PlanTarget.objects.filter(plan=here.plan, pk=target_id)
    row = rows.in_version(here.no).first() or (rows.first() if seen else None)
    if row is None:
        raise ValueError(gettext("Không tìm thấy chỉ tiêu này; có thể người khác vừa sửa hoặc bỏ. Mở lại danh sách."))
    form, sentence, status, both = _form(request, here, row), "", 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.change_target(here.who, here.plan.pk, row.pk, form.promise(), on=here.on, seen=seen)
            except Stale as reason:
                sentence, status = str(reason), 409
                both = beside(form, initial_of(reason.row) if reason.row else None, reason.row)
                row = reason.row or row
            except (ValueError, PermissionError) as reason:
                sentence, status = refused_sentence(reason)
            else:
                messages.success(request, gettext("Đã sửa chỉ tiêu."))
                return back(here, "plan_targets")
    context: dict[str, Any] = {
        "here": here, "row": row, "form": form, "sentence": sentence, "both": both, "seen": mark(row),
        "keep": here.url("plan_targets"),
        "understood": understood(here, form["deadline_words"].value() or ""),
    }  # fmt: skip
    crumbs = here.crumbs(Crumb(gettext("Chỉ tiêu"), here.url("plan_targets")), Crumb(gettext("Sửa")))
    return show(
        request, "desk/targets/target.html", context, room=ROOM, crumbs=crumbs, tabs=here.tabs("plan_targets"),
        status=status,
    )  # fmt: skip


@deed("plan_targets")
def remove(request: HttpRequest, here: PlanSight, target_id: int) -> str:
    """Bỏ một chỉ tiêu cùng các phần đã giao."""
    services.remove_target(here.who, here.plan.pk, target_id, on=here.on)
    return gettext("Đã bỏ chỉ tiêu khỏi dự thảo.")


@require_GET
@at_plan
def deadline(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Thời hạn đang gõ: the days understood, beside the field."""
    typed = next((value for name, value in request.GET.items() if name.startswith(("deadline", "words"))), "")
    return render(request, "desk/targets/parts/understood.html", {"understood": understood(here, typed[:300])})


@require_GET
@at_plan
def proposals(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Đề xuất từ hiện trạng: near-met, cheap, of the units due this year."""
    found = proposing.proposals(here.plan, here.no, here.on)
    kind = request.GET.get("loai", "")
    chosen = [one for one in found if _of_kind(one, kind)]
    context = {
        "here": here, "rows": chosen[:MOST], "count": len(chosen), "all": len(found), "kind": kind, "most": MOST,
        "kinds": [
            ("", gettext("tất cả"), len(found)),
            ("gan-dat", gettext("sắp đạt"), sum(one.near for one in found)),
            ("trong-nam", gettext("của đơn vị đến hạn danh hiệu"), sum(one.due for one in found)),
            ("co-gia", gettext("đã ước tính kinh phí"), sum(one.cost is not None for one in found)),
        ],
    }  # fmt: skip
    crumbs = here.crumbs(Crumb(gettext("Chỉ tiêu"), here.url("plan_targets")), Crumb(gettext("Đề xuất từ hiện trạng")))
    return show(
        request, "desk/targets/proposals.html", context, room=ROOM, crumbs=crumbs, tabs=here.tabs("plan_targets")
    )


def _of_kind(one: proposing.Proposal, kind: str) -> bool:
    return {"gan-dat": one.near, "trong-nam": one.due, "co-gia": one.cost is not None}.get(kind, True)


@deed("plan_proposals")
def take_proposals(request: HttpRequest, here: PlanSight) -> str:
    """Nhận các đề xuất đã chọn thành ô của bảng."""
    places, keep = [], set()
    for one in request.POST.getlist("o"):
        unit, no, mode = (*one.split(":"), "", "")[:3]
        if (unit_id := whole(unit)) is not None and (number := whole(no)) is not None:
            places.append((unit_id, number))
            if mode == Mode.KEEP:
                keep.add((unit_id, number))
    made = proposing.accept_proposals(
        here.who,
        here.plan.pk,
        places,
        on=here.on,
        deadline_words=request.POST.get("deadline_words", "").strip(),
        with_target=request.POST.get("with_target") == "1",
        keep=keep,
    )
    return gettext("Đã nhận %(n)s đề xuất vào bảng đơn vị và tiêu chí.") % {"n": len(made)}
