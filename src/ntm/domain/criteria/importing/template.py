"""Mẫu nhập bộ của tỉnh (.xlsx): a national set laid out for an officer to fill in the province's levels."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ntm.domain.criteria.model import CriteriaSet, Indicator, Kind, Threshold
from ntm.domain.official.numbers import write_number

__all__ = [
    "ABOUT_ROWS",
    "ABOUT_SHEET",
    "COLUMNS",
    "HEADER_ROW",
    "INDICATORS_SHEET",
    "KIND_WORDS",
    "SIGNS",
    "write_template",
]

ABOUT_SHEET = "Thông tin"
INDICATORS_SHEET = "Chỉ tiêu"
HEADER_ROW = 3
EMPTY_ROWS = 60  # unlocked rows under the national indicators, for what the province adds
# label -> (what to type, may be empty)
ABOUT_ROWS = (
    "Mã bộ",
    "Tên bộ tiêu chí",
    "Bộ quốc gia làm gốc",
    "Mã tỉnh",
    "Số quyết định",
    "Cơ quan ban hành",
    "Ngày ký",
    "Có hiệu lực từ ngày",
    "Hết hiệu lực từ ngày",
    "Giai đoạn, từ năm",
    "Giai đoạn, đến năm",
)
COLUMNS = (
    ("TT", 6),
    ("Tên tiêu chí", 24),
    ("Mã chỉ tiêu", 10),
    ("Nội dung tiêu chí", 60),
    ("Loại", 12),
    ("So sánh", 9),
    ("Đơn vị tính", 16),
    ("Mức quốc gia (để tham khảo)", 34),
    ("Mức của tỉnh", 18),
    ("Nhóm xã", 14),
    ("Từ ngày", 12),
    ("Đến trước ngày", 14),
    ("Điều, khoản, phụ lục", 22),
    ("Ghi chú", 30),
)
KIND_WORDS = {
    Kind.NUMBER: "số",
    Kind.PERCENT: "tỷ lệ %",
    Kind.YES_NO: "đạt/chưa đạt",
    Kind.QUALITATIVE: "bằng lời",
}
SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "="}
_OPEN = Protection(locked=False)
_WHITE, _GREY = PatternFill("solid", fgColor="FFFFFF"), PatternFill("solid", fgColor="E7EAEE")
_WRAP = Alignment(wrap_text=True, vertical="top")
_FIRST_OPEN = 9  # "Mức của tỉnh" and the columns after it


def write_template(national: CriteriaSet) -> bytes:
    """The workbook: a sheet about the decision, and one row an indicator; keys locked, the province's cells open."""
    book = Workbook()
    about = book.worksheets[0]
    about.title = ABOUT_SHEET
    _about(about, national)
    _indicators(book.create_sheet(INDICATORS_SHEET), national)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _about(sheet: Worksheet, national: CriteriaSet) -> None:
    given = {
        "Mã bộ": f"{national.code}-tinh",
        "Bộ quốc gia làm gốc": national.code,
        "Giai đoạn, từ năm": national.years[0] if national.years else None,
        "Giai đoạn, đến năm": national.years[1] if national.years else None,
    }
    sheet["A1"] = "Bộ tiêu chí của tỉnh: thông tin về quyết định"
    sheet["A1"].font = Font(bold=True, size=13)
    sheet["A2"] = "Ngày viết ngày/tháng/năm, ví dụ 26/09/2022. Mã tỉnh là mã của Cục Thống kê, hai chữ số."
    for number, label in enumerate(ABOUT_ROWS, HEADER_ROW):
        sheet.cell(number, 1, label).font = Font(bold=True)
        cell = sheet.cell(number, 2, given.get(label))
        cell.number_format = "@"
        cell.protection = _OPEN if label != "Bộ quốc gia làm gốc" else Protection(locked=True)
        cell.fill = _WHITE if label != "Bộ quốc gia làm gốc" else _GREY
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 70
    sheet.protection.sheet = True


def _indicators(sheet: Worksheet, national: CriteriaSet) -> None:
    sheet["A1"] = national.name
    sheet["A1"].font = Font(bold=True, size=13)
    sheet["A2"] = (
        'Chỉ điền cột "Mức của tỉnh" cho chỉ tiêu mà tỉnh quy định; để trống là theo bộ quốc gia. Một chỉ tiêu có nhiều '
        "mức (theo năm, theo nhóm xã): chép thêm dòng cùng mã ở cuối bảng. Chỉ tiêu tỉnh thêm: ghi ở các dòng trống cuối."
    )
    for column, (title, width) in enumerate(COLUMNS, 1):
        cell = sheet.cell(HEADER_ROW, column, title)
        cell.font, cell.alignment, cell.fill = Font(bold=True), _WRAP, _GREY
        sheet.column_dimensions[get_column_letter(column)].width = width
    row = HEADER_ROW
    for criterion in national.criteria:
        for indicator in _leaves(criterion.indicators):
            row += 1
            _row(sheet, row, criterion.no, criterion.name, indicator, national)
    for empty in range(row + 1, row + 1 + EMPTY_ROWS):
        for column in range(1, len(COLUMNS) + 1):
            cell = sheet.cell(empty, column)
            cell.protection, cell.number_format = _OPEN, "@"
    _drop_downs(sheet, row + EMPTY_ROWS)
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 4)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False


def _leaves(indicators: tuple[Indicator, ...]) -> list[Indicator]:
    """Indicators whose level can be set in a row: plain numbers and words."""
    return [indicator for indicator in indicators if indicator.kind in KIND_WORDS]


def _row(sheet: Worksheet, row: int, number: int, name: str, indicator: Indicator, national: CriteriaSet) -> None:
    sign = SIGNS[indicator.comparator.value] if indicator.comparator and not indicator.is_judged_in_words else None
    values = (
        number,
        name,
        indicator.code,
        indicator.text,
        KIND_WORDS[indicator.kind],
        sign,
        indicator.measure,
        _national_level(indicator, national),
    )
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column, value)
        cell.alignment, cell.fill = _WRAP, _GREY
        cell.number_format = "@"
    for column in range(_FIRST_OPEN, len(COLUMNS) + 1):
        cell = sheet.cell(row, column)
        cell.protection, cell.number_format, cell.alignment = _OPEN, "@", _WRAP


def _national_level(indicator: Indicator, national: CriteriaSet) -> str:
    if indicator.delegated_to and not indicator.thresholds:
        return indicator.delegated_to
    names = dict(national.regions)
    written: dict[str, list[str]] = {}
    for level in indicator.thresholds:
        written.setdefault(_level(level), []).append(names.get(level.region or "", "chung"))
    if not written:
        return "dữ liệu chưa có mức"
    return "; ".join(f"{value}: {', '.join(places)}" for value, places in written.items())


def _level(level: Threshold) -> str:
    year = f" (từ {level.start:%d/%m/%Y})" if level.start else ""
    if isinstance(level.value, bool):
        return (level.words or "Đạt") + year
    return write_number(level.value) + year


def _drop_downs(sheet: Worksheet, last: int) -> None:
    for column, choices in (("E", KIND_WORDS.values()), ("F", SIGNS.values())):
        rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
        sheet.add_data_validation(rule)
        rule.add(f"{column}{HEADER_ROW + 1}:{column}{last}")
