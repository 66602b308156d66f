"""Đóng gói danh mục: turns the source CSV files into the compact lists beside this script.

Run it only when a source changes.

Usage: python make_lists.py FOLDER_WITH_THE_SOURCE_CSV_FILES
"""

import csv
import gzip
import io
import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = {"2019-10": "snapshot_2019-10.csv", "2021-2022": "snapshot_2021-2022.csv", "2025-06-30": "pre2025.csv"}
SOURCES |= {"2025-07-01": "post2025.csv", "2026-10": "post2026_resolutions.csv"}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def write(name: str, header: list[str], rows: Iterable[Iterable[str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    # mtime=0: the same source gives the same bytes
    with (HERE / name).open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
        packed.write(text.getvalue().encode("utf-8"))


def units(rows: list[dict[str, str]]) -> list[tuple[str, str, str, str]]:
    """One line a unit, upper units first: code, kind, name, code of the upper unit."""
    provinces: dict[str, tuple[str, str, str, str]] = {}
    districts: dict[str, tuple[str, str, str, str]] = {}
    communes = []
    for row in rows:
        province = row["province_code"]
        provinces[province] = (province, row["province_type"], row["province_name"], "")
        upper = province
        if "district_code" in row:
            upper = row["district_code"]
            districts[upper] = (upper, row["district_type"], row["district_name"], province)
        if row["name"]:  # a district without communes has a line with an empty name
            communes.append((row["code"], row["type"], row["name"], upper))
    return [*sorted(provinces.values()), *sorted(districts.values()), *sorted(communes)]


def main(folder: Path) -> None:
    for name, source in SOURCES.items():
        write(f"{name}.csv.gz", ["code", "kind", "name", "parent"], units(rows_of(folder / source)))
    same = ("code_2019", "code_pre2025", "how")
    lineage = [[row[key] for key in same] for row in rows_of(folder / "lineage_2019_to_2025.csv")]
    write("lineage_2019_to_2025.csv.gz", list(same), (line for line in lineage if line[2] != "same_code"))
    pair = ["old_code", "new_code", "split", "main", "confirmed_by_2nd_source"]
    write("mergers.csv.gz", pair, ([row[key] for key in pair] for row in rows_of(folder / "mergers.csv")))
    formed = ["code", "resolution", "resolution_date"]
    write("resolutions.csv.gz", formed, ([r[k] for k in formed] for r in rows_of(folder / "post2026_resolutions.csv")))
    point = ["code", "lat", "lon", "area_km2"]
    write("centroids.csv.gz", point, ([r[k] for k in point] for r in rows_of(folder / "post2025_centroids.csv")))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
