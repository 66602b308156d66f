"""Nhập bảng tính vào sổ: a trial that names every wrong cell, then the lines that are right; one entry in the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from ntm.domain.official.dates import write_date
from ntm.records.audit import services as audit
from ntm.records.people import authority
from ntm.records.people.authority import Actor, Reach
from ntm.records.registers import catalogue, rules, sheet_file
from ntm.records.registers.catalogue import Register
from ntm.records.registers.models import Entry
from ntm.records.registers.refusals import Refused
from ntm.records.registers.services.recording import hold, same_entry, signature, standing_entries
from ntm.records.registers.sheet_file import CellError, SheetLine
from ntm.records.units.models import Unit, UnitCode

__all__ = ["SheetTaken", "TakenLine", "import_sheet"]

_IN_ONE = 500  # rows in one statement


@dataclass(frozen=True, slots=True)
class TakenLine:
    """Một dòng nhận được."""

    line: int
    unit_id: int
    name: str
    start: date
    inside: str  # what the line within it says: "4 sao"


@dataclass
class SheetTaken:
    """Kết quả nhập: lines read, cells to mend, lines that are right; written only where it is no trial."""

    read: int
    dry_run: bool
    errors: list[CellError] = field(default_factory=list)
    taken: list[TakenLine] = field(default_factory=list)


@dataclass(slots=True)
class _Ready:
    line: SheetLine
    unit_id: int
    own: dict[str, Any]
    inside: dict[str, Any] | None


def import_sheet(
    actor: Actor, code: str, content: bytes, *, unit_id: int, on: date, file: str, dry_run: bool
) -> SheetTaken:
    """Nhập bảng của sổ `code`; lines without a unit code are of `unit_id`. Wrong lines are told and left out."""
    register = catalogue.of(code)
    actor.require("register.record", unit_id, on=on)
    found = sheet_file.read(register, content, file)
    made = SheetTaken(found.read, dry_run, list(found.errors))
    with transaction.atomic():
        ready = _ready(actor, register, found.lines, unit_id, on, made)
        ready = _once(register, ready, made)
        if ready and not dry_run:
            _write(actor, register, ready, on, file, unit_id)
    made.taken = [_told(register, one) for one in ready]
    made.errors.sort(key=lambda one: (one.line, one.column))
    return made


def _ready(
    actor: Actor, register: Register, lines: Sequence[SheetLine], unit_id: int, on: date, made: SheetTaken
) -> list[_Ready]:
    reach = authority.reach(actor, "register.record", on=on)
    known = _Units.of(lines, unit_id)
    inner = next(iter(catalogue.children(register)), None)
    ready = []
    for line in lines:
        wrong_in = register
        try:
            own = rules.completed(register, line.values, on)
            unit = _unit(known, reach, line, own["start"])
            inside = None
            if line.inside is not None and inner is not None:
                wrong_in = inner
                inside = rules.completed(inner, line.inside, on)
                if inside["start"] < own["start"]:
                    raise Refused(f"Ngày trước {register.by_name['start'].label} {write_date(own['start'])}.", "start")
                if own.get("end") is not None and inside["start"] >= own["end"]:
                    raise Refused(f"Ngày sau {register.by_name['end'].label} {write_date(own['end'])}.", "start")
            if len(line.source_place) > 300 or len(line.note) > 1000:
                raise Refused("Nguồn dài quá 300 chữ, hoặc ghi chú dài quá 1000 chữ.")
        except Refused as reason:
            made.errors.append(CellError(line.line, _head(register, wrong_in, reason.field), str(reason)))
            continue
        ready.append(_Ready(line, unit, own, inside))
    return ready


def _head(register: Register, of: Register, name: str) -> str:
    if name == "unit":
        return sheet_file.UNIT
    one = of.by_name.get(name)
    if one is None:
        return ""
    return one.capital if of is register else f"{of.title}: {one.label}"


@dataclass
class _Units:
    """Units by code with the days of both: two queries for the whole file."""

    codes: Mapping[str, list[tuple[int, date, date | None]]]
    own: int
    lives: tuple[date, date | None]

    @classmethod
    def of(cls, lines: Sequence[SheetLine], unit_id: int) -> _Units:
        codes: dict[str, list[tuple[int, date, date | None]]] = defaultdict(list)
        asked = sorted({line.unit_code for line in lines if line.unit_code})
        for first in range(0, len(asked), _IN_ONE):
            rows = UnitCode.objects.filter(code__in=asked[first : first + _IN_ONE])
            for code, unit, start, end in rows.values_list("code", "unit_id", "start", "end"):
                codes[code].append((unit, start, end))
        start, end = Unit.objects.values_list("start", "end").get(pk=unit_id)
        return cls(codes, unit_id, (start, end))

    def find(self, code: str, day: date) -> int | None:
        """The unit of that code on that day; the page's own without a code; None where it does not stand."""
        rows = self.codes.get(code, []) if code else [(self.own, *self.lives)]
        return next((unit for unit, start, end in rows if start <= day and (end is None or day < end)), None)


