"""Bảng tính đi và về: what goes out, what comes back, and a sentence for every way in which it can be spoiled."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ntm.records.archive.kinds import FileRefused
from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied
from ntm.records.standing import registry, services
from ntm.records.standing.models import Observation, UploadState
from ntm.records.standing.models.intervals import OutcomeCode
from ntm.records.standing.models.observations import Stage, State
from ntm.records.standing.queries import matrix
from ntm.records.standing.refusals import Refused
from ntm.records.standing.services import workbooks
from ntm.records.standing.workbook import layout
from standing_world import DAY, HAI_DUONG, World


def _download(world: World, who: str = "officer", unit: str = "thach_loi") -> bytes:
    return workbooks.download(world.actor[who], unit_id=world.unit[unit], set_code=HAI_DUONG, as_of=DAY)[1]


def _open(content: bytes) -> tuple[Workbook, Worksheet]:
    book = load_workbook(io.BytesIO(content))
    return book, book[layout.SHEET]


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row_of(sheet: Worksheet, code: str) -> int:
    heads = {cell.value: cell.column for cell in sheet[layout.HEAD_ROW + 1]}
    return next(
        r for r in range(layout.FIRST_ROW + 1, sheet.max_row + 1) if sheet.cell(r, heads[layout.CODE]).value == code
    )


def _filled(content: bytes, **values: Any) -> bytes:
    """Type into the value column: _filled(book, **{"10": "59,58"})."""
    book, sheet = _open(content)
    heads = {cell.value: cell.column for cell in sheet[layout.HEAD_ROW + 1]}
    for code, value in values.items():
        sheet.cell(_row_of(sheet, code), heads[layout.VALUE]).value = value
    return _saved(book)


def test_keys_are_locked_words_are_offered_and_the_level_stands_beside(world: World) -> None:
    _, sheet = _open(_download(world))
    row = _row_of(sheet, "10")
    heads = {cell.value: cell.column for cell in sheet[layout.HEAD_ROW + 1]}
    assert sheet.protection.sheet
    assert sheet.cell(row, heads[layout.CODE]).protection.locked
    value = sheet.cell(row, heads[layout.VALUE])
    assert not value.protection.locked and value.number_format == "@"
    assert (
        "64" in sheet.cell(row, heads[layout.LEVEL]).value
        and "2581/QĐ-UBND" in sheet.cell(row, heads[layout.LEVEL]).value
    )
    offered = [one for one in sheet.data_validations.dataValidation if "đạt" in (one.formula1 or "")]
    assert offered


def test_what_was_typed_comes_back_as_differences_and_becomes_drafts(world: World) -> None:
    made = workbooks.upload(
        world.actor["officer"],
        content=_filled(_download(world), **{"10": "59,58", "TC1": "đạt"}),
        name="thach-loi.xlsx",
    )
    assert {(one["code"], one["before"], one["after"]) for one in made.found["good"]} == {
        ("10", "", "59,58"),
        ("TC1", "", "đạt"),
    }
    assert made.found["bad"] == [] and not Observation.objects.exists()
    done = workbooks.take(world.actor["officer"], made.pk)
    assert (done.written, Observation.objects.get(code="10").state) == (2, State.DRAFT)
    place = Observation.objects.get(code="10").source_place
    assert place.startswith("thach-loi.xlsx Số liệu!F")
    made.refresh_from_db()
    assert made.state == UploadState.TAKEN
    with pytest.raises(Refused, match="đã nhận"):
        workbooks.take(world.actor["officer"], made.pk)


def test_the_same_workbook_brought_back_unchanged_changes_nothing(world: World) -> None:
    made = workbooks.upload(world.actor["officer"], content=_download(world), name="x.xlsx")
    assert made.found["good"] == [] and made.found["bad"] == []


def test_good_cells_are_taken_and_bad_ones_stay_with_cell_and_reason(world: World) -> None:
    content = _filled(_download(world), **{"10": "59,58", "11": "nhiều", "TC2": "có lẽ"})
    made = workbooks.upload(world.actor["officer"], content=content, name="x.xlsx")
    assert len(made.found["good"]) == 1 and len(made.found["bad"]) == 2
    assert workbooks.take(world.actor["officer"], made.pk).written == 1
    _, marked = workbooks.marked(world.actor["officer"], made.pk)
    _, sheet = _open(marked)
    bad = next(one for one in made.found["bad"] if one["code"] == "TC2")
    cell = sheet[bad["place"].split("!")[1]]
    assert cell.fill.fgColor.rgb.endswith("F4C7C3") and "đạt, chưa đạt" in cell.comment.text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (59.58, None),
        ("59,58", None),
        ("1.234,5", None),
        (60, None),
        (b"59,58".decode(), None),
        (datetime(2026, 9, 8), "đã đổi thành ngày"),
        ("08/09", "08/09"),
        ("=1+1", "công thức"),
        (-5, "âm"),
    ],
)
def test_each_way_of_typing_is_read_or_gets_its_sentence(world: World, value: Any, words: str | None) -> None:
    made = workbooks.upload(world.actor["officer"], content=_filled(_download(world), **{"10": value}), name="x.xlsx")
    problems = [one["problem"] for one in made.found["bad"]]
    if words is None:
        assert not problems and len(made.found["good"]) == 1
    else:
        assert len(problems) == 1 and words in problems[0]


def test_decomposed_letters_are_read_as_the_same_words(world: World) -> None:
    import unicodedata

    typed = unicodedata.normalize("NFD", "đạt")
    made = workbooks.upload(world.actor["officer"], content=_filled(_download(world), TC1=typed), name="x.xlsx")
    assert [one["after"] for one in made.found["good"]] == ["đạt"]


def test_columns_in_another_order_are_found_by_their_heads(world: World) -> None:
    book, sheet = _open(_filled(_download(world), **{"10": "59,58"}))
    sheet.move_range(f"A{layout.HEAD_ROW + 1}:A{sheet.max_row}", cols=8)
    made = workbooks.upload(world.actor["officer"], content=_saved(book), name="x.xlsx")
    assert [one["after"] for one in made.found["good"]] == ["59,58"]


def test_merged_cells_get_a_sentence(world: World) -> None:
    book, sheet = _open(_filled(_download(world), **{"10": "59,58"}))
    row = _row_of(sheet, "10")
    sheet.merge_cells(start_row=row, start_column=6, end_row=row + 1, end_column=6)
    made = workbooks.upload(world.actor["officer"], content=_saved(book), name="x.xlsx")
    assert any("gộp ô" in one["problem"] for one in made.found["bad"])


def test_a_unit_code_that_was_changed_is_not_believed(world: World) -> None:
    book, sheet = _open(_filled(_download(world), **{"10": "59,58"}))
    sheet.cell(_row_of(sheet, "10"), 1).value = "06280"
    made = workbooks.upload(world.actor["officer"], content=_saved(book), name="x.xlsx")
    assert "06280" in made.found["bad"][0]["problem"]


def test_a_figure_that_changed_since_the_download_is_not_overwritten(world: World) -> None:
    content = _filled(_download(world), **{"10": "59,58"})
    services.record(
        world.actor["officer"],
        unit_id=world.unit["thach_loi"],
        set_code=HAI_DUONG,
        code="10",
        as_of=DAY,
        typed="61",
    )
    made = workbooks.upload(world.actor["officer"], content=content, name="x.xlsx")
    assert "đã đổi thành “61”" in made.found["bad"][0]["problem"]


def test_a_district_brings_back_verified_figures_that_stand_at_once(world: World) -> None:
    book, sheet = _open(_download(world, "district", "cam_giang"))
    heads = {cell.value: cell.column for cell in sheet[layout.HEAD_ROW + 1]}
    if layout.CODE in heads:  # one commune only: a line an indicator
        content = _filled(_saved(book), TC1="đạt")
    else:
        sheet.cell(layout.FIRST_ROW + 1, heads["TC1"]).value = "đạt"
        content = _saved(book)
    made = workbooks.upload(world.actor["district"], content=content, name="huyen.xlsx")
    workbooks.take(world.actor["district"], made.pk)
    assert Observation.objects.get().stage == Stage.VERIFIED
    table = matrix.matrix(world.unit["cam_giang"], registry.by_code(HAI_DUONG), DAY)
    assert table.rows[0].cells[table.numbers.index(1)].outcome == OutcomeCode.MET


@pytest.mark.parametrize("who", ["stranger", "leader"])
def test_a_workbook_is_taken_only_from_an_office_that_may(world: World, who: str) -> None:
    content = _filled(_download(world), **{"10": "59,58"})
    with pytest.raises(Denied):
        workbooks.upload(world.actor[who], content=content, name="x.xlsx")


def test_a_sector_officer_brings_back_only_his_criteria(world: World) -> None:
    content = _filled(_download(world, "income"), **{"10": "59,58", "TC2": "đạt"})
    made = workbooks.upload(world.actor["income"], content=content, name="x.xlsx")
    assert [one["code"] for one in made.found["good"]] == ["10"]
    assert "tiêu chí phụ trách" in made.found["bad"][0]["problem"]


def test_a_dropped_workbook_is_not_taken_and_everything_is_logged(world: World) -> None:
    made = workbooks.upload(world.actor["officer"], content=_filled(_download(world), **{"10": "1"}), name="x.xlsx")
    workbooks.drop(world.actor["officer"], made.pk)
    with pytest.raises(Refused, match="bỏ"):
        workbooks.take(world.actor["officer"], made.pk)
    assert Entry.objects.filter(verb="workbook.upload").count() == 2
    assert Entry.objects.filter(verb="workbook.download").count() == 1


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def test_hostile_and_foreign_files_get_their_sentence(world: World) -> None:
    officer = world.actor["officer"]
    with pytest.raises(FileRefused, match="giải nén ra quá lớn"):
        workbooks.upload(officer, content=_zip(xl__worksheets__sheet1=b"0" * 200_000_000), name="bom.xlsx")
    with pytest.raises(FileRefused, match="trống"):
        workbooks.upload(officer, content=b"", name="x.xlsx")
    with pytest.raises(Refused, match="nặng hơn"):
        workbooks.upload(officer, content=b"PK\x03\x04" + b"0" * 16_000_000, name="x.xlsx")
    other = Workbook()
    with pytest.raises(Refused, match="không phải bảng tính tải từ hệ thống"):
        workbooks.upload(officer, content=_saved(other), name="khac.xlsx")
    with pytest.raises(Refused, match=r"không phải bảng tính \.xlsx"):
        workbooks.upload(officer, content="chỉ là chữ".encode(), name="x.xlsx")
    book, _ = _open(_download(world))
    book[layout.META]["A1"].value = "không phải khoá"
    with pytest.raises(Refused, match="trang khoá đã bị sửa"):
        workbooks.upload(officer, content=_saved(book), name="x.xlsx")


def test_a_workbook_with_a_macro_is_refused(world: World) -> None:
    content = io.BytesIO(_download(world))
    with zipfile.ZipFile(content, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(FileRefused, match="macro"):
        workbooks.upload(world.actor["officer"], content=content.getvalue(), name="x.xlsm")
