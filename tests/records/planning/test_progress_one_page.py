"""The leader's one page: standing, targets, work, gaps, and what waits for a decision; a fixed number of queries."""

from __future__ import annotations

from datetime import date
from typing import Any

import plan_world
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from plan_world import SET, World

from ntm.domain.targets import State
from ntm.records.planning.models import (
    CriterionCell,
    Meeting,
    Occurrence,
    Plan,
    PlanTarget,
    PlanVersion,
    TargetShare,
    Task,
    TaskBody,
)
from ntm.records.planning.queries.one_page import OnePage, one_page
from ntm.records.standing import registry
from ntm.records.standing.models import Gap
from ntm.records.standing.models.observations import Stage
from ntm.records.standing.services.importing import ImportRow, import_rows

START, ON = date(2017, 12, 31), date(2018, 6, 30)


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return plan_world.build(area, holder)


@pytest.fixture
def plan(world: World) -> Plan:
    for unit, met in ((world.area.commune, 3), (world.area.neighbour, 12)):
        rows = [ImportRow(unit, f"TC{no}", no <= met, "", place="b") for no in range(1, 20)]
        import_rows(
            world.writer, set_code=SET, as_of=START, rows=rows, stage=Stage.VERIFIED, source="csv", file=str(unit)
        )
    plan = plan_world.plan(world)
    Plan.objects.filter(pk=plan.pk).update(state="issued")
    plan.versions.update(state="issued", title="Xây dựng nông thôn mới năm 2018", issued_on=plan_world.ISSUED)
    return plan


def _work(plan: Plan, what: str, due: date, **more: Any) -> Occurrence:
    task = Task.objects.create(plan=plan, unit_id=plan.unit_id, what=what, deadline_year=2018)
    TaskBody.objects.create(task=task, part="lead", words="Phòng Nông nghiệp")
    return Occurrence.objects.create(task=task, due=due, **more)


def _page(world: World) -> OnePage:
    return one_page(world.area.district, ON)


def test_standing_and_targets(plan: Plan, world: World) -> None:
    PlanTarget.objects.create(
        plan=plan, subject="criteria", mode="gain", value=5, op="=", what="Thêm 5 tiêu chí", due=date(2018, 3, 31)
    )
    CriterionCell.objects.create(plan=plan, unit_id=world.area.commune, criterion_no=6, due=date(2018, 5, 1))
    page = _page(world)
    assert page.strip is not None
    assert (page.strip.units, page.strip.met, page.strip.low, str(page.strip.average)) == (2, 15, 1, "7.5")
    (one,) = page.plans
    assert one.title == "Xây dựng nông thôn mới năm 2018"
    assert (one.counts[State.BEHIND], one.cells, one.late) == (1, (1, 0), 1)
    assert one.behind[0].progress.sentence.startswith("Quá hạn")


def test_work_late_and_due_and_what_is_done_is_not_told(plan: Plan, world: World) -> None:
    _work(plan, "Nộp báo cáo", date(2018, 5, 1))
    _work(plan, "Họp sơ kết", date(2018, 7, 5))
    _work(plan, "Xa lắm", date(2018, 12, 1))
    _work(plan, "Đã xong", date(2018, 5, 1), state="done", ended_on=date(2018, 4, 20))
    page = _page(world)
    assert [(line.what, line.lead, line.late) for line in page.overdue] == [("Nộp báo cáo", "Phòng Nông nghiệp", 60)]
    assert [(line.what, line.late) for line in page.due_soon] == [("Họp sơ kết", -5)]
    assert "Quá hạn 60 ngày: Nộp báo cáo." in [d.sentence for d in page.decisions]
    assert [line.what for line in one_page(world.area.district, date(2018, 4, 10)).overdue] == []


def test_gaps_and_their_cost(plan: Plan, world: World) -> None:
    said = {"set": registry.by_code(SET), "opened_on": START, "recorded_by_id": world.writer.user_id, "office": "thử"}
    said["recorded_at"] = "2018-01-01T08:00:00+07:00"
    Gap.objects.create(unit_id=world.area.commune, criterion_no=2, text="Đường", cost=5_000_000_000, **said)
    Gap.objects.create(unit_id=world.area.neighbour, criterion_no=2, text="Cầu", **said)
    Gap.objects.create(unit_id=world.area.commune, criterion_no=6, text="Nhà văn hoá", cost=7, closed_on=ON, **said)
    page = _page(world)
    (gap,) = page.gaps
    assert (gap.no, gap.count, gap.units, gap.cost, gap.without_cost) == (2, 2, 2, 5_000_000_000, 1)
    assert page.gap_cost == 5_000_000_000
    assert one_page(world.area.stranger, ON).gap_cost is None


def test_what_waits_for_a_decision(plan: Plan, world: World) -> None:
    target = PlanTarget.objects.create(plan=plan, subject="criteria", mode="gain", value=5, what="Thêm 5 tiêu chí")
    TargetShare.objects.create(
        target=target, unit_id=world.area.commune, value=3, answer="objected", reason="chưa đủ vốn"
    )
    PlanVersion.objects.create(plan=plan, no=2, state="reviewed", title="Điều chỉnh", issuer="UBND", place="Văn Quan")
    Meeting.objects.create(
        unit_id=plan.unit_id, title="Giao ban tháng 7", on=date(2018, 7, 2), since=START,
        opened_by_id=world.writer.user_id, office="thử", opened_at="2018-06-01T08:00:00+07:00",
    )  # fmt: skip
    said = {d.kind: d.sentence for d in _page(world).decisions}
    assert said["sign"] == "Dự thảo đã rà soát, chờ ký: Điều chỉnh."
    assert said["objection"] == "xã Văn An đề nghị điều chỉnh “Thêm 5 tiêu chí”: chưa đủ vốn."
    assert said["meeting"] == "Họp ngày 02/07/2018: Giao ban tháng 7."


def test_a_unit_without_anything_has_an_honest_page(world: World) -> None:
    page = one_page(world.area.stranger, ON)
    assert (page.plans, page.overdue, page.gaps, page.alarms, page.decisions) == ((), (), (), (), ())
    assert page.strip is None or page.strip.average is None


def test_queries_do_not_grow(plan: Plan, world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            _page(world)
        return len(asked)

    _work(plan, "Nộp báo cáo", date(2018, 5, 1))
    few = queries()
    for at in range(8):
        _work(plan, f"Việc {at}", date(2018, 5, 2 + at))
        PlanTarget.objects.create(plan=plan, subject="criterion", criterion_no=at + 1, mode="gain", value=1, what="x")
    assert queries() == few
