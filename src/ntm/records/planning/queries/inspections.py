"""Kiểm tra, đôn đốc: the checklist of criteria, and what was found where."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from ntm.records.planning.models import Inspection, InspectionFinding, InspectionVisit
from ntm.records.planning.queries import visit_lists
from ntm.records.planning.queries.visit_lists import UnitList
from ntm.records.planning.refusals import Refused
from ntm.records.standing import registry
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.models.intervals import OutcomeCode
from ntm.records.units import queries as units

__all__ = ["CheckItem", "Told", "VisitTold", "checklist", "inspection", "inspections", "set_of"]


@dataclass(frozen=True, slots=True)
class CheckItem:
    """Một tiêu chí phải xem, with its indicators in words."""

    no: int
    name: str
    indicators: tuple[tuple[str, str], ...]  # code, words
    outcome: OutcomeCode | None = None  # of the unit on the first day of the round; None where no set is known
    gaps: tuple[str, ...] = ()  # what the unit said that it lacks

    @property
    def outcome_word(self) -> str:
        """The outcome in the domain's word, as pages sign it."""
        return "" if self.outcome is None else self.outcome.name.lower()


@dataclass(frozen=True, slots=True)
class VisitTold:
    """Kết quả ở một đơn vị; `latest` is the last finding of each criterion."""

    visit: InspectionVisit
    unit: units.UnitLabel
    checklist: tuple[CheckItem, ...]
    findings: tuple[InspectionFinding, ...]
    latest: dict[int | None, InspectionFinding]

    @property
    def waiting(self) -> tuple[int, ...]:
        """Criteria of the checklist nothing was said of."""
        return tuple(item.no for item in self.checklist if item.no not in self.latest)


@dataclass(frozen=True, slots=True)
class Told:
    """Một đợt kiểm tra với mọi kết quả."""

    inspection: Inspection
    visits: tuple[VisitTold, ...]


def inspections(unit_id: int, *, year: int | None = None) -> QuerySet[Inspection]:
    """Các đợt that a unit organises, or that visit it; the newest first."""
    rows = Inspection.objects.filter(Q(unit_id=unit_id) | Q(visits__unit_id=unit_id)).distinct()
    return (rows if year is None else rows.filter(start__year=year)).order_by("-start", "-pk")


def inspection(inspection_id: int, on: date) -> Told:
    """Một đợt: its units in order of name, each with its checklist and findings; a fixed number of queries."""
    rows = InspectionFinding.objects.select_related("task", "by").prefetch_related("task__occurrences")
    found = Prefetch("findings", rows.order_by("at", "pk"))
    visited = InspectionVisit.objects.select_related("set").order_by("pk").prefetch_related(found)
    row = (
        Inspection.objects.select_related("plan__set", "occurrence__task__plan__set", "opened_by")
        .prefetch_related(Prefetch("visits", visited))
        .filter(pk=inspection_id)
        .first()
    )
    if row is None:
        raise Refused("Không tìm thấy đợt kiểm tra này.")
    visits = list(row.visits.all())
    labels = units.labels({visit.unit_id for visit in visits}, on)
    lists = visit_lists.lists_of({visit.unit_id: visit.set for visit in visits if visit.set is not None}, row.start)
    shared = set_of(row)
    told = [_visit(visit, labels[visit.unit_id], shared, lists.get(visit.unit_id)) for visit in visits]
    return Told(row, tuple(sorted(told, key=lambda one: (one.unit.name, one.unit.id))))


def set_of(row: Inspection) -> RegisteredSet | None:
    """The set whose criteria are looked at: of the plan, or of the plan of the task that the inspection fulfils."""
    if row.plan is not None and row.plan.set is not None:
        return row.plan.set
    task = row.occurrence.task if row.occurrence else None
    return task.plan.set if task and task.plan else None


def checklist(registered: RegisteredSet | None, numbers: Collection[int] | None = None) -> dict[int, CheckItem]:
    """Danh mục phải xem, drawn from the criteria of the set (all of them by default)."""
    if registered is None:
        return {no: CheckItem(no, f"Tiêu chí {no}", ()) for no in sorted(numbers or ())}
    found: dict[int, CheckItem] = {}
    for criterion in registry.content(registered).criteria:
        if numbers is None or criterion.no in numbers:
            indicators = tuple((one.code, one.text) for one in criterion.indicators)
            found[criterion.no] = CheckItem(criterion.no, criterion.name, indicators)
    return found


def _visit(
    visit: InspectionVisit, label: units.UnitLabel, shared: RegisteredSet | None, told: UnitList | None
) -> VisitTold:
    """Its own list, what it does not meet first."""
    findings = tuple(visit.findings.all())
    latest = {one.criterion_no: one for one in findings}
    items = checklist(visit.set or shared, visit.criteria)
    if told is not None:
        items = {
            no: replace(item, outcome=told.outcome(no), gaps=tuple(gap.text for gap in told.gaps.get(no, ())))
            for no, item in items.items()
        }
    wanted = tuple(items[no] for no in visit_lists.in_order(visit.criteria, told) if no in items)
    return VisitTold(visit, label, wanted, findings, latest)
