"""Đọc nhật ký: by who, what, where and when, a page at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone

from ntm.records.audit import verbs
from ntm.records.audit.models import Entry

__all__ = ["Filter", "Line", "Page", "Since", "entries", "last", "of_subject", "page", "people", "since"]

LARGEST_PAGE = 500


@dataclass(frozen=True, slots=True)
class Filter:
    """Bộ lọc. `unit_ids` is the subtree as the caller sees it (ids or a subquery), None for all; `start` and `end`
    are the days on which it was done, `end` excluded."""

    user_id: int | None = None
    verb: str | None = None
    unit_ids: Collection[int] | QuerySet | None = None
    start: date | None = None
    end: date | None = None
    subject: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng nhật ký as people read it."""

    sequence: int
    at: datetime
    on: date
    verb: str
    label: str
    sentence: str
    name: str
    office: str
    unit_id: int | None
    subject: str
    detail: dict
    hash: str


@dataclass(frozen=True, slots=True)
class Page:
    """Một trang nhật ký, newest first."""

    lines: tuple[Line, ...]
    number: int
    pages: int
    total: int


def entries(chosen: Filter) -> QuerySet[Entry]:
    """The entries of a filter, newest first. `verb` may be a whole verb or a thing ("observation")."""
    rows = Entry.objects.order_by("-sequence")
    if chosen.user_id is not None:
        rows = rows.filter(user_id=chosen.user_id)
    if chosen.verb:
        rows = rows.filter(verb=chosen.verb) if "." in chosen.verb else rows.filter(verb__startswith=f"{chosen.verb}.")
    if chosen.unit_ids is not None:
        rows = rows.filter(unit_id__in=chosen.unit_ids)
    if chosen.start is not None:
        rows = rows.filter(at__gte=_midnight(chosen.start))
    if chosen.end is not None:
        rows = rows.filter(at__lt=_midnight(chosen.end))
    if chosen.subject:
        rows = rows.filter(subject=chosen.subject)
    if chosen.words:
        rows = rows.filter(name__icontains=chosen.words) | rows.filter(office__icontains=chosen.words)
    return rows


def page(chosen: Filter, *, number: int = 1, size: int = 50, without: Collection[str] = ()) -> Page:
    """One page of the log; a number beyond the end gives the last page. `without`: verbs that are left out."""
    size = max(1, min(size, LARGEST_PAGE))
    rows = entries(chosen)
    if without:
        rows = rows.exclude(verb__in=without)
    total = rows.count()
    pages = max(1, -(-total // size))
    number = max(1, min(number, pages))
    return Page(tuple(line(entry) for entry in rows[(number - 1) * size : number * size]), number, pages, total)


def of_subject(subject: str, *, size: int = 50) -> tuple[Line, ...]:
    """What happened to one thing ("people.user:7"), newest first."""
    return page(Filter(subject=subject), size=size).lines


def people() -> list[tuple[int, str]]:
    """Who stands in the log, for the filter: (user id, name as last written)."""
    latest = Entry.objects.exclude(user_id=None).order_by().values("user_id").annotate(latest=Max("sequence"))
    rows = Entry.objects.filter(sequence__in=latest.values("latest")).values_list("user_id", "name")
    return sorted(rows, key=lambda pair: pair[1])


def last() -> tuple[int, str] | None:
    """Number and hash of the last entry: what to note elsewhere so that `verify(known=...)` finds a cut end."""
    return Entry.objects.order_by("-sequence").values_list("sequence", "hash").first()


@dataclass(frozen=True, slots=True)
class Since:
    """Những việc ghi sau một mục: their verbs in order, and number and hash of the end now."""

    verbs: tuple[str, ...]
    end: tuple[int, str]


def since(seen: tuple[int, str], most: int) -> Since | None:
    """What was recorded after an end seen before; None where that end is not in this log, or more than `most` came."""
    rows = Entry.objects.filter(sequence__gte=seen[0]).order_by("sequence").values_list("sequence", "hash", "verb")
    read = list(rows[: most + 2])
    if not read or read[0][:2] != seen or len(read) > most + 1:
        return None
    return Since(tuple(verb for _sequence, _hash, verb in read[1:]), read[-1][:2])


def line(entry: Entry) -> Line:
    """One entry in people's words."""
    return Line(
        sequence=entry.sequence,
        at=entry.at,
        on=entry.on,
        verb=entry.verb,
        label=verbs.label(entry.verb),
        sentence=verbs.sentence(entry.verb, entry.detail),
        name=entry.name,
        office=entry.office,
        unit_id=entry.unit_id,
        subject=entry.subject,
        detail=entry.detail,
        hash=entry.hash,
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def through(day: date) -> date:
    """The end of a period that includes this day."""
    return day + timedelta(days=1)
