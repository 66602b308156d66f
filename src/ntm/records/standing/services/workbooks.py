"""Tải về, nộp, nhận bảng tính: dry run first, good cells are taken, bad ones stay with sheet, cell and reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ntm.domain.assessment.model import Fact
from ntm.domain.criteria.model import CriteriaSet
from ntm.domain.official.numbers import NumberError
from ntm.records.archive import services as archive
from ntm.records.archive.models import Purpose
from ntm.records.audit import services as audit
from ntm.records.people import authority
from ntm.records.people.authority import Actor
from ntm.records.standing import descent, facts, registry, typing_in
from ntm.records.standing.models import Observation, RegisteredSet, UploadState, WorkbookUpload
from ntm.records.standing.models.observations import Stage, State
from ntm.records.standing.refusals import Refused
from ntm.records.standing.services.importing import Imported, ImportRow, import_rows
from ntm.records.standing.services.recording import refuse_when_out_of_force
from ntm.records.standing.workbook import layout, marking, reading, writing
from ntm.records.units import queries as units

__all__ = ["Difference", "Found", "download", "drop", "marked", "take", "upload"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Một ô khác với số đang có."""

    place: str
    unit_id: int
    code: str
    before: str
    after: str
    note: str
    fact: Fact | None
    problem: str


@dataclass(frozen=True)
class Found:
    """Kết quả đọc một bảng tính."""

    workbook: reading.ReadWorkbook
    good: tuple[Difference, ...]
    bad: tuple[Difference, ...]
    unchanged: int
    emptied: int  # typed cells that were emptied: what stands is kept

    def as_json(self) -> dict[str, Any]:
        """For keeping and showing."""
        return {
            "unchanged": self.unchanged,
            "emptied": self.emptied,
            "good": [_told(one) for one in self.good],
            "bad": [_told(one) for one in self.bad],
        }


def _told(one: Difference) -> dict[str, Any]:
    return {
        "place": one.place,
        "unit": one.unit_id,
        "code": one.code,
        "before": one.before,
        "after": one.after,
        "note": one.note,
        "problem": one.problem,
    }


def download(actor: Actor, *, unit_id: int, set_code: str, as_of: date) -> tuple[str, bytes]:
    """Tải bảng tính của một đơn vị hay cả địa bàn: name and content. An office that may record there gets a workbook of
    self-assessment, one that may verify there a workbook of verification; another one may read it but not bring it back."""
    actor.require("workbook.download", unit_id, on=as_of)
    row = registry.by_code(set_code)
    refuse_when_out_of_force(row, as_of)
    criteria_set = registry.content(row)
    ids = _units(unit_id, row, as_of)
    labels = units.labels(ids, as_of)
    ordered = sorted(labels.values(), key=descent.order)
    stage = _stage(actor, ids, as_of)
    region = criteria_set.level_region(units.region(ids[0], as_of), units.statuses(ids[0], as_of))
    lines = layout.asked_lines(criteria_set, as_of, region, units.group(ids[0], as_of))
    area = units.label(unit_id, as_of)
    content = writing.write(
        title=f"{row.name} · {area.title}",
        set_code=row.code,
        set_hash=row.hash,
        as_of=as_of,
        stage=stage,
        area=unit_id,
        units=ordered,
        lines=lines,
        standing=_standing(ids, row, as_of, Stage(stage)),
    )
    audit.record(
        actor=actor.stamp(),
        verb="workbook.download",
        subject=row,
        unit_id=unit_id,
        on=as_of,
        detail={"set": row.code, "units": len(ids)},
    )
    return f"so-lieu-{area.code or unit_id}-{row.code}-{as_of:%Y%m%d}.xlsx", content


