"""Giao ban: a meeting is prepared, its conclusions become tasks, and what was met about is kept when it was held."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ntm.domain.official.dates import write_date
from ntm.records.archive import services as archive
from ntm.records.archive.models import Purpose
from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.people.models import Body
from ntm.records.planning import drawing, drawing_units
from ntm.records.planning.models import Conclusion, Meeting, Occurrence, Task
from ntm.records.planning.queries import meetings as asked
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import tasks

__all__ = ["change", "conclude", "hold", "keep_minutes", "open_meeting", "take_back"]

_CHANGED = ("title", "place", "chair", "secretary", "attendees")


@transaction.atomic
def open_meeting(
    actor: Actor,
    *,
    unit_id: int,
    title: str,
    held_on: date,
    on: date,
    body_id: int | None = None,
    since: date | None = None,
    **words: str,
) -> Meeting:
    """Chuẩn bị giao ban: since the day of the one before, or since the beginning of the year when it is the first."""
    actor.require("meeting.hold", unit_id, on=on)
    if not title.strip():
        raise Refused("Ghi tên cuộc họp.")
    if body_id is not None and not Body.objects.filter(pk=body_id, unit_id=unit_id).exists():
        raise Refused("Cơ quan họp không thuộc đơn vị này.")
    if unknown := set(words) - set(_CHANGED):
        raise TypeError(f"a meeting has no {', '.join(sorted(unknown))}")
    before = Meeting.objects.filter(unit_id=unit_id, body_id=body_id, on__lt=held_on)
    last = before.order_by("-on", "-pk").values_list("on", flat=True).first()
    begins = since or last or date(held_on.year, 1, 1)
    if begins > held_on:
        raise Refused(f"Ngày bắt đầu xem xét {write_date(begins)} sau ngày họp {write_date(held_on)}.")
    meeting = Meeting.objects.create(
        unit_id=unit_id,
        body_id=body_id,
        title=title.strip(),
        on=held_on,
        since=begins,
        opened_by_id=actor.user_id,
        office=actor.office_label,
        opened_at=timezone.now(),
        **{name: value.strip() for name, value in words.items()},
    )
    _log(actor, "meeting.open", meeting, on, title=meeting.title, day=held_on)
    return meeting


@transaction.atomic
def change(actor: Actor, meeting_id: int, *, on: date, **words: str) -> Meeting:
    """Sửa tên, địa điểm, chủ trì, thư ký, thành phần of a meeting still prepared."""
    meeting = _open(actor, meeting_id, on)
    if unknown := set(words) - set(_CHANGED):
        raise TypeError(f"a meeting has no {', '.join(sorted(unknown))}")
    if not words.get("title", meeting.title).strip():
        raise Refused("Ghi tên cuộc họp.")
    for name, value in words.items():
        setattr(meeting, name, value.strip())
    meeting.save(update_fields=list(words))
    _log(actor, "meeting.open", meeting, on, title=meeting.title, day=meeting.on, changed=sorted(words))
    return meeting


@transaction.atomic
def conclude(
    actor: Actor,
    meeting_id: int,
    *,
    text: str,
    on: date,
    lead: str = "",
    coordinating: str = "",
    directing: str = "",
    deadline_words: str = "",
    product: str = "",
    about_id: int | None = None,
) -> Conclusion:
    """Kết luận: at once a task; it is given out when the meeting is held."""
    meeting = _open(actor, meeting_id, on)
    if not text.strip():
        raise Refused("Ghi kết luận.")
    if not lead.strip():
        raise Refused("Ghi cơ quan chủ trì thực hiện kết luận.")
    about = None
    if about_id is not None:
        about = Occurrence.objects.select_related("task").filter(pk=about_id).first()
        if about is None:
            raise Refused("Không tìm thấy việc mà kết luận nói đến.")
    draft = tasks.TaskDraft(
        what=text,
        product=product,
        deadline_words=deadline_words,
        lead=lead,
        coordinating=coordinating,
        directing=directing,
        criteria=tuple(about.task.criteria) if about else (),
    )
    task = tasks.give(
        actor,
        draft,
        unit_id=meeting.unit_id,
        origin=Task.Origin.MEETING,
        on=on,
        year=meeting.on.year,
        draw=False,
    )
    order = meeting.conclusions.count()
    row = Conclusion.objects.create(meeting=meeting, order=order, text=text.strip(), task=task, about=about)
    _log(actor, "meeting.conclude", meeting, on, text=row.text[:200], deadline=task.deadline_words, task=task.pk)
    return row


@transaction.atomic
def take_back(actor: Actor, conclusion_id: int, *, on: date) -> None:
    """Bỏ kết luận of a meeting that is not yet held: its task was given to nobody."""
    row = Conclusion.objects.select_related("task").filter(pk=conclusion_id).first()
    if row is None:
        raise Refused("Không tìm thấy kết luận này.")
    meeting = _open(actor, row.meeting_id, on)
    task, text = row.task, row.text
    row.delete()
    if task is not None:
        task.bodies.all().delete()
        task.delete()
    _log(actor, "meeting.take_back", meeting, on, text=text[:200])


@transaction.atomic
def hold(actor: Actor, meeting_id: int, *, on: date, **words: str) -> Meeting:
    """Chốt cuộc họp: the agenda is kept as it was on the meeting's day, the conclusions are given out as tasks."""
    meeting = _open(actor, meeting_id, on)
    if on < meeting.on:
        raise Refused(f"Cuộc họp vào ngày {write_date(meeting.on)}; chưa đến ngày nên chưa chốt được.")
    if words:
        meeting = change(actor, meeting_id, on=on, **words)
    if not meeting.chair.strip():
        raise Refused("Ghi người chủ trì cuộc họp trước khi chốt.")
    meeting.agenda = asked.frozen(asked.agenda(meeting, meeting.on))
    meeting.state, meeting.held_at = Meeting.State.HELD, timezone.now()
    meeting.save(update_fields=["agenda", "state", "held_at"])
    given = list(Task.objects.filter(conclusion__meeting=meeting).order_by("conclusion__order", "pk"))
    drawing.begin(drawing.draw_many(given), meeting.on)
    drawing_units.draw(given, meeting.on)
    _log(actor, "meeting.hold", meeting, on, title=meeting.title, count=len(given))
    return meeting


