"""Hai người cùng sửa trên trang: the later form comes back with both texts, and one of them is chosen."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from test_plan_pages import DAY, HTMX, client_of, page

from ntm.records.planning.models import CriterionCell, Plan, PlanSection, PlanTarget, RoadmapStep, TargetShare
from ntm.records.planning.services import cells, money, plans, roadmap, targets, text
from ntm.records.planning.services.targets import Promise
from records.planning.plan_world import ON, World, build, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return build(area, holder)


@pytest.fixture
def draft(world: World) -> Plan:
    made = plan(world)
    text.add_section(world.writer, made.pk, label="I.", heading="MỤC ĐÍCH", text="Lời cũ", on=ON)
    return made


def seen_in(html: str) -> str:
    return re.search(r'name="_seen" value="([0-9a-f]+)"', html)[1]  # type: ignore[index]


def opened(client: Client, address: str, **headers: str) -> str:
    return seen_in(page(client, f"{address}{DAY}", **headers))


def test_a_section_saved_by_two_comes_back_with_both(world: World, draft: Plan) -> None:
    client, section = client_of(world.writer), PlanSection.objects.get()
    address = f"/ke-hoach/{draft.pk}/de-muc/{section.pk}/"
    seen = opened(client, address, **HTMX)
    text.change_section(world.leader, draft.pk, section.pk, text="Lời của lãnh đạo", on=ON)
    form = {"label": "I.", "heading": "MỤC ĐÍCH", "text": "Lời của tôi", "depth": 1, "slot": "", "_seen": seen}
    answer = client.post(f"{address}{DAY}", form, **HTMX)
    told = answer.content.decode()
    assert answer.status_code == 409 and "Có hai bản" in told and "Lưu bản đang gõ" in told
    assert told.index("<p>Lời của lãnh đạo</p>") < told.index("<p>Lời của tôi</p>")
    assert world.leader.name in told and "Lời của tôi</textarea>" in told  # who saved it; what was typed is still there
    again = client.post(f"{address}{DAY}", form | {"_seen": seen_in(told)}, **HTMX)
    assert again.status_code == 200 and PlanSection.objects.in_version(1).get().text == "Lời của tôi"
    text.remove_section(world.writer, draft.pk, section.pk, on=ON)
    gone = client.post(f"{address}{DAY}", form | {"_seen": seen_in(told)})
    assert gone.status_code == 409 and "không còn trong dự thảo" in gone.content.decode()
    assert "Lời của tôi" in gone.content.decode() and "Lưu bản đang gõ" not in gone.content.decode()


def test_head_money_recipients_and_removal_ask_too(world: World, draft: Plan) -> None:
    client, base = client_of(world.writer), f"/ke-hoach/{draft.pk}"
    head = {
        "title": "Tôi",
        "issuer": "UBND huyện Văn Quan",
        "place": "Văn Quan",
        "_seen": opened(client, f"{base}/dau/"),
    }
    plans.change_head(world.leader, draft.pk, plans.Head(title="Lãnh đạo"), on=ON)
    answer = client.post(f"{base}/dau/{DAY}", head)
    assert answer.status_code == 409 and "Lãnh đạo" in answer.content.decode() and "Tôi" in answer.content.decode()
    seen = opened(client, f"{base}/noi-nhan/")
    text.set_recipients(world.leader, draft.pk, ["UBND tỉnh"], on=ON)
    assert client.post(f"{base}/noi-nhan/{DAY}", {"lines": "Các xã", "_seen": seen}).status_code == 409
    row = money.add_money(world.writer, draft.pk, money.Amount("source", "Ngân sách", amount=10**9), on=ON)
    address = f"{base}/khoan-tien/{row.pk}/"
    seen = opened(client, address)
    money.change_money(world.leader, draft.pk, row.pk, money.Amount("source", "Ngân sách", amount=2 * 10**9), on=ON)
    form = {"role": "source", "what": "Ngân sách", "amount": "3 tỷ", "_seen": seen}
    answer = client.post(f"{address}{DAY}", form)
    assert answer.status_code == 409 and "2 tỷ đồng" in answer.content.decode()
    refused = client.post(f"{address}bo/{DAY}", {"_seen": seen})
    assert refused.status_code == 422 and "Chưa bỏ" in refused.content.decode()


def test_a_target_and_steps_saved_by_two(world: World, draft: Plan) -> None:
    client, base = client_of(world.writer), f"/ke-hoach/{draft.pk}"
    promise = Promise("criteria", "Thêm 3 tiêu chí", value=Decimal(3), measure="tiêu chí")
    row = targets.add_target(world.writer, draft.pk, promise, on=ON)
    seen = opened(client, f"{base}/chi-tieu/{row.pk}/")
    more = Promise("criteria", "Thêm 4 tiêu chí", value=Decimal(4), measure="tiêu chí")
    targets.change_target(world.leader, draft.pk, row.pk, more, on=ON)
    form = {"what": "Thêm 5 tiêu chí", "subject": "criteria", "mode": "gain", "op": ">=", "value": "5", "_seen": seen}
    answer = client.post(f"{base}/chi-tieu/{row.pk}/{DAY}", form)
    told = answer.content.decode()
    assert answer.status_code == 409 and "Thêm 4 tiêu chí" in told and "Thêm 5 tiêu chí" in told
    client.post(f"{base}/chi-tieu/{row.pk}/{DAY}", form | {"_seen": seen_in(told)})
    assert PlanTarget.objects.in_version(1).get().value == 5
    step = roadmap.add_step(world.writer, draft.pk, what="Làm đường", deadline_words="Quý I/2018", on=ON)
    told = page(client, f"{base}/lo-trinh/{DAY}")
    mark = re.search(rf'name="seen-{step.pk}" value="([0-9a-f]+)"', told)[1]  # type: ignore[index]
    roadmap.change_step(world.leader, draft.pk, step.pk, what="Làm cầu", deadline_words="Quý II/2018", on=ON)
    key, was = str(step.pk), {"what": "Làm đường", "words": "Quý I/2018", "no": ""}
    sent = {"dong": [key], f"seen-{key}": mark, **{f"was-{n}-{key}": v for n, v in was.items()}}
    untouched = sent | {f"{n}-{key}": v for n, v in was.items()}
    client.post(f"{base}/lo-trinh/luu/{DAY}", untouched)
    assert RoadmapStep.objects.get().what == "Làm cầu"  # a row that was not touched here is not written back
    answer = client.post(f"{base}/lo-trinh/luu/{DAY}", untouched | {f"what-{key}": "Làm đê"})
    assert answer.status_code == 422 and "vừa sửa thành “Làm cầu”" in answer.content.decode()
    mark = re.search(rf'name="seen-{key}" value="([0-9a-f]+)"', answer.content.decode())[1]  # type: ignore[index]
    client.post(f"{base}/lo-trinh/luu/{DAY}", untouched | {f"what-{key}": "Làm đê", f"seen-{key}": mark})
    assert RoadmapStep.objects.get().what == "Làm đê"


def test_a_cell_and_a_row_saved_by_two(world: World, draft: Plan) -> None:
    client, base, unit = client_of(world.writer), f"/ke-hoach/{draft.pk}/xa-tieu-chi", world.area.commune
    cells.set_cell(
        world.leader, draft.pk, unit_id=unit, criterion_no=5, mode="keep", deadline_words="Quý I/2018", on=ON
    )
    cell = {"unit": unit, "no": 5, "mode": "gain", "words": "", "was": "|"}
    answer = client.post(f"{base}/o/{DAY}", cell)
    told = json.loads(answer.content)
    assert (answer.status_code, told["mode"], told["words"]) == (409, "keep", "Quý I/2018") and "vừa đổi" in told[
        "sentence"
    ]
    assert client.post(f"{base}/o/{DAY}", cell | {"was": "keep|Quý I/2018"}).status_code == 200
    row = f"{base}/hang/{unit}/{DAY}"
    form = {"was-5": "keep|Quý I/2018", "mode-5": "", "was-6": "|", "mode-6": "gain", "words-6": "Quý III/2018"}
    answer = client.post(row, form)
    told = answer.content.decode()
    assert answer.status_code == 422 and "nay là: thêm mới" in told and 'value="Quý III/2018"' in told
    assert not CriterionCell.objects.filter(criterion_no=6).exists()  # all of the row or nothing
    assert client.post(row, form | {"was-5": "gain|"}).status_code == 302
    assert [one.criterion_no for one in CriterionCell.objects.in_version(1)] == [6]
    untouched = {"was-6": "|", "mode-6": "", "was-7": "|", "mode-7": "keep"}
    assert client.post(row, untouched).status_code == 302
    assert [one.criterion_no for one in CriterionCell.objects.in_version(1).order_by("criterion_no")] == [6, 7]


def test_a_share_saved_by_two(world: World, draft: Plan) -> None:
    client, unit = client_of(world.writer), world.area.commune
    promise = Promise("criteria", "Thêm 3 tiêu chí", value=Decimal(3), measure="tiêu chí")
    row = targets.add_target(world.writer, draft.pk, promise, on=ON)
    address = f"/ke-hoach/{draft.pk}/phan-khai/{row.pk}/giao/{DAY}"
    form = {f"v-{unit}": "1", f"was-{unit}": "", f"seen-{unit}": ""}
    assert client.post(address, form).status_code == 302
    answer = client.post(address, form | {f"v-{unit}": "2"})
    assert answer.status_code == 422 and "vừa đổi phần giao của xã Văn An" in answer.content.decode()
    assert (
        f'name="v-{unit}" value="2"' in answer.content.decode() and TargetShare.objects.in_version(1).get().value == 1
    )
