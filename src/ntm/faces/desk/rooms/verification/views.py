"""Thẩm tra, thẩm định: the queue by unit, one group with the evidence beside, and what the verifier decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from ntm.faces.desk import day
from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, Tab, show
from ntm.faces.desk.rooms.entry.place import desk_page
from ntm.records.people import authority
from ntm.records.people.authority import Actor, Denied
from ntm.records.standing import registry, services, typing_in
from ntm.records.standing.models import Observation
from ntm.records.standing.models.observations import Stage
from ntm.records.standing.queries import history as histories
from ntm.records.standing.queries import verification
from ntm.records.standing.queries.verification import APPRAISE, VERIFY, Group, WaitingGroup

WORDS = {"tham-tra": VERIFY, "tham-dinh": APPRAISE}
PARAMETER = "viec"  # which of the two is looked at


@desk_page
def verify(request: HttpRequest) -> HttpResponse:
    """Hàng chờ: groups by unit, set and day, those that wait longest first; thẩm định beside it for those who may."""
    who, on = actor(request), asked_day(request)
    mine = [word for word, action in WORDS.items() if _may(who, action, on)]
    chosen = request.GET.get(PARAMETER, "")
    chosen = chosen if chosen in mine else (mine[0] if mine else "tham-tra")
    found = {word: verification.groups(who, on, WORDS[word]) for word in mine}
    if PARAMETER not in request.GET and not found.get(chosen) and any(found.values()):
        chosen = next(word for word in mine if found[word])
    query = day.asked(request).query
    tabs = tuple(
        Tab(
            gettext("Thẩm tra") if word == "tham-tra" else gettext("Thẩm định"),
            f"{reverse('desk:verify')}{query or '?'}{'&' if query else ''}{PARAMETER}={word}",
            here=word == chosen,
            count=sum(one.count for one in found[word]),
        )
        for word in mine
    )
    context = {"chosen": chosen, "may": bool(mine), "actor": who, "on": on}
    context |= _narrowed(
        request,
        who,
        found.get(chosen, []),
        f"{reverse('desk:verify')}{query or '?'}{'&' if query else ''}{PARAMETER}={chosen}",
    )
    return show(request, "desk/verification/queue.html", context, room="verify", tabs=tabs if len(tabs) > 1 else ())


def _narrowed(request: HttpRequest, who: Actor, groups: list[WaitingGroup], whole: str) -> dict[str, Any]:
    """Chỉ một bộ, một địa bàn: what the home's lines open; with the way back to the whole queue."""
    set_code, place = request.GET.get("bo", ""), request.GET.get("don-vi", "")
    shown, words = groups, []
    if set_code:
        shown = [one for one in shown if one.set_code == set_code]
        words += [one.set_name for one in shown[:1]]
    if place.isascii() and place.isdigit():
        places = {id(one): verification.place_of(one, who) for one in shown}
        shown = [one for one in shown if (there := places[id(one)]) is not None and there.id == int(place)]
        words += [there.title for one in shown[:1] if (there := places[id(one)]) is not None]
    return {"groups": shown, "narrowed": " · ".join(words), "whole": whole, "hidden": len(groups) - len(shown)}


def _may(who: Actor, action: str, on: date) -> bool:
    area = authority.reach(who, action, on=on)
    return (area.everywhere or bool(area.unit_ids)) and (area.criteria is None or bool(area.criteria))


@desk_page
def group(request: HttpRequest, unit_id: int, set_code: str, as_of: str) -> HttpResponse:
    """Một nhóm: rows to look at one after another; evidence and decisions beside."""
    return _group(request, unit_id, set_code, date.fromisoformat(as_of))


def _group(
    request: HttpRequest, unit_id: int, set_code: str, as_of: date, *, sentences: list[str] | None = None
) -> HttpResponse:
    who, on, row = actor(request), asked_day(request), registry.by_code(set_code)
    word = request.GET.get(PARAMETER, "tham-tra")
    shown = verification.group(who, unit_id, row, as_of, on, WORDS.get(word, VERIFY))
    back = f"{reverse('desk:verify')}{day.asked(request).query}"
    if not shown.rows and not sentences and not request.htmx:
        messages.info(request, gettext("Không còn số liệu nào của %(unit)s chờ xem.") % {"unit": shown.unit.title})
        return HttpResponseRedirect(back)
    context = {
        "group": shown,
        "word": word if word in WORDS else "tham-tra",
        "first": shown.rows[0] if shown.rows else None,
        "sentences": sentences or [],
        "here": reverse("desk:verify_group", args=(unit_id, set_code, as_of.isoformat())),
        "carried": _carried(request, word),
        "ids": [one.observation.pk for one in shown.rows],
    }
    crumbs = (Crumb(gettext("Thẩm tra"), back), Crumb(shown.unit.name))
    status = 422 if sentences else 200
    return show(request, "desk/verification/group.html", context, room="verify", crumbs=crumbs, status=status)


def _carried(request: HttpRequest, word: str) -> str:
    """What addresses of the group carry on: the day looked from and the work."""
    query = day.asked(request).query
    more = f"{PARAMETER}={word}" if word == "tham-dinh" else ""
    return query + ("&" if query and more else "?" if more else "") + more


