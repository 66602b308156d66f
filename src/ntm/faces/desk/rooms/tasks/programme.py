"""Chương trình công tác của một kế hoạch: groups and tasks, edited while the plan is a draft, followed once it is issued."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain.official.dates import write_date
from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.tasks import choices
from ntm.faces.desk.rooms.tasks.place import ROOM, address, crumbs, number, work_page
from ntm.records.funding.queries import serving
from ntm.records.planning import drawing
from ntm.records.planning.bodies import Directory
from ntm.records.planning.models import Occurrence, Plan, PlanTarget, PlanVersion, Task, TaskGroup, VersionState
from ntm.records.planning.queries import plans, tasks
from ntm.records.planning.queries.plans import Seen
from ntm.records.planning.queries.tasks import Standing, TaskLine
from ntm.records.planning.refusals import Refused
from ntm.records.units import queries as units

__all__ = ["bodies_here", "bodies_read", "deadline", "programme", "programme_url", "show_programme", "understood_words"]

_PARTS = ("directing", "lead", "coordinating")
_SHOWN_DAYS = 12


@dataclass
class TaskShown:
    """Một nhiệm vụ của kế hoạch: its words, the days understood, and how each of its times stands."""

    row: Task
    words: dict[str, str]
    unknown: tuple[str, ...]  # bodies that the directory does not know
    days: str
    lines: list[TaskLine] = field(default_factory=list)

    @property
    def next(self) -> TaskLine | None:
        """The first time that is not ended, else the last one."""
        waiting = [one for one in self.lines if one.ended_on is None]
        return waiting[0] if waiting else (self.lines[-1] if self.lines else None)

    @property
    def done(self) -> int:
        return sum(one.standing in (Standing.DONE, Standing.DONE_LATE) for one in self.lines)


@dataclass
class GroupShown:
    """Một nhóm và các nhiệm vụ của nó; `row` is None for tasks without a group."""

    row: TaskGroup | None
    tasks: list[TaskShown] = field(default_factory=list)
    days: str = ""

    @property
    def all(self) -> int:
        return sum(len(one.lines) for one in self.tasks)

    @property
    def done(self) -> int:
        return sum(one.done for one in self.tasks)

    @property
    def overdue(self) -> int:
        return sum(line.standing == Standing.OVERDUE for one in self.tasks for line in one.lines)

    @property
    def share(self) -> int:
        return 100 * self.done // self.all if self.all else 0


@require_GET
@work_page
def programme(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Chương trình công tác của một kế hoạch."""
    return show_programme(request, plan_id)


def show_programme(
    request: HttpRequest, plan_id: int, sentence: str = "", status: int = 200, form: str = ""
) -> HttpResponse:
    """The page; after a refusal with the sentence in the form that was sent and what was typed in it."""
    who, on = actor(request), asked_day(request)
    seen = plans.get(who, plan_id, on)
    version = seen.version
    editing = seen.may_draft and version.state == VersionState.DRAFT
    groups = _groups(seen.plan, version, on)
    chosen = number(request.GET.get("sua"))
    context: dict[str, Any] = {
        "plan": seen.plan,
        "version": version,
        "place": units.label(seen.plan.unit_id, seen.plan.on),
        "editing": editing,
        "groups": groups,
        "count": sum(len(one.tasks) for one in groups),
        "followed": any(one.all for one in groups),
        "plan_url": _plan_url(request, plan_id),
        "sentence": sentence,
        "form": form,
        "on": on,
    }
    if editing:
        context |= _forms(request, seen, groups, chosen, form)
    return show(request, "desk/tasks/programme.html", context, room=ROOM, crumbs=_crumbs(request, seen), status=status)


def _crumbs(request: HttpRequest, seen: Seen) -> tuple[Crumb, ...]:
    url = _plan_url(request, seen.plan.pk)
    plan = Crumb(gettext("Kế hoạch %(year)s") % {"year": seen.plan.year}, url or None)
    return crumbs(request, plan, Crumb(gettext("Chương trình công tác")))


def _plan_url(request: HttpRequest, plan_id: int) -> str:
    try:
        return address(request, "plan", plan_id)
    except NoReverseMatch:
        return ""


def _groups(plan: Plan, version: PlanVersion, on: date) -> list[GroupShown]:
    """Groups in order with their tasks; a fixed number of queries."""
    groups = {
        row.pk: GroupShown(row, days=understood_words(row.deadline_words, plan.year, plan.year_to, undated=False))
        for row in TaskGroup.objects.in_version(version.no).filter(plan=plan).order_by("order", "pk")
    }
    loose = GroupShown(None)
    rows = list(
        Task.objects.in_version(version.no).filter(plan=plan).prefetch_related("bodies").order_by("order", "pk")
    )
    lines: dict[int, list[TaskLine]] = defaultdict(list)
    if version.state not in (VersionState.DRAFT, VersionState.REVIEWED):
        found = Occurrence.objects.filter(task__in=rows, whole=None).select_related("task__group").order_by("due", "pk")
        for line in tasks.lines(list(found), on):
            lines[line.task_id].append(line)
    for row in rows:
        group = groups.get(row.group_id or 0, loose)
        words = row.deadline_words or (group.row.deadline_words if group.row else "")
        days = understood_words(words, row.deadline_year, plan.year_to, undated=False)
        group.tasks.append(_shown(row, days, lines[row.pk]))
    return [*groups.values(), *([loose] if loose.tasks or not groups else [])]


