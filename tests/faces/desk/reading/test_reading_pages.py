"""Phòng văn bản: upload, shelf, search, desk, decisions, answers, files; with and without scripts, whole page and fragment."""

from __future__ import annotations

import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from document_world import ON, RICH, SHORT, as_pdf, sample, uploaded
from faces.conftest import BACKEND
from ntm.faces.desk.rooms.reading import document as desk
from ntm.faces.desk.rooms.reading import shown
from ntm.records.archive.documents import pictures, queries
from ntm.records.archive.models import ConfirmedItem, FindingAnswer, ItemDecision, OfficialDocument, ReadingState

pytestmark = pytest.mark.django_db
DAY = f"?ngay={ON.isoformat()}"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def officer(area, holder):
    return holder("commune_officer", area.commune)


@pytest.fixture
def document(area, officer):
    return uploaded(officer, area.commune)


@pytest.fixture(autouse=True)
def at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def client_of(actor) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.user_id), backend=BACKEND)
    return client


def send(client, *files, unit="", follow=False):
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(f"/van-ban/tai-len/{DAY}", {"tep": sent, "don-vi": unit}, follow=follow)


def page_of(client, document, more="") -> str:
    answer = client.get(f"/van-ban/{document.pk}/{DAY}{more}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_file_is_uploaded_read_and_opened(area, officer, django_capture_on_commit_callbacks) -> None:
    client = client_of(officer)
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client, ("ke-hoach.txt", sample()), unit=str(area.commune))
    made = OfficialDocument.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/van-ban/{made.pk}/{DAY}"
    assert made.current.state == ReadingState.DONE
    text = page_of(client, made)
    assert "Chỉ tiêu phấn đấu" in text and "Phát hiện" in text and "máy đang đọc" in text


def test_of_several_files_the_good_ones_stay_and_the_others_are_told(
    area, officer, django_capture_on_commit_callbacks
) -> None:
    client = client_of(officer)
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(
            client,
            ("a.txt", sample()),
            ("b.html", b"<html>"),
            ("c.docx", b""),
            ("d.txt", sample()),
            unit=str(area.commune),
        )
    text = answer.content.decode()
    assert answer.status_code == 422 and OfficialDocument.objects.count() == 1
    assert "b.html" in text and "trang web" in text and "Tệp trống" in text
    assert "đã có trong kho" in text and f"/van-ban/{OfficialDocument.objects.get().pk}/" in text
    assert "Đã nhận 1 tệp" in text
    assert "Chưa chọn tệp nào" in send(client, unit=str(area.commune)).content.decode()


def test_a_place_out_of_ones_area_is_refused(area, officer) -> None:
    answer = send(client_of(officer), ("a.txt", sample()), unit=str(area.neighbour))
    assert answer.status_code == 422 and not OfficialDocument.objects.exists()


def test_the_shelf_finds_by_words_without_marks_and_shows_where(document, officer) -> None:
    client = client_of(officer)
    text = client.get(f"/van-ban/{DAY}&tu=moi+truong").content.decode()
    assert document.name in text and "có các từ “moi truong”" in text and f"/van-ban/{document.pk}/{DAY}#d" in text
    none = client.get(f"/van-ban/{DAY}&tu=khongcotrongkho").content.decode()
    assert "Không có văn bản nào khớp" in none
    year = client.get(f"/van-ban/{DAY}&nam={document.year}&loai={document.kind}&so=&don-vi={document.unit_id}")
    assert document.name in year.content.decode()


def test_each_office_sees_its_own_shelf(area, holder, document) -> None:
    text = client_of(holder("commune_officer", area.neighbour)).get(f"/van-ban/{DAY}").content.decode()
    assert "Chưa có văn bản nào" in text
    refused = client_of(holder("administrator")).get(f"/van-ban/{DAY}")
    assert refused.status_code == 200 and "Chức danh này không xem văn bản" in refused.content.decode()
    assert (
        document.name in client_of(holder("coordination_office", area.district)).get(f"/van-ban/{DAY}").content.decode()
    )


@pytest.mark.parametrize("path", ["", "tep/", "phat-hien.docx", "nguon/", "tien-do/", "trang/1.webp"])
def test_a_stranger_gets_nothing_of_a_document(area, holder, document, path) -> None:
    stranger = client_of(holder("commune_officer", area.stranger))
    assert stranger.get(f"/van-ban/{document.pk}/{path}{DAY}").status_code == 403
    assert stranger.get(f"/van-ban/999/{path}{DAY}").status_code == 404
    assert Client().get(f"/van-ban/{document.pk}/{path}{DAY}").status_code == 302


