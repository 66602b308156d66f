"""Soạn dự thảo: bases, sections, recipients, targets, cells, roadmap, money, duties, comments; each refuses and is logged."""

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
from ntm.records.people.models import Body
from ntm.records.planning.models import CriterionCell, Plan, PlanTarget, TargetShare
from ntm.records.planning.queries import plans as plan_queries
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import cells, comments, duties, issuing, money, plans, roadmap, targets, text
from ntm.records.planning.services.cells import CellPlan
from ntm.records.planning.services.money import Amount
from ntm.records.planning.services.targets import Promise

TITLE = Promise("title", "Thêm 02 xã đạt chuẩn", value=Decimal(2), measure="xã", title_kind="ntm", title_level="xa")


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return build(area, holder)


@pytest.fixture
def drafted(world: World) -> Plan:
    return plan(world)


def test_a_basis_in_doubt_is_taken_and_a_repealed_one_names_its_successor(world: World, drafted: Plan) -> None:
    added = text.add_basis(world.writer, drafted.pk, number="1980/QĐ-TTg", on=ON)
    assert added.basis.words.startswith("Căn cứ Quyết định số 1980/QĐ-TTg ngày 17/10/2016 của Thủ tướng")
    assert added.basis.key and plan_queries.judged([added.basis], ON)[added.basis.pk].reason
    with pytest.raises(Refused, match="1980/QĐ-TTg thay vào"):
        text.add_basis(world.writer, drafted.pk, number="491/QĐ-TTg", on=ON)
    with pytest.raises(Refused, match=r"chưa ban hành.*xem lại ngày"):
        text.add_basis(world.writer, drafted.pk, number="318/QĐ-TTg", on=ON)
    with pytest.raises(Refused, match="đã dẫn"):
        text.add_basis(world.writer, drafted.pk, key=added.basis.key, on=ON)
    unknown = text.add_basis(
        world.writer, drafted.pk, number="9120/KH-UBND", kind="Kế hoạch", issuer="UBND huyện Văn Quan",
        signed=date(2016, 12, 20), on=ON,
    )  # fmt: skip
    assert "chưa có trong danh mục" in unknown.said
    assert text.reorder_bases(world.writer, drafted.pk, [unknown.basis.pk, added.basis.pk], on=ON) == 2
    text.remove_basis(world.writer, drafted.pk, added.basis.pk, on=ON)
    assert [one.number for one in drafted.bases.in_version(1)] == ["9120/KH-UBND"]


def test_sections_are_added_moved_changed_and_removed(world: World, drafted: Plan) -> None:
    first = text.add_section(world.writer, drafted.pk, heading="Mục đích", label="I.", on=ON)
    third = text.add_section(world.writer, drafted.pk, heading="Giải pháp", label="III.", slot="tasks", on=ON)
    second = text.add_section(world.writer, drafted.pk, heading="Mục tiêu", label="II.", after=first.pk, on=ON)
    assert [one.label for one in drafted.sections.in_version(1)] == ["I.", "II.", "III."]
    text.change_section(world.writer, drafted.pk, second.pk, text="a\n\n b ", on=ON)
    second.refresh_from_db()
    assert second.text == "a\nb"
    text.remove_section(world.writer, drafted.pk, third.pk, on=ON)
    with pytest.raises(Refused, match="Không tìm thấy"):
        text.change_section(world.writer, drafted.pk, third.pk, heading="x", on=ON)
    with pytest.raises(Denied):
        text.add_section(world.sector, drafted.pk, heading="x", on=ON)
    assert Entry.objects.filter(verb="plan.text").count() == 5


def test_a_target_says_what_could_be_checked_and_when(world: World, drafted: Plan) -> None:
    promise = Promise("criterion", "Tiêu chí 10", value=Decimal(3), criterion_no=10, deadline_words="Quý III/2018")
    made = targets.add_target(world.writer, drafted.pk, promise, on=ON)
    assert made.due == date(2018, 9, 30)
    for wrong, says in (
        (Promise("criterion", "Tiêu chí 45", value=Decimal(3), criterion_no=45), "có trong bộ"),
        (Promise("title", "Thêm xã"), "danh hiệu"),
        (Promise("under", "x", value=Decimal(0)), "dưới mấy"),
        (Promise("average", "x"), "bằng số"),
        (Promise("metric", "x", value=Decimal(-1)), "không thể âm"),
        (Promise("metric", "x", deadline_words="Trước 31/13/2018"), "không hiểu được"),
    ):
        with pytest.raises(Refused, match=says):
            targets.add_target(world.writer, drafted.pk, wrong, on=ON)


