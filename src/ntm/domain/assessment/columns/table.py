"""Bảng số liệu theo cột: the facts of many units as whole numbers and states, a row an indicator, a column a unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from ntm.domain.assessment.columns.codes import Bytes, Ints
from ntm.domain.assessment.levels import EXACT

__all__ = ["LARGEST", "ColumnTable", "Layout", "ScaleError", "condition_row", "digits_of", "scaled"]

LARGEST = 2**62  # room is left for a bound just beyond it
_MOST_DIGITS = 18


class ScaleError(ValueError):
    """Số liệu không đổi được thành số nguyên đúng tuyệt đối; refused, never cut. The message names the indicator."""


def condition_row(code: str) -> str:
    """Tên dòng của một điều kiện công nhận: its own namespace beside the codes of indicators."""
    return f"@{code}"


@dataclass(frozen=True)
class Layout:
    """Cách xếp bảng: what the rows and indexes mean. digits[r]: the value in row r is the figure x 10^digits."""

    codes: tuple[str, ...]
    digits: tuple[int, ...]
    regions: tuple[str | None, ...]
    groups: tuple[str | None, ...]
    statuses: tuple[str, ...]  # bit i of a unit's flags

    def row(self, code: str) -> int | None:
        """Dòng của một mã, or None: the table holds nothing for it."""
        try:
            return self.codes.index(code)
        except ValueError:
            return None


@dataclass(frozen=True, eq=False)
class ColumnTable:
    """Bảng số liệu. values and states are (rows, units); a value means something only where the state is FIGURE.

    lower: set code -> (holders, units considered) a unit; units considered < 0: not given for that unit.
    Values and states may be rewritten in place as figures arrive; where a unit stands (region, group, flags) may not.
    """

    layout: Layout
    units: tuple[str, ...]
    region: npt.NDArray[np.intp]
    group: npt.NDArray[np.intp]
    flags: npt.NDArray[np.uint32]
    values: Ints
    states: Bytes
    lower: Mapping[str, tuple[Ints, Ints]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape = (len(self.layout.codes), len(self.units))
        for where in (self.region, self.group, self.flags):
            where.flags.writeable = False
        if self.values.shape != shape or self.states.shape != shape:
            raise ValueError(f"Bảng phải có {shape[0]} dòng và {shape[1]} cột")
        if self.values.dtype != np.int64 or self.states.dtype != np.uint8:
            raise TypeError("values phải là int64, states phải là uint8")
        if self.values.size and (int(self.values.max()) > LARGEST or int(self.values.min()) < -LARGEST):
            raise ScaleError("Bảng có số vượt quá phạm vi tính đúng tuyệt đối")


def digits_of(value: Decimal) -> int:
    """Số chữ số thập phân thật có: 59.580 -> 2; 100 -> 0."""
    if not value.is_finite():
        raise ScaleError("Có số vô hạn hoặc không xác định")
    exponent = value.normalize(EXACT).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def scaled(value: Decimal, digits: int, code: str) -> int:
    """Đổi thành số nguyên value x 10^digits; ScaleError when it does not fit or would be cut."""
    if digits > _MOST_DIGITS:
        raise ScaleError(f"Chỉ tiêu {code}: {digits} chữ số thập phân, nhiều hơn {_MOST_DIGITS}; hãy xem lại số liệu.")
    moved = value.scaleb(digits, EXACT)
    whole = int(moved)
    if moved != whole or abs(whole) > LARGEST:
        raise ScaleError(f"Chỉ tiêu {code}: {value} vượt quá phạm vi tính đúng tuyệt đối; hãy xem lại số liệu.")
    return whole
