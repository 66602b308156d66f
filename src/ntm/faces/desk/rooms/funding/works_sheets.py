"""Nhập công trình từ bảng tính: the template, the file compared with the records, right lines taken, wrong ones sent back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ntm.domain.official.dates import write_date
from ntm.domain.official.money import write_amount
from ntm.faces.desk.access import actor
from ntm.faces.desk.attached import XLSX, attached
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.funding.place import ROOM, NotHere, Place, funding_page, place_of
from ntm.faces.desk.rooms.funding.posting import require_some
from ntm.faces.desk.rooms.units import words
from ntm.records.funding.models import WorksUpload, WorksUploadState
from ntm.records.funding.queries import works_sheets as queries
from ntm.records.funding.services import works_importing
from ntm.records.funding.services.works_importing import NoSuchSheet
from ntm.records.funding.workbook.columns import COLUMNS
from ntm.records.people.authority import Denied
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["returned", "take", "template", "works_import", "works_upload"]

SEE = "xem"
_FACES = {"loi": "refused", "sua": "changed", "moi": "new"}
_FIRST, _EACH = 20, 100  # lines of each kind at first; lines of one kind on a page


def _place(request: HttpRequest) -> tuple[Place, UnitLabel]:
    """The unit whose works are brought in; a file of the whole country is nobody's."""
    place = place_of(request)
    if place.label is None:
        raise ValueError(gettext("Chọn một tỉnh, một xã rồi nhập công trình của địa bàn đó."))
    require_some(place, "works.manage")
    return place, place.label


@require_GET
@funding_page
def template(request: HttpRequest) -> HttpResponse:
    """Bảng mẫu của địa bàn."""
    place, label = _place(request)
    return attached(queries.template(label, place.on), f"mau-cong-trinh-{label.code or label.id}.xlsx", XLSX)


@require_http_methods(["GET", "POST"])
@funding_page
def works_import(request: HttpRequest) -> HttpResponse:
    """Nộp bảng: what was found opens."""
    place, label = _place(request)
    sentence, status = "", 200
    if request.method == "POST":
        try:
            content, name = _given(request)
            made = works_importing.upload(place.who, content=content, name=name, unit_id=label.id, on=place.on)
        except (Denied, ValueError) as reason:
            sentence, status = str(reason), 403 if isinstance(reason, Denied) else 422
        else:
            return HttpResponseRedirect(place.url("works_upload", made.pk))
    context = {
        "place": place,
        "sentence": sentence,
        "most": _most(),
        "columns": COLUMNS,
        "template_url": place.url("works_template"),
        "list_url": place.url("works", tai="xlsx"),
        "back": place.url("works"),
    }
    crumbs = place.crumbs(_works_crumb(place), Crumb(gettext("Nhập từ bảng tính")))
    return show(request, "desk/funding/works_import.html", context, room=ROOM, crumbs=crumbs, status=status)


def _most() -> int:
    return int(settings.WORKBOOK_MAX_BYTES) // 1024 // 1024


def _works_crumb(place: Place) -> Crumb:
    return Crumb(gettext("Công trình"), place.url("works"))


def _given(request: HttpRequest) -> tuple[bytes, str]:
    given = request.FILES.get("tep")
    if given is None or given.size is None:
        raise ValueError(gettext("Chưa chọn tệp nào: chọn bảng công trình .xlsx đã điền."))
    if given.size > settings.WORKBOOK_MAX_BYTES:
        raise ValueError(
            gettext("Tệp nặng hơn %(most)s MB; chia thành nhiều tệp rồi nộp từng tệp.") % {"most": _most()}
        )
    return given.read(), given.name or "cong-trinh.xlsx"


