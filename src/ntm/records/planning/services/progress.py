"""Tiến độ: what was reported of a task each time it falls due; finished, opened again, given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ntm.domain.official.dates import write_date
from ntm.records.archive import services as archive
from ntm.records.archive.models import FileUse, OfficialDocument, Purpose
from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.planning import drawing, task_access
from ntm.records.planning.models import ENDED, Occurrence, OccurrenceState, PersonPart, ProgressNote, Task
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import unit_parts

__all__ = ["cancel", "finish", "log", "note", "occurrence_held", "reopen", "still_open"]

File = tuple[str, bytes]  # name, content


@transaction.atomic
def note(
    actor: Actor,
    occurrence_id: int,
    *,
    text: str,
    on: date,
    percent: int | None = None,
    files: Sequence[File] = (),
) -> ProgressNote:
    """Ghi tiến độ: a task that was not begun is then under way."""
    row = occurrence_held(occurrence_id)
    task_access.require_report(actor, row, on)
    still_open(row)
    if not text.strip() and percent is None and not files:
        raise Refused("Ghi việc đã làm, hoặc phần trăm đã làm, hoặc đính kèm minh chứng.")
    if percent is not None and not 0 <= percent <= 100:
        raise Refused(f"Phần trăm đã làm từ 0 đến 100, không phải {percent}.")
    row.state = OccurrenceState.STARTED
    row.started_on = row.started_on or on
    row.percent = row.percent if percent is None else percent
    row.risk_on = drawing.risk_day(row.start, row.due, noted=True, percent=row.percent)
    written = _written(actor, row, text.strip(), on, files)
    row.save(update_fields=["state", "started_on", "percent", "risk_on"])
    unit_parts.begin_whole(row, on)
    log(actor, "task.report", row, on, text=written.text[:200], percent=percent, files=len(files))
    return written


@transaction.atomic
def finish(
    actor: Actor,
    occurrence_id: int,
    *,
    result: str,
    on: date,
    result_number: str = "",
    result_document_id: int | None = None,
    files: Sequence[File] = (),
) -> Occurrence:
    """Báo xong, with the result and the document that came of it; parts given to others must be done first."""
    row = occurrence_held(occurrence_id)
    task_access.require_report(actor, row, on)
    still_open(row)
    if not result.strip() and not result_number.strip() and result_document_id is None:
        raise Refused("Ghi kết quả, hoặc số văn bản kết quả.")
    if result_document_id is not None:
        document = OfficialDocument.objects.filter(pk=result_document_id).first()
        if document is None:
            raise Refused("Không tìm thấy văn bản kết quả này trong kho văn bản.")
    _parts_done(row, waits=not task_access.may_give(actor, row.task, on))
    row.state, row.ended_on, row.percent = OccurrenceState.DONE, on, 100
    row.started_on = row.started_on or on
    row.result, row.result_number = result.strip(), result_number.strip()
    row.result_document_id = result_document_id
    row.risk_on = None
    row.save()
    _written(actor, row, row.result or f"Văn bản kết quả: {row.result_number}", on, files)
    log(actor, "task.finish", row, on, result=row.result[:200], number=row.result_number)
    unit_parts.begin_whole(row, on)
    unit_parts.finish_whole(row, on)
    return row


@transaction.atomic
def reopen(actor: Actor, occurrence_id: int, *, reason: str, on: date) -> Occurrence:
    """Mở lại, with the reason; the notes keep what was said to be done."""
    row = occurrence_held(occurrence_id)
    task_access.require_report(actor, row, on)
    if row.state not in ENDED:
        raise Refused(f"Việc này {row.get_state_display()}, không cần mở lại.")
    if row.state == OccurrenceState.CANCELLED:
        task_access.require_give(actor, row.task, on)
    unit_parts.reopen_whole(row, on)
    if row.task.parent_id and Occurrence.objects.filter(pk=row.task.from_occurrence_id, state__in=ENDED).exists():
        raise Refused("Việc lớn đã kết thúc; mở lại việc lớn trước.")
    if not reason.strip():
        raise Refused("Ghi lý do mở lại.")
    row.state, row.ended_on = OccurrenceState.STARTED, None
    row.percent = None if row.percent == 100 else row.percent
    row.result, row.result_number, row.result_document = "", "", None
    row.started_on = row.started_on or on
    row.risk_on = drawing.risk_day(row.start, row.due, noted=True, percent=row.percent)
    row.save()
    _written(actor, row, f"Mở lại: {reason.strip()}", on, ())
    log(actor, "task.reopen", row, on, reason=reason.strip())
    return row


@transaction.atomic
def cancel(actor: Actor, occurrence_id: int, *, reason: str, on: date) -> Occurrence:
    """Không thực hiện nữa, with the reason; only who gave the task may say so. Its parts end with it."""
    row = occurrence_held(occurrence_id)
    task_access.require_give(actor, row.task, on)
    still_open(row)
    if not reason.strip():
        raise Refused("Ghi lý do không thực hiện.")
    row.state, row.ended_on, row.result, row.risk_on = OccurrenceState.CANCELLED, on, reason.strip(), None
    row.save(update_fields=["state", "ended_on", "result", "risk_on"])
    row.people.filter(done_on=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
    below = Occurrence.objects.filter(Q(task__from_occurrence=row) | Q(whole=row)).exclude(state__in=ENDED)
    below.update(state=OccurrenceState.CANCELLED, ended_on=on, result=row.result, risk_on=None)
    _written(actor, row, f"Không thực hiện: {row.result}", on, ())
    log(actor, "task.cancel", row, on, reason=row.result)
    unit_parts.finish_whole(row, on)
    return row


def occurrence_held(occurrence_id: int) -> Occurrence:
    """The occurrence with its task, held while the verb runs."""
    found = Occurrence.objects.select_for_update(of=("self",)).select_related("task").filter(pk=occurrence_id).first()
    if found is None:
        raise Refused("Không tìm thấy việc này.")
    return found


def still_open(row: Occurrence) -> None:
    """Refused when it ended already."""
    if row.state in ENDED:
        day = f" ngày {write_date(row.ended_on)}" if row.ended_on else ""
        raise Refused(f"Việc này {row.get_state_display()}{day}; mở lại trước khi ghi tiếp.")


def log(actor: Actor, verb: str, row: Occurrence, on: date, **detail: Any) -> None:
    """Ghi nhật ký of an occurrence, told by the words of its task."""
    audit.record(
        actor=actor.stamp(),
        verb=verb,
        subject=row,
        unit_id=row.of_unit_id or row.task.unit_id,
        on=on,
        detail={"what": row.task.what[:200], "due": row.due, **detail},
    )


def _parts_done(row: Occurrence, *, waits: bool) -> None:
    """`waits`: the actor did not give the task, and cannot end it while units have not said that they are done."""
    if waits and (left := unit_parts.waiting(row)):
        raise Refused(
            f"Còn {left} đơn vị chưa báo xong phần của mình; đôn đốc các đơn vị, hoặc để nơi giao việc kết thúc."
        )
    people = PersonPart.objects.filter(occurrence=row, done_on=None, withdrawn_at=None).count()
    below = Task.objects.filter(from_occurrence=row, occurrences__state__in=("open", "started")).distinct().count()
    if people or below:
        parts = ", ".join(
            [*([f"{people} phần của người"] if people else []), *([f"{below} việc nhỏ"] if below else [])]
        )
        raise Refused(f"Còn {parts} chưa xong; báo xong hoặc rút các phần đó trước.")


def _written(actor: Actor, row: Occurrence, text: str, on: date, files: Sequence[File]) -> ProgressNote:
    last = row.notes.order_by("-on").values_list("on", flat=True).first()
    if last is not None and on < last:
        raise Refused(f"Lần ghi gần nhất là ngày {write_date(last)}; không ghi vào ngày trước đó ({write_date(on)}).")
    written = ProgressNote.objects.create(
        occurrence=row,
        text=text,
        state=row.state,
        percent=row.percent,
        on=on,
        by_id=actor.user_id,
        office=actor.office_label,
        at=timezone.now(),
    )
    written.files.set(attached(actor, files, on))
    return written


def attached(actor: Actor, files: Sequence[File], on: date) -> list[FileUse]:
    """Minh chứng: papers of the office that reports, for whoever may read its papers; a village's are evidence."""
    if not files:
        return []
    paper = actor.allows("document.upload", actor.unit_id, on=on)
    purpose = Purpose.DOCUMENT if paper else Purpose.EVIDENCE
    return [
        archive.attach(actor, content=content, name=name, unit_id=actor.unit_id, on=on, purpose=purpose)
        for name, content in files
    ]
