"""Kế hoạch đối chiếu với hồ sơ: what stands already, what is no longer met, names that offices changed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from document_world import uploaded
from ntm.domain.official.text import fold, tone_key
from ntm.faces.cli.main import main
from ntm.records.standing import registry
from ntm.records.standing.models import CriterionStanding
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.standing.queries import against_plan
from ntm.records.units.models import UnitName

DAY = date(2023, 2, 15)
RENAMED = date(2020, 1, 1)
PLAN = """ỦY BAN NHÂN DÂN
HUYỆN VĂN QUAN

Số: 41/KH-UBND
Văn Quan, ngày 15 tháng 02 năm 2023

KẾ HOẠCH
Xây dựng nông thôn mới huyện Văn Quan, tỉnh Lạng Sơn năm 2023

I. MỤC TIÊU
- Xã Văn An: phấn đấu đạt thêm các tiêu chí số 2, 6; duy trì các tiêu chí số 1, 4.
- Xã Tràng Cũ: phấn đấu đạt thêm các tiêu chí số 5, 15.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lương Văn Chính
"""
SET = "xa-ntm-2021-2025"


@pytest.fixture
def standing(area: Any) -> Any:
    """Văn An: 2 met, 4 lost, 6 open; Tràng Phái was called Tràng Cũ until 2020."""
    row = next(one for one in registry.register_shipped() if one.code == SET)
    for no, outcome in ((2, OutcomeCode.MET), (4, OutcomeCode.NOT_MET), (6, OutcomeCode.NO_DATA)):
        CriterionStanding.objects.create(
            unit_id=area.commune, set=row, basis=Basis.CONFIRMED, no=no, outcome=outcome, start=date(2022, 12, 31)
        )
    UnitName.objects.filter(unit_id=area.neighbour).update(start=RENAMED)
    UnitName.objects.create(
        unit_id=area.neighbour, kind="xã", name="Tràng Cũ", key=fold("Tràng Cũ"), sound=tone_key("Tràng Cũ"),
        start=date(2000, 1, 1), end=RENAMED,
    )  # fmt: skip
    return row


def content_of(area: Any, holder: Any) -> dict[str, Any]:
    return uploaded(holder("coordination_office", area.district), area.district, PLAN.encode()).current.content


def test_what_stands_already_what_is_lost_and_what_is_called_otherwise(area: Any, holder: Any, standing: Any) -> None:
    found = against_plan.compare(content_of(area, holder), area.district, DAY)
    assert [one.message for one in found.findings] == [
        "Văn An được giao đạt thêm tiêu chí 2 (Giao thông), nhưng theo hồ sơ xã đã đạt.",
        "Văn An được giao duy trì tiêu chí 4 (Điện), nhưng theo hồ sơ xã chưa đạt.",
        "Theo hồ sơ, vào ngày này không có xã Tràng Cũ: từ ngày 01/01/2020 là xã Tràng Phái.",
    ]
    assert all(one.lines for one in found.findings)
    assert (found.set, found.basis, found.with_data) == (standing, Basis.CONFIRMED, 1)
    assert "đến ngày 15/02/2023 (số đã thẩm tra của 1 đơn vị)" in found.rests_on


def test_the_day_decides_and_self_assessment_stands_in_where_nothing_was_verified(
    area: Any, holder: Any, standing: Any
) -> None:
    content = content_of(area, holder)
    earlier = against_plan.compare(content, area.district, date(2022, 6, 1))
    assert [one.rule for one in earlier.findings] == ["unit-records"] and "chưa có số liệu" in earlier.rests_on
    CriterionStanding.objects.update(basis=Basis.SELF)
    own = against_plan.compare(content, area.district, DAY)
    assert len(own.findings) == 3 and "số tự đánh giá" in own.rests_on


def test_figures_under_a_set_that_counts_otherwise_are_not_used(area: Any, holder: Any, standing: Any) -> None:
    content = {**content_of(area, holder), "criteria_set": "thon-ntm-lao-cai"}
    found = against_plan.compare(content, area.district, DAY)
    assert found.set is None and [one.rule for one in found.findings] == ["unit-records"]


def test_the_number_of_questions_does_not_grow_with_the_plan(
    area: Any, holder: Any, standing: Any, django_assert_max_num_queries: Any
) -> None:
    content = content_of(area, holder)
    content["units"] = content["units"] * 20
    with django_assert_max_num_queries(20):
        against_plan.compare(content, area.district, DAY)


def test_who_may_not_see_the_standing_sees_no_comparison(area: Any, holder: Any, standing: Any) -> None:
    content = content_of(area, holder)
    stranger = holder("viewer", area.other_province)
    assert against_plan.for_reader(stranger, content, area.district, DAY, on=DAY) is None
    reader = holder("viewer", area.district)
    shown = against_plan.for_reader(reader, content, area.district, DAY, on=DAY)
    assert shown is not None and len(shown.findings) == 3
    assert against_plan.for_reader(reader, content, None, DAY, on=DAY) is None


def test_the_command_says_the_same(
    area: Any, standing: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ke-hoach.txt"
    file.write_text(PLAN, encoding="utf-8")
    assert main(["check", str(file), "--database", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["records"]
    assert (told["unit"], told["on"], told["set"]) == ("huyện Văn Quan, tỉnh Lạng Sơn", "2023-02-15", SET)
    assert [one["kind"] for one in told["findings"]] == ["already-met", "kept-not-met", "unit-records"]
    assert main(["check", str(file), "--database", "--on", "2022-06-01"]) == 0
    printed = capsys.readouterr().out
    assert "Đối chiếu với hiện trạng" in printed and "Xã đã đổi theo hồ sơ (unit-records) · dòng 12" in printed
    assert main(["check", str(file), "--database", "--unit", "99999", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["records"] == {"error": "Ngày 15/02/2023 không có đơn vị mã 99999."}
    file.write_text(PLAN.replace("ngày 15 tháng 02 năm 2023", "ngày … tháng … năm 2023"), encoding="utf-8")
    assert main(["check", str(file), "--database"]) == 0
    assert "cho biết ngày cần đối chiếu bằng --on" in capsys.readouterr().out
