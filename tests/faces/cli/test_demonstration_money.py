"""The money of two plans: their figures come out of the entries, and what the papers state stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.test import override_settings

from ntm.domain.funds import SourceGroup
from ntm.faces.cli.demonstration import loading
from ntm.faces.cli.demonstration import plans as listed
from ntm.faces.cli.demonstration.facts import money_of
from ntm.records.audit.models import Entry
from ntm.records.funding.models import Mobilisation, Need, Stated, StatedTotal, Works
from ntm.records.funding.queries.balances import Balance, balance
from ntm.records.funding.refusals import Refused
from ntm.records.funding.services import planning_money
from ntm.records.people.models import User
from ntm.records.planning.models import Plan
from ntm.records.units import queries as units
from ntm.records.units import services as unit_services
from ntm.records.units.services import SystemActor

NAMES = ["thach-loi", "si-ma-cai"]
MONEY: tuple[Any, ...] = (Need, Mobilisation, StatedTotal)
TRIEU = 1_000_000


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Two provinces and the two plans, once for all tests here."""
    fast = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), fast:
        outer = transaction.atomic()
        outer.__enter__()
        unit_services.load_gazetteer(SystemActor("kiểm thử"), on=date(2026, 11, 1), provinces=["10", "30"])
        loading.load(NAMES)
        yield
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _plans(_loaded: None, db: None) -> None:
    """Every test here reads the loaded demonstration."""


def book(folder: str) -> Balance:
    told = money_of(folder)["book"]
    on = date.fromisoformat(told["day"])
    unit = units.by_code(told["unit"], on)
    assert unit is not None
    return balance(unit.pk, told["year"], on)


def stated(found: Balance) -> list[tuple[Stated, int, int, int]]:
    return [(one.what, one.stated, one.derived, one.differs) for one in found.stated]


def test_thach_loi_needs_23_8_can_raise_10_5_and_lacks_13_3() -> None:
    found = book("thach_loi")
    assert (found.need, found.mobilised, found.shortfall) == (23_800 * TRIEU, 10_500 * TRIEU, 13_300 * TRIEU)
    needs = {row.criterion_no: row.amounts.need for row in found.criteria if row.amounts.need}
    assert needs == {2: 17_500 * TRIEU, 5: 6_000 * TRIEU, 6: 100 * TRIEU, 8: 100 * TRIEU, 17: 100 * TRIEU}


def test_what_comes_only_with_the_title_covers_nothing() -> None:
    found = book("thach_loi")
    assert (found.conditional, found.certain, found.firm_shortfall) == (2_000 * TRIEU, 8_500 * TRIEU, 15_300 * TRIEU)
    raised = {row.source: (row.amounts.mobilised, row.amounts.conditional) for row in found.sources}
    assert raised == {
        "province-district": (0, 2_000 * TRIEU),
        "land": (8_000 * TRIEU, 0),
        "people-other": (500 * TRIEU, 0),
    }
    assert Mobilisation.objects.get(source="land").share == Decimal(15)
    assert Mobilisation.objects.get(source="province-district").condition == "khi xã đạt chuẩn NTM nâng cao"


def test_the_stated_10_3_stands_beside_the_derived_10_5() -> None:
    assert stated(book("thach_loi")) == [
        (Stated.NEED, 23_800 * TRIEU, 23_800 * TRIEU, 0),
        (Stated.MOBILISED, 10_300 * TRIEU, 10_500 * TRIEU, -200 * TRIEU),
        (Stated.SHORTFALL, 13_300 * TRIEU, 13_300 * TRIEU, 0),
    ]


def test_each_need_of_thach_loi_is_of_the_gap_that_costs_as_much() -> None:
    rows = list(Need.objects.select_related("gap", "gap__set").order_by("criterion_no"))
    assert len(rows) == 5
    for row in rows:
        assert row.gap is not None
        assert (row.gap.cost, row.gap.criterion_no, row.gap.set.code) == (row.amount, row.criterion_no, row.set_code)


def test_the_works_of_thach_loi_are_what_its_needs_build_planned_and_without_a_decision() -> None:
    needs = dict(Need.objects.values_list("criterion_no", "amount"))
    rows = list(Works.objects.order_by("code"))
    assert {row.criterion_no: row.total_cost for row in rows} == {no: needs[no] for no in (2, 5, 6)}
    for row in rows:
        assert (row.state, row.decision, row.in_public_plan) == ("planned", "", False)
        assert "cách làm là giả định" in row.notes.get().text


def test_si_ma_cai_mobilises_183_970() -> None:
    found = book("si_ma_cai")
    assert (found.mobilised, found.certain, found.conditional, found.need) == (183_970 * TRIEU, 183_970 * TRIEU, 0, 0)
    rows = {row.source: (row.kind.value, row.amounts.mobilised) for row in found.sources}
    assert rows["central.investment"] == ("investment", 3_890 * TRIEU)
    assert rows["central.recurrent"] == ("recurrent", 1_600 * TRIEU)
    assert rows["integrated.ethnic"] == ("undivided", 73_616 * TRIEU)
    assert rows["integrated.poverty"] == ("undivided", 87_564 * TRIEU)
    groups: dict[SourceGroup, int] = {}
    for row in found.sources:
        groups[row.group] = groups.get(row.group, 0) + row.amounts.mobilised
    assert groups == {
        SourceGroup.CENTRAL: 5_490 * TRIEU,
        SourceGroup.INTEGRATED: 161_180 * TRIEU,
        SourceGroup.ENTERPRISE: 11_000 * TRIEU,
        SourceGroup.PEOPLE: 6_300 * TRIEU,
    }
    sums = (183_970 * TRIEU, 5_490 * TRIEU, 161_180 * TRIEU)
    assert stated(found) == [(Stated.MOBILISED, one, one, 0) for one in sums]


def test_a_database_loaded_before_gets_the_money_alone() -> None:
    assert listed.unposted() == [] and not {*NAMES} & {*listed.wanting()}
    told = [model.objects.count() for model in MONEY]
    others = (User.objects.count(), Plan.objects.count())
    with transaction.atomic():
        for model in MONEY:
            QuerySet(model).delete()  # past the services, only to stand where an older database stands
        assert listed.unposted() == NAMES and {*NAMES} <= {*listed.wanting()}
        posted = Entry.objects.filter(verb__in=("money.need", "money.mobilise", "money.state"))
        before = posted.count()
        loading.load(NAMES)
        assert [model.objects.count() for model in MONEY] == told == [5, 9, 6]
        assert (User.objects.count(), Plan.objects.count()) == others
        assert posted.count() == before + sum(told)
        assert listed.unposted() == []
        loading.load(NAMES)
        assert [model.objects.count() for model in MONEY] == told
        transaction.set_rollback(True)


def test_money_that_cannot_be_posted_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_args: Any, **_values: Any) -> None:
        raise Refused("Sổ năm 2024 đã khoá.")

    monkeypatch.setattr(planning_money, "plan_mobilisation", closed)
    with transaction.atomic():
        for model in MONEY:
            QuerySet(model).delete()
        with pytest.raises(loading.NotReady, match=r"Si Ma Cai.*Sổ năm 2024 đã khoá"):
            loading.load(["si-ma-cai"])
        transaction.set_rollback(True)
