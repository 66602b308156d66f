"""Nội dung của một kế hoạch: head, legal bases, sections, targets in words, duties, money, recipients, all of one version."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.law import words as law
from ntm.faces.desk.rooms.plans.beside import beside
from ntm.faces.desk.rooms.plans.forms import HeadForm, RecipientsForm
from ntm.faces.desk.rooms.plans.place import ROOM, PlanSight, address_or_none, at_plan, refusal
from ntm.faces.desk.rooms.plans.shown import money_lines
from ntm.records.people.authority import Denied
from ntm.records.planning.queries import words
from ntm.records.planning.services import plans, text
from ntm.records.planning.services.seen import Stale, mark, mark_of
from ntm.records.standing import registry
from ntm.records.units import queries as units

SEEN = "_seen"  # what the form was opened on
_ELSEWHERE = {"cells": "plan_cells", "roadmap": "plan_roadmap", "tasks": "plan_tasks", "targets": "plan_targets"}


@require_GET
@at_plan
def plan(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Trang kế hoạch."""
    told = words.words(here.plan, here.no, here.on)
    counts = {"targets": len(told.targets), "cells": told.cells, "roadmap": told.roadmap, "tasks": told.tasks}
    context = {
        "here": here,
        "words": told,
        "bases": [(one, law.IN_FORCE[told.judged[one.pk].state], told.judged[one.pk].reason) for one in told.bases],
        "sections": [section_shown(one, counts) for one in told.sections],
        "money": money_lines(told.money),
        "elsewhere": {key: here.url(name) for key, name in _ELSEWHERE.items() if address_or_none(name, here.plan.pk)},
        "counts": counts,
    }
    return show(request, "desk/plans/plan.html", context, room=ROOM, crumbs=here.crumbs(), tabs=here.tabs("plan"))


def section_shown(row: words.PlanSection, counts: dict[str, int] | None = None) -> dict[str, object]:
    """Một đề mục: its paragraphs, and what the system writes below them."""
    lines = [line.strip() for line in row.text.split("\n") if line.strip()]
    return {
        "row": row,
        "lines": lines,
        "slot": row.get_slot_display() if row.slot else "",
        "count": (counts or {}).get(row.slot),
    }


@require_http_methods(["GET", "POST"])
@at_plan
def head(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Sửa phần đầu và chữ ký."""
    names = ("title", "issuer", "superior", "symbol", "place", "signing_authority", "signer_position", "signer")
    initial = {name: getattr(here.version, name) for name in names}
    form = _head_form(request, here, initial)
    sentence, status, both = "", 200, None
    if request.method == "POST":
        status, seen = 422, request.POST.get(SEEN, "")
        if form.is_valid():
            given = {name: form.cleaned_data[name] for name in names}
            try:
                with transaction.atomic():
                    plans.change_head(here.who, here.plan.pk, plans.Head(**given), on=here.on, seen=seen)
                    if chosen := form.cleaned_data.get("set"):
                        plans.choose_set(here.who, here.plan.pk, chosen, on=here.on)
            except Stale as reason:
                sentence, status, both = str(reason), 409, beside(form, initial, here.version)
            except (Denied, ValueError) as reason:
                sentence, status = refusal(reason)
            else:
                messages.success(request, gettext("Đã sửa phần đầu và chữ ký."))
                return HttpResponseRedirect(here.url("plan"))
    title, more = gettext("Phần đầu và chữ ký"), {"both": both, "seen": mark(here.version, plans.Head.__slots__)}
    return form_page(request, here, form, title, sentence=sentence, status=status, **more)


def _head_form(request: HttpRequest, here: PlanSight, initial: dict[str, str]) -> HeadForm:
    """The head; with it the set of criteria, as long as the plan was never issued."""
    own = {"set": here.plan.set.code} if here.plan.set else {}
    form = HeadForm(request.POST or None, initial=initial | own)
    if here.no > 1:
        del form.fields["set"]
        return form
    level = here.plan.set.level if here.plan.set else plans.level_of(here.plan.kind, here.plan.level)
    rows = registry.sets_in_force(level, here.on, units.province_code(here.plan.unit_id, here.on))
    known = {row.code: row.name for row in (*rows, *((here.plan.set,) if here.plan.set else ()))}
    form.fields["set"].choices = [("", gettext("chưa chọn")), *known.items()]  # type: ignore[attr-defined]
    return form


@require_http_methods(["GET", "POST"])
@at_plan
def recipients(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Sửa nơi nhận, the whole list at once."""
    now = words.words(here.plan, here.no, here.on).recipients
    initial = {"lines": "\n".join(one.words for one in now)}
    form = RecipientsForm(request.POST or None, initial=initial)
    sentence, status, both = "", 200, None
    if request.method == "POST" and form.is_valid():
        lines, seen = form.cleaned_data["lines"].splitlines(), request.POST.get(SEEN, "")
        try:
            text.set_recipients(here.who, here.plan.pk, lines, on=here.on, seen=seen)
        except Stale as reason:
            sentence, status, both = str(reason), 409, beside(form, initial, None)
        except (Denied, ValueError) as reason:
            sentence, status = refusal(reason)
        else:
            messages.success(request, gettext("Đã sửa nơi nhận."))
            return HttpResponseRedirect(here.url("plan") + "#noi-nhan")
    more = {"both": both, "seen": mark_of(one.words for one in now)}
    return form_page(
        request, here, form, gettext("Nơi nhận"), sentence=sentence, status=status, anchor="noi-nhan", **more
    )


def form_page(
    request: HttpRequest,
    here: PlanSight,
    form: object,
    title: str,
    *,
    sentence: str = "",
    status: int = 200,
    anchor: str = "",
    **more: object,
) -> HttpResponse:
    """Một biểu mẫu trên trang riêng."""
    keep = here.url("plan") + (f"#{anchor}" if anchor else "")
    told = {"form_title": title, "sentence": sentence, "anchor": anchor, "keep": keep}
    context = {"here": here, "form": form, **told, **more}
    trail = here.crumbs(Crumb(title))
    return show(request, "desk/plans/form_page.html", context, room=ROOM, crumbs=trail, status=status)
