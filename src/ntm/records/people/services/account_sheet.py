"""Bảng tài khoản: the xlsx that offices fill in: its columns, its template, and the reading of its cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from python_calamine import CalamineError, CalamineWorkbook

from ntm.domain.official.text import fold, nfc
from ntm.records.people.models import Role
from ntm.records.people.services.rules import NotPossible

MOST_ROWS = 1000
_LARGEST_UNPACKED = 100 * 1024 * 1024

# field -> (head, must be filled, example)
COLUMNS: Mapping[str, tuple[str, bool, str]] = {
    "username": ("Tên đăng nhập", True, "xa.thachloi"),
    "full_name": ("Họ và tên", True, "Nguyễn Văn A"),
    "email": ("Thư điện tử", False, ""),
    "role": ("Vai trò", True, Role.COMMUNE_OFFICER.label),
    "unit_code": ("Mã đơn vị", True, "10906"),
    "title": ("Chức danh", True, "Công chức phụ trách NTM xã Thạch Lỗi"),
    "criteria": ("Tiêu chí phụ trách", False, ""),
    "start": ("Từ ngày", True, "01/01/2023"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """Một dòng of the sheet: its number as Excel shows it, and its cells as text by field."""

    number: int
    cells: Mapping[str, str]


def template() -> bytes:
    """Mẫu bảng tài khoản: the heads, one example row, text format so that codes keep their leading zeros."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Tài khoản"
    for place, (head, must, example) in enumerate(COLUMNS.values(), start=1):
        cell = sheet.cell(1, place, f"{head} *" if must else head)
        cell.font = Font(bold=True)
        sheet.cell(2, place, example)
        letter = cell.column_letter
        sheet.column_dimensions[letter].width = 28
        for row in range(2, 202):
            sheet.cell(row, place).number_format = "@"
    notes = book.create_sheet("Hướng dẫn")
    for line in (
        "Mỗi dòng là một chức danh. Một người có hai chức danh: ghi hai dòng cùng tên đăng nhập và họ tên.",
        "Cột có dấu * phải điền. Vai trò là một trong: " + "; ".join(str(role.label) for role in Role) + ".",
        "Tiêu chí phụ trách: chỉ cho cơ quan phụ trách tiêu chí, cách nhau bằng dấu chấm phẩy, ví dụ 10; 17.",
        "Xoá dòng ví dụ trước khi nộp.",
    ):
        notes.append([line])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(content: bytes) -> list[Row]:
    """The filled rows of the first sheet; NotPossible when the file or its heads are not those of the template."""
    _acceptable(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grid = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, IndexError) as error:
        raise NotPossible(_("Không đọc được bảng tính: mở lại bằng Excel rồi lưu thành .xlsx.")) from error
    if not grid:
        raise NotPossible(_("Bảng tính trống: điền từ dòng 2, theo mẫu bảng tài khoản."))
    places = _heads(grid[0])
    rows = []
    for number, values in enumerate(grid[1:], start=2):
        cells = {field: _text(values[place]) if place < len(values) else "" for field, place in places.items()}
        if any(cells.values()):
            rows.append(Row(number, cells))
    if len(rows) > MOST_ROWS:
        raise NotPossible(
            _("Bảng có %(count)s dòng, mỗi lần nhận %(most)s: chia thành nhiều tệp.")
            % {"count": len(rows), "most": MOST_ROWS}
        )
    return rows


def _acceptable(content: bytes) -> None:
    if len(content) > settings.WORKBOOK_MAX_BYTES:
        raise NotPossible(
            _("Tệp quá lớn: bảng tính không quá %(most)s MB.") % {"most": settings.WORKBOOK_MAX_BYTES // 1024 // 1024}
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile as error:
        raise NotPossible(
            _("Tệp không phải .xlsx: mở bằng Excel rồi lưu lại với loại «Excel Workbook (.xlsx)».")
        ) from error
    if any("vbaproject" in part.filename.lower() for part in parts):
        raise NotPossible(_("Tệp có macro: lưu lại thành .xlsx không có macro."))
    if sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise NotPossible(_("Tệp giải nén ra quá lớn: chép bảng sang một tệp mới rồi nộp lại."))


def _heads(values: list[Any]) -> dict[str, int]:
    """Columns by their head, in any order; marks, case and the star do not matter."""
    there = {fold(_text(value).replace("*", "")): place for place, value in enumerate(values) if _text(value)}
    places, missing = {}, []
    for field, (head, must, _example) in COLUMNS.items():
        place = there.get(fold(head))
        if place is not None:
            places[field] = place
        elif must:
            missing.append(head)
    if missing:
        raise NotPossible(
            _("Dòng 1 thiếu cột: %(heads)s. Tải mẫu bảng tài khoản và giữ nguyên dòng tiêu đề.")
            % {"heads": ", ".join(missing)}
        )
    return places


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.day:02d}/{value.month:02d}/{value.year}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(nfc(str(value)).split())
