"""Kế hoạch đã ban hành nói gì cho năm đó: which units are to reach the title, which criteria they are to gain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ntm.records.planning.models import CriterionCell, Mode, PlanTarget, PlanVersion, Subject, TargetShare, VersionState
from ntm.records.standing.models import RegisteredSet

__all__ = ["Planned", "planned"]


@dataclass(frozen=True, slots=True)
class Planned:
    """due: units that are to reach the title in the year; gains: (unit, criterion) to be gained by its end."""

    due: frozenset[int]
    gains: frozenset[tuple[int, int]]


def planned(ids: Iterable[int], places: Iterable[int], row: RegisteredSet, year: int, on: date) -> Planned:
    """Of the plans of these places that stood issued on the day: four queries."""
    mine, there = set(ids), set(places)
    versions = PlanVersion.objects.filter(
        plan__year__lte=year,
        plan__year_to__gte=year,
        state__in=(VersionState.ISSUED, VersionState.SUPERSEDED),
        issued_on__lte=on,
    ).order_by("plan_id", "no")
    rows = versions.values_list("plan_id", "no", "plan__unit_id", "plan__year", "plan__year_to")
    living = {plan: (no, unit, first == last) for plan, no, unit, first, last in rows if unit in there}
    due = _shares(living, row, year) | _own(living, row, year)
    return Planned(frozenset(due & mine), frozenset(one for one in _gains(living, row, year) if one[0] in mine))


def _stands(living: dict[int, Any], plan: int, *spans: tuple[int, int | None]) -> bool:
    no = living[plan][0]
    return all(since <= no and (until is None or until > no) for since, until in spans)


def _in_year(due: date | None, year: int, *, otherwise: bool) -> bool:
    return due.year == year if due else otherwise


def _title(row: RegisteredSet) -> dict[str, Any]:
    return {"mode__in": (Mode.GAIN, Mode.TOTAL), "title_kind": row.title_kind, "title_level": row.level}


def _shares(living: dict[int, Any], row: RegisteredSet, year: int) -> set[int]:
    of_target = {f"target__{name}": value for name, value in _title(row).items()}
    rows = TargetShare.objects.filter(target__plan_id__in=living, target__subject=Subject.TITLE, **of_target)
    columns = ("target__plan_id", "target__since", "target__until", "since", "until", "unit_id", "due", "target__mode")
    return {
        unit
        for plan, first, last, since, until, unit, due, mode in rows.order_by("id").values_list(*columns)
        if _stands(living, plan, (first, last), (since, until))
        and _in_year(due, year, otherwise=mode == Mode.GAIN and living[plan][2])
    }


def _own(living: dict[int, Any], row: RegisteredSet, year: int) -> set[int]:
    rows = PlanTarget.objects.filter(plan_id__in=living, subject=Subject.OWN_TITLE, **_title(row))
    return {
        living[plan][1]
        for plan, since, until, due in rows.order_by("id").values_list("plan_id", "since", "until", "due")
        if _stands(living, plan, (since, until)) and _in_year(due, year, otherwise=living[plan][2])
    }


def _gains(living: dict[int, Any], row: RegisteredSet, year: int) -> set[tuple[int, int]]:
    rows = CriterionCell.objects.filter(plan_id__in=living, plan__set__code=row.code, mode=Mode.GAIN)
    columns = ("plan_id", "since", "until", "unit_id", "criterion_no", "due")
    return {
        (unit, no)
        for plan, since, until, unit, no, due in rows.order_by("id").values_list(*columns)
        if _stands(living, plan, (since, until)) and (due is None or due <= date(year, 12, 31))
    }
