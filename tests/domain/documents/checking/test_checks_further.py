"""Kiểm tra thêm: contradictions that plans of new kinds held, and the same words where there is none."""

from __future__ import annotations

import pytest
from check_texts import codes


@pytest.mark.parametrize(("total", "told"), [(177, False), (180, True)])
def test_what_stands_and_what_is_added_come_to_what_is_summed_up(total: int, told: bool) -> None:
    body = (
        "I. THỰC TRẠNG\nToàn huyện có 18 xã; 09 xã đạt chuẩn nông thôn mới nâng cao; 152 khu dân cư kiểu mẫu.\n"
        f"II. MỤC TIÊU\n1. Khu dân cư kiểu mẫu: thêm 25 khu, lũy kế {total} khu.\n"
        "2. Xã đạt chuẩn nông thôn mới nâng cao: thêm 04 xã, lũy kế 13 xã."
    )
    assert ("cumulative" in codes(body)) is told


@pytest.mark.parametrize(
    ("words", "told"), [("từ 11 lên 13 tiêu chí, tăng 3", True), ("từ 11 lên 13 tiêu chí, tăng 2", False)]
)
def test_from_so_many_to_so_many(words: str, told: bool) -> None:
    assert ("gain" in codes(f"I. MỤC TIÊU\n- Hùng Lợi: {words} tiêu chí (5, 14).")) is told


@pytest.mark.parametrize(("last", "told"), [("(2 xã): Tân Thanh", True), ("(1 xã): Tân Thanh", False)])
def test_items_below_a_line_with_several_counts(last: str, told: bool) -> None:
    body = (
        "I. MỤC TIÊU\n1. Toàn huyện có 17/47 xã đạt chuẩn nông thôn mới, tăng 3 xã so với năm 2018, cụ thể:\n"
        f"+ Cụm A (2 xã): Hùng Lợi, Kiến Thiết.\n+ Cụm B {last}."
    )
    assert ("sum-below" in codes(body)) is told


@pytest.mark.parametrize(("total", "told"), [("650", False), ("600", True)])
def test_prices_are_not_added_but_what_they_come_to_is(total: str, told: bool) -> None:
    body = (
        "I. KINH PHÍ\nHoạt động: 150 triệu đồng. Hỗ trợ mỗi thôn 50 triệu đồng (10 thôn = 500 triệu đồng). "
        f"Tổng cộng: {total} triệu đồng."
    )
    assert ("sum" in codes(body)) is told


@pytest.mark.parametrize(("total", "told"), [("5.100.000.000đ", False), ("5.000.000.000đ", True)])
def test_a_sentence_adds_up_its_amounts(total: str, told: bool) -> None:
    body = f"I. KINH PHÍ\nTừ ngân sách 3.850.000.000đ và vận động 1.250.000.000đ, tổng cộng {total}."
    assert ("sum" in codes(body)) is told
