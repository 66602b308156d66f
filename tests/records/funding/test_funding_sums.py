"""Tổng nào cũng khớp: whatever is posted, in whatever order, sources, uses and balances agree to the đồng."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ntm.records.funding.models import AllocationEntry, Contribution, Disbursement, Mobilisation, Need, PeriodLock
from ntm.records.funding.queries import balances, debts, flows, works
from ntm.records.funding.queries.areas import Scope
from ntm.records.funding.refusals import Refused
from ntm.records.funding.services import allocating, building, contributing, correcting, paying, planning_money
from ntm.records.funding.services.allocating import Decided, Line, Shift
from ntm.records.units.models import Position

ON = date(2023, 6, 1)
CELLS = [("central.investment", "investment"), ("central.recurrent", "recurrent"), ("land", "investment")]

KINDS = [
    "need", "plan", "give", "down", "adjust", "move", "carry", "recover", "pay", "pay works", "accept", "people",
    "reverse", "close", "reopen",
]  # fmt: skip
STEP = st.tuples(
    st.sampled_from(KINDS),
    st.integers(0, 1),  # which commune
    st.integers(0, 2),  # which source
    st.integers(1, 10**13),
    st.integers(0, 30),  # which earlier entry; also the criterion
)


class _Undone(Exception):
    """Takes an example's entries back."""


class Ledger:
    """Hai xã của một huyện: posts steps one after the other; a refused one must leave nothing."""

    def __init__(self, area, office, officer) -> None:
        self.area, self.office, self.officer = area, office, officer
        self.communes = (area.commune, area.neighbour)
        self.entries: list = []
        self.number = 0
        self.works = {unit: self._opened(unit) for unit in self.communes}

    def _opened(self, unit: int):
        """Works of each commune, money of its own beside: what is accepted and not paid is owed."""
        new = building.NewWorks(
            unit, "CT-01", "Đường", "contracted", 10**14, criterion_no=2, contractor="A", decision="1", decision_on=ON
        )
        made = building.add_works(self.officer[unit], new, on=ON)
        building.advance_works(self.officer[unit], made.pk, on=ON, state="building", percent=5, text="khởi công")
        return made

    def post(self, step) -> None:
        what, place, which, amount, pick = step
        self.number += 1
        try:
            with transaction.atomic():
                self.entries += self._post(what, self.communes[place], *CELLS[which], amount, pick)
        except Refused:
            pass

    def _decided(self, giver: int | None = None) -> Decided:
        return Decided(str(self.number), ON, "UBND", giver)

    def _post(self, what: str, unit: int, source: str, kind: str, amount: int, pick: int) -> list:
        area, office, criterion = self.area, self.office, pick % 5 or None
        line = Line(unit, source, kind, amount, None, criterion)
        at = {"unit_id": unit, "year": 2023, "on": ON, "amount": amount, "criterion_no": criterion}
        if what == "need":
            return [planning_money.record_need(office, **at, text="x")]
        if what == "plan":
            condition = "khi đạt" if pick % 3 == 0 else ""
            return [planning_money.plan_mobilisation(office, **at, source=source, kind=kind, condition=condition)]
        if what == "give":
            top = Line(area.district, source, kind, amount)
            return list(allocating.allocate(office, self._decided(), year=2023, lines=[top]).entries.all())
        if what == "down":
            decision = allocating.allocate(office, self._decided(area.district), year=2023, lines=[line])
            return list(decision.entries.all())
        if what == "adjust":
            signed = replace(line, amount=amount if pick % 2 else -amount)
            decision = allocating.adjust(office, self._decided(area.district), year=2023, lines=[signed])
            return list(decision.entries.all())
        if what == "move":
            shift = Shift(source, kind, amount, unit, sum(self.communes) - unit)
            decided = self._decided(area.district)
            return list(allocating.transfer(office, decided, year=2023, shifts=[shift]).entries.all())
        if what in ("carry", "recover"):
            verb = allocating.carry_over if what == "carry" else allocating.recover
            return list(verb(office, self._decided(area.district), year=2023, lines=[line]).entries.all())
        if what == "pay":
            use = {"investment": "investment", "recurrent": "recurrent"}[kind]
            return [paying.disburse(office, **at, number=str(self.number), source=source, kind=kind, use=use)]
        if what == "pay works":
            own = {"year": 2023, "on": ON, "number": str(self.number), "source": "people.cash", "kind": "own"}
            return [paying.pay(self.officer[unit], self.works[unit].pk, amount=amount, **own)]
        if what == "accept":
            return [building.accept_volume(self.officer[unit], self.works[unit].pk, amount=amount, on=ON, record="BB")]
        if what == "close":
            correcting.close_period(office, unit_id=unit, year=2023, on=ON, through=ON)
            return []
        if what == "reopen":
            for lock in PeriodLock.objects.filter(unit_id=unit, reopened_on=None):
                correcting.reopen_period(office, lock.pk, on=ON, reason="x")
            return []
        if what == "people":
            return [self._people(unit, amount % 10**9 or 1, criterion)]
        standing = [one for one in self.entries if one.pk]
        return (
            list(correcting.reverse(self.office, standing[pick % len(standing)], reason="x", on=ON)) if standing else []
        )

    def _people(self, unit: int, amount: int, criterion: int | None):
        return contributing.record_contribution(
            self.officer[unit], unit_id=unit, on=ON, form="cash", contributor="Hộ", quantity=Decimal(amount),
            receipt=str(self.number), criterion_no=criterion,
        )  # fmt: skip


