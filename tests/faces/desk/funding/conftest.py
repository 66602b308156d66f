"""Tiền của một xã: needs, sources, money given, works in debt, gifts; and people signed in at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from faces.desk.working_world import client_of
from ntm.records.funding.services import allocating, building, contributing, paying, planning_money
from ntm.records.funding.services.allocating import Decided, Line
from ntm.records.funding.services.building import NewWorks
from ntm.records.people.authority import Actor

__all__ = ["Money", "client_of", "money"]

START = date(2023, 1, 10)


@dataclass(frozen=True)
class Money:
    """Một xã có tiền, một tỉnh giao vốn, một thôn ghi đóng góp."""

    area: Any
    officer: Actor
    office: Actor
    board: Actor
    stranger: Actor
    works: Any


@pytest.fixture
def money(area: Any, holder: Any) -> Money:
    """23,8 tỷ needed, 10,5 mobilised of which 1 comes on a condition; 2 tỷ given, 0,3 paid, 0,4 owed."""
    officer, office = holder("commune_officer", area.commune), holder("coordination_office", area.province)
    board, stranger = holder("village_board", area.village), holder("commune_officer", area.stranger)
    at = {"unit_id": area.commune, "year": 2023, "on": START}
    planning_money.record_need(officer, **at, amount=20_000_000_000, text="Đường trục xã", criterion_no=2)
    planning_money.record_need(officer, **at, amount=3_800_000_000, text="Trường học", criterion_no=5)
    given = {"source": "central.investment", "kind": "investment"}
    planning_money.plan_mobilisation(officer, **at, **given, amount=9_500_000_000, criterion_no=2)
    planning_money.plan_mobilisation(
        officer, **at, source="province", kind="investment", amount=1_000_000_000, condition="khi xã đạt chuẩn"
    )
    planning_money.state_total(officer, **at, what="mobilised", amount=10_300_000_000, place="Kế hoạch, mục II")
    new = NewWorks(
        area.commune, "CT-01", "Đường trục xã", "contracted", 5_000_000_000, criterion_no=2, contractor="Công ty A",
        decision="12/QĐ-UBND", decision_on=START,
    )  # fmt: skip
    works = building.add_works(officer, new, on=START)
    building.advance_works(officer, works.pk, on=START, state="building", percent=10, text="khởi công")
    lines = [Line(area.commune, amount=2_000_000_000, works_id=works.pk, **given)]
    allocating.allocate(office, Decided("100", START, "UBND tỉnh"), year=2023, lines=lines)
    building.accept_volume(officer, works.pk, amount=700_000_000, on=date(2023, 4, 1), record="BB1")
    paying.pay(officer, works.pk, year=2023, on=date(2023, 6, 1), number="1", amount=300_000_000, **given)
    contributing.record_contribution(
        board, unit_id=area.village, on=date(2023, 5, 1), form="cash", contributor="Ông A", quantity=_cash(500_000),
        receipt="01",
    )  # fmt: skip
    return Money(area, officer, office, board, stranger, works)


def _cash(amount: int) -> Any:
    from decimal import Decimal

    return Decimal(amount)
