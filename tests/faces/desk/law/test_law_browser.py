"""Bộ tiêu chí và văn bản trong trình duyệt: accessible at both sizes, a level opens beside the page, signing by keyboard."""

from __future__ import annotations

import pytest

from faces.conftest import LAPTOP, PHONE
from ntm.records.people.models import User
from ntm.records.standing import registry
from ntm.records.standing.models import ValueCheck

pytestmark = pytest.mark.browser

SET, HAI_DUONG = "xa-ntm-2021-2025", "xa-ntm-nang-cao-hai-duong-2021-2025"
PAGES = {
    "bo-tieu-chi": "/bo-tieu-chi/",
    "mot-bo": f"/bo-tieu-chi/{SET}/?ngay=2023-06-01",
    "bo-cua-tinh": f"/bo-tieu-chi/{HAI_DUONG}/?ngay=2023-06-01",
    "chi-tieu": f"/bo-tieu-chi/{HAI_DUONG}/chi-tieu/10/?ngay=2023-06-01",
    "doi-chieu": f"/bo-tieu-chi/{SET}/tieu-chi/10/",
    "so-sanh": f"/bo-tieu-chi/so-sanh/?truoc=xa-ntm-2016-2020&sau={SET}",
    "nap-bo": "/bo-tieu-chi/nap/",
    "van-ban": "/van-ban-phap-ly/",
    "them-van-ban": "/van-ban-phap-ly/them/",
}


@pytest.fixture
def office(area, holder):
    registry.register_shipped()
    return User.objects.get(pk=holder("coordination_office", area.province).user_id)


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_every_page_is_accessible_and_no_wider_than_the_screen(desk, office, assert_accessible, size):
    page = desk.sign_in(office, size=size)
    for name, url in PAGES.items():
        page.goto(desk.url + url)
        assert_accessible(page)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 1, (name, over)
        desk.picture(page, f"luat-{name}-{size['width']}")


def test_a_level_opens_beside_the_annex_and_is_signed_without_a_mouse(desk, office, assert_accessible):
    page = desk.sign_in(office)
    page.goto(f"{desk.url}/bo-tieu-chi/{SET}/?ngay=2023-06-01")
    page.get_by_role("link", name="10", exact=True).nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#side-content h2")
    assert "Chỉ tiêu 10" in page.inner_text("#side-content")
    assert_accessible(page)
    page.focus("#side-content [name=locator]")
    page.keyboard.press("Control+A")
    page.keyboard.type("Phụ lục I, trang 5")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chi-tieu/10/**")
    assert "Đã ký: chỉ tiêu 10" in page.inner_text(".messages")
    assert ValueCheck.objects.get().locator == "Phụ lục I, trang 5"
