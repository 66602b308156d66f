"""Phần của đơn vị và cả kỳ: a time of a task that only lower units do is done when the last of them says so."""

from __future__ import annotations

from datetime import date

from ntm.domain.official.dates import write_date
from ntm.records.audit import services as audit
from ntm.records.planning.drawing import risk_day
from ntm.records.planning.models import ENDED, Occurrence, OccurrenceState, TaskBody
from ntm.records.planning.refusals import Refused

__all__ = ["begin_whole", "finish_whole", "reopen_whole", "waiting"]


def waiting(row: Occurrence) -> int:
    """Units that lead the work together and have not ended their part."""
    parts = Occurrence.objects.filter(whole=row, of_part=TaskBody.Part.LEAD)
    return parts.exclude(state__in=ENDED).count()


def begin_whole(part: Occurrence, on: date) -> None:
    """Cả kỳ đang làm, once a unit has reported; it lags when fewer units are done than the time that is gone asks for."""
    if part.of_unit_id is None:
        return
    whole = Occurrence.objects.select_for_update(of=("self",)).get(pk=part.whole_id)
    if whole.state in ENDED:
        return
    done, every = _done(whole)
    whole.state, whole.started_on = OccurrenceState.STARTED, whole.started_on or on
    if whole.percent is None:  # nobody told a share of the whole
        share = 100 * done // every if every else 0
        whole.risk_on = risk_day(whole.start, whole.due, noted=True, percent=share or None)
    whole.save(update_fields=["state", "started_on", "risk_on"])


def finish_whole(part: Occurrence, on: date) -> bool:
    """Xong cả kỳ: the last unit is done, and nobody else leads; a named lead says it itself."""
    if part.of_unit_id is None or part.of_part != TaskBody.Part.LEAD or not _led_by_units(part):
        return False
    whole = Occurrence.objects.select_for_update(of=("self",)).get(pk=part.whole_id)
    done, every = _done(whole)
    if whole.state in ENDED or waiting(whole) or not done:
        return False
    whole.state, whole.ended_on, whole.percent, whole.risk_on = OccurrenceState.DONE, on, 100, None
    whole.started_on = whole.started_on or on
    whole.result = f"{done}/{every} đơn vị đã xong."
    whole.save()
    _log("task.finish", whole, on, result=whole.result)
    return True


def reopen_whole(part: Occurrence, on: date) -> None:
    """Mở lại cả kỳ that had ended of itself; one that somebody ended is opened by who ended it, first."""
    if part.of_unit_id is None:
        return
    whole = Occurrence.objects.select_for_update(of=("self",)).get(pk=part.whole_id)
    if whole.state not in ENDED:
        return
    if whole.state == OccurrenceState.CANCELLED or not _led_by_units(part):
        day = f" ngày {write_date(whole.ended_on)}" if whole.ended_on else ""
        raise Refused(f"Nơi giao việc đã kết thúc cả việc này{day}; đề nghị nơi giao mở lại trước.")
    whole.state, whole.ended_on, whole.percent, whole.result = OccurrenceState.STARTED, None, None, ""
    whole.save()
    _log("task.reopen", whole, on, reason="một đơn vị mở lại phần của mình")


def _done(whole: Occurrence) -> tuple[int, int]:
    """Units that are done, of those that still have a part."""
    parts = Occurrence.objects.filter(whole=whole).exclude(state=OccurrenceState.CANCELLED)
    states = list(parts.order_by("pk").values_list("state", flat=True))
    return states.count(OccurrenceState.DONE), len(states)


def _led_by_units(part: Occurrence) -> bool:
    leads = TaskBody.objects.filter(task_id=part.task_id, part=TaskBody.Part.LEAD, until=None)
    return not leads.filter(every_level="").exists()


def _log(verb: str, row: Occurrence, on: date, **detail: str) -> None:
    audit.record(
        actor=audit.system("Theo phần của các đơn vị"),
        verb=verb,
        subject=row,
        unit_id=row.task.unit_id,
        on=on,
        detail={"what": row.task.what[:200], "due": row.due, **detail},
    )
