"""Căn cứ pháp lý: picked from the list of instruments with their force on the day, in the order that the office wants."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from ntm.domain.instruments import InForce, Judgement
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.law import words as law
from ntm.faces.desk.rooms.plans.forms import BasisForm
from ntm.faces.desk.rooms.plans.ordering import moved
from ntm.faces.desk.rooms.plans.place import ROOM, PlanSight, at_plan, refusal
from ntm.records.archive import instruments
from ntm.records.archive.instruments import Listed, Listing
from ntm.records.people.authority import Denied
from ntm.records.planning.models import PlanBasis
from ntm.records.planning.queries import words
from ntm.records.planning.services import text

_MOST = 40


@dataclass(frozen=True)
class Choice:
    """Văn bản tìm được: its force on the day, whether the plan cites it already, and what stands in its place."""

    line: Listed
    judged: Judgement
    look: law.State
    url: str
    cited: bool
    heir: str  # what replaced it, where it is no longer in force


@require_http_methods(["GET", "POST"])
@at_plan
def bases(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Tìm và dẫn căn cứ: POST `khoa` takes one of the list, else what was typed."""
    here.who.require("plan.draft", here.plan.unit_id, on=here.on)
    typed = request.POST if request.method == "POST" and not request.POST.get("khoa") else None
    form = BasisForm(typed)
    sentence, status = "", 200
    if request.method == "POST":
        try:
            added = _add(request, here, form)
        except (Denied, ValueError) as reason:
            sentence, status = refusal(reason)
        else:
            if added is not None:
                messages.success(request, gettext("Đã dẫn: %(words)s") % {"words": added.basis.words})
                if added.said:
                    messages.warning(request, added.said)
                return HttpResponseRedirect(request.get_full_path())
            status = 422
    asked = request.GET.get("tim", "").strip()
    listing = instruments.listing()
    cited = {one.key for one in PlanBasis.objects.in_version(here.no).filter(plan=here.plan)}
    found = listing.search(asked, on=here.on) if asked else ()
    context = {
        "here": here,
        "form": form,
        "asked": asked,
        "found": [_choice(one, listing, here, cited) for one in found[:_MOST]],
        "more": max(0, len(found) - _MOST),
        "total": len(listing.lines),
        "sentence": sentence,
        "open_form": typed is not None,
    }
    trail = here.crumbs(Crumb(gettext("Căn cứ")))
    return show(request, "desk/plans/bases.html", context, room=ROOM, crumbs=trail, status=status)


def _add(request: HttpRequest, here: PlanSight, form: BasisForm) -> text.AddedBasis | None:
    key = request.POST.get("khoa", "")
    if key:
        return text.add_basis(here.who, here.plan.pk, key=key, on=here.on)
    if not form.is_valid():
        return None
    return text.add_basis(here.who, here.plan.pk, on=here.on, **form.cleaned_data)


def _choice(line: Listed, listing: Listing, here: PlanSight, cited: set[str]) -> Choice:
    judged = line.judge(here.on)
    heirs = listing.instruments.successor(line.instrument) if judged.state is InForce.NO else ()
    url = reverse("desk:instrument", args=[line.id]) + here.carried
    heir = heirs[-1].number if heirs else ", ".join(line.instrument.replaced_by) if judged.state is InForce.NO else ""
    return Choice(line, judged, law.IN_FORCE[judged.state], url, line.id in cited, heir)


@require_POST
@at_plan
def move(request: HttpRequest, here: PlanSight, basis_id: int) -> HttpResponse:
    """Xếp lại, hoặc bỏ, một căn cứ."""
    anchor = f"b{basis_id}"
    if request.POST.get("huong") == "bo":
        text.remove_basis(here.who, here.plan.pk, basis_id, on=here.on)
        messages.success(request, gettext("Đã bỏ căn cứ."))
        anchor = "can-cu"
    else:
        ids = words.part_ids(PlanBasis, here.plan, here.no)
        order = moved(ids, basis_id, request.POST.get("huong") == "len")
        text.reorder_bases(here.who, here.plan.pk, order, on=here.on)
    return HttpResponseRedirect(f"{here.url('plan')}#{anchor}")