def test_the_desk_shows_every_item_with_its_line_and_both_figures_of_findings(document, officer) -> None:
    text = page_of(client_of(officer), document)
    for item in document.current.items.all():
        assert f'id="m{item.pk}"' in text
        if item.lines:
            assert f'href="#d{item.lines[0]}"' in text
    for no, finding in enumerate(document.current.findings):
        assert f'id="p{no}"' in text
        for figure in (finding["computed"], finding["stated"]):
            assert figure is None or figure in text
    assert text.count('<li id="d') == len(document.current.source)


def test_the_desk_asks_a_fixed_number_of_questions(document, officer, django_assert_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(officer)
    page_of(client, document)
    with CaptureQueriesContext(
        connection,
    ) as first:
        page_of(client, document)
    targets = document.current.items.filter(section="targets").values_list("pk", flat=True)
    client.post(f"/van-ban/{document.pk}/quyet-dinh/{DAY}", {"nhan": "chon", "muc": list(targets)})
    client.post(f"/van-ban/{document.pk}/xac-nhan/{DAY}")
    page_of(client, document)
    with CaptureQueriesContext(connection) as second:
        page_of(client, document)
    assert len(first) == len(second) <= 22


def test_the_shelf_asks_a_fixed_number_of_questions(area, officer, document, django_assert_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(officer)
    client.get(f"/van-ban/{DAY}&tu=nong+thon")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/van-ban/{DAY}&tu=nong+thon")
    for name in (SHORT, RICH):
        uploaded(officer, area.commune, sample(name), f"{name}.txt")
    with CaptureQueriesContext(connection) as many:
        client.get(f"/van-ban/{DAY}&tu=nong+thon")
    assert len(one) == len(many)


def test_items_are_decided_one_by_one_by_part_and_by_choice(document, officer) -> None:
    client, url = client_of(officer), f"/van-ban/{document.pk}/quyet-dinh/{DAY}"
    targets = list(document.current.items.filter(section="targets").values_list("pk", flat=True))
    answer = client.post(url, {"nhan": targets[0]})
    assert answer.status_code == 302 and answer["Location"].endswith(f"#m{targets[0]}")
    assert client.post(url, {"bo": "chon", "muc": targets[1:3]}).status_code == 302
    answer = client.post(url, {"nhan": "phan:targets"}, **HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200 and text.count('hx-swap-oob="true"') >= len(targets) - 3
    assert f'id="m{targets[3]}" class="item accepted"' in text and f"Đã xem {len(targets)}/" in text
    assert f'id="m{targets[1]}"' not in text  # was decided before: left as it was
    held = dict(ItemDecision.objects.filter(replaced_at=None).values_list("item_id", "decision"))
    assert held == dict.fromkeys(targets, "accepted") | dict.fromkeys(targets[1:3], "rejected")
    client.post(url, {"de": targets[0]})
    assert not ItemDecision.objects.filter(item_id=targets[0], replaced_at=None).exists()


@pytest.mark.parametrize("body", [{}, {"nhan": "chon"}, {"nhan": "abc"}, {"nhan": "phan:khong"}, {"nhan": "999999"}])
def test_a_wrong_decision_is_a_sentence(document, officer, body) -> None:
    client = client_of(officer)
    for more in ({}, HTMX):
        answer = client.post(f"/van-ban/{document.pk}/quyet-dinh/{DAY}", body, **more)
        assert answer.status_code == 422 and "notice-stop" in answer.content.decode()


def test_an_item_is_corrected_in_place_or_on_its_own_page(document, officer) -> None:
    client = client_of(officer)
    money = document.current.items.filter(section="money").first()
    url = f"/van-ban/{document.pk}/muc/{money.pk}/{DAY}"
    assert "<html" in client.get(url).content.decode() and "<html" not in client.get(url, **HTMX).content.decode()
    wrong = client.post(url, {"f.amount": "nhiều"}, **HTMX)
    assert wrong.status_code == 422 and "không phải số tiền" in wrong.content.decode()
    assert 'value="nhiều"' in wrong.content.decode()
    right = client.post(url, {"f.amount": "7,25 tỷ"}, **HTMX)
    assert right.status_code == 200 and "<ins>7,25 tỷ đồng</ins>" in right.content.decode()
    again = client.post(url, {"f.amount": "8 tỷ"})
    assert again.status_code == 302
    assert 'value="8 tỷ đồng"' in client.get(url).content.decode()
    assert client.get(f"/van-ban/{document.pk}/muc/999999/{DAY}").status_code == 404


def test_items_of_every_part_can_be_opened_for_correction(document, officer) -> None:
    client = client_of(officer)
    for section in document.current.items.order_by().values_list("section", flat=True).distinct():
        item = document.current.items.filter(section=section).first()
        assert client.get(f"/van-ban/{document.pk}/muc/{item.pk}/{DAY}", **HTMX).status_code == 200, section


def test_a_finding_is_answered(document, officer) -> None:
    client, url = client_of(officer), f"/van-ban/{document.pk}/phat-hien/0/{DAY}"
    refused = client.post(url, {"answer": "keep", "text": ""}, **HTMX)
    assert refused.status_code == 422 and "ghi lý do" in refused.content.decode()
    told = client.post(url, {"answer": "keep", "text": "đã bố trí ở đề án khác"}, **HTMX)
    assert "đã bố trí ở đề án khác" in told.content.decode() and 'id="p0"' in told.content.decode()
    assert client.post(url, {"answer": "mend"}).status_code == 302
    assert FindingAnswer.objects.get(replaced_at=None).answer == "mend"
    assert client.post(f"/van-ban/{document.pk}/phat-hien/99/{DAY}", {"answer": "mend"}, **HTMX).status_code == 422


def test_confirmed_items_are_listed_with_where_they_came_from(document, officer) -> None:
    client = client_of(officer)
    client.post(f"/van-ban/{document.pk}/quyet-dinh/{DAY}", {"nhan": "phan:targets"})
    assert re.search(r"Xác nhận \d+ mục", page_of(client, document))
    client.post(f"/van-ban/{document.pk}/xac-nhan/{DAY}")
    assert ConfirmedItem.objects.count() == document.current.items.filter(section="targets").count()
    text = client.get(f"/van-ban/da-xac-nhan/{DAY}&phan=targets").content.decode()
    for one in ConfirmedItem.objects.all():
        assert f"/van-ban/{document.pk}/{DAY}&amp;muc={one.item_id}#m{one.item_id}" in text
    assert "Không có mục nào mới" in client.post(f"/van-ban/{document.pk}/xac-nhan/{DAY}", follow=True).content.decode()


def test_who_only_reads_sees_no_buttons(area, holder, document) -> None:
    client = client_of(holder("leader", area.district))
    text = page_of(client, document)
    assert 'name="nhan"' not in text and "Trả lời" not in text and "Xuất phiếu phát hiện" in text
    assert client.post(f"/van-ban/{document.pk}/quyet-dinh/{DAY}", {"nhan": "phan:targets"}).status_code in (403, 422)
    assert client.post(f"/van-ban/{document.pk}/xac-nhan/{DAY}").status_code == 403


def test_the_note_is_a_word_file_that_opens(document, officer) -> None:
    answer = client_of(officer).get(f"/van-ban/{document.pk}/phat-hien.docx{DAY}")
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    opened = Document(io.BytesIO(answer.content))
    rows = [row.cells[2].text for table in opened.tables for row in table.rows[1:]]
    assert sorted(rows) == sorted(one["message"] for one in document.current.findings)


def test_pages_and_files_are_served_so_that_they_can_do_nothing(area, officer) -> None:
    document = uploaded(officer, area.commune, as_pdf([f"Dong thu {n} cua ke hoach" for n in range(8)]), "kh.pdf")
    client = client_of(officer)
    assert f"/van-ban/{document.pk}/trang/2.webp" in page_of(client, document)
    assert '<li id="d1"' in page_of(client, document, "&xem=chu")
    picture = client.get(f"/van-ban/{document.pk}/trang/1.webp{DAY}")
    assert picture["Content-Type"] == "image/webp" and b"".join(picture.streaming_content).startswith(b"RIFF")
    original = client.get(f"/van-ban/{document.pk}/tep/{DAY}")
    assert original["Content-Disposition"].startswith("attachment")
    for answer in (picture, original):
        assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]
        assert (
            "default-src 'none'" in answer["Content-Security-Policy"] and "sandbox" in answer["Content-Security-Policy"]
        )
    assert client.get(f"/van-ban/{document.pk}/trang/99.webp{DAY}").status_code == 404
    document.current.refresh_from_db()
    assert document.current.drawn
    original.close()


def test_pictures_that_are_gone_are_drawn_again(area, officer, django_capture_on_commit_callbacks) -> None:
    document = uploaded(officer, area.commune, as_pdf([f"Dong thu {n} cua ke hoach" for n in range(8)]), "kh.pdf")
    for page in (1, 2):
        default_storage.delete(pictures.path_of(document.use.file, page))
    client = client_of(officer)
    with django_capture_on_commit_callbacks(execute=True) as asked:
        for page in (1, 2):
            assert client.get(f"/van-ban/{document.pk}/trang/{page}.webp{DAY}").status_code == 404
    assert len(asked) == 1
    assert client.get(f"/van-ban/{document.pk}/trang/2.webp{DAY}").status_code == 200


def test_what_stands_in_a_document_is_shown_as_words_only(area, officer) -> None:
    head, last, tail = (sample(RICH) * 2).decode().rpartition("xã")
    assert len(head.encode()) > 4096  # where the kind of a file is looked for
    hostile = f"{head}<script>alert(1)</script> {last}{tail}"
    document = uploaded(officer, area.commune, hostile.encode(), "hai.txt")
    text = page_of(client_of(officer), document)
    assert "<script>alert" not in text and "&lt;script&gt;alert" in text


def test_progress_is_shown_and_over_when_it_is(area, officer) -> None:
    from ntm.records.archive.documents import services, working

    client = client_of(officer)
    made = services.upload_document(officer, content=sample(), name="a.txt", unit_id=area.commune, on=ON)
    reading = made.readings.get()
    assert "Đang chờ đến lượt đọc" in page_of(client, made)
    assert "Đang chờ" in client.get(f"/van-ban/{made.pk}/tien-do/{DAY}", **HTMX).content.decode()
    reading.__class__.objects.update(state="reading", step="trang 3", step_done=3, step_total=10)
    assert 'aria-valuenow="30"' in client.get(f"/van-ban/{made.pk}/tien-do/{DAY}", **HTMX).content.decode()
    reading.__class__.objects.update(state="queued")
    working.work(reading.pk)
    over = client.get(f"/van-ban/{made.pk}/tien-do/{DAY}", **HTMX)
    assert over.status_code == 204 and over["HX-Refresh"] == "true"


def test_the_source_comes_when_its_pages_are_drawn(area, officer) -> None:
    document = uploaded(officer, area.commune, as_pdf([f"Dong thu {n} cua ke hoach" for n in range(8)]), "kh.pdf")
    client, reading = client_of(officer), document.current
    drawn, reading.drawn = reading.drawn, None
    reading.save()
    assert "đang vẽ trang in" in page_of(client, document)
    assert client.get(f"/van-ban/{document.pk}/nguon/{DAY}", **HTMX).status_code == 204
    reading.drawn = drawn
    reading.save()
    text = client.get(f"/van-ban/{document.pk}/nguon/{DAY}", **HTMX).content.decode()
    assert 'data-page="2"' in text and "marked-later" in text and f"/van-ban/{document.pk}/{DAY}&amp;xem=chu" in text


def test_a_failed_reading_tells_why_and_can_be_asked_again_or_withdrawn(area, officer) -> None:
    document = uploaded(officer, area.commune, b"%PDF-1.4\nhong", "hong.pdf")
    client = client_of(officer)
    text = page_of(client, document)
    assert "Máy không đọc được tệp này" in text and "hong.pdf" in text and "Đọc lại" in text
    assert "không đọc được" in client.get(f"/van-ban/{DAY}").content.decode()
    assert client.get(f"/van-ban/{document.pk}/phat-hien.docx{DAY}").status_code == 422
    assert client.post(f"/van-ban/{document.pk}/doc-lai/{DAY}").status_code == 302
    assert queries.latest_reading(document).state == ReadingState.QUEUED
    assert client.post(f"/van-ban/{document.pk}/doc-lai/{DAY}").status_code == 422
    assert client.post(f"/van-ban/{document.pk}/rut/{DAY}", {"reason": ""}).status_code == 422
    assert client.post(f"/van-ban/{document.pk}/rut/{DAY}", {"reason": "hỏng"}).status_code == 302
    assert client.get(f"/van-ban/{document.pk}/{DAY}").status_code == 404


def test_a_long_part_is_shown_in_part_unless_asked_for(document, officer, monkeypatch) -> None:
    monkeypatch.setattr(shown, "MOST_ROWS", 3)
    client = client_of(officer)
    targets = list(document.current.items.filter(section="targets").values_list("pk", flat=True))
    text = page_of(client, document)
    assert f'id="m{targets[2]}"' in text and f'id="m{targets[3]}"' not in text
    assert f"Xem cả {len(targets)} mục" in text
    for more in ("&du=targets", f"&muc={targets[-1]}"):
        assert f'id="m{targets[-1]}"' in page_of(client, document, more)


def test_many_lines_come_after_the_page_and_without_scripts_by_a_link(document, officer, monkeypatch) -> None:
    monkeypatch.setattr(desk, "MOST_LETTERS", 100)
    client = client_of(officer)
    text = page_of(client, document)
    assert '<li id="d1"' not in text and 'hx-trigger="load"' in text and "&amp;xem=chu" in text
    assert '<li id="d1"' in page_of(client, document, "&xem=chu")
    assert '<li id="d1"' in client.get(f"/van-ban/{document.pk}/nguon/{DAY}", **HTMX).content.decode()


def test_a_page_is_light(document, officer) -> None:
    assert len(page_of(client_of(officer), document).encode()) < 150_000
