"""Kiểm tra, đôn đốc: planned from a recurring task, recorded unit by unit, followed by tasks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied
from ntm.records.planning.models import Inspection, Occurrence
from ntm.records.planning.queries import calendar, visit_lists
from ntm.records.planning.queries import inspections as asked
from ntm.records.planning.queries.tasks import Scope
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import inspections
from ntm.records.planning.services.inspections import Found
from ntm.records.planning.services.tasks import TaskDraft
from ntm.records.standing import registry
from ntm.records.standing.models import CriterionStanding, Gap, TitleHeld
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from work_world import Work, build

ON = date(2020, 3, 2)


@pytest.fixture
def work(area: Any, holder: Any) -> Work:
    made = build(area, holder)
    registry.register_shipped()
    made.plan.set = registry.by_code("xa-ntm-2016-2020")
    made.plan.save()
    made.add("Kiểm tra, đôn đốc các xã", "Tháng 3, 6, 9, 11", criteria=(2, 13))
    made.issue()
    return made


def _planned(work: Work, **visits: Any) -> Inspection:
    march = Occurrence.objects.order_by("due")[0]
    wanted = visits or {"commune": (), "neighbour": (13,)}
    return inspections.plan_for(
        work.actor["office"],
        march.pk,
        head="Phó Trưởng Ban Chỉ đạo",
        visits={getattr(work.area, name): numbers for name, numbers in wanted.items()},
        on=ON,
    )


def test_a_round_is_planned_from_one_time_of_a_recurring_task(work: Work) -> None:
    row = _planned(work)
    assert (row.title, row.start, row.end) == ("Kiểm tra, đôn đốc các xã", date(2020, 3, 1), date(2020, 3, 31))
    told = asked.inspection(row.pk, ON)
    assert [(one.unit.name, one.waiting) for one in told.visits] == [("Tràng Phái", (13,)), ("Văn An", (2, 13))]
    assert told.visits[1].checklist[0].name and told.visits[1].checklist[0].indicators
    grid = calendar.month(Scope("unit", (work.area.commune,)), 2020, 3, ON)
    assert sum(item.kind == "inspection" for week in grid.weeks for day in week for item in day.items) == 31
    with pytest.raises(Refused, match="Không thuộc địa bàn"):
        _planned(work, stranger=())
    with pytest.raises(Refused, match="không có tiêu chí 99"):
        _planned(work, commune=(99,))


def test_findings_become_tasks_and_the_round_ends_its_task(work: Work) -> None:
    row, office = _planned(work), work.actor["office"]
    day = date(2020, 3, 12)
    found = [Found("lacking", "Thiếu 1,2 km đường thôn", 2), Found("good", criterion_no=13)]
    inspections.record(office, row.pk, unit_id=work.area.commune, visited_on=day, findings=found, on=day)
    with pytest.raises(Refused, match="Chưa ghi kết quả ở: xã Tràng Phái"):
        inspections.finish(office, row.pk, on=day)
    inspections.record(
        office, row.pk, unit_id=work.area.neighbour, visited_on=day, findings=[], remarks="Nền nếp", on=day
    )
    told = asked.inspection(row.pk, day).visits
    lacking, good = told[1].latest[2], told[1].latest[13]
    task = inspections.follow_up(
        office, lacking.pk, TaskDraft(what="Làm 1,2 km đường thôn", deadline_words="Quý II/2020"), on=day
    )
    assert task.criteria == [2] and task.bodies.get(part="lead").body == work.body["commune"]
    assert Occurrence.objects.get(task=task).due == date(2020, 6, 30)
    with pytest.raises(Refused, match="đã có việc"):
        inspections.follow_up(office, lacking.pk, TaskDraft(what="Lại"), on=day)
    with pytest.raises(Refused, match="không có gì phải khắc phục"):
        inspections.follow_up(office, good.pk, TaskDraft(what="Lại"), on=day)
    assert inspections.finish(office, row.pk, on=day).state == "done"
    march = Occurrence.objects.get(pk=row.occurrence_id)
    assert march.state == "done" and "Đã kiểm tra 2 đơn vị: 1 nội dung bảo đảm, 1 nội dung còn thiếu" in march.result
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"inspection.plan", "inspection.record", "inspection.follow", "inspection.finish"} <= verbs


def test_what_is_wrong_is_refused(work: Work) -> None:
    row, office = _planned(work), work.actor["office"]
    visit = {"unit_id": work.area.neighbour, "on": ON}
    for day, findings, words in (
        (date(2020, 4, 1), [Found("good")], "ngoài đợt"),
        (ON, [Found("good", criterion_no=2)], "không có trong danh mục"),
        (ON, [Found("wrong")], "Ghi rõ còn thiếu gì"),
        (ON, [Found("bad")], "không có: chọn"),
        (ON, [], "ít nhất một"),
    ):
        with pytest.raises(Refused, match=words):
            inspections.record(office, row.pk, visited_on=day, findings=findings, **visit)
    with pytest.raises(Denied):
        inspections.record(work.actor["commune"], row.pk, visited_on=ON, findings=[Found("good")], **visit)
    inspections.cancel(office, row.pk, reason="Dịch bệnh", on=ON)
    with pytest.raises(Refused, match="không tiến hành"):
        inspections.record(office, row.pk, visited_on=ON, findings=[Found("good")], **visit)


def _judged(unit: int, no: int, outcome: OutcomeCode) -> None:
    row = registry.by_code("xa-ntm-2016-2020")
    CriterionStanding.objects.create(
        unit_id=unit, set=row, basis=Basis.CONFIRMED, no=no, outcome=outcome, start=date(2019, 1, 1)
    )


def test_each_unit_has_the_list_of_its_own_set_what_it_lacks_first(work: Work) -> None:
    office, commune = work.actor["office"], work.area.commune
    for no, outcome in ((1, OutcomeCode.MET), (2, OutcomeCode.MET), (5, OutcomeCode.NOT_MET), (13, OutcomeCode.MET)):
        _judged(commune, no, outcome)
    Gap.objects.create(
        unit_id=commune, set=registry.by_code("xa-ntm-2016-2020"), criterion_no=5, text="Thiếu 4 phòng học",
        opened_on=date(2019, 5, 1), recorded_by_id=office.user_id, office="xã", recorded_at=timezone.now(),
    )  # fmt: skip
    row = inspections.plan_inspection(
        office, unit_id=work.area.district, title="Kiểm tra", start=ON, end=ON, head="Trưởng đoàn",
        visits={commune: (), work.area.neighbour: (5, 2)}, on=ON, only_unmet=True,
    )  # fmt: skip
    told = {one.unit.id: one for one in asked.inspection(row.pk, ON).visits}
    items = told[commune].checklist
    assert items[0].no == 5 and items[0].outcome == OutcomeCode.NOT_MET and items[0].gaps == ("Thiếu 4 phòng học",)
    assert {1, 2, 13}.isdisjoint(item.no for item in items) and len(items) == 16
    assert [item.no for item in told[work.area.neighbour].checklist] == [2, 5]  # no figures: by number
    assert told[commune].visit.set == registry.by_code("xa-ntm-2016-2020")


def test_the_set_is_the_one_of_the_day_and_the_title_that_comes_next(work: Work) -> None:
    commune = work.area.commune
    assert visit_lists.sets_of([commune], ON)[commune].code == "xa-ntm-2016-2020"
    later = visit_lists.sets_of([commune, work.area.district], date(2023, 6, 1))
    assert (later[commune].code, later[work.area.district].level) == ("xa-ntm-2021-2025", "huyen")
    TitleHeld.objects.create(
        unit_id=commune, level="xa", title_kind="ntm", year=2020, start=date(2021, 1, 1), set=later[commune],
        recorded_by_id=work.actor["office"].user_id, recorded_at=timezone.now(), office="VP",
    )  # fmt: skip
    assert visit_lists.sets_of([commune], date(2023, 6, 1))[commune].title_kind == "nang_cao"
