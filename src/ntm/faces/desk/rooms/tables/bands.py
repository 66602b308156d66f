"""Nhóm theo số tiêu chí đạt: 19, 15-18, 10-14, 5-9, dưới 5 where a set has nineteen; quarters of any other set."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext

__all__ = ["Band", "bands"]


@dataclass(frozen=True, slots=True)
class Band:
    """Một nhóm: from `least` to `most` criteria met."""

    least: int
    most: int

    @property
    def key(self) -> str:
        return f"{self.least}-{self.most}"

    @property
    def label(self) -> str:
        if self.least == self.most:
            return gettext("%(count)s tiêu chí") % {"count": self.most}
        if self.least == 0:
            return gettext("dưới %(count)s tiêu chí") % {"count": self.most + 1}
        return gettext("%(least)s-%(most)s tiêu chí") % {"least": self.least, "most": self.most}


def bands(width: int) -> tuple[Band, ...]:
    """Các nhóm của một bộ, the full number first."""
    if width <= 0:
        return ()
    if width <= 4:
        return tuple(Band(number, number) for number in range(width, -1, -1))
    cuts = (15, 10, 5) if width == 19 else tuple(-(-width * part // 4) for part in (3, 2, 1))
    edges = [width, *cuts, 0]
    found = [Band(width, width)]
    for upper, lower in pairwise(edges):
        if lower < upper:
            found.append(Band(lower, upper - 1))
    return tuple(found)
