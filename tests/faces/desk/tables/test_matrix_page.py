"""Bảng tiêu chí: what is shown, what filters leave, what is downloaded."""

from __future__ import annotations

import io
import re
from decimal import Decimal

import openpyxl
import pytest

from faces.desk.figures_world import communes, stand, titled
from faces.desk.working_world import HAI_DUONG, QUERY, sent
from ntm.domain.assessment import Nothing

BO = f"&bo={HAI_DUONG}"


@pytest.fixture
def four(world):
    """Thạch Lỗi with eight met, one of three others with nineteen, one with none met, one without figures."""
    full, none, empty = communes(world, 3)
    stand(world, {f"TC{no}": no <= 8 for no in range(1, 13)} | {"TC13": Nothing.NOT_CONSIDERED})
    stand(world, {f"TC{no}": True for no in range(1, 20)}, unit_id=full)
    stand(world, {f"TC{no}": False for no in range(1, 20)}, unit_id=none, assumed=True)
    titled(world, unit_id=full, year=2022)
    titled(world)
    return {"full": full, "none": none, "empty": empty, "mine": world.unit["thach_loi"]}


def _get(client_of, world, rest="", what="cam_giang"):
    return client_of(world.actor["leader"]).get(f"/bang-tieu-chi/?don-vi={world.unit[what]}&ngay=2022-12-31{rest}")


def _shown(response):
    return [int(row.key) for row in response.context["table"].rows]


def test_rows_cells_and_margins(client_of, world, four):
    response = _get(client_of, world, BO)
    table = response.context["table"]
    rows = {int(row.key): row for row in table.rows}
    cells = [str(getattr(cell, "value", cell)) for cell in rows[four["mine"]].cells]
    assert cells[:3] == ["Xã Thạch Lỗi", "8", "met"]
    assert cells[9:15] == ["met", *["not_met"] * 4, "not_considered"]
    assert cells[-1] == "NTM"
    met, not_met = table.totals
    assert (met.cells[1], met.cells[2].value, not_met.cells[2].value) == (27, 2, 1)
    assert rows[four["empty"]].cells[1] is None
    assert "4 đơn vị" in response.content.decode() and "1 chưa có số liệu" in response.content.decode()


def test_the_usual_set_is_the_one_with_figures(client_of, world, four):
    assert "NTM nâng cao 2021-2025" in _get(client_of, world).content.decode()


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("&tieu-chi=8&ket-qua=met", {"mine", "full"}),
        ("&tieu-chi=9&ket-qua=not_met", {"mine", "none"}),
        ("&tieu-chi=13&ket-qua=not_considered", {"mine"}),
        ("&dat=19-19", {"full"}),
        ("&dat=0-9", {"mine", "none"}),
        ("&danh-hieu=ntm", {"mine", "full"}),
        ("&danh-hieu=ntm&moi=1", {"full"}),
        ("&danh-hieu=-ntm", {"none", "empty"}),
        ("&gia-dinh=1", {"none"}),
        ("&so-lieu=chua", {"empty"}),
        ("&dat=ba", {"mine", "full", "none", "empty"}),
    ],
)
def test_filters_leave_what_they_say(client_of, world, four, asked, left):
    assert {key for key, unit in four.items() if unit in _shown(_get(client_of, world, BO + asked))} == left


def test_every_figure_of_the_margin_opens_its_rows(client_of, world, four):
    table = _get(client_of, world, BO).context["table"]
    cell = table.totals[1].cells[2 + 8]
    again = client_of(world.actor["leader"]).get(cell.url)
    assert len(_shown(again)) == cell.value == 2


def test_the_order_may_be_by_number_met(client_of, world, four):
    assert _shown(_get(client_of, world, BO + "&sap-xep=nhieu-dat"))[0] == four["full"]
    assert _shown(_get(client_of, world, BO + "&sap-xep=it-dat&so-lieu=co"))[0] == four["none"]


def test_a_filter_by_district_for_a_province(client_of, world, four):
    response = _get(client_of, world, BO + f"&huyen={world.unit['cam_giang']}", "hai_duong")
    assert len(_shown(response)) == 4
    assert _shown(_get(client_of, world, BO + "&huyen=1", "hai_duong")) == []


def test_marks_for_assumed_and_for_the_offices_own_word(client_of, world, four):
    sent(world, "TC15", "đạt")
    response = _get(client_of, world, BO + "&can-cu=tu-danh-gia")
    row = next(row for row in response.context["table"].rows if row.key == str(four["mine"]))
    assert row.cells[2 + 14].css == "p" and row.cells[2].css == ""
    assert "dựa trên số liệu giả định" in response.content.decode() and "chưa thẩm tra" in response.content.decode()
    assert "Mọi ô theo kết luận chung" in response.content.decode()


