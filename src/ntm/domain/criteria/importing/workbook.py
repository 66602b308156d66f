"""Đọc mẫu nhập bộ của tỉnh (.xlsx): each cell that is wrong is named with its sheet and place; nothing is guessed."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from ntm.domain.criteria.form import PLAIN_WORD
from ntm.domain.criteria.importing.draft import About, Draft, DraftIndicator, DraftLevel, Problem, build
from ntm.domain.criteria.importing.package_limits import refusal
from ntm.domain.criteria.importing.template import (
    ABOUT_ROWS,
    ABOUT_SHEET,
    COLUMNS,
    HEADER_ROW,
    INDICATORS_SHEET,
    KIND_WORDS,
    SIGNS,
)
from ntm.domain.criteria.loader import Bases
from ntm.domain.criteria.model import Comparator, CriteriaSet, Indicator, Kind
from ntm.domain.official.dates import DateError, parse_date
from ntm.domain.official.numbers import NumberError, parse_number
from ntm.domain.official.text import fold, nfc

__all__ = ["read_template"]

MOST_ROWS = 2000
_KINDS = {fold(words): kind for kind, words in KIND_WORDS.items()}
_COMPARATORS = {sign: Comparator(code) for code, sign in SIGNS.items()} | {one.value: one for one in Comparator}
_INDEX = {fold(title): number for number, (title, _) in enumerate(COLUMNS)}


class _Reader:
    """Gathers what is wrong while cells are read."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.errors: list[Problem] = []
        self.doubts: list[Problem] = []

    def wrong(self, place: str, message: str) -> None:
        self.errors.append(Problem(place, message))

    def text(self, value: Any, place: str) -> str | None:
        if value is None:
            return None
        if isinstance(value, bool):
            self.wrong(place, "ô chứa giá trị đúng/sai của Excel; gõ chữ, ví dụ Đạt")
            return None
        if isinstance(value, datetime | date):
            self.wrong(place, "Excel đã đổi ô này thành ngày tháng; đặt ô ở dạng Text rồi gõ lại")
            return None
        words = nfc(" ".join(str(value).split()))
        if words.startswith("="):
            self.wrong(place, "ô là công thức; dán giá trị (Paste Special, Values) rồi nạp lại")
            return None
        return words or None

    def day(self, value: Any, place: str) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        words = self.text(value, place)
        if words is None:
            return None
        try:
            return parse_date(words)
        except (DateError, ValueError) as error:
            self.wrong(place, str(error))
            return None

    def year(self, value: Any, place: str) -> int | None:
        words = self.text(value, place)
        if words is None:
            return None
        if not re.fullmatch(r"(19|20)[0-9]{2}", words):
            self.wrong(place, f'"{words}" không phải năm; viết bốn chữ số, ví dụ 2021')
            return None
        return int(words)

    def number(self, value: Any, place: str) -> Decimal | None:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return Decimal(repr(value))  # the shortest digits that mean this cell: 59.58, not its binary expansion
        words = self.text(value, place)
        if words is None:
            return None
        try:
            return parse_number(words.removesuffix("%").strip())
        except NumberError as error:
            self.wrong(place, str(error))
            return None


def read_template(data: bytes, source: str = "tệp Excel", bases: Bases | None = None) -> Draft:
    """A draft of the province's set, or the errors with sheet and cell."""
    refused = refusal(data, source)
    if refused:
        return Draft(None, None, (Problem(source, refused),))
    try:
        book = load_workbook(io.BytesIO(data), read_only=False, data_only=False, keep_links=False)
    except Exception as error:  # openpyxl raises what its parts raise; whatever it is, the file is unusable
        return Draft(
            None, None, (Problem(source, f"không mở được tệp Excel ({type(error).__name__}); lưu lại rồi nạp"),)
        )
    reader = _Reader(source)
    for name in (ABOUT_SHEET, INDICATORS_SHEET):
        if name not in book.sheetnames:
            reader.wrong(source, f'không có trang tính "{name}"; dùng mẫu do phần mềm tạo')
    if reader.errors:
        return build(About(), [], source, reader.errors, reader.doubts)
    about = _about(book[ABOUT_SHEET], reader)
    base = _base(about, reader, bases)
    indicators = _indicators(book[INDICATORS_SHEET], reader, base)
    if not indicators and not reader.errors:
        reader.wrong(f"trang tính {INDICATORS_SHEET}", 'chưa có mức nào ở cột "Mức của tỉnh" và chưa có chỉ tiêu thêm')
    return build(about, indicators, source, reader.errors, reader.doubts, bases)


