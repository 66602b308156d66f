"""Chỉ tiêu trong trình duyệt: cells by key and by click, a step dragged and moved by keys, pages accessible at both sizes."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from faces.conftest import PHONE
from ntm.records.people.models import User
from ntm.records.planning.models import CriterionCell, RoadmapStep
from ntm.records.planning.services import cascade, cells, roadmap, targets
from ntm.records.planning.services.cells import CellPlan
from ntm.records.planning.services.targets import Promise
from records.planning.plan_world import ON, build, plan

pytestmark = pytest.mark.browser
DAY = f"?ngay={ON.isoformat()}"


def _said(page: Any, words: str) -> None:
    """The line under the table says so."""
    page.locator("[data-said]", has_text=re.compile(words)).wait_for()


def test_cells_cascade_and_roadmap_are_worked_by_key_and_pointer(
    desk: Any, area: Any, holder: Any, assert_accessible: Any
) -> None:
    world = build(area, holder)
    made = plan(world)
    targets.add_target(world.writer, made.pk, Promise("criteria", "Thêm 3 tiêu chí", value=Decimal(3)), on=ON)
    cells.set_many(world.writer, made.pk, [CellPlan(area.commune, 5), CellPlan(area.neighbour, 6, "keep")], on=ON)
    cascade.cascade(world.writer, made.pk, on=ON)
    roadmap.add_step(world.writer, made.pk, what="Làm đường", deadline_words="Quý II/2018", criterion_no=5, on=ON)
    writer = User.objects.get(pk=world.writer.user_id)
    page = desk.sign_in(writer)

    page.goto(f"{desk.url}/ke-hoach/{made.pk}/xa-tieu-chi/{DAY}")
    assert_accessible(page)
    page.locator("tbody tr", has_text="Văn An").first.locator("td").nth(1).click()
    _said(page, "· 2 .*đã lưu")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    _said(page, "· 3 .*phấn đấu.*đã lưu")
    page.keyboard.press("Space")
    _said(page, "· 3 .*duy trì.*đã lưu")
    found = CriterionCell.objects.in_version(1).filter(unit_id=area.commune).order_by("criterion_no")
    assert [(one.criterion_no, one.mode) for one in found] == [(2, "gain"), (3, "keep"), (5, "gain")]
    row = page.locator("tbody tr", has_text="Văn An").first
    assert row.locator("td").nth(19).inner_text() == "2" and row.locator("td").nth(20).inner_text() == "1"
    page.locator("#cell-lists", has_text="đạt thêm 2 (2, 5)").wait_for()
    desk.picture(page, "o-don-vi-tieu-chi")
    cells.set_cell(world.leader, made.pk, unit_id=area.commune, criterion_no=3, mode="gain", on=ON)  # another person
    page.locator("tbody tr", has_text="Văn An").first.locator("td").nth(2).click()
    _said(page, "· 3 .*phấn đấu.*vừa đổi")
    assert CriterionCell.objects.in_version(1).get(unit_id=area.commune, criterion_no=3).mode == "gain"
    assert [one for one in desk.complaints if "409" in one]  # the browser tells the refusal itself: it was meant
    desk.complaints.clear()
    page.keyboard.press("Space")  # pressed again, with the new value seen
    _said(page, "· 3 .*duy trì.*đã lưu")

    page.goto(f"{desk.url}/ke-hoach/{made.pk}/phan-khai/{DAY}")
    assert_accessible(page)
    desk.picture(page, "phan-khai")

    page.goto(f"{desk.url}/ke-hoach/{made.pk}/lo-trinh/{DAY}")
    assert_accessible(page)
    step = page.locator(".step")
    step.focus()
    page.keyboard.press("ArrowRight")
    page.locator(".road:not([data-moved=''])").wait_for()
    assert RoadmapStep.objects.get().end == date(2018, 9, 30)
    lane, box = page.locator(".road-lane").first.bounding_box(), page.locator(".step").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 20 + lane["width"], box["y"] + 8, steps=5)
    with page.expect_response("**/doi/**"):
        page.mouse.up()
    page.locator(".step[title*='31/12/2018']").wait_for()
    assert RoadmapStep.objects.get().end == date(2018, 12, 31)
    desk.picture(page, "lo-trinh")

    phone = desk.sign_in(writer, size=PHONE)
    phone.goto(f"{desk.url}/dia-ban/{area.district}/mot-trang/{DAY}")
    assert_accessible(phone)
    over = phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 1
    desk.picture(phone, "mot-trang-360")
