"""Mọi trang của khung: axe finds nothing, the console is silent, and nothing hangs out of the window."""

from __future__ import annotations

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

SIZES = {"laptop": {"width": 1366, "height": 768}, "phone": {"width": 360, "height": 740}}
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOR_A_VISITOR = {"login": "/tai-khoan/login/", "no-page": "/khong-co/"}
FOR_AN_OFFICER = {
    "home": "/",
    "past": "/?ngay=2022-12-31",
    "future": "/?ngay=2031-12-31",
    "wrong-day": "/?ngay=32/13/2022",
    "style": "/khung/",
    "cell": "/khung/o/mau-1/tc10/",
    "logout": "/tai-khoan/logout/",
    "password": "/tai-khoan/password/change/",
    "mfa": "/tai-khoan/2fa/",
    "keys": "/tai-khoan/2fa/webauthn/",
}


def overhang(page):
    """How far the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("size", SIZES)
def test_pages_of_a_visitor_are_accessible(desk, assert_accessible, size):
    page = desk.visit(size=SIZES[size])
    for name, address in FOR_A_VISITOR.items():
        page.goto(address)
        desk.picture(page, f"{name}-{size}")
        assert_accessible(page)
        assert overhang(page) <= 0, name
    desk.complaints[:] = [said for said in desk.complaints if "404" not in said]  # the browser's line on a missing page


@pytest.mark.parametrize("size", SIZES)
def test_pages_of_an_officer_are_accessible(desk, officer, assert_accessible, size):
    user = officer()
    officer(title="Văn phòng Điều phối trung ương", role="coordination_office")
    page = desk.sign_in(user, size=SIZES[size])
    for name, address in FOR_AN_OFFICER.items():
        page.goto(address)
        desk.picture(page, f"{name}-{size}", whole=name == "style")
        assert_accessible(page)
        assert overhang(page) <= 0, name


@pytest.mark.parametrize("size", SIZES)
def test_what_opens_over_a_page_is_accessible(desk, officer, assert_accessible, size):
    user = officer()
    officer(title="Văn phòng Điều phối trung ương", role="coordination_office")
    page = desk.sign_in(user, size=SIZES[size])
    page.goto("/khung/")
    page.locator(".strip a").nth(9).click()
    page.locator("#side:not([hidden]) h2").first.wait_for()
    desk.picture(page, f"side-{size}")
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.locator("#side").wait_for(state="hidden")
    page.keyboard.press("?")
    desk.picture(page, f"shortcuts-{size}")
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Thu hồi").first.click()
    desk.picture(page, f"confirm-{size}")
    assert_accessible(page)
    page.get_by_role("button", name="Thôi, giữ nguyên").locator("visible=true").click()
    page.locator(".who summary").click()
    desk.picture(page, f"who-{size}")
    assert_accessible(page)


@pytest.mark.parametrize("size", SIZES)
def test_the_doors_of_signing_in_are_accessible(desk, officer, assert_accessible, size):
    officer()
    page = desk.visit(size=SIZES[size])
    page.goto("/tai-khoan/login/?next=/tai-khoan/2fa/totp/activate/")
    page.get_by_label("Tên đăng nhập").fill("quan.tri")
    page.get_by_label("Mật khẩu").fill("sai-mat-khau")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    assert page.locator(".notice-stop").inner_text().startswith("Tên đăng nhập hoặc mật khẩu không đúng")
    desk.picture(page, f"login-wrong-{size}")
    assert_accessible(page)
    page.get_by_label("Mật khẩu").fill("mat-khau-thu-2026")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    assert page.locator("h1").inner_text() == "Xác nhận đúng là mình"
    desk.picture(page, f"again-{size}")
    assert_accessible(page)
    page.get_by_label("Mật khẩu").fill("mat-khau-thu-2026")
    page.get_by_role("button", name="Xác nhận").click()
    assert page.locator("h1").inner_text() == "Dùng ứng dụng tạo mã"
    desk.picture(page, f"totp-{size}")
    assert_accessible(page)
    page.goto("/tai-khoan/2fa/webauthn/add/")
    assert page.locator("h1").inner_text() == "Thêm khoá truy cập"
    assert_accessible(page)


def test_an_account_with_two_steps_is_asked_for_its_code(desk, officer, assert_accessible):
    user = officer()
    TOTP.activate(user, generate_totp_secret())
    codes = RecoveryCodes.activate(user).get_unused_codes()
    page = desk.visit()
    page.goto("/tai-khoan/login/?next=/tai-khoan/2fa/recovery-codes/")
    page.get_by_label("Tên đăng nhập").fill("quan.tri")
    page.get_by_label("Mật khẩu").fill("mat-khau-thu-2026")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    assert page.locator("h1").inner_text() == "Bước thứ hai"
    desk.picture(page, "second-step")
    assert_accessible(page)
    page.get_by_label("Mã").fill(codes[0])
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_label("Mật khẩu").fill("mat-khau-thu-2026")
    page.get_by_role("button", name="Xác nhận").click()
    assert page.locator("h1").inner_text() == "Mã dự phòng"
    assert codes[1] in page.locator(".codes").inner_text()
    desk.picture(page, "recovery")
    assert_accessible(page)
    page.goto("/tai-khoan/2fa/recovery-codes/generate/")
    assert_accessible(page)
    page.goto("/tai-khoan/2fa/totp/deactivate/")
    assert_accessible(page)