def _about(sheet: Any, reader: _Reader) -> About:
    cells: dict[str, tuple[Any, str]] = {}
    for row in range(1, min(sheet.max_row, 100) + 1):
        label = sheet.cell(row, 1).value
        if isinstance(label, str):
            cells[fold(label)] = (sheet.cell(row, 2).value, f"trang tính {ABOUT_SHEET}, ô B{row}")

    def cell(label: str) -> tuple[Any, str]:
        return cells.get(fold(label), (None, f'trang tính {ABOUT_SHEET}, dòng "{label}"'))

    def needed(label: str) -> str:
        value, place = cell(label)
        words = reader.text(value, place)
        if words is None and not any(one.place == place for one in reader.errors):
            reader.wrong(place, f'chưa điền "{label}"')
        return words or ""

    assert set(map(fold, ABOUT_ROWS)) >= {fold("Mã bộ"), fold("Ngày ký")}
    first, last = reader.year(*cell("Giai đoạn, từ năm")), reader.year(*cell("Giai đoạn, đến năm"))
    return About(
        code=needed("Mã bộ"),
        name=needed("Tên bộ tiêu chí"),
        extends=reader.text(*cell("Bộ quốc gia làm gốc")),
        province=_province(reader, *cell("Mã tỉnh")),
        instrument=needed("Số quyết định"),
        issuer=needed("Cơ quan ban hành"),
        issued=reader.day(*cell("Ngày ký")),
        start=reader.day(*cell("Có hiệu lực từ ngày")),
        end=reader.day(*cell("Hết hiệu lực từ ngày")),
        years=(first, last) if first and last else None,
    )


def _province(reader: _Reader, value: Any, place: str) -> str | None:
    words = reader.text(value, place)
    if words is None or not re.fullmatch(r"[0-9]{1,2}", words):
        reader.wrong(place, "mã tỉnh là hai chữ số của Cục Thống kê, ví dụ 24")
        return None
    return words.zfill(2)


def _base(about: About, reader: _Reader, bases: Bases | None) -> CriteriaSet | None:
    if about.extends is None:
        return None
    if bases is None:
        from ntm.domain.criteria.shipped import catalogue

        bases = catalogue().get
    try:
        base = bases(about.extends)
    except KeyError:
        reader.wrong(f"trang tính {ABOUT_SHEET}", f'không có bộ quốc gia "{about.extends}"; giữ nguyên mã trong mẫu')
        return None
    about.level, about.title, about.title_kind = base.level, base.title, base.title_kind
    return base


def _columns(sheet: Any, reader: _Reader) -> tuple[int, dict[int, int]]:
    """The header row and, for each known column, where it stands now: columns may have been moved."""
    for row in range(1, min(sheet.max_row, 30) + 1):
        found: dict[int, int] = {}
        for column in range(1, min(sheet.max_column, 60) + 1):
            value = sheet.cell(row, column).value
            known = _INDEX.get(fold(value)) if isinstance(value, str) else None
            if known is not None:
                found[known] = column
        if len(found) >= 4:
            for number, (title, _) in enumerate(COLUMNS):
                if number not in found:
                    reader.wrong(f"trang tính {INDICATORS_SHEET}, dòng {row}", f'thiếu cột "{title}"')
            return row, found
    reader.wrong(f"trang tính {INDICATORS_SHEET}", f"không thấy dòng tiêu đề cột (dòng {HEADER_ROW} trong mẫu)")
    return 0, {}


