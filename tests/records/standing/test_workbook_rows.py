"""Dòng và mã của bảng tính trở về: keys typed again, rows moved, many units, there and back again."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ntm.records.standing.models import Observation, WorkbookUpload
from ntm.records.standing.refusals import Refused
from ntm.records.standing.services import workbooks
from ntm.records.standing.workbook import layout
from spoiled_workbooks import Sheet, good, problems, saved
from standing_world import DAY, World

NATIONAL = "xa-ntm-nang-cao-2021-2025"
ZEROS = "xa-ntm-2021-2025"


@pytest.fixture
def sheet(world: World) -> Sheet:
    return Sheet(world)


# --- keys that were typed again ----------------------------------------------------------------------------------------


def test_a_code_that_came_back_as_a_number_is_the_code(sheet: Sheet) -> None:
    sheet.cell("10").value = "59,58"
    sheet.cell("10", layout.CODE).value = 10
    made = sheet.bring()
    assert good(made) == {"10": "59,58"} and not problems(made)


def _lost_zero(texts: dict[str, str]) -> tuple[str, str]:
    """A code that ends in zero, and its neighbour for which Excel would take it: 2.10 and 2.1."""
    lost = next(code for code in texts if "." in code and code.endswith("0") and code[:-1] in texts)
    return lost, lost[:-1]


@pytest.fixture
def with_zeros(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The reader's list of codes with a 2.10 beside a 2.1."""
    texts = {"2.1": "Tỷ lệ đường xã", "2.10": "Tỷ lệ đường trục thôn", "10": "Thu nhập"}
    return texts


@pytest.mark.parametrize(
    ("cell", "beside", "taken", "code"),
    [
        (("number", "2.1"), "", (), None),
        (("number", "2.1"), "Tỷ lệ đường trục thôn", (), "2.10"),
        (("number", "2.1"), "", ("2.1",), "2.10"),
        (("number", "2.1"), "", ("2.10",), "2.1"),
        (("number", "10"), "", (), "10"),
        (("number", "10.0"), "", (), "10"),
        (("text", "2.10"), "", (), "2.10"),
        (("text", "2,10"), "", (), "2.10"),
        (("text", "'2.10"), "", (), "2.10"),
        (("text", "2.1"), "Tỷ lệ đường trục thôn", (), "2.10"),
        (("text", "10"), "Tỷ lệ đường xã", (), None),
        (("text", "99.9"), "", (), None),
        (("number", "99"), "", (), None),
    ],
)
def test_codes_are_restored_where_they_are_certain(
    with_zeros: dict[str, str], cell: tuple[str, str], beside: str, taken: tuple[str, ...], code: str | None
) -> None:
    from ntm.domain.official.text import fold
    from ntm.records.standing.workbook.keys import Codes, KeyLost
    from ntm.records.standing.workbook.raw_cells import RawCell

    codes = Codes({key: fold(text) for key, text in with_zeros.items()})
    if code is not None:
        assert codes.find(RawCell(*cell), beside, taken) == code
        return
    with pytest.raises(KeyLost) as told:
        codes.find(RawCell(*cell), beside, taken)
    assert len(str(told.value)) > 30


def test_a_code_that_became_a_day_is_restored_or_told(with_zeros: dict[str, str]) -> None:
    from datetime import date

    from ntm.domain.official.text import fold
    from ntm.records.standing.workbook.keys import Codes, KeyLost
    from ntm.records.standing.workbook.raw_cells import RawCell

    codes = Codes({key: fold(text) for key, text in with_zeros.items()})
    assert codes.find(RawCell("day", "02/01/2026", day=date(2026, 1, 2)), "") == "2.1"
    with pytest.raises(KeyLost, match="không có chỉ tiêu mã"):
        codes.find(RawCell("day", "25/12/2026", day=date(2026, 12, 25)), "")


def test_a_unit_code_without_its_zeros_is_the_unit(world: World) -> None:
    content = workbooks.download(world.actor["stranger"], unit_id=world.unit["van_an"], set_code=NATIONAL, as_of=DAY)[1]
    book = load_workbook(io.BytesIO(content))
    sheet = book[layout.SHEET]
    row = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 2).value == "TC1")
    sheet.cell(row, 1).value, sheet.cell(row, 6).value = 6280, "đạt"
    made = workbooks.upload(world.actor["stranger"], content=saved(book), name="x.xlsx")
    assert good(made) == {"TC1": "đạt"} and made.found["good"][0]["unit"] == world.unit["van_an"]


