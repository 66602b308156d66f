"""Kiểm tra thêm: contradictions that plans of new kinds held, and the same words where there is none."""

from __future__ import annotations

import pytest
from check_texts import FOOT, codes, reading

from ntm.domain.documents.checking import check


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


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("lũy kế 107 xã, chiếm 73,3% số xã", True),
        ("lũy kế 107 xã, chiếm 71,3% số xã", False),
        ("20 xã nâng cao, chiếm 20,4% số xã đạt chuẩn", False),
    ],
)
def test_a_share_of_all_communes(words: str, told: bool) -> None:
    body = f"I. KẾT QUẢ\nĐã có 98/150 xã đạt chuẩn nông thôn mới.\nII. MỤC TIÊU\n1. Có thêm 09 xã, {words}."
    assert ("share" in codes(body)) is told


@pytest.mark.parametrize(("other", "told"), [("XXVI", True), ("XXVII", False)])
def test_one_congress_named_by_its_term(other: str, told: bool) -> None:
    body = (
        "I. CĂN CỨ\n1. Nghị quyết Đại hội đại biểu Đảng bộ huyện khóa XXVII, nhiệm kỳ 2015-2020.\n"
        f"II. NHIỆM VỤ\n1. Triển khai Nghị quyết Đại hội đại biểu Đảng bộ huyện khóa {other}, nhiệm kỳ 2015-2020."
    )
    assert ("congress" in codes(body)) is told


@pytest.mark.parametrize(("number", "told"), [(14, True), (12, False)])
def test_a_count_beside_another_one(number: int, told: bool) -> None:
    body = (
        "I. MỤC TIÊU\n1. Có thêm 09 xã đạt chuẩn nông thôn mới.\n2. Có thêm 12 xã đạt chuẩn nông thôn mới nâng cao.\n"
        f"II. NHIỆM VỤ\n1. Hỗ trợ 09 xã phấn đấu đạt chuẩn nông thôn mới, {number} xã phấn đấu nâng cao."
    )
    assert ("told-twice" in codes(body)) is told


def test_a_commune_that_may_have_begun_between_two_lists_is_no_mistake() -> None:
    head = (
        "UBND HUYỆN CHỢ MỚI\nSố: 19/KH-UBND\nChợ Mới, ngày 25 tháng 02 năm {year}\n\nKẾ HOẠCH\n"
        "Xây dựng nông thôn mới huyện Chợ Mới, tỉnh Bắc Kạn năm {year}\n\nI. MỤC TIÊU\n1. Xã Thanh Thịnh đạt chuẩn.\n{foot}"
    )
    assert [f.rule for f in check(reading(head.format(year=2020, foot=FOOT))) if f.rule.startswith("unit")] == []
    assert "unit-day" in [f.rule for f in check(reading(head.format(year=2018, foot=FOOT)))]


def test_an_aim_of_another_year_under_its_heading_is_no_second_aim() -> None:
    body = (
        "I. MỤC TIÊU\n1- Đến năm {year}\n- Thu nhập bình quân đầu người đạt 75 triệu đồng.\n"
        "2- Năm 2019\n- Thu nhập bình quân đầu người đạt 56,5 triệu đồng."
    )
    assert "figure-twice" not in codes(body.format(year=2025))
    assert "figure-twice" in codes(body.format(year=2019))
