"""Mức áp dụng: what a set asks of a region and group on one day, worked out once and used for many units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, Inexact
from enum import StrEnum

from ntm.domain.criteria.model import (
    Absent,
    Check,
    CriteriaSet,
    Criterion,
    Indicator,
    Kind,
    Reference,
    Threshold,
)
from ntm.domain.official.numbers import write_number

__all__ = [
    "EXACT",
    "Applied",
    "AppliedCriterion",
    "Level",
    "Resolve",
    "Sheet",
    "Way",
    "catalogue_resolve",
    "find",
    "sheet",
]

Resolve = Callable[[str], CriteriaSet | None]

# Products of levels are exact, or an error; nothing is rounded on the quiet.
EXACT = Context(prec=60, traps=[Inexact])


class Way(StrEnum):
    """Cách xét một chỉ tiêu: from its kind and what is in force that day."""

    FIGURE = "figure"
    WORDS = "words"
    ALL = "all"
    ANY = "any"
    SHARE = "share"


@dataclass(frozen=True)
class Level:
    """Mức áp dụng hay lý do không có mức: `figure` is the Decimal to hold a figure against, None when there is none."""

    threshold: Threshold | Absent
    figure: Decimal | None
    why_absent: str  # "" when there is a figure
    reference: str
    basis: str  # "2581/QĐ-UBND, năm 2023"
    checked: bool


@dataclass(frozen=True)
class Applied:
    """Chỉ tiêu áp dụng: an indicator with its level and way of judging for one day, region and group."""

    indicator: Indicator
    way: Way
    level: Level
    parts: tuple[Applied, ...] = ()


@dataclass(frozen=True)
class AppliedCriterion:
    criterion: Criterion
    indicators: tuple[Applied, ...]


@dataclass(frozen=True)
class Sheet:
    """Bảng mức của một ngày: the criteria with the indicators in force that day, for one region and group."""

    criteria_set: CriteriaSet
    on: date
    region: str | None
    group: str | None
    criteria: tuple[AppliedCriterion, ...]


def catalogue_resolve(code: str) -> CriteriaSet | None:
    """Bộ tiêu chí đã nạp: looked up in the shipped catalogue, only when a set leans on another."""
    from ntm.domain.criteria import catalogue

    return catalogue().get(code)


def find(resolve: Resolve | None, code: str) -> CriteriaSet | None:
    """The set of that code, or None; an unknown code is no error here: the level is then unknown, and said so."""
    try:
        return (resolve or catalogue_resolve)(code)
    except KeyError:
        return None


def in_force(indicator: Indicator, on: date) -> bool:
    return (indicator.start is None or indicator.start <= on) and (indicator.end is None or on < indicator.end)


def sheet(
    criteria_set: CriteriaSet, on: date, region: str | None, group: str | None, resolve: Resolve | None = None
) -> Sheet:
    """Lập bảng mức: `region` is the one whose levels apply, after the special rules."""
    criteria = tuple(
        AppliedCriterion(
            criterion,
            tuple(_applied(one, on, region, group, resolve) for one in criterion.indicators if in_force(one, on)),
        )
        for criterion in criteria_set.criteria
    )
    return Sheet(criteria_set, on, region, group, criteria)


def _applied(indicator: Indicator, on: date, region: str | None, group: str | None, resolve: Resolve | None) -> Applied:
    parts = tuple(_applied(part, on, region, group, resolve) for part in indicator.parts if in_force(part, on))
    return Applied(indicator, _way(indicator, parts), _level(indicator, on, region, group, resolve), parts)


def _way(indicator: Indicator, parts: tuple[Applied, ...]) -> Way:
    if indicator.kind in (Kind.ALL_OF, Kind.ANY_OF):
        if not parts:
            return Way.WORDS
        return Way.ALL if indicator.kind is Kind.ALL_OF else Way.ANY
    if indicator.is_judged_in_words:
        return Way.WORDS
    return Way.SHARE if indicator.kind is Kind.TITLE_SHARE else Way.FIGURE


def _level(indicator: Indicator, on: date, region: str | None, group: str | None, resolve: Resolve | None) -> Level:
    level = indicator.level_at(on, region, group)
    why = ""
    if isinstance(level, Threshold) and indicator.kind is Kind.RATIO and indicator.relative_to:
        level, why = _relative(indicator, level, on, region, group, resolve)
    if isinstance(level, Absent):
        reference = indicator.reference
        why = why or _why_absent(indicator, level, on, region, group)
        return Level(level, None, why, _cite(reference, indicator), reference.instrument, indicator.check.verified)
    figure = level.value if isinstance(level.value, Decimal) else None
    if figure is None:
        why = "mức ghi bằng lời, không so sánh được với con số"
    elif indicator.comparator is None:
        figure, why = None, "chưa biết mức này là tối thiểu hay tối đa"
    return Level(level, figure, why, _cite(level.reference, indicator), _basis(level, on), level.check.verified)


def _relative(
    indicator: Indicator, ratio: Threshold, on: date, region: str | None, group: str | None, resolve: Resolve | None
) -> tuple[Threshold | Absent, str]:
    """Mức bằng tỷ lệ nhân với mức của bộ khác, ngày ấy, vùng ấy; exact."""
    set_code, code = indicator.relative_to or ("", "")
    other = find(resolve, set_code)
    if other is None:
        return Absent.MISSING, f"chưa nạp bộ tiêu chí {set_code} mà mức này dựa vào"
    if not other.in_force(on):
        return Absent.NOT_IN_FORCE, f"bộ tiêu chí {set_code} mà mức này dựa vào không có hiệu lực ngày {on:%d/%m/%Y}"
    try:
        base = other.indicator(code).level_at(on, region, group)
    except KeyError:
        return Absent.MISSING, f"bộ tiêu chí {set_code} không có chỉ tiêu {code} mà mức này dựa vào"
    if isinstance(base, Absent):
        why = _why_absent(other.indicator(code), base, on, region, group)
        return base, f"chưa có mức của chỉ tiêu {code} bộ {set_code} mà mức này dựa vào ({why})"
    if not isinstance(base.value, Decimal) or not isinstance(ratio.value, Decimal):
        return Absent.MISSING, f"mức của chỉ tiêu {code} bộ {set_code} ghi bằng lời, không nhân được"
    locator = (
        f"{ratio.reference.locator or f'chỉ tiêu {indicator.code}'}: {write_number(ratio.value)} × "
        f"{write_number(base.value)} ({base.reference.instrument})"
    )
    check = Check(ratio.check.verified and base.check.verified, ratio.check.source, ratio.check.checked_on)
    return Threshold(
        value=EXACT.multiply(ratio.value, base.value),
        reference=Reference(ratio.reference.instrument, locator),
        check=check,
        region=base.region,
        group=base.group,
        start=base.start,
        end=base.end,
    ), ""


def _why_absent(indicator: Indicator, absent: Absent, on: date, region: str | None, group: str | None) -> str:
    if absent is Absent.NOT_IN_FORCE:
        return f"không có mức nào có hiệu lực ngày {on:%d/%m/%Y}"
    current = [t for t in indicator.thresholds if (t.start is None or t.start <= on) and (t.end is None or on < t.end)]
    if region is None and any(level.region for level in current):
        return "mức quy định theo vùng, chưa ghi vùng của đơn vị"
    if group is None and any(level.group for level in current):
        return "mức quy định theo nhóm xã, chưa ghi nhóm của đơn vị"
    if absent is Absent.DELEGATED:
        return f"mức giao cho cấp khác quy định ({indicator.delegated_to}), chưa nạp quy định đó"
    where = f" của vùng {region}" if region and (current or region in indicator.missing_regions) else ""
    return f"chưa có mức{where} trong dữ liệu của {indicator.reference.instrument}"


def _cite(reference: Reference, indicator: Indicator) -> str:
    return f"{reference.instrument}, {reference.locator or f'chỉ tiêu {indicator.code}'}"


def _basis(level: Threshold, on: date) -> str:
    """Văn bản và năm: a level that begins on 1 January is a year's; another beginning is named by its day."""
    if level.start is None:
        return level.reference.instrument
    if (level.start.month, level.start.day) == (1, 1):
        return f"{level.reference.instrument}, năm {on.year}"
    return f"{level.reference.instrument}, từ {level.start:%d/%m/%Y}"