@transaction.atomic
def upload(actor: Actor, *, content: bytes, name: str) -> WorkbookUpload:
    """Nộp bảng tính: read and compared, nothing taken yet."""
    workbook = reading.read(content, name)
    row = registry.by_code(workbook.set_code)
    if row.hash != workbook.set_hash:
        raise Refused(
            f"Bộ tiêu chí “{row.name}” đã có nội dung mới sau khi tải bảng tính: tải lại bảng tính rồi chép số."
        )
    found = compare(actor, workbook, row)
    use = archive.attach(
        actor, content=content, name=name, unit_id=workbook.area, on=workbook.as_of, purpose=Purpose.UPLOAD
    )
    made = WorkbookUpload.objects.create(
        use=use,
        unit_id=workbook.area,
        set=row,
        as_of=workbook.as_of,
        stage=workbook.stage,
        found=found.as_json(),
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
    workbook = reading.read(_content(actor, made), made.use.name)
    found = compare(actor, workbook, made.set)
    if not found.good:
        raise Refused("Không có ô nào nhận được. Tải bảng tính có đánh dấu để xem từng ô.")
    rows = [
        ImportRow(one.unit_id, one.code, one.fact, one.after, f"{made.use.name} {one.place}", one.note)
        for one in found.good
        if one.fact is not None
    ]
    done = import_rows(
        actor,
        set_code=made.set.code,
        as_of=made.as_of,
        rows=rows,
        stage=Stage(made.stage),
        source="xlsx",
        file=made.use.name,
    )
    made.state, made.taken, made.taken_at, made.found = UploadState.TAKEN, done.written, timezone.now(), found.as_json()
    made.save(update_fields=["state", "taken", "taken_at", "found"])
    _audit(actor, made, taken=done.written)
    return done


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
    actor.require("workbook.upload", made.unit_id, on=made.as_of)
    reasons = {one["place"].split("!")[1]: one["problem"] for one in made.found["bad"]}
    return f"danh-dau-{made.use.name}", marking.mark(_content(actor, made), reasons)


def compare(actor: Actor, workbook: reading.ReadWorkbook, row: RegisteredSet) -> Found:
    """So từng ô với số đang có: what would change, and what cannot be taken and why."""
    refuse_when_out_of_force(row, workbook.as_of)
    criteria_set = registry.content(row)
    stage = Stage(workbook.stage)
    ids = set(_units(workbook.area, row, workbook.as_of))
    reach = authority.reach(actor, _action(stage), on=workbook.as_of)
    standing = _standing(sorted(ids), row, workbook.as_of, stage)
    good: list[Difference] = []
    bad: list[Difference] = []
    unchanged = emptied = 0
    seen: dict[tuple[int, str], str] = {}
    for cell in workbook.cells:
        unit_id = workbook.units.get(cell.unit_code, 0)
        now = standing.get((unit_id, cell.code), "")
        if not cell.problem and cell.typed == now and not cell.note:
            unchanged += 1
            continue
        if not cell.problem and cell.typed == "":
            emptied += bool(now)
            continue
        one = _difference(criteria_set, cell, unit_id, ids, now, workbook, reach, seen)
        (bad if one.problem else good).append(one)
    return Found(workbook, tuple(good), tuple(bad), unchanged, emptied)


def _difference(
    criteria_set: CriteriaSet,
    cell: reading.ReadCell,
    unit_id: int,
    ids: set[int],
    now: str,
    workbook: reading.ReadWorkbook,
    reach: authority.Reach,
    seen: dict[tuple[int, str], str],
) -> Difference:
    fact: Fact | None = None
    problem = cell.problem
    if not problem and unit_id not in ids:
        problem = f"Mã đơn vị “{cell.unit_code}” không có trong bảng tính này: không sửa cột mã."
    if not problem and (unit_id, cell.code) in seen:
        problem = f"Chỉ tiêu {cell.code} của đơn vị này đã có ở {seen[unit_id, cell.code]}: xoá bớt một dòng."
    if not problem:
        try:
            asked, no = typing_in.find_asked(criteria_set, cell.code)
            fact = typing_in.parse_typed(asked, cell.typed)
            facts.kind_of(fact)
            if not reach.covers(unit_id, typing_in.charge(criteria_set.code, cell.code, no)):
                problem = "Cơ quan này không được ghi ô này: ngoài địa bàn hoặc ngoài tiêu chí phụ trách."
        except (Refused, NumberError, ValueError) as error:
            problem = str(error)
    then = workbook.before.get((unit_id, cell.code), "")
    if not problem and now != then and now != cell.typed:
        problem = f"Số đang có đã đổi thành “{now or 'trống'}” sau khi tải bảng tính (lúc tải: “{then or 'trống'}”)."
    seen.setdefault((unit_id, cell.code), cell.place)
    return Difference(cell.place, unit_id, cell.code, now, cell.typed, cell.note, fact, problem)


def _action(stage: Stage) -> str:
    return "observation.record" if stage == Stage.SELF else "observation.verify"


def _units(unit_id: int, row: RegisteredSet, as_of: date) -> list[int]:
    label = units.label(unit_id, as_of)
    ids = [unit_id] if label.level == row.level else units.descendant_ids(unit_id, as_of, row.level)
    if not label.living or not ids:
        raise Refused(f"Ngày {as_of:%d/%m/%Y} {label.title} không có đơn vị nào mà “{row.name}” áp dụng.")
    return ids


def _stage(actor: Actor, ids: list[int], as_of: date) -> int:
    may_record = authority.reach(actor, "observation.record", on=as_of)
    if all(may_record.everywhere or one in may_record.unit_ids for one in ids):
        return Stage.SELF
    return Stage.VERIFIED


def _standing(ids: list[int], row: RegisteredSet, as_of: date, stage: Stage) -> Mapping[tuple[int, str], str]:
    """What is in the cells: of that very day, drafts over what was sent; for verification what was verified, else the
    office's own word."""
    states = (State.SENT, State.ACCEPTED, State.DRAFT) if stage == Stage.SELF else (State.SENT, State.ACCEPTED)
    rows = Observation.objects.filter(set=row, as_of=as_of, stage__lte=stage, state__in=states, unit_id__in=ids)
    if stage == Stage.VERIFIED:
        rows = rows.filter(stage=Stage.VERIFIED)
    order = {State.ACCEPTED: 0, State.SENT: 1, State.DRAFT: 2}
    kept: dict[tuple[int, str], tuple[tuple[int, int], str]] = {}
    for unit, code, found, state, typed in rows.values_list("unit_id", "code", "stage", "state", "typed"):
        rank = (found, order[State(state)])
        if (unit, code) not in kept or kept[unit, code][0] < rank:
            kept[unit, code] = (rank, typed)
    return {key: typed for key, (_, typed) in kept.items()}


def _waiting(actor: Actor, upload_id: int) -> WorkbookUpload:
    made = (
        WorkbookUpload.objects.select_for_update(of=("self",)).select_related("use", "set").filter(pk=upload_id).first()
    )
    if made is None:
        raise Refused("Không tìm thấy bảng tính này.")
    actor.require("workbook.upload", made.unit_id, on=made.as_of)
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
