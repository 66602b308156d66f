"""Thời hạn: the words of a deadline and the days they mean, through the deadline language of ntm.domain.official."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from ntm.domain.documents.reading.layout import Clause
from ntm.domain.documents.reading.marks import plain
from ntm.domain.documents.reading.model import Deadline, Lines
from ntm.domain.official import deadlines as language
from ntm.domain.official.deadline_model import DeadlineKind

_WORDS = re.compile(
    r"thuong xuyen|dinh ky|hang (?:thang|quy|nam|tuan)|theo |trong nam|ca nam|lien tuc|dot xuat|ngay sau|khi "
    r"|sau khi|quy |thang "
)


def deadline_of(text: str, issued: date, year: int, lines: Lines = ()) -> Deadline:
    """The words as written; the days where they mean days."""
    words = " ".join(text.split()).strip(" ;:,")
    try:
        read = language.parse_deadline(words, issued, year)
        days = tuple((o.start, o.end) for o in read.occurrences())
    except (ValueError, OverflowError):
        return Deadline(words, lines=lines)
    recurring = read.kind in (DeadlineKind.RECURRING, DeadlineKind.CONTINUOUS)
    start = min((d[0] for d in days), default=None)
    end = max((d[1] for d in days), default=None)
    return Deadline(words, start, None if recurring and not read.stretches else end, recurring, days, lines)


def is_deadline(text: str) -> bool:
    """Could this cell of a table be a time?"""
    if not text.strip() or len(text) > 120:
        return False
    if _WORDS.match(plain(text).strip()):
        return True
    try:
        return language.parse_deadline(text, None, 2000).kind is not DeadlineKind.UNKNOWN
    except ValueError:
        return False


def found_in(text: str, start: int, end: int, issued: date, year: int) -> Iterator[tuple[str, Deadline, int, int]]:
    """(words, deadline, start, end) of every deadline said in that stretch."""
    for a, b, due in _found(text[start:end], issued, year):
        yield text[start + a : start + b], due, start + a, start + b


@lru_cache(maxsize=8192)
def _found(text: str, issued: date, year: int) -> tuple[tuple[int, int, Deadline], ...]:
    if not any(letter.isdigit() for letter in text) and "năm" not in text and "quý" not in text.lower():
        return ()
    try:
        return tuple(
            (f.start, f.end, deadline_of(text[f.start : f.end], issued, year))
            for f in language.find_deadlines(text, issued, year)
        )
    except (ValueError, OverflowError):
        return ()


def in_clause(clause: Clause, issued: date, year: int) -> Deadline | None:
    """The deadline of a clause: the one that binds most tightly ("chậm nhất 30/11/2018" before "năm 2018")."""
    p = clause.paragraph
    best: Deadline | None = None
    for words, due, a, b in found_in(p.text, clause.start, clause.end, issued, year):
        if due.end is None and not due.recurring:
            continue
        placed = Deadline(due.text, due.start, due.end, due.recurring, due.occurrences, p.lines(a, b))
        if best is None or (_tight(words) > _tight(best.text)):
            best = placed
    return best


def _tight(words: str) -> int:
    flat = plain(words)
    return 2 * bool(re.match(r"(?:cham nhat|truoc|xong|het|den)", flat)) + bool(
        re.search(r"\d{1,2}\s?/|quy|thang", flat)
    )
