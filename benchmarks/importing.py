"""Nhập tệp: a national CSV file and a province's workbook, from the bytes until every figure stands."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import numpy as np
import openpyxl
from django.db import connection, transaction

from benchmarks.csv_text import csv_of
from benchmarks.timing import Result, Results, queries, seconds
from benchmarks.world import AFTER, SET, World, figures
from ntm.domain.criteria.model import Kind
from ntm.domain.official.numbers import write_number
from ntm.records.standing.models.observations import Stage
from ntm.records.standing.services import workbooks
from ntm.records.standing.services.importing_csv import import_csv
from ntm.records.standing.workbook import layout

MOST_CSV, MOST_XLSX = 20_000, 2_000
WORKBOOK_DAY = date(2025, 10, 31)


def measure_csv(results: Results, world: World) -> None:
    """The country after 2025-07-01 comes in through the file itself: drafts first, then verified figures."""
    content, number = csv_of(world.criteria_set, world.communes_after, AFTER)
    floor = number / _bare_insert(number)
    what = f"nhập CSV: {number} số liệu của {len(world.communes_after)} xã"
    checked = seconds(lambda: _read_only(content, world))
    with queries() as count:
        taken = seconds(lambda: _import(world, content))
    results.add(
        Result(
            what,
            "values/s",
            number / taken,
            queries=count[0],
            floor=floor,
            floor_is="INSERT trần vào một bảng không khoá, không chỉ mục",
            target=f">= {MOST_CSV}/s",
            reached=number / taken >= MOST_CSV,
            note=f"{taken:.1f} s: đọc, kiểm tra, ghi, vẽ hiện trạng hai căn cứ; riêng đọc và kiểm tra {checked:.1f} s",
        )
    )


def _import(world: World, content: bytes) -> None:
    done = import_csv(world.central, content, set_code=SET, as_of=AFTER, stage=Stage.VERIFIED, file="ca-nuoc.csv")
    if done.imported is None:
        raise AssertionError(f"the file was refused: {[str(one) for one in done.errors[:3]]}")


def _read_only(content: bytes, world: World) -> None:
    from ntm.records.standing import csv_file
    from ntm.records.standing.services.importing_csv import validated

    found = csv_file.read(content)
    validated(found, world.row, AFTER)
    if found.wrong:
        raise AssertionError(f"the file was refused: {[str(one) for one in found.errors[:3]]}")


def _bare_insert(number: int) -> float:
    """The same number of rows of the same width: what the database takes when nothing is asked of it."""
    row = (1, 1, "17.11", AFTER.isoformat(), 2, 3, 1, 59_580_000, "59,58", "", 0, "csv", "dòng 100000", 1, "đo")
    names = [f"c{place}" for place in range(len(row))]
    kinds = ["bigint" if isinstance(one, int) else "text" for one in row]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_rows ({', '.join(map(' '.join, zip(names, kinds, strict=True)))})")

    def insert() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy("COPY bench_rows FROM STDIN") as copy:
                    for _ in range(number):
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(row))
                cursor.executemany(f"INSERT INTO bench_rows VALUES ({marks})", (row for _ in range(number)))

    taken = seconds(insert)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_rows")
    return taken


def measure_workbook(results: Results, world: World, province_id: int) -> None:
    """A workbook goes out, is filled, comes back, and its good cells are taken."""
    _, empty = workbooks.download(world.central, unit_id=province_id, set_code=SET, as_of=WORKBOOK_DAY)
    content, number, rows = _filled(empty, world)
    uploaded: list[int] = []

    def upload() -> None:
        uploaded.append(workbooks.upload(world.central, content=content, name="tinh.xlsx").pk)

    with queries() as count:
        read = seconds(upload)
        taken = seconds(lambda: workbooks.take(world.central, uploaded[0]))
    results.add(
        Result(
            f"nhập xlsx: {number} ô của {rows} xã",
            "values/s",
            number / (read + taken),
            queries=count[0],
            floor=number / seconds(lambda: _bare_read(content)),
            floor_is="openpyxl chỉ đọc các ô",
            target=f">= {MOST_XLSX}/s",
            reached=number / (read + taken) >= MOST_XLSX,
            note=f"nộp, so từng ô và xem trước {read:.1f} s; nhận {taken:.1f} s",
        )
    )


def _filled(empty: bytes, world: World) -> tuple[bytes, int, int]:
    book = openpyxl.load_workbook(io.BytesIO(empty))
    sheet = book[layout.SHEET]
    random = np.random.default_rng(5)
    tops = {indicator.code: indicator for _, indicator in world.criteria_set.indicators()}
    codes: Sequence[object] = [cell.value for cell in sheet[layout.HEAD_ROW + 1]]
    units = sheet.max_row - layout.FIRST_ROW
    number = 0
    for column, code in enumerate(codes, start=1):
        indicator = tops.get(str(code))
        if indicator is None:
            continue
        in_words = indicator.is_judged_in_words or indicator.kind in (Kind.ALL_OF, Kind.ANY_OF)
        drawn = ["đạt"] * units if in_words else [write_number(one) for one in figures(indicator, units, random)]
        for row, value in enumerate(drawn, start=layout.FIRST_ROW + 1):
            sheet.cell(row, column).value = value
        number += units
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), number, units


def _bare_read(content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    for _ in book[layout.SHEET].iter_rows(values_only=True):
        pass
