"""Từng phần của việc đọc: paragraphs, outline, criteria by number and name, units in lists, figures, tables, money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from reading_texts import plain, read_text

from ntm.domain.documents.reading.blocks import Line
from ntm.domain.documents.reading.criteria import CriteriaWords
from ntm.domain.documents.reading.in_force import words_for
from ntm.domain.documents.reading.layout import paragraphs
from ntm.domain.documents.reading.marks import plain as flat
from ntm.domain.documents.reading.names import UnitNames, listed
from ntm.domain.documents.reading.quantities import quantities


def _paragraphs(text: str) -> list[str]:
    return [p.text for p in paragraphs([Line(i, t) for i, t in enumerate(text.split("\n"), 1)])]


def test_a_paragraph_that_a_page_broke_is_one_again() -> None:
    found = paragraphs(
        [
            Line(1, "- Theo Quyết định số 4072/QĐ-"),
            Line(2, ""),
            Line(3, "12"),
            Line(4, "BNN-VPĐP của Bộ."),
            Line(5, "- Hai"),
        ]
    )
    assert [p.text for p in found] == ["Theo Quyết định số 4072/QĐ-BNN-VPĐP của Bộ.", "Hai"]
    assert found[0].lines() == (1, 4)
    at = found[0].text.index("BNN")
    assert found[0].lines(at, at + 3) == (4,)
    assert found[0].span(at, at + 3) == (0, 3)


def test_headings_bullets_and_letterheads_are_not_glued() -> None:
    text = "I. MỤC TIÊU\n1. Mục tiêu chung\n- Giữ vững các tiêu chí\n- nâng cao thu nhập\n+ trồng cây\n"
    text += "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
    assert len(_paragraphs(text)) == 7


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("đạt các tiêu chí 2,3,5 và 6", [2, 3, 5, 6]),
        ("tiêu chí số 02 Giao thông", [2]),
        ("TC7, TC9", [7, 9]),
        ("tiêu số 17 về Môi trường", [17]),
        ("hoàn thành tiêu chí Thu nhập, Hộ nghèo và Lao động có việc làm", [10, 11, 12]),
        ("05 tiêu chí (Điện, Trường học, Y tế, Môi trường và ATTP, Quốc phòng - An ninh)", [4, 5, 15, 17, 19]),
        ("tiêu chí Thủy lợi; tiêu chí Chợ", [3, 7]),
        ("tiêu chí số 13.1", [13]),
        ("tiêu chí từng xã, 12 tiêu chí, 16,67 tiêu chí/xã, tiêu chí quốc gia", []),
        ("tiêu chí 2 xã đạt", []),
    ],
)
def test_criteria_by_number_and_by_name(words: str, numbers: list[int]) -> None:
    known = words_for("xa", "ntm", date(2018, 1, 1), None)
    assert [ref.no for ref in known.mentions(flat(words))] == numbers


def test_the_same_name_has_the_number_of_the_set_in_force() -> None:
    before = words_for("xa", "ntm", date(2013, 1, 1), None)
    between = words_for("xa", "ntm", date(2018, 1, 1), None)
    raised = words_for("xa", "nang_cao", date(2023, 1, 1), None)
    newest = words_for("xa", "ntm", date(2026, 1, 20), None, 2026)
    assert [w.resolve("Y tế") for w in (before, between, raised)] == [15, 15, 14]
    assert [w.resolve("Môi trường") for w in (before, between, raised)] == [17, 17, 17]
    assert before.resolve("Bưu điện") == 8
    assert newest.resolve("Khoa học công nghệ và chuyển đổi số") == 7
    assert between.resolve("Vườn hộ") is None


def test_a_number_that_does_not_match_its_name_is_kept_beside_it() -> None:
    (ref,) = words_for("xa", "ntm", date(2018, 1, 1), None).mentions(flat("tiêu chí 2 thủy lợi"))
    assert (ref.no, ref.stated, ref.resolved) == (2, 2, 3)


def test_a_set_that_nobody_knows_reads_numbers_only() -> None:
    unknown = CriteriaWords(None, {}, "thon")
    assert [r.no for r in unknown.mentions(flat("tiêu chí số 2, số 5 và số 9; tiêu chí Điện"))] == [2, 5, 9]


def test_units_by_kind_in_lists_and_bare() -> None:
    known = UnitNames([("Hữu Lễ", "1", "xa"), ("Bản Mế", "2", "xa"), ("Tân Đoàn", "3", "xa")])
    found = known.mentions(
        "các xã Hữu Lễ, Tân Đoàn và Bản Mế; Hữu Lễ phấn đấu; chợ Hữu Lễ; thôn Nông thôn mới; xã Tăng Tiến"
    )
    assert [(m.name, m.level) for m in found] == [
        ("Hữu Lễ", "xa"), ("Tân Đoàn", "xa"), ("Bản Mế", "xa"), ("Hữu Lễ", "xa"), ("Tăng Tiến", "xa"),
    ]  # fmt: skip
    assert listed("(Vân Mộng, Việt Yên và Tân Đoàn)") == ("Vân Mộng", "Việt Yên", "Tân Đoàn")
    assert listed("(trừ xã Bàn Long)") is None
    assert listed("(dự kiến lựa chọn 01 thôn)") is None


@pytest.mark.parametrize(
    ("words", "value", "op", "measure"),
    [
        ("tăng từ 3 tiêu chí trở lên", "3", ">=", "tiêu chí"),
        ("đạt trên 68 triệu đồng/người/năm", "68", ">", "triệu đồng/người/năm"),
        ("tối thiểu 30 sản phẩm", "30", ">=", "sản phẩm"),
        ("khoảng 65 mô hình", "65", "~", "mô hình"),
        ("giảm còn 3,5%", "3.5", None, "%"),
        ("hiến 1.200 m2 đất", "1200", None, "m2"),
        ("có 08/09 xã đạt", "8", None, "xã"),
    ],
)
def test_figures_with_their_measure_and_sense(words: str, value: str, op: str | None, measure: str) -> None:
    (found,) = quantities(words, flat(words))
    assert (found.value, found.op, found.measure) == (Decimal(value), op, measure)


@pytest.mark.parametrize(
    "words",
    ["năm 2023 xã", "ngày 30/11/2018", "giai đoạn 2016 - 2020", "Quyết định 15/QĐ-UBND", "tiêu chí số 5", "lớp 9 THCS"],
)
def test_numbers_that_count_nothing(words: str) -> None:
    assert quantities(words, flat(words)) == []


HEAD = "KẾ HOẠCH\nXây dựng nông thôn mới năm 2022\nUBND xã Hải Minh xây dựng kế hoạch:\n"


def test_a_row_over_a_page_break_is_one_and_groups_number_their_rows() -> None:
    table = (
        "TT\tNội dung\tĐơn vị thực hiện\tThời gian\nI\tRà soát trong Quý I\t\t\n"
        "1\tHọp dân bàn việc\tCác thôn\tTheo thời gian\n\n"
        "3\n\nTT\tNội dung\tĐơn vị thực hiện\tThời gian\n\t\t\tthích hợp\n2\tBáo cáo\tUBND xã\tTháng 3\n"
    )
    reading = read_text(HEAD + "I. NHIỆM VỤ\nNhư bảng sau:\n" + table)
    assert [(t.no, t.what, t.deadline and t.deadline.text, t.lines) for t in reading.tasks] == [
        ("I.1", "Họp dân bàn việc", "Theo thời gian thích hợp", (8, 13)), ("I.2", "Báo cáo", "Tháng 3", (14,)),
    ]  # fmt: skip
    due = reading.tasks[1].deadline
    assert due is not None and (due.start, due.end) == (date(2022, 3, 1), date(2022, 3, 31))
    assert reading.tasks[0].group_deadline is not None and reading.tasks[0].group_deadline.end == date(2022, 3, 31)


def test_a_header_that_stands_one_column_off_is_put_right() -> None:
    rows = "\n".join(f"{i}\tViệc thứ {w}\tUBND xã\tCác thôn\tTháng {i}" for i, w in ((2, "hai"), (3, "ba"), (4, "bốn")))
    reading = read_text(HEAD + "I. VIỆC\nNội dung công việc\tChủ trì\tPhối hợp\tThời gian\t\n" + rows + "\n")
    first = reading.tasks[0]
    assert (first.what, first.lead, first.coordinating, first.deadline and first.deadline.text) == (
        "Việc thứ hai", "UBND xã", "Các thôn", "Tháng 2",
    )  # fmt: skip


def test_money_parts_totals_and_the_equation() -> None:
    reading = read_text(
        HEAD
        + "I. KINH PHÍ\n- Giao thông: kinh phí 17,5 tỷ đồng\n- Điện: kinh phí 500 triệu đồng\n(Tổng kinh phí là 18 tỷ đồng)\n"
        "Cân đối: 18 tỷ - 10,5 tỷ = 7,5 tỷ (còn thiếu 7,5 tỷ)\n"
    )
    amounts = [m.amount for m in reading.money]
    assert amounts[:3] == [17_500_000_000, 500_000_000, 18_000_000_000]
    assert [(s.total, s.parts) for s in reading.sums] == [(2, (0, 1))]
    (equation,) = reading.equations
    assert (equation.terms, equation.signs, equation.result) == ((18 * 10**9, 105 * 10**8), (1, -1), 75 * 10**8)
    assert reading.money[-1].role == "balance"


def test_the_communes_view_turned_round_is_marked_as_derived() -> None:
    read = plain(
        read_text(
            "KẾ HOẠCH\nXây dựng nông thôn mới năm 2024\nUBND huyện Si Ma Cai, tỉnh Lào Cai xây dựng kế hoạch:\nI. MỤC TIÊU\n"
            "- Xã Sán Chải 02 tiêu chí (Thu nhập, Y tế);\n- Xã Nàn Sín 01 tiêu chí (Y tế).\n"
        )
    )
    assert [(t["units"], t["criteria"], t["value"]) for t in read["targets"]] == [
        (["Sán Chải"], [10, 15], 2),
        (["Nàn Sín"], [15], 1),
    ]
    turned = {t["criterion"]: t["units"] for t in read["criterion_targets"] if t.get("derived")}
    assert turned == {10: ["Sán Chải"], 15: ["Sán Chải", "Nàn Sín"]}


def test_nothing_is_invented_for_a_text_that_says_nothing() -> None:
    read = plain(read_text("Một trang giấy không phải kế hoạch.\n"))
    assert (
        read["document"]["number"] is None and read["document"]["signer"] is None and read["document"]["date"] is None
    )
    assert read["targets"] == read["tasks"] == read["money"] == read["legal_bases"] == read["findings"] == []
