"""Bảng danh sách thôn (xlsx): read row by row; what is wrong is said with sheet, row and column."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ntm.domain.gazetteer import names

HEADERS: dict[str, tuple[str, ...]] = {
    "commune": ("xa", "ma xa", "ten xa", "xa phuong", "don vi cap xa"),
    "kind": ("loai", "loai thon"),
    "name": ("ten thon", "thon", "ten", "thon ban", "ten thon ban"),
    "start": ("tu ngay", "ngay", "ngay bat dau"),
    "code": ("ma thon", "ma"),
}
TITLES = ("Xã", "Loại", "Tên thôn", "Từ ngày", "Mã thôn")
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 20_000


class SheetError(ValueError):
    """Không đọc được tệp: one sentence for the whole file."""


@dataclass(frozen=True, slots=True)
class VillageRow:
    """Một dòng: what it says, in its words."""

    sheet: str
    line: int
    commune: str
    kind: str
    name: str
    start: date
    code: str | None = None


@dataclass(frozen=True, slots=True)
class RowError:
    """Lỗi của một dòng, with the column where it is known."""

    sheet: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        place = f"Trang «{self.sheet}», dòng {self.line}" + (f", cột {self.column}" if self.column else "")
        return f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class SheetRead:
    """Kết quả đọc: rows that can be tried, and rows that cannot."""

    rows: tuple[VillageRow, ...]
    errors: tuple[RowError, ...]


def read(content: bytes, *, default_start: date, most_bytes: int) -> SheetRead:
    """Read every sheet that has a column for the village's name. A row without a day begins on `default_start`."""
    _refuse_by_bytes(content, most_bytes)
    rows: list[VillageRow] = []
    errors: list[RowError] = []
    recognised = False
    for sheet, cells in _sheets(content):
        heading = _heading(cells)
        if heading is None:
            continue
        recognised = True
        first, columns = heading
        for offset, line in enumerate(cells[first + 1 :], start=first + 2):
            if any(str(cell).strip() for cell in line):
                _row(sheet, offset, line, columns, default_start, rows, errors)
    if not recognised:
        raise SheetError(f"Không thấy dòng tiêu đề có cột «Tên thôn»; dùng các cột: {', '.join(TITLES)}.")
    return SheetRead(tuple(rows), tuple(errors))


def template() -> bytes:
    """Bảng mẫu: an empty list with its headings."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Danh sách thôn"
    page.append(list(TITLES))
    page.freeze_panes = "A2"
    for column, width in zip("ABCDE", (24, 16, 32, 14, 14), strict=True):
        page.column_dimensions[column].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _refuse_by_bytes(content: bytes, most_bytes: int) -> None:
    if not content:
        raise SheetError("Tệp rỗng.")
    if len(content) > most_bytes:
        raise SheetError(f"Tệp lớn quá {most_bytes // (1024 * 1024)} MB; hãy chia thành nhiều tệp.")
    if content[:4] == b"\xd0\xcf\x11\xe0":
        return  # .xls
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise SheetError("Tệp không phải bảng tính Excel (.xlsx hoặc .xls).")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            raise SheetError("Tệp giải nén ra quá lớn nên không được nhận.")
        if any("vbaproject" in part.filename.lower() for part in packed.infolist()):
            raise SheetError("Tệp có macro nên không được nhận; hãy lưu lại thành .xlsx không có macro.")


def _sheets(content: bytes) -> list[tuple[str, list[list[object]]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (CalamineError, ValueError, OSError) as broken:
        raise SheetError("Không mở được bảng tính; tệp hỏng hoặc có mật khẩu.") from broken


def _heading(cells: Sequence[Sequence[object]]) -> tuple[int, dict[str, int]] | None:
    for place, line in enumerate(cells[:20]):
        found: dict[str, int] = {}
        for column, cell in enumerate(line):
            said = names.fold_key(str(cell))
            for what, words in HEADERS.items():
                if said in words:
                    found.setdefault(what, column)
        if "name" in found and len(found) > 1:
            return place, found
    return None


def _row(
    sheet: str,
    line: int,
    cells: Sequence[object],
    columns: dict[str, int],
    default_start: date,
    rows: list[VillageRow],
    errors: list[RowError],
) -> None:
    def text(what: str) -> str:
        place = columns.get(what)
        cell = cells[place] if place is not None and place < len(cells) else ""
        return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()

    if len(rows) >= MOST_ROWS:
        errors.append(RowError(sheet, line, "", f"Quá {MOST_ROWS} dòng trong một tệp; hãy chia thành nhiều tệp."))
        return
    if not text("name"):
        errors.append(RowError(sheet, line, "Tên thôn", "Chưa ghi tên thôn."))
        return
    place = columns.get("start")
    cell = cells[place] if place is not None and place < len(cells) else ""
    start = _day(cell, default_start)
    if start is None:
        errors.append(RowError(sheet, line, "Từ ngày", f"«{cell}» không phải ngày; ghi dạng 30/9/2026."))
        return
    commune = text("commune")
    if commune.isdigit() and len(commune) < 5:
        commune = commune.zfill(5)  # Excel drops the leading zeros of a code
    rows.append(VillageRow(sheet, line, commune, text("kind") or "Thôn", text("name"), start, text("code") or None))


def _day(cell: object, default: date) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    said = str(cell).strip()
    if not said:
        return default
    for pattern in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(said, pattern).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None
