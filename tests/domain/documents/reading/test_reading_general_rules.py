"""Quy tắc đọc chung: each fault that plans of a new kind showed, in sentences of our own."""

from __future__ import annotations

from typing import Any

import pytest
from reading_texts import plain, read_text

HEAD = """ỦY BAN NHÂN DÂN
{body}

Số: 21/KH-UBND
{place}, ngày {day}

KẾ HOẠCH
{title}

"""
FOOT = """
Nơi nhận:
- Các phòng, ban;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lê Quý Đôn
"""


def _district(
    text: str, title: str = "Xây dựng nông thôn mới huyện Yên Sơn, tỉnh Tuyên Quang năm 2019"
) -> dict[str, Any]:
    head = HEAD.format(body="HUYỆN YÊN SƠN", place="Yên Sơn", day="15 tháng 02 năm 2019", title=title)
    return plain(read_text(f"{head}{text.strip()}\n{FOOT}"))


def _pairs(read: dict[str, Any]) -> dict[str, list[int]]:
    return {u: t["criteria"] for t in read["targets"] if t.get("criteria") for u in t["units"]}


def _duties(read: dict[str, Any]) -> dict[str, list[int]]:
    return {d["body"]: d["criteria"] for d in read["duties"] if d["criteria"]}


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("đạt thêm 03 tiêu chí: Giao thông (2), Trường học (5), Thu nhập (10)", [2, 5, 10]),
        ("đạt thêm tiêu chí 2 (Giao thông), tiêu chí 13 (Tổ chức sản xuất) và tiêu chí 17", [2, 13, 17]),
        ("đạt thêm các tiêu chí xã số 3, 6", [3, 6]),
        ("đạt thêm các tiêu chí: số 3 về Thủy lợi, số 13 và chỉ tiêu 18.4", [3, 13, 18]),
    ],
)
def test_criteria_named_beside_their_number(words: str, numbers: list[int]) -> None:
    assert _pairs(_district(f"I. MỤC TIÊU\n1. Xã Kiến Thiết phấn đấu {words}."))["Kiến Thiết"] == numbers


def test_names_of_a_districts_own_criteria_are_not_those_of_communes() -> None:
    read = _district(
        "I. MỤC TIÊU\n1. Huyện phấn đấu đạt 5/9 tiêu chí (Quy hoạch, Giao thông, Điện, Môi trường, Thủy lợi)."
    )
    assert [t for t in read["targets"] if t.get("criteria")] == []


def test_a_part_whose_title_stands_on_the_next_line() -> None:
    read = _district(
        "Phần I\nHIỆN TRẠNG\n1. Huyện có 14 xã đạt chuẩn.\n\nPhần II\nMỤC TIÊU\nI- Chỉ tiêu\n1- Có thêm 02 xã."
    )
    assert [(s["label"], s["title"], s["depth"]) for s in read["outline"]] == [
        ("Phần I", "HIỆN TRẠNG", 1), ("1.", "Huyện có 14 xã đạt chuẩn", 2),
        ("Phần II", "MỤC TIÊU", 1), ("I-", "Chỉ tiêu", 2), ("1-", "Có thêm 02 xã", 3),
    ] or [(s["title"], s["depth"]) for s in read["outline"]] == [
        ("HIỆN TRẠNG", 1), ("Huyện có 14 xã đạt chuẩn", 2), ("MỤC TIÊU", 1), ("Chỉ tiêu", 2), ("Có thêm 02 xã", 3),
    ]  # fmt: skip


def test_what_stands_in_a_report_of_the_state_is_no_promise() -> None:
    head = HEAD.format(
        body="XÃ KIẾN THIẾT", place="Kiến Thiết", day="15 tháng 02 năm 2019",
        title="Xây dựng nông thôn mới xã Kiến Thiết, huyện Yên Sơn, tỉnh Tuyên Quang năm 2019",
    )  # fmt: skip
    text = (
        "A. KẾT QUẢ NĂM 2018\n- Xã đã đạt 2/19 tiêu chí: tiêu chí 1, 4.\nB. MỤC TIÊU\n- Phấn đấu đạt thêm tiêu chí 7."
    )
    read = plain(read_text(f"{head}{text}\n{FOOT}"))
    assert _pairs(read) == {"Kiến Thiết": [7]}


def test_a_title_that_names_a_criterion_is_no_basis() -> None:
    read = _district("I. MỤC TIÊU\n1. Xong.", title="Thực hiện tiêu chí số 17 về Môi trường huyện Yên Sơn năm 2019")
    assert read["document"]["title"].startswith("Thực hiện tiêu chí số 17")


