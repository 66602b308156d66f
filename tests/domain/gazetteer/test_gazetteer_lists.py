"""The packaged lists hold what their sources hold, and the facts the offices know."""

from collections import Counter
from datetime import date

import pytest

from ntm.domain import gazetteer
from ntm.domain.gazetteer import UnknownUnit, snapshot, snapshots, units_on

ON_2018 = date(2018, 6, 1)
AFTER = date(2025, 7, 1)


@pytest.mark.parametrize(
    ("name", "provinces", "districts", "communes"),
    [
        ("2019-10", 63, 713, 11160),
        ("2021-2022", 63, 705, 10599),
        ("2025-06-30", 63, 696, 10035),
        ("2025-07-01", 34, 0, 3321),
        ("2026-10", 34, 0, 3321),
    ],
)
def test_each_list_has_its_number_of_units(name: str, provinces: int, districts: int, communes: int) -> None:
    listed = snapshot(name)
    assert len(listed.codes("tinh")) == provinces
    assert len(listed.codes("huyen")) == districts
    assert len(listed.codes("xa")) == communes


def test_every_unit_has_its_uppers() -> None:
    for listed in snapshots():
        known = snapshot(listed.name)
        depth = 2 if known.codes("huyen") else 1
        for unit in known:
            expected = {"tinh": 0, "huyen": 1, "xa": depth}[unit.level]
            assert len(unit.ancestors) == expected
            assert (unit.parent_code is None) == (unit.level == "tinh")


def test_van_quan_had_23_communes_and_a_town() -> None:
    listed = units_on(ON_2018)
    kinds = Counter(unit.kind for unit in listed.children("184"))
    assert listed.get("184").full_title == "huyện Văn Quan, tỉnh Lạng Sơn"
    assert kinds == {"Xã": 23, "Thị trấn": 1}
    assert len(listed.tree("184")) == 25


def test_bac_giang_had_ten_districts() -> None:
    names = {unit.title for unit in units_on(date(2020, 1, 1)).children("24")}
    assert names == {
        "thành phố Bắc Giang", "huyện Yên Thế", "huyện Tân Yên", "huyện Lạng Giang", "huyện Lục Nam",
        "huyện Lục Ngạn", "huyện Sơn Động", "huyện Yên Dũng", "huyện Việt Yên", "huyện Hiệp Hòa",
    }  # fmt: skip


def test_a_province_code_may_name_another_province_later() -> None:
    assert units_on(date(2025, 6, 30)).get("24").name == "Bắc Giang"
    assert units_on(AFTER).get("24").name == "Bắc Ninh"


def test_a_day_before_the_first_list_is_answered_with_a_warning() -> None:
    proof = units_on(ON_2018).proof
    assert proof.name == "2019-10"
    assert "Không có danh mục nào trước ngày 06/10/2019" in proof.warning
    assert not proof.exact and not proof.verified and proof.not_before is None


def test_a_list_proves_its_own_day() -> None:
    proof = units_on(date(2019, 10, 6)).proof
    assert proof.exact and proof.verified and proof.warning == ""


def test_between_two_lists_there_are_bounds_and_a_warning() -> None:
    proof = units_on(date(2020, 6, 1)).proof
    assert (proof.name, proof.not_before, proof.not_after) == ("2019-10", date(2019, 10, 6), date(2021, 1, 1))
    assert "nằm giữa danh mục 2019-10 và danh mục 2021-2022" in proof.warning


def test_a_list_without_a_day_says_so() -> None:
    proof = units_on(date(2022, 3, 1)).proof
    assert not proof.exact and not proof.verified
    assert "Nguồn không ghi ngày" in proof.warning


def test_after_the_newest_list_it_says_so() -> None:
    assert "Danh mục mới nhất là 2026-10" in units_on(date(2030, 1, 1)).proof.warning


def test_the_day_of_the_reform_has_its_own_list() -> None:
    assert units_on(date(2025, 6, 30)).proof.name == "2025-06-30"
    assert units_on(AFTER).proof.name == "2025-07-01"
    assert units_on(date(2026, 9, 30)).proof.name == "2025-07-01"
    assert units_on(date(2026, 10, 1)).proof.name == "2026-10"


def test_an_unknown_code_is_refused_with_a_sentence() -> None:
    with pytest.raises(UnknownUnit, match="Danh mục 2025-07-01 không có đơn vị mang mã 184"):
        units_on(AFTER).get("184")
    with pytest.raises(UnknownUnit, match="kiểm tra mã"):
        units_on(AFTER).children("184")


def test_island_districts_stand_in_every_list_before_the_reform() -> None:
    for name in ("2019-10", "2021-2022", "2025-06-30"):
        assert {"318", "471", "498", "536", "755"} <= set(snapshot(name).codes("huyen"))


def test_regions_cover_the_63_provinces() -> None:
    found = {code: gazetteer.region_of(code, ON_2018) for code in units_on(ON_2018).codes("tinh")}
    assert Counter(region.code for region in found.values() if region) == {
        "tdmn_phia_bac": 14, "dbsh": 11, "bac_trung_bo": 6, "dh_nam_trung_bo": 8,
        "tay_nguyen": 5, "dong_nam_bo": 6, "dbscl": 13,
    }  # fmt: skip
    assert not any(region.verified for region in found.values() if region)
    assert len(gazetteer.all_regions()) == 7


def test_the_region_after_the_reform_is_that_of_the_former_province() -> None:
    cam_giang = gazetteer.region_of("10888", AFTER)
    assert cam_giang is not None and cam_giang.code == "dbsh"
    assert "tỉnh cũ" in cam_giang.note
    # Phú Thọ now holds land of three provinces in two regions
    assert gazetteer.region_of("25", AFTER) is None
    # a commune that came from Bắc Giang lies in Bắc Ninh and keeps the level of the northern uplands
    luong_phong = units_on(AFTER).find("Yên Thế", level="xa", within="24")[0]
    region = gazetteer.region_of(luong_phong.code, AFTER)
    assert region is not None and region.code == "tdmn_phia_bac"
