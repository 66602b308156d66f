"""Lộ trình, nhiệm vụ, phân công của kế hoạch, in the shape that the rules ask of a document."""

from __future__ import annotations

from dataclasses import replace

from ntm.domain.documents.checking.prose import tokens
from ntm.domain.documents.reading.model import Annex, AnnexRow, Deadline, Duty, Reading, RoadmapStep, Task
from ntm.records.planning.as_document.due import due
from ntm.records.planning.as_document.page import Page, Place
from ntm.records.planning.as_document.parts import PlanParts
from ntm.records.planning.models import RoadmapStep as RoadmapRow
from ntm.records.planning.models import Task as TaskRow
from ntm.records.planning.models import TaskBody, TaskGroup

__all__ = ["work"]

_COLUMNS = ("TT", "Nội dung nhiệm vụ", "Cơ quan chỉ đạo", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Sản phẩm")

Worked = tuple[tuple[RoadmapStep, ...], tuple[Task, ...], tuple[Annex, ...], tuple[Duty, ...]]


def work(parts: PlanParts, told: Reading, page: Page, label: str = "") -> Worked:
    """(steps, tasks, the table of tasks as an annex, duties): rows where the plan has them, else what its words say.
    `label`: the number that the table of tasks is written under."""
    steps = _roadmap(parts, told, page) if parts.roadmap else told.roadmap
    tasks, annexes = _tasks(parts, told, page, label)
    duties = (
        tuple(_duty(row, at, told, page) for at, row in enumerate(parts.duties, 1)) if parts.duties else told.duties
    )
    return steps, tasks or told.tasks, annexes, duties


def _roadmap(parts: PlanParts, told: Reading, page: Page) -> tuple[RoadmapStep, ...]:
    """A step that serves several criteria is several rows: here it is one again."""
    groups: dict[tuple[str, str, int | None], list[RoadmapRow]] = {}
    for row in parts.roadmap:
        groups.setdefault((row.what, row.deadline_words, row.unit_id), []).append(row)
    found = []
    for (what, words, unit_id), rows in groups.items():
        like = next((s for s in told.roadmap if tokens(s.what) == tokens(what)), None)
        lines = like.lines if like is not None else page.told(what, last=page.read_to)
        lines = lines or (page.add(f"+ {words}: {what.strip().rstrip('.;')}." if words else f"+ {what}."),)
        for row in rows:
            page.mark(lines, Place("roadmap", row.pk))
        start, end = min(row.start for row in rows), max(row.end for row in rows)
        deadline = due(words, end, parts, lines) or Deadline(f"{end:%d/%m/%Y}", start, end, lines=lines)
        period = words or f"{start:%d/%m/%Y} - {end:%d/%m/%Y}"
        base = like or RoadmapStep(period, period, what, deadline)
        found.append(
            replace(
                base,
                what=what,
                deadline=replace(deadline, start=start),
                criteria=tuple(sorted({row.criterion_no for row in rows if row.criterion_no})),
                completes=tuple(sorted({row.criterion_no for row in rows if row.criterion_no and row.completes})),
                units=(parts.labels[unit_id].name,) if unit_id is not None else base.units,
                lines=lines,
            )
        )
    kept = {line for step in found for line in step.lines}
    rest = (step for step in told.roadmap if step.lines and not kept & set(step.lines))
    return (*found, *rest)  # what the words give a time to and no row does


def _tasks(parts: PlanParts, told: Reading, page: Page, label: str) -> tuple[tuple[Task, ...], tuple[Annex, ...]]:
    if not parts.tasks:
        return (), ()
    label = label or "Phụ lục"
    first = page.add(f"{label}\tNhiệm vụ phân công")
    header = page.add("\t".join(_COLUMNS))
    found, rows, group_id = [], [AnnexRow(_COLUMNS, (header,), "header")], None
    for row in parts.tasks:
        group = parts.groups.get(row.group_id) if row.group_id is not None else None
        if group is not None and group.pk != group_id:
            group_id = group.pk
            line = page.add(f"{group.no}\t{group.name}")
            rows.append(AnnexRow((group.no, group.name, *[""] * 5), (line,), "group"))
        task, cells = _task(row, group, parts, label)
        line = page.add("\t".join(cells), Place("task", row.pk))
        found.append(replace(task, lines=(line,), deadline=_placed(task.deadline, line)))
        rows.append(AnnexRow(cells, (line,), "row", group.name if group is not None else None))
    annex = Annex(label, "Nhiệm vụ phân công", columns=_COLUMNS, rows=tuple(rows), lines=(first, len(page.lines)))
    return tuple(found), (annex,)


def _placed(deadline: Deadline | None, line: int) -> Deadline | None:
    return replace(deadline, lines=(line,)) if deadline is not None else None


def _task(row: TaskRow, group: TaskGroup | None, parts: PlanParts, label: str) -> tuple[Task, tuple[str, ...]]:
    bodies: dict[str, list[str]] = {}
    for body in parts.bodies.get(row.pk, []):
        bodies.setdefault(body.part, []).append(body.words)
    directing, lead, coordinating = (
        "; ".join(bodies.get(part, [])) or None
        for part in (TaskBody.Part.DIRECTING, TaskBody.Part.LEAD, TaskBody.Part.COORDINATING)
    )
    task = Task(
        no=row.no or None,
        group=group.name if group is not None else None,
        group_no=group.no if group is not None else None,
        what=row.what,
        directing=directing,
        lead=lead,
        coordinating=coordinating,
        deadline=due(row.deadline_words, None if row.deadline_words else row.last_due, parts, (), row.deadline_year),
        group_deadline=due(group.deadline_words, None, parts, ()) if group is not None else None,
        product=row.product or None,
        criteria=tuple(int(no) for no in row.criteria),
        annex=label,
    )
    cells = (row.no, row.what, directing, lead, coordinating, row.deadline_words, row.product)
    return task, tuple(" ".join((cell or "").split()) for cell in cells)


def _duty(row: object, at: int, told: Reading, page: Page) -> Duty:
    words, text, pk = row.body_words, row.text, row.pk  # type: ignore[attr-defined]
    duties = tuple(line.strip() for line in text.split("\n") if line.strip())
    like = next((d for d in told.duties if tokens(d.body) == tokens(words) and _overlap(d, duties)), None)
    like = like or next((d for d in told.duties if tokens(d.body) == tokens(words)), None)
    lines = like.lines if like is not None else ()
    if not lines:
        lines = page.told(words, last=page.read_to) or (page.add(f"{words}\t{text}"),)
    page.mark(lines, Place("duty", pk))
    base = like or Duty(str(at), words, duties)
    own = tuple(int(no) for no in row.criteria)  # type: ignore[attr-defined]
    return replace(base, body=words, duties=duties or base.duties, criteria=own or base.criteria, lines=lines)


def _overlap(duty: Duty, duties: tuple[str, ...]) -> bool:
    told = {tuple(tokens(one)) for one in duty.duties}
    return any(tuple(tokens(one)) in told for one in duties)
