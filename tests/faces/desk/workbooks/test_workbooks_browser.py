"""Bảng tính trong trình duyệt: downloaded, filled, brought back, compared, taken; then drafts on the entry sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from faces.conftest import PHONE
from faces.desk.working_world import HAI_DUONG, QUERY, typed, user_of
from ntm.records.standing.models import Observation
from ntm.records.standing.models.observations import State
from ntm.records.standing.workbook import layout

CHOSEN = f"{QUERY}&bo={HAI_DUONG}"
pytestmark = pytest.mark.browser


def _fill(path: Path, **values: Any) -> None:
    book = load_workbook(path)
    sheet = book[layout.SHEET]
    heads = {cell.value: cell.column for cell in sheet[layout.HEAD_ROW + 1]}
    for row in range(layout.FIRST_ROW + 1, sheet.max_row + 1):
        code = sheet.cell(row, heads[layout.CODE]).value
        if code in values:
            sheet.cell(row, heads[layout.VALUE]).value = values[code]
    book.save(path)


def test_a_workbook_goes_out_is_filled_comes_back_and_is_taken(world, desk, assert_accessible, tmp_path):
    typed(world, "10", "55,2")
    page = desk.sign_in(user_of(world.actor["officer"]))
    page.goto(desk.url + "/bang-tinh/" + CHOSEN)
    assert_accessible(page)
    desk.picture(page, "workbooks")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Tải bảng tính", exact=True).click()
    path = tmp_path / coming.value.suggested_filename
    coming.value.save_as(path)

    _fill(path, **{"10": 65.5, "TC1": "đạt", "TC2": "có lẽ", "TC3": "đạt", "TC5": "chưa đạt"})
    page.set_input_files("input[name=tep]", str(path))
    page.get_by_role("button", name="Nộp và so với số đang có").click()
    page.wait_for_url("**/bang-tinh/*/*")
    assert_accessible(page)
    desk.picture(page, "workbook-found", whole=True)
    row = page.get_by_role("row").filter(has_text="65,5")
    assert "55,2" in row.inner_text() and "≥ 64" in row.inner_text() and "đạt" in row.inner_text()
    bad = page.locator(".workbook-bad tbody tr")
    assert bad.count() == 1 and "có lẽ" in bad.inner_text() and layout.SHEET in bad.inner_text()

    page.get_by_role("button", name="Nhận 4 ô đúng").click()
    dialog = page.get_by_role("dialog")
    assert "4 ô của 1 đơn vị thành số liệu nháp" in dialog.inner_text()
    assert_accessible(page)
    desk.picture(page, "workbook-take")
    dialog.get_by_role("button", name="Nhận 4 ô").click()
    page.get_by_text("Đã nhận 4 ô.").wait_for()
    desk.picture(page, "workbook-taken")
    assert Observation.objects.filter(state=State.DRAFT).count() == 4

    page.get_by_role("link", name="Mở bảng nhập").click()
    page.wait_for_url(f"**/nhap-so-lieu/{world.unit['thach_loi']}/{HAI_DUONG}/**")
    assert page.locator("[name='v.10']").input_value() == "65,5"


def test_a_file_dropped_on_the_frame_is_sent(world, desk, tmp_path):
    page = desk.sign_in(user_of(world.actor["officer"]))
    page.goto(desk.url + "/bang-tinh/" + CHOSEN)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Tải bảng tính", exact=True).click()
    path = tmp_path / "tha.xlsx"
    coming.value.save_as(path)
    _fill(path, **{"10": "59,58"})
    page.evaluate(
        """(bytes) => {
            const given = new DataTransfer();
            given.items.add(new File([new Uint8Array(bytes)], "tha.xlsx"));
            const frame = document.querySelector("[data-workbook-drop]");
            for (const name of ["dragover", "drop"])
                frame.dispatchEvent(new DragEvent(name, { dataTransfer: given, bubbles: true, cancelable: true }));
        }""",
        list(path.read_bytes()),
    )
    page.get_by_role("button", name="Nhận 1 ô đúng").wait_for()


def test_on_a_phone_cells_are_cards_and_nothing_runs_over(world, desk, assert_accessible, tmp_path):
    typed(world, "10", "55,2")
    page = desk.sign_in(user_of(world.actor["officer"]), size=PHONE)
    page.goto(desk.url + "/bang-tinh/" + CHOSEN)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Tải bảng tính", exact=True).click()
    path = tmp_path / "dien-thoai.xlsx"
    coming.value.save_as(path)
    _fill(path, **{"10": "59,58", "TC2": "có lẽ", "TC1": "đạt"})
    page.set_input_files("input[name=tep]", str(path))
    page.get_by_role("button", name="Nộp và so với số đang có").click()
    page.wait_for_url("**/bang-tinh/*/*")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    assert_accessible(page)
    desk.picture(page, "workbook-found-phone", whole=True)
    page.goto(page.url + "&xem=don-vi")
    assert page.evaluate(wide) <= 0
    assert_accessible(page)
    page.goto(desk.url + "/bang-tinh/" + CHOSEN)
    assert page.evaluate(wide) <= 0
    assert_accessible(page)
    desk.picture(page, "workbooks-phone", whole=True)


def test_without_scripts_the_whole_way_stays(world, desk, tmp_path):
    page = desk.sign_in(user_of(world.actor["officer"]), script=False)
    page.goto(desk.url + "/bang-tinh/" + CHOSEN)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Tải bảng tính", exact=True).click()
    path = tmp_path / "khong-js.xlsx"
    coming.value.save_as(path)
    _fill(path, **{"10": "59,58"})
    page.set_input_files("input[name=tep]", str(path))
    page.get_by_role("button", name="Nộp và so với số đang có").click()
    assert "59,58" in page.locator(".workbook-changed").inner_text()
