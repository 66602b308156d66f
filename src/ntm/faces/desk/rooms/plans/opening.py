"""Lập kế hoạch: from a read document, from an earlier plan, or from nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.plans.forms import OpenForm
from ntm.faces.desk.rooms.plans.place import ROOM, address, crumbs, plans_page, refusal, title_of
from ntm.records.people import authority
from ntm.records.people.authority import Denied
from ntm.records.planning.models import Plan, PlanKind
from ntm.records.planning.queries import waiting
from ntm.records.planning.services import from_reading, plans
from ntm.records.standing import descent, registry
from ntm.records.units import queries as units

_PARTS = {
    "bases": _("căn cứ"), "sections": _("đề mục"), "targets": _("chỉ tiêu"), "cells": _("ô tiêu chí"),
    "roadmap": _("bước lộ trình"), "money": _("khoản tiền"), "duties": _("phân công"), "recipients": _("nơi nhận"),
    "groups": _("nhóm nhiệm vụ"), "tasks": _("nhiệm vụ"), "shares": _("phần giao"),
}  # fmt: skip
_MOST_UNITS = 400


@require_http_methods(["GET", "POST"])
@plans_page
def opening(request: HttpRequest) -> HttpResponse:
    """Lập kế hoạch: three ways on one page."""
    who, on = actor(request), asked_day(request)
    reach = authority.reach(who, "plan.draft", on=on)
    if not reach.everywhere and not reach.unit_ids:
        who.require("plan.draft", who.unit_id, on=on)
    form = _form(request)
    sentence, status = "", 200
    if request.method == "POST":
        try:
            made = _WAYS[request.POST.get("cach", "")](request, form)
        except KeyError:
            sentence, status = gettext("Chọn một cách lập kế hoạch."), 422
        except (Denied, ValueError) as reason:
            sentence, status = refusal(reason)
        else:
            if made is not None:
                return HttpResponseRedirect(address(request, "plan", made.pk))
            status = 422
    context = _sources(request) | {"form": form, "sentence": sentence, "kinds": PlanKind.choices, "year": on.year}
    trail = crumbs(request, Crumb(gettext("Lập kế hoạch")))
    return show(request, "desk/plans/opening.html", context, room=ROOM, crumbs=trail, status=status)


def _sources(request: HttpRequest) -> dict[str, Any]:
    who, on = actor(request), asked_day(request)
    documents = list(waiting.documents_for(who, on)[:60])
    earlier = list(waiting.earlier_for(who, on))
    labels = units.labels({one.unit_id for one in (*documents, *earlier) if one.unit_id}, on)
    return {
        "documents": [(one, labels.get(one.unit_id or 0)) for one in documents],
        "earlier": [(one, title_of(one, labels.get(one.unit_id))) for one in earlier],
        "next_year": max((one.year_to + 1 for one in earlier if one.unit_id == who.unit_id), default=on.year),
    }


def _form(request: HttpRequest) -> OpenForm:
    who, on = actor(request), asked_day(request)
    posted = request.POST if request.POST.get("cach") == "moi" else None
    form = OpenForm(posted, initial={"unit": who.unit_id or "", "year": on.year})
    places = _places(request)
    above = [one.id for place in places[:1] for one in place.ancestors]
    upper = list(waiting.upper_for(who, on, above)) if above else []
    named = units.labels({one.unit_id for one in upper}, on)
    level = places[0].level if places else "xa"
    province = units.province_code(places[0].id, on) if places else None
    sets = [*registry.sets_in_force("thon" if level == "thon" else "xa", on, province)]
    form.fields["unit"].choices = [(one.id, one.title) for one in places]  # type: ignore[attr-defined]
    form.fields["set"].choices = [("", gettext("bộ đang áp dụng")), *((row.code, row.name) for row in sets)]  # type: ignore[attr-defined]
    form.fields["upper"].choices = [  # type: ignore[attr-defined]
        ("", gettext("không có")),
        *((one.pk, title_of(one, named.get(one.unit_id))) for one in upper),
    ]
    return form


def _places(request: HttpRequest) -> list[units.UnitLabel]:
    """The units whose plan the office writes, its own first."""
    who, on = actor(request), asked_day(request)
    reach = authority.reach(who, "plan.draft", on=on)
    ids = sorted(reach.unit_ids, key=lambda pk: pk != who.unit_id)[:_MOST_UNITS]
    labels = units.labels(ids, on)
    own = [labels[pk] for pk in ids if pk == who.unit_id]
    return own + sorted((labels[pk] for pk in ids if pk != who.unit_id), key=descent.order)


def _year(request: HttpRequest) -> int | None:
    typed = request.POST.get("nam", "").strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) == 4):
        raise ValueError(
            gettext("Năm kế hoạch “%(year)s” chưa đúng: ghi bốn chữ số, ví dụ 2026.") % {"year": typed[:20]}
        )
    return int(typed)


def _number(request: HttpRequest, name: str, sentence: str) -> int:
    typed = request.POST.get(name, "")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 12):
        raise ValueError(sentence)
    return int(typed)


def _from_document(request: HttpRequest, form: OpenForm) -> Plan:
    chosen = _number(request, "van-ban", gettext("Chọn văn bản để lập kế hoạch."))
    kind = request.POST.get("loai", "") or None
    made = from_reading.draft_from(actor(request), chosen, on=asked_day(request), kind=kind, year=_year(request))
    parts = ", ".join(f"{n} {_PARTS.get(name, name)}" for name, n in made.counts.items() if n)
    messages.success(request, gettext("Đã lập dự thảo từ văn bản: %(parts)s.") % {"parts": parts})
    if made.unknown_units:
        named = ", ".join(made.unknown_units[:12])
        messages.warning(
            request, gettext("Không tìm thấy đơn vị: %(named)s. Sửa tên rồi thêm vào kế hoạch.") % {"named": named}
        )
    for one in made.left_out[:12]:
        messages.warning(request, gettext("Chưa đưa vào: %(one)s") % {"one": one})
    return made.plan


def _from_earlier(request: HttpRequest, form: OpenForm) -> Plan:
    chosen = _number(request, "ke-hoach", gettext("Chọn kế hoạch để lập theo."))
    year = _year(request)
    if year is None:
        raise ValueError(gettext("Ghi năm của kế hoạch mới."))
    made = plans.open_from(actor(request), chosen, year=year, on=asked_day(request))
    messages.success(
        request, gettext("Đã lập dự thảo năm %(year)s theo kế hoạch trước; xem lại từng phần.") % {"year": year}
    )
    for one in made.left_out:
        messages.warning(request, gettext("Bỏ căn cứ hết hiệu lực: %(one)s") % {"one": one})
    return made.plan


def _from_nothing(request: HttpRequest, form: OpenForm) -> Plan | None:
    if not form.is_valid():
        return None
    given = form.cleaned_data
    made = plans.open_plan(
        actor(request),
        unit_id=given["unit"],
        kind=given["kind"],
        year=given["year"],
        year_to=given["year_to"],
        set_code=given["set"] or None,
        upper_id=given["upper"],
        on=asked_day(request),
    )
    messages.success(request, gettext("Đã lập dự thảo. Bắt đầu từ phần đầu, căn cứ và các đề mục."))
    return made


_WAYS: dict[str, Any] = {"van-ban": _from_document, "nam-truoc": _from_earlier, "moi": _from_nothing}
