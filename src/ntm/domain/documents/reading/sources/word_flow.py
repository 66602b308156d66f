"""Thứ tự trong Word: the paragraphs, rows and cells of a part, through whatever wraps them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .archives import Element
from .word_runs import ParagraphText, Stretch
from .word_styles import VAL, W

WRAPPERS = {W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}


def children(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables, also inside content controls and accepted insertions."""
    for child in parent:
        if child.tag in WRAPPERS:
            yield from children(child)
        elif isinstance(child.tag, str):
            yield child


def rows_of(table: Element) -> Iterator[Element]:
    return (child for child in children(table) if child.tag == W + "tr")


def cells_of(row: Element) -> Iterator[Element]:
    return (child for child in children(row) if child.tag == W + "tc")


def merged_down(cell: Element) -> bool:
    """Whether the cell only carries on the one above it."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and (merge.get(VAL) or "continue") == "continue"


def split_lines(read: ParagraphText) -> list[list[Stretch]]:
    """The stretches parted at soft line breaks."""
    lines: list[list[Stretch]] = [[]]
    for stretch in read.stretches:
        for number, piece in enumerate(stretch.text.split("\n")):
            if number:
                lines.append([])
            if piece:
                lines[-1].append(replace(stretch, text=piece))
    return lines
