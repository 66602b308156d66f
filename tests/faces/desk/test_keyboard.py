"""Bàn phím, bảng, ô nhập và ngày, in a browser."""

from __future__ import annotations

import pytest

from faces.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(desk, officer):
    opened = desk.sign_in(officer())
    opened.goto("/khung/")
    return opened


def names(page):
    return page.locator("[data-table] tbody tr:not([hidden]) th").all_inner_texts()


def test_arrows_walk_the_cells_and_enter_opens_one(page):
    first = page.locator("[data-table] tbody th").first
    first.focus()
    for _step in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.cellIndex") == 3
    assert page.evaluate("document.activeElement.parentElement.dataset.key") == "mau-2"
    page.keyboard.press("Enter")
    page.locator("#side:not([hidden])").wait_for()
    assert page.locator("#side h2").first.inner_text() == "mau-2 · tc1"
    page.keyboard.press("Escape")
    page.locator("#side").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.parentElement.dataset.key") == "mau-2"


def test_a_column_is_sorted_with_missing_figures_last(page):
    page.locator("th[data-column=income] button").click()
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    shown = page.locator("[data-table] tbody tr td:nth-child(3)").all_inner_texts()
    figures = [float(text.strip("°≈").replace(",", ".")) for text in shown if text.strip("°≈")]
    assert figures == sorted(figures)
    assert len(figures) == 20
    assert [text.strip("°≈") for text in shown[20:]] == [""] * 4


def test_the_filter_forgives_missing_marks(page):
    page.get_by_label("Lọc theo tên").fill("xa mau so 7")
    assert names(page) == ["Xã mẫu số 7", "Xã mẫu số 17"]
    assert page.locator("[data-table] .said").inner_text() == "2 trên 24 dòng"


def test_the_choice_of_columns_is_kept(page):
    page.get_by_text("Chọn cột").click()
    page.locator(".column-choice").get_by_label("10 Thu nhập").uncheck()
    assert page.locator("thead th[data-column=tc10]").is_hidden()
    page.reload()
    assert page.locator("thead th[data-column=tc10]").is_hidden()
    assert page.locator("thead th[data-column=tc9]").is_visible()


