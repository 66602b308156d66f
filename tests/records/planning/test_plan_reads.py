"""Hỏi về kế hoạch: who sees which, versions side by side, the table of cells, proposals; questions asked stay few."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from plan_reading import reading
from plan_world import ISSUED, ON, World, build, issued, plan

from ntm.records.people.authority import Denied
from ntm.records.planning import checkable
from ntm.records.planning.models import CriterionCell, Plan, PlanSection, PlanTarget, TargetShare
from ntm.records.planning.queries import cells as cell_queries
from ntm.records.planning.queries import comparing
from ntm.records.planning.queries import plans as plan_queries
from ntm.records.planning.queries import targets as target_queries
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import cascade, cells, from_reading, issuing, plans, proposing, targets, text
from ntm.records.planning.services.cells import CellPlan
from ntm.records.planning.services.targets import Promise
from ntm.records.standing.models import CriterionStanding, Gap, IndicatorStanding, TitleHeld
from ntm.records.standing.models.intervals import Basis, OutcomeCode

AVERAGE = Promise("average", "Tăng bình quân 1,5 tiêu chí/xã", value=Decimal("1.5"))
START = date(2017, 1, 1)


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return build(area, holder)


@pytest.fixture
def drafted(world: World) -> Plan:
    return plan(world)


def _sees(world: World, on: date = ON) -> dict[str, bool]:
    actors = ("writer", "leader", "sector", "commune", "province", "stranger", "viewer")
    return {name: plan_queries.visible(getattr(world, name), on).exists() for name in actors}


def test_a_draft_is_seen_by_its_office_then_by_those_asked_then_by_all(world: World, drafted: Plan) -> None:
    own = {"writer", "leader", "sector", "province"}
    assert {name for name, seen in _sees(world).items() if seen} == own
    with pytest.raises(Denied, match="chưa ban hành"):
        plan_queries.get(world.commune, drafted.pk, ON)
    text.add_section(world.writer, drafted.pk, heading="Mục đích", on=ON)
    plans.review(world.leader, drafted.pk, on=ON)
    assert {name for name, seen in _sees(world).items() if seen} == own | {"commune"}
    seen = plan_queries.get(world.commune, drafted.pk, ON)
    assert (seen.may_comment, seen.may_draft, seen.version.state) == (True, False, "reviewed")
    issuing.issue(world.leader, drafted.pk, number="15", issued_on=ISSUED, signer="A", on=ISSUED, findings=())
    assert {name for name, seen in _sees(world, ISSUED).items() if seen} == own | {"commune", "stranger"}
    assert {name for name, seen in _sees(world).items() if seen} == own | {"commune"}  # not yet issued on that day
    with pytest.raises(Refused):
        plan_queries.get(world.writer, 10**6, ON)


def test_an_amendment_in_the_making_is_not_shown_below(world: World, drafted: Plan) -> None:
    issued(world, drafted.pk)
    issuing.amend(world.leader, drafted.pk, reason="thêm xã", on=ISSUED)
    assert plan_queries.get(world.writer, drafted.pk, ISSUED).version.no == 2
    assert [one.no for one in plan_queries.get(world.commune, drafted.pk, ISSUED).versions] == [1]
    assert [one.pk for one in plan_queries.of_unit(world.commune, world.area.district, ISSUED, 2018)] == [drafted.pk]


def test_versions_stand_side_by_side(world: World, drafted: Plan) -> None:
    made = targets.add_target(world.writer, drafted.pk, AVERAGE, on=ON)
    cells.set_many(world.writer, drafted.pk, [CellPlan(world.area.commune, no) for no in (2, 3)], on=ON)
    issued(world, drafted.pk)
    issuing.amend(world.leader, drafted.pk, reason="thêm xã", on=ISSUED)
    changed = Promise("average", "Tăng bình quân 2 tiêu chí/xã", value=Decimal(2))
    targets.change_target(world.writer, drafted.pk, made.pk, changed, on=ISSUED)
    cells.clear(world.writer, drafted.pk, [(world.area.commune, 3)], on=ISSUED)
    text.add_section(world.writer, drafted.pk, heading="Bổ sung", on=ISSUED)
    with CaptureQueriesContext(connection) as asked:
        found = comparing.compare_versions(drafted, 1, 2)
    before, after, names = found["targets"].changed[0]
    assert (before.value, after.value, set(names)) == (Decimal("1.5"), 2, {"what", "value"})
    assert [one.criterion_no for one in found["cells"].gone] == [3] and found["cells"].come == ()
    assert [one.heading for one in found["sections"].come] == ["Bổ sung"]
    assert len(asked) <= 21


def test_parts_of_a_plan_cost_the_same_however_many_there_are(world: World, drafted: Plan) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            plan_queries.parts(drafted, 1, ON)
            target_queries.lines(drafted, 1, ON)
            cell_queries.table(drafted, 1, ON)
        return len(found)

    _fill(world, drafted, 1)
    once = asked()
    _fill(world, drafted, 8)
    assert asked() == once


def _fill(world: World, opened: Plan, count: int) -> None:
    for at in range(count):
        PlanSection.objects.create(plan=opened, heading=f"Đề mục {at}")
        text.add_basis(world.writer, opened.pk, number=f"{9000 + at + count}/KH-UBND", on=ON)
        target = PlanTarget.objects.create(plan=opened, subject="metric", mode="total", what=f"Chỉ tiêu {at}")
        TargetShare.objects.create(target=target, unit_id=world.area.commune)
        CriterionCell.objects.create(plan=opened, unit_id=world.area.commune, criterion_no=at + count)


def test_the_table_of_cells_has_standing_beside_it(world: World, drafted: Plan) -> None:
    row = drafted.set
    CriterionStanding.objects.create(
        unit_id=world.area.commune, set=row, basis=Basis.CONFIRMED, no=2, outcome=OutcomeCode.MET, start=START
    )
    cells.set_many(world.writer, drafted.pk, [CellPlan(world.area.commune, no) for no in (2, 3)], on=ON)
    cells.set_cell(world.writer, drafted.pk, unit_id=world.area.neighbour, criterion_no=2, mode="keep", on=ON)
    table = cell_queries.table(drafted, 1, ON)
    mine = next(one for one in table.rows if one.unit.id == world.area.commune)
    place = table.numbers.index(2)
    assert len(table.rows) == 2 and len(table.numbers) == 19
    assert mine.cells[place].needless and (mine.gained, mine.met, mine.expected) == (2, 1, 2)
    assert (table.gains[place], table.keeps[place], table.gained) == (1, 1, 2)
    assert [one.name for one in cell_queries.by_criterion(drafted, 1, ON)[3]] == ["Văn An"]
    assert [(one.name, gain, keep) for one, gain, keep in cell_queries.by_unit(drafted, 1, ON)] == [
        ("Văn An", (2, 3), ()),
        ("Tràng Phái", (), (2,)),
    ]


def test_the_lists_that_disagree_are_named_until_they_are_settled(world: World) -> None:
    opened = from_reading.draft_of(world.writer, world.area.district, reading(), ISSUED).plan
    found = cell_queries.disagreements(opened, 1, ISSUED)
    assert [(one.unit.name, one.cell.criterion_no, one.cell.told) for one in found] == [
        ("Văn An", 3, "units"),
        ("Văn An", 4, "criteria"),
    ]
    assert found[0].said == "Xã Văn An được giao tiêu chí 3 nhưng danh sách của tiêu chí đó không có tên."
    told = checkable.findings(opened, 1, ISSUED)
    assert any(one.rule == "two-views" and "Văn An" in one.message for one in told)
    for one in found:
        cells.resolve(world.writer, opened.pk, one.cell.pk, keep=one.cell.criterion_no == 3, on=ISSUED)
    assert cell_queries.disagreements(opened, 1, ISSUED) == []
    assert not any(one.rule == "two-views" for one in checkable.findings(opened, 1, ISSUED))


def test_two_plans_stand_side_by_side(world: World, drafted: Plan) -> None:
    other = plans.open_plan(world.writer, unit_id=world.area.district, kind="ntm", year=2019, on=ON)
    targets.add_target(world.writer, drafted.pk, AVERAGE, on=ON)
    targets.add_target(world.writer, other.pk, Promise("average", "Tăng 2 tiêu chí/xã", value=Decimal(2)), on=ON)
    targets.add_target(
        world.writer, other.pk, Promise("metric", "Nước sạch 98%", value=Decimal(98), measure="%"), on=ON
    )
    same, alone = target_queries.beside(drafted, 1, other, 1)
    assert (same.differs, same.apart) == (True, Decimal("0.5")) and alone.one is None and alone.differs


def test_proposals_come_from_standing_and_become_cells(world: World, drafted: Plan) -> None:
    _standing(world, drafted)
    with CaptureQueriesContext(connection) as asked:
        found = proposing.proposals(drafted, 1, ON)
    assert len(asked) <= 12
    told = {(one.unit.name, one.criterion_no): one for one in found}
    near, cheap = told["Văn An", 17], told["Tràng Phái", 3]
    assert near.near and near.missing == ("17.1",) and "1/" in near.why[0]
    assert (cheap.near, cheap.cost) == (False, 50_000_000)
    assert ("Văn An", 3) not in told
    made = proposing.accept_proposals(
        world.writer, drafted.pk, [(near.unit.id, 17), (cheap.unit.id, 3)], on=ON, with_target=True
    )
    assert len(made) == 2 and drafted.targets.get().value == 2
    assert proposing.proposals(drafted, 1, ON) == []
    target = PlanTarget.objects.create(
        plan=drafted, subject="title", mode="gain", what="Văn An", title_kind="ntm", title_level="xa"
    )
    TargetShare.objects.create(target=target, unit_id=world.area.commune, due=date(2018, 12, 31))
    assert [(one.criterion_no, one.due) for one in proposing.proposals(drafted, 1, ON)] == [(3, True)]
    with pytest.raises(Denied):
        proposing.accept_proposals(world.commune, drafted.pk, [(world.area.commune, 3)], on=ON)


def _standing(world: World, opened: Plan) -> None:
    """Văn An lacks one indicator of 17 and all of 3; Tràng Phái lacks 3, with a gap that has a cost."""
    same = {"set": opened.set, "basis": Basis.CONFIRMED, "start": START, "outcome": OutcomeCode.NOT_MET}
    for unit, no in ((world.area.commune, 17), (world.area.commune, 3), (world.area.neighbour, 3)):
        CriterionStanding.objects.create(unit_id=unit, no=no, **same)
    for unit, code in ((world.area.commune, "17.1"), *((world.area.commune, code) for code in ("3.1", "3.2"))):
        IndicatorStanding.objects.create(unit_id=unit, code=code, **same)
    Gap.objects.create(
        unit_id=world.area.neighbour,
        set=opened.set,
        criterion_no=3,
        text="Nạo vét kênh",
        cost=50_000_000,
        opened_on=START,
        recorded_by_id=world.writer.user_id,
        office="x",
        recorded_at=timezone.now(),
    )


def test_what_is_proposed_follows_the_kind_of_the_plan(world: World) -> None:
    keeping = plan(world, kind="duy_tri")
    under = plan(world, kind="duoi_10")
    stood = {"set": keeping.set, "basis": Basis.CONFIRMED, "start": START}
    for no, outcome in ((2, OutcomeCode.MET), (3, OutcomeCode.NOT_MET), (4, OutcomeCode.NO_DATA)):
        for unit in (world.area.commune, world.area.neighbour):
            CriterionStanding.objects.create(unit_id=unit, no=no, outcome=outcome, **stood)
    by = {"recorded_by_id": world.leader.user_id, "office": "Lãnh đạo", "recorded_at": timezone.now()}
    TitleHeld.objects.create(unit_id=world.area.commune, level="xa", title_kind="ntm", year=2016, start=START, **by)
    found = proposing.proposals(keeping, 1, ON)
    assert [(one.unit.id, one.criterion_no, one.mode) for one in found] == [
        (world.area.commune, 2, "keep"),
        (world.area.commune, 3, "gain"),
    ]
    assert [one.why[0] for one in found] == ["đơn vị giữ danh hiệu, đang đạt", "đơn vị giữ danh hiệu, nay chưa đạt"]
    places = [(one.unit.id, one.criterion_no) for one in found]
    proposing.accept_proposals(world.writer, keeping.pk, places, on=ON, keep=places[:1], with_target=True)
    told = CriterionCell.objects.filter(plan=keeping).order_by("criterion_no")
    assert [(one.criterion_no, one.mode) for one in told] == [(2, "keep"), (3, "gain")]
    assert PlanTarget.objects.get(plan=keeping).value == 1
    rows = proposing.proposals(under, 1, ON)
    assert {(one.unit.id, one.criterion_no) for one in rows} == {(world.area.commune, 3), (world.area.neighbour, 3)}
    assert "đơn vị mới đạt 1 tiêu chí, còn 9 để đủ 10" in rows[0].why


def test_the_count_of_criteria_stays_one_target_after_it_was_parcelled_out(world: World, drafted: Plan) -> None:
    unit = world.area.commune
    proposing.accept_proposals(world.writer, drafted.pk, [(unit, 2)], on=ON, with_target=True)
    cascade.cascade(world.writer, drafted.pk, on=ON)
    proposing.accept_proposals(world.writer, drafted.pk, [(unit, 3)], on=ON, with_target=True)
    (target,) = PlanTarget.objects.in_version(1).filter(plan=drafted)
    assert (target.what, target.value) == ("Hoàn thành thêm 2 tiêu chí", 2)
    assert [one.value for one in TargetShare.objects.in_version(1).filter(target=target)] == [
        1
    ]  # to be parcelled out again


def test_a_plan_of_model_residential_areas_stands_under_a_set_of_villages(world: World) -> None:
    made = plan(world, kind="khu_dan_cu")
    assert made.set is None or (made.set.level, made.set.title_kind) == ("thon", "kieu_mau")
