"""Bảng tính viết ra: opened again, figures are figures, totals are formulas that hold their value."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from plan_samples import annexes, other_annexes

from ntm.domain.documents.reading.sources import read_source
from ntm.domain.documents.writing.content import Column, Row, Table, WritingError
from ntm.domain.documents.writing.money_tables import MoneyLine, source_table, unit_money_table
from ntm.domain.documents.writing.xlsx import Sheet, write_xlsx

ATTACHED = "(Kèm theo Kế hoạch số 15/KH-UBND ngày 30 tháng 01 năm 2018)"


def _book() -> bytes:
    every = (*annexes(), *other_annexes())
    return write_xlsx([Sheet(a.label, a.title, a.table, a.label, ATTACHED) for a in every if a.table is not None])


def test_every_table_has_a_sheet_that_prints_with_its_head() -> None:
    book = openpyxl.load_workbook(io.BytesIO(_book()))
    assert book.sheetnames == [
        "Phụ lục 1", "Biểu 01", "Biểu 02", "Biểu 03", "Biểu 3.1", "Biểu 03 (2)", "Biểu 04", "Biểu 05",
    ]  # fmt: skip
    for page in book.worksheets:
        assert (
            page.page_setup.paperSize == 9
            and page.page_setup.fitToHeight == 0
            and page.sheet_properties.pageSetUpPr.fitToPage
        )
        assert page.print_title_rows and page.freeze_panes and page.print_area
    assert book["Biểu 01"].page_setup.orientation == "landscape"
    assert book["Biểu 01"]["A1"].value == "Biểu 01" and book["Biểu 01"]["A2"].value.isupper()
    assert book["Biểu 01"]["A3"].value == ATTACHED


def test_totals_are_formulas_and_hold_their_value() -> None:
    content = _book()
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    stored = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    units, values = formulas["Biểu 01"], stored["Biểu 01"]
    assert (units["C10"].value, values["C10"].value) == ("=SUM(C6:C9)", 10)
    assert (units["G10"].value, values["G10"].value) == (12.7, 12.7)  # an average is not a sum
    money, amounts = formulas["Biểu 3.1"], stored["Biểu 3.1"]
    assert [money.cell(row, 3).value for row in (6, 7, 10)] == ["=SUM(C7)", 5490, "=SUM(C6,C8,C9)"]
    assert [amounts.cell(10, col).value for col in (3, 4, 5)] == [172970, 165070, 7900]
    assert money["C6"].number_format == "#,##0"
    matrix = stored["Biểu 02"]
    head = [cell.value for cell in matrix[5]]
    assert head[2:21] == [f"TC {no}" for no in range(1, 20)]
    assert matrix.freeze_panes == "C6"


def test_figures_keep_their_digits_and_words_are_never_formulas() -> None:
    columns = (Column("Tên"), Column("Số", figure="number"))
    table = Table(
        columns, (Row(("=1+1", Decimal("59.58"))), Row(("http://x.vn", Decimal("1234567.125"))), Row(("-", None)))
    )
    page = openpyxl.load_workbook(io.BytesIO(write_xlsx([Sheet("a/b:c", "Tiêu đề", table)]))).worksheets[0]
    assert page.title == "a b c"
    assert (page["A3"].value, page["A3"].data_type, page["B3"].value) == ("=1+1", "s", 59.58)
    assert (page["B3"].number_format, page["B4"].value, page["B4"].number_format) == (
        "#,##0.00",
        1234567.125,
        "#,##0.000",
    )
    assert page["B5"].value is None and page["A4"].hyperlink is None


def test_what_excel_cannot_hold_is_refused_in_words() -> None:
    column = (Column("Số tiền", figure="money"),)
    with pytest.raises(WritingError, match="hơn 15 chữ số"):
        write_xlsx([Sheet("a", "b", Table(column, (Row((Decimal("1234567890123456.7"),)),)))])
    with pytest.raises(WritingError, match="rút gọn"):
        write_xlsx([Sheet("a", "b", Table((Column("Tên"),), (Row(("a" * 40_000,)),)))])
    with pytest.raises(WritingError, match="Chưa có bảng nào"):
        write_xlsx([])


def test_money_by_source_and_by_unit() -> None:
    by_source = source_table((MoneyLine("Vốn A", (1_500_000,)), MoneyLine("Vốn B", (None,))), "triệu", 2024)
    assert [row.cells for row in by_source.rows] == [
        ("1", "Vốn A", Decimal("1.5")), ("2", "Vốn B", None), ("", "Tổng cộng", Decimal("1.5")),
    ]  # fmt: skip
    assert by_source.columns[2].name == "Kế hoạch năm 2024" and by_source.measure == "triệu đồng"
    by_unit = unit_money_table((MoneyLine("Xã A", (1_000_000, 2_000_000)),), ("TW", "Tỉnh"))
    assert by_unit.rows[0].cells == ("1", "Xã A", Decimal(3), Decimal(1), Decimal(2))
    noted = source_table((MoneyLine("Vốn A", parts=(MoneyLine("Phần một", (1,), note="khi đạt"),)),), "đồng")
    assert noted.columns[-1].name == "Ghi chú" and noted.rows[1].cells[-1] == "khi đạt"


def test_a3_is_landscape_and_the_workbook_reads_back() -> None:
    table = annexes()[2].table
    assert table is not None
    content = write_xlsx([Sheet("Biểu 02", "Dự kiến tiêu chí", table, paper="A3")])
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (
        "8",
        "landscape",
    ) or page.page_setup.paperSize == 8
    source = read_source(content, "biểu.xlsx")
    assert any("Vân Mộng" in line.text for line in source.lines)
    assert write_xlsx([Sheet("Biểu 02", "Dự kiến tiêu chí", table, paper="A3")]) == content
