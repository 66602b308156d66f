"""Đọc bảng tính trở về: each typed cell with its place; what cannot be taken as it stands is said with sheet, cell and what
to do. The file is hostile until read: size, kind, macro and bomb are looked at before anything is opened."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from python_calamine import CalamineError, CalamineWorkbook

from ntm.domain.official.numbers import write_number
from ntm.records.archive import kinds
from ntm.records.archive.models import FileKind
from ntm.records.standing.refusals import Refused
from ntm.records.standing.workbook import layout

__all__ = ["ReadCell", "ReadWorkbook", "read"]

MOST_CELLS = 1_000_000
_FORMULA = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]{0,200}><f[ >/]')


@dataclass(frozen=True, slots=True)
class ReadCell:
    """Một ô đã nhập: `problem` when it cannot be read as typed."""

    place: str  # "Số liệu!F12"
    unit_code: str
    code: str
    typed: str
    note: str = ""
    problem: str = ""


@dataclass(frozen=True)
class ReadWorkbook:
    """Bảng tính đã đọc: what it is of, its cells, and what stood in them when it was downloaded."""

    set_code: str
    set_hash: str
    as_of: date
    stage: int
    area: int
    units: dict[str, int]  # code -> id, as downloaded
    cells: tuple[ReadCell, ...]
    before: dict[tuple[int, str], str]


def read(content: bytes, name: str) -> ReadWorkbook:
    """Đọc; Refused or FileRefused with a sentence when the workbook as a whole cannot be taken."""
    most = settings.WORKBOOK_MAX_BYTES
    if len(content) > most:
        raise Refused(f"Tệp “{name}” nặng hơn {most // 1024 // 1024} MB; chỉ gửi lại bảng tính đã tải về.")
    kind = kinds.detect(content)
    if kind is FileKind.XLS:
        raise Refused(f"Tệp “{name}” là .xls đời cũ: mở bằng Excel, lưu lại thành .xlsx (Excel Workbook) rồi nộp.")
    if kind is not FileKind.XLSX:
        raise Refused(f"Tệp “{name}” không phải bảng tính .xlsx; nộp đúng bảng tính đã tải về.")
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(content))
        names = list(book.sheet_names)
        if layout.META not in names or layout.SHEET not in names:
            raise Refused(
                f"Tệp “{name}” không phải bảng tính tải từ hệ thống (thiếu trang “{layout.SHEET}” hoặc trang khoá). "
                "Tải lại bảng tính, chép số liệu vào rồi nộp."
            )
        meta = _rows(book, layout.META)
        said = json.loads(str(meta[0][0]))
        units = {str(row[0]): int(row[1]) for row in meta[1:] if len(row) > 1 and row[0]}
        before = {
            (int(row[0]), str(row[1])): str(row[2])
            for row in (_rows(book, layout.BEFORE) if layout.BEFORE in names else [])
            if len(row) > 2 and row[1] != ""
        }
        rows = _rows(book, layout.SHEET)
        merged = _merged(book)
    except (CalamineError, OSError, ValueError, KeyError, IndexError, TypeError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(f"Tệp “{name}” hỏng hoặc trang khoá đã bị sửa: tải lại bảng tính rồi nộp.") from error
    formulas = _formulas(content, names.index(layout.SHEET))
    cells = tuple(_cells(rows, formulas, merged))
    return ReadWorkbook(
        set_code=str(said["set"]),
        set_hash=str(said["hash"]),
        as_of=date.fromisoformat(str(said["as_of"])),
        stage=int(said["stage"]),
        area=int(said["area"]),
        units=units,
        cells=cells,
        before=before,
    )


def _rows(book: CalamineWorkbook, name: str) -> list[list[Any]]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height * max(sheet.total_width, 1) > MOST_CELLS:
        raise Refused(f"Trang “{name}” có quá {MOST_CELLS} ô: xoá các ô thừa ngoài bảng rồi nộp lại.")
    return sheet.to_python(skip_empty_area=False)


def _merged(book: CalamineWorkbook) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return list(book.get_sheet_by_name(layout.SHEET).merged_cell_ranges or [])


def _formulas(content: bytes, place: int) -> frozenset[str]:
    """Cells that hold a formula: the reader gives only their last result, which may be of another machine."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = sorted(
            (part for part in package.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", part)),
            key=lambda part: int(re.findall(r"\d+", part)[0]),
        )
        if place >= len(parts):
            return frozenset()
        text = package.read(parts[place])
    return frozenset(match.decode() for match in _FORMULA.findall(text))


