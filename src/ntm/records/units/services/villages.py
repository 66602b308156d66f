"""Thôn: added by offices. The form, the sheet and the demonstration call the same function."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ntm.domain.gazetteer import names
from ntm.records.audit import services as audit
from ntm.records.units.models import Succession, Unit, UnitCode, UnitName, UnitParent
from ntm.records.units.queries.labels import label
from ntm.records.units.queries.places import by_code, descendant_ids
from ntm.records.units.queries.search import find
from ntm.records.units.services import rules
from ntm.records.units.services.acting import Actor, UnitError, authority_day, written
from ntm.records.units.services.positions import redraw
from ntm.records.units.village_sheet import RowError, VillageRow

ACTION = "unit.village_create"


@dataclass(frozen=True, slots=True)
class VillagesImported:
    """Kết quả nhập: what was taken, and what stays with its reason."""

    created: tuple[int, ...]
    errors: tuple[RowError, ...]


def create_village(
    actor: Actor, *, commune_id: int, name: str, start: date, today: date, kind: str = "Thôn", code: str | None = None
) -> Unit:
    """Thêm thôn into a commune from a day on. It follows its commune into the successors that are on record."""
    with transaction.atomic():
        unit = _create(actor, commune_id, kind, name, code, start, today)
        word = label(unit.pk, start)
        detail = {"name": word.full_title, "from": start}
        audit.record(
            actor=actor.stamp(), verb="unit.village_create", subject=unit, unit_id=commune_id, on=today, detail=detail
        )
    return unit


def import_villages(
    actor: Actor, rows: Iterable[VillageRow], *, within: int, today: date, dry_run: bool = False
) -> VillagesImported:
    """Nhập danh sách thôn of a commune, or of the communes of an upper unit: good rows are taken, bad ones stay."""
    created: list[int] = []
    errors: list[RowError] = []
    with transaction.atomic():
        upper = Unit.objects.filter(pk=within).first()
        if upper is None:
            raise UnitError(f"Không có đơn vị số {within} trong hệ thống.")
        actor.require(ACTION, within, on=authority_day(upper, today))
        allowed: dict[date, set[int]] = {}
        for row in rows:
            try:
                with transaction.atomic():
                    commune = _commune(row, within, allowed)
                    made = _create(actor, commune, row.kind, row.name, row.code, row.start, today, draw=False)
                    created.append(made.pk)
            except UnitError as refused:
                errors.append(RowError(row.sheet, row.line, "", str(refused)))
        redraw(created)
        if created and not dry_run:
            detail = {"count": len(created), "villages": created, "refused": len(errors)}
            audit.record(
                actor=actor.stamp(),
                verb="unit.village_import",
                subject="units",
                unit_id=within,
                on=today,
                detail=detail,
            )
        if dry_run:
            transaction.set_rollback(True)
    return VillagesImported(tuple(created), tuple(errors))


def _create(
    actor: Actor, commune_id: int, kind: str, name: str, code: str | None, start: date, today: date, draw: bool = True
) -> Unit:
    commune = Unit.objects.filter(pk=commune_id).first()
    if commune is None:
        raise UnitError(f"Không có đơn vị số {commune_id} trong hệ thống.")
    actor.require(ACTION, commune_id, on=authority_day(commune, today))
    if commune.level != "xa":
        raise UnitError(
            f"{label(commune_id, start).title} không phải đơn vị cấp xã; thôn thuộc một xã, phường hoặc thị trấn."
        )
    if not commune.covers(start):
        raise UnitError(f"{label(commune_id, start).title} không có trong ngày {written(start)}; hãy xem lại ngày.")
    kind, name = rules.name_of("thon", kind, _without_kind(kind, name), start)
    code = rules.code_of("thon", code, start)
    rules.name_is_free(commune_id, "thon", kind, name, start, set())
    unit = Unit.objects.create(level="thon", start=start)
    key, sound = names.fold_key(name), names.loose_key(name)
    UnitName.objects.create(unit=unit, kind=kind, name=name, key=key, sound=sound, start=start)
    if code:
        UnitCode.objects.create(unit=unit, code=code, start=start)
    _follow(unit, commune, start)
    if draw:
        redraw([unit.pk])
    return unit


def _follow(unit: Unit, commune: Unit, start: date) -> None:
    """Its commune from that day on; where that commune ended, the one that took the greater part, and so on."""
    opened = None
    while True:
        row = UnitParent(
            unit=unit, parent=commune, start=start, opened_id=opened, end=commune.end, closed=commune.closed
        )
        row.save()
        if commune.end is None:
            return
        heir = (
            Succession.objects.filter(predecessor=commune, change__undone_on=None, main=True)
            .select_related("successor")
            .order_by("pk")
            .first()
        )
        if heir is None:
            Unit.objects.filter(pk=unit.pk).update(end=commune.end, closed=commune.closed)
            for table in (UnitName, UnitCode):
                table.objects.filter(unit=unit).update(end=commune.end, closed=commune.closed)
            return
        start, opened, commune = commune.end, commune.closed_id, heir.successor


def _commune(row: VillageRow, within: int, allowed: dict[date, set[int]]) -> int:
    """The commune that a row means: the one whose list it is, or named by code or name below the upper unit."""
    own = Unit.objects.filter(pk=within).values_list("level", flat=True).first()
    if own == "xa":
        return within
    if not row.commune:
        raise UnitError("Chưa ghi xã; cột Xã ghi mã năm chữ số hoặc tên xã.")
    if row.start not in allowed:
        allowed[row.start] = set(descendant_ids(within, row.start, "xa"))
    here, place = allowed[row.start], f"{label(within, row.start).title} ngày {written(row.start)}"
    if row.commune.isdigit():
        unit = by_code(row.commune, row.start)
        if unit is None or unit.pk not in here:
            raise UnitError(f"Không có xã mang mã {row.commune} trong {place}.")
        return unit.pk
    found = [unit for unit in find(row.commune, row.start, level="xa", within=within) if unit.id in here]
    if not found:
        raise UnitError(f"Không tìm thấy xã «{row.commune}» trong {place}.")
    if len(found) > 1 and names.same_name(found[0].name, found[1].name):
        options = "; ".join(f"{unit.full_title} ({unit.code})" for unit in found)
        raise UnitError(f"Có nhiều xã tên «{row.commune}»: {options}. Hãy ghi mã.")
    return found[0].id


def _without_kind(kind: str, name: str) -> str:
    """ "Thôn Nà Bung" typed into the name is Nà Bung."""
    clean = names.written_name(name)
    prefix = names.exact_key(kind) + " "
    return clean[len(prefix) :] if names.exact_key(clean).startswith(prefix) else clean
