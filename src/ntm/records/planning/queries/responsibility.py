"""Trách nhiệm: by body, how many tasks it was to lead, how many were done, and how many on time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from ntm.domain.official.text import natural_key
from ntm.records.planning.models import ENDED, Occurrence, OccurrenceState, TaskBody
from ntm.records.units import queries as units

__all__ = ["Responsibility", "of_plan", "of_unit", "total"]


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Trách nhiệm của một cơ quan in a stretch of days; `open` are still in time."""

    body_id: int | None
    words: str
    given: int
    done_on_time: int
    done_late: int
    overdue: int
    open: int
    undated: int

    @property
    def share_on_time(self) -> Decimal | None:
        """Tỷ lệ đúng hạn, per cent, of what has fallen due or is done; None when nothing has."""
        judged = self.done_on_time + self.done_late + self.overdue
        return None if not judged else (Decimal(100) * self.done_on_time / judged).quantize(Decimal("0.1"))


def of_unit(
    unit_id: int, on: date, *, since: date, until: date, part: str = TaskBody.Part.LEAD
) -> list[Responsibility]:
    """Các cơ quan được một đơn vị giao việc: occurrences that fall due within these days (both included)."""
    rows = Occurrence.objects.filter(task__unit_id=unit_id).filter(Q(due=None) | Q(due__gte=since, due__lte=until))
    return _by_body(rows, on, part)


def of_plan(plan_id: int, on: date, *, part: str = TaskBody.Part.LEAD) -> list[Responsibility]:
    """Các cơ quan trong một kế hoạch."""
    rows = Occurrence.objects.filter(Q(task__plan_id=plan_id) | Q(task__parent__plan_id=plan_id))
    return _by_body(rows, on, part)


def total(rows: list[Responsibility]) -> Responsibility:
    """Cộng chung. A task that two bodies lead counts for both."""
    names = ("given", "done_on_time", "done_late", "overdue", "open", "undated")
    return Responsibility(None, "Cộng", *(sum(getattr(row, name) for row in rows) for name in names))


def _by_body(rows: QuerySet[Occurrence], on: date, part: str) -> list[Responsibility]:
    """Two queries: a known body is one line, whatever words a plan uses for it; others by their words; of a task of all
    lower units, each unit answers for its own part."""
    ended = Q(state__in=ENDED, ended_on__lte=on)
    done = Q(state=OccurrenceState.DONE, ended_on__lte=on)
    counted: dict[str, Any] = {
        "given": Count("pk"),
        "done_on_time": Count("pk", filter=done & (Q(due=None) | Q(ended_on__lte=F("due")))),
        "done_late": Count("pk", filter=done & Q(ended_on__gt=F("due"))),
        "overdue": Count("pk", filter=~ended & Q(due__lt=on)),
        "open": Count("pk", filter=~ended & Q(due__gte=on)),
        "undated": Count("pk", filter=~ended & Q(due=None)),
    }
    kept = rows.exclude(Q(state=OccurrenceState.CANCELLED, ended_on__lte=on))
    of_units = kept.filter(of_unit__isnull=False, of_part=part).order_by().values("of_unit_id").annotate(**counted)
    by_unit = {row["of_unit_id"]: [row[name] for name in counted] for row in of_units}
    labels = units.labels(by_unit, on)
    own = [Responsibility(None, _capital(labels[unit].title), *sums) for unit, sums in by_unit.items()]
    told = (
        kept.filter(whole=None, task__bodies__part=part, task__bodies__every_level="")
        .order_by()
        .values("task__bodies__body_id", "task__bodies__body__name", "task__bodies__words")
        .annotate(**counted)
    )
    found: dict[tuple[int | None, str], list[int]] = {}
    for row in told:
        body_id = row["task__bodies__body_id"]
        key = (body_id, row["task__bodies__body__name"] if body_id else row["task__bodies__words"])
        sums = found.setdefault(key, [0] * len(counted))
        found[key] = [before + row[name] for before, name in zip(sums, counted, strict=True)]
    made = [*own, *(Responsibility(body_id, words, *sums) for (body_id, words), sums in found.items())]
    return sorted(made, key=lambda one: (-one.overdue, -one.given, natural_key(one.words)))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
