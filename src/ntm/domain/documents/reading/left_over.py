"""Tiêu chí còn lại: "hoàn thành 04 tiêu chí còn lại", whose names stand where the plan tells what is not met yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ntm.domain.documents.reading.layout import clauses
from ntm.domain.documents.reading.marks import plain
from ntm.domain.documents.reading.model import Gap, Target
from ntm.domain.documents.reading.work import Work

_OPEN = re.compile(r"tieu chi (?:con lai )?(?:con )?(?:chua (?:dat|hoan thanh)|con lai)(?: chuan)?[^:;.]{0,40}:\s*")
_LEFT = re.compile(r"tieu chi[^,;.:]{0,30}\b(?:con lai|chua dat|con thieu)\b")


def named(work: Work, targets: Sequence[Target], lacking: Sequence[Gap]) -> tuple[Target, ...]:
    """The targets, those that count what is left with the criteria that the plan names elsewhere, if they are as many."""
    if work.header.level not in ("xã", "thôn"):
        return tuple(targets)
    open_ones = list(_open(work, lacking))
    return tuple(_filled(target, open_ones) for target in targets)


def _open(work: Work, lacking: Sequence[Gap]) -> Iterator[tuple[int, ...]]:
    for context in work.contexts:
        p = context.paragraph
        for clause in clauses(p):
            match = _OPEN.search(p.flat, clause.start, clause.end)
            if match is not None:
                refs = tuple(work.criteria.listed(p.flat, match.end(), clause.end)) or work.criteria.mentions(
                    p.flat, match.end(), clause.end
                )
                yield tuple(dict.fromkeys(ref.no for ref in refs if ref.no is not None))
    yield tuple(dict.fromkeys(gap.criterion for gap in lacking if gap.criterion is not None))


def _filled(target: Target, open_ones: Sequence[tuple[int, ...]]) -> Target:
    measured = plain(target.measure or "").startswith("tieu chi")
    if target.criteria or not measured or target.value is None or not _LEFT.search(plain(target.what)):
        return target
    alike = {numbers for numbers in open_ones if numbers and len(numbers) == target.value}
    return replace(target, criteria=alike.pop()) if len({frozenset(one) for one in alike}) == 1 else target
