"""Đề xuất phân bổ tại bàn: asked by a form, followed, read with reasons, compared, exported; a stranger is refused."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from ntm.records.funding import working_out
from ntm.records.funding.models import AllocationProposal
from ntm.records.funding.services import proposing
from records.funding.test_proposals import SET, TY, ask, asked, done

QUERY = "?ngay=2023-06-01"


@pytest.fixture
def desk(town, client_of):
    return client_of(town.office)


def _page(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def _new(town) -> str:
    return f"/nguon-luc/{town.area.district}/de-xuat/moi/{QUERY}&nam=2023"


FORM = {
    "title": "Phương án một", "set": SET, "basis": "2", "assume_planned": "on", "debt_first": "on", "due_first": "on",
    "no_new_while_debt": "on", "difficult_weight": "2", "started_weight": "1", "seconds": "5",
    "ceiling_0": "6 tỷ", "debt_0": "on",
}  # fmt: skip


def test_it_is_asked_by_a_form_and_worked_out_in_the_background(
    town, desk, settings, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    text = _page(desk, _new(town))
    assert "Trần các nguồn" in text and "Ngân sách trung ương, vốn đầu tư phát triển" in text
    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(_new(town), FORM)
    assert response.status_code == 302
    made = AllocationProposal.objects.get()
    assert (made.state, made.title, made.parameters["seconds"]) == ("done", "Phương án một", 5)
    text = desk.get(response["Location"]).content.decode()
    assert "Xã đủ tiêu chí danh hiệu" in text and "không cách chọn nào hơn được" in text and "xã Văn An" in text
    assert "5.000" in text and made.digest in text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ceiling_0": "nhiều"}, "nhiều"),
        ({"ceiling_0": ""}, "Chưa có đồng nào"),
        ({"share_difficult": "120"}, "từ 0 đến 100"),
        ({"seconds": "0"}, "1"),
        ({"title": ""}, "Đặt tên cho phương án"),
    ],
)
def test_a_wrong_form_is_shown_again_with_its_sentence(town, desk, changed, said):
    response = desk.post(_new(town), FORM | changed)
    assert response.status_code == 422 and said in response.content.decode()
    assert not AllocationProposal.objects.exists()


def test_the_faces_of_a_result_and_its_reasons(town, desk):
    view = done(town)
    base = f"/nguon-luc/de-xuat/{view.proposal.pk}/"
    assert "Công trình TRUONG" in _page(desk, f"{base}{QUERY}&xem=co")
    out = _page(desk, f"{base}{QUERY}&xem=khong")
    assert "Công trình TRUONG-B" in out and "xem lý do" in out
    assert "phấn đấu trong năm" in _page(desk, f"{base}{QUERY}&xem=don-vi")
    assert "6.000" in _page(desk, f"{base}{QUERY}&xem=nguon")
    why = _page(desk, f"{base}vi-sao/ct-{town.other}/{QUERY}")
    assert "Vì sao không" in why and "còn thiếu" in why
    assert "Vì sao có" in _page(desk, f"{base}vi-sao/ct-{town.school}/{QUERY}")
    _page(desk, f"{base}vi-sao/ct-0/{QUERY}", 404)
    _page(desk, f"{base}{QUERY}&xem=gi", 422)
    _page(desk, f"/nguon-luc/de-xuat/999999/{QUERY}", 404)


def test_the_workbook_holds_every_works_to_the_dong(town, desk):
    view = done(town)
    response = desk.get(f"/nguon-luc/de-xuat/{view.proposal.pk}/tai.xlsx{QUERY}")
    book = load_workbook(io.BytesIO(response.content))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert len(rows) == 4 and sum(row[4] for row in rows) == 5 * TY
    assert book.worksheets[4].cell(7, 2).value == view.proposal.digest


def test_the_lines_open_the_form_of_a_decision_and_post_nothing(town, desk):
    view = done(town)
    text = _page(desk, f"/nguon-luc/de-xuat/{view.proposal.pk}/{QUERY}")
    assert "Đưa vào dự thảo phân bổ" in text and 'value="2000000000 đồng"' in text and "dong-2-unit" in text


def test_progress_failure_and_withdrawal(town, desk):
    made = ask(town, asked(0))
    base = f"/nguon-luc/de-xuat/{made.pk}/"
    assert "Đang chờ đến lượt tính" in _page(desk, f"{base}{QUERY}")
    assert "Đang chờ" in _page(desk, f"{base}tien-do/{QUERY}")
    working_out.work_out(made.pk)
    over = desk.get(f"{base}tien-do/{QUERY}")
    assert over.status_code == 204 and over["HX-Refresh"] == "true"
    assert "Không còn đồng nào để phân bổ" in _page(desk, f"{base}{QUERY}")
    refused = desk.post(f"{base}rut/{QUERY}", {"reason": ""})
    assert refused.status_code == 422 and "Ghi lý do" in refused.content.decode()
    assert desk.post(f"{base}rut/{QUERY}", {"reason": "sai trần"}).status_code == 302
    assert "sai trần" in _page(desk, f"{base}{QUERY}")


def test_prices_of_rules_are_asked_on_demand(town, desk, settings, django_capture_on_commit_callbacks):
    view = done(town)
    base = f"/nguon-luc/de-xuat/{view.proposal.pk}/"
    assert "Tính giá của từng quy tắc" in _page(desk, f"{base}{QUERY}")
    assert desk.post(f"{base}gia-quy-tac/{QUERY}").status_code == 302
    assert "Đang chờ đến lượt tính" in _page(desk, f"{base}{QUERY}")
    assert desk.post(f"{base}gia-quy-tac/{QUERY}").status_code == 422
    working_out.price(view.proposal.pricing.pk)
    assert "Bỏ quy tắc “trả nợ đọng trước”" in _page(desk, f"{base}{QUERY}")


def test_two_are_set_side_by_side(town, desk):
    first, second = done(town, title="Một"), done(town, asked(9 * TY), title="Hai")
    text = _page(desk, f"/nguon-luc/de-xuat/{QUERY}&nam=2023&don-vi={town.area.district}")
    assert "Đặt hai phương án cạnh nhau" in text
    text = _page(desk, f"/nguon-luc/de-xuat/so-sanh/{QUERY}&mot={first.proposal.pk}&hai={second.proposal.pk}")
    assert "Chỉ có trong “Hai”" in text and "Công trình TRUONG-B" in text and "xã Tràng Phái" in text
    _page(desk, f"/nguon-luc/de-xuat/so-sanh/{QUERY}&mot={first.proposal.pk}", 422)
    again = _page(desk, f"{_new(town)}&tu={second.proposal.pk}")
    assert "Hai, phương án khác" in again and 'value="9 tỷ đồng"' in again


def test_a_stranger_reads_nothing_and_a_reader_asks_nothing(town, client_of, holder):
    view = done(town)
    stranger = client_of(holder("commune_officer", town.area.stranger))
    for address in (f"{view.proposal.pk}/", f"{view.proposal.pk}/tai.xlsx", f"{view.proposal.pk}/vi-sao/ct-1/"):
        assert stranger.get(f"/nguon-luc/de-xuat/{address}{QUERY}").status_code == 403
    reader = client_of(holder("sector_officer", town.area.district, ("2",)))
    text = _page(reader, f"/nguon-luc/de-xuat/{view.proposal.pk}/{QUERY}")
    assert "Rút phương án" not in text and "Đưa vào dự thảo" not in text
    assert reader.get(_new(town)).status_code == 403 and reader.post(_new(town), FORM).status_code == 403
    assert reader.post(f"/nguon-luc/de-xuat/{view.proposal.pk}/rut/{QUERY}", {"reason": "x"}).status_code == 403


def test_pages_ask_a_constant_number_of_queries(town, desk):
    view = done(town)
    address = f"/nguon-luc/de-xuat/{QUERY}&nam=2023&don-vi={town.area.district}"

    def counted(where: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            _page(desk, where)
        return len(queries)

    before = counted(address)
    for _ in range(2):
        made = ask(town)
        proposing.withdraw(town.office, made.pk, reason="", on=made.on)
        done(town)
    assert counted(address) == before <= 30
    assert counted(f"/nguon-luc/de-xuat/{view.proposal.pk}/{QUERY}") <= 30