@require_GET
@funding_page
def works_upload(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Kết quả đọc một bảng: what would be added and changed, what is sent back and why."""
    return _shown(request, _held(request, upload_id))


def _held(request: HttpRequest, upload_id: int) -> WorksUpload:
    try:
        return works_importing.held(actor(request), upload_id)
    except NoSuchSheet as reason:
        raise NotHere(str(reason)) from None


def _shown(request: HttpRequest, made: WorksUpload, sentence: str = "", status: int = 200) -> HttpResponse:
    place = place_of(request, unit_id=made.unit_id)
    found, seen = made.found, request.GET.get(SEE, "")
    counts = {name: len(found[name]) for name in _FACES.values()}
    page = Paginator(found[_FACES[seen]], _EACH).get_page(request.GET.get("trang")) if seen in _FACES else None
    parts = {
        name: (list(page.object_list) if slug == seen else []) if page else found[name][:_FIRST]
        for slug, name in _FACES.items()
    }
    labels = units.labels({one["unit"] for name in ("new", "changed") for one in parts[name]}, made.on)
    good = counts["new"] + counts["changed"]
    waiting = made.state == WorksUploadState.READ
    context = {
        "place": place,
        "made": made,
        "found": found,
        "counts": counts,
        "good": good,
        "waiting": waiting and good > 0,
        "taken": made.state == WorksUploadState.TAKEN,
        "refused": parts["refused"],
        "new": [_line(one, labels) | {"cost": write_amount(one["cost"])} for one in parts["new"]],
        "changed": [_line(one, labels) | {"url": place.url("works_one", one["works"])} for one in parts["changed"]],
        "several": place.label is not None and place.label.level != "xa",
        "page": page,
        "more": {
            name: place.url("works_upload", made.pk, xem=slug)
            for slug, name in _FACES.items()
            if page is None and counts[name] > _FIRST
        },
        "whole_url": place.url("works_upload", made.pk) if page else "",
        "fields": [("seen", found["mark"])],
        "changes": _changes(made, counts),
        "sentence": sentence,
        "take_url": place.url("works_take", made.pk),
        "returned_url": place.url("works_returned", made.pk) if counts["refused"] else "",
        "again_url": place.url("works_import"),
        "back": place.url("works"),
    }
    bringing = Crumb(gettext("Nhập từ bảng tính"), place.url("works_import"))
    crumbs = place.crumbs(_works_crumb(place), bringing, Crumb(made.use.name))
    return show(request, "desk/funding/works_upload.html", context, room=ROOM, crumbs=crumbs, status=status)


def _line(one: dict[str, Any], labels: dict[int, UnitLabel]) -> dict[str, Any]:
    return one | {"place": words.capital(labels[one["unit"]].title)}


def _changes(made: WorksUpload, counts: dict[str, int]) -> list[str]:
    """What taking would do, in sentences."""
    told = [
        (counts["new"], gettext("%(n)s công trình mới được thêm, ghi ngày %(day)s.")),
        (counts["changed"], gettext("%(n)s công trình được sửa hồ sơ; giá trị cũ còn ở trang của công trình.")),
        (counts["refused"], gettext("%(n)s dòng cần sửa không được nhận.")),
    ]
    return [sentence % {"n": count, "day": write_date(made.on)} for count, sentence in told if count]


@require_POST
@funding_page
def take(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Nhận các dòng đúng, as they were shown."""
    made = _held(request, upload_id)
    try:
        done = works_importing.take(
            actor(request), upload_id, seen=request.POST.get("seen", ""), reason=request.POST.get("reason", "")
        )
    except (Denied, ValueError) as reason:
        return _shown(request, made, str(reason), 403 if isinstance(reason, Denied) else 422)
    if not done.taken:
        sentence = gettext("Hồ sơ công trình đã thay đổi từ lúc xem: dưới đây là kết quả so lại, xem rồi nhận.")
        return _shown(request, done.upload, sentence, 409)
    place = place_of(request, unit_id=made.unit_id)
    return HttpResponseRedirect(place.url("works_upload", made.pk))


@require_GET
@funding_page
def returned(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Tải các dòng chưa nhận, each with its reasons."""
    _held(request, upload_id)
    name, content = works_importing.returned(actor(request), upload_id)
    return attached(content, name, XLSX)
