"""Đo chỉ tiêu: what stands of each kind of target on the day, by name, with the dated history that a pace is told from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ntm.domain.targets import Measured, Mode, Point, Subject, Target
from ntm.records.planning import derivation
from ntm.records.planning.carried_plans import as_target
from ntm.records.planning.models import PlanTarget
from ntm.records.planning.queries import named_figures
from ntm.records.planning.queries.measured import Measuring, goal
from ntm.records.planning.queries.standing_of_plan import PlanFacts
from ntm.records.standing import descent
from ntm.records.standing.models.intervals import OutcomeCode

__all__ = ["measure"]

_NOUNS = {"tinh": "tỉnh", "huyen": "huyện", "xa": "xã", "thon": "thôn"}
_TENTH = Decimal("0.1")


def measure(row: PlanTarget, facts: PlanFacts, counted: Mapping[str, Decimal] | None = None) -> Measuring:
    """Đo một chỉ tiêu. `counted`: figures of named metrics that rooms above counted from their registers."""
    target = as_target(row)
    ways: dict[Subject, Callable[[PlanTarget, Target, PlanFacts], Measuring]] = {
        Subject.TITLE: _title,
        Subject.OWN_TITLE: _own_title,
        Subject.CRITERIA: _criteria,
        Subject.CRITERION: _criterion,
        Subject.INDICATOR: named_figures.of_indicator,
        Subject.AVERAGE: _average,
        Subject.UNDER: _under,
    }
    if target.subject is Subject.METRIC:
        return named_figures.of_metric(target, facts, counted or {})
    if facts.plan.set_id is None and target.subject not in (Subject.TITLE, Subject.OWN_TITLE):
        return Measuring(target, Measured(why_not="kế hoạch chưa chọn bộ tiêu chí"))
    return ways[target.subject](row, target, facts)


def _named(row: PlanTarget, facts: PlanFacts, level: str) -> list[int]:
    """The units of that level that the target names."""
    return [s.unit_id for s in facts.shares.get(row.pk, []) if facts.labels[s.unit_id].level == level]


def _names(facts: PlanFacts, ids: Iterable[int]) -> tuple[str, ...]:
    known = sorted((facts.labels[one] for one in ids if one in facts.labels), key=descent.order)
    return tuple(label.name for label in known)


def _title(row: PlanTarget, target: Target, facts: PlanFacts) -> Measuring:
    """Danh hiệu của đơn vị dưới: held on the day, new by the title's own year, kept since the start."""
    level = target.title_level or (facts.content.level if facts.content is not None else "xa")
    target = target if target.measure else replace(target, measure=_NOUNS.get(level, ""))
    mine = [t for t in facts.titles if t.level == level and t.kind == (target.title_kind or "ntm")]
    held = {t.unit for t in mine if t.covers(facts.on)}
    before = {t.unit for t in mine if t.covers(facts.since)}
    years = range(facts.plan.year, facts.plan.year_to + 1)
    first = {t.unit: min(x.year for x in mine if x.unit == t.unit) for t in mine}
    new = {unit for unit in held if first[unit] in years}
    named = set(_named(row, facts, level))
    if target.mode is Mode.KEEP:
        asked = named or before
        lost = asked - held
        why = "" if asked else "đầu kỳ không có đơn vị nào giữ danh hiệu này trong hồ sơ"
        measured = Measured(Decimal(len(asked - lost)) if asked else None, why_not=why, lost=_names(facts, lost))
        return Measuring(target, measured)
    got = new if target.mode is Mode.GAIN else held
    measured = Measured(
        Decimal(len(held)), Decimal(len(before)), Decimal(len(new)),
        reached=_names(facts, named & got), left=_names(facts, named - got),
    )  # fmt: skip
    days = sorted({facts.since, *(t.start for t in mine if t.start >= facts.since), facts.on})
    history = tuple(
        Point(day, Decimal(len({t.unit for t in mine if t.covers(day)}))) for day in days if day <= facts.on
    )
    most = Decimal(target.of) if target.of is not None else None
    return Measuring(target, measured, history if len(days) > 2 else (), goal(target, measured.start), most)


