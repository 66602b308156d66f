"""Bảng nhập trong trình duyệt: keyboard, one key for yes and no, lost connection, dialog, phone, axe."""

from __future__ import annotations

import pytest

from faces.conftest import PHONE
from faces.desk.working_world import HAI_DUONG, QUERY, campaign_of, sent, sheet_url, typed, user_of
from ntm.records.standing import services
from ntm.records.standing.models import Evidence, Observation
from ntm.records.standing.models.observations import State

pytestmark = pytest.mark.browser


@pytest.fixture
def officers_page(desk, world):
    def open_it(size=None, script=True):
        page = desk.sign_in(user_of(world.actor["officer"]), **({"size": size} if size else {}), script=script)
        page.goto(desk.url + sheet_url(world))
        return page

    return open_it


def test_figures_are_typed_with_enter_and_judged_at_once(officers_page, world, assert_accessible, desk):
    page = officers_page()
    page.fill("#v-10", "59,58")
    page.press("#v-10", "Enter")
    page.wait_for_selector("#s-10:has-text('đã lưu')")
    assert "59,58 < 64" in page.inner_text("#res-10")
    assert page.evaluate("document.activeElement.id") == "v-11"
    page.keyboard.type("1,9")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("#s-11:has-text('đã lưu')")
    assert "Đã nhập 2/" in page.inner_text("#entry-counts")
    page.focus("#v-10")
    page.fill("#v-10", "70")
    page.press("#v-10", "Enter")
    page.wait_for_selector("#res-10:has-text('70 ≥ 64')")
    assert Observation.objects.get(code="10", state=State.DRAFT).typed == "70"
    assert_accessible(page)
    desk.picture(page, "entry")


def test_one_key_chooses_and_arrows_only_walk(officers_page, world):
    page = officers_page()
    page.focus("#v-1-1")
    page.keyboard.press("d")
    page.wait_for_selector("#s-1-1:has-text('đã lưu')")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "v-1-2"
    page.keyboard.press("c")
    page.wait_for_selector("#res-1-2:has-text('chưa đạt')")
    page.keyboard.press("ArrowUp")
    assert page.input_value("#v-1-1") == "đạt"
    page.focus("#v-7")
    page.keyboard.press("k")
    page.wait_for_selector("#s-7:has-text('ghi lý do không xét')")
    page.fill("[name='n.7']", "Xã không có chợ")
    page.press("[name='n.7']", "Enter")
    page.wait_for_selector("#s-7:not(:has-text('ghi lý do'))")
    assert Observation.objects.get(code="7", state=State.DRAFT).note == "Xã không có chợ"


def test_a_wrong_figure_stays_with_its_sentence_and_is_mended(officers_page, world, desk, assert_accessible):
    page = officers_page()
    page.fill("#v-10", "08/09")
    page.press("#v-10", "Enter")
    page.wait_for_selector("#s-10.wrong")
    assert "08/09" in page.inner_text("#s-10") and page.input_value("#v-10") == "08/09"
    assert page.get_attribute("#v-10", "aria-invalid") == "true"
    assert_accessible(page)
    page.fill("#v-10", "59,58")
    page.press("#v-10", "Enter")
    page.wait_for_selector("#s-10:not(.wrong)")
    assert page.get_attribute("#v-10", "aria-invalid") is None
    desk.complaints.clear()  # the browser notes the refused request


def test_a_colleague_s_figure_is_shown_and_one_s_own_may_be_kept(officers_page, world, desk):
    page = officers_page()
    typed(world, "10", "59,58")
    page.fill("#v-10", "61")
    page.press("#v-10", "Enter")
    page.wait_for_selector("#s-10 [data-again]")
    assert "59,58" in page.inner_text("#s-10")
    page.click("#s-10 [data-again]")
    page.wait_for_selector("#s-10:has-text('đã lưu')")
    assert Observation.objects.get(state=State.DRAFT).typed == "61"
    desk.complaints.clear()


