"""Khoá truy cập trong trình duyệt: a key is made, signs in by itself, is renamed and taken away; refusals are said."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def machine(desk):
    """A page on a machine with a finger sensor: Chromium's virtual authenticator. Returns the page, its door to the
    browser and the number of the authenticator."""

    def make(page, **other):
        door = page.context.new_cdp_session(page)
        door.send("WebAuthn.enable", {"enableUI": False})
        number = door.send("WebAuthn.addVirtualAuthenticator", {"options": KEY | other})["authenticatorId"]
        return door, number

    return make


def sign_in_by_password(page, to="/"):
    page.goto(f"/tai-khoan/login/?next={to}")
    page.get_by_label("Tên đăng nhập").fill("quan.tri")
    page.get_by_label("Mật khẩu").fill("mat-khau-thu-2026")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def confirm(page):
    page.get_by_role("heading", name="Xác nhận đúng là mình").wait_for()
    page.get_by_label("Mật khẩu").fill("mat-khau-thu-2026")
    page.get_by_role("button", name="Xác nhận").click()


def add_key(page, name):
    sign_in_by_password(page, "/tai-khoan/2fa/webauthn/add/")
    confirm(page)
    page.get_by_label("Tên của khoá").fill(name)
    page.get_by_role("button", name="Thêm").click()
    page.get_by_role("heading", name="Mã dự phòng").wait_for()


def sign_out(page):
    page.goto("/tai-khoan/logout/")
    page.locator("main").get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/tai-khoan/login/**")


def test_a_key_is_made_signs_in_by_itself_and_is_taken_away(desk, officer, assert_accessible, machine):
    officer()
    page = desk.visit()
    door, number = machine(page)
    add_key(page, "Máy tính cơ quan")
    assert len(door.send("WebAuthn.getCredentials", {"authenticatorId": number})["credentials"]) == 1
    desk.picture(page, "passkey-codes")
    assert_accessible(page)

    sign_out(page)
    desk.picture(page, "passkey-login")
    page.get_by_role("button", name="Đăng nhập bằng khoá truy cập").click()
    page.get_by_role("heading", name="Bàn làm việc").wait_for()

    page.goto("/tai-khoan/2fa/webauthn/")
    assert "dùng lần cuối" in page.locator("main").inner_text()
    desk.picture(page, "passkey-list")
    assert_accessible(page)
    page.get_by_role("link", name="Đổi tên").click()
    page.get_by_role("heading", name="Xác nhận đúng là mình").wait_for()
    desk.picture(page, "passkey-again")
    page.get_by_role("link", name="Dùng khoá truy cập").click()
    assert_accessible(page)
    page.get_by_role("button", name="Dùng khoá truy cập").click()
    page.get_by_role("heading", name="Đổi tên khoá truy cập").wait_for()
    assert_accessible(page)
    page.get_by_label("Tên của khoá").fill("Điện thoại")
    page.get_by_role("button", name="Lưu tên").click()
    page.get_by_text("Điện thoại", exact=True).wait_for()

    page.get_by_role("link", name="Bỏ khoá").click()
    page.get_by_role("heading", name="Bỏ khoá truy cập").wait_for()
    assert "“Điện thoại”" in page.locator("main").inner_text()
    desk.picture(page, "passkey-remove")
    assert_accessible(page)
    page.get_by_role("button", name="Bỏ khoá").click()
    page.get_by_text("Chưa có khoá nào").wait_for()
    assert_accessible(page)

    sign_out(page)
    page.get_by_role("button", name="Đăng nhập bằng khoá truy cập").click()
    page.locator(".messages").get_by_text("Khoá này không còn dùng được ở đây.").wait_for()
    assert page.url.split("?")[0].endswith("/tai-khoan/login/")
    assert_accessible(page)


def test_a_key_beside_the_password_is_the_second_step(desk, officer, machine, assert_accessible):
    officer()
    page = desk.visit()
    machine(page)
    add_key(page, "")
    sign_out(page)
    sign_in_by_password(page)
    page.get_by_role("heading", name="Bước thứ hai").wait_for()
    desk.picture(page, "passkey-second-step")
    assert_accessible(page)
    page.get_by_role("button", name="Dùng khoá truy cập").click()
    page.get_by_role("heading", name="Bàn làm việc").wait_for()


def test_a_machine_that_has_its_key_says_so_and_an_old_stick_is_a_second_step(
    desk, officer, machine, assert_accessible
):
    officer()
    page = desk.visit()
    door, number = machine(page)
    add_key(page, "Máy tính cơ quan")
    page.goto("/tai-khoan/2fa/webauthn/add/")
    page.get_by_label("Tên của khoá").press("Enter")
    page.get_by_text("Máy này đã có khoá của tài khoản này.").wait_for()
    desk.picture(page, "passkey-known")
    assert_accessible(page)
    door.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": number})
    stick = {"transport": "usb", "hasResidentKey": False, "hasUserVerification": False, "isUserVerified": False}
    door.send("WebAuthn.addVirtualAuthenticator", {"options": KEY | stick})
    page.get_by_label("không cần mật khẩu").uncheck()
    page.get_by_label("Tên của khoá").fill("Khoá USB")
    page.get_by_label("Tên của khoá").press("Enter")
    page.get_by_text("Có 2 khoá.").wait_for()
    sign_out(page)
    sign_in_by_password(page)
    page.get_by_role("button", name="Dùng khoá truy cập").click()
    page.get_by_role("heading", name="Bàn làm việc").wait_for()
