"""Một thay đổi: one figure typed, sent and verified, until the unit, its district, province and the country show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db import connection, transaction

from benchmarks import settings
from benchmarks.timing import Results, milliseconds, p50, queries, seconds
from benchmarks.world import BEFORE, SET, World
from ntm.records.people.authority import Actor, actor_of
from ntm.records.people.models import Holding, Office, User
from ntm.records.standing import services
from ntm.records.standing.models import CriterionStanding
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.standing.queries import rollup
from ntm.records.units import queries as units
from ntm.records.units.models.dated import on_day

CODE, NO = "10", 10  # income: one indicator is the whole criterion
STEPS = ("nhập", "gửi", "thẩm tra")
MOST = 50.0
WARM_UP = 3  # not counted: templates of queries, law and levels are read once a process


@dataclass
class _Change:
    unit_id: int
    officer: Actor
    typed: str
    on: date


def measure(results: Results, world: World, unit_ids: list[int], figures: int, seed: int) -> None:
    """`figures`: how many units have figures now, to show whether the cost depends on it."""
    on = BEFORE + timedelta(days=seed)
    judged = _judged(world, on)
    counted = [unit for unit in unit_ids if unit in judged and unit not in world.own_sets]
    changes = [
        _change(unit_id, on, judged[unit_id] == OutcomeCode.MET, seed)
        for unit_id in _chosen(counted, settings.REPEATS + WARM_UP, seed)
    ]
    for change in changes[:WARM_UP]:
        _once(world, change)
    steps: list[list[float]] = [[], [], []]
    asked: list[int] = []
    for place, change in enumerate(changes[WARM_UP:]):
        before = _counts(change) if place == 0 else []
        with queries() as count:
            for times, one in zip(steps, _once(world, change), strict=True):
                times.append(one)
        asked.append(count[0])
        if place == 0:
            _must_show(before, _counts(change))
    whole = [sum(one) for one in zip(*steps, strict=True)]
    each = ", ".join(f"{name} {1000 * p50(one):.1f}" for name, one in zip(STEPS, steps, strict=True))
    what = f"một số liệu nhập, gửi, thẩm tra, khi {figures} đơn vị có số liệu"
    note = f"trung vị từng bước (ms): {each}"
    count_of = int(np.median(asked))
    floor, floor_is = _floor(), "ba giao dịch SQL trần, cùng số câu ghi"
    results.add(milliseconds(what, whole, most=MOST, floor=floor, floor_is=floor_is, queries=count_of, note=note))


def _judged(world: World, on: date) -> dict[int, int]:
    """Units whose criterion the set judges that day (it knows a level for their region), and how it stands."""
    rows = CriterionStanding.objects.filter(
        on_day(on), set=world.row, basis=Basis.CONFIRMED, no=NO, outcome__in=(OutcomeCode.MET, OutcomeCode.NOT_MET)
    )
    return dict(rows.values_list("unit_id", "outcome"))


def _chosen(unit_ids: list[int], number: int, seed: int) -> list[int]:
    drawn = np.random.default_rng(seed).choice(unit_ids, min(number, len(unit_ids)), replace=False)
    return [int(one) for one in drawn]


def _change(unit_id: int, on: date, met: bool, seed: int) -> _Change:
    """Typed so that the criterion's outcome turns."""
    name = f"xa.{unit_id}.{seed}"
    user = User.objects.create(username=name, full_name=f"Cán bộ đo {unit_id}")
    office = Office.objects.create(role="commune_officer", unit_id=unit_id, title=f"Cán bộ đo {unit_id}")
    officer = actor_of(Holding.objects.create(user=user, office=office, start=date(2015, 1, 1)))
    return _Change(unit_id, officer, "0,01" if met else "500", on)


def _once(world: World, change: _Change) -> tuple[float, float, float]:
    written: list[int] = []

    def record() -> None:
        one = services.record(
            change.officer,
            unit_id=change.unit_id,
            set_code=SET,
            code=CODE,
            as_of=change.on,
            typed=change.typed,
            note="đo",
        )
        written.append(one.pk)

    first = seconds(record)
    sent = seconds(lambda: services.send(change.officer, unit_id=change.unit_id, set_code=SET, as_of=change.on))
    return first, sent, seconds(lambda: services.verify(world.central, written[0]))


def _counts(change: _Change) -> list[int]:
    """Criteria met in the unit, its district, its province and the country, as the roll-ups say."""
    from ntm.records.standing import registry

    uppers = [one.id for one in units.label(change.unit_id, change.on).ancestors]
    row = registry.by_code(SET)
    whole = [rollup.rollup(unit, row, change.on).total.met_total for unit in (*uppers, None)]
    own = CriterionStanding.objects.filter(
        unit_id=change.unit_id, set=row, basis=Basis.CONFIRMED, no=NO, start__lte=change.on, outcome=OutcomeCode.MET
    ).exclude(end__lte=change.on)
    return [own.count(), *whole]


def _must_show(before: list[int], after: list[int]) -> None:
    moved = [two - one for one, two in zip(before, after, strict=True)]
    if len(set(moved)) != 1 or abs(moved[0]) != 1:
        raise AssertionError(f"the change is not shown alike at every level: {before} -> {after}")


def _floor() -> float:
    """As many bare writes, in as many transactions: what the database itself takes."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_floor (id bigint, words text)")
        cursor.execute("DELETE FROM bench_floor")

    def once() -> None:
        for _ in STEPS:
            with transaction.atomic(), connection.cursor() as cursor:
                for number in range(5):
                    cursor.execute("INSERT INTO bench_floor (id, words) VALUES (%s, %s)", [number, "x" * 200])
                cursor.execute("UPDATE bench_floor SET words = %s WHERE id = %s", ["y", 1])

    found = p50([seconds(once) for _ in range(settings.REPEATS)])
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_floor")
    return found
