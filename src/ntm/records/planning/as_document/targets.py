"""Chỉ tiêu và ô đơn vị × tiêu chí của kế hoạch, in the shape that the rules ask of a document."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from ntm.domain.documents.checking.prose import tokens, unit_key
from ntm.domain.documents.reading.model import CriterionTarget, Deadline, Reading, Target
from ntm.records.planning.as_document.due import due
from ntm.records.planning.as_document.page import Page, Place
from ntm.records.planning.as_document.parts import PlanParts, exact
from ntm.records.planning.models import CriterionCell, Mode, PlanTarget, Subject

__all__ = ["of_cells", "targets"]

_NOUNS = {"tinh": "tỉnh", "huyen": "huyện", "xa": "xã", "thon": "thôn"}
_MEASURES = {Subject.CRITERIA: "tiêu chí", Subject.AVERAGE: "tiêu chí/xã", Subject.UNDER: "xã", Subject.CRITERION: "xã"}


def targets(parts: PlanParts, told: Reading, page: Page) -> tuple[tuple[Target, ...], tuple[CriterionTarget, ...]]:
    """(targets, targets by criterion): rows first, then what the words say and no row does."""
    used: set[int] = set()
    rows = [_target(row, parts, told, page, used) for row in parts.targets if row.subject != Subject.CRITERION]
    criterion_rows = [row for row in parts.targets if row.subject == Subject.CRITERION and row.criterion_no]
    for row in criterion_rows:
        _like(row, told, page.told(row.what, last=page.read_to), used)
    listed = _by_unit(parts, told, page, rows)
    by_criterion = _by_criterion(parts, told, page, criterion_rows)
    gone = {(unit_key(u), t.mode) for t in listed for u in (*t.units, *(() if t.units else ("",)))}
    kept = [t for at, t in enumerate(told.targets) if at not in used and not _of_cells(t, gone)]
    have = {(c.criterion, c.mode) for c in by_criterion}
    others = [c for c in told.criterion_targets if (c.criterion, c.mode) not in have and not (c.derived and listed)]
    ordered = sorted([*rows, *listed, *kept], key=lambda t: t.lines[:1])
    return tuple(_totals_first(ordered)), (*by_criterion, *others)


def _totals_first(ordered: list[Target]) -> list[Target]:
    """A total and the lists that make it up are asked one behind the other, where one section holds them."""
    whole = [t for t in ordered if not t.units and not t.criteria and (t.measure or "").lower() == "tiêu chí"]
    sections = {t.section for t in whole}
    listed = [t for t in ordered if t.units and t.criteria and t.section in sections and t.section is not None]
    others = [t for t in ordered if not any(t is one for one in (*whole, *listed))]
    if not whole:
        return ordered
    found: list[Target] = []
    for total in whole:
        found.append(total)
        found += [t for t in listed if t.section == total.section and not any(t is one for one in found)]
    return [*found, *others]


def _of_cells(target: Target, gone: set[tuple[str, str]]) -> bool:
    """A list that stands in the table of units and criteria already."""
    if not target.criteria or target.baseline or target.threshold:
        return False
    names = target.units or ("",)
    return all((unit_key(name), target.mode) in gone for name in names)


def _target(row: PlanTarget, parts: PlanParts, told: Reading, page: Page, used: set[int]) -> Target:
    lines = page.told(row.what, last=page.read_to)
    page.mark(lines, Place("target", row.pk))
    like = _like(row, told, lines, used)
    level = row.title_level or (parts.plan.set.level if parts.plan.set is not None else "")
    measure = row.measure or (like.measure if like else None) or _MEASURES.get(Subject(row.subject))
    if row.subject in (Subject.TITLE, Subject.OWN_TITLE):
        measure = row.measure or _NOUNS.get(level)
    shares = parts.shares.get(row.pk, [])
    value, op = exact(row.value), row.op
    if row.subject == Subject.UNDER and row.bound and not row.value:
        value, op, measure = Decimal(row.bound), "<", "tiêu chí"
    base = like or Target(
        row.what, row.mode, title=row.title_kind or None, direction="up" if row.mode == Mode.GAIN else None
    )  # type: ignore[arg-type]
    return replace(
        base,
        what=row.what,
        mode=row.mode,  # type: ignore[arg-type]
        op=(op if value is not None else None),  # type: ignore[arg-type]
        value=value,
        high=exact(row.high),
        of=row.of,
        measure=measure,
        units=tuple(parts.labels[s.unit_id].name for s in shares) or (like.units if like else ()),
        title=row.title_kind or (like.title if like else None),  # type: ignore[arg-type]
        deadline=due(row.deadline_words, row.due, parts, lines) or (like.deadline if like else None),
        section=like.section if like else None,
        lines=like.lines if like else lines,
    )


def _like(row: PlanTarget, told: Reading, lines: tuple[int, ...], used: set[int]) -> Target | None:
    """What the reader made of the same words: the clause and the figure first, the clause alone else."""
    words = tokens(row.what)
    best: tuple[int, int] | None = None
    for at, one in enumerate(told.targets):
        if at in used or one.criteria or not set(one.lines) & set(lines):
            continue
        same_words, same_value = tokens(one.what) == words, one.value == row.value
        if not same_words and not same_value:
            continue
        rank = (2 * same_value + same_words, -at)
        best = max(best, rank) if best is not None else rank
    if best is None:
        return None
    used.add(-best[1])
    return told.targets[-best[1]]


def _by_unit(parts: PlanParts, told: Reading, page: Page, rows: list[Target]) -> list[Target]:
    """The communes' lists: a unit, a way of counting and a deadline once."""
    cells = [cell for cell in parts.cells if cell.told != CriterionCell.Told.CRITERIA]
    return _lists(cells, parts, told, page, _section_of_total(rows))


