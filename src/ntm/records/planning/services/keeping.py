"""Lưu văn bản đã ban hành: the Word file of an issued version, kept in the archive and tied to it."""

from __future__ import annotations

from datetime import date

from django.core.files.storage import default_storage
from django.db import transaction

from ntm.domain.documents.writing.word import write_docx
from ntm.records.archive import services as archive
from ntm.records.archive.models import FileUse, Purpose
from ntm.records.people.authority import Actor
from ntm.records.planning.models import PlanVersion, VersionState
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import editing
from ntm.records.planning.written.document import plan_document

__all__ = ["file_name", "keep", "kept"]


@transaction.atomic
def keep(actor: Actor, plan_id: int, *, on: date) -> FileUse:
    """Viết và lưu văn bản of the issued version; once: what was signed is not written anew."""
    version = (
        PlanVersion.objects.select_for_update(of=("self",))
        .select_related("plan", "plan__set")
        .filter(plan_id=plan_id, state=VersionState.ISSUED)
        .first()
    )
    if version is None:
        raise Refused("Kế hoạch chưa ban hành; dự thảo thì tải về, chưa lưu thành văn bản.")
    actor.require("plan.issue", version.plan.unit_id, on=on)
    if version.file_id is not None:
        raise Refused("Văn bản của lần ban hành này đã lưu rồi.")
    use = archive.attach(
        actor,
        content=write_docx(plan_document(version.plan, version.no, on)),
        name=file_name(version, "docx"),
        unit_id=version.plan.unit_id,
        on=on,
        purpose=Purpose.PRODUCED,
    )
    version.file = use
    version.save(update_fields=["file"])
    editing.log(actor, "plan.keep", version.plan, on, subject=version, no=version.no, file=use.file.sha256)
    return use


def kept(version: PlanVersion) -> bytes | None:
    """Văn bản đã lưu of a version that the office may read; None where none was kept or its content is gone."""
    if version.file is None:
        return None
    try:
        with default_storage.open(version.file.file.path, "rb") as stream:
            return bytes(stream.read())
    except FileNotFoundError:
        return None


def file_name(version: PlanVersion, form: str) -> str:
    """Tên tệp: number and symbol where there are, else the draft and its version."""
    if version.number and version.state in (VersionState.ISSUED, VersionState.SUPERSEDED):
        number = "-".join(one for one in (version.number, version.symbol) if one)
        return f"Ke-hoach-{number}-nam-{version.plan.year}.{form}".replace("/", "-")
    return f"Du-thao-ke-hoach-{version.plan.year}-lan-{version.no}.{form}"
