"""Những gì cần biết để so một bảng công trình: units, works, villages, sets, debts, in a few queries for the whole file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from ntm.domain.official.text import fold
from ntm.records.funding.models import Works
from ntm.records.funding.queries import debts
from ntm.records.funding.workbook.present import Present, chunks, present
from ntm.records.funding.workbook.reading import ReadLine, ReadSheet
from ntm.records.people import authority
from ntm.records.people.authority import Actor, Reach
from ntm.records.standing.models import RegisteredSet
from ntm.records.units import queries as units
from ntm.records.units.models import Level, Position, Unit
from ntm.records.units.queries import UnitLabel

__all__ = ["Facts", "gather"]

_LENGTHS = (2, 3, 5)  # digits of official codes: provinces, districts, communes


@dataclass
class Facts:
    """Mọi điều tra trước; nothing is asked of the database after."""

    own: int
    area: frozenset[int]
    reach: Reach
    codes: Mapping[str, int]
    labels: Mapping[int, UnitLabel]
    works: dict[tuple[int, str], Works] = field(default_factory=dict)
    by_key: dict[int, Works] = field(default_factory=dict)
    alike: dict[tuple[int, str], str] = field(default_factory=dict)  # unit, folded code -> the code that stands
    present: Mapping[int, Present] = field(default_factory=dict)
    villages: dict[int, dict[str, list[int]]] = field(default_factory=dict)  # unit -> folded name -> villages
    village_titles: dict[int, str] = field(default_factory=dict)
    sets: Mapping[str, RegisteredSet] = field(default_factory=dict)
    set_words: Mapping[str, str] = field(default_factory=dict)
    owed: Mapping[int, int] = field(default_factory=dict)

    def unit_of(self, code: str) -> int | None:
        """Đơn vị của mã: the page's own without one; noughts that Excel took off are put back."""
        if not code:
            return self.own
        return next((self.codes[one] for one in _written(code) if one in self.codes), None)


def gather(actor: Actor, sheet: ReadSheet, unit_id: int, on: date) -> Facts:
    """Tra trước cho cả bảng. The works are held until the end of the transaction."""
    asked = {one for line in sheet.lines for one in _written(str(line.values.get("unit") or ""))}
    codes = units.by_codes(asked, on) if asked else {}
    area = frozenset({unit_id, *units.descendant_ids(unit_id, on)})
    found = Facts(unit_id, area, authority.reach(actor, "works.manage", on=on), codes, {})
    here = sorted({found.unit_of(str(line.values.get("unit") or "")) or unit_id for line in sheet.lines} & area)
    found.labels = units.labels({unit_id, *here, *codes.values()}, on)
    list(Unit.objects.select_for_update(no_key=True).filter(pk__in=here).order_by("pk").values_list("pk"))
    _add_works(found, here, [line.key for line in sheet.lines if line.key is not None])
    _add_present(found, sheet, on)
    if any(line.values.get("village_id") for line in sheet.lines):
        _add_villages(found, here, on)
    rows = RegisteredSet.objects.filter(current=True).order_by("code")
    found.sets = {row.code: row for row in rows}
    found.set_words = {fold(row.name): row.code for row in rows} | {fold(row.code): row.code for row in rows}
    found.owed = debts.total_debts(here, on)
    return found


def _written(code: str) -> list[str]:
    if not (code.isascii() and code.isdigit()):
        return [code] if code else []
    return [code, *(code.zfill(length) for length in _LENGTHS if length > len(code))]


def _add_works(found: Facts, unit_ids: Sequence[int], keys: Sequence[int]) -> None:
    for some in chunks(unit_ids):
        for one in Works.objects.select_for_update().filter(unit_id__in=some).order_by("unit_id", "code"):
            found.works[one.unit_id, one.code] = one
            found.by_key[one.pk] = one
            found.alike[one.unit_id, fold(one.code)] = one.code
    for some in chunks(sorted(set(keys) - found.by_key.keys())):
        found.by_key |= {one.pk: one for one in Works.objects.filter(pk__in=some).order_by("pk")}


def _add_present(found: Facts, sheet: ReadSheet, on: date) -> None:
    named = [_named(found, line) for line in sheet.lines]
    found.present = present([one for one in dict.fromkeys(named) if one is not None], on)


def _named(found: Facts, line: ReadLine) -> Works | None:
    unit = found.unit_of(str(line.values.get("unit") or ""))
    return found.works.get((unit, str(line.values.get("code") or ""))) if unit is not None else None


def _add_villages(found: Facts, unit_ids: Sequence[int], on: date) -> None:
    """Names with their kind, and without."""
    ids = set(unit_ids)
    of_unit: dict[int, list[int]] = defaultdict(list)
    for some in chunks(unit_ids):
        where = Q(commune_id__in=some) | Q(district_id__in=some) | Q(province_id__in=some)
        rows = Position.objects.on(on).filter(where, level=Level.VILLAGE).order_by("unit_id")
        for village, *uppers in rows.values_list("unit_id", "commune_id", "district_id", "province_id"):
            for upper in ids & set(uppers):
                of_unit[upper].append(village)
    labels = units.labels({one for some in of_unit.values() for one in some}, on)
    found.village_titles = {one: label.title for one, label in labels.items()}
    for upper, villages in of_unit.items():
        names: dict[str, list[int]] = defaultdict(list)
        for one in villages:
            for words in {fold(labels[one].title), fold(labels[one].name)}:
                names[words].append(one)
        found.villages[upper] = dict(names)
