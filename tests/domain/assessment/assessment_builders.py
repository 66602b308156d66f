"""Small criteria sets for tests: a test shows only what matters to it. Numbers here are nobody's law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ntm.domain.assessment import Fact, Facts
from ntm.domain.criteria.model import (
    Check,
    Comparator,
    CriteriaSet,
    Criterion,
    Indicator,
    Kind,
    Reference,
    Threshold,
    TitleCondition,
    TitleRule,
)

DAY = date(2023, 12, 31)
CHECKED = Check(verified=True, source="văn bản của bài kiểm thử", checked_on=date(2023, 1, 1))
UNCHECKED = Check(verified=False)
DECISION = Reference("01/QĐ-THU")


def level(value: str | bool, **where: Any) -> Threshold:
    """Một mức: level("68", region="dbsh", start=date(2023, 1, 1))."""
    reference = Reference(where.pop("instrument", DECISION.instrument), where.pop("locator", None))
    check = where.pop("check", CHECKED)
    return Threshold(value if isinstance(value, bool) else Decimal(value), reference, check, **where)


def indicator(code: str, kind: Kind = Kind.NUMBER, *levels: Threshold | str | bool, **more: Any) -> Indicator:
    """Một chỉ tiêu: indicator("10", Kind.NUMBER, "68", comparator=Comparator.GE, measure="triệu đồng/người/năm")."""
    thresholds = tuple(one if isinstance(one, Threshold) else level(one) for one in levels)
    judged_in_words = kind in (Kind.YES_NO, Kind.QUALITATIVE, Kind.ALL_OF, Kind.ANY_OF)
    values: dict[str, Any] = {
        "text": f"Nội dung {code}",
        "comparator": None if judged_in_words else Comparator.GE,
        "measure": "%" if kind in (Kind.PERCENT, Kind.TITLE_SHARE) else None,
        "reference": DECISION,
        "check": CHECKED,
    }
    return Indicator(code=code, kind=kind, thresholds=thresholds, **(values | more))


def criterion(no: int, *indicators: Indicator, rule: str = "all") -> Criterion:
    return Criterion(no, f"Tiêu chí {no}", indicators, CHECKED, rule)


def condition(code: str, kind: Kind = Kind.YES_NO, value: Any = True, **more: Any) -> TitleCondition:
    comparator = more.pop("comparator", None if kind is Kind.YES_NO else Comparator.GE)
    more.setdefault("measure", "%" if kind is Kind.PERCENT else None)
    return TitleCondition(code, f"Điều kiện {code}", kind, comparator, value, reference=DECISION, check=CHECKED, **more)


def criteria_set(*criteria: Criterion, **more: Any) -> CriteriaSet:
    values: dict[str, Any] = {
        "code": "bo-thu",
        "name": "Bộ tiêu chí dùng để kiểm thử",
        "level": "xa",
        "title": "Xã thử",
        "title_kind": "ntm",
        "decision": DECISION,
        "decision_issuer": "Cơ quan thử",
        "decision_date": date(2022, 1, 1),
        "decision_check": CHECKED,
        "start": date(2022, 1, 1),
        "end": date(2026, 1, 1),
        "title_rule": TitleRule(),
        "hash": "0" * 64,
    }
    return CriteriaSet(criteria=criteria, **(values | more))


def one_indicator_set(one: Indicator, **more: Any) -> CriteriaSet:
    """A set whose only criterion has this only indicator."""
    return criteria_set(criterion(1, one), **more)


def facts(values: Mapping[str, Fact | str] | None = None, **more: Any) -> Facts:
    """Số liệu: figures may be written as text ("59.58")."""
    told = {code: Decimal(fact) if isinstance(fact, str) else fact for code, fact in (values or {}).items()}
    return Facts(more.pop("unit", "Xã Thử"), values=told, **more)