def test_one_column_sorted_alone_is_found_out(sheet: Sheet) -> None:
    sheet.cell("10").value = "59,58"
    first, second = sheet.row("10"), sheet.row("11")
    column = sheet.heads[layout.CODE]
    sheet.sheet.cell(first, column).value, sheet.sheet.cell(second, column).value = "11", "10"
    assert "xáo trộn" in problems(sheet.bring())[0]


# --- where cells lie ----------------------------------------------------------------------------------------------------


def test_a_renamed_sheet_is_known_by_its_heads(sheet: Sheet) -> None:
    sheet.cell("10").value = "59,58"
    sheet.sheet.title = "Bản của xã"
    made = sheet.bring()
    assert good(made) == {"10": "59,58"} and made.found["good"][0]["place"].startswith("Bản của xã!")
    sheet.cell("TC2").value = "sao"
    made = sheet.bring()
    back = load_workbook(io.BytesIO(workbooks.marked(sheet.world.actor["officer"], made.pk)[1]))
    assert back["Bản của xã"][sheet.cell("TC2").coordinate].fill.fgColor.rgb.endswith("F4C7C3")


def test_two_sheets_with_the_heads_and_neither_named_so_is_told(sheet: Sheet) -> None:
    sheet.sheet.title = "Một"
    sheet.book.copy_worksheet(sheet.sheet).title = "Hai"
    with pytest.raises(Refused, match="thiếu trang"):
        sheet.bring()


def test_sheets_in_another_order_are_found_by_name(sheet: Sheet) -> None:
    sheet.cell("10").value = "59,58"
    sheet.book.move_sheet(layout.BEFORE, -2)
    sheet.book.move_sheet(layout.META, -2)
    assert good(sheet.bring()) == {"10": "59,58"}


def test_rows_deleted_rows_inserted_and_words_beside_do_no_harm(sheet: Sheet) -> None:
    sheet.cell("10").value = "59,58"
    sheet.sheet.delete_rows(sheet.row("TC5"))
    sheet.sheet.insert_rows(layout.HEAD_ROW + 1, 3)
    sheet.sheet.cell(2, 12).value = "Người lập biểu"
    sheet.sheet.cell(sheet.sheet.max_row + 3, 3).value = "Tổng hợp bởi xã"
    made = sheet.bring()
    assert good(made) == {"10": "59,58"} and not problems(made)


def test_a_value_in_a_row_without_keys_is_told(sheet: Sheet) -> None:
    last = sheet.sheet.max_row + 2
    sheet.sheet.cell(last, sheet.heads[layout.VALUE]).value = "59,58"
    made = sheet.bring()
    assert "thiếu mã đơn vị" in problems(made)[0] and made.found["bad"][0]["place"].endswith(f"F{last}")


def test_hidden_rows_and_filtered_rows_count(sheet: Sheet) -> None:
    sheet.cell("10").value = "59,58"
    sheet.sheet.row_dimensions[sheet.row("10")].hidden = True
    sheet.sheet.auto_filter.ref = f"A5:G{sheet.sheet.max_row}"
    assert good(sheet.bring()) == {"10": "59,58"}


def test_a_row_given_twice_with_two_values_takes_neither_and_with_one_takes_it_once(sheet: Sheet) -> None:
    sheet.cell("10").value = "59,58"
    last = sheet.sheet.max_row + 1
    for head in (layout.UNIT_CODE, layout.CODE, layout.TEXT):
        sheet.sheet.cell(last, sheet.heads[head]).value = sheet.cell("10", head).value
    again = sheet.sheet.cell(last, sheet.heads[layout.VALUE])
    again.value = "61"
    made = sheet.bring()
    assert not good(made) and len(problems(made)) == 2 and all("hai giá trị khác nhau" in one for one in problems(made))
    again.value = "59,58"
    made = sheet.bring()
    assert good(made) == {"10": "59,58"} and not problems(made)


def test_a_head_given_twice_is_told(sheet: Sheet) -> None:
    sheet.sheet.cell(layout.HEAD_ROW + 1, 9).value = layout.VALUE
    with pytest.raises(Refused, match="hai lần"):
        sheet.bring()


def test_without_its_heads_the_sheet_is_told(sheet: Sheet) -> None:
    sheet.sheet.delete_rows(layout.HEAD_ROW + 1)
    with pytest.raises(Refused, match="không còn dòng tên cột"):
        sheet.bring()


