"""Bảng đơn vị × tiêu chí như một bảng dày: standing and promise in one cell, both margins, ready for paper and Excel."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext

from ntm.faces.desk import tables
from ntm.faces.desk.outcomes import LOOKS
from ntm.faces.desk.rooms.plans.place import PlanSight
from ntm.faces.desk.rooms.units import words
from ntm.records.planning.models import Mode
from ntm.records.planning.queries.cells import CellRow, CellTable, PlannedCell
from ntm.records.standing import drawing

__all__ = ["CSS", "SIGNS", "deadlines", "drawn", "usual_words"]

SIGNS = {Mode.GAIN: "+", Mode.KEEP: "="}
CSS = {Mode.GAIN: "pg", Mode.KEEP: "pk"}


def drawn(here: PlanSight, table: CellTable, *, in_words: bool = False) -> tables.Table:
    """Bảng: the unit's head opens its row for typing; foot rows count units a criterion."""
    with_district = here.plan.level == "tinh" and any(_district(row) for row in table.rows)
    kept = here.url("plan_cells").partition("?")[2]  # from its own page: the rest of the address is the same
    pattern = f"?{kept}&don-vi=" if kept else "?don-vi="
    cell = _told if in_words else _cell
    rows = [
        tables.Row(
            str(row.unit.id),
            (
                tables.Cell(words.capital(row.unit.title), url=f"{pattern}{row.unit.id}#sua"),
                *([_district(row)] if with_district else []),
                *(cell(SIGNS.get(_mode(one), ""), drawing.OUTCOME_OF[one.outcome], one.needless) for one in row.cells),
                row.gained,
                row.kept,
                row.met,
                row.expected,
            ),
        )
        for row in table.rows
    ]
    return tables.Table(
        "cells",
        gettext("%(plan)s · đơn vị và tiêu chí · hiện trạng ngày %(day)s")
        % {"plan": here.title, "day": f"{table.on:%d/%m/%Y}"},
        _columns(table, with_district),
        rows,
        totals=_totals(table, with_district),
        download_url=reverse("desk:plan_cells_file", args=(here.plan.pk, "xlsx")) + here.carried,
    )


def _columns(table: CellTable, with_district: bool) -> list[tables.Column]:
    return [
        tables.Column("unit", gettext("Đơn vị")),
        *([tables.Column("district", gettext("Huyện"))] if with_district else []),
        *(
            tables.Column(str(no), str(no), "outcome", about=name, sortable=False)
            for no, name in zip(table.numbers, table.names, strict=True)
        ),
        tables.Column("gained", gettext("Thêm"), "number", about=gettext("tiêu chí phấn đấu đạt thêm")),
        tables.Column("kept", gettext("Giữ"), "number", about=gettext("tiêu chí duy trì")),
        tables.Column("met", gettext("Đã đạt"), "number", about=gettext("tiêu chí đã đạt trong ngày xem")),
        tables.Column("expected", gettext("Sẽ đạt"), "number", about=gettext("đã đạt và sẽ đạt thêm")),
    ]


def _totals(table: CellTable, with_district: bool) -> tuple[tables.Row, ...]:
    between = [None] * int(with_district)
    gains, keeps = table.gains, table.keeps
    return (
        tables.Row("gain", (gettext("Số đơn vị đạt thêm"), *between, *gains, sum(gains), None, None, None)),
        tables.Row("keep", (gettext("Số đơn vị duy trì"), *between, *keeps, None, sum(keeps), None, None)),
    )


def _mode(one: PlannedCell) -> str:
    return one.cell.mode if one.cell is not None else ""


def _district(row: CellRow) -> str:
    return next((one.name for one in row.unit.ancestors if one.level == "huyen"), "")


@lru_cache(maxsize=64)
def _cell(sign: str, outcome: str, needless: bool) -> tables.Cell:
    """The sign of standing, and behind it "+" or "=" where the plan asks for it."""
    if not sign:
        return tables.Cell(outcome)
    css = "pg" if sign == "+" else "pk"
    return tables.Cell(outcome, shown=f"{LOOKS[outcome].sign}{sign}", css=f"{css} needless" if needless else css)


@lru_cache(maxsize=64)
def _told(sign: str, outcome: str, _needless: bool) -> tables.Cell:
    """The same in words, for a file."""
    said = str(LOOKS[outcome].words)
    promise = {"+": gettext("phấn đấu đạt"), "=": gettext("duy trì")}.get(sign, "")
    return tables.Cell(f"{said}; {promise}" if promise else said)


def usual_words(table: CellTable) -> str:
    """Thời hạn mà phần lớn các ô ghi: only the others need be told one by one."""
    counted: dict[str, int] = {}
    for row in table.rows:
        for one in row.cells:
            if one.cell is not None:
                counted[one.cell.deadline_words] = counted.get(one.cell.deadline_words, 0) + 1
    return max(sorted(counted), key=lambda words: counted[words], default="")


def deadlines(table: CellTable, usual: str) -> dict[str, str]:
    """ "unit:criterion" -> words, where they are not the usual ones; for the script of the page."""
    return {
        f"{row.unit.id}:{one.no}": one.cell.deadline_words
        for row in table.rows
        for one in row.cells
        if one.cell is not None and one.cell.deadline_words != usual
    }
