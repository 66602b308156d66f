"""Bộ của tỉnh dựa trên bộ quốc gia: a province's levels before the national ones, day by day and region by region.

A province's level replaces the national levels for the days it covers; on other days the national ones stay, and each
level says which it is (`Threshold.provincial`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ntm.domain.criteria.model import Threshold

__all__ = ["merge_levels"]

_FIRST, _LAST = date.min, date.max


def merge_levels(
    national: tuple[Threshold, ...], own: tuple[Threshold, ...], regions: tuple[str, ...]
) -> tuple[Threshold, ...]:
    """The province's levels, then what they leave of the national ones.

    A common level of the province is written out for every region, so that no regional level of the nation is preferred
    to it; a region the province names itself keeps its own.
    """
    written_out = [*own]
    for level in own:
        if level.region is None:
            named = {other.region for other in own if other.group == level.group}
            written_out.extend(replace(level, region=code) for code in regions if code not in named)
    left: list[Threshold] = []
    for level in national:
        covering = [
            other
            for other in written_out
            if other.region in (None, level.region) and other.group in (None, level.group)
        ]
        left.extend(_left_of(level, covering))
    return (*written_out, *left)


def _left_of(level: Threshold, covering: list[Threshold]) -> list[Threshold]:
    """The pieces of a level's interval that no other covers."""
    pieces = [(level.start or _FIRST, level.end or _LAST)]
    for other in covering:
        start, end = other.start or _FIRST, other.end or _LAST
        pieces = [
            (low, high)
            for first, last in pieces
            for low, high in ((first, min(last, start)), (max(first, end), last))
            if low < high
        ]
    return [
        replace(level, start=None if low == _FIRST else low, end=None if high == _LAST else high)
        for low, high in pieces
    ]
