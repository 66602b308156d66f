"""Xem trước việc mang số liệu sang đơn vị kế thừa: what each former unit has, what a rule would carry, and why not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from ntm.domain.assessment.merging import Merged, Rule, Share, merged, merged_criterion
from ntm.domain.assessment.model import Fact, Nothing
from ntm.domain.criteria.model import Indicator, TitleCondition
from ntm.domain.official.numbers import write_number
from ntm.records.standing import facts, registry
from ntm.records.standing.models import CriterionStanding, Observation, RegisteredSet
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.standing.models.observations import State
from ntm.records.standing.queries.area import in_force
from ntm.records.standing.queries.checks import leaves
from ntm.records.standing.refusals import Refused
from ntm.records.units import queries as units
from ntm.records.units.models import Change, Succession
from ntm.records.units.queries import UnitLabel

__all__ = [
    "Carrying",
    "CarryingLine",
    "Origins",
    "Rule",
    "Weights",
    "carried_now",
    "formed_by_merging",
    "in_words",
    "origins",
    "preview",
]

_TOLD = (State.SENT, State.ACCEPTED)


@dataclass(frozen=True)
class Weights:
    """Trọng số do cơ quan nêu: of what ("số hộ"), and each former unit's, by its id."""

    of: str
    by_unit: Mapping[int, Decimal]


@dataclass(frozen=True)
class Origins:
    """Các đơn vị cũ và lần sắp xếp: the day, the decision, and what hinders carrying at all ("" for nothing)."""

    change: Change
    units: tuple[UnitLabel, ...]
    hindrance: str = ""

    @property
    def on(self) -> date:
        return self.change.on


@dataclass(frozen=True)
class CarryingLine:
    """Một chỉ tiêu (or the stated conclusion of a criterion): the former units' figures, in their order, and the outcome."""

    code: str
    text: str
    measure: str
    had: tuple[Observation | None, ...]
    fact: Fact | None  # what would be carried; None: nothing
    why: str
    sources: tuple[Observation, ...] = ()


@dataclass(frozen=True)
class Carrying:
    """Bảng xem trước."""

    unit: UnitLabel
    row: RegisteredSet
    origins: Origins
    rule: Rule
    lines: tuple[CarryingLine, ...] = field(default=())

    @property
    def taken(self) -> list[CarryingLine]:
        return [line for line in self.lines if line.fact is not None]


def in_words(fact: Fact) -> str:
    """Như người nhập sẽ gõ."""
    if isinstance(fact, Nothing):
        return "không xét" if fact is Nothing.NOT_CONSIDERED else ""
    if isinstance(fact, bool):
        return "đạt" if fact else "chưa đạt"
    return write_number(fact)


def formed_by_merging(unit_id: int, on: date) -> bool:
    """Đơn vị này có đơn vị cũ nào không, by that day?"""
    return Succession.objects.filter(successor_id=unit_id, change__on__lte=on, change__undone_on=None).exists()


def origins(unit_id: int, on: date) -> Origins:
    """The former units of the last reform by that day, the unit itself among them where it stood before."""
    rows = list(
        Succession.objects.filter(successor_id=unit_id, change__on__lte=on, change__undone_on=None)
        .select_related("change")
        .order_by("-change__on", "-change_id", "predecessor_id")
    )
    if not rows:
        raise Refused("Đơn vị này không do sắp xếp mà thành: không có số liệu của đơn vị cũ để mang sang.")
    change = rows[0].change
    of_change = [row for row in rows if row.change_id == change.pk]
    eve = change.on - timedelta(days=1)
    ids = [row.predecessor_id for row in of_change]
    if units.lives(unit_id, eve):
        ids.insert(0, unit_id)
    labels = units.labels(ids, eve)
    return Origins(change, tuple(labels[one] for one in ids), _hindrance(change, of_change, labels))


def _hindrance(change: Change, rows: Sequence[Succession], labels: Mapping[int, UnitLabel]) -> str:
    if not change.known:
        return (
            f"Lần sắp xếp này {change.when}. Ghi ngày và quyết định ở trang “Thay đổi đơn vị”, rồi mang số liệu sang."
        )
    ids = [row.predecessor_id for row in rows]
    shared = (
        Succession.objects.filter(predecessor_id__in=ids, change_id=change.pk)
        .exclude(successor_id=rows[0].successor_id)
        .order_by("predecessor_id")
        .values_list("predecessor_id", flat=True)
    )
    parted = {*shared, *(row.predecessor_id for row in rows if not row.main)}
    if parted:
        names = ", ".join(labels[one].title for one in sorted(parted))
        return f"Chỉ một phần của {names} thuộc đơn vị này; số liệu của cả đơn vị cũ không nói về một phần."
    return ""


def sets_told(found: Origins) -> list[RegisteredSet]:
    """Bộ tiêu chí mà các đơn vị cũ đã có số liệu theo, in force on the day of the reform."""
    rows = Observation.objects.filter(
        unit_id__in=[one.id for one in found.units], as_of__lt=found.on, state__in=_TOLD
    ).values_list("set_id", flat=True)
    sets = RegisteredSet.objects.filter(pk__in=set(rows)).order_by("-start", "code")
    return [one for one in sets if (not one.start or one.start <= found.on) and (not one.end or found.on < one.end)]


