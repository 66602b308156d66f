"""Danh sách việc và trách nhiệm: filters as of a day, counts, few queries, and 10,000 occurrences."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ntm.records.planning.models import Occurrence, Task, TaskBody
from ntm.records.planning.queries import responsibility
from ntm.records.planning.queries import tasks as lists
from ntm.records.planning.queries.tasks import Look, Standing
from ntm.records.planning.services import progress, sharing
from ntm.records.planning.services.tasks import TaskDraft
from work_world import Work, build

MAY = date(2020, 5, 10)


@pytest.fixture
def work(area: Any, holder: Any) -> Work:
    made = build(area, holder)
    made.add("Kiểm tra", "Tháng 3, 6, 9, 11")
    made.add("Báo cáo", "Chậm nhất 15/5/2020", lead="Phòng Y tế", coordinating="Công an huyện")
    made.add("Tuyên truyền", "Thường xuyên")
    made.add("Tổng kết", "Quý I/2020")
    made.issue()
    return made


def _due(work: Work, what: str) -> Occurrence:
    return Occurrence.objects.filter(task__what=what).order_by("due").first()  # type: ignore[return-value]


def test_a_body_sees_its_own_list_by_state(work: Work) -> None:
    page = lists.of_body(work.body["division"].pk, MAY)
    assert {look: page.counts[look] for look in (Look.OPEN, Look.OVERDUE, Look.SOON, Look.UNDATED)} == {
        Look.OPEN: 6, Look.OVERDUE: 2, Look.SOON: 0, Look.UNDATED: 1,
    }  # fmt: skip
    assert [line.due for line in page.lines][-1] is None
    assert page.lines[0].words("lead") == "Phòng NN&PTNT" and page.lines[0].days == -40
    health = lists.of_body(work.body["health"].pk, MAY, look=Look.SOON)
    assert [(line.what, line.days, line.standing) for line in health.lines] == [("Báo cáo", 5, Standing.SOON)]
    assert lists.of_body(work.body["committee"].pk, MAY, parts=("lead",)).total == 0


def test_the_list_is_that_of_the_day_asked(work: Work) -> None:
    row = _due(work, "Tổng kết")
    progress.finish(work.actor["division"], row.pk, result="Xong", on=date(2020, 4, 5))
    before = lists.of_plan(work.plan.pk, date(2020, 4, 4), look=Look.OVERDUE)
    after = lists.of_plan(work.plan.pk, date(2020, 4, 5), look=Look.DONE)
    assert "Tổng kết" in [line.what for line in before.lines]
    assert [(line.what, line.standing) for line in after.lines] == [("Tổng kết", Standing.DONE_LATE)]


def test_work_without_a_word_is_at_risk_near_its_end(work: Work) -> None:
    day = date(2020, 6, 21)  # June's inspection: two thirds of the month are gone
    risk = lists.of_plan(work.plan.pk, day, look=Look.AT_RISK)
    assert [line.due for line in risk.lines] == [date(2020, 6, 30)] and risk.lines[0].lagging
    progress.note(work.actor["division"], risk.lines[0].occurrence_id, text="Đang đi", on=day)
    assert lists.of_plan(work.plan.pk, day, look=Look.AT_RISK).total == 0
    progress.note(work.actor["division"], risk.lines[0].occurrence_id, text="", percent=30, on=day)
    assert lists.of_plan(work.plan.pk, day, look=Look.AT_RISK).total == 1


def test_a_person_a_unit_and_an_office_have_lists(work: Work) -> None:
    row, user = _due(work, "Báo cáo"), work.actor["health"].user_id
    sharing.share(work.actor["health"], row.pk, user_id=user, words="Viết", on=MAY)
    assert [line.what for line in lists.of_person(user, MAY).lines] == ["Báo cáo"]
    assert lists.of_unit(work.area.commune, MAY).total == 6  # its committee coordinates
    assert lists.of_unit(work.area.neighbour, MAY).total == 0
    mine = lists.listed(lists.for_actor(work.actor["commune"], MAY), MAY)
    assert mine.total == 6
    sharing.split(work.actor["health"], row.pk, [TaskDraft(what="Phần 1", lead="BCĐ xã Tràng Phái")], on=MAY)
    assert [line.what for line in lists.of_unit(work.area.neighbour, MAY).lines] == ["Phần 1"]
    told = lists.detail(row.pk, MAY)
    assert ([one.what for one in told.below], len(told.people)) == (["Phần 1"], 1)


def test_responsibility_is_counted_by_body(work: Work) -> None:
    march = _due(work, "Kiểm tra")
    progress.finish(work.actor["division"], march.pk, result="Xong", on=date(2020, 3, 20))
    progress.finish(work.actor["division"], _due(work, "Tổng kết").pk, result="Xong", on=date(2020, 4, 20))
    told = {one.body_id: one for one in responsibility.of_plan(work.plan.pk, MAY)}
    division = told[work.body["division"].pk]
    assert division.words == "Phòng Nông nghiệp và Phát triển nông thôn"
    assert (division.given, division.done_on_time, division.done_late, division.open, division.undated) == (
        6,
        1,
        1,
        3,
        1,
    )
    assert division.share_on_time == Decimal("50.0")
    spring = responsibility.of_unit(work.area.district, MAY, since=date(2020, 1, 1), until=date(2020, 4, 30))
    assert responsibility.total(spring).given == 3
    unknown = responsibility.of_plan(work.plan.pk, MAY, part=TaskBody.Part.COORDINATING)
    assert {one.words for one in unknown} == {"Công an huyện", "Ban Chỉ đạo xã Văn An"}


def test_ten_thousand_occurrences_are_listed_in_few_queries(work: Work) -> None:
    tasks = Task.objects.bulk_create(
        Task(unit_id=work.area.district, plan=work.plan, what=f"Việc {at}", deadline_year=2020) for at in range(2500)
    )
    TaskBody.objects.bulk_create(
        TaskBody(task=task, part=part, words="x", body=work.body[name])
        for task in tasks
        for part, name in (("lead", "division"), ("coordinating", "commune"))
    )
    Occurrence.objects.bulk_create(
        Occurrence(task=task, no=no, start=date(2020, 1, 1), due=date(2020, 1, 1) + timedelta(days=at % 300 + no))
        for at, task in enumerate(tasks)
        for no in range(1, 5)
    )
    for page in (1, 2, 100, 3):
        with CaptureQueriesContext(connection) as asked:
            found = lists.of_body(work.body["division"].pk, MAY, page=page)
        assert len(asked) == 7 and len(found.lines) == lists.PAGE
    assert found.total == 10_006
