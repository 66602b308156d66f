"""Đọc danh mục: the packaged CSV files, read once and kept."""

import csv
import gzip
import io
from datetime import date
from functools import cache
from pathlib import Path

from ntm.domain.gazetteer.model import Decision, Snapshot

FOLDER = Path(__file__).resolve().parent / "lists"


def table(file: str) -> list[list[str]]:
    """The lines of one packaged file without its header."""
    raw = (FOLDER / file).read_bytes()
    text = (gzip.decompress(raw) if file.endswith(".gz") else raw).decode("utf-8")
    return list(csv.reader(io.StringIO(text)))[1:]


@cache
def snapshots() -> tuple[Snapshot, ...]:
    """The lists, oldest first."""
    found = [
        Snapshot(
            name, date.fromisoformat(earliest), date.fromisoformat(latest), file, source, licence, ok == "true", note
        )
        for name, earliest, latest, file, source, licence, ok, note in table("snapshots.csv")
    ]
    return tuple(sorted(found, key=lambda snapshot: snapshot.earliest))


@cache
def lines(snapshot: str) -> dict[str, tuple[str, str, str, str]]:
    """code -> (code, kind, name, parent code or "") of one list."""
    file = next(s.file for s in snapshots() if s.name == snapshot)
    found = {row[0]: (row[0], row[1], row[2], row[3]) for row in table(file)}
    for name, code, kind, unit_name, parent, _note in table("islands.csv"):
        if name == snapshot:
            found[code] = (code, kind, unit_name, parent)
    return found


@cache
def aliases() -> dict[str, tuple[str, str]]:
    """Commune code of 2019 -> (code on the eve of 2025-07-01 or "", how found), where the code did not live on."""
    return {old: (new, how) for old, new, how in table("lineage_2019_to_2025.csv.gz")}


@cache
def pairs() -> tuple[tuple[str, str, bool, str], ...]:
    """(old code, new code, main, confirmed) of 2025-07-01; confirmed: "1", "0", "" or "2" (second source only)."""
    first = [(old, new, main == "1", confirmed) for old, new, _split, main, confirmed in table("mergers.csv.gz")]
    return (*first, *((old, new, False, "2") for old, new in table("second_source_pairs.csv")))


@cache
def resolutions() -> dict[str, tuple[str, date]]:
    """Commune code of October 2026 -> (number, date) of the resolution said to have formed it."""
    return {code: (number, date.fromisoformat(day)) for code, number, day in table("resolutions.csv.gz")}


@cache
def decisions() -> tuple[tuple[str, str, Decision], ...]:
    """(change, province code or "", decision) for changes that the lists show and a read source dates."""
    return tuple(
        (
            change,
            province,
            Decision(
                number,
                date.fromisoformat(issued) if issued else None,
                date.fromisoformat(effective) if effective else None,
                verified == "true",
                source,
            ),
        )
        for change, province, number, issued, effective, verified, source in table("decisions.csv")
    )


@cache
def centroids() -> dict[str, tuple[str, str, str]]:
    """Commune code since 2025-07-01 -> (latitude, longitude, km²) as written in the source; indicative only."""
    return {code: (lat, lon, area) for code, lat, lon, area in table("centroids.csv.gz")}


@cache
def regions() -> dict[str, tuple[str, str, bool, str]]:
    """Province code before 2025-07-01 -> (region code, its name, verified, source)."""
    return {code: (region, name, ok == "true", source) for code, region, name, ok, source in table("regions.csv")}
