"""Câu chữ của kế hoạch: paragraphs and clauses for the rules that ask the words themselves, and words of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from ntm.domain.criteria import catalogue
from ntm.domain.documents.checking.checkable import Checkable, Promises
from ntm.domain.documents.reading.blocks import Line
from ntm.domain.documents.reading.criterion_names import OTHER_NAMES
from ntm.domain.documents.reading.layout import Clause, Paragraph
from ntm.domain.documents.reading.layout import paragraphs as join
from ntm.domain.official.text import flat, fold

_WORD = re.compile(r"[a-z0-9]+")
PERIOD = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?-\s?((?:19|20)\d\d)(?!\d)")


@lru_cache(maxsize=4)
def _joined(lines: tuple[str, ...]) -> tuple[Paragraph, ...]:
    kept = [
        Line(no, text) for no, text in enumerate(lines, 1) if "\t" not in text and not text.lstrip().startswith("|")
    ]
    return join(kept)


def paragraphs(plan: Checkable) -> tuple[Paragraph, ...]:
    """The paragraphs of the text, rows of tables left out; none where the plan has no text."""
    return _joined(plan.lines)


def clauses(plan: Checkable) -> Iterator[Clause]:
    for paragraph in paragraphs(plan):
        yield from paragraph.clauses


@lru_cache(maxsize=4)
def _clauses_by_line(lines: tuple[str, ...]) -> dict[int, list[Clause]]:
    found: dict[int, list[Clause]] = {}
    for paragraph in _joined(lines):
        for clause in paragraph.clauses:
            for no in clause.lines:
                found.setdefault(no, []).append(clause)
    return found


def clauses_on(plan: Checkable, line: int) -> list[Clause]:
    """The clauses that stand on that line, wholly or in part."""
    return _clauses_by_line(plan.lines).get(line, [])


def text_of(plan: Checkable, lines: tuple[int, ...]) -> str:
    """The flat words on those lines."""
    return flat(" ".join(plan.lines[n - 1] for n in lines if 0 < n <= len(plan.lines)))


def tokens(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def pairs(text: str) -> set[tuple[str, str]]:
    """Two words that follow one another: enough to tell whether two texts speak of one thing."""
    found = tokens(text)
    return set(pairwise(found))


def unit_key(name: str) -> str:
    """A commune's name for comparing: Hoà and Hòa, with and without "xã"."""
    return re.sub(r"^(?:xa|thi tran|phuong|thon|ban|ap|huyen)\s", "", " ".join(tokens(name)))


def criterion_names(plan: Promises) -> dict[int, str]:
    """Names of the criteria under the set that the plan was read by; else as the plan itself names them."""
    found: dict[int, str] = {}
    if plan.set_code is not None:
        try:
            found = {c.no: c.name for c in catalogue().get(plan.set_code).criteria}
        except KeyError:
            found = {}
    for target in plan.criterion_targets:
        if target.criterion and target.name:
            found.setdefault(target.criterion, target.name)
    for mention in plan.criterion_mentions:
        if mention.no and mention.name and mention.resolved in (None, mention.no):
            found.setdefault(mention.no, mention.name)
    return found


def phrases(name: str) -> tuple[str, ...]:
    """The ways in which documents write that criterion's name, in the flat form."""
    own = " ".join(tokens(name))
    return (own, *(words for words, target in OTHER_NAMES if target == own and words != own))


def criterion(no: int, names: dict[int, str]) -> str:
    return f"tiêu chí {no} ({names[no]})" if no in names else f"tiêu chí {no}"


def upper_first(words: str) -> str:
    """The same words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def numbers(values: object) -> str:
    """ "2, 7" of any numbers, in order."""
    return (
        ", ".join(str(v) for v in sorted(values)) if isinstance(values, set | frozenset | list | tuple) else str(values)
    )


def joined_lines(lines: tuple[int, ...]) -> str:
    return ", ".join(map(str, lines))
