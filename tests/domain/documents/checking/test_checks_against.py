"""Đối chiếu với hồ sơ và với kế hoạch cấp dưới: pure functions over what is handed in."""

from __future__ import annotations

from check_texts import FOOT, plan, reading

from ntm.domain.documents.checking import Checkable, already_met, not_carried

DISTRICT = """
I. MỤC TIÊU CỤ THỂ
- Xã Nhữ Hán: phấn đấu đạt thêm các tiêu chí số 2, 6, 10; duy trì các tiêu chí số 1, 4.
- Xã Chân Sơn: phấn đấu đạt thêm các tiêu chí số 5, 15.

II. NHIỆM VỤ
1. Toàn huyện có 2/2 xã có quy hoạch.
- Tiêu chí số 2 Giao thông: phấn đấu thêm 01 xã đạt tiêu chí (Nhữ Hán).
"""


def commune(name: str, numbers: str) -> Checkable:
    return reading(
        f"ỦY BAN NHÂN DÂN\nXÃ {name.upper()}\n\nSố: 12/KH-UBND\n{name}, ngày 25 tháng 02 năm 2019\n\nKẾ HOẠCH\n"
        f"Xây dựng nông thôn mới xã {name}, huyện Yên Sơn, tỉnh Tuyên Quang năm 2019\n\nI. MỤC TIÊU\n"
        f"- Phấn đấu đạt thêm các tiêu chí số {numbers}.\n{FOOT}"
    )


def test_a_target_that_the_records_already_hold() -> None:
    outcomes = {("Nhữ Hán", 2): "met", ("Nhữ Hán", 6): "not_met", ("Nhữ Hán", 1): "met", ("Nhữ Hán", 4): "not_met"}
    judged = list(already_met(plan(DISTRICT), lambda unit, no: outcomes.get((unit, no))))
    assert [f.message for f in judged] == [
        "Nhữ Hán được giao đạt thêm tiêu chí 2 (Giao thông), nhưng theo hồ sơ xã đã đạt.",
        "Nhữ Hán được giao duy trì tiêu chí 4 (Điện), nhưng theo hồ sơ xã chưa đạt.",
    ]
    assert [f.rule for f in judged] == ["already-met", "kept-not-met"]


def test_unknown_is_neither_met_nor_lost() -> None:
    for answer in ("no_data", "not_considered", None):
        assert list(already_met(plan(DISTRICT), lambda unit, no, answer=answer: answer)) == []


def test_a_lower_plan_that_leaves_a_criterion_out() -> None:
    upper = plan(DISTRICT)
    left = list(not_carried(upper, {"Nhữ Hán": commune("Nhữ Hán", "2, 6")}))
    assert [f.message for f in left] == [
        "Cấp trên giao Nhữ Hán tiêu chí 10 (Thu nhập), nhưng kế hoạch của xã không có."
    ]
    assert left[0].computed == "kế hoạch của xã: 2, 6"
    assert left[0].stated == "cấp trên giao: 2, 6, 10"
    assert list(not_carried(upper, {"Nhữ Hán": commune("Nhữ Hán", "2, 6, 10, 13")})) == []


def test_counts_are_judged_only_when_all_lower_plans_are_there() -> None:
    upper = plan(DISTRICT.replace("(Nhữ Hán)", "").replace("thêm 01 xã", "thêm 02 xã"))
    one = {"Nhữ Hán": commune("Nhữ Hán", "2, 6, 10")}
    assert list(not_carried(upper, one)) == []
    both = {**one, "Chân Sơn": commune("Chân Sơn", "5, 15")}
    assert [f.message for f in not_carried(upper, both)] == [
        "Tiêu chí 2 (Giao thông) đặt thêm 2 xã, nhưng chỉ 1 kế hoạch xã nhận tiêu chí này."
    ]
    assert list(not_carried(upper, {**one, "Chân Sơn": commune("Chân Sơn", "2, 5, 15")})) == []