@transaction.atomic
def keep_minutes(actor: Actor, meeting_id: int, *, content: bytes, name: str, on: date) -> Meeting:
    """Lưu biên bản đã viết of a meeting that was held; a later one takes its place, both are kept in the archive."""
    meeting = Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting_id).first()
    if meeting is None:
        raise Refused("Không tìm thấy cuộc giao ban này.")
    actor.require("meeting.hold", meeting.unit_id, on=on)
    if meeting.state != Meeting.State.HELD:
        raise Refused("Chốt cuộc họp trước khi lưu biên bản.")
    meeting.file = archive.attach(
        actor, content=content, name=name, unit_id=meeting.unit_id, on=on, purpose=Purpose.DOCUMENT
    )
    meeting.save(update_fields=["file"])
    _log(actor, "meeting.minutes", meeting, on, title=meeting.title, file=meeting.file.name)
    return meeting


def _open(actor: Actor, meeting_id: int, on: date) -> Meeting:
    meeting = Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting_id).first()
    if meeting is None:
        raise Refused("Không tìm thấy cuộc giao ban này.")
    actor.require("meeting.hold", meeting.unit_id, on=on)
    if meeting.state == Meeting.State.HELD:
        raise Refused(f"Cuộc họp ngày {write_date(meeting.on)} đã chốt; ghi kết luận mới ở cuộc họp sau.")
    return meeting


def _log(actor: Actor, verb: str, meeting: Meeting, on: date, **detail: Any) -> None:
    audit.record(actor=actor.stamp(), verb=verb, subject=meeting, unit_id=meeting.unit_id, on=on, detail=detail)
