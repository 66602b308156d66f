"""Quy tắc mở rộng: ways of saying the same contradiction that the first wording of a rule did not know."""

from __future__ import annotations

import pytest
from check_texts import FOOT, HEAD, codes, found, reading

from ntm.domain.documents.checking import check


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Tập trung thực hiện các nội dung xây dựng nông thôn mới năm 2018 theo phân công.", True),
        ("Phấn đấu đến hết năm 2018 có thêm 02 xã đạt chuẩn.", True),
        ("Tiếp tục thực hiện các nội dung chưa hoàn thành năm 2018.", False),
        ("Thực hiện các nội dung xây dựng nông thôn mới năm 2019.", False),
        ("Tổng kết việc thực hiện nhiệm vụ năm 2018.", False),
    ],
)
def test_work_of_the_year_before(words: str, told: bool) -> None:
    assert ("wrong-year" in codes(f"I. NHIỆM VỤ\n1. {words}")) is told


def test_a_total_for_the_whole_district_and_its_communes() -> None:
    body = (
        "I. MỤC TIÊU\n1. Tổng số tiêu chí đạt thêm toàn huyện là {} tiêu chí, trong đó:\n"
        "- Xã Kiến Thiết: 02 tiêu chí (3, 15);\n- Xã Hùng Lợi: 01 tiêu chí (17).\n"
    )
    assert "sum-units" not in codes(body.format("03"))
    assert "sum-units" in codes(body.format("04"))


def test_bands_without_the_word_level() -> None:
    body = (
        "I. MỤC TIÊU\n1. Tiêu chí Thu nhập: 05 xã đạt từ 30-35 triệu đồng, 07 xã đạt từ {}-30 triệu đồng, 10 xã đạt dưới "
        "25 triệu đồng."
    )
    assert "bands" not in codes(body.format(25))
    assert "bands" in codes(body.format(25).replace("30 triệu", "32 triệu"))
    plan = reading(f"{HEAD}{body.format(25)}\n{FOOT}")
    assert [c.count for c in plan.criterion_targets if c.bands] == [22]


def test_columns_that_say_what_was_and_what_is_added() -> None:
    table = (
        "TT\tXã\tTiêu chí đạt đến 31/12/2018\tTăng thêm 2019\tLũy kế 2019\n"
        "1\tKiến Thiết\t14\t5\t19\n2\tHùng Lợi\t15\t4\t19\n3\tTrung Minh\t10\t2\t{}\n"
    )
    title = "Biểu số 01\nDANH SÁCH XÃ ĐĂNG KÝ\n(Kèm theo Kế hoạch số 34/KH-UBND ngày 15/02/2019)\n\n"
    text = "I. MỤC TIÊU\n1. Như Biểu số 01 kèm theo."
    assert [f.rule for f in found(text, title + table.format(12))] == []
    wrong = [f for f in found(text, title + table.format(13)) if f.rule == "table-row"]
    assert [f.severity for f in wrong] == ["medium"]
    assert "các hàng khác đều khớp" in wrong[0].message


def test_the_place_of_a_signer_that_lacks_is_shown() -> None:
    text = f"{HEAD}I. MỤC TIÊU\n1. Có thêm 02 xã đạt chuẩn.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n"
    line = text.rstrip().count("\n") + 1
    assert [line in f.lines for f in check(reading(text)) if f.rule == "header"] == [True]
