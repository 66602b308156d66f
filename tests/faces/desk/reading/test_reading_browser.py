"""Bàn đọc trong trình duyệt: keyboard, places that light up, correction in place, drop, phone, without scripts, axe."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from document_world import ON, PLAN, RICH, as_docx, sample, uploaded
from faces.conftest import PHONE
from ntm.faces.desk.rooms.reading import document as reading_desk
from ntm.records.archive.models import ItemDecision, OfficialDocument

pytestmark = pytest.mark.browser
DAY = f"?ngay={ON.isoformat()}"
WITHIN = """selector => {
  const [spot, inner] = [selector, "#nguon"].map((one) => document.querySelector(one).getBoundingClientRect());
  return spot.top >= inner.top && spot.top <= inner.bottom && inner.bottom <= window.innerHeight;
}"""


@pytest.fixture
def officer(transactional_db, area, holder):
    return holder("coordination_office", area.district)


@pytest.fixture
def opened(desk, area, officer):
    def open_it(content=None, name="ke-hoach.txt", *, size=None, script=True, path=""):
        document = uploaded(officer, area.district, content, name)
        user = get_user_model().objects.get(pk=officer.user_id)
        page = desk.sign_in(user, **({"size": size} if size else {}), script=script)
        page.goto(f"{desk.url}/van-ban/{document.pk}/{path}{DAY}")
        return page, document

    return open_it


def held(document) -> dict[int, str]:
    rows = ItemDecision.objects.filter(item__reading=document.current, replaced_at=None)
    return dict(rows.values_list("item_id", "decision"))


def until(page, said: str, arg: object = None) -> None:
    """Wait for a condition of the page. Its policy forbids the browser to look by itself: evaluated text is no script there."""
    for _ in range(200):
        if page.evaluate(said, arg):
            return
        page.wait_for_timeout(50)
    raise AssertionError(said)


def test_items_are_walked_taken_and_left_out_by_keys(opened, desk, assert_accessible) -> None:
    page, document = opened(sample(RICH))
    findings, items = len(document.current.findings), list(document.current.items.order_by("order"))
    for _ in range(findings + 1):
        page.keyboard.press("j")
    first, second = items[0].pk, items[1].pk
    assert page.evaluate("document.activeElement.id") == f"m{first}"
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#m{first}.accepted")
    assert page.evaluate("document.activeElement.id") == f"m{second}"
    page.keyboard.press("x")
    page.wait_for_selector(f"#m{second}.rejected")
    page.keyboard.press("k")
    until(page, f"document.activeElement.id === 'm{second}'")
    assert held(document) == {first: "accepted", second: "rejected"}
    assert "Đã xem 2/" in page.inner_text("#tien-do") and "Xác nhận 1 mục" in page.inner_text("#xac-nhan")
    assert_accessible(page)
    desk.picture(page, "reading-desk-text")


def test_an_item_lights_its_lines_and_a_line_its_item(opened) -> None:
    page, document = opened(sample(RICH))
    item = document.current.items.filter(section="targets").last()
    page.click(f"#m{item.pk} .where")
    for no in item.lines:
        assert "lit" in page.get_attribute(f"#d{no}", "class")
    until(page, WITHIN, arg=f"#d{item.lines[0]}")
    other = document.current.items.filter(section="bases").first()
    page.click(f"#d{other.lines[0]}")
    assert page.locator(".here").count() == 1
    assert str(other.lines[0]) in page.get_attribute(".here", "data-lines").split()


def test_an_item_is_corrected_in_place(opened, assert_accessible, desk) -> None:
    page, document = opened(sample(PLAN))
    money = document.current.items.filter(section="money").first()
    page.click(f"#m{money.pk} .said")
    page.focus(f"#m{money.pk}")
    page.keyboard.press("s")
    page.wait_for_selector(f"#m{money.pk} .correct")
    page.fill(f"#f{money.pk}-amount", "mười")
    page.press(f"#f{money.pk}-amount", "Enter")
    page.wait_for_selector(f"#m{money.pk} .error")
    assert "không phải số tiền" in page.inner_text(f"#m{money.pk} .error")
    assert_accessible(page)
    desk.picture(page, "reading-correcting")
    desk.complaints.clear()  # the browser itself notes the 422
    page.fill(f"#f{money.pk}-amount", "12,5 tỷ đồng")
    page.press(f"#f{money.pk}-amount", "Enter")
    page.wait_for_selector(f"#m{money.pk}.corrected")
    assert "12,5 tỷ đồng" in page.inner_text(f"#m{money.pk} ins")
    page.keyboard.press("s")
    page.wait_for_selector(".correct :focus")
    page.keyboard.press("Escape")
    page.wait_for_selector(".correct", state="detached")


def test_ticked_items_and_a_whole_part_are_decided_at_once(opened, desk) -> None:
    page, document = opened(sample(RICH))
    bases = list(document.current.items.filter(section="bases").values_list("pk", flat=True))
    targets = list(document.current.items.filter(section="targets").values_list("pk", flat=True))
    assert not page.is_visible("[data-chosen]")
    for pk in bases[:2]:
        page.check(f"#m{pk} input")
    assert "Đã chọn 2 mục" in page.inner_text("[data-chosen]")
    page.click("[data-chosen] [name=bo]")
    page.wait_for_selector(f"#m{bases[1]}.rejected")
    page.click("[name=nhan][value='phan:targets']")
    page.wait_for_selector(f"#m{targets[-1]}.accepted")
    page.click("[name=nhan][value='phan:targets']")
    page.wait_for_selector("#noi-bao .notice-stop")
    assert "không còn mục nào" in page.inner_text("#noi-bao")
    desk.complaints.clear()  # the browser itself notes the 422
    assert held(document) == dict.fromkeys(bases[:2], "rejected") | dict.fromkeys(targets, "accepted")


def test_a_finding_is_answered_in_its_place(opened, desk) -> None:
    page, document = opened(sample(PLAN))
    assert document.current.findings
    page.click("#p0 summary")
    page.select_option("#p0 select", "keep")
    page.fill("#p0 input[name=text]", "nguồn xã hội hoá, có biên bản")
    page.click("#p0 form button")
    page.wait_for_selector("#p0.answered")
    assert "có biên bản" in page.inner_text("#p0 .answer")


@pytest.mark.office
def test_pages_as_they_look_with_lines_marked(opened, desk, assert_accessible) -> None:
    page, document = opened(as_docx(RICH), "ke-hoach.docx")
    until(page, "document.querySelector('.sheet-page img').naturalWidth > 500")
    assert page.locator(".place").count() > 20
    target = document.current.items.filter(section="targets").first()
    page.click(f"#m{target.pk} .where")
    page.wait_for_selector(".place.lit")
    until(page, WITHIN, arg=".place.lit")
    assert_accessible(page)
    desk.picture(page, "reading-desk-pages")
    page.locator(".place").first.click()
    assert page.locator(".here").count() == 1


def test_on_a_phone_the_source_stays_above_the_draft(opened, desk, assert_accessible) -> None:
    page, document = opened(sample(RICH), size=PHONE)
    item = document.current.items.filter(section="targets").first()
    page.locator(f"#m{item.pk} .where").scroll_into_view_if_needed()
    page.locator(f"#m{item.pk} .where").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    until(page, WITHIN, arg="li.lit")
    assert_accessible(page)
    desk.picture(page, "reading-desk-phone")


def test_many_lines_come_after_the_page_and_light_up_as_well(opened, monkeypatch) -> None:
    monkeypatch.setattr(reading_desk, "MOST_LETTERS", 100)
    page, document = opened(sample(RICH))
    page.wait_for_selector(".source-lines li.has")
    item = document.current.items.filter(section="targets").last()
    page.click(f"#m{item.pk} .where")
    until(page, WITHIN, arg="li.lit")


def test_without_scripts_links_and_forms_do_the_same(opened) -> None:
    page, document = opened(sample(PLAN), script=False)
    item = document.current.items.first()
    page.click(f"#m{item.pk} button[name=nhan]")
    assert page.locator(f"#m{item.pk}.accepted").count() == 1 and page.url.endswith(f"#m{item.pk}")
    page.click(f"#m{item.pk} .decide a")
    assert page.locator("h1").inner_text() == "Sửa mục đọc được"
    page.go_back()
    page.click("#xac-nhan button")
    assert "Đã xác nhận 1 mục" in page.inner_text(".messages")


def test_the_shelf_takes_dropped_files_and_finds_without_marks(
    desk, area, officer, settings, assert_accessible
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    user = get_user_model().objects.get(pk=officer.user_id)
    page = desk.sign_in(user)
    page.goto(f"{desk.url}/van-ban/{DAY}")
    files = [
        {"name": "mot.txt", "mimeType": "text/plain", "buffer": sample(PLAN)},
        {"name": "hai.txt", "mimeType": "text/plain", "buffer": sample(RICH)},
    ]
    page.set_input_files("#tep", files)
    page.click("[data-drop-files] .primary")
    page.wait_for_selector(".shelf")
    assert OfficialDocument.objects.filter(current__state="done").count() == 2
    page.fill("#filter-tu", "nong thon moi nang cao")
    page.press("#filter-tu", "Enter")
    page.wait_for_selector(".matches")
    assert_accessible(page)
    desk.picture(page, "reading-shelf")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    desk.picture(page, "reading-shelf-phone")


def test_confirmed_items_are_listed(opened, desk, assert_accessible) -> None:
    page, _document = opened(sample(PLAN))
    page.click("[name=nhan][value='phan:targets']")
    page.wait_for_selector("#xac-nhan button:not([disabled])")
    page.click("#xac-nhan button")
    page.wait_for_selector(".messages .success")
    page.goto(f"{desk.url}/van-ban/da-xac-nhan/{DAY}")
    assert page.locator(".confirmed tbody tr").count() >= 2
    assert_accessible(page)
    desk.picture(page, "reading-confirmed")
