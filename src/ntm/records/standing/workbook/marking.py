"""Đánh dấu: the office's own file again, bad cells red, each with its reason as a note; marks of an earlier time taken off.

A file that cannot be opened whole again (a broken picture, say) is answered by a list of the same cells and reasons.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Bad", "mark"]

_RED = PatternFill("solid", fgColor="F4C7C3")
_TYPED = PatternFill("solid", fgColor="FFF8DC")  # as the typed cells went out
_AUTHOR = "NTM"
_LIST = "Ô cần sửa"


@dataclass(frozen=True, slots=True)
class Bad:
    """Một ô không nhận được."""

    place: str  # "Số liệu!F12"
    typed: str
    reason: str


def mark(content: bytes, sheet_name: str, bad: Sequence[Bad]) -> bytes:
    """The same workbook with the reasons at their cells; merged cells are marked at their first one."""
    try:
        book = load_workbook(io.BytesIO(content))
        sheet = next(one for one in book.worksheets if one.title == sheet_name or len(book.worksheets) == 1)
    except Exception:
        return _listed(bad)
    _unmark(sheet)
    for one in bad:
        cell = sheet[_first_of_merged(sheet, one.place.rpartition("!")[2])]
        before = f"{cell.comment.text}\n" if cell.comment is not None and cell.comment.author == _AUTHOR else ""
        cell.fill = _RED
        cell.comment = Comment(before + one.reason, _AUTHOR, height=120, width=260)
    book.active = book.worksheets.index(sheet)
    out = io.BytesIO()
    try:
        book.save(out)
    except Exception:
        return _listed(bad)
    return out.getvalue()


def _unmark(sheet: Worksheet) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == _AUTHOR:
                cell.comment = None
                cell.fill = _TYPED


def _first_of_merged(sheet: Worksheet, reference: str) -> str:
    for area in sheet.merged_cells.ranges:
        if reference in area:
            return str(area.start_cell.coordinate)
    return reference


def _listed(bad: Sequence[Bad]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#e8ecef", "text_wrap": True})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(_LIST)
    for column, (words, width) in enumerate((("Trang, ô", 20), ("Đã nhập", 24), ("Vì sao chưa nhận", 80))):
        sheet.write_string(0, column, words, head)
        sheet.set_column(column, column, width)
    for row, one in enumerate(bad, start=1):
        for column, text in enumerate((one.place, one.typed, one.reason)):
            sheet.write_string(row, column, text, body)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
