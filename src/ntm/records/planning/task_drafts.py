"""Nhiệm vụ sẽ ghi: what is typed of a task, checked, as a row with the bodies that its words mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ntm.domain.official.dates import write_date
from ntm.records.planning import drawing
from ntm.records.planning.bodies import Directory, Named
from ntm.records.planning.models import Plan, Task, TaskBody
from ntm.records.planning.refusals import Refused
from ntm.records.standing import registry
from ntm.records.standing.models import Gap
from ntm.records.units import queries as units

__all__ = ["PARTS", "TaskDraft", "check", "check_gaps", "draft_of", "keep_bodies", "row_of", "said"]

PARTS = {
    "directing": TaskBody.Part.DIRECTING,
    "lead": TaskBody.Part.LEAD,
    "coordinating": TaskBody.Part.COORDINATING,
}


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """Nhiệm vụ sẽ ghi; the three cells of bodies as they are written ("Phòng NN&PTNT; VPĐP")."""

    what: str
    no: str = ""
    product: str = ""
    deadline_words: str = ""
    directing: str = ""
    lead: str = ""
    coordinating: str = ""
    criteria: tuple[int, ...] = ()
    group_id: int | None = None
    gap_id: int | None = None
    target_id: int | None = None
    order: int | None = None
    deadline_year: int | None = None
    read_item_id: int | None = None
    assumed: bool = False
    source_place: str = ""


def check(plan: Plan | None, draft: TaskDraft) -> None:
    """Refused without words, or for a criterion that the plan's set does not have."""
    said(draft.what, "Ghi rõ nhiệm vụ phải làm.")
    if plan is None or plan.set is None or not draft.criteria:
        return
    known = {criterion.no for criterion in registry.content(plan.set).criteria}
    if strange := sorted(set(draft.criteria) - known):
        raise Refused(f"Bộ tiêu chí của kế hoạch không có tiêu chí {', '.join(map(str, strange))}.")


def check_gaps(unit_id: int, drafts: Iterable[TaskDraft], on: date) -> None:
    """Gaps of the area that are still open; two queries where any is told."""
    wanted = {one.gap_id for one in drafts if one.gap_id is not None}
    if not wanted:
        return
    gaps = {gap.pk: gap for gap in Gap.objects.filter(pk__in=wanted).order_by("pk")}
    area = {unit_id, *units.descendant_ids(unit_id, on)}
    for pk in sorted(wanted):
        gap = gaps.get(pk)
        if gap is None or gap.unit_id not in area:
            raise Refused("Hạng mục còn thiếu này không thuộc địa bàn của nơi giao việc; chọn lại hạng mục.")
        if gap.closed_on is not None and gap.closed_on <= on:
            raise Refused(f"Hạng mục “{gap.text[:80]}” đã đóng ngày {write_date(gap.closed_on)}; chọn hạng mục còn mở.")


def said(words: str, otherwise: str) -> str:
    """The words, stripped; refused with the sentence where there are none."""
    if not words.strip():
        raise Refused(otherwise)
    return words.strip()


def row_of(draft: TaskDraft, *, unit_id: int, year: int, year_to: int, words: str) -> Task:
    """The row to be written."""
    of_year = draft.deadline_year or year
    return Task(
        unit_id=unit_id,
        order=draft.order or 0,
        no=draft.no.strip(),
        what=draft.what.strip(),
        product=draft.product.strip(),
        deadline_words=draft.deadline_words.strip(),
        deadline_year=of_year,
        last_due=drawing.last_due(words, of_year, year_to=year_to),
        criteria=sorted(set(draft.criteria)),
        group_id=draft.group_id,
        gap_id=draft.gap_id,
        target_id=draft.target_id,
        read_item_id=draft.read_item_id,
        assumed=draft.assumed,
        source_place=draft.source_place,
    )


def draft_of(task: Task) -> TaskDraft:
    """A task as it would be typed."""
    said: dict[str, list[str]] = {part: [] for part in PARTS.values()}
    for body in task.bodies.order_by("part", "order", "pk"):
        said[body.part].append(body.words)
    cells = {name: "; ".join(said[part]) for name, part in PARTS.items()}
    return TaskDraft(
        what=task.what,
        no=task.no,
        product=task.product,
        deadline_words=task.deadline_words,
        criteria=tuple(task.criteria),
        group_id=task.group_id,
        gap_id=task.gap_id,
        target_id=task.target_id,
        order=task.order,
        deadline_year=task.deadline_year,
        **cells,
    )


def keep_bodies(tasks: Iterable[Task], drafts: Iterable[TaskDraft], directory: Directory) -> None:
    """The bodies of each task as its words mean them; one query."""
    rows: list[TaskBody] = []
    for task, draft in zip(tasks, drafts, strict=True):
        for name, part in PARTS.items():
            rows += [_body(task, part, one, at) for at, one in enumerate(directory.read(getattr(draft, name)))]
    TaskBody.objects.bulk_create(rows, batch_size=1000)


def _body(task: Task, part: str, one: Named, at: int) -> TaskBody:
    row = TaskBody(task=task, part=part, words=one.words, body_id=one.body_id, order=at, since=task.since)
    if one.every is not None:
        row.every_kind, row.every_level, row.every_of = one.every.kind.value, one.every.level, one.every.of
        row.every_unit_id = one.every.unit
    return row
