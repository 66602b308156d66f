"""Mọi trang của khung: axe finds nothing, the console is silent, and nothing hangs out of the window."""

from __future__ import annotations

import os

import pypdfium2 as pdfium
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
    assert page.locator(".notice-stop:not([hidden])").inner_text().startswith("Tên đăng nhập hoặc mật khẩu không đúng")
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


def test_a_table_prints_on_a3_with_its_head_on_every_sheet(desk, officer, tmp_path):
    page = desk.sign_in(officer())
    page.goto("/khung/?ngay=2022-12-31")
    page.evaluate("document.documentElement.classList.add('paper-a3')")
    page.evaluate(
        """() => {
            const body = document.querySelector("[data-table] tbody");
            body.append(...[...body.rows].map((row) => row.cloneNode(true)));
        }"""
    )
    paper = tmp_path / "khung.pdf"
    page.pdf(path=str(paper), prefer_css_page_size=True)
    document = pdfium.PdfDocument(paper)
    sheets = [document[number] for number in range(len(document))]
    texts = [sheet.get_textpage().get_text_range() for sheet in sheets]
    sizes = [tuple(round(side) for side in sheet.get_size()) for sheet in sheets]
    folder = os.environ.get("NTM_PICTURES")
    for number, sheet in enumerate(sheets if folder else ()):
        sheet.render(scale=1).to_pil().save(f"{folder}/paper-{number}.png")
    # a printed row may be set letter by letter: what is compared is the words without their spaces
    texts = ["".join(text.split()) for text in texts]
    wide = next(number for number, text in enumerate(texts) if "Xãmẫusố24" in text)
    assert sizes[wide] == (1191, 842)  # A3 landscape, in points
    assert all("Sốliệuđếnngày31/12/2022" in text and "Ngườithửquan.tri" in text for text in texts)
    assert f"1/{len(texts)}" in texts[0]
    assert "ChépsangExcel" not in "".join(texts)
    with_rows = [text for text in texts if "Xãmẫusố" in text]
    assert len(with_rows) >= 2
    assert all("Sốđạt" in text for text in with_rows)
