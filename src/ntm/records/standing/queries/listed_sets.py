"""Danh mục bộ tiêu chí trong hệ thống: what there is, in force or not on a day, complete or not, compared or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ntm.domain.criteria.comparison import Difference, diff
from ntm.domain.criteria.model import CriteriaSet, Force
from ntm.domain.official.text import fold
from ntm.records.standing import registry
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.queries.checks import (
    CheckCount,
    Signatures,
    counts_of,
    leaves,
    signatures,
    signatures_of,
)
from ntm.records.units import queries as units

__all__ = [
    "FoundIndicator",
    "OpenedSet",
    "SetLine",
    "against_national",
    "find_indicators",
    "opened",
    "province_names",
    "set_lines",
    "sets_citing",
]

_FORCE = {Force.YES: 0, Force.UNKNOWN: 1, Force.NO: 2}
_LEVELS = {"xa": 0, "thon": 1, "huyen": 2, "tinh": 3}


@dataclass(frozen=True)
class SetLine:
    """Một bộ trong danh mục."""

    row: RegisteredSet
    content: CriteriaSet
    province: str  # name of the province, "" for a national set
    force: Force
    counts: CheckCount
    criteria: int
    indicators: int

    @property
    def national(self) -> bool:
        return not self.row.province_code


@dataclass(frozen=True)
class OpenedSet:
    """Một bộ mở ra xem: its content as the law has it, and who signed what."""

    row: RegisteredSet
    content: CriteriaSet
    signed: Signatures
    province: str
    force: Force
    counts: CheckCount
    national: CriteriaSet | None  # the set it leans on


def set_lines(on: date) -> list[SetLine]:
    """Mọi bộ đang dùng: those in force first, the nation's before the provinces'; a fixed number of queries."""
    rows = list(RegisteredSet.objects.filter(current=True).order_by("title_kind", "-start", "code"))
    contents = {row.pk: registry.content(row) for row in rows}
    signed = signatures_of(rows, {pk: one.extends for pk, one in contents.items()})
    names = province_names(rows)
    lines = [_line(row, contents[row.pk], signed[row.pk], names.get(row.province_code, ""), on) for row in rows]
    return sorted(lines, key=lambda line: (_FORCE[line.force], not line.national, _LEVELS[line.row.level]))


def opened(code: str, on: date) -> OpenedSet:
    """Một bộ theo mã; Refused when there is none."""
    row = registry.by_code(code)
    content = registry.content(row)
    signed = signatures(row, content.extends)
    return OpenedSet(
        row=row,
        content=content,
        signed=signed,
        province=province_names([row]).get(row.province_code, ""),
        force=content.force(on),
        counts=counts_of(content, signed),
        national=registry.resolve(content.extends) if content.extends else None,
    )


def against_national(one: OpenedSet, on: date) -> Difference | None:
    """Khác với bộ quốc gia: on one day where both are read."""
    return diff(one.national, one.content, on, on) if one.national else None


def province_names(rows: Iterable[RegisteredSet]) -> dict[str, str]:
    """Code of a province -> its name on the first day of a set, when the code was that province's."""
    wanted: dict[date, set[str]] = {}
    for row in rows:
        if row.province_code:
            wanted.setdefault(row.start or date.max, set()).add(row.province_code)
    names: dict[str, str] = {}
    if not wanted:
        return names
    first = min(wanted)  # one day for all: codes of provinces were not given to others
    found = units.by_codes({code for codes in wanted.values() for code in codes}, first)
    words = units.labels(found.values(), first)
    return {code: words[unit].name for code, unit in found.items() if unit in words}


def _line(row: RegisteredSet, content: CriteriaSet, signed: Signatures, province: str, on: date) -> SetLine:
    return SetLine(
        row=row,
        content=content,
        province=province,
        force=content.force(on),
        counts=counts_of(content, signed),
        criteria=len(content.criteria),
        indicators=sum(len(one.indicators) for one in content.criteria),
    )


def sets_citing(number: str) -> list[tuple[RegisteredSet, bool]]:
    """Các bộ viện dẫn văn bản: (set, whether it is the set's own decision); others cite it for an indicator or a level."""
    found = []
    for row in RegisteredSet.objects.filter(current=True).order_by("code"):
        content = registry.content(row)
        own = content.decision.instrument == number
        if own or number in _cited(content):
            found.append((row, own))
    return found


def _cited(content: CriteriaSet) -> set[str]:
    cited = {one.reference.instrument for one in content.title_rule.conditions}
    for criterion in content.criteria:
        for _path, one in leaves(criterion.indicators):
            cited.add(one.reference.instrument)
            cited |= {level.reference.instrument for level in one.thresholds}
            cited |= {wording.reference.instrument for wording in one.amendments}
    return cited


@dataclass(frozen=True)
class FoundIndicator:
    """Một chỉ tiêu tìm thấy."""

    row: RegisteredSet
    criterion_no: int
    code: str
    text: str
    force: Force


def find_indicators(words: str, on: date, limit: int = 20) -> list[FoundIndicator]:
    """Chỉ tiêu có mọi chữ đã gõ, without marks; sets in force that day first. One query."""
    wanted = fold(words).split()
    if not wanted:
        return []
    found = []
    for row in RegisteredSet.objects.filter(current=True).order_by("code"):
        content = registry.content(row)
        force = content.force(on)
        for no, code, text, searched in _searched(content):
            if all(word in searched for word in wanted):
                found.append(FoundIndicator(row, no, code, text, force))
    found.sort(key=lambda one: (_FORCE[one.force], one.row.province_code != "", one.row.code))
    return found[:limit]


def _searched(content: CriteriaSet) -> tuple[tuple[int, str, str, str], ...]:
    known = _WORDS.get(content.hash)
    if known is None:
        known = tuple(
            (criterion.no, one.code, one.text, fold(f"{one.code} {criterion.name} {one.text}"))
            for criterion in content.criteria
            for _path, one in leaves(criterion.indicators)
        )
        _WORDS[content.hash] = known  # by content: a set never changes
    return known


_WORDS: dict[str, tuple[tuple[int, str, str, str], ...]] = {}
