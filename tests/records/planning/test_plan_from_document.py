"""Kế hoạch lập từ văn bản đã đọc: every part becomes rows; the two lists that disagree stay visible cell by cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from plan_reading import reading
from plan_world import ISSUED, World, build

from ntm.domain.documents.reading.model import Deadline as Due
from ntm.domain.documents.reading.model import MoneyItem, Task
from ntm.domain.documents.reading.to_json import to_json
from ntm.records.archive.documents.items import items
from ntm.records.archive.models import ConfirmedItem, DocumentReading, FileUse, OfficialDocument, ReadItem, StoredFile
from ntm.records.people.authority import Denied
from ntm.records.planning.models import CriterionCell, PlanTarget, TargetShare
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import from_reading

NOVEMBER = date(2018, 11, 30)
NOW = timezone.now


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return build(area, holder)


def test_a_reading_becomes_a_draft(world: World) -> None:
    made = from_reading.draft_of(world.writer, world.area.district, reading(), ISSUED)
    plan, version = made.plan, made.plan.versions.get()
    assert made.unknown_units == () and made.left_out == ()
    assert (version.number, version.symbol, version.issued_on, version.place) == ("15", "KH-UBND", ISSUED, "Văn Quan")
    assert plan.year == 2018 and plan.set.code == "xa-ntm-2016-2020"
    told = {(one.subject, one.mode): one for one in plan.targets.all()}
    assert told["title", "gain"].value == 1 and told["average", "gain"].value == Decimal("1.5")
    assert TargetShare.objects.get(target=told["title", "gain"]).unit_id == world.area.commune
    assert PlanTarget.objects.filter(plan=plan, subject="criterion").count() == 3
    assert [one.heading for one in plan.sections.filter(depth=1)][:2] == ["MỤC ĐÍCH, YÊU CẦU", "NỘI DUNG THỰC HIỆN"]
    assert plan.sections.first().text.startswith("Huy động sức mạnh")
    assert plan.bases.get().words.endswith("giai đoạn 2016 - 2020")
    assert plan.recipients.count() == 3 and plan.duties.get().body_words.startswith("Phòng Nông nghiệp")
    assert {(one.criterion_no, one.end) for one in plan.roadmap.all()} == {(2, NOVEMBER), (3, NOVEMBER)}


def test_the_two_lists_disagree_cell_by_cell(world: World) -> None:
    plan = from_reading.draft_of(world.writer, world.area.district, reading(), ISSUED).plan
    cells = {(one.unit_id, one.criterion_no): one for one in CriterionCell.objects.filter(plan=plan)}
    first, second = world.area.commune, world.area.neighbour
    assert {place: (one.mode, one.told) for place, one in cells.items()} == {
        (first, 1): ("keep", "units"),
        (first, 2): ("gain", "both"),
        (first, 3): ("gain", "units"),  # not in the criterion's list
        (first, 4): ("gain", "criteria"),  # its own list says keep
        (second, 3): ("gain", "both"),
    }
    assert cells[first, 2].due == NOVEMBER and cells[first, 2].source_place == "dòng 25; dòng 32"


def test_a_confirmed_document_becomes_a_draft_whose_rows_keep_their_item(world: World) -> None:
    document = _confirmed(world)
    made = from_reading.draft_from(world.writer, document.pk, on=ISSUED)
    assert made.plan.document_id == document.pk and made.counts["cells"] == 5
    target = made.plan.targets.filter(subject="title").get()
    assert target.read_item.section == "targets" and target.read_item.label.startswith("Phấn đấu có thêm 01 xã")
    assert made.plan.cells.filter(read_item=None).count() == 0
    with pytest.raises(Refused, match="đã được lập"):
        from_reading.draft_from(world.writer, document.pk, on=ISSUED)


def test_strangers_and_unconfirmed_documents_are_refused(world: World) -> None:
    with pytest.raises(Denied):
        from_reading.draft_of(world.commune, world.area.district, reading(), ISSUED)
    document = _confirmed(world)
    ConfirmedItem.objects.filter(document=document).update(withdrawn_at=timezone.now())
    with pytest.raises(Refused, match="chưa có mục nào"):
        from_reading.draft_from(world.writer, document.pk, on=ISSUED)


def test_money_keeps_its_parts_and_what_the_text_states(world: World) -> None:
    money = (
        MoneyItem("Tổng nguồn vốn", "total", 10, "10 đồng", side="source"),
        MoneyItem("Vốn đầu tư phát triển", "source", 7, "7 đồng", parent=0),
        MoneyItem("Vốn sự nghiệp", "source", 2, "2 đồng", parent=0),
        MoneyItem("Cân đối A-B", "balance", 1, "1 đồng"),
    )
    made = from_reading.draft_of(world.writer, world.area.district, replace(reading(), money=money), ISSUED)
    whole, first, second = made.plan.money.order_by("order")
    assert (whole.amount, whole.stated, whole.role) == (None, 10, "source")
    assert [(one.parent_id, one.amount, one.kind) for one in (first, second)] == [
        (whole.pk, 7, "dau_tu"),
        (whole.pk, 2, "su_nghiep"),
    ]
    assert "cân đối" in made.left_out[0]


def test_tasks_come_with_their_group_bodies_and_days(world: World) -> None:
    tasks = (
        Task(
            "1",
            "Kiện toàn bộ máy",
            "I",
            "Rà soát thực trạng",
            "BCĐ huyện",
            "VPĐP; BCĐ xã",
            "Các cơ quan",
            Due("Tháng 01/2018"),
        ),
        Task("2", "Kiện toàn bộ máy", "I", "Kiện toàn Ban Chỉ đạo", deadline=Due("Thường xuyên")),
    )
    plan = from_reading.draft_of(world.writer, world.area.district, replace(reading(), tasks=tasks), ISSUED).plan
    first, second = plan.tasks.order_by("order")
    assert first.group.name == "Kiện toàn bộ máy" and first.last_due == date(2018, 1, 31) and second.last_due is None
    assert {(one.part, one.words) for one in first.bodies.all()} >= {("directing", "BCĐ huyện"), ("lead", "BCĐ xã")}
    assert (
        first.bodies.get(words="BCĐ xã").every_level == "xa"
    )  # every commune's: each has its own part when it is issued


def _confirmed(world: World) -> OfficialDocument:
    """A document read and wholly confirmed, written straight into the tables."""
    content = to_json(reading())
    stored = StoredFile.objects.create(sha256="0" * 64, size=1, kind="txt", stored_at=NOW())
    use = FileUse.objects.create(
        file=stored,
        name="ke-hoach.txt",
        unit_id=world.area.district,
        purpose="document",
        attached_by_id=world.writer.user_id,
        office="x",
        on=ISSUED,
        attached_at=NOW(),
    )
    document = OfficialDocument.objects.create(
        use=use,
        unit_id=world.area.district,
        uploaded_by_id=world.writer.user_id,
        office="x",
        on=ISSUED,
        uploaded_at=NOW(),
    )
    document.current = DocumentReading.objects.create(
        document=document,
        version="1",
        state="done",
        asked_by_id=world.writer.user_id,
        queued_at=NOW(),
        digest="0",
        set_code="xa-ntm-2016-2020",
        content=content,
        source=[[line] for line in reading().lines],
    )
    document.save()
    for order, one in enumerate(items(content)):
        item = ReadItem.objects.create(
            reading=document.current,
            section=one.section,
            key=one.key,
            order=order,
            label=one.label,
            folded="",
            value=one.value,
            criteria=list(one.criteria),
            lines=list(one.lines),
        )
        ConfirmedItem.objects.create(
            item=item,
            document=document,
            unit_id=world.area.district,
            section=one.section,
            label=one.label,
            value=one.value,
            set_code="xa-ntm-2016-2020",
            lines=list(one.lines),
            by_id=world.writer.user_id,
            office="x",
            on=ISSUED,
            at=NOW(),
        )
    return document
