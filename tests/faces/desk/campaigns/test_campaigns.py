"""Rà soát hiện trạng tại bàn: opened, followed, extended, locked; by those who may."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faces.desk.working_world import DAY, HAI_DUONG, QUERY, campaign_of, sent, typed
from ntm.records.standing import services
from ntm.records.standing.models import Campaign

FORM = {"title": "Rà soát cuối năm 2022", "set": HAI_DUONG, "as_of": "31/12/2022", "due": "15/01/2023"}


def _form(world, **changed):
    return FORM | {"unit": world.unit["cam_giang"]} | changed


def test_the_district_opens_a_review_and_sees_its_progress(world, client_of):
    client = client_of(world.actor["district"])
    assert "Mở đợt rà soát" in client.get(f"/ra-soat/mo/{QUERY}").content.decode()
    response = client.post(f"/ra-soat/mo/{QUERY}", _form(world), follow=True)
    text = response.content.decode()
    assert "Đã mở đợt" in text and "xã Thạch Lỗi" in text and "chưa bắt đầu" in text
    assert Campaign.objects.get().units.count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"due": "31/02/2023"}, "ngày"),
        ({"due": "15/01/2020"}, "đã qua"),
        ({"as_of": "01/01/2030"}, "ngoài thời gian áp dụng"),
        ({"title": ""}, "Đặt tên cho đợt rà soát"),
    ],
)
def test_a_wrong_form_is_shown_again_with_its_sentence(world, client_of, changed, said):
    response = client_of(world.actor["district"]).post(f"/ra-soat/mo/{QUERY}", _form(world, **changed))
    assert response.status_code == 422 and said in response.content.decode()
    assert not Campaign.objects.exists()


@pytest.mark.parametrize("who", ["income", "council", "leader"])
def test_who_may_not_open_is_told_so(world, client_of, who):
    client = client_of(world.actor[who])
    assert client.get(f"/ra-soat/mo/{QUERY}").status_code == 403
    assert client.post(f"/ra-soat/mo/{QUERY}", _form(world)).status_code == 403
    assert "Mở đợt rà soát" not in client.get(f"/ra-soat/{QUERY}").content.decode()


def test_progress_tells_who_types_and_who_has_sent_in_few_queries(world, client_of):
    made = campaign_of(world)
    client = client_of(world.actor["district"])
    typed(world, "10", "59,58")
    assert "đang nhập" in client.get(f"/ra-soat/{made.pk}/{QUERY}").content.decode()
    sent(world, "11", "1,9")
    with CaptureQueriesContext(connection) as queries:
        text = client.get(f"/ra-soat/{made.pk}/{QUERY}").content.decode()
    share = re.search(r"đã gửi 1/(\d+)<", text)
    assert share and int(share[1]) > 19 and "còn 15 ngày" in text
    assert made.units.get().sent_at is None  # one figure is not everything that is asked
    assert len(queries) <= 22
    assert client.get(f"/ra-soat/{made.pk}/tai.xlsx{QUERY}")["Content-Type"].endswith("sheet")
    assert client.get(f"/ra-soat/{made.pk}/tai.doc{QUERY}").status_code == 422


def test_it_is_extended_forward_only_and_locked_once(world, client_of):
    made = campaign_of(world)
    client = client_of(world.actor["district"])
    response = client.post(f"/ra-soat/{made.pk}/gia-han/{QUERY}", {"due": "01/01/2023"})
    assert response.status_code == 422 and "phải sau" in response.content.decode()
    assert client.post(f"/ra-soat/{made.pk}/gia-han/{QUERY}", {"due": "hôm sau"}).status_code == 422
    assert client.post(f"/ra-soat/{made.pk}/gia-han/{QUERY}", {"due": "31/01/2023"}).status_code == 302
    assert client.post(f"/ra-soat/{made.pk}/khoa/{QUERY}").status_code == 302
    made.refresh_from_db()
    assert made.locked_at is not None and f"{made.due:%d/%m/%Y}" == "31/01/2023"
    response = client.post(f"/ra-soat/{made.pk}/khoa/{QUERY}")
    assert response.status_code == 422 and "đã khoá" in response.content.decode()
    assert "Gia hạn…" not in client.get(f"/ra-soat/{made.pk}/{QUERY}").content.decode()


def test_a_locked_review_is_reopened_with_a_reason(world, client_of):
    made = campaign_of(world)
    client = client_of(world.actor["district"])
    client.post(f"/ra-soat/{made.pk}/khoa/{QUERY}")
    assert "Mở lại đợt…" in client.get(f"/ra-soat/{made.pk}/{QUERY}").content.decode()
    assert client.post(f"/ra-soat/{made.pk}/mo-lai/{QUERY}", {"reason": " "}).status_code == 422
    assert (
        client_of(world.actor["officer"]).post(f"/ra-soat/{made.pk}/mo-lai/{QUERY}", {"reason": "x"}).status_code == 403
    )
    assert client.post(f"/ra-soat/{made.pk}/mo-lai/{QUERY}", {"reason": "xã sửa số"}).status_code == 302
    made.refresh_from_db()
    assert made.locked_at is None


@pytest.mark.parametrize("who", ["officer", "stranger", "income"])
def test_others_change_nothing(world, client_of, who):
    made = campaign_of(world)
    client = client_of(world.actor[who])
    assert client.post(f"/ra-soat/{made.pk}/gia-han/{QUERY}", {"due": "31/01/2023"}).status_code == 403
    assert client.post(f"/ra-soat/{made.pk}/khoa/{QUERY}").status_code == 403
    made.refresh_from_db()
    assert made.locked_at is None and f"{made.due:%d/%m/%Y}" == "15/01/2023"


def test_the_list_holds_the_area_s_reviews_and_an_unknown_one_is_a_sentence(world, client_of):
    campaign_of(world)
    for who, sees in (("officer", True), ("province", True), ("stranger", False)):
        text = client_of(world.actor[who]).get(f"/ra-soat/{QUERY}").content.decode()
        assert ("Rà soát cuối năm 2022" in text) is sees, who
    assert client_of(world.actor["officer"]).get(f"/ra-soat/999/{QUERY}").status_code == 422


def test_a_unit_has_sent_when_nothing_asked_is_left(world, client_of):
    made = campaign_of(world)
    for no in range(1, 19):
        typed(world, f"TC{no}", "đạt", note="kết luận của xã")
    unit = world.unit["thach_loi"]
    services.send(world.actor["officer"], unit_id=unit, set_code=HAI_DUONG, as_of=DAY)
    text = client_of(world.actor["district"]).get(f"/ra-soat/{QUERY}").content.decode()
    assert "0/1 đơn vị đã gửi đủ" in text and "1 gửi một phần" in text
    assert "đã gửi" in client_of(world.actor["officer"]).get(f"/{QUERY}").content.decode()
    sent(world, "TC19", "đạt")
    made.refresh_from_db()
    assert made.units.get().sent_at is not None
    assert "đã gửi đủ" in client_of(world.actor["district"]).get(f"/ra-soat/{made.pk}/{QUERY}").content.decode()
    later = campaign_of(world)  # what was sent before it opened counts
    assert later.units.get().sent_at is not None


def _open_part(client, address):
    """The page before the log, which tells everything by its hour."""
    return client.get(address).content.decode().split("Vừa thay đổi")[0]


def test_a_review_is_open_from_its_day_to_its_lock(world, client_of):
    made = campaign_of(world)
    client = client_of(world.actor["district"])
    for page in ("/ra-soat/", "/"):
        assert made.title not in _open_part(client, f"{page}?ngay=2020-02-17")
        assert made.title in client.get(f"{page}{QUERY}").content.decode()
    services.close_campaign(world.actor["district"], made.pk, on=date(2023, 2, 1))
    assert "Đang mở" in client.get("/ra-soat/?ngay=2023-01-20").content.decode()
    assert "quá hạn 5 ngày" in client.get("/ra-soat/?ngay=2023-01-20").content.decode()
    assert "Đã khoá" in client.get("/ra-soat/?ngay=2023-02-01").content.decode()
    assert made.title not in _open_part(client, "/?ngay=2023-02-01")
