"""Viết bảng công trình: the template, the list that is seen, and lines sent back with their reasons, in the same columns.

A hidden column keeps the number of each works, a very hidden sheet what stood there when the file was taken out: a line that
has been changed since is then told, not written over. Texts and days are cells of text, so that Excel turns neither
01/7/2025 nor a code into something else; money is a number, so that it adds up.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from ntm.records.funding.models import Execution
from ntm.records.funding.workbook import columns
from ntm.records.funding.workbook.columns import COLUMNS, SHOWN, FundKey, Value

__all__ = ["WrittenLine", "write"]

_HEAD_ROW = 3
_READY = 500  # empty lines below that are ready to be typed in
_MOST_NUMBER = 10**15  # beyond fifteen digits Excel rounds
_MONEY = ("allocated", "accepted", "paid", "debt")
_NOTES = (
    "Tiền ghi bằng đồng, số nguyên. Ô để trống ở công trình đã có: giữ giá trị đang có; muốn bỏ giá trị thì ghi “xoá”. "
    "Các cột vốn: ghi một nguồn thì ghi cả cơ cấu, cộng lại bằng tổng mức.",
    "Dòng xoá khỏi bảng thì công trình vẫn còn. Tình trạng, tiến độ, nghiệm thu, tiền không nhập ở đây (cột nền xám): "
    "ghi ở trang của công trình.",
)


@dataclass(frozen=True)
class WrittenLine:
    """Một dòng của bảng. before: what stands now, in words, for the stamp; reason: why it was sent back."""

    values: Mapping[str, Value | str]
    funds: Mapping[FundKey, int | str] = field(default_factory=dict)
    key: int | None = None
    unit_name: str = ""
    shown: Mapping[str, Value] = field(default_factory=dict)
    before: Mapping[str, str] | None = None
    reason: str = ""


def write(
    *,
    title: str,
    lines: Sequence[WrittenLine],
    used: Sequence[FundKey],
    others: Sequence[FundKey],
    sets: Sequence[tuple[str, str]],
    taken_out: datetime,
    reasons: bool = False,
) -> bytes:
    """`used`: sources with a column in sight; `others`: the year's other ones, folded away; `sets`: code and name."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    forms = _formats(book)
    sheet = book.add_worksheet(columns.SHEET)
    sheet.set_row(0, None, forms["title"])
    sheet.write_string(0, 1, title, forms["title"])
    for row, note in enumerate(_NOTES, start=1):
        sheet.set_row(row, None, forms["plain"])
        sheet.write_string(row, 1, note, forms["plain"])
    shown = bool(lines) and not reasons
    places = _heads(sheet, forms, used, others, shown, reasons)
    for row, line in enumerate(lines, start=_HEAD_ROW + 1):
        _write_line(sheet, forms, places, row, line)
    codes = _guide(book, forms, [*used, *others], sets)
    _offer(sheet, places, _HEAD_ROW + len(lines) + _READY, codes)
    sheet.freeze_panes(_HEAD_ROW + 1, 3)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.repeat_columns(1, 2)
    if lines:
        sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + len(lines), max(places.values()))
    _stamp(book, lines, taken_out)
    book.close()
    return out.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
    boxed = {**base, "border": 1, "border_color": "#9aa5ad", "text_wrap": True}
    grey = {"bg_color": "#eef1f3", "font_color": "#4a5560"}
    return {
        "title": book.add_format({**base, "bold": True, "font_size": 14}),
        "plain": book.add_format({**base, "italic": True}),
        "head": book.add_format({**boxed, "bold": True, "bg_color": "#e8ecef", "align": "center"}),
        "text": book.add_format({**boxed, "num_format": "@"}),
        "money": book.add_format({**boxed, "num_format": "#,##0"}),
        "degrees": book.add_format({**boxed, "num_format": "0.000000"}),
        "count": book.add_format({**boxed, "num_format": "0"}),
        "shown": book.add_format({**boxed, **grey}),
        "shown-money": book.add_format({**boxed, **grey, "num_format": "#,##0"}),
        "why": book.add_format({**boxed, "bg_color": "#f4c7c3"}),
    }


def _heads(
    sheet: Any,
    forms: Mapping[str, Any],
    used: Sequence[FundKey],
    others: Sequence[FundKey],
    shown: bool,
    reasons: bool,
) -> dict[Any, int]:
    """The heads in their order; what is at which column."""
    places: dict[Any, int] = {}

    def add(what: Any, head: str, width: int, form: str, **more: Any) -> None:
        at = len(places)
        places[what] = at
        sheet.write_string(_HEAD_ROW, at, head, forms["head"])
        sheet.set_column(at, at, width, forms[form], more)

    add(columns.KEY, columns.KEY, 6, "shown", hidden=True)
    for one in COLUMNS:
        add(one.field, one.head, one.width, _form(one.kind))
        if one.field == "unit":
            add(columns.UNIT_NAME, columns.UNIT_NAME, 20, "shown")
        if one.field == "total_cost":
            for key in used:
                add(key, columns.fund_head(key), 20, "money")
            for key in others:
                add(key, columns.fund_head(key), 20, "money", level=1, hidden=True)
    for name, head in SHOWN if shown else ():
        add(name, head, 18, "shown-money" if name in _MONEY else "shown")
    if reasons:
        add(columns.WHY, columns.WHY, 70, "why")
    return places


