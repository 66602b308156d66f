"""REST of plans, work and money: the same sight and the same refusals as the desk."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ntm.records.people.services import issue_token
from ntm.records.planning.models import Occurrence
from ntm.records.planning.services import plans, tasks
from standing_world import HAI_DUONG, World, build

ON = "2023-01-10"
DAY = date(2023, 1, 10)


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return build(area, holder)


@pytest.fixture
def call(world: World) -> Any:
    secrets: dict[str, str] = {}

    def ask(who: str, path: str, body: object = None) -> Any:
        if who not in secrets:
            today = timezone.localdate()
            made = issue_token(world.actor[who], name="kiểm thử", expires=today + timedelta(days=3), on=today)
            secrets[who] = made.secret
        head = {"HTTP_AUTHORIZATION": f"Bearer {secrets[who]}"}
        if body is None:
            return Client().get(f"/api/v1{path}", **head)
        return Client().post(f"/api/v1{path}", json.dumps(body), "application/json", **head)

    return ask


@pytest.fixture
def plan(world: World) -> int:
    made = plans.open_plan(
        world.actor["district"], unit_id=world.unit["cam_giang"], kind="nang_cao", year=2023, set_code=HAI_DUONG, on=DAY
    )
    return made.pk


def test_a_draft_is_made_and_read_by_its_office_and_by_no_stranger(call: Any, plan: int) -> None:
    target = {"on": ON, "subject": "criteria", "what": "Tăng thêm 02 tiêu chí", "value": "2", "deadline": "Quý IV/2023"}
    assert call("district", f"/plans/{plan}/targets", target).status_code == 201
    cell = {"on": ON, "unit": "10906", "criterion": 10, "deadline": "trước 31/12/2023"}
    assert call("district", f"/plans/{plan}/cells", cell).status_code == 201
    listed = call("district", f"/plans?on={ON}&year=2023").json()
    assert [one["id"] for one in listed["items"]] == [plan] and listed["items"][0]["state"] == "draft"
    (told,) = call("district", f"/plans/{plan}/targets?on={ON}").json()["items"]
    assert (told["value"], told["due"]) == ("2", "2023-12-31")
    rows = call("district", f"/plans/{plan}/cells?on={ON}").json()["items"]
    tenth = next(
        one for row in rows if row["unit"]["code"] == "10906" for one in row["cells"] if one["criterion"] == 10
    )
    assert (tenth["planned"], tenth["due"], tenth["outcome"]) == ("gain", "2023-12-30", "no_data")
    found = call("district", f"/plans/{plan}/progress?on={ON}").json()
    assert sum(found["counts"].values()) == 1 and found["targets"][0]["sentence"]
    assert call("stranger", f"/plans?on={ON}").json()["items"] == []
    assert call("stranger", f"/plans/{plan}/targets?on={ON}").status_code == 403
    assert call("officer", f"/plans/{plan}/cells", cell).status_code == 403


def test_what_the_service_refuses_is_refused_with_its_sentence(call: Any, plan: int) -> None:
    wrong = call("district", f"/plans/{plan}/cells", {"on": ON, "unit": "10906", "criterion": 77})
    assert wrong.status_code == 422 and wrong.json()["code"] == "refused" and "77" in wrong.json()["sentence"]
    assert call("district", f"/plans/999999?on={ON}").status_code == 422
    assert call("district", f"/plans/{plan}/cells", {"on": ON, "unit": "00000", "criterion": 1}).status_code == 404


def test_work_is_listed_reported_and_finished(call: Any, world: World) -> None:
    draft = tasks.TaskDraft("Kiểm tra đường trục xã", lead="Văn phòng Điều phối", deadline_words="trước 28/02/2023")
    tasks.give(world.actor["district"], draft, unit_id=world.unit["cam_giang"], origin="meeting", on=DAY)
    kind = Occurrence.objects.get()
    (line,) = call("district", f"/tasks?on={ON}&unit=295").json()["items"]
    assert (line["occurrence"], line["standing"], line["bodies"][0]["part"]) == (kind.pk, "on_course", "lead")
    said = {"on": ON, "text": "Đã đi một nửa", "percent": 50}
    assert call("district", f"/tasks/{kind.pk}/notes", said).status_code == 201
    assert call("stranger", f"/tasks/{kind.pk}/notes", said).status_code == 403
    done = call("district", f"/tasks/{kind.pk}/finish", {"on": ON, "result": "Đã kiểm tra xong"})
    assert done.status_code == 201
    assert call("district", f"/tasks/{kind.pk}/finish", {"on": ON, "result": "Lần nữa"}).status_code == 422
    assert call("district", f"/tasks?on={ON}&unit=295").json()["total"] == 0
    assert call("district", f"/tasks?on={ON}&unit=295&look=done").json()["total"] == 1
    assert call("district", f"/tasks?on={ON}&unit=295&look=done&page=5").json()["items"] == []


def test_the_balance_adds_up_and_is_not_for_strangers(call: Any, world: World) -> None:
    from ntm.records.funding.services import planning_money

    who, unit = world.actor["officer"], world.unit["thach_loi"]
    planning_money.record_need(who, unit_id=unit, year=2023, amount=6_000_000_000, on=DAY, text="Nhà đa năng")
    found = call("officer", f"/money/balance?unit=10906&year=2023&on={ON}")
    assert found.status_code == 200, found.json()
    assert (found.json()["need"], found.json()["shortfall"]) == (6_000_000_000, 6_000_000_000)
    assert call("officer", f"/money/debts?unit=10906&on={ON}").json()["items"] == []
    assert call("stranger", f"/money/balance?unit=10906&year=2023&on={ON}").status_code == 403
