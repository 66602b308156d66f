"""Bảng chuẩn của kế hoạch: task table (Phụ lục 1), units (Biểu 01), communes (03), villages (04), tasks by quarter (05).

Each takes plain rows; `criteria_tables.py` and `money_tables.py` hold the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ntm.domain.official.numbers import write_roman

from .content import Cell, Column, Row, Table

MARK = "X"


@dataclass(frozen=True)
class TaskLine:
    """Nhiệm vụ của bảng: words as they shall stand."""

    what: str
    directing: str = ""
    lead: str = ""
    coordinating: str = ""
    deadline: str = ""
    product: str = ""


@dataclass(frozen=True)
class TaskGroup:
    """Nhóm nhiệm vụ: numbered I, II, … in the order given."""

    name: str
    tasks: tuple[TaskLine, ...]


def task_table(groups: Sequence[TaskGroup]) -> Table:
    """Phụ lục nội dung công việc: STT, nội dung, chỉ đạo, thực hiện, phối hợp, thời gian (and sản phẩm where any has one)."""
    product = any(task.product for group in groups for task in group.tasks)
    columns = (
        Column("STT", 5, "order"),
        Column("Nội dung công việc", 32),
        Column("Chỉ đạo", 12),
        Column("Cơ quan thực hiện", 24),
        Column("Cơ quan phối hợp", 20),
        *((Column("Sản phẩm", 16),) if product else ()),
        Column("Thời gian", 14),
    )

    def cells(task: TaskLine, no: str) -> tuple[Cell, ...]:
        shown = (task.product,) if product else ()
        return (no, task.what, task.directing, task.lead, task.coordinating, *shown, task.deadline)

    rows: list[Row] = []
    for at, group in enumerate(groups, start=1):
        if group.name:
            rows.append(_group(write_roman(at), group.name, len(columns)))
        rows += [Row(cells(task, str(no))) for no, task in enumerate(group.tasks, start=1)]
    return Table(columns, tuple(rows))


def tasks_by_quarter(groups: Sequence[TaskGroup]) -> Table:
    """Biểu nhiệm vụ theo quý (Biểu 05 Bắc Giang): STT, nội dung, chủ trì, phối hợp, thời gian hoàn thành."""
    columns = (
        Column("STT", 5, "order"),
        Column("Nội dung", 40),
        Column("Cơ quan chủ trì", 22),
        Column("Cơ quan phối hợp", 22),
        Column("Thời gian hoàn thành", 16),
    )
    rows: list[Row] = []
    for at, group in enumerate(groups, start=1):
        rows.append(_group(write_roman(at), group.name, 5))
        rows += [
            Row((str(no), task.what, task.lead, task.coordinating, task.deadline))
            for no, task in enumerate(group.tasks, start=1)
        ]
    return Table(columns, tuple(rows))


def _group(no: str, name: str, width: int) -> Row:
    return Row((no, name, *([None] * (width - 2))), "group")


@dataclass(frozen=True)
class UnitLine:
    """Một huyện (hoặc xã) của Biểu 01: each pair is (done by the year before, planned by the end of the year)."""

    name: str
    villages: tuple[int | None, int | None] = (None, None)
    model_villages: tuple[int | None, int | None] = (None, None)
    average: tuple[Decimal | None, Decimal | None] = (None, None)
    under_ten: tuple[int | None, int | None] = (None, None)
    communes: tuple[int | None, int | None] = (None, None)
    advanced: tuple[int | None, int | None] = (None, None)


def unit_table(lines: Sequence[UnitLine], year: int, total: UnitLine | None = None, notes: Sequence[str] = ()) -> Table:
    """Biểu 01: what each district has and shall have. `total.average` cannot be added up and comes with `total`;
    everything else of the total is the sum of the lines."""
    pairs = (
        ("Số thôn đạt chuẩn NTM", True, None),
        ("Số thôn NTM kiểu mẫu", True, None),
        ("Bình quân tiêu chí/xã", False, 1),
        ("Số xã dưới 10 tiêu chí", True, None),
        ("Số xã đạt chuẩn NTM", True, None),
        ("Số xã NTM nâng cao, kiểu mẫu", True, None),
    )
    columns = [Column("STT", 5, "order"), Column("Huyện, thành phố", 20)]
    for name, summed, places in pairs:
        columns += [
            Column(f"Thực hiện đến {year - 1}", 9, "number", name, places, summed),
            Column(f"Kế hoạch đến {year}", 9, "number", name, places, summed),
        ]
    rows = [Row((str(no), line.name, *_figures(line))) for no, line in enumerate(lines, start=1)]
    rows.append(_total(columns, rows, total))
    return Table(tuple(columns), tuple(rows), notes=tuple(notes))


def _figures(line: UnitLine) -> tuple[Cell, ...]:
    return (
        *line.villages, *line.model_villages, *line.average, *line.under_ten, *line.communes, *line.advanced,
    )  # fmt: skip


def _total(columns: Sequence[Column], rows: Sequence[Row], total: UnitLine | None) -> Row:
    stated: tuple[Cell, ...] = ("", "Tổng cộng", *(_figures(total) if total else [None] * (len(columns) - 2)))
    return Row(
        tuple(column_sum(rows, at) if column.summed else stated[at] for at, column in enumerate(columns)),
        "total",
    )


def column_sum(rows: Sequence[Row], at: int) -> Decimal | None:
    """Tổng của một cột over the rows of kind row; None where no cell holds a figure."""
    figures = [
        Decimal(value) for row in rows if row.kind == "row" and isinstance(value := row.cells[at], Decimal | int)
    ]
    return sum(figures, Decimal(0)) if figures else None


@dataclass(frozen=True)
class CommuneLine:
    """Xã phấn đấu của Biểu 03."""

    name: str
    advanced: bool = False
    model: bool = False
    note: str = ""


def commune_table(districts: Sequence[tuple[str, Sequence[CommuneLine]]]) -> Table:
    """Biểu 03: communes that shall be nâng cao, kiểu mẫu, by district; numbered through."""
    columns = (
        Column("STT", 6, "order"),
        Column("Huyện, thành phố", 30),
        Column("Xã phấn đấu đạt chuẩn nông thôn mới nâng cao", 24, "mark"),
        Column("Xã phấn đấu đạt chuẩn nông thôn mới kiểu mẫu", 24, "mark"),
        Column("Ghi chú", 16),
    )
    rows: list[Row] = []
    no = 0
    for at, (district, communes) in enumerate(districts, start=1):
        rows.append(_group(write_roman(at), district, 5))
        for line in communes:
            no += 1
            rows.append(Row((str(no), line.name, MARK if line.advanced else "", MARK if line.model else "", line.note)))
    return Table(columns, tuple(rows))


@dataclass(frozen=True)
class VillageLine:
    """Thôn của Biểu 04 and the commune that it belongs to."""

    commune: str
    village: str
    note: str = ""


def village_table(districts: Sequence[tuple[str, Sequence[VillageLine]]], what: str = "Thôn NTM kiểu mẫu") -> Table:
    """Biểu 04: villages by district and commune; numbered through."""
    columns = (
        Column("STT", 6, "order"),
        Column("Địa phương", 34),
        Column(f"Đăng ký {what}", 40),
        Column("Ghi chú", 20),
    )
    rows: list[Row] = []
    no = 0
    for at, (district, villages) in enumerate(districts, start=1):
        rows.append(_group(write_roman(at), district, 4))
        for line in villages:
            no += 1
            rows.append(Row((str(no), line.commune, line.village, line.note)))
    return Table(columns, tuple(rows))
