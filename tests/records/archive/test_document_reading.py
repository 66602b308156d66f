"""Tải văn bản lên và cho máy đọc: kept, read in the background, frozen; what cannot be read says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from document_world import ON, as_docx, as_pdf, sample, uploaded
from ntm.records.archive.documents import pictures, queries, services, source, working
from ntm.records.archive.documents.services import AlreadyThere, DocumentRefused
from ntm.records.archive.models import DocumentReading, OfficialDocument, ReadingState, ReadItem
from ntm.records.archive.services import FileMissing, FileRefused
from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied

pytestmark = pytest.mark.django_db
LOCKED = (
    b"/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
    b"/O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b") >>"
)


@pytest.fixture
def officer(area, holder):
    return holder("commune_officer", area.commune)


def test_a_document_is_kept_read_and_its_items_stand_with_their_lines(area, officer) -> None:
    document = uploaded(officer, area.commune)
    reading = document.current
    assert reading.state == ReadingState.DONE and reading.digest == working.digest_of(reading.content, reading.source)
    assert document.kind == "kế hoạch" and document.year == 2023 and document.title
    lines = source.from_rows(reading.source)
    assert [line.text for line in lines] == sample().decode().split("\n")[: len(lines)]
    sections = {item.section for item in reading.items.all()}
    assert {"header", "bases", "targets", "gaps", "duties", "money", "recipients"} <= sections
    kind = reading.items.get(key="document.kind")
    assert kind.value == {"value": "kế hoạch"} and "KẾ HOẠCH" in lines[kind.lines[0] - 1].text.upper()
    for item in reading.items.filter(section="targets"):
        assert item.lines and item.value["what"].split()[0] in " ".join(lines[no - 1].text for no in item.lines)
    assert reading.findings == reading.content["findings"] and reading.drawn == []
    verbs = list(Entry.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["document.store", "document.read"]


def test_figures_of_items_hold_no_floats(area, officer) -> None:
    document = uploaded(officer, area.commune)

    def floats(value: object) -> list[object]:
        if isinstance(value, dict):
            return [one for part in value.values() for one in floats(part)]
        if isinstance(value, list):
            return [one for part in value for one in floats(part)]
        return [value] if isinstance(value, float) else []

    assert not [floats(item.value) for item in document.current.items.all() if floats(item.value)]


def test_the_background_task_is_asked_once_the_document_is_kept(
    area, officer, settings, django_capture_on_commit_callbacks
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        made = services.upload_document(officer, content=sample(), name="a.txt", unit_id=area.commune, on=ON)
        assert made.readings.get().state == ReadingState.QUEUED
    assert made.readings.get().state == ReadingState.DONE
    assert OfficialDocument.objects.get().current.finished_at is not None


def test_the_same_content_at_the_same_unit_is_not_taken_twice(area, officer, holder) -> None:
    first = uploaded(officer, area.commune)
    with pytest.raises(AlreadyThere, match="đã có trong kho") as told:
        services.upload_document(officer, content=sample(), name="khac.txt", unit_id=area.commune, on=ON)
    assert told.value.document == first
    neighbour = holder("commune_officer", area.neighbour)
    assert uploaded(neighbour, area.neighbour).use.file == first.use.file


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "trong.txt", "Tệp trống"),
        (b"<svg onload=x>", "a.svg", "trang web"),
        (b"<!doctype html><p>x", "a.html", "trang web"),
        (b"PK\x03\x04hong", "a.docx", "hỏng"),
        (b"MZ", "a.docx", "chương trình"),
    ],
)
def test_what_may_not_be_kept_is_refused_in_a_sentence(area, officer, content, name, said) -> None:
    with pytest.raises(FileRefused, match=said):
        services.upload_document(officer, content=content, name=name, unit_id=area.commune, on=ON)
    assert not OfficialDocument.objects.exists() and not Entry.objects.exists()


def test_what_is_too_large_is_refused_in_a_sentence(area, officer, settings) -> None:
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    with pytest.raises(FileRefused, match="lớn hơn 1 MB"):
        services.upload_document(officer, content=b"a" * (1024 * 1024 + 1), name="a.txt", unit_id=area.commune, on=ON)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b" \n \n", "trang.txt", "trống"),
        (b"%PDF-1.4\nkhong phai pdf", "hong.pdf", "hong.pdf"),
        (as_pdf(["a"] * 4).replace(b"/Root 1 0 R", LOCKED), "khoa.pdf", "mật khẩu"),
    ],
)
def test_what_cannot_be_read_stays_with_its_sentence(area, officer, content, name, said) -> None:
    document = uploaded(officer, area.commune, content, name)
    reading = document.readings.get()
    assert reading.state == ReadingState.FAILED and said in reading.sentence and reading.digest == ""
    assert document.current == reading and not ReadItem.objects.exists()
    with pytest.raises(DocumentRefused, match="chưa đọc xong"):
        services.confirm(officer, document, on=ON)
    assert services.read_document(officer, document, on=ON).state == ReadingState.QUEUED


def test_a_mistake_of_the_program_is_a_sentence_and_not_a_dead_queue(area, officer, monkeypatch, caplog) -> None:
    monkeypatch.setattr(working, "examine", lambda found: 1 / 0)
    reading = uploaded(officer, area.commune).readings.get()
    assert reading.state == ReadingState.FAILED and "lưu thành .docx" in reading.sentence
    assert "ZeroDivisionError" in caplog.text


def test_a_content_that_is_gone_is_told(area, officer) -> None:
    made = services.upload_document(officer, content=sample(), name="a.txt", unit_id=area.commune, on=ON)
    default_storage.delete(made.use.file.path)
    assert "không còn trong kho" in working.work(made.readings.get().pk).sentence


def test_a_running_reading_is_waited_for_and_a_dead_one_is_closed(area, officer) -> None:
    made = services.upload_document(officer, content=sample(), name="a.txt", unit_id=area.commune, on=ON)
    first = made.readings.get()
    with pytest.raises(DocumentRefused, match="đang được đọc"):
        services.read_document(officer, made, on=ON)
    assert queries.waiting_before(first) == 0
    long_ago = timezone.now() - working.STALE - timedelta(minutes=1)
    DocumentReading.objects.filter(pk=first.pk).update(state=ReadingState.READING, seen_at=long_ago)
    second = services.read_document(officer, made, on=ON)
    first.refresh_from_db()
    assert first.state == ReadingState.FAILED and "dừng giữa chừng" in first.sentence
    assert working.work(first.pk).state == ReadingState.FAILED  # a late task does nothing
    assert working.work(second.pk).state == ReadingState.DONE


def test_a_second_reading_leaves_the_first_as_it_was(area, officer) -> None:
    document = uploaded(officer, area.commune)
    first = document.current
    second = services.read_document(officer, document, on=ON)
    document.refresh_from_db()
    assert document.current == first  # shown until the new one is done
    working.work(second.pk)
    document.refresh_from_db()
    assert document.current == second and queries.latest_reading(document) == second
    second.refresh_from_db()
    first.refresh_from_db()
    assert first.items.count() == second.items.count() and first.digest == second.digest


def test_progress_is_told_while_it_runs(area, officer, monkeypatch) -> None:
    from ntm.domain.documents.reading.sources import Progress

    told = []
    real = working.read_isolated

    def slow(content, name, *, limits, progress):
        progress(Progress(1, 4, "trang 1"))
        told.append(DocumentReading.objects.values("state", "step", "step_done", "step_total").get())
        return real(content, name, limits=limits, progress=progress)

    monkeypatch.setattr(working, "read_isolated", slow)
    reading = uploaded(officer, area.commune).current
    assert told == [{"state": "reading", "step": "trang 1", "step_done": 1, "step_total": 4}]
    assert reading.step == "" and not reading.running
    assert DocumentReading(step_done=1, step_total=4).percent == 25


def test_pages_of_a_pdf_are_drawn_and_its_lines_are_placed_on_them(area, officer) -> None:
    words = [f"Dong thu {n} cua ke hoach xay dung nong thon moi" for n in range(1, 9)]
    document = uploaded(officer, area.commune, as_pdf(words), "kh.pdf")
    reading = document.current
    assert len(reading.drawn) == 2 and all(width == pictures.WIDTH for width, _height in reading.drawn)
    for page in (1, 2):
        with default_storage.open(pictures.path_of(document.use.file, page)) as picture:
            assert picture.read(4) == b"RIFF"
    pages = {int(box[0]) for boxes in reading.places.values() for box in boxes}
    assert pages == {1, 2}
    assert all(0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1 for b in reading.places.values() for _, x0, y0, x1, y1 in b)


@pytest.mark.office
def test_a_word_file_is_printed_and_its_lines_are_found_in_the_print(area, officer) -> None:
    document = uploaded(officer, area.commune, as_docx(), "kh.docx")
    reading = document.current
    assert reading.drawn and len(reading.places) >= 0.95 * len(reading.source)
    order = [(boxes[0][0], boxes[0][2]) for _no, boxes in sorted(reading.places.items(), key=lambda one: int(one[0]))]
    assert order == sorted(order)  # paragraphs go down the pages in their order
    assert set(reading.items.filter(section="targets").values_list("page", flat=True)) <= set(range(1, 9))


def test_pages_that_cannot_be_drawn_leave_the_lines(area, officer, monkeypatch) -> None:
    monkeypatch.setattr(pictures, "run", lambda *a, **k: _finished(1))
    document = uploaded(officer, area.commune, as_pdf(["mot hai ba bon"] * 4), "kh.pdf")
    assert document.current.state == ReadingState.DONE and document.current.drawn == []


def _finished(code: int):
    from ntm.domain.documents.reading.sources.processes import Finished

    return Finished(code, b"", b"no")


def test_who_may_not_read_there_neither_uploads_nor_sees(area, officer, holder) -> None:
    document = uploaded(officer, area.commune)
    stranger = holder("commune_officer", area.stranger)
    with pytest.raises(Denied):
        services.upload_document(stranger, content=b"chu", name="a.txt", unit_id=area.commune, on=ON)
    with pytest.raises(Denied):
        queries.one(stranger, document.pk, ON)
    with pytest.raises(Denied):
        services.read_document(stranger, document, on=ON)
    assert list(queries.visible(stranger, ON)) == []
    above = holder("coordination_office", area.district)
    assert list(queries.visible(above, ON)) == [document] and queries.one(above, document.pk, ON) == document
    assert list(queries.visible(holder("administrator"), ON)) == []


def test_a_document_put_there_by_mistake_is_withdrawn_with_a_reason(area, officer, holder) -> None:
    document = uploaded(officer, area.commune)
    with pytest.raises(DocumentRefused, match="lý do"):
        services.withdraw_document(officer, document, reason=" ", on=ON)
    with pytest.raises(Denied):
        services.withdraw_document(holder("viewer", area.commune), document, reason="x", on=ON)
    services.withdraw_document(officer, document, reason="tải nhầm xã", on=ON)
    assert Entry.objects.latest("sequence").detail["reason"] == "tải nhầm xã"
    with pytest.raises(FileMissing, match="đã được rút"):
        queries.one(officer, document.pk, ON)
    assert not queries.searched(officer, queries.Asked(words="nông thôn"), ON)
    with pytest.raises(DocumentRefused, match="đã rút"):
        services.read_document(officer, document, on=ON)
    assert uploaded(officer, area.commune).use.file == document.use.file  # may be uploaded anew


@pytest.mark.parametrize(
    ("role", "place", "may"),
    [
        ("commune_officer", "commune", True),
        ("sector_officer", "district", True),
        ("coordination_office", "province", True),
        ("leader", "commune", True),
        ("village_board", "village", False),
        ("council_member", "province", False),
        ("viewer", "commune", False),
        ("administrator", "province", False),
    ],
)
def test_who_may_put_a_document_into_the_archive(area, holder, role, place, may):
    from ntm.records.people.authority import allows, table

    who = holder(role, getattr(area, place), ("*",))
    assert allows(who, "document.upload", getattr(area, place), on=ON) is may
    if role == "village_board":
        assert table()[role, "document.read"].scope != "none"  # it reads, and the commune uploads for it
        with pytest.raises(Denied):
            services.upload_document(who, content=b"%PDF-1.4\n%%EOF\n", name="x.pdf", unit_id=area.village, on=ON)
