"""Viết bảng tính: keys locked, typed cells open, drop-downs for words, the level as a note; text cells, so that Excel does
not turn 08/09 into a day."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from ntm.records.standing.workbook import layout
from ntm.records.standing.workbook.layout import Asked
from ntm.records.standing.workbook.present import NOTHING, Standing
from ntm.records.units.queries import UnitLabel

__all__ = ["write"]

_ADVICE = (
    "Chỉ nhập vào ô nền vàng. Số viết 59,58 hoặc 1.234,5; lời: đạt, chưa đạt, không xét. Ô để trống thì giữ số đang có."
)


def write(
    *,
    title: str,
    set_code: str,
    set_hash: str,
    as_of: date,
    stage: int,
    area: int,
    units: Sequence[UnitLabel],
    lines: Sequence[Asked],
    standing: Mapping[tuple[int, str], Standing],
) -> bytes:
    """One unit: a line an indicator. Several: a line a unit, a column an indicator. `standing`: what is there now."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False})
    forms = _formats(book)
    sheet = book.add_worksheet(layout.SHEET)
    sheet.write(0, 0, title, forms["title"])
    sheet.write(1, 0, f"Số liệu đến ngày {as_of:%d/%m/%Y}", forms["plain"])
    sheet.write(2, 0, _ADVICE, forms["plain"])
    if len(units) == 1:
        places = _one_unit(sheet, forms, units[0], lines, standing)
    else:
        places = _many_units(sheet, forms, units, lines, standing)
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": False, "autofilter": True})
    _hidden(book, set_code, set_hash, as_of, stage, area, units, places, standing)
    book.close()
    return out.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
    boxed = {**base, "border": 1, "border_color": "#9aa5ad", "text_wrap": True}
    return {
        "title": book.add_format({**base, "bold": True, "font_size": 14}),
        "plain": book.add_format(base),
        "head": book.add_format({**boxed, "bold": True, "bg_color": "#e8ecef", "align": "center"}),
        "key": book.add_format({**boxed, "bg_color": "#f4f6f7"}),
        "typed": book.add_format({**boxed, "bg_color": "#fff8dc", "locked": False, "num_format": "@"}),
    }


def _one_unit(
    sheet: Any,
    forms: dict[str, Any],
    unit: UnitLabel,
    lines: Sequence[Asked],
    standing: Mapping[tuple[int, str], Standing],
) -> list[tuple[int, str]]:
    heads = (layout.UNIT_CODE, layout.CODE, layout.TEXT, layout.MEASURE, layout.LEVEL, layout.VALUE, layout.NOTE)
    for column, (head, width) in enumerate(zip(heads, (10, 9, 56, 18, 30, 16, 30), strict=True)):
        sheet.write(layout.HEAD_ROW, column, head, forms["head"])
        sheet.set_column(column, column, width)
    sheet.freeze_panes(layout.FIRST_ROW, 3)
    sheet.repeat_rows(layout.HEAD_ROW)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    places = []
    for row, line in enumerate(lines, start=layout.FIRST_ROW):
        for column, text in enumerate((layout.unit_key(unit), line.code, line.text, line.measure, line.level)):
            sheet.write_string(row, column, text, forms["key"])
        there = standing.get((unit.id, line.code), NOTHING)
        sheet.write_string(row, 5, there.typed, forms["typed"])
        sheet.write_string(row, 6, there.note, forms["typed"])
        _offer(sheet, row, 5, row, line)
        places.append((unit.id, line.code))
    return places


def _many_units(
    sheet: Any,
    forms: dict[str, Any],
    units: Sequence[UnitLabel],
    lines: Sequence[Asked],
    standing: Mapping[tuple[int, str], Standing],
) -> list[tuple[int, str]]:
    sheet.write(layout.HEAD_ROW, 0, layout.UNIT_CODE, forms["head"])
    sheet.write(layout.HEAD_ROW, 1, layout.UNIT_NAME, forms["head"])
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 1 + len(lines), 11)
    sheet.freeze_panes(layout.FIRST_ROW, 2)
    sheet.repeat_rows(layout.HEAD_ROW)
    sheet.set_landscape()
    last = layout.FIRST_ROW + len(units) - 1
    for column, line in enumerate(lines, start=2):
        sheet.write_string(layout.HEAD_ROW, column, line.code, forms["head"])
        words = "\n".join(part for part in (line.text, line.measure, line.level) if part)
        sheet.write_comment(layout.HEAD_ROW, column, words[:800], {"x_scale": 2.2, "y_scale": 1.6})
        _offer(sheet, layout.FIRST_ROW, column, last, line)
    places = []
    for row, unit in enumerate(units, start=layout.FIRST_ROW):
        sheet.write_string(row, 0, layout.unit_key(unit), forms["key"])
        sheet.write_string(row, 1, unit.title, forms["key"])
        for column, line in enumerate(lines, start=2):
            sheet.write_string(row, column, standing.get((unit.id, line.code), NOTHING).typed, forms["typed"])
            places.append((unit.id, line.code))
    return places


def _offer(sheet: Any, row: int, column: int, last: int, line: Asked) -> None:
    if line.in_words:
        sheet.data_validation(
            row,
            column,
            last,
            column,
            {
                "validate": "list",
                "source": list(layout.CHOICES),
                "error_type": "warning",
                "error_message": "Chọn: đạt, chưa đạt, không xét, chưa có số liệu.",
            },
        )


def _hidden(
    book: Any,
    set_code: str,
    set_hash: str,
    as_of: date,
    stage: int,
    area: int,
    units: Sequence[UnitLabel],
    places: list[tuple[int, str]],
    standing: Mapping[tuple[int, str], Standing],
) -> None:
    meta = book.add_worksheet(layout.META)
    meta.very_hidden()
    said = {"set": set_code, "hash": set_hash, "as_of": as_of.isoformat(), "stage": stage, "area": area}
    meta.write_string(0, 0, json.dumps(said))
    for row, unit in enumerate(units, start=1):
        meta.write_string(row, 0, layout.unit_key(unit))
        meta.write_number(row, 1, unit.id)
        meta.write_string(row, 2, unit.title)
    before = book.add_worksheet(layout.BEFORE)
    before.very_hidden()
    row = 0
    for unit_id, code in places:
        text = standing.get((unit_id, code), NOTHING).typed
        if text:
            before.write_number(row, 0, unit_id)
            before.write_string(row, 1, code)
            before.write_string(row, 2, text)
            row += 1
