"""Cài mâu thuẫn: three clean plans of our own; each small change of a figure must be found by the rule that is for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from check_texts import reading

from ntm.domain.documents.checking import check

SAMPLES = Path(__file__).parent / "samples"
PLANTED = [
    ("huyen_2022", "đạt 92,3%", "đạt 93,2%", "share"),
    ("huyen_2022", "tăng 02 xã so", "tăng 03 xã so", "gain"),
    ("huyen_2022", "lũy kế 24/26", "lũy kế 27/26", "share-over"),
    ("huyen_2022", "nhà nước: 165.600", "nhà nước: 156.600", "sum"),
    ("huyen_2022", "năm 2022: 285.600", "năm 2022: 258.600", "sum"),
    ("huyen_2022", "vốn sự nghiệp 5.500", "vốn sự nghiệp 6.500", "sum"),
    ("huyen_2022", "(Đồng Phong, Văn Phương và Phú Lộc)", "(Đồng Phong, Văn Phương)", "list-count"),
    ("huyen_2022", "Tiêu chí số 2 về Giao thông", "Tiêu chí số 3 về Giao thông", "criterion-name"),
    ("huyen_2022", "Tiêu chí số 5 về Trường học", "Tiêu chí số 14 về Trường học", "criterion-name"),
    ("huyen_2022", "03 tiêu chí: Giao thông", "04 tiêu chí: Giao thông", "criteria-count"),
    ("huyen_2022", "các tiêu chí số 2, 10, 11, 17", "các tiêu chí số 10, 11, 17", "two-views"),
    ("huyen_2022", "Tháng 4/2022: ban hành", "Tháng 3/2022: ban hành", "deadline-before-issue"),
    ("huyen_2022", "28/7/2021 của Quốc hội", "28/7/2022 của Quốc hội", "basis-later"),
    ("huyen_2022", "Phụ lục I, II kèm", "Phụ lục I, II, III kèm", "annex-missing"),
    ("huyen_2022", "(Kèm theo Kế hoạch số 87/", "(Kèm theo Kế hoạch số 78/", "annex-attached"),
    ("huyen_2022", "165.600\t52.300\t63.300", "165.600\t52.300\t66.300", "sum-table"),
    ("huyen_2022", "70.000\t25.000\t25.000\t20.000", "70.000\t25.000\t25.000\t22.000", "table-row"),
    ("huyen_2022", "50.000\t15.000\t20.000\t15.000", "50.000\t15.000\t23.000\t15.000", "sum-group"),
    ("huyen_2022", "\t1\t6\t7\n", "\t1\t6\t8\n", "sum-table"),
    ("huyen_2022", "\t6\t15\t21", "\t6\t14\t21", "sum-table"),
    ("huyen_2022", "318/QĐ-TTg ngày 08/3/2022", "1980/QĐ-TTg ngày 17/10/2016", "basis-title"),
    ("huyen_2022", "Nho Quan, ngày 12 tháng 4", "Nho Quan, ngày    tháng 4", "header"),
    ("dang_uy_2024", "Hoàn thành 05 tiêu chí", "Hoàn thành 06 tiêu chí", "criteria-count"),
    ("dang_uy_2024", "(1, 3, 4, 6,", "(1, 2, 3, 4, 6,", "keep-gain"),
    ("dang_uy_2024", "hoàn thành tiêu chí số 5, 18", "hoàn thành tiêu chí số 5", "no-step"),
    ("tinh_2023", "tỷ lệ 89,2%", "tỷ lệ 98,2%", "share"),
    ("tinh_2023", "Cộng: 508,75 tỷ", "Cộng: 518,75 tỷ", "sum"),
    ("tinh_2023", "tỉnh 120 tỷ", "tỉnh 130 tỷ", "sum"),
    ("tinh_2023", "tăng 0,6 tiêu chí", "tăng 0,8 tiêu chí", "gain"),
    ("tinh_2023", "có thêm 04 xã", "có thêm 05 xã", "list-count"),
    ("tinh_2023", "Trước 31/3/2023", "Trước 15/01/2023", "deadline-before-issue"),
]


def _text(name: str) -> str:
    return (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["huyen_2022", "dang_uy_2024", "tinh_2023"])
def test_the_plans_are_clean(name: str) -> None:
    assert [f for f in check(reading(_text(name))) if f.severity != "info"] == []


@pytest.mark.parametrize(("name", "right", "wrong", "code"), PLANTED)
def test_a_planted_contradiction_is_found(name: str, right: str, wrong: str, code: str) -> None:
    text = _text(name)
    assert right in text
    judged = check(reading(text.replace(right, wrong, 1)))
    mine = [f for f in judged if f.rule == code]
    assert mine
    line = text[: text.index(right)].count("\n") + 1
    assert any(line in f.lines for f in mine) or code in ("two-views", "no-step")
