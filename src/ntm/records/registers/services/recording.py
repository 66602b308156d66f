"""Ghi, sửa, rút một mục: a correction is a new row that stands in the older one's place; nothing is removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ntm.domain.official.dates import write_date
from ntm.domain.official.text import tone_key
from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.planning.models import Occurrence, PlanTarget
from ntm.records.registers import catalogue, rules
from ntm.records.registers import values as typed
from ntm.records.registers.catalogue import Register
from ntm.records.registers.models import Entry, EntrySet
from ntm.records.registers.refusals import NoSuchEntry, Refused
from ntm.records.units import queries as units
from ntm.records.units.models import Unit

__all__ = ["correct", "hold", "record", "same_entry", "signature", "standing_entries", "withdraw"]

_SAID = ("source_place", "assumed", "note")
_LONGEST = {"source_place": 300, "note": 1000}


@transaction.atomic
def record(
    actor: Actor,
    code: str,
    *,
    unit_id: int,
    values: Mapping[str, Any],
    on: date,
    parent_id: int | None = None,
    target_id: int | None = None,
    occurrence_id: int | None = None,
    source_place: str = "",
    assumed: bool = False,
    note: str = "",
) -> Entry:
    """Ghi một mục vào sổ `code` của đơn vị. `parent_id`: the product or the cooperative that a line within it is of."""
    register = catalogue.of(code)
    actor.require("register.record", unit_id, on=on)
    found = rules.completed(register, values, on)
    _refuse_when_not_living(unit_id, found["start"])
    placed = _placed(register, unit_id, found, parent_id)
    _refuse_twice(register, unit_id, found | placed)
    served = _served(unit_id, on, target_id, occurrence_id)
    said = _words({"source_place": source_place, "assumed": assumed, "note": note})
    entry = register.model.objects.create(unit_id=unit_id, **found, **placed, **served, **said, **signature(actor))
    _log(actor, "register.record", register, entry, on)
    return entry


@transaction.atomic
def correct(
    actor: Actor, code: str, entry_id: int, *, values: Mapping[str, Any], reason: str, on: date, **said: Any
) -> Entry:
    """Sửa một mục: only what changes is given; `said` may hold source_place, assumed, note, target_id, occurrence_id."""
    register, older = _current(code, entry_id)
    actor.require("register.record", older.unit_id, on=on)
    if not reason.strip():
        raise Refused("Ghi lý do sửa.", "reason")
    before = {name: getattr(older, name) for name in register.names}
    found = rules.completed(register, rules.corrected(register, before, values), on)
    _refuse_when_not_living(older.unit_id, found["start"])
    own = {register.parent_field + "_id": _parent_id(register, older)} if register.parent else {}
    if register.parent:
        _refuse_before_parent(register, own[register.parent_field + "_id"], found["start"])
    _refuse_outside(register, older.key, found)
    _refuse_twice(register, older.unit_id, found | own, without=older.key)
    served = _served(
        older.unit_id,
        on,
        said.get("target_id", older.target_id),
        said.get("occurrence_id", older.occurrence_id),
        kept=(older.target_id, older.occurrence_id),
    )
    words = _words({name: said.get(name, getattr(older, name)) for name in _SAID})
    same = all(getattr(older, name) == value for name, value in (found | served | words).items())
    if same:
        raise Refused("Chưa sửa gì: mọi ô vẫn như cũ.")
    older.current = False
    older.save(update_fields=["current"])
    entry = register.model.objects.create(
        unit_id=older.unit_id,
        **found,
        **own,
        **served,
        **words,
        **signature(actor),
        first_id=older.key,
        replaces=older,
        reason=reason.strip()[:500],
    )
    changed = [one.label for one in register.fields if getattr(entry, one.name) != getattr(older, one.name)]
    _log(actor, "register.correct", register, entry, on, reason=entry.reason, changed=changed)
    return entry


@transaction.atomic
def withdraw(actor: Actor, code: str, entry_id: int, *, reason: str, on: date) -> Entry:
    """Rút một mục ghi nhầm: it stays in the register's history, and counts no more. What is inside it goes first."""
    register, entry = _current(code, entry_id)
    actor.require("register.record", entry.unit_id, on=on)
    if not reason.strip():
        raise Refused("Ghi lý do rút mục này.", "reason")
    for child in catalogue.children(register):
        inside = child.model.objects.current().filter(**{child.parent_field: entry.key}).count()
        if inside:
            raise Refused(f"Mục này còn {inside} dòng “{child.title}”: rút các dòng đó trước.")
    entry.current = False
    entry.withdrawn_on = on
    entry.withdrawn_at = timezone.now()
    entry.withdrawn_by_id = actor.user_id
    entry.withdrawn_office = actor.office_label
    entry.withdrawn_reason = reason.strip()[:500]
    entry.save(
        update_fields=[
            "current",
            "withdrawn_on",
            "withdrawn_at",
            "withdrawn_by",
            "withdrawn_office",
            "withdrawn_reason",
        ]
    )
    _log(actor, "register.withdraw", register, entry, on, reason=entry.withdrawn_reason)
    return entry


