"""Các kỳ của nhiệm vụ: the days that a deadline's words mean, drawn as occurrences; what was reported on is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import Q

from ntm.domain.official.deadlines import DeadlineError, DeadlineKind, parse_deadline
from ntm.domain.official.deadlines import Occurrence as Span
from ntm.records.planning.models import (
    ENDED,
    Conclusion,
    Occurrence,
    OccurrenceState,
    PlanVersion,
    Reminder,
    Task,
    TaskGroup,
    VersionState,
)
from ntm.records.planning.refusals import Refused

__all__ = ["MOST", "SLACK", "begin", "draw_many", "draw_occurrences", "last_due", "risk_day", "touched", "understood"]

MOST = 60  # a task that falls due more often (every day) is followed as one without a last day
SLACK = 15  # per cent that a report may stay behind the time gone before it counts as lagging

Days = tuple[date | None, date | None]


def understood(words: str, year: int, issued: date | None = None, year_to: int | None = None) -> tuple[Span, ...]:
    """Thời hạn được hiểu là những ngày nào: (start, end) of each time it falls due; none for "Thường xuyên"."""
    if not words.strip():
        return ()
    try:
        deadline = parse_deadline(words, issued, year)
        if deadline.kind is DeadlineKind.CONTINUOUS and not deadline.stretches:
            return ()
        spans = set(deadline.occurrences())
        if deadline.kind is DeadlineKind.RECURRING and not deadline.stretches:
            spans |= {span for later in range(year + 1, (year_to or year) + 1) for span in deadline.occurrences(later)}
    except (DeadlineError, ValueError) as error:
        raise Refused(f"Thời hạn “{words}” không hiểu được: {error}") from error
    return tuple(sorted(spans)) if len(spans) <= MOST else ()


def last_due(words: str, year: int, issued: date | None = None, year_to: int | None = None) -> date | None:
    """Hạn cuối: the last of those days; None where the words give none."""
    return max((span.end for span in understood(words, year, issued, year_to)), default=None)


def risk_day(start: date | None, due: date | None, *, noted: bool, percent: int | None) -> date | None:
    """Từ ngày nào là chậm: without a report when less than a third of the time is left; else when time outruns it."""
    if start is None or due is None or due <= start:
        return None
    span = (due - start).days
    if percent is None:
        return None if noted else min(due, start + timedelta(days=2 * span // 3 + 1))
    if percent + SLACK >= 100:
        return None
    return min(due, start + timedelta(days=span * (percent + SLACK) // 100 + 1))


def draw_occurrences(task: Task) -> list[Occurrence]:
    """Lập các kỳ of one task."""
    return draw_many([task])


def draw_many(tasks: Iterable[Task]) -> list[Occurrence]:
    """Lập các kỳ of many tasks in a fixed number of queries; gives those newly made.

    A task that replaces another of the same plan takes over its occurrences first. What is finished stays as it is;
    what was begun goes on, with the next day that its deadline now gives; the rest is drawn anew.
    """
    wanted = list(tasks)
    _take_over(wanted)
    there: dict[int, list[Occurrence]] = defaultdict(list)
    for row in Occurrence.objects.filter(task__in=wanted, whole=None).order_by("task_id", "no"):
        there[row.task_id].append(row)
    touched = _touched([row.pk for rows in there.values() for row in rows])
    issued = _issued(wanted)
    of_group = dict(
        TaskGroup.objects.filter(pk__in={one.group_id for one in wanted if one.group_id}).values_list(
            "pk", "deadline_words"
        )
    )
    new: list[Occurrence] = []
    moved: list[Occurrence] = []
    gone: list[Occurrence] = []
    for task in wanted:
        words = task.deadline_words or of_group.get(task.group_id or 0, "")
        day, year_to = issued.get(task.plan_id or 0, (None, None))
        days: list[Days] = [(one.start, one.end) for one in understood(words, task.deadline_year, day, year_to)]
        made, changed, dropped = _redraw(task, days or [(None, None)], there[task.pk], touched)
        new, moved, gone = new + made, moved + changed, gone + dropped
    _write(new, moved, gone)
    return new


def begin(rows: Iterable[Occurrence], day: date) -> None:
    """Việc giao giữa năm: newly drawn occurrences of a task given on a day do not begin before it."""
    later = [row for row in rows if row.start is not None and row.due is not None and row.start < day <= row.due]
    for row in later:
        row.start, row.risk_on = day, risk_day(day, row.due, noted=False, percent=None)
    Occurrence.objects.bulk_update(later, ["start", "risk_on"], batch_size=500)


def _redraw(
    task: Task, days: list[Days], rows: list[Occurrence], touched: set[int]
) -> tuple[list[Occurrence], list[Occurrence], list[Occurrence]]:
    left = list(days)
    ended = [row for row in rows if row.state in ENDED]
    begun = [row for row in rows if row.state not in ENDED and (row.state != OccurrenceState.OPEN or row.pk in touched)]
    fresh = [row for row in rows if row not in ended and row not in begun]
    changed: list[Occurrence] = []
    done_once = [row for row in ended if row.state == OccurrenceState.DONE]
    if len(days) == 1 and done_once and len(rows) == len(ended):
        return [], [], []  # done already: another day for it is not another piece of work
    same: set[int] = set()
    for row in (*ended, *begun, *fresh):
        if (row.start, row.due) in left:
            left.remove((row.start, row.due))
            same.add(id(row))
    for row in (*begun, *fresh):
        if id(row) in same or not left:
            continue
        row.start, row.due = left.pop(0)
        row.risk_on = risk_day(row.start, row.due, noted=row.pk in touched, percent=row.percent)
        same.add(id(row))
        changed.append(row)
    dropped = [row for row in fresh if id(row) not in same]
    highest = max((row.no for row in rows), default=0)
    new = [
        Occurrence(
            task=task, no=highest + at, start=start, due=due, risk_on=risk_day(start, due, noted=False, percent=None)
        )
        for at, (start, due) in enumerate(left, start=1)
    ]
    return new, changed, dropped


def _write(new: list[Occurrence], moved: list[Occurrence], gone: list[Occurrence]) -> None:
    told = [row.pk for row in (*moved, *gone)]
    Reminder.objects.filter(Q(occurrence__in=told) | Q(occurrence__whole__in=told)).delete()  # of a day that is no more
    Occurrence.objects.filter(whole__in=[row.pk for row in gone]).delete()
    Occurrence.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Occurrence.objects.bulk_update(moved, ["start", "due", "risk_on"], batch_size=500)
    Occurrence.objects.bulk_create(new, batch_size=500)


def _take_over(tasks: list[Task]) -> None:
    """The occurrences of a replaced task come along; numbers are kept, a task's own ones come after."""
    older = {task.replaces_id: task for task in tasks if task.replaces_id is not None}
    rows = list(Occurrence.objects.filter(task_id__in=older).select_related("task").order_by("task_id", "no"))
    for row in rows:
        task = older[row.task_id]
        if row.task.plan_id == task.plan_id:
            row.task = task
    Occurrence.objects.bulk_update(rows, ["task"], batch_size=500)


