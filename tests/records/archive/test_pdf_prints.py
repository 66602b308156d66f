"""Bản in PDF: asked once for a content, worked in the background, kept; a failure is told and may be asked again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ntm.domain.documents.writing.content import WritingError
from ntm.domain.documents.writing.template_starter import starter
from ntm.records.archive.models import PdfPrint, PrintState, StoredFile
from ntm.records.archive.printing import services, working

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n% one page\n%%EOF\n"


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What the printer was given."""
    given: list[bytes] = []

    def write(content: bytes) -> bytes:
        given.append(content)
        return PDF

    monkeypatch.setattr(working, "write_pdf", write)
    return given


def test_a_content_is_printed_once_and_served_again(area, holder, printed: list[bytes]) -> None:
    who, other, content = holder("coordination_office", area.district), holder("viewer", area.province), starter()
    one = services.ask(who, content)
    assert one.state == PrintState.QUEUED and services.ask(other, content) == one and services.before(one) == 0
    done = working.work(one.pk)
    assert done.state == PrintState.DONE and services.pdf_of(done) == PDF and printed == [content]
    working.work(one.pk)
    assert services.ask(other, content).state == PrintState.DONE and len(printed) == 1
    assert services.by_content(content) == one and services.by_content(b"other") is None
    assert StoredFile.objects.filter(kind="pdf").count() == 1


def test_a_failure_is_told_and_asked_again(area, holder, monkeypatch: pytest.MonkeyPatch) -> None:
    who = holder("coordination_office", area.district)

    def fails(content: bytes) -> bytes:
        raise WritingError("Không chuyển được văn bản sang PDF.")

    monkeypatch.setattr(working, "write_pdf", fails)
    failed = working.work(services.ask(who, starter()).pk)
    assert failed.state == PrintState.FAILED and "Không chuyển được" in failed.sentence
    monkeypatch.setattr(working, "write_pdf", lambda content: PDF)
    again = services.ask(who, starter())
    assert again.pk == failed.pk and again.state == PrintState.QUEUED and again.sentence == ""
    assert working.work(again.pk).state == PrintState.DONE


def test_a_dead_print_is_taken_up_and_one_person_has_a_bound(area, holder, printed: list[bytes]) -> None:
    who = holder("coordination_office", area.district)
    long_ago = timezone.now() - working.STALE - timedelta(seconds=1)
    one = services.ask(who, starter())
    PdfPrint.objects.filter(pk=one.pk).update(state=PrintState.RUNNING, started_at=long_ago)
    assert working.dead(PdfPrint.objects.get(pk=one.pk))
    assert services.ask(who, starter()).state == PrintState.QUEUED
    for kind in ("decision", "letter", "minutes", "report"):
        services.ask(who, starter(kind))
    services.ask(who, starter() + b" ")
    with pytest.raises(services.PrintRefused, match="chờ in"):
        services.ask(who, starter() + b"  ")
