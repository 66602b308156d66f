"""Cảnh báo: a criterion that was met and no longer is, a recognised unit that has lost one, a figure far from last year's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from django.db.models import F

from ntm.records.standing.models import CriterionStanding, Observation, RegisteredSet, TitleHeld
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.standing.models.observations import FactKind, State
from ntm.records.standing.queries import area
from ntm.records.units import queries as units

__all__ = ["FAR", "Alarm", "AlarmKind", "alarms"]

FAR = Decimal("0.3")  # a figure that differs from the one of the year before by more than this share is asked about
_YEAR = timedelta(days=366)


class AlarmKind(StrEnum):
    """Loại cảnh báo."""

    LOST = "lost"
    TITLE_AT_RISK = "title_at_risk"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Cảnh báo: where, what, since when; the figures when there are any."""

    kind: AlarmKind
    unit_id: int
    code: str  # criterion number or indicator code
    since: date
    before: Decimal | None = None
    now: Decimal | None = None
    title_kind: str = ""


def alarms(unit_id: int | None, row: RegisteredSet, on: date, basis: Basis = Basis.CONFIRMED) -> list[Alarm]:
    """Cảnh báo của địa bàn vào ngày đó, the newest first within each kind."""
    upper = units.label(unit_id, on) if unit_id is not None else None
    inside = area.positions(unit_id, upper.level if upper else None, row.level, on).values("unit_id")
    lost = _lost(inside, row, on, basis)
    return [*_at_risk(inside, row, on, basis), *lost, *_far(inside, row, on)]


def _lost(inside: object, row: RegisteredSet, on: date, basis: Basis) -> list[Alarm]:
    """Not met now, met in the interval that ended where this one began, within a year."""
    now = CriterionStanding.objects.filter(
        area.in_force(on), set=row, basis=basis, outcome=OutcomeCode.NOT_MET, unit_id__in=inside, start__gte=on - _YEAR
    ).values_list("unit_id", "no", "start")
    keys = {(unit, no, start) for unit, no, start in now}
    before = CriterionStanding.objects.filter(
        set=row, basis=basis, outcome=OutcomeCode.MET, unit_id__in=inside, end__gte=on - _YEAR, end__lte=on
    ).values_list("unit_id", "no", "end")
    found = sorted((key for key in before if key in keys), key=lambda key: key[2], reverse=True)
    return [Alarm(AlarmKind.LOST, unit, str(no), since) for unit, no, since in found]


def _at_risk(inside: object, row: RegisteredSet, on: date, basis: Basis) -> list[Alarm]:
    """Đơn vị đã công nhận danh hiệu này mà nay có tiêu chí chưa đạt."""
    holders = dict(
        TitleHeld.objects.filter(area.in_force(on), title_kind=row.title_kind, unit_id__in=inside).values_list(
            "unit_id", "title_kind"
        )
    )
    rows = CriterionStanding.objects.filter(
        area.in_force(on), set=row, basis=basis, outcome=OutcomeCode.NOT_MET, unit_id__in=list(holders)
    ).order_by("-start", "unit_id", "no")
    return [
        Alarm(AlarmKind.TITLE_AT_RISK, unit, str(no), start, title_kind=holders[unit])
        for unit, no, start in rows.values_list("unit_id", "no", "start")
    ]


def _far(inside: object, row: RegisteredSet, on: date) -> list[Alarm]:
    """Số của năm nay khác quá 30 % so với số gần nhất của năm trước."""
    rows = Observation.objects.filter(
        set=row, unit_id__in=inside, kind=FactKind.FIGURE, as_of__lte=on, as_of__gt=date(on.year - 2, 12, 30)
    ).filter(state__in=(State.SENT, State.ACCEPTED))
    latest: dict[tuple[int, str, int], tuple[date, int]] = {}
    ordered = rows.filter(scaled__isnull=False).order_by(F("as_of").asc(), "stage")
    for unit, code, as_of, scaled in ordered.values_list("unit_id", "code", "as_of", "scaled").iterator(20_000):
        latest[unit, code, as_of.year] = (as_of, scaled)
    found = []
    for (unit, code, year), (day, value) in latest.items():
        before = latest.get((unit, code, year - 1))
        if year == on.year and before and before[1] != 0 and abs(value - before[1]) > FAR * abs(before[1]):
            was, now = Observation.unscale(before[1]), Observation.unscale(value)
            found.append(Alarm(AlarmKind.FAR, unit, code, day, was, now))
    return sorted(found, key=lambda alarm: alarm.since, reverse=True)
