"""Trang của đơn vị: what stands on a day, with what it rests on."""

from __future__ import annotations

import re

import pytest

from faces.desk.figures_world import communes, income, stand, titled
from faces.desk.working_world import DAY, HAI_DUONG, QUERY, sent, typed
from ntm.records.standing.services.gaps import record_gap


def _url(world, what="thach_loi", rest="", query=QUERY):
    return f"/dia-ban/{world.unit[what]}/{rest}{query}"


def _text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_title_says_unit_set_and_day(client_of, world):
    titled(world)
    page = client_of(world.actor["leader"]).get(_url(world, query=QUERY + "&bo=" + HAI_DUONG))
    heading = re.search(r"<h1>(.*?)</h1>", page.content.decode()).group(1)
    assert heading == "Xã Thạch Lỗi · NTM nâng cao 2021-2025 · đến ngày 31/12/2022"
    assert 'data-day="past"' in page.content.decode()
    assert "NTM · công nhận năm 2019 · 216/QĐ-UBND · 20/12/2019" in _text(page)


def test_the_next_title_is_shown_first_once_one_is_held(client_of, world):
    client = client_of(world.actor["leader"])
    assert "Xã Thạch Lỗi · NTM 2021-2025" in client.get(_url(world)).content.decode()
    titled(world)
    assert "Xã Thạch Lỗi · NTM nâng cao 2021-2025" in client.get(_url(world)).content.decode()


def test_a_criterion_opens_to_value_level_instrument_and_who(client_of, world):
    income(world)
    text = _text(client_of(world.actor["leader"]).get(_url(world)))
    assert "59,58 &lt; 64 triệu đồng/người/năm" in text or "59,58 < 64 triệu đồng/người/năm" in text
    assert "2581/QĐ-UBND" in text and "đã thẩm tra · số liệu đến 31/12/2022" in text
    assert "0 /19" in text or "0/19" in text


def test_the_offices_own_word_is_told_where_it_differs(client_of, world):
    stand(world, {"TC3": False, "TC1": True})
    sent(world, "TC3", "đạt")
    response = client_of(world.actor["leader"]).get(_url(world))
    assert [one.no for one in response.context["differing"]] == [3]
    assert "Theo lời đơn vị tự đánh giá thì đạt 2 tiêu chí" in _text(response)
    assert "Đơn vị tự đánh giá: đạt (31/12/2022), chưa thẩm tra." in _text(response)
    own = client_of(world.actor["leader"]).get(_url(world, query=QUERY + "&can-cu=tu-danh-gia"))
    assert own.context["board"].assessment.met >= 1 and not own.context["differing"]


def test_a_draft_is_nobody_elses(client_of, world):
    typed(world, "10", "77,77")
    assert "77,77" not in _text(client_of(world.actor["district"]).get(_url(world)))


def test_gaps_with_their_cost_and_those_nobody_costed(client_of, world):
    for text, cost in (("Mở rộng vùng rau màu", 13_300_000_000), ("Đèn đường", None)):
        record_gap(
            world.actor["district"], unit_id=world.unit["thach_loi"], set_code=HAI_DUONG, criterion_no=10,
            indicator_code="10", text=text, cost=cost, on=DAY,
        )  # fmt: skip
    text = _text(client_of(world.actor["leader"]).get(_url(world, query=QUERY + "&bo=" + HAI_DUONG)))
    assert "13,3" in text and "tỷ đồng, 2 hạng mục, 1 chưa ước tính" in text
    assert "Mở rộng vùng rau màu: 13.300 triệu đồng" in text and "(chưa ước tính kinh phí)" in text


def test_assumed_figures_and_titles_are_marked(client_of, world):
    stand(world, {"TC1": True}, assumed=True)
    titled(world, assumed=True)
    page = client_of(world.actor["leader"]).get(_url(world))
    assert page.context["marks"] == "assumed" and page.content.decode().count('class="mark assumed"') >= 3


def test_a_set_of_another_time_is_said_so(client_of, world):
    response = client_of(world.actor["leader"]).get(_url(world, query=QUERY + "&bo=xa-ntm-2026-2030"))
    assert "Ngày 31/12/2022 bộ tiêu chí “xa-ntm-2026-2030” không áp dụng" in _text(response)


def test_one_criterion_opens_beside_the_page(client_of, world):
    income(world)
    url = _url(world, rest="tieu-chi/10/")
    beside = client_of(world.actor["leader"]).get(url, headers={"HX-Request": "true", "HX-Target": "side-content"})
    assert beside.content.decode().startswith('<div class="side-title">') and "59,58" in _text(beside)
    assert client_of(world.actor["leader"]).get(_url(world, rest="tieu-chi/77/")).status_code == 404


def test_a_district_tells_of_its_communes_and_opens_their_table(client_of, world):
    stand(world, {"TC1": True, "TC2": True})
    titled(world)
    response = client_of(world.actor["district"]).get(_url(world, "cam_giang"))
    lower = response.context["lower"]
    assert (lower.rollup.total.units, lower.rollup.total.with_data, lower.exact) == (1, 1, "2 / 1 = 2")
    assert (
        f"/bang-tieu-chi/?ngay=2022-12-31&amp;don-vi={world.unit['cam_giang']}&amp;bo={HAI_DUONG}"
        in response.content.decode()
    )
    assert [(one.name, one.cumulative, one.new) for one in lower.titles] == [("NTM", 1, 0)]


