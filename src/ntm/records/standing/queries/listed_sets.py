"""Danh mục bộ tiêu chí trong hệ thống: what there is, in force or not on a day, complete or not, compared or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ntm.domain.criteria.comparison import Difference, diff
from ntm.domain.criteria.model import CriteriaSet, Force
from ntm.records.standing import registry
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.queries.checks import CheckCount, Signatures, counts_of, signatures, signatures_of
from ntm.records.units import queries as units

__all__ = ["OpenedSet", "SetLine", "against_national", "opened", "province_names", "set_lines"]


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
    """Mọi bộ đang dùng, by level and title; a fixed number of queries whatever their number."""
    rows = list(RegisteredSet.objects.filter(current=True).order_by("level", "title_kind", "-start", "code"))
    contents = {row.pk: registry.content(row) for row in rows}
    signed = signatures_of(rows, {pk: one.extends for pk, one in contents.items()})
    names = province_names(rows)
    return [_line(row, contents[row.pk], signed[row.pk], names.get(row.province_code, ""), on) for row in rows]


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
