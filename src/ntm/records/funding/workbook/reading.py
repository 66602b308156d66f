"""Đọc bảng công trình: line by line, cell by cell; what cannot be read stays with sheet, line, column and what to do.

The file is hostile until read: it goes through the guards of the standing workbook before anything is opened.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ntm.domain.official.dates import write_date
from ntm.domain.official.text import fold
from ntm.records.funding.refusals import Refused
from ntm.records.funding.workbook import columns
from ntm.records.funding.workbook.columns import COLUMNS, FundKey, Value
from ntm.records.standing.refusals import Refused as PackageRefused
from ntm.records.standing.workbook import reading as guard
from ntm.records.standing.workbook.keys import words
from ntm.records.standing.workbook.package import Package
from ntm.records.standing.workbook.raw_cells import RawCell, Sheet, SheetBroken

__all__ = ["MOST_LINES", "CellError", "ReadLine", "ReadSheet", "read"]

MOST_LINES = 5000
_HEAD_WITHIN = 12  # rows among which the head is looked for
_NUMBERS = ("count", "money", "degrees")


@dataclass(frozen=True, slots=True)
class CellError:
    """Chỗ cần sửa: the head of the column ("" for the whole line), what was typed, what is wrong and what to do."""

    column: str
    typed: str
    sentence: str


@dataclass
class ReadLine:
    """Một dòng: what its cells say; `funds` holds only the columns that were filled, `cleared` what is to be emptied."""

    line: int
    key: int | None = None
    values: dict[str, Value] = field(default_factory=dict)
    funds: dict[FundKey, int] = field(default_factory=dict)
    cleared: set[str] = field(default_factory=set)
    unit_name: str = ""
    typed: dict[str, str] = field(default_factory=dict)  # head -> as it was typed
    errors: list[CellError] = field(default_factory=list)

    def refuse(self, head: str, sentence: str) -> None:
        """This line is not taken, because of this cell."""
        self.errors.append(CellError(head, self.typed.get(head, "")[:200], sentence))


@dataclass
class ReadSheet:
    """Bảng đã đọc. before: works -> field -> words, as they were when the file was taken out."""

    sheet: str
    lines: list[ReadLine]
    fields: frozenset[str]
    fund_columns: frozenset[FundKey]
    taken_out: str = ""  # when, in words; "" for a template
    before: dict[int, dict[str, str]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()  # columns and sheets that mean nothing here


def read(content: bytes, name: str) -> ReadSheet:
    """Đọc; Refused or FileRefused with a sentence when the file as a whole cannot be taken."""
    try:
        guard.look_at(content, name)
        package = Package.open(content)
        title, sheet, head = _headed(package, name)
        found = _read(package, title, sheet, head)
    except SheetBroken as error:
        raise Refused(f"Tệp “{name}” hỏng, không mở được: mở bằng Excel, lưu lại thành .xlsx rồi nộp.") from error
    except PackageRefused as reason:
        raise Refused(str(reason)) from reason
    if not found.lines:
        raise Refused(f"Trang “{title}” không có công trình nào dưới dòng tên cột: điền ít nhất một dòng rồi nộp.")
    return found


def _headed(package: Package, name: str) -> tuple[str, Sheet, int]:
    """The first shown sheet with the head of works in one of its first rows."""
    needed = {fold(columns.CODE), fold(columns.of_field("name").head)}
    for title in package.names:
        if title in package.hidden:
            continue
        sheet = package.sheet(title)
        for row, cells in list(sheet.rows().items())[:_HEAD_WITHIN]:
            if needed <= {fold(words(cell)) for cell in cells.values()}:
                return title, sheet, row
    raise Refused(
        f"Tệp “{name}” không có trang nào mang các cột “{columns.CODE}” và “{columns.of_field('name').head}”: "
        "tải bảng mẫu hoặc tải danh sách công trình, điền rồi nộp."
    )


def _read(package: Package, title: str, sheet: Sheet, head: int) -> ReadSheet:
    rows = sheet.rows()
    places, unread = _places(rows[head], title)
    typed = {at for at, name in places.items() if name not in (columns.KEY, columns.UNIT_NAME)}
    below = [(row, cells) for row, cells in rows.items() if row > head and typed & cells.keys()]
    if len(below) > MOST_LINES:
        raise Refused(f"Bảng có {len(below)} dòng, nhiều nhất {MOST_LINES}: chia thành nhiều tệp rồi nộp từng tệp.")
    lines = [_line(row + 1, cells, places) for row, cells in below]
    others = [one for one in package.names if one not in (title, columns.STAMP) and one not in package.hidden]
    heads = set(places.values())
    taken_out, before = _stamp(package)
    return ReadSheet(
        title,
        lines,
        frozenset(one.field for one in COLUMNS if one.head in heads),
        frozenset(key for one in heads if (key := columns.fund_key(one)) is not None),
        taken_out,
        before,
        (*unread, *(f"trang {one}" for one in others if one != columns.GUIDE))[:20],
    )


def _places(cells: Mapping[int, RawCell], title: str) -> tuple[dict[int, str], list[str]]:
    """Column -> its head as this house writes it; and heads that mean nothing here."""
    own = {fold(one.head): one.head for one in COLUMNS} | {
        fold(columns.KEY): columns.KEY,
        fold(columns.UNIT_NAME): columns.UNIT_NAME,
    }
    beside = {fold(head) for _, head in columns.SHOWN} | {fold(columns.WHY)}
    places: dict[int, str] = {}
    unread = []
    for at, cell in cells.items():
        said = words(cell)
        key = columns.fund_key(said)
        name = columns.fund_head(key) if key else own.get(fold(said))
        if name is None:
            if fold(said).startswith(fold(columns.FUND)):
                raise Refused(
                    f"{title}: cột “{said[:80]}” không phải nguồn vốn nào có trong danh mục; chép tên cột từ bảng mẫu."
                )
            if fold(said) and fold(said) not in beside:
                unread.append(f"cột {said[:40]}")
            continue
        if name in places.values():
            raise Refused(f"{title}: cột “{name}” có hai lần; giữ một cột rồi nộp lại.")
        places[at] = name
    return places, unread


def _stamp(package: Package) -> tuple[str, dict[int, dict[str, str]]]:
    """When the file was taken out and what stood in it then; a file without its stamp is a plain one."""
    if columns.STAMP not in package.names:
        return "", {}
    try:
        rows = package.sheet(columns.STAMP).rows()
        taken_out = datetime.fromisoformat(str(json.loads(rows[0][0].text)["at"]))
        names = {at: cell.text for at, cell in rows.get(1, {}).items() if at}
        before = {
            int(cells[0].text): {name: cells[at].text if at in cells else "" for at, name in names.items()}
            for row, cells in rows.items()
            if row > 1 and 0 in cells
        }
    except (KeyError, ValueError, TypeError, IndexError, RecursionError) as error:
        raise Refused(
            "Trang khoá của tệp đã bị sửa: tải lại danh sách công trình rồi chép phần đã sửa sang."
        ) from error
    return f"{taken_out:%H:%M} ngày {write_date(taken_out.date())}", before


def _line(number: int, cells: Mapping[int, RawCell], places: Mapping[int, str]) -> ReadLine:
    found = ReadLine(number)
    kinds = {one.head: one for one in COLUMNS}
    for at, head in places.items():
        cell = cells.get(at)
        if cell is None:
            continue
        found.typed[head] = words(cell)
        if head == columns.KEY:
            found.key = int(found.typed[head]) if found.typed[head].isdecimal() else None
            continue
        column = kinds.get(head)
        kind = column.kind if column else "text" if head == columns.UNIT_NAME else "money"
        try:
            text = _text(cell, kind)
            found.typed[head] = text
            if not text:
                continue
            if head == columns.UNIT_NAME:
                found.unit_name = text
            elif column is None:
                found.funds[_fund(head)] = int(columns.read("money", text) or 0)  # type: ignore[arg-type]
            elif columns.clears(text):
                if not column.optional:
                    raise Refused("Mục này không bỏ trống được: ghi giá trị đúng.")
                found.cleared.add(column.field)
            else:
                found.values[column.field] = columns.read(kind, text)
        except Refused as reason:
            found.refuse(head, str(reason))
    return found


def _fund(head: str) -> FundKey:
    key = columns.fund_key(head)
    assert key is not None
    return key


def _text(cell: RawCell, kind: str) -> str:
    """What a cell says, in the words that a person would type."""
    if cell.kind == "formula":
        raise Refused("Ô là công thức: chép rồi dán giá trị (Paste Values).")
    if cell.kind == "error":
        raise Refused(f"Ô có lỗi {cell.text[:20]} của Excel: ghi lại giá trị.")
    if cell.kind == "bool":
        if kind == "flag":
            return "có" if cell.text in ("1", "true") else "không"
        raise Refused("Ô là đúng/sai của Excel: ghi bằng chữ.")
    if cell.kind == "day":
        if kind != "day" or cell.day is None:
            raise Refused(f"Excel đã đổi thành ngày ({cell.text}): định dạng ô là Văn bản (Text) rồi ghi lại.")
        return write_date(cell.day)
    if cell.kind == "number":
        number = cell.number
        if number is None or cell.percent:
            raise Refused("Số trong ô không dùng được: định dạng ô là số thường hoặc chữ rồi ghi lại.")
        if kind == "day":
            raise Refused(f"“{cell.text[:20]}” không phải ngày: ghi như 01/7/2025.")
        text = format(number, "f")
        return text.replace(".", ",") if kind in _NUMBERS else text
    return words(cell)
