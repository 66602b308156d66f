"""Trang nhật ký: filters, one entry with its hashes, the check, the file; each reader his own area."""

from __future__ import annotations

from html import unescape

import pytest
from django.db import connection

from ntm.records.audit import append_only
from ntm.records.audit.models import Entry
from ntm.records.people import services
from ntm.records.standing import registry


@pytest.fixture
def deeds(area, holder):
    """Two offices made in Lạng Sơn and one in Hải Dương."""
    from datetime import date

    registry.register_shipped()
    who, other = holder("coordination_office", area.province), holder("coordination_office", area.other_province)
    for title in ("Chức danh Một", "Chức danh Hai"):
        services.create_office(who, role="viewer", title=title, unit_id=area.commune, on=date(2026, 1, 1))
    services.create_office(other, role="viewer", title="Ở Hải Dương", unit_id=area.stranger, on=date(2026, 1, 1))
    return who


def text(response) -> str:
    return unescape(response.content.decode())


def test_the_log_reads_as_sentences_of_ones_own_area(deeds, client_of, django_assert_num_queries):
    client = client_of(deeds)
    with django_assert_num_queries(14):
        page = text(client.get("/nhat-ky/"))
    assert "Lập chức danh Chức danh Một." in page and "xã Văn An" in page and "Ở Hải Dương" not in page
    assert "Kiểm tra nhật ký" not in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("viec=office.create", 3),
        ("viec=user.create", 0),
        ("don_vi=06280", 2),
        ("chu=khong+ai", 0),
        ("tu=01/01/2020", 3),
        ("den=01/01/2020", 0),
        ("nguoi=999999", 0),
        ("nguoi=abc", 3),
    ],
)
def test_filters_narrow(deeds, holder, client_of, query, count):
    page = text(client_of(holder("administrator")).get(f"/nhat-ky/?{query}"))
    assert page.count("Lập chức danh ") == count


@pytest.mark.parametrize(
    ("query", "said"), [("tu=32/13/2026", "không có tháng 13"), ("don_vi=Atlantis", "không có đơn vị tên «Atlantis»")]
)
def test_a_wrong_filter_is_said(deeds, holder, client_of, query, said):
    response = client_of(holder("administrator")).get(f"/nhat-ky/?{query}")
    assert response.status_code == 422 and said in text(response)


def test_an_entry_opens_with_its_hashes_for_whom_it_concerns(deeds, holder, client_of, area):
    theirs, mine = Entry.objects.order_by("-sequence")[:2]
    client = client_of(deeds)
    page = text(client.get(f"/nhat-ky/{mine.sequence}/"))
    assert mine.hash in page and mine.previous_hash in page and "khớp với mã băm" in page
    assert client.get(f"/nhat-ky/{theirs.sequence}/").status_code == 404
    side = client.get(f"/nhat-ky/{mine.sequence}/", headers={"HX-Request": "true", "HX-Target": "side-content"})
    assert "<html" not in text(side)
    assert client_of(holder("viewer", area.province)).get(f"/nhat-ky/{mine.sequence}/").status_code == 403


def test_the_check_says_that_the_log_is_whole_and_where_it_is_not(deeds, holder, client_of):
    administrator = client_of(holder("administrator"))
    last = Entry.objects.order_by("-sequence").first()
    page = text(administrator.post("/nhat-ky/kiem-tra/"))
    assert "Nhật ký nguyên vẹn: 3 mục" in page and last.hash in page
    with append_only.lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET name = 'Kẻ khác' WHERE sequence = 2")
    page = text(administrator.post("/nhat-ky/kiem-tra/"))
    assert "không nguyên vẹn" in page and "Nội dung mục 2 đã bị sửa" in page
    assert "không khớp" in text(administrator.get("/nhat-ky/2/"))
    assert client_of(deeds).post("/nhat-ky/kiem-tra/").status_code == 403


def test_the_file_holds_what_the_filter_shows(deeds, client_of, django_assert_max_num_queries):
    client = client_of(deeds)
    with django_assert_max_num_queries(6):
        response = client.get("/nhat-ky/nhat-ky.csv?viec=office.create")
    lines = response.content.decode("utf-8-sig").strip().splitlines()
    assert len(lines) == 3 and lines[0].startswith("Số;Lúc;Cho ngày;Việc")
    assert "Chức danh Hai" in lines[1] and "Ở Hải Dương" not in response.content.decode()


def test_who_may_not_read_the_log_is_told_who_could(area, holder, client_of):
    registry.register_shipped()
    for url in ("/nhat-ky/", "/nhat-ky/nhat-ky.csv"):
        denied = client_of(holder("viewer", area.province)).get(url)
        assert denied.status_code == 403 and "Chưa được xem nhật ký" in text(denied)
