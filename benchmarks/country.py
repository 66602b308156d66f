"""Cả nước chấm lại từ cơ sở dữ liệu, and the engine alone beside NumPy's bare comparison."""

from __future__ import annotations

import numpy as np
from django.db import connection

from benchmarks.timing import Result, Results, median
from benchmarks.world import BEFORE, World
from ntm.domain.assessment.columns import compile_plan, evaluate_plan
from ntm.records.standing import country, country_facts, country_keeping, rebuilding, registry
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.models.intervals import Basis

MOST_SECONDS, MOST_TIMES = 10.0, 3.0


def measure(results: Results, world: World, figures: int) -> None:
    rows = [(world.row, np.array(sorted(world.communes), np.int64))]
    if world.villages:
        rows.append((world.village_row, np.array(sorted(world.villages), np.int64)))
    units = sum(ids.size for _, ids in rows)
    taken = median(lambda: [_draw(row, ids) for row, ids in rows], 3)
    what = f"cả nước chấm lại từ cơ sở dữ liệu: {units} đơn vị, {figures} số liệu, hai căn cứ"
    results.add(
        Result(
            what,
            "s",
            taken,
            runs=3,
            floor=median(_bare_read, 3),
            floor_is="SELECT trần đọc đúng các số liệu ấy",
            target=f"<= {MOST_SECONDS:g} s",
            reached=taken <= MOST_SECONDS,
            note="đọc, chấm mọi ngày có thay đổi, thành khoảng; chưa so với bảng đang có",
        )
    )
    compared = median(lambda: rebuilding.rebuild(check=True), 1)
    note = "như trên, thêm so từng khoảng với bảng đang có"
    results.add(Result("ntm standing rebuild --check", "s", compared, note=note))
    _engine(results, world)


def _draw(row: RegisteredSet, unit_ids: np.ndarray) -> None:  # type: ignore[type-arg]
    for start in range(0, unit_ids.size, 50_000):
        some = unit_ids[start : start + 50_000]
        country_keeping.drawn(some, registry.content(row), row.pk, tuple(Basis))


def _bare_read() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, unit_id, code, stage, state, kind, scaled FROM standing_observation")
        while cursor.fetchmany(20_000):
            pass


def _engine(results: Results, world: World) -> None:
    """The table of all communes as it stands on the day, judged again and again."""
    criteria_set = world.criteria_set
    ids = np.array(sorted(world.communes), np.int64)
    codes = country_keeping.codes_of_set(criteria_set)
    seen = country_facts.observed(ids, world.row.pk, codes)[Basis.CONFIRMED]
    places, titles = country_facts.places_of(ids, criteria_set), country_facts.titles_of(ids, criteria_set)
    layout = country.layout_of(criteria_set, places)
    state = country.World(criteria_set, layout, ids.size, codes.names(), seen, places, titles)
    state.happen(BEFORE.toordinal())
    table = state.table(np.arange(ids.size))
    plan = compile_plan(criteria_set, table.layout, BEFORE, registry.resolve)
    evaluate_plan(plan, table)
    number = sum(1 for _ in criteria_set.indicators())
    values = np.ascontiguousarray(table.values[:number])
    levels = np.random.default_rng(3).integers(0, 10**8, values.shape)
    held = np.empty(values.shape, np.bool_)
    ours = median(lambda: [evaluate_plan(plan, table) for _ in range(5)], 7) / 5
    bare = median(lambda: [np.greater_equal(values, levels, out=held) for _ in range(5)], 7) / 5
    results.add(
        Result(
            f"riêng bộ chấm: {ids.size} xã x {number} chỉ tiêu, cả tiêu chí và danh hiệu",
            "ms",
            1000 * ours,
            runs=35,
            floor=1000 * bare,
            floor_is="phép so sánh của NumPy trên đúng số ô ấy",
            target=f"<= {MOST_TIMES:g} lần",
            reached=ours <= MOST_TIMES * bare,
        )
    )
