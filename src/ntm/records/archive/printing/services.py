"""Yêu cầu bản PDF của một tệp Word, and what became of it."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ntm.records.archive import services as files
from ntm.records.archive.models import PdfPrint, PrintState
from ntm.records.archive.printing import working
from ntm.records.people.authority import Actor

__all__ = ["MOST_WAITING", "PrintRefused", "ask", "before", "by_content", "of_source", "pdf_of"]

MOST_WAITING = 6  # of one person


class PrintRefused(ValueError):
    """Chưa in được: one Vietnamese sentence."""


@transaction.atomic
def ask(actor: Actor, content: bytes) -> PdfPrint:
    """Yêu cầu bản PDF; the same content is printed once, for whoever asks. The caller has asked who may read it."""
    known = by_content(content)
    if known is not None and (known.state == PrintState.DONE or (known.running and not working.dead(known))):
        return known
    waiting = PdfPrint.objects.filter(asked_by_id=actor.user_id, state__in=(PrintState.QUEUED, PrintState.RUNNING))
    if sum(not working.dead(one) for one in waiting) >= MOST_WAITING:
        raise PrintRefused(_("Đang có %(n)s bản PDF chờ in: đợi xong rồi tải tiếp.") % {"n": MOST_WAITING})
    now = timezone.now()
    one, made = PdfPrint.objects.get_or_create(
        source=files.keep_made(content), defaults={"asked_by_id": actor.user_id, "queued_at": now}
    )
    if not made:  # it failed, or its process died: once more
        one.state, one.sentence, one.queued_at, one.asked_by_id = PrintState.QUEUED, "", now, actor.user_id
        one.started_at = one.finished_at = None
        one.save()
    transaction.on_commit(lambda: working.print_in_background.enqueue(one.pk))
    return one


def by_content(content: bytes) -> PdfPrint | None:
    """Bản in của nội dung này, if it was ever asked for."""
    return of_source(hashlib.sha256(content).hexdigest())


def of_source(sha256: str) -> PdfPrint | None:
    """The same by the content's hash."""
    return PdfPrint.objects.select_related("source", "made").filter(source__sha256=sha256).first()


def before(one: PdfPrint) -> int:
    """Bản in đang chờ trước bản này."""
    return PdfPrint.objects.filter(state=PrintState.QUEUED, pk__lt=one.pk).count()


def pdf_of(one: PdfPrint) -> bytes:
    """Tệp PDF của một bản in đã xong."""
    assert one.made is not None
    return files.content_of(one.made)
