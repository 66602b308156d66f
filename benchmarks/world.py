"""Cả nước để đo: the real lists of units, generated figures, generated villages; written straight in bulk.

The figures mean nothing: they are drawn at random around the levels of the set. The villages do not exist.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from benchmarks import settings
from ntm.domain.criteria import load_text
from ntm.domain.criteria.model import CriteriaSet, Indicator, Kind
from ntm.domain.official.text import fold, tone_key
from ntm.records.people.authority import Actor, actor_of
from ntm.records.people.models import Holding, Office, User
from ntm.records.standing import bulk_rows, registry
from ntm.records.standing.models import Observation, RegisteredSet
from ntm.records.standing.models.observations import FactKind, Stage, State
from ntm.records.units import services as units
from ntm.records.units.models import Position, Unit, UnitCode, UnitName, UnitParent
from ntm.records.units.services.acting import SystemActor

BEFORE, AFTER = date(2024, 12, 31), date(2025, 12, 31)
CHANGE = date(2025, 7, 1)
SET = "xa-ntm-2021-2025"
VILLAGE_SET = "thon-de-do"


@dataclass
class World:
    """Đơn vị và người của lần đo. `communes` in the order in which they get figures."""

    row: RegisteredSet
    village_row: RegisteredSet
    communes: list[int]
    communes_after: list[int]
    central: Actor
    villages: list[int] = field(default_factory=list)
    own_sets: frozenset[int] = (
        frozenset()
    )  # communes of provinces with a set of their own: the country counts them there

    @property
    def criteria_set(self) -> CriteriaSet:
        return registry.content(self.row)


def prepare() -> World:
    """Lists, law, one central office; no figure yet."""
    call_command("migrate", verbosity=0, interactive=False)
    provinces = settings.PROVINCES
    units.load_gazetteer(SystemActor("đo"), on=timezone.localdate(), provinces=provinces)
    registry.register_shipped()
    user = User.objects.create(username="do.trung.uong", full_name="Người đo")
    office = Office.objects.create(role="coordination_office", unit=None, title="Văn phòng Điều phối trung ương (đo)")
    central = actor_of(Holding.objects.create(user=user, office=office, start=date(2015, 1, 1)))
    text = village_set()
    village_row = registry.add_uploaded(load_text(text, VILLAGE_SET), text, user.pk)
    before, after = _rural(BEFORE), _rural(AFTER)
    return World(registry.by_code(SET), village_row, before, after, central, own_sets=_of_own_sets())


def _of_own_sets() -> frozenset[int]:
    codes = set(RegisteredSet.objects.exclude(province_code="").values_list("province_code", flat=True))
    provinces = UnitCode.objects.on(BEFORE).filter(code__in=codes, unit__level="tinh").values("unit_id")
    return frozenset(Position.objects.on(BEFORE).filter(province_id__in=provinces).values_list("unit_id", flat=True))


def _rural(on: date) -> list[int]:
    """Xã (no wards, no towns) on a day, in a fixed order that mixes the provinces."""
    living = Position.objects.on(on).filter(level="xa").values("unit_id")
    named = UnitName.objects.on(on).filter(unit_id__in=living, kind="Xã").order_by("unit_id")
    found = list(named.values_list("unit_id", flat=True))
    np.random.default_rng(1).shuffle(found)
    return found


def village_set() -> str:
    """Fifteen indicators in fifteen criteria, with levels of every sense."""
    reference = {"instrument": "bộ dùng để đo"}
    check = {"verified": False, "source": "tạo ra để đo"}
    criteria = []
    for no in range(1, 16):
        words = no % 3 == 0
        level: dict[str, Any] = {"value": "Đạt" if words else 50 + no, "regions": ["chung"]}
        indicator: dict[str, Any] = {
            "code": str(no),
            "text": f"chỉ tiêu {no}",
            "kind": "yes_no" if words else "percent",
            "reference": reference,
            "check": check,
            "levels": [level | {"reference": reference, "check": check}],
        }
        if not words:
            indicator |= {"comparator": "<=" if no % 3 == 1 else ">=", "measure": "%"}
        criteria.append({"number": no, "name": f"tiêu chí {no}", "check": check, "indicators": [indicator]})
    whole = {
        "code": VILLAGE_SET,
        "name": "Bộ tiêu chí thôn tạo ra để đo",
        "level": "thon",
        "title": {"name": "Thôn (đo)", "kind": "ntm"},
        "decision": {"reference": reference, "issuer": "không có", "date": "2022-01-01", "check": check},
        "force": {"start": {"day": "2022-01-01", "basis": "stated"}},
        "criteria": criteria,
    }
    return json.dumps(whole, ensure_ascii=False)


def make_villages(world: World, number: int) -> None:
    """Thôn tạo ra: the same number in every commune, until the communes were rearranged."""
    homes = world.communes[: max(1, min(len(world.communes), number))]
    parents = [homes[place % len(homes)] for place in range(number)]
    start, end = date(2000, 1, 1).isoformat(), CHANGE.isoformat()
    bulk_rows.insert(Unit, ("level", "start", "end"), (("thon", start, end) for _ in parents))
    world.villages = list(Unit.objects.filter(level="thon").order_by("pk").values_list("pk", flat=True))
    made = list(zip(world.villages, parents, strict=True))
    names = ((one, "thôn", f"Thôn {one}", fold(f"Thôn {one}"), tone_key(f"Thôn {one}"), start, end) for one, _ in made)
    bulk_rows.insert(UnitName, ("unit_id", "kind", "name", "key", "sound", "start", "end"), names)
    bulk_rows.insert(UnitParent, ("unit_id", "parent_id", "start", "end"), ((*one, start, end) for one in made))
    chains = {
        unit: (district, province)
        for unit, district, province in Position.objects.on(BEFORE)
        .filter(unit_id__in=homes)
        .values_list("unit_id", "district_id", "province_id")
    }
    places = ((one, "thon", parent, chains[parent][1], chains[parent][0], parent, start, end) for one, parent in made)
    names_of = ("unit_id", "level", "parent_id", "province_id", "district_id", "commune_id", "start", "end")
    bulk_rows.insert(Position, names_of, places)


def observe(world: World, row: RegisteredSet, unit_ids: Sequence[int], on: date) -> int:
    """Số liệu đã thẩm tra for every indicator of these units; returns how many."""
    codes = [indicator for _, indicator in registry.content(row).indicators()]
    names = (
        "unit_id", "set_id", "code", "as_of", "stage", "state", "kind", "scaled", "typed", "note", "assumed",
        "source", "source_place", "recorded_by_id", "office", "recorded_at",
    )  # fmt: skip
    day, at = on.isoformat(), timezone.now().isoformat(sep=" ")
    random = np.random.default_rng(7)

    def rows() -> Iterator[tuple[Any, ...]]:
        for start in range(0, len(unit_ids), 1000):
            some = unit_ids[start : start + 1000]
            columns = [list(_facts(indicator, len(some), random)) for indicator in codes]
            for place, unit in enumerate(some):
                for indicator, column in zip(codes, columns, strict=True):
                    kind, scaled = column[place]
                    yield (
                        unit, row.pk, indicator.code, day, int(Stage.VERIFIED), int(State.ACCEPTED), kind, scaled,
                        "đo", "", False, "bench", "", world.central.user_id, "đo", at,
                    )  # fmt: skip

    bulk_rows.insert(Observation, names, rows())
    return len(unit_ids) * len(codes)


def _facts(indicator: Indicator, number: int, random: np.random.Generator) -> Iterator[tuple[int, int | None]]:
    if indicator.is_judged_in_words or indicator.kind in (Kind.ALL_OF, Kind.ANY_OF):
        for yes in (random.random(number) < 0.8).tolist():
            yield (int(FactKind.YES if yes else FactKind.NO)), None
        return
    for value in figures(indicator, number, random):
        yield int(FactKind.FIGURE), Observation.scale(value)


def figures(indicator: Indicator, number: int, random: np.random.Generator) -> Iterator[Decimal]:
    """Figures around the level: some reach it, some do not."""
    levels = [level.value for level in indicator.thresholds if isinstance(level.value, Decimal)]
    middle = float(levels[0]) if levels else 50.0
    top = 100.0 if indicator.kind is Kind.PERCENT else max(2 * middle, 10.0)
    drawn = np.clip(random.normal(middle, max(1.0, middle / 5), number), 0, top)
    for value in np.round(drawn, 2).tolist():
        yield Decimal(str(value))


def province_after(world: World) -> int:
    """The province of today with about 100 of the communes: its workbook is what an office really sends."""
    rows = Position.objects.on(AFTER).filter(unit_id__in=world.communes_after).values_list("province_id", flat=True)
    count = Counter(one for one in rows if one is not None)
    return min(count, key=lambda one: abs(count[one] - 100))


def analyse() -> None:
    """As a database that has run for a while: it knows how its rows are spread."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
