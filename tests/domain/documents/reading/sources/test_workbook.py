"""Sổ tính: every sheet a table, references kept, numbers written the Vietnamese way."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest
from openpyxl import Workbook

from ntm.domain.documents.reading.blocks import SourceError
from ntm.domain.documents.reading.sources import read_source
from ntm.domain.documents.reading.sources.workbook import NumberForm, column_name, column_number, form_of, number_text

from . import samples


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def annex() -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "Phụ lục 1"
    sheet["B2"] = "NHU CẦU VỐN NĂM 2024"
    sheet.merge_cells("B2:E2")
    for place, value in zip("BCDE", ["TT", "Nội dung", "Kinh phí", "Tỷ lệ"], strict=True):
        sheet[f"{place}4"] = value
    sheet["B5"], sheet["C5"], sheet["D5"], sheet["E5"] = 1, "Đường trục thôn\nNà Pồng", 183970, 0.674
    sheet["D5"].number_format, sheet["E5"].number_format = "#,##0", "0.0%"
    sheet["B6"], sheet["C6"], sheet["D6"], sheet["E6"] = 2, dt.date(2024, 11, 30), 28.038, 2018
    book.create_sheet("Trống")
    other = book.create_sheet("Phụ lục 2")
    other["A1"], other["B1"] = 0.1 + 0.2, True
    return book


def test_sheets_become_tables_with_references():
    source = read_source(saved(annex()), "phụ lục.xlsx")
    assert source.kind == "xlsx"
    assert [line.text for line in source.lines] == [
        "NHU CẦU VỐN NĂM 2024\t\t\t",
        "TT\tNội dung\tKinh phí\tTỷ lệ",
        "1\tĐường trục thôn Nà Pồng\t183.970\t67,4%",
        "2\t30/11/2024\t28,038\t2018",
        "0,3\tCó",
    ]
    first, second = source.tables
    assert (first.label, second.label) == ("Phụ lục 1", "Phụ lục 2")
    assert [cell.ref for cell in first.rows[2]] == ["B5", "C5", "D5", "E5"]
    assert first.rows[0][0].colspan == 4
    assert first.rows[2][1].text == "Đường trục thôn\nNà Pồng"
    assert second.lines == (5,)


def test_a_hidden_sheet_is_read_and_told():
    book = annex()
    book["Phụ lục 2"].sheet_state = "hidden"
    source = read_source(saved(book), "phụ lục.xlsx")
    assert [warning.code for warning in source.warnings] == ["hidden"]
    assert "Phụ lục 2" in source.warnings[0].message


@pytest.mark.office
def test_an_old_workbook():
    source = read_source(samples.converted(saved(annex()), ".xlsx", "xls"), "phụ lục.xls")
    assert source.kind == "xls"
    assert source.tables[0].grid[2][:2] == ("1", "Đường trục thôn Nà Pồng")
    assert source.tables[0].grid[3][1:3] == ("30/11/2024", "28,038")


def test_an_empty_workbook_is_told():
    with pytest.raises(SourceError) as caught:
        read_source(saved(Workbook()), "trống.xlsx")
    assert caught.value.code == "empty"


def test_cells_at_the_far_corners_are_refused():
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = 1, 2
    with pytest.raises(SourceError) as caught:
        read_source(saved(book), "rộng.xlsx")
    assert caught.value.code == "limit" and "trải quá rộng" in caught.value.message


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("183970", "General", "183970"), ("183970", "#,##0", "183.970"), ("1234.5", "#,##0.00", "1.234,50"),
        ("0.674", "0%", "67%"), ("0.12345", "0.00%", "12,35%"), ("59.58", "General", "59,58"), ("-3", "0", "-3"),
        ("2018", "0", "2018"), ("0.005", "0.00", "0,01"), ("1E-7", "General", "0,0000001"), ("0", "#,##0", "0"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_the_cell_asks(number: str, code: str, text: str):
    assert number_text(Decimal(number), form_of(code)) == text


@pytest.mark.parametrize("code", ["dd/mm/yyyy", "@", "General", "h:mm", "# ?/?"])
def test_forms_that_are_no_number_form(code: str):
    assert form_of(code) == NumberForm()


@pytest.mark.parametrize(
    ("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_names_of_columns(number: int, name: str):
    assert column_name(number) == name
    assert column_number(name) == number + 1
