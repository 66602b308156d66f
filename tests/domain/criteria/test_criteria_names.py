"""What a document calls a criterion."""

import pytest

from ntm.domain.criteria import catalogue, criterion_by_name


@pytest.mark.parametrize("code", [code for code in catalogue().codes() if catalogue().get(code).criteria])
def test_every_own_name_is_found_with_and_without_marks(code):
    one = catalogue().get(code)
    for criterion in one.criteria:
        for text in (criterion.name, criterion.name.upper(), f"Tiêu chí số {criterion.no:02d} {criterion.name}"):
            assert criterion_by_name(one, text) == criterion, text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Cơ sở hạ tầng thương mại nông thôn", 7),
        ("Cơ sở hạ tầng thương mại", 7),
        ("Hộ nghèo", 11),
        ("Nghèo đa chiều", 11),  # the name of the next period
        ("Tiêu chí Thủy lợi (TC3)", 3),
        ("Tiêu chí số 07 Cơ sở hạ tầng thương mại nông thôn:", 7),
        ("Môi trường và ATTP", 17),
        ("tiêu chí môi trường", 17),
        ("CSVC văn hóa", 6),
        ("CƠ SỞ VẬT CHẮT VĂN HOÁ", 6),  # misread by OCR
        ("Tiêu chi số 15 Y té", 15),
        ("Thông tin - truyền thông", 8),
        ("Điện nông thôn", 4),
        ("Hệ thống chính trị và TCPL", 18),
        ("18", 18),
        ("tiêu chí số 11", 11),
        ("Tiêu chí 2 thủy lợi", 3),  # a wrong number beside a clear name: the name decides
    ],
)
def test_forgiving(text, number):
    found = criterion_by_name(catalogue().get("xa-ntm-2016-2020"), text)
    assert found is not None and found.no == number


@pytest.mark.parametrize("text", ["", "   ", "17.1", "Huy động vốn", "an", "tiêu chí", "99"])
def test_it_does_not_guess_far(text):
    assert criterion_by_name(catalogue().get("xa-ntm-2016-2020"), text) is None