def _touched(ids: Collection[int]) -> set[int]:
    """Touched as a whole, or in the part of a unit."""
    parts = dict(Occurrence.objects.filter(whole__in=ids).values_list("pk", "whole_id"))
    found = touched([*ids, *parts])
    return {parts.get(pk, pk) for pk in found}


def touched(ids: Collection[int]) -> set[int]:
    """Occurrences that somebody reported on, shared out, inspected, split or concluded about."""
    if not ids:
        return set()
    found: set[int] = set()
    mine = Occurrence.objects.filter(pk__in=ids)
    for path in ("notes", "people", "coordination", "inspections"):
        found |= set(mine.filter(**{f"{path}__isnull": False}).values_list("pk", flat=True))
    found |= set(Task.objects.filter(from_occurrence__in=ids).values_list("from_occurrence_id", flat=True))
    return found | set(Conclusion.objects.filter(about__in=ids).values_list("about_id", flat=True))


def _issued(tasks: list[Task]) -> dict[int, tuple[date | None, int]]:
    """The day on which each plan was issued, and its last year."""
    plans = {task.plan_id for task in tasks if task.plan_id is not None}
    rows = PlanVersion.objects.filter(plan_id__in=plans, state=VersionState.ISSUED).order_by("plan_id", "-no")
    return {row[0]: (row[1], row[2]) for row in rows.values_list("plan_id", "issued_on", "plan__year_to")}
