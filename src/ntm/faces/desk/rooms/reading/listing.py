"""Kho văn bản: upload, search, and the items that were confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Tab, show
from ntm.faces.desk.rooms.reading import shown
from ntm.faces.desk.rooms.reading.place import ROOM, address, item_address, reading_page
from ntm.records.archive.documents import queries, services
from ntm.records.archive.documents.queries import Asked
from ntm.records.archive.documents.services import AlreadyThere
from ntm.records.archive.models import ConfirmedItem
from ntm.records.people import authority
from ntm.records.people.authority import Actor, Denied
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

PAGE = 20
MOST_FILES = 20


@dataclass(frozen=True)
class Filter:
    """Ô lọc, as parts/filters.html takes it."""

    name: str
    label: str
    value: Any
    options: tuple[tuple[Any, str], ...] | None = None


@dataclass(frozen=True)
class Refusal:
    """Tệp không nhận: its sentence, and the document that is already there."""

    name: str
    sentence: str
    url: str = ""


@require_GET
@reading_page
def reading(request: HttpRequest) -> HttpResponse:
    """Kho văn bản with search; upload above it."""
    return _listing(request)


def _listing(request: HttpRequest, refusals: list[Refusal] | None = None) -> HttpResponse:
    who, on = actor(request), asked_day(request)
    asked = _asked(request)
    found = queries.searched(who, asked, on)
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    results = queries.with_matches(list(page.object_list), asked.words)
    there, kinds, years = queries.choices(who, on)
    places = _places(who, request)
    labels = units.labels({*there, *(one.document.unit_id for one in results if one.document.unit_id)}, on)
    context = {
        "page": page,
        "results": [
            (
                one,
                labels.get(one.document.unit_id or 0),
                [(item, item_address(request, one.document.pk, item.pk)) for item in one.items],
            )
            for one in results
        ],
        "asked": asked,
        "any": bool(asked.any or page.paginator.count),
        "filters": (
            Filter("tu", gettext("Từ trong văn bản"), asked.words),
            Filter("don-vi", gettext("Đơn vị"), asked.unit_id, _options((pk, labels[pk].title) for pk in there)),
            Filter("nam", gettext("Năm"), asked.year, _options((year, str(year)) for year in years)),
            Filter("loai", gettext("Loại"), asked.kind, _options((kind, kind) for kind in kinds)),
            Filter("so", gettext("Số, ký hiệu"), asked.number),
        ),
        "places": places,
        "refusals": refusals or [],
        "chosen_place": request.POST.get("don-vi", str(who.unit_id or "")),
    }
    return show(
        request,
        "desk/reading/listing.html",
        context,
        room=ROOM,
        tabs=_tabs(request, "reading"),
        status=422 if refusals else 200,
    )


def _options(found: Any) -> tuple[tuple[Any, str], ...]:
    return (("", gettext("tất cả")), *found)


def _tabs(request: HttpRequest, here: str) -> tuple[Tab, ...]:
    names = (("reading", gettext("Kho văn bản")), ("reading_confirmed", gettext("Mục đã xác nhận")))
    return tuple(Tab(label, address(request, name), here=name == here) for name, label in names)


def _asked(request: HttpRequest) -> Asked:
    return Asked(
        words=request.GET.get("tu", "").strip()[:200],
        unit_id=_number(request.GET.get("don-vi")),
        year=_number(request.GET.get("nam")),
        kind=request.GET.get("loai", "").strip()[:60],
        number=request.GET.get("so", "").strip()[:100],
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _places(who: Actor, request: HttpRequest) -> list[tuple[str, str]]:
    """Where this office may put a document: its unit and those directly below; none for those who may not."""
    on = asked_day(request)
    if not authority.allows(who, "document.upload", who.unit_id, on=on):
        return []
    if who.unit_id is None:
        return [("", gettext("Trung ương")), *((str(one.id), one.title) for one in units.provinces(on))]
    own = units.label(who.unit_id, on)
    below = units.children(own.id, on) if who.role != "village_board" else []
    return [(str(one.id), one.title) for one in (own, *below)]


@require_POST
@reading_page
def upload(request: HttpRequest) -> HttpResponse:
    """Tải lên một hay nhiều tệp: each apart; the good ones stay, of the others all sentences are told."""
    who, on = actor(request), asked_day(request)
    sent = request.FILES.getlist("tep")
    place = request.POST.get("don-vi", "")
    unit_id = _number(place) if place else None
    made, refusals = [], []
    for file in sent[:MOST_FILES]:
        name = file.name or gettext("tệp")
        try:
            made.append(services.upload_document(who, content=file, name=name, unit_id=unit_id, on=on))
        except AlreadyThere as reason:
            refusals.append(Refusal(name, str(reason), address(request, "document", reason.document.pk)))
        except (Denied, ValueError) as reason:
            refusals.append(Refusal(name, str(reason)))
    if not sent:
        refusals.append(Refusal("", gettext("Chưa chọn tệp nào: bấm “Chọn tệp” hoặc kéo tệp vào khung.")))
    if len(sent) > MOST_FILES:
        sentence = gettext("Mỗi lần nhận nhiều nhất %(most)s tệp; các tệp sau chưa được nhận.") % {"most": MOST_FILES}
        refusals.append(Refusal("", sentence))
    if made:
        messages.success(request, gettext("Đã nhận %(n)s tệp; máy đang đọc.") % {"n": len(made)})
    if refusals:
        return _listing(request, refusals)
    if len(made) == 1:
        return HttpResponseRedirect(address(request, "document", made[0].pk))
    return HttpResponseRedirect(address(request, "reading"))


@require_GET
@reading_page
def confirmed(request: HttpRequest) -> HttpResponse:
    """Mục đã xác nhận: each with the document, line and page it came from, and who confirmed it."""
    who, on = actor(request), asked_day(request)
    asked = _asked(request)
    section = request.GET.get("phan", "")
    rows = queries.confirmed_in_sight(who, on, unit_id=asked.unit_id, section=section)
    page = Paginator(rows, 100).get_page(request.GET.get("trang"))
    there, sections = queries.confirmed_choices(who, on)
    labels = units.labels({*there, *(one.unit_id for one in page.object_list if one.unit_id)}, on)
    context = {
        "page": page,
        "rows": [_confirmed(request, one, labels) for one in page.object_list],
        "filters": (
            Filter("don-vi", gettext("Đơn vị"), asked.unit_id, _options((pk, labels[pk].title) for pk in there)),
            Filter("phan", gettext("Phần"), section, _options(sections)),
        ),
        "any": bool(page.paginator.count or asked.unit_id or section),
    }
    return show(request, "desk/reading/confirmed.html", context, room=ROOM, tabs=_tabs(request, "reading_confirmed"))


def _confirmed(request: HttpRequest, one: ConfirmedItem, labels: dict[int, UnitLabel]) -> dict[str, Any]:
    return {
        "one": one,
        "url": item_address(request, one.document_id, one.item_id),
        "part": one.get_section_display(),
        "words": shown.words(one.section, one.item.key, one.value),
        "where": shown.where(one.lines, one.page),
        "unit": labels.get(one.unit_id or 0),
    }
