"""Chữ viết: forms of one word are one; different words stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm.domain.official.text import flat, fold, fold_keep_marks, natural_key, nfc, nfc_map, nfd, same_words, tone_key


def test_fold_is_the_search_key():
    assert fold("  Xã  ĐẠI\u00a0Lâm – Hoà ") == "xa dai lam - hoa"
    assert fold(nfd("Thị trấn Đồng Đăng")) == fold("thị trấn đồng đăng") == "thi tran dong dang"


def test_fold_keep_marks_keeps_them():
    assert fold_keep_marks(nfd("  ỦY  ban ")) == "ủy ban"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Hoà", "Hòa"),
        ("Thuỷ", "Thủy"),
        ("Mỹ", "Mĩ"),
        ("quý", "quí"),
        ("Uỷ ban", "Ủy ban"),
        ("Y tế", "I tế"),
        ("khoẻ", "KHỎE"),
    ],
)
def test_one_word_written_twice(a, b):
    assert same_words(a, b)
    assert same_words(nfd(a), b)


@pytest.mark.parametrize(
    ("a", "b"), [("tay", "tai"), ("thúy", "thúi"), ("Văn An", "Vân An"), ("Hoà", "Hoá"), ("đa", "da")]
)
def test_two_words_stay_two(a, b):
    assert not same_words(a, b)


@given(st.text(max_size=200))
def test_flat_keeps_every_place(s):
    assert len(flat(s)) == len(s)


@given(st.text(max_size=80))
def test_keys_are_stable(s):
    assert fold(fold(s)) == fold(s)
    assert fold_keep_marks(fold_keep_marks(s)) == fold_keep_marks(s)
    assert tone_key(s) == tone_key(s.upper().lower()) or s.upper().lower() != s.lower()


@given(st.text(alphabet="aăâeêioôơuưyđbcđ \u0300\u0301\u0303\u0309\u0323Ậớ", max_size=60))
def test_places_lead_back(s):
    text, places = nfc_map(s)
    assert len(places) == len(text) + 1
    assert places[-1] == len(s)
    assert places == sorted(places)
    assert nfc(text) == nfc(s)


def test_units_are_ordered_as_people_count():
    given = ["Thôn 10", "Thôn 2", "Thôn 11", "Thôn 1", "thôn An"]
    assert sorted(given, key=natural_key) == ["Thôn 1", "Thôn 2", "Thôn 10", "Thôn 11", "thôn An"]


def test_names_stand_in_the_order_of_the_vietnamese_alphabet() -> None:
    names = ["An Sơn", "Ân Thi", "Đại An", "Du Tiến", "Điềm He", "Vân An", "Văn An", "Vạn An", "Bình Phúc", "Bính Xá"]
    rightly = ["An Sơn", "Ân Thi", "Bình Phúc", "Bính Xá", "Du Tiến", "Đại An", "Điềm He", "Vạn An", "Văn An", "Vân An"]
    assert sorted(names, key=natural_key) == rightly
    assert sorted(map(nfd, names), key=natural_key) == [nfd(name) for name in rightly]
    assert sorted(["mai", "mạ", "má", "mã", "mả", "mà", "ma"], key=natural_key) == [
        "ma",
        "mà",
        "mả",
        "mã",
        "má",
        "mạ",
        "mai",
    ]
