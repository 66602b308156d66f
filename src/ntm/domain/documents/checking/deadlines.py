"""Thời hạn: before the day of issue, outside the year of the plan, outside the group it stands in, or leaving no time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, Severity, lines_of
from ntm.domain.documents.reading.model import Deadline, Lines
from ntm.domain.official.text import flat

_LAST = re.compile(
    r"tong ket|quyet toan|bao cao|cong nhan|tham dinh|tham tra|giai ngan|danh gia|so ket|nam sau|ket thuc"
)
_PAST = re.compile(r"\bda\b|^tinh den|vua qua|nam truoc|tung|thuc trang|ket qua (?:nam|thuc hien nam)")
_REGULAR = re.compile(r"dinh ky|hang (?:thang|quy|nam|tuan)|\bhang nam\b|(?:6 thang|quy),? (?:va )?nam\b")
_SHORT = timedelta(days=3)


@dataclass(frozen=True)
class _Work:
    what: str
    due: Deadline
    group: Deadline | None
    group_name: str | None
    lines: Lines
    in_table: bool


def _work(plan: Checkable) -> Iterator[_Work]:
    """The rows of work and the steps of the roadmap that have a last day."""
    for task in plan.tasks:
        if task.deadline is not None:
            yield _Work(task.what, task.deadline, task.group_deadline, task.group, task.lines, task.from_table)
    seen = {line for task in plan.tasks for line in task.lines}
    for step in plan.roadmap:
        if not seen & set(step.lines):
            yield _Work(step.what, step.deadline, step.group_deadline, step.group, step.lines, step.group is not None)


def _issued(plan: Checkable) -> tuple[date, bool] | None:
    """(the day of issue or the first day it can be, is it the day itself)."""
    when = plan.header.date
    if when is None or when.year is None:
        return None
    if when.date is not None:
        return when.date, True
    return (
        (date(when.year, when.month, 1), False) if when.month and 0 < when.month < 13 and 0 < when.year < 9999 else None
    )


def before_issue(plan: Checkable) -> Iterator[Finding]:
    """Hạn đã qua trước ngày ban hành; việc còn đúng vài ngày để làm thì chỉ nhắc."""
    issued = _issued(plan)
    if issued is None:
        return
    day, exact = issued
    for work in _work(plan):
        end = work.due.end
        if (
            end is None
            or work.due.recurring
            or _REGULAR.search(flat(work.what))
            or (not work.in_table and _PAST.search(flat(work.what)))
        ):
            continue
        if end < day:
            yield Finding(
                "deadline-before-issue",
                "medium" if day - end < timedelta(days=400) else "low",
                f"Việc “{_short(work.what)}” có hạn {work.due.text} (hết ngày {end:%d/%m/%Y}), trước ngày ban "
                f"hành {_day(day, exact)}.",
                f"hạn {end:%d/%m/%Y}",
                f"ban hành {_day(day, exact)}",
                lines_of(work.lines, _date_lines(plan)),
            )
        elif exact and end - day <= _SHORT and work.in_table:
            yield Finding(
                "deadline-before-issue",
                "low",
                f"Việc “{_short(work.what)}” có hạn {work.due.text}, chỉ còn {(end - day).days} ngày kể từ "
                f"ngày ban hành {day:%d/%m/%Y}.",
                f"hạn {end:%d/%m/%Y}",
                f"ban hành {day:%d/%m/%Y}",
                lines_of(work.lines, _date_lines(plan)),
            )


def _day(day: date, exact: bool) -> str:
    return f"{day:%d/%m/%Y}" if exact else f"tháng {day:%m/%Y}"


def _date_lines(plan: Checkable) -> Lines:
    return plan.header.date.lines if plan.header.date is not None else ()


def _short(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:77].rsplit(' ', 1)[0]}…"


def outside_year(plan: Checkable) -> Iterator[Finding]:
    """Hạn sau năm của kế hoạch; việc tổng kết, quyết toán đầu năm sau là thường."""
    year = plan.header.year
    if year is None or not 0 < year < 9999 or re.search(r"20\d\d\s?[-–]\s?20\d\d", plan.header.title or ""):
        return
    for work in _work(plan):
        end = work.due.end
        if end is None or work.due.recurring or end.year <= year:
            continue
        usual = bool(_LAST.search(flat(work.what))) and end <= date(year + 1, 3, 31)
        severity: Severity = "info" if usual else "low"
        yield Finding(
            "deadline-outside-year",
            severity,
            f"Việc “{_short(work.what)}” có hạn {work.due.text}, sau năm {year} của kế "
            f"hoạch{' (thường gặp với việc tổng kết)' if usual else ''}.",
            f"hạn {end:%d/%m/%Y}",
            f"năm {year}",
            work.lines,
        )


def outside_group(plan: Checkable) -> Iterator[Finding]:
    """Hạn của việc nằm ngoài quý, tháng ghi ở đầu nhóm."""
    for work in _work(plan):
        group, due = work.group, work.due
        if group is None or group.end is None or due.end is None or due.recurring or group.recurring:
            continue
        start = group.start or group.end
        if start <= due.end <= group.end or group.text == due.text:
            continue
        yield Finding(
            "deadline-outside-group",
            "medium",
            f"Việc “{_short(work.what)}” có hạn {due.text}, nằm ngoài nhóm “{work.group_name or group.text}”.",
            f"hạn {due.end:%d/%m/%Y}",
            f"nhóm {start:%d/%m/%Y} - {group.end:%d/%m/%Y}",
            work.lines,
        )


RULES = (
    Rule("deadline-before-issue", "Hạn trước ngày ban hành", "medium", "hạn của việc với ngày ban hành", before_issue),
    Rule("deadline-outside-year", "Hạn ngoài năm kế hoạch", "low", "hạn của việc với năm của kế hoạch", outside_year),
    Rule("deadline-outside-group", "Hạn ngoài nhóm", "medium", "hạn của việc với quý, tháng của nhóm", outside_group),
)
