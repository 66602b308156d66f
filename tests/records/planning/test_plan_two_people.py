"""Hai người cùng sửa một phần: the later save is refused with what stands now; without a conflict nothing is asked."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from plan_world import ISSUED, ON, World, build, issued, plan

from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied
from ntm.records.planning.models import CriterionCell, Plan, PlanSection, PlanTarget, RoadmapStep
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import cascade, cells, duties, issuing, money, plans, roadmap, targets, text
from ntm.records.planning.services.seen import Stale, mark, mark_of
from ntm.records.planning.services.targets import Promise

GAIN = Promise("criteria", "Thêm 3 tiêu chí", value=Decimal(3))


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return build(area, holder)


@pytest.fixture
def draft(world: World) -> Plan:
    return plan(world)


def _section(world: World, draft: Plan, section: PlanSection, words: str, seen: str) -> PlanSection:
    return text.change_section(world.writer, draft.pk, section.pk, text=words, on=ON, seen=seen)


def test_a_section_saved_over_a_newer_one_is_refused_with_it(world: World, draft: Plan) -> None:
    section = text.add_section(world.writer, draft.pk, heading="Mục đích", on=ON)
    opened = mark(section)
    _section(world, draft, section, "Bản của người thứ nhất", opened)
    entries = Entry.objects.count()
    with pytest.raises(Stale, match="Người khác vừa sửa") as refused:
        _section(world, draft, section, "Bản của người thứ hai", opened)
    assert refused.value.row.text == "Bản của người thứ nhất"
    assert (Entry.objects.count(), PlanSection.objects.get().text) == (entries, "Bản của người thứ nhất")
    _section(world, draft, section, "Bản của người thứ hai", mark(refused.value.row))  # chosen with both seen
    assert PlanSection.objects.get().text == "Bản của người thứ hai"
    with pytest.raises(Denied):
        text.change_section(world.commune, draft.pk, section.pk, text="x", on=ON, seen=opened)


def test_a_form_opened_before_an_amendment_finds_its_part_again(world: World, draft: Plan) -> None:
    section = text.add_section(world.writer, draft.pk, heading="Mục đích", text="Lời cũ", on=ON)
    issued(world, draft.pk)
    issuing.amend(world.leader, draft.pk, reason="thêm xã", on=ISSUED)
    opened = mark(section)
    first = text.change_section(world.writer, draft.pk, section.pk, text="Lời mới", on=ISSUED, seen=opened)
    assert first.pk != section.pk
    with pytest.raises(Stale) as refused:
        text.change_section(world.writer, draft.pk, section.pk, text="Lời khác", on=ISSUED, seen=opened)
    assert refused.value.row == first
    text.remove_section(world.writer, draft.pk, first.pk, on=ISSUED, seen=mark(first))
    with pytest.raises(Stale, match="vừa bỏ") as refused:
        text.change_section(world.writer, draft.pk, first.pk, text="Lời khác", on=ISSUED, seen=mark(first))
    assert refused.value.row is None


def test_every_part_of_a_plan_asks(world: World, draft: Plan) -> None:
    who, on, pk = world.writer, ON, draft.pk
    target = targets.add_target(who, pk, GAIN, on=on)
    duty = duties.add_duty(who, pk, body_words="Phòng NN&PTNT", text="Tham mưu", on=on)
    sum_of = money.add_money(who, pk, money.Amount("source", "Ngân sách", amount=10), on=on)
    step = roadmap.add_step(who, pk, what="Làm đường", deadline_words="Quý II/2018", on=on)
    old = "0" * 32
    tries: list[Callable[[], object]] = [
        lambda: targets.change_target(who, pk, target.pk, GAIN, on=on, seen=old),
        lambda: duties.change_duty(who, pk, duty.pk, body_words="A", text="b", on=on, seen=old),
        lambda: duties.remove_duty(who, pk, duty.pk, on=on, seen=old),
        lambda: money.change_money(who, pk, sum_of.pk, money.Amount("source", "Khác", amount=1), on=on, seen=old),
        lambda: money.remove_money(who, pk, sum_of.pk, on=on, seen=old),
        lambda: roadmap.change_step(who, pk, step.pk, what="Khác", on=on, seen=old),
        lambda: roadmap.move_step(who, pk, step.pk, start=step.start, end=step.start, on=on, seen=old),
        lambda: plans.change_head(who, pk, plans.Head(title="Khác"), on=on, seen=old),
        lambda: text.set_recipients(who, pk, ["UBND tỉnh"], on=on, seen=old),
    ]
    for one in tries:
        with pytest.raises(Stale):
            one()
    assert (
        roadmap.change_step(who, pk, step.pk, what="Khác", on=on, seen=mark(RoadmapStep.objects.get())).what == "Khác"
    )
    head = mark(draft.versions.get(), plans.Head.__slots__)
    assert plans.change_head(who, pk, plans.Head(title="Khác"), on=on, seen=head).title == "Khác"
    assert text.set_recipients(who, pk, ["UBND tỉnh"], on=on, seen=mark_of(()))
    row = PlanTarget.objects.get()
    assert targets.change_target(who, pk, target.pk, GAIN, on=on, seen=mark(row)).pk == row.pk


def test_a_cell_turned_by_two_keeps_the_first(world: World, draft: Plan) -> None:
    place = {"unit_id": world.area.commune, "criterion_no": 5}
    cells.set_cell(world.writer, draft.pk, **place, on=ON, seen=("", ""))
    with pytest.raises(Stale, match="tiêu chí 5: thêm mới") as refused:
        cells.set_cell(world.writer, draft.pk, **place, mode="keep", on=ON, seen=("", ""))
    assert refused.value.row[world.area.commune, 5].mode == "gain"
    with pytest.raises(Stale):
        cells.clear(
            world.writer, draft.pk, [(world.area.commune, 5)], on=ON, seen={(world.area.commune, 5): ("keep", "")}
        )
    assert CriterionCell.objects.in_version(1).get().mode == "gain"
    cells.set_cell(world.writer, draft.pk, **place, mode="keep", on=ON, seen=("gain", ""))
    assert cells.clear(
        world.writer, draft.pk, [(world.area.commune, 5)], on=ON, seen={(world.area.commune, 5): ("keep", "")}
    )
    with pytest.raises(Stale, match="đã bỏ"):
        cells.set_cell(world.writer, draft.pk, **place, on=ON, seen=("keep", ""))
    plans.review(world.leader, _filled(world, draft).pk, on=ON)
    with pytest.raises(Refused, match="chờ ký"):
        cells.set_cell(world.writer, draft.pk, **place, on=ON, seen=("", ""))


def _filled(world: World, draft: Plan) -> Plan:
    text.add_section(world.writer, draft.pk, heading="Mục đích", on=ON)
    return draft


def test_a_share_changed_meanwhile_is_not_overwritten(world: World, draft: Plan) -> None:
    target = targets.add_target(world.writer, draft.pk, GAIN, on=ON)
    unit = world.area.commune
    share = cascade.give_shares(world.writer, draft.pk, target.pk, {unit: Decimal(1)}, on=ON, seen={unit: ""})[0]
    opened = mark_of(map(str, share.terms))
    cascade.give_shares(world.writer, draft.pk, target.pk, {unit: Decimal(2)}, on=ON, seen={unit: opened})
    with pytest.raises(Stale, match="xã Văn An"):
        cascade.give_shares(world.writer, draft.pk, target.pk, {unit: Decimal(3)}, on=ON, seen={unit: opened})
    with pytest.raises(Stale):
        cascade.remove_shares(world.writer, draft.pk, target.pk, [unit], on=ON, seen={unit: opened})
    assert [one.value for one in target.shares.in_version(1)] == [2]
