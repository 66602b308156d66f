"""Tải về, nộp, nhận bảng tính: dry run first, good cells are taken, bad ones stay with sheet, cell and reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ntm.domain.criteria.model import CriteriaSet
from ntm.records.archive import services as archive
from ntm.records.archive.models import Purpose
from ntm.records.audit import services as audit
from ntm.records.people import authority
from ntm.records.people.authority import Actor
from ntm.records.standing import descent, registry
from ntm.records.standing.models import RegisteredSet, UploadState, WorkbookUpload
from ntm.records.standing.models.observations import Stage
from ntm.records.standing.queries import area
from ntm.records.standing.queries.uploads import require_sight
from ntm.records.standing.refusals import Refused
from ntm.records.standing.services.importing import Imported, ImportRow, import_rows
from ntm.records.standing.services.recording import Source, record, refuse_when_out_of_force
from ntm.records.standing.workbook import comparing, judging, layout, marking, reading, writing
from ntm.records.standing.workbook.comparing import Difference, Found
from ntm.records.standing.workbook.layout import Footing
from ntm.records.standing.workbook.present import standing
from ntm.records.units import queries as units

__all__ = ["Difference", "Found", "download", "drop", "marked", "scope", "take", "upload"]


def scope(actor: Actor, *, unit_id: int, row: RegisteredSet, as_of: date) -> tuple[int, Stage]:
    """Bảng tính sẽ gồm gì: how many units, and of which stage the figures would be that come back in it."""
    ids = _listed(unit_id, row, as_of)
    return len(ids), _stage(actor, ids, as_of)


def download(actor: Actor, *, unit_id: int, set_code: str, as_of: date) -> tuple[str, bytes]:
    """Tải bảng tính của một đơn vị hay cả địa bàn: name and content. An office that may record there gets a workbook of
    self-assessment, one that may verify there a workbook of verification; another one may read it but not bring it back."""
    actor.require("workbook.download", unit_id, on=as_of)
    row = registry.by_code(set_code)
    refuse_when_out_of_force(row, as_of)
    criteria_set = registry.content(row)
    ids = _listed(unit_id, row, as_of)
    labels = units.labels(ids, as_of)
    stage = _stage(actor, ids, as_of)
    place = units.label(unit_id, as_of)
    content = writing.write(
        title=f"{row.name} · {place.title}",
        set_code=row.code,
        set_hash=row.hash,
        as_of=as_of,
        stage=stage,
        area=unit_id,
        units=sorted(labels.values(), key=descent.order),
        lines=layout.asked_lines(criteria_set, as_of, _footings(criteria_set, ids, as_of)),
        standing=standing(ids, row, as_of, stage),
    )
    audit.record(
        actor=actor.stamp(),
        verb="workbook.download",
        subject=row,
        unit_id=unit_id,
        on=as_of,
        detail={"set": row.code, "units": len(ids)},
    )
    return f"so-lieu-{place.code or unit_id}-{row.code}-{as_of:%Y%m%d}.xlsx", content


@transaction.atomic
def upload(actor: Actor, *, content: bytes, name: str) -> WorkbookUpload:
    """Nộp bảng tính: read, compared and judged, nothing taken yet."""
    workbook = reading.read(content, name, _texts)
    row = registry.by_code(workbook.set_code)
    if row.hash != workbook.set_hash:
        raise Refused(
            f"Bộ tiêu chí “{row.name}” đã có nội dung mới sau khi tải bảng tính: tải lại bảng tính rồi chép số."
        )
    actor.require("workbook.upload", workbook.area, on=workbook.as_of)
    found = _compare(actor, workbook, row)
    use = archive.attach(
        actor, content=content, name=name, unit_id=workbook.area, on=workbook.as_of, purpose=Purpose.UPLOAD
    )
    made = WorkbookUpload.objects.create(
        use=use,
        unit_id=workbook.area,
        set=row,
        as_of=workbook.as_of,
        stage=workbook.stage,
        found=_as_json(actor, found, row),
        uploaded_by_id=actor.user_id,
        office=actor.office_label,
        uploaded_at=timezone.now(),
    )
    _audit(actor, made, taken=0)
    return made


@transaction.atomic
def take(actor: Actor, upload_id: int) -> Imported:
    """Nhận các ô đúng: read again from the stored file, so that what changed since is seen; bad cells stay."""
    made = _waiting(actor, upload_id)
    workbook = reading.read(_content(actor, made), made.use.name, _texts)
    found = _compare(actor, workbook, made.set)
    if not found.good:
        raise Refused("Không có ô nào nhận được. Tải bảng tính có đánh dấu để xem từng ô.")
    told = _as_json(actor, found, made.set)
    done = _import(actor, made, found.good)
    made.state, made.taken, made.taken_at, made.found = UploadState.TAKEN, done.written, timezone.now(), told
    made.save(update_fields=["state", "taken", "taken_at", "found"])
    _audit(actor, made, taken=done.written)
    return done


def _import(actor: Actor, made: WorkbookUpload, good: Sequence[Difference]) -> Imported:
    """Figures all at once; a note alone is a correction of its figure, one by one."""
    name = made.use.name
    rows = [
        ImportRow(one.unit_id, one.code, one.fact, one.after, f"{name} {one.place}", one.note)
        for one in good
        if one.fact is not None and not one.note_only
    ]
    done = Imported(0, 0, 0, 0)
    if rows:
        done = import_rows(
            actor,
            set_code=made.set.code,
            as_of=made.as_of,
            rows=rows,
            stage=Stage(made.stage),
            source="xlsx",
            file=name,
        )
    notes = [one for one in good if one.note_only]
    for one in notes:
        record(
            actor,
            unit_id=one.unit_id,
            set_code=made.set.code,
            code=one.code,
            as_of=made.as_of,
            typed=one.after,
            note=one.note,
            source=Source("xlsx", f"{name} {one.place}"),
        )
    many = len({one.unit_id for one in good})
    return Imported(done.written + len(notes), done.unchanged, done.superseded, many)


@transaction.atomic
def drop(actor: Actor, upload_id: int) -> WorkbookUpload:
    """Bỏ bảng tính đã nộp: the file stays in the archive."""
    made = _waiting(actor, upload_id)
    made.state = UploadState.DROPPED
    made.save(update_fields=["state"])
    _audit(actor, made, taken=0)
    return made


def marked(actor: Actor, upload_id: int) -> tuple[str, bytes]:
    """Bảng tính có đánh dấu: the file as it came, bad cells red with their reason."""
    made = WorkbookUpload.objects.select_related("use", "set").filter(pk=upload_id).first()
    if made is None:
        raise Refused("Không tìm thấy bảng tính này.")
    require_sight(actor, made)
    bad = [marking.Bad(one["place"], one["after"], one["problem"]) for one in made.found["bad"]]
    return f"danh-dau-{made.use.name}", marking.mark(_content(actor, made), made.found.get("sheet", layout.SHEET), bad)


def _compare(actor: Actor, workbook: reading.ReadWorkbook, row: RegisteredSet) -> Found:
    refuse_when_out_of_force(row, workbook.as_of)
    ids = _units(workbook.area, row, workbook.as_of)
    return comparing.compare(actor, workbook, row, registry.content(row), ids)


def _texts(set_code: str) -> Mapping[str, str]:
    return layout.texts(registry.content(registry.by_code(set_code)))


def _as_json(actor: Actor, found: Found, row: RegisteredSet) -> dict[str, Any]:
    """For keeping and showing: bad cells, what would change, and what that would do to each unit."""
    workbook = found.workbook
    stage = Stage(workbook.stage)
    reach = authority.reach(actor, comparing.action_of(stage), on=workbook.as_of)
    effects, of_units = judging.judge(registry.content(row), row, workbook.as_of, stage, reach, found.good)
    return {
        "counts": {"good": len(found.good), "bad": len(found.bad)},
        "unchanged": found.unchanged,
        "emptied": found.emptied,
        "sheet": workbook.sheet,
        "unread": list(workbook.unread),
        "bad": [_told(one) for one in found.bad],
        "units": [
            {
                "unit": one.unit_id,
                "cells": one.cells,
                "before": one.met_before,
                "after": one.met_after,
                "gained": list(one.gained),
                "lost": list(one.lost),
            }
            for one in of_units
        ],
        "good": [_told(one) | _effect(effects.get((one.unit_id, one.code))) for one in found.good],
    }


def _told(one: Difference) -> dict[str, Any]:
    told: dict[str, Any] = {
        "place": one.place,
        "unit": one.unit_id,
        "code": one.code,
        "before": one.before,
        "after": one.after,
        "note": one.note,
        "problem": one.problem,
    }
    return told | ({"note_only": True} if one.note_only else {})


def _effect(effect: judging.Effect | None) -> dict[str, Any]:
    if effect is None:
        return {}
    return {"was": effect.was.value, "becomes": effect.becomes.value, "why": effect.why}


def _units(unit_id: int, row: RegisteredSet, as_of: date) -> list[int]:
    label = units.label(unit_id, as_of)
    ids = [unit_id] if label.level == row.level else units.descendant_ids(unit_id, as_of, row.level)
    if not label.living or not ids:
        raise Refused(f"Ngày {as_of:%d/%m/%Y} {label.title} không có đơn vị nào mà “{row.name}” áp dụng.")
    return ids


def _listed(unit_id: int, row: RegisteredSet, as_of: date) -> list[int]:
    """Các đơn vị đưa vào bảng tính: as in the matrix, wards and towns only where they are judged; asked for by itself,
    any unit."""
    label = units.label(unit_id, as_of)
    ids = area.positions(unit_id, label.level, row.level, as_of).values_list("unit_id", flat=True)
    return sorted(ids) or _units(unit_id, row, as_of)


def _stage(actor: Actor, ids: list[int], as_of: date) -> Stage:
    may_record = authority.reach(actor, "observation.record", on=as_of)
    if all(may_record.everywhere or one in may_record.unit_ids for one in ids):
        return Stage.SELF
    return Stage.VERIFIED


def _footings(criteria_set: CriteriaSet, ids: list[int], as_of: date) -> list[Footing]:
    """Các vùng, nhóm trong địa bàn: units of several are asked different levels."""
    regions, groups = dict(criteria_set.regions), dict(criteria_set.groups)
    found = set()
    for timeline in units.geographies(ids).values():
        by_then = [line for line in timeline if line[0] <= as_of]
        if not by_then:
            continue
        _, region, group, statuses = by_then[-1]
        region = criteria_set.level_region(region, statuses)
        parts = [regions.get(region or "", region or "chưa rõ vùng"), groups.get(group or "", group or "")]
        found.add(Footing(region, group, ", ".join(part for part in parts if part)))
    return sorted(found, key=lambda one: one.words)


def _waiting(actor: Actor, upload_id: int) -> WorkbookUpload:
    made = (
        WorkbookUpload.objects.select_for_update(of=("self",)).select_related("use", "set").filter(pk=upload_id).first()
    )
    if made is None:
        raise Refused("Không tìm thấy bảng tính này.")
    actor.require("workbook.upload", made.unit_id, on=made.as_of)
    require_sight(actor, made)
    if made.state != UploadState.READ:
        raise Refused(f"Bảng tính này {made.get_state_display()} rồi.")
    return made


def _content(actor: Actor, made: WorkbookUpload) -> bytes:
    with archive.open_for(actor, made.use.file_id, made.as_of).stream as stream:
        return bytes(stream.read())


def _audit(actor: Actor, made: WorkbookUpload, taken: int) -> None:
    audit.record(
        actor=actor.stamp(),
        verb="workbook.upload",
        subject=made,
        unit_id=made.unit_id,
        on=made.as_of,
        detail={"file": made.use.name, "taken": taken, "refused": len(made.found["bad"]), "state": made.state},
    )
