"""Đối chiếu kế hoạch với hiện trạng: what a plan that was read promises, beside what the records say of its day.

Nothing is stored: the reading stays as it was read, and the answer is that of the records on the day asked about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ntm.domain.documents.checking import Finding, Promised, against_records, promised
from ntm.domain.documents.checking.prose import unit_key
from ntm.domain.official.dates import write_date
from ntm.records.people.authority import Actor, allows
from ntm.records.standing import drawing, registry
from ntm.records.standing.models import CriterionStanding, RegisteredSet
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.standing.queries import area, sets
from ntm.records.units import queries as units
from ntm.records.units.models import UnitName
from ntm.records.units.queries import UnitLabel

__all__ = ["Compared", "compare", "for_reader"]

_MOST_GONE = 20  # names that are no more, followed to what became of them
_KNOWN = (OutcomeCode.MET, OutcomeCode.NOT_MET)


@dataclass(frozen=True)
class Compared:
    """Kết quả đối chiếu: the findings, and which figures of which day they rest on."""

    findings: tuple[Finding, ...]
    on: date
    set: RegisteredSet | None  # None: no set of the plan's kind is in force here that day
    basis: Basis
    with_data: int  # units of the area that have outcomes under that set

    @property
    def rests_on(self) -> str:
        """Một câu: which figures were asked."""
        day = write_date(self.on)
        if self.set is None:
            return f"Đến ngày {day} hồ sơ không có bộ tiêu chí cùng loại với bộ mà văn bản theo; chỉ so tên đơn vị."
        if not self.with_data:
            return f"Đến ngày {day} chưa có số liệu của đơn vị nào trong địa bàn theo bộ “{self.set.name}”; chỉ so tên đơn vị."
        said = "số đã thẩm tra" if self.basis == Basis.CONFIRMED else "số tự đánh giá, chưa đơn vị nào được thẩm tra"
        return f"So với hiện trạng đến ngày {day} ({said} của {self.with_data} đơn vị) theo bộ “{self.set.name}”."


def for_reader(
    actor: Actor, content: Mapping[str, Any], unit_id: int | None, day: date, *, on: date
) -> Compared | None:
    """Đối chiếu cho người xem; None where the document has no unit, or the office may not read that standing."""
    if unit_id is None or not allows(actor, "standing.read", unit_id, on=on):
        return None
    return compare(content, unit_id, day)


def compare(content: Mapping[str, Any], unit_id: int, day: date) -> Compared:
    """Đối chiếu bản đọc (JSON) của một địa bàn với hồ sơ vào ngày đó: some fifteen queries, whatever the number of units."""
    plan = promised(content)
    upper = units.label(unit_id, day)
    row = _set_of(plan, upper, day)
    level = row.level if row else "xa"
    ids = list(area.positions(unit_id, upper.level, level, day).order_by("unit_id").values_list("unit_id", flat=True))
    labels = units.labels(ids, day)
    by_name: dict[str, list[int]] = defaultdict(list)
    for one in ids:
        by_name[unit_key(labels[one].name)].append(one)
    outcomes, basis = _outcomes(ids, row, day) if row else ({}, Basis.CONFIRMED)

    def outcome(name: str, no: int) -> str | None:
        found = by_name.get(unit_key(name), [])
        return outcomes.get((found[0], no)) if len(found) == 1 else None  # two of one name: nobody knows which

    gone = _gone(plan, upper, day)
    findings = against_records(plan, outcome, lambda name: gone.get(unit_key(name)))
    return Compared(findings, day, row, basis, len({one for one, _no in outcomes}))


def _set_of(plan: Promised, upper: UnitLabel, day: date) -> RegisteredSet | None:
    """Bộ mà số liệu ở đó theo: the plan's own set, or one that counts its criteria alike (it extends it, or is extended)."""
    own = RegisteredSet.objects.filter(code=plan.set_code, current=True).first() if plan.set_code else None
    if own is None:
        return None
    rows = sets.in_force(own.level, day, units.province_code(upper.id, day))
    base = registry.content(own).extends
    alike = [one for one in rows if own.code in (one.code, registry.content(one).extends) or one.code == base]
    return sets.usual_in_area(upper.id, upper.level, alike, day)


def _outcomes(ids: list[int], row: RegisteredSet, day: date) -> tuple[dict[tuple[int, int], str], Basis]:
    """Kết quả đã thẩm tra; where nothing at all was verified, the offices' own word."""
    rows = CriterionStanding.objects.filter(area.in_force(day), unit_id__in=ids, set=row)
    found: dict[int, dict[tuple[int, int], str]] = {Basis.CONFIRMED: {}, Basis.SELF: {}}
    known: set[int] = set()
    for unit, basis, no, outcome in rows.values_list("unit_id", "basis", "no", "outcome"):
        found[basis][unit, no] = drawing.OUTCOME_OF[outcome].value
        if outcome in _KNOWN:
            known.add(basis)
    basis = Basis.CONFIRMED if Basis.CONFIRMED in known or Basis.SELF not in known else Basis.SELF
    return found[basis], basis


def _gone(plan: Promised, upper: UnitLabel, day: date) -> dict[str, str]:
    """Tên xã trong văn bản mà hồ sơ biết vào ngày khác, trong chính địa bàn này: name -> what became of it."""
    wanted = {unit_key(one.name) for one in plan.units if one.level == "xa"}
    if upper.level not in area.ANCESTOR or not wanted:
        return {}
    names = UnitName.objects.filter(
        unit__level="xa", **{f"unit__positions__{area.ANCESTOR[upper.level]}_id": upper.id}
    ).distinct()
    rows = list(names.order_by("start", "pk").values_list("unit_id", "name", "start", "end"))
    stands = {unit_key(name) for _unit, name, start, end in rows if start <= day and (end is None or day < end)}
    told: dict[str, tuple[int, date, date | None]] = {}
    for unit, name, start, end in rows:
        key = unit_key(name)
        if key in wanted and key not in stands:
            told[key] = (unit, start, end)
    if not told:
        return {}
    labels = units.labels({unit for unit, _start, _end in told.values()}, day)
    return {key: _words(labels[one[0]], *one[1:], day) for key, one in list(told.items())[:_MOST_GONE]}


def _words(unit: UnitLabel, start: date, end: date | None, day: date) -> str:
    """Đơn vị ấy vào ngày đó: another name, another unit, or not yet."""
    if start > day:
        return f"tên này có từ ngày {write_date(start)}"
    assert end is not None  # it no longer stands: else it would not be asked
    if unit.living:
        return f"từ ngày {write_date(end)} là {unit.title}"
    heirs = [one.title for one in units.became(unit.id, start, day) if one.id != unit.id]
    return f"đã kết thúc ngày {write_date(end)}" + (f", nay thuộc {', '.join(heirs)}" if heirs else "")