def _form(kind: str) -> str:
    return kind if kind in ("money", "degrees", "count") else "text"


def _write_line(sheet: Any, forms: Mapping[str, Any], places: Mapping[Any, int], row: int, line: WrittenLine) -> None:
    if line.key is not None:
        sheet.write_string(row, places[columns.KEY], str(line.key), forms["shown"])
    sheet.write_string(row, places[columns.UNIT_NAME], line.unit_name, forms["shown"])
    for one in COLUMNS:
        value = line.values.get(one.field)
        if value is not None and value != "":
            _put(sheet, row, places[one.field], value, one.kind, forms[_form(one.kind)])
    for key, amount in line.funds.items():
        if key in places:
            _put(sheet, row, places[key], amount, "money", forms["money"])
    for name, value in line.shown.items():
        if name in places:
            money = name in _MONEY
            _put(
                sheet,
                row,
                places[name],
                value,
                "money" if money else "count",
                forms["shown-money" if money else "shown"],
            )
    if columns.WHY in places:
        sheet.write_string(row, places[columns.WHY], line.reason, forms["why"])


def _put(sheet: Any, row: int, at: int, value: Value | str, kind: str, form: Any) -> None:
    """A figure as a number, all else in words."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and abs(value) < _MOST_NUMBER:
        sheet.write_number(row, at, value, form)
    elif isinstance(value, str) and value not in Execution.values:
        sheet.write_string(row, at, value, form)
    else:
        sheet.write_string(row, at, columns.said(kind, value), form)


def _offer(sheet: Any, places: Mapping[Any, int], last: int, codes: str) -> None:
    """Drop-down lists; what is typed beside them is told when the file comes back, not by Excel."""
    lists = {
        "execution": [str(label) for label in Execution.labels],
        "in_public_plan": ["có", "không"],
        "set_code": codes,
    }
    for name, source in lists.items():
        if source:
            at = places[name]
            given = {"validate": "list", "source": source, "show_error": False}
            sheet.data_validation(_HEAD_ROW + 1, at, last, at, given)


def _guide(book: Any, forms: Mapping[str, Any], keys: Sequence[FundKey], sets: Sequence[tuple[str, str]]) -> str:
    """How each column is filled, then the criteria sets; where their codes stand, for a list."""
    sheet = book.add_worksheet(columns.GUIDE)
    sheet.set_column(0, 0, 44, forms["text"])
    sheet.set_column(1, 1, 100, forms["text"])
    rows = [("Cột", "Cách ghi"), *((one.head, one.how) for one in COLUMNS)]
    rows.append((columns.UNIT_NAME, "Chỉ để đọc, đối chiếu với mã đơn vị."))
    part = "Phần của nguồn này trong tổng mức, số nguyên đồng; không dùng thì để trống."
    rows += [(columns.fund_head(key), part) for key in keys]
    rows.append(("Cột vốn không thấy", "Bấm dấu + ở đầu cột để mở các nguồn khác của năm."))
    rows += [(head, "Chỉ để đọc; ghi ở trang của công trình.") for _, head in SHOWN]
    rows += [("Mã bộ tiêu chí", "Tên bộ tiêu chí"), *sets]
    heads = {0, len(rows) - len(sets) - 1}
    for row, cells in enumerate(rows):
        for at, text in enumerate(cells):
            sheet.write_string(row, at, text, forms["head" if row in heads else "text"])
    sheet.freeze_panes(1, 0)
    return f"='{columns.GUIDE}'!$A${len(rows) - len(sets) + 1}:$A${len(rows)}" if sets else ""


def _stamp(book: Any, lines: Sequence[WrittenLine], taken_out: datetime) -> None:
    sheet = book.add_worksheet(columns.STAMP)
    sheet.very_hidden()
    sheet.write_string(0, 0, json.dumps({"at": taken_out.isoformat(timespec="seconds")}))
    kept = [line for line in lines if line.key is not None and line.before is not None]
    names = list(dict.fromkeys(name for line in kept for name in line.before or ()))
    for at, name in enumerate(names, start=1):
        sheet.write_string(1, at, name)
    for row, line in enumerate(kept, start=2):
        sheet.write_string(row, 0, str(line.key))
        for at, name in enumerate(names, start=1):
            text = (line.before or {}).get(name, "")
            if text:
                sheet.write_string(row, at, text)
