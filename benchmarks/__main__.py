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

    from benchmarks import rooms, settings
    from benchmarks.timing import Results

    began = time.perf_counter()
    results = Results(connection.vendor)
    rooms.measure(results, settings.ROOMS)
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
