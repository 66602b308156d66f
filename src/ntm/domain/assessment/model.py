"""Kết quả đánh giá: facts in, outcomes with their reasons out. Frozen values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum

from ntm.domain.criteria.model import Absent, Threshold

__all__ = [
    "Assessment",
    "ConditionResult",
    "CriterionResult",
    "Fact",
    "Facts",
    "IndicatorResult",
    "Nothing",
    "Outcome",
    "TitleResult",
    "criterion_fact",
]


class Outcome(StrEnum):
    """Kết quả: đạt / chưa đạt / chưa có số liệu / không xét."""

    MET = "met"
    NOT_MET = "not_met"
    NO_DATA = "no_data"
    NOT_CONSIDERED = "not_considered"

    @property
    def vietnamese(self) -> str:
        return {"met": "đạt", "not_met": "chưa đạt", "no_data": "chưa có số liệu", "not_considered": "không xét"}[
            self.value
        ]


class Nothing(Enum):
    """Các kiểu "không có": different from zero and from each other by type."""

    NO_DATA = "no_data"
    NOT_CONSIDERED = "not_considered"


# A figure, a yes/no, or one of the kinds of nothing. Never float.
Fact = Decimal | bool | Nothing


def criterion_fact(no: int) -> str:
    """Mã số liệu của kết luận theo tiêu chí: "TC10". Used where an office states that a criterion is met without
    giving the figures of its indicators (a plan's list, an old decision)."""
    return f"TC{no}"


@dataclass(frozen=True)
class Facts:
    """Số liệu của một đơn vị: by indicator code; parts of an all-of/any-of by their own code; `TC<no>` stated conclusions.

    lower_titles: set code -> (lower units that hold the title, lower units considered), for shares.
    conditions: code of a title condition -> fact (satisfaction in %, no_debt yes/no, ...).
    titles: set codes of titles that the unit itself holds on the day.
    not_considered_reasons: indicator code -> reason typed by the office.
    """

    unit: str
    region: str | None = None
    group: str | None = None
    statuses: frozenset[str] = frozenset()
    values: Mapping[str, Fact] = field(default_factory=dict)
    lower_titles: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    conditions: Mapping[str, Fact] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
    not_considered_reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class IndicatorResult:
    """Kết quả một chỉ tiêu, có lý do: threshold is the level applied, or why there is none."""

    code: str
    outcome: Outcome
    value: Fact
    threshold: Threshold | Absent | None
    explanation: str  # "59,58 < 68 triệu đồng/người/năm (2581/QĐ-UBND, năm 2023): chưa đạt"
    reference: str | None  # "2581/QĐ-UBND, chỉ tiêu 10"
    checked: bool  # False: rests on a value nobody has checked against the law
    gap: Decimal | None = None  # how far from the level, in the measure; None when not a figure
    parts: tuple[IndicatorResult, ...] = ()


@dataclass(frozen=True)
class CriterionResult:
    no: int
    name: str
    outcome: Outcome
    explanation: str
    indicators: tuple[IndicatorResult, ...]
    stated: bool = False  # rests on a stated conclusion, not on figures
    contradiction: str | None = None  # stated conclusion against computed one


@dataclass(frozen=True)
class ConditionResult:
    code: str
    outcome: Outcome
    explanation: str
    checked: bool


@dataclass(frozen=True)
class TitleResult:
    """Danh hiệu: met / not met / no data, with what stands in the way, separate from the criteria."""

    outcome: Outcome
    explanation: str
    conditions: tuple[ConditionResult, ...]
    points: Decimal | None = None


@dataclass(frozen=True)
class Assessment:
    """Đánh giá mức độ đạt chuẩn của một đơn vị theo một bộ tiêu chí vào một ngày; the counts are of criteria."""

    unit: str
    set_code: str
    set_hash: str
    on: date
    met: int
    not_met: int
    no_data: int
    not_considered: int
    title: TitleResult
    criteria: tuple[CriterionResult, ...]
