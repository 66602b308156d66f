"""Bảng tính đã nộp: which uploads of an area there were, who may look into one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet

from ntm.records.people import authority
from ntm.records.people.authority import Actor
from ntm.records.standing.models import RegisteredSet, WorkbookUpload
from ntm.records.standing.models.observations import Stage
from ntm.records.standing.models.uploads import UploadState
from ntm.records.standing.refusals import Refused
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["UploadLine", "get", "in_area", "may_see", "require_sight"]


@dataclass(frozen=True, slots=True)
class UploadLine:
    """Một lần nộp: who, when, how much was taken and refused; what is inside only for whom may see it."""

    id: int
    name: str
    unit: UnitLabel
    row: RegisteredSet
    as_of: date
    stage: Stage
    state: UploadState
    good: int
    bad: int
    taken: int
    by: str
    office: str
    at: datetime
    taken_at: datetime | None
    may_open: bool


def in_area(actor: Actor, on: date, *, unit_id: int | None = None, page: str = "1", size: int = 20) -> Page[UploadLine]:
    """Các lần nộp trong địa bàn của cơ quan (or of one unit in it), the latest first; one page."""
    rows = WorkbookUpload.objects.all()
    around = unit_id if unit_id is not None else actor.unit_id
    if around is not None:
        rows = rows.filter(unit_id__in=[around, *units.descendant_ids(around, on)])
    page_of = Paginator(_light(rows), size).get_page(page)
    shown = list(page_of.object_list)
    page_of.object_list = _lines(actor, shown)  # type: ignore[assignment]
    return page_of  # type: ignore[return-value]


def _light(rows: QuerySet[WorkbookUpload]) -> QuerySet[WorkbookUpload]:
    """Without the long list of cells: its counts are enough."""
    counted = rows.annotate(good=F("found__counts__good"), bad=F("found__counts__bad"))
    return counted.defer("found").select_related("use", "set", "uploaded_by").order_by("-uploaded_at", "-pk")


def _lines(actor: Actor, rows: list[WorkbookUpload]) -> list[UploadLine]:
    labels: dict[tuple[int, date], UnitLabel] = {}
    for as_of in {row.as_of for row in rows}:
        found = units.labels({row.unit_id for row in rows if row.as_of == as_of}, as_of)
        labels |= {(unit, as_of): label for unit, label in found.items()}
    return [
        UploadLine(
            id=row.pk,
            name=row.use.name,
            unit=labels[row.unit_id, row.as_of],
            row=row.set,
            as_of=row.as_of,
            stage=Stage(row.stage),
            state=UploadState(row.state),
            good=int(row.good or 0),  # type: ignore[attr-defined]
            bad=int(row.bad or 0),  # type: ignore[attr-defined]
            taken=row.taken,
            by=row.uploaded_by.full_name,
            office=row.office,
            at=row.uploaded_at,
            taken_at=row.taken_at,
            may_open=may_see(actor, row),
        )
        for row in rows
    ]


def get(actor: Actor, upload_id: int) -> WorkbookUpload:
    """Một lần nộp with what was found in it; Refused where there is none, Denied where its drafts are another office's."""
    made = WorkbookUpload.objects.select_related("use", "set", "uploaded_by").filter(pk=upload_id).first()
    if made is None:
        raise Refused("Không tìm thấy bảng tính này.")
    require_sight(actor, made)
    return made


def may_see(actor: Actor, made: WorkbookUpload) -> bool:
    """Who brought it; whose drafts it holds; a verification also the offices that may bring one for that area."""
    if made.uploaded_by_id == actor.user_id:
        return True
    return authority.allows(actor, _action(made), made.unit_id, on=made.as_of)


def require_sight(actor: Actor, made: WorkbookUpload) -> None:
    """The same, with the sentence."""
    if not may_see(actor, made):
        authority.require(actor, _action(made), made.unit_id, on=made.as_of)


def _action(made: WorkbookUpload) -> str:
    return "draft.read" if made.stage == Stage.SELF else "workbook.upload"
