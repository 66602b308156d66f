"""Tiền: given, spent, moved, taken back; what the seeds' plans say comes out to the đồng; nothing posted is changed."""

from __future__ import annotations

from datetime import date

import pytest

from ntm.records.audit.models import Entry
from ntm.records.funding.models import AllocationEntry, Disbursement, Need, PostedOnly
from ntm.records.funding.queries import balances, flows, spread
from ntm.records.funding.queries.areas import Scope
from ntm.records.funding.refusals import Refused
from ntm.records.funding.services import allocating, correcting, paying, planning_money
from ntm.records.funding.services.allocating import Decided, Line, Shift
from ntm.records.people.authority import Denied

ON = date(2023, 3, 1)
TY, TRIEU = 10**9, 10**6


def given(actor, giver, unit, amount, source="central.investment", kind="investment", number="1/QĐ-UBND", year=2023):
    decided = Decided(number, ON, "UBND tỉnh", giver)
    return allocating.allocate(actor, decided, year=year, lines=[Line(unit, source, kind, amount)])


def spent(actor, unit, amount, number="CT1", on=date(2023, 6, 1), **more):
    values = {"source": "central.investment", "kind": "investment", "use": "investment", "year": 2023} | more
    return paying.disburse(actor, unit_id=unit, on=on, number=number, amount=amount, **values)


