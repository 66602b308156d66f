"""Thẩm tra, thẩm định tại bàn: only what is in one's charge; accept, another value, give back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faces.desk.working_world import HAI_DUONG, PNG, QUERY, sent, typed
from ntm.records.standing import services
from ntm.records.standing.models import Observation
from ntm.records.standing.models.observations import Stage, State

HTMX = {"HX-Request": "true"}


def _group(world, rest="", query=QUERY):
    return f"/tham-tra/{world.unit['thach_loi']}/{HAI_DUONG}/2022-12-31/{rest}{query}"


def _act(client, observation, deed, data=None, **headers):
    return client.post(f"/tham-tra/so-lieu/{observation.pk}/{deed}/{QUERY}", data or {}, headers=headers)


def test_the_queue_holds_only_what_the_office_is_in_charge_of(world, client_of):
    sent(world)
    sent(world, "2.1", "100")
    assert "Xã Thạch Lỗi" in client_of(world.actor["income"]).get(f"/tham-tra/{QUERY}").content.decode()
    shown = client_of(world.actor["income"]).get(_group(world)).content.decode()
    assert "Thu nhập bình quân" in shown and "đường xã" not in shown
    everything = client_of(world.actor["district"]).get(_group(world)).content.decode()
    assert "Thu nhập bình quân" in everything and "đường xã" in everything
    assert "không thẩm tra" in client_of(world.actor["leader"]).get(f"/tham-tra/{QUERY}").content.decode()


def test_a_group_shows_self_value_level_outcome_and_few_queries(world, client_of):
    for code, text in (("10", "59,58"), ("11", "1,9"), ("2.1", "100"), ("4", "99,5")):
        sent(world, code, text)
    client = client_of(world.actor["district"])
    with CaptureQueriesContext(connection) as queries:
        text = client.get(_group(world)).content.decode()
    assert "59,58" in text and "≥ 64" in text and "chưa đạt" in text
    assert len(queries) <= 26
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/tham-tra/{QUERY}")
    assert len(queries) <= 22


def test_one_figure_with_its_evidence_beside(world, client_of):
    draft = typed(world, "10", "59,58")
    evidence = services.attach(world.actor["officer"], draft.pk, content=PNG, name="anh.png")
    services.send(world.actor["officer"], unit_id=world.unit["thach_loi"], set_code=HAI_DUONG, as_of=draft.as_of)
    text = client_of(world.actor["income"]).get(f"/tham-tra/so-lieu/{draft.pk}/{QUERY}").content.decode()
    assert f'<img src="/minh-chung/{evidence.pk}/"' in text
    assert "Nhận đúng số này" in text and "Trả lại đơn vị" in text and "59,58 &lt; 64" in text


def test_accepting_says_done_in_the_row_and_goes_back_without_scripts(world, client_of):
    first, second = sent(world), sent(world, "11", "1,9")
    client = client_of(world.actor["income"])
    response = _act(client, first, "nhan", **HTMX)
    assert response.status_code == 200 and "đã nhận" in response.content.decode()
    assert _act(client, second, "nhan").status_code == 302
    assert Observation.objects.filter(stage=Stage.VERIFIED, state=State.ACCEPTED).count() == 2


def test_another_value_needs_its_reason_and_keeps_what_was_typed(world, client_of):
    observation = sent(world, text="70")
    client = client_of(world.actor["income"])
    response = _act(client, observation, "so-khac", {"value": "61", "note": ""}, **HTMX)
    text = response.content.decode()
    assert response.status_code == 422 and "ghi lý do" in text and 'value="61"' in text
    assert _act(client, observation, "so-khac", {"value": "08/09", "note": "x"}, **HTMX).status_code == 422
    assert _act(client, observation, "so-khac", {"value": "61", "note": "Cộng sai"}, **HTMX).status_code == 200
    found = Observation.objects.get(stage=Stage.VERIFIED)
    assert (found.typed, found.note, found.answers_id) == ("61", "Cộng sai", observation.pk)


def test_giving_back_needs_a_reason_that_the_commune_reads(world, client_of):
    observation = sent(world)
    client = client_of(world.actor["income"])
    assert _act(client, observation, "tra-lai", {"reason": " "}).status_code == 422
    assert _act(client, observation, "tra-lai", {"reason": "Thiếu biên bản"}).status_code == 302
    observation.refresh_from_db()
    assert observation.state == State.RETURNED


@pytest.mark.parametrize("who", ["officer", "stranger", "roads", "leader"])
def test_strangers_decide_nothing(world, client_of, who):
    observation = sent(world)
    client = client_of(world.actor[who])
    for deed, data in (("nhan", {}), ("so-khac", {"value": "1", "note": "x"}), ("tra-lai", {"reason": "x"})):
        response = _act(client, observation, deed, data)
        assert response.status_code == 403, deed
    assert "không còn chờ" in client.get(f"/tham-tra/so-lieu/{observation.pk}/{QUERY}").content.decode()
    client.post(_group(world, "nhan-tat-ca/"), {"id": [observation.pk], "looked": "1"})
    observation.refresh_from_db()
    assert observation.state == State.SENT


def test_all_of_a_unit_are_accepted_only_after_saying_one_has_looked(world, client_of):
    rows = [sent(world), sent(world, "11", "1,9")]
    client = client_of(world.actor["income"])
    address = _group(world, "nhan-tat-ca/")
    response = client.post(address, {"id": [one.pk for one in rows]})
    assert response.status_code == 422 and "Tôi đã xem minh chứng" in response.content.decode()
    late = sent(world, "2.1", "100")
    assert client.post(address, {"id": [one.pk for one in rows], "looked": "1"}).status_code == 302
    assert Observation.objects.filter(stage=Stage.VERIFIED).count() == 2
    late.refresh_from_db()
    assert late.state == State.SENT


def test_all_at_once_tells_which_were_refused(world, client_of):
    first, second = sent(world), sent(world, "11", "1,9")
    services.verify(world.actor["district"], first.pk)
    response = client_of(world.actor["income"]).post(
        _group(world, "nhan-tat-ca/"), {"id": [first.pk, second.pk], "looked": "1"}
    )
    assert response.status_code == 422 and "đã nhận" in response.content.decode()
    assert Observation.objects.filter(stage=Stage.VERIFIED).count() == 2


def test_the_council_appraises_what_was_verified(world, client_of):
    verified = services.verify(world.actor["income"], sent(world, text="70").pk)
    client = client_of(world.actor["council"])
    assert "Xã Thạch Lỗi" in client.get(f"/tham-tra/{QUERY}").content.decode()
    text = client.get(_group(world) + "&viec=tham-dinh").content.decode()
    assert "Thẩm định" in text and "70" in text
    one = client.get(f"/tham-tra/so-lieu/{verified.pk}/{QUERY}").content.decode()
    assert "Trả lại đơn vị" not in one
    assert _act(client, verified, "so-khac", {"value": "63,9", "note": "Kiểm tra lại"}).status_code == 302
    assert Observation.objects.get(stage=Stage.APPRAISED).typed == "63,9"


def test_an_empty_group_goes_back_and_an_unknown_figure_is_a_sentence(world, client_of):
    client = client_of(world.actor["income"])
    assert client.get(_group(world)).status_code == 302
    assert client.get(f"/tham-tra/so-lieu/999/{QUERY}").status_code == 422
    assert client.post(f"/tham-tra/so-lieu/999/nhan/{QUERY}").status_code == 422
    assert client.get(f"/tham-tra/{world.unit['thach_loi']}/{HAI_DUONG}/khong-phai-ngay/").status_code == 422
