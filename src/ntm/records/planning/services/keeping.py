"""Lưu văn bản đã ban hành: the Word file of an issued version and its annexes as a workbook, kept in the archive and tied
to it. What went out is not written anew."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.db import transaction

from ntm.domain.documents.writing.xlsx import write_xlsx
from ntm.records.archive import services as archive
from ntm.records.archive.models import FileUse, OfficeTemplate, Purpose
from ntm.records.archive.templates import queries as templates
from ntm.records.people.authority import Actor
from ntm.records.planning.models import Plan, PlanVersion, VersionState
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import editing
from ntm.records.planning.written.annexes import sheets_of
from ntm.records.planning.written.document import plan_document

__all__ = ["file_name", "keep", "kept", "template_of"]

Form = Literal["docx", "xlsx"]
_WENT_OUT = (VersionState.ISSUED, VersionState.SUPERSEDED)


@transaction.atomic
def keep(actor: Actor, plan_id: int, *, on: date, no: int | None = None, common: bool = False) -> FileUse:
    """Viết và lưu văn bản of the version in force, or of `no`; once. In the office's own template where it has one, unless
    `common` asks for the common layout."""
    version = _issued(plan_id, no)
    actor.require("plan.issue", version.plan.unit_id, on=on)
    if version.file_id is not None:
        raise Refused("Văn bản của lần ban hành này đã lưu rồi.")
    document = plan_document(version.plan, version.no, on)
    version.template = None if common else template_of(version.plan, version, on)
    word = templates.write(document, version.template)
    sheets = sheets_of(document.annexes)

    def put(content: bytes, form: Form) -> FileUse:
        return archive.attach(
            actor, content=content, name=file_name(version, form), unit_id=version.plan.unit_id, on=on,
            purpose=Purpose.PRODUCED,
        )  # fmt: skip

    version.file = put(word, "docx")
    version.tables = put(write_xlsx(sheets), "xlsx") if sheets else None
    version.save(update_fields=["file", "tables", "template"])
    told = {"file": version.file.file.sha256, "tables": version.tables.file.sha256 if version.tables else ""}
    editing.log(actor, "plan.keep", version.plan, on, subject=version, no=version.no, **told)
    return version.file


def _issued(plan_id: int, no: int | None) -> PlanVersion:
    rows = PlanVersion.objects.select_for_update(of=("self",)).select_related("plan", "plan__set")
    rows = rows.filter(plan_id=plan_id, state__in=_WENT_OUT)
    wanted = rows.filter(state=VersionState.ISSUED) if no is None else rows.filter(no=no)
    version = wanted.first()
    if version is None:
        raise Refused("Kế hoạch chưa ban hành; dự thảo thì tải về, chưa lưu thành văn bản.")
    return version


def template_of(plan: Plan, version: PlanVersion, on: date) -> OfficeTemplate | None:
    """Mẫu của đơn vị áp dụng cho lần này, on its own day where it was issued; None: the common layout."""
    return templates.applying("plan", plan.unit_id, version.issued_on or on, version.issuer)


def kept(version: PlanVersion, form: Form = "docx") -> bytes | None:
    """Văn bản đã lưu of a version that the office may read; None where none was kept or its content is gone."""
    use = version.file if form == "docx" else version.tables
    if use is None:
        return None
    try:
        return archive.content_of(use.file)
    except archive.FileMissing:
        return None


def file_name(version: PlanVersion, form: str) -> str:
    """Tên tệp: number and symbol where there are, else the draft and its version."""
    if version.number and version.state in _WENT_OUT:
        number = "-".join(one for one in (version.number, version.symbol) if one)
        return f"Ke-hoach-{number}-nam-{version.plan.year}.{form}".replace("/", "-")
    return f"Du-thao-ke-hoach-{version.plan.year}-lan-{version.no}.{form}"
