"""Đọc bảng tính trở về: each typed cell with its place; what cannot be taken as it stands is said with sheet, cell and what
to do. The file is hostile until read: size, kind, macro and bomb are looked at before anything is opened."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from ntm.domain.official.numbers import write_number
from ntm.domain.official.text import fold, nfc
from ntm.records.archive import kinds
from ntm.records.archive.models import FileKind
from ntm.records.standing.models.observations import Stage
from ntm.records.standing.refusals import Refused
from ntm.records.standing.workbook import layout
from ntm.records.standing.workbook.keys import Codes, KeyLost, Units, words
from ntm.records.standing.workbook.package import Package
from ntm.records.standing.workbook.raw_cells import RawCell, Sheet, SheetBroken

__all__ = ["ReadCell", "ReadWorkbook", "look_at", "read"]

MOST_TYPED = 200  # characters of one figure
MOST_NOTE = 1_000
MOST_BAD = 20_000  # more bad cells than anybody can mend one by one
_EARLIEST, _LATEST = date(1945, 9, 2), date(2100, 12, 31)
Row = Mapping[int, RawCell]


@dataclass(frozen=True, slots=True)
class ReadCell:
    """Một ô đã nhập: `problem` when it cannot be read as typed. `percent`: Excel kept it as a percentage."""

    place: str  # "Số liệu!F12"
    unit_id: int
    code: str
    typed: str
    note: str = ""
    problem: str = ""
    percent: bool = False


@dataclass(frozen=True)
class ReadWorkbook:
    """Bảng tính đã đọc: what it is of, its cells, and what stood in them when it was downloaded."""

    set_code: str
    set_hash: str
    as_of: date
    stage: int
    area: int
    sheet: str
    cells: tuple[ReadCell, ...]
    before: dict[tuple[int, str], str]
    unread: tuple[str, ...]  # other sheets, which nobody asked for


def read(content: bytes, name: str, texts_of: Callable[[str], Mapping[str, str]]) -> ReadWorkbook:
    """Đọc; Refused or FileRefused with a sentence when the workbook as a whole cannot be taken.

    `texts_of`: the words of each code of the set that the workbook is of.
    """
    look_at(content, name)
    try:
        package = Package.open(content)
        of, sheet_name = _what_it_is(package, name), _sheet_name(package, name)
        units, before = _units(package.sheet(layout.META)), _before(package)
        sheet = package.sheet(sheet_name)
        made = ReadWorkbook(
            set_code=str(of["set"]),
            set_hash=str(of["hash"]),
            as_of=date.fromisoformat(str(of["as_of"])),
            stage=int(of["stage"]),
            area=int(of["area"]),
            sheet=sheet_name,
            cells=(),
            before=before,
            unread=tuple(one for one in package.names if one not in (layout.META, layout.BEFORE, sheet_name))[:20],
        )
        if made.stage not in (Stage.SELF, Stage.VERIFIED) or not _EARLIEST <= made.as_of <= _LATEST:
            raise SheetBroken("not what went out")
    except (SheetBroken, ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(f"Tệp “{name}” hỏng hoặc trang khoá đã bị sửa: tải lại bảng tính rồi nộp.") from error
    codes = Codes({code: fold(text) for code, text in texts_of(made.set_code).items()})
    cells = _Reader(sheet, sheet_name, units, codes).cells()
    return ReadWorkbook(**{**{key: getattr(made, key) for key in made.__dataclass_fields__}, "cells": tuple(cells)})


def look_at(content: bytes, name: str) -> None:
    """Tệp có phải bảng tính .xlsx lành; by its content alone, before anything is opened."""
    most = settings.WORKBOOK_MAX_BYTES
    if len(content) > most:
        raise Refused(f"Tệp “{name}” nặng hơn {most // 1024 // 1024} MB; chỉ gửi lại bảng tính đã tải về.")
    kind = kinds.detect(content)
    if kind is FileKind.XLS:
        raise Refused(f"Tệp “{name}” là .xls đời cũ: mở bằng Excel, lưu lại thành .xlsx (Excel Workbook) rồi nộp.")
    if kind is not FileKind.XLSX:
        raise Refused(f"Tệp “{name}” không phải bảng tính .xlsx; nộp đúng bảng tính đã tải về.")


def _foreign(name: str) -> Refused:
    return Refused(
        f"Tệp “{name}” không phải bảng tính tải từ hệ thống (thiếu trang “{layout.SHEET}” hoặc trang khoá). "
        "Tải lại bảng tính, chép số liệu vào rồi nộp."
    )


def _what_it_is(package: Package, name: str) -> dict[str, Any]:
    if layout.META not in package.names:
        raise _foreign(name)
    first = package.sheet(layout.META).cells[0, 0]
    said = json.loads(first.text)
    if not isinstance(said, dict):
        raise SheetBroken("not what went out")
    return said


def _sheet_name(package: Package, name: str) -> str:
    """The sheet of figures, under its name or, where that was changed, the only other one that has its heads."""
    if layout.SHEET in package.names:
        return layout.SHEET
    others = [one for one in package.names if one not in (layout.META, layout.BEFORE)]
    fitting = [one for one in others if _head_row(package.sheet(one).rows()) is not None]
    if len(fitting) != 1:
        raise _foreign(name)
    return fitting[0]


def _units(meta: Sheet) -> Units:
    ids, names = {}, {}
    for number, row in meta.rows().items():
        if number and 0 in row and 1 in row:
            unit = int(row[1].text)
            ids[row[0].text] = unit
            names[unit] = words(row.get(2))
    return Units(ids, names)


def _before(package: Package) -> dict[tuple[int, str], str]:
    if layout.BEFORE not in package.names:
        return {}
    rows = package.sheet(layout.BEFORE).rows().values()
    return {(int(row[0].text), row[1].text): row[2].text for row in rows if {0, 1, 2} <= row.keys()}


def _head_row(rows: Mapping[int, Row]) -> int | None:
    heads = fold(layout.UNIT_CODE)
    return next((at for at in list(rows)[:40] if any(fold(words(cell)) == heads for cell in rows[at].values())), None)


class _Reader:
    """One sheet of figures, whichever way it lies."""

    def __init__(self, sheet: Sheet, name: str, units: Units, codes: Codes) -> None:
        self.rows, self.name, self.units, self.codes = sheet.rows(), name, units, codes
        head = _head_row(self.rows)
        if head is None:
            raise Refused(f"Trang “{name}” không còn dòng tên cột “{layout.UNIT_CODE}”; tải lại bảng tính.")
        self.head = head
        self.named = self._named()
        self.covered = self._covered(sheet)

    def cells(self) -> Iterator[ReadCell]:
        bad = 0
        for cell in self._long() if layout.CODE in self.named else self._wide():
            bad += bool(cell.problem)
            if bad > MOST_BAD:
                raise Refused(
                    f"Trang “{self.name}” có hơn {MOST_BAD} ô không đọc được. Tải lại bảng tính, chép số liệu vào rồi nộp."
                )
            yield cell

    def _named(self) -> dict[str, int]:
        """The columns by their heads, in whatever order; a head given twice is refused."""
        known = {
            fold(one): one
            for one in (
                layout.UNIT_CODE, layout.UNIT_NAME, layout.CODE, layout.TEXT, layout.MEASURE, layout.LEVEL,
                layout.VALUE, layout.NOTE,
            )
        }  # fmt: skip
        found: dict[str, int] = {}
        for column, cell in self.rows[self.head].items():
            name = known.get(fold(words(cell)))
            if name is None:
                continue
            if name in found:
                raise Refused(f"{self.name}, dòng {self.head + 1}: cột “{name}” có hai lần; xoá bớt một cột.")
            found[name] = column
        return found

    def _covered(self, sheet: Sheet) -> set[tuple[int, int]]:
        last = max(self.rows)
        widest = max((column for row in self.rows.values() for column in row), default=0)
        return {
            (row, column)
            for top, left, bottom, right in sheet.merged
            for row in range(max(top, self.head), min(bottom, last) + 1)
            for column in range(left, min(right, widest) + 1)
        }

    # -- a line an indicator -------------------------------------------------------------------------------------------

    def _long(self) -> Iterator[ReadCell]:
        if layout.VALUE not in self.named:
            raise Refused(f"Trang “{self.name}” thiếu cột “{layout.VALUE}”; tải lại bảng tính.")
        below = [number for number in self.rows if number > self.head]
        taken = {code for number in below if (code := self.codes.exact(self._at(number, layout.CODE)))}
        for number in below:
            value, note = self._at(number, layout.VALUE), words(self._at(number, layout.NOTE))
            if value is None and not note:
                continue
            column = self.named[layout.VALUE]
            try:
                unit = self.units.find(self._at(number, layout.UNIT_CODE), words(self._at(number, layout.UNIT_NAME)))
                code = self.codes.find(self._at(number, layout.CODE), words(self._at(number, layout.TEXT)), taken)
            except KeyLost as reason:
                yield self._lost(number, column, words(self._at(number, layout.CODE)), value, str(reason))
                continue
            yield self._cell(number, column, unit, code, value, note)

    def _at(self, number: int, head: str) -> RawCell | None:
        column = self.named.get(head)
        return None if column is None else self.rows[number].get(column)

    # -- a line a unit -------------------------------------------------------------------------------------------------

    def _wide(self) -> Iterator[ReadCell]:
        columns, lost = self._columns()
        below = {number: row for number, row in self.rows.items() if number > self.head}
        for column, reason in lost.items():
            if any(column in row for row in below.values()):
                head = words(self.rows[self.head].get(column))
                yield self._lost(self.head, column, head, None, reason)
        for number, row in below.items():
            filled = sorted(column for column in row if column in columns)
            if not filled:
                continue
            try:
                unit = self.units.find(self._at(number, layout.UNIT_CODE), words(self._at(number, layout.UNIT_NAME)))
            except KeyLost as reason:
                yield self._lost(number, self.named[layout.UNIT_CODE], "", row[filled[0]], str(reason))
                continue
            for column in filled:
                yield self._cell(number, column, unit, columns[column], row[column], "")

    def _columns(self) -> tuple[dict[int, str], dict[int, str]]:
        """Columns of indicators by their codes, and columns whose head is none, with the reason."""
        named = set(self.named.values())
        heads = {column: cell for column, cell in self.rows[self.head].items() if column not in named}
        taken = {code for cell in heads.values() if (code := self.codes.exact(cell))}
        found: dict[int, str] = {}
        lost: dict[int, str] = {}
        for column, cell in heads.items():
            try:
                code = self.codes.find(cell, "", taken)
            except KeyLost as reason:
                lost[column] = f"{reason} Cả cột này không đọc."
                continue
            if code in found.values():
                raise Refused(f"{self.name}, dòng {self.head + 1}: cột “{code}” có hai lần; xoá bớt một cột.")
            found[column] = code
        return found, lost

    # -- one cell ------------------------------------------------------------------------------------------------------

    def _place(self, row: int, column: int) -> str:
        return f"{self.name}!{column_letters(column)}{row + 1}"

    def _lost(self, row: int, column: int, code: str, value: RawCell | None, problem: str) -> ReadCell:
        return ReadCell(self._place(row, column), 0, code[:40], _shown(value)[:MOST_TYPED], "", problem)

    def _cell(self, row: int, column: int, unit: int, code: str, value: RawCell | None, note: str) -> ReadCell:
        place, shown = self._place(row, column), _shown(value)
        problem = _problem(value, shown, note)
        if (row, column) in self.covered:
            problem = "Ô nằm trong vùng gộp ô: bỏ gộp (Unmerge) rồi nhập từng ô."
        percent = value is not None and value.percent
        return ReadCell(place, unit, code, shown[:MOST_TYPED], note[:MOST_NOTE], problem, percent)


def _shown(value: RawCell | None) -> str:
    """What is typed in a cell, a number in the Vietnamese way."""
    if value is None:
        return ""
    if value.kind == "bool":
        return "đạt" if value.text in ("1", "true") else "chưa đạt"
    number = value.number
    return write_number(number) if number is not None else nfc(words(value))


def _problem(value: RawCell | None, shown: str, note: str) -> str:
    if len(note) > MOST_NOTE:
        return f"Ghi chú dài quá {MOST_NOTE} chữ: rút gọn, phần còn lại đưa vào tệp minh chứng."
    if value is None:
        return ""
    if value.kind == "formula":
        return "Ô là công thức: chép, dán thành giá trị (Paste Values) rồi nộp lại."
    if value.kind == "error":
        return f"Ô đang báo lỗi {value.text} của Excel: gõ lại giá trị."
    if value.kind == "day":
        return f"Excel đã đổi thành ngày giờ ({value.text}): định dạng ô là Văn bản (Text) rồi gõ lại số, ví dụ 8,9."
    if value.kind == "number" and value.number is None:
        return f"“{value.text[:40]}” không phải con số dùng được: gõ lại giá trị."
    if len(shown) > MOST_TYPED:
        return f"Ô dài quá {MOST_TYPED} chữ: chỉ nhập giá trị, phần giải thích ghi ở cột “{layout.NOTE}”."
    return ""


def column_letters(place: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
