"""Nhập hàng loạt: many figures at once from a workbook, a CSV file or an official document; all or nothing of what is
given here. The face that reads the file keeps the rows it refused, with their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from ntm.domain.assessment.model import Fact
from ntm.domain.criteria.model import CriteriaSet
from ntm.records.audit import services as audit
from ntm.records.people import authority
from ntm.records.people.authority import Actor
from ntm.records.standing import bulk_rows, facts, rebuilding, registry, typing_in
from ntm.records.standing.models import Campaign, Observation, RegisteredSet
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.models.observations import Stage, State
from ntm.records.standing.refusals import Refused
from ntm.records.standing.services.recording import refuse_when_out_of_force
from ntm.records.units.models import Position

__all__ = ["ImportRow", "Imported", "import_rows"]

_Kept = tuple[int, int | None]  # kind of fact, scaled figure
_IN_ONE = 5000  # numbers in one IN (...)
_LIVING = {Stage.SELF: (State.DRAFT,), Stage.VERIFIED: (State.ACCEPTED,)}


@dataclass(frozen=True, slots=True)
class ImportRow:
    """Một số liệu trong tệp: `place` is sheet and cell, or line."""

    unit_id: int
    code: str
    fact: Fact
    typed: str
    place: str = ""
    note: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """Kết quả nhập: new rows, rows that said what was already there, and how many took an older one's place."""

    written: int
    unchanged: int
    superseded: int
    units: int


@transaction.atomic
def import_rows(
    actor: Actor, *, set_code: str, as_of: date, rows: Sequence[ImportRow], stage: Stage, source: str, file: str
) -> Imported:
    """Nhập: self-assessed figures become drafts of the office; verified ones (stage VERIFIED, by an office that may
    verify there) stand at once, with the document that states them. Refused or Denied leaves nothing written."""
    if stage not in _LIVING:
        raise Refused("Chỉ nhập hàng loạt số liệu tự đánh giá hoặc đã thẩm tra.")
    row = registry.by_code(set_code)
    criteria_set = registry.content(row)
    refuse_when_out_of_force(row, as_of)
    _refuse_twice(rows)
    unit_ids = sorted({one.unit_id for one in rows})
    _require(actor, criteria_set, rows, stage, as_of)
    _refuse_strangers(unit_ids, row, as_of)
    if stage == Stage.SELF:
        _refuse_locked(unit_ids, row, as_of)
    present = _present(row, as_of, stage, unit_ids)
    kept = _kept(rows)
    fresh = [
        (one, value)
        for one, value in zip(rows, kept, strict=True)
        if present.get((one.unit_id, one.code), (0, None))[1] != value
    ]
    superseded = [present[one.unit_id, one.code][0] for one, _ in fresh if (one.unit_id, one.code) in present]
    for first in range(0, len(superseded), _IN_ONE):
        chunk = superseded[first : first + _IN_ONE]
        Observation.objects.filter(pk__in=chunk).update(state=State.SUPERSEDED)
    _insert(actor, row, as_of, stage, fresh, present, source, timezone.now())
    if stage != Stage.SELF and fresh:
        rebuilding.refresh_units(sorted({one.unit_id for one, _ in fresh}), row, tuple(Basis))
    audit.record_bulk(
        actor=actor.stamp(),
        verb="observation.import",
        subject=row,
        unit_id=actor.unit_id,
        on=as_of,
        items=_said(fresh, as_of),
        detail={"set": set_code, "file": file, "stage": stage.label, "units": len(unit_ids)},
    )
    return Imported(len(fresh), len(rows) - len(fresh), len(superseded), len(unit_ids))


def _kept(rows: Iterable[ImportRow]) -> list[_Kept]:
    """How each fact is kept: its kind and scaled figure. Equal facts are turned once; a yes is not the figure 1."""
    known: dict[tuple[type, Fact], _Kept] = {}
    found = []
    for one in rows:
        key = (type(one.fact), one.fact)
        value = known.get(key)
        if value is None:
            kind, scaled = facts.kind_of(one.fact)
            value = known[key] = (int(kind), scaled)
        found.append(value)
    return found


def _said(fresh: Iterable[tuple[ImportRow, _Kept]], as_of: date) -> Iterator[dict[str, object]]:
    day = as_of.isoformat()
    for one, (kind, scaled) in fresh:
        yield {"unit": one.unit_id, "code": one.code, "as_of": day, "kind": kind, "scaled": scaled}


