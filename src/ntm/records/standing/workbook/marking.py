"""Đánh dấu: the office's own file again, bad cells red, each with its reason as a note."""

from __future__ import annotations

import io
from collections.abc import Mapping

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from ntm.records.standing.workbook import layout

__all__ = ["mark"]

_RED = PatternFill("solid", fgColor="F4C7C3")


def mark(content: bytes, reasons: Mapping[str, str]) -> bytes:
    """The same workbook with the reasons at their cells; merged cells are marked at their first one."""
    book = load_workbook(io.BytesIO(content))
    sheet = book[layout.SHEET]
    for reference, reason in reasons.items():
        cell = sheet[_first_of_merged(sheet, reference)]
        cell.fill = _RED
        cell.comment = Comment(reason, "NTM", height=120, width=260)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _first_of_merged(sheet: object, reference: str) -> str:
    for area in sheet.merged_cells.ranges:  # type: ignore[attr-defined]
        if reference in area:
            return str(area.start_cell.coordinate)
    return reference