def test_a_village_has_a_page_like_a_commune(client_of, world, area):
    response = client_of(world.actor["stranger"]).get(f"/dia-ban/{area.village}/{QUERY}")
    assert response.status_code == 200
    assert "Thôn Khòn Làng" in response.content.decode() and "xã Văn An · huyện Văn Quan" in response.content.decode()


def test_after_the_districts_a_commune_lies_in_its_province(client_of, world):
    page = client_of(world.actor["province"]).get(_url(world, query="?ngay=2025-12-31"))
    assert 'class="under">tỉnh Hải Dương · mã 10906' in page.content.decode()


def test_what_no_longer_stands_is_said_so(client_of, world):
    page = client_of(world.actor["province"]).get(_url(world, "cam_giang", query="?ngay=2025-12-31"))
    assert "Ngày 31/12/2025 không có đơn vị này" in page.content.decode()


def test_an_unknown_unit_is_a_sentence(client_of, world):
    response = client_of(world.actor["leader"]).get("/dia-ban/987654/")
    assert response.status_code == 404 and "Không có đơn vị số 987654" in response.content.decode()


def test_a_viewer_sees_only_his_area(client_of, world, holder):
    viewer = client_of(holder("viewer", world.unit["cam_giang"]))
    assert viewer.get(_url(world)).status_code == 200
    refused = viewer.get(_url(world, "van_an"))
    assert refused.status_code == 403 and "huyện Cẩm Giàng và các đơn vị cấp dưới" in refused.content.decode()


def test_history_tells_titles_and_deeds_but_not_typing(client_of, world):
    titled(world)
    typed(world, "10", "77,77")
    sent(world, "11", "1,9")
    told = _text(client_of(world.actor["province"]).get(_url(world, rest="lich-su/")))
    assert "NTM · công nhận năm 2019" in told and "Gửi thẩm tra 1 chỉ tiêu" in told and "77,77" not in told
    own = _text(client_of(world.actor["officer"]).get(_url(world, rest="lich-su/")))
    assert "77,77" in own
    council = client_of(world.actor["council"]).get(_url(world, rest="lich-su/"))
    assert "không xem nhật ký" in council.content.decode()


def test_lineage_says_when_nothing_is_known(client_of, world):
    response = client_of(world.actor["leader"]).get(_url(world, rest="dien-bien/"))
    assert response.status_code == 200 and response.context["alone"]


def test_lower_units_show_their_strips(client_of, world):
    stand(world, {"TC1": True, "TC2": False})
    response = client_of(world.actor["leader"]).get(_url(world, "cam_giang", "cap-duoi/"))
    (strip,) = response.context["strips"]
    assert (strip.title, strip.met, strip.total, len(strip.cells)) == ("Xã Thạch Lỗi", 1, 19, 19)
    provinces = client_of(world.actor["leader"]).get(_url(world, "hai_duong", "cap-duoi/"))
    assert "Huyện Cẩm Giàng" in provinces.content.decode() and provinces.context["strips"] == []
    form = _url(world, "hai_duong", "cap-duoi/", QUERY + "&tai=csv")
    assert "Huyện Cẩm Giàng;295;1" in client_of(world.actor["leader"]).get(form).content.decode()


@pytest.mark.parametrize(
    ("what", "rest", "most"),
    [
        ("thach_loi", "", 31),
        ("thach_loi", "tieu-chi/10/", 22),
        ("cam_giang", "", 44),
        ("cam_giang", "cap-duoi/", 40),
        ("hai_duong", "", 44),
        ("thach_loi", "lich-su/", 20),
        ("thach_loi", "co-quan/", 14),
    ],
)
def test_pages_ask_few_questions_however_many_units(client_of, world, django_assert_max_num_queries, what, rest, most):
    income(world)
    client = client_of(world.actor["leader"])
    for number in (0, 12):
        for unit in communes(world, number):
            stand(world, {"TC1": True}, unit_id=unit)
        client.get(_url(world, what, rest))
        with django_assert_max_num_queries(most):
            assert client.get(_url(world, what, rest)).status_code == 200


def test_the_workbook_is_a_link_away_for_those_who_may(client_of, world, holder):
    page = f"/dia-ban/{world.unit['thach_loi']}/?ngay=2022-12-31"
    assert f"/bang-tinh/?ngay=2022-12-31&amp;don-vi={world.unit['thach_loi']}" in _read(
        client_of(world.actor["officer"]), page
    )
    assert "Bảng Excel để nhập" not in _read(client_of(world.actor["stranger"]), page)
    table = f"/bang-tieu-chi/{world.unit['cam_giang']}/?ngay=2022-12-31"
    assert "Bảng Excel để nhập" in _read(client_of(world.actor["district"]), table)


def _read(client, address):
    return client.get(address).content.decode()
