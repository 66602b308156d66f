"""Nhiệm vụ phục vụ hạng mục và công trình: chosen from the area, kept over versions, told on both sides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from ntm.records.audit.models import Entry
from ntm.records.funding import works_rules
from ntm.records.funding.models import TaskWorks, Works
from ntm.records.funding.queries import serving as asked
from ntm.records.funding.refusals import Refused as NoWorks
from ntm.records.funding.services import serving
from ntm.records.people.authority import Denied
from ntm.records.planning.queries import gaps
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import tasks
from ntm.records.standing import registry
from ntm.records.standing.models import Gap
from ntm.records.standing.services import gaps as recording
from work_world import DAY, Work, build

MAY = date(2020, 5, 10)


@pytest.fixture
def work(area: Any, holder: Any) -> Work:
    registry.register_shipped()
    return build(area, holder)


def _works(work: Work, unit: int, code: str, name: str) -> Works:
    office = work.actor["office"]
    return Works.objects.create(
        code=code, name=name, key=works_rules.search_key(code, name), unit_id=unit, criterion_no=2,
        execution="community", total_cost=900_000_000, on=DAY,
        recorded_by_id=office.user_id, office="Văn phòng", recorded_at=timezone.now(),
    )  # fmt: skip


def _gap(work: Work, unit: int, text: str, **more: Any) -> Gap:
    office = work.actor["office"]
    values = {"criterion_no": 2, "opened_on": DAY} | more
    return Gap.objects.create(
        unit_id=unit, set=registry.by_code("xa-ntm-2016-2020"), text=text, recorded_by_id=office.user_id,
        key=recording.search_key(text, values["criterion_no"]), office="Văn phòng", recorded_at=timezone.now(), **values,
    )  # fmt: skip


def test_a_task_serves_works_of_its_area_and_keeps_them_over_versions(work: Work) -> None:
    road = _works(work, work.area.commune, "CT1", "Đường trục thôn Khòn Làng")
    school = _works(work, work.area.neighbour, "CT2", "Trường mầm non")
    task = work.add("Làm đường", "Quý II/2020")
    serving.serve(work.actor["office"], task.pk, [road.pk, school.pk], on=DAY)
    work.issue()
    serving.serve(work.actor["office"], task.pk, [road.pk], on=MAY)
    assert [one.code for one in asked.works_of(task, DAY)] == ["CT1", "CT2"]  # as it was
    work.amend()
    later = tasks.change(work.actor["office"], task.pk, product="Nghiệm thu", on=MAY)
    work.issue(2, MAY)
    assert later.pk != task.pk and [one.code for one in asked.works_of(later, MAY)] == ["CT1"]
    assert [line.what for line in asked.tasks_of(road.pk, MAY)] == ["Làm đường"]
    assert asked.tasks_of(school.pk, MAY) == ()
    serving.serve(work.actor["office"], later.pk, [], on=MAY)
    assert TaskWorks.objects.filter(until=None).count() == 0 and TaskWorks.objects.count() == 2
    assert Entry.objects.filter(verb="task.works").count() == 3


def test_works_are_tied_by_who_gives_the_task_and_from_the_area_only(work: Work) -> None:
    road, far = _works(work, work.area.commune, "CT1", "Đường"), _works(work, work.area.stranger, "CT9", "Cầu")
    task = work.add("Làm đường", "Quý II/2020")
    for who in ("division", "commune", "stranger"):
        with pytest.raises(Denied):
            serving.serve(work.actor[who], task.pk, [road.pk], on=DAY)
    with pytest.raises(NoWorks, match="không thuộc địa bàn"):
        serving.serve(work.actor["office"], task.pk, [far.pk], on=DAY)
    with pytest.raises(NoWorks, match="Không tìm thấy 1 công trình"):
        serving.serve(work.actor["office"], task.pk, [far.pk + 99], on=DAY)
    assert not TaskWorks.objects.exists()


def test_works_are_found_however_they_are_typed(work: Work) -> None:
    road = _works(work, work.area.commune, "CT1", "Đường trục thôn Khòn Làng")
    school = _works(work, work.area.neighbour, "CT2", "Trường mầm non")
    _works(work, work.area.stranger, "CT9", "Đường liên xã")

    def found(words: str, **more: Any) -> list[str]:
        return [one.works.code for one in asked.choices(work.area.district, words, MAY, **more)]

    assert found("duong") == ["CT1"] and found("TRANG PHAI") == ["CT2"] and found("") == ["CT1", "CT2"]
    assert found("duong", chosen=[school.pk]) == ["CT2", "CT1"] and found("cau") == []
    assert road.code == "CT1"
    assert found("xã tràng phái") == ["CT2"] and found("xa 100%") == []


def test_a_gap_of_the_area_that_is_open_is_served_and_says_so(work: Work) -> None:
    road = _gap(work, work.area.commune, "1,2 km đường thôn")
    done = _gap(work, work.area.commune, "Cống qua đường", closed_on=DAY)
    far = _gap(work, work.area.stranger, "Nhà văn hoá")
    with pytest.raises(Refused, match="không thuộc địa bàn"):
        work.add("Làm", "Quý II/2020", gap_id=far.pk)
    with pytest.raises(Refused, match="đã đóng ngày 15/01/2020"):
        work.add("Làm", "Quý II/2020", gap_id=done.pk)
    task = work.add("Làm đường", "Quý II/2020", gap_id=road.pk)
    work.issue()
    mended = _gap(work, work.area.commune, "1,5 km đường thôn", supersedes=road)
    told = gaps.tasks_of([mended.pk], MAY)
    assert [line.task_id for line in told[mended.pk]] == [task.pk]
    assert gaps.tasks_of([done.pk], MAY) == {}


def test_gaps_are_found_by_their_words_unit_and_criterion(work: Work) -> None:
    _gap(work, work.area.commune, "1,2 km đường thôn")
    _gap(work, work.area.neighbour, "Nhà văn hoá xã", criterion_no=6)
    _gap(work, work.area.stranger, "Đường liên xã")

    def found(words: str, **more: Any) -> list[int]:
        return [one.gap.criterion_no for one in gaps.choices(work.area.district, words, MAY, **more)]

    assert found("duong") == [2] and found("tràng phái") == [6] and found("", criteria=[6]) == [6]
    assert found("duong", criteria=[6]) == [] and found("tieu chi 2") == [2]


def test_twenty_are_offered_and_the_words_are_looked_for_among_all(work: Work) -> None:
    for number in range(60):
        _works(work, work.area.commune, f"D{number:02}", "Đường ngõ")
        _gap(work, work.area.commune, f"Đường ngõ {number}")
    _works(work, work.area.neighbour, "Z1", "Cầu Bản Nầng")
    _gap(work, work.area.neighbour, "Cầu Bản Nầng")
    assert [one.works.code for one in asked.choices(work.area.district, "ban nang", MAY)] == ["Z1"]
    assert len(asked.choices(work.area.district, "duong ngo van an", MAY)) == 20
    assert len(gaps.choices(work.area.district, "", MAY)) == 20
    assert [one.gap.text for one in gaps.choices(work.area.district, "cau tràng phái", MAY)] == ["Cầu Bản Nầng"]
