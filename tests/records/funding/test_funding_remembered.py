"""Tổng đã cộng: what is kept between two questions is what would be added up again, or it is added up again."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ntm.records.audit import queries as log
from ntm.records.audit import services as audit
from ntm.records.funding.queries import cells, debts, remembered
from ntm.records.funding.services import correcting, planning_money

pytestmark = pytest.mark.django_db(transaction=True)
ON = date(2023, 6, 1)


@pytest.fixture(autouse=True)
def _nothing_kept():
    remembered.forget()
    yield
    remembered.forget()


@pytest.fixture
def officer(area, holder):
    return holder("commune_officer", area.commune)


def need(officer, area, amount=7):
    text = {"text": "Đường", "criterion_no": 2}
    return planning_money.record_need(officer, unit_id=area.commune, year=2023, on=ON, amount=amount, **text)


def asked(unit):
    """The money as told, and how many questions it took; it must be what is added up anew."""
    with CaptureQueriesContext(connection) as questions:
        told = remembered.area_money(unit, 2023, ON)
    anew = cells.area_sums(unit, 2023, ON)
    assert (told.sums.cells, told.sums.lower) == (anew.cells, anew.lower)
    assert told.owed == debts.by_lower(unit, ON)
    return told.sums.cells.total().need, len(questions)


def deed(officer, area, verb):
    detail = {"what": "x"}
    audit.record(actor=officer.stamp(), verb=verb, subject="x", unit_id=area.commune, on=ON, detail=detail)


def test_asked_again_it_is_one_question_of_the_log(area, officer):
    need(officer, area)
    first, second = asked(area.district), asked(area.district)
    assert first[0] == second[0] == 7
    assert first[1] > 5 and second[1] == 1


def test_a_new_entry_and_a_reversed_one_are_added_up_at_once(area, officer):
    one = need(officer, area)
    assert asked(area.district)[0] == 7
    need(officer, area, 5)
    assert asked(area.district)[0] == 12
    correcting.reverse(officer, one, reason="nhầm", on=ON)
    assert asked(area.district)[0] == 5 and asked(area.district)[1] == 1


def test_deeds_that_cannot_touch_money_leave_it_kept_and_others_do_not(area, officer):
    need(officer, area)
    asked(area.district)
    deed(officer, area, "task.report")
    deed(officer, area, "observation.record")
    assert asked(area.district) == (7, 1)
    deed(officer, area, "unit.rename")
    assert asked(area.district)[1] > 5


def test_after_very_many_deeds_it_is_added_up_again(area, officer, monkeypatch):
    monkeypatch.setattr(remembered, "_LOOKED", 3)
    need(officer, area)
    asked(area.district)
    for _ in range(3):
        deed(officer, area, "task.report")
    assert asked(area.district) == (7, 1)
    for _ in range(4):
        deed(officer, area, "task.report")
    assert asked(area.district)[1] > 5


def test_inside_a_transaction_nothing_is_kept_or_given_back(area, officer):
    need(officer, area)
    asked(area.district)
    with transaction.atomic():
        need(officer, area, 100)
        assert asked(area.district)[0] == 107
        transaction.set_rollback(True)
    assert asked(area.district) == (7, 1)


def test_another_log_with_as_many_entries_is_not_taken_for_the_same(area, officer):
    need(officer, area)
    number, _hash = log.last()
    assert log.since((number, "0" * 64), 5) is None
    assert log.since((number + 1, "0" * 64), 5) is None
    assert log.since(log.last(), 0) == log.Since((), log.last())


def test_only_so_many_areas_are_kept_the_one_asked_last_among_them(area, officer, monkeypatch):
    monkeypatch.setattr(remembered, "_MOST", 2)
    need(officer, area)
    for unit in (area.district, area.province, area.district, area.commune):
        asked(unit)
    assert asked(area.district)[1] == 1
    assert asked(area.province)[1] > 5


def test_an_empty_log_keeps_nothing(area):
    assert log.last() is None
    assert asked(area.district)[1] == asked(area.district)[1] > 5
