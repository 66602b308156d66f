"""Trang kế hoạch trong trình duyệt: accessible at a laptop's and a phone's width; a section is edited in place."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from faces.conftest import LAPTOP, PHONE
from ntm.records.planning.models import PlanSection
from ntm.records.planning.services import comments, duties, money, text
from records.planning.plan_world import ON, build, plan

pytestmark = pytest.mark.browser
DAY = f"?ngay={ON.isoformat()}"


@pytest.fixture
def world(transactional_db: None, area: Any, holder: Any) -> Any:
    return build(area, holder)


@pytest.fixture
def draft(world: Any) -> Any:
    made = plan(world)
    said = "- Nâng cao đời sống.\nĐến cuối năm huyện có thêm 02 xã đạt chuẩn, bình quân 9,5 tiêu chí một xã."
    text.add_section(world.writer, made.pk, label="I.", heading="MỤC ĐÍCH, YÊU CẦU", text=said, on=ON)
    text.add_section(world.writer, made.pk, label="1.", heading="Mục đích", depth=2, on=ON, slot="targets")
    text.add_basis(world.writer, made.pk, number="120/KH-UBND", issuer="UBND huyện", on=ON)
    text.set_recipients(world.writer, made.pk, ["UBND tỉnh", "Lưu: VT"], on=ON)
    duties.add_duty(world.writer, made.pk, body_words="Phòng NN&PTNT", text="Tham mưu", criteria=[3], on=ON)
    whole = money.Amount("source", "Tổng nguồn lực", stated=30_000_000_000)
    top = money.add_money(world.writer, made.pk, whole, on=ON)
    part = money.Amount("source", "Ngân sách tỉnh", amount=28_000_000_000, parent_id=top.pk)
    money.add_money(world.writer, made.pk, part, on=ON)
    comments.comment(world.sector, made.pk, text="Thêm tiêu chí 10", about="Mục I", on=ON)
    return made


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_the_pages_of_a_plan_are_accessible(
    desk: Any, world: Any, draft: Any, size: Any, assert_accessible: Any
) -> None:
    page = desk.sign_in(get_user_model().objects.get(pk=world.writer.user_id), size=size)
    base = f"{desk.url}/ke-hoach/{draft.pk}"
    addresses = (f"{base}/", f"{base}/kiem-tra/", f"{base}/gop-y/", f"{base}/ban-hanh/", f"{base}/lich-su/")
    for address in (*addresses, f"{desk.url}/ke-hoach/", f"{desk.url}/ke-hoach/lap/", f"{base}/can-cu/"):
        page.goto(address + DAY)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address
        assert_accessible(page)
    page.goto(f"{base}/{DAY}")
    desk.picture(page, f"plan-{size['width']}", whole=True)


def test_a_section_is_edited_in_place_and_left_as_it_was(
    desk: Any, world: Any, draft: Any, assert_accessible: Any
) -> None:
    page = desk.sign_in(get_user_model().objects.get(pk=world.writer.user_id))
    page.goto(f"{desk.url}/ke-hoach/{draft.pk}/{DAY}")
    first = PlanSection.objects.filter(plan=draft).order_by("order").first()
    part = f"#s{first.pk}"
    page.click(f"{part} .part-tools a:first-child")
    page.wait_for_selector(f"{part}.editing textarea[name=text]")
    assert_accessible(page)
    page.click(f"{part} [data-cancel]")
    page.wait_for_selector(f"{part}:not(.editing)")
    page.click(f"{part} .part-tools a:first-child")
    page.fill(f"{part}.editing textarea[name=text]", "- Đời sống tốt hơn.")
    page.click(f"{part}.editing button.primary")
    page.wait_for_selector(f"{part}:not(.editing)")
    assert "Đời sống tốt hơn" in page.inner_text(part) and "đã lưu" in page.inner_text(part)
    first.refresh_from_db()
    assert first.text == "- Đời sống tốt hơn."
