"""Tải văn bản lên, cho máy đọc, rút."""

from __future__ import annotations

from datetime import date
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import ntm
from ntm.records.archive import services as files
from ntm.records.archive.documents import access, working
from ntm.records.archive.documents.refusals import AlreadyThere, DocumentRefused
from ntm.records.archive.documents.search import forget_text
from ntm.records.archive.models import (
    ConfirmedItem,
    DocumentReading,
    FileUse,
    OfficialDocument,
    Purpose,
    ReadingState,
)
from ntm.records.people import authority


@transaction.atomic
def upload_document(
    actor: authority.Actor, *, content: bytes | IO[bytes], name: str, unit_id: int | None, on: date
) -> OfficialDocument:
    """Tải văn bản lên: the file is kept, and the program is asked to read it."""
    use = files.attach(actor, content=content, name=name, unit_id=unit_id, on=on, purpose=Purpose.DOCUMENT)
    _not_twice(use)
    document = OfficialDocument.objects.create(
        use=use,
        unit_id=unit_id,
        uploaded_by_id=actor.user_id,
        office=actor.office_label,
        on=on,
        uploaded_at=use.attached_at,
    )
    read_document(actor, document, on=on)
    return document


def _not_twice(use: FileUse) -> None:
    same = OfficialDocument.objects.filter(use__file=use.file, unit_id=use.unit_id, withdrawn_at=None)
    there = same.select_related("use").first()
    if there is not None:
        raise AlreadyThere(there)


@transaction.atomic
def read_document(actor: authority.Actor, document: OfficialDocument, *, on: date) -> DocumentReading:
    """Cho máy đọc, or read again; runs in the background once the transaction is kept."""
    authority.require(actor, "document.upload", document.unit_id, on=on)
    document = OfficialDocument.objects.select_for_update(of=("self",)).select_related("use").get(pk=document.pk)
    access.standing(document)
    if ConfirmedItem.objects.filter(document=document, withdrawn_at=None).exists():
        raise DocumentRefused(_("Văn bản đã có mục được xác nhận nên không đọc lại: bỏ các mục đó trước."))
    _clear_the_way(document)
    reading = DocumentReading.objects.create(
        document=document, version=ntm.__version__, asked_by_id=actor.user_id, queued_at=timezone.now()
    )
    if document.current_id is None or document.current.state != ReadingState.DONE:  # type: ignore[union-attr]
        OfficialDocument.objects.filter(pk=document.pk).update(current=reading)
    access.log(actor, "document.read", document, on)
    transaction.on_commit(lambda: working.read_in_background.enqueue(reading.pk))
    return reading


def redraw(document: OfficialDocument) -> bool:
    """Vẽ lại ảnh trang, asked once: nothing that was read changes, so nobody need have decided it."""
    drawn = DocumentReading.objects.filter(pk=document.current_id, state=ReadingState.DONE, drawn__isnull=False)
    asked = bool(drawn.update(drawn=None))
    if asked:
        reading_id = document.current_id
        transaction.on_commit(lambda: working.draw_in_background.enqueue(reading_id))
    return asked


def _clear_the_way(document: OfficialDocument) -> None:
    """A reading that still lives is waited for; one that died is closed."""
    running = DocumentReading.objects.filter(document=document, state__in=(ReadingState.QUEUED, ReadingState.READING))
    for one in running:
        if timezone.now() - (one.seen_at or one.queued_at) < working.STALE:
            raise DocumentRefused(_("Văn bản đang được đọc, chưa cần đọc lại."))
        one.state, one.finished_at = ReadingState.FAILED, timezone.now()
        one.sentence = _("Việc đọc đã dừng giữa chừng (máy chủ khởi động lại). Bấm “Đọc lại”.")
        one.save(update_fields=["state", "finished_at", "sentence"])


@transaction.atomic
def withdraw_document(actor: authority.Actor, document: OfficialDocument, *, reason: str, on: date) -> OfficialDocument:
    """Rút văn bản tải nhầm: it leaves lists and search; the rows, the file and the reason stay."""
    authority.require(actor, "document.upload", document.unit_id, on=on)
    document = OfficialDocument.objects.select_for_update(of=("self",)).select_related("use").get(pk=document.pk)
    access.standing(document)
    if document.uploaded_by_id != actor.user_id:
        authority.require(actor, "document.confirm", document.unit_id, on=on)
    if ConfirmedItem.objects.filter(document=document, withdrawn_at=None).exists():
        raise DocumentRefused(_("Văn bản đã có mục được xác nhận nên không rút được: bỏ các mục đó trước."))
    if not reason.strip():
        raise DocumentRefused(_("Ghi lý do rút văn bản."))
    document.withdrawn_at, document.withdrawn_reason = timezone.now(), reason.strip()[:500]
    document.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    FileUse.objects.filter(pk=document.use_id).update(detached_at=document.withdrawn_at)
    forget_text(document)
    access.log(actor, "document.withdraw", document, on, reason=document.withdrawn_reason)
    return document
