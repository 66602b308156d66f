"""Tổng hợp, so sánh hai ngày, cảnh báo."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from faces.desk.figures_world import communes, income, stand, titled
from faces.desk.working_world import DAY, HAI_DUONG
from ntm.faces.desk.rooms.tables.bands import bands
from ntm.records.standing import registry
from ntm.records.standing.queries import choice

BO = f"&bo={HAI_DUONG}"


@pytest.fixture
def three(world):
    full, empty = communes(world, 2)
    stand(world, {f"TC{no}": no <= 8 for no in range(1, 20)}, assumed=True)
    stand(world, {f"TC{no}": True for no in range(1, 20)}, unit_id=full)
    titled(world, unit_id=full, year=2022)
    titled(world)
    return {"full": full, "empty": empty, "mine": world.unit["thach_loi"]}


def _rollup(client_of, world, rest="", unit="hai_duong"):
    return client_of(world.actor["province"]).get(f"/tong-hop/?don-vi={world.unit[unit]}&ngay=2022-12-31{BO}{rest}")


def test_the_figures_of_a_province_and_where_they_lead(client_of, world, three):
    response = _rollup(client_of, world)
    told = {one.label: (one.value, one.url) for one in response.context["headlines"]}
    assert told["Số xã"][0] == 3 and told["Có số liệu"][0] == 2
    assert told["Tiêu chí bình quân"][0] == Decimal("9.0")
    assert "27 / 3 = 9; gồm 1 đơn vị chưa có số liệu, tính là 0" in response.content.decode()
    assert told["Đạt 19 tiêu chí"][0] == 1 and told["Dưới 10 tiêu chí"][0] == 1
    assert told["Đã công nhận NTM"][0] == 2 and "mới trong năm 2022: 1" in response.content.decode()
    for value, url in told.values():
        if "bình quân" not in url and isinstance(value, int):
            opened = client_of(world.actor["province"]).get(url).context["table"]
            assert len(opened.rows) == value, url
    assert "1 trên 3 đơn vị có số liệu giả định" in response.content.decode()


def test_each_lower_unit_has_its_line_and_every_figure_opens_its_rows(client_of, world, three):
    table = _rollup(client_of, world).context["table"]
    (district,) = table.rows
    assert district.cells[0].value == "Huyện Cẩm Giàng"
    heads = [str(column.label) for column in table.columns]
    figures = dict(zip(heads, district.cells, strict=True))
    assert (
        figures["19 tiêu chí"].value == 1
        and figures["5-9 tiêu chí"].value == 1
        and figures["15-18 tiêu chí"].value == 0
    )
    assert figures["Bình quân"].hint.startswith("27 / 3 = 9; gồm 1") and figures["Có số liệu"].marks == ("assumed",)
    for cell in district.cells[1:]:
        if cell.url and isinstance(cell.value, int):
            opened = client_of(world.actor["province"]).get(cell.url).context["table"]
            assert len(opened.rows) == cell.value, cell.url
    assert [cell.value for cell in table.totals[0].cells[1:]] == [cell.value for cell in district.cells[1:]]


def test_the_picture_has_its_table(client_of, world, three):
    response = _rollup(client_of, world)
    rows = dict(row for row in response.context["bands_picture"].rows)
    assert rows["19 tiêu chí"] == "1" and rows["chưa có số liệu"] == "1"
    assert len(response.context["criteria_picture"].rows) == 19


def test_it_downloads(client_of, world, three):
    csv = _rollup(client_of, world, "&tai=csv").content.decode("utf-8-sig").splitlines()
    assert csv[0].startswith("Đơn vị;Số xã;Có số liệu") and csv[1].startswith("Huyện Cẩm Giàng;3;2;1;0;0;1;0;1;9")
    assert _rollup(client_of, world, "&tai=xlsx").content[:2] == b"PK"


def test_without_districts_the_matrix_tells_of_each_commune(client_of, world, three):
    response = client_of(world.actor["province"]).get(
        f"/tong-hop/?don-vi={world.unit['hai_duong']}&ngay=2025-12-31{BO}"
    )
    assert response.context["degenerate"] and "không còn cấp trung gian" in response.content.decode()
    assert response.context["found"].total.units == 3


def test_the_country_counts_each_province_under_its_own_set(client_of, world, three, area):
    national = registry.by_code("xa-ntm-nang-cao-2021-2025")
    assert HAI_DUONG in {row.code for row in choice.family(national, DAY)}
    stand(world, {"TC1": True}, set_code="xa-ntm-nang-cao-2021-2025")  # under the national set: not counted twice
    response = client_of(world.actor["province"]).get(
        "/tong-hop/?don-vi=ca-nuoc&ngay=2022-12-31&bo=xa-ntm-nang-cao-2021-2025"
    )
    rows = {row.unit.name: row for row in response.context["found"].rows}
    assert (rows["Hải Dương"].with_data, rows["Hải Dương"].met_total) == (2, 27)
    assert rows["Lạng Sơn"].with_data == 0
    cells = {row.cells[0].value: row.cells for row in response.context["table"].rows}
    assert f"bo={HAI_DUONG}" in cells["Tỉnh Hải Dương"][1].url
    assert "tính theo bộ của tỉnh" in response.content.decode()


def test_two_days_side_by_side(client_of, world, three):
    later = date(2023, 12, 31)
    stand(world, {"TC9": True, "TC1": False}, on=later)
    response = client_of(world.actor["province"]).get(
        f"/bang-tieu-chi/so-sanh/?don-vi={world.unit['cam_giang']}&ngay=2023-12-31&truoc=31/12/2022{BO}"
    )
    sums = response.context["sums"]
    assert (sums.met_before, sums.met_after, sums.gained, sums.lost) == (27, 27, 1, 1)
    (row,) = response.context["table"].rows
    assert [getattr(cell, "value", cell) for cell in row.cells] == ["Xã Thạch Lỗi", 8, 8, 0, "9", "1", ""]
    by_criterion = {row.key: row.cells for row in response.context["criteria"].rows}
    assert (by_criterion["9"][3], by_criterion["1"][4]) == (1, 1)
    assert client_of(world.actor["province"]).get(response.context["before_url"]).context["met"] == 27


def test_the_earlier_day_is_inside_the_sets_days_or_said(client_of, world, three):
    client, url = (
        client_of(world.actor["province"]),
        f"/bang-tieu-chi/so-sanh/?don-vi={world.unit['cam_giang']}{BO}&ngay=2022-12-31",
    )
    assert client.get(url).context["before"] == date(2022, 9, 26)
    assert "có hiệu lực từ 26/9/2022" in client.get(url + "&truoc=31/12/2021").content.decode()
    assert 'role="alert"' in client.get(url + "&truoc=31/02/2022").content.decode()


def test_alarms_open_where_they_come_from(client_of, world, three):
    later = date(2023, 12, 31)
    income(world, "40", on=later)
    income(world, "20", on=DAY)
    stand(world, {"TC1": False}, on=later)
    client = client_of(world.actor["province"])
    response = client.get(f"/canh-bao/?don-vi={world.unit['cam_giang']}&ngay=2023-12-31{BO}")
    told = [[getattr(cell, "value", cell) for cell in row.cells] for row in response.context["table"].rows]
    assert ["Xã Thạch Lỗi", "Cẩm Giàng, Hải Dương", "Từng đạt, nay chưa đạt", "1 Quy hoạch", later, ""] in told
    assert [
        "Xã Thạch Lỗi",
        "Cẩm Giàng, Hải Dương",
        "Số liệu khác xa năm trước",
        "10 Thu nhập",
        later,
        "20 → 40",
    ] in told
    for row in response.context["table"].rows:
        assert client.get(row.cells[3].url).status_code == 200
    quiet = client.get(f"/canh-bao/?don-vi={world.unit['van_an']}&ngay=2023-12-31")
    assert "Không có cảnh báo nào" in quiet.content.decode() or "chưa có bộ tiêu chí" in quiet.content.decode()


@pytest.mark.parametrize(
    ("url", "most"),
    [
        ("/tong-hop/?don-vi={hai_duong}", 28),
        ("/tong-hop/?don-vi=ca-nuoc", 20),
        ("/canh-bao/?don-vi={hai_duong}", 22),
        ("/bang-tieu-chi/so-sanh/?don-vi={hai_duong}", 34),
    ],
)
def test_few_questions_however_many_units(client_of, world, django_assert_max_num_queries, url, most):
    client, url = client_of(world.actor["province"]), url.format(**world.unit) + "&ngay=2022-12-31"
    for number in (1, 15):
        for place, unit in enumerate(communes(world, number, first=number)):
            stand(world, {"TC1": bool(place % 2)}, unit_id=unit)
        client.get(url)
        with django_assert_max_num_queries(most):
            client.get(url)


@pytest.mark.parametrize("width", [1, 3, 8, 10, 15, 19, 36])
def test_bands_hold_every_number_once(width):
    found = [number for band in bands(width) for number in range(band.least, band.most + 1)]
    assert sorted(found) == list(range(width + 1))


def test_bands_of_nineteen_are_those_of_the_plans():
    words = ["19 tiêu chí", "15-18 tiêu chí", "10-14 tiêu chí", "5-9 tiêu chí", "dưới 5 tiêu chí"]
    assert [band.label for band in bands(19)] == words
    assert bands(0) == ()


def test_bars_are_drawn_again_for_a_phone(client_of, world, three):
    text = _rollup(client_of, world).content.decode()
    assert text.count('class="narrow-only"') == text.count('class="wide-only"') == 2
    assert 'viewBox="0 0 300 ' in text  # narrower than a phone of 360 points


def test_a_page_without_alarms_tells_the_first_step(client_of, world):
    address = f"/canh-bao/?don-vi={world.unit['thach_loi']}&ngay=2022-12-31{BO}"
    text = client_of(world.actor["officer"]).get(address).content.decode()
    assert "cần số liệu của ít nhất hai ngày" in text and 'href="/nhap-so-lieu/' in text
    council = client_of(world.actor["council"]).get(address).content.decode()
    assert "cần số liệu của ít nhất hai ngày" in council and 'button primary" href="/nhap-so-lieu/' not in council
