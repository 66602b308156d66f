"""Bộ tiêu chí: the shape of a criteria set. Frozen values; every level knows its source and whether it was checked.

A set is loaded once (see `loader`), never changed, and known by the hash of its canonical content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

__all__ = [
    "Absent",
    "Check",
    "Comparator",
    "CriteriaSet",
    "Criterion",
    "Force",
    "Indicator",
    "Kind",
    "Reference",
    "Scoring",
    "SpecialRule",
    "Threshold",
    "TitleCondition",
    "TitleRule",
    "Wording",
]


class Kind(StrEnum):
    """Loại chỉ tiêu: the closed list of what an indicator's figure is."""

    NUMBER = "number"
    PERCENT = "percent"
    YES_NO = "yes_no"
    QUALITATIVE = "qualitative"  # the level is words of the province; the fact is đạt / chưa đạt
    ALL_OF = "all_of"
    ANY_OF = "any_of"
    RATIO = "ratio"  # against a level of another set on the same day, see Indicator.relative_to
    TITLE_SHARE = "title_share"  # share (%) of lower units that hold a title, see Indicator.of_title
    POINTS = "points"


class Comparator(StrEnum):
    GE = ">="
    GT = ">"
    LE = "<="
    LT = "<"
    EQ = "="


class Absent(StrEnum):
    """Vì sao không có mức: why there is no level here on this day. Never the same thing as zero."""

    NOT_IN_FORCE = "not_in_force"  # chưa/không còn hiệu lực ngày này
    MISSING = "missing"  # có mức trong quyết định, dữ liệu chưa có (threshold_missing, missing_regions)
    DELEGATED = "delegated"  # trung ương giao cấp tỉnh quy định, bộ của tỉnh chưa nạp


