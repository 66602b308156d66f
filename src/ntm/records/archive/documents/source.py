"""Dòng của nguồn, as kept with a reading: one short list a line, enough to show the source and to mark places in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ntm.domain.documents.reading.blocks import Line, Source
from ntm.records.archive.documents.items import DOUBT

_BORDER = " │ "
_WEAK = 0.6  # a word recognised with less certainty


@dataclass(frozen=True)
class SourceLine:
    """Dòng: `doubts` are stretches of its text that were hard to recognise."""

    no: int
    text: str
    page: int | None
    doubtful: bool
    doubts: tuple[tuple[int, int], ...] = ()

    @property
    def words(self) -> str:
        """The text with the borders of its cells to be seen."""
        return self.text.replace("\t", _BORDER)

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text in stretches: (words, hard to recognise)."""
        found, at = [], 0
        for start, end in self.doubts:
            if at <= start < end <= len(self.text):
                found += [(self.text[at:start], False), (self.text[start:end], True)]
                at = end
        return [(words.replace("\t", _BORDER), weak) for words, weak in [*found, (self.text[at:], False)] if words]


def to_rows(source: Source) -> list[list[Any]]:
    """[text, page, doubtful, [[start, end], ...]] a line; trailing empty ones are left out."""
    return [_row(line) for line in source.lines]


def _row(line: Line) -> list[Any]:
    doubts = [[word.start, word.end] for word in line.words if word.confidence < _WEAK]
    row: list[Any] = [line.text, line.page, int(line.confidence is not None and line.confidence < DOUBT), doubts]
    while len(row) > 1 and not row[-1]:
        row.pop()
    return row


def from_rows(rows: Iterable[list[Any]]) -> list[SourceLine]:
    """The lines that `to_rows` wrote."""
    found = []
    for no, row in enumerate(rows, 1):
        text, page, doubtful, doubts = [*row, *[None, None, None][len(row) - 1 :]]
        found.append(SourceLine(no, text, page, bool(doubtful), tuple((a, b) for a, b in doubts or ())))
    return found


def places(lines: Iterable[Line]) -> dict[str, list[list[float]]]:
    """Where each line stands on the pages, as shares of the page."""
    return {str(line.no): boxes(line.boxes) for line in lines if line.boxes}


def boxes(found: Iterable[Any]) -> list[list[float]]:
    return [[box.page, *(round(share, 4) for share in (box.x0, box.y0, box.x1, box.y1))] for box in found]


def on_page(stood: Mapping[str, list[list[float]]], lines: Iterable[int]) -> int | None:
    """The page where the first of these lines stands."""
    return next((int(stood[str(no)][0][0]) for no in lines if stood.get(str(no))), None)
