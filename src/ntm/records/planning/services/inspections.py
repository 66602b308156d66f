"""Kiểm tra, đôn đốc: a team goes to units with a checklist of criteria; what it finds may become a task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ntm.domain.official.dates import write_date
from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.planning import task_access
from ntm.records.planning.models import (
    ENDED,
    Inspection,
    InspectionFinding,
    InspectionVisit,
    Occurrence,
    Plan,
    Task,
)
from ntm.records.planning.queries import visit_lists
from ntm.records.planning.queries.inspections import checklist, set_of
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import progress, tasks
from ntm.records.units import queries as units

__all__ = ["Found", "cancel", "finish", "follow_up", "plan_for", "plan_inspection", "record"]


@dataclass(frozen=True, slots=True)
class Found:
    """Một kết quả: of a criterion, or (without a number) of the unit as a whole."""

    result: str  # good, lacking, wrong
    text: str = ""
    criterion_no: int | None = None


@transaction.atomic
def plan_inspection(
    actor: Actor,
    *,
    unit_id: int,
    title: str,
    start: date,
    end: date,
    head: str,
    visits: Mapping[int, Sequence[int]],
    on: date,
    team: str = "",
    decision: str = "",
    plan_id: int | None = None,
    occurrence_id: int | None = None,
    only_unmet: bool = False,
) -> Inspection:
    """Lập đợt kiểm tra; `visits`: unit -> the criteria to look at there.

    Each unit is looked at by its own criteria set in force on the first day; without numbers, by every criterion of it, or
    (`only_unmet`) by those that it does not meet or has no figures for.
    """
    actor.require("inspection.hold", unit_id, on=on)
    if not title.strip() or not head.strip():
        raise Refused("Ghi tên đợt kiểm tra và trưởng đoàn.")
    if end < start:
        raise Refused(f"Ngày kết thúc {write_date(end)} trước ngày bắt đầu {write_date(start)}.")
    if not visits:
        raise Refused("Chọn ít nhất một đơn vị được kiểm tra.")
    within = {unit_id, *units.descendant_ids(unit_id, start)}
    if strange := sorted(set(visits) - within):
        names = ", ".join(label.title for label in units.labels(strange, start).values())
        raise Refused(f"Không thuộc địa bàn ngày {write_date(start)}: {names or strange}.")
    if plan_id is not None and not Plan.objects.filter(pk=plan_id, unit_id=unit_id).exists():
        raise Refused("Kế hoạch không thuộc đơn vị tổ chức kiểm tra.")
    inspection = Inspection.objects.create(
        unit_id=unit_id,
        plan_id=plan_id,
        occurrence_id=occurrence_id,
        title=title.strip(),
        start=start,
        end=end,
        decision=decision.strip(),
        head=head.strip(),
        team=team.strip(),
        opened_by_id=actor.user_id,
        office=actor.office_label,
        opened_at=timezone.now(),
    )
    _keep_visits(inspection, visits, only_unmet=only_unmet)
    _log(actor, "inspection.plan", inspection, on, title=inspection.title, count=len(visits))
    return inspection


def plan_for(
    actor: Actor, occurrence_id: int, *, head: str, visits: Mapping[int, Sequence[int]], on: date, **more: Any
) -> Inspection:
    """Lập từ một kỳ của nhiệm vụ ("Tháng 3, 6, 9, 11"): its words and days, unless others are given."""
    row = Occurrence.objects.select_related("task").filter(pk=occurrence_id).first()
    if row is None:
        raise Refused("Không tìm thấy việc này.")
    progress.still_open(row)
    last = row.due or on
    values: dict[str, Any] = {
        "unit_id": row.task.unit_id,
        "title": row.task.what.splitlines()[0][:300],
        "start": row.start or on,
        "end": last,
        "plan_id": row.task.plan_id,
    }
    criteria = tuple(row.task.criteria)
    asked = {unit: tuple(numbers) or criteria for unit, numbers in visits.items()}
    return plan_inspection(actor, occurrence_id=row.pk, head=head, visits=asked, on=on, **(values | more))


@transaction.atomic
def record(
    actor: Actor,
    inspection_id: int,
    *,
    unit_id: int,
    visited_on: date,
    findings: Sequence[Found],
    on: date,
    remarks: str = "",
) -> InspectionVisit:
    """Ghi kết quả ở một đơn vị: added to what was found before; the later word on a criterion counts."""
    inspection = _planned(actor, inspection_id, on)
    visit = InspectionVisit.objects.select_for_update().filter(inspection=inspection, unit_id=unit_id).first()
    if visit is None:
        raise Refused("Đơn vị này không có trong đợt kiểm tra.")
    if not inspection.start <= visited_on <= inspection.end:
        days = f"{write_date(inspection.start)} đến {write_date(inspection.end)}"
        raise Refused(f"Ngày kiểm tra {write_date(visited_on)} ngoài đợt (từ {days}).")
    if not findings and not remarks.strip():
        raise Refused("Ghi ít nhất một kết quả hoặc nhận xét chung.")
    for one in findings:
        _check(one, visit)
    visit.on = visited_on
    visit.remarks = remarks.strip() or visit.remarks
    visit.save(update_fields=["on", "remarks"])
    now = timezone.now()
    InspectionFinding.objects.bulk_create(
        InspectionFinding(
            visit=visit,
            criterion_no=one.criterion_no,
            result=one.result,
            text=one.text.strip(),
            by_id=actor.user_id,
            at=now,
        )
        for one in findings
    )
    place = units.label(unit_id, visited_on).title
    detail = [{"criterion": one.criterion_no, "result": one.result} for one in findings]
    _log(actor, "inspection.record", inspection, on, place=place, count=len(findings), findings=detail)
    return visit


@transaction.atomic
def follow_up(actor: Actor, finding_id: int, draft: tasks.TaskDraft, *, on: date) -> Task:
    """Giao việc sau kiểm tra; without a lead it is the committee of the unit that was visited."""
    found = (
        InspectionFinding.objects.select_for_update(of=("self",))
        .select_related("visit__inspection")
        .filter(pk=finding_id)
        .first()
    )
    if found is None:
        raise Refused("Không tìm thấy kết quả kiểm tra này.")
    inspection = found.visit.inspection
    actor.require("inspection.hold", inspection.unit_id, on=on)
    if inspection.state == Inspection.State.CANCELLED:
        raise Refused("Đợt kiểm tra này không tiến hành.")
    if found.task_id is not None:
        raise Refused("Kết quả này đã có việc khắc phục.")
    if found.result == InspectionFinding.Result.GOOD:
        raise Refused("Kết quả bảo đảm, không có gì phải khắc phục.")
    whole = replace(
        draft,
        lead=draft.lead.strip() or units.label(found.visit.unit_id, on).title,
        criteria=draft.criteria or ((found.criterion_no,) if found.criterion_no else ()),
    )
    task = tasks.give(actor, whole, unit_id=inspection.unit_id, origin=Task.Origin.INSPECTION, on=on)
    found.task = task
    found.save(update_fields=["task"])
    _log(actor, "inspection.follow", inspection, on, text=task.what[:200], deadline=task.deadline_words, task=task.pk)
    return task


@transaction.atomic
def finish(actor: Actor, inspection_id: int, *, on: date, result: str = "") -> Inspection:
    """Kết thúc đợt; the task that it fulfils is done with it, where the actor may say so."""
    inspection = _planned(actor, inspection_id, on)
    left = inspection.visits.filter(on=None).values_list("unit_id", flat=True)
    if left:
        names = ", ".join(label.title for label in units.labels(left, on).values())
        raise Refused(f"Chưa ghi kết quả ở: {names}.")
    inspection.state = Inspection.State.DONE
    inspection.save(update_fields=["state"])
    _log(actor, "inspection.finish", inspection, on, title=inspection.title)
    row = inspection.occurrence
    if row is not None and row.state not in ENDED and task_access.may_report(actor, row, on):
        progress.finish(actor, row.pk, result=result.strip() or _summary(inspection), on=on)
    return inspection


@transaction.atomic
def cancel(actor: Actor, inspection_id: int, *, reason: str, on: date) -> Inspection:
    """Không tiến hành, with the reason in the log; not once something was found."""
    inspection = _planned(actor, inspection_id, on)
    if not reason.strip():
        raise Refused("Ghi lý do không tiến hành.")
    if InspectionFinding.objects.filter(visit__inspection=inspection).exists():
        raise Refused("Đợt kiểm tra đã có kết quả; hãy kết thúc đợt thay vì bỏ.")
    inspection.state = Inspection.State.CANCELLED
    inspection.save(update_fields=["state"])
    _log(actor, "inspection.cancel", inspection, on, title=inspection.title, reason=reason.strip())
    return inspection


def _planned(actor: Actor, inspection_id: int, on: date) -> Inspection:
    rows = Inspection.objects.select_for_update(of=("self",)).select_related("occurrence__task")
    inspection = rows.filter(pk=inspection_id).first()
    if inspection is None:
        raise Refused("Không tìm thấy đợt kiểm tra này.")
    actor.require("inspection.hold", inspection.unit_id, on=on)
    if inspection.state != Inspection.State.PLANNED:
        raise Refused(f"Đợt kiểm tra này {inspection.get_state_display()}.")
    return inspection


def _keep_visits(inspection: Inspection, visits: Mapping[int, Sequence[int]], *, only_unmet: bool) -> None:
    """Each unit with its own set and list; the plan's set stands in where none is in force for a unit."""
    own = visit_lists.sets_of(list(visits), inspection.start)
    shared = set_of(inspection)
    lists = visit_lists.lists_of(own, inspection.start)
    rows = []
    for unit, numbers in sorted(visits.items()):
        known = checklist(own.get(unit) or shared)
        if only_unmet and not numbers and unit in lists:
            numbers = visit_lists.unmet(lists[unit])
        chosen = _criteria(numbers, known, unit, inspection.start)
        rows.append(InspectionVisit(inspection=inspection, unit_id=unit, set=own.get(unit), criteria=chosen))
    InspectionVisit.objects.bulk_create(rows)


