"""Việc giao cho mọi đơn vị dưới: what words mean it, each unit's own part, and how many are done."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied
from ntm.records.planning.bodies import Directory
from ntm.records.planning.body_classes import carried, every
from ntm.records.planning.models import Occurrence, ProgressNote
from ntm.records.planning.queries import meetings as agendas
from ntm.records.planning.queries import reminders as due_reminders
from ntm.records.planning.queries import responsibility, unit_parts
from ntm.records.planning.queries import tasks as lists
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import meetings, progress, sharing, tasks
from work_world import DAY, Work, build

MARCH = date(2020, 3, 20)
DISTRICT, PROVINCE, TWO_LEVELS = ("xa", "thon"), ("huyen", "xa", "thon"), ("xa", "thon")


@pytest.fixture
def work(area: Any, holder: Any) -> Work:
    return build(area, holder)


def _whole(task: Any) -> Occurrence:
    return Occurrence.objects.get(task=task, whole=None)


def _part(task: Any, unit: int) -> Occurrence:
    return Occurrence.objects.get(task=task, of_unit=unit)


@pytest.mark.parametrize(
    ("words", "own", "there", "meant"),
    [
        ("BCĐ xã", "huyen", DISTRICT, ("steering_committee", "xa", "xa")),
        ("BCD các xã", "huyen", DISTRICT, ("steering_committee", "xa", "xa")),
        ("Ban Chỉ đạo xây dựng NTM các xã", "huyen", DISTRICT, ("steering_committee", "xa", "xa")),
        ("UBND các xã", "tinh", PROVINCE, ("peoples_committee", "xa", "xa")),
        ("UBND thị trấn", "huyen", DISTRICT, ("peoples_committee", "xa", "thi tran")),
        ("UBND cấp xã", "tinh", TWO_LEVELS, ("peoples_committee", "xa", "")),
        ("UBND huyện", "tinh", PROVINCE, ("peoples_committee", "huyen", "huyen")),
        ("các địa phương", "tinh", PROVINCE, ("peoples_committee", "huyen", "")),
        ("các địa phương", "tinh", TWO_LEVELS, ("peoples_committee", "xa", "")),
        ("các xã", "huyen", DISTRICT, ("steering_committee", "xa", "xa")),
        ("các thôn", "xa", ("thon",), ("village_board", "thon", "thon")),
        ("UBND huyện", "huyen", DISTRICT, None),  # its own
        ("UBND huyện", "tinh", TWO_LEVELS, None),  # there are none any more
        ("UBND 23 xã", "tinh", PROVINCE, None),  # which ones, the words do not tell
        ("BCĐ các xã đã về đích NTM", "huyen", DISTRICT, None),
        ("BCĐ xã Văn An", "huyen", DISTRICT, None),
        ("xã", "huyen", DISTRICT, None),
        ("Các cơ quan liên quan", "huyen", DISTRICT, None),
    ],
)
def test_words_that_mean_a_body_in_every_lower_unit(words: str, own: str, there: Any, meant: Any) -> None:
    found = every(words, own, there)
    assert (found and (found.kind, found.level, found.of)) == meant


def test_a_committee_takes_the_units_told_right_after_it(work: Work) -> None:
    assert carried("BCD", "BQL xã", "huyen", DISTRICT) is not None
    assert carried("Phòng Y tế", "BQL xã", "huyen", DISTRICT) is None
    named = Directory.of(work.area.district, DAY).read("BCĐ huyện, BCD, BQL xã; Phòng Y tế")
    assert [(one.words, bool(one.body_id), one.every.kind if one.every else "") for one in named] == [
        ("BCĐ huyện", True, ""),
        ("BCD", False, "steering_committee"),
        ("BQL xã", False, "management_board"),
        ("Phòng Y tế", True, ""),
    ]


def test_each_commune_has_its_part_and_the_last_one_ends_the_whole(work: Work) -> None:
    task = work.add("Rà soát hộ nghèo", "Quý I/2020", lead="BCĐ xã", coordinating="Phòng Y tế")
    work.issue()
    assert Occurrence.objects.filter(task=task, whole__isnull=False).count() == 2
    mine = lists.listed(lists.for_actor(work.actor["commune"], MARCH), MARCH)
    assert [(line.what, line.of_unit_id) for line in mine.lines] == [("Rà soát hộ nghèo", work.area.commune)]
    own = _part(task, work.area.commune)
    progress.note(work.actor["commune"], own.pk, text="Đã đi 3 thôn", percent=60, on=MARCH, files=[("ds.txt", b"ok")])
    neighbours = _part(task, work.area.neighbour)
    assert neighbours.state == "open" and ProgressNote.objects.get().files.count() == 1
    begun = _whole(task)
    assert (begun.state, begun.started_on, begun.risk_on) == ("started", MARCH, None)  # one unit has reported
    progress.finish(work.actor["commune"], own.pk, result="Xong", on=MARCH)
    assert _whole(task).risk_on == date(2020, 2, 29)  # one of two: behind once 65 per cent of the time is gone
    (line,) = lists.of_plan(work.plan.pk, MARCH).lines
    assert line.units is not None and (line.units.done, line.units.all) == (1, 2)
    assert unit_parts.left([line.occurrence_id], MARCH) == {line.occurrence_id: ("Tràng Phái",)}
    assert lists.of_plan(work.plan.pk, date(2020, 3, 19)).lines[0].units.done == 0  # as of the day before
    progress.finish(work.actor["neighbour"], neighbours.pk, result="Xong", on=MARCH)
    whole = _whole(task)
    assert (whole.state, whole.result) == ("done", "2/2 đơn vị đã xong.")
    progress.reopen(work.actor["neighbour"], neighbours.pk, reason="sót một thôn", on=MARCH)
    whole.refresh_from_db()
    assert whole.state == "started"


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("UBND xã Văn An", "commune"),
        ("uỷ ban nhân dân xã Văn An", "commune"),
        ("BQL xã Tràng Phái", "neighbour"),
        ("UBND xã Không Có", None),
        ("UBND thị trấn Văn An", None),
        ("Công an xã Văn An", None),
        ("UBND xã Thạch Lỗi", None),  # of another province
    ],
)
def test_a_named_unit_whose_body_is_not_registered_does_its_part(work: Work, words: str, unit: str | None) -> None:
    (named,) = Directory.of(work.area.district, DAY).read(words)
    assert named.body_id is None
    assert (named.every.unit if named.every else None) == (getattr(work.area, unit) if unit else None)


def test_work_for_a_named_commune_reaches_it_and_ends_with_it(work: Work) -> None:
    task = work.add("Xây dựng phương án", "Quý I/2020", lead="UBND xã Văn An", coordinating="")
    work.issue()
    part = Occurrence.objects.get(task=task, whole__isnull=False)
    assert part.of_unit_id == work.area.commune
    with pytest.raises(Denied):
        progress.finish(work.actor["neighbour"], part.pk, result="Xong", on=MARCH)
    progress.finish(work.actor["commune"], part.pk, result="Xong", on=MARCH)
    assert _whole(task).state == "done"


def test_strangers_are_refused_and_each_part_is_logged_where_it_was_done(work: Work) -> None:
    task = work.add("Rà soát", "Quý I/2020", lead="UBND các xã")
    work.issue()
    own = _part(task, work.area.commune)
    for stranger in ("neighbour", "stranger", "viewer"):
        with pytest.raises(Denied):
            progress.note(work.actor[stranger], own.pk, text="Tôi làm", on=MARCH)
    with pytest.raises(Denied):
        progress.finish(work.actor["commune"], _whole(task).pk, result="Xong cả huyện", on=MARCH)
    progress.finish(work.actor["commune"], own.pk, result="Xong", on=MARCH)
    assert Entry.objects.filter(verb="task.finish").get().unit_id == work.area.commune
    progress.cancel(work.actor["office"], _part(task, work.area.neighbour).pk, reason="xã đã sáp nhập", on=MARCH)
    assert _whole(task).state == "done"  # who is let off is not waited for


def test_a_named_lead_waits_for_the_units_and_the_giver_may_end_it(work: Work) -> None:
    task = work.add("Kiểm tra chợ", "Quý I/2020", lead="Phòng Y tế, UBND các xã")
    work.issue()
    whole = _whole(task)
    with pytest.raises(Refused, match="Còn 2 đơn vị"):
        progress.finish(work.actor["health"], whole.pk, result="Xong", on=MARCH)
    progress.finish(work.actor["office"], whole.pk, result="Kết thúc đợt 1", on=MARCH)
    own = _part(task, work.area.commune)
    assert own.state == "open"
    progress.finish(work.actor["commune"], own.pk, result="Xong sau", on=MARCH)
    with pytest.raises(Refused, match="đề nghị nơi giao mở lại trước"):
        progress.reopen(work.actor["commune"], own.pk, reason="thiếu", on=MARCH)


def test_a_coordinating_class_is_confirmed_unit_by_unit(work: Work) -> None:
    task = work.add("Diễn tập", "Quý I/2020", lead="Phòng Y tế", coordinating="UBND các xã")
    work.issue()
    with pytest.raises(Refused, match="không phối hợp"):
        sharing.confirm_part(work.actor["office"], _whole(task).pk, words="Xong", on=MARCH)
    progress.finish(work.actor["health"], _whole(task).pk, result="Đã diễn tập", on=MARCH)  # not held up by them
    assert lists.of_body(work.body["commune"].pk, MARCH, parts=("lead",)).total == 0
    mine = lists.listed(lists.for_actor(work.actor["commune"], MARCH), MARCH)
    assert [line.of_unit_id for line in mine.lines] == [work.area.commune]


def test_an_amendment_keeps_a_part_reported_on_and_drops_the_rest(work: Work) -> None:
    task = work.add("Rà soát", "Quý I/2020", lead="UBND các xã")
    work.issue()
    progress.note(work.actor["commune"], _part(task, work.area.commune).pk, text="Đang làm", on=MARCH)
    work.amend()
    later = tasks.change(work.actor["office"], task.pk, lead="Phòng Y tế", deadline_words="Quý II/2020", on=MARCH)
    work.issue(2, MARCH)
    left = Occurrence.objects.get(task=later, whole__isnull=False)
    assert (left.of_unit_id, left.due, left.state) == (work.area.commune, date(2020, 6, 30), "started")


def test_everyone_is_reminded_of_his_own_part_and_duty_is_counted_by_unit(work: Work) -> None:
    task = work.add("Rà soát", "Quý I/2020", lead="BCĐ xã", directing="")
    work.issue()
    late = date(2020, 4, 3)
    told = {(one.user_id, one.occurrence.of_unit_id) for one in due_reminders.due(late)}
    assert (work.actor["commune"].user_id, work.area.commune) in told
    assert (work.actor["commune"].user_id, work.area.neighbour) not in told
    assert (work.actor["office"].user_id, None) in told  # who gave it hears of the whole
    progress.finish(work.actor["commune"], _part(task, work.area.commune).pk, result="Xong", on=MARCH)
    rows = {one.words: (one.done_on_time, one.overdue) for one in responsibility.of_plan(work.plan.pk, late)}
    assert rows == {"Xã Văn An": (1, 0), "Xã Tràng Phái": (0, 1)}


def test_a_meeting_tells_which_units_are_not_done(work: Work) -> None:
    task = work.add("Rà soát", "Quý I/2020", lead="BCĐ xã")
    work.issue()
    progress.finish(work.actor["commune"], _part(task, work.area.commune).pk, result="Xong", on=MARCH)
    made = meetings.open_meeting(
        work.actor["office"],
        unit_id=work.area.district,
        title="Giao ban",
        held_on=date(2020, 4, 3),
        on=date(2020, 4, 3),
    )
    (line,) = agendas.agenda(made, made.on).overdue
    assert line.units == "1/2 đơn vị đã xong; chưa xong: Tràng Phái"
    assert agendas.thawed(agendas.frozen(agendas.agenda(made, made.on))).overdue == (line,)


def test_a_conclusion_reaches_every_commune_when_the_meeting_is_held(work: Work) -> None:
    made = meetings.open_meeting(
        work.actor["office"], unit_id=work.area.district, title="Giao ban", held_on=MARCH, on=MARCH, chair="Chủ trì"
    )
    meetings.conclude(work.actor["office"], made.pk, text="Báo cáo hộ nghèo", lead="UBND các xã", on=MARCH)
    assert Occurrence.objects.count() == 0
    meetings.hold(work.actor["office"], made.pk, on=MARCH)
    assert Occurrence.objects.filter(whole__isnull=False).count() == 2
