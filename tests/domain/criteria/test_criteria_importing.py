"""A province's set from the workbook template, from a decision's table, from YAML; each bad file gets its sentence."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import docx
import pytest
from openpyxl import Workbook, load_workbook

from ntm.domain.criteria import catalogue
from ntm.domain.criteria.importing import About, read_any, read_decision, read_template, write_template
from ntm.domain.criteria.importing.level_text import read_level
from ntm.domain.criteria.model import Absent, Comparator, Kind

NATIONAL = catalogue().get("xa-ntm-2021-2025")
ABOUT = {
    "Mã bộ": "xa-ntm-thu-2022-2025",
    "Tên bộ tiêu chí": "Bộ tiêu chí xã nông thôn mới tỉnh Thử",
    "Mã tỉnh": "24",
    "Số quyết định": "741/QĐ-UBND",
    "Cơ quan ban hành": "UBND tỉnh Thử",
    "Ngày ký": "26/7/2022",
}


def filled(change=None, about=None) -> bytes:
    book = load_workbook(io.BytesIO(write_template(NATIONAL)))
    sheet = book["Thông tin"]
    for row in range(1, sheet.max_row + 1):
        label = sheet.cell(row, 1).value
        if label in (ABOUT | (about or {})):
            sheet.cell(row, 2).value = (ABOUT | (about or {}))[label]
    if change:
        change(book["Chỉ tiêu"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def row_of(sheet, code: str) -> int:
    return next(row for row in range(4, sheet.max_row + 1) if sheet.cell(row, 3).value == code)


def set_level(code: str, value, **more):
    def change(sheet):
        row = row_of(sheet, code)
        sheet.cell(row, 9).value = value
        for column, other in more.items():
            sheet[f"{column}{row}"].value = other

    return change


def test_the_template_holds_every_plain_indicator_and_locks_its_keys():
    book = load_workbook(io.BytesIO(write_template(NATIONAL)))
    sheet = book["Chỉ tiêu"]
    codes = [sheet.cell(row, 3).value for row in range(4, sheet.max_row + 1) if sheet.cell(row, 3).value]
    assert codes == [indicator.code for _, indicator in NATIONAL.indicators()]
    assert sheet.protection.sheet and sheet["C4"].protection.locked and not sheet["I4"].protection.locked
    assert "giao" not in (sheet["H4"].value or "") and "quy định" in sheet.cell(row_of(sheet, "2.1"), 8).value


def test_what_is_typed_becomes_a_provincial_set():
    def change(sheet):
        set_level("2.1", "80,5", M="Phụ lục I")(sheet)
        set_level("4.2", 97)(sheet)
        set_level("8.1", "Đạt")(sheet)

    draft = read_template(filled(change), "mau.xlsx")
    assert draft.errors == () and draft.criteria_set is not None
    one = draft.criteria_set
    assert (one.extends, one.province, one.decision_date) == ("xa-ntm-2021-2025", "24", date(2022, 7, 26))
    roads = one.indicator("2.1").level_at(date(2023, 1, 1), "dbsh")
    assert not isinstance(roads, Absent)
    assert (roads.value, roads.provincial, roads.check.verified) == (Decimal("80.5"), True, False)
    assert roads.reference.locator == "Phụ lục I" and "ô I" in (roads.check.source or "")
    assert not one.indicator("9.1").provincial


def test_the_draft_read_again_is_the_same_set():
    draft = read_template(filled(set_level("2.1", "80")), "mau.xlsx")
    assert draft.yaml is not None and draft.criteria_set is not None
    again = read_any(draft.yaml.encode(), "du-thao.yaml")
    assert again.criteria_set == draft.criteria_set


def test_more_rows_of_a_code_are_more_levels():
    def change(sheet):
        for offset, (value, start, end) in enumerate((("45", "1/1/2022", "1/1/2023"), ("48", "1/1/2023", None))):
            row = sheet.max_row - 10 + offset
            for column, cell in ((1, "10"), (3, "10"), (9, value), (11, start), (12, end)):
                sheet.cell(row, column).value = cell

    one = read_template(filled(change), "mau.xlsx").criteria_set
    assert one is not None
    for day, value in ((date(2022, 12, 31), 45), (date(2023, 1, 1), 48)):
        found = one.indicator("10").level_at(day, "dbsh")
        assert not isinstance(found, Absent) and found.value == value


def test_an_added_indicator_and_groups():
    def change(sheet):
        row = sheet.max_row - 5
        cells = ("20", "Khu dân cư mẫu", "20.1", "Số khu dân cư mẫu", "số", "≥", "khu", None, "2", "Xã khu vực II")
        for column, cell in enumerate(cells, 1):
            sheet.cell(row, column).value = cell

    one = read_template(filled(change), "mau.xlsx").criteria_set
    assert one is not None
    assert one.groups == (("xa_khu_vuc_ii", "Xã khu vực II"),)
    found = one.indicator("20.1").level_at(date(2023, 1, 1), "dbsh", "xa_khu_vuc_ii")
    assert not isinstance(found, Absent) and found.value == 2
    assert one.indicator("20.1").level_at(date(2023, 1, 1), "dbsh") is Absent.MISSING


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("4.2", datetime(2022, 9, 8), "ngày tháng"),  # 08/09 that Excel turned into a date
        ("4.2", "08/09", "ngày tháng"),
        ("4.2", "=1+1", "công thức"),
        ("4.2", "nhiều", "chữ"),
        ("4.2", "120", "0-100"),
        ("4.2", True, "đúng/sai"),
        ("8.1", True, "đúng/sai"),
    ],
)
def test_a_bad_cell_is_named(code, value, words):
    draft = read_template(filled(set_level(code, value)), "mau.xlsx")
    assert draft.criteria_set is None
    (error,) = draft.errors
    row = row_of(load_workbook(io.BytesIO(write_template(NATIONAL)))["Chỉ tiêu"], code)
    assert error.place == f"trang tính Chỉ tiêu, ô I{row}"
    assert words in error.message


def test_moved_columns_are_found_and_lost_ones_named():
    def swap(sheet):
        for row in range(3, sheet.max_row + 1):
            left, right = sheet.cell(row, 9).value, sheet.cell(row, 14).value
            sheet.cell(row, 9).value, sheet.cell(row, 14).value = right, left
        sheet.cell(row_of(sheet, "4.2"), 14).value = "97"

    one = read_template(filled(swap), "mau.xlsx").criteria_set
    assert one is not None and one.indicator("4.2").provincial

    def lose(sheet):
        sheet.cell(3, 9).value = "khác"

    (error,) = read_template(filled(lose), "mau.xlsx").errors
    assert "Mức của tỉnh" in error.message


def test_missing_heads_are_named_cell_by_cell():
    draft = read_template(write_template(NATIONAL), "mau.xlsx")
    assert [error.place for error in draft.errors] == [f"trang tính Thông tin, ô B{row}" for row in (4, 6, 7, 8)]


def test_an_empty_template_says_so():
    (error,) = read_template(filled(), "mau.xlsx").errors
    assert "chưa có mức nào" in error.message


def plain_workbook() -> bytes:
    stream = io.BytesIO()
    Workbook().save(stream)
    return stream.getvalue()


def with_macro() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    return stream.getvalue()


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * (81 * 1024 * 1024))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"abc", "không phải tệp"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "đời cũ"),
        ("a.xlsx", with_macro(), "macro"),
        ("a.xlsx", plain_workbook(), "Thông tin"),
        ("a.xls", b"", "lưu lại"),
        ("a.pdf", b"", "chỉ đọc được"),
        ("a.docx", b"abc", "không phải tệp"),
        ("a.yaml", b"\xff\xfe", "UTF-8"),
        ("a.yaml", b"code: 1\n", "dòng 1"),
    ],
)
def test_a_bad_file_gets_its_sentence(name, data, words):
    draft = read_any(data, name)
    assert draft.criteria_set is None
    assert any(words in f"{error.place} {error.message}" for error in draft.errors)


def test_a_bomb_is_not_unpacked():
    (error,) = read_any(bomb(), "a.xlsx").errors
    assert "bung ra" in error.message


@pytest.mark.parametrize(
    ("text", "kind", "value", "comparator"),
    [
        ("≥ 80%", Kind.PERCENT, Decimal(80), Comparator.GE),
        ("100%", Kind.PERCENT, Decimal(100), Comparator.EQ),
        ("Đạt", Kind.YES_NO, "Đạt", None),
        ("Không", Kind.YES_NO, "Không", None),
        ("≤ 6,5%", Kind.PERCENT, Decimal("6.5"), Comparator.LE),
        ("từ 64 triệu đồng/người/năm trở lên", Kind.NUMBER, Decimal(64), Comparator.GE),
        ("Khá trở lên", Kind.QUALITATIVE, "Khá trở lên", None),
        ("UBND cấp tỉnh quy định cụ thể", Kind.QUALITATIVE, None, None),
        ("", Kind.QUALITATIVE, None, None),
    ],
)
def test_levels_in_words(text, kind, value, comparator):
    found = read_level(text)
    assert (found.kind, found.value, found.comparator) == (kind, value, comparator)


def test_a_number_without_a_sign_is_doubted():
    found = read_level("80%")
    assert found.comparator is Comparator.GE and "không có dấu so sánh" in (found.doubt or "")


def decision() -> bytes:
    document = docx.Document()
    document.add_paragraph("ỦY BAN NHÂN DÂN TỈNH THỬ")
    document.add_paragraph("Số: 741/QĐ-UBND    ngày 26 tháng 7 năm 2022")
    document.add_paragraph("Bộ tiêu chí xã nông thôn mới giai đoạn 2022-2025")
    rows = [
        ("TT", "Tên tiêu chí", "Nội dung tiêu chí", "Chỉ tiêu"),
        ("I", "Hạ tầng", "Hạ tầng", "Hạ tầng"),
        ("2", "Giao thông", "2.1. Tỷ lệ đường xã được nhựa hóa", "≥ 80%"),
        ("2", "Giao thông", "2.2. Tỷ lệ đường thôn được cứng hóa", "70%"),
        ("7", "Cơ sở hạ tầng thương mại nông thôn", "Xã có chợ nông thôn", "Đạt"),
        ("10", "Thu nhập", "Thu nhập bình quân đầu người", "≥ 48 triệu đồng/người/năm"),
    ]
    table = document.add_table(rows=len(rows), cols=4)
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    for column in (0, 1):
        merged = table.cell(2, column).merge(table.cell(3, column))
        merged.text = rows[2][column]
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_decision_table_becomes_a_draft_with_doubts():
    draft = read_decision(decision(), "qd.docx")
    assert draft.errors == () and draft.criteria_set is not None
    one = draft.criteria_set
    assert (one.decision.instrument, one.decision_date, one.years) == ("741/QĐ-UBND", date(2022, 7, 26), (2022, 2025))
    assert one.decision_issuer == "UBND tỉnh Thử"
    assert (one.criteria[0].no, one.criteria[0].name) == (2, "Giao thông")
    roads = one.indicator("2.1")
    assert roads.text == "Tỷ lệ đường xã được nhựa hóa" and roads.comparator is Comparator.GE
    assert one.indicator("2.2").thresholds[0].value == 70
    assert one.indicator("7").kind is Kind.YES_NO
    assert one.indicator("10").thresholds[0].value == 48
    assert not any(level.check.verified for _, indicator in one.indicators() for level in indicator.thresholds)
    assert any("2.2" in doubt.message and doubt.place == "bảng 1, dòng 4" for doubt in draft.doubts)


def test_a_decision_over_a_national_set():
    about = About(code="xa-thu", name="Bộ thử", extends="xa-ntm-2021-2025", province="24", instrument="741/QĐ-UBND")
    one = read_decision(decision(), "qd.docx", about).criteria_set
    assert one is not None
    assert len(one.criteria) == 19 and one.indicator("2.1").thresholds[0].provincial


def test_a_document_without_such_a_table_is_refused():
    document = docx.Document()
    document.add_paragraph("không có bảng")
    stream = io.BytesIO()
    document.save(stream)
    (error,) = read_decision(stream.getvalue(), "qd.docx").errors
    assert "không thấy bảng" in error.message
