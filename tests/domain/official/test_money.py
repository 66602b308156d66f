"""Tiền: whole đồng, no digit lost, the measure always said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm.domain.official.money import MoneyError, find_money, parse_money, write_amount, write_money


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("28,038 tỷ", 28_038_000_000),
        ("183.970 triệu đồng", 183_970_000_000),
        ("17,5 tỷ đồng", 17_500_000_000),
        ("1 tỷ 500 triệu đồng", 1_500_000_000),
        ("2 tỉ", 2_000_000_000),
        ("1.234.567 đồng", 1_234_567),
        ("500.000đ", 500_000),
        ("11 trđ", 11_000_000),
        ("1,5 nghìn tỷ đồng", 1_500_000_000_000),
        ("0,1 tỷ đồng", 100_000_000),
        ("3 tỷ 20 triệu 500 nghìn 7 đồng", 3_020_500_007),
        ("-13,3 tỷ", -13_300_000_000),
        ("5.490 TRIỆU ĐỒNG", 5_490_000_000),
        ("20 triệu VNĐ", 20_000_000),
    ],
)
def test_it_reads(text, amount):
    assert parse_money(text) == amount


def test_a_column_may_state_the_measure():
    assert parse_money("5.490", "triệu") == 5_490_000_000
    assert parse_money("23,8", measure="tỷ") == 23_800_000_000


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("23,8", "thiếu đơn vị"),
        ("", "Chưa có"),
        ("5 triệu USD", "ngoại tệ"),
        ("68 triệu đồng/người/năm", "người/năm"),
        ("2 tỷ 5", "thiếu đơn vị"),
        ("1,0000000001 tỷ", "lẻ dưới một đồng"),
        ("500 triệu 1 tỷ", "thứ tự"),
        ("5 đồng chí", "không phải số tiền"),
        ("2 tỷ lệ", "không phải số tiền"),
        ("1.5 tỷ", "không phải|phẩy"),
        ("x" * 500, "quá dài"),
    ],
)
def test_it_says_why_not(text, why):
    with pytest.raises(MoneyError, match=why):
        parse_money(text)


@given(st.integers(-(10**16), 10**16), st.sampled_from(["tỷ", "triệu", "nghìn", "đồng"]))
def test_written_then_read_is_the_same(amount, measure):
    assert parse_money(write_money(amount, measure)) == amount
    assert parse_money(write_amount(amount, measure), measure) == amount


def test_it_writes():
    assert write_money(28_038_000_000, "tỷ") == "28,038 tỷ đồng"
    assert write_money(183_970_000_000, "triệu") == "183.970 triệu đồng"
    assert write_money(1_234_567) == "1.234.567 đồng"
    with pytest.raises(TypeError):
        write_money(1.5)


def test_money_in_a_sentence():
    text = "Cân đối A-B = 23,8 tỷ - 10,5 tỷ = 13,3 tỷ; thu nhập từ 30-34 triệu đồng/người/năm, "
    text += "5 triệu cây, 5 đồng chí, điểm đ khoản 3 đ"
    found = list(find_money(text))
    assert [f.amount for f in found] == [23_800_000_000, 10_500_000_000, 13_300_000_000, 34_000_000]
    assert found[-1].low == 30_000_000
    assert found[-1].per == "người/năm"
    assert all(text[f.start : f.end] == f.text for f in found)


def test_a_point_before_one_or_two_digits_parts_decimals_in_a_sentence() -> None:
    text = "Kinh phí 1.2 tỷ đồng, trong đó 350.5 triệu đồng của xã; quy mô 1.250 triệu đồng."
    assert [(m.amount, m.text) for m in find_money(text)] == [
        (1_200_000_000, "1.2 tỷ đồng"), (350_500_000, "350.5 triệu đồng"), (1_250_000_000, "1.250 triệu đồng"),
    ]  # fmt: skip
