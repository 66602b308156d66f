"""Bảng tính: what to download, what came back, what is said of it; without scripts."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from faces.desk.working_world import DAY, HAI_DUONG, QUERY, typed
from ntm.records.standing.models import Observation, UploadState, WorkbookUpload
from ntm.records.standing.models.observations import State
from ntm.records.standing.services import workbooks
from ntm.records.standing.workbook import layout

ROOM = "/bang-tinh/"


def filled(content: bytes, **values: Any) -> bytes:
    """Typed into the value column of a workbook of one unit."""
    book = load_workbook(io.BytesIO(content))
    sheet = book[layout.SHEET]
    heads = {cell.value: cell.column for cell in sheet[layout.HEAD_ROW + 1]}
    rows = {sheet.cell(row, heads[layout.CODE]).value: row for row in range(layout.FIRST_ROW + 1, sheet.max_row + 1)}
    for code, value in values.items():
        sheet.cell(rows[code], heads[layout.VALUE]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def downloaded(world: Any, who: str = "officer", unit: str = "thach_loi") -> bytes:
    return workbooks.download(world.actor[who], unit_id=world.unit[unit], set_code=HAI_DUONG, as_of=DAY)[1]


def brought(client: Any, content: bytes, name: str = "thach-loi.xlsx") -> Any:
    return client.post(f"{ROOM}nop/{QUERY}", {"tep": SimpleUploadedFile(name, content)})


def opened(client: Any, response: Any, query: str = "") -> str:
    address = response["Location"] + ("&" + query if query else "")
    return client.get(address).content.decode()


def test_the_offices_own_area_is_offered_first_with_set_and_day(world, client_of):
    text = client_of(world.actor["officer"]).get(ROOM + QUERY).content.decode()
    assert "Xã Thạch Lỗi (của cơ quan)" in text
    assert f'value="{HAI_DUONG}"' in text and 'value="31/12/2022"' in text
    assert "nháp tự đánh giá" in text


def test_a_province_offers_its_districts_and_says_that_the_figures_are_verified(world, client_of):
    client = client_of(world.actor["province"])
    text = client.get(ROOM + QUERY).content.decode()
    assert "Tỉnh Hải Dương (của cơ quan)" in text and "Huyện Cẩm Giàng" in text
    assert "kết quả thẩm tra" in text
    lower = client.get(f"{ROOM}{QUERY}&don-vi={world.unit['cam_giang']}").content.decode()
    assert "Xã Thạch Lỗi" in lower and "Tỉnh Hải Dương (của cơ quan)" in lower


def test_the_file_is_a_workbook_under_its_own_name(world, client_of):
    client = client_of(world.actor["officer"])
    response = client.get(f"{ROOM}tai/{QUERY}&don-vi={world.unit['thach_loi']}&bo={HAI_DUONG}&den-ngay=31/12/2022")
    assert response.status_code == 200
    assert f"so-lieu-10906-{HAI_DUONG}-20221231.xlsx" in response["Content-Disposition"]
    assert layout.SHEET in load_workbook(io.BytesIO(response.content)).sheetnames


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("don-vi=&bo=", "Chọn địa bàn"),
        ("den-ngay=32/13/2022", "32/13/2022"),
        ("den-ngay=01/01/1990", "ngoài thời gian áp dụng"),
    ],
)
def test_what_cannot_be_downloaded_is_said_on_the_page(world, client_of, asked, words):
    client = client_of(world.actor["officer"])
    given = asked if "don-vi" in asked else f"don-vi={world.unit['thach_loi']}&bo={HAI_DUONG}&{asked}"
    response = client.get(f"{ROOM}tai/{QUERY}&{given}", follow=True)
    assert response.status_code == 200 and words in response.content.decode()


def test_another_offices_area_is_refused_in_a_sentence(world, client_of):
    client = client_of(world.actor["stranger"])
    assert client.get(f"{ROOM}{QUERY}&don-vi={world.unit['thach_loi']}").status_code == 403
    assert client.get(f"{ROOM}tai/{QUERY}&don-vi={world.unit['thach_loi']}&bo={HAI_DUONG}").status_code == 403
    response = brought(client, filled(downloaded(world), **{"10": "59,58"}))
    assert response.status_code == 403 and not WorkbookUpload.objects.exists()


def test_the_dry_run_says_before_after_and_what_it_would_mean(world, client_of):
    typed(world, "10", "55,2")
    client = client_of(world.actor["officer"])
    response = brought(client, filled(downloaded(world), **{"10": "59,58", "TC1": "đạt"}))
    text = opened(client, response)
    assert response.status_code == 302
    assert ">55,2<" in text and "<b>59,58</b>" in text and "59,58 &lt; 64" in text and "2581/QĐ-UBND" in text
    assert "Nhận 2 ô đúng" in text and "2 ô của 1 đơn vị thành số liệu nháp" in text
    assert "0 thành 1" in text  # criterion 1 as stated
    assert Observation.objects.get().typed == "55,2"  # nothing taken yet


def test_bad_cells_come_first_with_sheet_cell_and_reason(world, client_of):
    client = client_of(world.actor["officer"])
    text = opened(client, brought(client, filled(downloaded(world), **{"10": "59,58", "TC2": "có lẽ"})))
    assert text.index('id="o-sai"') < text.index('id="o-doi"')
    assert "có lẽ" in text and "đạt, chưa đạt hoặc không xét" in text and layout.SHEET in text
    assert "1 ô cần sửa không được nhận." in text


def test_taking_makes_drafts_and_leads_to_the_entry_sheet(world, client_of):
    client = client_of(world.actor["officer"])
    brought(client, filled(downloaded(world), **{"10": "59,58", "TC2": "có lẽ"}))
    made = WorkbookUpload.objects.get()
    response = client.post(f"{ROOM}{made.pk}/nhan/{QUERY}", follow=True)
    text = response.content.decode()
    assert "Đã nhận 1 ô." in text and f"/nhap-so-lieu/{world.unit['thach_loi']}/{HAI_DUONG}/?ngay=2022-12-31" in text
    assert Observation.objects.get().state == State.DRAFT
    again = client.post(f"{ROOM}{made.pk}/nhan/{QUERY}")
    assert again.status_code == 422 and "đã nhận" in again.content.decode()


def test_dropping_takes_nothing(world, client_of):
    client = client_of(world.actor["officer"])
    brought(client, filled(downloaded(world), **{"10": "59,58"}))
    made = WorkbookUpload.objects.get()
    text = client.post(f"{ROOM}{made.pk}/bo/{QUERY}", follow=True).content.decode()
    made.refresh_from_db()
    assert made.state == UploadState.DROPPED and not Observation.objects.exists()
    assert "không ô nào được nhận" in text and "đã bỏ" in text


def test_the_marked_workbook_comes_back_red(world, client_of):
    client = client_of(world.actor["officer"])
    brought(client, filled(downloaded(world), TC2="có lẽ"))
    made = WorkbookUpload.objects.get()
    response = client.get(f"{ROOM}{made.pk}/danh-dau/")
    place = made.found["bad"][0]["place"].split("!")[1]
    cell = load_workbook(io.BytesIO(response.content))[layout.SHEET][place]
    assert cell.fill.fgColor.rgb.endswith("F4C7C3") and "có lẽ" in cell.comment.text
    assert "danh-dau-thach-loi.xlsx" in response["Content-Disposition"]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "trong.xlsx", "trống"),
        ("chỉ là chữ".encode(), "x.xlsx", "không phải bảng tính .xlsx"),
        (b"PK\x03\x04" + b"0" * 20_000_000, "to.xlsx", "nặng hơn 15 MB"),
    ],
)
def test_a_file_that_is_no_workbook_gets_its_sentence_on_the_page(world, client_of, content, name, words):
    response = brought(client_of(world.actor["officer"]), content, name)
    assert response.status_code == 422 and words in response.content.decode()


def test_without_a_file_the_page_says_what_to_choose(world, client_of):
    response = client_of(world.actor["officer"]).post(f"{ROOM}nop/{QUERY}")
    assert response.status_code == 422 and "Chưa chọn tệp nào" in response.content.decode()


def test_the_history_is_of_the_area_and_drafts_stay_with_their_office(world, client_of):
    brought(client_of(world.actor["officer"]), filled(downloaded(world), **{"10": "59,58"}))
    made = WorkbookUpload.objects.get()
    district = client_of(world.actor["district"])
    text = district.get(ROOM + QUERY).content.decode()
    assert "thach-loi.xlsx" in text and "chờ nhận 1 ô" in text
    assert f"{ROOM}{made.pk}/" not in text
    assert district.get(f"{ROOM}{made.pk}/").status_code == 403
    assert district.get(f"{ROOM}{made.pk}/danh-dau/").status_code == 403
    assert district.post(f"{ROOM}{made.pk}/bo/").status_code == 403
    assert district.post(f"{ROOM}{made.pk}/nhan/").status_code == 403
    made.refresh_from_db()
    assert made.state == UploadState.READ
    assert "thach-loi.xlsx" not in client_of(world.actor["stranger"]).get(ROOM + QUERY).content.decode()


def test_a_leader_reads_but_does_not_bring_back(world, client_of):
    text = client_of(world.actor["leader"]).get(ROOM + QUERY).content.decode()
    assert "chỉ xem bảng tính" in text and 'name="tep"' not in text


def test_a_verified_workbook_says_so_and_opens_the_matrix(world, client_of):
    client = client_of(world.actor["district"])
    content = downloaded(world, "district", "cam_giang")
    text = opened(client, brought(client, filled(content, TC1="đạt"), "cam-giang.xlsx"))
    assert "kết quả thẩm tra" in text and "có hiệu lực ngay" in text
    made = WorkbookUpload.objects.get()
    text = client.post(f"{ROOM}{made.pk}/nhan/{QUERY}", follow=True).content.decode()
    assert "Đã nhận 1 ô." in text and Observation.objects.get().state == State.ACCEPTED


def test_faces_filters_and_nothing(world, client_of):
    client = client_of(world.actor["officer"])
    response = brought(client, filled(downloaded(world), **{"10": "59,58", "TC1": "đạt", "TC2": "sao"}))
    assert "TC1" in opened(client, response, "ket-qua=met") and "59,58 &lt;" not in opened(
        client, response, "ket-qua=met"
    )
    assert "Không có ô nào hợp điều kiện lọc." in opened(client, response, "ket-qua=not_met&don-vi=1")
    assert 'class="met">1<' in opened(client, response, "xem=don-vi")
    assert "sao" in opened(client, response, "xem=sai")
    unchanged = brought(client, downloaded(world), "khong-doi.xlsx")
    assert "Không có ô nào khác với số đang có." in opened(client, unchanged)


def test_pages_ask_few_questions_and_weigh_little(world, client_of):
    client = client_of(world.actor["officer"])
    values = {f"TC{no}": "đạt" for no in range(1, 20)}
    response = brought(client, filled(downloaded(world), **values))
    for address in (ROOM + QUERY, response["Location"]):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address)
        assert page.status_code == 200
        assert len(queries) <= 30, [one["sql"][:90] for one in queries]
        assert len(page.content) < 150_000


def test_no_such_upload_and_no_such_unit(world, client_of):
    client = client_of(world.actor["officer"])
    assert client.get(f"{ROOM}999/").status_code == 422
    assert client.get(f"{ROOM}?don-vi=abc").status_code == 422


@pytest.mark.parametrize(("who", "on"), [("district", "2025-07-02"), ("officer", "1990-01-01")])
def test_a_day_without_a_set_or_without_the_place_is_said_beside_the_choice(world, client_of, who, on):
    """Huyện Cẩm Giàng ends on 01/07/2025; in 1990 there was no set: the page stays, with a sentence for the button."""
    response = client_of(world.actor[who]).get(f"{ROOM}?ngay={on}")
    text = response.content.decode()
    assert response.status_code == 200 and "không có bộ tiêu chí nào cho" in text
    assert 'name="den-ngay"' not in text and 'name="tep"' in text


def test_the_room_speaks_english_too(world, client_of, settings):
    client = client_of(world.actor["officer"])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    text = client.get(ROOM + QUERY).content.decode()
    assert "Bring back a filled workbook" in text and "Nộp bảng tính" not in text
    text = opened(client, brought(client, filled(downloaded(world), **{"10": "59,58", "TC1": "đạt"})))
    assert "Take 2 good cells" in text and "2 cells (units: 1) become drafts as of 31/12/2022" in text
