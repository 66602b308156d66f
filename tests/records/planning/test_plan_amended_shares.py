"""Phần giao được điều chỉnh: what a lower office sees before, while and after an amendment, and what it is asked again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from plan_world import ISSUED, ON, World, build, issued, plan

from ntm.records.planning import checkable
from ntm.records.planning.models import Plan, PlanTarget, TargetShare
from ntm.records.planning.queries import cascade as trees
from ntm.records.planning.queries import comparing, days, given, waiting
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import cascade, issuing, plans, targets
from ntm.records.planning.services.targets import Promise

TITLE = Promise("title", "Thêm 02 xã đạt chuẩn", value=Decimal(2), measure="xã", title_kind="ntm", title_level="xa")
AMENDED = date(2018, 6, 1)
SIGNED = date(2018, 6, 15)


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return build(area, holder)


@pytest.fixture
def upper(world: World) -> Plan:
    """Issued with a share of one for both communes, both accepted."""
    made = plan(world)
    target = targets.add_target(world.writer, made.pk, TITLE, on=ON)
    shares = {world.area.commune: Decimal(1), world.area.neighbour: Decimal(1)}
    cascade.give_shares(world.writer, made.pk, target.pk, shares, on=ON)
    issued(world, made.pk)
    for who in (world.commune, world.neighbour):
        cascade.answer_share(who, TargetShare.objects.get(unit_id=who.unit_id).pk, accept=True, on=ISSUED)
    return made


def _seen(world: World, who: Any, on: date) -> list[given.Given]:
    return given.given_to(who.unit_id, 2018, on)


def _amended(world: World, upper: Plan, value: int = 2) -> TargetShare:
    issuing.amend(world.leader, upper.pk, reason="chuyển chỉ tiêu", on=AMENDED)
    target = PlanTarget.objects.in_version(2).get(plan=upper)
    shares = {world.area.commune: Decimal(value)}
    return cascade.give_shares(world.writer, upper.pk, target.pk, shares, on=AMENDED)[0]


def _sent(world: World, upper: Plan) -> None:
    plans.review(world.leader, upper.pk, on=AMENDED)


def _signed(world: World, upper: Plan) -> None:
    values: dict[str, Any] = {"number": "70", "issued_on": SIGNED, "signer": "Người ký thử", "findings": ()}
    issuing.issue(world.leader, upper.pk, on=SIGNED, **values)


def test_an_amendment_being_written_leaves_the_share_in_force_below(world: World, upper: Plan) -> None:
    _amended(world, upper)
    (one,) = _seen(world, world.commune, AMENDED)
    assert (one.share.value, one.answer, one.coming, one.ends) == (1, "accepted", None, False)
    assert not [wait for wait in waiting.waiting_for(world.commune, AMENDED) if wait.what == "answer_shares"]


def test_a_share_in_force_is_answered_while_the_amendment_is_written(world: World, upper: Plan) -> None:
    issuing.amend(world.leader, upper.pk, reason="đổi lời", on=AMENDED)
    target = PlanTarget.objects.in_version(2).get(plan=upper)
    reworded = Promise(**{name: getattr(TITLE, name) for name in Promise.__slots__} | {"what": "Thêm 2 xã"})
    targets.change_target(world.writer, upper.pk, target.pk, reworded, on=AMENDED)
    old = TargetShare.objects.in_version(1).get(unit_id=world.area.commune)
    cascade.answer_share(world.commune, old.pk, accept=False, reason="chưa đủ vốn", on=AMENDED)
    _sent(world, upper)
    (one,) = _seen(world, world.commune, AMENDED)
    assert (one.coming, one.answer, one.share.reason) == (None, "objected", "chưa đủ vốn")
    cascade.answer_share(world.commune, one.share.pk, accept=True, on=AMENDED)  # the same terms: still theirs to answer
    _signed(world, upper)
    (one,) = _seen(world, world.commune, SIGNED)
    assert (one.answer, one.before, one.share.target.what) == ("accepted", None, "Thêm 2 xã")


def test_once_sent_the_new_share_stands_beside_the_old_and_is_asked(world: World, upper: Plan) -> None:
    new = _amended(world, upper)
    old = TargetShare.objects.in_version(1).get(unit_id=world.area.commune)
    with pytest.raises(Refused, match="còn đang soạn"):
        cascade.answer_share(world.commune, new.pk, accept=True, on=AMENDED)
    _sent(world, upper)
    (one,) = _seen(world, world.commune, AMENDED)
    assert (one.now, one.coming, one.answer, one.waits) == (old, new, "", True)
    (other,) = _seen(world, world.neighbour, AMENDED)
    assert (other.coming, other.before, other.answer, other.waits) == (None, None, "accepted", False)
    asked = [wait.count for wait in waiting.waiting_for(world.commune, AMENDED) if wait.what == "answer_shares"]
    assert asked == [1]
    with pytest.raises(Refused, match="đang được điều chỉnh ở lần 2"):
        cascade.answer_share(world.commune, old.pk, accept=False, reason="không nhận nữa", on=AMENDED)
    cascade.answer_share(world.commune, new.pk, accept=True, on=AMENDED)
    _signed(world, upper)
    (one,) = _seen(world, world.commune, SIGNED)
    assert (one.now, one.before, one.coming, one.answer) == (new, old, None, "accepted")
    assert _seen(world, world.commune, date(2018, 5, 1))[0].share == old  # as it was on that day


def test_a_share_typed_back_keeps_its_answer(world: World, upper: Plan) -> None:
    new = _amended(world, upper)
    back = cascade.give_shares(world.writer, upper.pk, new.target_id, {new.unit_id: Decimal(1)}, on=AMENDED)[0]
    assert (back.answer, back.answered_on) == ("accepted", ISSUED)
    cascade.remove_shares(world.writer, upper.pk, new.target_id, [new.unit_id], on=AMENDED)
    again = cascade.give_shares(world.writer, upper.pk, new.target_id, {new.unit_id: Decimal(1)}, on=AMENDED)[0]
    assert again.answer == "accepted"
    assert comparing.compare_versions(upper, 1, 2)["shares"] == comparing.Difference()


def test_a_share_taken_away_is_told(world: World, upper: Plan) -> None:
    issuing.amend(world.leader, upper.pk, reason="bớt một xã", on=AMENDED)
    target = PlanTarget.objects.in_version(2).get(plan=upper)
    cascade.remove_shares(world.writer, upper.pk, target.pk, [world.area.neighbour], on=AMENDED)
    _sent(world, upper)
    (one,) = _seen(world, world.neighbour, AMENDED)
    assert (one.ends, one.waits, one.gone) == (True, False, False)
    with pytest.raises(Refused, match="đang được điều chỉnh"):
        cascade.answer_share(world.neighbour, one.share.pk, accept=True, on=AMENDED)
    _signed(world, upper)
    (one,) = _seen(world, world.neighbour, SIGNED)
    assert (one.gone, one.waits) == (True, False)
    assert [row.unit_id for row in comparing.compare_versions(upper, 1, 2)["shares"].gone] == [world.area.neighbour]


def test_what_was_taken_up_is_brought_to_the_new_terms(world: World, upper: Plan) -> None:
    own = plans.open_plan(world.commune, unit_id=world.area.commune, kind="ntm", year=2018, on=ISSUED)
    old = TargetShare.objects.in_version(1).get(unit_id=world.area.commune)
    cascade.take_up(world.commune, own.pk, [old.pk], on=ISSUED)
    own.refresh_from_db()
    new = _amended(world, upper)
    _sent(world, upper)
    cascade.answer_share(world.commune, new.pk, accept=True, on=AMENDED)
    (one,) = _seen(world, world.commune, AMENDED)
    assert (one.taken.value, one.carried) == (1, False)
    assert "not-carried" not in {found.rule for found in checkable.findings(own, 1, ISSUED)}  # as it stood that day
    _signed(world, upper)
    assert "not-carried" in {found.rule for found in checkable.findings(own, 1, SIGNED)}
    cascade.take_up(world.commune, own.pk, [new.pk], on=SIGNED)
    (target,) = PlanTarget.objects.in_version(1).filter(plan=own)
    assert (target.value, target.share_of_id) == (2, new.pk)
    assert _seen(world, world.commune, SIGNED)[0].carried
    assert "not-carried" not in {found.rule for found in checkable.findings(own, 1, SIGNED)}


def test_the_upper_office_sees_each_day_as_it_was(world: World, upper: Plan) -> None:
    new = _amended(world, upper)
    _sent(world, upper)
    cascade.answer_share(world.commune, new.pk, accept=False, reason="chưa đủ vốn", on=AMENDED)
    (now,) = trees.tree(upper, 2, AMENDED)
    assert [one.share for one in now.objected] == [new] and now.unanswered == ()
    (before,) = trees.tree(upper, 1, date(2018, 1, 25))
    assert len(before.unanswered) == 2  # nobody had answered yet
    assert days.answer_on(new, date(2018, 5, 31)) == ""


def test_questions_do_not_grow_with_the_shares(world: World, upper: Plan) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            given.given_to(world.area.commune, 2018, ISSUED)
        return len(found)

    few = asked()
    row = TargetShare.objects.in_version(1).get(unit_id=world.area.commune)
    for at in range(6):
        target = PlanTarget.objects.create(plan=upper, subject="metric", mode="total", what=f"Chỉ tiêu {at}", order=at)
        TargetShare.objects.create(target=target, unit_id=row.unit_id, value=at)
    assert asked() == few <= 4
