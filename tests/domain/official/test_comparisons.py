"""So sánh bằng lời: the bound that an official means, strict or not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm.domain.official.comparisons import (
    Comparison,
    ComparisonError,
    find_comparisons,
    parse_comparison,
    write_comparison,
)


@pytest.mark.parametrize(
    ("text", "op", "value", "high", "measure"),
    [
        ("từ 3 trở lên", ">=", "3", None, None),
        ("từ 3 tiêu chí trở lên", ">=", "3", None, "tiêu chí"),
        ("từ 5 trở xuống", "<=", "5", None, None),
        ("trên 68 triệu đồng/người/năm", ">", "68", None, "triệu đồng/người/năm"),
        ("≥ 64", ">=", "64", None, None),
        (">= 64", ">=", "64", None, None),
        ("≤ 5%", "<=", "5", None, "%"),
        ("< 5", "<", "5", None, None),
        ("khoảng 65 mô hình", "~", "65", None, "mô hình"),
        ("ít nhất 01 khu dân cư", ">=", "1", None, "khu dân cư"),
        ("không quá 5%", "<=", "5", None, "%"),
        ("không dưới 7", ">=", "7", None, None),
        ("tối thiểu 30 sản phẩm", ">=", "30", None, "sản phẩm"),
        ("tối đa 2", "<=", "2", None, None),
        ("từ 30-34 triệu", "between", "30", "34", "triệu"),
        ("từ 15 đến 23 triệu đồng", "between", "15", "23", "triệu đồng"),
        ("dưới 10 tiêu chí", "<", "10", None, "tiêu chí"),
        ("67,4%", "=", "67.4", None, "%"),
        ("còn 3,5%", "=", "3.5", None, "%"),
        ("từ 25% trở lên", ">=", "25", None, "%"),
    ],
)
def test_it_reads(text, op, value, high, measure):
    got = parse_comparison(text)
    assert (got.op, got.value, got.high, got.measure) == (op, Decimal(value), Decimal(high) if high else None, measure)
    assert str(got) == text


@pytest.mark.parametrize("bad", ["", "nhiều", "từ 34 đến 30", "từ 3 trở lên, từ 5 trở lên", "gắn 5", "x" * 400])
def test_it_refuses(bad):
    with pytest.raises(ComparisonError):
        parse_comparison(bad)


OPERATORS = st.sampled_from([">=", ">", "<=", "<", "=", "~"])
VALUES = st.decimals(0, 10**9, places=2, allow_nan=False)
MEASURES = st.sampled_from([None, "%", "triệu đồng", "tiêu chí", "xã", "triệu đồng/người/năm"])


@given(
    st.one_of(
        st.builds(Comparison, OPERATORS, VALUES, st.none(), MEASURES),
        st.builds(lambda a, b, m: Comparison("between", a, a + b, m), VALUES, VALUES, MEASURES),
    )
)
def test_written_then_read_is_the_same(comparison):
    again = parse_comparison(write_comparison(comparison))
    assert again == comparison
    assert again.measure == comparison.measure


def test_bounds_hold_at_the_edge():
    edge = Decimal(68)
    assert not parse_comparison("trên 68").holds(edge)
    assert parse_comparison("từ 68 trở lên").holds(edge)
    assert parse_comparison("từ 60 đến 68").holds(edge)
    assert not parse_comparison("dưới 68").holds(edge)
    assert parse_comparison("không quá 68").holds(edge)
    assert parse_comparison("khoảng 68").holds(edge) is None


def test_comparisons_in_a_sentence():
    text = "tăng từ 3 tiêu chí trở lên; lớp 9 trên 99%; thêm 1 tiêu chí trở lên; "
    text += "trên địa bàn 23 xã; gắn 2 mô hình; tối thiểu 30 sản phẩm"
    found = list(find_comparisons(text))
    assert [(c.op, int(c.value)) for c in found] == [(">=", 3), (">", 99), (">=", 1), (">=", 30)]
    assert all(text[c.start : c.end] == c.text for c in found)
