"""Đo: seconds, percentiles, numbers of queries; each result beside its floor and what was to be reached."""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection


@dataclass
class Result:
    """Một số đo. `reached` is None where the issue names no figure to reach."""

    what: str
    unit: str  # "ms", "s", "values/s"
    value: float  # the figure itself: p95 of many, else the median of few
    p50: float | None = None
    runs: int = 1
    queries: int | None = None
    floor: float | None = None  # in the same unit
    floor_is: str = ""
    target: str = ""
    reached: bool | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the floor's time."""
        if not self.floor or not self.value:
            return None
        return self.floor / self.value if self.unit.endswith("/s") else self.value / self.floor

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": self.ratio}


@dataclass
class Results:
    """Mọi số đo của một cơ sở dữ liệu."""

    database: str
    rows: list[Result] = field(default_factory=list)

    def add(self, result: Result) -> None:
        self.rows.append(result)
        floor = f"  floor {result.floor:,.2f} (x{result.ratio:.1f})" if result.floor and result.ratio else ""
        said = f"   {result.what}: {result.value:,.2f} {result.unit}{floor}"
        print(said, file=sys.stderr, flush=True)


@contextmanager
def queries() -> Iterator[list[int]]:
    """Số câu lệnh gửi tới cơ sở dữ liệu."""
    count = [0]

    def counted(execute: Any, *rest: Any) -> Any:
        count[0] += 1
        return execute(*rest)

    with connection.execute_wrapper(counted):
        yield count


def seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median(work: Callable[[], Any], runs: int = 3) -> float:
    """The median of a few runs, rubbish of the one before swept away."""
    found = []
    for _ in range(runs):
        gc.collect()
        found.append(seconds(work))
    return statistics.median(found)


def settle() -> None:
    """As in a server that has run for a while: what was written lies in the file, what was made is not searched again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
        else:
            cursor.execute("VACUUM ANALYZE")  # autovacuum does it within a minute of quiet
    gc.collect()
    gc.freeze()


def p50(times: list[float]) -> float:
    return statistics.median(times)


def p95(times: list[float]) -> float:
    return sorted(times)[max(0, round(0.95 * len(times)) - 1)]


def milliseconds(
    what: str, times: list[float], *, most: float | None, floor: float | None = None, **more: Any
) -> Result:
    """A result of many runs: p95 against the most it may be."""
    value = 1000 * p95(times)
    return Result(
        what,
        "ms",
        value,
        p50=1000 * p50(times),
        runs=len(times),
        floor=None if floor is None else 1000 * floor,
        target=f"p95 <= {most:g} ms" if most else "",
        reached=value <= most if most else None,
        **more,
    )
