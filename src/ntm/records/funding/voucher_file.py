"""Tệp chứng từ: CSV or xlsx, a voucher line a row; what is wrong is told by line, nothing is guessed.

Amounts are whole đồng, plain or with dots between thousands ("1.234.567"); days as 31/12/2023 or 2023-12-31.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from ntm.domain.official.text import fold, nfc

__all__ = ["LineError", "VoucherFile", "VoucherRow", "read"]

LARGEST = 64 * 1024 * 1024
_MOST_ROWS = 500_000
_MOST_TOLD = 1000

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "unit": ("unit", "ma don vi", "don vi"),
    "number": ("number", "so chung tu", "chung tu"),
    "on": ("on", "ngay", "ngay chung tu"),
    "year": ("year", "nam ngan sach", "nam"),
    "source": ("source", "ma nguon", "nguon von", "nguon"),
    "kind": ("kind", "loai von"),
    "use": ("use", "chi cho", "loai chi"),
    "amount": ("amount", "so tien", "so tien (dong)"),
    "works": ("works", "ma cong trinh", "cong trinh"),
    "criterion": ("criterion", "tieu chi"),
    "payee": ("payee", "nguoi nhan", "don vi nhan"),
    "note": ("note", "noi dung", "ghi chu"),
}
_NEEDED = ("unit", "number", "on", "year", "source", "kind", "use", "amount")
_KINDS = {
    "von dau tu phat trien": "investment",
    "dau tu": "investment",
    "dtpt": "investment",
    "von su nghiep": "recurrent",
    "su nghiep": "recurrent",
    "ngoai ngan sach": "own",
    "khac": "own",
}
_USES = {
    "chi dau tu phat trien": "investment",
    "dau tu": "investment",
    "chi dau tu": "investment",
    "chi su nghiep": "recurrent",
    "su nghiep": "recurrent",
}
_AMOUNT = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,17}")
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class LineError:
    """Dòng sai: the line of the file (0: the whole file), and the sentence."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"Dòng {self.line}: {self.sentence}" if self.line else self.sentence


@dataclass(slots=True)
class VoucherRow:
    """Một dòng đã đọc: unit and works still as codes."""

    line: int
    unit: str
    number: str
    on: date
    year: int
    source: str
    kind: str
    use: str
    amount: int
    works: str
    criterion: int | None
    payee: str
    note: str


@dataclass
class VoucherFile:
    """Những gì đọc được: the rows, and the wrong lines (the first of them told, all counted)."""

    rows: list[VoucherRow] = field(default_factory=list)
    errors: list[LineError] = field(default_factory=list)
    wrong: int = 0

    def refuse(self, line: int, sentence: str) -> None:
        self.wrong += 1
        if len(self.errors) < _MOST_TOLD:
            self.errors.append(LineError(line, sentence))


def read(content: bytes) -> VoucherFile:
    """Đọc tệp: which kind it is, its content tells."""
    found = VoucherFile()
    if len(content) > LARGEST:
        found.refuse(0, f"Tệp lớn quá {LARGEST // 1024 // 1024} MB; chia tệp rồi nhập từng tệp.")
        return found
    try:
        lines = _workbook(content) if content[:4] == b"PK\x03\x04" else _csv(content)
        header, rest = next(lines, (1, [])), lines
        places = _places([_plain(cell) for cell in header[1]], found)
        if places is not None:
            _rows(rest, places, found)
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        found.refuse(line, "tệp không phải UTF-8; trong Excel chọn “Lưu thành… CSV UTF-8”, hoặc nhập thẳng tệp xlsx.")
    except csv.Error as wrong:
        found.refuse(0, f"Không đọc được như CSV, xem lại dấu ngoặc kép của ô ({wrong}).")
    except CalamineError:
        found.refuse(0, "Không mở được tệp xlsx; lưu lại bằng Excel hoặc LibreOffice rồi nhập.")
    if not found.rows and not found.wrong:
        found.refuse(0, f"Tệp không có chứng từ nào. Dòng đầu ghi tên cột: {', '.join(COLUMNS)}.")
    return found


