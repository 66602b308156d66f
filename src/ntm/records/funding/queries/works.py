"""Công trình của một địa bàn: narrowed, sorted, summed and cut into pages by the database; every amount as of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    F,
    OuterRef,
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Round

from ntm.domain.official.text import fold
from ntm.records.funding.models import Works, WorksNote
from ntm.records.funding.models.works import WorksState
from ntm.records.funding.queries import works_sums
from ntm.records.funding.queries.areas import IN_ONE, within
from ntm.records.units import queries as units
from ntm.records.units.models import UnitName
from ntm.records.units.queries import UnitLabel

__all__ = ["Asked", "Order", "Spot", "WorksLine", "WorksSums", "found", "lines", "spots", "sums", "works_list"]


class Order(StrEnum):
    """Thứ tự: by unit and code, or what asks for attention first."""

    CODE = "ma"
    DEBT = "no"
    COST = "tong-muc"
    DUE = "han"


@dataclass(frozen=True, slots=True)
class Asked:
    """Điều hỏi về công trình; what is left empty does not narrow."""

    criterion_no: int | None = None
    state: str = ""
    execution: str = ""
    owing: bool = False
    words: str = ""
    order: Order = Order.CODE


@dataclass(frozen=True, slots=True)
class WorksLine:
    """Một công trình với số tiền của nó ngày đó; state and percent as they were on that day."""

    works: Works
    unit: UnitLabel
    state: str
    percent: int
    allocated: int
    accepted: int
    paid: int

    @property
    def debt(self) -> int:
        return max(0, self.accepted - self.paid)

    @property
    def advance(self) -> int:
        """Tạm ứng chưa có khối lượng."""
        return max(0, self.paid - self.accepted)


@dataclass(frozen=True, slots=True)
class WorksSums:
    """Tổng của mọi công trình tìm được, not only of the page shown."""

    count: int
    placed: int
    cost: int
    allocated: int
    accepted: int
    paid: int
    debt: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Công trình có toạ độ: millionths of a degree."""

    works_id: int
    words: str
    latitude: int
    longitude: int
    owing: bool
    done: bool


def found(unit_id: int | None, on: date, asked: Asked | None = None) -> QuerySet[Works]:
    """Các công trình của địa bàn ngày đó, narrowed and in the asked order; read when they are asked for.

    Which ones owe is found out at once: the sums, the page and the map would each work it out again.
    """
    asked = asked or Asked()
    rows = Works.objects.filter(within(unit_id, day="on"), on__lte=on)
    if asked.criterion_no is not None:
        rows = rows.filter(criterion_no=asked.criterion_no)
    if asked.execution:
        rows = rows.filter(execution=asked.execution)
    words = fold(asked.words)
    if words:
        named = UnitName.objects.on(on).filter(key__contains=words).values("unit_id")
        rows = rows.filter(Q(key__contains=words) | Q(unit_id__in=named))
    if asked.state:
        rows = rows.annotate(then=_then("state", on)).filter(then=asked.state)
    if asked.owing:
        rows = _owing(rows, on)
    if asked.order is Order.DEBT:
        rows = rows.annotate(debt=works_sums.debt(on))
    first = {
        Order.CODE: (),
        Order.DEBT: ("-debt",),
        Order.COST: ("-total_cost",),
        Order.DUE: (F("end_planned").asc(nulls_last=True),),
    }
    return rows.order_by(*first[asked.order], "unit_id", "code")


def _owing(rows: QuerySet[Works], on: date) -> QuerySet[Works]:
    """Only those that owe; by their numbers, where these are few enough for one list."""
    rows = rows.alias(owed=works_sums.debt(on)).filter(owed__gt=0)
    ids = list(rows.order_by().values_list("pk", flat=True)[: IN_ONE + 1])
    return Works.objects.filter(pk__in=ids) if len(ids) <= IN_ONE else rows


def lines(rows: QuerySet[Works], on: date) -> tuple[WorksLine, ...]:
    """These works, a page of them or all, with state and money: two queries."""
    whole = list(
        rows.annotate(
            state_then=_then("state", on),
            percent_then=_then("percent", on),
            allocated=works_sums.allocated(on),
            accepted=works_sums.accepted(on),
            paid=works_sums.paid(on),
        )
    )
    labels = units.labels({works.unit_id for works in whole}, on)
    return tuple(_line(works, labels[works.unit_id]) for works in whole)


def _line(works: Any, label: UnitLabel) -> WorksLine:
    return WorksLine(works, label, works.state_then, works.percent_then, works.allocated, works.accepted, works.paid)


def works_list(
    unit_id: int | None, on: date, *, criterion_no: int | None = None, state: str | None = None
) -> tuple[WorksLine, ...]:
    """Mọi công trình của địa bàn ngày đó."""
    return lines(found(unit_id, on, Asked(criterion_no, state or "")), on)


def sums(rows: QuerySet[Works], on: date) -> WorksSums:
    """Cộng mọi công trình tìm được: one query."""
    told = (
        rows.order_by()
        .annotate(given=works_sums.allocated(on), taken=works_sums.accepted(on), spent=works_sums.paid(on))
        .aggregate(
            count=Count("pk"),
            placed=Count("latitude"),
            cost=Sum("total_cost"),
            allocated=Sum("given"),
            accepted=Sum("taken"),
            paid=Sum("spent"),
            debt=Sum(Greatest(F("taken") - F("spent"), Value(0))),
        )
    )
    return WorksSums(**{name: int(value or 0) for name, value in told.items()})


def spots(rows: QuerySet[Works], on: date) -> tuple[Spot, ...]:
    """Những công trình có toạ độ, for the map: one query, whole numbers only."""
    placed = rows.filter(latitude__isnull=False, longitude__isnull=False).order_by("pk")
    told = placed.annotate(
        north=_micro("latitude"), east=_micro("longitude"), owed=works_sums.debt(on), far=_then("percent", on)
    ).values_list("pk", "code", "name", "north", "east", "owed", "far")
    return tuple(
        Spot(pk, f"{code} {name}, {far}%", north, east, owed > 0, far == 100)
        for pk, code, name, north, east, owed, far in told
    )


def _micro(column: str) -> Cast:
    return Cast(Round(F(column) * Value(10**6)), BigIntegerField())


def _then(what: str, on: date) -> Coalesce:
    """State or percent by the latest note of that day; before any note, by whether its decision was there."""
    latest = WorksNote.objects.filter(works=OuterRef("pk"), on__lte=on).order_by("-on", "-id").values(what)[:1]
    if what == "percent":
        return Coalesce(Subquery(latest), Value(0), output_field=PositiveSmallIntegerField())
    planned = Q(decision="") | Q(decision_on__gt=on)
    begun = Case(When(planned, then=Value(WorksState.PLANNED.value)), default=Value(WorksState.APPROVED.value))
    return Coalesce(Subquery(latest), begun, output_field=CharField())
