"""Số viết bằng chữ: numbers of dates that are written out."""

import pytest

from ntm.domain.official.spelled_numbers import spelled_date_in_digits, spelled_number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("muoi lam", 15),
        ("hai muoi mot", 21),
        ("ba muoi", 30),
        ("muoi", 10),
        ("mong nam", 5),
        ("hai nghin khong tram muoi chin", 2019),
        ("hai ngan khong tram hai muoi", 2020),
        ("hai nghin le chin", 2009),
        ("nam tam", None),
        ("nong thon", None),
        ("", None),
    ],
)
def test_a_number_in_words(words: str, number: int | None) -> None:
    assert spelled_number(words) == number


def test_every_other_place_stays() -> None:
    words = "yen son, ngay muoi lam thang chap nam hai nghin khong tram muoi chin, so 5"
    digits = spelled_date_in_digits(words)
    assert len(digits) == len(words)
    assert digits.split() == ["yen", "son,", "ngay", "15", "thang", "12", "nam", "2019", ",", "so", "5"]
    assert spelled_date_in_digits("ngay hoi thang loi nam 2019") == "ngay hoi thang loi nam 2019"