def of_cells(parts: PlanParts) -> list[Target]:
    """The communes' lists of a plan alone, without its words: for the lower plans of an upper one."""
    return _lists(parts.cells, parts, None, None, None)


def _section_of_total(rows: list[Target]) -> str | None:
    whole = [t for t in rows if t.measure == "tiêu chí" and t.mode == "gain" and t.op == "=" and not t.units]
    return whole[0].section or "bảng" if len(whole) == 1 else None


def _lists(
    cells: list[CriterionCell], parts: PlanParts, told: Reading | None, page: Page | None, section: str | None
) -> list[Target]:
    groups: dict[tuple[int, str, str], list[CriterionCell]] = defaultdict(list)
    for cell in cells:
        groups[cell.unit_id, cell.mode, cell.deadline_words].append(cell)
    found = []
    for (unit_id, mode, words), same in groups.items():
        name = parts.labels[unit_id].name
        numbers = tuple(cell.criterion_no for cell in same)
        own = unit_id == parts.plan.unit_id
        like = _list_like(told, name, own, mode, set(numbers)) if told is not None else None
        lines: tuple[int, ...] = ()
        if page is not None:
            verb = "duy trì" if mode == Mode.KEEP else "đạt thêm"
            lines = like.lines if like else (page.add(f"{name}\t{verb} tiêu chí {', '.join(map(str, numbers))}"),)
            for cell in same:
                page.mark(lines, Place("cells", cell.pk))
        deadline = due(words, max((c.due for c in same if c.due), default=None), parts, lines)
        base = like or Target(f"{name}: {numbers}", mode, section=section)  # type: ignore[arg-type]
        kept = base.criteria_stated if like is not None else None
        found.append(
            replace(
                base,
                units=() if own and (like is None or not like.units) else (name,),
                criteria=_as_told(numbers, like),
                criteria_stated=kept,
                value=base.value if kept is not None else None,
                deadline=deadline or (like.deadline if like else None),
                lines=lines,
            )
        )
    return found


def _as_told(numbers: tuple[int, ...], like: Target | None) -> tuple[int, ...]:
    """The numbers in the order in which the words tell them."""
    first = [no for no in like.criteria if no in numbers] if like is not None else []
    return (*first, *(no for no in numbers if no not in first))


def _list_like(told: Reading, name: str, own: bool, mode: str, numbers: set[int]) -> Target | None:
    key = unit_key(name)
    fitting = [
        t
        for t in told.targets
        if t.criteria
        and t.mode == mode
        and not t.baseline
        and not t.threshold
        and (([unit_key(u) for u in t.units] == [key]) or (own and not t.units))
        and set(t.criteria) & numbers
    ]
    return max(fitting, key=lambda t: len(set(t.criteria) & numbers), default=None)


def _by_criterion(parts: PlanParts, told: Reading, page: Page, rows: list[PlanTarget]) -> tuple[CriterionTarget, ...]:
    """The criteria's lists: the rows that count units, and the cells that the criteria's lists tell."""
    named: dict[tuple[int, str], list[CriterionCell]] = defaultdict(list)
    for cell in parts.cells:
        if cell.told != CriterionCell.Told.UNITS and cell.unit_id != parts.plan.unit_id:
            named[cell.criterion_no, cell.mode].append(cell)
    counted = {(row.criterion_no or 0, row.mode): row for row in rows}
    found = []
    for no, mode in dict.fromkeys([*counted, *named]):
        row, cells = counted.get((no, mode)), named.get((no, mode), [])
        like = next((c for c in told.criterion_targets if c.criterion == no and c.mode == mode and not c.derived), None)
        found.append(_criterion(no, mode, row, cells, like, parts, page))
    return tuple(found)


def _criterion(
    no: int,
    mode: str,
    row: PlanTarget | None,
    cells: list[CriterionCell],
    like: CriterionTarget | None,
    parts: PlanParts,
    page: Page,
) -> CriterionTarget:
    lines = like.lines if like is not None else ()
    if row is not None:
        lines = lines or page.told(row.what, last=page.read_to)
        page.mark(lines, Place("target", row.pk))
    units = tuple(parts.labels[cell.unit_id].name for cell in cells)
    if not lines:
        lines = (page.add(f"Tiêu chí {no}\t{', '.join(units)}"),)
    for cell in cells:
        page.mark(lines, Place("cells", cell.pk))
    count = int(row.value) if row is not None and row.value is not None else None
    deadline: Deadline | None = due(row.deadline_words, row.due, parts, lines) if row is not None else None
    base = like or CriterionTarget(no, None, mode, set_code=parts.plan.set.code if parts.plan.set else None)  # type: ignore[arg-type]
    everyone = row is not None and row.of is not None and row.value == row.of
    return replace(
        base,
        criterion=no,
        mode=mode,  # type: ignore[arg-type]
        count=count if row is not None else (like.count if like is not None else len(units)),
        of=row.of if row is not None else base.of,
        units=units,
        all_units=everyone or base.all_units,
        deadline=deadline or base.deadline,
        text=row.what if row is not None else base.text,
        lines=lines,
    )
