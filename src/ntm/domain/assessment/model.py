"""Kết quả đánh giá: facts in, outcomes with their reasons out. Frozen values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum

from ntm.domain.criteria.model import Absent, CriteriaSet, Threshold

__all__ = [
    "Assessment",
    "ConditionResult",
    "CriterionResult",
    "Fact",
    "Facts",
    "IndicatorResult",
    "NotInForce",
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
        return _VIETNAMESE[self.value]


_VIETNAMESE = {"met": "đạt", "not_met": "chưa đạt", "no_data": "chưa có số liệu", "not_considered": "không xét"}


class Nothing(Enum):
    """Các kiểu "không có": different from zero and from each other by type."""

    NO_DATA = "no_data"
    NOT_CONSIDERED = "not_considered"


class NotInForce(ValueError):
    """Bộ tiêu chí không có hiệu lực ngày đó: the question cannot be asked of that day. The message says which days."""

    def __init__(self, criteria_set: CriteriaSet, on: date) -> None:
        self.set_code, self.on = criteria_set.code, on
        days = [f"từ ngày {criteria_set.start:%d/%m/%Y}"] if criteria_set.start else []
        days += [f"đến trước ngày {criteria_set.end:%d/%m/%Y}"] if criteria_set.end else []
        super().__init__(
            f"Bộ tiêu chí {criteria_set.code} ({criteria_set.decision.instrument}) không có hiệu lực "
            f"ngày {on:%d/%m/%Y}; bộ này áp dụng {' '.join(days)}. Chọn ngày khác hoặc bộ tiêu chí của ngày đó."
        )


# A figure, a yes/no, or one of the kinds of nothing. Never float.
Fact = Decimal | bool | Nothing


def criterion_fact(no: int) -> str:
    """Mã số liệu của kết luận theo tiêu chí: "TC10". Used where an office states that a criterion is met without
    giving the figures of its indicators (a plan's list, an old decision)."""
    return f"TC{no}"


@dataclass(frozen=True)
class Facts:
    """Số liệu của một đơn vị: by indicator code; parts of an all-of/any-of by their own code; `TC<no>` as stated.

    lower_titles: set code -> (lower units that hold the title, lower units considered), for shares.
    conditions: code of a title condition -> fact (satisfaction in %, no_debt yes/no, points in all, ...).
    titles: set codes of titles that the unit itself holds on the day; None: nobody said, which is not "none".
    not_considered_reasons: indicator code -> reason typed by the office.
    """

    unit: str
    region: str | None = None
    group: str | None = None
    statuses: frozenset[str] = frozenset()
    values: Mapping[str, Fact] = field(default_factory=dict)
    lower_titles: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    conditions: Mapping[str, Fact] = field(default_factory=dict)
    titles: frozenset[str] | None = None
    not_considered_reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class IndicatorResult:
    """Kết quả một chỉ tiêu, có lý do: threshold is the level applied or why there is none; None: judged by parts."""

    code: str
    outcome: Outcome
    value: Fact
    threshold: Threshold | Absent | None
    explanation: str  # "59,58 < 68 triệu đồng/người/năm (2581/QĐ-UBND, năm 2023): chưa đạt"
    reference: str | None  # "2581/QĐ-UBND, chỉ tiêu 10"
    checked: bool  # False: rests on a value nobody has checked against the law
    gap: Decimal | None = None  # value - level, in the measure (negative: below the level); None when not a figure
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
