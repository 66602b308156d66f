"""Ghép chỉ tiêu của hai bộ: by a written table where there is one, then by code or wording; a guess says that it is one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ntm.domain.criteria.model import CriteriaSet, Criterion, Indicator
from ntm.domain.criteria.names import plain_name
from ntm.domain.instruments.source_file import read

__all__ = ["Pair", "match_criteria", "match_indicators"]

FOLDER = Path(__file__).parent / "correspondences"
_ALIKE = 0.62  # share of words two wordings have in common
_SAME_CRITERION = 0.12  # how much the same criterion counts


@dataclass(frozen=True)
class Pair:
    """Cặp chỉ tiêu: an indicator before and after; either may be missing. basis: "table", "code", "text" or "guess"."""

    before: Indicator | None
    after: Indicator | None
    basis: str


def match_criteria(
    before: CriteriaSet, after: CriteriaSet, pairs: list[Pair]
) -> list[tuple[Criterion | None, Criterion | None]]:
    """Criteria of the same name; then those of one number that share an indicator or most words of their names."""
    left = {criterion.no: criterion for criterion in after.criteria}
    by_name = {plain_name(criterion.name): criterion for criterion in after.criteria}
    shared = {
        (before.criterion_of(pair.before.code).no, after.criterion_of(pair.after.code).no)
        for pair in pairs
        if pair.before and pair.after and pair.basis != "guess"
    }
    found: dict[int, Criterion] = {}
    for criterion in before.criteria:
        namesake = by_name.get(plain_name(criterion.name))
        if namesake is not None and namesake.no in left:
            found[criterion.no] = left.pop(namesake.no)
    for criterion in before.criteria:
        numbered = left.get(criterion.no)
        if criterion.no in found or numbered is None:
            continue
        if (criterion.no, criterion.no) in shared or _likeness(criterion.name, numbered.name) >= 0.5:
            found[criterion.no] = left.pop(criterion.no)
    first = [(criterion, found.get(criterion.no)) for criterion in before.criteria]
    return [*first, *((None, criterion) for criterion in left.values())]


def match_indicators(before: CriteriaSet, after: CriteriaSet) -> list[Pair]:
    """Every indicator of both sets, in exactly one pair."""
    first = {indicator.code: indicator for _, indicator in before.indicators()}
    second = {indicator.code: indicator for _, indicator in after.indicators()}
    pairs: list[Pair] = []

    def take(one: str, other: str, basis: str) -> None:
        if one in first and other in second:
            pairs.append(Pair(first.pop(one), second.pop(other), basis))

    if before.code in (after.code, after.extends) or before.extends == after.code:
        for code in [code for code in first if code in second]:
            take(code, code, "code")
    for one, other in _table(before.extends or before.code, after.extends or after.code):
        take(one, other, "table")
    texts = {plain_name(indicator.text): code for code, indicator in second.items()}
    for code, indicator in list(first.items()):
        take(code, texts.get(plain_name(indicator.text), ""), "text")
    for one, other in _guesses(before, after, first, second):
        take(one, other, "guess")
    pairs.extend(Pair(indicator, None, "text") for indicator in first.values())
    pairs.extend(Pair(None, indicator, "text") for indicator in second.values())
    order = {indicator.code: number for number, (_, indicator) in enumerate(before.indicators())}
    later = {indicator.code: number for number, (_, indicator) in enumerate(after.indicators(), len(order))}
    return sorted(pairs, key=lambda pair: order[pair.before.code] if pair.before else later[_code(pair.after)])


def _code(indicator: Indicator | None) -> str:
    return indicator.code if indicator else ""


def _guesses(
    before: CriteriaSet, after: CriteriaSet, first: dict[str, Indicator], second: dict[str, Indicator]
) -> list[tuple[str, str]]:
    """The likeliest pairs first."""
    found = []
    for one, mine in first.items():
        for other, theirs in second.items():
            if mine.is_judged_in_words != theirs.is_judged_in_words:
                continue
            same = plain_name(before.criterion_of(one).name) == plain_name(after.criterion_of(other).name)
            likeness = _likeness(mine.text, theirs.text) + (_SAME_CRITERION if same else 0)
            if likeness >= _ALIKE:
                found.append((likeness, one, other))
    return [(one, other) for _, one, other in sorted(found, key=lambda item: (-item[0], item[1], item[2]))]


def _likeness(one: str, other: str) -> float:
    """Words in common, of all words: 1 for the same words, 0 for none."""
    first, second = Counter(plain_name(one).split()), Counter(plain_name(other).split())
    return 2 * (first & second).total() / max(1, first.total() + second.total())


@lru_cache(maxsize=8)
def _table(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """The written correspondences, read forwards or backwards."""
    forwards, backwards = FOLDER / f"{before}_{after}.yaml", FOLDER / f"{after}_{before}.yaml"
    path = forwards if forwards.is_file() else backwards
    if not path.is_file():
        return ()
    entry = read(path.read_text(encoding="utf-8"), path.name)
    for name in ("before", "after", "basis"):
        entry.need(name).text()
    pairs = [(item.need("before").text(), item.need("after").text()) for item in entry.entries("pairs")]
    entry.close()
    return tuple(pairs) if path == forwards else tuple((other, one) for one, other in pairs)
