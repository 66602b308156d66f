"""Địa bàn và Bảng tiêu chí trong trình duyệt: side panel, paper, phone, axe."""

from __future__ import annotations

import re

import pytest

from faces.conftest import PHONE
from faces.desk.figures_world import communes, income, stand, titled
from faces.desk.working_world import QUERY, sent, user_of

pytestmark = pytest.mark.browser


@pytest.fixture
def filled(world):
    """A district with figures, a title, a difference, and its communes."""
    stand(world, {f"TC{no}": no % 3 != 0 for no in range(1, 20) if no != 10})
    income(world)
    sent(world, "TC3", "đạt")
    titled(world)
    for unit in communes(world, 3):
        stand(world, {f"TC{no}": no % 2 == 0 for no in range(1, 20)}, unit_id=unit, assumed=True)
    return world


@pytest.fixture
def province_page(desk, filled):
    def open_it(path, size=None):
        page = desk.sign_in(user_of(filled.actor["province"]), **({"size": size} if size else {}))
        page.goto(desk.url + path)
        return page

    return open_it


def _unit(world, rest="", what="thach_loi"):
    return f"/dia-ban/{world.unit[what]}/{rest}{QUERY}"


def test_a_cell_of_the_strip_opens_beside_the_page(province_page, filled, assert_accessible, desk):
    page = province_page(_unit(filled))
    page.click(".strip li:nth-child(10) a")
    page.wait_for_selector("#side-content h2:has-text('tiêu chí 10')")
    assert "59,58 < 64" in page.inner_text("#side-content")
    assert_accessible(page)
    page.keyboard.press("Escape")
    assert page.is_hidden("#side")
    desk.picture(page, "unit")


def test_criteria_open_in_place_all_at_once_and_by_address(province_page, filled, assert_accessible):
    page = province_page(_unit(filled) + "#tc-10")
    assert page.locator("#tc-10").get_attribute("open") is not None
    page.click("[data-open-all]")
    assert page.locator("details.criterion:not([open])").count() == 0
    assert_accessible(page)


def test_paper_shows_why_a_criterion_is_not_met(province_page, filled):
    page = province_page(_unit(filled))
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.criterion.not_met:not([open])").count() == 0
    assert page.locator("details.criterion.met[open]").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.criterion[open]").count() == 0


def test_a_cell_of_the_matrix_opens_its_criterion(province_page, filled, assert_accessible, desk):
    page = province_page(f"/bang-tieu-chi/{filled.unit['cam_giang']}/{QUERY}")
    assert_accessible(page)
    desk.picture(page, "matrix")
    page.click("tr:has-text('Thạch Lỗi') td:nth-child(12)")
    page.wait_for_selector("#side-content h2:has-text('Xã Thạch Lỗi · tiêu chí 10')")
    assert "59,58" in page.inner_text("#side-content")


def test_a_filter_is_chosen_and_told(province_page, filled):
    page = province_page(f"/bang-tieu-chi/{filled.unit['cam_giang']}/{QUERY}")
    page.click(".narrowing > summary")
    page.select_option("#filter-danh-hieu", "ntm")
    page.wait_for_url("**danh-hieu=ntm**")
    assert page.locator(".matrix tbody tr").count() == 1
    assert "đã công nhận NTM" in page.inner_text(".title-row")


PAGES = [
    "/dia-ban/{query}",
    "/dia-ban/tim/{query}&q=so",
    "/dia-ban/{cam_giang}/{query}",
    "/dia-ban/{hai_duong}/{query}",
    "/dia-ban/{thach_loi}/{query}",
    "/dia-ban/{thach_loi}/lich-su/{query}",
    "/dia-ban/{thach_loi}/dien-bien/{query}",
    "/dia-ban/{cam_giang}/cap-duoi/{query}",
    "/dia-ban/{thach_loi}/co-quan/{query}",
    "/dia-ban/{thach_loi}/co-quan/lap/",
    "/dia-ban/{thach_loi}/phan-cong/",
    "/dia-ban/{thach_loi}/thay-doi/",
    "/dia-ban/{thach_loi}/thay-doi/sap-nhap/",
    "/dia-ban/{thach_loi}/thay-doi/chia-tach/",
    "/dia-ban/{thach_loi}/dien/",
    "/dia-ban/{thach_loi}/thon/them/",
    "/dia-ban/{thach_loi}/thon/bang/",
    "/bang-tieu-chi/{cam_giang}/{query}",
    "/bang-tieu-chi/so-sanh/{query}&don-vi={cam_giang}",
    "/tong-hop/{query}&don-vi={hai_duong}",
    "/tong-hop/{query}&don-vi=ca-nuoc",
    "/canh-bao/{query}&don-vi={hai_duong}",
]


@pytest.mark.parametrize("size", [None, PHONE], ids=["laptop", "phone"])
def test_every_page_is_accessible_and_no_wider_than_its_window(province_page, filled, assert_accessible, size):
    page = None
    for pattern in PAGES:
        path = pattern.format(query=QUERY, **filled.unit)
        if page is None:
            page = province_page(path, size)
        else:
            page.goto(page.url.split("/dia-ban/")[0].split("/bang-")[0].split("/tong-")[0] + path)
        assert page.locator("h1").count() == 1, path
        assert_accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, path


def test_the_matrix_prints_on_paper_lying_down_a4_or_a3(province_page, filled):
    page = province_page(f"/bang-tieu-chi/{filled.unit['cam_giang']}/{QUERY}")
    sizes = []
    for paper in ("", "paper-a3"):
        page.evaluate(f"document.documentElement.className = '{paper}'")
        drawn = page.pdf(prefer_css_page_size=True)
        sizes.append([int(float(side)) for side in re.search(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)", drawn).groups()])
    assert sizes == [[841, 594], [1191, 841]]


def test_bars_fit_a_phone_without_scrolling_sideways(province_page, filled, assert_accessible, desk):
    page = province_page(f"/tong-hop/{QUERY}&don-vi={filled.unit['hai_duong']}", PHONE)
    wide = page.evaluate(
        "[...document.querySelectorAll('.chart svg')].filter(e => e.checkVisibility())"
        ".map(e => e.getBoundingClientRect().right)"
    )
    assert wide and all(0 < right <= PHONE["width"] for right in wide)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert_accessible(page)
    desk.picture(page, "rollup-phone")