def _cells(
    rows: list[list[Any]], formulas: frozenset[str], merged: list[tuple[tuple[int, int], tuple[int, int]]]
) -> Iterator[ReadCell]:
    head_row, heads = _heads(rows)
    covered = {
        (row, column)
        for first, last in merged
        for row in range(first[0], min(last[0], len(rows)) + 1)
        for column in range(first[1], last[1] + 1)
    }
    if layout.CODE in heads:
        yield from _long(rows, head_row, heads, formulas, covered)
    else:
        yield from _wide(rows, head_row, heads, formulas, covered)


def _heads(rows: list[list[Any]]) -> tuple[int, dict[str, int]]:
    """The row that names the columns, wherever it is and in whatever order; a head given twice is refused."""
    for number, row in enumerate(rows[:40]):
        texts = [_words(value) for value in row]
        if layout.UNIT_CODE in texts:
            twice = sorted({text for text in texts if text and texts.count(text) > 1})
            if twice:
                raise Refused(f"{layout.SHEET}, dòng {number + 1}: cột “{twice[0]}” có hai lần; xoá bớt một cột.")
            return number, {text: place for place, text in enumerate(texts) if text}
    raise Refused(f"Trang “{layout.SHEET}” không còn dòng tên cột “{layout.UNIT_CODE}”; tải lại bảng tính.")


def _long(
    rows: list[list[Any]],
    head_row: int,
    heads: dict[str, int],
    formulas: frozenset[str],
    covered: set[tuple[int, int]],
) -> Iterator[ReadCell]:
    missing = [head for head in (layout.CODE, layout.VALUE) if head not in heads]
    if missing:
        raise Refused(f"Trang “{layout.SHEET}” thiếu cột “{missing[0]}”; tải lại bảng tính.")
    for number in range(head_row + 1, len(rows)):
        row = rows[number]
        unit, code = _words(_at(row, heads[layout.UNIT_CODE])), _words(_at(row, heads[layout.CODE]))
        value = _at(row, heads[layout.VALUE])
        if not unit and not code and _words(value) == "":
            continue
        note = _words(_at(row, heads[layout.NOTE])) if layout.NOTE in heads else ""
        yield _cell(number, heads[layout.VALUE], unit, code, value, note, formulas, covered)


def _wide(
    rows: list[list[Any]],
    head_row: int,
    heads: dict[str, int],
    formulas: frozenset[str],
    covered: set[tuple[int, int]],
) -> Iterator[ReadCell]:
    columns = {head: place for head, place in heads.items() if head not in (layout.UNIT_CODE, layout.UNIT_NAME)}
    for number in range(head_row + 1, len(rows)):
        row = rows[number]
        unit = _words(_at(row, heads[layout.UNIT_CODE]))
        if not unit:
            continue
        for code, column in columns.items():
            yield _cell(number, column, unit, code, _at(row, column), "", formulas, covered)


def _at(row: list[Any], place: int) -> Any:
    return row[place] if place < len(row) else ""


def _words(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFC", str(value)).strip() if value is not None else ""


def _cell(
    row: int,
    column: int,
    unit: str,
    code: str,
    value: Any,
    note: str,
    formulas: frozenset[str],
    covered: set[tuple[int, int]],
) -> ReadCell:
    reference = f"{column_letters(column)}{row + 1}"
    place = f"{layout.SHEET}!{reference}"
    if (row, column) in covered:
        problem = "Ô nằm trong vùng gộp ô: bỏ gộp (Unmerge) rồi nhập từng ô."
        return ReadCell(place, unit, code, _words(value), note, problem)
    if reference in formulas:
        problem = "Ô là công thức: chép, dán thành giá trị (Paste Values) rồi nộp lại."
        return ReadCell(place, unit, code, _words(value), note, problem)
    if isinstance(value, (date, datetime, time, timedelta)):
        return ReadCell(place, unit, code, _said(value), note, _as_day(value))
    if isinstance(value, bool):
        return ReadCell(place, unit, code, "đạt" if value else "chưa đạt", note)
    if isinstance(value, (int, float)):
        return ReadCell(place, unit, code, write_number(Decimal(repr(value))), note)  # repr gives back what was typed
    return ReadCell(place, unit, code, _words(value), note)


def _said(value: Any) -> str:
    return value.strftime("%d/%m/%Y") if isinstance(value, (date, datetime)) else str(value)


def _as_day(value: Any) -> str:
    return f"Excel đã đổi thành ngày giờ ({_said(value)}): định dạng ô là Văn bản (Text) rồi gõ lại số, ví dụ 8,9."


def column_letters(place: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
