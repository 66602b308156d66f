"""`ntm money`: balance and debt, in words and as JSON; an unknown unit is refused."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from ntm.faces.cli.main import main
from ntm.records.funding.services import building, planning_money
from ntm.records.funding.services.building import NewWorks

ON = date(2023, 3, 1)


@pytest.fixture
def officer(area: Any, holder: Any) -> Any:
    who = holder("commune_officer", area.commune)
    at = {"unit_id": area.commune, "year": 2023, "on": ON}
    planning_money.record_need(who, **at, amount=23_800_000_000, text="Đường", criterion_no=2)
    given = {"source": "province", "kind": "investment"}
    planning_money.plan_mobilisation(who, **at, **given, amount=10_000_000_000)
    planning_money.plan_mobilisation(who, **at, **given, amount=500_000_000, condition="khi đạt")
    planning_money.state_total(who, **at, what="mobilised", amount=10_300_000_000, place="mục II")
    new = NewWorks(area.commune, "CT-01", "Đường", "contracted", 10**9, contractor="Công ty A", decision="1/QĐ")
    works = building.add_works(who, new, on=ON)
    building.advance_works(who, works.pk, on=ON, state="building", percent=10, text="khởi công")
    building.accept_volume(who, works.pk, amount=300_000_000, on=ON, record="BB1")
    return who


def _told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["money", *words, "--unit", "06280", "--on", "31/12/2023", "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_balance(officer: Any, capsys: pytest.CaptureFixture[str]) -> None:
    told = _told(capsys, "balance", "--year", "2023")
    assert (told["need"], told["mobilised"], told["conditional"]) == (23_800_000_000, 10_500_000_000, 500_000_000)
    assert (told["shortfall"], told["firm_shortfall"]) == (13_300_000_000, 13_800_000_000)
    assert told["stated"][0]["differs"] == -200_000_000
    assert main(["money", "balance", "--unit", "06280", "--year", "2023", "--on", "2023-12-31"]) == 0
    said = capsys.readouterr().out
    assert "23.800.000.000" in said and "chênh -200.000.000" in said
    assert _told(capsys, "balance", "--year", "2022", "--until-year", "2023")["need"] == 23_800_000_000
    assert (
        main(["money", "balance", "--unit", "06280", "--year", "2023", "--until-year", "2022", "--on", "2023-12-31"])
        == 2
    )


def test_the_debt(officer: Any, capsys: pytest.CaptureFixture[str]) -> None:
    told = _told(capsys, "debt")
    assert told["amount"] == 300_000_000 and told["title_condition"]["met"] is False
    (unit,) = told["units"]
    assert unit["works"][0]["creditors"] == ["Công ty A"] and unit["oldest_days"] == 305
    assert main(["money", "debt", "--unit", "06280", "--year", "2023", "--on", "2023-12-31"]) == 0
    assert "300.000.000 đồng" in capsys.readouterr().out


def test_an_unknown_unit_is_refused(officer: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["money", "balance", "--unit", "99999", "--year", "2023", "--on", "2023-12-31"]) == 2
    assert "không có đơn vị mã 99999" in capsys.readouterr().err