def signature(actor: Actor) -> dict[str, Any]:
    """Who writes, in which office, now."""
    return {"recorded_by_id": actor.user_id, "office": actor.office_label, "at": timezone.now()}


def _current(code: str, entry_id: int) -> tuple[Register, Entry]:
    register = catalogue.of(code)
    entry = register.model.objects.select_for_update(of=("self",)).filter(pk=entry_id).first()
    if entry is None:
        raise NoSuchEntry(f"Không có mục này trong sổ {register.title}.")
    if not entry.current:
        told = f"đã rút ngày {write_date(entry.withdrawn_on)}" if entry.withdrawn_on else "đã được sửa bằng mục mới"
        raise Refused(f"Mục này {told}: mở lại danh sách để làm trên mục còn giá trị.")
    return register, entry


def _refuse_when_not_living(unit_id: int, start: date) -> None:
    if not units.lives(unit_id, start):
        raise Refused(
            f"Ngày {write_date(start)} chưa có hoặc không còn {units.label(unit_id, start).title}: ghi vào đơn vị của ngày đó.",
            "start",
        )


def _placed(register: Register, unit_id: int, found: Mapping[str, Any], parent_id: int | None) -> dict[str, Any]:
    """The entry that a line within it belongs to, by its identity."""
    if not register.parent:
        if parent_id is not None:
            raise Refused(f"Sổ {register.title} không ghi trong mục khác.")
        return {}
    above = catalogue.of(register.parent)
    parent = above.model.objects.filter(pk=parent_id).first()
    if parent is None or parent.unit_id != unit_id:
        raise Refused(f"Chọn mục của sổ {above.title} mà dòng này thuộc về.")
    _refuse_before_parent(register, parent.key, found["start"])
    return {f"{register.parent_field}_id": parent.key}


def _refuse_before_parent(register: Register, parent_key: int, start: date) -> None:
    above = catalogue.of(register.parent)
    now = _now(above, parent_key)
    if now is None:
        raise Refused(f"Mục này của sổ {above.title} đã rút: không ghi thêm được.")
    if start < now.start:
        raise Refused(
            f"{register.by_name['start'].capital} {write_date(start)} trước {above.by_name['start'].label} "
            f"{write_date(now.start)} của “{above.naming(now)}”.",
            "start",
        )
    end = getattr(now, "end", None)
    if end is not None and start >= end:
        raise Refused(f"“{above.naming(now)}” đã giải thể từ ngày {write_date(end)}.", "start")


def _refuse_outside(register: Register, key: int, found: Mapping[str, Any]) -> None:
    """The lines inside an entry stay within its days when it is corrected."""
    for child in catalogue.children(register):
        days = child.model.objects.current().filter(**{child.parent_field: key})
        first, last = days.order_by("start").first(), days.order_by("-start").first()
        if first is not None and first.start < found["start"]:
            raise Refused(
                f"Mục này có dòng “{child.title}” từ ngày {write_date(first.start)}: sửa dòng đó trước.", "start"
            )
        if last is not None and found.get("end") is not None and last.start >= found["end"]:
            raise Refused(f"Mục này có dòng “{child.title}” ngày {write_date(last.start)}: sửa dòng đó trước.", "end")


