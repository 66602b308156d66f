"""Nhiệm vụ của cơ quan tôi: how many are due and overdue, the first lines, and the reminders not yet seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ntm.records.people.authority import Actor
from ntm.records.planning.queries import reminders, tasks
from ntm.records.planning.queries.tasks import Look, TaskLine

__all__ = ["SHOWN", "Work", "work_of"]

SHOWN = 5


@dataclass(frozen=True)
class Work:
    """Việc của cơ quan trên bàn làm việc."""

    open: int
    overdue: int
    soon: int
    lines: tuple[TaskLine, ...]
    unseen: int

    @property
    def nothing(self) -> bool:
        """Is there nothing to show at all?"""
        return not self.open and not self.unseen


def work_of(who: Actor, on: date) -> Work:
    """Việc đang mở, the nearest due first: a fixed number of queries."""
    page = tasks.listed(tasks.for_actor(who, on), on, look=Look.OPEN, size=SHOWN)
    counts = page.counts
    return Work(
        counts[Look.OPEN], counts[Look.OVERDUE], counts[Look.SOON], page.lines, reminders.unseen(who.user_id, on)
    )
