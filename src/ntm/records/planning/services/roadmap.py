"""Lộ trình: steps added, changed, moved along the days, removed; typed in words or dragged on the picture."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from ntm.domain.official.deadlines import DeadlineError, parse_deadline
from ntm.records.people.authority import Actor
from ntm.records.planning.models import RoadmapStep
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import editing
from ntm.records.planning.services.seen import living_as

__all__ = ["add_step", "change_step", "days_of", "in_words", "move_step", "remove_step"]

_ROMAN = ("I", "II", "III", "IV")


def days_of(words: str, *, issued: date | None, year: int, year_to: int) -> tuple[date, date]:
    """Những ngày mà lời nói đến: first and last; the whole of the plan's years where the words give none."""
    if words.strip():
        try:
            times = parse_deadline(words, issued, year).occurrences()
        except (DeadlineError, ValueError) as error:
            raise Refused(f"Thời gian “{words}” không hiểu được: {error}") from error
        if times:
            return min(one.start for one in times), max(one.end for one in times)
    return date(year, 1, 1), date(year_to, 12, 31)


def in_words(start: date, end: date) -> str:
    """Những ngày ấy bằng lời của thời hạn: whole quarters and months of a year as a plan writes them, else the two days."""
    whole = start.day == 1 and (end + timedelta(days=1)).day == 1 and start.year == end.year
    if whole and start.month % 3 == 1 and end.month % 3 == 0:
        first, last = _ROMAN[start.month // 3], _ROMAN[end.month // 3 - 1]
        return f"Quý {first}/{end.year}" if first == last else f"Quý {first}-{last}/{end.year}"
    if whole and start.month == end.month:
        return f"Tháng {start.month}/{end.year}"
    return f"từ {editing.day(start)} đến {editing.day(end)}"


@transaction.atomic
def add_step(
    actor: Actor,
    plan_id: int,
    *,
    what: str,
    on: date,
    deadline_words: str = "",
    start: date | None = None,
    end: date | None = None,
    unit_id: int | None = None,
    criterion_no: int | None = None,
    completes: bool = False,
) -> RoadmapStep:
    """Thêm bước, by words ("Quý II/2023") or by its days."""
    found = editing.draft(actor, plan_id, on)
    values = _values(found, what, deadline_words, start, end)
    step = RoadmapStep.objects.create(
        plan=found.plan,
        since=found.no,
        order=editing.next_order(RoadmapStep, plan_id, found.no),
        unit_id=unit_id,
        criterion_no=criterion_no,
        completes=completes,
        **values,
    )
    _log(actor, found, on, step, "thêm bước")
    return step


@transaction.atomic
def change_step(
    actor: Actor,
    plan_id: int,
    step_id: int,
    *,
    what: str,
    on: date,
    deadline_words: str = "",
    unit_id: int | None = None,
    criterion_no: int | None = None,
    completes: bool = False,
    seen: str = "",
) -> RoadmapStep:
    """Sửa bước: typed again as a whole."""
    found = editing.draft(actor, plan_id, on)
    row = living_as(RoadmapStep, found, step_id, seen)
    values = _values(found, what, deadline_words, None, None)
    more = {"unit_id": unit_id, "criterion_no": criterion_no, "completes": completes}
    step = editing.changed(row, found.no, **values, **more)
    _log(actor, found, on, step, "sửa bước")
    return step


@transaction.atomic
def move_step(
    actor: Actor, plan_id: int, step_id: int, *, start: date, end: date, on: date, seen: str = ""
) -> RoadmapStep:
    """Dời bước: dragged to other days; the words follow them."""
    found = editing.draft(actor, plan_id, on)
    row = living_as(RoadmapStep, found, step_id, seen)
    if (row.start, row.end) == (start, end):
        return row
    values = _values(found, row.what, "", start, end)
    step = editing.changed(row, found.no, **values)
    _log(actor, found, on, step, "dời bước")
    return step


@transaction.atomic
def remove_step(actor: Actor, plan_id: int, step_id: int, *, on: date) -> None:
    """Bỏ bước."""
    found = editing.draft(actor, plan_id, on)
    row = editing.living(RoadmapStep, found, step_id)
    editing.removed([row], found.no)
    _log(actor, found, on, row, "bỏ bước")


def _values(found: editing.Draft, what: str, words: str, start: date | None, end: date | None) -> dict[str, Any]:
    if not what.strip():
        raise Refused("Ghi việc của bước.")
    words = " ".join(words.split())
    if len(words) > 300:
        raise Refused("Thời gian dài quá 300 chữ: viết gọn lại.")
    plan = found.plan
    if start is None or end is None:
        start, end = days_of(words, issued=found.version.issued_on, year=plan.year, year_to=plan.year_to)
    if end < start:
        raise Refused(f"Bước kết thúc {editing.day(end)} trước khi bắt đầu {editing.day(start)}.")
    if end.year < plan.year or start.year > plan.year_to:
        raise Refused(f"Bước nằm ngoài các năm của kế hoạch ({plan.year}-{plan.year_to}).")
    words = words or in_words(start, end)
    return {"what": " ".join(what.split()), "deadline_words": words, "start": start, "end": end}


def _log(actor: Actor, found: editing.Draft, on: date, step: RoadmapStep, change: str) -> None:
    editing.log(actor, "plan.roadmap", found.plan, on, subject=step, no=found.no, change=change, what=step.what[:200])