@pytest.mark.django_db
@settings(
    max_examples=6,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=6, max_size=12))
def test_totals_agree_to_the_dong(area, holder_once, steps) -> None:
    office, officers = holder_once
    with pytest.raises(_Undone), transaction.atomic():
        ledger = Ledger(area, office, officers)
        give = [("give", 0, which, 10**14, 0) for which in range(3)]
        for step in [*give, *steps]:
            ledger.post(step)
        _agree(area)
        _debts_agree(ledger)
        raise _Undone


@pytest.fixture
def holder_once(area, holder):
    officers = {unit: holder("commune_officer", unit) for unit in (area.commune, area.neighbour)}
    return holder("coordination_office", area.district), officers


def _agree(area) -> None:
    entries = {
        "need": Need, "allocated": AllocationEntry, "disbursed": Disbursement, "contributed": Contribution,
    }  # fmt: skip
    years = (2023, 2024)
    raw = {
        name: sum(model.objects.filter(year__in=years).values_list("amount", flat=True))
        for name, model in entries.items()
    }
    whole = balances.balance(area.province, 2023, ON, until_year=2024)
    assert {name: getattr(whole.total, name) for name in raw} == raw
    assert whole.certain + whole.conditional == sum(Mobilisation.objects.values_list("amount", flat=True))
    for name in (*raw, "mobilised", "conditional"):
        assert sum(getattr(row.amounts, name) for row in whole.criteria) == getattr(whole.total, name)
        if name != "need":
            assert sum(getattr(row.amounts, name) for row in whole.sources) == getattr(whole.total, name)
    for measure in ("used", "received", "allocated", "mobilised"):
        table = balances.sources_uses(area.province, 2023, ON, measure=measure)
        columns = sum(table.column_total(row.source, row.kind.value) for row in table.columns)
        assert columns == table.total == sum(table.row_total(row.criterion_no) for row in table.rows)
    parts = [balances.balance(unit, 2023, ON, scope=Scope.OWN).total for unit in (area.district, *_communes(area))]
    total, rows = flows.rollup(area.province, 2023, ON)
    for name in ("need", "allocated", "disbursed", "contributed"):
        assert (
            getattr(total, name) == sum(getattr(row, name) for row in rows) == sum(getattr(one, name) for one in parts)
        )
    for unit in (area.district, *_communes(area)):
        for row in balances.balance(unit, 2023, ON, scope=Scope.OWN).sources:
            assert row.kind == "own" or row.amounts.disbursed <= row.amounts.allocated
    pace = flows.pace(area.province, 2023, ON)
    assert sum(row.allocated for row in pace.sources) == sum(row.allocated for row in pace.rows) == total.allocated


