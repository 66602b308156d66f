"""Chỉ tiêu kiểm tra được: subject, way of counting, comparator, value and day; and what was measured of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from ntm.domain.official.numbers import write_number
from ntm.domain.targets.metrics import METRICS

Direction = Literal["up", "down"]


class Subject(StrEnum):
    """Chỉ tiêu nói về gì."""

    TITLE = "title"
    OWN_TITLE = "own_title"
    CRITERIA = "criteria"
    CRITERION = "criterion"
    INDICATOR = "indicator"
    AVERAGE = "average"
    UNDER = "under"
    METRIC = "metric"


class Mode(StrEnum):
    """Thêm, giữ hay luỹ kế."""

    GAIN = "gain"
    KEEP = "keep"
    TOTAL = "total"


OPS = (">=", ">", "<=", "<", "=", "~")


@dataclass(frozen=True)
class Target:
    """Chỉ tiêu phấn đấu. `falls`: the lower the better, where neither comparator, subject nor metric tells."""

    subject: Subject
    mode: Mode
    what: str
    op: str = ">="
    value: Decimal | None = None
    high: Decimal | None = None
    of: int | None = None
    measure: str = ""
    due: date | None = None
    title_kind: str = ""
    title_level: str = ""
    criterion: int | None = None
    indicator: str = ""
    metric: str = ""
    bound: int | None = None
    falls: bool = False

    def __post_init__(self) -> None:
        if self.op not in OPS:
            raise ValueError(f"Phép so sánh “{self.op}” không dùng được; dùng một trong {', '.join(OPS)}.")
        if self.high is not None and (self.value is None or self.high < self.value):
            raise ValueError(f"Khoảng của chỉ tiêu “{self.what}” ngược: mức đầu phải nhỏ hơn hoặc bằng mức cuối.")

    @property
    def good(self) -> Direction:
        """Which way the thing itself should go: poverty falls, income rises."""
        if self.subject is Subject.UNDER or self.falls:
            return "down"
        known = METRICS.get(self.metric)
        if known is not None:
            return known.good
        return "down" if self.mode is Mode.TOTAL and self.op in ("<=", "<") else "up"

    @property
    def counted(self) -> Direction:
        """Which way the counted figure should go: a reduction of poverty is a gain, counted upward."""
        return self.good if self.mode is Mode.TOTAL else "up"

    @property
    def key(self) -> tuple[str, ...]:
        """What the target speaks of: two targets of one key can be set beside one another."""
        level = "" if self.title_level is None else self.title_level
        return (
            self.subject.value,
            self.mode.value,
            self.title_kind,
            level,
            "" if self.criterion is None else str(self.criterion),
            self.indicator,
            self.metric,
            "" if self.bound is None else str(self.bound),
        )

    def reached(self, actual: Decimal) -> bool:
        """Is that figure enough? "=" and "khoảng" ask for at least the value (at most, where falling is good)."""
        if self.value is None:
            return False
        strict = self.op in (">", "<")
        if self.counted == "down":
            level = self.value if self.high is None else self.high
            return actual < level if strict else actual <= level
        return actual > self.value if strict else actual >= self.value

    @property
    def asked(self) -> str:
        """Mức phải đạt, in words: "từ 3 tiêu chí trở lên"."""
        if self.value is None:
            return "không nêu mức"
        level = write_number(self.value)
        if self.high is not None:
            level = f"{level} - {write_number(self.high)}"
        if self.of is not None:
            level = f"{level}/{self.of}"
        words = f"{level} {self.measure}".strip().replace(" %", "%")
        if self.mode is Mode.GAIN and self.good == "down":
            words = f"giảm {words}"
        elif self.mode is Mode.GAIN:
            words = f"thêm {words}"
        elif self.mode is Mode.KEEP:
            words = f"giữ {words}"
        forms = {">": f"trên {words}", "<": f"dưới {words}", "~": f"khoảng {words}", "=": words}
        return forms.get(self.op) or (f"từ {words} trở lên" if self.op == ">=" else f"không quá {words}")


@dataclass(frozen=True)
class Measured:
    """Số đo được vào ngày hỏi.

    `now` and `start`: the figure itself, on the day and when the plan began. `gained`: counted directly where a gain is
    more than a difference (titles newly decided). `why_not`: why there is no figure. `partial`: units without a figure.
    """

    now: Decimal | None = None
    start: Decimal | None = None
    gained: Decimal | None = None
    why_not: str = ""
    partial: int = 0
    assumed: bool = False
    reached: tuple[str, ...] = ()  # names of those that are there
    left: tuple[str, ...] = ()  # names promised and not there
    lost: tuple[str, ...] = ()  # names that were to be kept and are not

    def actual(self, target: Target) -> Decimal | None:
        """The figure in the target's own way of counting."""
        if target.mode is not Mode.GAIN:
            return self.now
        if self.gained is not None:
            return self.gained
        if self.now is None or self.start is None:
            return None
        return self.start - self.now if target.good == "down" else self.now - self.start
