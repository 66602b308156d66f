"""Bảng tính oái oăm: what Excel, other programs and ill will make of a workbook; each gives the right result or a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from ntm.records.archive.kinds import FileRefused
from ntm.records.standing.models import Observation, WorkbookUpload
from ntm.records.standing.refusals import Refused
from ntm.records.standing.services import workbooks
from ntm.records.standing.workbook import layout, package
from spoiled_workbooks import SHEET_PART, Sheet, good, problems, saved
from standing_world import DAY, World

NATIONAL = "xa-ntm-nang-cao-2021-2025"
ZEROS = "xa-ntm-2021-2025"


@pytest.fixture
def sheet(world: World) -> Sheet:
    return Sheet(world)


# --- what cells hold ---------------------------------------------------------------------------------------------------


def test_a_percent_form_is_percent(world: World) -> None:
    sheet = Sheet(world, ZEROS)
    from ntm.records.standing import registry

    criteria_set = registry.content(registry.by_code(ZEROS))
    code = next(
        line.code for line in layout.asked_lines(criteria_set, DAY, ()) if line.measure == "%" and not line.in_words
    )
    sheet.cell(code).value, sheet.cell(code).number_format = 0.755, "0.00%"
    assert good(sheet.bring()) == {code: "75,5"}


def test_a_percent_form_where_nothing_is_counted_in_percent_is_told(sheet: Sheet) -> None:
    sheet.cell("10").value, sheet.cell("10").number_format = 0.5958, "0%"
    assert "định dạng phần trăm" in problems(sheet.bring())[0]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!"])
def test_an_error_cell_is_told(sheet: Sheet, error: str) -> None:
    sheet.cell("10").value = error
    assert sheet.cell("10").data_type == "e"
    assert f"lỗi {error}" in problems(sheet.bring())[0]


def test_an_apostrophe_before_a_figure_is_no_part_of_it(sheet: Sheet) -> None:
    sheet.cell("10").value = "'59,58"
    sheet.cell("TC1").value, sheet.cell("TC1").quotePrefix = "đạt", True
    assert good(sheet.bring()) == {"10": "59,58", "TC1": "đạt"}


def test_rich_text_is_its_words(sheet: Sheet) -> None:
    bold = InlineFont(b=True)
    sheet.cell("TC1").value = CellRichText("chưa ", TextBlock(bold, "đạt"))
    sheet.cell("10").value = CellRichText(TextBlock(bold, "59"), ",58")
    assert good(sheet.bring()) == {"TC1": "chưa đạt", "10": "59,58"}


def test_true_and_false_are_words(sheet: Sheet) -> None:
    sheet.cell("TC1").value, sheet.cell("TC2").value = True, False
    assert good(sheet.bring()) == {"TC1": "đạt", "TC2": "chưa đạt"}


@pytest.mark.parametrize(
    ("value", "after"),
    [
        (59.58, "59,58"),
        (0.1 + 0.2, "0,3"),
        (1234.5, "1.234,5"),
        (1e3, "1.000"),
        ("  59,58 ", "59,58"),
        ("\u00a059,58", "59,58"),
    ],
)
def test_numbers_are_what_excel_shows(sheet: Sheet, value: Any, after: str) -> None:
    sheet.cell("10").value = value
    assert {code: text.strip() for code, text in good(sheet.bring()).items()} == {"10": after}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1e300, "không phải con số dùng được"),
        (datetime(2026, 9, 8), "đã đổi thành ngày"),
        ("9" * 5000, "dài quá"),
        ("1" * 199, "quá dài"),
        ("=SUM(A1:A3)", "công thức"),
        ('=HYPERLINK("http://x")', "công thức"),
    ],
)
def test_what_is_no_figure_gets_its_sentence(sheet: Sheet, value: Any, words: str) -> None:
    sheet.cell("10").value = value
    made = sheet.bring()
    assert words in problems(made)[0] and len(made.found["bad"][0]["after"]) <= 200


def test_a_formula_in_a_sheet_that_is_not_the_first_is_seen(sheet: Sheet) -> None:
    sheet.book.create_sheet("Nháp", 0)["F12"].value = "=1+1"
    sheet.cell("10").value = "=30+29.58"
    made = sheet.bring()
    assert "công thức" in problems(made)[0] and made.found["unread"] == ["Nháp"]


def test_a_formula_written_by_hand_with_attributes_in_another_order_is_seen(sheet: Sheet) -> None:
    sheet.cell("10").value = "59,58"
    place = sheet.cell("10").coordinate
    cell = re.compile(rf'<c r="{place}"[^>]*>.*?</c>')
    content = sheet.spoiled(SHEET_PART, lambda text: cell.sub(f'<c s="0" r="{place}"><f>1+1</f><v>2</v></c>', text))
    assert "công thức" in problems(sheet.bring(content))[0]


# --- ill will -----------------------------------------------------------------------------------------------------------


def test_a_cell_at_the_far_corner_costs_nothing(sheet: Sheet) -> None:
    sheet.cell("10").value = "59,58"
    sheet.sheet["XFD1048576"].value = "x"
    assert good(sheet.bring()) == {"10": "59,58"}


def test_an_absurd_extent_is_not_believed(sheet: Sheet) -> None:
    sheet.cell("10").value = "59,58"
    content = sheet.spoiled(
        SHEET_PART, lambda text: re.sub(r'<dimension ref="[^"]*" ?/>', '<dimension ref="A1:XFD1048576"/>', text)
    )
    assert good(sheet.bring(content)) == {"10": "59,58"}


def test_sixteen_thousand_columns_are_refused_or_read_over(sheet: Sheet) -> None:
    sheet.cell("10").value = "59,58"
    for column in range(9, 16385):
        sheet.sheet.cell(layout.HEAD_ROW + 1, column).value = f"cột {column}"
    made = sheet.bring()
    assert good(made) == {"10": "59,58"} and not problems(made)


def test_too_many_filled_cells_are_refused(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_CELLS", 10_000)
    row = "".join(f'<c r="{letter}ROW"><v>1</v></c>' for letter in "HIJKLMNOPQRSTUVWXYZ")
    rows = "".join(f'<row r="{n}">{row.replace("ROW", str(n))}</row>' for n in range(200, 900))
    content = sheet.spoiled(SHEET_PART, lambda text: text.replace("</sheetData>", rows + "</sheetData>"))
    with pytest.raises(Refused, match="ô thừa"):
        sheet.bring(content)


def test_shared_texts_without_end_are_refused(sheet: Sheet) -> None:
    bomb = "<si><t>" + "A" * 70_000_000 + "</t></si></sst>"
    content = sheet.spoiled("xl/sharedStrings.xml", lambda text: text.replace("</sst>", bomb), sheet.content)
    with pytest.raises((Refused, FileRefused), match="quá lớn"):
        sheet.bring(content)


def test_many_small_shared_texts_are_refused(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below every bound of size and ratio, and still more than anybody types."""
    monkeypatch.setattr(package, "MOST_ELEMENTS", 20_000)
    mixed = "".join(f"<si><t>{n:x}</t></si>" for n in range(20_000)) + "</sst>"
    content = sheet.spoiled("xl/sharedStrings.xml", lambda text: text.replace("</sst>", mixed), sheet.content)
    with pytest.raises(Refused, match="quá nhiều"):
        sheet.bring(content)