def test_who_issues_stands_after_who_proposed() -> None:
    text = HEAD.split("ỦY BAN NHÂN DÂN\n{body}\n")[1].format(
        place="Yên Sơn", day="15 tháng 02 năm 2019", title="Xây dựng nông thôn mới năm 2019"
    )
    text += """Thực hiện Nghị quyết số 08-NQ/HU ngày 20/01/2019; theo đề nghị của Văn phòng Điều phối, UBND huyện Yên Sơn
ban hành Kế hoạch năm 2019 như sau:

I. MỤC TIÊU
1. Có thêm 02 xã đạt chuẩn."""
    assert plain(read_text(text + FOOT))["document"]["issuer"] == "UBND huyện Yên Sơn"


def test_who_answers_for_a_criterion_is_told_beside_its_work() -> None:
    read = _district(
        "I. NỘI DUNG\n1. Tiêu chí 2 (Giao thông): nâng cấp 2 km đường. Phụ trách: Phòng Kinh tế và Hạ tầng.\n"
        "2. Tiêu chí số 10 - Thu nhập: mở 02 lớp nghề. Phân công: Hội Nông dân huyện.\n"
        "II. NHIỆM VỤ\n1. Trung tâm Y tế: chủ trì tiêu chí số 15.\n2. Phòng Nội vụ chủ trì thực hiện tiêu chí số 18."
    )
    assert _duties(read) == {
        "Phòng Kinh tế và Hạ tầng": [2], "Hội Nông dân huyện": [10], "Trung tâm Y tế": [15], "Phòng Nội vụ": [18],
    }  # fmt: skip


def test_who_answers_for_a_criterion_is_told_in_a_table_of_persons() -> None:
    read = _district(
        "I. PHÂN CÔNG\n1. Thành viên phụ trách tiêu chí:\n\nTT\tHọ và tên\tChức vụ\tTiêu chí phụ trách\n"
        "1\tTrần Phú\tCông chức Địa chính\t1, 2, 9\n2\tLê Lai\tTrưởng Công an xã\t19\n"
    )
    assert _duties(read) == {"Trần Phú, Công chức Địa chính": [1, 2, 9], "Lê Lai, Trưởng Công an xã": [19]}


def test_indicators_are_of_their_criterion() -> None:
    read = _district("I. PHÂN CÔNG TRÁCH NHIỆM\n1. Trung tâm Y tế: hướng dẫn chỉ tiêu 17.6, 17.8 và chỉ tiêu 15.1.")
    assert _duties(read) == {"Trung tâm Y tế": [17, 15]}


def test_aims_in_a_table_by_year() -> None:
    read = _district(
        "I. MỤC TIÊU\n1. Chỉ tiêu chủ yếu:\n\nChỉ tiêu\tĐVT\tTH 2018\t2019\t2020\n"
        "Thu nhập bình quân đầu người\tTriệu đồng\t24,5\t27\t30\nTỷ lệ hộ nghèo\t%\t18,2\t15\tdưới 12\n"
    )
    told = [(t["what"], t["value"], t["measure"], bool(t.get("baseline")), t["op"]) for t in read["targets"]]
    assert told == [
        ("Thu nhập bình quân đầu người", 24.5, "Triệu đồng", True, "="),
        ("Thu nhập bình quân đầu người", 27, "Triệu đồng", False, "="),
        ("Thu nhập bình quân đầu người", 30, "Triệu đồng", False, "="),
        ("Tỷ lệ hộ nghèo", 18.2, "%", True, "="),
        ("Tỷ lệ hộ nghèo", 15, "%", False, "="),
        ("Tỷ lệ hộ nghèo", 12, "%", False, "<"),
    ]


def test_a_line_end_inside_the_last_cell() -> None:
    read = _district(
        "I. TIẾN ĐỘ\n1. Bảng việc:\n\nTT\tNội dung\tThời gian\tChủ trì\tPhối hợp\n"
        "1\tThẩm định đợt 1\tQuý II\tĐoàn thẩm định\tVPĐP\ntỉnh, UBND huyện\n2\tBáo cáo\tQuý IV\tVPĐP\tCác phòng\n"
    )
    assert [t["coordinating"] for t in read["tasks"]] == ["VPĐP tỉnh, UBND huyện", "Các phòng"]