def test_a_lost_connection_is_said_and_what_was_typed_is_sent_when_it_is_back(officers_page, world, desk):
    page = officers_page()
    page.context.set_offline(True)
    page.fill("#v-10", "59,58")
    page.press("#v-10", "Enter")
    page.wait_for_selector("#connection:has-text('Mất kết nối')")
    assert page.input_value("#v-10") == "59,58" and not Observation.objects.exists()
    page.context.set_offline(False)
    page.wait_for_selector("#s-10:has-text('đã lưu')")
    assert Observation.objects.get().typed == "59,58"
    desk.complaints.clear()


def test_a_file_is_picked_in_the_row_and_seen_in_the_panel(officers_page, world, assert_accessible, tmp_path):
    typed(world, "10", "59,58")
    page = officers_page()
    picture = tmp_path / "anh-bien-ban.pdf"
    picture.write_bytes(b"%PDF-1.4\n%%EOF\n")
    with page.expect_file_chooser() as chosen:
        page.click("#row-10 [data-attach]")
    chosen.value.set_files(str(picture))
    page.wait_for_selector("#f-10:has-text('1 tệp')")
    assert Evidence.objects.count() == 1
    page.click("#f-10 a")
    page.wait_for_selector("#side-content >> text=anh-bien-ban.pdf")
    assert_accessible(page)
    page.click("#side-content >> text=Gỡ")
    page.wait_for_selector("#side-content >> text=Chưa có tệp nào")
    page.wait_for_selector("#f-10:not(:has-text('1 tệp'))", state="attached")


def test_sending_asks_first_in_a_dialog(officers_page, world, assert_accessible):
    typed(world, "10", "59,58", "Chi cục Thống kê")
    typed(world, "11", "1,9")
    page = officers_page()
    page.click("[data-send]")
    page.wait_for_selector("#send-dialog[open] >> text=Sẽ gửi")
    assert "1 chỉ tiêu chưa gửi được" in page.inner_text("#send-dialog")
    assert_accessible(page)
    page.click("#send-dialog .button.primary")
    page.wait_for_selector("text=Đã gửi thẩm tra 1 chỉ tiêu")
    assert Observation.objects.get(code="10").state == State.SENT


def test_rows_are_chosen_and_a_phone_shows_cards(officers_page, world, assert_accessible, desk):
    campaign_of(world)
    services.give_back(world.actor["income"], sent(world).pk, reason="Thiếu biên bản của thôn 2")
    page = officers_page(size=PHONE)
    assert page.evaluate("getComputedStyle(document.querySelector('#row-10')).display") == "grid"
    assert page.evaluate("document.querySelector('main').scrollWidth <= window.innerWidth")
    page.select_option("#show-only", "returned")
    assert page.is_visible("#row-10") and not page.is_visible("#row-11")
    assert_accessible(page)
    desk.picture(page, "entry-phone")


def test_without_scripts_the_sheet_is_a_form(officers_page, world):
    page = officers_page(script=False)
    page.fill("#v-10", "59,58")
    page.select_option("#v-1-1", "đạt")
    page.click("text=Lưu tất cả")
    page.wait_for_selector("text=Đã lưu 2 ô")
    assert {one.code for one in Observation.objects.all()} == {"10", "1.1"}
    page.click("text=Gửi thẩm tra…")
    page.wait_for_selector("text=2 chỉ tiêu chưa gửi được")


def test_history_opens_in_the_panel(officers_page, world, assert_accessible, desk):
    sent(world)
    page = officers_page()
    page.click("#t-10")
    page.click("#side-content >> text=Lịch sử của chỉ tiêu này")
    page.wait_for_selector("#side-content .history")
    assert "59,58 < 64" in page.inner_text("#side-content")
    assert_accessible(page)
    page.goto(desk.url + f"/lich-su/{world.unit['thach_loi']}/{HAI_DUONG}/10/{QUERY}")
    assert_accessible(page)
