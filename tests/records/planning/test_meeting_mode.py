"""Giao ban: the agenda is drawn from the records and kept when held; conclusions become tasks; minutes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ntm.domain.documents.writing.word import write_docx
from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied
from ntm.records.planning import minutes
from ntm.records.planning.models import Conclusion, Meeting, Occurrence, Task
from ntm.records.planning.queries import meetings as asked
from ntm.records.planning.queries import tasks as lists
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import meetings, progress
from ntm.records.standing import registry
from ntm.records.standing.models import CriterionStanding
from work_world import Work, build

APRIL, MAY = date(2020, 4, 6), date(2020, 5, 11)


@pytest.fixture
def work(area: Any, holder: Any) -> Work:
    made = build(area, holder)
    made.add("Kiểm tra", "Tháng 3, 6, 9, 11")
    made.add("Báo cáo", "Chậm nhất 20/5/2020", lead="Phòng Y tế")
    made.issue()
    return made


def _open(work: Work, day: date, **values: Any) -> Meeting:
    return meetings.open_meeting(
        work.actor["office"], unit_id=work.area.district, title="Giao ban tháng", held_on=day, on=day, **values
    )


def test_a_meeting_begins_where_the_last_one_ended(work: Work) -> None:
    first = _open(work, APRIL)
    assert (first.since, _open(work, MAY).since) == (date(2020, 1, 1), APRIL)
    with pytest.raises(Denied):
        meetings.open_meeting(work.actor["division"], unit_id=work.area.district, title="x", held_on=MAY, on=MAY)
    with pytest.raises(Refused, match="không thuộc đơn vị"):
        _open(work, MAY, body_id=work.body["commune"].pk)


def test_the_agenda_says_what_is_late_due_and_changed(work: Work) -> None:
    row = Occurrence.objects.get(task__what="Báo cáo")
    progress.note(work.actor["health"], row.pk, text="Đã có số liệu 5 xã", percent=60, on=date(2020, 4, 20))
    registry.register_shipped()
    standing = {"set": registry.by_code("xa-ntm-2016-2020"), "basis": 2, "no": 2, "unit_id": work.area.commune}
    CriterionStanding.objects.create(**standing, outcome=2, start=date(2020, 1, 1), end=date(2020, 4, 15))
    CriterionStanding.objects.create(**standing, outcome=1, start=date(2020, 4, 15))
    _open(work, APRIL)
    told = asked.agenda(_open(work, MAY), MAY)
    assert [(one.what, one.days) for one in told.overdue] == [("Kiểm tra", -41)]
    assert [(one.what, one.said, one.percent) for one in told.due] == [("Báo cáo", "Đã có số liệu 5 xã", 60)]
    assert [one.what for one in told.changed] == ["Báo cáo"] and told.until == date(2020, 6, 15)
    assert [(one.unit, one.criterion_no, one.met) for one in told.gained] == [("xã Văn An", 2, True)]
    assert asked.thawed(asked.frozen(told)) == told


def test_conclusions_become_tasks_when_the_meeting_is_held(work: Work) -> None:
    office, meeting = work.actor["office"], _open(work, MAY)
    with pytest.raises(Refused, match="cơ quan chủ trì"):
        meetings.conclude(office, meeting.pk, text="Đẩy nhanh", on=MAY)
    words = {"lead": "BCĐ xã Văn An", "deadline_words": "Chậm nhất 30/5/2020", "on": MAY}
    row = meetings.conclude(office, meeting.pk, text="Làm xong đường thôn", **words)
    gone = meetings.conclude(office, meeting.pk, text="Ghi nhầm", **words)
    meetings.take_back(office, gone.pk, on=MAY)
    assert Task.objects.filter(origin="meeting").count() == 1 and not Occurrence.objects.filter(task=row.task).exists()
    with pytest.raises(Refused, match="chưa đến ngày"):
        meetings.hold(office, meeting.pk, on=date(2020, 5, 10))
    with pytest.raises(Refused, match="người chủ trì"):
        meetings.hold(office, meeting.pk, on=MAY)
    meetings.hold(office, meeting.pk, chair="Chủ tịch UBND huyện", on=MAY)
    given = Occurrence.objects.get(task=row.task)
    assert (given.start, given.due) == (MAY, date(2020, 5, 30))
    assert "Làm xong đường thôn" in [line.what for line in lists.of_body(work.body["commune"].pk, MAY).lines]
    with pytest.raises(Refused, match="đã chốt"):
        meetings.conclude(office, meeting.pk, text="Thêm", lead="Phòng Y tế", on=MAY)
    assert {"meeting.open", "meeting.conclude", "meeting.take_back", "meeting.hold"} <= set(
        Entry.objects.values_list("verb", flat=True)
    )


def test_what_was_met_about_stays_as_it_was(work: Work) -> None:
    office, meeting = work.actor["office"], _open(work, MAY, chair="Trưởng Ban", attendees="BCĐ huyện\nPhòng Y tế")
    meetings.conclude(office, meeting.pk, text="Làm đường", lead="Phòng Y tế", deadline_words="Quý II", on=MAY)
    meetings.hold(office, meeting.pk, on=MAY)
    march = Occurrence.objects.filter(task__what="Kiểm tra").order_by("due")[0]
    progress.finish(work.actor["division"], march.pk, result="Xong", on=date(2020, 5, 12))
    kept = Meeting.objects.get(pk=meeting.pk)
    assert [one.what for one in asked.agenda(kept, date(2020, 6, 1)).overdue] == ["Kiểm tra"]
    later = asked.agenda(_open(work, date(2020, 6, 8)), date(2020, 6, 8))
    assert [one.what for one in later.concluded] == ["Làm đường"] and [one.what for one in later.done] == ["Kiểm tra"]
    told = minutes.minutes(kept)
    assert told.held and told.present == ("BCĐ huyện", "Phòng Y tế") and told.unit == "huyện Văn Quan"
    assert [part.heading for part in told.parts] == ["Việc quá hạn", "Việc đến hạn đến ngày 11/6/2020"]
    assert told.conclusions[0].sentence == "Làm đường; chủ trì: Phòng Y tế; thời hạn: Quý II."
    file = write_docx(minutes.paper(told))
    assert meetings.keep_minutes(office, meeting.pk, content=file, name="bien-ban.docx", on=MAY).file is not None
    assert Conclusion.objects.count() == 1
