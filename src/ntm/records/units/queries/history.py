"""Diễn biến của đơn vị: changes, successors and predecessors, and how far a day is proven."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from ntm.records.units.models import Change, Position, Succession, Unit, UnitCode, UnitName, UnitParent
from ntm.records.units.queries.labels import UnitLabel, labels
from ntm.records.units.queries.places import get


@dataclass(frozen=True, slots=True)
class LineageStep:
    """Một bước: one unit went (in part) to another, by a change."""

    before: UnitLabel
    after: UnitLabel | None
    change_id: int
    kind: str
    on: date
    known: bool
    when: str
    decision: str
    decided_on: date | None
    certain: bool
    certainty: str
    main: bool
    note: str


@dataclass(frozen=True, slots=True)
class LineageNode:
    """Đơn vị trong hình: a unit, its words on its last day within the picture, how many steps from the asked one."""

    unit_id: int
    label: UnitLabel
    start: date
    end: date | None
    step: int


@dataclass(frozen=True, slots=True)
class LineageEdge:
    """Mũi tên trong hình."""

    before: int
    after: int
    when: str
    certainty: str
    certain: bool
    main: bool
    decision: str


@dataclass(frozen=True, slots=True)
class LineageGraph:
    """Hình diễn biến: negative steps are predecessors, positive ones successors."""

    nodes: tuple[LineageNode, ...]
    edges: tuple[LineageEdge, ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """Một dòng trong quá trình của đơn vị: what changed, when, by what."""

    on: date
    what: str
    change: Change


@dataclass(frozen=True, slots=True)
class UndatedChange:
    """Thay đổi chưa biết ngày: known from two lists; `title` names the unit it is about."""

    pk: int
    title: str
    unit_id: int
    when: str
    decision: str
    certainty: str
    note: str
    list_name: str


@dataclass(frozen=True, slots=True)
class UnitProof:
    """Căn cứ trong ngày: is what is shown of the unit on that day proven, or does the day lie between two lists?"""

    sure: bool
    sentence: str


def heirs(unit_id: int) -> list[Succession]:
    """Where its territory went, the greater part first."""
    rows = Succession.objects.filter(predecessor_id=unit_id, change__undone_on=None).select_related("change")
    return list(rows.order_by("-main", "pk"))


def lineage(unit_id: int, on: date, to: date) -> tuple[LineageStep, ...]:
    """What became of the unit from one day until the other; empty where it is still itself. Ends are steps too."""
    get(unit_id)
    steps: list[LineageStep] = []
    seen, layer = {unit_id}, [unit_id]
    while layer:
        rows = list(_between(Q(predecessor_id__in=layer), on, to))
        ended = _ended(layer, {row.predecessor_id for row in rows}, on, to)
        steps += _steps(rows, ended)
        layer = [unit for unit in dict.fromkeys(row.successor_id for row in rows) if unit not in seen]
        seen.update(layer)
    return tuple(steps)


def became(unit_id: int, on: date, to: date) -> list[UnitLabel]:
    """The units that hold its territory on `to`, the greater part first."""
    current = {unit_id: True}
    seen: set[int] = set()
    while True:
        open_ = [unit for unit in current if unit not in seen]
        if not open_:
            break
        seen.update(open_)
        for row in _between(Q(predecessor_id__in=open_), on, to):
            leading = current[row.predecessor_id] and row.main
            current[row.successor_id] = current.get(row.successor_id, False) or leading
    standing = set(Unit.objects.on(to).filter(pk__in=current).values_list("pk", flat=True))
    words = labels(standing, to)
    return [words[unit] for unit in sorted(standing, key=lambda u: (not current[u], words[u].code or "", u))]


def lineage_graph(unit_id: int, on: date, to: date) -> LineageGraph:
    """For a picture: the unit, its predecessors and successors between two days, and the arrows."""
    get(unit_id)
    first, last = min(on, to), max(on, to)
    step_of: dict[int, int] = {unit_id: 0}
    edges: dict[int, Succession] = {}
    for side, other, direction in (("predecessor", "successor", 1), ("successor", "predecessor", -1)):
        layer, depth = [unit_id], 0
        while layer:
            depth += direction
            found = list(_between(Q(**{f"{side}_id__in": layer}), first, last))
            edges |= {row.pk: row for row in found}
            layer = [
                unit for unit in dict.fromkeys(getattr(row, f"{other}_id") for row in found) if unit not in step_of
            ]
            step_of |= dict.fromkeys(layer, depth)
    units = Unit.objects.in_bulk(step_of)
    nodes = []
    for day, group in _by_day(units.values(), last).items():
        words = labels([unit.pk for unit in group], day)
        nodes += [LineageNode(u.pk, words[u.pk], u.start, u.end, step_of[u.pk]) for u in group]
    arrows = tuple(
        LineageEdge(
            row.predecessor_id,
            row.successor_id,
            row.change.when,
            row.certainty,
            row.certain,
            row.main,
            row.change.decision,
        )
        for row in edges.values()
    )
    return LineageGraph(tuple(sorted(nodes, key=lambda n: (n.step, n.label.code or "", n.unit_id))), arrows)


def history(unit_id: int) -> list[ChangeLine]:
    """Quá trình của đơn vị: every dated word about it, oldest first."""
    lines: list[ChangeLine] = []
    unit = Unit.objects.select_related("opened", "closed").get(pk=unit_id)
    if unit.opened:
        lines.append(ChangeLine(unit.start, "thành lập", unit.opened))
    names = UnitName.objects.filter(unit_id=unit_id).select_related("opened").order_by("start")
    lines += [ChangeLine(r.start, f"tên gọi: {r}", r.opened) for r in names if r.opened and r.start != unit.start]
    codes = UnitCode.objects.filter(unit_id=unit_id).select_related("opened").order_by("start")
    lines += [ChangeLine(r.start, f"mã: {r.code}", r.opened) for r in codes if r.opened and r.start != unit.start]
    parents = list(UnitParent.objects.filter(unit_id=unit_id).select_related("opened").order_by("start"))
    for row in parents:
        if row.opened and row.start != unit.start:
            title = labels([row.parent_id], row.start)[row.parent_id].title
            lines.append(ChangeLine(row.start, f"thuộc {title}", row.opened))
    origins = Succession.objects.filter(successor_id=unit_id, change__undone_on=None).select_related("change")
    for origin in origins:
        day = origin.change.on - timedelta(days=1)
        title = labels([origin.predecessor_id], day)[origin.predecessor_id].title
        lines.append(ChangeLine(origin.change.on, f"nhận địa bàn của {title}", origin.change))
    if unit.end and unit.closed:
        lines.append(ChangeLine(unit.end, "kết thúc", unit.closed))
    return sorted(lines, key=lambda line: line.on)


def changes_of(unit_id: int) -> list[Change]:
    """The changes that touch a unit, oldest first, undone ones included."""
    touched: set[int] = set()
    for table, column in ((Unit, "pk"), (UnitName, "unit_id"), (UnitCode, "unit_id"), (UnitParent, "unit_id")):
        for pair in table.objects.filter(**{column: unit_id}).values_list("opened_id", "closed_id"):
            touched.update(change for change in pair if change)
    rows = Succession.objects.filter(Q(predecessor_id=unit_id) | Q(successor_id=unit_id))
    touched.update(rows.values_list("change_id", flat=True))
    return list(Change.objects.filter(pk__in=touched).order_by("on", "pk"))


def undated_changes(unit_id: int, list_name: str | None = None) -> list[UndatedChange]:
    """Thay đổi chưa biết ngày below a unit (as it ever was): what the lists show and no decision has dated yet."""
    below = Position.objects.filter(Q(province_id=unit_id) | Q(district_id=unit_id) | Q(commune_id=unit_id))
    ids = set(below.values_list("unit_id", flat=True)) | {unit_id}
    wanted: dict[int, int] = {}
    for table, column in ((Unit, "pk"), (UnitName, "unit_id"), (UnitCode, "unit_id"), (UnitParent, "unit_id")):
        # units that begin with the change come first: they name it; those that end are named where nothing begins
        for side in ("opened", "closed"):
            rows = table.objects.filter(
                **{f"{column}__in": ids, f"{side}__kind": "listed", f"{side}__after__isnull": False}
            )
            for unit, change in rows.values_list(column, f"{side}_id"):
                wanted.setdefault(change, unit)
    changes = Change.objects.filter(pk__in=wanted, by__isnull=False).order_by("on", "pk")
    if list_name is not None:
        changes = changes.filter(list_name=list_name)
    found = list(changes)
    words = {day: labels([wanted[c.pk] for c in found if c.on == day], day) for day in {c.on for c in found}}
    return [
        UndatedChange(
            c.pk, words[c.on][wanted[c.pk]].title, wanted[c.pk], c.when, c.decision, c.certainty, c.note, c.list_name
        )
        for c in found
    ]


def proof(unit_id: int, on: date) -> UnitProof:
    """Is what the records say of the unit on that day proven? A day within the bounds of a change is not."""
    found = [c for c in changes_of(unit_id) if c.undone_on is None and not c.known]
    for change in found:
        if (change.after is None or change.after < on) and change.by is not None and on < change.by and change.after:
            return UnitProof(False, _unsure(unit_id, change, on))
    for change in found:
        if change.after is None and change.by is not None and on < change.by:
            day = f"{change.by:%d/%m/%Y}"
            return UnitProof(False, f"Danh mục sớm nhất có ngày {day}; trước đó chưa có danh mục nào làm căn cứ.")
    return UnitProof(True, "")


def _unsure(unit_id: int, change: Change, on: date) -> str:
    """What changed within the bounds, in so many words."""
    what = [line.what for line in history(unit_id) if line.change.pk == change.pk]
    named = "; ".join(what[:3]) + (f"; và {len(what) - 3} thay đổi khác" if len(what) > 3 else "")
    said = f"{len(what)} thay đổi ({named})" if what else "Có thay đổi"
    return f"{said} {change.when}; ngày {on:%d/%m/%Y} nằm trong khoảng chưa rõ đó."


def _between(which: Q, on: date, to: date) -> Iterable[Succession]:
    rows = Succession.objects.filter(which, change__undone_on=None, change__on__gt=on, change__on__lte=to)
    return rows.select_related("change").order_by("change__on", "-main", "pk")


def _ended(layer: list[int], followed: set[int], on: date, to: date) -> list[Unit]:
    rows = Unit.objects.filter(pk__in=[u for u in layer if u not in followed], end__gt=on, end__lte=to)
    return list(rows.select_related("closed"))


def _steps(rows: list[Succession], ended: list[Unit]) -> Iterator[LineageStep]:
    days = {row.change.on for row in rows}
    before = {d: labels([r.predecessor_id for r in rows if r.change.on == d], d - timedelta(days=1)) for d in days}
    after = {d: labels([r.successor_id for r in rows if r.change.on == d], d) for d in days}
    for row in rows:
        day = row.change.on
        yield _step(
            before[day][row.predecessor_id], after[day][row.successor_id], row.change, row.certain, row.main, row.note
        )
    for unit in ended:
        if unit.end and unit.closed:
            last = labels([unit.pk], unit.end - timedelta(days=1))[unit.pk]
            yield _step(last, None, unit.closed, unit.closed.certain, True, unit.closed.note)


def _step(
    before: UnitLabel, after: UnitLabel | None, change: Change, certain: bool, main: bool, note: str
) -> LineageStep:
    certainty = change.certainty if certain else "nguồn chưa chắc"
    return LineageStep(
        before, after, change.pk, change.kind, change.on, change.known, change.when, change.decision, change.decided_on,
        certain and change.certain, certainty, main, note,
    )  # fmt: skip


def _by_day(units: Iterable[Unit], last: date) -> dict[date, list[Unit]]:
    found: dict[date, list[Unit]] = {}
    for unit in units:
        day = last if unit.end is None or unit.end > last else unit.end - timedelta(days=1)
        found.setdefault(max(day, unit.start), []).append(unit)
    return found
