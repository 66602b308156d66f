"""Việc nền: one Word file is printed to PDF by LibreOffice in a bounded process."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from ntm.domain.documents.reading.blocks import SourceError
from ntm.domain.documents.writing.content import WritingError
from ntm.domain.documents.writing.pdf import write_pdf
from ntm.records.archive import services as files
from ntm.records.archive.models import PdfPrint, PrintState

__all__ = ["STALE", "dead", "print_in_background", "work"]

STALE = timedelta(minutes=5)  # LibreOffice is ended long before
_WAITING_LONG = timedelta(hours=6)
_log = logging.getLogger(__name__)


@task()
def print_in_background(print_id: int) -> None:
    """In ra PDF trong nền."""
    work(print_id)


def dead(one: PdfPrint) -> bool:
    """The process that worked at it is gone."""
    if one.state == PrintState.RUNNING:
        return timezone.now() - (one.started_at or one.queued_at) > STALE
    return one.state == PrintState.QUEUED and timezone.now() - one.queued_at > _WAITING_LONG


def work(print_id: int) -> PdfPrint:
    """In: queued -> running -> done or failed with its sentence. Does nothing to one that is no longer waiting."""
    waiting = PdfPrint.objects.filter(pk=print_id, state=PrintState.QUEUED)
    if waiting.update(state=PrintState.RUNNING, started_at=timezone.now()):
        one = PdfPrint.objects.select_related("source").get(pk=print_id)
        try:
            one.made = files.keep_made(write_pdf(files.content_of(one.source)))
            one.state = PrintState.DONE
        except (SourceError, WritingError, files.FileMissing) as reason:
            one.state, one.sentence = PrintState.FAILED, str(reason)[:1000]
        except Exception:
            _log.exception("print %s", print_id)
            one.state = PrintState.FAILED
            one.sentence = _("Chương trình gặp lỗi khi in ra PDF; tải tệp Word, mở bằng Word rồi lưu thành PDF.")
        one.finished_at = timezone.now()
        one.save(update_fields=["made", "state", "sentence", "finished_at"])
    return PdfPrint.objects.select_related("source", "made").get(pk=print_id)
