"""Nhập công trình từ bảng tính: read and compared first, nothing written; right lines are taken by a person, wrong ones
go back as a workbook with their reasons."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ntm.domain.official.money import write_amount
from ntm.records.archive import services as archive
from ntm.records.archive.models import Purpose
from ntm.records.audit import services as audit
from ntm.records.funding.models import Works, WorksFund, WorksUpload, WorksUploadState
from ntm.records.funding.queries import works_sheets
from ntm.records.funding.refusals import Refused
from ntm.records.funding.services import amending, building
from ntm.records.funding.services.amending import Amendment
from ntm.records.funding.services.works_comparing import Compared, NewLine, compare
from ntm.records.funding.workbook import columns, reading, writing
from ntm.records.funding.workbook.present import capital
from ntm.records.funding.workbook.reading import ReadLine
from ntm.records.funding.workbook.writing import WrittenLine
from ntm.records.people import authority
from ntm.records.people.authority import Actor
from ntm.records.units import queries as units

__all__ = ["NoSuchSheet", "WorksTaken", "held", "returned", "take", "upload"]

_IN_ONE = 500  # rows in one statement


class NoSuchSheet(Refused):
    """Không có bảng này."""


@dataclass(frozen=True, slots=True)
class WorksTaken:
    """Kết quả nhận. `taken` is false where the records have changed since the file was shown: it is shown again."""

    upload: WorksUpload
    taken: bool
    new: int
    changed: int


@transaction.atomic
def upload(actor: Actor, *, content: bytes, name: str, unit_id: int, on: date) -> WorksUpload:
    """Nộp bảng: kept, read and compared; no works is touched."""
    _require(actor, unit_id, on)
    sheet = reading.read(content, name)
    found = compare(actor, sheet, unit_id, on)
    use = archive.attach(actor, content=content, name=name, unit_id=unit_id, on=on, purpose=Purpose.UPLOAD)
    return WorksUpload.objects.create(
        use=use,
        unit_id=unit_id,
        on=on,
        found=_as_json(found, sheet, on),
        uploaded_by_id=actor.user_id,
        office=actor.office_label,
        uploaded_at=timezone.now(),
    )


@transaction.atomic
def take(actor: Actor, upload_id: int, *, seen: str, reason: str = "") -> WorksTaken:
    """Nhận các dòng đúng: read again from the kept file. `seen`: the mark of what was shown; `reason`: of the changes."""
    made = WorksUpload.objects.select_for_update(of=("self",)).select_related("use__file").filter(pk=upload_id).first()
    made = _seen_by(actor, made)
    if made.state != WorksUploadState.READ:
        raise Refused(f"Bảng này {made.get_state_display()} rồi.")
    sheet = reading.read(archive.content_of(made.use.file), made.use.name)
    found = compare(actor, sheet, made.unit_id, made.on)
    told = _as_json(found, sheet, made.on)
    if told["mark"] != seen:
        made.found = told
        made.save(update_fields=["found"])
        return WorksTaken(made, False, 0, 0)
    if not found.new and not found.changed:
        raise Refused("Không có dòng nào nhận được: sửa các dòng bị trả lại rồi nộp bảng mới.")
    _write(actor, found, made, reason)
    made.state, made.taken_at = WorksUploadState.TAKEN, timezone.now()
    made.save(update_fields=["state", "taken_at"])
    return WorksTaken(made, True, len(found.new), len(found.changed))


def held(actor: Actor, upload_id: int) -> WorksUpload:
    """Một bảng đã nộp, for those who manage works there."""
    return _seen_by(actor, WorksUpload.objects.select_related("use__file", "uploaded_by").filter(pk=upload_id).first())


@transaction.atomic
def returned(actor: Actor, upload_id: int) -> tuple[str, bytes]:
    """Các dòng bị trả lại: as they were typed, each with its reasons in the last column; to be mended and brought again."""
    made = held(actor, upload_id)
    sheet = reading.read(archive.content_of(made.use.file), made.use.name)
    bad = {one["line"]: one["errors"] for one in made.found["refused"]}
    lines = [line for line in sheet.lines if line.line in bad]
    facts = compare(actor, sheet, made.unit_id, made.on).facts
    written = []
    for line in lines:
        works = facts.by_key.get(line.key or 0)
        now = facts.present.get(works.pk) if works else None
        why = "\n".join(f"{head}: {sentence}" if head else sentence for head, _, sentence in bad[line.line])
        written.append(_sent_back(line, why, now.words if now else None))
    used, others = works_sheets.fund_columns(made.unit_id, made.on, sheet.fund_columns)
    title = f"Công trình · {capital(units.label(made.unit_id, made.on).title)} · các dòng chưa nhận"
    content = writing.write(
        title=title, lines=written, used=used, others=others,
        sets=works_sheets.set_choices(made.unit_id, made.on), taken_out=timezone.localtime(), reasons=True,
    )  # fmt: skip
    return f"tra-lai-{made.use.name}", content


def _sent_back(line: ReadLine, why: str, before: Any) -> WrittenLine:
    """What can be read as a figure goes back as a figure; the rest as it was typed."""
    raw = {one.field: line.typed.get(one.head, "") for one in columns.COLUMNS}
    funds = {key: line.typed.get(columns.fund_head(key), "") for head in line.typed if (key := columns.fund_key(head))}
    return WrittenLine({**raw, **line.values}, {**funds, **line.funds}, line.key, line.unit_name, {}, before, why)


def _require(actor: Actor, unit_id: int, on: date) -> None:
    """An office that manages works there, of some criterion at least; each line is asked by its own."""
    if not authority.allows_some(actor, "works.manage", unit_id, on=on):
        actor.require("works.manage", unit_id, on=on)


def _seen_by(actor: Actor, made: WorksUpload | None) -> WorksUpload:
    if made is None:
        raise NoSuchSheet("Không tìm thấy bảng công trình này.")
    _require(actor, made.unit_id, made.on)
    return made


# -- writing -----------------------------------------------------------------------------------------------------------


def _write(actor: Actor, found: Compared, made: WorksUpload, reason: str) -> None:
    rows = [building.unsaved(actor, one.new, one.debt_reason, made.on) for one in found.new]
    works = Works.objects.bulk_create(rows, batch_size=_IN_ONE)
    capital_of = [
        row for one, new in zip(works, found.new, strict=True) for row in building.fund_rows(one, new.new.funds)
    ]
    WorksFund.objects.bulk_create(capital_of, batch_size=_IN_ONE)
    changed = [one for _, one in found.changed]
    if changed:
        amending.write(actor, changed, reason=reason, on=made.on, upload=made)
    detail = {"file": made.use.name, "new": len(works), "changed": len(changed)}
    detail |= {"reason": reason.strip()} if changed else {}
    audit.record_bulk(
        actor=actor.stamp(),
        verb="works.import",
        subject=made,
        unit_id=made.unit_id,
        on=made.on,
        items=_items(works, changed),
        detail=detail,
    )


def _items(works: list[Works], changed: list[Amendment]) -> Iterator[dict[str, Any]]:
    for one in works:
        yield {"works": one.pk, "unit": one.unit_id, "code": one.code, "amount": one.total_cost}
    for amended in changed:
        yield {"works": amended.works.pk, "changes": amended.told()}


# -- what is shown -----------------------------------------------------------------------------------------------------


def _as_json(found: Compared, sheet: reading.ReadSheet, on: date) -> dict[str, Any]:
    """Kết quả so, for keeping and showing; its mark changes with whatever a person would see changed."""
    notes = found.notes(on)
    told: dict[str, Any] = {
        "new": [_told_new(one, notes.get(one.line.line, [])) for one in found.new],
        "changed": [_told_changed(line, one, notes.get(line.line, [])) for line, one in found.changed],
        "refused": [_told_refused(line) for line in found.refused],
    }
    told["mark"] = hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]
    return told | {
        "unchanged": found.unchanged,
        "emptied": found.emptied,
        "sheet": sheet.sheet,
        "unread": list(sheet.unread),
        "taken_out": sheet.taken_out,
    }


def _told_new(one: NewLine, notes: list[str]) -> dict[str, Any]:
    new = one.new
    beside = [
        [columns.of_field(name).head, columns.said(columns.of_field(name).kind, getattr(new, name))]
        for name in amending.AMENDABLE
        if name not in ("name", "village_id", "total_cost") and getattr(new, name) not in (None, "")
    ]
    beside += [[columns.of_field("village_id").head, one.village]] if one.village else []
    beside += [[columns.fund_head((source, kind)), write_amount(amount)] for source, kind, amount in new.funds]
    beside += [[columns.of_field("debt_reason").head, one.debt_reason]] if one.debt_reason else []
    return {
        "line": one.line.line,
        "unit": new.unit_id,
        "code": new.code,
        "name": new.name,
        "cost": new.total_cost,
        "values": beside,
        "notes": notes,
    }


def _told_changed(line: ReadLine, one: Amendment, notes: list[str]) -> dict[str, Any]:
    return {
        "line": line.line,
        "works": one.works.pk,
        "unit": one.works.unit_id,
        "code": one.works.code,
        "name": one.works.name,
        "changes": one.told(),
        "notes": notes,
    }


def _told_refused(line: ReadLine) -> dict[str, Any]:
    return {
        "line": line.line,
        "code": str(line.typed.get(columns.CODE, ""))[:40],
        "name": str(line.typed.get(columns.of_field("name").head, ""))[:200],
        "errors": [[one.column, one.typed[:100], one.sentence] for one in line.errors],
    }
