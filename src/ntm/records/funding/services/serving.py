"""Gắn công trình: which works a task is to bring about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from ntm.records.audit import services as audit
from ntm.records.funding.models import TaskWorks, Works
from ntm.records.funding.queries import serving
from ntm.records.funding.refusals import Refused
from ntm.records.people.authority import Actor
from ntm.records.planning.models import Task
from ntm.records.units import queries as units

__all__ = ["serve"]


@transaction.atomic
def serve(actor: Actor, task_id: int, works_ids: Collection[int], *, on: date) -> tuple[Works, ...]:
    """Nhiệm vụ phục vụ những công trình này, and no others; said by who gives the task, at any time."""
    task = Task.objects.select_for_update(of=("self",)).filter(pk=task_id).first()
    if task is None:
        raise Refused("Không tìm thấy nhiệm vụ này.")
    actor.require("task.give", task.unit_id, on=on)
    wanted = set(works_ids)
    rows = {row.pk: row for row in Works.objects.filter(pk__in=wanted).order_by("unit_id", "code")}
    if missing := wanted - set(rows):
        raise Refused(f"Không tìm thấy {len(missing)} công trình đã chọn; tải lại trang rồi chọn lại.")
    area = {task.unit_id, *units.descendant_ids(task.unit_id, on)}
    if strange := [row for row in rows.values() if row.unit_id not in area]:
        raise Refused(f"Công trình “{strange[0].name}” không thuộc địa bàn của nơi giao nhiệm vụ.")
    before = {row.pk for row in serving.works_of(task, on)}
    gone = before - wanted
    TaskWorks.objects.filter(task_id__in=serving.versions_of(task), works_id__in=gone, until=None).update(until=on)
    TaskWorks.objects.bulk_create(
        TaskWorks(
            task=task,
            works_id=works,
            on=on,
            recorded_by_id=actor.user_id,
            office=actor.office_label,
            recorded_at=timezone.now(),
        )
        for works in sorted(wanted - before)
    )
    if gone or wanted - before:
        audit.record(
            actor=actor.stamp(),
            verb="task.works",
            subject=task,
            unit_id=task.unit_id,
            on=on,
            detail={
                "what": task.what[:200],
                "works": ", ".join(row.code for row in rows.values()) or "không công trình nào",
            },
        )
    return tuple(rows.values())
