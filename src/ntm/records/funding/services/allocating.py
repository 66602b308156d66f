"""Phân bổ: decisions that give money down, change it, move it, carry it over or take it back; entries of signed amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from ntm.domain.official.money import write_amount
from ntm.records.archive import services as archive
from ntm.records.archive.models import FileUse, Purpose
from ntm.records.audit import services as audit
from ntm.records.funding import rules
from ntm.records.funding.models import Act, AllocationDecision, AllocationEntry
from ntm.records.funding.refusals import Refused
from ntm.records.funding.rules import Cell
from ntm.records.people.authority import Actor
from ntm.records.units import queries as units

__all__ = ["Decided", "Line", "Shift", "adjust", "allocate", "carry_over", "recover", "transfer"]


@dataclass(frozen=True, slots=True)
class Decided:
    """Quyết định: giver is the unit whose money or whose quota it is; None: from above the records.

    signed: the signed file, its name and content; kept in the archive for the giver and for every unit of a line.
    """

    number: str
    issued_on: date
    issuer: str
    giver_id: int | None = None
    document_id: int | None = None
    note: str = ""
    signed: tuple[str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng của quyết định."""

    unit_id: int
    source: str
    kind: str
    amount: int
    works_id: int | None = None
    criterion_no: int | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """Điều chuyển: from one unit and works to another, the same source and kind."""

    source: str
    kind: str
    amount: int
    from_unit: int
    to_unit: int
    from_works: int | None = None
    to_works: int | None = None


@dataclass(frozen=True, slots=True)
class _Move:
    line: int
    of: Line
    year: int


@transaction.atomic
def allocate(actor: Actor, decided: Decided, *, year: int, lines: Sequence[Line]) -> AllocationDecision:
    """Phân bổ: what the giver holds goes down by what it gives on; its own budget needs no receipt before."""
    for line in lines:
        rules.check_amount(line.amount)
    return _given(actor, decided, Act.ALLOCATE, year, lines)


@transaction.atomic
def adjust(actor: Actor, decided: Decided, *, year: int, lines: Sequence[Line]) -> AllocationDecision:
    """Điều chỉnh: amounts are signed; what is taken goes back to the giver, what is added comes from it."""
    for line in lines:
        rules.check_amount(abs(line.amount))
    return _given(actor, decided, Act.ADJUST, year, lines)


@transaction.atomic
def recover(actor: Actor, decided: Decided, *, year: int, lines: Sequence[Line]) -> AllocationDecision:
    """Thu hồi: amounts as positive; only what is not spent can be taken back."""
    for line in lines:
        rules.check_amount(line.amount)
    return _given(actor, decided, Act.RECOVER, year, [replace(line, amount=-line.amount) for line in lines])


@transaction.atomic
def transfer(actor: Actor, decided: Decided, *, year: int, shifts: Sequence[Shift]) -> AllocationDecision:
    """Điều chuyển, and phân khai chi tiết: between units, or within one from undetailed to works."""
    moves = []
    for number, shift in enumerate(shifts, start=1):
        rules.check_amount(shift.amount)
        if (shift.from_unit, shift.from_works) == (shift.to_unit, shift.to_works):
            raise Refused(f"Dòng {number}: điều chuyển phải sang đơn vị hoặc công trình khác.")
        away = Line(shift.from_unit, shift.source, shift.kind, -shift.amount, shift.from_works)
        to = Line(shift.to_unit, shift.source, shift.kind, shift.amount, shift.to_works)
        moves += [_Move(number, away, year), _Move(number, to, year)]
    return _post(actor, decided, Act.TRANSFER, moves)


@transaction.atomic
def carry_over(actor: Actor, decided: Decided, *, year: int, lines: Sequence[Line]) -> AllocationDecision:
    """Chuyển nguồn sang năm sau: what is left of the year, of the same source."""
    moves = []
    for number, line in enumerate(lines, start=1):
        rules.check_amount(line.amount)
        moves += [_Move(number, replace(line, amount=-line.amount), year), _Move(number, line, year + 1)]
    return _post(actor, decided, Act.CARRY_OVER, moves)


def _given(actor: Actor, decided: Decided, act: Act, year: int, lines: Sequence[Line]) -> AllocationDecision:
    moves = []
    level = units.get(decided.giver_id).level if decided.giver_id is not None else None
    for number, line in enumerate(lines, start=1):
        moves.append(_Move(number, line, year))
        if decided.giver_id is None or not _from_quota(decided.giver_id, level, line, year, number):
            continue
        if decided.giver_id == line.unit_id:
            raise Refused(
                f"Dòng {number}: vốn đã giao cho đơn vị này rồi; phân khai cho công trình bằng quyết định điều chuyển."
            )
        moves.append(_Move(number, replace(line, unit_id=decided.giver_id, works_id=None, amount=-line.amount), year))
    return _post(actor, decided, act, moves)


def _from_quota(giver_id: int, level: str | None, line: Line, year: int, number: int) -> bool:
    """Was the giver itself given this money? Else it must be its own budget."""
    source = rules.source_of(line.source, year, line.kind)
    held = AllocationEntry.objects.filter(unit_id=giver_id, source=line.source, kind=line.kind, year=year).exists()
    if not held and source.level not in (None, level):
        raise Refused(
            f"Dòng {number}: đơn vị giao vốn chưa được giao “{source.name}” năm {year}; ghi quyết định của cấp trên trước."
        )
    return held