def _own_title(row: PlanTarget, target: Target, facts: PlanFacts) -> Measuring:
    """Danh hiệu của chính đơn vị."""
    kind = target.title_kind or "ntm"
    mine = [t for t in facts.titles if t.unit == facts.plan.unit_id and t.kind == kind]
    held = any(t.covers(facts.on) for t in mine)
    asked = replace(
        target, mode=Mode.TOTAL if target.mode is Mode.GAIN else target.mode, value=Decimal(1), op="=", measure=""
    )
    lost = (facts.own.title,) if not held and target.mode is Mode.KEEP else ()
    left = () if held else (facts.own.title,)
    return Measuring(asked, Measured(Decimal(held), Decimal(0), left=left if not lost else (), lost=lost))


def _scope(row: PlanTarget, facts: PlanFacts) -> list[int]:
    """The units that the target speaks of: those it names, else all of the area."""
    level = facts.content.level if facts.content is not None else facts.own.level
    return _named(row, facts, level) or facts.ids


def _history(facts: PlanFacts, of: Callable[[date], Decimal | None]) -> tuple[Point, ...]:
    found = ((day, of(day)) for day in [*facts.days, facts.on] if facts.days)
    return tuple(Point(day, value) for day, value in dict(found).items() if value is not None)


def _unknown(facts: PlanFacts, scope: list[int], day: date) -> int:
    known = facts.outcomes(day)
    return sum(unit not in known for unit in scope)


def _criteria(row: PlanTarget, target: Target, facts: PlanFacts) -> Measuring:
    """Số tiêu chí: gained and met by the units together; or by each of them ("mỗi xã từ 1 tiêu chí trở lên")."""
    scope = _scope(row, facts)
    now = {unit: met for unit in scope if (met := facts.met(unit, facts.on)) is not None}
    start = {unit: met for unit in scope if (met := facts.met(unit, facts.since)) is not None}
    if target.value is None or not now:
        return Measuring(target, Measured(why_not="các đơn vị chưa có số liệu tiêu chí nào vào ngày này"))
    partial = len(scope) - len(now)
    if target.mode is Mode.KEEP:
        return _kept_criteria(target, facts, now, partial)
    gains = {unit: now[unit] - start[unit] for unit in now if unit in start}
    if _is_each(target, facts):
        done = {u for u, n in (gains if target.mode is Mode.GAIN else now).items() if target.reached(Decimal(n))}
        each = Target(
            Subject.CRITERIA,
            Mode.TOTAL,
            target.what,
            ">=",
            Decimal(len(scope)),
            measure="xã",
            due=target.due,
            of=len(scope),
        )
        left = _names(facts, set(scope) - done)
        measured = Measured(Decimal(len(done)), Decimal(0), reached=_names(facts, done), left=left, partial=partial)
        return Measuring(each, measured)
    gained = _newly_met(facts, scope, facts.on) if gains else None
    why = "" if gained is not None or target.mode is Mode.TOTAL else "chưa có hiện trạng đầu kỳ để tính số đạt thêm"
    total = Decimal(sum(now.values()))
    measured = Measured(
        total, Decimal(sum(start.values())) if start else None, gained, why, partial, bool(facts.assumed & set(scope))
    )
    if (
        target.mode is Mode.GAIN
    ):  # what was gained is counted on its own: a criterion lost meanwhile takes nothing from it
        history = _history(facts, lambda day: _newly_met(facts, scope, day)) if gains else ()
        return Measuring(target, measured, history, target.value)
    history = _history(facts, lambda day: Decimal(sum(facts.met(u, day) or 0 for u in scope)))
    return Measuring(target, measured, history, goal(target, measured.start))


def _newly_met(facts: PlanFacts, scope: list[int], day: date) -> Decimal:
    """Criteria met that day and not at the start, of units known on both days."""
    now, start = facts.outcomes(day), facts.outcomes(facts.since)
    return Decimal(
        sum(
            outcome == OutcomeCode.MET and start[unit].get(no) != OutcomeCode.MET
            for unit in scope
            if unit in now and unit in start
            for no, outcome in now[unit].items()
        )
    )


def _kept_criteria(target: Target, facts: PlanFacts, now: dict[int, int], partial: int) -> Measuring:
    """ "Giữ vững 19 tiêu chí": the fewest that any of the units meets."""
    short = {unit for unit, met in now.items() if not target.reached(Decimal(met))}
    measured = Measured(Decimal(min(now.values())), partial=partial, lost=_names(facts, short))
    return Measuring(target, measured)