class Force(StrEnum):
    """Hiệu lực: in force on a day. An unknown end is not "still in force"."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reference:
    """Dẫn chiếu: instrument and locator."""

    instrument: str  # "318/QĐ-TTg"
    locator: str | None = None  # "Phụ lục I, chỉ tiêu 10"


@dataclass(frozen=True, slots=True)
class Check:
    """Tình trạng đối chiếu: whether somebody compared this value with the text of the law.

    verified: a stored source that was read states it. `source` says which; False means FROM MEMORY or unchecked.
    """

    verified: bool
    source: str | None = None
    checked_on: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """Mức đạt chuẩn: one level, for a region and/or commune group, in a half-open interval of days.

    value: Decimal in the indicator's measure; True for a yes/no: what is typed is always whether the level's words hold
    (đạt / chưa đạt). words: those words where they are not plainly "Đạt": "Không" (nhà tạm), "Khá", "Mức độ 3".
    start None: from the set's first day; end None: to its last.
    """

    value: Decimal | bool
    reference: Reference
    check: Check
    region: str | None = None
    group: str | None = None
    start: date | None = None
    end: date | None = None
    words: str | None = None
    provincial: bool = False  # set by a provincial set, not taken over from the national one


@dataclass(frozen=True, slots=True)
class Wording:
    """Lời văn sửa đổi: what an amending instrument made of the wording, from a day on."""

    text: str
    start: date
    reference: Reference
    check: Check


@dataclass(frozen=True)
class Indicator:
    """Chỉ tiêu / nội dung tiêu chí: what is measured and what is asked."""

    code: str
    text: str
    kind: Kind
    comparator: Comparator | None
    measure: str | None
    thresholds: tuple[Threshold, ...]
    reference: Reference
    check: Check  # of the wording
    threshold_missing: bool = False
    missing_regions: frozenset[str] = frozenset()
    delegated_to: str | None = None
    parts: tuple[Indicator, ...] = ()  # ALL_OF / ANY_OF: the sub-contents; RATIO may have none
    relative_to: tuple[str, str] | None = None  # (set code, indicator code); the threshold is the ratio to its level
    of_title: str | None = None  # TITLE_SHARE: set code whose title lower units must hold
    of_level: str | None = None  # TITLE_SHARE: level of the lower units
    not_considered_when: str | None = None  # words of the decision: "xã không có chợ"
    evidence: tuple[str, ...] = ()  # minh chứng phải có
    max_points: Decimal | None = None
    sex_disaggregated: bool = False
    start: date | None = None
    end: date | None = None
    note: str | None = None
    not_considered_check: Check | None = None  # of not_considered_when
    amendments: tuple[Wording, ...] = ()  # later wordings, oldest first
    provincial: bool = False  # added or changed by a provincial set

    def text_at(self, on: date) -> str:
        """Lời văn áp dụng ngày đó: the wording after the amendments that had taken force."""
        in_force = [wording for wording in self.amendments if wording.start <= on]
        return max(in_force, key=lambda wording: wording.start).text if in_force else self.text

    @property
    def is_judged_in_words(self) -> bool:
        """Đạt / chưa đạt is typed, not a figure."""
        return self.kind in (Kind.YES_NO, Kind.QUALITATIVE)

    def level_at(self, on: date, region: str | None = None, group: str | None = None) -> Threshold | Absent:
        """Mức đạt chuẩn áp dụng: the most specific level in force on that day for that region and group.

        A region in `missing_regions` never falls back on the common level.
        """
        if (self.start and on < self.start) or (self.end and on >= self.end):
            return Absent.NOT_IN_FORCE
        in_force = [t for t in self.thresholds if (t.start is None or t.start <= on) and (t.end is None or on < t.end)]
        best: Threshold | None = None
        best_rank = -1
        for level in in_force:
            if level.region not in (None, region) or level.group not in (None, group):
                continue
            if level.region is None and region is not None and region in self.missing_regions:
                continue
            rank = 2 * (level.region is not None) + (level.group is not None)
            if rank > best_rank or (
                rank == best_rank and best is not None and (level.start or date.min) > (best.start or date.min)
            ):
                best, best_rank = level, rank
        if best is not None:
            return best
        if self.threshold_missing or (region is not None and region in self.missing_regions):
            return Absent.MISSING
        if self.delegated_to:
            return Absent.DELEGATED
        if self.thresholds and not in_force:
            return Absent.NOT_IN_FORCE
        return Absent.MISSING


@dataclass(frozen=True)
class Criterion:
    """Tiêu chí: a numbered criterion and its indicators."""

    no: int
    name: str
    indicators: tuple[Indicator, ...]
    check: Check
    rule: str = "all"  # "all": every considered indicator; "any": one is enough; "at_least:N"
    note: str | None = None
    provincial: bool = False  # added or renamed by a provincial set


@dataclass(frozen=True, slots=True)
class TitleCondition:
    """Điều kiện công nhận ngoài tiêu chí: satisfaction, no construction debt, security, previous title."""

    code: str  # "satisfaction" | "no_debt" | "security" | "previous_title" | "points" | a code of the decision
    text: str
    kind: Kind
    comparator: Comparator | None
    value: Decimal | bool | str | None  # str: the set code of the title that must be held; None: level not in the data
    measure: str | None
    reference: Reference
    check: Check
    of_title: str | None = None  # TITLE_SHARE: set code whose title lower units must hold
    of_level: str | None = None  # TITLE_SHARE: level of the lower units
    note: str | None = None


@dataclass(frozen=True)
class TitleRule:
    """Quy tắc danh hiệu: all criteria (or so many, or so many points) and the other conditions."""

    criteria: str = "all"  # "all" | "at_least:N"
    conditions: tuple[TitleCondition, ...] = ()
    points_required: Decimal | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Scoring:
    """Chấm điểm: provinces that score, e.g. 99/100 points."""

    total: Decimal
    required: Decimal
    reference: Reference
    check: Check


@dataclass(frozen=True, slots=True)
class SpecialRule:
    """Quy định riêng: units with a special status use the level of a given region."""

    statuses: frozenset[str]  # {"dac_biet_kho_khan", "an_toan_khu"}
    region: str  # "tdmn_phia_bac"
    text: str
    reference: Reference
    check: Check


@dataclass(frozen=True)
class CriteriaSet:
    """Bộ tiêu chí: a decision's criteria for a level and a title, in force from one day to another (half-open)."""

    code: str
    name: str
    level: str  # "tinh" | "huyen" | "xa" | "thon"
    title: str  # "Xã đạt chuẩn nông thôn mới nâng cao"
    title_kind: str  # "ntm" | "nang_cao" | "kieu_mau" | "hien_dai" | "hoan_thanh" | "kdc_kieu_mau" ...
    decision: Reference
    decision_issuer: str
    decision_date: date | None
    decision_check: Check
    start: date | None
    end: date | None
    criteria: tuple[Criterion, ...]
    title_rule: TitleRule
    regions: tuple[tuple[str, str], ...] = ()  # (code, Vietnamese name)
    groups: tuple[tuple[str, str], ...] = ()
    special_rules: tuple[SpecialRule, ...] = ()
    extends: str | None = None  # code of the national set
    province: str | None = None  # GSO code of the province, for a provincial set
    scoring: Scoring | None = None
    complete: bool = True  # False: the indicators are known to be incomplete in this data
    completeness_note: str | None = None
    stated_totals: tuple[int | None, int | None] = (
        None,
        None,
    )  # criteria, indicators, as the decision or a source says
    hash: str = ""  # sha256 of the canonical content, set by the loader
    notes: tuple[str, ...] = field(default=())
    start_basis: str = "stated"  # "stated": the instrument or a source says so; "derived": ours, see start_note
    end_basis: str = "unknown"  # "stated" | "derived" | "unknown" (end is None: nobody knows, not "still in force")
    start_note: str | None = None
    end_note: str | None = None
    years: tuple[int, int] | None = None  # giai đoạn in the name: (2021, 2025)
    totals_source: str | None = None

    def criterion(self, no: int) -> Criterion:
        """KeyError when the set has no criterion of that number."""
        return self._criteria_by_no[no]

    def indicator(self, code: str) -> Indicator:
        """KeyError when the set has no indicator of that code."""
        return self._indicators_by_code[code][1]

    def criterion_of(self, indicator_code: str) -> Criterion:
        return self._indicators_by_code[indicator_code][0]

    def indicators(self) -> Iterator[tuple[Criterion, Indicator]]:
        for criterion in self.criteria:
            for indicator in criterion.indicators:
                yield criterion, indicator

    def in_force(self, on: date) -> bool:
        """Not known to be out of force. Ask `force` where unknown matters."""
        return self.force(on) is not Force.NO

    def force(self, on: date) -> Force:
        """Hiệu lực ngày đó. Without a known end: UNKNOWN past the last year in the name, and UNKNOWN always for a set
        that names no years and whose first day nobody states."""
        if (self.start and on < self.start) or (self.end and on >= self.end):
            return Force.NO
        if self.end is not None:
            return Force.YES
        lasting = on.year <= self.years[1] if self.years else self.start_basis == "stated"
        return Force.YES if lasting else Force.UNKNOWN

    def level_region(self, region: str | None, statuses: frozenset[str] = frozenset()) -> str | None:
        """Vùng áp dụng mức: the region whose levels apply, after the special rules (extremely difficult communes)."""
        for rule in self.special_rules:
            if rule.statuses & statuses:
                return rule.region
        return region

    @cached_property
    def _criteria_by_no(self) -> dict[int, Criterion]:
        return {criterion.no: criterion for criterion in self.criteria}

    @cached_property
    def _indicators_by_code(self) -> dict[str, tuple[Criterion, Indicator]]:
        """Indicators and, under their own codes, the parts of those that have parts."""
        found: dict[str, tuple[Criterion, Indicator]] = {}
        for criterion, indicator in self.indicators():
            waiting = [indicator]
            while waiting:
                one = waiting.pop()
                found[one.code] = (criterion, one)
                waiting.extend(one.parts)
        return found
