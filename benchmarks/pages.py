"""Các trang: the server's own time by Django's test client, signed in, with the number of queries."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks import settings
from benchmarks.timing import Results, median, milliseconds, queries, seconds, settle
from benchmarks.world import BEFORE, SET, World
from ntm.records.people.models import User
from ntm.records.units.models import Position

MOST = 100.0
WANTED = 200  # communes of the province whose matrix is asked


def province_of(world: World) -> tuple[int, int]:
    """The province whose number of rural communes is nearest to 200, and that number."""
    communes = set(world.communes) - world.own_sets
    rows = Position.objects.on(BEFORE).filter(level="xa").values_list("unit_id", "province_id")
    count = Counter(province for unit, province in rows if unit in communes)
    return min(count.items(), key=lambda one: abs(one[1] - WANTED))


def measure(results: Results, world: World) -> None:
    settle()
    province, number = province_of(world)
    commune = next(unit for unit in world.communes if _lies_in(unit, province))
    client = Client()
    user = User.objects.get(pk=world.central.user_id)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    query = urlencode({"ngay": BEFORE.isoformat(), "bo": SET})
    for what, address, floor, floor_is in (
        (
            "trang một xã",
            reverse("desk:unit", args=[commune]),
            _unit_sql(world, commune),
            "SELECT trần hiện trạng của xã",
        ),
        (
            f"bảng tiêu chí của tỉnh {number} xã",
            reverse("desk:matrix", args=[province]),
            _matrix_sql(world, province),
            "SELECT trần các ô của tỉnh",
        ),
        (
            "tổng hợp cả nước",
            reverse("desk:rollup"),
            _rollup_sql(world),
            "GROUP BY trần theo tỉnh và số tiêu chí đạt",
        ),
    ):
        _page(results, client, what, f"{address}?{query}", median(lambda sql=floor: _run(*sql), 5), floor_is)


def _page(results: Results, client: Client, what: str, address: str, floor: float, floor_is: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise AssertionError(f"{address}: {answer.status_code} {answer.get('Location', '')}")
    with queries() as count:
        client.get(address)
    times = [seconds(lambda: client.get(address)) for _ in range(settings.REPEATS)]
    note = f"{len(answer.content) / 1024:.0f} KB"
    more: dict[str, Any] = {"floor": floor, "floor_is": floor_is, "queries": count[0], "note": note}
    results.add(milliseconds(what, times, most=MOST, **more))


def _lies_in(unit: int, province: int) -> bool:
    return Position.objects.on(BEFORE).filter(unit_id=unit, province_id=province).exists()


def _run(sql: str, parameters: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        cursor.fetchall()


_ON = 'start <= %s AND ("end" IS NULL OR "end" > %s)'


def _unit_sql(world: World, unit: int) -> tuple[str, list[Any]]:
    sql = (
        f"SELECT no, outcome FROM standing_criterionstanding WHERE unit_id = %s AND set_id = %s AND basis = 2 AND {_ON}"
    )
    return sql, [unit, world.row.pk, BEFORE, BEFORE]


def _matrix_sql(world: World, province: int) -> tuple[str, list[Any]]:
    inside = f"SELECT unit_id FROM units_position WHERE province_id = %s AND level = 'xa' AND {_ON}"
    sql = (
        "SELECT unit_id, no, outcome FROM standing_criterionstanding "
        f"WHERE set_id = %s AND basis = 2 AND {_ON} AND unit_id IN ({inside})"
    )
    return sql, [world.row.pk, BEFORE, BEFORE, province, BEFORE, BEFORE]


def _rollup_sql(world: World) -> tuple[str, list[Any]]:
    sql = (
        "SELECT p.province_id, s.met, COUNT(*) FROM standing_unitstanding s JOIN units_position p ON p.unit_id = s.unit_id "
        'WHERE s.set_id = %s AND s.basis = 2 AND s.start <= %s AND (s."end" IS NULL OR s."end" > %s) '
        'AND p.level = \'xa\' AND p.start <= %s AND (p."end" IS NULL OR p."end" > %s) GROUP BY p.province_id, s.met'
    )
    return sql, [world.row.pk, BEFORE, BEFORE, BEFORE, BEFORE]
