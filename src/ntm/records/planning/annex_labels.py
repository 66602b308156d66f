"""Số của các biểu: as its rows say where they stood on the paper, else as the plan's words promise it, else the next free.

So a plan that says "(Chi tiết tại Biểu 05 kèm theo)" is written with a table of that number, and what it promises and
nothing can be drawn for stays a finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ntm.domain.documents.reading.model import AnnexPromise
from ntm.domain.official.text import flat

__all__ = ["Drawn", "numbered"]

_ON_PAPER = re.compile(r"^(?:biểu|phụ lục)\s*(?:số\s*)?(\d{1,2}(?:\.\d{1,2})?)", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})?)$")
_BACK = 4  # lines to look back for what a bare "(có biểu 01 kèm theo)" speaks of
_SPEAKS = {
    "work": ("nhiem vu", "cong viec", "chuong trinh cong tac", "tien do"),
    "cells": ("tieu chi",),
    "money": ("von", "kinh phi", "nguon luc"),
    "shares": ("giao ke hoach", "chi tieu"),
}


@dataclass(frozen=True)
class Drawn:
    """Một bảng vẽ được: what it tells (work, cells, money, shares), and where its rows stood on the paper."""

    about: str
    places: tuple[str, ...] = ()


def numbered(drawn: Sequence[Drawn], promises: Sequence[AnnexPromise], lines: Sequence[str]) -> list[str]:
    """Số của từng bảng: "01", "3.1"; each once. `promises`: those of the plan's words, on their `lines`."""
    found: list[str | None] = []
    for one in drawn:
        number = _on_paper(one.places)
        found.append(number if number not in found else None)
    promised = [(_plain(p), _about(p, lines)) for p in promises]
    left = [(no, about) for no, about in promised if no and no not in found]
    for at, one in enumerate(drawn):
        if found[at] is None:
            number = next((no for no, about in left if about == one.about), None)
            left = [pair for pair in left if pair[0] != number]
            found[at] = number
    taken = {no for no in found if no} | {no for no, about in left if about}
    for at, number in enumerate(found):
        if number is None:
            found[at] = next(str(n) for n in range(1, 100) if str(n) not in taken)
            taken.add(found[at])
    return [f"{int(number):02d}" if number and number.isdigit() else str(number) for number in found]


def _on_paper(places: Iterable[str]) -> str | None:
    """The number that most of the rows with a place name."""
    told = [match[1] if (match := _ON_PAPER.match(place)) else "" for place in places if place]
    if not told:
        return None
    number, count = Counter(told).most_common(1)[0]
    return _bare(number) if number and count * 2 > len(told) else None


def _plain(promise: AnnexPromise) -> str | None:
    match = _NUMBER.search(promise.label.strip())
    return _bare(match[1]) if match else None


def _bare(number: str) -> str:
    return re.sub(r"^0+(?=\d)", "", number)


def _about(promise: AnnexPromise, lines: Sequence[str]) -> str:
    """What the sentence of the promise speaks of; else the lines just before it."""
    if not promise.lines:
        return ""
    for back in range(_BACK):
        words = flat(" ".join(lines[max(0, promise.lines[0] - 1 - back) : promise.lines[-1]]))
        for about, marks in _SPEAKS.items():
            if any(re.search(rf"\b{mark}\b", words) for mark in marks):
                return about
    return ""
