"""Việc nền: the program reads a document, bounded in a process of its own, and tells how far it is.

A reading that is done is written in one transaction: text, items, findings, hash. The pages are drawn afterwards, so
that the draft does not wait for its pictures.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from ntm.domain.documents.examined import Examined, examine
from ntm.domain.documents.reading.blocks import Source, SourceError
from ntm.domain.documents.reading.model import Reading
from ntm.domain.documents.reading.sources import Limits, Progress, read_isolated
from ntm.domain.official.text import fold
from ntm.records.archive.documents import items, pictures, search, source
from ntm.records.archive.models import DocumentReading, OfficialDocument, ReadingState, ReadItem

__all__ = ["STALE", "digest_of", "draw_again", "draw_in_background", "read_in_background", "work"]

STALE = timedelta(minutes=25)  # a reading that has not told of itself for so long has died
MOST_LINES = 40_000
_TELL_EVERY = timedelta(seconds=0.7)
_log = logging.getLogger(__name__)


@task()
def read_in_background(reading_id: int) -> None:
    """Đọc văn bản trong nền."""
    work(reading_id)


@task()
def draw_in_background(reading_id: int) -> None:
    """Vẽ lại ảnh trang trong nền."""
    draw_again(reading_id)


def draw_again(reading_id: int) -> None:
    """Vẽ lại: the pictures of a reading whose pictures are gone (a restored copy has none)."""
    reading = DocumentReading.objects.select_related("document__use__file").get(pk=reading_id)
    if reading.state == ReadingState.DONE and reading.drawn is None:
        with default_storage.open(reading.document.use.file.path, "rb") as stream:
            content = stream.read()
        _draw(reading, [row[0] for row in reading.source], content)


def work(reading_id: int) -> DocumentReading:
    """Đọc: queued -> reading -> done or failed with its sentence. Does nothing to a reading that is no longer waiting."""
    started = timezone.now()
    waiting = DocumentReading.objects.filter(pk=reading_id, state=ReadingState.QUEUED)
    if not waiting.update(state=ReadingState.READING, started_at=started, seen_at=started):
        return DocumentReading.objects.get(pk=reading_id)
    reading = DocumentReading.objects.select_related("document__use__file").get(pk=reading_id)
    try:
        found, content = _read(reading)
    except SourceError as error:
        return _failed(reading, error.message)
    except FileNotFoundError:
        return _failed(reading, _("Nội dung tệp không còn trong kho: báo quản trị khôi phục từ bản sao lưu."))
    except Exception:
        _log.exception("reading %s", reading_id)
        return _failed(
            reading, _("Chương trình gặp lỗi khi đọc tệp này. Mở tệp bằng Word, lưu thành .docx hoặc PDF rồi tải lại.")
        )
    _draw(reading, [line.text for line in found.lines], content)
    return reading


def _read(reading: DocumentReading) -> tuple[Source, bytes]:
    use = reading.document.use
    with default_storage.open(use.file.path, "rb") as stream:
        content = stream.read()
    limits = Limits(max_bytes=settings.EVIDENCE_MAX_BYTES, max_lines=MOST_LINES, wall_seconds=900)
    found = read_isolated(content, use.name, limits=limits, progress=_teller(reading.pk))
    _tell(reading.pk, _("tìm nội dung và kiểm tra"), 1, 1)
    _keep(reading, found, examine(found))
    return found, content


def _teller(reading_id: int) -> Any:
    last: list[datetime] = []

    def tell(progress: Progress) -> None:
        now = timezone.now()
        if not last or now - last[-1] > _TELL_EVERY:
            last[:] = [now]
            _tell(reading_id, progress.what, progress.done, progress.total)

    return tell


def _tell(reading_id: int, what: str, done: int, total: int) -> None:
    DocumentReading.objects.filter(pk=reading_id, state=ReadingState.READING).update(
        step=what[:200], step_done=done, step_total=total, seen_at=timezone.now()
    )


@transaction.atomic
def _keep(reading: DocumentReading, found: Source, examined: Examined) -> None:
    said, reading.content = examined.reading, examined.to_json()
    reading.findings = reading.content["findings"]
    reading.weights = Counter(one["severity"] for one in reading.findings)
    reading.source = source.to_rows(found)
    reading.places = source.places(found.lines)
    reading.digest = digest_of(reading.content, reading.source)
    reading.source_kind, reading.set_code = found.kind, said.set_code or ""
    reading.state, reading.finished_at, reading.seen_at = ReadingState.DONE, timezone.now(), timezone.now()
    reading.step = ""
    if reading.document.use.file.kind not in pictures.DRAWN:
        reading.drawn = []
    reading.save()
    _keep_items(reading, found, said)
    document = OfficialDocument.objects.select_for_update(of=("self",)).get(pk=reading.document_id)
    _as_read(document, said)
    document.current = reading
    document.save()
    reading.document = document
    about = f"{document.number} {document.title} {document.issuer} {document.use.name}"
    search.keep_text(document, found.text, about)


def _keep_items(reading: DocumentReading, found: Source, said: Reading) -> None:
    doubtful = {no for no, row in enumerate(reading.source, 1) if len(row) > 2 and row[2]}
    stood = reading.places
    ReadItem.objects.bulk_create(
        [
            ReadItem(
                reading=reading,
                section=item.section,
                key=item.key,
                order=order,
                label=item.label,
                folded=items.searched(item),
                value=item.value,
                criteria=list(item.criteria),
                lines=list(item.lines),
                page=item.page
                or source.on_page(stood, item.lines)
                or next((p for p in map(said.page, item.lines) if p), None),
                doubtful=bool(doubtful & set(item.lines)),
            )
            for order, item in enumerate(items.items(reading.content, _header_lines(said)))
        ],
        batch_size=300,
    )


def _header_lines(said: Reading) -> dict[str, tuple[int, ...]]:
    head = said.header
    signer = head.signer.lines if head.signer else ()
    when = head.date.lines if head.date else ()
    return {
        "full_number": head.number_lines,
        "kind": head.kind_lines,
        "title": head.title_lines,
        "date": when,
        "place": when,
        "issuer": head.issuer_lines,
        "signer": signer,
        "signer_position": signer,
        "year": head.title_lines,
        "period": head.title_lines,
    } | {f"r{index}": one.lines for index, one in enumerate(said.recipients)}


def _as_read(document: OfficialDocument, said: Reading) -> None:
    head = said.header
    when = head.date.date if head.date else None
    document.number = (head.full_number or "")[:100]
    document.number_key = fold(document.number).replace(" ", "")[:100]
    document.kind = (head.kind or "")[:60]
    document.title = (head.title or "")[:500]
    document.issuer = (head.issuer or "")[:300]
    document.signed = when if when and date(1900, 1, 1) <= when <= date(2200, 1, 1) else None
    year = (document.signed.year if document.signed else None) or (head.date.year if head.date else None) or head.year
    document.year = year if year and 1900 <= year <= 2200 else None


def _failed(reading: DocumentReading, sentence: str) -> DocumentReading:
    reading.state, reading.sentence = ReadingState.FAILED, sentence[:1000]
    reading.finished_at, reading.step = timezone.now(), ""
    reading.save(update_fields=["state", "sentence", "finished_at", "step"])
    return reading


def _draw(reading: DocumentReading, lines: list[str], content: bytes) -> None:
    if reading.drawn is not None:
        return
    try:
        drawn = pictures.draw(reading.document.use.file, content, lines)
    except pictures.NotDrawn as reason:
        _log.warning("pages of reading %s were not drawn: %s", reading.pk, reason)
        drawn = pictures.Drawn([])
    reading.drawn = drawn.sizes
    if drawn.places is not None:
        reading.places = drawn.places
        _pages_of_items(reading)
    reading.save(update_fields=["drawn", "places"])


def _pages_of_items(reading: DocumentReading) -> None:
    """Items of a Word file learn on which printed page they stand."""
    changed = []
    for item in reading.items.all():
        item.page = source.on_page(reading.places, item.lines) or item.page
        changed.append(item)
    ReadItem.objects.bulk_update(changed, ["page"], batch_size=300)


def digest_of(content: Any, rows: Any) -> str:
    """Mã băm of what was read: reading, findings and the lines they point at. The order of keys does not matter."""
    whole = json.dumps([content, rows], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()
