"""Sửa chương trình công tác: groups and tasks of a draft, added, changed, moved and taken out; back to the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from ntm.faces.desk.access import actor
from ntm.faces.desk.rooms.tasks.place import at_page, deed, number, work_page
from ntm.faces.desk.rooms.tasks.programme import programme_url, show_programme
from ntm.records.funding.services import serving
from ntm.records.planning.models import PlanVersion, Task, TaskGroup, VersionState
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import tasks
from ntm.records.planning.services.tasks import TaskDraft

__all__ = ["group_remove", "group_save", "move", "numbers", "remove", "save"]

_WORDS = ("no", "what", "product", "deadline_words", "directing", "lead", "coordinating")


def _done(request: HttpRequest, plan_id: int, form: str, act: Callable[[date], str], part: str = "") -> HttpResponse:
    return deed(
        request,
        act,
        programme_url(request, plan_id, part),
        lambda sentence, status: show_programme(request, plan_id, sentence, status, form),
    )


@require_POST
@work_page
def save(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Ghi nhiệm vụ: a new one, or `?sua=` the one changed; the button "xem" only shows what was understood."""
    who, task_id = actor(request), number(request.GET.get("sua"))
    if "xem" in request.POST:
        at_page(request, programme_url(request, plan_id))
        return show_programme(request, plan_id, form="look")

    @transaction.atomic
    def act(on: date) -> str:
        values = _typed(request)
        if task_id is None:
            kept = tasks.add(who, plan_id, TaskDraft(**values), on=on)
            said = gettext("Đã thêm nhiệm vụ “%(what)s”.")
        else:
            kept = tasks.change(who, task_id, on=on, **values)
            said = gettext("Đã sửa nhiệm vụ “%(what)s”.")
        if "works_shown" in request.POST:
            ids = {found for text in request.POST.getlist("works_id") if (found := number(text)) is not None}
            serving.serve(who, kept.pk, ids, on=on)
        return said % {"what": kept.what[:120]}

    return _done(request, plan_id, "task", act, "chuong-trinh")


def _typed(request: HttpRequest) -> dict[str, Any]:
    got = request.POST
    values: dict[str, Any] = {name: got.get(name, "").strip() for name in _WORDS}
    values["criteria"] = numbers(got.get("criteria", ""))
    values["group_id"] = number(got.get("group_id"))
    values["target_id"] = number(got.get("target_id"))
    values["gap_id"] = number(got.get("gap_id"))
    return values


def numbers(typed: str) -> tuple[int, ...]:
    """Các tiêu chí như người ta gõ: "2, 13" or "2; 13"."""
    found = [one for one in re.split(r"[\s,;]+", typed.strip()) if one]
    wrong = [one for one in found if number(one) is None]
    if wrong:
        raise Refused(
            gettext("Tiêu chí ghi bằng số, cách nhau dấu phẩy, ví dụ 2, 13; không hiểu “%(words)s”.")
            % {"words": ", ".join(wrong)[:60]}
        )
    return tuple(int(one) for one in found)


@require_POST
@work_page
def remove(request: HttpRequest, plan_id: int, task_id: int) -> HttpResponse:
    """Bỏ nhiệm vụ khỏi dự thảo."""
    who = actor(request)

    def act(on: date) -> str:
        tasks.remove(who, task_id, on=on)
        return gettext("Đã bỏ nhiệm vụ khỏi dự thảo.")

    return _done(request, plan_id, "", act, "chuong-trinh")


@require_POST
@work_page
def move(request: HttpRequest, plan_id: int, task_id: int) -> HttpResponse:
    """Lên hoặc xuống một chỗ."""
    who, step = actor(request), -1 if request.POST.get("huong") == "len" else 1

    def act(on: date) -> str:
        rows = _order(plan_id)
        at = next((place for place, row in enumerate(rows) if row.pk == task_id), None)
        if at is None:
            raise Refused(gettext("Không tìm thấy nhiệm vụ này trong dự thảo; tải lại trang."))
        to = at + step
        if not 0 <= to < len(rows) or rows[to].group_id != rows[at].group_id:
            raise Refused(gettext("Nhiệm vụ đã ở đầu hoặc cuối nhóm; muốn sang nhóm khác thì sửa nhiệm vụ, chọn nhóm."))
        rows[at], rows[to] = rows[to], rows[at]
        tasks.reorder(who, plan_id, [row.pk for row in rows], on=on)
        return gettext("Đã xếp lại thứ tự.")

    return _done(request, plan_id, "", act, f"nv-{task_id}")


def _order(plan_id: int) -> list[Task]:
    """The tasks of the open version as the page shows them: group by group."""
    version = PlanVersion.objects.filter(plan_id=plan_id, state__in=(VersionState.DRAFT, VersionState.REVIEWED)).first()
    if version is None:
        raise Refused(gettext("Kế hoạch không có dự thảo đang mở; muốn sửa thì mở điều chỉnh."))
    groups = TaskGroup.objects.in_version(version.no).filter(plan_id=plan_id).order_by("order", "pk")
    places = {pk: at for at, pk in enumerate(groups.values_list("pk", flat=True))}
    rows = Task.objects.in_version(version.no).filter(plan_id=plan_id).order_by("order", "pk")
    return sorted(rows, key=lambda row: places.get(row.group_id or 0, len(places)))


@require_POST
@work_page
def group_save(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Ghi nhóm nhiệm vụ: a new one, or `?nhom=` the one changed."""
    who, group_id, got = actor(request), number(request.GET.get("nhom")), request.POST
    values = {name: got.get(name, "") for name in ("no", "name", "deadline_words")}

    def act(on: date) -> str:
        if group_id is None:
            made = tasks.add_group(who, plan_id, on=on, **values)
            return gettext("Đã thêm nhóm “%(name)s”.") % {"name": made.name}
        changed = tasks.change_group(who, group_id, on=on, **values)
        return gettext("Đã sửa nhóm “%(name)s”.") % {"name": changed.name}

    return _done(request, plan_id, "group", act, "chuong-trinh")


@require_POST
@work_page
def group_remove(request: HttpRequest, plan_id: int, group_id: int) -> HttpResponse:
    """Bỏ nhóm không còn nhiệm vụ."""
    who = actor(request)

    def act(on: date) -> str:
        tasks.remove_group(who, group_id, on=on)
        return gettext("Đã bỏ nhóm.")

    return _done(request, plan_id, "", act, "chuong-trinh")
