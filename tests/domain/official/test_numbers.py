"""Con số: read as an official reads, refused with a reason, written and read again the same."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm.domain.official.numbers import (
    NumberError,
    find_numbers,
    parse_number,
    parse_ratio,
    parse_roman,
    write_number,
    write_roman,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("59,58", "59.58"),
        ("1.234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("183.970", "183970"),
        ("28,038", "28.038"),
        ("16,67", "16.67"),
        ("007", "7"),
        ("-3", "-3"),
        ("−3,5", "-3.5"),
        ("0", "0"),
        (" 12 ", "12"),
        ("1.234.567", "1234567"),
        ("1234567", "1234567"),
    ],
)
def test_it_reads(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("08/09", "08/09 là ngày tháng, không phải số"),
        ("30/11/2018", "là ngày tháng"),
        ("124/184", "số đạt trên tổng số"),
        ("1.5", "phẩy"),
        ("1,234,567.5", "phẩy"),
        ("0.400", "phẩy"),
        ("12%", "dấu %"),
        ("30-34", "khoảng"),
        ("3 xã", "có chữ"),
        ("", "Chưa có"),
        ("1.23.456", "không phải"),
        ("2,3,5", "không phải"),
        ("9" * 100, "quá dài"),
        ("١٢", "không phải"),
    ],
)
def test_it_says_why_not(text, why):
    with pytest.raises(NumberError, match=why):
        parse_number(text)


def test_a_refusal_may_suggest():
    with pytest.raises(NumberError) as refused:
        parse_number("1.5")
    assert refused.value.suggestion == Decimal("1.5")
    with pytest.raises(NumberError) as refused:
        parse_number("96,5%")
    assert refused.value.suggestion == Decimal("96.5")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**15), max_value=10**15))
def test_written_then_read_is_the_same(value):
    assert parse_number(write_number(value)) == value


@given(st.integers(1, 3999))
def test_roman_numerals_too(value):
    assert parse_roman(write_roman(value)) == value


def test_it_writes():
    assert write_number(Decimal("1234567.50")) == "1.234.567,50"
    assert write_number(Decimal("2.345"), places=2) == "2,35"
    assert write_number(Decimal("-0.5")) == "-0,5"
    assert write_number(Decimal("1E+3")) == "1.000"
    with pytest.raises(NumberError):
        write_number(Decimal("NaN"))
    with pytest.raises(TypeError):
        write_number(0.1)


def test_ratios():
    assert parse_ratio("23/23") == (23, 23)
    assert parse_ratio(" 08/09 ") == (8, 9)
    for bad in ("9/8", "1/0", "a/b", "1/2/3"):
        with pytest.raises(NumberError):
            parse_ratio(bad)


def test_numbers_in_a_sentence():
    text = "Có thêm 23 xã, lũy kế 124/184 xã, chiếm 67,4%; tăng 0,4 tiêu chí "
    text += "theo Kế hoạch 15/KH-UBND ngày 30/01/2018, đường 394C."
    assert [(f.text, f.percent) for f in find_numbers(text)] == [
        ("23", False),
        ("67,4", True),
        ("0,4", False),
        ("394", False),
    ]
    assert all(text[f.start : f.end] == f.text for f in find_numbers(text))


@pytest.mark.parametrize("bad", ["IIII", "VX", "", "A", "M" * 5000])
def test_roman_refusals(bad):
    with pytest.raises(NumberError):
        parse_roman(bad)
