"""Biểu nguồn lực (03; 3.1; 3.2 of Si Ma Cai): resources by source and kind, with totals that are the sums of their parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ntm.domain.official.money import Measure

from .content import Cell, Column, Row, Table
from .words import money_cell


@dataclass(frozen=True)
class MoneyLine:
    """Khoản, đồng: its own amounts, or parts that make it up. `columns` follow those of the table."""

    name: str
    amounts: tuple[int | None, ...] = ()
    parts: tuple[MoneyLine, ...] = ()
    note: str = ""

    def total(self, at: int) -> int | None:
        """Số tiền của khoản ở một cột: its own, or the sum of its parts."""
        if not self.parts:
            return self.amounts[at] if at < len(self.amounts) else None
        known = [amount for part in self.parts if (amount := part.total(at)) is not None]
        return sum(known) if known else None


def source_table(lines: Sequence[MoneyLine], measure: Measure = "triệu", year: int | None = None) -> Table:
    """Biểu 03: resources by source, one column of money."""
    name = f"Kế hoạch năm {year}" if year else "Số tiền"
    return money_table(lines, (name,), measure, "Nguồn vốn")


def source_kind_table(lines: Sequence[MoneyLine], measure: Measure = "triệu") -> Table:
    """Biểu 3.1: amounts in (đầu tư phát triển, sự nghiệp) and their sum."""
    return money_table(lines, ("Vốn đầu tư phát triển", "Vốn sự nghiệp"), measure, "Nguồn vốn", across=True)


def unit_money_table(lines: Sequence[MoneyLine], sources: Sequence[str], measure: Measure = "triệu") -> Table:
    """Biểu 3.2: units by source, and their sum."""
    return money_table(lines, sources, measure, "Đơn vị", across=True)


def money_table(
    lines: Sequence[MoneyLine], columns: Sequence[str], measure: Measure, name: str, *, across: bool = False
) -> Table:
    """Biểu tiền: lines with parts below them, the total last; `across` adds a column that sums the others.
    A column of remarks only where there are any."""
    noted = any(_noted(line) for line in lines)
    heads = (
        Column("STT", 6, "order"),
        Column(name, 40),
        *((Column("Tổng số", 16, "money"),) if across else ()),
        *(Column(column, 16, "money") for column in columns),
        *((Column("Ghi chú", 16),) if noted else ()),
    )
    whole = MoneyLine("Tổng cộng", parts=tuple(lines))
    rows: list[Row] = []
    top = [_place(rows, line, str(no), len(columns), measure, across) for no, line in enumerate(lines, start=1)]
    rows.append(Row(_cells("", whole, len(columns), measure, across), "total", tuple(top)))
    if not noted:
        rows = [Row(row.cells[:-1], row.kind, row.parts) for row in rows]
    return Table(heads, tuple(rows), measure="đồng" if measure == "đồng" else f"{measure} đồng")


def _noted(line: MoneyLine) -> bool:
    return bool(line.note) or any(_noted(part) for part in line.parts)


def _place(rows: list[Row], line: MoneyLine, no: str, width: int, measure: Measure, across: bool) -> int:
    """Puts the line and its parts down; gives the place of the line."""
    at = len(rows)
    rows.append(Row(()))
    below = [_place(rows, part, f"{no}.{sub}", width, measure, across) for sub, part in enumerate(line.parts, start=1)]
    rows[at] = Row(_cells(no, line, width, measure, across), "row", tuple(below))
    return at


def _cells(no: str, line: MoneyLine, width: int, measure: Measure, across: bool) -> tuple[Cell, ...]:
    amounts = [line.total(at) for at in range(width)]
    known = [amount for amount in amounts if amount is not None]
    first = (money_cell(sum(known) if known else None, measure),) if across else ()
    return (no, line.name, *first, *(money_cell(amount, measure) for amount in amounts), line.note)
