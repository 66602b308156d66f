"""Chỗ của dòng trên trang in: a Word file has no pages until it is printed; its lines are found again in the print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ntm.domain.documents.reading.blocks import Box, Line
from ntm.records.archive.documents.search import words_of

_GRAM = 4
_NEAR = 80  # words after the last place, where a short line is looked for


def align(texts: Sequence[str], printed: Sequence[Line]) -> dict[int, list[Box]]:
    """The boxes of each text (numbered from 1) on the printed pages; texts that are not found have none."""
    stream: list[str] = []
    owner: list[int] = []
    for index, line in enumerate(printed):
        found = words_of(line.text)
        stream += found
        owner += [index] * len(found)
    grams: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(stream) - _GRAM + 1):
        grams[tuple(stream[at : at + _GRAM])].append(at)
    places: dict[int, list[Box]] = {}
    cursor = 0
    for no, text in enumerate(texts, 1):
        words = words_of(text)
        start = _long(words, grams, cursor) if len(words) >= _GRAM else _short(words, stream, cursor)
        if start is None:
            continue
        end = min(start + len(words), len(stream))
        places[no] = _joined(printed[index].boxes for index in dict.fromkeys(owner[start:end]))
        if start >= cursor - _NEAR:  # what stands elsewhere (a running head) does not move the place
            cursor = end
    return places


def _long(words: list[str], grams: dict[tuple[str, ...], list[int]], cursor: int) -> int | None:
    """The nearest place from here on that holds one of the line's four-word runs; else the nearest before."""
    for offset in range(min(len(words) - _GRAM + 1, 40)):
        found = grams.get(tuple(words[offset : offset + _GRAM]))
        if found:
            place = min(found, key=lambda at: (at < cursor - offset, abs(at - cursor)))
            return max(place - offset, 0)
    return None


def _short(words: list[str], stream: list[str], cursor: int) -> int | None:
    if not words:
        return None
    for start in range(cursor, min(cursor + _NEAR, len(stream) - len(words) + 1)):
        if stream[start : start + len(words)] == words:
            return start
    return None


def _joined(groups: Iterable[Sequence[Box]]) -> list[Box]:
    """One box a page for boxes that lie under one another."""
    by_page: dict[int, list[Box]] = defaultdict(list)
    for group in groups:
        for box in group:
            by_page[box.page].append(box)
    found: list[Box] = []
    for page, boxes in sorted(by_page.items()):
        boxes.sort(key=lambda box: box.y0)
        run = [boxes[0]]
        for upper, lower in pairwise(boxes):
            if lower.y0 - upper.y1 > 0.08:
                found.append(_around(page, run))
                run = []
            run.append(lower)
        found.append(_around(page, run))
    return found


def _around(page: int, boxes: list[Box]) -> Box:
    return Box(
        page,
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )
