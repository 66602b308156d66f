"""REST: a token stands for one office; the same verbs and refusals as on the desk; ETag, paging, repeated requests."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from ntm.faces.api.management.commands.export_openapi import described
from ntm.records.audit.models import Entry
from ntm.records.people.services import issue_token
from ntm.records.standing.models import Observation
from standing_world import HAI_DUONG, World, build

ROOT = Path(__file__).resolve().parents[3]
AS_OF = "2022-12-31"
FIGURE = {"unit": "10906", "set": HAI_DUONG, "code": "10", "as_of": AS_OF, "value": "59,58"}
Call = Callable[..., Any]


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return build(area, holder)


@pytest.fixture
def call(world: World) -> Call:
    """call("officer", "get", "/me") as that office."""
    secrets: dict[str, str] = {}

    def ask(who: str, method: str, path: str, body: object = None, **headers: str) -> Any:
        if who not in secrets:
            today = timezone.localdate()
            made = issue_token(world.actor[who], name="kiểm thử", expires=today + timedelta(days=30), on=today)
            secrets[who] = made.secret
        more = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        client, address = Client(), f"/api/v1{path}"
        authorization = f"Bearer {secrets[who]}"
        if method == "get":
            return client.get(address, HTTP_AUTHORIZATION=authorization, **more)
        if isinstance(body, dict) and "file" in body:
            return client.post(address, body, HTTP_AUTHORIZATION=authorization, **more)
        return client.post(address, json.dumps(body), "application/json", HTTP_AUTHORIZATION=authorization, **more)

    return ask


def test_the_committed_description_is_the_running_one() -> None:
    """`make openapi` refreshes it."""
    assert (ROOT / "openapi.json").read_text(encoding="utf-8") == described()


@pytest.mark.django_db
def test_nothing_is_open_without_a_token() -> None:
    answer = Client().get("/api/v1/me")
    assert answer.status_code == 401 and "Khoá API" in answer.json()["sentence"]
    wrong = Client().get("/api/v1/me", HTTP_AUTHORIZATION="Bearer ntm_x_y")
    assert wrong.status_code == 403 and "không đúng" in wrong.json()["sentence"]


def test_a_figure_goes_its_whole_way_through_the_interface(call: Call) -> None:
    made = call("officer", "post", "/observations", FIGURE)
    assert made.status_code == 201 and made.json()["value"] == "59.58" and made.json()["state"] == "nháp"
    number = made.json()["id"]
    early = call("officer", "post", "/submissions", {"unit": "10906", "set": HAI_DUONG, "as_of": AS_OF})
    assert early.status_code == 422 and "minh chứng" in early.json()["sentence"]
    file = SimpleUploadedFile("bien-ban.txt", "Biên bản".encode())
    attached = call("officer", "post", f"/observations/{number}/evidence", {"file": file})
    assert attached.status_code == 201 and len(attached.json()["sha256"]) == 64
    sent = call("officer", "post", "/submissions", {"unit": "10906", "set": HAI_DUONG, "as_of": AS_OF})
    assert (sent.status_code, sent.json()["count"]) == (201, 1)
    refused = call("roads", "post", f"/observations/{number}/verify", {})
    assert refused.status_code == 403 and refused.json()["code"] == "denied"
    assert call("income", "post", f"/observations/{number}/verify", {}).status_code == 201
    board = call("district", "get", f"/standing/board?unit=10906&set={HAI_DUONG}&on={AS_OF}").json()
    tenth = next(one for one in board["criteria"] if one["no"] == 10)
    assert tenth["outcome"] == "not_met" and "64" in tenth["indicators"][0]["explanation"]
    total = call("province", "get", f"/standing/rollup?unit=30&set={HAI_DUONG}&on={AS_OF}").json()["total"]
    assert (total["units"], total["with_data"], total["met_total"]) == (1, 1, 0)
    verbs = [one["verb"] for one in call("province", "get", "/audit?size=20").json()["items"]]
    assert "observation.verify" in verbs


def test_an_answer_that_has_not_changed_is_not_sent_again(call: Call) -> None:
    address = f"/standing/matrix?unit=295&set={HAI_DUONG}&on={AS_OF}"
    first = call("district", "get", address)
    again = call("district", "get", address, **{"if-none-match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    call("officer", "post", "/observations", FIGURE)  # a draft changes nobody's table
    assert call("district", "get", address, **{"if-none-match": first.headers["ETag"]}).status_code == 304


def test_a_request_repeated_under_its_key_is_done_once(call: Call) -> None:
    first = call("officer", "post", "/observations", FIGURE, **{"idempotency-key": "lan-1"})
    again = call("officer", "post", "/observations", FIGURE, **{"idempotency-key": "lan-1"})
    assert again.json() == first.json() and again.headers["Idempotent-Replayed"] == "true"
    assert Observation.objects.count() == 1 and Entry.objects.filter(verb="observation.record").count() == 1
    other = call("officer", "post", "/observations", {**FIGURE, "value": "70"}, **{"idempotency-key": "lan-1"})
    assert other.status_code == 422 and "khoá mới" in other.json()["sentence"]


def test_a_refused_request_may_be_tried_again_under_its_key(call: Call) -> None:
    wrong = call("officer", "post", "/observations", {**FIGURE, "value": "08/09"}, **{"idempotency-key": "lan-2"})
    assert wrong.status_code == 422 and "08/09" in wrong.json()["sentence"]
    assert call("officer", "post", "/observations", FIGURE, **{"idempotency-key": "lan-2"}).status_code == 201


def test_two_programs_on_one_figure_get_a_conflict_not_a_loss(call: Call) -> None:
    call("officer", "post", "/observations", {**FIGURE, "seen": 0})
    answer = call("officer", "post", "/observations", {**FIGURE, "value": "61", "seen": 0})
    assert answer.status_code == 409 and "59,58" in answer.json()["sentence"]


def test_pages_are_cut_and_the_next_one_is_named(call: Call) -> None:
    page = call("district", "get", "/units/30/tree?on=2022-12-31&size=2").json()
    assert page["total"] == 3 and len(page["items"]) == 2 and "page=2" in page["next"]
    rest = call("district", "get", page["next"].removeprefix("/api/v1")).json()
    assert len(rest["items"]) == 1 and rest["next"] is None


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/units/99999?on=2022-12-31", 404, "không có đơn vị mã 99999"),
        ("/criteria/khong-co", 422, "Không có bộ tiêu chí"),
        ("/units?name=x&on=hôm-nay", 422, "on"),
        ("/units?name=x&on=2022-12-31&size=100000", 422, "size"),
    ],
)
def test_a_wrong_question_gets_a_sentence(call: Call, path: str, status: int, words: str) -> None:
    answer = call("district", "get", path)
    assert answer.status_code == status and words in answer.json()["sentence"]


def test_a_set_is_given_whole_with_its_checking(call: Call) -> None:
    found = call("district", "get", f"/criteria/{HAI_DUONG}").json()
    income = next(one for one in found["criteria"] if one["no"] == 10)["indicators"][0]
    assert {level["value"] for level in income["levels"]} >= {"64", "68"}
    assert all(isinstance(level["checked"], bool) for level in income["levels"])


def test_the_queue_is_the_offices_own(call: Call, world: World) -> None:
    made = call("officer", "post", "/observations", {**FIGURE, "note": "theo Niên giám"}).json()
    call("officer", "post", "/submissions", {"unit": "10906", "set": HAI_DUONG, "as_of": AS_OF})
    from ntm.records.people.models import Holding, Office

    for who in ("income", "roads"):
        holding = Holding.objects.get(pk=world.actor[who].holding_id)
        Office.objects.filter(pk=holding.office_id).update(demonstration_day="2023-01-05")
    assert [one["id"] for one in call("income", "get", "/queue").json()["items"]] == [made["id"]]
    assert call("roads", "get", "/queue").json()["total"] == 0
