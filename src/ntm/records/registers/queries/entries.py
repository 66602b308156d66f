"""Mục của sổ: the list of a unit and below it on a day, one entry with what is inside it, and how it came to stand so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from ntm.records.planning.models import Occurrence, PlanTarget, VersionState
from ntm.records.registers import catalogue
from ntm.records.registers.catalogue import Register
from ntm.records.registers.models import CooperativeYear, Entry, EntrySet, OcopRating
from ntm.records.registers.queries import areas
from ntm.records.registers.refusals import NoSuchEntry
from ntm.records.units import queries as units

__all__ = ["Whole", "get", "inside", "listed", "served_choices", "tallies", "whole", "years"]


@dataclass(frozen=True)
class Whole:
    """Một mục: as it stands or stood last, every row of it the latest first, the lines inside it by register."""

    register: Register
    entry: Entry
    history: tuple[Entry, ...]
    parent: Entry | None
    inside: tuple[tuple[Register, tuple[Entry, ...]], ...]


def listed(
    register: Register, unit_id: int | None, on: date, *, year: int | None = None, below: bool = True
) -> EntrySet:
    """Các mục của sổ đến ngày đó, the latest first. `year`: those whose day is in it. Stars and members come along."""
    area = areas.within(unit_id, on) if below or unit_id is None else areas.own(unit_id)
    rows = register.model.objects.current().filter(area, start__lte=on)
    if year is not None:
        rows = rows.filter(start__gte=date(year, 1, 1), start__lte=date(year, 12, 31))
    rows = rows.annotate(identity=Coalesce("first_id", "id"))
    if register.code == "ocop":
        rows = with_stars(rows, on)
    if register.code == "cooperatives":
        latest = CooperativeYear.objects.current().filter(cooperative_id=OuterRef("identity"), start__lte=on)
        latest = latest.order_by("-start", "-id")
        rows = rows.annotate(
            members=Subquery(latest.values("members")[:1]),
            works=Subquery(latest.values("works")[:1]),
            members_on=Subquery(latest.values("start")[:1]),
        )
    return rows.order_by("-start", "-id")


def with_stars(rows: EntrySet, on: date) -> EntrySet:
    """Each product with its latest stars decided by that day, and until when they hold. Rows have their `identity`."""
    latest = OcopRating.objects.current().filter(product_id=OuterRef("identity"), start__lte=on)
    latest = latest.order_by("-start", "-id")
    return rows.annotate(
        stars=Subquery(latest.values("stars")[:1]),
        stars_number=Subquery(latest.values("number")[:1]),
        stars_on=Subquery(latest.values("start")[:1]),
        stars_until=Subquery(latest.annotate(last=Coalesce("revoked_on", "valid_until")).values("last")[:1]),
        stars_unchecked=Subquery(latest.values("unchecked")[:1]),
    )


def tallies(unit_id: int | None, on: date) -> dict[str, tuple[int, int]]:
    """Code -> entries up to that day, and those of its year: one question a register."""
    area = areas.within(unit_id, on)
    this_year = Q(start__gte=date(on.year, 1, 1))
    found = {}
    for register in catalogue.registers():
        rows = register.model.objects.current().filter(area, start__lte=on)
        counted = rows.aggregate(every=Count("pk"), year=Count("pk", filter=this_year))
        found[register.code] = (counted["every"], counted["year"])
    return found


def years(register: Register, unit_id: int | None, on: date) -> list[int]:
    """The years that have entries, the latest first."""
    rows = register.model.objects.current().filter(areas.within(unit_id, on), start__lte=on)
    return sorted(set(rows.order_by().values_list("start__year", flat=True).distinct()), reverse=True)


def get(code: str, entry_id: int) -> tuple[Register, Entry]:
    """One row; NoSuchEntry where there is none."""
    register = catalogue.of(code)
    entry = register.model.objects.filter(pk=entry_id).first()
    if entry is None:
        raise NoSuchEntry(f"Không có mục này trong sổ {register.title}.")
    return register, entry


def whole(code: str, entry_id: int) -> Whole:
    """Một mục với lịch sử, whichever of its rows is asked for."""
    register, asked = get(code, entry_id)
    rows = register.model.objects.filter(Q(pk=asked.key) | Q(first_id=asked.key)).order_by("-pk")
    history = tuple(rows.select_related("recorded_by", "withdrawn_by", "target", "occurrence__task"))
    entry = next((one for one in history if one.current), history[0])
    lines = tuple((child, inside(child, entry)) for child in catalogue.children(register))
    return Whole(register, entry, history, _parent(register, entry), lines)


def inside(child: Register, entry: Entry) -> tuple[Entry, ...]:
    """The lines of a register within this entry, the latest first."""
    return tuple(child.model.objects.current().filter(**{child.parent_field: entry.key}).order_by("-start", "-id"))


def _parent(register: Register, entry: Entry) -> Entry | None:
    if not register.parent:
        return None
    key = getattr(entry, f"{register.parent_field}_id")
    above = catalogue.of(register.parent)
    rows = above.model.objects.filter(Q(pk=key) | Q(first_id=key))
    return rows.order_by("-current", "-pk").first()


def served_choices(register: Register, unit_id: int, on: date) -> tuple[list[PlanTarget], list[Any]]:
    """Targets and task occurrences of issued plans of the year, of the unit and those above it, that an entry may serve."""
    mine = (unit_id, *units.ancestor_ids(unit_id, on))
    issued = {
        "plan__unit_id__in": mine,
        "plan__year__lte": on.year,
        "plan__year_to__gte": on.year,
        "plan__versions__state": VersionState.ISSUED,
    }
    targets = PlanTarget.objects.filter(**issued, until__isnull=True, metric__in=register.metrics).filter(
        since__lte=F("plan__versions__no")
    )
    occurrences = Occurrence.objects.filter(
        **{f"task__{name}": value for name, value in issued.items()}, task__until__isnull=True, whole=None
    ).filter(Q(due__isnull=True) | Q(due__year=on.year), task__since__lte=F("task__plan__versions__no"))
    return (
        list(targets.distinct().order_by("plan_id", "order", "pk")[:100]),
        list(occurrences.distinct().select_related("task").order_by("task__order", "no", "pk")[:200]),
    )