def _csv(content: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = nfc(content.decode(encoding))
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    for row in reader:
        yield reader.line_num, row


def _workbook(content: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheet = book.get_sheet_by_index(0)
    yield from enumerate(sheet.to_python(skip_empty_area=False), start=1)


def _plain(cell: Any) -> str:
    """A cell as text; a whole number without the tail that a workbook gives it."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else nfc(str(cell)).strip()


def _places(header: Sequence[str], found: VoucherFile) -> dict[str, int] | None:
    known = {name: column for column, several in COLUMNS.items() for name in several}
    columns = [known.get(fold(name)) for name in header]
    missing = [COLUMNS[column][1] for column in _NEEDED if column not in columns]
    strange = [name for name, column in zip(header, columns, strict=True) if column is None and name]
    twice = [column for column in COLUMNS if columns.count(column) > 1]
    if missing or strange or twice:
        said = [f"thiếu cột {', '.join(missing)}"] if missing else []
        said += [f"cột lạ {', '.join(f'“{name[:30]}”' for name in strange[:5])}"] if strange else []
        said += [f"cột {', '.join(twice)} có hai lần"] if twice else []
        found.refuse(1, f"{'; '.join(said)}. Tên cột: {', '.join(COLUMNS)}.")
        return None
    return {column: place for place, column in enumerate(columns) if column}


def _rows(lines: Iterable[tuple[int, Sequence[Any]]], places: Mapping[str, int], found: VoucherFile) -> None:
    days: dict[str, date | None] = {}
    width = max(places.values()) + 1
    for line, cells in lines:
        texts = [_plain(cell) for cell in cells]
        if not any(texts):
            continue
        if len(texts) < width:
            found.refuse(line, f"có {len(texts)} ô, cần {width} ô.")
            continue
        if len(found.rows) >= _MOST_ROWS:
            found.refuse(line, f"tệp có hơn {_MOST_ROWS} dòng; chia tệp rồi nhập từng tệp.")
            return
        row = _row(line, {column: texts[place] for column, place in places.items()}, days)
        if isinstance(row, str):
            found.refuse(line, row)
        else:
            found.rows.append(row)


def _row(line: int, said: Mapping[str, str], days: dict[str, date | None]) -> VoucherRow | str:
    """One line, or the sentence that says what is wrong with it."""
    empty = [COLUMNS[column][1] for column in _NEEDED if not said[column]]
    if empty:
        return f"chưa ghi {', '.join(empty)}."
    if len(said["number"]) > 60:
        return "số chứng từ dài quá 60 chữ."
    if said["on"] not in days:
        days[said["on"]] = _day(said["on"])
    on = days[said["on"]]
    if on is None:
        return f"“{said['on'][:20]}” không phải ngày; viết 31/12/2023."
    if not re.fullmatch(r"20[0-9]{2}", said["year"]):
        return f"“{said['year'][:20]}” không phải năm ngân sách; viết 2023."
    if not _AMOUNT.fullmatch(said["amount"]):
        return f"“{said['amount'][:30]}” không phải số tiền; viết số nguyên đồng lớn hơn 0, như 1.234.567."
    kind, use = _kind(said["kind"]), _use(said["use"])
    criterion = said.get("criterion", "")
    if criterion and not re.fullmatch(r"[1-9][0-9]?", criterion):
        return f"“{criterion[:20]}” không phải số tiêu chí."
    return VoucherRow(
        line,
        said["unit"],
        said["number"],
        on,
        int(said["year"]),
        said["source"],
        kind,
        use,
        int(said["amount"].replace(".", "")),
        said.get("works", ""),
        int(criterion) if criterion else None,
        said.get("payee", "")[:300],
        said.get("note", "")[:1000],
    )


@lru_cache(maxsize=256)
def _kind(words: str) -> str:
    """A file has a few different words, on every line of it."""
    return _KINDS.get(fold(words), words.lower())


@lru_cache(maxsize=256)
def _use(words: str) -> str:
    return _USES.get(fold(words), words.lower())


def _day(text: str) -> date | None:
    try:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
        found = _DAY.fullmatch(text)
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
