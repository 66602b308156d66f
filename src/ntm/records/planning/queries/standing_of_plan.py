"""Hiện trạng của địa bàn kế hoạch: all that targets and cells are measured against, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Q

from ntm.domain.criteria.model import CriteriaSet
from ntm.records.planning.models import CriterionCell, Plan, PlanTarget, PlanVersion, TargetShare
from ntm.records.planning.queries import days
from ntm.records.standing import registry
from ntm.records.standing.models import CriterionStanding, Observation, TitleHeld
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.standing.models.observations import FactKind, Stage, State
from ntm.records.standing.queries import area
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["Held", "PlanFacts", "Seen", "gather"]

_MET, _NOT_MET = OutcomeCode.MET, OutcomeCode.NOT_MET


@dataclass(frozen=True, slots=True)
class Span:
    """Một khoảng của một tiêu chí của một đơn vị."""

    unit: int
    no: int
    start: date
    end: date | None
    outcome: int
    assumed: bool

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Held:
    """Một danh hiệu của một đơn vị."""

    unit: int
    level: str
    kind: str
    year: int
    start: date
    end: date | None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Seen:
    """Một số liệu có ngày."""

    on: date
    value: Decimal
    assumed: bool


@dataclass
class PlanFacts:
    """Kế hoạch và hiện trạng vào một ngày. `since`: the day its gains are counted from; `ids`: the units that count."""

    plan: Plan
    version: PlanVersion
    on: date
    basis: Basis
    since: date
    content: CriteriaSet | None
    ids: list[int]
    labels: dict[int, UnitLabel]
    targets: list[PlanTarget]
    shares: dict[int, list[TargetShare]]
    cells: list[CriterionCell]
    spans: list[Span]
    titles: list[Held]
    figures: dict[tuple[int, str], list[Seen]] = field(default_factory=dict)

    @property
    def own(self) -> UnitLabel:
        return self.labels[self.plan.unit_id]

    @property
    def alone(self) -> bool:
        """A plan of one unit of the set's own level: a commune's."""
        return self.content is None or self.own.level == self.content.level

    def name(self, unit_id: int) -> str:
        return self.labels[unit_id].name if unit_id in self.labels else "?"

    @cached_property
    def _by_unit(self) -> dict[int, list[Span]]:
        found: dict[int, list[Span]] = defaultdict(list)
        for span in self.spans:
            found[span.unit].append(span)
        return found

    @cached_property
    def _at(self) -> dict[date, dict[int, dict[int, int]]]:
        return {}

    def outcomes(self, day: date) -> dict[int, dict[int, int]]:
        """unit -> criterion -> outcome on that day; units of which nothing stands are not there."""
        if day not in self._at:
            found: dict[int, dict[int, int]] = {}
            for span in self.spans:
                if span.covers(day):
                    found.setdefault(span.unit, {})[span.no] = span.outcome
            self._at[day] = {u: o for u, o in found.items() if any(v != OutcomeCode.NO_DATA for v in o.values())}
        return self._at[day]

    def met(self, unit: int, day: date) -> int | None:
        """How many criteria the unit met that day; None where nothing is known of it."""
        known = self.outcomes(day).get(unit)
        return None if known is None else sum(outcome == _MET for outcome in known.values())

    @cached_property
    def assumed(self) -> set[int]:
        """Units of which something on the day rests on an assumed figure."""
        return {span.unit for span in self.spans if span.assumed and span.covers(self.on)}

    @cached_property
    def days(self) -> list[date]:
        """The days from the start to now on which something began to stand, with as many units known as now."""
        known = len(self.outcomes(self.on))
        days = {span.start for span in self.spans if self.since <= span.start <= self.on} | {self.since}
        return [day for day in sorted(days) if len(self.outcomes(day)) == known] if known else []


def gather(
    plan_id: int, on: date, basis: Basis = Basis.CONFIRMED, no: int | None = None, codes: frozenset[str] = frozenset()
) -> PlanFacts:
    """Gom số liệu của một kế hoạch vào ngày đó. `no`: the version; without it the one in force that day, else the draft.

    `codes`: indicators whose figures are wanted (those of the targets are added)."""
    plan = Plan.objects.select_related("set").get(pk=plan_id)
    version = _version(plan, no, on)
    targets = list(plan.targets.in_version(version.no).order_by("order", "pk"))
    cells = list(plan.cells.in_version(version.no).order_by("unit_id", "criterion_no", "pk"))
    shares: dict[int, list[TargetShare]] = defaultdict(list)
    for share in TargetShare.objects.in_version(version.no).filter(target__plan=plan).order_by("order", "pk"):
        shares[share.target_id].append(share)
    content = registry.content(plan.set) if plan.set is not None else None
    ids = _ids(plan, content, on)
    since, spans = _spans(plan, ids, on, basis)
    titles = _titles(plan, on)
    named = (
        {c.unit_id for c in cells} | {s.unit_id for rows in shares.values() for s in rows} | {t.unit for t in titles}
    )
    facts = PlanFacts(
        plan, version, on, basis, since, content, ids, units.labels({plan.unit_id, *ids, *named}, on), targets,
        dict(shares), cells, spans, titles,
    )  # fmt: skip
    wanted = codes | {t.indicator_code for t in targets if t.indicator_code}
    facts.figures = _figures(facts, wanted)
    return facts


def _version(plan: Plan, no: int | None, on: date) -> PlanVersion:
    if no is not None:
        return plan.versions.get(no=no)
    rows = list(plan.versions.order_by("no"))
    return days.newest(rows, plan.on, on) or rows[0]


def _ids(plan: Plan, content: CriteriaSet | None, on: date) -> list[int]:
    if content is None or content.level == plan.level:
        return [plan.unit_id]
    places = area.positions(plan.unit_id, plan.level, content.level, on)
    return list(places.order_by("unit_id").values_list("unit_id", flat=True))


def _spans(plan: Plan, ids: list[int], on: date, basis: Basis) -> tuple[date, list[Span]]:
    """Every interval from the plan's start on; the start is last year's end, or the day of issue where nothing stood yet."""
    last_year = date(plan.year - 1, 12, 31)
    if plan.set_id is None:
        return min(last_year, on), []
    rows = CriterionStanding.objects.filter(
        Q(end__isnull=True) | Q(end__gt=last_year), set_id=plan.set_id, basis=basis, start__lte=on
    )
    places = area.positions(plan.unit_id, plan.level, plan.set.level, on)
    rows = rows.filter(unit_id__in=places.values("unit_id")) if len(ids) != 1 else rows.filter(unit_id=ids[0])
    wanted = set(ids)
    spans = [
        Span(*row)
        for row in rows.values_list("unit_id", "no", "start", "end", "outcome", "assumed")
        if row[0] in wanted
    ]
    known = [s.start for s in spans if s.outcome != OutcomeCode.NO_DATA]
    if any(start <= last_year for start in known):
        return min(last_year, on), spans
    begun = plan.on if plan.on <= on else on
    return (min(begun, on) if any(start <= begun for start in known) else min(last_year, on)), spans


def _titles(plan: Plan, on: date) -> list[Held]:
    """Titles of the plan's unit and of all below it, decided by the day; revoked ones too."""
    inside = units.positions_within(plan.unit_id, on).values("unit_id")
    rows = TitleHeld.objects.filter(Q(unit_id=plan.unit_id) | Q(unit_id__in=inside), start__lte=on)
    return [
        Held(*row)
        for row in rows.order_by("start", "unit_id").values_list(
            "unit_id", "level", "title_kind", "year", "start", "end"
        )
    ]


def _figures(facts: PlanFacts, codes: set[str] | frozenset[str]) -> dict[tuple[int, str], list[Seen]]:
    """(unit, indicator) -> dated figures up to the day, a later stage of the same day in place of the earlier."""
    if not codes or facts.plan.set_id is None:
        return {}
    rows = Observation.objects.filter(
        set_id=facts.plan.set_id,
        unit_id__in=[facts.plan.unit_id, *facts.ids],
        code__in=sorted(codes),
        kind=FactKind.FIGURE,
        as_of__lte=facts.on,
        state__in=(State.SENT, State.ACCEPTED),
    )
    if facts.basis == Basis.CONFIRMED:
        rows = rows.filter(stage__gte=Stage.VERIFIED, state=State.ACCEPTED)
    latest: dict[tuple[int, str], dict[date, Seen]] = defaultdict(dict)
    for one in rows.order_by("as_of", "stage", "pk").only("unit_id", "code", "as_of", "scaled", "assumed", "kind"):
        if one.value is not None:
            latest[one.unit_id, one.code][one.as_of] = Seen(one.as_of, one.value, one.assumed)
    return {key: list(days.values()) for key, days in latest.items()}
