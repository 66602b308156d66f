"""Ô bảng trong bản quét: cut out along the rules and set anew, so that one call recognises all cells of a table.

Wide cells stand one under another. Short ones (numbers, "x", "Đạt") stand side by side in rows: a lone digit on a line
of its own is read badly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from .grid import Grid, GridCell
from .limits import Limits
from .picture import Grey
from .tesseract import Seen, recognise

MARGIN = 14  # white around a cell, pixels
SPACE = 90  # white between short cells
ROW_WIDTH = 1500
SHORT = (100, 46)  # ink at most so wide and so high stands in one line and is short
FEWEST_DARK = 12


@dataclass(frozen=True, eq=False)
class Piece:
    """The ink of one cell, and where it was on the page."""

    pixels: Grey
    left: int
    top: int

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def short(self) -> bool:
        return self.width <= SHORT[0] and self.height <= SHORT[1]


@dataclass(frozen=True)
class Placed:
    """A piece on the new sheet."""

    piece: Piece
    x: int
    y: int

    def holds(self, x: float, y: float) -> bool:
        return (
            self.x - SPACE / 2 <= x <= self.x + self.piece.width + SPACE / 2
            and self.y - MARGIN <= y <= self.y + self.piece.height + MARGIN
        )


def read_grid(pixels: Grey, grid: Grid, scale: float, limits: Limits) -> list[Seen]:
    """The words of all cells, where they stand on the page."""
    pieces = [piece for cell in grid.cells if (piece := cut_out(pixels, cell, scale))]
    short = [piece for piece in pieces if piece.short]
    tall = [piece for piece in pieces if not piece.short]
    found: list[Seen] = []
    for placed in (stacked(tall), side_by_side(short)):
        if placed:
            found += recognised(placed, limits)
    return found


def recognised(placed: list[Placed], limits: Limits) -> list[Seen]:
    width = max(item.x + item.piece.width for item in placed) + MARGIN
    height = max(item.y + item.piece.height for item in placed) + MARGIN
    sheet = np.full((height, width), 255, dtype=np.uint8)
    for item in placed:
        sheet[item.y : item.y + item.piece.height, item.x : item.x + item.piece.width] = item.piece.pixels
    found = []
    for word in recognise(Image.fromarray(sheet), 6, limits):
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        holder = next((item for item in placed if item.holds(x, y)), None)
        if holder is None:
            continue
        dx, dy = holder.piece.left - holder.x, holder.piece.top - holder.y
        moved = replace(word, x0=word.x0 + dx, y0=word.y0 + dy, x1=word.x1 + dx, y1=word.y1 + dy)
        found.append(replace(moved, line_top=word.line_top + dy))
    return found


def stacked(pieces: list[Piece]) -> list[Placed]:
    placed = []
    y = MARGIN
    for piece in pieces:
        placed.append(Placed(piece, MARGIN, y))
        y += piece.height + 2 * MARGIN
    return placed


def side_by_side(pieces: list[Piece]) -> list[Placed]:
    """In rows, standing on one line."""
    placed: list[Placed] = []
    row: list[Piece] = []
    y = MARGIN

    def finish() -> None:
        nonlocal y
        tallest = max((piece.height for piece in row), default=0)
        x = MARGIN
        for piece in row:
            placed.append(Placed(piece, x, y + tallest - piece.height))
            x += piece.width + SPACE
        y += tallest + 2 * MARGIN
        row.clear()

    for piece in pieces:
        if row and sum(other.width + SPACE for other in row) + piece.width > ROW_WIDTH:
            finish()
        row.append(piece)
    if row:
        finish()
    return placed


def cut_out(pixels: Grey, cell: GridCell, scale: float) -> Piece | None:
    """The inked part of the cell, without its borders."""
    x0, x1 = round(cell.x0 / scale) + 3, round(cell.x1 / scale) - 3
    y0, y1 = round(cell.y0 / scale) + 3, round(cell.y1 / scale) - 3
    if x1 - x0 < 8 or y1 - y0 < 8:
        return None
    piece = clear_edges(pixels[y0:y1, x0:x1].copy())
    dark = piece < 140
    if dark.sum() < FEWEST_DARK:
        return None
    ys, xs = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    top, left = max(int(ys[0]) - 4, 0), max(int(xs[0]) - 4, 0)
    return Piece(piece[top : int(ys[-1]) + 5, left : int(xs[-1]) + 5], x0 + left, y0 + top)


def clear_edges(piece: Grey) -> Grey:
    """Whitens what is left of the borders: edge rows and columns that are mostly ink."""
    for _ in range(5):
        for view in (piece[0], piece[-1], piece[:, 0], piece[:, -1]):
            if view.size and (view < 170).mean() > 0.5:
                view[:] = 255
        for depth in range(1, 4):
            for view in (piece[depth : depth + 1], piece[-1 - depth : piece.shape[0] - depth]):
                if view.size and (view < 170).mean() > 0.7:
                    view[:] = 255
            for view in (piece[:, depth : depth + 1], piece[:, -1 - depth : piece.shape[1] - depth]):
                if view.size and (view < 170).mean() > 0.7:
                    view[:] = 255
    return piece
