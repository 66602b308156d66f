"""Mang số liệu khi sắp xếp đơn vị: what of the former units' figures may stand for the unit formed of them.

A closed list of named rules; each figure is carried by one rule the office chose, or by none, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from enum import StrEnum
from fractions import Fraction

from ntm.domain.assessment.model import Fact, Nothing
from ntm.domain.criteria.model import Comparator, Indicator, Kind
from ntm.domain.official.numbers import write_number

__all__ = ["COUNTED", "Merged", "Rule", "Share", "merged", "merged_criterion", "weighted"]

COUNTED = frozenset(
    {
        "mô hình", "sản phẩm", "hợp tác xã", "tổ hợp tác", "doanh nghiệp", "trang trại", "người", "lao động", "hộ",
        "nhà", "công trình", "trường", "chợ", "thôn", "bản", "km", "ha", "m2",
    }
)  # fmt: skip
_PLACES = Decimal("0.000001")  # as figures are kept
_EXACT = Context(prec=60)


class Rule(StrEnum):
    """Quy tắc mang số liệu."""

    WHOLE = "whole"  # một đơn vị cũ: lấy nguyên
    ALL_MEET = "all_meet"  # chỉ những gì mọi đơn vị cũ đều đạt
    SUM = "sum"  # cộng các số đếm
    WEIGHTED = "weighted"  # bình quân theo trọng số do cơ quan nêu


@dataclass(frozen=True, slots=True)
class Share:
    """Phần của một đơn vị cũ: what it said, None when nothing, and its stated weight."""

    name: str
    fact: Fact | None
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """Kết quả: the fact to carry, and how it came about; or None, and why nothing is carried."""

    fact: Fact | None
    why: str


def merged(rule: Rule, asked: Indicator, shares: Sequence[Share]) -> Merged:
    """Một chỉ tiêu theo một quy tắc."""
    if asked.kind is Kind.TITLE_SHARE:
        return Merged(None, "tính từ danh hiệu của đơn vị cấp dưới, không mang")
    silent = [one.name for one in shares if one.fact is None or one.fact is Nothing.NO_DATA]
    if silent:
        return Merged(None, f"{', '.join(silent)} chưa có số liệu")
    if rule is Rule.WHOLE:
        return Merged(shares[0].fact, f"lấy nguyên của {shares[0].name}")
    if rule is Rule.ALL_MEET:
        return _all_meet(asked, shares)
    figures = [one.fact for one in shares if isinstance(one.fact, Decimal)]
    if len(figures) != len(shares):
        return Merged(None, "không phải là số ở mọi đơn vị cũ; chỉ cộng hoặc bình quân được số")
    counted = asked.kind is Kind.NUMBER and (asked.measure or "").strip().casefold() in COUNTED
    if rule is Rule.SUM:
        if not counted:
            return Merged(None, f"đơn vị tính “{asked.measure or '?'}” không phải số đếm, không cộng được")
        return Merged(sum(figures, Decimal()), " + ".join(write_number(one) for one in figures))
    if counted:
        return Merged(None, "là số đếm: cộng, không bình quân")
    if asked.kind is Kind.POINTS:
        return Merged(None, "là điểm chấm của từng đơn vị; đơn vị mới chấm lại")
    return weighted(shares, asked.comparator)


def weighted(shares: Sequence[Share], comparator: Comparator | None) -> Merged:
    """Bình quân theo trọng số: exact; beyond six decimals it is cut to the side that is harder to meet."""
    total = Fraction()
    weights = Fraction()
    words = []
    for one in shares:
        if one.weight is None or one.weight <= 0:
            return Merged(None, f"chưa nêu trọng số (lớn hơn 0) của {one.name}")
        assert isinstance(one.fact, Decimal)
        total += Fraction(one.fact) * Fraction(one.weight)
        weights += Fraction(one.weight)
        words.append(f"{write_number(one.fact)} × {write_number(one.weight)}")
    mean = total / weights
    downward = comparator not in (Comparator.LE, Comparator.LT)
    value = _EXACT.divide(Decimal(mean.numerator), Decimal(mean.denominator))
    kept = value.quantize(_PLACES, ROUND_FLOOR if downward else ROUND_CEILING, _EXACT).normalize() + 0
    said = f"({' + '.join(words)}) : {write_number(_plain(weights))}"
    return Merged(kept, said if Fraction(kept) == mean else said + ", giữ 6 chữ số thập phân về phía chưa đạt")


def merged_criterion(outcomes: Sequence[tuple[str, bool]]) -> Merged:
    """Kết luận cả tiêu chí: met only where every former unit met it."""
    without = [name for name, met in outcomes if not met]
    if without:
        return Merged(None, f"{', '.join(without)} chưa đạt tiêu chí này")
    return Merged(True, "mọi đơn vị cũ đều đạt tiêu chí này")


def _all_meet(asked: Indicator, shares: Sequence[Share]) -> Merged:
    if not asked.is_judged_in_words:
        return Merged(None, "là số, không suy từ đạt hay chưa đạt")
    without = [one.name for one in shares if one.fact is not True]
    if without:
        return Merged(None, f"{', '.join(without)} chưa đạt")
    return Merged(True, "mọi đơn vị cũ đều đạt")


def _plain(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).normalize() + 0
