"""Nhập công trình ở bàn làm việc: template and list taken out, brought back, looked at, taken; wrong lines sent back."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from faces.desk.working_world import user_of
from ntm.records.funding.models import Works, WorksAmendment, WorksUpload
from ntm.records.funding.workbook import columns

DAY = "ngay=2023-08-01&nam=2023"
ROOM = "/nguon-luc/cong-trinh/"
IMPORT = f"{ROOM}nhap/?{DAY}"
NEW = {"code": "CT-09", "name": "Nhà văn hoá thôn", "total_cost": 900_000_000, "execution": "cộng đồng thực hiện"}


def opened(content: bytes) -> tuple[Any, Any, dict[str, int]]:
    book = load_workbook(io.BytesIO(content))
    sheet = book[columns.SHEET]
    return book, sheet, {cell.value: cell.column for cell in sheet[4]}


def spoiled(content: bytes, *rows: dict[str, Any]) -> bytes:
    """The file with these cells at lines 5, 6, …"""
    book, sheet, heads = opened(content)
    for row, cells in enumerate(rows, start=5):
        for name, value in cells.items():
            sheet.cell(row, heads[columns.of_field(name).head]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sent(client, content: bytes, address: str = IMPORT):
    return client.post(address, {"tep": SimpleUploadedFile("ct.xlsx", content)})


def listed(client) -> bytes:
    return client.get(f"{ROOM}?{DAY}&tai=xlsx").content


def brought(money, client_of) -> str:
    """A file with a changed works, a new one and a wrong line; the address of what was found."""
    client = client_of(money.officer)
    changed = {"name": "Đường trục xã, đoạn 1", "contractor": "Công ty B"}
    wrong = NEW | {"code": "CT-10", "execution": "tự làm"}
    content = spoiled(listed(client), changed, NEW | {"debt_reason": "bão"}, wrong)
    return sent(client, content)["Location"]


def text_of(response) -> str:
    return response.content.decode()


def test_the_list_leads_to_the_template_and_the_import(money, client_of):
    client = client_of(money.officer)
    text = text_of(client.get(f"{ROOM}?{DAY}"))
    assert "cong-trinh/nhap/?" in text and "cong-trinh/mau.xlsx?" in text
    page = text_of(client.get(IMPORT))
    assert "ghi ngày 01/8/2023" in page and "Cách ghi từng cột" in page
    answer = client.get(f"{ROOM}mau.xlsx?{DAY}")
    _book, sheet, heads = opened(answer.content)
    assert answer["Content-Disposition"].endswith("mau-cong-trinh-06280.xlsx")
    assert sheet.max_row == 4 and heads[columns.KEY] == 1 and "Tổng mức đầu tư (đồng)" in heads
    assert columns.fund_head(("central.investment", "investment")) in heads
    _book, sheet, heads = opened(listed(client))
    line = {head: sheet.cell(5, at).value for head, at in heads.items()}
    assert (line["Mã công trình"], line["Tổng mức đầu tư (đồng)"]) == ("CT-01", 5_000_000_000)
    assert (line["Tình trạng"], line["Đã nghiệm thu (đồng)"], line["Còn nợ (đồng)"]) == (
        "đang thi công", 700_000_000, 400_000_000,
    )  # fmt: skip


def test_a_file_is_looked_at_then_taken(money, client_of):
    client = client_of(money.officer)
    address = brought(money, client_of)
    page = client.get(address)
    text = text_of(page)
    assert page.context["counts"] == {"refused": 1, "changed": 1, "new": 1}
    assert "Đường trục xã, đoạn 1" in text and "Công ty A" in text and "không phải cách làm" in text
    assert "900.000.000" in text and "Từ mức" not in text
    assert "vượt mức giao cộng đồng tự thực hiện" in text and "chưa đối chiếu" in text
    assert Works.objects.get().name == "Đường trục xã"
    deed = {"seen": page.context["found"]["mark"], "reason": "QĐ 45"}
    take = address.replace("/?", "/nhan/?")
    assert client.post(take, deed | {"reason": ""}).status_code == 422
    stale = client.post(take, deed | {"seen": "0"})
    assert stale.status_code == 409 and "đã thay đổi từ lúc xem" in text_of(stale)
    done = client.post(take, deed, follow=True)
    assert ": 1 công trình mới, 1 công trình sửa." in text_of(done) and "Về danh sách" in text_of(done)
    assert set(Works.objects.values_list("code", "name")) == {
        ("CT-01", "Đường trục xã, đoạn 1"), ("CT-09", "Nhà văn hoá thôn"),
    }  # fmt: skip
    again = client.post(take, deed)
    assert again.status_code == 422 and "đã nhận rồi" in text_of(again)
    told = text_of(client.get(f"{ROOM}{money.works.pk}/?{DAY}"))
    assert "Các lần sửa hồ sơ" in told and "QĐ 45" in told and "Công ty A" in told
    hall = Works.objects.get(code="CT-09")
    told = text_of(client.get(f"{ROOM}{hall.pk}/?{DAY}"))
    assert "giao cộng đồng tự thực hiện khi dưới 500 triệu đồng" in told and "chưa đối chiếu với văn bản" in told
    assert "Từ 500" not in told and "vượt mức giao cộng đồng" in told


def test_the_bounds_of_community_works_stand_in_the_form(money, client_of):
    text = text_of(client_of(money.officer).get(f"/nguon-luc/{money.area.commune}/cong-trinh/them/?{DAY}"))
    assert "Cộng đồng thực hiện: tổng mức không quá 5 tỷ đồng" in text and "chưa đối chiếu)" in text


def test_wrong_lines_come_back_as_a_workbook(money, client_of):
    client = client_of(money.officer)
    answer = client.get(brought(money, client_of).replace("/?", "/tra-lai.xlsx?"))
    _book, sheet, heads = opened(answer.content)
    assert (sheet.max_row, sheet.cell(5, heads[columns.CODE]).value) == (5, "CT-10")
    assert sheet.max_column == heads[columns.WHY]
    assert sheet.cell(5, heads[columns.WHY]).value.startswith("Cách làm: “tự làm” không phải cách làm")


def test_who_may_not_and_what_is_none(money, client_of, holder):
    address = brought(money, client_of)
    for who in (money.stranger, money.board):
        client = client_of(who)
        there = f"{IMPORT}&don-vi={money.area.commune}"
        assert client.get(there).status_code == 403 and sent(client, b"x", there).status_code == 403
        for rest in ("/?", "/tra-lai.xlsx?"):
            assert client.get(address.replace("/?", rest)).status_code == 403
        assert client.post(address.replace("/?", "/nhan/?"), {}).status_code == 403
    client = client_of(money.officer)
    assert client.post(IMPORT).status_code == 422
    refused = sent(client, b"%PDF-1.7")
    assert refused.status_code == 422 and "không phải bảng tính" in text_of(refused)
    assert client.get(f"{ROOM}nhap/999999/?{DAY}").status_code == 404
    country = client_of(holder("coordination_office")).get(f"{IMPORT}&don-vi=ca-nuoc")
    assert country.status_code == 422 and "Chọn một tỉnh, một xã" in text_of(country)
    assert WorksUpload.objects.count() == 1


def test_one_works_is_amended_on_its_page(money, client_of):
    client = client_of(money.officer)
    address = f"{ROOM}{money.works.pk}/sua-ho-so/?{DAY}"
    form = client.get(address).context["form"]
    given = {one.name: one.value() for one in form if one.value() not in (None, False)}
    given |= {"on": "01/8/2023", "reason": "tên theo quyết định", "name": "Đường trục chính"}
    assert client.post(address, given | {"reason": ""}).status_code == 422
    assert client.post(address, given).status_code == 302
    assert [line[0] for line in WorksAmendment.objects.get().changes] == ["Tên công trình"]
    late = client.post(address, given | {"name": "Đường khác"})
    assert late.status_code == 422 and "vừa được người khác sửa" in text_of(late)
    assert client_of(money.board).get(address).status_code == 403


def test_the_pages_ask_no_more_for_many_lines(money, client_of):
    client = client_of(money.officer)
    blank = client.get(f"{ROOM}mau.xlsx?{DAY}").content

    def asked(many: int) -> int:
        rows = [NEW | {"code": f"M{number}", "debt_reason": "bão"} for number in range(many)]
        address = sent(client, spoiled(blank, *rows))["Location"]
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address)
        assert len(page.context["new"]) == min(many, 20)
        return len(queries)

    asked(1)
    assert asked(2) == asked(60) <= 24
    whole = client.get(f"{ROOM}nhap/{WorksUpload.objects.latest('pk').pk}/?{DAY}&xem=moi")
    assert len(whole.context["new"]) == 60 and whole.context["refused"] == []


@pytest.mark.browser
def test_a_file_brought_in_by_a_browser(money, client_of, desk, assert_accessible, tmp_path):
    content = spoiled(listed(client_of(money.officer)), {"name": "Đường trục xã, đoạn 1"}, NEW | {"debt_reason": "bão"})
    file = tmp_path / "cong-trinh.xlsx"
    file.write_bytes(content)
    page = desk.sign_in(user_of(money.officer))
    page.goto(f"{ROOM}?{DAY}")
    page.get_by_role("link", name="Nhập từ bảng tính").click()
    page.get_by_role("heading", name="Nộp bảng đã điền").wait_for()
    assert_accessible(page)
    page.set_input_files("#tep", str(file))
    page.get_by_role("button", name="Nộp và so với hồ sơ").click()
    page.get_by_role("heading", name="Công trình mới").wait_for()
    assert_accessible(page)
    desk.picture(page, "works-sheet-shown", whole=True)
    page.get_by_role("button", name="Nhận 2 dòng đúng").click()
    page.get_by_label("Lý do sửa hồ sơ").fill("QĐ 45")
    page.get_by_role("dialog").get_by_role("button", name="Nhận 2 dòng đúng").click()
    page.get_by_text(": 1 công trình mới, 1 công trình sửa.").wait_for()
    page.get_by_role("link", name="Về danh sách công trình").click()
    page.get_by_role("link", name="CT-09 Nhà văn hoá thôn").first.wait_for()
    assert set(Works.objects.values_list("code", flat=True)) == {"CT-01", "CT-09"}
