"""Thẩm tra trong trình duyệt: rows chosen by arrows, evidence beside, decided by keys; home and reviews looked at."""

from __future__ import annotations

import pytest

from faces.conftest import LAPTOP, PHONE
from faces.desk.working_world import HAI_DUONG, PNG, QUERY, campaign_of, sent, typed, user_of
from ntm.records.standing import services
from ntm.records.standing.models import Observation
from ntm.records.standing.models.observations import Stage, State

pytestmark = pytest.mark.browser


def _sent_with_picture(world):
    draft = typed(world, "10", "59,58")
    services.attach(world.actor["officer"], draft.pk, content=PNG, name="anh.png")
    services.send(
        world.actor["officer"], unit_id=world.unit["thach_loi"], set_code=HAI_DUONG, as_of=draft.as_of, codes=["10"]
    )
    return draft


def test_a_unit_is_looked_through_with_the_keyboard(desk, world, assert_accessible):
    first = _sent_with_picture(world)
    second = sent(world, "11", "1,9")
    page = desk.sign_in(user_of(world.actor["income"]))
    page.goto(desk.url + f"/tham-tra/{QUERY}")
    page.click("text=Xã Thạch Lỗi")
    page.wait_for_selector(f"#beside [data-one='{first.pk}'] img")
    assert page.locator("#beside img").evaluate("one => one.decode().then(() => one.naturalWidth)") == 40
    assert_accessible(page)
    desk.picture(page, "verification")
    page.keyboard.press("n")
    page.wait_for_selector(f"#w-{first.pk}.decided")
    page.wait_for_selector(f"#beside [data-one='{second.pk}']")
    page.keyboard.press("t")
    page.keyboard.type("Thiếu danh sách hộ")
    page.click("#beside >> text=Trả lại đơn vị")
    page.wait_for_selector("#beside >> text=Đã xem hết")
    second.refresh_from_db()
    assert second.state == State.RETURNED and Observation.objects.filter(stage=Stage.VERIFIED).count() == 1


def test_another_value_without_change_of_mind_is_refused_beside(desk, world):
    observation = sent(world, text="70")
    page = desk.sign_in(user_of(world.actor["income"]))
    page.goto(desk.url + f"/tham-tra/{world.unit['thach_loi']}/{HAI_DUONG}/2022-12-31/{QUERY}")
    page.wait_for_selector(f"#beside [data-one='{observation.pk}']")
    page.keyboard.press("s")
    page.keyboard.type("08/09")
    page.fill("#other-note", "Phiếu điều tra")
    page.click("#beside button:has-text('Ghi số khác')")
    page.wait_for_selector("#beside .notice-stop")
    assert page.input_value("#other-value") == "08/09"
    page.fill("#other-value", "61")
    page.click("#beside button:has-text('Ghi số khác')")
    page.wait_for_selector(f"#w-{observation.pk}.decided")
    assert Observation.objects.get(stage=Stage.VERIFIED).typed == "61"
    desk.complaints.clear()


@pytest.mark.parametrize(("name", "size"), [("wide", LAPTOP), ("phone", PHONE)])
def test_home_queue_and_reviews_are_accessible(desk, world, assert_accessible, name, size):
    made = campaign_of(world)
    sent(world)
    services.give_back(world.actor["income"], sent(world, "11", "1,9").pk, reason="Thiếu danh sách hộ")
    typed(world, "4", "99")
    group = f"/tham-tra/{world.unit['thach_loi']}/{HAI_DUONG}/2022-12-31/{QUERY}"
    pages = {
        "officer": [f"/{QUERY}", f"/nhap-so-lieu/{QUERY}"],
        "district": [f"/{QUERY}", f"/tham-tra/{QUERY}", group, f"/ra-soat/{QUERY}", f"/ra-soat/mo/{QUERY}"],
        "leader": [f"/{QUERY}", f"/ra-soat/{made.pk}/{QUERY}"],
    }
    for who, addresses in pages.items():
        page = desk.sign_in(user_of(world.actor[who]), size=size)
        for address in addresses:
            page.goto(desk.url + address)
            assert_accessible(page)
            assert page.evaluate("document.querySelector('main').scrollWidth <= window.innerWidth"), address
            desk.picture(page, f"{name}-{who}-{address.partition('?')[0].strip('/').replace('/', '-') or 'home'}")