def _refuse_twice(rows: Iterable[ImportRow]) -> None:
    seen: dict[tuple[int, str], str] = {}
    for one in rows:
        key = (one.unit_id, one.code)
        if key in seen:
            raise Refused(f"Chỉ tiêu {one.code} của một đơn vị có hai lần: {seen[key]} và {one.place}. Bỏ một dòng.")
        seen[key] = one.place


def _require(actor: Actor, criteria_set: CriteriaSet, rows: Iterable[ImportRow], stage: Stage, as_of: date) -> None:
    """One question for the whole list; where the area does not cover a row, authority says its own sentence."""
    action = "observation.record" if stage == Stage.SELF else "observation.verify"
    reach = authority.reach(actor, action, on=as_of)
    charges: dict[str, str | None] = {}
    for one in rows:
        if one.code not in charges:
            _, no = typing_in.find_asked(criteria_set, one.code)
            charges[one.code] = typing_in.charge(criteria_set.code, one.code, no)
        if not reach.covers(one.unit_id, charges[one.code]):
            actor.require(action, one.unit_id, on=as_of, criterion=charges[one.code])


def _refuse_strangers(unit_ids: list[int], row: RegisteredSet, as_of: date) -> None:
    there: set[int] = set()
    for first in range(0, len(unit_ids), _IN_ONE):
        chunk = unit_ids[first : first + _IN_ONE]
        living = Position.objects.on(as_of).filter(unit_id__in=chunk, level=row.level)
        there.update(living.values_list("unit_id", flat=True))
    if len(there) != len(unit_ids):
        raise Refused(
            f"{len(unit_ids) - len(there)} đơn vị không có vào ngày {as_of:%d/%m/%Y}, hoặc không thuộc cấp của bộ “{row.name}”."
        )


def _refuse_locked(unit_ids: list[int], row: RegisteredSet, as_of: date) -> None:
    locked = Campaign.objects.filter(set=row, as_of=as_of, locked_at__isnull=False, units__unit_id__in=unit_ids).first()
    if locked:
        raise Refused(f"Đợt “{locked.title}” đã khoá số liệu ngày {as_of:%d/%m/%Y}; đề nghị {locked.office} mở lại.")


def _present(
    row: RegisteredSet, as_of: date, stage: Stage, unit_ids: list[int]
) -> dict[tuple[int, str], tuple[int, _Kept]]:
    """What stands already: id, and kind with figure."""
    found = {}
    for first in range(0, len(unit_ids), _IN_ONE):
        living = Observation.objects.filter(
            set=row, as_of=as_of, stage=stage, state__in=_LIVING[stage], unit_id__in=unit_ids[first : first + _IN_ONE]
        )
        for pk, unit, code, kind, scaled in living.values_list("pk", "unit_id", "code", "kind", "scaled"):
            found[unit, code] = (pk, (kind, scaled))
    return found


def _insert(
    actor: Actor,
    row: RegisteredSet,
    as_of: date,
    stage: Stage,
    rows: Iterable[tuple[ImportRow, _Kept]],
    present: dict[tuple[int, str], tuple[int, _Kept]],
    source: str,
    now: datetime,
) -> None:
    """All rows at once: many times faster than one model at a time."""
    columns = (
        "unit_id", "set_id", "as_of", "stage", "state", "code", "kind", "scaled", "typed", "note", "assumed",
        "source_place", "source", "recorded_by_id", "office", "recorded_at", "supersedes_id",
    )  # fmt: skip
    state = State.DRAFT if stage == Stage.SELF else State.ACCEPTED
    head = (row.pk, as_of.isoformat(), int(stage), int(state))
    tail = (source[:12], actor.user_id, actor.office_label, connection.ops.adapt_datetimefield_value(now))
    values = (
        (
            one.unit_id,
            *head,
            one.code,
            kind,
            scaled,
            one.typed[:200],
            one.note,
            one.assumed,
            one.place[:300],
            *tail,
            present[one.unit_id, one.code][0] if (one.unit_id, one.code) in present else None,
        )
        for one, (kind, scaled) in rows
    )
    bulk_rows.insert(Observation, columns, values)
