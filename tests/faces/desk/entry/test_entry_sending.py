"""Gửi thẩm tra, và lịch sử của một chỉ tiêu."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from faces.desk.working_world import HAI_DUONG, QUERY, sent, sheet_url, typed
from ntm.records.standing import services
from ntm.records.standing.models import Observation, Submission
from ntm.records.standing.models.observations import State


def test_the_confirm_page_tells_what_goes_and_what_lacks_evidence(world, client_of):
    typed(world, "10", "59,58")
    typed(world, "11", "1,9", "Theo kết quả rà soát")
    text = client_of(world.actor["officer"]).get(sheet_url(world, "gui/")).content.decode()
    assert "1 chỉ tiêu chưa gửi được" in text
    assert 'value="11" checked' in text and 'value="10" checked' not in text


def test_what_was_ticked_is_sent_with_the_message(world, client_of):
    typed(world, "10", "59,58", "Chi cục Thống kê")
    typed(world, "11", "1,9", "Theo kết quả rà soát")
    client = client_of(world.actor["officer"])
    response = client.post(sheet_url(world, "gui/"), {"code": ["11"], "note": "Gửi trước"}, follow=True)
    assert "Đã gửi thẩm tra 1 chỉ tiêu" in response.content.decode()
    assert Submission.objects.get().note == "Gửi trước"
    assert {one.code: one.state for one in Observation.objects.all()} == {"10": State.DRAFT, "11": State.SENT}


def test_a_figure_without_evidence_is_refused_with_its_code(world, client_of):
    typed(world, "10", "59,58")
    response = client_of(world.actor["officer"]).post(sheet_url(world, "gui/"), {"code": ["10"]})
    assert response.status_code == 422
    assert "chỉ tiêu 10 chưa có minh chứng" in response.content.decode()
    assert Observation.objects.get().state == State.DRAFT


def test_nothing_ticked_is_a_sentence(world, client_of):
    typed(world, "10", "59,58", "x")
    response = client_of(world.actor["officer"]).post(sheet_url(world, "gui/"), {})
    assert response.status_code == 422 and "Không có số liệu nháp" in response.content.decode()


def _history(world, code="10"):
    return f"/lich-su/{world.unit['thach_loi']}/{HAI_DUONG}/{code}/{QUERY}"


def test_history_tells_every_stage_with_the_level_of_its_day(world, client_of):
    first = sent(world)
    services.give_back(world.actor["income"], first.pk, reason="Thiếu biên bản của thôn 2")
    second = sent(world, text="66")
    services.verify(world.actor["income"], second.pk, typed="63,9", note="Phiếu điều tra cộng sai")
    client = client_of(world.actor["stranger"])
    with CaptureQueriesContext(connection) as queries:
        response = client.get(_history(world))
    text = response.content.decode()
    assert response.status_code == 200
    assert all(said in text for said in ("59,58", "66", "63,9", "Thiếu biên bản", "Phiếu điều tra cộng sai"))
    assert "66 ≥ 64" in text and "63,9 &lt; 64" in text and "2581/QĐ-UBND" in text
    assert "thẩm tra, đã nhận" in text and "đã thay bằng" not in text.split("66")[0]
    assert len(queries) <= 22


def test_drafts_stand_in_the_history_of_their_office_only(world, client_of):
    typed(world, "10", "71,5")
    assert "71,5" in client_of(world.actor["officer"]).get(_history(world)).content.decode()
    told = client_of(world.actor["district"]).get(_history(world)).content.decode()
    assert "71,5" not in told and "chỉ cơ quan nhập thấy" in told


def test_history_of_a_conclusion_of_a_condition_and_of_nothing(world, client_of):
    sent(world, "TC5", "đạt")
    sent(world, "no_debt", "đạt")
    client = client_of(world.actor["officer"])
    assert "kết luận tiêu chí 5" in client.get(_history(world, "TC5")).content.decode()
    assert client.get(_history(world, "no_debt")).status_code == 200
    assert "Chưa có số liệu nào" in client.get(_history(world, "2.1")).content.decode()
    assert client.get(_history(world, "99")).status_code == 422
