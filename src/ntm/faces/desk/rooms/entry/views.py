"""Nhập số liệu: where to type, the sheet, one cell saved as typed, and the whole sheet saved by a button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from ntm.domain.assessment import NotInForce
from ntm.faces.desk import day
from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import show
from ntm.faces.desk.rooms.entry import shown
from ntm.faces.desk.rooms.entry.place import Place, at_place, desk_page, one_line
from ntm.faces.desk.rooms.entry.shown import Kept
from ntm.records.people.authority import Denied
from ntm.records.standing import services
from ntm.records.standing.models import Campaign, Observation, RegisteredSet
from ntm.records.standing.queries import campaigns, entering, waiting
from ntm.records.standing.queries import history as histories
from ntm.records.standing.queries.entering import EntryPlace
from ntm.records.standing.queries.sheet import Sheet, SheetLine
from ntm.records.standing.refusals import Conflict


@desk_page
def entries(request: HttpRequest) -> HttpResponse:
    """Nhập ở đâu: the units and sets that this office types for, drafts first."""
    who, on = actor(request), asked_day(request)
    places = entering.places(who, on)
    asked = campaigns.open_for([one.unit.id for one in places], on)
    context = {
        "places": [_place_shown(one, asked, on) for one in places],
        "drafts": waiting.drafts_for(who, on),
        "returned": waiting.returned_for(who, on),
        "actor": who,
    }
    return show(request, "desk/entry/entries.html", context, room="entry")


@dataclass(frozen=True, slots=True)
class _SetShown:
    """Một bộ để mở bảng nhập, with the open review that asks for it."""

    row: RegisteredSet
    campaign: Campaign | None
    days: int  # until the review is due

    @property
    def due(self) -> date:
        return self.campaign.due if self.campaign else date.max


def _place_shown(one: EntryPlace, asked: dict[tuple[int, int], Campaign], on: date) -> dict[str, Any]:
    """Một đơn vị: what a review asks for stands first, by its due day."""
    rows = []
    for row in one.sets:
        campaign = asked.get((one.unit.id, row.pk))
        rows.append(_SetShown(row, campaign, (campaign.due - on).days if campaign else 0))
    return {"unit": one.unit, "sets": sorted(rows, key=lambda row: row.due)}


@at_place
def entry(request: HttpRequest, place: Place) -> HttpResponse:
    """Bảng nhập; POST: the whole sheet saved by its button, without scripts."""
    if not place.label.living:
        return _not_there(request, place)
    try:
        sheet = place.sheet()
    except NotInForce as reason:
        return _other_sets(request, place, str(reason))
    if request.method == "POST":
        return _save_all(request, place, sheet)
    return _sheet(request, place, sheet, {})


def _sheet(request: HttpRequest, place: Place, sheet: Sheet, kept: dict[str, Kept], status: int = 200) -> HttpResponse:
    proposed = entering.entry_day(place.label.id, place.row, day.asked(request).today)
    conclusions = request.GET.get("ket-luan") == "1"
    context = shown.context(
        place,
        sheet,
        criteria=shown.rows(sheet, kept, conclusions=conclusions),
        conditions=[shown.Shown(line, kept.get(line.code)) for line in sheet.conditions],
        proposed=proposed,
        conclusions=conclusions,
        sets=entering.applicable_sets(place.label.level, place.as_of, _province(place)),
        wrong=len(kept),
    )
    return show(request, "desk/entry/entry.html", context, room="entry", crumbs=place.crumbs, status=status)


def _province(place: Place) -> str | None:
    return next((one.code for one in (place.label, *place.label.ancestors) if one.level == "tinh"), None)


def _not_there(request: HttpRequest, place: Place) -> HttpResponse:
    sentence = gettext("Ngày %(day)s chưa có hoặc không còn %(unit)s. Chọn ngày khác ở đầu trang.") % {
        "day": f"{place.as_of:%d/%m/%Y}",
        "unit": place.label.title,
    }
    return show(request, "desk/entry/stopped.html", {"sentence": sentence}, room="entry", status=422)


def _other_sets(request: HttpRequest, place: Place, sentence: str) -> HttpResponse:
    sets = entering.applicable_sets(place.label.level, place.as_of, _province(place))
    context = {"sentence": sentence, "place": place, "sets": sets}
    return show(request, "desk/entry/stopped.html", context, room="entry", crumbs=place.crumbs, status=422)


@require_POST
@at_place
def cell(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    """Một ô vừa gõ: saved, judged anew, and told at once; or the sentence that says why not."""
    typed, note = request.POST.get(f"v.{code}", ""), request.POST.get(f"n.{code}", "").strip()
    kept, status = None, 200
    try:
        _record(place, code, typed, note, _seen(request, code))
    except Denied as denial:
        kept, status = Kept(typed, note, str(denial)), 403
    except Conflict as conflict:
        kept, status = Kept(typed, note, str(conflict), _others(conflict)), 422
    except ValueError as reason:
        kept, status = Kept(typed, note, str(reason)), 422
    sheet = place.sheet()
    one_line(sheet, code)
    context = shown.updated(place, sheet, code, kept)
    return render(request, "desk/entry/typed.html", context, status=status)


def _record(place: Place, code: str, typed: str, note: str, seen: int) -> Observation:
    return services.record(
        place.who,
        unit_id=place.label.id,
        set_code=place.row.code,
        code=code,
        as_of=place.as_of,
        typed=typed.strip(),
        note=note,
        seen=seen,
    )


def _seen(request: HttpRequest, code: str) -> int:
    text = request.POST.get(f"seen.{code}", "0")
    return int(text) if text.isdecimal() else 0


def _others(conflict: Conflict) -> str | None:
    other = histories.observation(conflict.observation_id) if conflict.observation_id else None
    return other.typed if other else None


def _save_all(request: HttpRequest, place: Place, sheet: Sheet) -> HttpResponse:
    """Every cell that differs from what stood on the page is saved; what could not be stays, with its sentence."""
    kept: dict[str, Kept] = {}
    saved = 0
    before = _before(request, sheet)
    for line in sheet.lines():
        if f"v.{line.code}" not in request.POST:
            continue
        typed = request.POST.get(f"v.{line.code}", "").strip()
        note = request.POST.get(f"n.{line.code}", "").strip()
        if (typed, note) == before[line.code]:
            continue
        try:
            _record(place, line.code, typed, note, _seen(request, line.code))
            saved += 1
        except Conflict as conflict:
            kept[line.code] = Kept(typed, note, str(conflict), _others(conflict))
        except (Denied, ValueError) as reason:
            kept[line.code] = Kept(typed, note, str(reason))
    if kept:
        return _sheet(request, place, place.sheet(), kept, status=422)
    said = ngettext("Đã lưu %(n)s ô.", "Đã lưu %(n)s ô.", saved) % {"n": saved}
    messages.success(request, said if saved else gettext("Không có ô nào thay đổi."))
    return HttpResponseRedirect(request.get_full_path())


def _before(request: HttpRequest, sheet: Sheet) -> dict[str, tuple[str, str]]:
    """What stood in each cell when the page was made: the draft that the page had seen, else what was sent."""
    seen = {line.code: _seen(request, line.code) for line in sheet.lines()}
    rows = Observation.objects.in_bulk([pk for pk in seen.values() if pk])

    def stood(line: SheetLine) -> tuple[str, str]:
        row = rows.get(seen[line.code])
        if row is None and line.state == "draft":
            return "", ""  # the page had no draft, another has typed since
        if row is None or row.pk == line.seen:
            return shown.Shown(line).value, line.note
        return row.typed, row.note

    return {line.code: stood(line) for line in sheet.lines()}
