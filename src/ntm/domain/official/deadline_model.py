"""Thời hạn: what the words of a deadline mean: dated, recurring, continuous, waiting for something else, or unknown."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from ntm.domain.official.dates import month_end

__all__ = ["Bound", "Deadline", "DeadlineKind", "Moment", "Occurrence", "Part", "Repeat", "Stretch", "TimeUnit"]

TimeUnit = Literal["day", "month", "quarter", "half", "nine_months", "year"]
Part = Literal["", "đầu", "giữa", "cuối"]
Bound = Literal["in", "before", "by", "from", "after"]


class DeadlineKind(StrEnum):
    """Loại thời hạn. ON_REQUEST: the time is set by something else (a request, a proposal, a regulation, an event)."""

    DATED = "dated"
    RECURRING = "recurring"
    CONTINUOUS = "continuous"
    ON_REQUEST = "on_request"
    UNKNOWN = "unknown"


@dataclass(frozen=True, order=True)
class Occurrence:
    """Một lần đến hạn: BOTH days belong to it; `end` is the last day on which the work is still in time."""

    start: date
    end: date


@dataclass(frozen=True)
class Moment:
    """Thời điểm: a day, month, quarter, half or year; `year` None where the words leave it to the plan's year."""

    unit: TimeUnit
    number: int = 1
    month: int = 0
    year: int | None = None
    later: int = 0  # years after the plan's: "năm sau" is 1
    part: Part = ""

    def bounds(self, context: int) -> Occurrence:
        """The first and the last day, in the plan's year when none is said."""
        year = (self.year if self.year is not None else context) + self.later
        if self.unit == "day":
            day = date(year, self.month, min(self.number, calendar.monthrange(year, self.month)[1]))
            return Occurrence(day, day)
        size = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9}.get(self.unit, 12)
        first = (self.number - 1) * size + 1 if self.unit != "year" else 1
        if size == 1 and self.part:
            low, high = {"đầu": (1, 10), "giữa": (11, 20)}.get(self.part, (21, month_end(year, first).day))
            return Occurrence(date(year, first, low), date(year, first, high))
        low, high = first, first + size - 1
        if size == 3 and self.part:
            low = high = first + {"đầu": 0, "giữa": 1, "cuối": 2}[self.part]
        elif self.part:
            low, high = {"đầu": (1, 3), "giữa": (4, 9), "cuối": (10, 12)}[self.part]
        return Occurrence(date(year, low, 1), month_end(year, high))


@dataclass(frozen=True)
class Stretch:
    """Khoảng thời gian: from a moment to a moment (often the same), and how the words bind to it."""

    first: Moment
    last: Moment
    bound: Bound = "in"

    def occurrence(self, context: int, issued: date | None) -> Occurrence:
        """The days. "Trước ngày N" ends the day before; "hết", "chậm nhất", "đến" include the last day."""
        low, high = self.first.bounds(context), self.last.bounds(context)
        if self.bound == "in":
            return Occurrence(low.start, max(low.start, high.end))
        if self.bound == "from":
            return Occurrence(low.start, date(low.start.year, 12, 31))
        if self.bound == "after":
            start = high.end + timedelta(days=1)
            return Occurrence(start, date(start.year, 12, 31))
        end = high.end
        if self.bound == "before" and self.last.part != "cuối":
            end = high.start - timedelta(days=1)
        start = date(end.year, 1, 1)
        if issued is not None and issued <= end and (self.last.year is not None or issued > start):
            start = issued
        return Occurrence(start, end)


@dataclass(frozen=True)
class Repeat:
    """Định kỳ: every so many months (or every week, every day); with the day on which each one falls due, if said."""

    months: int  # 1, 2, 3, 4, 6, 12; 0 for weeks, -1 for days
    day: int | None = None
    last_month: bool = True  # the due day lies in the last month of the period, else in its first
    following: bool = False  # ... of the next period ("tháng đầu của quý sau")
    before: bool = False  # strictly before that day
    weekday: int | None = None

    def occurrences(self, year: int) -> Iterator[Occurrence]:
        """Every occurrence whose period begins in the year."""
        if self.months <= 0:
            yield from self._short(year)
            return
        for first in range(1, 13, self.months):
            last = first + self.months - 1
            if self.day is None:
                yield Occurrence(date(year, first, 1), month_end(year, last))
                continue
            month = (last if self.last_month else first) + (self.months if self.following else 0)
            due_year, due_month = year + (month - 1) // 12, (month - 1) % 12 + 1
            due = date(due_year, due_month, min(self.day, calendar.monthrange(due_year, due_month)[1]))
            if self.before:
                due -= timedelta(days=1)
            begins = date(year, first, 1) if not self.following else due.replace(day=1)
            yield Occurrence(min(begins, due.replace(day=1)), due)

    def _short(self, year: int) -> Iterator[Occurrence]:
        day, step = date(year, 1, 1), 1
        if self.months == 0:
            day, step = day + timedelta(days=-day.weekday() % 7), 7
        while day.year == year:
            last = day + timedelta(days=step - 1 if self.weekday is None else self.weekday)
            yield Occurrence(day, last)
            day += timedelta(days=step)


@dataclass(frozen=True)
class Deadline:
    """Thời hạn: one value, the original words kept; equal deadlines say the same thing in the same words."""

    original: str
    kind: DeadlineKind
    year: int
    issued: date | None = None
    stretches: tuple[Stretch, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    also_on_request: bool = False
    unread: str = ""

    def __str__(self) -> str:
        return self.original

    def occurrences(self, year_context: int | None = None) -> tuple[Occurrence, ...]:
        """Các lần đến hạn in that year (the plan's own by default); years that the words state are kept as stated."""
        year = self.year if year_context is None else year_context
        spans = [stretch.occurrence(year, self.issued) for stretch in self.stretches]
        if self.repeats:
            years = range(min(s.start.year for s in spans), max(s.end.year for s in spans) + 1) if spans else (year,)
            every = {o for repeat in self.repeats for y in years for o in repeat.occurrences(y)}
            return tuple(sorted(o for o in every if not spans or any(s.start <= o.end <= s.end for s in spans)))
        if self.kind is DeadlineKind.CONTINUOUS and not spans:
            return (Occurrence(date(year, 1, 1), date(year, 12, 31)),)
        return tuple(sorted(set(spans)))

    @property
    def latest(self) -> date | None:
        """Ngày cuối cùng còn đúng hạn; None when the words give no day."""
        return max((o.end for o in self.occurrences()), default=None)

    @property
    def is_timed(self) -> bool:
        """Whether the words give days at all."""
        return bool(self.occurrences())