def test_a_table_of_money_is_no_table_of_work() -> None:
    read = _district(
        "I. KINH PHÍ\n1. Dự toán:\n\n| TT | Nội dung | Kinh phí (triệu đồng) | Đơn vị thực hiện |\n|---|---|---|---|\n"
        "| 1 | Tập huấn | 420 | VPĐP |\n| 2 | Pa nô | 80 | Phòng VHTT |\n| | **Tổng** | **500** | |\n"
    )
    assert read["tasks"] == []
    assert [(m["amount"], m["role"]) for m in read["money"]][-1] == (500_000_000, "total")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Tiêu chí số 4 về Điện: thêm 01 xã đạt: Kiến Thiết; lũy kế 9/12 xã.",
            [(4, 1, ["Kiến Thiết"]), (4, 9, [])],
        ),
        (
            "Các tiêu chí khác: tiêu chí số 13 thêm 02 xã (Kiến Thiết, Trung Minh); tiêu chí số 16 thêm 01 xã (Hùng Lợi).",
            [(13, 2, ["Kiến Thiết", "Trung Minh"]), (16, 1, ["Hùng Lợi"])],
        ),
        (
            "Phấn đấu 12/12 xã đạt tiêu chí Môi trường. Trong đó:\n- Quý I: thêm 01 xã (Hùng Lợi);\n"
            "- Quý II: 02 xã (Kiến Thiết, Trung Minh).",
            [(17, 12, []), (17, 1, ["Hùng Lợi"]), (17, 2, ["Kiến Thiết", "Trung Minh"])],
        ),
    ],
)  # fmt: skip
def test_units_counted_by_criterion(text: str, wanted: list[tuple[int, int, list[str]]]) -> None:
    read = _district(f"I. MỤC TIÊU\n1. {text}")
    assert [(c["criterion"], c["count"], c["units"]) for c in read["criterion_targets"]] == wanted


def test_a_list_that_goes_on_after_a_semicolon() -> None:
    read = _district(
        "I. MỤC TIÊU\n1. Xây dựng 04 thôn đạt chuẩn: thôn Nà Bó, thôn Bản Pình (xã Kiến Thiết); thôn Khuôn Làn (xã "
        "Hùng Lợi); thôn Bản Ruộc (xã Trung Minh)."
    )
    assert [len(one["items"]) for one in read["stated_lists"]] == [4]


