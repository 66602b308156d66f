"""Tệp CSV số liệu: unit code, indicator, value and an optional note a line; what is wrong is told by line, nothing is guessed.

Whether "1.234" means a thousand or one and a bit is told by the other figures of the file; where they do not tell, it is
refused.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from ntm.domain.assessment.model import Fact
from ntm.domain.criteria.model import CriteriaSet, Kind
from ntm.domain.official.text import fold, nfc
from ntm.records.standing import typing_in
from ntm.records.standing.models import Observation
from ntm.records.standing.refusals import Refused

__all__ = ["CsvError", "CsvFile", "CsvRow", "Figures", "Marks", "marks_of", "read"]

LARGEST = 128 * 1024 * 1024
_MOST_ROWS = 3_000_000
_MOST_TOLD = 1000
_LONGEST_NOTE = 2000
_LONGEST_VALUE = 200

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "unit": ("unit", "ma don vi", "don vi", "ma"),
    "indicator": ("indicator", "ma chi tieu", "chi tieu"),
    "value": ("value", "gia tri", "so lieu", "ket qua"),
    "note": ("note", "ghi chu", "ly do"),
}
_NEEDED = ("unit", "indicator", "value")

_PLAIN = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:,[0-9]{1,6})?")
_FIGURES = (Kind.NUMBER, Kind.PERCENT, Kind.RATIO, Kind.POINTS, Kind.TITLE_SHARE)
_SHARES = (Kind.PERCENT, Kind.TITLE_SHARE)
_WHOLE = Decimal(100)

_GROUPED = re.compile(r"[-+]?[1-9][0-9]{0,2}(\.[0-9]{3})")  # 1.234: a thousand, or one and a bit
_GROUPED_BY_COMMA = re.compile(r"[-+]?[1-9][0-9]{0,2}(,[0-9]{3})")
_DOT = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,12}")
_COMMA = re.compile(r"[-+]?(?:[0-9]{1,15}|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]{1,12}")
_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}(?:\.[0-9]{3}){2,}")


@dataclass(frozen=True, slots=True)
class CsvError:
    """Dòng sai: the line of the file (0: the whole file), and the sentence."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"Dòng {self.line}: {self.sentence}" if self.line else self.sentence


CsvRow = tuple[int, str, str, str, str]  # line, unit code, indicator, value as typed, note


@dataclass
class CsvFile:
    """Những gì đọc được: the rows, and the wrong lines (the first of them told, all counted)."""

    rows: list[CsvRow] = field(default_factory=list)
    errors: list[CsvError] = field(default_factory=list)
    wrong: int = 0

    def refuse(self, line: int, sentence: str) -> None:
        self.wrong += 1
        if len(self.errors) < _MOST_TOLD:
            self.errors.append(CsvError(line, sentence))


def read(content: bytes) -> CsvFile:
    """Đọc tệp: UTF-8 (with or without a mark) or what Excel calls Unicode text; commas, semicolons or tabs."""
    found = CsvFile()
    text = _text(content, found)
    if text is None:
        return found
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        header = next(reader, [])
        places = _places(header, found)
        if places is not None:
            _rows(reader, places, len(header), found)
    except csv.Error as wrong:
        found.refuse(reader.line_num, f"không đọc được như CSV, xem lại dấu ngoặc kép của ô ({wrong}).")
    if not found.rows and not found.wrong:
        found.refuse(0, "Tệp không có dòng số liệu nào. Dòng đầu ghi tên cột: unit,indicator,value,note.")
    return found


def _text(content: bytes, found: CsvFile) -> str | None:
    if len(content) > LARGEST:
        found.refuse(0, f"Tệp lớn quá {LARGEST // 1024 // 1024} MB; chia tệp theo tỉnh rồi nhập từng tệp.")
        return None
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        found.refuse(0, "Đây là tệp Excel, không phải CSV; nhập bằng biểu Excel, hoặc lưu lại thành CSV UTF-8.")
        return None
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return nfc(content.decode(encoding))
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        found.refuse(line, "tệp không phải UTF-8; trong Excel chọn “Lưu thành… CSV UTF-8” rồi nhập lại.")
        return None


def _places(header: Sequence[str], found: CsvFile) -> list[int | None] | None:
    """Where each column stands; the order in the file is free."""
    names = [fold(name).strip() for name in header]
    known = {name: column for column, several in _COLUMNS.items() for name in several}
    columns = [known.get(name) for name in names]
    missing = [column for column in _NEEDED if column not in columns]
    strange = [name for name, column in zip(header, columns, strict=True) if column is None]
    twice = [column for column in _COLUMNS if columns.count(column) > 1]
    if missing or strange or twice:
        said = [f"thiếu cột {', '.join(missing)}"] if missing else []
        said += [f"cột lạ {', '.join(f'“{name[:30]}”' for name in strange[:5])}"] if strange else []
        said += [f"cột {', '.join(twice)} có hai lần"] if twice else []
        found.refuse(1, f"{'; '.join(said)}. Dòng đầu ghi tên cột: unit,indicator,value,note (note có thể bỏ).")
        return None
    return [columns.index(column) if column in columns else None for column in _COLUMNS]


