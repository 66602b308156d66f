"""Chia việc: a coordinating body confirms its part; a lead splits a task among its people or into smaller tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from ntm.domain.official.dates import write_date
from ntm.records.people.authority import Actor
from ntm.records.people.models import Body, BodyMember, Holding, User
from ntm.records.people.queries import running
from ntm.records.planning import drawing, task_access
from ntm.records.planning.bodies import acts_for, people_of, people_seated
from ntm.records.planning.models import (
    CoordinationPart,
    Occurrence,
    PersonPart,
    Task,
    TaskBody,
)
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import tasks
from ntm.records.planning.services.progress import log, occurrence_held, still_open

__all__ = ["confirm_part", "finish_part", "people_to_share", "share", "split", "withdraw_part"]


@transaction.atomic
def confirm_part(
    actor: Actor, occurrence_id: int, *, words: str, on: date, task_body_id: int | None = None
) -> CoordinationPart:
    """Xác nhận phần phối hợp của cơ quan mình đã xong; who gave the task may note it for a body that is not known."""
    row = occurrence_held(occurrence_id)
    parts = row.task.bodies.filter(part=TaskBody.Part.COORDINATING, every_level="").order_by("order", "pk")
    mine = acts_for(actor, on)
    if task_body_id is not None:
        part = parts.filter(pk=task_body_id).first()
    else:
        part = parts.filter(body_id__in=mine).first()
    if part is None or (part.body_id not in mine and not task_access.may_give(actor, row.task, on)):
        raise Refused("Cơ quan này không phối hợp trong việc này; chọn đúng phần phối hợp của cơ quan mình.")
    if part.body_id in mine:
        actor.require("task.report", actor.unit_id, on=on)
    still_open(row)
    if not words.strip():
        raise Refused("Ghi phần việc đã làm.")
    if CoordinationPart.objects.filter(occurrence=row, task_body=part).exists():
        raise Refused(f"Phần phối hợp của {part.words} đã xác nhận rồi.")
    made = CoordinationPart.objects.create(
        occurrence=row,
        task_body=part,
        words=words.strip(),
        on=on,
        by_id=actor.user_id,
        office=actor.office_label,
        at=timezone.now(),
    )
    log(actor, "task.coordinate", row, on, body=part.words, text=made.words[:200])
    return made


@transaction.atomic
def share(
    actor: Actor, occurrence_id: int, *, user_id: int, words: str, on: date, due: date | None = None
) -> PersonPart:
    """Giao một phần cho một người of the lead body."""
    row = occurrence_held(occurrence_id)
    task_access.require_report(actor, row, on)
    still_open(row)
    if not words.strip():
        raise Refused("Ghi phần việc giao cho người này.")
    if due is not None and row.due is not None and due > row.due:
        raise Refused(f"Hạn của phần việc ({write_date(due)}) sau hạn của việc ({write_date(row.due)}).")
    if user_id not in {person.pk for person in people_to_share(actor, row, on)}:
        raise Refused("Chỉ giao phần việc cho người đang làm ở cơ quan chủ trì hoặc ở cơ quan của người giao.")
    part = PersonPart.objects.create(
        occurrence=row,
        user_id=user_id,
        words=words.strip(),
        due=due or row.due,
        given_by_id=actor.user_id,
        given_at=timezone.now(),
    )
    log(actor, "task.share", row, on, words=part.words, person=part.user.full_name, part=part.pk)
    return part


def people_to_share(actor: Actor, row: Occurrence, on: date) -> list[User]:
    """Người có thể được giao: of the lead bodies, and those of the actor's own office and body."""
    given = task_access.may_give(actor, row.task, on)
    if row.of_unit_id is not None:  # a unit's own people
        seat = (row.of_unit_id, row.of_kind)
        bodies = frozenset(Body.objects.filter(unit_id=seat[0], kind=seat[1]).values_list("pk", flat=True))
        ids = set(people_seated([seat], on)[seat])
    else:
        bodies = task_access.bodies_of(row.task_id, TaskBody.Part.LEAD)
        bodies = bodies if given else bodies & acts_for(actor, on)
        ids = {user for people in people_of(bodies, on).values() for user in people}
    sitting = BodyMember.objects.filter(running(on), body_id__in=bodies, user__isnull=False)
    ids |= set(sitting.values_list("user_id", flat=True))
    own = Holding.objects.filter(pk=actor.holding_id).values("office_id")
    ids |= set(Holding.objects.filter(running(on), office_id__in=own).values_list("user_id", flat=True))
    return list(User.objects.filter(pk__in=ids, is_active=True).order_by("full_name", "pk"))


@transaction.atomic
def finish_part(actor: Actor, part_id: int, *, on: date, result: str = "") -> PersonPart:
    """Xong phần của mình: said by the person, or by the lead."""
    part = _part(part_id)
    if part.user_id != actor.user_id:
        task_access.require_report(actor, part.occurrence, on)
    still_open(part.occurrence)
    part.done_on, part.result = on, result.strip()
    part.save(update_fields=["done_on", "result"])
    log(actor, "task.share_end", part.occurrence, on, words=part.words, person=part.user.full_name,
        result=part.result[:200] or "xong")  # fmt: skip
    return part


@transaction.atomic
def withdraw_part(actor: Actor, part_id: int, *, on: date) -> PersonPart:
    """Rút phần việc đã giao."""
    part = _part(part_id)
    task_access.require_report(actor, part.occurrence, on)
    part.withdrawn_at = timezone.now()
    part.save(update_fields=["withdrawn_at"])
    log(actor, "task.share_end", part.occurrence, on, words=part.words, person=part.user.full_name, result="rút lại")
    return part


@transaction.atomic
def split(actor: Actor, occurrence_id: int, drafts: Sequence[tasks.TaskDraft], *, on: date) -> list[Task]:
    """Chia nhỏ thành nhiều việc; each has a lead and a day of its own, none later than the whole."""
    row = occurrence_held(occurrence_id)
    task_access.require_report(actor, row, on)
    still_open(row)
    if not drafts:
        raise Refused("Nêu ít nhất một việc nhỏ.")
    if row.task.parent_id is not None:
        raise Refused("Việc này đã là một phần của việc khác; chia từ việc lớn.")
    year = row.due.year if row.due else row.task.deadline_year
    made: list[Task] = []
    for draft in drafts:
        last = drawing.last_due(draft.deadline_words, year)
        if row.due is not None and last is not None and last > row.due:
            raise Refused(f"“{draft.what[:60]}” có hạn {write_date(last)}, sau hạn của cả việc {write_date(row.due)}.")
        words = draft.deadline_words or (f"Chậm nhất {write_date(row.due)}" if row.due else "")
        whole = replace(draft, deadline_words=words, criteria=draft.criteria or tuple(row.task.criteria))
        made.append(
            tasks.give(
                actor,
                whole,
                unit_id=row.of_unit_id or row.task.unit_id,
                origin=Task.Origin.SPLIT,
                on=on,
                year=year,
                parent=row.task,
                from_occurrence=row,
            )
        )
    log(actor, "task.split", row, on, count=len(made), tasks=[one.pk for one in made])
    return made


def _part(part_id: int) -> PersonPart:
    part = (
        PersonPart.objects.select_for_update(of=("self",))
        .select_related("occurrence__task", "user")
        .filter(pk=part_id)
        .first()
    )
    if part is None or part.withdrawn_at is not None:
        raise Refused("Không tìm thấy phần việc này, hoặc đã rút lại.")
    if part.done_on is not None:
        raise Refused(f"Phần việc này đã xong ngày {write_date(part.done_on)}.")
    return part
