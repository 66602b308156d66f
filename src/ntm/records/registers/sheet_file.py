"""Bảng tính của sổ: the template, and a filled one read cell by cell through the safe reader of the standing workbook."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

from ntm.domain.official.dates import write_date
from ntm.domain.official.text import fold
from ntm.records.archive import kinds
from ntm.records.archive.models import FileKind
from ntm.records.registers import catalogue, values
from ntm.records.registers.catalogue import Field, Register
from ntm.records.registers.refusals import Refused
from ntm.records.standing.refusals import Refused as PackageRefused
from ntm.records.standing.workbook.package import Package
from ntm.records.standing.workbook.raw_cells import RawCell, Sheet, SheetBroken

__all__ = ["UNIT", "CellError", "SheetLine", "SheetRead", "read", "template"]

MOST_BYTES = 10 * 1024 * 1024
MOST_LINES = 5000
_HEAD_WITHIN = 10  # rows among which the head is looked for
UNIT = "Mã đơn vị"
SOURCE, NOTE = "Nguồn", "Ghi chú"


@dataclass(frozen=True, slots=True)
class CellError:
    """Chỗ cần sửa: line, column, what is wrong and what to do."""

    line: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Một dòng đọc được: values of the entry, and of the line within it where one was filled."""

    line: int
    unit_code: str
    values: Mapping[str, Any]
    inside: Mapping[str, Any] | None
    source_place: str
    note: str


@dataclass
class SheetRead:
    """Kết quả đọc: lines that can be tried, and cells that cannot be read."""

    read: int = 0
    lines: list[SheetLine] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Column:
    """Cột của bảng: its head, and the field that it fills ("" for those of every register)."""

    head: str
    field: Field | None = None
    inside: bool = False


def _columns(register: Register) -> list[_Column]:
    found = [_Column(UNIT), *(_Column(one.capital, one) for one in register.fields)]
    for child in catalogue.children(register):
        found += [_Column(f"{child.title}: {one.label}", one, inside=True) for one in child.fields]
    return [*found, _Column(SOURCE), _Column(NOTE)]


def template(register: Register) -> bytes:
    """Mẫu bảng: a head to fill under, and a second sheet that says how each column is typed."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#EEF0EB"})
    text = book.add_format({"num_format": "@"})
    sheet, guide = book.add_worksheet(register.title[:31]), book.add_worksheet("Hướng dẫn")
    for place, column in enumerate(_columns(register)):
        sheet.write_string(0, place, column.head, head)
        as_text = column.field is None or column.field.kind not in ("count", "decimal")
        sheet.set_column(
            place, place, 30 if column.field and column.field.name == "title" else 18, text if as_text else None
        )
        if column.field and column.field.choices:
            words = [words for _, words in column.field.choices]
            sheet.data_validation(1, place, MOST_LINES, place, {"validate": "list", "source": words})
        guide.write_string(place + 1, 0, column.head)
        guide.write_string(place + 1, 1, _how(column))
    sheet.freeze_panes(1, 1)
    guide.write_row(0, 0, ["Cột", "Cách ghi"], head)
    guide.set_column(0, 0, 34)
    guide.set_column(1, 1, 90)
    book.close()
    return written.getvalue()


def _how(column: _Column) -> str:
    if column.field is None:
        return {
            UNIT: "Mã đơn vị hành chính của nơi có mục này; để trống: đơn vị của trang nộp bảng.",
            SOURCE: "Văn bản, trang, dòng mà số liệu lấy từ đó. Không bắt buộc.",
        }.get(column.head, "Không bắt buộc.")
    kinds_of = {
        "day": "Ngày/tháng/năm, ví dụ 01/7/2025.",
        "money": "Số tiền, ví dụ 28,5 triệu hoặc 28.500.000; không ghi đơn vị là đồng.",
        "count": "Số nguyên.",
        "decimal": "Số, dấu phẩy thập phân, ví dụ 72,5.",
        "choice": "Một trong: " + "; ".join(words for _, words in column.field.choices) + ".",
    }
    needed = "Bắt buộc. " if column.field.required and not column.inside else ""
    return f"{needed}{kinds_of.get(column.field.kind, 'Chữ.')} {column.field.hint}".strip()


def read(register: Register, content: bytes, name: str) -> SheetRead:
    """Đọc bảng đã điền; Refused when the file as a whole cannot be taken."""
    _look_at(content, name)
    try:
        package = Package.open(content)
        sheet, head_row, columns = _headed(register, package, name)
    except SheetBroken as error:
        raise Refused(f"Tệp “{name}” hỏng, không mở được: mở bằng Excel, lưu lại thành .xlsx rồi nộp.") from error
    except PackageRefused as reason:
        raise Refused(str(reason)) from reason
    found = SheetRead()
    lines = [(row, cells) for row, cells in sheet.rows().items() if row > head_row and set(cells) & set(columns)]
    if len(lines) > MOST_LINES:
        raise Refused(f"Bảng có {len(lines)} dòng, nhiều nhất {MOST_LINES}: chia thành nhiều tệp.")
    for row, cells in lines:
        found.read += 1
        _line(row + 1, cells, columns, found)
    return found


def _look_at(content: bytes, name: str) -> None:
    if len(content) > MOST_BYTES:
        raise Refused(f"Tệp “{name}” nặng hơn {MOST_BYTES // 1024 // 1024} MB: chỉ nộp bảng đã điền theo mẫu.")
    try:
        kind = kinds.detect(content)
    except kinds.FileRefused as reason:
        raise Refused(str(reason)) from reason
    if kind is not FileKind.XLSX:
        raise Refused(f"Tệp “{name}” không phải bảng tính .xlsx: tải mẫu, điền rồi nộp.")


def _headed(register: Register, package: Package, name: str) -> tuple[Sheet, int, dict[int, _Column]]:
    """The first sheet that has the register's head, in one of its first rows."""
    known = {fold(one.head): one for one in _columns(register)}
    needed = [one for one in _columns(register) if one.field and one.field.name == "title"]
    for title in package.names:
        if title in package.hidden:
            continue
        sheet = package.sheet(title)
        for row, cells in list(sheet.rows().items())[:_HEAD_WITHIN]:
            columns = {at: known[fold(cell.text)] for at, cell in cells.items() if fold(cell.text) in known}
            if all(one in columns.values() for one in needed):
                if len(set(columns.values())) != len(columns):
                    raise Refused(f"Trang “{title}” có hai cột cùng tên: giữ một cột rồi nộp lại.")
                return sheet, row, columns
    heads = ", ".join(one.head for one in needed)
    raise Refused(f"Tệp “{name}” không có dòng tiêu đề của sổ {register.title} (cột {heads}): tải mẫu, điền rồi nộp.")