def _debts_agree(ledger: Ledger) -> None:
    """What is owed is the same by works, by unit, by age and in the area's sums."""
    area, on = ledger.area, ON
    by_works = {unit: debts.works_debt(one.pk, on) for unit, one in ledger.works.items()}
    assert (
        debts.total_debt(area.province, on) == sum(by_works.values()) == flows.rollup(area.province, 2023, on)[0].debt
    )
    listed = {one.unit.id: one for one in debts.debts(area.province, on)}
    for unit, owed in by_works.items():
        assert owed >= 0 and (listed[unit].amount if unit in listed else 0) == owed
        if unit in listed:
            assert sum(left.left for debt in listed[unit].debts for left in debt.open) == owed
    told = works.sums(works.found(area.province, on), on)
    assert told.debt == sum(by_works.values()) and told.count == len(by_works)


def test_every_kind_of_posting_is_tried(area, holder_once) -> None:
    """Each kind of step goes through its service at least once, and a closed year refuses the next."""
    ledger = Ledger(area, *holder_once)
    begun = [("give", 0, which, 10**14, 0) for which in range(3)] + [("down", 0, 0, 10**13, 7)]
    for step in [*begun, *((what, 0, 0, 10**6, 7) for what in KINDS if what not in ("close", "reopen"))]:
        before = len(ledger.entries)
        ledger.post(step)
        assert len(ledger.entries) > before, step
    ledger.post(("close", 0, 0, 1, 0))
    before = len(ledger.entries)
    for what in ("need", "pay", "accept", "down", "people"):
        ledger.post((what, 0, 0, 5, 7))
    assert len(ledger.entries) == before and PeriodLock.objects.count() == 1
    ledger.post(("reverse", 0, 0, 1, 5))  # the need: who closes may still correct, by an entry
    assert len(ledger.entries) > before
    ledger.post(("reopen", 0, 0, 1, 0))
    ledger.post(("need", 0, 0, 5, 7))
    _agree(area)
    _debts_agree(ledger)


def _communes(area) -> tuple[int, int]:
    return area.commune, area.neighbour


def test_questions_do_not_grow_with_the_units(area, holder_once) -> None:
    office, _ = holder_once
    counts = []
    for units in ([area.commune], [area.commune, area.neighbour]):
        for unit in units:
            planning_money.record_need(office, unit_id=unit, year=2023, on=ON, amount=1, text="x")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            balances.balance(area.province, 2023, ON)
            flows.rollup(area.province, 2023, ON)
            flows.pace(area.province, 2023, ON)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 56  # units that moved are asked by the day, beside those that did not


def test_a_unit_that_moved_counts_where_it_lay_on_the_entrys_day(area, holder_once) -> None:
    """Tràng Phái goes to the other province on 2025-07-01: what it needed before stays with the first."""
    office, _ = holder_once
    later = date(2025, 8, 1)
    Position.objects.filter(unit_id=area.neighbour, start=date(2025, 7, 1)).update(
        province_id=area.other_province, parent_id=area.other_province
    )
    for unit, on, amount in ((area.commune, ON, 1), (area.neighbour, ON, 10)):
        planning_money.record_need(office, unit_id=unit, year=2025, on=on, amount=amount, text="x")
    Need.objects.create(
        unit_id=area.neighbour, year=2025, on=later, placed_on=later, amount=100, text="x", office="x",
        recorded_by_id=office.user_id, recorded_at="2025-08-01T00:00:00Z",
    )  # fmt: skip
    first, second = (flows.rollup(one, 2025, later) for one in (area.province, area.other_province))
    assert (first[0].need, second[0].need) == (11, 100)
    assert {row.unit.id: row.need for row in first[1] if row.unit} == {area.commune: 1, area.neighbour: 10}
    assert balances.balance(area.province, 2025, later).need == 11
