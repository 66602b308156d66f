"""Minh chứng, còn thiếu, bỏ nháp, lấy lại: beside the sheet."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from faces.desk.working_world import DAY, HAI_DUONG, PDF, PNG, sent, sheet_url, typed
from ntm.records.standing import services
from ntm.records.standing.models import Evidence, Gap, Observation
from ntm.records.standing.models.observations import State

HTMX = {"HX-Request": "true", "HX-Target": "entry-detail"}


def _attach(client, world, *files, code="10", **headers):
    return client.post(sheet_url(world, f"tep/{code}/"), {"tep": list(files)}, headers=headers)


def _file(name="bien-ban.png", content=PNG):
    return SimpleUploadedFile(name, content)


def test_a_file_is_attached_listed_and_opened_with_safe_headers(world, client_of):
    typed(world, "10", "59,58")
    client = client_of(world.actor["officer"])
    response = _attach(client, world, _file("Biên bản thôn 2.png"), **HTMX)
    text = response.content.decode()
    assert response.status_code == 200 and "Biên bản thôn 2.png" in text and "Đã đính kèm 1 tệp" in text
    assert 'id="f-10"' in text  # the sheet's own row follows
    opened = client.get(f"/minh-chung/{Evidence.objects.get().pk}/")
    assert opened["Content-Type"] == "image/png"
    assert opened["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in opened["Content-Security-Policy"] and "default-src 'none'" in opened["Content-Security-Policy"]
    assert opened["Content-Disposition"].startswith("inline; filename*=UTF-8''Bi%C3%AAn")
    assert b"".join(opened.streaming_content) == PNG
    assert client.get(f"/minh-chung/{Evidence.objects.get().pk}/?tai=1")["Content-Disposition"].startswith("attachment")


def test_words_are_downloaded_and_a_pdf_is_shown(world, client_of):
    draft = typed(world, "10", "59,58")
    client = client_of(world.actor["officer"])
    services.attach(world.actor["officer"], draft.pk, content=PDF, name="to-trinh.pdf")
    services.attach(world.actor["officer"], draft.pk, content="Biên bản".encode(), name="x.txt")
    pdf, words = (client.get(f"/minh-chung/{one.pk}/") for one in Evidence.objects.order_by("pk"))
    assert pdf["Content-Type"] == "application/pdf" and pdf["Content-Disposition"].startswith("inline")
    assert words["Content-Disposition"].startswith("attachment")


def test_a_file_put_on_the_row_updates_the_row(world, client_of):
    typed(world, "10", "59,58")
    response = _attach(client_of(world.actor["officer"]), world, _file(), **{"HX-Request": "true", "HX-Target": "s-10"})
    text = response.content.decode()
    assert response.status_code == 200 and "1 tệp" in text and "0 thiếu" not in text and "<h2>" not in text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("virus.exe", b"MZ\x90\x00" + b"\0" * 64, "virus.exe"), ("trang.html", b"<!doctype html><script>", "trang.html")],
)
def test_a_refused_file_is_a_sentence_and_the_good_one_stays(world, client_of, name, content, said):
    typed(world, "10", "59,58")
    response = _attach(client_of(world.actor["officer"]), world, _file(), _file(name, content))
    assert response.status_code == 422 and said in response.content.decode()
    assert Evidence.objects.count() == 1


def test_too_large_a_file_is_a_sentence(world, client_of, settings):
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    typed(world, "10", "59,58")
    response = _attach(client_of(world.actor["officer"]), world, _file(content=PNG + b"\0" * (1024 * 1024)))
    assert response.status_code == 422 and "lớn hơn 1 MB" in response.content.decode()


def test_a_file_before_the_figure_is_told_what_comes_first(world, client_of):
    response = _attach(client_of(world.actor["officer"]), world, _file())
    assert response.status_code == 422 and "nhập số liệu trước" in response.content.decode()


def test_a_file_is_taken_off_a_draft_and_not_off_what_was_sent(world, client_of):
    draft = typed(world, "10", "59,58")
    evidence = services.attach(world.actor["officer"], draft.pk, content=PNG, name="a.png")
    client = client_of(world.actor["officer"])
    assert client.post(sheet_url(world, f"go-tep/10/{evidence.pk}/")).status_code == 302
    assert Evidence.objects.get().removed_at is not None
    kept = services.attach(world.actor["officer"], draft.pk, content=PDF, name="b.pdf")
    services.send(world.actor["officer"], unit_id=world.unit["thach_loi"], set_code=HAI_DUONG, as_of=DAY)
    response = client.post(sheet_url(world, f"go-tep/10/{kept.pk}/"))
    assert response.status_code == 422 and "đã gửi" in response.content.decode()


def test_a_drafts_file_is_the_offices_own_until_it_is_sent(world, client_of):
    draft = typed(world, "10", "59,58")
    evidence = services.attach(world.actor["officer"], draft.pk, content=PNG, name="a.png")
    address = f"/minh-chung/{evidence.pk}/"
    assert client_of(world.actor["district"]).get(address).status_code == 403
    services.send(world.actor["officer"], unit_id=world.unit["thach_loi"], set_code=HAI_DUONG, as_of=DAY)
    assert client_of(world.actor["district"]).get(address).status_code == 200
    assert client_of(world.actor["income"]).get(address).status_code == 200
    assert client_of(world.actor["roads"]).get(address).status_code == 403
    assert client_of(world.actor["stranger"]).get(address).status_code == 403
    assert client_of(world.actor["officer"]).get("/minh-chung/999/").status_code == 404


def test_what_is_missing_is_recorded_with_its_cost_and_closed(world, client_of):
    client = client_of(world.actor["officer"])
    data = {"text": "Rải nhựa 1,2 km đường trục thôn", "cost": "2,4", "measure": "tỷ"}
    response = client.post(sheet_url(world, "con-thieu/2.2/"), data, headers=HTMX)
    assert response.status_code == 200 and "2,4 tỷ đồng" in response.content.decode()
    gap = Gap.objects.get()
    assert (gap.cost, gap.indicator_code, gap.criterion_no, gap.opened_on) == (2_400_000_000, "2.2", 2, DAY)
    assert "còn thiếu 2,4 tỷ đồng" in client.get(sheet_url(world)).content.decode()
    response = client.post(sheet_url(world, f"con-thieu/2.2/{gap.pk}/"), {"reason": ""}, headers=HTMX)
    assert response.status_code == 422 and "Ghi kết quả" in response.content.decode()
    client.post(sheet_url(world, f"con-thieu/2.2/{gap.pk}/"), {"reason": "đã làm xong"}, headers=HTMX)
    gap.refresh_from_db()
    assert gap.closed_reason == "đã làm xong"


def test_a_cost_that_cannot_be_read_keeps_what_was_typed(world, client_of):
    data = {"text": "Rải nhựa", "cost": "hai tỷ rưỡi", "measure": "tỷ"}
    response = client_of(world.actor["officer"]).post(sheet_url(world, "con-thieu/2.2/"), data, headers=HTMX)
    text = response.content.decode()
    assert response.status_code == 422 and 'value="Rải nhựa"' in text and "hai tỷ rưỡi" in text
    assert not Gap.objects.exists()


def test_a_returned_figure_is_taken_up_again_with_its_files(world, client_of):
    draft = typed(world, "10", "59,58")
    services.attach(world.actor["officer"], draft.pk, content=PNG, name="a.png")
    services.send(world.actor["officer"], unit_id=world.unit["thach_loi"], set_code=HAI_DUONG, as_of=DAY)
    services.give_back(world.actor["income"], draft.pk, reason="Thiếu biên bản của thôn 2")
    client = client_of(world.actor["officer"])
    assert "Lấy lại số và tệp để sửa" in client.get(sheet_url(world, "chi-tiet/10/")).content.decode()
    text = client.post(sheet_url(world, "lay-lai/10/"), headers=HTMX).content.decode()
    again = Observation.objects.get(state=State.DRAFT)
    assert again.typed == "59,58" and again.evidence.count() == 1 and "a.png" in text
    assert client.post(sheet_url(world, "lay-lai/11/"), headers=HTMX).status_code == 422


def test_a_draft_is_given_up_and_what_was_sent_stands_again(world, client_of):
    sent(world)
    typed(world, "10", "80")
    client = client_of(world.actor["officer"])
    text = client.post(sheet_url(world, "bo-nhap/10/"), headers=HTMX).content.decode()
    assert "Đã bỏ bản nháp" in text and 'value="59,58"' in text
    assert not Observation.objects.filter(state=State.DRAFT).exists()
    assert client.post(sheet_url(world, "bo-nhap/10/"), headers=HTMX).status_code == 422


def test_the_detail_is_a_page_and_a_panel(world, client_of):
    client = client_of(world.actor["officer"])
    whole = client.get(sheet_url(world, "chi-tiet/10/")).content.decode()
    side = client.get(
        sheet_url(world, "chi-tiet/10/"), headers={"HX-Request": "true", "HX-Target": "side-content"}
    ).content.decode()
    assert "<html" in whole and "Thu nhập bình quân đầu người" in whole
    assert "<html" not in side and "Thu nhập bình quân đầu người" in side
    assert client.get(sheet_url(world, "chi-tiet/99/")).status_code == 422
