"""Quản trị, nhật ký, tìm kiếm trong trình duyệt: accessible at both sizes; search by keyboard alone."""

from __future__ import annotations

import pytest

from faces.conftest import LAPTOP, PHONE
from ntm.records.people.models import Office, User
from ntm.records.standing import registry

pytestmark = pytest.mark.browser


@pytest.fixture
def administrator(area, holder):
    registry.register_shipped()
    holder("coordination_office", area.province)
    return User.objects.get(pk=holder("administrator").user_id)


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_every_page_is_accessible_and_no_wider_than_the_screen(desk, administrator, assert_accessible, size):
    office = Office.objects.first()
    pages = {
        "quan-tri": "/quan-tri/",
        "tham-quyen": "/quan-tri/tham-quyen/",
        "vai-tro": "/quan-tri/tham-quyen/?vai_tro=sector_officer",
        "ban-cai-dat": "/quan-tri/ban-cai-dat/",
        "tai-khoan": "/quan-tri/tai-khoan/",
        "mot-tai-khoan": f"/quan-tri/tai-khoan/{office.holdings.first().user_id}/",
        "nhap-tai-khoan": "/quan-tri/tai-khoan/nhap/",
        "chuc-danh": "/quan-tri/chuc-danh/",
        "mot-chuc-danh": f"/quan-tri/chuc-danh/{office.pk}/",
        "chuc-danh-moi": "/quan-tri/chuc-danh/moi/",
        "tai-khoan-moi": f"/quan-tri/chuc-danh/{office.pk}/tai-khoan-moi/",
        "khoa-api": "/quan-tri/khoa-api/",
        "nhat-ky": "/nhat-ky/",
        "tim": "/tim/?q=van",
    }
    page = desk.sign_in(administrator, size=size)
    for name, url in pages.items():
        page.goto(desk.url + url)
        assert_accessible(page)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 1, (name, over)
        desk.picture(page, f"quan-tri-{name}-{size['width']}")


def test_closing_an_account_asks_first(desk, administrator, area):
    user_id = Office.objects.get(role="coordination_office").holdings.first().user_id
    page = desk.sign_in(administrator)
    page.goto(f"{desk.url}/quan-tri/tai-khoan/{user_id}/")
    page.get_by_role("button", name="Khoá tài khoản").first.click()
    dialog = page.get_by_role("dialog", name="Khoá tài khoản này?")
    dialog.get_by_role("button", name="Thôi, giữ nguyên").click()
    assert User.objects.get(pk=user_id).is_active
    page.get_by_role("button", name="Khoá tài khoản").first.click()
    dialog.get_by_role("button", name="Khoá tài khoản").click()
    page.wait_for_selector(".messages .success")
    assert not User.objects.get(pk=user_id).is_active


def test_slash_searches_from_anywhere_and_arrows_walk_the_answers(desk, administrator):
    page = desk.sign_in(administrator)
    page.goto(desk.url + "/quan-tri/")
    page.keyboard.press("/")
    page.keyboard.type("nhat ky")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim/?q=nhat+ky")
    page.focus("#again")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('[data-found]') !== null")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "again"
    page.keyboard.press("ArrowDown")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{first.split('?')[0]}*")
