"""Sửa lỗi OCR: mended beside the original; every change can be traced; sound text is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm.domain.official.repair import repair
from ntm.domain.official.text import nfc, nfd


@pytest.mark.parametrize(
    ("spoilt", "mended"),
    [
        ("Phần đầu có thêm 02 xã", "Phấn đấu có thêm 02 xã"),
        ("xã phân đầu đạt chuẩn", "xã phấn đấu đạt chuẩn"),
        ("phấn đầu tăng", "phấn đấu tăng"),
        ("KẾ HOẠCH PHÂN ĐÁU NĂM 2020", "KẾ HOẠCH PHẤN ĐẤU NĂM 2020"),
        ("năm 2O18, số l5/KH-UBND, 3O/11/2O18", "năm 2018, số 15/KH-UBND, 30/11/2018"),
        ("số25/2021 ngày30 tháng01", "số 25/2021 ngày 30 tháng 01"),
        ("xây dựng nôngthôn mới", "xây dựng nông thôn mới"),
        ("UBNDxã và BCĐhuyện", "UBND xã và BCĐ huyện"),
        ("BCD xã, HDND, 15/QD-UBND", "BCĐ xã, HĐND, 15/QĐ-UBND"),
        ("tháng 0I/2020", "tháng 01/2020"),
    ],
)
def test_it_mends(spoilt, mended):
    assert repair(spoilt).text == mended
    assert repair(nfd(spoilt)).text == mended
    assert repair(spoilt).original == spoilt


@pytest.mark.parametrize(
    "sound",
    [
        "phần đầu của kế hoạch",
        "ở phần đầu trang 2",
        "trong phần đầu tiên",
        "phấn đấu đạt chuẩn",
        "Quý I/2020, Quý II-III/2020",
        "2l nước, khí O2",
        "toàn huyện có 23/23 xã; VietGap; Internet",
        "15/KH-UBND ngày 30/01/2018",
        "",
    ],
)
def test_sound_text_is_left_alone(sound):
    assert repair(sound).text == sound
    assert repair(sound).changes == ()


def test_every_change_is_told():
    done = repair("- Phần đầu hết năm 2O18")
    assert [(c.original, c.repaired) for c in done.changes] == [("Phần đầu", "Phấn đấu"), ("2O18", "2018")]
    assert all(done.original[c.start : c.end] == c.original and c.reason for c in done.changes)


def test_places_lead_back():
    done = repair("số25/2021 tại UBNDxã An")
    at = done.text.index("An")
    assert done.original[done.original_place(at) :] == "An"
    start = done.text.index("UBND xã")
    assert done.original[slice(*done.original_span(start, start + len("UBND xã")))] == "UBNDxã"


ALPHABET = st.sampled_from(
    ["phần đầu", "phân đấu", "2O18", "số", "25", "UBNDxã", "BCD", "nôngthôn", " ", ", ", "x", "O", "l5", "\n"]
)


@given(st.lists(ALPHABET, max_size=20).map("".join))
def test_changes_and_the_original_make_the_repaired_text(text):
    done = repair(text)
    out, at = [], 0
    for change in done.changes:
        assert text[change.start : change.end] == change.original
        out += [text[at : change.start], change.repaired]
        at = change.end
    assert "".join([*out, text[at:]]) == done.text
    places = [done.original_place(i) for i in range(len(done.text) + 1)]
    assert places == sorted(places)
    assert places[-1] <= len(text)


@given(st.text(max_size=80))
def test_any_text_can_be_repaired(text):
    done = repair(text)
    assert done.original == text
    if not done.changes:
        assert done.text == nfc(text)


@pytest.mark.parametrize(
    "junk", ["O0", "phan dau ", "số1", "1O/", "ABCDx", "nôngthôn", "nôngthôn ", "I|", "D", "UBNDxã "]
)
def test_hostile_text_is_read_to_its_end_and_kept(junk):
    text = junk * (200_000 // len(junk))
    assert repair(text).original == text
