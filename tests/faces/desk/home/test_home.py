"""Bàn làm việc: what waits for whom, what changed, units at a glance, first steps."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from faces.desk.figures_world import communes, stand, titled
from faces.desk.working_world import BACKEND, HAI_DUONG, QUERY, campaign_of, sent, typed
from ntm.records.people.models import User
from ntm.records.standing import services


def _home(client_of, actor, query=QUERY):
    return client_of(actor).get(f"/{query}").content.decode()


def test_the_commune_sees_the_review_by_its_due_day_then_what_was_given_back(world, client_of):
    campaign_of(world)
    assert "Hạn <b>15/01/2023" in _home(client_of, world.actor["officer"])
    services.give_back(world.actor["income"], sent(world).pk, reason="Thiếu biên bản của thôn 2")
    typed(world, "11", "1,9")
    text = _home(client_of, world.actor["officer"])
    assert "Sửa 1 chỉ tiêu bị trả lại" in text and "10: Thiếu biên bản của thôn 2" in text
    assert "Gửi 1 chỉ tiêu đang nháp" in text


def test_the_verifier_sees_what_waits_and_the_commune_at_a_glance(world, client_of):
    sent(world)
    text = _home(client_of, world.actor["income"])
    assert "Thẩm tra 1 chỉ tiêu · xã Thạch Lỗi" in text
    district = _home(client_of, world.actor["district"])
    assert "1/1 đơn vị có số liệu" in district and "0/19" in district
    own = _home(client_of, world.actor["officer"])
    assert "10 Thu nhập: chưa đạt" in own


def test_what_changed_is_told_in_sentences_and_drafts_are_not(world, client_of):
    typed(world, "11", "7,77")
    observation = sent(world)
    services.give_back(world.actor["income"], observation.pk, reason="Thiếu biên bản của thôn 2")
    text = _home(client_of, world.actor["district"])
    assert "Gửi thẩm tra 1 chỉ tiêu" in text and "Thiếu biên bản của thôn 2" in text
    assert "7,77" not in text and "Ghi số liệu" not in text
    assert "Thiếu biên bản" not in _home(client_of, world.actor["stranger"])


def test_alike_deeds_are_told_once(world, client_of):
    for code, value in (("10", "70"), ("11", "1"), ("2.1", "100")):
        services.verify(world.actor["district"], sent(world, code, value).pk)
    assert "Thẩm tra 3 lần: chỉ tiêu 10, 11, 2.1" in _home(client_of, world.actor["district"])


def test_a_large_area_is_told_by_its_sums(world, client_of, monkeypatch):
    monkeypatch.setattr("ntm.records.standing.queries.mine._MOST_UNITS", 0)
    stand(world, {f"TC{no}": no % 2 == 0 for no in range(1, 20)})
    titled(world)
    text = _home(client_of, world.actor["leader"])
    assert "1/1 đơn vị có số liệu" in text and "Tiêu chí bình quân" in text and "<b>9,0</b>" in text
    assert "Dưới 10 tiêu chí" in text and "Đã công nhận NTM" in text
    assert f"/tong-hop/{QUERY}&amp;don-vi={world.unit['hai_duong']}&amp;bo={HAI_DUONG}&amp;can-cu=tu-danh-gia" in text


def test_one_decision_on_many_titles_is_told_once(world, client_of):
    for unit in (world.unit["thach_loi"], *communes(world, 4)):
        titled(world, unit_id=unit)
    text = _home(client_of, world.actor["province"])
    assert text.count("Ghi danh hiệu nông thôn mới, quyết định 216/QĐ-UBND") == 1
    assert "xã Số 3, xã Số 2, xã Số 1 và 2 nơi khác." in text.replace("Xã Số 3", "xã Số 3")


def test_alarms_of_the_area_are_words(world, client_of):
    services.verify(world.actor["income"], sent(world, text="65").pk)
    text = _home(client_of, world.actor["district"], "?ngay=2023-06-01")  # the level rose on the first of January
    assert "tiêu chí 10 Thu nhập đã từng đạt, không còn đạt từ 01/01/2023" in text


@pytest.mark.parametrize(("who", "most"), [("officer", 60), ("income", 60), ("district", 66), ("leader", 56)])
def test_the_desk_asks_few_questions(world, client_of, who, most):
    campaign_of(world)
    sent(world)
    client = client_of(world.actor[who])
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/{QUERY}").status_code == 200
    assert len(queries) <= most


def test_a_person_without_an_office_gets_first_steps(db):
    user = User.objects.create(username="moi", full_name="Người mới")
    client = Client()
    client.force_login(user, backend=BACKEND)
    text = client.get("/").content.decode()
    assert "Bắt đầu từ đâu" in text and "ntm people create-admin" in text


def test_the_administrator_of_an_empty_installation_sees_what_is_lacking(holder, client_of):
    text = _home(client_of, holder("administrator"), "")
    assert "Những bước đầu" in text and "chưa nạp" in text and "chưa có ai ngoài quản trị" in text


def test_the_administrator_of_a_working_one_sees_its_counts(world, holder, client_of):
    sent(world)
    text = _home(client_of, holder("administrator"))
    assert "Tình trạng cài đặt" in text and "18 bộ đã đăng ký" in text and "mức chưa đối chiếu" in text


def test_a_day_before_everything_is_no_error(world, client_of):
    sent(world)
    for who in ("officer", "district", "leader"):
        assert client_of(world.actor[who]).get(f"/?ngay={date(1990, 1, 1)}").status_code == 200


def test_many_submissions_are_told_by_set_and_district_and_open_the_queue_so_narrowed(world, client_of, monkeypatch):
    sent(world)
    monkeypatch.setattr("ntm.faces.desk.rooms.home.waiting.MOST_APART", 0)
    text = _home(client_of, world.actor["province"])
    assert "Thẩm tra 1 chỉ tiêu của 1 đơn vị · huyện Cẩm Giàng" in text
    place = f"don-vi={world.unit['cam_giang']}"
    assert f"viec=tham-tra&amp;bo={HAI_DUONG}&amp;{place}" in text
    client = client_of(world.actor["province"])
    assert "Xã Thạch Lỗi" in client.get(f"/tham-tra/{QUERY}&viec=tham-tra&bo={HAI_DUONG}&{place}").content.decode()
    other = client.get(f"/tham-tra/{QUERY}&viec=tham-tra&don-vi={world.unit['van_an']}").content.decode()
    assert "Xem cả hàng chờ" in other and "Xã Thạch Lỗi" not in other
    assert "· cả địa bàn" in _home(client_of, world.actor["district"])
