"""Trang tìm kiếm: units without marks, sets, indicators, instruments, pages; the day counts."""

from __future__ import annotations

from html import unescape

import pytest

from ntm.records.standing import registry
from ntm.records.units import queries as units


@pytest.fixture
def client(area, holder, client_of):
    registry.register_shipped()
    return client_of(holder("coordination_office", area.province))


def text(response) -> str:
    return unescape(response.content.decode())


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("van an", "xã Văn An"),
        ("xã văn", "xã Văn An"),
        ("06280", "xã Văn An"),
        ("thu nhap binh quan", "10 Thu nhập bình quân"),
        ("318", "Quyết định 318/QĐ-TTg"),
        ("nang cao hai duong", "tỉnh Hải Dương"),
        ("nhat ky", "Nhật ký"),
        ("passkey khong co", "Không tìm thấy gì"),
        ("x", "Gõ ít nhất hai chữ"),
        ("", "Gõ ít nhất hai chữ"),
        ("%_\\", "Không tìm thấy gì"),
    ],
)
def test_what_is_asked_is_found(client, asked, said):
    assert said in text(client.get("/tim/", {"q": asked}))


def test_units_are_those_of_the_day(client):
    assert "<h2>Đơn vị</h2>" in text(client.get("/tim/?q=huyen+van+quan&ngay=2023-06-01"))
    assert "<h2>Đơn vị</h2>" not in text(client.get("/tim/?q=huyen+van+quan&ngay=2026-01-01"))


def test_beginnings_of_names_are_enough(area):
    from datetime import date

    on = date(2023, 6, 1)
    assert [one.name for one in units.starting("tra", on)] == ["Tràng Phái"]
    assert [one.name for one in units.starting("huyện v", on)] == []  # one letter begins too many names
    assert [one.level for one in units.starting("van", on)] == ["huyen", "xa"]
    assert units.starting("t", on) == []


def test_the_number_of_questions_is_fixed(client, django_assert_max_num_queries):
    client.get("/tim/?q=van")
    with django_assert_max_num_queries(20):
        client.get("/tim/?q=van")


def test_a_visitor_signs_in_first(db, client_of):
    from django.test import Client

    assert Client().get("/tim/?q=van").status_code == 302
