"""Tiến độ: who may report, what a report changes, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied
from ntm.records.planning.models import Occurrence, PersonPart
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import progress, sharing
from ntm.records.planning.services.tasks import TaskDraft
from work_world import Work, build

MARCH = date(2020, 3, 10)


@pytest.fixture
def work(area: Any, holder: Any) -> Work:
    made = build(area, holder)
    made.add("Kiểm tra", "Quý II/2020", criteria=(13,))
    made.issue()
    return made


def _row() -> Occurrence:
    return Occurrence.objects.select_related("task").get(task__parent=None)


@pytest.mark.parametrize("who", ["office", "leader", "division", "colleague"])
def test_the_giver_and_the_lead_report(work: Work, who: str) -> None:
    progress.note(work.actor[who], _row().pk, text="Đã họp", percent=40, on=MARCH)
    row = _row()
    assert (row.state, row.percent, row.started_on) == ("started", 40, MARCH)
    assert row.risk_on == date(2020, 5, 21)  # 55 % of the time is gone
    assert Entry.objects.get(verb="task.report").detail["percent"] == 40


@pytest.mark.parametrize("who", ["health", "commune", "neighbour", "stranger", "viewer"])
def test_others_do_not(work: Work, who: str) -> None:
    with pytest.raises(Denied, match="Chưa được"):
        progress.note(work.actor[who], _row().pk, text="Đã họp", on=MARCH)


def test_a_note_carries_its_files_and_days_go_forward(work: Work) -> None:
    note = progress.note(
        work.actor["division"], _row().pk, text="Biên bản", on=MARCH, files=[("bb.txt", b"Bi\xc3\xaan b\xe1\xba\xa3n")]
    )
    assert note.files.get().name == "bb.txt" and note.files.get().unit_id == work.area.district
    with pytest.raises(Refused, match="10/3/2020"):
        progress.note(work.actor["division"], _row().pk, text="Trước đó", on=date(2020, 3, 9))
    with pytest.raises(Refused, match="từ 0 đến 100"):
        progress.note(work.actor["division"], _row().pk, text="x", percent=120, on=MARCH)


def test_finished_opened_again_and_given_up(work: Work) -> None:
    division = work.actor["division"]
    with pytest.raises(Refused, match="Ghi kết quả"):
        progress.finish(division, _row().pk, result="", on=MARCH)
    progress.finish(division, _row().pk, result="Xong", result_number="12/BC-PNN", on=MARCH)
    assert (_row().state, _row().ended_on, _row().percent) == ("done", MARCH, 100)
    with pytest.raises(Refused, match="đã xong ngày 10/3/2020"):
        progress.note(division, _row().pk, text="nữa", on=MARCH)
    progress.reopen(division, _row().pk, reason="Thiếu phụ lục", on=date(2020, 4, 1))
    assert (_row().state, _row().ended_on, _row().notes.count()) == ("started", None, 2)
    with pytest.raises(Denied):
        progress.cancel(division, _row().pk, reason="Không cần", on=date(2020, 4, 2))
    progress.cancel(work.actor["office"], _row().pk, reason="Không cần", on=date(2020, 4, 2))
    assert _row().state == "cancelled"
    with pytest.raises(Denied):
        progress.reopen(division, _row().pk, reason="Lại", on=date(2020, 4, 3))
    assert {"task.finish", "task.reopen", "task.cancel"} <= set(Entry.objects.values_list("verb", flat=True))


def test_a_coordinating_body_confirms_its_part_once(work: Work) -> None:
    with pytest.raises(Refused, match="không phối hợp"):
        sharing.confirm_part(work.actor["neighbour"], _row().pk, words="Đã làm", on=MARCH)
    part = sharing.confirm_part(work.actor["commune"], _row().pk, words="Đã làm", on=MARCH)
    assert part.task_body.body == work.body["commune"]
    with pytest.raises(Refused, match="xác nhận rồi"):
        sharing.confirm_part(work.actor["commune"], _row().pk, words="Đã làm", on=MARCH)


def test_a_lead_shares_among_its_people(work: Work) -> None:
    division, colleague = work.actor["division"], work.actor["colleague"]
    part = sharing.share(division, _row().pk, user_id=colleague.user_id, words="Viết báo cáo", on=MARCH)
    with pytest.raises(Refused, match="cơ quan chủ trì"):
        sharing.share(division, _row().pk, user_id=work.actor["commune"].user_id, words="Viết", on=MARCH)
    with pytest.raises(Refused, match="sau hạn của việc"):
        sharing.share(division, _row().pk, user_id=colleague.user_id, words="Viết", due=date(2020, 7, 1), on=MARCH)
    with pytest.raises(Refused, match="1 phần của người"):
        progress.finish(division, _row().pk, result="Xong", on=MARCH)
    with pytest.raises(Denied):
        sharing.finish_part(work.actor["commune"], part.pk, on=MARCH)
    sharing.finish_part(colleague, part.pk, result="Đã viết", on=MARCH)
    progress.finish(division, _row().pk, result="Xong", on=MARCH)
    assert PersonPart.objects.get().done_on == MARCH


def test_a_lead_splits_a_task_within_its_days(work: Work) -> None:
    division = work.actor["division"]
    with pytest.raises(Refused, match="sau hạn của cả việc"):
        sharing.split(division, _row().pk, [TaskDraft(what="Đợt 1", deadline_words="Quý III/2020")], on=MARCH)
    made = sharing.split(
        division,
        _row().pk,
        [TaskDraft(what="Đợt 1", deadline_words="Tháng 4", lead="Phòng Y tế"), TaskDraft(what="Đợt 2")],
        on=MARCH,
    )
    first, second = (Occurrence.objects.get(task=task) for task in made)
    assert (first.due, second.due) == (date(2020, 4, 30), date(2020, 6, 30))
    progress.note(work.actor["health"], first.pk, text="Đã đi", on=MARCH)
    progress.note(division, second.pk, text="Cơ quan chủ trì cả việc", on=MARCH)
    with pytest.raises(Refused, match="2 việc nhỏ"):
        progress.finish(division, _row().pk, result="Xong", on=MARCH)
    progress.cancel(work.actor["office"], _row().pk, reason="Dừng", on=MARCH)
    first.refresh_from_db()
    assert first.state == "cancelled"
