"""Tác động khi đổi bộ tiêu chí: who would gain or lose what, from the figures that were confirmed up to the day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from ntm.domain.assessment.impact import CriterionImpact, Effect, Impact, UnitImpact, impact
from ntm.domain.criteria.model import CriteriaSet, Criterion
from ntm.records.people.authority import Actor
from ntm.records.standing import facts, registry
from ntm.records.standing.models import Observation, RegisteredSet
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.models.observations import Stage, State
from ntm.records.standing.queries.area import positions
from ntm.records.standing.refusals import Refused
from ntm.records.units import queries as units

__all__ = ["CriterionCount", "ImpactReport", "UnitLine", "impact_of"]

_MOST_UNITS = 1200  # a province has six hundred communes at most; the country is asked province by province


@dataclass(frozen=True)
class UnitLine:
    """Một đơn vị chịu tác động."""

    label: units.UnitLabel
    impact: UnitImpact

    @property
    def gained(self) -> tuple[CriterionImpact, ...]:
        return self.impact.of(Effect.GAINED)

    @property
    def lost(self) -> tuple[CriterionImpact, ...]:
        return self.impact.of(Effect.LOST)

    @property
    def unknown(self) -> tuple[CriterionImpact, ...]:
        return self.impact.of(Effect.UNKNOWN)


@dataclass(frozen=True)
class CriterionCount:
    """Một tiêu chí: how many units would gain it, lose it, keep it, or cannot be told."""

    before: Criterion | None
    after: Criterion | None
    effects: Counter[Effect]


@dataclass(frozen=True)
class ImpactReport:
    """Tác động đối với một đơn vị hoặc một địa bàn."""

    unit: units.UnitLabel
    on: date
    impact: Impact
    lines: tuple[UnitLine, ...]
    criteria: tuple[CriterionCount, ...]
    without: int  # units of the area that have no confirmed figure under the first set
    elsewhere: tuple[tuple[str, int], ...]  # other sets under which they have some: (code, units)
    warnings: tuple[str, ...]  # what the data lack, plainly

    def title(self, effect: Effect) -> int:
        return len(self.impact.title(effect))


def impact_of(actor: Actor, before_code: str, after_code: str, unit_id: int, on: date) -> ImpactReport:
    """Ai được, ai mất gì. Denied outside what the office may see; Refused when the two sets cannot be held together."""
    actor.require("standing.read", unit_id, on=on)
    before, after = registry.by_code(before_code), registry.by_code(after_code)
    if before.level != after.level:
        raise Refused("Hai bộ dành cho hai cấp khác nhau nên không tính tác động được; chọn hai bộ cùng cấp.")
    one, other = registry.content(before), registry.content(after)
    label = units.label(unit_id, on)
    asked = list(
        positions(unit_id, label.level, before.level, on).order_by("unit_id").values_list("unit_id", flat=True)
    )
    if not asked:
        raise Refused(f"Ngày này {label.title} không có đơn vị nào thuộc cấp của hai bộ; chọn đơn vị khác.")
    if len(asked) > _MOST_UNITS:
        raise Refused(f"{label.title} có {len(asked)} đơn vị; chọn từng tỉnh hoặc từng huyện.")
    lines = facts.timelines(asked, before.pk, Basis.CONFIRMED, one)
    new = facts.timelines([unit for unit in lines if lines[unit].rows], after.pk, Basis.CONFIRMED, other)
    told = {str(unit): line.facts(on, facts.condition_codes(one)) for unit, line in lines.items() if line.rows}
    own = {str(unit): line.facts(on, facts.condition_codes(other)) for unit, line in new.items() if line.rows}
    worked = impact(one, other, told, on, new_facts=own, resolve=registry.resolve)
    words = units.labels([int(unit) for unit in told], on)
    return ImpactReport(
        unit=label,
        on=on,
        impact=worked,
        lines=tuple(sorted((UnitLine(words[int(u.unit)], u) for u in worked.units), key=_order)),
        criteria=_by_criterion(worked, one, other),
        without=len(asked) - len(told),
        elsewhere=_elsewhere([unit for unit in asked if str(unit) not in told], before),
        warnings=_warnings(one, other, worked),
    )


def _order(line: UnitLine) -> tuple[int, str]:
    """Those that lose most first."""
    return len(line.gained) - len(line.lost), line.label.full_title


def _by_criterion(worked: Impact, one: CriteriaSet, other: CriteriaSet) -> tuple[CriterionCount, ...]:
    counted: dict[tuple[int | None, int | None], Counter[Effect]] = {}
    for unit in worked.units:
        for each in unit.criteria:
            key = (each.before.no if each.before else None, each.after.no if each.after else None)
            counted.setdefault(key, Counter())[each.effect] += 1
    return tuple(
        CriterionCount(
            one.criterion(before) if before is not None else None,
            other.criterion(after) if after is not None else None,
            effects,
        )
        for (before, after), effects in counted.items()
    )


def _elsewhere(unit_ids: list[int], but: RegisteredSet) -> tuple[tuple[str, int], ...]:
    if not unit_ids:
        return ()
    rows = Observation.objects.filter(unit_id__in=unit_ids, state=State.ACCEPTED, stage__gte=Stage.VERIFIED)
    pairs = rows.exclude(set=but).filter(set__level=but.level).values_list("set__code", "unit_id").distinct()
    return tuple(sorted(Counter(code for code, _unit in pairs).items()))


def _warnings(one: CriteriaSet, other: CriteriaSet, worked: Impact) -> tuple[str, ...]:
    said = []
    for content in (one, other):
        if not content.complete:
            note = f" ({content.completeness_note})" if content.completeness_note else ""
            said.append(f"Dữ liệu của bộ {content.code} chưa đủ{note}: phần thiếu không kết luận được.")
    if worked.not_carried:
        said.append(
            f"{len(worked.not_carried)} chỉ tiêu của bộ {one.code} không so được với chỉ tiêu nào của bộ {other.code}: "
            f"{', '.join(worked.not_carried)}."
        )
    return tuple(said)