def _criteria(numbers: Sequence[int], known: Mapping[int, Any], unit: int, on: date) -> list[int]:
    """Those numbers that its set has; refused where it has none of them, or where nobody's set is known."""
    wanted = sorted(set(numbers))
    if not known:
        return wanted
    if wanted and not (kept := [no for no in wanted if no in known]):
        place = units.label(unit, on).title
        raise Refused(f"Bộ tiêu chí của {place} không có tiêu chí {', '.join(map(str, wanted))}.")
    return kept if wanted else list(known)


def _check(one: Found, visit: InspectionVisit) -> None:
    if one.result not in InspectionFinding.Result.values:
        raise Refused(f"Kết quả “{one.result}” không có: chọn bảo đảm, còn thiếu hoặc không đúng báo cáo.")
    if one.criterion_no is not None and visit.criteria and one.criterion_no not in visit.criteria:
        raise Refused(f"Tiêu chí {one.criterion_no} không có trong danh mục kiểm tra ở đơn vị này.")
    if one.result != InspectionFinding.Result.GOOD and not one.text.strip():
        raise Refused("Ghi rõ còn thiếu gì, hoặc không đúng ở đâu.")


def _summary(inspection: Inspection) -> str:
    found = list(InspectionFinding.objects.filter(visit__inspection=inspection).values_list("result", flat=True))
    told = [f"{found.count(value)} nội dung {label}" for value, label in InspectionFinding.Result.choices]
    return f"Đã kiểm tra {inspection.visits.count()} đơn vị: {', '.join(told)}."


def _log(actor: Actor, verb: str, inspection: Inspection, on: date, **detail: Any) -> None:
    audit.record(actor=actor.stamp(), verb=verb, subject=inspection, unit_id=inspection.unit_id, on=on, detail=detail)