def test_a_table_is_copied_as_a_sheet(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Chép sang Excel").click()
    page.get_by_text("Đã chép").wait_for()
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert len(lines) == 26  # head, 24 rows, totals
    assert lines[0].split("\t")[:4] == ["Xã", "Số đạt", "Thu nhậptriệu đồng/người/năm", "1"]
    assert lines[1].split("\t")[:4] == ["Xã mẫu số 1", "11", "", "✓"]
    assert lines[2].split("\t")[:3] == ["Xã mẫu số 2", "15", "43,37"]


def test_enter_goes_down_the_sheet_and_what_is_typed_is_answered(desk, page):
    field = page.get_by_label("10 Thu nhập bình quân đầu người")
    field.fill("08/09")
    field.press("Enter")
    assert page.evaluate("document.activeElement.ariaLabel").startswith("17.1")
    answer = page.locator("tr", has=field).locator(".saved")
    answer.get_by_text("ngày tháng").wait_for()
    field.fill("59,58")
    field.press("Enter")
    answer.get_by_text("đã lưu").wait_for()
    assert "wrong" not in answer.get_attribute("class")
    desk.complaints[:] = [said for said in desk.complaints if "422" not in said]


def test_a_column_pasted_from_excel_falls_into_the_cells_below(page):
    field = page.get_by_label("2.1 Tỷ lệ đường xã")
    field.focus()
    page.evaluate(
        """() => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", "91,5\\r\\n88\\r\\n60,25\\r\\n");
            const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(paste);
        }"""
    )
    assert page.locator(".sheet input").evaluate_all("all => all.map(one => one.value)") == ["91,5", "88", "60,25", ""]


def test_a_lost_connection_keeps_what_was_typed_and_sends_it_later(desk, page):
    field = page.get_by_label("17.1 Tỷ lệ hộ dùng nước sạch")
    page.context.set_offline(True)
    field.fill("61,2")
    field.press("Enter")
    page.get_by_text("Mất kết nối").wait_for()
    assert field.input_value() == "61,2"
    page.context.set_offline(False)
    page.locator("tr", has=field).locator(".saved").get_by_text("đã lưu").wait_for()
    page.get_by_text("Đã có mạng lại").wait_for()
    expected = ("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
    desk.complaints[:] = [said for said in desk.complaints if not any(one in said for one in expected)]


def test_an_ended_session_keeps_the_page_and_asks_to_sign_in_beside(desk, page):
    page.context.clear_cookies(name="sessionid")
    field = page.get_by_label("17.1 Tỷ lệ hộ dùng nước sạch")
    field.fill("61,2")
    field.press("Enter")
    page.get_by_text("Phiên làm việc đã hết").wait_for()
    assert field.input_value() == "61,2"
    beside = page.context.new_page()
    beside.goto("/tai-khoan/login/")
    beside.get_by_label("Tên đăng nhập").fill("quan.tri")
    beside.get_by_label("Mật khẩu").fill("mat-khau-thu-2026")
    beside.get_by_role("button", name="Đăng nhập", exact=True).click()
    beside.wait_for_url("**/")
    field.fill("61,3")
    field.press("Enter")
    page.locator("tr", has=field).locator(".saved").get_by_text("đã lưu").wait_for()
    desk.complaints[:] = [said for said in desk.complaints if "401" not in said]


def test_the_day_is_typed_as_people_write_it_and_the_address_carries_it(page):
    page.goto("/?phan=1")
    page.get_by_label("đến ngày", exact=True).fill("31/12/2022")
    page.get_by_role("button", name="Xem").click()
    page.wait_for_url("**/?phan=1&ngay=2022-12-31")
    assert page.locator("body").get_attribute("data-day") == "past"
    assert "Đang xem tình hình đến ngày 31/12/2022." in page.locator(".day-note").inner_text()
    page.get_by_role("link", name="Về hôm nay").click()
    page.wait_for_url("**/?phan=1")
    assert page.locator("body").get_attribute("data-day") == "today"


def test_the_desk_works_without_scripts(desk, officer):
    page = desk.sign_in(officer(), script=False)
    page.goto("/khung/")
    page.get_by_label("đến ngày", exact=True).fill("31/12/2022")
    page.get_by_role("button", name="Xem").click()
    page.wait_for_url("**/khung/?ngay=2022-12-31")
    page.locator(".strip a").nth(9).click()
    page.wait_for_url("**/khung/o/mau-1/tc10/*")
    assert page.locator("h1").inner_text() == "mau-1 · tc10"
    assert page.locator("header .rooms").is_visible()


def test_rooms_under_a_head_are_opened_walked_and_left_by_keys(desk, officer, assert_accessible):
    page = desk.sign_in(officer(role="coordination_office", title="Văn phòng Điều phối trung ương"))
    page.goto("/?ngay=2022-12-31")
    row = page.locator(".rooms > ul")
    assert page.evaluate("document.querySelector('.rooms > ul > li:last-child').getBoundingClientRect().right") < 1200
    head = row.locator("summary", has_text="Số liệu")
    head.focus()
    page.keyboard.press("Enter")
    assert row.locator("[data-go=x]").is_visible()
    assert_accessible(page)
    desk.picture(page, "rooms-open")
    page.keyboard.press("Escape")
    assert row.locator("[data-go=x]").is_hidden()
    assert page.evaluate("document.activeElement.textContent") == "Số liệu"
    page.keyboard.press("Enter")
    row.locator("summary", has_text="Hiện trạng").click()
    assert row.locator("details[open]").count() == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bang-tieu-chi/**ngay=2022-12-31")
    assert row.locator("summary[aria-current]").inner_text() == "Hiện trạng"
    page.keyboard.press("g")
    page.keyboard.press("x")
    page.wait_for_url("**/tham-tra/?ngay=2022-12-31")


def test_rooms_stand_open_on_a_phone_and_need_no_script(desk, officer, assert_accessible):
    user = officer(role="coordination_office", title="Văn phòng Điều phối trung ương")
    page = desk.sign_in(user, size=PHONE)
    page.goto("/")
    page.get_by_role("button", name="Mục").click()
    rooms = page.locator(".rooms")
    assert rooms.locator("[data-go=x]").is_visible()
    assert_accessible(page)
    desk.picture(page, "rooms-phone")
    page.locator("h1").click()
    assert rooms.locator("[data-go=x]").is_visible()
    bare = desk.sign_in(user, script=False)
    bare.goto("/")
    bare.locator(".rooms summary", has_text="Số liệu").click()
    bare.locator("[data-go=x]").click()
    bare.wait_for_url("**/tham-tra/")


def test_another_office_is_taken_in_the_head(desk, officer):
    user = officer()
    officer(title="Văn phòng Điều phối trung ương", role="coordination_office")
    page = desk.sign_in(user)
    page.goto("/?ngay=2022-12-31")
    page.locator(".who summary").click()
    page.get_by_role("button", name="Văn phòng Điều phối trung ương").click()
    page.get_by_text("Từ bây giờ làm việc với tư cách: Văn phòng Điều phối trung ương.").wait_for()
    assert page.locator(".who-office").inner_text() == "Văn phòng Điều phối trung ương"
    assert page.url.endswith("/?ngay=2022-12-31")


def test_the_foot_changes_the_language(page):
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Legend").or_(page.get_by_label("Legend")).first.wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Tiếng Việt").click()
    page.get_by_label("Chú giải").first.wait_for()
    assert page.locator("html").get_attribute("lang") == "vi"
