"""A name is found however it was typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm.domain.gazetteer import names, units_on

OLD = units_on(date(2019, 10, 6))
NEW = units_on(date(2025, 7, 1))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("huyện Văn Quan", "184"),
        ("Văn Quan, Lạng Sơn", "184"),
        ("H. Văn Quan", "184"),
        ("xã Văn An", "06280"),
        ("Xã Van An, huyen Van Quan", "06280"),
        ("Thạch Lỗi", "10906"),
        ("thach loi", "10906"),
        ("THẠCH LỖI", "10906"),
        ("Tha\u0323ch Lô\u0303i", "10906"),  # marks as separate characters
        ("Nàn Sín", "02836"),  # the list of 2019 writes Nàn Xín
        ("Nàn Xín", "02836"),
        ("TT Văn Quan", "06253"),
        ("TP.HCM", "79"),
        ("TP Hồ Chí Minh", "79"),
        ("tỉnh Hòa Bình", "17"),  # the list of 2019 writes Hoà Bình
        ("tỉnh Hoà Bình", "17"),
        ("Quận 1", "760"),
        ("Bà Rịa – Vũng Tàu", "77"),
        ("06280", "06280"),
        ("184", "184"),
    ],
)
def test_the_first_answer_is_the_unit_meant(typed: str, code: str) -> None:
    assert OLD.find(typed)[0].code == code


def test_who_writes_marks_means_them() -> None:
    assert [unit.code for unit in OLD.find("Văn An", level="xa")] == ["06280", "10579"]
    without = {unit.name for unit in OLD.find("Van An")}
    assert {"Văn An", "Vân An", "Vạn An"} <= without


def test_a_kind_before_the_name_narrows() -> None:
    assert [unit.title for unit in OLD.find("phường Văn An")] == ["phường Văn An"]
    assert {unit.level for unit in OLD.find("huyện Văn Quan")} == {"huyen"}


def test_a_unit_that_changed_its_kind_is_still_found() -> None:
    assert OLD.find("xã Văn Quan")[0].title == "thị trấn Văn Quan"


def test_level_and_upper_unit_narrow() -> None:
    assert {unit.level for unit in OLD.find("Văn Quan", level="xa")} == {"xa"}
    assert [unit.code for unit in OLD.find("Hòa Bình", within="184")] == ["06274"]
    assert [unit.code for unit in OLD.find("Hòa Bình", within="Van Quan")] == ["06274"]
    assert OLD.find("Văn An", within="24") == []


def test_wards_with_a_number_are_found_with_and_without_the_zero() -> None:
    with_zero = {unit.code for unit in OLD.find("phường 01")}
    assert with_zero == {unit.code for unit in OLD.find("Phường 1")} and with_zero


def test_nothing_is_found_for_a_name_that_is_not_there() -> None:
    assert OLD.find("Không Có Nơi Này") == []
    assert OLD.find("") == []
    assert NEW.find("huyện Văn Quan", level="huyen") == []


@given(st.sampled_from(OLD.codes()))
def test_every_unit_answers_to_its_own_name_in_any_dress(code: str) -> None:
    unit = OLD.get(code)
    for typed in (unit.title, names.fold_key(unit.title), unit.title.upper(), unit.full_title):
        assert code in {found.code for found in OLD.find(typed, level=unit.level)}


@given(st.text(max_size=30))
def test_any_text_is_answered(typed: str) -> None:
    assert isinstance(OLD.find(typed), list)
