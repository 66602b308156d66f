"""Lộ trình: what must happen by when for each criterion that is promised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ntm.domain.official.dates import write_date


class Stand(StrEnum):
    """Tình trạng của một tiêu chí trên lộ trình."""

    DONE = "done"
    NO_STEP = "no_step"  # nothing on the roadmap completes it
    AFTER_DUE = "after_due"  # the roadmap completes it after its due day
    OVERDUE = "overdue"  # the due day is past
    LATE_STEP = "late_step"  # the step that completes it should have ended
    IN_TIME = "in_time"


@dataclass(frozen=True)
class Step:
    """Bước: what is done in which days, and whether it completes the criterion."""

    what: str
    start: date
    end: date
    criterion: int | None
    completes: bool = False


@dataclass(frozen=True)
class Milestone:
    """Mốc của một tiêu chí. `latest`: the last day by which the completing work must be done; slack in days from then
    to the due day."""

    criterion: int
    due: date | None
    latest: date | None
    slack: int | None
    stand: Stand
    now: tuple[str, ...]  # what should be under way on the day
    sentence: str


def milestones(
    promised: Mapping[int, date | None], steps: Sequence[Step], done: frozenset[int], on: date
) -> tuple[Milestone, ...]:
    """Việc phải xong và ngày phải xong, the earliest first; criteria without a day come last."""
    found = [_one(no, due, [s for s in steps if s.criterion == no], no in done, on) for no, due in promised.items()]
    return tuple(sorted(found, key=lambda m: (m.due or m.latest or date.max, m.criterion)))


def _one(no: int, due: date | None, steps: list[Step], done: bool, on: date) -> Milestone:
    ending = [s for s in steps if s.completes] or steps
    latest = max((s.end for s in ending), default=None)
    slack = (due - latest).days if due is not None and latest is not None else None
    now = tuple(s.what for s in sorted(steps, key=lambda s: (s.start, s.end)) if s.start <= on <= s.end)
    stand = _stand(due, latest, slack, done, on)
    return Milestone(no, due, latest, slack, stand, now, _sentence(no, due, latest, slack, stand))


def _stand(due: date | None, latest: date | None, slack: int | None, done: bool, on: date) -> Stand:
    if done:
        return Stand.DONE
    if due is not None and due < on:
        return Stand.OVERDUE
    if latest is None:
        return Stand.NO_STEP
    if slack is not None and slack < 0:
        return Stand.AFTER_DUE
    return Stand.LATE_STEP if latest < on else Stand.IN_TIME


def _sentence(no: int, due: date | None, latest: date | None, slack: int | None, stand: Stand) -> str:
    day = write_date(due) if due is not None else ""
    last = write_date(latest) if latest is not None else ""
    return {
        Stand.DONE: f"Tiêu chí {no} đã đạt.",
        Stand.OVERDUE: f"Tiêu chí {no} đã quá hạn {day}.",
        Stand.NO_STEP: f"Tiêu chí {no}{f' hạn {day}' if day else ''}: lộ trình chưa có bước nào.",
        Stand.AFTER_DUE: f"Tiêu chí {no} hạn {day} nhưng lộ trình đến {last} mới xong, muộn {-(slack or 0)} ngày.",
        Stand.LATE_STEP: f"Tiêu chí {no}: bước cuối phải xong ngày {last} mà hồ sơ chưa ghi là đạt.",
        Stand.IN_TIME: f"Tiêu chí {no}: phải xong chậm nhất {last}" + (f", trước hạn {slack} ngày." if slack else "."),
    }[stand]