def _is_each(target: Target, facts: PlanFacts) -> bool:
    return not facts.alone and derivation.of_each(target.op, target.what)


def _criterion(row: PlanTarget, target: Target, facts: PlanFacts) -> Measuring:
    """Số đơn vị đạt một tiêu chí."""
    no = target.criterion
    now, start = facts.outcomes(facts.on), facts.outcomes(facts.since)
    met = {u for u in facts.ids if now.get(u, {}).get(no or 0) == OutcomeCode.MET}
    before = {u for u in facts.ids if start.get(u, {}).get(no or 0) == OutcomeCode.MET}
    if not now:
        return Measuring(target, Measured(why_not="các đơn vị chưa có số liệu tiêu chí nào vào ngày này"))
    named = {c.unit_id for c in facts.cells if c.criterion_no == no and c.mode == row.mode} or set(
        _named(row, facts, facts.content.level if facts.content else "")
    )
    if target.mode is Mode.KEEP:
        some = not named or (target.value is not None and len(named) < target.value)  # not all of them are named
        asked = named | before if some else named
        kept = Measured(
            Decimal(len(asked & met)), lost=_names(facts, asked - met), partial=_unknown(facts, sorted(asked), facts.on)
        )
        return Measuring(target, kept)
    new = met - before if start else None
    got = met if target.mode is Mode.TOTAL or new is None else new
    measured = Measured(
        Decimal(len(met)), Decimal(len(before)) if start else None, Decimal(len(new)) if new is not None else None,
        "" if start else "chưa có hiện trạng đầu kỳ để tính số đạt thêm", _unknown(facts, facts.ids, facts.on),
        bool(facts.assumed), _names(facts, named & got), _names(facts, named - met),
    )  # fmt: skip
    history = _history(
        facts,
        lambda day: Decimal(sum(facts.outcomes(day).get(u, {}).get(no or 0) == OutcomeCode.MET for u in facts.ids)),
    )
    return Measuring(target, measured, history, goal(target, measured.start), Decimal(len(facts.ids)))


def _average(row: PlanTarget, target: Target, facts: PlanFacts) -> Measuring:
    """Bình quân tiêu chí một đơn vị: over all units of the area, those without data counting none."""
    scope = _scope(row, facts)

    def at(day: date) -> Decimal | None:
        known = [met for unit in scope if (met := facts.met(unit, day)) is not None]
        return Decimal(sum(known)) / len(scope) if known else None

    now, start = at(facts.on), at(facts.since)
    if now is None:
        return Measuring(target, Measured(why_not="các đơn vị chưa có số liệu tiêu chí nào vào ngày này"))
    gained = (now - start).quantize(_TENTH, ROUND_HALF_UP) if start is not None else None
    measured = Measured(
        now.quantize(_TENTH, ROUND_HALF_UP),
        start.quantize(_TENTH, ROUND_HALF_UP) if start is not None else None,
        gained,
        "" if start is not None else "chưa có hiện trạng đầu kỳ để tính số tăng thêm",
        _unknown(facts, scope, facts.on),
        bool(facts.assumed & set(scope)),
    )
    return Measuring(target, measured, _history(facts, at), goal(target, measured.start))


def _under(row: PlanTarget, target: Target, facts: PlanFacts) -> Measuring:
    """Số đơn vị đạt dưới `bound` tiêu chí, of those with data."""
    scope, bound = _scope(row, facts), target.bound or 10

    def at(day: date) -> set[int] | None:
        known = {unit: met for unit in scope if (met := facts.met(unit, day)) is not None}
        return {unit for unit, met in known.items() if met < bound} if known else None

    now, start = at(facts.on), at(facts.since)
    if now is None:
        return Measuring(target, Measured(why_not="các đơn vị chưa có số liệu tiêu chí nào vào ngày này"))
    why = "" if start is not None else "chưa có hiện trạng đầu kỳ"
    measured = Measured(
        Decimal(len(now)), Decimal(len(start)) if start is not None else None, None, why,
        _unknown(facts, scope, facts.on), bool(facts.assumed & set(scope)), (), _names(facts, now),
    )  # fmt: skip
    history = _history(facts, lambda day: None if (few := at(day)) is None else Decimal(len(few)))
    return Measuring(target, measured, history, goal(target, measured.start))
