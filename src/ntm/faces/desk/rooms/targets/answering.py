"""Phần giao cho đơn vị: the lower office accepts, objects with a reason, and takes what it accepted into its own plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from ntm.faces.desk import day
from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.plans.place import ROOM, plans_page, title_of
from ntm.faces.desk.rooms.targets import words
from ntm.faces.desk.rooms.targets.place import address_of, picked, whole
from ntm.faces.desk.rooms.units.words import capital
from ntm.records.people.authority import Denied
from ntm.records.planning.models import Plan, TargetShare, VersionState
from ntm.records.planning.queries import given as given_shares
from ntm.records.planning.queries import plans as queries
from ntm.records.planning.queries.given import Given
from ntm.records.planning.services import cascade as services
from ntm.records.units import queries as units

__all__ = ["accept", "answer", "given", "take_up"]


@dataclass(frozen=True)
class GivenShown:
    """Một phần được giao; `was` tells the terms beside which it stands, where they changed."""

    one: Given
    what: str
    value: str
    due: str
    was: str
    answer: tuple[str, Any]
    own: str  # the level that the unit's own plan still tells, where it is another one

    @property
    def share(self) -> TargetShare:
        return self.one.share


@require_GET
@plans_page
def given(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Cấp trên giao gì cho đơn vị này trong năm, by plan; what is to be answered first."""
    who, on = actor(request), asked_day(request)
    label = units.label(unit_id, on)
    year = whole(request.GET.get("nam", "")) or on.year
    seen = set(queries.visible(who, on).filter(year__lte=year, year_to__gte=year).values_list("pk", flat=True))
    shares = [one for one in given_shares.given_to(unit_id, year, on) if one.plan.pk in seen]
    uppers = units.labels({one.plan.unit_id for one in shares}, on)
    plans: dict[int, dict[str, Any]] = {}
    for one in shares:
        plan = one.plan
        card = plans.setdefault(
            plan.pk,
            {
                "title": title_of(plan, uppers[plan.unit_id]),
                "url": address_of("plan", _query(request), plan.pk),
                "rows": [],
            },
        )
        card["rows"].append(_shown(one))
    context = {
        "label": label,
        "title": capital(label.title),
        "year": year,
        "plans": list(plans.values()),
        "may_answer": who.allows("plan.answer", unit_id, on=on),
        "own": _own_drafts(request, unit_id, year),
        "ready": [
            one.share.pk
            for one in shares
            if one.answer == TargetShare.Answer.ACCEPTED and not (one.carried or one.gone or one.ends)
        ],
        "waiting": [one.share.pk for one in shares if one.waits],
    }
    crumbs = (
        Crumb(gettext("Kế hoạch"), address_of("plans", _query(request))), Crumb(gettext("Phần giao của cấp trên"))
    )  # fmt: skip
    return show(request, "desk/targets/given.html", context, room=ROOM, crumbs=crumbs)


def _query(request: HttpRequest) -> str:
    return day.asked(request).query


def _shown(one: Given) -> GivenShown:
    share = one.share
    older = one.now if one.coming else one.before
    was = _terms(older) if older is not None and older.pk != share.pk else ""
    own = ""
    if one.taken is not None and not one.carried:
        own = f"{words.level_words(one.taken)} {words.due_words(one.taken)}".strip()
    what = share.target.what
    return GivenShown(one, what, _level(share), words.due_words(share), was, words.ANSWERS[one.answer], own)


def _level(share: TargetShare) -> str:
    if share.value is None:
        return gettext("nêu tên đơn vị")
    return f"{words.figure(share.value)} {share.target.measure}".strip()


def _terms(share: TargetShare) -> str:
    """Mức và hạn, in one line."""
    return " · ".join(one for one in (_level(share), words.due_words(share)) if one)


def _own_drafts(request: HttpRequest, unit_id: int, year: int) -> list[tuple[int, str]]:
    """Dự thảo của đơn vị mà cơ quan này sửa được, to take shares into."""
    who, on = actor(request), asked_day(request)
    if not who.allows("plan.draft", unit_id, on=on):
        return []
    rows = Plan.objects.filter(
        unit_id=unit_id, year__lte=year, year_to__gte=year, versions__state=VersionState.DRAFT
    ).order_by("kind", "pk")
    return [(one.pk, title_of(one, None)) for one in rows]


def _done(verb: Callable[..., str]) -> Callable[..., HttpResponse]:
    """Ghi, nói kết quả, rồi về lại trang phần giao."""

    @wraps(verb)
    def inner(request: HttpRequest, unit_id: int, **more: Any) -> HttpResponse:
        try:
            messages.success(request, verb(request, unit_id, **more))
        except (Denied, ValueError) as reason:
            messages.error(request, str(reason))
        query = _query(request)
        year = whole(request.POST.get("nam", ""))
        query += f"{'&' if query else '?'}nam={year}" if year else ""
        return HttpResponseRedirect(reverse("desk:plan_given", args=(unit_id,)) + query)

    return require_POST(plans_page(inner))


@_done
def answer(request: HttpRequest, unit_id: int, share_id: int) -> str:
    """Nhận hoặc đề nghị điều chỉnh một phần."""
    accept = request.POST.get("tra-loi") == "nhan"
    services.answer_share(
        actor(request), share_id, accept=accept, on=asked_day(request), reason=request.POST.get("reason", "")
    )
    return gettext("Đã nhận phần giao.") if accept else gettext("Đã gửi đề nghị điều chỉnh lên cấp trên.")


@_done
def accept(request: HttpRequest, unit_id: int) -> str:
    """Nhận mọi phần còn chờ trả lời that the page showed."""
    done = services.accept_shares(actor(request), picked(request.POST.getlist("phan")), on=asked_day(request))
    return gettext("Đã nhận %(n)s phần giao.") % {"n": done}


@_done
def take_up(request: HttpRequest, unit_id: int) -> str:
    """Đưa các phần đã nhận vào kế hoạch của đơn vị."""
    plan_id = whole(request.POST.get("ke-hoach", ""))
    if plan_id is None:
        raise ValueError(gettext("Chọn kế hoạch của đơn vị để đưa chỉ tiêu vào."))
    made = services.take_up(actor(request), plan_id, picked(request.POST.getlist("phan")), on=asked_day(request))
    return gettext("Đã đưa %(n)s chỉ tiêu vào kế hoạch của đơn vị.") % {"n": len(made)}
