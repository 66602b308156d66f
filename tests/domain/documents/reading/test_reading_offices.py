"""Cách viết của các nơi: letterheads in capitals, symbols with a point, persons, party plans, totals without a sum."""

from __future__ import annotations

from typing import Any

import pytest
from reading_texts import plain, read_text

from ntm.domain.documents.checking import check
from ntm.domain.documents.reading.area import _lowered
from ntm.domain.official.references import find_references

COMMUNE = """UBND XÃ TÂN THÀNH
Số: 56/KH-UBND
Tân Thành, ngày 11 tháng 5 năm 2022

KẾ HOẠCH
Xây dựng xã Tân Thành, huyện Lai Vung, tỉnh Đồng Tháp đạt chuẩn nông thôn mới năm 2022

{}

TM. UBND XÃ
CHỦ TỊCH

Lê Quý Đôn
"""


def _commune(text: str) -> dict[str, Any]:
    return plain(read_text(COMMUNE.format(text)))


@pytest.mark.parametrize(
    ("written", "lowered"),
    [
        ("ỦY BAN NHÂN DÂN XÃ TÂN THÀNH", "Ủy Ban Nhân Dân xã Tân Thành"),
        ("HUYỆN VĂN QUAN", "huyện Văn Quan"),
        ("THỊ TRẤN THÀNH PHỐ MỚI", "thị trấn thành phố Mới"),
        ("UBND XÃ BẢN MẾ", "Ubnd xã Bản Mế"),
        ("HUYỆN ỦY LẮK", "huyện ủy Lắk"),
    ],
)
def test_capitals_of_a_letterhead_as_in_a_sentence(written: str, lowered: str) -> None:
    assert _lowered(written) == lowered


def test_the_commune_of_a_letterhead_in_capitals() -> None:
    read = _commune("I. MỤC TIÊU\n1. Quý II: đạt thêm 02 tiêu chí (TC8 và TC14).")
    assert [(t["units"], t["criteria"]) for t in read["targets"] if t.get("criteria")] == [(["Tân Thành"], [8, 14])]


def test_a_symbol_with_a_point_in_it() -> None:
    found = find_references(
        "Căn cứ Quyết định số 1178/QĐ-UBND.HC ngày 14/4/2022 của UBND tỉnh; số 12/QĐ-UBND. Thực hiện"
    )
    assert [r.number for r in found] == ["1178/QĐ-UBND.HC", "12/QĐ-UBND"]


def test_persons_answer_for_criteria_and_several_in_one_paragraph() -> None:
    read = _commune(
        "I. PHÂN CÔNG\n- Ông Trần Phú, Phó Chủ tịch UBND xã: phụ trách TC2, TC7.\n- Bà Lê Chân: TC5.\n"
        "- Hội Nông dân: tiêu chí 10, 13. Hội Phụ nữ: tiêu chí 17."
    )
    assert [(d["body"], d["criteria"]) for d in read["duties"]] == [
        ("Ông Trần Phú, Phó Chủ tịch UBND xã", [2, 7]), ("Bà Lê Chân", [5]), ("Hội Nông dân", [10, 13]), ("Hội Phụ nữ", [17]),
    ]  # fmt: skip


def test_a_place_name_ends_before_a_short_form() -> None:
    read = _commune(
        "I. CƠ SỞ\n1. Thực hiện Kế hoạch số 05/KH-UBND ngày 10/01/2022 của UBND huyện Lai Vung V/v xây dựng xã."
    )
    assert read["document"]["district"] == "Lai Vung"


def test_amounts_of_columns_whose_name_only_sounds_like_money() -> None:
    read = _commune(
        "I. DỰ TOÁN\n1. Chi tiết (Đvt: triệu đồng)\n\n"
        "STT\tHạng mục\tTổng số\tNgân sách\tVận động\n1\tĐường\t3.600\t3.000\t600\n"
        "2\tCamera\t180\t60\t120\n\tCộng\t3.780\t3.060\t720\n"
    )
    assert {m["amount"] for m in read["money"]} == {n * 10**6 for n in (3600, 3000, 600, 180, 60, 120, 3780, 3060, 720)}


def test_sources_that_do_not_add_up_to_the_total_above_them() -> None:
    text = "I. KINH PHÍ\n* Tổng nhu cầu kinh phí: 10.330 triệu đồng.\n* Nguồn vốn:\n+ Ngân sách tỉnh: {} triệu đồng\n"
    text += "+ Ngân sách xã: 4.830 triệu đồng"
    told = {
        n: [f.rule for f in check(read_text(COMMUNE.format(text.format(n)))) if f.rule == "sum"]
        for n in ("5.500", "5.400")
    }
    assert told == {"5.500": [], "5.400": ["sum"]}


def test_a_party_plan_whose_title_cites() -> None:
    text = """HUYỆN ỦY LẮK
*
Số 41-KH/HU
Lắk, ngày 18 tháng 4 năm 2022

KẾ HOẠCH
thực hiện Nghị quyết số 06-NQ/TU, ngày 25/01/2022 của Tỉnh ủy về
xây dựng nông thôn mới giai đoạn 2021 - 2025, định hướng đến năm 2030

Thực hiện Nghị quyết số 06-NQ/TU, ngày 25/01/2022 của Tỉnh ủy; Ban Thường vụ Huyện ủy ban hành Kế hoạch như sau:

I- MỤC TIÊU
1- Có ít nhất một mô hình."""
    reading = read_text(text)
    assert (reading.header.title or "").startswith(
        "thực hiện Nghị quyết số 06-NQ/TU, ngày 25/01/2022 của Tỉnh ủy về xây dựng"
    )
    assert (reading.header.year, reading.header.period) == (None, (2021, 2025))
    assert [(t.value, t.op, t.measure) for t in reading.targets] == [(1, ">=", "mô hình")]


def test_units_that_do_not_meet_are_no_target() -> None:
    read = _commune("I. GIAO VIỆC\n1. Các đơn vị ở 6 xã chưa đạt tiêu chí số 17 lập lộ trình.")
    assert read["criterion_targets"] == []


def test_a_table_of_members_their_area_and_criteria_is_no_table_of_work() -> None:
    read = _commune(
        "I. PHÂN CÔNG\n1. Thành viên:\n\nTT\tThành viên Ban Chỉ đạo\tNhiệm vụ, địa bàn\tTiêu chí phụ trách\n"
        "1\tCông chức Địa chính\tThường trực; thôn Đông\tTC 3, 13\n2\tTrưởng Công an xã\tThôn Đoài\tTC 19\n"
    )
    assert read["tasks"] == []
    assert [(d["body"], d["criteria"]) for d in read["duties"]] == [
        ("Công chức Địa chính", [3, 13]),
        ("Trưởng Công an xã", [19]),
    ]
