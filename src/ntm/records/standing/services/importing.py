"""Nhập hàng loạt: many figures at once from a workbook, a CSV file or an official document; all or nothing of what is
given here. The face that reads the file keeps the rows it refused, with their places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from ntm.domain.assessment.model import Fact
from ntm.domain.criteria.model import CriteriaSet
from ntm.records.audit import services as audit
from ntm.records.people import authority
from ntm.records.people.authority import Actor
from ntm.records.standing import facts, rebuilding, registry, typing_in
from ntm.records.standing.models import Campaign, Observation, RegisteredSet
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.models.observations import Stage, State
from ntm.records.standing.refusals import Refused
from ntm.records.standing.services.recording import refuse_when_out_of_force
from ntm.records.units.models import Position

__all__ = ["ImportRow", "Imported", "import_rows"]

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
    fresh = [one for one in rows if present.get((one.unit_id, one.code), (0, None))[1] != facts.kind_of(one.fact)]
    superseded = [present[one.unit_id, one.code][0] for one in fresh if (one.unit_id, one.code) in present]
    for first in range(0, len(superseded), _IN_ONE):
        chunk = superseded[first : first + _IN_ONE]
        Observation.objects.filter(pk__in=chunk).update(state=State.SUPERSEDED)
    _insert(actor, row, as_of, stage, fresh, present, source, timezone.now())
    if stage != Stage.SELF and fresh:
        rebuilding.refresh_units(sorted({one.unit_id for one in fresh}), row, tuple(Basis))
    audit.record_bulk(
        actor=actor.stamp(),
        verb="observation.import",
        subject=row,
        unit_id=actor.unit_id,
        on=as_of,
        items=(_said(one, as_of) for one in fresh),
        detail={"set": set_code, "file": file, "stage": stage.label, "units": len(unit_ids)},
    )
    return Imported(len(fresh), len(rows) - len(fresh), len(superseded), len(unit_ids))


def _said(one: ImportRow, as_of: date) -> dict[str, object]:
    kind, scaled = facts.kind_of(one.fact)
    return {"unit": one.unit_id, "code": one.code, "as_of": as_of.isoformat(), "kind": int(kind), "scaled": scaled}


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
) -> dict[tuple[int, str], tuple[int, tuple[int, int | None]]]:
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
    rows: Sequence[ImportRow],
    present: dict[tuple[int, str], tuple[int, tuple[int, int | None]]],
    source: str,
    now: datetime,
) -> None:
    """One prepared statement for all rows: many times faster than one model at a time."""
    columns = (
        "unit_id", "set_id", "code", "as_of", "stage", "state", "kind", "scaled", "typed", "note", "assumed",
        "source", "source_place", "recorded_by_id", "office", "recorded_at", "supersedes_id",
    )  # fmt: skip
    state = State.DRAFT if stage == Stage.SELF else State.ACCEPTED
    adapt = connection.ops.adapt_datetimefield_value
    at, day = adapt(now), connection.ops.adapt_datefield_value(as_of)
    kept: dict[Fact, tuple[int, int | None]] = defaultdict()
    values = []
    for one in rows:
        key = one.fact
        if type(key) is bool or key not in kept:  # True == 1: a yes and the figure 1 must not share a place
            kind, scaled = facts.kind_of(key)
            if type(key) is not bool:
                kept[key] = (int(kind), scaled)
        else:
            kind, scaled = kept[key]
        before = present.get((one.unit_id, one.code))
        values.append(
            (
                one.unit_id,
                row.pk,
                one.code,
                day,
                int(stage),
                int(state),
                int(kind),
                scaled,
                one.typed[:200],
                one.note,
                one.assumed,
                source[:12],
                one.place[:300],
                actor.user_id,
                actor.office_label,
                at,
                before[0] if before else None,
            )
        )
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    table = connection.ops.quote_name(Observation._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608 - own names only
