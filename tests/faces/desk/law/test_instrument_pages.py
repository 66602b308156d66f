"""Trang văn bản pháp lý: validity on the day, filters, one instrument, adding and taking back."""

from __future__ import annotations

from html import unescape

import pytest

from ntm.records.archive import instruments
from ntm.records.archive.models import RegisteredInstrument
from ntm.records.standing import registry

GIVEN = {
    "number": "1234/QĐ-UBND",
    "kind": "Quyết định",
    "issuer": "UBND tỉnh Lạng Sơn",
    "signed": "01/8/2022",
    "title": "Ban hành bộ tiêu chí",
    "effective_from": "15/8/2022",
    "effective_to": "",
    "evidence": "document",
    "source": "bản giấy",
    "unit": "",
    "note": "",
    "relation_kind": "",
    "relation_numbers": "",
    "relation_part": "",
}


@pytest.fixture
def office(area, holder, client_of):
    registry.register_shipped()
    return client_of(holder("coordination_office", area.province))


def text(response) -> str:
    return unescape(response.content.decode())


def number_of(number: str) -> str:
    return instruments.listing().numbered(number)[0].id


def test_the_list_says_what_was_in_force_on_the_day_and_why(office, django_assert_num_queries):
    office.get("/van-ban-phap-ly/")
    with django_assert_num_queries(5):
        page = text(office.get("/van-ban-phap-ly/?q=318&ngay=2023-06-01"))
    assert "318/QĐ-TTg" in page and "có hiệu lực từ" in page
    assert "chưa ban hành: ký ngày 08/03/2022" in text(office.get("/van-ban-phap-ly/?q=318&ngay=2020-01-01"))


def test_filters_narrow_and_nothing_found_says_what_to_do(office):
    assert "Không có văn bản nào khớp" in text(office.get("/van-ban-phap-ly/?q=khong-co-dau"))
    only = text(office.get("/van-ban-phap-ly/?hieu_luc=no&ngay=2023-06-01"))
    assert "chưa ban hành" in only and "✓" not in only.split("<tbody>")[1]
    assert office.get("/van-ban-phap-ly/?hieu_luc=bay&trang=zz").status_code == 200


def test_one_instrument_shows_its_relations_and_the_sets_that_cite_it(office):
    page = text(office.get(f"/van-ban-phap-ly/{number_of('318/QĐ-TTg')}/?ngay=2023-06-01"))
    assert "Thủ tướng Chính phủ" in page and "quyết định ban hành bộ" in page
    assert "Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021-2025" in page
    assert office.get("/van-ban-phap-ly/000000000000/").status_code == 404


def test_an_office_adds_an_instrument_of_its_area(office):
    given = GIVEN | {"relation_kind": "replaces", "relation_numbers": "99/QĐ-UBND; 100/QĐ-UBND"}
    response = office.post("/van-ban-phap-ly/them/", given)
    assert response.status_code == 302
    page = text(office.get(response["Location"]))
    assert "đã đọc chính văn bản" in page and "Người thử 1" in page and "Thay thế" in page and "100/QĐ-UBND" in page
    assert "cơ quan thêm" in text(office.get("/van-ban-phap-ly/?q=1234"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"number": ""}, "Chưa điền ô này"),
        ({"signed": "31/02/2022"}, "28 ngày"),
        ({"effective_to": "01/8/2022"}, "phải sau ngày có hiệu lực"),
        ({"unit": "Atlantis"}, "không có đơn vị tên «Atlantis»"),
        ({"number": "318/QĐ-TTg", "issuer": "Thủ tướng Chính phủ", "signed": "08/3/2022"}, "danh mục đi kèm"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_added(office, changed, said):
    refused = office.post("/van-ban-phap-ly/them/", GIVEN | changed)
    assert refused.status_code == 422 and said in text(refused)
    assert not RegisteredInstrument.objects.exists()


def test_an_instrument_is_taken_back_with_a_reason(office):
    office.post("/van-ban-phap-ly/them/", GIVEN)
    url = f"/van-ban-phap-ly/{number_of('1234/QĐ-UBND')}/rut/"
    assert office.post(url, {"reason": ""}).status_code == 422
    assert office.post(url, {"reason": "gõ nhầm"}).status_code == 302
    assert instruments.listing().numbered("1234/QĐ-UBND") == ()
    assert office.post(f"/van-ban-phap-ly/{number_of('318/QĐ-TTg')}/rut/", {"reason": "x"}).status_code == 404


def test_who_may_not_add_is_told_who_could(area, holder, client_of):
    registry.register_shipped()
    client = client_of(holder("commune_officer", area.commune))
    assert "Thêm văn bản" not in text(client.get("/van-ban-phap-ly/"))
    denied = client.get("/van-ban-phap-ly/them/")
    assert denied.status_code == 403 and "Chưa được thêm văn bản" in text(denied)


def test_sources_are_told_without_the_names_of_repositories():
    from ntm.domain.instruments import catalogue
    from ntm.faces.desk.rooms.law.words import source_words

    told = [source_words(one.source) for one in catalogue()]
    assert all(told) and not any(word in one for one in told for word in ("github", ".md", "seen", "PyPI", "npm"))
    assert source_words("Bộ Pháp điển, đề mục 34.7 (github:a/b c d.html)") == "Bộ Pháp điển, đề mục 34.7"
