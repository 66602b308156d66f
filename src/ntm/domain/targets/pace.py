"""Nhịp độ và dự báo: how much a month is needed from now, how much a month was seen, and an honest range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

from ntm.domain.official.dates import write_date
from ntm.domain.official.numbers import write_number
from ntm.domain.targets.model import Direction

MONTH = Decimal("30.4375")  # days, on average over four years
FEWEST = 3  # dated figures that a forecast asks for
_TENTH = Decimal("0.01")


class Outlook(StrEnum):
    """Dự báo."""

    UNKNOWN = "unknown"
    THERE = "there"
    LIKELY = "likely"
    OPEN = "open"
    UNLIKELY = "unlikely"
    PAST = "past"


@dataclass(frozen=True)
class Point:
    """Một số có ngày."""

    on: date
    value: Decimal


@dataclass(frozen=True)
class Pace:
    """Nhịp độ. Figures a month are signed as the thing itself moves; low..high is the forecast on the due day."""

    outlook: Outlook
    needed: Decimal | None
    observed: Decimal | None
    low: Decimal | None
    high: Decimal | None
    sentence: str


def pace(
    history: Sequence[Point],
    goal: Decimal,
    on: date,
    due: date | None,
    *,
    good: Direction = "up",
    most: Decimal | None = None,
) -> Pace:
    """Nhịp cần có và dự báo. The range goes from the slowest to the fastest stretch seen between two dated figures; no
    forecast from fewer than three. `most`: a count cannot pass it (124 of 184); no figure falls below zero."""
    known = sorted({p.on: p for p in history if p.on <= on}.values(), key=lambda p: p.on)
    if not known:
        return Pace(Outlook.UNKNOWN, None, None, None, None, "Chưa có số liệu nào để tính nhịp độ.")
    now = known[-1].value
    left = goal - now if good == "up" else now - goal
    if left <= 0:
        return Pace(Outlook.THERE, Decimal(0), _overall(known), None, None, "Đã đến mức đặt ra.")
    if due is None:
        return Pace(
            Outlook.UNKNOWN, None, _overall(known), None, None, "Chỉ tiêu không nêu hạn nên không tính được nhịp độ."
        )
    if due <= on:
        return Pace(Outlook.PAST, None, _overall(known), None, None, f"Đã quá hạn {write_date(due)}.")
    months = Decimal((due - on).days) / MONTH
    needed = _round((goal - now) / months)
    asks = f"Từ nay đến {write_date(due)} cần {_a_month(needed)}"
    slopes = _slopes(known)
    if len(known) < FEWEST:
        return Pace(Outlook.UNKNOWN, needed, _overall(known), None, None, f"{asks}; chưa đủ số liệu để dự báo.")
    ends = sorted(_bounded(now + slope * Decimal((due - on).days), most) for slope in (min(slopes), max(slopes)))
    low, high = _round(ends[0]), _round(ends[1])
    outlook = _outlook(low, high, goal, good)
    observed = _overall(known)
    seen = f"từ {write_date(known[0].on)} đến nay {_a_month(observed or Decimal(0))}"
    said = {
        Outlook.LIKELY: "giữ nhịp chậm nhất đã thấy vẫn đạt",
        Outlook.OPEN: "có thể đạt, có thể không",
        Outlook.UNLIKELY: "nhịp nhanh nhất đã thấy vẫn không kịp",
    }[outlook]
    words = f"{asks}; {seen}. Dự báo đến hạn: {write_number(low)} - {write_number(high)} ({said})."
    return Pace(outlook, needed, observed, low, high, words)


def _slopes(known: Sequence[Point]) -> list[Decimal]:
    """Change a day between neighbours."""
    return [(b.value - a.value) / Decimal((b.on - a.on).days) for a, b in pairwise(known)]


def _overall(known: Sequence[Point]) -> Decimal | None:
    """Change a month from the first figure to the last."""
    if len(known) < 2:
        return None
    days = Decimal((known[-1].on - known[0].on).days)
    return _round((known[-1].value - known[0].value) / days * MONTH)


def _outlook(low: Decimal, high: Decimal, goal: Decimal, good: Direction) -> Outlook:
    worst, best = (low, high) if good == "up" else (high, low)
    if _there(worst, goal, good):
        return Outlook.LIKELY
    return Outlook.OPEN if _there(best, goal, good) else Outlook.UNLIKELY


def _there(value: Decimal, goal: Decimal, good: Direction) -> bool:
    return value >= goal if good == "up" else value <= goal


def _bounded(value: Decimal, most: Decimal | None) -> Decimal:
    value = max(value, Decimal(0))
    return value if most is None else min(value, most)


def _round(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, ROUND_HALF_UP)


def _a_month(value: Decimal) -> str:
    if value == 0:
        return "không đổi"
    return f"{'tăng' if value > 0 else 'giảm'} {write_number(abs(value).normalize())} mỗi tháng"