def test_thach_loi_2023(area, holder) -> None:
    """A = 23,8; B = 10,5 while the plan states 10,3; A-B = 13,3; the 2 tỷ that need the title cover nothing."""
    officer = holder("commune_officer", area.stranger)
    here = {"unit_id": area.stranger, "year": 2023, "on": ON}
    for no, amount in ((2, 175), (5, 60), (6, 1), (8, 1), (17, 1)):
        planning_money.record_need(officer, **here, amount=amount * TY // 10, criterion_no=no, text=f"tiêu chí {no}")
    plan = planning_money.plan_mobilisation
    plan(officer, **here, source="province-district", kind="undivided", amount=2 * TY, condition="khi xã đạt chuẩn")
    plan(officer, **here, source="land", kind="undivided", amount=8 * TY)
    plan(officer, **here, source="people-other", kind="own", amount=TY // 2)
    state = planning_money.state_total
    state(officer, **here, what="need", amount=238 * TY // 10, place="mục A")
    state(officer, **here, what="mobilised", amount=103 * TY // 10, place="mục B")
    state(officer, **here, what="shortfall", amount=133 * TY // 10, place="Cân đối A-B")
    found = balances.balance(area.stranger, 2023, ON)
    assert (found.need, found.mobilised, found.shortfall) == (238 * TY // 10, 105 * TY // 10, 133 * TY // 10)
    assert (found.certain, found.conditional, found.firm_shortfall) == (85 * TY // 10, 2 * TY, 153 * TY // 10)
    assert [(one.what.value, one.differs) for one in found.stated] == [
        ("need", 0), ("mobilised", -TY // 5), ("shortfall", 0),
    ]  # fmt: skip
    assert [row.criterion_no for row in found.criteria] == [2, 5, 6, 8, 17, None]
    assert balances.balance(area.stranger, 2023, date(2023, 2, 1)).need == 0  # as of an earlier day
    assert Entry.objects.filter(verb="money.mobilise").count() == 3


def test_si_ma_cai_2024(area, holder) -> None:
    """183.970 = 5.490 (3.890 + 1.600) + 161.180 (73.616 + 87.564) + 11.000 + 6.300 triệu."""
    office = holder("coordination_office", area.district)
    on = date(2024, 1, 10)
    for source, kind, amount in (
        ("central.investment", "investment", 3890),
        ("central.recurrent", "recurrent", 1600),
        ("integrated.ethnic", "undivided", 73_616),
        ("integrated.poverty", "undivided", 87_564),
        ("organisation-enterprise", "own", 11_000),
        ("people", "own", 6300),
    ):
        planning_money.plan_mobilisation(
            office, unit_id=area.district, year=2024, on=on, source=source, kind=kind, amount=amount * TRIEU
        )
    for sources, amount in (
        (["central.investment", "central.recurrent"], 5490),
        (["integrated.ethnic", "integrated.poverty"], 161_180),
        ([], 183_970),
    ):
        planning_money.state_total(
            office, unit_id=area.district, year=2024, on=on, what="mobilised", sources=sources,
            amount=amount * TRIEU, place="mục IV",
        )  # fmt: skip
    found = balances.balance(area.district, 2024, on)
    assert [one.differs for one in found.stated] == [0, 0, 0]
    table = balances.sources_uses(area.district, 2024, on, measure="mobilised")
    assert table.total == 183_970 * TRIEU == table.row_total(None)
    assert table.columns[0].source == "central.investment"
    assert table.column_total("integrated.poverty", "undivided") == 87_564 * TRIEU


def test_money_given_down_is_counted_once(area, holder) -> None:
    office, district = holder("coordination_office", area.province), holder("coordination_office", area.district)
    given(office, None, area.province, 100)
    given(office, area.province, area.district, 80, number="2")
    given(district, area.district, area.commune, 50, number="3")
    held = {
        unit: balances.balance(unit, 2023, ON, scope=Scope.OWN).total.allocated
        for unit in (area.province, area.district, area.commune)
    }
    assert held == {area.province: 20, area.district: 30, area.commune: 50}
    assert balances.balance(area.province, 2023, ON).total.allocated == 100
    assert balances.balance(area.district, 2023, ON).total.allocated == 80
    whole, rows = flows.rollup(area.province, 2023, ON)
    assert (whole.allocated, [(row.unit.name if row.unit else None, row.allocated) for row in rows]) == (
        100,
        [(None, 20), ("Văn Quan", 80)],
    )
    with pytest.raises(Refused, match="Vượt 1 đồng"):
        given(district, area.district, area.neighbour, 31, number="4")
    with pytest.raises(Refused, match="chưa được giao “Ngân sách trung ương, vốn sự nghiệp”"):
        given(district, area.district, area.neighbour, 1, "central.recurrent", "recurrent", number="5")
    with pytest.raises(Refused, match="đã ghi rồi"):
        given(district, area.district, area.neighbour, 1, number="3")
    with pytest.raises(Refused, match="không thuộc địa bàn"):
        given(district, area.district, area.stranger, 1, number="6")
    with pytest.raises(Denied):
        given(holder("commune_officer", area.commune), area.district, area.commune, 1, number="7")
    assert AllocationEntry.objects.count() == 5 and Entry.objects.filter(verb="money.allocate").count() == 3


def test_a_districts_money_stays_in_its_province_after_it_ended(area, holder) -> None:
    given(holder("coordination_office", area.province), None, area.district, 70)
    later = date(2026, 3, 1)
    assert balances.balance(area.province, 2023, later).total.allocated == 70
    assert flows.rollup(area.province, 2023, later)[0].allocated == 70


def test_adjusted_recovered_moved_and_carried_over(area, holder) -> None:
    office = holder("coordination_office", area.province)
    given(office, None, area.province, 100)
    given(office, area.province, area.commune, 60, number="2")
    cell = ("central.investment", "investment")

    def decided(number: str) -> Decided:
        return Decided(number, date(2023, 9, 1), "UBND tỉnh", area.province)

    allocating.adjust(office, decided("3"), year=2023, lines=[Line(area.commune, *cell, -10)])
    allocating.recover(office, decided("4"), year=2023, lines=[Line(area.commune, *cell, 5)])
    allocating.transfer(office, decided("5"), year=2023, shifts=[Shift(*cell, 15, area.commune, area.neighbour)])
    allocating.carry_over(office, decided("6"), year=2023, lines=[Line(area.commune, *cell, 20)])
    on = date(2023, 12, 1)

    def own(unit: int, year: int = 2023) -> int:
        return balances.balance(unit, year, on, scope=Scope.OWN).total.allocated

    assert (own(area.province), own(area.commune), own(area.neighbour), own(area.commune, 2024)) == (55, 10, 15, 20)
    assert balances.balance(area.province, 2023, on, until_year=2024).total.allocated == 100
    with pytest.raises(Refused, match="Vượt 1 đồng"):
        allocating.recover(office, decided("7"), year=2023, lines=[Line(area.commune, *cell, 11)])
    with pytest.raises(Refused, match="sang đơn vị hoặc công trình khác"):
        allocating.transfer(office, decided("8"), year=2023, shifts=[Shift(*cell, 1, area.commune, area.commune)])


def test_vouchers(area, holder) -> None:
    officer = holder("commune_officer", area.commune)
    given(holder("coordination_office", area.province), None, area.commune, 100)
    voucher = spent(officer, area.commune, 60)
    assert (voucher.amount, voucher.advance) == (60, False)
    assert Entry.objects.filter(verb="money.disburse", unit_id=area.commune).count() == 1
    wrong = {
        "Vượt 1 đồng": {"amount": 41},
        "vốn sự nghiệp không được dùng để chi đầu tư": {
            "source": "central.recurrent", "kind": "recurrent", "amount": 1,
        },
        "không nhận loại vốn “recurrent”": {"kind": "recurrent", "use": "recurrent", "amount": 1},
        "Không có nguồn vốn “gold” năm 2023": {"source": "gold", "amount": 1},
        "không thuộc năm ngân sách 2023": {"on": date(2024, 2, 1), "amount": 1},
        "lớn hơn 0": {"amount": 0},
        "lớn quá": {"amount": 10**17},
        "đã ghi rồi": {"amount": 1, "number": "CT1"},
    }  # fmt: skip
    for words, changed in wrong.items():
        with pytest.raises(Refused, match=f"(?i){words}"):
            spent(officer, area.commune, **({"number": "CT2"} | changed))
    with pytest.raises(Denied):
        spent(holder("commune_officer", area.neighbour), area.commune, 1, number="CT3")
    with pytest.raises(Denied):
        spent(holder("village_board", area.village), area.village, 1, number="CT3")
    spent(officer, area.commune, 40, number="CT4", on=date(2024, 1, 31))
    assert Disbursement.objects.count() == 2


def test_entries_are_reversed_never_changed(area, holder) -> None:
    office, officer = holder("coordination_office", area.province), holder("commune_officer", area.commune)
    decision = given(office, None, area.commune, 100)
    voucher = spent(officer, area.commune, 60)
    for change in (
        lambda: voucher.save(),
        lambda: voucher.delete(),
        lambda: Disbursement.objects.update(amount=1),
        lambda: Disbursement.objects.all().delete(),
    ):
        with pytest.raises(PostedOnly):
            change()
    with pytest.raises(Refused, match="Vượt 60 đồng"):
        correcting.reverse(office, decision.entries.get(), reason="nhầm", on=date(2023, 7, 1))
    with pytest.raises(Denied):
        correcting.reverse(holder("leader", area.commune), voucher, reason="nhầm", on=date(2023, 7, 1))
    with pytest.raises(Refused, match="lý do"):
        correcting.reverse(officer, voucher, reason=" ", on=date(2023, 7, 1))
    with pytest.raises(Refused, match="trước ngày ghi"):
        correcting.reverse(officer, voucher, reason="nhầm", on=date(2023, 5, 1))
    (back,) = correcting.reverse(officer, voucher, reason="nhầm", on=date(2023, 7, 1))
    assert (back.amount, back.placed_on, back.number) == (-60, voucher.placed_on, "CT1")
    for entry in (voucher, back):
        with pytest.raises(Refused, match="đã đảo"):
            correcting.reverse(officer, entry, reason="nhầm", on=date(2023, 7, 2))
    assert balances.balance(area.commune, 2023, date(2023, 6, 30)).total.disbursed == 60
    assert balances.balance(area.commune, 2023, date(2023, 7, 1)).total.disbursed == 0
    spent(officer, area.commune, 30, number="CT1")  # the number is free again
    assert Entry.objects.filter(verb="money.reverse").count() == 1


def test_a_reversed_line_takes_back_both_sides(area, holder) -> None:
    office = holder("coordination_office", area.province)
    given(office, None, area.province, 100)
    decision = given(office, area.province, area.commune, 40, number="2")
    correcting.reverse(office, decision.entries.get(unit_id=area.commune), reason="nhầm", on=ON)
    assert balances.balance(area.province, 2023, ON, scope=Scope.OWN).total.allocated == 100
    assert balances.balance(area.commune, 2023, ON).total.allocated == 0


def test_a_closed_period_stands(area, holder) -> None:
    office, officer = holder("coordination_office", area.province), holder("commune_officer", area.commune)
    given(office, None, area.commune, 100)
    voucher = spent(officer, area.commune, 10)
    with pytest.raises(Denied):
        correcting.close_period(officer, unit_id=area.commune, year=2023, on=date(2024, 2, 1))
    with pytest.raises(Refused, match="còn chi đến hết 31/01/2024"):
        correcting.close_period(office, unit_id=area.province, year=2023, on=date(2023, 7, 1))
    lock = correcting.close_period(
        office, unit_id=area.province, year=2023, on=date(2023, 7, 1), through=date(2023, 6, 30)
    )
    with pytest.raises(Refused, match="Sổ năm 2023 đến hết 30/06/2023 của tỉnh Lạng Sơn đã khoá"):
        spent(officer, area.commune, 1, number="CT2")
    with pytest.raises(Refused, match="đã khoá"):
        correcting.reverse(officer, voucher, reason="nhầm", on=date(2023, 7, 5))
    spent(officer, area.commune, 1, number="CT2", on=date(2023, 7, 1))
    correcting.reverse(office, voucher, reason="kiểm toán", on=date(2023, 7, 5))  # who closes may correct
    correcting.reopen_period(office, lock.pk, on=date(2023, 7, 6), reason="sót chứng từ")
    spent(officer, area.commune, 5, number="CT3")
    correcting.close_period(office, unit_id=area.province, year=2023, on=date(2024, 1, 31))
    with pytest.raises(Refused, match="đã khoá"):
        planning_money.record_need(officer, unit_id=area.commune, year=2023, on=ON, amount=1, text="x")
    verbs = list(Entry.objects.filter(verb__startswith="money.").order_by("sequence").values_list("verb", flat=True))
    assert verbs.count("money.close") == 2 and verbs.count("money.reopen") == 1


def test_pace_and_alarms(area, holder) -> None:
    office, officer = holder("coordination_office", area.province), holder("commune_officer", area.commune)
    given(office, None, area.commune, 100)
    given(office, None, area.neighbour, 100, number="2")
    spent(officer, area.commune, 60)
    half = flows.pace(area.province, 2023, date(2023, 7, 2))
    assert (half.elapsed, half.closes) == (pytest.approx(half.elapsed), date(2024, 1, 31))
    (whole,) = half.sources
    assert (whole.allocated, whole.disbursed, whole.left, str(whole.percent)) == (200, 60, 140, "30.0")
    district = [(row.unit.name, row.alarm.value) for row in half.alarms]
    assert district == [("Văn Quan", "behind")]
    by_commune = flows.pace(area.district, 2023, date(2023, 7, 2))
    assert [(row.unit.name, row.alarm.value) for row in by_commune.rows] == [
        ("Văn An", "none"), ("Tràng Phái", "behind"),
    ]  # fmt: skip
    assert {row.alarm.value for row in flows.pace(area.province, 2023, date(2024, 1, 2)).rows} == {"year_end"}
    assert {row.alarm.value for row in flows.pace(area.province, 2023, date(2024, 2, 1)).rows} == {"closed"}
    spent(officer, area.commune, 40, number="CT9", on=date(2023, 8, 1))
    (months,) = spread.curves(area.province, 2023, date(2024, 1, 1)).values()
    assert [(one.month, one.cumulative) for one in months] == [(6, 60), (8, 100)]


def test_needs_of_strangers_and_of_nothing(area, holder) -> None:
    officer = holder("commune_officer", area.commune)
    with pytest.raises(Denied):
        planning_money.record_need(officer, unit_id=area.neighbour, year=2023, on=ON, amount=1, text="x")
    with pytest.raises(Refused, match="nội dung"):
        planning_money.record_need(officer, unit_id=area.commune, year=2023, on=ON, amount=1)
    with pytest.raises(Refused, match="không nhận loại vốn"):
        planning_money.plan_mobilisation(
            officer, unit_id=area.commune, year=2023, on=ON, amount=1, source="people", kind="investment"
        )
    need = planning_money.record_need(officer, unit_id=area.commune, year=2023, on=ON, amount=5, text="x")
    correcting.reverse(officer, need, reason="nhầm", on=ON)
    assert balances.balance(area.commune, 2023, ON).need == 0 and Need.objects.count() == 2
    total = planning_money.state_total(
        officer, unit_id=area.commune, year=2023, on=ON, what="need", amount=9, place="mục 1"
    )
    assert balances.balance(area.commune, 2023, ON).stated[0].differs == 9
    planning_money.withdraw_total(officer, total.pk, on=ON, reason="nhầm")
    assert balances.balance(area.commune, 2023, ON).stated == ()