def test_a_stated_cell_among_figures_is_marked(client_of, world):
    stand(world, {"TC1": True, "10": Decimal("70")})
    row = _get(client_of, world, BO).context["table"].rows[0]
    assert (row.cells[2].css, row.cells[2 + 9].css) == ("k", "")


def test_the_file_holds_exactly_what_is_shown(client_of, world, four):
    shown = _get(client_of, world, BO + "&dat=0-9&sap-xep=it-dat")
    url = shown.context["table"].download_url
    book = openpyxl.load_workbook(io.BytesIO(client_of(world.actor["leader"]).get(url).content))
    lines = list(book.active.iter_rows(values_only=True))
    assert [line[0] for line in lines[1:]] == ["Xã Số 1", "Xã Thạch Lỗi", "Đạt", "Chưa đạt"]
    assert lines[1][2] == "chưa đạt (theo kết luận, giả định)" and lines[2][2] == "đạt (theo kết luận)"
    csv = client_of(world.actor["leader"]).get(shown.context["csv_url"]).content.decode("utf-8-sig")
    assert csv.splitlines()[2].startswith("Xã Thạch Lỗi;8;đạt (theo kết luận);")
    assert client_of(world.actor["leader"]).get("/bang-tieu-chi/tep.pdf").status_code == 404


def test_cells_open_the_criterion_of_their_unit(client_of, world, four):
    text = _get(client_of, world, BO).content.decode()
    pattern = re.search(r'data-cell-url="([^"]+)"', text).group(1).replace("&amp;", "&")
    url = pattern.replace("ROW", str(four["mine"])).replace("COLUMN", "9")
    assert "tiêu chí 9" in client_of(world.actor["leader"]).get(url).content.decode()


def test_without_a_unit_the_offices_own_area_is_shown(client_of, world, four):
    assert len(_shown(client_of(world.actor["district"]).get("/bang-tieu-chi/" + QUERY))) == 4
    central = client_of(world.actor["province"]).get("/bang-tieu-chi/?don-vi=ca-nuoc&ngay=2022-12-31")
    assert "Biểu của các xã: chọn tỉnh" in central.content.decode() and "Tỉnh Hải Dương" in central.content.decode()


def test_by_path_too(client_of, world, four):
    response = client_of(world.actor["leader"]).get(f"/bang-tieu-chi/{world.unit['cam_giang']}/{QUERY}&dat=19-19")
    assert _shown(response) == [four["full"]]
    assert f"don-vi={world.unit['cam_giang']}" in response.context["csv_url"]


def test_after_the_districts_a_province_has_its_communes_directly(client_of, world, four):
    response = client_of(world.actor["leader"]).get(
        f"/bang-tieu-chi/?don-vi={world.unit['hai_duong']}&ngay=2025-12-31{BO}"
    )
    assert len(_shown(response)) == 4 and "Huyện" not in [
        str(column.label) for column in response.context["table"].columns
    ]


def test_days_and_sets_without_a_table_are_said_so(client_of, world):
    old = _get(client_of, world, "&bo=xa-ntm-2016-2020")
    assert "không có bộ tiêu chí “xa-ntm-2016-2020”" in old.content.decode()
    response = client_of(world.actor["leader"]).get(f"/bang-tieu-chi/?don-vi={world.unit['cam_giang']}&ngay=2010-12-31")
    assert response.status_code == 200 and "chưa có bộ tiêu chí" in response.content.decode()
    wrong = client_of(world.actor["leader"]).get("/bang-tieu-chi/?don-vi=abc")
    assert wrong.status_code == 422 and "không phải số của một đơn vị" in wrong.content.decode()


def test_a_viewer_of_another_area_is_refused(client_of, world, holder):
    viewer = client_of(holder("viewer", world.unit["van_an"]))
    assert viewer.get(f"/bang-tieu-chi/?don-vi={world.unit['cam_giang']}&ngay=2022-12-31").status_code == 403


@pytest.mark.parametrize("rest", ["", "&can-cu=tu-danh-gia"])
def test_few_questions_however_many_units(client_of, world, django_assert_max_num_queries, rest):
    client = client_of(world.actor["leader"])
    url = f"/bang-tieu-chi/?don-vi={world.unit['hai_duong']}{rest}&ngay=2022-12-31"
    for number in (1, 20):
        for unit in communes(world, number, first=number):
            stand(world, {"TC1": True}, unit_id=unit)
        client.get(url)
        with django_assert_max_num_queries(23):
            client.get(url)