def _post(actor: Actor, decided: Decided, act: Act, moves: Sequence[_Move]) -> AllocationDecision:
    on = decided.issued_on
    _refuse_incomplete(decided, moves)
    _require(actor, decided, moves)
    for unit, year in sorted({(move.of.unit_id, move.year) for move in moves}):
        rules.refuse_when_not_living(unit, on)
        rules.refuse_when_locked(unit, year, on)
    for move in moves:
        rules.source_of(move.of.source, move.year, move.of.kind)
    cells = [Cell(move.of.unit_id, move.of.source, move.of.kind, move.year) for move in moves]
    rules.hold(cells)
    decision = AllocationDecision.objects.create(
        number=decided.number.strip(),
        issued_on=on,
        issuer=decided.issuer.strip(),
        act=act,
        giver_id=decided.giver_id,
        document_id=_signed(actor, decided, moves) or decided.document_id,
        note=decided.note,
        **rules.signature(actor),
    )
    criteria = _criteria(moves)
    AllocationEntry.objects.bulk_create(
        [
            AllocationEntry(
                decision=decision,
                line=move.line,
                unit_id=move.of.unit_id,
                works_id=move.of.works_id,
                source=move.of.source,
                kind=move.of.kind,
                year=move.year,
                on=on,
                placed_on=on,
                amount=move.of.amount,
                criterion_no=criteria.get(move.of.works_id) if move.of.works_id else move.of.criterion_no,
                **rules.signature(actor),
            )
            for move in moves
        ],
        batch_size=500,
    )
    rules.refuse_overdrawn([cell for cell, move in zip(cells, moves, strict=True) if move.of.amount < 0], on)
    _log(actor, decision, moves)
    return decision


def _signed(actor: Actor, decided: Decided, moves: Sequence[_Move]) -> int | None:
    """Bản đã ký vào kho: one content; a use for each unit that the decision touches, so that each may read it."""
    if decided.signed is None:
        return None
    name, content = decided.signed
    touched = sorted({move.of.unit_id for move in moves})
    home = decided.giver_id or (touched[0] if len(touched) == 1 else actor.unit_id or touched[0])
    on = decided.issued_on
    first = archive.attach(actor, content=content, name=name, unit_id=home, on=on, purpose=Purpose.DOCUMENT)
    same = {"file_id": first.file_id, "name": first.name, "purpose": first.purpose, "on": on, "office": first.office}
    FileUse.objects.bulk_create(
        FileUse(unit_id=unit, attached_by_id=first.attached_by_id, attached_at=first.attached_at, **same)
        for unit in touched
        if unit != home
    )
    return first.pk


def _refuse_incomplete(decided: Decided, moves: Sequence[_Move]) -> None:
    if not decided.number.strip() or not decided.issuer.strip():
        raise Refused("Ghi số quyết định và cơ quan ban hành.")
    if not moves:
        raise Refused("Quyết định chưa có dòng nào.")
    twice = AllocationDecision.objects.filter(
        number=decided.number.strip(), issued_on=decided.issued_on, issuer=decided.issuer.strip()
    )
    if twice.exists():
        raise Refused(f"Quyết định {decided.number} ngày {decided.issued_on:%d/%m/%Y} của {decided.issuer} đã ghi rồi.")
    if decided.document_id is not None and not FileUse.objects.filter(pk=decided.document_id).exists():
        raise Refused("Không tìm thấy tệp quyết định.")


def _require(actor: Actor, decided: Decided, moves: Sequence[_Move]) -> None:
    """At the giver, and the money stays in its area; without a giver at every unit that gets or loses."""
    on = decided.issued_on
    touched = sorted({move.of.unit_id for move in moves})
    if decided.giver_id is None:
        for unit in touched:
            actor.require("money.allocate", unit, on=on)
        return
    actor.require("money.allocate", decided.giver_id, on=on)
    below = set(units.descendant_ids(decided.giver_id, on)) | {decided.giver_id}
    outside = [unit for unit in touched if unit not in below]
    if outside:
        raise Refused(
            f"{units.label(outside[0], on).title} không thuộc địa bàn của {units.label(decided.giver_id, on).title}."
        )


def _criteria(moves: Sequence[_Move]) -> dict[int, int | None]:
    """Works -> criterion; each works must be of the unit that gets the money."""
    found: dict[int, int | None] = {}
    for works_id, unit in sorted({(move.of.works_id, move.of.unit_id) for move in moves if move.of.works_id}):
        works = rules.find_works(works_id, unit)
        assert works is not None
        found[works_id] = works.criterion_no
    return found


def _log(actor: Actor, decision: AllocationDecision, moves: Sequence[_Move]) -> None:
    lines = len({move.line for move in moves})
    whole = sum(abs(move.of.amount) for move in {move.line: move for move in reversed(moves)}.values())
    audit.record(
        actor=actor.stamp(),
        verb="money.allocate",
        subject=decision,
        unit_id=decision.giver_id or moves[0].of.unit_id,
        on=decision.issued_on,
        detail={
            "number": decision.number,
            "act": decision.get_act_display(),
            "amount": write_amount(whole),
            "count": lines,
        }
        | ({"file": decision.document.name} if decision.document else {}),
    )
