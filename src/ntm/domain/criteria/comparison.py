"""So sánh hai bộ tiêu chí: what was added, removed, tightened, loosened or reworded, with the levels region by region."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ntm.domain.criteria.matching import Pair, match_criteria, match_indicators
from ntm.domain.criteria.model import Absent, Comparator, CriteriaSet, Criterion, Indicator, Threshold
from ntm.domain.criteria.names import plain_name

__all__ = ["Change", "CriterionChange", "Difference", "IndicatorChange", "LevelChange", "diff"]

Level = Threshold | Absent
_UPWARDS = (Comparator.GE, Comparator.GT)
_DOWNWARDS = (Comparator.LE, Comparator.LT)


class Change(StrEnum):
    """Thay đổi. MIXED: harder in some regions, easier in others. UNKNOWN: a level is missing on one side."""

    ADDED = "added"
    REMOVED = "removed"
    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    MIXED = "mixed"
    REWORDED = "reworded"
    UNCHANGED = "unchanged"
    UNKNOWN = "unknown"

    @property
    def vietnamese(self) -> str:
        return _VIETNAMESE[self]


_VIETNAMESE = {
    Change.ADDED: "thêm",
    Change.REMOVED: "bỏ",
    Change.TIGHTENED: "nâng mức",
    Change.LOOSENED: "hạ mức",
    Change.MIXED: "nâng ở vùng này, hạ ở vùng khác",
    Change.REWORDED: "đổi lời văn",
    Change.UNCHANGED: "giữ nguyên",
    Change.UNKNOWN: "chưa so được, thiếu mức",
}


@dataclass(frozen=True)
class LevelChange:
    """Mức của một vùng (None: mức chung) và một nhóm xã ở hai bộ."""

    region: str | None
    group: str | None
    before: Level
    after: Level
    change: Change


@dataclass(frozen=True)
class IndicatorChange:
    """Chỉ tiêu ở hai bộ. guess: paired by likeness of wording only; a person should look."""

    change: Change
    before: Indicator | None
    after: Indicator | None
    basis: str
    levels: tuple[LevelChange, ...] = ()
    reworded: bool = False

    @property
    def guess(self) -> bool:
        return self.basis == "guess"


@dataclass(frozen=True)
class CriterionChange:
    """Tiêu chí ở hai bộ."""

    change: Change
    before: Criterion | None
    after: Criterion | None


@dataclass(frozen=True)
class Difference:
    """Khác nhau giữa hai bộ, each read on its own day."""

    before: CriteriaSet
    after: CriteriaSet
    before_on: date
    after_on: date
    criteria: tuple[CriterionChange, ...]
    indicators: tuple[IndicatorChange, ...]

    def of(self, change: Change) -> tuple[IndicatorChange, ...]:
        return tuple(one for one in self.indicators if one.change is change)


def diff(
    before: CriteriaSet, after: CriteriaSet, before_on: date | None = None, after_on: date | None = None
) -> Difference:
    """So sánh: by default the last day of the first set against the first day of the second; where both are in force,
    the first day of both."""
    days = _days(before, after)
    first, second = before_on or days[0], after_on or days[1]
    pairs = match_indicators(before, after)
    criteria = tuple(
        CriterionChange(_criterion_change(one, other), one, other)
        for one, other in match_criteria(before, after, pairs)
    )
    regions, groups = _codes(before.regions, after.regions), _codes(before.groups, after.groups)
    places = [(region, group) for region in regions for group in groups]
    indicators = tuple(_alone(pair, before, after) or _compare(pair, places, first, second) for pair in pairs)
    return Difference(before, after, first, second, criteria, indicators)


def _codes(one: tuple[tuple[str, str], ...], other: tuple[tuple[str, str], ...]) -> list[str | None]:
    return [None, *dict.fromkeys(code for code, _ in (*one, *other))]


def _days(before: CriteriaSet, after: CriteriaSet) -> tuple[date, date]:
    first_start, second_start = before.start or date.min, after.start or date.min
    last = before.end - timedelta(1) if before.end else None
    if before.years and before.years[1] < 9999:
        period = date(before.years[1], 12, 31)
        last = min(last, period) if last else period
    if last is None or second_start <= last:
        both = max(first_start, second_start)
        return both, both
    return last, second_start


def _criterion_change(one: Criterion | None, other: Criterion | None) -> Change:
    if one is None or other is None:
        return Change.ADDED if one is None else Change.REMOVED
    return Change.UNCHANGED if plain_name(one.name) == plain_name(other.name) else Change.REWORDED


def _alone(pair: Pair, before: CriteriaSet, after: CriteriaSet) -> IndicatorChange | None:
    """Added or removed; unknown where the data of the other set are incomplete: it may be there."""
    if pair.before is None:
        change = Change.ADDED if before.complete or before.extends else Change.UNKNOWN
        return IndicatorChange(change, None, pair.after, pair.basis)
    if pair.after is None:
        change = Change.REMOVED if after.complete or after.extends else Change.UNKNOWN
        return IndicatorChange(change, pair.before, None, pair.basis)
    return None


def _compare(pair: Pair, places: list[tuple[str | None, str | None]], first: date, second: date) -> IndicatorChange:
    one, other = pair.before, pair.after
    assert one is not None and other is not None
    levels = tuple(
        LevelChange(region, group, *_levels(one, other, region, group, first, second)) for region, group in places
    )
    reworded = plain_name(one.text_at(first)) != plain_name(other.text_at(second)) or one.kind is not other.kind
    return IndicatorChange(
        _total([level.change for level in levels], reworded), one, other, pair.basis, levels, reworded
    )


def _levels(
    one: Indicator, other: Indicator, region: str | None, group: str | None, first: date, second: date
) -> tuple[Level, Level, Change]:
    before, after = one.level_at(first, region, group), other.level_at(second, region, group)
    return before, after, _direction(one, other, before, after)


def _direction(one: Indicator, other: Indicator, before: Level, after: Level) -> Change:
    if isinstance(before, Absent) or isinstance(after, Absent):
        return Change.UNCHANGED if before is after else Change.UNKNOWN
    if one.is_judged_in_words and other.is_judged_in_words:
        return Change.UNCHANGED if before.words == after.words else Change.REWORDED
    if one.kind is not other.kind or _measure(one) != _measure(other):
        return Change.REWORDED
    if before.value == after.value:
        return Change.UNCHANGED if one.comparator is other.comparator else Change.REWORDED
    higher = after.value > before.value
    if one.comparator in _DOWNWARDS and other.comparator in _DOWNWARDS:
        return Change.LOOSENED if higher else Change.TIGHTENED
    if one.comparator not in _DOWNWARDS and other.comparator not in _DOWNWARDS:
        return Change.TIGHTENED if higher else Change.LOOSENED
    return Change.REWORDED


def _measure(indicator: Indicator) -> str:
    """ "% (theo km)" is %, "triệu đồng/người/năm" is "triệu đồng/người"."""
    return (indicator.measure or "").partition(" (")[0].removesuffix("/năm")


def _total(changes: list[Change], reworded: bool) -> Change:
    tighter, looser = Change.TIGHTENED in changes, Change.LOOSENED in changes
    if tighter or looser:
        return Change.MIXED if tighter and looser else Change.TIGHTENED if tighter else Change.LOOSENED
    if Change.UNKNOWN in changes:
        return Change.UNKNOWN
    return Change.REWORDED if reworded or Change.REWORDED in changes else Change.UNCHANGED