def test_an_amended_target_takes_its_shares_along(world: World, drafted: Plan) -> None:
    made = targets.add_target(world.writer, drafted.pk, TITLE, on=ON)
    share = TargetShare.objects.create(target=made, unit_id=world.area.commune, answer="accepted")
    issued(world, drafted.pk)
    issuing.amend(world.leader, drafted.pk, reason="thêm xã", on=ISSUED)
    new = targets.explain_residual(world.writer, drafted.pk, made.pk, reason="còn một xã sẽ chọn sau", on=ISSUED)
    assert new.pk != made.pk and new.shares.in_version(2).get().answer == "accepted"
    share.refresh_from_db()
    assert share.until == 2 and PlanTarget.objects.in_version(1).get().residual_reason == ""
    targets.remove_target(world.writer, drafted.pk, new.pk, on=ISSUED)
    assert not TargetShare.objects.in_version(2).exists()


def test_a_cell_is_set_changed_cleared_in_few_queries(world: World, drafted: Plan) -> None:
    where = {"unit_id": world.area.commune, "criterion_no": 5}
    cells.set_cell(world.writer, drafted.pk, **where, on=ON)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        cell = cells.set_cell(world.writer, drafted.pk, **where, mode="keep", deadline_words="Quý I/2018", on=ON)
    assert len(asked) <= 14
    assert (cell.mode, cell.due, CriterionCell.objects.in_version(1).count()) == ("keep", date(2018, 3, 31), 1)
    many = [CellPlan(world.area.commune, no) for no in range(1, 20)] + [CellPlan(world.area.neighbour, 3)]
    assert len(cells.set_many(world.writer, drafted.pk, many, on=ON)) == 20
    assert cells.clear(world.writer, drafted.pk, [(world.area.commune, 1), (world.area.commune, 2)], on=ON) == 2
    assert CriterionCell.objects.in_version(1).count() == 18
    with pytest.raises(Refused, match="không thuộc địa bàn"):
        cells.set_cell(world.writer, drafted.pk, unit_id=world.area.stranger, criterion_no=5, on=ON)
    with pytest.raises(Refused, match="không có tiêu chí 20"):
        cells.set_cell(world.writer, drafted.pk, unit_id=world.area.commune, criterion_no=20, on=ON)
    with pytest.raises(Denied):
        cells.set_cell(world.commune, drafted.pk, **where, on=ON)


def test_a_cell_told_in_one_list_is_settled(world: World, drafted: Plan) -> None:
    one = CriterionCell.objects.create(plan=drafted, unit_id=world.area.commune, criterion_no=3, told="units")
    two = CriterionCell.objects.create(plan=drafted, unit_id=world.area.neighbour, criterion_no=3, told="criteria")
    cells.resolve(world.writer, drafted.pk, one.pk, keep=True, on=ON)
    cells.resolve(world.writer, drafted.pk, two.pk, keep=False, on=ON)
    assert [row.told for row in CriterionCell.objects.in_version(1)] == ["both"]
    with pytest.raises(Refused, match="cả hai"):
        cells.resolve(world.writer, drafted.pk, one.pk, keep=True, on=ON)


def test_steps_are_typed_in_words_and_dragged_to_days(world: World, drafted: Plan) -> None:
    step = roadmap.add_step(
        world.writer, drafted.pk, what="Làm nhà văn hoá", deadline_words="Quý II/2018", criterion_no=6, on=ON
    )
    assert (step.start, step.end) == (date(2018, 4, 1), date(2018, 6, 30))
    moved = roadmap.move_step(world.writer, drafted.pk, step.pk, start=date(2018, 7, 1), end=date(2018, 9, 30), on=ON)
    assert (moved.pk, moved.deadline_words) == (step.pk, "Quý III/2018")
    with pytest.raises(Refused, match="trước khi bắt đầu"):
        roadmap.move_step(world.writer, drafted.pk, step.pk, start=date(2018, 7, 1), end=date(2018, 6, 1), on=ON)
    with pytest.raises(Refused, match="ngoài các năm"):
        roadmap.add_step(world.writer, drafted.pk, what="x", deadline_words="Quý I/2020", on=ON)
    roadmap.remove_step(world.writer, drafted.pk, step.pk, on=ON)
    assert not drafted.roadmap.in_version(1).exists()


