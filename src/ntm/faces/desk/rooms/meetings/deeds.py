"""Làm với một cuộc giao ban: opened, changed, concluded, held; its minutes written as docx and kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.rooms.meetings.views import FIELDS, opened, show_meeting, show_meetings, template_of
from ntm.faces.desk.rooms.plans.forms import COMMON
from ntm.faces.desk.rooms.tasks.place import address, at_page, deed, deed_day, number, one_day, work_page
from ntm.faces.desk.rooms.tasks.task import guarded
from ntm.records.archive import services as archive
from ntm.records.archive.services import FileMissing
from ntm.records.archive.templates import queries as templates
from ntm.records.people.authority import Denied
from ntm.records.planning import minutes
from ntm.records.planning.models import Meeting
from ntm.records.planning.services import meetings as services

__all__ = ["change", "conclude", "hold", "keep", "kept", "minutes_file", "opening", "take_back"]

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORDS = ("title", "place", "chair", "secretary", "attendees")


def _done(request: HttpRequest, meeting_id: int, form: str, act: Callable[[date], str], part: str = "") -> HttpResponse:
    back = address(request, "meeting", meeting_id) + (f"#{part}" if part else "")
    return deed(request, act, back, lambda sentence, status: show_meeting(request, meeting_id, sentence, status, form))


@require_POST
@work_page
def opening(request: HttpRequest) -> HttpResponse:
    """Chuẩn bị một cuộc giao ban; then to its page."""
    who, got = actor(request), request.POST
    try:
        on = deed_day(request)
        made = services.open_meeting(
            who,
            unit_id=who.unit_id or 0,
            title=got.get("title", ""),
            held_on=one_day(got.get("held_on")) or on,
            since=one_day(got.get("since")),
            body_id=number(got.get("body_id")),
            on=on,
            **{name: got.get(name, "") for name in _WORDS[1:]},
        )
    except (Denied, ValueError) as reason:
        at_page(request, reverse("desk:meetings"))
        return show_meetings(request, str(reason), 403 if isinstance(reason, Denied) else 422)
    messages.success(request, gettext("Đã mở “%(title)s”.") % {"title": made.title})
    return HttpResponseRedirect(address(request, "meeting", made.pk))


@require_POST
@work_page
def change(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Sửa tên, địa điểm, chủ trì, thư ký, thành phần."""
    who, got = actor(request), request.POST

    def act(on: date) -> str:
        services.change(who, meeting_id, on=on, **{name: got[name] for name in _WORDS if name in got})
        return gettext("Đã ghi thông tin cuộc họp.")

    return _done(request, meeting_id, "change", act)


@require_POST
@work_page
def conclude(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Ghi một kết luận: at once a task, given out when the meeting is held."""
    who, got = actor(request), request.POST

    def act(on: date) -> str:
        words = {name: got.get(name, "") for name in FIELDS}
        services.conclude(who, meeting_id, on=on, about_id=number(got.get("about_id")), **words)
        return gettext("Đã ghi kết luận.")

    return _done(request, meeting_id, "conclude", act, "ket-luan")


@require_POST
@work_page
def take_back(request: HttpRequest, meeting_id: int, conclusion_id: int) -> HttpResponse:
    """Bỏ một kết luận của cuộc họp chưa chốt."""
    who = actor(request)

    def act(on: date) -> str:
        services.take_back(who, conclusion_id, on=on)
        return gettext("Đã bỏ kết luận.")

    return _done(request, meeting_id, "", act, "ket-luan")


@require_POST
@work_page
def hold(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Chốt cuộc họp: the agenda is kept, the conclusions are given out."""
    who, got = actor(request), request.POST

    def act(on: date) -> str:
        words = {name: got[name] for name in _WORDS if name in got}
        services.hold(who, meeting_id, on=on, **words)
        return gettext("Đã chốt cuộc họp; các kết luận đã giao thành nhiệm vụ.")

    return _done(request, meeting_id, "hold", act)


@require_GET
@work_page
def minutes_file(request: HttpRequest, meeting_id: int) -> HttpResponseBase:
    """Biên bản .docx; of a meeting not yet held it is marked as a draft."""
    found = opened(actor(request), meeting_id, asked_day(request))
    content = _written(found, common=request.GET.get("mau") == COMMON)
    return guarded(HttpResponse(content, content_type=_WORD), _name(found))


def _written(found: Meeting, *, common: bool = False) -> bytes:
    """In the office's own template where it has one."""
    return templates.write(minutes.paper(minutes.minutes(found)), None if common else template_of(found))


def _name(found: Meeting) -> str:
    return gettext("Biên bản giao ban %(day)s.docx") % {"day": f"{found.on:%Y-%m-%d}"}


@require_POST
@work_page
def keep(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Lưu biên bản: the file chosen (as it was signed), else the one that the system writes."""
    who = actor(request)
    found = opened(who, meeting_id, asked_day(request))
    file = request.FILES.get("tep")

    def act(on: date) -> str:
        content, name = (file.read(), file.name or _name(found)) if file else (_written(found), _name(found))
        services.keep_minutes(who, meeting_id, content=content, name=name, on=on)
        return gettext("Đã lưu biên bản.")

    return _done(request, meeting_id, "keep", act)


@require_GET
@work_page
def kept(request: HttpRequest, meeting_id: int) -> HttpResponseBase:
    """Biên bản đã lưu."""
    who, on = actor(request), asked_day(request)
    found = opened(who, meeting_id, on)
    if found.file is None:
        raise FileMissing(gettext("Cuộc giao ban này chưa lưu biên bản."))
    file = archive.open_for(who, found.file.file_id, found.file.on)
    response = FileResponse(file.stream, content_type=file.content_type)
    response["Content-Length"] = str(file.size)
    return guarded(response, found.file.name)