def _unit(known: _Units, reach: Reach, line: SheetLine, day: date) -> int:
    unit = known.find(line.unit_code, day)
    if unit is None:
        told = f"không có đơn vị mã “{line.unit_code[:20]}”" if line.unit_code else "chưa có hoặc không còn đơn vị này"
        raise Refused(f"Ngày {write_date(day)} {told}: ghi mã của đơn vị vào ngày đó.", "unit")
    if not reach.covers(unit):
        raise Refused(f"Chức danh này không ghi sổ của đơn vị mã “{line.unit_code[:20]}”.", "unit")
    return unit


def _once(register: Register, ready: list[_Ready], made: SheetTaken) -> list[_Ready]:
    """The same entry stands once, in the file and in the register."""
    there: set[tuple[object, ...]] = set()
    for first in range(0, len(ready), _IN_ONE):
        some = ready[first : first + _IN_ONE]
        hold(one.unit_id for one in some)
        rows = standing_entries(register, [one.unit_id for one in some], [one.own["start"] for one in some])
        there |= {same_entry(register, row.unit_id, vars(row)) for row in rows}
    lines: dict[tuple[object, ...], int] = {}
    kept = []
    for one in ready:
        key = same_entry(register, one.unit_id, one.own)
        head = register.by_name["title"].capital
        if key in there:
            made.errors.append(
                CellError(one.line.line, head, "Mục này đã có trong sổ: sửa mục đó, không nhập lần nữa.")
            )
        elif key in lines:
            made.errors.append(CellError(one.line.line, head, f"Trùng với dòng {lines[key]}: bỏ một dòng."))
        else:
            lines[key] = one.line.line
            kept.append(one)
    return kept


def _write(actor: Actor, register: Register, ready: Sequence[_Ready], on: date, file: str, unit_id: int) -> None:
    signed = signature(actor)
    rows: list[Entry] = register.model.objects.bulk_create(
        [
            register.model(
                unit_id=one.unit_id,
                **one.own,
                source_place=one.line.source_place or f"{file[:200]}, dòng {one.line.line}",
                note=one.line.note,
                **signed,
            )
            for one in ready
        ],
        batch_size=_IN_ONE,
    )
    for child in catalogue.children(register):
        child.model.objects.bulk_create(
            [
                child.model(
                    unit_id=one.unit_id,
                    **one.inside,
                    **{f"{child.parent_field}_id": row.pk},
                    source_place=row.source_place,
                    **signed,
                )
                for one, row in zip(ready, rows, strict=True)
                if one.inside is not None
            ],
            batch_size=_IN_ONE,
        )
    audit.record_bulk(
        actor=actor.stamp(),
        verb="register.import",
        subject=register.model._meta.label_lower,
        unit_id=unit_id,
        on=on,
        items=_said(register, rows),
        detail={"register": register.title, "file": file[:200]},
    )


def _said(register: Register, rows: Sequence[Entry]) -> Iterator[dict[str, object]]:
    for row in rows:
        yield {"id": row.pk, "unit": row.unit_id, "start": row.start.isoformat(), "what": register.naming(row)}


def _told(register: Register, one: _Ready) -> TakenLine:
    inside = ""
    if one.inside is not None:
        inside = f"{one.inside['stars']} sao" if register.code == "ocop" else f"{one.inside['members']} thành viên"
    return TakenLine(one.line.line, one.unit_id, str(one.own["title"]), one.own["start"], inside)