def _line(line: int, cells: Mapping[int, RawCell], columns: Mapping[int, _Column], found: SheetRead) -> None:
    own: dict[str, Any] = {}
    inside: dict[str, Any] = {}
    said: dict[str, str] = {}
    fine = True
    for at, column in columns.items():
        cell = cells.get(at)
        if cell is None:
            continue
        try:
            text = _text(cell, column)
            if column.field is None:
                said[column.head] = text
                continue
            value = values.read(column.field, text)
        except Refused as reason:
            found.errors.append(CellError(line, column.head, str(reason)))
            fine = False
            continue
        if value is not None:
            (inside if column.inside else own)[column.field.name] = value
    if not fine:
        return
    if inside and "start" not in own and "start" in inside:
        own["start"] = inside["start"]
    found.lines.append(
        SheetLine(line, said.get(UNIT, ""), own, inside or None, said.get(SOURCE, ""), said.get(NOTE, ""))
    )


def _text(cell: RawCell, column: _Column) -> str:
    """What a cell says, in the words that a person would type."""
    if cell.kind == "formula":
        raise Refused("Ô là công thức: chép rồi dán giá trị (Paste Values).")
    if cell.kind == "error":
        raise Refused(f"Ô có lỗi {cell.text[:20]} của Excel: ghi lại giá trị.")
    if cell.kind == "bool":
        raise Refused("Ô là đúng/sai của Excel: ghi bằng chữ.")
    if cell.kind == "day":
        if column.field is not None and column.field.kind in ("count", "money", "decimal"):
            raise Refused("Ô là ngày: Excel đã đổi số thành ngày; định dạng lại ô thành chữ rồi ghi lại số.")
        return write_date(cell.day) if isinstance(cell.day, date) else cell.text
    if cell.kind == "number":
        number = cell.number
        if number is None:
            raise Refused("Số trong ô không đọc được: ghi lại.")
        if cell.percent:
            raise Refused("Ô có dạng phần trăm: ghi số thường.")
        if column.field is not None and column.field.kind == "day":
            raise Refused(f"“{cell.text[:20]}” không phải ngày: ghi như 01/7/2025.")
        return format(number, "f").replace(".", ",")
    return cell.text


def heads(register: Register) -> Sequence[str]:
    """Tên các cột của bảng, in order."""
    return [one.head for one in _columns(register)]