def _rows(reader: Iterator[list[str]], places: list[int | None], width: int, found: CsvFile) -> None:
    unit_at, code_at, value_at, note_at = places
    assert unit_at is not None and code_at is not None and value_at is not None
    line = 1
    for row in reader:
        line = getattr(reader, "line_num", line + 1)
        if len(row) != width:
            if any(cell.strip() for cell in row):
                found.refuse(line, _wrong_width(len(row), width))
            continue
        unit, code = row[unit_at].strip(), row[code_at].strip()
        if not unit or not code:
            if any(cell.strip() for cell in row):
                found.refuse(line, f"chưa ghi {'mã đơn vị' if not unit else 'mã chỉ tiêu'}.")
            continue
        typed, note = row[value_at].strip(), row[note_at].strip() if note_at is not None else ""
        if len(typed) > _LONGEST_VALUE or len(note) > _LONGEST_NOTE:
            found.refuse(line, f"giá trị dài quá {_LONGEST_VALUE} chữ hoặc ghi chú dài quá {_LONGEST_NOTE} chữ.")
            continue
        if len(found.rows) >= _MOST_ROWS:
            found.refuse(line, f"tệp có hơn {_MOST_ROWS} dòng; chia tệp theo tỉnh rồi nhập từng tệp.")
            return
        found.rows.append((line, unit, code, typed, note))


def _wrong_width(cells: int, width: int) -> str:
    hint = "; số lẻ viết bằng dấu phẩy phải đặt trong ngoặc kép (“59,58”) hoặc dùng dấu chấm phẩy giữa các ô"
    return f"có {cells} ô, cần {width} ô{hint if cells > width else ''}."


class Marks(Enum):
    """Lối viết số của cả tệp: what stands before the decimals."""

    COMMA = "comma"
    DOT = "dot"
    UNTOLD = "untold"
    MIXED = "mixed"


def marks_of(values: Iterator[str]) -> Marks:
    """Lối viết: told by the figures that can be read in one way only."""
    comma = dot = False
    for value in values:
        comma = comma or bool(
            (_COMMA.fullmatch(value) and not _GROUPED_BY_COMMA.fullmatch(value)) or _THOUSANDS.fullmatch(value)
        )
        dot = dot or bool(_DOT.fullmatch(value) and not _GROUPED.fullmatch(value))
        if comma and dot:
            return Marks.MIXED
    return Marks.COMMA if comma else Marks.DOT if dot else Marks.UNTOLD


class Figures:
    """Đọc giá trị theo chỉ tiêu: each different value of an indicator is read once, however many units have it."""

    def __init__(self, criteria_set: CriteriaSet, marks: Marks) -> None:
        self._set, self._marks = criteria_set, marks
        self._asked: dict[str, typing_in.Asked | str] = {}
        self._known: dict[tuple[str, str], Fact | str] = {}

    def fact(self, code: str, typed: str) -> Fact | str:
        """The fact, or the sentence that says why there is none."""
        key = (code, typed)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._read(code, typed)
        return found

    def _read(self, code: str, typed: str) -> Fact | str:
        asked = self._asked.get(code)
        if asked is None:
            try:
                asked = typing_in.find_asked(self._set, code)[0]
            except Refused as refusal:
                asked = str(refusal)
            self._asked[code] = asked
        if isinstance(asked, str):
            return asked
        try:
            written = self._vietnamese(typed)
            fact = _plain_figure(asked, written) or typing_in.parse_typed(asked, written)
            if isinstance(fact, Decimal):
                Observation.scale(fact)
        except (Refused, ValueError) as refusal:
            return f"chỉ tiêu {code}: {refusal}"
        return fact

    def _vietnamese(self, typed: str) -> str:
        """The same figure in the Vietnamese way."""
        if _DOT.fullmatch(typed) and not (self._marks is Marks.COMMA and _GROUPED.fullmatch(typed)):
            if self._marks is not Marks.DOT and _GROUPED.fullmatch(typed):
                raise ValueError(
                    f"“{typed}” có thể là {typed.replace('.', '')} hoặc {typed.replace('.', ',')}; các số khác trong tệp "
                    f"không cho biết. Viết {typed.replace('.', '')} hoặc {typed.replace('.', ',')}."
                )
            return typed.replace(".", ",")
        if self._marks is Marks.DOT and _GROUPED_BY_COMMA.fullmatch(typed):
            raise ValueError(
                f"“{typed}” có thể là {typed.replace(',', '')} hoặc {typed.replace(',', '.')}; các số khác trong tệp dùng "
                f"dấu chấm thập phân. Viết {typed.replace(',', '')} hoặc {typed.replace(',', '.')}."
            )
        return typed


def _plain_figure(asked: typing_in.Asked, written: str) -> Decimal | None:
    """What most of a national file is: a figure above zero that needs no second look. Everything else is read in full."""
    if isinstance(asked, int) or asked.kind not in _FIGURES or not _PLAIN.fullmatch(written):
        return None
    value = Decimal(written.replace(",", "."))
    return None if asked.kind in _SHARES and value > _WHOLE else value
