"""Kế hoạch kèm theo quyết định, bảng tiêu chí theo cột xã, tiêu chí nâng cao trong kế hoạch huyện: layouts of other offices."""

from __future__ import annotations

from typing import Any

from reading_texts import plain, read_text

DECISION = """Số: 655/QĐ-UBND

Yên Sơn, ngày 12 tháng 3 năm 2019

QUYẾT ĐỊNH
Về việc ban hành Kế hoạch xây dựng nông thôn mới huyện Yên Sơn, tỉnh Tuyên Quang năm 2019

CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN YÊN SƠN

Căn cứ Quyết định số 1600/QĐ-TTg ngày 16/8/2016 của Thủ tướng Chính phủ;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch năm 2019.

Điều 2. Quyết định có hiệu lực kể từ ngày ký.

Nơi nhận:
- UBND tỉnh;
- Lưu: VT.

CHỦ TỊCH

Lê Quý Đôn

KẾ HOẠCH
Xây dựng nông thôn mới huyện Yên Sơn năm 2019
(Ban hành kèm theo Quyết định số 655/QĐ-UBND ngày 12/3/2019 của Chủ tịch UBND huyện Yên Sơn)

I. MỤC TIÊU
1. Xã Kiến Thiết hoàn thành 02 tiêu chí: tiêu chí số 2, tiêu chí số 5.

II. KINH PHÍ
Tổng kinh phí: 72.500 triệu đồng.

III. PHÂN CÔNG
1. Phòng Nông nghiệp và PTNT: phụ trách tiêu chí số 3.

PHỤ LỤC 1
DANH SÁCH XÃ
"""
PLAN = """ỦY BAN NHÂN DÂN
HUYỆN YÊN SƠN

Số: 21/KH-UBND
Yên Sơn, ngày 15 tháng 3 năm 2023

KẾ HOẠCH
Xây dựng nông thôn mới huyện Yên Sơn, tỉnh Tuyên Quang năm 2023

{}

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lê Quý Đôn
"""


def _plan(text: str) -> dict[str, Any]:
    return plain(read_text(PLAN.format(text)))


def _pairs(read: dict[str, Any]) -> dict[str, list[int]]:
    return {u: t["criteria"] for t in read["targets"] if t.get("criteria") for u in t["units"]}


def test_a_plan_that_a_signed_decision_issues() -> None:
    read = plain(read_text(DECISION))
    head = read["document"]
    assert (head["issuer"], head["signer"]["name"]) == ("ỦY BAN NHÂN DÂN HUYỆN YÊN SƠN", "Lê Quý Đôn")
    assert head["title"].endswith("năm 2019")
    assert read["recipients"] == ["UBND tỉnh", "Lưu: VT"]
    assert _pairs(read) == {"Kiến Thiết": [2, 5]}
    assert [m["amount"] for m in read["money"]] == [72_500_000_000]
    assert [(d["body"], d["criteria"]) for d in read["duties"]] == [("Phòng Nông nghiệp và PTNT", [3])]
    assert [a["label"] for a in read["annexes"]] == ["PHỤ LỤC 1"]


def test_criteria_in_rows_and_communes_in_columns() -> None:
    read = _plan(
        "I. MỤC TIÊU\n1. Tiêu chí đạt thêm:\n\n| Tiêu chí | Kiến Thiết | Hùng Lợi |\n|---|---|---|\n| 2. Giao thông | x | |\n"
        "| 3. Thủy lợi | | x |\n| 5. Trường học | x | x |\n| Cộng | 2 | 2 |"
    )
    assert _pairs(read) == {"Kiến Thiết": [2, 5], "Hùng Lợi": [3, 5]}


def test_criteria_of_the_higher_title_go_by_their_own_set() -> None:
    read = _plan(
        "I. MỤC TIÊU\na.1) Xã Kiến Thiết: hoàn thành 2 tiêu chí NTM nâng cao (Giáo dục; Văn hóa).\n"
        "a.2) Xã Hùng Lợi: hoàn thành 2 tiêu chí (Giáo dục và Đào tạo, Văn hóa)."
    )
    assert _pairs(read) == {"Kiến Thiết": [5, 6], "Hùng Lợi": [14, 16]}


def test_a_star_that_opens_a_line_is_a_mark() -> None:
    read = _plan(
        "I. PHÂN CÔNG\n* Ông Trần Phú - Phó Chủ tịch: theo dõi tiêu chí 3, 13.\n"
        "* Bà Lê Chân - Trưởng phòng: theo dõi tiêu chí 11."
    )
    assert [(d["body"], d["criteria"]) for d in read["duties"]] == [
        ("Ông Trần Phú - Phó Chủ tịch", [3, 13]), ("Bà Lê Chân - Trưởng phòng", [11]),
    ]  # fmt: skip


def test_a_number_before_the_words_of_a_title_is_a_criterion() -> None:
    read = _plan("I. PHÂN CÔNG\n1. Phòng Tài nguyên: phụ trách tiêu chí số 17, tiêu chí số 18 xã nâng cao.")
    assert read["duties"][0]["criteria"] == [17, 18]


def test_recipients_in_one_line_parted_by_commas() -> None:
    text = PLAN.format(
        "I. MỤC TIÊU\n1. Có thêm 02 xã.\n\nNơi nhận : Như trên (để b/c, thực hiện), VPĐP tỉnh, TT HU, Lưu VT."
    )
    assert plain(read_text(text))["recipients"] == ["Như trên (để b/c, thực hiện)", "VPĐP tỉnh", "TT HU", "Lưu VT"]
