"""Các phần của lần đo, one after another on one database: standing first, since what comes after needs its country."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.management import call_command

from benchmarks import allocation, cascading, changes, country, importing, money, pages, planning, settings, world
from benchmarks.timing import Result, Results, seconds
from benchmarks.world import World
from ntm.records.standing import rebuilding


def measure(results: Results, rooms: Sequence[str]) -> None:
    """Only the rooms asked for; a name that is none of them is refused."""
    unknown = set(rooms) - set(settings.ALL_ROOMS)
    if unknown:
        raise SystemExit(f"NTM_BENCH_ROOMS: {', '.join(sorted(unknown))}? ({' '.join(settings.ALL_ROOMS)})")
    call_command("migrate", verbosity=0)
    if "standing" in rooms or "planning" in rooms:
        made = world.prepare()
        if "standing" in rooms:
            _standing(results, made)
        if "planning" in rooms:
            planning.measure(results, made)
            cascading.measure(results)
    if "money" in rooms:
        money.measure(results)
    if "allocation" in rooms:
        allocation.measure(results)


def _standing(results: Results, made: World) -> None:
    first = made.communes[: settings.FIRST_COMMUNES]
    figures = world.observe(made, made.row, first, world.BEFORE)
    rebuilding.rebuild(check=False)
    world.analyse()
    changes.measure(results, made, first, len(first), seed=1)
    rest = made.communes[settings.FIRST_COMMUNES :]
    figures += world.observe(made, made.row, rest, world.BEFORE)
    taken = seconds(lambda: rebuilding.rebuild(check=False))
    what = f"ghi mới hiện trạng của {len(rest)} xã, so với bảng của {len(made.communes)} xã"
    results.add(Result(what, "s", taken, note="ntm standing rebuild"))
    world.analyse()
    changes.measure(results, made, made.communes, len(made.communes), seed=2)
    pages.measure(results, made)
    importing.measure_csv(results, made)
    importing.measure_workbook(results, made, world.province_after(made))
    world.make_villages(made, settings.VILLAGES)
    figures += world.observe(made, made.village_row, made.villages, world.BEFORE)
    rebuilding.rebuild(check=False)
    world.analyse()
    changes.measure(results, made, made.communes, len(made.communes) + len(made.villages), seed=3)
    country.measure(results, made, figures)
