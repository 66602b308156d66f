"""Quy tắc đọc thêm: what plans of three more rounds showed, each fault in sentences of our own."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from reading_texts import plain, read_text

from ntm.domain.documents.reading.names import spellings
from ntm.domain.documents.reading.reader import read
from ntm.domain.documents.reading.sources import read_source

FOOT = "\nNơi nhận:\n- Các phòng, ban;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nLê Quý Đôn\n"
BASIS = "Căn cứ Kế hoạch số 5/KH-UBND ngày 02/01/2019 của UBND tỉnh;\n"


def _read(
    body: str, *, unit: str = "HUYỆN YÊN SƠN", bases: str = BASIS, foot: str = FOOT, day: str = "15 tháng 02"
) -> dict[str, Any]:
    name = unit.split(" ", 1)[1].title()
    head = (
        f"ỦY BAN NHÂN DÂN\n{unit}\nSố: 21/KH-UBND\n{name}, ngày {day} năm 2019\nKẾ HOẠCH\n"
        f"Xây dựng nông thôn mới {unit.lower()}, tỉnh Tuyên Quang năm 2019\n{bases}"
    )
    return plain(read_text(f"{head}{body.strip()}\n{foot}"))


def _values(read: dict[str, Any]) -> list[tuple[str, float, str | None]]:
    return [(t["mode"], t["value"], t.get("title")) for t in read["targets"] if t.get("value") is not None]


def _named(read: dict[str, Any]) -> dict[int, list[str]]:
    return {c["criterion"]: c["units"] for c in read["criterion_targets"] if c["units"]}


def _counts(read: dict[str, Any]) -> list[tuple[int, int]]:
    return [(c["criterion"], c["count"]) for c in read["criterion_targets"] if c["count"] is not None]


def test_a_title_is_of_the_count_it_stands_at() -> None:
    body = "I. MỤC TIÊU\n1. Phấn đấu 18/18 xã đạt chuẩn nông thôn mới, 09 xã đạt chuẩn nông thôn mới nâng cao, 02 xã kiểu mẫu."
    assert _values(_read(body)) == [("total", 18, "ntm"), ("total", 9, "nang_cao"), ("total", 2, "kieu_mau")]


def test_a_title_before_the_colon_and_for_what_it_sums_up_to() -> None:
    body = "I. MỤC TIÊU\n1. Xã đạt chuẩn nông thôn mới nâng cao: thêm 04 xã, lũy kế 13 xã."
    assert _values(_read(body)) == [("gain", 4, "nang_cao"), ("total", 13, "nang_cao")]


@pytest.mark.parametrize("mark", ["(Đã ký)", "[Đã ký]", "[đã ký]"])
def test_the_mark_of_signing_in_either_bracket(mark: str) -> None:
    foot = FOOT.replace("CHỦ TỊCH\n", f"CHỦ TỊCH\n{mark}")
    assert _read("I. MỤC TIÊU\n1. Có thêm 01 xã đạt chuẩn.", foot=foot)["document"]["signer"]["name"] == "Lê Quý Đôn"


def test_bases_of_one_issuer_below_a_title_that_no_mark_ends() -> None:
    bases = (
        "Thực hiện các Quyết định của UBND tỉnh Tuyên Quang: số 107/QĐ-UBND ngày 26/8/2018 về bộ tiêu chí; "
        "số 56/QĐ-UBND ngày 12/01/2019 về giao chỉ tiêu;\n"
    )
    read = _read("I. MỤC TIÊU\n1. Có thêm 01 xã đạt chuẩn.", bases=bases)
    assert [b["number"] for b in read["legal_bases"]] == ["107/QĐ-UBND", "56/QĐ-UBND"]
    assert read["document"]["title"].endswith("năm 2019")


def test_a_symbol_with_a_long_part_after_a_point() -> None:
    read = _read("I. MỤC TIÊU\n1. Có thêm 01 xã.", bases="Căn cứ Tờ trình số 22/TTr-SNNMT.VPĐP ngày 05/01/2019;\n")
    assert [b["number"] for b in read["legal_bases"]] == ["22/TTr-SNNMT.VPĐP"]


def test_of_two_who_sign_the_one_for_the_issuing_body_signs() -> None:
    foot = (
        "\nBÍ THƯ CHI BỘ                         TM. BAN PHÁT TRIỂN\n                                      TRƯỞNG BAN\n"
        "Nguyễn Khắc Nhu                       Thân Nhân Trung\n"
    )
    assert _read("I. MỤC TIÊU\n1. Có thêm 01 xã.", foot=foot)["document"]["signer"]["name"] == "Thân Nhân Trung"


def test_a_day_that_recognition_parted() -> None:
    read = _read("I. MỤC TIÊU\n1. Có thêm 01 xã.", day="0 7 tháng 3")
    assert (read["document"]["date"], read["document"]["place"]) == ("2019-03-07", "Yên Sơn")


@pytest.mark.parametrize(
    ("words", "figure"),
    [("tăng bình quân l,5 tiêu chí/xã", 1.5), ("có thêm l xã đạt chuẩn", 1), ("không có xã đạt dưới 8 tiêu chí", 0)],
)
def test_figures_that_do_not_look_like_one(words: str, figure: float) -> None:
    assert figure in [v for _, v, _ in _values(_read(f"I. MỤC TIÊU\n1. Phấn đấu {words}."))]


def test_a_town_that_fulfils_its_task_is_a_title() -> None:
    told = _read("I. MỤC TIÊU\n1. Phấn đấu thành phố Tuyên Quang hoàn thành nhiệm vụ xây dựng nông thôn mới.")[
        "targets"
    ]
    assert [(t["value"], t["units"], t["title"]) for t in told] == [(1, ["Tuyên Quang"], "ntm")]


def test_a_list_goes_on_over_its_districts() -> None:
    body = (
        "I. MỤC TIÊU\n1. 05 xã phấn đấu đạt chuẩn năm 2019 gồm: Kiến Thiết, Hùng Lợi (huyện Yên Sơn); Tân Thanh "
        "(huyện Sơn Dương); Minh Hương, Yên Thuận (huyện Hàm Yên)."
    )
    (told,) = _read(body)["stated_lists"]
    assert (told["stated"], len(told["items"])) == (5, 5)


def test_notes_in_brackets_do_not_end_a_list() -> None:
    body = "I. MỤC TIÊU\n1. Có thêm 02 xã: xã Kiến Thiết (lĩnh vực chuyển đổi số) và xã Hùng Lợi (lĩnh vực sản xuất)."
    assert _read(body)["stated_lists"][0]["items"] == ["Kiến Thiết", "Hùng Lợi"]


@pytest.mark.parametrize(
    ("words", "count", "units"),
    [
        ("duy trì ở 06 xã; hoàn thành thêm tại xã Hùng Lợi", 6, ["Hùng Lợi"]),
        ("có thêm xã Hùng Lợi và xã Kiến Thiết đạt tiêu chí, nâng tổng số lên 07 xã", 7, ["Hùng Lợi", "Kiến Thiết"]),
        ("xã Hùng Lợi phấn đấu đạt; các xã còn lại duy trì", None, ["Hùng Lợi"]),
        ("mỗi xã có cán bộ chuyên trách; xã Hùng Lợi và xã Kiến Thiết đạt tiêu chí", None, ["Hùng Lợi", "Kiến Thiết"]),
        ("giữ nguyên 07/07 xã", 7, []),
        ("tiếp tục duy trì tại 7/7 xã", 7, []),
        ("xã Hùng Lợi đã đạt tiêu chí", None, []),
    ],
)
def test_ways_to_say_who_meets_a_criterion(words: str, count: int | None, units: list[str]) -> None:
    read = _read(f"I. NHIỆM VỤ\n- Tiêu chí số 3 (Thủy lợi): {words}.\n- Tiêu chí số 4 (Điện): thêm 02 xã đạt tiêu chí.")
    assert _named(read).get(3, []) == units
    assert [n for c, n in _counts(read) if c == 3] == ([count] if count is not None else [])


def test_an_office_that_helps_a_commune_promises_nothing_for_it() -> None:
    body = (
        "I. PHÂN CÔNG\nSTT\tCơ quan\tTiêu chí phụ trách\tXã giúp đỡ\n1\tPhòng Y tế\t15\tHùng Lợi\n"
        "2\tPhòng Giáo dục và Đào tạo\t5, 14\tKiến Thiết\n"
    )
    read = _read(body)
    assert [t for t in read["targets"] if t["criteria"]] == []
    assert {d["body"]: d["criteria"] for d in read["duties"]} == {
        "Phòng Y tế": [15],
        "Phòng Giáo dục và Đào tạo": [5, 14],
    }


COMMUNE = """I. THỰC TRẠNG
Xã đạt 17/19 tiêu chí. Các tiêu chí chưa đạt: Giao thông, Môi trường và an toàn thực phẩm.
II. MỤC TIÊU
1. Hoàn thành {count} tiêu chí còn lại trong năm 2019.
III. GIẢI PHÁP THỰC HIỆN TỪNG TIÊU CHÍ CHƯA ĐẠT
1. Tiêu chí 2 - Giao thông
- Nội dung chưa đạt: đường trục thôn chưa cứng hóa; thiếu biển báo.
- Phụ trách: Công chức Địa chính; Hội Nông dân.
"""


def test_what_is_left_is_named_where_the_plan_tells_what_is_not_met() -> None:
    told = [t["criteria"] for t in _read(COMMUNE.format(count=2), unit="XÃ HÙNG LỢI")["targets"] if t["value"] == 2]
    assert told == [[2, 17]]
    told = [t["criteria"] for t in _read(COMMUNE.format(count=3), unit="XÃ HÙNG LỢI")["targets"] if t["value"] == 3]
    assert told == [[]]


def test_what_is_not_met_and_who_answers_below_a_criterion() -> None:
    read = _read(COMMUNE.format(count=2), unit="XÃ HÙNG LỢI")
    assert [(g["criterion"], g["items"]) for g in read["gaps"]] == [
        (2, ["đường trục thôn chưa cứng hóa", "thiếu biển báo"])
    ]
    assert [(d["body"], d["criteria"]) for d in read["duties"]] == [("Công chức Địa chính; Hội Nông dân", [2])]


def test_bodies_that_head_numbered_work() -> None:
    body = (
        "I. NHIỆM VỤ\n1. Trạm Y tế xã: giữ vững tiêu chí 15.\n2. Công an xã: giữ vững tiêu chí 19.\n"
        "3. Trường học: phấn đấu giữ vững tiêu chí 5."
    )
    read = _read(body, unit="XÃ HÙNG LỢI")
    assert [(d["body"], d["criteria"]) for d in read["duties"]] == [("Trạm Y tế xã", [15]), ("Công an xã", [19])]


def test_a_sentence_that_adds_up_what_it_told() -> None:
    read = _read("I. KINH PHÍ\nTừ ngân sách 3.850.000.000đ và vận động 1.250.000.000đ, tổng cộng 5.100.000.000đ.")
    amounts = [m["amount"] for m in read["money"]]
    (one,) = read["money_sums"]
    assert amounts[one["total"]] == sum(amounts[i] for i in one["parts"]) == 5_100_000_000
    assert [t for t in read["targets"] if "đ" in (t["measure"] or "")] == []


def test_a_price_is_no_part_of_a_total_but_what_it_comes_to_is() -> None:
    read = _read(
        "I. KINH PHÍ\nHoạt động: 150 triệu đồng. Hỗ trợ mỗi thôn 50 triệu đồng (10 thôn = 500 triệu đồng). "
        "Tổng cộng: 650 triệu đồng."
    )
    amounts = [m["amount"] // 10**6 for m in read["money"]]
    (one,) = read["money_sums"]
    assert sorted(amounts[i] for i in one["parts"]) == [150, 500]


def test_annexes_called_plans_are_annexes() -> None:
    annexes = (
        "\nPhụ lục 01\nKẾ HOẠCH VỐN NĂM 2019\n(Kèm theo Kế hoạch số 21/KH-UBND ngày 15/02/2019 của UBND huyện)\n"
        "TT\tNguồn vốn\tSố tiền\n1\tNgân sách huyện\t500\n2\tNhân dân đóng góp\t200\n"
    )
    read = _read("I. MỤC TIÊU\n1. Có thêm 01 xã (chi tiết tại Phụ lục 01).", foot=FOOT + annexes)
    assert [(a["label"], a["attached_to"]) for a in read["annexes"]] == [("Phụ lục 01", "21/KH-UBND")]
    assert [f for f in read["findings"] if f["kind"].startswith("annex")] == []


def test_work_for_a_criterion_is_of_the_body_above() -> None:
    body = "I. TỔ CHỨC THỰC HIỆN\n1. Phòng Tài nguyên và Môi trường:\n- Đôn đốc các xã.\n- Phụ trách tiêu chí: 17."
    assert [(d["body"], d["criteria"]) for d in _read(body)["duties"]] == [("Phòng Tài nguyên và Môi trường", [17])]


@pytest.mark.parametrize(
    "words",
    ["11 tiêu chí nâng cao đã đạt (1, 3, 4)", "3 tiêu chí hiện đạt: 1, 3, 4", "3 tiêu chí nông thôn mới gồm: 1, 3, 4"],
)
def test_words_between_the_criteria_and_their_numbers(words: str) -> None:
    read = _read(f"I. MỤC TIÊU\n1. Giữ vững {words}.", unit="XÃ HÙNG LỢI")
    assert [(t["mode"], t["criteria"]) for t in read["targets"] if t.get("criteria")] == [("keep", [1, 3, 4])]


def test_marks_of_a_web_page_in_a_text() -> None:
    foot = (
        "\n| | |\n|---|---|\n| **Nơi nhận:**<br>- UBND huyện;<br>- Lưu: VT. | **TM. ỦY BAN NHÂN DÂN**<br>**CHỦ TỊCH**"
        "<br><br>**Lê Quý Đôn** |\n"
    )
    body = (
        "<!-- page 2 -->\nI. PHÂN CÔNG\n| TT | Nội dung công việc<sup>1</sup> | Chủ trì | Thời gian |\n|---|---|---|---|\n"
        "| 1 | Lắp dụng cụ<br>ngoài trời | Phòng Văn hóa và Thông tin | 30/5/2019 |\n"
    )
    read = _read(body, foot=foot)
    assert read["document"]["signer"]["name"] == "Lê Quý Đôn"
    assert read["recipients"] == ["UBND huyện", "Lưu: VT"]
    assert [t["what"] for t in read["tasks"]] == ["Lắp dụng cụ ngoài trời"]


def test_a_table_of_what_stands_and_what_is_planned() -> None:
    body = (
        "I. CHỈ TIÊU\nTT\tNội dung tiêu chí\tYêu cầu\tHiện trạng\tKế hoạch 2019\tĐơn vị phụ trách\n"
        "1\tThu nhập bình quân đầu người\t≥ 36 triệu đồng\t31,5\t36\tPhòng Nông nghiệp\n"
        "2\tTỷ lệ rác thải được phân loại\t≥ 50%\t32\t55\tHội Phụ nữ\n"
    )
    planned = [t["value"] for t in _read(body)["targets"] if not t.get("threshold") and not t.get("baseline")]
    assert planned == [36, 55]


def test_one_name_after_a_count_in_brackets() -> None:
    body = "I. MỤC TIÊU\n1. Xã về đích, cụ thể:\n+ Huyện A (2 xã): Hùng Lợi, Kiến Thiết.\n+ Huyện B (2 xã): Tân Thanh."
    assert [(s["stated"], len(s["items"])) for s in _read(body)["stated_lists"]] == [(2, 2), (2, 1)]


def test_a_village_where_work_is_done_promises_nothing() -> None:
    body = (
        "I. MỤC TIÊU\n1. Hoàn thành 2 tiêu chí: số 2, số 6.\nII. LỘ TRÌNH\n"
        "- Quý II: Xây sân thể thao nhà văn hóa thôn Hạnh Đàn, hoàn thành tiêu chí số 6.\n"
    )
    read = _read(body, unit="XÃ HÙNG LỢI")
    assert {u for t in read["targets"] if t.get("criteria") for u in t["units"]} == {"Hùng Lợi"}


def test_a_workbook_of_annexes() -> None:
    book = Workbook()
    first, second = book.active, book.create_sheet("Biểu 02")
    assert first is not None
    attached = "(Kèm theo Kế hoạch số 77/KH-UBND ngày 10/02/2023 của UBND huyện Trùng Khánh)"
    for row in (
        ["Biểu số 01"], ["PHÂN CÔNG NHIỆM VỤ NĂM 2023"], [attached], ["STT", "Nội dung", "Chủ trì", "Thời gian"],
        [1, "Kiện toàn Ban Chỉ đạo", "Phòng Nội vụ", "Quý I/2023"], [2, "Giao chỉ tiêu", "Phòng Nông nghiệp", "Tháng 02/2023"],
    ):  # fmt: skip
        first.append(row)
    for row in (
        ["Biểu số 02"], ["NHU CẦU VỐN NĂM 2023"], ["Đơn vị: triệu đồng"], ["TT", "Nguồn vốn", "Số tiền"],
        [1, "Ngân sách huyện", 3400.5], [2, "Nhân dân đóng góp", 1200], ["", "Tổng", 4600.5],
    ):  # fmt: skip
        second.append(row)
    content = BytesIO()
    book.save(content)
    told = plain(read(read_source(content.getvalue(), "bieu.xlsx")))
    assert [(a["label"], a["attached_to"]) for a in told["annexes"]] == [
        ("Biểu số 01", "77/KH-UBND"),
        ("Biểu số 02", None),
    ]
    assert (told["document"]["number"], told["document"]["year"]) == (None, 2023)
    assert [t["lead"] for t in told["tasks"]] == ["Phòng Nội vụ", "Phòng Nông nghiệp"]
    assert [m["amount"] // 10**5 for m in told["money"]] == [34005, 12000, 46005]


def test_a_year_that_a_narrow_cell_cut() -> None:
    body = (
        "I. NHIỆM VỤ\nTT\tNội dung công việc\tChủ trì\tThời gian\n1\tHoàn thiện hồ sơ\tPhòng Nội vụ\tTrước 15/10/201 9\n"
        "2\tTổng kết\tPhòng Nội vụ\tTrước 31/12/20 19\n"
    )
    assert [t["deadline"]["text"] for t in _read(body)["tasks"]] == ["Trước 15/10/2019", "Trước 31/12/2019"]


def test_a_number_said_again_in_a_word() -> None:
    assert [
        v for _, v, _ in _values(_read("I. MỤC TIÊU\n1. Phấn đấu có thêm 03 (ba) xã đạt chuẩn nông thôn mới."))
    ] == [3]


def test_what_is_left_in_full_words() -> None:
    body = (
        "I. KẾT QUẢ\nXã đạt 17/19 tiêu chí, còn 2 tiêu chí chưa đạt là: Tiêu chí số 5 Trường học, tiêu chí số 16 Văn hóa.\n"
        "II. MỤC TIÊU\n1. Phấn đấu hoàn thành 02 (hai) tiêu chí còn lại."
    )
    told = [t for t in _read(body, unit="XÃ HÙNG LỢI")["targets"] if t["mode"] == "gain" and t.get("criteria")]
    assert [t["criteria"] for t in told] == [[5, 16]]


def test_villages_that_keep_their_title_meet_no_criterion() -> None:
    read = _read("I. NHIỆM VỤ\n1. Tiêu chí số 16 (Văn hóa): vận động 4/5 thôn giữ vững danh hiệu thôn văn hóa.")
    assert _counts(read) == []


def test_a_commune_that_meets_both_criteria_of_its_heading() -> None:
    body = "I. NHIỆM VỤ\n1. Về tiêu chí Thu nhập và tiêu chí Hộ nghèo: mở rộng 20 ha. Phấn đấu xã Hùng Lợi đạt cả 2 tiêu chí."
    assert _named(_read(body)) == {10: ["Hùng Lợi"], 11: ["Hùng Lợi"]}


@pytest.mark.parametrize(
    "words",
    [
        "Phòng Kinh tế và Hạ tầng (tiêu chí 2, 9); Phòng Y tế (tiêu chí 15)",
        "Phòng Kinh tế và Hạ tầng phụ trách tiêu chí 2, 9; Phòng Y tế phụ trách tiêu chí số 15",
    ],
)
def test_criteria_shared_out_within_a_sentence(words: str) -> None:
    read = _read(f"I. TỔ CHỨC THỰC HIỆN\n1. Ủy ban nhân dân huyện phân công các phòng: {words}.\n2. Các xã: báo cáo.")
    assert {d["body"]: d["criteria"] for d in read["duties"] if d["criteria"]} == {
        "Phòng Kinh tế và Hạ tầng": [2, 9],
        "Phòng Y tế": [15],
    }


def test_a_number_without_its_stroke() -> None:
    head = "UBND XÃ HÀ LĨNH\nSố: 12 KH/UBND\nHà Lĩnh, ngày 09 tháng 02 năm 2019\nKẾ HOẠCH\nXây dựng nông thôn mới năm 2019\n"
    document = plain(read_text(f"{head}I. MỤC TIÊU\n1. Giữ vững các tiêu chí.\n{FOOT}"))["document"]
    assert (document["number"], document["full_number"]) == ("12", "12 KH/UBND")


def test_a_colon_or_a_mark_that_no_blank_follows() -> None:
    body = (
        "A.MỤC TIÊU\n1.Phấn đấu có thêm 01 xã.\nB.NHIỆM VỤ\n"
        "1.1.Tiêu chí số 5 Trường học:sửa lớp. Phấn đấu thêm 01 xã đạt:Hùng Lợi."
    )
    read = _read(body)
    assert [s["path"] for s in read["outline"]] == ["A", "A.1", "B", "B.1.1"]
    assert _named(read) == {5: ["Hùng Lợi"]}


def test_glued_words_are_read_and_told() -> None:
    body = (
        "I. MỤCTIÊU\n1. Hoàn thành02 tiêuchí gồm: số 3, 6.\nII. TỔ CHỨC THỰCHIỆN\n"
        "1. Trạm Ytế xã, Hội Nôngdân: phụ trách tiêu chí số 15."
    )
    read = _read(body, unit="XÃ HÙNG LỢI")
    assert [(t["value"], t["criteria"]) for t in read["targets"] if t.get("criteria")] == [(2, [3, 6])]
    assert read["duties"][0]["body"].endswith("Hội Nông dân")
    assert {"as_is": "Nôngdân", "should_be": "Nông dân"}.items() <= next(
        r for r in read["repairs"] if r["as_is"] == "Nôngdân"
    ).items()


def test_units_that_lost_their_marks_are_named_as_elsewhere() -> None:
    body = (
        "I. MỤC TIÊU\n1. Có thêm 02 xã đạt chuẩn là Hùng Lợi và Kiến Thiết.\n- Xã Hung Lợi đạt thêm tiêu chí số 2.\n"
        "- Xã Kiên Thiết đạt thêm tiêu chí số 5, 6."
    )
    assert _pairs(_read(body)) == {"Hùng Lợi": [2], "Kiến Thiết": [5, 6]}


def test_names_that_differ_in_more_than_lost_marks_stay_apart() -> None:
    assert spellings(["Phú Mỹ", "Phù Mỹ", "Phu Mỹ", "Vân Mộng"]) == {}
    assert spellings(["Phú Mỹ", "Phu Mỹ", "Phu My", "Vân Mộng"]) == {"Phu Mỹ": "Phú Mỹ", "Phu My": "Phú Mỹ"}


def _pairs(read: dict[str, Any]) -> dict[str, list[int]]:
    return {u: t["criteria"] for t in read["targets"] if t.get("criteria") for u in t["units"]}


@pytest.mark.parametrize(
    "line",
    [
        "Yên Sơn, ngày mười lăm tháng hai năm hai nghìn không trăm mười chín",
        "Yên Sơn, ngày 15 tháng hai năm 2019",
        "Yên Sơn, 15 tháng 02 năm 2019",
        "Yên Sơn , ngày15tháng 02năm 2019",
    ],
)
def test_ways_to_write_the_day(line: str) -> None:
    head = f"UBND HUYỆN YÊN SƠN\nĐẾN Số: 1234\nSố: 34/KH-UBND\n{line}\nKẾ HOẠCH\nXây dựng nông thôn mới năm 2019\n"
    document = plain(read_text(f"{head}I. MỤC TIÊU\n1. Có thêm 01 xã.\n{FOOT}"))["document"]
    assert (document["date"], document["place"], document["issuer"]) == ("2019-02-15", "Yên Sơn", "UBND HUYỆN YÊN SƠN")


def test_a_body_named_in_a_sentence_of_its_own_below_a_criterion() -> None:
    body = (
        "I. NHIỆM VỤ\n1. Tiêu chí giao thông: đầu tư 65km lộ. Kinh phí 74,8 tỷ đồng. Phòng Kinh tế và Hạ tầng chủ trì.\n"
        "2. Tiêu chí điện: nâng tỷ lệ hộ dùng điện. Điện lực Yên Sơn chủ trì, phối hợp UBND các xã."
    )
    assert _duties(_read(body)) == {"Phòng Kinh tế và Hạ tầng": [2], "Điện lực Yên Sơn": [4]}


@pytest.mark.parametrize(("head", "numbers"), [("Thời hạn", [[2, 13]]), ("Ghi chú", [])])
def test_what_is_not_met_shall_be_met_where_a_time_stands_beside_it(head: str, numbers: list[list[int]]) -> None:
    body = f"I. HỖ TRỢ\nXã\tTiêu chí chưa đạt\t{head}\nHùng Lợi\t2, 13\t30/11/2019\nKiến Thiết\t\t\n"
    assert [t["criteria"] for t in _read(body)["targets"] if t.get("criteria")] == numbers


def _duties(read: dict[str, Any]) -> dict[str, list[int]]:
    return {d["body"]: d["criteria"] for d in read["duties"] if d["criteria"]}


def test_places_stay_where_the_words_stand_though_a_blank_was_missing() -> None:
    text = "I. MỤC TIÊU\n1. Phấn đấu hoànthành **02 tiêu  chí** trong năm."
    read = _read(text)
    (one,) = [t for t in read["targets"] if t["value"] == 2]
    line = "1. Phấn đấu hoànthành **02 tiêu  chí** trong năm."
    assert line[one["span"][0] : one["span"][1]] == "02 tiêu  chí"


def test_the_label_of_a_title_tells_that_it_is_new() -> None:
    read = _read(
        "I. MỤC TIÊU\n1. Xã đạt chuẩn nông thôn mới: 02 xã (Hùng Lợi, Kiến Thiết).\n2. Triển khai toàn diện 23/23 xã."
    )
    assert [(t["mode"], t["value"]) for t in read["targets"]] == [("gain", 2), ("total", 23)]


def test_a_list_of_criteria_that_semicolons_part() -> None:
    body = "I. HIỆN TRẠNG\n1. Xã đạt 4 tiêu chí: Quy hoạch; Thủy lợi; Điện; Y tế; các tiêu chí khác chưa đạt."
    (one,) = [t for t in _read(body, unit="XÃ HÙNG LỢI")["targets"] if t.get("criteria")]
    assert one["criteria"] == [1, 3, 4, 15]