def test_parts_of_a_part_stand_in_brackets_and_a_second_breakdown_is_its_own() -> None:
    read = _district(
        "I. KINH PHÍ\n1. Nhu cầu vốn: 100 tỷ đồng. Trong đó: ngân sách trung ương 60 tỷ đồng (vốn đầu tư 40 tỷ đồng, vốn "
        "sự nghiệp 20 tỷ đồng); ngân sách huyện 40 tỷ đồng.\n2. Khái toán: 90 tỷ đồng, trong đó:\na) Ngân sách tỉnh: 50 tỷ "
        "đồng.\nb) Vốn huy động: 40 tỷ đồng.\n\nPhân kỳ: năm 2019: 30 tỷ đồng; năm 2020: 60 tỷ đồng."
    )
    amounts = [m["amount"] // 10**9 for m in read["money"]]
    sums = [(amounts[s["total"]], [amounts[i] for i in s["parts"]]) for s in read["money_sums"]]
    assert sums == [(100, [60, 40]), (60, [40, 20]), (90, [50, 40])]


def test_the_set_is_one_that_existed_and_has_the_numbers_told() -> None:
    head = HEAD.format(
        body="TỈNH LÀO CAI", place="Lào Cai", day="29 tháng 8 năm 2025",
        title="Xây dựng nông thôn mới tỉnh Lào Cai 6 tháng cuối năm 2025 và năm 2026",
    )  # fmt: skip
    text = "I. PHÂN CÔNG TRÁCH NHIỆM\n1. Sở Y tế: phụ trách tiêu chí số 15.\n2. Công an tỉnh: phụ trách tiêu chí số 19."
    assert _duties(plain(read_text(f"{head}{text}\n{FOOT}"))) == {"Sở Y tế": [15], "Công an tỉnh": [19]}


def test_digits_that_recognition_wrote_as_letters() -> None:
    read = _district(
        "I. MỤC TIÊU\n1. Tiêu chí số l7 về Môi trường: thêm 0l xã đạt (Hùng Lợi), nâng tổng số lên 1l/12 xã."
    )
    assert [(c["criterion"], c["count"], c["units"]) for c in read["criterion_targets"]] == [
        (17, 1, ["Hùng Lợi"]), (17, 11, []),
    ]  # fmt: skip
    assert "0l xã" in read["criterion_targets"][0]["text"]  # the words stay as they were read


def test_work_beside_its_criterion_is_still_a_table_of_work() -> None:
    read = _district(
        "I. NHIỆM VỤ\n1. Bảng:\n\nTT\tTiêu chí\tNội dung thực hiện năm 2019\tNgười phụ trách\tThời gian hoàn thành\n"
        "1\tQuy hoạch\tCông bố quy hoạch\tCông chức Địa chính\tQuý II\n2\tGiao thông\tLàm 2 km đường\tBan quản lý\tTháng 9\n"
    )
    assert [(t["what"], t["lead"], t["deadline"]["text"]) for t in read["tasks"]] == [
        ("Công bố quy hoạch", "Công chức Địa chính", "Quý II"), ("Làm 2 km đường", "Ban quản lý", "Tháng 9"),
    ]  # fmt: skip


@pytest.mark.parametrize("cut", ["(khóa\nXXIII) về", "thu nhập\n(10), môi trường"])
def test_a_line_end_before_what_only_looks_like_a_mark(cut: str) -> None:
    read = _district(f"I. MỤC TIÊU\n1. Thực hiện nghị quyết của huyện {cut} xây dựng nông thôn mới.\n2. Có thêm 02 xã.")
    assert [s["label"] for s in read["outline"]] == ["I.", "1.", "2."]


def test_a_basis_on_a_line_of_its_own_after_a_semicolon() -> None:
    head = HEAD.format(
        body="HUYỆN YÊN SƠN", place="Yên Sơn", day="15 tháng 02 năm 2019", title="Xây dựng nông thôn mới"
    )
    bases = "Căn cứ Quyết định số 1600/QĐ-TTg ngày 16/8/2016;\nKế hoạch số 23/KH-UBND ngày 28/01/2019 của UBND tỉnh."
    assert [b["number"] for b in plain(read_text(f"{head}{bases}\n\nI. MỤC TIÊU\n1. Xong.\n{FOOT}"))["legal_bases"]] == [
        "1600/QĐ-TTg", "23/KH-UBND",
    ]  # fmt: skip


def test_annexes_promised_by_a_detailed_table() -> None:
    read = _district("I. MỤC TIÊU\n1. Có thêm 02 xã (có biểu chi tiết số 01, 02 kèm theo).")
    assert len(read["annex_promises"]) == 2


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Các xã Kiến Thiết, Hùng Lợi phấn đấu đạt tiêu chí trong năm 2019.", ["Kiến Thiết", "Hùng Lợi"]),
        ("Có thêm 02 xã đạt tiêu chí là Kiến Thiết và Làng Quán, lũy kế có 04 xã đạt.", ["Kiến Thiết", "Làng Quán"]),
    ],
)
def test_units_of_a_criterion_whatever_stands_before_and_after(text: str, units: list[str]) -> None:
    read = _district(f"I. TIÊU CHÍ\n1. Tiêu chí số 18 - Hệ thống chính trị và tiếp cận pháp luật\n{text}")
    assert read["criterion_targets"][0]["units"] == units
    assert read["criterion_targets"][0]["criterion"] == 18


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "1. Xã Kiến Thiết phấn đấu đạt thêm 06 tiêu chí chưa đạt: Tiêu chí số 06, 10, 11, 13, 17,\n18.",
            [6, 10, 11, 13, 17, 18],
        ),
        (
            "1. Xã Kiến Thiết phấn đấu trong năm đạt thêm 03 tiêu chí (Giao thông; Trường học;\nThu nhập).",
            [2, 5, 10],
        ),
    ],
)  # fmt: skip
def test_a_list_that_a_line_end_cut(text: str, numbers: list[int]) -> None:
    assert _pairs(_district(f"I. MỤC TIÊU\n{text}"))["Kiến Thiết"] == numbers


def test_a_page_number_is_still_no_figure() -> None:
    told = "1. Phấn đấu có thêm 02 xã đạt chuẩn nông thôn mới trong năm 2019, nâng"
    read = _district(f"I. MỤC TIÊU\n{told}\n2\ntổng số lên 16/26 xã.")
    assert [t["value"] for t in read["targets"]] == [2, 16]


def test_a_count_on_the_line_after_its_colon() -> None:
    read = _district(
        "I. MỤC TIÊU\n1. Kết quả theo tiêu chí đến hết năm 2019: tiêu chí số 1: 12/12 xã; tiêu chí số 6:\n"
        "08/12 xã (tăng 1 xã: Hùng Lợi)."
    )
    assert [(c["criterion"], c["count"]) for c in read["criterion_targets"]] == [(1, 12), (6, 8), (6, 1)]
