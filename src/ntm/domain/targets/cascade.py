"""Phần giao: the parts against the whole, for counts and averages; and the two lists of one table."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from ntm.domain.official.numbers import write_number

_PLACES = Decimal("0.01")  # as far as a plan prints an average
Who = TypeVar("Who", bound=Hashable)


@dataclass(frozen=True)
class Part:
    """Phần giao một đơn vị. `units`: how many units lie in it (the weight of an average)."""

    unit: str
    value: Decimal | None = None
    units: int = 0


@dataclass(frozen=True)
class Balance:
    """Cân đối phần giao. residual: not given out yet; over: given out beyond the whole; both zero: it adds up."""

    whole: Decimal | None
    given: Decimal
    residual: Decimal
    over: Decimal
    silent: tuple[str, ...]  # units given no figure
    sentence: str

    @property
    def adds_up(self) -> bool:
        return self.whole is not None and not self.residual and not self.over

    @property
    def left(self) -> Decimal | None:
        """Còn lại: below zero where more was given than there is; None where the whole names no figure."""
        return None if self.whole is None else self.residual - self.over


def counts(whole: Decimal | None, parts: Sequence[Part], measure: str = "") -> Balance:
    """Số lượng: the parts add up to the whole."""
    given = sum((p.value for p in parts if p.value is not None), Decimal(0))
    return _balance(whole, given, parts, measure)


def average(whole: Decimal | None, parts: Sequence[Part], units: int, measure: str = "tiêu chí/xã") -> Balance:
    """Bình quân: the parts weigh by their units, to two places; what units without a part must bring is in `residual`, as
    an average of theirs over all units."""
    if units < 0 or any(p.units < 0 for p in parts):
        raise ValueError("Số đơn vị không thể âm.")
    weighed = [p for p in parts if p.value is not None and p.units]
    total = sum(((p.value or Decimal(0)) * p.units for p in weighed), Decimal(0))
    given = (total / units).quantize(_PLACES, ROUND_HALF_UP) if units else Decimal(0)
    covered = sum(p.units for p in weighed)
    if whole is not None and units and covered == units and _near(given, whole):
        given = whole  # equal but for the rounding of what a plan prints
    return _balance(whole, given, parts, measure)


def _near(given: Decimal, whole: Decimal) -> bool:
    """The parts give the whole once rounded to the digits it is written with."""
    exponent = whole.normalize().as_tuple().exponent
    digits = max(-exponent, 1) if isinstance(exponent, int) else 1
    return given.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) == whole


def _balance(whole: Decimal | None, given: Decimal, parts: Sequence[Part], measure: str) -> Balance:
    silent = tuple(p.unit for p in parts if p.value is None)
    if whole is None:
        said = f"Đã giao {_words(given, measure)}; chỉ tiêu chung không nêu số."
        return Balance(None, given, Decimal(0), Decimal(0), silent, said)
    residual, over = max(whole - given, Decimal(0)), max(given - whole, Decimal(0))
    if over:
        said = f"Đã giao {_words(given, measure)}, vượt {_words(over, measure)} so với {_words(whole, measure)}."
    elif residual:
        said = f"Đã giao {_words(given, measure)} trong {_words(whole, measure)}, còn {_words(residual, measure)} chưa giao."
    else:
        said = f"Đã giao đủ {_words(whole, measure)}."
    return Balance(whole, given, residual, over, silent, said)


def _words(value: Decimal, measure: str) -> str:
    rounded = value.quantize(_PLACES, ROUND_HALF_UP)
    told = rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded.normalize()
    return f"{write_number(told)} {measure}".strip().replace(" %", "%")


def two_views(
    by_unit: Mapping[Who, Sequence[int]], by_criterion: Mapping[int, Sequence[Who]]
) -> dict[Who, tuple[set[int], set[int]]]:
    """Hai danh sách của một bảng: unit -> (criteria that only its own list has, those that only the criteria's lists have).

    Empty when both were drawn from one table."""
    told: dict[Who, set[int]] = {}
    for no, named in by_criterion.items():
        for unit in named:
            told.setdefault(unit, set()).add(no)
    found = {}
    for unit in {*by_unit, *told}:
        own, other = set(by_unit.get(unit, ())), told.get(unit, set())
        if own != other:
            found[unit] = (own - other, other - own)
    return found