# --- many units ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def wide(world: World) -> tuple[Workbook, Worksheet]:
    """The workbook of a district with two communes: a line a unit."""
    area = world.unit["van_an"]
    from ntm.records.units.models import Position

    district = Position.objects.filter(unit_id=area, district_id__isnull=False).first().district_id
    from ntm.records.people.authority import actor_of
    from ntm.records.people.models import Holding, Office, User

    user = User.objects.create(username="vanquan", full_name="Người thử Văn Quan")
    office = Office.objects.create(
        role="coordination_office", title="Văn phòng Điều phối", unit_id=district, criteria=[]
    )
    world.actor["vanquan"] = actor_of(Holding.objects.create(user=user, office=office, start=DAY.replace(year=2015)))
    content = workbooks.download(world.actor["vanquan"], unit_id=district, set_code=NATIONAL, as_of=DAY)[1]
    book = load_workbook(io.BytesIO(content))
    return book, book[layout.SHEET]


def _brought(world: World, book: Workbook) -> WorkbookUpload:
    return workbooks.upload(world.actor["vanquan"], content=saved(book), name="rong.xlsx")


def _column(sheet: Worksheet, code: str) -> int:
    return next(cell.column for cell in sheet[layout.HEAD_ROW + 1] if cell.value == code)


def test_a_line_a_unit_comes_back_cell_by_cell(world: World, wide: tuple[Workbook, Worksheet]) -> None:
    book, sheet = wide
    row, column = layout.FIRST_ROW + 1, _column(sheet, "TC1")
    sheet.cell(row, column).value, sheet.cell(row + 1, column).value = "đạt", "chưa đạt"
    sheet.cell(layout.HEAD_ROW + 1, _column(sheet, "10")).value = 10  # typed again
    sheet.cell(row, _column(sheet, 10)).value = 60
    made = _brought(world, book)
    assert sorted((one["code"], one["after"]) for one in made.found["good"]) == [
        ("10", "60"),
        ("TC1", "chưa đạt"),
        ("TC1", "đạt"),
    ]
    assert {one["unit"]: one["cells"] for one in made.found["units"]}.keys() == {
        one["unit"] for one in made.found["good"]
    }


def test_a_sum_line_and_a_column_of_ones_own_are_told_once(world: World, wide: tuple[Workbook, Worksheet]) -> None:
    book, sheet = wide
    column = _column(sheet, "TC1")
    last, own = sheet.max_row + 1, sheet.max_column + 1
    sheet.cell(last, 1).value, sheet.cell(last, column).value = "Tổng", 2
    sheet.cell(layout.HEAD_ROW + 1, own).value = "Người nhập"
    for row in (layout.FIRST_ROW + 1, layout.FIRST_ROW + 2):
        sheet.cell(row, own).value = "anh Ba"
    sheet.cell(layout.FIRST_ROW + 1, column).value = "đạt"
    made = _brought(world, book)
    assert good(made) == {"TC1": "đạt"}
    assert sorted(one["place"].split("!")[1] for one in made.found["bad"]) == sorted(
        [f"A{last}", sheet.cell(layout.HEAD_ROW + 1, own).coordinate]
    )


def test_names_sorted_without_their_codes_are_found_out(world: World, wide: tuple[Workbook, Worksheet]) -> None:
    book, sheet = wide
    first, second = layout.FIRST_ROW + 1, layout.FIRST_ROW + 2
    sheet.cell(first, 2).value, sheet.cell(second, 2).value = sheet.cell(second, 2).value, sheet.cell(first, 2).value
    sheet.cell(first, _column(sheet, "TC1")).value = "đạt"
    made = _brought(world, book)
    assert not good(made) and "xáo trộn" in problems(made)[0]


def test_villages_without_codes_go_out_and_come_back(world: World) -> None:
    from ntm.records.standing.models import RegisteredSet

    row = RegisteredSet.objects.filter(current=True, level="thon").first()
    on = row.start or DAY
    actor = world.actor["stranger"]
    name, content = workbooks.download(actor, unit_id=world.unit["van_an"], set_code=row.code, as_of=on)
    book = load_workbook(io.BytesIO(content))
    sheet = book[layout.SHEET]
    heads = {cell.value: cell.column for cell in sheet[layout.HEAD_ROW + 1]}
    at = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, heads[layout.CODE]).value == "TC1")
    sheet.cell(at, heads[layout.VALUE]).value = "đạt"
    assert str(sheet.cell(at, 1).value).startswith("#")
    made = workbooks.upload(actor, content=saved(book), name=name)
    assert good(made) == {"TC1": "đạt"}