def hold(unit_ids: Iterable[int]) -> None:
    """One writer at a time in the registers of these units: two of them do not record the same thing twice."""
    list(Unit.objects.select_for_update(no_key=True).filter(pk__in=set(unit_ids)).order_by("pk").values_list("pk"))


def _now(register: Register, key: int) -> Entry | None:
    rows = register.model.objects.current()
    return rows.filter(pk=key).first() or rows.filter(first_id=key).first()


def _parent_id(register: Register, entry: Entry) -> int:
    return int(getattr(entry, f"{register.parent_field}_id"))


def same_entry(register: Register, unit_id: int, found: Mapping[str, Any]) -> tuple[object, ...]:
    """What makes two entries the same: unit, name and day; of a product its name and maker, whatever the day."""
    if register.parent:
        return found[f"{register.parent_field}_id"], found["start"]
    title = tone_key(found["title"])
    if register.code == "ocop":
        return unit_id, title, tone_key(found["owner"])
    return unit_id, title, found["start"], found.get("kind") or ""


def standing_entries(register: Register, unit_ids: Iterable[int], starts: Iterable[date]) -> EntrySet:
    """The rows among which the same entry would stand."""
    rows = register.model.objects.current().filter(unit_id__in=set(unit_ids)).order_by("pk")
    return rows if register.code == "ocop" else rows.filter(start__in=set(starts))


def _refuse_twice(register: Register, unit_id: int, found: Mapping[str, Any], without: int | None = None) -> None:
    hold([unit_id])
    asked = same_entry(register, unit_id, found)
    for there in standing_entries(register, [unit_id], [found["start"]]):
        if there.key != without and same_entry(register, unit_id, vars(there)) == asked:
            raise Refused(
                f"Sổ {register.title} của đơn vị này đã có “{register.naming(there)}”, "
                f"{register.by_name['start'].label} {write_date(there.start)}: sửa mục đó, không ghi lần nữa."
            )


def _served(
    unit_id: int,
    on: date,
    target_id: int | None,
    occurrence_id: int | None,
    kept: tuple[int | None, int | None] = (None, None),
) -> dict[str, Any]:
    """The target and the task of a plan of this unit, or of one above it, that the entry serves."""
    mine: tuple[int, ...] = ()
    if (target_id, occurrence_id) != kept:
        mine = (unit_id, *units.ancestor_ids(unit_id, on))
    targets = PlanTarget.objects.filter(pk=target_id, plan__unit_id__in=mine)
    if target_id not in (None, kept[0]) and not targets.exists():
        raise Refused("Chỉ tiêu được chọn không thuộc kế hoạch của đơn vị này hay cấp trên của nó.", "target")
    occurrences = Occurrence.objects.filter(pk=occurrence_id, task__unit_id__in=mine, whole=None)
    if occurrence_id not in (None, kept[1]) and not occurrences.exists():
        raise Refused("Nhiệm vụ được chọn không do đơn vị này hay cấp trên của nó giao.", "occurrence")
    return {"target_id": target_id, "occurrence_id": occurrence_id}


def _words(said: dict[str, Any]) -> dict[str, Any]:
    for name, longest in _LONGEST.items():
        said[name] = str(said[name]).strip()
        if len(said[name]) > longest:
            raise Refused(f"Ghi chú, nguồn dài quá {longest} chữ.", name)
    return said


def _log(actor: Actor, verb: str, register: Register, entry: Entry, on: date, **more: Any) -> None:
    detail = {"register": register.title, "what": _called(register, entry), "day": entry.start.isoformat()}
    audit.record(actor=actor.stamp(), verb=verb, subject=entry, unit_id=entry.unit_id, on=on, detail=detail | more)


def _called(register: Register, entry: Entry) -> str:
    if not register.parent:
        return typed.write(register.by_name["title"], getattr(entry, "title", ""))
    above = catalogue.of(register.parent)
    parent = _now(above, _parent_id(register, entry))
    return above.naming(parent) if parent else ""