@desk_page
def one(request: HttpRequest, observation_id: int) -> HttpResponse:
    """Một số liệu với minh chứng mở bên cạnh, and the three decisions."""
    return _one(request, observation_id)


def _one(request: HttpRequest, observation_id: int, *, sentence: str = "", status: int = 200) -> HttpResponse:
    found = verification.one(actor(request), observation_id, asked_day(request))
    if found is None:
        told = sentence or gettext("Số liệu này không còn chờ chức danh đang dùng xem: đã được xem hoặc đã thay.")
        return show(
            request, "desk/entry/stopped.html", {"sentence": told}, room="verify", status=status if sentence else 422
        )
    shown, action = found
    word = "tham-tra" if action == VERIFY else "tham-dinh"
    context = _one_context(request, shown, word) | {"sentence": sentence, "posted": request.POST}
    crumbs = (Crumb(gettext("Thẩm tra"), reverse("desk:verify")), Crumb(shown.unit.name, context["group_url"]))
    return show(request, "desk/verification/one.html", context, room="verify", crumbs=crumbs, status=status)


def _one_context(request: HttpRequest, shown: Group, word: str) -> dict[str, Any]:
    row = shown.rows[0]
    here = reverse("desk:verify_group", args=(shown.unit.id, shown.row.code, shown.as_of.isoformat()))
    carried = _carried(request, word)
    asked, _ = typing_in.find_asked(registry.content(shown.row), row.observation.code)
    in_words = isinstance(asked, int) or asked.kind in ("yes_no", "qualitative")
    return {
        "group": shown,
        "row": row,
        "word": word,
        "carried": carried,
        "group_url": here + carried,
        "in_words": in_words,
        "may_return": word == "tham-tra",
        "words": ("đạt", "chưa đạt", "không xét"),
    }


@require_POST
@desk_page
def accept(request: HttpRequest, observation_id: int) -> HttpResponse:
    """Nhận đúng số đã gửi."""
    return _decide(request, observation_id, lambda who, it: _confirm(who, it), gettext("đã nhận"))


@require_POST
@desk_page
def found_otherwise(request: HttpRequest, observation_id: int) -> HttpResponse:
    """Ghi số khác, with the reason."""
    typed, note = request.POST.get("value", "").strip(), request.POST.get("note", "").strip()
    return _decide(request, observation_id, lambda who, it: _confirm(who, it, typed, note), gettext("đã ghi số khác"))


@require_POST
@desk_page
def give_back(request: HttpRequest, observation_id: int) -> HttpResponse:
    """Trả lại, có lý do."""
    reason = request.POST.get("reason", "")
    return _decide(
        request, observation_id, lambda who, it: services.give_back(who, it.pk, reason=reason), gettext("đã trả lại")
    )


def _confirm(who: Actor, it: Observation, typed: str | None = None, note: str = "") -> Observation:
    deed = services.verify if it.stage == Stage.SELF else services.appraise
    return deed(who, it.pk, typed=typed, note=note)


def _decide(
    request: HttpRequest, observation_id: int, deed: Callable[[Actor, Observation], object], said: str
) -> HttpResponse:
    """Quyết định một số liệu: the row says what was done; a refusal stays beside what was typed."""
    it = histories.observation(observation_id)
    if it is None:
        raise ValueError(gettext("Không tìm thấy số liệu này. Mở lại hàng chờ."))
    word = "tham-tra" if it.stage == Stage.SELF else "tham-dinh"
    try:
        deed(actor(request), it)
    except (Denied, ValueError) as reason:
        return _one(request, observation_id, sentence=str(reason), status=403 if isinstance(reason, Denied) else 422)
    if request.htmx:
        context = {"observation": it, "said": said, "key": it.code.replace(".", "-")}
        return render(request, "desk/verification/decided.html", context)
    messages.success(request, f"{it.code}: {said}.")
    here = reverse("desk:verify_group", args=(it.unit_id, it.set.code, it.as_of.isoformat()))
    return HttpResponseRedirect(here + _carried(request, word))


@require_POST
@desk_page
def accept_all(request: HttpRequest, unit_id: int, set_code: str, as_of: str) -> HttpResponse:
    """Nhận tất cả những số đã hiện trên trang, sau khi đã xem minh chứng; what is refused is told one by one."""
    if request.POST.get("looked") != "1":
        told = gettext("Đánh dấu “Tôi đã xem minh chứng của các chỉ tiêu này” rồi nhận.")
        return _group(request, unit_id, set_code, date.fromisoformat(as_of), sentences=[told])
    who, done = actor(request), 0
    sentences: list[str] = []
    for given in request.POST.getlist("id"):
        it = histories.observation(int(given)) if given.isdecimal() else None
        if it is None:
            continue
        try:
            _confirm(who, it)
            done += 1
        except (Denied, ValueError) as reason:
            sentences.append(str(reason))
    if done:
        messages.success(request, gettext("Đã nhận %(n)s chỉ tiêu.") % {"n": done})
    if sentences:
        return _group(request, unit_id, set_code, date.fromisoformat(as_of), sentences=sentences)
    return HttpResponseRedirect(f"{reverse('desk:verify')}{day.asked(request).query}")
