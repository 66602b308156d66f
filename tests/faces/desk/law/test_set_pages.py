"""Trang bộ tiêu chí: the list, the annex, signing and withdrawing, comparing, taking in a provincial set."""

from __future__ import annotations

import io
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ntm.records.people.models import User
from ntm.records.standing import registry
from ntm.records.standing.models import RegisteredSet, ValueCheck
from records.standing.test_uploaded_sets import filled_template

SET, HAI_DUONG = "xa-ntm-2021-2025", "xa-ntm-nang-cao-hai-duong-2021-2025"
DAY = "?ngay=2023-06-01"


@pytest.fixture
def office(area, holder, client_of):
    """The coordination office of Lạng Sơn, signed in."""
    registry.register_shipped()
    return client_of(holder("coordination_office", area.province))


@pytest.fixture
def officer_client(area, holder, client_of):
    registry.register_shipped()
    return client_of(holder("commune_officer", area.commune))


def text(response) -> str:
    return unescape(response.content.decode())


def test_the_list_tells_what_each_set_is(office, django_assert_num_queries):
    office.get(f"/bo-tieu-chi/{DAY}")
    with django_assert_num_queries(10):
        page = text(office.get(f"/bo-tieu-chi/{DAY}"))
    assert "1.037 trên 1.484 mức chưa ai đối chiếu" in page
    assert "Hải Dương" in page and "chưa đủ" in page and "Nạp bộ của tỉnh" in page


def test_who_may_not_take_in_sets_is_not_offered_it_and_is_refused(officer_client):
    assert "Nạp bộ của tỉnh" not in text(officer_client.get("/bo-tieu-chi/"))
    refused = officer_client.get("/bo-tieu-chi/nap/")
    assert refused.status_code == 403 and "Chưa được nạp bộ tiêu chí" in text(refused)


def test_a_set_reads_as_the_annex_with_the_state_of_each_level(office, django_assert_max_num_queries):
    office.get(f"/bo-tieu-chi/{SET}/{DAY}")
    with django_assert_max_num_queries(8):
        response = office.get(f"/bo-tieu-chi/{SET}/{DAY}")
    page = text(response)
    assert "318/QĐ-TTg" in page and "10. Thu nhập" in page and "có hiệu lực ngày này" in page
    assert "theo trí nhớ, chưa đối chiếu với văn bản" in page and "có nguồn đã đọc nêu mức này" in page
    assert len(response.content) < 150_000


def test_only_what_is_unchecked_can_be_asked_for(office):
    whole, some = text(office.get(f"/bo-tieu-chi/{SET}/")), text(office.get(f"/bo-tieu-chi/{SET}/?chi=unchecked"))
    assert 'id="tc3"' in whole and 'id="tc3"' not in some and 'id="tc10"' in some


def test_a_provincial_set_shows_what_is_its_own(office):
    page = text(office.get(f"/bo-tieu-chi/{HAI_DUONG}/{DAY}"))
    assert "Khác với bộ quốc gia" in page and "Dữ liệu của bộ này chưa đủ." in page
    assert "≥ 68" in page and '<span class="own">tỉnh</span>' in page
    own = text(office.get(f"/bo-tieu-chi/{HAI_DUONG}/?chi=provincial&ngay=2023-06-01"))
    taken_over = _taken_over()
    assert "≥ 68" in own and f"/chi-tieu/{taken_over}/" in page and f"/chi-tieu/{taken_over}/" not in own


def _taken_over() -> str:
    """An indicator that Hải Dương takes from the national set unchanged."""
    content = registry.content(registry.by_code(HAI_DUONG))
    return next(
        one.code
        for _criterion, one in content.indicators()
        if not one.provincial and one.thresholds and not any(level.provincial for level in one.thresholds)
    )


def test_an_unknown_set_or_indicator_is_a_page_that_is_not_there(office):
    for url in ("khong-co/", f"{SET}/chi-tieu/99.9/", f"{SET}/tieu-chi/99/"):
        assert office.get(f"/bo-tieu-chi/{url}").status_code == 404


def test_a_level_is_signed_by_name_office_and_day_and_withdrawn_with_a_reason(office):
    url = f"/bo-tieu-chi/{SET}/chi-tieu/10/"
    given = {"what": "tdmn_phia_bac//2023-01-01", "locator": "Phụ lục I, trang 12, mục 10"}
    assert office.post(url + "ky/", given).status_code == 302
    page = text(office.get(url + DAY))
    assert "Đã đối chiếu với văn bản: Người thử 1, coordination_office 1" in page
    assert "Phụ lục I, trang 12, mục 10" in page
    check = ValueCheck.objects.get()
    refused = office.post(f"/bo-tieu-chi/{SET}/chu-ky/{check.pk}/rut/", {"reason": ""})
    assert refused.status_code == 422 and "Ghi lý do rút" in text(refused)
    assert office.post(f"/bo-tieu-chi/{SET}/chu-ky/{check.pk}/rut/", {"reason": "nhầm"}).status_code == 302
    page = text(office.get(url))
    assert "Chưa ai ký đối chiếu" in page and "Chữ ký đã rút" in page and "nhầm" in page


def test_what_may_not_be_signed_is_said(office, officer_client, area, holder, client_of):
    url = f"/bo-tieu-chi/{SET}/chi-tieu/10/"
    wrong = office.post(url + "ky/", {"what": "*", "locator": ""})
    assert wrong.status_code == 422 and not ValueCheck.objects.exists()
    assert office.post(url + "ky/", {"what": "bịa", "locator": "trang 1"}).status_code == 422
    assert "không ký đối chiếu" in text(officer_client.get(url))
    denied = officer_client.post(url + "ky/", {"what": "*", "locator": "trang 1"})
    assert denied.status_code == 403 and "Chưa được ký đã đối chiếu" in text(denied)
    sector = client_of(holder("sector_officer", area.province, ("11",)))
    assert sector.post(url + "ky/", {"what": "*", "locator": "trang 1"}).status_code == 403