def test_totals_are_derived_and_the_stated_one_stands_beside(world: World, drafted: Plan) -> None:
    whole = money.add_money(world.writer, drafted.pk, Amount("source", "Tổng nguồn vốn", stated=10), on=ON)
    part = money.add_money(world.writer, drafted.pk, Amount("source", "Vốn tỉnh", amount=7, parent_id=whole.pk), on=ON)
    money.add_money(world.writer, drafted.pk, Amount("source", "Dân góp", amount=2, parent_id=whole.pk), on=ON)
    line = plan_queries.parts(drafted, 1, ON).money[0]
    assert (line.amount, line.differs, [one.depth for one in line.parts]) == (9, True, [1, 1])
    with pytest.raises(Refused, match="phần của chính nó"):
        money.change_money(world.writer, drafted.pk, whole.pk, Amount("source", "Tổng", parent_id=part.pk), on=ON)
    with pytest.raises(Refused, match="không thể âm"):
        money.add_money(world.writer, drafted.pk, Amount("need", "x", amount=-1), on=ON)
    assert money.remove_money(world.writer, drafted.pk, whole.pk, on=ON) == 3


def test_a_duty_finds_its_body(world: World, drafted: Plan) -> None:
    body = Body.objects.create(
        unit_id=world.area.district, kind="division", name="Phòng Tài chính - Kế hoạch", start=date(2010, 1, 1)
    )
    duty = duties.add_duty(
        world.writer, drafted.pk, body_words="Phòng Tài chính - Kế hoạch", text="Bố trí vốn", criteria=[2], on=ON
    )
    assert duty.body_id == body.pk
    other = duties.change_duty(world.writer, drafted.pk, duty.pk, body_words="Các xã", text="a\n\nb", on=ON)
    assert (other.body_id, other.text) == (None, "a\nb")
    duties.remove_duty(world.writer, drafted.pk, other.pk, on=ON)


def test_lower_offices_comment_once_the_draft_is_sent(world: World, drafted: Plan) -> None:
    text.add_section(world.writer, drafted.pk, heading="Mục đích", on=ON)
    comments.comment(world.sector, drafted.pk, text="thêm nước sạch", about="Mục tiêu", on=ON)
    with pytest.raises(Denied):
        comments.comment(world.commune, drafted.pk, text="xin bớt", on=ON)
    plans.review(world.leader, drafted.pk, on=ON)
    made = comments.comment(world.commune, drafted.pk, text="xin bớt một tiêu chí", on=ON)
    with pytest.raises(Denied):
        comments.comment(world.stranger, drafted.pk, text="x", on=ON)
    with pytest.raises(Denied):
        comments.answer_comment(world.commune, made.pk, answer="được", on=ON)
    assert comments.answer_comment(world.writer, made.pk, answer="giữ nguyên vì đã họp", on=ON).answered_at
    with pytest.raises(Refused, match="đã được trả lời"):
        comments.answer_comment(world.writer, made.pk, answer="lần nữa", on=ON)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2018-07-01", "2018-09-30", "Quý III/2018"),
        ("2018-04-01", "2018-09-30", "Quý II-III/2018"),
        ("2018-01-01", "2018-12-31", "Quý I-IV/2018"),
        ("2018-02-01", "2018-02-28", "Tháng 2/2018"),
        ("2018-02-01", "2018-03-31", "từ 01/02/2018 đến 31/3/2018"),
        ("2018-10-01", "2019-03-31", "từ 01/10/2018 đến 31/3/2019"),
    ],
)
def test_days_dragged_to_are_told_as_a_plan_writes_them_and_understood_again(start: str, end: str, words: str) -> None:
    days = date.fromisoformat(start), date.fromisoformat(end)
    assert roadmap.in_words(*days) == words
    assert roadmap.days_of(words, issued=None, year=2018, year_to=2019) == days
