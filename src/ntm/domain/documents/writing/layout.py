"""Thể thức (Nghị định 30/2020/NĐ-CP): the decree's layout as data, and the value chosen where it leaves a range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("decree30.yaml")


@dataclass(frozen=True)
class Measure:
    """Trị số: the least and the greatest that the decree allows, and the one that is written with."""

    least: Decimal
    greatest: Decimal
    chosen: Decimal

    @property
    def allowed(self) -> bool:
        return self.least <= self.chosen <= self.greatest


@dataclass(frozen=True)
class Layout:
    """Thể thức trình bày: pages in millimetres, letters in points."""

    reference: Mapping[str, str]
    verified: bool
    font: str
    page: Mapping[str, Measure]
    sizes: Mapping[str, Measure]
    body: Mapping[str, Measure]
    rules: Mapping[str, Measure]
    words: Mapping[str, str]
    ours: Mapping[str, Decimal]

    def mm(self, name: str) -> Decimal:
        """A measure of the page."""
        return self.page[name].chosen

    def size(self, name: str) -> Decimal:
        """The size of the letters of a part."""
        return self.sizes[name].chosen

    def text_width(self, landscape: bool = False) -> Decimal:
        """Chiều rộng phần chữ, mm. Turned to landscape the margins turn with the sheet: the bound edge is above."""
        if landscape:
            return self.mm("height_mm") - self.mm("top_mm") - self.mm("bottom_mm")
        return self.mm("width_mm") - self.mm("left_mm") - self.mm("right_mm")


@cache
def layout() -> Layout:
    """Thể thức đang dùng, read once."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Layout(
        reference={key: str(value) for key, value in data["reference"].items()},
        verified=bool(data["verified"]),
        font=data["font"],
        page=_measures(data["page"]),
        sizes=_measures(data["sizes"]),
        body=_measures(data["body"]),
        rules=_measures(data["rules"]),
        words=data["words"],
        ours={key: Decimal(str(value)) for key, value in data["ours"].items()},
    )


def _measures(data: Mapping[str, Any]) -> dict[str, Measure]:
    return {name: _measure(value) for name, value in data.items()}


def _measure(value: Mapping[str, Any]) -> Measure:
    allowed = value["allowed"]
    low, high = allowed if isinstance(allowed, list) else (allowed, allowed)
    return Measure(Decimal(str(low)), Decimal(str(high)), Decimal(str(value["chosen"])))
