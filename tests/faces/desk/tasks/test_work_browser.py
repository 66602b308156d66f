"""Các phòng công việc trong trình duyệt: axe, no sideways scrolling on a phone, the deadline understood as it is typed."""

from __future__ import annotations

from datetime import date

import pytest

from faces.conftest import LAPTOP, PHONE
from faces.desk.working_world import user_of
from ntm.records.planning.models import Occurrence, PlanVersion, TaskGroup
from ntm.records.planning.services import inspections, meetings, progress, reminders, sharing, tasks

pytestmark = pytest.mark.browser
ON, QUERY = date(2020, 3, 25), "?ngay=2020-03-25"


@pytest.fixture
def filled(work, with_set):
    """Some progress, a share, a meeting with a conclusion, a round of inspection."""
    office, division = work.actor["office"], work.actor["division"]
    report = Occurrence.objects.get(task=work.made["report"])
    march = Occurrence.objects.filter(task=work.made["inspect"]).order_by("due")[0]
    progress.note(
        division, report.pk, text="Đã có số liệu của 5 xã, còn 2 xã chưa gửi.", percent=60, on=date(2020, 3, 10)
    )
    sharing.share(division, report.pk, user_id=work.actor["colleague"].user_id, words="Tổng hợp", on=date(2020, 3, 11))
    meeting = meetings.open_meeting(
        office, unit_id=work.area.district, title="Giao ban tháng 3", held_on=ON, on=ON, chair="Chủ tịch UBND huyện"
    )
    words = {"lead": "Phòng NN&PTNT", "deadline_words": "Chậm nhất 30/3/2020", "about_id": report.pk, "on": ON}
    meetings.conclude(office, meeting.pk, text="Gửi báo cáo trước ngày 30", **words)
    visits = {work.area.commune: (), work.area.neighbour: (13,)}
    visited = inspections.plan_for(office, march.pk, head="Phó Trưởng Ban", visits=visits, on=ON)
    found = [inspections.Found("lacking", "Thiếu 1,2 km đường thôn", 2), inspections.Found("good", criterion_no=13)]
    inspections.record(office, visited.pk, unit_id=work.area.commune, visited_on=ON, findings=found, on=ON)
    shared = tasks.give(
        office, tasks.TaskDraft(what="Rà soát hộ nghèo", deadline_words="Quý I/2020", lead="UBND các xã"),
        unit_id=work.area.district, origin="meeting", on=ON,
    )  # fmt: skip
    reminders.run(ON)
    whole = Occurrence.objects.get(task=shared, whole=None)
    work.made |= {"meeting": meeting, "occurrence": report, "inspection": visited, "whole": whole}
    return work


@pytest.mark.parametrize(("name", "size"), [("wide", LAPTOP), ("phone", PHONE)])
def test_the_pages_of_work_are_accessible_and_fit(desk, filled, assert_accessible, name, size):
    made, plan = filled.made, filled.plan.pk
    pages = {
        "division": ["/viec/", f"/viec/{made['occurrence'].pk}/", "/viec/lich/"],
        "office": [
            f"/giao-ban/{made['meeting'].pk}/",
            f"/kiem-tra/{made['inspection'].pk}/don-vi/{filled.area.neighbour}/",
            f"/kiem-tra/{made['inspection'].pk}/",
            f"/ke-hoach/{plan}/chuong-trinh/",
            "/viec/trach-nhiem/",
            "/viec/loi-nhac/",
            "/kiem-tra/lap/",
            f"/viec/{made['whole'].pk}/",
            "/giao-ban/",
        ],
    }
    for who, addresses in pages.items():
        page = desk.sign_in(user_of(filled.actor[who]), size=size)
        for address in addresses:
            page.goto(desk.url + address + QUERY)
            desk.picture(page, f"{name}-{address.strip('/').replace('/', '-')}", whole=True)
            assert_accessible(page)
            assert page.evaluate("document.querySelector('main').scrollWidth <= window.innerWidth"), address


def test_a_draft_is_edited_with_its_deadline_understood_as_typed(desk, filled, assert_accessible):
    PlanVersion.objects.create(plan=filled.plan, no=2, title="Điều chỉnh", issuer="UBND huyện", place="Văn Quan")
    tasks.add_group(filled.actor["office"], filled.plan.pk, name="Quý II", deadline_words="Quý II/2020", on=ON)
    group = TaskGroup.objects.get()
    page = desk.sign_in(user_of(filled.actor["office"]))
    page.goto(f"{desk.url}/ke-hoach/{filled.plan.pk}/chuong-trinh/{QUERY}&them={group.pk}")
    page.fill("#f-what", "Mở lớp tập huấn")
    page.fill("#f-deadline", "Tháng 5")
    page.wait_for_selector("#f-deadline-told:has-text('01/5/2020 – 31/5/2020')")
    page.fill("#f-lead", "Phòng NN&PTNT; Hội Người mù; UBND các xã")
    page.wait_for_selector("#f-lead-told:has-text('chưa có trong danh bạ')")
    assert "mọi đơn vị dưới" in page.inner_text("#f-lead-told")
    page.click("summary:has-text('Phục vụ hạng mục còn thiếu')")
    page.fill("#f-find-gap", "khong co hang muc nay")
    page.wait_for_selector("#f-gaps:has-text('Không có hạng mục còn thiếu nào')")
    assert_accessible(page)
    desk.picture(page, "wide-programme-draft", whole=True)
    page.click("form.task-form button.primary")
    page.wait_for_selector(".messages .success")
    assert page.locator("#chuong-trinh >> text=Mở lớp tập huấn").count() >= 1
