"""Hình của bảng tính: which cells are keys, which are typed, and what the hidden sheets remember."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ntm.domain.criteria.model import Absent, CriteriaSet, Indicator, Kind
from ntm.domain.official.numbers import write_number
from ntm.records.units.queries import UnitLabel

__all__ = [
    "BEFORE",
    "CHOICES",
    "FIRST_ROW",
    "HEAD_ROW",
    "META",
    "SHEET",
    "Asked",
    "Footing",
    "asked_lines",
    "level_words",
    "texts",
    "unit_key",
]

SHEET = "Số liệu"
META = "_ntm"  # very hidden: what the workbook is of
BEFORE = "_truoc"  # very hidden: what stood in each cell on the day of download
HEAD_ROW = 4  # 0-based row of the column heads
FIRST_ROW = 5
CHOICES = ("đạt", "chưa đạt", "không xét", "chưa có số liệu")
# heads by which the columns are known again, whatever their order
UNIT_CODE, UNIT_NAME = "Mã đơn vị", "Đơn vị"
CODE, TEXT, MEASURE, LEVEL, VALUE, NOTE = "Mã chỉ tiêu", "Nội dung", "Đơn vị tính", "Yêu cầu", "Giá trị", "Ghi chú"


@dataclass(frozen=True, slots=True, order=True)
class Footing:
    """Vùng và nhóm of units that are asked the same levels; `words` where a workbook holds several."""

    region: str | None
    group: str | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Một chỉ tiêu trong bảng tính: what is typed is a figure or one of the words."""

    code: str
    criterion: int | None
    text: str
    measure: str
    level: str
    in_words: bool


def asked_lines(criteria_set: CriteriaSet, on: date, footings: Sequence[Footing]) -> list[Asked]:
    """Các dòng: the stated conclusion of each criterion, its indicators with their parts, then the title's conditions."""
    lines = []
    for criterion in criteria_set.criteria:
        name = f"Kết luận tiêu chí {criterion.no}: {criterion.name}"
        lines.append(Asked(f"TC{criterion.no}", criterion.no, name, "", "khi chưa có số liệu chỉ tiêu", True))
        for indicator in criterion.indicators:
            lines.extend(_with_parts(criterion.no, indicator, on, footings))
    for condition in criteria_set.title_rule.conditions:
        in_words = condition.kind in (Kind.YES_NO, Kind.QUALITATIVE)
        lines.append(Asked(condition.code, None, condition.text, condition.measure or "", "", in_words))
    return lines


def _with_parts(no: int, one: Indicator, on: date, footings: Sequence[Footing]) -> Iterator[Asked]:
    if one.kind is Kind.TITLE_SHARE:
        return  # counted from titles: nothing is typed
    yield Asked(one.code, no, one.text, one.measure or "", _levels(one, on, footings), one.is_judged_in_words)
    for part in one.parts:
        yield from _with_parts(no, part, on, footings)


def _levels(one: Indicator, on: date, footings: Sequence[Footing]) -> str:
    """One level where all units are asked the same, else each with whom it is for."""
    said = {footing: level_words(one, on, footing.region, footing.group) for footing in footings}
    if len(set(said.values())) <= 1:
        return next(iter(said.values()), "")
    return "; ".join(f"{footing.words}: {level}" for footing, level in said.items() if level)


def texts(criteria_set: CriteriaSet) -> dict[str, str]:
    """Nội dung của từng mã, as it stands beside the code."""
    return {line.code: line.text for line in asked_lines(criteria_set, date.max, ())}


def unit_key(unit: UnitLabel) -> str:
    """Mã trong cột mã: the official code; a village has none and gets the number of its row in the system."""
    return unit.code or f"#{unit.id}"


def level_words(one: Indicator, on: date, region: str | None, group: str | None) -> str:
    """Yêu cầu bằng lời: "≥ 64 (2581/QĐ-UBND)"; an unchecked level says so."""
    level = one.level_at(on, region, group)
    if isinstance(level, Absent):
        return {"missing": "chưa có mức trong dữ liệu", "delegated": "tỉnh quy định"}.get(level.value, "")
    if isinstance(level.value, bool):
        words = level.words or "Đạt"
    else:
        sign = {">=": "≥", "<=": "≤"}.get(one.comparator.value, one.comparator.value) if one.comparator else ""
        words = f"{sign} {write_number(level.value)}".strip()
    mark = "" if level.check.verified else ", chưa đối chiếu"
    return f"{words} ({level.reference.instrument}{mark})"
