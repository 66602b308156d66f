"""Làm với một việc: progress, done, opened again, given up, coordinated, shared among people, split; back to its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from ntm.faces.desk.access import actor
from ntm.faces.desk.rooms.tasks.place import deed, number, one_day, uploaded, work_page
from ntm.faces.desk.rooms.tasks.task import back_to, show_task
from ntm.records.planning.models import PersonPart
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import progress, sharing
from ntm.records.planning.services.tasks import TaskDraft

__all__ = ["cancel", "coordinate", "finish", "finish_part", "note", "reopen", "share", "split", "withdraw_part"]

SMALLER = 3  # smaller tasks typed at once


def _done(request: HttpRequest, occurrence_id: int, form: str, act: Callable[[date], str]) -> HttpResponse:
    return deed(
        request,
        act,
        back_to(request, occurrence_id),
        lambda sentence, status: show_task(request, occurrence_id, sentence, status, form),
    )


@require_POST
@work_page
def note(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Ghi tiến độ."""
    who, got = actor(request), request.POST

    def act(on: date) -> str:
        typed = got.get("phan-tram", "").strip().removesuffix("%").strip()
        percent = number(typed)
        if typed and percent is None:
            raise ValueError(gettext("Phần trăm đã làm “%(typed)s” không phải số từ 0 đến 100.") % {"typed": typed})
        files = uploaded(request)
        progress.note(who, occurrence_id, text=got.get("loi", ""), percent=percent, files=files, on=on)
        return gettext("Đã ghi tiến độ.")

    return _done(request, occurrence_id, "note", act)


@require_POST
@work_page
def finish(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Báo xong."""
    who, got = actor(request), request.POST

    def act(on: date) -> str:
        progress.finish(
            who,
            occurrence_id,
            result=got.get("ket-qua", ""),
            result_number=got.get("so-van-ban", ""),
            result_document_id=number(got.get("van-ban")),
            files=uploaded(request),
            on=on,
        )
        return gettext("Đã báo xong.")

    return _done(request, occurrence_id, "finish", act)


@require_POST
@work_page
def reopen(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Mở lại, có lý do."""
    who, reason = actor(request), request.POST.get("reason", "")

    def act(on: date) -> str:
        progress.reopen(who, occurrence_id, reason=reason, on=on)
        return gettext("Đã mở lại.")

    return _done(request, occurrence_id, "reopen", act)


@require_POST
@work_page
def cancel(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Không thực hiện nữa, có lý do."""
    who, reason = actor(request), request.POST.get("reason", "")

    def act(on: date) -> str:
        progress.cancel(who, occurrence_id, reason=reason, on=on)
        return gettext("Đã ghi không thực hiện.")

    return _done(request, occurrence_id, "cancel", act)


@require_POST
@work_page
def coordinate(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Xác nhận phần phối hợp của một cơ quan."""
    who, got = actor(request), request.POST

    def act(on: date) -> str:
        part = number(got.get("co-quan"))
        made = sharing.confirm_part(who, occurrence_id, words=got.get("loi", ""), task_body_id=part, on=on)
        return gettext("Đã xác nhận phần phối hợp của %(body)s.") % {"body": made.task_body.words}

    return _done(request, occurrence_id, "coordinate", act)


@require_POST
@work_page
def share(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Giao một phần cho một người."""
    who, got = actor(request), request.POST

    def act(on: date) -> str:
        person = number(got.get("nguoi"))
        if person is None:
            raise Refused(gettext("Chọn người làm phần việc này."))
        due = one_day(got.get("han"))
        part = sharing.share(who, occurrence_id, user_id=person, words=got.get("loi", ""), due=due, on=on)
        return gettext("Đã giao cho %(name)s.") % {"name": part.user.full_name}

    return _done(request, occurrence_id, "share", act)


@require_POST
@work_page
def split(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Chia nhỏ thành nhiều việc; empty lines are left out."""
    who, got = actor(request), request.POST

    def act(on: date) -> str:
        drafts = [
            TaskDraft(
                what=got.get(f"viec-{at}", ""),
                lead=got.get(f"chu-tri-{at}", ""),
                deadline_words=got.get(f"han-{at}", ""),
            )
            for at in range(1, SMALLER + 1)
        ]
        made = sharing.split(who, occurrence_id, [one for one in drafts if one.what.strip()], on=on)
        return gettext("Đã chia thành %(n)s việc nhỏ.") % {"n": len(made)}

    return _done(request, occurrence_id, "split", act)


def _part(part_id: int) -> PersonPart:
    found = PersonPart.objects.filter(pk=part_id).first()
    if found is None:
        raise Refused(gettext("Không tìm thấy phần việc này."))
    return found


@require_POST
@work_page
def finish_part(request: HttpRequest, part_id: int) -> HttpResponse:
    """Xong phần của một người."""
    who, occurrence_id = actor(request), _part(part_id).occurrence_id

    def act(on: date) -> str:
        sharing.finish_part(who, part_id, result=request.POST.get("loi", ""), on=on)
        return gettext("Đã ghi xong phần việc.")

    return _done(request, occurrence_id, "people", act)


@require_POST
@work_page
def withdraw_part(request: HttpRequest, part_id: int) -> HttpResponse:
    """Rút phần đã giao."""
    who, occurrence_id = actor(request), _part(part_id).occurrence_id

    def act(on: date) -> str:
        sharing.withdraw_part(who, part_id, on=on)
        return gettext("Đã rút phần việc.")

    return _done(request, occurrence_id, "people", act)
