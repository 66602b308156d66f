"""Phân khai: shares given, spread, answered, taken up; residual and over-assignment at every level; a province at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from plan_world import ISSUED, ON, World, build, issued, plan

from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied
from ntm.records.planning.derivation import spread
from ntm.records.planning.models import CriterionCell, TargetShare
from ntm.records.planning.queries import cascade as tree_queries
from ntm.records.planning.queries import given
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import cascade, cells, issuing, plans, targets
from ntm.records.planning.services.cells import CellPlan
from ntm.records.planning.services.targets import Promise
from ntm.records.units.models import Position, Unit, UnitName, UnitParent

TITLE = Promise("title", "Thêm 02 xã đạt chuẩn", value=Decimal(2), measure="xã", title_kind="ntm", title_level="xa")


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return build(area, holder)


@pytest.mark.parametrize(
    ("value", "parts", "found"),
    [("7", 3, ["3", "2", "2"]), ("1", 3, ["1", "0", "0"]), ("1.5", 2, ["0.75", "0.75"]), ("10", 3, ["4", "3", "3"])],
)
def test_spreading_keeps_the_whole(value: str, parts: int, found: list[str]) -> None:
    assert spread(Decimal(value), parts) == [Decimal(one) for one in found]


def test_residual_and_over_assignment_are_seen(world: World) -> None:
    opened = plan(world)
    made = targets.add_target(world.writer, opened.pk, TITLE, on=ON)
    cascade.give_shares(world.writer, opened.pk, made.pk, {world.area.commune: None}, on=ON)
    tree = tree_queries.tree(opened, 1, ON)[0]
    assert (tree.given, tree.residual, tree.over, tree.balanced) == (1, 1, False, False)
    targets.explain_residual(world.writer, opened.pk, made.pk, reason="xã thứ hai chọn sau", on=ON)
    assert tree_queries.tree(opened, 1, ON)[0].balanced
    shares = {world.area.commune: Decimal(2), world.area.neighbour: Decimal(1)}
    cascade.give_shares(world.writer, opened.pk, made.pk, shares, on=ON, deadline_words="Quý IV/2018")
    tree = tree_queries.tree(opened, 1, ON)[0]
    assert (tree.residual, tree.over, len(tree.unanswered)) == (-1, True, 2)
    assert tree.branches[0].share.due == date(2018, 12, 31)
    with pytest.raises(Refused, match="không ở dưới"):
        cascade.give_shares(world.writer, opened.pk, made.pk, {world.area.stranger: Decimal(1)}, on=ON)
    with pytest.raises(Denied):
        cascade.give_shares(world.commune, opened.pk, made.pk, shares, on=ON)
    assert cascade.remove_shares(world.writer, opened.pk, made.pk, [world.area.neighbour], on=ON) == 1
    assert Entry.objects.filter(verb="plan.share").count() == 3


def test_a_lower_office_accepts_or_objects_and_takes_up(world: World) -> None:
    opened = plan(world)
    made = targets.add_target(world.writer, opened.pk, TITLE, on=ON)
    shares = cascade.spread_shares(world.writer, opened.pk, made.pk, [world.area.commune, world.area.neighbour], on=ON)
    mine = next(one for one in shares if one.unit_id == world.area.commune)
    other = next(one for one in shares if one.unit_id == world.area.neighbour)
    with pytest.raises(Refused, match="còn đang soạn"):
        cascade.answer_share(world.commune, mine.pk, accept=True, on=ON)
    issued(world, opened.pk)
    with pytest.raises(Denied):
        cascade.answer_share(world.neighbour, mine.pk, accept=True, on=ISSUED)
    with pytest.raises(Refused, match="lý do"):
        cascade.answer_share(world.neighbour, other.pk, accept=False, on=ISSUED)
    cascade.answer_share(world.neighbour, other.pk, accept=False, reason="chưa có vốn làm đường", on=ISSUED)
    own = plans.open_plan(world.commune, unit_id=world.area.commune, kind="ntm", year=2018, on=ISSUED)
    with pytest.raises(Refused, match="Nhận phần giao trước"):
        cascade.take_up(world.commune, own.pk, [mine.pk], on=ISSUED)
    cascade.answer_share(world.commune, mine.pk, accept=True, on=ISSUED)
    taken = cascade.take_up(world.commune, own.pk, [mine.pk], on=ISSUED)[0]
    own.refresh_from_db()
    assert (taken.subject, taken.value, taken.share_of_id, own.upper_id) == ("own_title", 1, mine.pk, opened.pk)
    with pytest.raises(Refused, match="đã ở trong"):
        cascade.take_up(world.commune, own.pk, [mine.pk], on=ISSUED)
    tree = tree_queries.tree(opened, 1, ISSUED)[0]
    assert [one.unit.name for one in tree.objected] == ["Tràng Phái"] and tree.unanswered == ()
    assert [one.share.target_id for one in given.given_to(world.area.commune, 2018, ISSUED)] == [made.pk]
    assert given.given_to(world.area.commune, 2018, date(2018, 1, 19)) == []  # not sent down yet on that day


def test_an_answered_share_that_stays_keeps_its_answer(world: World) -> None:
    opened = plan(world)
    cells.set_many(world.writer, opened.pk, [CellPlan(world.area.commune, no) for no in (2, 3)], on=ON)
    targets.add_target(world.writer, opened.pk, Promise("criteria", "Thêm 3 tiêu chí", value=Decimal(3)), on=ON)
    first = cascade.cascade(world.writer, opened.pk, on=ON)
    assert (first.made, first.changed, first.same) == (1, 0, 0)
    issued(world, opened.pk)
    share = TargetShare.objects.get()
    cascade.answer_share(world.commune, share.pk, accept=True, on=ISSUED)
    issuing.amend(world.leader, opened.pk, reason="thêm xã", on=ISSUED)
    cells.set_cell(world.writer, opened.pk, unit_id=world.area.neighbour, criterion_no=4, on=ISSUED)
    again = cascade.cascade(world.writer, opened.pk, on=ISSUED)
    share.refresh_from_db()
    assert (again.made, again.changed, again.same, share.answer) == (1, 0, 1, "accepted")
    assert tree_queries.tree(opened, 2, ISSUED)[0].residual == 0
    assert tree_queries.tree(opened, 1, ISSUED)[0].residual == 1  # the issued version as it was


def test_a_province_is_parcelled_out_at_once(world: World) -> None:
    """Ten districts and 184 communes: districts' shares are the sums of their communes'."""
    communes = _province(world, districts=10, communes=184)
    opened = plans.open_plan(world.province, unit_id=world.area.province, kind="ntm", year=2018, on=ON)
    CriterionCell.objects.bulk_create(
        CriterionCell(plan=opened, unit_id=unit, criterion_no=no) for unit in communes for no in (3, 5, 17)
    )
    for promise in (
        Promise("criteria", "Thêm 552 tiêu chí", value=Decimal(552)),
        Promise("criterion", "Tiêu chí 5", value=Decimal(180), criterion_no=5),
        Promise("average", "Thêm 3 tiêu chí/xã", value=Decimal(3)),
        Promise("metric", "Hộ nghèo còn 3,5%", value=Decimal("3.5"), measure="%", op="<="),
    ):
        targets.add_target(world.province, opened.pk, promise, on=ON)
    with CaptureQueriesContext(connection) as asked:
        done = cascade.cascade(world.province, opened.pk, on=ON)
    assert done.made == 3 * (184 + 10) and len(done.without) == 1 and len(asked) <= 25
    with CaptureQueriesContext(connection) as asked:
        trees = tree_queries.tree(opened, 1, ON)
    assert len(asked) <= 14
    assert [one.residual for one in trees] == [0, -4, Decimal("0.03"), None]
    assert all(branch.residual == 0 for tree in trees[:3] for branch in tree.branches if branch.below)
    assert len(trees[0].branches) == 10 and len(trees[0].unanswered) == 194


def _province(world: World, districts: int, communes: int) -> list[int]:
    """Districts and communes in the province of the small area, written straight into the tables."""
    start, province = date(2000, 1, 1), world.area.province
    made = Unit.objects.bulk_create([Unit(level="huyen", start=start) for _ in range(districts)])
    lower = Unit.objects.bulk_create([Unit(level="xa", start=start) for _ in range(communes)])
    names, parents, places = [], [], []
    for at, unit in enumerate([*made, *lower]):
        upper = made[at % districts] if unit.level == "xa" else None
        kind = "xã" if upper else "huyện"
        name = {"unit": unit, "kind": kind, "name": f"Đơn vị {at}", "key": f"don vi {at}", "sound": f"đơn vị {at}"}
        names.append(UnitName(**name, start=start))
        parents.append(UnitParent(unit=unit, parent_id=upper.pk if upper else province, start=start))
        places.append(
            Position(
                unit=unit, level=unit.level, parent_id=upper.pk if upper else province, province_id=province,
                district_id=upper.pk if upper else unit.pk, commune_id=unit.pk if upper else None, start=start,
            )
        )  # fmt: skip
    UnitName.objects.bulk_create(names)
    UnitParent.objects.bulk_create(parents)
    Position.objects.bulk_create(places)
    return [one.pk for one in lower]
