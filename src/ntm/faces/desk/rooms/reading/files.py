"""Tệp của văn bản: page pictures, the original, the note of findings; nothing uploaded is ever shown as a page."""

from __future__ import annotations

from urllib.parse import quote

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.rooms.reading import beside
from ntm.faces.desk.rooms.reading.place import reading_page
from ntm.records.archive import services as files
from ntm.records.archive.documents import note, pictures, queries, services, source
from ntm.records.archive.models import OfficialDocument
from ntm.records.archive.services import FileMissing
from ntm.records.units import queries as units

_CLOSED = "default-src 'none'; frame-ancestors 'self'; sandbox"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@reading_page
def picture(request: HttpRequest, document_id: int, number: int) -> HttpResponseBase:
    """Ảnh của một trang: pixels that the program drew, never the file itself."""
    document = queries.light(actor(request), document_id, asked_day(request))
    try:
        stream = default_storage.open(pictures.path_of(document.use.file, number), "rb")
    except FileNotFoundError as error:
        if number <= _page_count(document):
            services.redraw(document)
        raise FileMissing(gettext("Trang này chưa có ảnh: máy đang vẽ lại, trong lúc chờ xem phần chữ.")) from error
    return _guarded(FileResponse(stream, content_type="image/webp"), "inline", f"{number}.webp")


def _page_count(document: OfficialDocument) -> int:
    return len(document.current.drawn or ()) if document.current else 0


@require_GET
@reading_page
def original(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """Tệp gốc, always as a download."""
    who, on = actor(request), asked_day(request)
    document = queries.light(who, document_id, on)
    opened = files.open_for(who, document.use.file_id, document.on)
    response = FileResponse(opened.stream, content_type=opened.content_type)
    response["Content-Length"] = str(opened.size)
    return _guarded(response, "attachment", document.use.name)


@require_GET
@reading_page
def findings(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """Phiếu phát hiện .docx để gửi lại nơi soạn."""
    who, on = actor(request), asked_day(request)
    document = queries.one(who, document_id, on)
    reading = document.current
    if reading is None or reading.state != "done":
        raise ValueError(gettext("Văn bản chưa đọc xong: chờ đọc xong rồi xuất phiếu."))
    compared = beside.records(who, document, on)
    written = note.write(
        note.Note(
            document=document,
            unit=units.label(document.unit_id, on).full_title if document.unit_id else "",
            findings=reading.findings,
            answers=queries.answers(document),
            lines=source.from_rows(reading.source),
            pages={int(no): int(boxes[0][0]) for no, boxes in reading.places.items() if boxes},
            on=on,
            office=who.office_label,
            version=reading.version,
            records=[one.to_json() for one in compared.findings] if compared else (),
            rests_on=compared.rests_on if compared else "",
        )
    )
    return _guarded(HttpResponse(written, content_type=_WORD), "attachment", note.file_name(document))


def _guarded(response: HttpResponseBase, how: str, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _CLOSED
    response["Cache-Control"] = "private, no-store"
    return response
