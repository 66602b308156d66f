"""Minh chứng: attached from a picker, a drop or a phone's camera; taken off a draft; handed out with safe headers."""

from __future__ import annotations

from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from ntm.faces.desk.access import actor
from ntm.faces.desk.rooms.entry import shown
from ntm.faces.desk.rooms.entry.details import done
from ntm.faces.desk.rooms.entry.place import Place, at_place, desk_page, one_line
from ntm.faces.desk.rooms.entry.shown import Kept
from ntm.records.archive import services as archive
from ntm.records.archive.services import FileMissing
from ntm.records.people.authority import Denied
from ntm.records.standing import services
from ntm.records.standing.models import Evidence

# A picture or words are shown in a page that can do nothing; browsers refuse to show a PDF in a sandbox.
_CLOSED = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; sandbox"
_PDF = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


@require_POST
@at_place
def attach(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    """Đính kèm một hay nhiều tệp vào số liệu của ngày đó."""
    if request.htmx and request.htmx.target != "entry-detail":
        return _into_the_row(request, place, code)
    return done(request, place, code, lambda: _attach(request, place, code))


def _attach(request: HttpRequest, place: Place, code: str) -> str:
    """Each file apart: those that are good stay, of the others all sentences are told."""
    line = one_line(place.sheet(), code)
    files = request.FILES.getlist("tep")
    if line.today is None:
        raise ValueError(gettext("Chỉ tiêu %(code)s: nhập số liệu trước, rồi đính kèm tệp.") % {"code": code})
    if not files:
        raise ValueError(gettext("Chưa chọn tệp nào."))
    wrong: list[str] = []
    for file in files:
        try:
            services.attach(place.who, line.today.pk, content=file.read(), name=file.name or "tep")
        except ValueError as reason:
            wrong.append(f"{file.name}: {reason}")
    if wrong:
        raise ValueError(" ".join(wrong))
    return gettext("Đã đính kèm %(n)s tệp.") % {"n": len(files)}


def _into_the_row(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    kept, status = None, 200
    try:
        _attach(request, place, code)
    except (Denied, ValueError) as reason:
        line = one_line(place.sheet(), code)
        kept = Kept(shown.Shown(line).value, line.note, str(reason))
        status = 403 if isinstance(reason, Denied) else 422
    return render(request, "desk/entry/typed.html", shown.updated(place, place.sheet(), code, kept), status=status)


@require_POST
@at_place
def remove(request: HttpRequest, place: Place, code: str, evidence_id: int) -> HttpResponse:
    """Gỡ tệp khỏi bản nháp."""

    def deed() -> str:
        reason = request.POST.get("reason", "").strip() or gettext("đính kèm nhầm")
        services.detach(place.who, evidence_id, reason=reason, on=place.as_of)
        return gettext("Đã gỡ tệp.")

    return done(request, place, code, deed)


@require_GET
@desk_page
def evidence(request: HttpRequest, evidence_id: int) -> HttpResponseBase:
    """Mở tệp minh chứng: for those who may see it; never run, never guessed at. `?tai=1` downloads."""
    found = Evidence.objects.select_related("use", "observation").filter(pk=evidence_id).first()
    if found is None:
        raise FileMissing(gettext("Không có tệp này, hoặc tệp đã được gỡ."))
    opened = archive.open_for(actor(request), found.use.file_id, found.observation.as_of)
    inline = opened.inline and "tai" not in request.GET
    response = FileResponse(opened.stream, content_type=opened.content_type)
    response["Content-Length"] = str(opened.size)
    disposition = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(found.use.name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _PDF if opened.content_type == "application/pdf" else _CLOSED
    response["Cache-Control"] = "private, no-store"
    return response
