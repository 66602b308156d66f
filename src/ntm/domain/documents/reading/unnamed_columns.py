"""Bảng không có tên cột: a table that follows a named one, made alike, has its columns' names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ntm.domain.documents.reading.tables import Grid

_FIGURE = re.compile(r"[-+(]?\d[\d.,/%\s]*\)?")
_ORDINAL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2})*|[IVXLC]{1,6}|[A-Da-dđ])[.)]?")
ALIKE = 0.8  # of the columns must hold the same kind of cells
REACH = 3  # tables back


def named(grids: Sequence[Grid]) -> list[Grid]:
    """The same tables; one without a header row takes the names of the nearest one above with as many columns alike."""
    found: list[Grid] = []
    for grid in grids:
        if grid.rows and not any(grid.columns):
            model = next((one for one in reversed(found[-REACH:]) if any(one.columns) and _alike(one, grid)), None)
            if model is not None:
                grid = replace(grid, columns=model.columns)
        found.append(grid)
    return found


def _alike(model: Grid, grid: Grid) -> bool:
    width = len(model.columns)
    if not model.rows or any(len(row.cells) != width for row in (*model.rows, *grid.rows)):
        return False
    if _numbered(model) != _numbered(grid):
        return False
    kinds = list(zip(_kinds(model), _kinds(grid), strict=True))
    told = [(a, b) for a, b in kinds if a and b]
    return len(told) >= 2 and sum(a == b for a, b in told) >= ALIKE * len(told)


def _numbered(grid: Grid) -> bool:
    """Do its rows begin with their order?"""
    return sum(bool(_ORDINAL.fullmatch(row.cells[0].strip())) for row in grid.rows) * 2 > len(grid.rows)


def _kinds(grid: Grid) -> list[str]:
    """What each column holds: figures, words, or nothing."""
    found = []
    for col in range(len(grid.columns)):
        cells = [row.cells[col] for row in grid.rows if row.cells[col]]
        figures = sum(bool(_FIGURE.fullmatch(cell)) for cell in cells)
        found.append("" if not cells else "figures" if figures * 2 > len(cells) else "words")
    return found
