"""Biểu tiêu chí (02, 03): one standing seen from both sides, communes x criteria and criteria x communes.

Both are drawn from the same cells, so the communes' view and the criteria's view cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ntm.domain.official.numbers import write_number

from .content import Cell, Column, Row, Table

Standing = Literal["gain", "keep", "met", ""]
MARKS: Mapping[Standing, str] = {"gain": "+", "keep": "D", "met": "Đ", "": ""}
LEGEND = "Ghi chú: “+” phấn đấu đạt trong năm; “D” đã đạt, duy trì và nâng cao; “Đ” đã đạt; ô trống: chưa đạt."


@dataclass(frozen=True)
class CriterionHead:
    """Tiêu chí của biểu."""

    no: int
    name: str


Cells = Mapping[tuple[str, int], Standing]  # (unit, criterion number) -> standing


def units_by_criteria(
    units: Sequence[str], criteria: Sequence[CriterionHead], cells: Cells, unit_word: str = "Xã"
) -> Table:
    """Biểu 02, xã x tiêu chí: a mark a cell, and per commune how many are met already and shall be met at the year's end."""
    columns = (
        Column("STT", 5, "order"),
        Column(unit_word, 18),
        *(Column(f"TC {head.no}", 6, "mark", "Tiêu chí") for head in criteria),
        Column("Đã đạt", 8, "number", "Số tiêu chí", summed=True),
        Column("Đạt thêm", 8, "number", "Số tiêu chí", summed=True),
        Column("Cuối năm", 8, "number", "Số tiêu chí", summed=True),
    )
    rows = []
    for no, unit in enumerate(units, start=1):
        standing = [cells.get((unit, head.no), "") for head in criteria]
        held, gained = sum(s in ("met", "keep") for s in standing), standing.count("gain")
        marks: tuple[Cell, ...] = tuple(MARKS[s] for s in standing)
        rows.append(Row((str(no), unit, *marks, held, gained, held + gained)))
    gains: list[Cell] = [_count(units, head.no, cells, ("gain",)) or "" for head in criteria]
    last = [sum(int(str(row.cells[at])) for row in rows) for at in (-3, -2, -1)]
    rows.append(Row(("", f"Số {unit_word.lower()} đạt thêm", *gains, *last), "total"))
    held_now: list[Cell] = [_count(units, head.no, cells, ("gain", "keep", "met")) or "" for head in criteria]
    rows.append(Row(("", f"Số {unit_word.lower()} đạt cuối năm", *held_now, None, None, None), "note"))
    return Table(columns, tuple(rows), notes=(LEGEND, _names(criteria)), dense=True)


def criteria_by_units(
    units: Sequence[str], criteria: Sequence[CriterionHead], cells: Cells, unit_word: str = "xã"
) -> Table:
    """Biểu 03, tiêu chí x xã: for each criterion how many gain it, keep it and hold it at the end, and their names."""
    columns = (
        Column("STT", 6, "order"),
        Column("Tên tiêu chí", 26),
        Column(f"Số {unit_word}", 8, "number", "Phấn đấu đạt thêm", summed=True),
        Column(f"Tên {unit_word}", 32, "text", "Phấn đấu đạt thêm"),
        Column(f"Số {unit_word}", 8, "number", "Duy trì", summed=True),
        Column(f"Tên {unit_word}", 46, "text", "Duy trì"),
        Column(f"Số {unit_word} đạt cuối năm", 14, "number", summed=True),
    )
    rows = []
    for head in criteria:
        gaining = [unit for unit in units if cells.get((unit, head.no)) == "gain"]
        holding = [unit for unit in units if cells.get((unit, head.no)) in ("keep", "met")]
        rows.append(
            Row(
                (
                    str(head.no),
                    head.name,
                    len(gaining),
                    ", ".join(gaining),
                    len(holding),
                    ", ".join(holding),
                    len(gaining) + len(holding),
                )
            )
        )
    sums = [sum(int(str(row.cells[at])) for row in rows) for at in (2, 4, 6)]
    rows.append(Row(("", "Tổng cộng", sums[0], "", sums[1], "", sums[2]), "total"))
    return Table(columns, tuple(rows), notes=(_average(units, sums[2], unit_word),))


def _count(units: Sequence[str], no: int, cells: Cells, wanted: tuple[Standing, ...]) -> int:
    return sum(cells.get((unit, no), "") in wanted for unit in units)


def _names(criteria: Sequence[CriterionHead]) -> str:
    return "Tên tiêu chí: " + "; ".join(f"{head.no} {head.name}" for head in criteria) + "."


def _average(units: Sequence[str], total: int, unit_word: str) -> str:
    if not units:
        return ""
    return f"Bình quân cuối năm: {write_number(Decimal(total) / len(units), 2)} tiêu chí/{unit_word}."
