"""Bảng nhập: the sheet, a cell saved as typed, the whole saved by a button, and who may not."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faces.desk.working_world import DAY, HAI_DUONG, QUERY, campaign_of, sent, sheet_url, typed
from ntm.records.audit.models import Entry
from ntm.records.standing import services
from ntm.records.standing.models import Observation
from ntm.records.standing.models.observations import FactKind, State

HTMX = {"HX-Request": "true"}


def _type(client, world, code, value, note="", seen=0, **headers):
    data = {f"v.{code}": value, f"n.{code}": note, f"seen.{code}": seen}
    return client.post(sheet_url(world, f"o/{code}/"), data, headers=HTMX | headers)


def test_the_sheet_shows_the_level_in_force_with_its_instrument_and_weighs_little(world, client_of):
    typed(world, "10", "55,2", "cũ", on=date(2022, 10, 1))
    client = client_of(world.actor["officer"])
    client.get(sheet_url(world))
    with CaptureQueriesContext(connection) as queries:
        response = client.get(sheet_url(world))
    text = response.content.decode()
    assert response.status_code == 200
    assert "≥ 64" in text and "2581/QĐ-UBND" in text and "triệu đồng/<wbr>người/<wbr>năm" in text
    assert "đang dùng 55,2 (01/10/2022)" in text
    assert len(queries) <= 24
    assert len(response.content) < 150_000


def test_without_a_day_the_open_review_gives_it_and_says_so(world, client_of):
    campaign_of(world)
    client = client_of(world.actor["officer"])
    response = client.get(sheet_url(world, query=""))
    assert response["Location"].endswith(f"/{HAI_DUONG}/?ngay=2022-12-31")
    assert "hạn gửi 15/01/2023" in client.get(response["Location"]).content.decode()


def test_where_to_type_begins_with_what_a_review_asks(world, client_of):
    client = client_of(world.actor["officer"])
    before = client.get(f"/nhap-so-lieu/{QUERY}").content.decode()
    assert before.index("xa-ntm-2021-2025") < before.index(HAI_DUONG) and 'class="asked"' not in before
    campaign_of(world)
    text = client.get(f"/nhap-so-lieu/{QUERY}").content.decode()
    assert text.index(HAI_DUONG) < text.index("xa-ntm-2021-2025")
    assert "Rà soát cuối năm 2022 · hạn 15/01/2023" in text and "(còn 15 ngày)" in text
    assert text.count('class="asked"') == 1


def test_criteria_answered_as_a_whole_are_counted_beside_the_indicators(world, client_of):
    client = client_of(world.actor["officer"])
    assert "tiêu chí theo kết luận chung" not in client.get(sheet_url(world)).content.decode()
    for code in ("TC3", "TC4"):
        typed(world, code, "đạt", "báo cáo")
    assert "</b> · 2 tiêu chí theo kết luận chung · 2 chưa gửi" in client.get(sheet_url(world)).content.decode()


def test_without_a_review_the_day_is_the_last_of_the_set_or_of_last_year(world, client_of):
    response = client_of(world.actor["officer"]).get(sheet_url(world, query=""))
    assert response.status_code == 302 and "-12-31" in response["Location"]


def test_a_typed_figure_is_saved_judged_and_explained_at_once(world, client_of):
    client = client_of(world.actor["officer"])
    response = _type(client, world, "10", "59,58")
    text = response.content.decode()
    draft = Observation.objects.get()
    assert response.status_code == 200
    assert (draft.typed, draft.state, draft.as_of) == ("59,58", State.DRAFT, DAY)
    assert "đã lưu" in text and "chưa đạt" in text and "59,58 &lt; 64" in text and "2581/QĐ-UBND" in text
    assert f'name="seen.10" value="{draft.pk}"' in text
    assert "1 chưa gửi" in text and "1 thiếu minh chứng hoặc lý do" in text
    assert "<html" not in text


@pytest.mark.parametrize("wrong", ["08/09", "nhiều", "1,2,3"])
def test_what_cannot_be_read_stays_on_the_page_with_a_sentence(world, client_of, wrong):
    response = _type(client_of(world.actor["officer"]), world, "10", wrong)
    text = response.content.decode()
    assert response.status_code == 422
    assert 'class="saved wrong"' in text and wrong in text
    assert not Observation.objects.exists()


def test_a_cell_without_its_day_in_the_address_takes_the_proposed_one_never_today(world, client_of):
    campaign_of(world)
    client = client_of(world.actor["officer"])
    client.post(sheet_url(world, "o/10/", query=""), {"v.10": "60", "n.10": "x", "seen.10": "0"}, headers=HTMX)
    assert Observation.objects.get().as_of == DAY


def test_two_people_on_one_figure_see_each_other_and_nothing_is_lost(world, client_of):
    client = client_of(world.actor["officer"])
    _type(client, world, "10", "59,58")
    response = _type(client, world, "10", "61", seen=0)
    text = response.content.decode()
    assert response.status_code == 422
    assert "59,58" in text and 'data-put="59,58"' in text and "Vẫn ghi 61" in text
    assert Observation.objects.get().typed == "59,58"
    seen = Observation.objects.get().pk
    assert _type(client, world, "10", "61", seen=seen).status_code == 200
    assert Observation.objects.get(state=State.DRAFT).typed == "61"


def test_the_same_figure_said_again_after_a_lost_answer_is_no_conflict(world, client_of):
    client = client_of(world.actor["officer"])
    assert _type(client, world, "10", "59,58").status_code == 200
    assert _type(client, world, "10", "59,58", seen=0).status_code == 200
    assert Observation.objects.count() == 1


def test_yes_no_is_chosen_and_not_considered_asks_why(world, client_of):
    client = client_of(world.actor["officer"])
    assert "đạt" in _type(client, world, "1.1", "đạt").content.decode()
    assert Observation.objects.get(code="1.1").kind == FactKind.YES
    assert "ghi lý do không xét" in _type(client, world, "7", "không xét").content.decode()
    draft = Observation.objects.get(code="7")
    told = _type(client, world, "7", "không xét", "Xã không có chợ", seen=draft.pk).content.decode()
    assert "ghi lý do không xét" not in told


def test_conclusions_of_whole_criteria_and_title_conditions_can_be_typed(world, client_of):
    client = client_of(world.actor["officer"])
    assert 'name="v.TC5"' not in client.get(sheet_url(world)).content.decode()
    text = client.get(sheet_url(world) + "&ket-luan=1").content.decode()
    assert 'name="v.TC5"' in text and 'name="v.satisfaction"' in text
    assert _type(client, world, "TC5", "đạt", "Theo báo cáo").status_code == 200
    assert 'name="v.TC5"' in client.get(sheet_url(world)).content.decode()  # once stated it stays in sight
    assert _type(client, world, "no_debt", "đạt", "Không nợ").status_code == 200


def test_the_whole_sheet_is_saved_by_its_button_and_only_what_changed(world, client_of):
    first = typed(world, "11", "1,9", "hộ nghèo")
    client = client_of(world.actor["officer"])
    data = {
        "v.10": "59,58", "n.10": "", "seen.10": "0",
        "v.11": "1,9", "n.11": "hộ nghèo", "seen.11": str(first.pk),
        "v.2.1": "", "n.2.1": "", "seen.2.1": "0",
    }  # fmt: skip
    response = client.post(sheet_url(world), data)
    assert response.status_code == 302
    assert {one.code: one.typed for one in Observation.objects.all()} == {"10": "59,58", "11": "1,9"}
    assert Entry.objects.filter(verb="observation.record").count() == 2


def test_what_the_button_could_not_save_stays_typed_with_its_sentence(world, client_of):
    client = client_of(world.actor["officer"])
    data = {"v.10": "08/09", "n.10": "", "seen.10": "0", "v.11": "2,1", "n.11": "", "seen.11": "0"}
    response = client.post(sheet_url(world), data)
    text = response.content.decode()
    assert response.status_code == 422
    assert 'value="08/09"' in text and "Còn 1 ô chưa lưu được" in text
    assert Observation.objects.get().code == "11"


def test_a_page_that_is_older_than_the_draft_does_not_overwrite_it(world, client_of):
    client = client_of(world.actor["officer"])
    typed(world, "10", "59,58")  # typed by a colleague after the page was made
    untouched = {"v.10": "", "n.10": "", "seen.10": "0"}
    assert client.post(sheet_url(world), untouched).status_code == 302
    response = client.post(sheet_url(world), untouched | {"v.10": "70"})
    assert response.status_code == 422 and "59,58" in response.content.decode()
    assert Observation.objects.get().typed == "59,58"


def test_a_returned_figure_is_marked_with_its_reason(world, client_of):
    services.give_back(world.actor["income"], sent(world).pk, reason="Thiếu biên bản của thôn 2")
    text = client_of(world.actor["officer"]).get(sheet_url(world)).content.decode()
    assert "1 chỉ tiêu bị trả lại" in text and "Thiếu biên bản của thôn 2" in text


def test_a_locked_review_leaves_nothing_to_type(world, client_of):
    services.close_campaign(world.actor["district"], campaign_of(world).pk, on=DAY)
    client = client_of(world.actor["officer"])
    text = client.get(sheet_url(world)).content.decode()
    assert "đã khoá" in text and 'name="v.10"' not in text and "Gửi thẩm tra…" not in text
    response = _type(client, world, "10", "60")
    assert response.status_code == 422 and "đã khoá" in response.content.decode()


def test_a_day_outside_the_set_names_the_sets_of_that_day(world, client_of):
    response = client_of(world.actor["officer"]).get(sheet_url(world, query="?ngay=2018-06-01"))
    text = response.content.decode()
    assert response.status_code == 422
    assert "không có hiệu lực" in text and "xa-ntm-2016-2020" in text


def test_an_unknown_set_or_indicator_is_a_sentence(world, client_of):
    client = client_of(world.actor["officer"])
    assert "khong-co" in client.get(f"/nhap-so-lieu/{world.unit['thach_loi']}/khong-co/{QUERY}").content.decode()
    response = _type(client, world, "99", "1")
    assert response.status_code == 422 and "99" in response.content.decode()
    assert client.get(f"/nhap-so-lieu/999999/{HAI_DUONG}/{QUERY}").status_code == 404


@pytest.mark.parametrize("who", ["stranger", "roads", "district", "council", "leader"])
def test_strangers_neither_see_nor_type(world, client_of, who):
    draft = typed(world, "10", "59,58")
    client = client_of(world.actor[who])
    assert client.get(sheet_url(world)).status_code == 403
    for rest in ("o/10/", "tep/10/", "gui/", "con-thieu/10/", "lay-lai/10/", "bo-nhap/10/"):
        response = client.post(sheet_url(world, rest), {"v.10": "1", "text": "x"})
        assert response.status_code == 403, rest
        assert "Chưa được" in response.content.decode()
    assert Observation.objects.get() == draft


def test_where_to_type_lists_own_unit_with_its_sets_and_what_is_unfinished(world, client_of):
    typed(world, "10", "59,58")
    text = client_of(world.actor["officer"]).get("/nhap-so-lieu/?ngay=2022-12-31").content.decode()
    assert "Xã Thạch Lỗi" in text and HAI_DUONG in text and "Nháp chưa gửi" in text
    text = client_of(world.actor["leader"]).get("/nhap-so-lieu/?ngay=2022-12-31").content.decode()
    assert "không nhập số liệu" in text