def _shown(row: Task, days: str, lines: list[TaskLine]) -> TaskShown:
    bodies = list(row.bodies.all())
    words = {name: "; ".join(one.words for one in bodies if one.part == name) for name in _PARTS}
    unknown = tuple(dict.fromkeys(one.words for one in bodies if one.body_id is None and not one.every_level))
    return TaskShown(row, words, unknown, days, lines)


def understood_words(words: str, year: int, year_to: int | None = None, *, undated: bool = True) -> str:
    """Hiểu là những ngày nào, as a sentence; why not, where the words are not understood; nothing, or that there is no
    day, where they name none."""
    if not words.strip():
        return ""
    try:
        spans = drawing.understood(words, year, year_to=year_to)
    except Refused as reason:
        return str(reason)
    if not spans:
        if not undated:
            return ""
        return gettext("không nêu ngày nào; theo dõi như việc không có hạn")
    told = [_span(one.start, one.end) for one in spans[:_SHOWN_DAYS]]
    more = gettext(" và %(n)s kỳ nữa") % {"n": len(spans) - _SHOWN_DAYS} if len(spans) > _SHOWN_DAYS else ""
    return "; ".join(told) + more


def _span(start: date, end: date) -> str:
    return write_date(end) if start == end else f"{write_date(start)} – {write_date(end)}"


def _forms(
    request: HttpRequest, seen: Seen, groups: Sequence[GroupShown], chosen: int | None, form: str
) -> dict[str, Any]:
    """What the draft's forms need: what is typed, groups and targets to choose, bodies to suggest."""
    plan, on = seen.plan, asked_day(request)
    every = [one for group in groups for one in group.tasks]
    edited = next((one for one in every if one.row.pk == chosen), None)
    edited_group = next((one.row for one in groups if one.row and one.row.pk == number(request.GET.get("nhom"))), None)
    fields: dict[str, Any] = _fields(edited) if edited else {"group_id": request.GET.get("them", "")}
    if form in ("task", "look"):
        fields = request.POST.dict()
    targets = PlanTarget.objects.in_version(seen.version.no).filter(plan=plan).order_by("order", "pk")
    return {
        "edited": edited,
        "edited_group": edited_group,
        "adding": "them" in request.GET or (form in ("task", "look") and edited is None),
        "adding_group": request.GET.get("nhom") == "moi" or (form == "group" and edited_group is None),
        "fields": fields,
        "group_fields": request.POST.dict() if form == "group" else _group_fields(edited_group),
        "told_days": understood_words(str(fields.get("deadline_words", "")), plan.year, plan.year_to),
        "targets": list(targets),
        "directory": Directory.of(plan.unit_id, on).names(),
        **(_serves(request, plan, edited, form) if edited or "them" in request.GET or form else {}),
    }


def _serves(request: HttpRequest, plan: Plan, edited: TaskShown | None, form: str) -> dict[str, Any]:
    """Hạng mục và công trình để chọn: as typed after a look or a refusal, else those of the task."""
    on = asked_day(request)
    if form in ("task", "look"):
        gap_id = number(request.POST.get("gap_id"))
        ids = {found for text in request.POST.getlist("works_id") if (found := number(text)) is not None}
        got: Any = request.POST
    else:
        gap_id = edited.row.gap_id if edited else None
        ids = {one.pk for one in serving.works_of(edited.row, on)} if edited else set()
        got = {"criteria": ", ".join(map(str, edited.row.criteria)) if edited else ""}
    may = actor(request).allows("money.read", plan.unit_id, on=on)
    return {**choices.served(got, plan.unit_id, on, gap_id=gap_id, works_ids=ids), "may_works": may}


def _fields(one: TaskShown) -> dict[str, Any]:
    row = one.row
    return {
        "no": row.no,
        "what": row.what,
        "product": row.product,
        "deadline_words": row.deadline_words,
        "criteria": ", ".join(map(str, row.criteria)),
        "group_id": str(row.group_id or ""),
        "target_id": str(row.target_id or ""),
        **one.words,
    }


def _group_fields(row: TaskGroup | None) -> dict[str, Any]:
    return {"no": row.no, "name": row.name, "deadline_words": row.deadline_words} if row else {}


@require_GET
@work_page
def deadline(request: HttpRequest) -> HttpResponse:
    """Thời hạn được hiểu thế nào: a fragment for the field of a deadline, as it is typed."""
    year = number(request.GET.get("nam")) or asked_day(request).year
    words = next((value for key, value in request.GET.items() if key not in ("nam", "ngay")), "")
    actor(request)
    return render(request, "desk/tasks/told_days.html", {"told_days": understood_words(words, year)})


@require_GET
@work_page
def bodies_read(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Các cơ quan được nhận ra: a fragment for a field of bodies, as it is typed."""
    who, on = actor(request), asked_day(request)
    seen = plans.get(who, plan_id, on)
    words = next((request.GET[name] for name in _PARTS if name in request.GET), "")
    named = Directory.of(seen.plan.unit_id, on).read(words)
    return render(request, "desk/tasks/told_bodies.html", {"named": named})


@require_GET
@work_page
def bodies_here(request: HttpRequest) -> HttpResponse:
    """Các cơ quan được nhận ra, of the directory of the office's own unit: for a conclusion, a task after an inspection."""
    who, on = actor(request), asked_day(request)
    words = next((request.GET[name] for name in _PARTS if name in request.GET), "")
    named = Directory.of(who.unit_id, on).read(words) if who.unit_id is not None else ()
    return render(request, "desk/tasks/told_bodies.html", {"named": named})


def programme_url(request: HttpRequest, plan_id: int, part: str = "") -> str:
    """Về chương trình công tác."""
    return address(request, "plan_tasks", plan_id) + (f"#{part}" if part else "")
