"""Đúng ở ranh giới: rounding is no contradiction, a part of a list is no wrong list, one figure beyond the boundary is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from check_texts import codes, found, plan, reading

from ntm.domain.documents.checking import check
from ntm.domain.documents.checking.amounts import figure, money, places, same, step
from ntm.domain.documents.reading.model import Deadline, Header, MoneyItem, MoneySum, Reading, Share, Task, WrittenDate


def _sum(total: str, worth: int, *parts: tuple[str, int]) -> list[str]:
    items = [MoneyItem("tổng", "total", worth, total, side="source", lines=(1,))]
    items += [MoneyItem("khoản", "source", amount, words, parent=0, lines=(2,)) for words, amount in parts]
    made = Reading(
        "thu",
        "txt",
        Header(),
        lines=("Tổng", "các khoản"),
        money=tuple(items),
        sums=(MoneySum(0, tuple(range(1, len(items))), (1, 2)),),
    )
    return [f.rule for f in check(made, only=["sum"])]


def test_a_total_rounded_to_its_own_digits_is_right() -> None:
    assert (
        _sum("28,0 tỷ", 28_000_000_000, ("20.038 triệu đồng", 20_038_000_000), ("8.000 triệu đồng", 8_000_000_000))
        == []
    )
    assert _sum(
        "28,1 tỷ", 28_100_000_000, ("20.038 triệu đồng", 20_038_000_000), ("8.000 triệu đồng", 8_000_000_000)
    ) == ["sum"]


def test_half_of_the_last_digit_may_be_rounded_either_way() -> None:
    parts = ("20.050 triệu đồng", 20_050_000_000), ("8.000 triệu đồng", 8_000_000_000)
    assert _sum("28,1 tỷ", 28_100_000_000, *parts) == []
    assert _sum("28,0 tỷ", 28_000_000_000, *parts) == []
    assert _sum("28,2 tỷ", 28_200_000_000, *parts) == ["sum"]


def test_parts_of_the_same_digits_must_add_up_unless_all_were_rounded() -> None:
    assert _sum("10,3 tỷ", 10_300_000_000, ("2 tỷ", 2 * 10**9), ("8 tỷ", 8 * 10**9), ("0,5 tỷ", 5 * 10**8)) == ["sum"]
    thirds = [("33,3 tỷ", 33_300_000_000)] * 3
    assert _sum("100,0 tỷ", 100_000_000_000, *thirds) == []
    assert _sum("100,2 tỷ", 100_200_000_000, *thirds) == ["sum"]


def test_coarser_parts_than_the_total() -> None:
    assert _sum("7.480 triệu đồng", 7_480_000_000, ("3,1 tỷ", 3_100_000_000), ("4,4 tỷ", 4_400_000_000)) == []
    assert _sum("7.200 triệu đồng", 7_200_000_000, ("3,1 tỷ", 3_100_000_000), ("4,4 tỷ", 4_400_000_000)) == ["sum"]


def test_a_big_difference_is_less_sure_than_a_small_one() -> None:
    text = (
        "I. KINH PHÍ\nTổng kinh phí: {t} triệu đồng, gồm:\n- Ngân sách tỉnh: 7.000 triệu đồng;\n- Ngân sách "
        "huyện: 3.000 triệu đồng."
    )
    assert [f.severity for f in found(text.format(t="10.100"))] == ["high"]
    assert [f.severity for f in found(text.format(t="25.000"))] == ["medium"]
    assert found(text.format(t="10.000")) == ()


def test_among_them_need_not_be_all() -> None:
    assert "sum" not in codes(
        "I. KINH PHÍ\nTổng kinh phí: 10.000 triệu đồng, trong đó ngân sách huyện 3.000 triệu đồng."
    )
    over = (
        "I. KINH PHÍ\nTổng kinh phí: 10.000 triệu đồng, trong đó ngân sách tỉnh 8.000 triệu đồng, ngân sách huyện "
        "3.000 triệu đồng."
    )
    assert "sum" in codes(over)


@pytest.mark.parametrize(
    ("percent", "right"),
    [("67,4", True), ("67", True), ("67,39", True), ("67,40", False), ("67,3", False), ("68", False), ("67,5", False)],
)
def test_a_share_is_judged_by_its_own_digits(percent: str, right: bool) -> None:
    own = Share("xã", Decimal(124), Decimal(184), Decimal(percent.replace(",", ".")), (1,))
    judged = [f.rule for f in check(Reading("thu", "txt", Header(), lines=("x",), shares=(own,)), only=["share"])]
    if percent == "67,40":
        right = True  # Decimal("67.40") is the same figure as 67.4
    assert judged == ([] if right else ["share"])


def test_a_share_of_nothing_is_not_judged() -> None:
    own = Share("xã", Decimal(1), Decimal(0), Decimal(50), (1,))
    assert check(Reading("thu", "txt", Header(), shares=(own,)), only=["share", "share-over"]) == ()


def test_an_average_of_half_a_digit_is_right_either_way() -> None:
    body = (
        "I. MỤC TIÊU\n1. Duy trì 8/8 xã hoàn thành tiêu chí Quy hoạch.\n2. Tổng số tiêu chí hoàn thành là 101 "
        "tiêu chí; bình quân đạt {a} tiêu chí/xã."
    )
    assert "average" not in codes(body.format(a="12,62"))  # 12,625
    assert "average" not in codes(body.format(a="12,63"))
    assert "average" not in codes(body.format(a="12,6"))
    assert "average" in codes(body.format(a="12,7"))


def _task(
    end: date, group: tuple[date, date] | None = None, issued: date = date(2019, 2, 15), **more: object
) -> list[tuple[str, str]]:
    due = Deadline("hạn", end, end)
    of_group = Deadline("nhóm", *group) if group else None
    task = Task("1", "nhóm", "I", "việc", deadline=due, group_deadline=of_group, lines=(2,))
    head = Header(kind="kế hoạch", date=WrittenDate("ngày", issued.year, issued.month, issued.day, (1,)), year=2019)
    made = Reading("thu", "txt", head, lines=("ngày", "việc"), tasks=(replace(task, **more),))
    wanted = ["deadline-before-issue", "deadline-outside-year", "deadline-outside-group"]
    return [(f.rule, f.severity) for f in check(made, only=wanted)]


def test_deadlines_at_the_day_of_issue() -> None:
    assert _task(date(2019, 2, 14)) == [("deadline-before-issue", "medium")]
    assert _task(date(2019, 2, 15)) == [("deadline-before-issue", "low")]
    assert _task(date(2019, 2, 18)) == [("deadline-before-issue", "low")]
    assert _task(date(2019, 2, 19)) == []


def test_deadlines_at_the_end_of_the_year_and_of_the_group() -> None:
    quarter = date(2019, 4, 1), date(2019, 6, 30)
    assert _task(date(2019, 12, 31)) == []
    assert _task(date(2020, 1, 1)) == [("deadline-outside-year", "low")]
    assert _task(date(2020, 1, 31), what="Hội nghị tổng kết năm") == [("deadline-outside-year", "info")]
    assert _task(date(2019, 6, 30), quarter) == []
    assert _task(date(2019, 7, 1), quarter) == [("deadline-outside-group", "medium")]
    assert _task(date(2019, 3, 31), quarter) == [("deadline-outside-group", "medium")]


def test_a_day_left_blank_counts_from_the_first_of_the_month() -> None:
    head = Header(kind="kế hoạch", date=WrittenDate("tháng 3", 2019, 3, None, (1,)), year=2019)
    made = Reading(
        "thu",
        "txt",
        head,
        lines=("x", "y"),
        tasks=(
            Task(
                "1", None, None, "việc", deadline=Deadline("Tháng 3", date(2019, 3, 1), date(2019, 3, 31)), lines=(2,)
            ),
        ),
    )
    assert check(made, only=["deadline-before-issue"]) == ()


def test_recurring_work_has_no_last_day() -> None:
    due = Deadline("Thường xuyên", date(2018, 1, 1), None, recurring=True)
    assert _task(date(2019, 5, 1), deadline=due) == []


@pytest.mark.parametrize(
    "body",
    [
        "I. MỤC TIÊU\nCó thêm 04 xã đạt chuẩn nông thôn mới (trong đó có xã Trung Môn).",
        "I. MỤC TIÊU\nCó thêm 04 xã đạt chuẩn nông thôn mới (Trung Môn, Nhữ Hán, …).",
        "I. MỤC TIÊU\nPhấn đấu 11 xã đạt tiêu chí Y tế (tăng 1 xã: Nhữ Hán).",
        "I. MỤC TIÊU\nHỗ trợ 05 xã như Trung Môn, Nhữ Hán xây dựng mô hình.",
    ],
)
def test_a_part_of_a_list_is_no_wrong_list(body: str) -> None:
    assert "list-count" not in codes(body)


def test_a_list_of_known_communes_is_sure() -> None:
    judged = found("I. MỤC TIÊU\nCó thêm 04 xã đạt chuẩn nông thôn mới (Trung Môn, Nhữ Hán, Chân Sơn).")
    assert [(f.rule, f.severity) for f in judged] == [("list-count", "high")]


def test_bands_that_touch_do_not_overlap() -> None:
    body = (
        "II. NHIỆM VỤ\n1. Toàn huyện có 9/9 xã có quy hoạch.\n- Tiêu chí số 10 Thu nhập: Phấn đấu có 3 xã đạt "
        "mức thu nhập từ {a} triệu đồng; "
        "có 4 xã đạt mức thu nhập từ 30-40 triệu đồng."
    )
    assert codes(body.format(a="40-45")) == []
    assert codes(body.format(a="39-45")) == ["bands"]


def test_own_rule_at_its_limit() -> None:
    body = (
        "I. MỤC TIÊU\nCác xã vùng cao tăng {op} 2 tiêu chí{up}.\n\nII. ĐẦU TƯ\nƯu tiên các xã vùng cao (Nhữ "
        "Hán, Chân Sơn) về đường.\n\n"
        "III. CỤ THỂ\n- Xã Nhữ Hán: phấn đấu đạt thêm các tiêu chí số 2, 6.\n- Xã Chân Sơn: phấn đấu đạt thêm "
        "các tiêu chí số 5, 10, 15."
    )
    assert codes(body.format(op="từ", up=" trở lên")) == []
    assert codes(body.format(op="trên", up="")) == ["own-rule"]


def test_annexes_by_roman_numbers_and_bare_promises() -> None:
    table = (
        "{label}\nDANH MỤC CÔNG TRÌNH\n\nSTT\tTên công trình\tĐịa điểm\n1\tĐường trục\tNhữ Hán\n2\tNhà văn "
        "hóa\tChân Sơn\n"
    )
    body = "I. CÔNG TRÌNH\nThực hiện các công trình theo Phụ lục {n} kèm theo."
    assert "annex-missing" not in codes(body.format(n="II"), table.format(label="Phụ lục 2"))
    assert "annex-missing" in codes(body.format(n="III"), table.format(label="Phụ lục 2"))
    alone = found(body.format(n="01"))
    assert [(f.rule, f.severity) for f in alone] == [("annex-missing", "medium")]


def test_an_annex_of_another_day_or_kind() -> None:
    table = (
        "Biểu 01\nCHỈ TIÊU\n(Kèm theo {what} ngày {day} của UBND huyện)\n\nSTT\tTên xã\tSố tiêu chí\n1\tNhữ "
        "Hán\t13\n2\tChân Sơn\t12\n"
    )
    body = "I. MỤC TIÊU\nGiao chỉ tiêu (có Biểu 01 kèm theo)."
    own = "Kế hoạch số 34/KH-UBND"
    assert codes(body, table.format(what=own, day="15/02/2019")) == []
    assert [(f.rule, f.severity) for f in found(body, table.format(what=own, day="16/02/2019"))] == [
        ("annex-attached", "medium")
    ]
    assert [
        (f.rule, f.severity) for f in found(body, table.format(what="Quyết định số 34/QĐ-UBND", day="15/02/2019"))
    ] == [("annex-attached", "high")]


def test_the_same_number_of_two_offices_is_two_instruments() -> None:
    body = (
        "I. CĂN CỨ THỰC HIỆN\nTheo Kế hoạch số 15/KH-UBND ngày 10/01/2019 của UBND tỉnh Tuyên Quang; Kế hoạch số "
        "15/KH-UBND ngày 22/01/2019 của UBND huyện Yên Sơn."
    )
    assert "basis-two-ways" not in codes(body)


def test_a_header_with_a_blank_day_is_a_draft_not_a_contradiction() -> None:
    text = (
        "Số:      /KH-UBND\nYên Sơn, ngày     tháng 02 năm 2019\n\nKẾ HOẠCH\nXây dựng nông thôn mới huyện Yên Sơn "
        "năm 2019\n\nI. MỤC TIÊU\nGiữ vững.\n\nCHỦ TỊCH\n\nLê Quý Đôn\n"
    )
    judged = [(f.rule, f.severity) for f in check(reading(text)) if f.rule == "header"]
    assert judged == [("header", "medium")]


def test_a_sheet_of_figures_needs_no_number() -> None:
    assert check(Reading("bang", "xlsx", Header(), lines=("1\t2",))) == ()


def test_a_criteria_set_of_other_numbers_stays_silent() -> None:
    body = "II. NHIỆM VỤ\n" + "\n".join(
        f"- Tiêu chí số {no} về {name}: thực hiện."
        for no, name in ((4, "Giao thông"), (5, "Thủy lợi"), (6, "Y tế"), (7, "Trường học"))
    )
    assert "criterion-name" not in codes(body)


def test_figures_of_cells() -> None:
    assert figure("1.234,5") == Decimal("1234.5")
    assert figure("X") is None
    assert figure("") is None
    assert figure("08/9") is None
    assert places("16,67 tiêu chí/xã") == 2
    assert places("183.970 triệu") == 0
    assert same(Decimal("16.665"), Decimal("16.67"), 2)
    assert not same(Decimal("16.66"), Decimal("16.67"), 2)
    assert step(MoneyItem("", "need", 17_500_000_000, "17,5 tỷ đồng")) == 100_000_000
    assert step(MoneyItem("", "need", 183_970_000_000, "183.970 triệu đồng")) == 1_000_000
    assert step(MoneyItem("", "need", 0, "0 đồng")) == 1
    assert money(10_500_000_000) == "10,5 tỷ đồng"
    assert money(12_345_678) == "12.345.678 đồng"


def test_findings_stand_by_weight_then_by_place() -> None:
    body = (
        "I. MỤC TIÊU\nCó thêm 03 xã đạt chuẩn nông thôn mới (Trung Môn, Nhữ Hán, Trung Môn).\n\n"
        "II. KINH PHÍ\nTổng kinh phí: 10.100 triệu đồng, gồm:\n- Ngân sách tỉnh: 7.000 triệu đồng;\n- Ngân "
        "sách huyện: 3.000 triệu đồng."
    )
    assert [(f.rule, f.severity) for f in found(body)] == [("sum", "high"), ("list-repeated", "low")]
    assert check(plan(body)) == check(plan(body))


def test_figures_that_do_not_claim_to_be_exact_are_not_added() -> None:
    body = (
        "I. KINH PHÍ\nTổng kinh phí: {about}12,5 tỷ đồng, gồm:\n- Ngân sách huyện: 5 tỷ đồng;\n- Ngân sách xã: "
        "{more}4,2 tỷ đồng."
    )
    assert "sum" in codes(body.format(about="", more=""))
    assert "sum" not in codes(body.format(about="khoảng ", more=""))
    assert "sum" not in codes(body.format(about="", more="trên "))