def _indicators(sheet: Any, reader: _Reader, base: CriteriaSet | None) -> list[DraftIndicator]:
    header, columns = _columns(sheet, reader)
    if reader.errors:
        return []
    if sheet.max_row > MOST_ROWS:
        reader.wrong(
            f"trang tính {INDICATORS_SHEET}", f"có {sheet.max_row} dòng; một bộ tiêu chí không quá {MOST_ROWS}"
        )
        return []
    found: dict[str, DraftIndicator] = {}
    known = {indicator.code: indicator for _, indicator in base.indicators()} if base else {}
    for row in range(header + 1, sheet.max_row + 1):
        values = {number: sheet.cell(row, column).value for number, column in columns.items()}
        places = {
            number: f"trang tính {INDICATORS_SHEET}, ô {get_column_letter(column)}{row}"
            for number, column in columns.items()
        }
        if any(value not in (None, "") for value in values.values()):
            _row(reader, values, places, known, found)
    return list(found.values())


def _row(
    reader: _Reader,
    values: dict[int, Any],
    places: dict[int, str],
    known: dict[str, Indicator],
    found: dict[str, DraftIndicator],
) -> None:
    """One row: an indicator the province changes or adds, or another level of one."""
    level_value, note = values[8], reader.text(values[13], places[13])
    code = reader.text(values[2], places[2])
    base = known.get(code or "")
    if level_value in (None, "") and base is not None and note is None:
        return
    if code is None:
        reader.wrong(places[2], "chưa điền mã chỉ tiêu")
        return
    one = found.get(code) or _start(reader, code, base, values, places)
    if one is None:
        return
    found[code] = one
    one.note = note or one.note
    kind = base.kind if base else one.kind
    if level_value not in (None, "") and kind is not None:
        level = _level(reader, kind, level_value, values, places)
        if level is not None:
            one.levels.append(level)


def _start(
    reader: _Reader, code: str, base: Indicator | None, values: dict[int, Any], places: dict[int, str]
) -> DraftIndicator | None:
    number = reader.text(values[0], places[0])
    if number is None or not re.fullmatch(r"[0-9]{1,3}", number):
        reader.wrong(places[0], "chưa điền số thứ tự tiêu chí (TT), ví dụ 17")
        return None
    if base is not None:
        return DraftIndicator(int(number), code, places[8])
    words, sign = reader.text(values[4], places[4]), reader.text(values[5], places[5])
    kind = _KINDS.get(fold(words or ""))
    comparator = _COMPARATORS.get(sign or "")
    text, measure = reader.text(values[3], places[3]), reader.text(values[6], places[6])
    if kind is None:
        reader.wrong(places[4], f"chỉ tiêu tỉnh thêm phải có loại: {', '.join(KIND_WORDS.values())}")
    if text is None:
        reader.wrong(places[3], "chỉ tiêu tỉnh thêm phải có nội dung")
    if kind in (Kind.NUMBER, Kind.PERCENT):
        measure = measure or ("%" if kind is Kind.PERCENT else None)
        if comparator is None:
            reader.wrong(places[5], "chỉ tiêu bằng số phải có dấu so sánh: ≥, >, ≤, < hoặc =")
        if measure is None:
            reader.wrong(places[6], "chỉ tiêu bằng số phải có đơn vị tính")
    name = reader.text(values[1], places[1])
    return DraftIndicator(int(number), code, places[2], name, text, kind, comparator, measure)


def _level(
    reader: _Reader, kind: Kind, value: Any, values: dict[int, Any], places: dict[int, str]
) -> DraftLevel | None:
    read: Decimal | str | None
    if kind in (Kind.YES_NO, Kind.QUALITATIVE):
        read = reader.text(value, places[8])
        if read is not None and fold(read) == fold(PLAIN_WORD):
            read = PLAIN_WORD
    else:
        read = reader.number(value, places[8])
        if read is not None and kind is Kind.PERCENT and not 0 <= read <= 100:
            reader.wrong(places[8], f"{read}% nằm ngoài 0-100")
            return None
    if read is None:
        return None
    return DraftLevel(
        value=read,
        place=places[8],
        group=reader.text(values[9], places[9]),
        start=reader.day(values[10], places[10]),
        end=reader.day(values[11], places[11]),
        locator=reader.text(values[12], places[12]),
    )
