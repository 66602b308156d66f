"""Tiền và công trình: pages of a province with 5,000 works, and 100,000 vouchers from a file; each beside its floor."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if __name__ == "__main__":  # measured alone: python -m benchmarks.money FILE.json
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ntm.site.settings")
    import django

    django.setup()

import xlsxwriter
from django.db import connection
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from benchmarks import money_world, settings
from benchmarks.money_world import ON, YEAR
from benchmarks.timing import Result, Results, median, milliseconds, queries, seconds, settle
from ntm.records.funding.queries import remembered
from ntm.records.funding.services.importing import import_vouchers
from ntm.records.people.models import User
from ntm.records.units import statistics

if TYPE_CHECKING:
    from benchmarks.money_world import MoneyWorld

MOST_BALANCE, MOST_PAGE, MOST_IMPORT = 150.0, 150.0, 20.0
_HEAD = ("mã đơn vị", "số chứng từ", "ngày", "năm", "nguồn", "loại vốn", "chi cho", "số tiền", "mã công trình")
_IN = 'SELECT unit_id FROM units_position WHERE province_id = %s AND start <= %s AND ("end" IS NULL OR "end" > %s)'


def measure(results: Results) -> None:
    """A province of its own is made; its pages are measured before and after the vouchers come in."""
    world = money_world.make()
    _pages(results, world, f"{world.vouchers} chứng từ")
    _import(results, world, "csv")
    _import(results, world, "xlsx")
    statistics.count_again()
    _pages(results, world, f"{world.vouchers} chứng từ")


# --- pages ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """Trang được đo: its address, the bare question that it cannot do without."""

    what: str
    name: str
    query: dict[str, str]
    floor: Callable[[MoneyWorld], None]
    floor_is: str


def _pages(results: Results, world: MoneyWorld, size: str) -> None:
    settle()
    client = Client()
    user = User.objects.get(pk=world.actor.user_id)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    area = f"tỉnh {len(world.communes)} xã, {len(world.works)} công trình, {size}"
    always = {"ngay": ON.isoformat(), "don-vi": str(world.province), "nam": str(YEAR)}
    for page in _PAGES:
        query = urlencode(always | page.query)
        _page(results, client, world, page, f"{page.what} · {area}", f"{reverse(f'desk:{page.name}')}?{query}")


def _page(results: Results, client: Client, world: MoneyWorld, page: Page, what: str, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise AssertionError(f"{address}: {answer.status_code} {answer.content.decode()[:500]}")
    with queries() as count:
        client.get(address)
    floor = median(lambda: page.floor(world), 5)
    most = MOST_BALANCE if page.name == "funding" else MOST_PAGE
    more: dict[str, Any] = {"floor_is": page.floor_is, "queries": count[0]}
    more["note"] = f"{len(answer.content) / 1024:.0f} KB"
    results.add(milliseconds(what, _times(client, address), most=most, floor=floor, **more))
    if page.name == "funding":  # the first who asks after money has moved
        with queries() as count:
            remembered.forget()
            client.get(address)
        more["queries"] = count[0]
        times = _times(client, address, remembered.forget)
        results.add(milliseconds(f"{what}, lần đầu sau khi tiền đổi", times, most=most, floor=floor, **more))


def _times(client: Client, address: str, before: Callable[[], None] = lambda: None) -> list[float]:
    found = []
    for _ in range(settings.REPEATS):
        before()
        found.append(seconds(lambda: client.get(address)))
    return found


def _run(sql: str, parameters: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        cursor.fetchall()


def _sum(table: str, columns: str) -> tuple[str, Callable[[MoneyWorld], list[Any]]]:
    """SUM of one kind of entry of the province, by these columns."""
    sql = (
        f"SELECT {columns}, SUM(amount) FROM funding_{table} WHERE year = %s AND unit_id IN ({_IN}) GROUP BY {columns}"
    )
    return sql, lambda world: [YEAR, world.province, ON, ON]


def _sums(*asked: tuple[str, str]) -> Callable[[MoneyWorld], None]:
    made = [_sum(*one) for one in asked]

    def floor(world: MoneyWorld) -> None:
        for sql, parameters in made:
            _run(sql, parameters(world))

    return floor


def _works(columns: str, tail: str = "") -> Callable[[MoneyWorld], None]:
    sql = f"SELECT {columns} FROM funding_works WHERE unit_id IN ({_IN}) {tail}"
    return lambda world: _run(sql, [world.province, ON, ON])


_OF_SOURCE = "unit_id, criterion_no, source, kind"
_PAGES = (
    Page(
        "cân đối", "funding", {},
        _sums(
            ("need", "unit_id, criterion_no"), ("mobilisation", _OF_SOURCE), ("allocationentry", _OF_SOURCE),
            ("disbursement", _OF_SOURCE), ("contribution", "unit_id, criterion_no, form"),
        ),
        "năm GROUP BY trần theo xã, tiêu chí, nguồn",
    ),
    Page("nguồn và sử dụng", "funding_sources", {}, _sums(("disbursement", _OF_SOURCE)), "GROUP BY trần các chứng từ"),
    Page(
        "giải ngân", "funding_pace", {},
        _sums(("allocationentry", "unit_id, source, kind"), ("disbursement", "unit_id, source, kind")),
        "hai GROUP BY trần theo xã, nguồn",
    ),
    Page(
        "danh sách công trình", "works", {},
        _works("id, code, name, total_cost", "ORDER BY unit_id, code LIMIT 100"), "SELECT trần một trang công trình",
    ),
    Page(
        "công trình còn nợ", "works", {"no": "co"}, _works("id, code, name, total_cost"),
        "SELECT trần các công trình",
    ),
    Page(
        "bản đồ công trình", "works", {"xem": "ban-do"}, _works("id, latitude, longitude"),
        "SELECT trần các toạ độ",
    ),
    Page(
        "nợ đọng theo đơn vị", "debts", {}, _sums(("acceptedvolume", "works_id"), ("disbursement", "works_id")),
        "hai GROUP BY trần theo công trình",
    ),
    Page(
        "nợ đọng từng công trình", "debts", {"theo": "cong-trinh"},
        _sums(("acceptedvolume", "works_id"), ("disbursement", "works_id")), "hai GROUP BY trần theo công trình",
    ),
)  # fmt: skip


# --- vouchers from a file -----------------------------------------------------------------------------------------------


def _lines(world: MoneyWorld, prefix: str) -> Iterator[tuple[str, ...]]:
    """Half of the vouchers pay works, half recurrent spending; every commune sends as many."""
    of_unit: dict[int, list[str]] = {unit: [] for unit in world.communes}
    for work in world.works:
        of_unit[work.unit].append(work.code)
    first = date(2024, 2, 1)
    for number in range(settings.MONEY_VOUCHERS):
        unit = world.communes[number % len(world.communes)]
        day = (first + timedelta(days=number % 250)).strftime("%d/%m/%Y")
        codes = of_unit[unit]
        amount = str(1000 * (1 + number % 97))
        if number // len(world.communes) % 2 and codes:
            code = codes[number // (2 * len(world.communes)) % len(codes)]
            kind = ("central.investment", "investment", "investment", amount, code)
        else:
            kind = ("central.recurrent", "recurrent", "recurrent", amount, "")
        yield (world.codes[unit], f"{prefix}{number}", day, str(YEAR), *kind)


def _import(results: Results, world: MoneyWorld, form: str) -> None:
    rows = list(_lines(world, form))
    content = _csv(rows) if form == "csv" else _xlsx(rows)
    with queries() as count:
        taken = seconds(lambda: _take(world, content, form))
    bare = _bare_csv if form == "csv" else _bare_xlsx
    world.vouchers += len(rows)
    results.add(
        Result(
            f"nhập {len(rows)} chứng từ từ {form}",
            "s",
            taken,
            queries=count[0],
            floor=median(lambda: bare(content), 3),
            floor_is="csv.reader chỉ đọc các dòng" if form == "csv" else "calamine chỉ đọc các ô",
            target=f"<= {MOST_IMPORT:g} s",
            reached=taken <= MOST_IMPORT,
            note=f"{len(content) / 1024 / 1024:.1f} MB, có kiểm tra từng dòng và nhật ký",
        )
    )


def _take(world: MoneyWorld, content: bytes, form: str) -> None:
    done = import_vouchers(world.actor, content, on=date(2024, 12, 1), file=f"chung-tu.{form}")
    if done.written != settings.MONEY_VOUCHERS:
        raise AssertionError([str(one) for one in done.errors[:5]])


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([_HEAD, *rows])
    return out.getvalue().encode()


def _xlsx(rows: list[tuple[str, ...]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, _HEAD)
    for place, row in enumerate(rows, start=1):
        sheet.write_row(place, 0, [*row[:3], int(row[3]), *row[4:7], int(row[7]), row[8]])
    book.close()
    return out.getvalue()


def _bare_csv(content: bytes) -> None:
    for _row in csv.reader(io.StringIO(content.decode(), newline=""), delimiter=";"):
        pass


def _bare_xlsx(content: bytes) -> None:
    CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def _alone(file: Path) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    results = Results(connection.vendor)
    measure(results)
    rows = [one.as_json() for one in results.rows]
    file.write_text(json.dumps({"database": results.database, "results": rows}, ensure_ascii=False, indent=2), "utf-8")


if __name__ == "__main__":
    _alone(Path(sys.argv[1]))
