"""Ngày tháng trong kiểm tra: a blank day, a plan of two years, work that comes every year, a period on the next line."""

from __future__ import annotations

from check_texts import FOOT, HEAD, codes, reading

from ntm.domain.documents.checking import check

LATER = "Căn cứ Quyết định số 77/QĐ-UBND ngày {day} của UBND tỉnh Tuyên Quang;\n\nI. MỤC TIÊU\n1. Có thêm 02 xã."


def test_a_basis_of_the_same_month_is_no_later_one_where_the_day_is_blank() -> None:
    blank = HEAD.replace("ngày 15 tháng 02", "ngày    tháng 02")
    for day, found in (("27/02/2019", []), ("01/3/2019", ["medium"])):
        judged = check(reading(f"{blank}{LATER.format(day=day)}\n{FOOT}"))
        assert [f.severity for f in judged if f.rule == "basis-later"] == found


def test_what_is_cited_in_the_text_cannot_be_later_either() -> None:
    told = "I. GIẢI PHÁP\n1. Thực hiện Kế hoạch số 77/KH-UBND ngày {}/2019 của UBND tỉnh Tuyên Quang."
    assert "basis-later" in codes(told.format("20/3"))
    assert "basis-later" not in codes(told.format("20/01"))


def test_a_plan_of_two_years_may_stand_on_a_period_that_has_one_of_them() -> None:
    head = HEAD.replace("năm 2019\n", "6 tháng cuối năm 2020 và năm 2021\n", 1).replace("02 năm 2019", "8 năm 2020")
    basis = "Căn cứ Quyết định số 77/QĐ-UBND ngày 02/3/2017 của UBND tỉnh về kế hoạch giai đoạn 2016-2020;"
    text = f"{basis}\n\nI. MỤC TIÊU\n1. Xong."
    assert "basis-period" not in [f.rule for f in check(reading(f"{head}{text}\n{FOOT}"))]


def test_what_comes_every_year_is_not_late() -> None:
    late = "I. LỘ TRÌNH\n1. {}báo cáo UBND tỉnh trước ngày 10/01/2019."
    assert "deadline-before-issue" in codes(late.format("Rà soát, "))
    assert "deadline-before-issue" not in codes(late.format("Định kỳ 6 tháng, năm "))


def test_a_finding_names_the_line_on_which_the_period_stands() -> None:
    cited = "Thực hiện Quyết định số 1980/QĐ-TTg ngày 17/10/2016 về Bộ tiêu chí quốc gia về xã"
    text = f"I. GIẢI PHÁP\n1. {cited}\nnông thôn mới giai đoạn 2021-2025."
    judged = [f for f in check(reading(f"{HEAD}{text}\n{FOOT}")) if f.rule == "basis-title"]
    assert [f.lines for f in judged] == [(11, 12)]