def test_a_merged_area_over_the_whole_sheet_is_refused(sheet: Sheet) -> None:
    merged = '<mergeCells count="1"><mergeCell ref="A6:XFD1048576"/></mergeCells>'
    content = sheet.spoiled(SHEET_PART, lambda text: text.replace("</sheetData>", "</sheetData>" + merged))
    with pytest.raises(Refused, match="gộp ô quá lớn"):
        sheet.bring(content)


def test_entities_are_not_expanded(sheet: Sheet) -> None:
    billion = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    content = sheet.spoiled(
        SHEET_PART, lambda text: re.sub(r"^(<\?xml[^>]*\?>)?", lambda m: (m.group(0) or "") + billion, text, count=1)
    )
    with pytest.raises(Refused, match="hỏng"):
        sheet.bring(content)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace('r="A1"', 'r="??"'),
        lambda text: "",
    ],
)
def test_a_broken_part_gets_a_sentence(sheet: Sheet, change: Callable[[str], str]) -> None:
    with pytest.raises(Refused, match="hỏng"):
        sheet.bring(sheet.spoiled(SHEET_PART, change))


def test_a_text_that_is_not_in_the_package_gets_a_sentence(sheet: Sheet) -> None:
    content = sheet.spoiled(SHEET_PART, lambda text: text.replace("<v>", "<v>99999", 1), sheet.content)
    with pytest.raises(Refused, match="hỏng"):
        sheet.bring(content)


@pytest.mark.parametrize(
    "said",
    ["[]", "{}", "null", '{"set": "x"}', "[" * 900, '{"set": 1, "hash": "", "as_of": "x", "stage": 1, "area": 1}'],
)
def test_a_rewritten_key_sheet_gets_a_sentence(sheet: Sheet, said: str) -> None:
    sheet.book[layout.META]["A1"].value = said
    with pytest.raises(Refused, match="trang khoá"):
        sheet.bring()


@pytest.mark.parametrize(("key", "value"), [("stage", 3), ("stage", 99), ("as_of", "0001-01-01"), ("area", "x")])
def test_a_forged_key_sheet_gets_a_sentence(sheet: Sheet, key: str, value: Any) -> None:
    import json

    said = json.loads(sheet.book[layout.META]["A1"].value)
    sheet.book[layout.META]["A1"].value = json.dumps(said | {key: value})
    with pytest.raises(Refused, match="trang khoá"):
        sheet.bring()


def test_units_forged_into_the_key_sheet_are_not_believed(sheet: Sheet) -> None:
    sheet.cell("10").value = "59,58"
    sheet.book[layout.META]["B2"].value = sheet.world.unit["van_an"]
    made = sheet.bring()
    assert not good(made) and "không còn thuộc địa bàn" in problems(made)[0]


def test_a_workbook_of_another_area_is_denied(sheet: Sheet) -> None:
    from ntm.records.people.authority import Denied

    sheet.cell("10").value = "59,58"
    with pytest.raises(Denied):
        workbooks.upload(sheet.world.actor["stranger"], content=saved(sheet.book), name="x.xlsx")
    assert not WorkbookUpload.objects.exists() and not Observation.objects.exists()
