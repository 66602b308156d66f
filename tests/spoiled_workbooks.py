"""Bảng tính bị làm hỏng: a workbook of Thạch Lỗi, opened to be spoiled and brought back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ntm.records.standing.models import WorkbookUpload
from ntm.records.standing.services import workbooks
from ntm.records.standing.workbook import layout
from standing_world import DAY, HAI_DUONG, World

__all__ = ["SHEET_PART", "Sheet", "good", "problems", "saved"]


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class Sheet:
    """A workbook of Thạch Lỗi, opened to be spoiled."""

    def __init__(self, world: World, set_code: str = HAI_DUONG) -> None:
        self.world = world
        self.content = workbooks.download(
            world.actor["officer"], unit_id=world.unit["thach_loi"], set_code=set_code, as_of=DAY
        )[1]
        self.book = load_workbook(io.BytesIO(self.content))
        self.sheet: Worksheet = self.book[layout.SHEET]
        self.heads = {cell.value: cell.column for cell in self.sheet[layout.HEAD_ROW + 1]}

    def row(self, code: str) -> int:
        column = self.heads[layout.CODE]
        return next(r for r in range(1, self.sheet.max_row + 1) if self.sheet.cell(r, column).value == code)

    def cell(self, code: str, head: str = layout.VALUE) -> Any:
        return self.sheet.cell(self.row(code), self.heads[head])

    def bring(self, content: bytes | None = None) -> WorkbookUpload:
        return workbooks.upload(self.world.actor["officer"], content=content or saved(self.book), name="x.xlsx")

    def spoiled(self, part: str, change: Callable[[str], str], content: bytes | None = None) -> bytes:
        """The saved package (or another one) with one part rewritten by hand."""
        given, out = io.BytesIO(content or saved(self.book)), io.BytesIO()
        with zipfile.ZipFile(given) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name in package.namelist():
                data = package.read(name)
                made.writestr(name, change(data.decode()).encode() if name == part else data)
        return out.getvalue()


SHEET_PART = "xl/worksheets/sheet1.xml"


def good(made: WorkbookUpload) -> dict[str, str]:
    return {one["code"]: one["after"] for one in made.found["good"]}


def problems(made: WorkbookUpload) -> list[str]:
    return [one["problem"] for one in made.found["bad"]]
