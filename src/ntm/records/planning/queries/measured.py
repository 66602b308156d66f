"""Chỉ tiêu đã đo: the target as it is judged, what stands of it, and the history that a pace is told from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ntm.domain.targets import Measured, Mode, Point, Target

__all__ = ["Measuring", "goal"]


@dataclass(frozen=True)
class Measuring:
    """Chỉ tiêu đem đo: `target` as it is judged (a promise of each unit becomes a count of units), and what stands."""

    target: Target
    measured: Measured
    history: tuple[Point, ...] = ()
    goal: Decimal | None = None  # what the history must come to
    most: Decimal | None = None


def goal(target: Target, start: Decimal | None) -> Decimal | None:
    """What the figure itself must come to."""
    if target.value is None or target.mode is Mode.KEEP:
        return None
    if target.mode is Mode.TOTAL:
        return target.value
    if start is None:
        return None
    return start - target.value if target.good == "down" else start + target.value
