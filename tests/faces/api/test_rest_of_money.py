"""REST of money: proposals asked, followed and explained; works, pace, vouchers; the same refusals as the desk."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ntm.records.audit.models import Entry
from ntm.records.funding import working_out
from ntm.records.funding.models import AllocationProposal, Disbursement
from ntm.records.people.services import issue_token
from records.funding.test_proposals import SET, TY, town

__all__ = ["town"]
ON, UNIT = "2023-06-01", "184"
ASKED = {
    "unit": UNIT, "year": 2023, "on": ON, "set": SET, "title": "Một", "seconds": 5,
    "ceilings": [{"source": "central.investment", "kind": "investment", "amount": 6 * TY}],
}  # fmt: skip


@pytest.fixture
def call(town: Any, holder: Any) -> Any:
    people = {"office": town.office, "commune": town.first, "stranger": holder("commune_officer", town.area.stranger)}
    secrets: dict[str, str] = {}

    def ask(who: str, path: str, body: object = None) -> Any:
        if who not in secrets:
            today = timezone.localdate()
            made = issue_token(people[who], name="kiểm thử", expires=today + timedelta(days=3), on=today)
            secrets[who] = made.secret
        head = {"HTTP_AUTHORIZATION": f"Bearer {secrets[who]}"}
        if body is None:
            return Client().get(f"/api/v1{path}", **head)
        return Client().post(f"/api/v1{path}", json.dumps(body), "application/json", **head)

    return ask


def test_a_proposal_is_asked_followed_and_explained(call: Any, town: Any) -> None:
    made = call("office", "/money/proposals", ASKED)
    assert made.status_code == 201, made.json()
    number = made.json()["id"]
    waiting = call("office", f"/money/proposals/{number}?on={ON}").json()
    assert (waiting["state"], waiting["total"], waiting["goals"]) == ("queued", None, [])
    assert call("office", f"/money/proposals/{number}/works?on={ON}").status_code == 404
    working_out.work_out(number)
    told = call("office", f"/money/proposals/{number}?on={ON}").json()
    assert (told["state"], told["intact"], told["total"], told["titles"]) == ("done", True, 5 * TY, 1)
    assert all(one["proven"] for one in told["goals"]) and told["sources"][0]["used"] == 5 * TY
    chosen = call("office", f"/money/proposals/{number}/works?on={ON}&chosen=true").json()["items"]
    assert sum(sum(one["amounts"].values()) for one in chosen) == 5 * TY
    (out,) = call("office", f"/money/proposals/{number}/works?on={ON}&chosen=false").json()["items"]
    why = call("office", f"/money/proposals/{number}/works/{out['item']}/why?on={ON}").json()
    assert why["chosen"] is False and why["reasons"]
    rows = call("office", f"/money/proposals/{number}/units?on={ON}").json()["items"]
    assert [one["reaches"] for one in rows] == [True, False]
    listed = call("office", f"/money/proposals?unit={UNIT}&on={ON}&year=2023").json()
    assert [one["id"] for one in listed["items"]] == [number]
    assert call("office", f"/money/proposals/{number}/prices?on={ON}").status_code == 404
    assert call("office", f"/money/proposals/{number}/prices", {"on": ON}).status_code == 201
    assert call("office", f"/money/proposals/{number}/prices?on={ON}").json()["state"] == "queued"
    assert call("office", f"/money/proposals/{number}/withdraw", {"on": ON}).status_code == 422
    gone = call("office", f"/money/proposals/{number}/withdraw", {"on": ON, "reason": "lập lại"})
    assert gone.status_code == 201 and AllocationProposal.objects.get().state == "withdrawn"
    assert Entry.objects.filter(verb__startswith="proposal.").count() == 3


def test_who_may_not_ask_and_what_is_not_there(call: Any) -> None:
    assert call("commune", "/money/proposals", ASKED).status_code == 403
    assert call("stranger", f"/money/proposals?unit={UNIT}&on={ON}").status_code == 403
    none = call("office", f"/money/proposals/999999?on={ON}")
    assert none.status_code == 404 and none.json()["code"] == "not_found"
    wrong = [{"source": "gold", "kind": "investment", "amount": 1}]
    refused = call("office", "/money/proposals", ASKED | {"ceilings": wrong})
    assert refused.status_code == 422 and "gold" in refused.json()["sentence"]
    huge = [{"source": "province", "kind": "investment", "amount": 10**17}]
    assert call("office", "/money/proposals", ASKED | {"ceilings": huge}).json()["code"] == "misshapen"


def test_works_pace_and_vouchers(call: Any, town: Any) -> None:
    works = call("commune", f"/money/works?unit=06280&on={ON}").json()
    assert [(one["code"], one["debt"], one["state"]) for one in works["items"]] == [
        ("DUONG", TY, "building"), ("TRUONG", 0, "approved"),
    ]  # fmt: skip
    assert call("commune", f"/money/works?unit=06280&on={ON}&owing=true").json()["total"] == 1
    assert call("stranger", f"/money/works?unit=06280&on={ON}").status_code == 403
    gift = {
        "unit": "06280", "year": 2023, "on": ON, "number": "1", "source": "people.cash", "kind": "own",
        "use": "investment", "amount": 500, "works": town.roads,
    }  # fmt: skip
    assert call("commune", "/money/vouchers", gift).status_code == 201
    assert (Disbursement.objects.get().amount, Disbursement.objects.get().criterion_no) == (500, 2)
    over = gift | {"number": "2", "source": "province", "kind": "investment"}
    refused = call("commune", "/money/vouchers", over)
    assert refused.status_code == 422 and "Vượt 500 đồng" in refused.json()["sentence"]
    used = call("commune", f"/money/sources-uses?unit=06280&year=2023&on={ON}").json()
    assert (used["total"], used["cells"][0]["criterion"]) == (500, 2)
    pace = call("commune", f"/money/pace?unit=06280&year=2023&on={ON}").json()
    assert (pace["closes"], pace["rows"]) == ("2024-01-31", [])
    assert call("commune", f"/money/pace?unit=06280&year=1995&on={ON}").status_code == 422
    need = {"unit": "06280", "year": 2023, "on": ON, "amount": 7, "works": town.school}
    assert call("commune", "/money/needs", need).status_code == 201
    assert call("stranger", "/money/needs", need).status_code == 403
