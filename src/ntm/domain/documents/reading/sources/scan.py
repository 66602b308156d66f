"""Bản quét: a picture of a page -> ink, tables found by their rules and recognised cell by cell."""

from __future__ import annotations

from typing import Any

import numpy as np
from PIL import Image

from ..blocks import Source, SourceError
from .builder import Builder
from .cells import read_grid
from .grid import Grid, find_grids
from .ink import Horizontal, PageInk, Vertical, Word
from .layout import lay_out
from .limits import Limits, Progress, ProgressCallback
from .picture import Grey, clean_paper, even_paper, fit, levelled, long_lines, open_pictures, threshold
from .tesseract import Seen, recognise

SHORTEST_RULE = 60  # pixels at 200 dpi: longer than any letter's level stroke
SHORTEST_UPRIGHT = 40  # and than any capital is tall
THICKEST_RULE = 9
POOR = 0.55  # a page believed less than this is told to the officer
DOUBTFUL = 0.78  # and below this it is tried upside down and sideways
FEWEST_DARK = 40  # pixels: less is dust
BAND = 260  # pixels above and below the middle
LINE_TO_SIZE = 0.86  # a line's inked height (accents to descenders) against its letters' size


def read_image(content: bytes, name: str, limits: Limits, progress: ProgressCallback) -> Source:
    builder = Builder(limits)
    pages = []
    for number, picture in enumerate(open_pictures(content, name, limits), 1):
        pages.append(read_picture(picture, number, builder, limits))
        progress(Progress(number, number, f"Đã nhận dạng ảnh {number}"))
    lay_out(pages, builder)
    if not builder.lines:
        raise SourceError(
            "empty", f"Không nhận được chữ nào trong ảnh “{name}”; hãy quét hoặc chụp lại rõ hơn, đủ sáng, thẳng trang."
        )
    return builder.source(content, name, "image", len(pages))


def read_picture(
    picture: Any, number: int, builder: Builder, limits: Limits, points: tuple[float, float] | None = None
) -> PageInk:
    """The words and rules of one pictured page; `points` is the page's size where the file states it."""
    upright = fit(picture)
    level, angle = levelled(even_paper(upright))
    seen, ink = _see(level, number, points, limits)
    if _belief(seen) < DOUBTFUL:
        turned = _turned_right(upright, limits)
        if turned is not None:
            level, angle = levelled(even_paper(turned))
            swapped = (points[1], points[0]) if points and turned.size != upright.size else points
            again, ink_again = _see(level, number, swapped, limits)
            if _belief(again) > _belief(seen):
                seen, ink = again, ink_again
    if angle:
        builder.notes["turned"] = f"{angle:.2f}"
    if not seen:
        builder.warn("page", f"Trang {number} không nhận được chữ nào.", number)
    elif _belief(seen) < POOR:
        builder.warn("low_confidence", f"Trang {number} quét mờ, nhiều chữ có thể sai; hãy đối chiếu bản gốc.", number)
    return ink


def _see(
    level: Image.Image, number: int, points: tuple[float, float] | None, limits: Limits
) -> tuple[list[Seen], PageInk]:
    width, height = points or (level.width * 72 / 200, level.height * 72 / 200)
    scale = width / level.width
    ink = PageInk(number, width, height, recognised=True)
    pixels = clean_paper(np.array(level))
    across, down = find_rules(pixels)
    ink.horizontals = [Horizontal(x0 * scale, x1 * scale, (y0 + y1) / 2 * scale) for x0, x1, y0, y1 in across]
    ink.verticals = [Vertical((x0 + x1) / 2 * scale, y0 * scale, y1 * scale) for x0, x1, y0, y1 in down]
    grids = find_grids(ink.horizontals, ink.verticals)
    seen: list[Seen] = []
    for grid in grids:
        seen += read_grid(pixels, grid, scale, limits)
    erase(pixels, grids, across, scale)
    if (pixels < 128).sum() >= FEWEST_DARK:
        seen += recognise(Image.fromarray(pixels), 3, limits) or recognise(Image.fromarray(pixels), 6, limits)
    ink.words = [as_word(item, scale) for item in seen]
    return seen, ink


def find_rules(pixels: Grey) -> tuple[list[tuple[int, int, int, int]], list[tuple[int, int, int, int]]]:
    """Drawn lines in pixels: level ones as (x0, x1, y0, y1), upright ones in the same order."""
    dark = pixels < min(max(threshold(pixels), 110), 200)
    across = long_lines(dark, SHORTEST_RULE, THICKEST_RULE)
    down = [(y0, y1, x0, x1) for x0, x1, y0, y1 in long_lines(dark.T.copy(), SHORTEST_UPRIGHT, THICKEST_RULE)]
    return across, down


def erase(pixels: Grey, grids: list[Grid], across: list[tuple[int, int, int, int]], scale: float) -> None:
    """Whitens the tables, which are read apart, and lone lines under headings."""
    for grid in grids:
        x0, y0, x1, y1 = (round(value / scale) for value in grid.box)
        pixels[max(y0 - 4, 0) : y1 + 5, max(x0 - 4, 0) : x1 + 5] = 255
    for x0, x1, y0, y1 in across:
        pixels[max(y0 - 1, 0) : y1 + 2, x0 : x1 + 1] = 255


def as_word(seen: Seen, scale: float) -> Word:
    """A word as tall as its line: ink alone would tell a dash from a letter as another line."""
    top = min(seen.line_top, seen.y0)
    bottom = max(seen.line_top + seen.line_height, seen.y1)
    size = seen.line_height * scale * LINE_TO_SIZE
    return Word(
        seen.x0 * scale, top * scale, seen.x1 * scale, bottom * scale, seen.text, size, confidence=seen.confidence
    )


def _belief(seen: list[Seen]) -> float:
    letters = sum(len(word.text) for word in seen)
    return sum(word.confidence * len(word.text) for word in seen) / letters if letters else 0.0


def _turned_right(picture: Image.Image, limits: Limits) -> Image.Image | None:
    """The page turned by 90, 180 or 270 degrees when that reads clearly better, tried on a band of its ink."""
    level = even_paper(picture)
    box = Image.fromarray(np.where(np.asarray(level) < 120, 255, 0).astype(np.uint8)).getbbox()
    if box is None:
        return None
    inked = level.crop(box)
    best, turned = 0.0, None
    for angle in (0, 90, 180, 270):
        band = inked.rotate(angle, expand=True, fillcolor=255)
        middle = band.height // 2
        band = band.crop((0, max(0, middle - BAND), band.width, min(band.height, middle + BAND)))
        belief = _belief(recognise(band, 6, limits))
        if belief > best + 0.05:
            best, turned = belief, picture.rotate(angle, expand=True, fillcolor=255) if angle else None
    return turned
