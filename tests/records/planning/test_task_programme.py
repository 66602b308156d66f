"""Chương trình công tác: tasks of a draft, who leads them, the days they fall due, and what an amendment keeps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied
from ntm.records.planning import drawing
from ntm.records.planning.bodies import Directory
from ntm.records.planning.models import Occurrence, TaskBody
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import progress, tasks
from ntm.records.planning.services.tasks import TaskDraft
from work_world import DAY, Work, build


@pytest.fixture
def work(area: Any, holder: Any) -> Work:
    return build(area, holder)


def _days(task: Any) -> list[date | None]:
    return list(Occurrence.objects.filter(task=task).order_by("due", "no").values_list("due", flat=True))


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("Phòng NN & PTNT", "division"),
        ("Phòng Nông nghiệp và PTNT huyện", "division"),
        ("Phòng Y tế", "health"),
        ("BCĐ huyện", "committee"),
        ("Ban Chỉ đạo NTM huyện Văn Quan", "committee"),
        ("BCĐ xã Văn An", "commune"),
        ("xã Tràng Phái", "neighbour"),
        ("BCĐ xã", None),  # two communes have one
        ("UBND các xã", None),  # one in every commune: see test_task_of_all_units
        ("Công an huyện", None),
    ],
)
def test_a_body_is_found_by_the_words_of_the_plan(work: Work, words: str, body: str | None) -> None:
    found = Directory.of(work.area.district, DAY).find(words)
    assert found == (work.body[body].pk if body else None)


def test_the_words_of_every_body_are_kept(work: Work) -> None:
    task = work.add("Kiểm tra chợ", "Quý II", lead="Phòng NN&PTNT", coordinating="Phòng Y tế; UBND các xã")
    told = list(task.bodies.order_by("part", "order").values_list("part", "words", "body_id"))
    assert told == [
        ("coordinating", "Phòng Y tế", work.body["health"].pk),
        ("coordinating", "UBND các xã", None),
        ("directing", "BCĐ huyện", work.body["committee"].pk),
        ("lead", "Phòng NN&PTNT", work.body["division"].pk),
    ]
    assert (task.last_due, task.unit_id) == (date(2020, 6, 30), work.area.district)
    assert Entry.objects.filter(verb="task.add").get().detail["what"] == "Kiểm tra chợ"


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Tháng 3, 6, 9, 11", [(3, 31), (6, 30), (9, 30), (11, 30)]),
        ("Trước 28/02/2020", [(2, 27)]),
        ("Quý II-III/2020", [(9, 30)]),
        ("Thường xuyên", []),
        ("Theo đề xuất của BCĐ xã", []),
        ("hằng ngày", []),
        ("", []),
    ],
)
def test_the_days_that_were_understood_are_shown(words: str, days: list[tuple[int, int]]) -> None:
    assert [(span.end.month, span.end.day) for span in drawing.understood(words, 2020, DAY)] == days


def test_a_plan_of_several_years_falls_due_every_year() -> None:
    assert len(drawing.understood("Hằng quý", 2021, None, 2023)) == 12
    with pytest.raises(Refused, match="không hiểu được"):
        drawing.understood("Trước 31/02/2020", 2020)


def test_occurrences_are_drawn_when_the_plan_is_issued(work: Work) -> None:
    group = tasks.add_group(work.actor["office"], work.plan.pk, name="Quý I", deadline_words="Quý I/2020", on=DAY)
    months = work.add("Kiểm tra", "Tháng 3, 6, 9, 11")
    always = work.add("Tuyên truyền", "Thường xuyên")
    grouped = work.add("Rà soát", "", group_id=group.pk)
    assert Occurrence.objects.count() == 0
    assert work.issue() == 6
    assert [day.month for day in _days(months)] == [3, 6, 9, 11]
    assert (_days(always), _days(grouped)) == ([None], [date(2020, 3, 31)])
    assert grouped.last_due == date(2020, 3, 31)
    assert work.issue() == 0  # drawn once


def test_an_amendment_keeps_what_was_reported_on(work: Work) -> None:
    task = work.add("Kiểm tra", "Tháng 3, 6, 9, 11")
    dropped = work.add("Thi đua", "Quý I")
    work.issue()
    march, june = Occurrence.objects.filter(task=task).order_by("due")[:2]
    progress.finish(work.actor["division"], march.pk, result="Đã kiểm tra 5 xã", on=date(2020, 3, 30))
    progress.note(work.actor["division"], june.pk, text="Đang đi", on=date(2020, 4, 2))
    work.amend()
    later = tasks.change(work.actor["office"], task.pk, deadline_words="Tháng 7, 10", on=DAY)
    tasks.remove(work.actor["office"], dropped.pk, on=DAY)
    assert later.pk != task.pk and later.bodies.count() == 3 and _days(later) == []
    work.issue(2, date(2020, 5, 1))
    assert _days(later) == [date(2020, 3, 31), date(2020, 7, 31), date(2020, 10, 31)]
    june.refresh_from_db()
    assert (june.task_id, june.due, june.notes.count()) == (later.pk, date(2020, 7, 31), 1)
    assert Occurrence.objects.get(task=dropped).state == "cancelled"


def test_a_draft_is_changed_in_place_and_the_log_says_what(work: Work) -> None:
    task = work.add("Kiểm tra", "Quý I")
    same = tasks.change(work.actor["office"], task.pk, lead="Phòng Y tế", criteria=(15,), on=DAY)
    assert same.pk == task.pk and same.criteria == [15]
    assert same.bodies.get(part=TaskBody.Part.LEAD).body == work.body["health"]
    detail = Entry.objects.get(verb="task.change").detail
    assert set(detail["changed"]) == {"lead", "criteria"}


def test_groups_are_changed_and_removed(work: Work) -> None:
    office = work.actor["office"]
    group = tasks.add_group(office, work.plan.pk, name="I", deadline_words="Quý I", on=DAY)
    task = work.add("Rà soát", "", group_id=group.pk)
    tasks.change_group(office, group.pk, deadline_words="Quý II", on=DAY)
    task.refresh_from_db()
    assert task.last_due == date(2020, 6, 30)
    with pytest.raises(Refused, match="còn nhiệm vụ"):
        tasks.remove_group(office, group.pk, on=DAY)
    tasks.remove(office, task.pk, on=DAY)
    tasks.remove_group(office, group.pk, on=DAY)
    assert not work.plan.task_groups.in_version(1).exists()


def test_strangers_and_wrong_states_are_refused(work: Work) -> None:
    task = work.add("Kiểm tra", "Quý I")
    draft = TaskDraft(what="Việc khác")
    for who in ("stranger", "division", "commune", "viewer"):
        with pytest.raises(Denied):
            tasks.add(work.actor[who], work.plan.pk, draft, on=DAY)
    with pytest.raises(Refused, match="Ghi rõ nhiệm vụ"):
        tasks.add(work.actor["office"], work.plan.pk, TaskDraft(what=" "), on=DAY)
    with pytest.raises(Refused, match="không hiểu được"):
        work.add("Kiểm tra", "Trước 31/02/2020")
    work.issue()
    with pytest.raises(Refused, match="mở điều chỉnh"):
        tasks.change(work.actor["office"], task.pk, what="Khác", on=DAY)


def test_tasks_are_put_in_order_also_when_they_were_issued(work: Work) -> None:
    first, second = work.add("Một", "Quý I"), work.add("Hai", "Quý II")
    assert (first.order, second.order) == (0, 1)
    work.issue()
    work.amend()
    office = work.actor["office"]
    with pytest.raises(Refused, match="không đủ"):
        tasks.reorder(office, work.plan.pk, [first.pk], on=DAY)
    assert tasks.reorder(office, work.plan.pk, [second.pk, first.pk], on=DAY) == 2
    work.issue(2, date(2020, 2, 1))
    told = work.plan.tasks.in_version(2).order_by("order")  # type: ignore[attr-defined]
    assert [(task.what, task.bodies.count(), task.occurrences.get().state) for task in told] == [
        ("Hai", 3, "open"), ("Một", 3, "open"),
    ]  # fmt: skip
    same = told[0]
    work.plan.versions.filter(no=2).update(state="draft")
    assert tasks.change(office, same.pk, what="Hai", on=DAY).pk == same.pk
