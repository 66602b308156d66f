"""Đọc đúng thì mới kiểm tra đúng: places where a small misreading would have been told as a contradiction."""

from __future__ import annotations

from reading_texts import read_text

HEAD = """Số: 34/KH-UBND
Yên Sơn, ngày 15 tháng 02 năm 2019

KẾ HOẠCH
Xây dựng nông thôn mới huyện Yên Sơn, tỉnh Tuyên Quang năm 2019

"""


def test_a_commune_whose_name_begins_like_a_small_word_keeps_it() -> None:
    reading = read_text(f"{HEAD}I. NHIỆM VỤ\n- Tiêu chí số 2 Giao thông: phấn đấu thêm 01 xã đạt tiêu chí (Nhữ Hán).\n")
    assert [t.units for t in reading.criterion_targets] == [("Nhữ Hán",)]
    reading = read_text(
        f"{HEAD}I. NHIỆM VỤ\n- Tiêu chí số 2 Giao thông: thêm 02 xã đạt tiêu chí (gồm: Nhữ Hán, Chân Sơn).\n"
    )
    assert [t.units for t in reading.criterion_targets] == [("Nhữ Hán", "Chân Sơn")]


def test_an_amount_after_a_closed_bracket_of_parts_is_no_part() -> None:
    reading = read_text(
        f"{HEAD}I. KINH PHÍ\n1. Ngân sách tỉnh bố trí 310,75 tỷ đồng (gồm 285 tỷ đồng vốn đầu tư "
        "và 25,75 tỷ đồng vốn sự nghiệp). "
        "Huy động cộng đồng 120.000 triệu đồng.\n"
    )
    assert [[reading.money[i].words for i in s.parts] for s in reading.sums] == [["285 tỷ đồng", "25,75 tỷ đồng"]]


def test_a_period_with_its_own_text_is_not_under_the_period_before() -> None:
    reading = read_text(
        f"{HEAD}I. LỘ TRÌNH\nQuý II/2019:\n- Khởi công nhà văn hóa.\nQuý IV/2019: Lập hồ sơ công nhận.\n"
    )
    assert [(s.period, s.group) for s in reading.roadmap] == [("Quý II/2019", "Quý II/2019"), ("Quý IV/2019", None)]


def test_a_signer_of_the_family_truong() -> None:
    reading = read_text(f"{HEAD}I. MỤC TIÊU\nGiữ vững.\n\nTM. BAN QUẢN LÝ\nTRƯỞNG BAN\n\nTrương Hán Siêu\n")
    assert reading.header.signer is not None
    assert reading.header.signer.name == "Trương Hán Siêu"