# --- there and back again ------------------------------------------------------------------------------------------------


def test_the_marked_workbook_is_mended_and_brought_back(sheet: Sheet) -> None:
    officer = sheet.world.actor["officer"]
    sheet.cell("10").value, sheet.cell("TC2").value = "59,58", "có lẽ"
    made = sheet.bring()
    workbooks.take(officer, made.pk)
    book = load_workbook(io.BytesIO(workbooks.marked(officer, made.pk)[1]))
    place = made.found["bad"][0]["place"].split("!")[1]
    book[layout.SHEET][place].value = "đạt"
    again = workbooks.upload(officer, content=saved(book), name="sua.xlsx")
    assert good(again) == {"TC2": "đạt"} and again.found["unchanged"] == 1 and not problems(again)
    clean = load_workbook(io.BytesIO(workbooks.marked(officer, again.pk)[1]))[layout.SHEET][place]
    assert clean.comment is None and not clean.fill.fgColor.rgb.endswith("F4C7C3")


def test_notes_go_out_and_a_note_alone_is_taken(sheet: Sheet) -> None:
    officer = sheet.world.actor["officer"]
    sheet.cell("10").value, sheet.cell("10", layout.NOTE).value = "59,58", "Báo cáo của xã"
    workbooks.take(officer, sheet.bring().pk)
    later = Sheet(sheet.world)
    assert later.cell("10", layout.NOTE).value == "Báo cáo của xã"
    later.cell("10", layout.NOTE).value = "Niên giám thống kê"
    made = later.bring()
    assert made.found["good"][0]["note_only"] and workbooks.take(officer, made.pk).written == 1
    row = Observation.objects.get(superseded_by=None, code="10")
    assert (row.typed, row.note) == ("59,58", "Niên giám thống kê")


def test_a_note_without_a_figure_is_told(sheet: Sheet) -> None:
    sheet.cell("10", layout.NOTE).value = "sẽ bổ sung"
    assert "ô giá trị để trống" in problems(sheet.bring())[0]


def test_an_emptied_cell_keeps_the_figure_and_says_so(sheet: Sheet) -> None:
    officer = sheet.world.actor["officer"]
    sheet.cell("10").value = "59,58"
    workbooks.take(officer, sheet.bring().pk)
    later = Sheet(sheet.world)
    assert later.cell("10").value == "59,58"
    later.cell("10").value = None
    made = later.bring()
    assert made.found["emptied"] == 1 and not good(made) and not problems(made)


def test_the_same_fact_in_other_words_is_no_change(sheet: Sheet) -> None:
    officer = sheet.world.actor["officer"]
    sheet.cell("10").value, sheet.cell("TC1").value = "59,5", "đạt"
    workbooks.take(officer, sheet.bring().pk)
    later = Sheet(sheet.world)
    later.cell("10").value, later.cell("TC1").value = 59.50, "Đạt."
    made = later.bring()
    assert not good(made) and not problems(made) and made.found["unchanged"] == 2


def test_a_verifier_s_note_without_a_verdict_is_told_with_its_place(world: World) -> None:
    """Nothing typed, and the same verdict again: the note cannot be taken by itself."""
    actor = world.actor["district"]
    scope = {"unit_id": world.unit["thach_loi"], "set_code": NATIONAL, "as_of": DAY}
    for verdict, said in (("", "ô giá trị để trống"), ("59,58", "chỉ có ghi chú mới")):
        book = load_workbook(io.BytesIO(workbooks.download(actor, **scope)[1]))
        sheet = book[layout.SHEET]
        heads = {cell.value: cell.column for cell in sheet[layout.HEAD_ROW + 1]}
        at = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, heads[layout.CODE]).value == "10")
        sheet.cell(at, heads[layout.VALUE]).value = verdict or None
        sheet.cell(at, heads[layout.NOTE]).value = f"hỏi lại xã: {said}"
        made = workbooks.upload(actor, content=saved(book), name="x.xlsx")
        (bad,) = made.found["bad"]
        assert said in bad["problem"] and bad["place"].endswith(str(at)) and not made.found["good"]
        if not verdict:
            sheet.cell(at, heads[layout.VALUE]).value = "59,58"
            workbooks.take(actor, workbooks.upload(actor, content=saved(book), name="x.xlsx").pk)