def preview(
    unit_id: int,
    row: RegisteredSet,
    on: date,
    *,
    rule: Rule,
    weights: Weights | None = None,
    codes: Collection[str] | None = None,
) -> Carrying:
    """Từng chỉ tiêu: what there was, what would be carried, why not. Nothing is written."""
    found = origins(unit_id, on)
    ids = [one.id for one in found.units]
    eve = found.on - timedelta(days=1)
    had = _latest(ids, row, eve)
    own = _own_codes(unit_id, row, found.on)
    lines = []
    for code, text, measure, judged in _judged(row, found, rule, weights, had, eve):
        there = tuple(had.get((one, code)) for one in ids)
        if codes is not None and code not in codes:
            judged = Merged(None, "không chọn")
        if judged.fact is not None and code in own:
            judged = Merged(None, "đơn vị mới đã có số liệu của mình")
        if judged.fact is not None and found.hindrance:
            judged = Merged(None, found.hindrance)
        sources = tuple(one for one in there if one) if judged.fact is not None else ()
        lines.append(CarryingLine(code, text, measure, there, judged.fact, judged.why, sources))
    return Carrying(units.label(unit_id, max(on, found.on)), row, found, rule, tuple(lines))


def _judged(
    row: RegisteredSet,
    found: Origins,
    rule: Rule,
    weights: Weights | None,
    had: Mapping[tuple[int, str], Observation],
    eve: date,
) -> Iterator[tuple[str, str, str, Merged]]:
    content = registry.content(row)
    met = _met(found, row, eve) if rule is Rule.ALL_MEET else {}
    told = {code for _, code in had}
    single = Merged(None, f"có {len(found.units)} đơn vị cũ: không lấy nguyên của đơn vị nào")
    for criterion in content.criteria:
        words = [one for _, one in leaves(criterion.indicators) if not one.parts and _asked_on(one, found.on)]
        stated = f"TC{criterion.no}"
        yield_stated = stated in told or (rule is Rule.ALL_MEET and not _all_in_words(words))
        if yield_stated:
            shares = [(one.title, (one.id, criterion.no) in met) for one in found.units]
            judged = merged_criterion(shares) if rule is Rule.ALL_MEET else _plain(rule, found, had, stated, single)
            yield stated, criterion.name, "", judged
        for one in words:
            shares_of = _shares(found, had, one.code, weights)
            whole = rule is Rule.WHOLE and len(found.units) > 1
            judged = single if whole else merged(rule, one, shares_of)
            yield one.code, one.text_at(found.on), one.measure or "", judged
    for condition in content.title_rule.conditions:
        if condition.code in told:
            yield (
                condition.code,
                condition.text,
                condition.measure or "",
                _plain(rule, found, had, condition.code, single, condition),
            )


def _all_in_words(indicators: Sequence[Indicator]) -> bool:
    return bool(indicators) and all(one.is_judged_in_words for one in indicators)


def _asked_on(one: Indicator, on: date) -> bool:
    return not ((one.start and on < one.start) or (one.end and on >= one.end))


def _plain(
    rule: Rule,
    found: Origins,
    had: Mapping[tuple[int, str], Observation],
    code: str,
    single: Merged,
    condition: TitleCondition | None = None,
) -> Merged:
    """A stated conclusion or a title's condition: taken whole or not at all."""
    if rule is not Rule.WHOLE:
        what = (
            "điều kiện danh hiệu xét lại cho đơn vị mới" if condition else "kết luận chung không cộng, không bình quân"
        )
        return Merged(None, what)
    if len(found.units) > 1:
        return single
    row = had.get((found.units[0].id, code))
    name = found.units[0].title
    if row is None:
        return Merged(None, f"{name} chưa có số liệu")
    return Merged(facts.fact_of(row.kind, row.value), f"lấy nguyên của {name}")


def _shares(
    found: Origins, had: Mapping[tuple[int, str], Observation], code: str, weights: Weights | None
) -> list[Share]:
    made = []
    for one in found.units:
        row = had.get((one.id, code))
        weight = weights.by_unit.get(one.id) if weights else None
        made.append(Share(one.title, facts.fact_of(row.kind, row.value) if row else None, weight))
    return made


def _latest(ids: list[int], row: RegisteredSet, eve: date) -> dict[tuple[int, str], Observation]:
    """The last word of each former unit on the eve, the later stage prevailing."""
    rows = Observation.objects.filter(unit_id__in=ids, set=row, as_of__lte=eve, state__in=_TOLD)
    return {(one.unit_id, one.code): one for one in rows.order_by("as_of", "stage")}


def _own_codes(unit_id: int, row: RegisteredSet, day: date) -> set[str]:
    rows = Observation.objects.filter(unit_id=unit_id, set=row, as_of__gte=day)
    return set(rows.exclude(state__in=(State.SUPERSEDED, State.DRAFT)).values_list("code", flat=True))


def _met(found: Origins, row: RegisteredSet, eve: date) -> set[tuple[int, int]]:
    """Which former unit met which criterion, by its own word and what was verified."""
    rows = CriterionStanding.objects.filter(
        in_force(eve), unit_id__in=[one.id for one in found.units], set=row, basis=Basis.SELF, outcome=OutcomeCode.MET
    )
    return set(rows.values_list("unit_id", "no"))


def carried_now(unit_id: int, row: RegisteredSet | None = None) -> dict[str, list[Observation]]:
    """Số liệu đang đứng nhờ mang sang, by set: what can be taken back."""
    rows = Observation.objects.filter(unit_id=unit_id, carried_from__isnull=False, state__in=_TOLD)
    if row is not None:
        rows = rows.filter(set=row)
    made: dict[str, list[Observation]] = defaultdict(list)
    for one in rows.select_related("set").order_by("set__code", "code", "pk").distinct():
        made[one.set.code].append(one)
    return dict(made)
