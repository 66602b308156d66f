"""Kế hoạch vào một ngày đã qua: a draft of that day is a draft, the version in force that day is the one shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from test_plan_pages import client_of, page

from ntm.records.planning.models import Plan, PlanTarget
from ntm.records.planning.queries import days
from ntm.records.planning.queries.progress import plan_progress
from ntm.records.planning.services import cells, issuing, plans, targets, text
from ntm.records.planning.services.targets import Promise
from records.planning.plan_world import ISSUED, ON, World, build, issued, plan

pytestmark = pytest.mark.django_db
REVIEW, AMENDED, SIGNED, CLOSED = date(2018, 1, 25), date(2018, 6, 1), date(2018, 6, 15), date(2018, 12, 20)
AVERAGE = Promise("criteria", "Thêm 3 tiêu chí", value=Decimal(3), measure="tiêu chí")


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return build(area, holder)


@pytest.fixture
def lived(world: World) -> Plan:
    """Begun 20/01, sent 25/01, issued 30/01, amended 01/06 and signed 15/06, closed 20/12."""
    made = plan(world)
    text.add_section(world.writer, made.pk, heading="Mục đích, yêu cầu", on=ON)
    target = targets.add_target(world.writer, made.pk, AVERAGE, on=ON)
    cells.set_cell(world.writer, made.pk, unit_id=world.area.commune, criterion_no=5, on=ON)
    plans.review(world.leader, made.pk, on=REVIEW)
    signed: dict[str, Any] = {"signer": "Người ký thử", "findings": ()}
    issuing.issue(world.leader, made.pk, number="15", issued_on=ISSUED, on=ISSUED, **signed)
    issuing.amend(world.leader, made.pk, reason="thêm xã", on=AMENDED)
    more = Promise("criteria", "Thêm 4 tiêu chí", value=Decimal(4), measure="tiêu chí")
    targets.change_target(world.writer, made.pk, target.pk, more, on=AMENDED)
    cells.clear(world.writer, made.pk, [(world.area.commune, 5)], on=AMENDED)
    plans.review(world.leader, made.pk, on=AMENDED)
    issuing.issue(world.leader, made.pk, number="70", issued_on=SIGNED, on=SIGNED, **signed)
    plans.close(world.leader, made.pk, closing_words="Đạt 4 tiêu chí", on=CLOSED)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize(
    ("on", "versions", "state"),
    [
        (date(2018, 1, 19), {}, None),
        (ON, {1: "draft"}, "draft"),
        (REVIEW, {1: "reviewed"}, "reviewed"),
        (ISSUED, {1: "issued"}, "issued"),
        (AMENDED, {1: "issued", 2: "reviewed"}, "issued"),
        (SIGNED, {1: "superseded", 2: "issued"}, "issued"),
        (CLOSED, {1: "superseded", 2: "issued"}, "closed"),
    ],
)
def test_each_day_has_its_own_state(
    world: World, lived: Plan, on: date, versions: dict[int, str], state: str | None
) -> None:
    found = days.states(lived.versions.all(), lived.on, on)
    assert found == versions
    for name in ("draft", "reviewed", "issued", "closed"):
        rows = days.in_state(Plan.objects.filter(on__lte=on), name, on)
        assert rows.exists() == (name == state)
    if state:
        assert days.plan_state(lived, found, on) == state


def test_the_list_and_the_page_tell_the_state_of_the_day(world: World, lived: Plan) -> None:
    writer, base = client_of(world.writer), f"/ke-hoach/{lived.pk}/"
    told = page(writer, f"{base}?ngay=2018-01-22")
    assert 'class="plan-state draft"' in told and "Lời dự thảo của riêng ngày ấy không được giữ" in told
    assert "15/KH-UBND" not in told and "Sửa phần đầu" not in told
    told = page(writer, f"{base}?ngay=2018-03-01")
    assert 'class="plan-state issued"' in told and "15/KH-UBND" in told and "Thêm 3 tiêu chí" in told
    assert "Thêm 4 tiêu chí" in page(writer, f"{base}?ngay=2018-07-01")
    listed = page(writer, "/ke-hoach/?ngay=2018-01-22&tinh-trang=draft")
    assert 'class="plan-state draft"' in listed and "KH-UBND" not in listed
    assert "Không có kế hoạch nào khớp" in page(writer, "/ke-hoach/?ngay=2018-01-22&tinh-trang=issued")
    assert "70/KH-UBND" in page(writer, "/ke-hoach/?ngay=2018-12-31&tinh-trang=closed")
    assert "chưa có kế hoạch này" in page(writer, f"{base}?ngay=2018-01-10", status=422)
    unit = f"/dia-ban/{world.area.district}/ke-hoach/"
    assert 'class="plan-state draft"' in page(writer, f"{unit}?ngay=2018-01-22")
    assert 'class="plan-state issued"' in page(writer, f"{unit}?ngay=2018-03-01")


def test_others_see_it_from_the_day_it_was_theirs_to_see(world: World, lived: Plan) -> None:
    base = f"/ke-hoach/{lived.pk}/"
    for who, first in ((world.commune, REVIEW), (world.stranger, ISSUED)):
        client = client_of(who)
        page(client, f"{base}?ngay={ON.isoformat()}", status=403)
        page(client, f"{base}?ngay={first.isoformat()}")


def test_targets_cells_and_progress_are_those_of_the_version_of_the_day(world: World, lived: Plan) -> None:
    writer, base = client_of(world.writer), f"/ke-hoach/{lived.pk}/"
    march, july = "?ngay=2018-03-01", "?ngay=2018-07-01"
    assert "Thêm 3 tiêu chí" in page(writer, f"{base}chi-tieu/{march}")
    assert "Thêm 4 tiêu chí" in page(writer, f"{base}chi-tieu/{july}")
    assert 'class="pg o">·+</td>' in page(writer, f"{base}xa-tieu-chi/{march}")
    assert 'class="pg o">·+</td>' not in page(writer, f"{base}xa-tieu-chi/{july}")
    assert plan_progress(lived.pk, date(2018, 3, 1)).version_no == 1
    assert plan_progress(lived.pk, SIGNED).version_no == 2
    for day, no in (("2018-03-01", 1), ("2018-07-01", 2)):
        one = page(writer, f"/dia-ban/{world.area.district}/mot-trang/?ngay={day}")
        assert "Chưa có kế hoạch đã ban hành" not in one and f"theo lần ban hành {no}" in page(
            writer, f"{base}tien-do/?ngay={day}"
        )
    assert "Chưa có kế hoạch đã ban hành" in page(writer, f"/dia-ban/{world.area.district}/mot-trang/?ngay=2018-01-22")


def test_a_day_gone_by_offers_no_deeds(world: World) -> None:
    made = plan(world)
    issued(world, made.pk)
    leader, base = client_of(world.leader), f"/ke-hoach/{made.pk}/ban-hanh/"
    assert "Rà soát xong, trình ký" not in page(leader, f"{base}?ngay={ON.isoformat()}")
    assert "Mở dự thảo điều chỉnh" in page(leader, f"{base}?ngay={ISSUED.isoformat()}")
    assert not PlanTarget.objects.exists()
