"""Chạy lần đo trên cơ sở dữ liệu của môi trường, or put two runs into one table: `run FILE`, `report FILE...`."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def run(file: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ntm.site.settings")
    import django

    django.setup()
    from django.db import connection

    from benchmarks import allocation, changes, country, importing, pages, settings, world
    from benchmarks.timing import Result, Results, seconds
    from ntm.records.standing import rebuilding

    began = time.perf_counter()
    results = Results(connection.vendor)
    made = world.prepare()
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
    allocation.measure(results)
    whole = {
        "database": results.database,
        "seconds": round(time.perf_counter() - began, 1),
        "load": os.getloadavg()[0],
        "results": [one.as_json() for one in results.rows],
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(whole, ensure_ascii=False, indent=2), encoding="utf-8")


def report(files: list[Path], out: Path) -> None:
    runs = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    out.write_text(json.dumps({"cores": os.cpu_count(), "runs": runs}, ensure_ascii=False, indent=2), encoding="utf-8")
    for one in runs:
        load = f"tải máy cuối lần đo {one['load']:.1f}"
        print(f"\n{one['database']} · {one['seconds']:.0f} s cả lần đo · {os.cpu_count()} lõi · {load}\n")
        print("| đo | kết quả | giữa | câu SQL | sàn | lần sàn | phải đạt | |")
        print("|---|---:|---:|---:|---:|---:|---|---|")
        for row in one["results"]:
            print(_line(row))


def _line(row: dict[str, object]) -> str:
    def number(value: object) -> str:
        return "" if value is None else f"{value:,.0f}" if float(value) >= 1000 else f"{value:,.2f}"  # type: ignore[arg-type]

    reached = {True: "đạt", False: "chưa đạt", None: ""}[row["reached"]]  # type: ignore[index]
    note = f" ({row['note']})" if row["note"] else ""
    floor = f"{number(row['floor'])} — {row['floor_is']}" if row["floor"] else ""
    cells = [
        f"{row['what']}{note}",
        f"{number(row['value'])} {row['unit']}",
        number(row["p50"]),
        str(row["queries"] or ""),
        floor,
        number(row["ratio"]),
        str(row["target"]),
        reached,
    ]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "run":
        run(Path(sys.argv[2]))
    elif len(sys.argv) > 3 and sys.argv[1] == "report":
        report([Path(one) for one in sys.argv[3:]], Path(sys.argv[2]))
    else:
        sys.exit("python -m benchmarks run FILE.json | report OUT.json FILE.json ...")