def test_a_whole_page_is_signed_once(office):
    url = f"/bo-tieu-chi/{SET}/tieu-chi/10/"
    assert "Ký: đã đối chiếu với văn bản" in text(office.get(url))
    assert office.post(url + "ky/", {"what": "*", "locator": "Phụ lục I"}).status_code == 302
    again = office.post(url + "ky/", {"what": "*", "locator": "Phụ lục I"})
    assert again.status_code == 422 and "đã ký đối chiếu chỗ này rồi" in text(again)
    assert "Đã đối chiếu với văn bản: Người thử 1" in text(office.get(f"/bo-tieu-chi/{SET}/"))


def test_two_sets_compared_show_changes_guesses_and_what_is_missing(office, django_assert_max_num_queries):
    url = f"/bo-tieu-chi/so-sanh/?truoc=xa-ntm-2016-2020&sau={SET}"
    office.get(url)
    with django_assert_max_num_queries(12):
        page = text(office.get(url))
    assert "nâng mức" in page and "hạ mức" in page and "(đọc ngày 31/12/2020)" in page
    assert "giữ nguyên" in page and "Ẩn chỗ giữ nguyên" in text(office.get(url + "&ca=1"))
    future = text(office.get(f"/bo-tieu-chi/so-sanh/?truoc={SET}&sau=xa-ntm-2026-2030"))
    assert "chưa đủ." in future and "chưa so được, thiếu mức" in future


def test_comparing_nothing_or_what_cannot_be_compared_says_what_to_do(office):
    assert "Chọn hai bộ để so sánh" in text(office.get("/bo-tieu-chi/so-sanh/"))
    wrong = office.get(f"/bo-tieu-chi/so-sanh/?truoc={SET}&sau=khong-co")
    assert wrong.status_code == 422 and "Không có bộ tiêu chí mã “khong-co”" in text(wrong)
    levels = office.get(f"/bo-tieu-chi/so-sanh/?truoc={SET}&sau=tinh-ntm-2021-2025&dia_ban=20")
    assert levels.status_code == 422 and "hai cấp khác nhau" in text(levels)
    nowhere = office.get(f"/bo-tieu-chi/so-sanh/?truoc=xa-ntm-2016-2020&sau={SET}&dia_ban=Atlantis")
    assert nowhere.status_code == 422 and "không có đơn vị tên «Atlantis»" in text(nowhere)
    empty = office.get(f"/bo-tieu-chi/so-sanh/?truoc=xa-ntm-2016-2020&sau={SET}&dia_ban=20&ngay=2020-06-01")
    assert "không tính được gì" in text(empty)


def test_a_provincial_set_is_read_shown_beside_the_national_one_and_taken(office):
    template = office.get(f"/bo-tieu-chi/nap/mau/{SET}.xlsx")
    assert template["Content-Type"].endswith("spreadsheetml.sheet") and template.content[:2] == b"PK"
    file = SimpleUploadedFile("bo-lang-son.xlsx", filled_template("50"))
    shown = office.post("/bo-tieu-chi/nap/", {"file": file})
    page = text(shown)
    assert shown.status_code == 200 and "Chưa ghi gì." in page and "xa-ntm-lang-son" in page
    assert "Bộ của tỉnh" in page and "≥ 50" in page
    assert not RegisteredSet.objects.filter(code="xa-ntm-lang-son").exists()
    content = unescape(page.split('<textarea name="content"', 1)[1].split(">", 1)[1].split("</textarea>", 1)[0])
    assert office.post("/bo-tieu-chi/nap/nhan/", {"content": content, "name": "bo-lang-son.xlsx"}).status_code == 302
    row = RegisteredSet.objects.get(code="xa-ntm-lang-son")
    assert row.added_by == User.objects.get(username="coordination_office.1")
    again = office.post("/bo-tieu-chi/nap/nhan/", {"content": content, "name": "bo-lang-son.xlsx"})
    assert again.status_code == 422 and "đúng nội dung này đã có" in text(again)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bo.xlsx", b"khong phai excel", "không phải tệp .docx hoặc .xlsx"),
        ("bo.xls", b"\xd0\xcf\x11\xe0", "lưu lại thành .docx hoặc .xlsx"),
        ("bo.yaml", b"code: [", "YAML"),
        ("bo.pdf", b"%PDF", "chỉ đọc được"),
        ("bo.yaml", b"", "không có nội dung"),
    ],
)
def test_a_file_that_is_no_set_is_refused_with_its_reason(office, name, content, said):
    refused = office.post("/bo-tieu-chi/nap/", {"file": SimpleUploadedFile(name, content)})
    assert refused.status_code == 422 and said in text(refused)


def test_a_wrong_cell_is_named_with_its_sheet_and_place(office):
    stream = io.BytesIO(filled_template("năm mươi"))
    refused = office.post("/bo-tieu-chi/nap/", {"file": SimpleUploadedFile("bo.xlsx", stream.read())})
    assert refused.status_code == 422 and "trang tính Chỉ tiêu, ô I" in text(refused)
    assert "Nạp bộ này" not in text(refused)


def test_another_province_s_set_is_denied(area, holder, client_of):
    registry.register_shipped()
    stranger = client_of(holder("coordination_office", area.other_province))
    from ntm.domain.criteria.importing import read_any

    content = read_any(filled_template("50"), "bo.xlsx").yaml
    denied = stranger.post("/bo-tieu-chi/nap/nhan/", {"content": content, "name": "bo.xlsx"})
    assert denied.status_code == 403 and "tỉnh Lạng Sơn" in text(denied)
