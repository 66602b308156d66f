"""Kế hoạch: opened, reviewed, issued, amended, withdrawn, closed; refused to strangers and in the wrong state; logged."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from plan_world import ISSUED, ON, World, build, issued, plan

from ntm.domain.documents.checking.model import Finding
from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied
from ntm.records.planning.models import Plan, PlanSection, PlanState, PlanVersion, Task, TaskGroup, VersionState
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import issuing, plans, targets, text
from ntm.records.planning.services.targets import Promise

HIGH = Finding("two-views", "high", "Xã Vân Mộng được giao tiêu chí 3 nhưng danh sách không có tên.", "2", "3")


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return build(area, holder)


def test_a_plan_begins_with_the_head_its_office_writes(world: World) -> None:
    opened = plan(world)
    version = opened.versions.get()
    assert opened.set is not None and opened.set.code == "xa-ntm-2016-2020" and opened.level == "huyen"
    assert (version.issuer, version.place, version.symbol) == ("Ủy ban nhân dân huyện Văn Quan", "Văn Quan", "KH-UBND")
    assert Entry.objects.filter(verb="plan.open", unit_id=world.area.district).count() == 1


def test_who_may_open_a_plan_and_once_only(world: World) -> None:
    with pytest.raises(Denied):
        plans.open_plan(world.commune, unit_id=world.area.district, kind="ntm", year=2018, on=ON)
    plan(world)
    with pytest.raises(Refused, match="đã có kế hoạch"):
        plan(world)
    with pytest.raises(Refused, match="loại kế hoạch"):
        plan(world, kind="khac")
    with pytest.raises(Refused, match="không hợp lý"):
        plan(world, year_to=2017)


def test_a_plan_goes_from_draft_to_issued_and_is_frozen(world: World) -> None:
    opened = plan(world)
    with pytest.raises(Refused, match="chưa rà soát"):
        issuing.issue(world.leader, opened.pk, number="15", issued_on=ISSUED, signer="A", on=ISSUED, findings=())
    with pytest.raises(Refused, match="chưa có đề mục"):
        plans.review(world.leader, opened.pk, on=ON)
    issued(world, opened.pk)
    version = opened.versions.get()
    opened.refresh_from_db()
    assert (opened.state, version.state, version.number) == (PlanState.ISSUED, VersionState.ISSUED, "15")
    assert version.content["sections"][0]["heading"] == "Mục đích, yêu cầu"
    assert version.digest == issuing.digest(version.content)
    with pytest.raises(Refused, match="mở điều chỉnh"):
        text.add_section(world.writer, opened.pk, heading="Thêm", on=ISSUED)
    assert {"plan.review", "plan.issue"} <= set(Entry.objects.values_list("verb", flat=True))


def test_a_reviewed_draft_is_edited_only_after_it_was_sent_back(world: World) -> None:
    opened = plan(world)
    text.add_section(world.writer, opened.pk, heading="Mục đích", on=ON)
    with pytest.raises(Denied):
        plans.review(world.sector, opened.pk, on=ON)
    plans.review(world.writer, opened.pk, on=ON)
    with pytest.raises(Refused, match="chờ ký"):
        text.add_section(world.writer, opened.pk, heading="Thêm", on=ON)
    with pytest.raises(Refused, match="lý do"):
        plans.send_back(world.leader, opened.pk, reason=" ", on=ON)
    plans.send_back(world.leader, opened.pk, reason="thiếu chỉ tiêu", on=ON)
    text.add_section(world.writer, opened.pk, heading="Thêm", on=ON)
    opened.refresh_from_db()
    assert opened.state == PlanState.DRAFT


def test_high_findings_are_answered_before_issue(world: World) -> None:
    opened = plan(world)
    text.add_section(world.writer, opened.pk, heading="Mục đích", on=ON)
    plans.review(world.leader, opened.pk, on=ON)
    signed = {"number": "15", "issued_on": ISSUED, "signer": "Người ký", "on": ISSUED}
    with pytest.raises(Refused, match="Vân Mộng"):
        issuing.issue(world.leader, opened.pk, **signed, findings=[HIGH])
    with pytest.raises(Refused, match="giải trình"):
        issuing.answer_finding(world.leader, opened.pk, HIGH, words="ừ", on=ON)
    issuing.answer_finding(world.writer, opened.pk, HIGH, words="Tiêu chí 3 sẽ xét riêng cho xã Vân Mộng", on=ON)
    with pytest.raises(Denied):
        issuing.answer_finding(world.stranger, opened.pk, HIGH, words="Tiêu chí 3 sẽ xét riêng", on=ON)
    assert issuing.issue(world.leader, opened.pk, **signed, findings=[HIGH]).state == VersionState.ISSUED


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"number": "15/KH-UBND"}, "không kèm ký hiệu"),
        ({"signer": " "}, "người ký"),
        ({"issued_on": date(2018, 3, 1)}, "ở sau hôm nay"),
    ],
)
def test_what_an_issue_needs(world: World, changes: dict[str, Any], says: str) -> None:
    opened = plan(world)
    text.add_section(world.writer, opened.pk, heading="Mục đích", on=ON)
    plans.review(world.leader, opened.pk, on=ON)
    signed = {"number": "15", "issued_on": ISSUED, "signer": "Người ký", "on": ISSUED} | changes
    with pytest.raises(Refused, match=says):
        issuing.issue(world.leader, opened.pk, **signed, findings=())


def test_an_amendment_keeps_both_versions_readable(world: World) -> None:
    opened = plan(world)
    issued(world, opened.pk)
    section = PlanSection.objects.get(plan=opened)
    with pytest.raises(Refused, match="lý do"):
        issuing.amend(world.leader, opened.pk, reason="", on=ISSUED)
    issuing.amend(world.leader, opened.pk, reason="thêm một xã", on=ISSUED)
    with pytest.raises(Refused, match="đang mở"):
        issuing.amend(world.leader, opened.pk, reason="nữa", on=ISSUED)
    changed = text.change_section(world.writer, opened.pk, section.pk, heading="Mục đích mới", on=ISSUED)
    assert changed.pk != section.pk
    assert [s.heading for s in PlanSection.objects.in_version(1)] == ["Mục đích, yêu cầu"]
    assert [s.heading for s in PlanSection.objects.in_version(2)] == ["Mục đích mới"]
    plans.review(world.leader, opened.pk, on=ISSUED)
    issuing.issue(world.leader, opened.pk, number="40", issued_on=ISSUED, signer="A B", on=ISSUED, findings=())
    assert list(opened.versions.values_list("no", "state")) == [(1, "superseded"), (2, "issued")]


def test_a_withdrawn_amendment_leaves_the_issued_plan_as_it_was(world: World) -> None:
    opened = plan(world)
    target = targets.add_target(
        world.writer, opened.pk, Promise("title", "Thêm 02 xã đạt chuẩn", title_kind="ntm", title_level="xa"), on=ON
    )
    issued(world, opened.pk)
    issuing.amend(world.leader, opened.pk, reason="thêm một xã", on=ISSUED)
    text.remove_section(world.writer, opened.pk, PlanSection.objects.get(plan=opened).pk, on=ISSUED)
    targets.change_target(
        world.writer,
        opened.pk,
        target.pk,
        Promise("title", "Thêm 03 xã", title_kind="ntm", title_level="xa"),
        on=ISSUED,
    )
    with pytest.raises(Denied):
        plans.withdraw_draft(world.commune, opened.pk, reason="thôi", on=ISSUED)
    plans.withdraw_draft(world.writer, opened.pk, reason="không cần nữa", on=ISSUED)
    assert PlanSection.objects.in_version(1).count() == PlanSection.objects.in_version(3).count() == 1
    assert opened.targets.in_version(3).get().pk == target.pk
    opened.refresh_from_db()
    assert opened.state == PlanState.ISSUED
    assert issuing.amend(world.leader, opened.pk, reason="lần nữa", on=ISSUED).no == 3


def test_a_given_up_first_draft_makes_way_for_another(world: World) -> None:
    opened = plan(world)
    plans.withdraw_draft(world.writer, opened.pk, reason="lập nhầm năm", on=ON)
    assert Plan.objects.get(pk=opened.pk).state == PlanState.CLOSED
    assert plan(world).pk != opened.pk


def test_a_plan_is_closed_with_words_and_only_when_issued(world: World) -> None:
    opened = plan(world)
    with pytest.raises(Refused, match="dự thảo"):
        plans.close(world.leader, opened.pk, closing_words="xong", on=ON)
    issued(world, opened.pk)
    plans.close(world.leader, opened.pk, closing_words="Đạt 1/2 xã", on=date(2018, 12, 31))
    with pytest.raises(Refused, match="đã kết thúc"):
        issuing.amend(world.leader, opened.pk, reason="muộn", on=date(2019, 1, 1))


def test_next_year_begins_with_last_years_words(world: World) -> None:
    opened = plan(world)
    text.add_basis(world.writer, opened.pk, number="2540/QĐ-TTg", on=ON)
    targets.add_target(
        world.writer,
        opened.pk,
        Promise(
            "title",
            "Năm 2018 thêm 02 xã đạt chuẩn",
            value=2,
            title_kind="ntm",
            title_level="xa",
            deadline_words="chậm nhất 30/11/2018",
        ),
        on=ON,
    )
    group = TaskGroup.objects.create(plan=opened, name="Rà soát")
    Task.objects.create(
        plan=opened,
        unit_id=opened.unit_id,
        group=group,
        what="Rà soát năm 2018",
        deadline_words="Tháng 01/2018",
        deadline_year=2018,
        last_due=date(2018, 1, 31),
    )
    text.set_recipients(world.writer, opened.pk, ["Như trên;", "Lưu: VT."], on=ON)
    issued(world, opened.pk)
    made = plans.open_from(world.writer, opened.pk, year=2019, on=date(2019, 1, 5))
    new = made.plan
    assert PlanVersion.objects.get(plan=new).title.endswith("2019") and new.copied_from_id == opened.pk
    assert [s.kept for s in new.sections.all()] == [True]
    target, task = new.targets.get(), new.tasks.get()
    assert (target.what, target.due) == ("Năm 2019 thêm 02 xã đạt chuẩn", date(2019, 11, 30))
    assert (task.deadline_words, task.last_due, task.group.plan_id) == ("Tháng 01/2019", date(2019, 1, 31), new.pk)
    assert list(new.recipients.values_list("words", flat=True)) == ["Như trên", "Lưu: VT"]
    assert new.bases.count() == 1 and made.left_out == ()
    later = plans.open_from(world.writer, opened.pk, year=2023, on=date(2023, 1, 5))
    assert later.plan.bases.count() == 0 and "2540/QĐ-TTg" in later.left_out[0]


def test_what_was_said_of_a_finding_goes_with_an_amendment(world: World) -> None:
    opened = plan(world)
    text.add_section(world.writer, opened.pk, heading="Mục đích", on=ON)
    issuing.answer_finding(world.writer, opened.pk, HIGH, words="Tiêu chí 3 sẽ xét riêng", on=ON)
    plans.review(world.leader, opened.pk, on=ON)
    signed: dict[str, Any] = {"number": "15", "issued_on": ISSUED, "signer": "Người ký thử"}
    issuing.issue(world.leader, opened.pk, **signed, on=ISSUED, findings=[HIGH])
    issuing.amend(world.leader, opened.pk, reason="thêm xã", on=ISSUED)
    assert issuing.unanswered(opened, 2, [HIGH]) == []
    other = Finding("two-views", "high", "Xã Văn An được giao tiêu chí 5 nhưng danh sách không có tên.", "2", "3")
    assert issuing.unanswered(opened, 2, [HIGH, other]) == [other]  # another contradiction is asked anew
    issuing.answer_finding(world.leader, opened.pk, HIGH, words="Nay đã bổ sung vào danh sách", on=ISSUED)
    assert opened.finding_answers.filter(version_no=1, replaced_at=None).get().words == "Tiêu chí 3 sẽ xét riêng"
