"""Tên dễ lẫn: communes called like criteria or like small words, marks of a matrix, parts below numbered sums, V/v."""

from __future__ import annotations

from reading_texts import read_text

from ntm.domain.documents.reading.lists import names_in
from ntm.domain.documents.reading.markers import read_marker
from ntm.domain.documents.reading.marks import plain
from ntm.domain.documents.reading.names import UnitNames

HEAD = "Số: 15/KH-UBND\n\nVăn Quan, ngày 30 tháng 01 năm 2018\n\nKẾ HOẠCH\nXây dựng nông thôn mới huyện Văn Quan năm 2018\n\n"


def test_a_commune_called_like_a_criterion_stays_a_commune() -> None:
    text = HEAD + (
        "I. NHIỆM VỤ\n\n- Tiêu chí số 01 Quy hoạch: Phấn đấu thêm 02 xã đạt tiêu chí (Điền Hương, Điền Hải).\n\n"
        "- Tiêu chí số 04 Điện: Phấn đấu thêm 01 xã đạt tiêu chí (Hữu Lễ).\n"
    )
    told = {(t.criterion, t.units) for t in read_text(text).criterion_targets}
    assert told == {(1, ("Điền Hương", "Điền Hải")), (4, ("Hữu Lễ",))}


def test_names_with_an_apostrophe_or_a_capital_inside_are_one_name() -> None:
    names = UnitNames()
    assert [m.name for m in names.mentions("Xã Đắk R'Măng: phấn đấu đạt; xã EaBar, EaTrol đạt")] == [
        "Đắk R'Măng",
        "EaBar",
        "EaTrol",
    ]


def test_a_name_that_begins_like_a_small_word_is_whole() -> None:
    for inner, wanted in (("Như Cố, Thanh Mai", ("Như Cố", "Thanh Mai")), ("là Yên Cư, Như Cố", ("Yên Cư", "Như Cố"))):
        found = names_in(inner, plain(inner), 0, len(inner), UnitNames(), "xa")
        assert found is not None and found.names == wanted


def test_marks_of_three_kinds_are_told_apart() -> None:
    text = HEAD + (
        "I. MỤC TIÊU\n\n1. Phấn đấu.\n\nNơi nhận:\n- Lưu: VT.\n\nBiểu 02\n\n"
        "STT\tXã\tTC 1\tTC 2\tTC 3\tTC 4\tTC 10\n1\tVân Mộng\t+\tD\tĐ\t\t+\n2\tYên Phúc\tĐ\t+\tD\tD\t\n"
    )
    told = {(t.units, t.mode): t.criteria for t in read_text(text).targets if t.criteria}
    assert told == {
        (("Vân Mộng",), "gain"): (1, 10),
        (("Vân Mộng",), "keep"): (2,),
        (("Yên Phúc",), "gain"): (2,),
        (("Yên Phúc",), "keep"): (3, 4),
    }


def test_parts_below_a_numbered_sum_are_its_parts() -> None:
    text = HEAD + (
        "I. NGUỒN LỰC\n\n1. Kinh phí.\n\nNơi nhận:\n- Lưu: VT.\n\nBiểu 03\nĐơn vị tính: triệu đồng\n\n"
        "STT\tNguồn vốn\tKế hoạch vốn\n1\tNgân sách trung ương\t5.490\n1.1\tVốn đầu tư\t3.890\n1.2\tVốn sự nghiệp\t1.600\n"
        "2\tVốn lồng ghép\t100\n\tTổng cộng\t5.590\n"
    )
    money = read_text(text).money
    parents = {m.what: money[m.parent].what if m.parent is not None else None for m in money}
    assert parents == {
        "Ngân sách trung ương": "Tổng cộng",
        "Vốn đầu tư": "Ngân sách trung ương",
        "Vốn sự nghiệp": "Ngân sách trung ương",
        "Vốn lồng ghép": "Tổng cộng",
        "Tổng cộng": None,
    }


def test_about_is_no_roman_numeral() -> None:
    assert read_marker("V/v đôn đốc báo cáo tháng 3")[0] is None
    found = read_marker("V/ TỔ CHỨC THỰC HIỆN")[0]
    assert found is not None and (found.label, found.style) == ("V", "roman")
