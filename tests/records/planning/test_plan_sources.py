"""Where the paper says what a part of a draft says: written in bulk, by who may draft, in a draft, told in the log."""

from __future__ import annotations

from datetime import date

import plan_world
import pytest
from plan_world import ON, World, build

from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied
from ntm.records.planning.models import CriterionCell, Plan
from ntm.records.planning.queries import cells as cell_queries
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import cells, plans, sources, targets
from ntm.records.planning.services.cells import CellPlan
from ntm.records.planning.services.sources import Said


@pytest.fixture
def world(area, holder) -> World:
    return build(area, holder)


@pytest.fixture
def plan(world: World) -> Plan:
    return plan_world.plan(world, set_code=plan_world.SET)


def test_places_and_assumptions_are_kept_and_logged(world: World, plan: Plan) -> None:
    row = targets.add_target(world.writer, plan.pk, targets.Promise("metric", "mở 01 lớp tập huấn"), on=ON)
    (cell,) = cells.set_many(world.writer, plan.pk, [CellPlan(world.area.commune, 2)], on=ON)
    assert sources.tell(world.writer, plan.pk, [Said(row, "dòng 71"), Said(cell, "dòng 37", True)], on=ON) == 2
    row.refresh_from_db()
    cell.refresh_from_db()
    plan.refresh_from_db()
    assert (row.source_place, row.assumed, cell.source_place, cell.assumed) == ("dòng 71", False, "dòng 37", True)
    assert plan.assumed
    assert Entry.objects.filter(verb="plan.source").count() == 1


def test_refused_to_a_stranger_in_the_wrong_state_and_for_another_plan(world: World, plan: Plan) -> None:
    row = targets.add_target(world.writer, plan.pk, targets.Promise("metric", "mở 01 lớp tập huấn"), on=ON)
    with pytest.raises(Denied):
        sources.tell(world.stranger, plan.pk, [Said(row, "dòng 1")], on=ON)
    with pytest.raises(Refused, match="dài quá"):
        sources.tell(world.writer, plan.pk, [Said(row, "x" * 301)], on=ON)
    other = plans.open_plan(world.writer, unit_id=plan.unit_id, kind="nang_cao", year=plan.year, on=ON)
    with pytest.raises(Refused, match="không thuộc dự thảo"):
        sources.tell(world.writer, other.pk, [Said(row, "dòng 1")], on=ON)
    plans.review(world.leader, plan.pk, on=ON)
    with pytest.raises(Refused, match="chờ ký"):
        sources.tell(world.writer, plan.pk, [Said(row, "dòng 1")], on=ON)


def test_a_cell_may_be_told_in_one_list_only(world: World, plan: Plan) -> None:
    area = world.area
    wanted = [
        CellPlan(area.commune, 2, told="units"),
        CellPlan(area.neighbour, 2, told="criteria"),
        CellPlan(area.commune, 3),
    ]
    rows = cells.set_many(world.writer, plan.pk, wanted, on=ON)
    assert {(row.unit_id, row.criterion_no): str(row.told) for row in rows} == {
        (area.commune, 2): "units", (area.neighbour, 2): "criteria", (area.commune, 3): "both",
    }  # fmt: skip
    apart = cell_queries.disagreements(plan, 1, date(2018, 1, 30))
    assert [(one.unit.id, one.cell.criterion_no) for one in apart] == [(area.commune, 2)]
    with pytest.raises(Refused, match="danh sách"):
        cells.set_many(world.writer, plan.pk, [CellPlan(area.commune, 4, told="nowhere")], on=ON)
    assert CriterionCell.objects.filter(plan=plan).count() == 3
