"""Công trình, nợ đọng, đóng góp: from the decision to the handing over; what is owed, since when, and to whom."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from PIL import Image

from ntm.records.audit.models import Entry
from ntm.records.funding.models import PriceDecision
from ntm.records.funding.queries import balances, debts, flows, projects
from ntm.records.funding.queries.works import works_list
from ntm.records.funding.refusals import Refused
from ntm.records.funding.services import allocating, building, contributing, correcting, paying, planning_money
from ntm.records.funding.services.allocating import Decided, Line, Shift
from ntm.records.funding.services.building import NewWorks
from ntm.records.people.authority import Denied

ON = date(2023, 3, 1)


def new(unit: int, **more) -> NewWorks:
    values = {
        "code": "CT-01", "name": "Đường trục xã", "execution": "contracted", "total_cost": 1000, "criterion_no": 2,
        "contractor": "Công ty A", "decision": "12/QĐ-UBND", "decision_on": ON,
    } | more  # fmt: skip
    return NewWorks(unit, **values)


@pytest.fixture
def officer(area, holder):
    return holder("commune_officer", area.commune)


@pytest.fixture
def works(area, officer):
    """Works under way, with money of its own."""
    made = building.add_works(officer, new(area.commune, village_id=area.village), on=ON)
    building.advance_works(officer, made.pk, on=ON, state="building", percent=10, text="khởi công")
    return made


def money(holder, area, amount, works=None):
    office = holder("coordination_office", area.province)
    lines = [Line(area.commune, "central.investment", "investment", amount, works)]
    return allocating.allocate(office, Decided(f"{amount}", ON, "UBND tỉnh"), year=2023, lines=lines)


def pay(officer, works, amount, number, on=date(2023, 6, 1)):
    return paying.pay(
        officer, works.pk, year=2023, on=on, number=number, source="central.investment", kind="investment", amount=amount
    )  # fmt: skip


def test_an_accepted_volume_is_owed_until_paid(area, holder, officer, works) -> None:
    money(holder, area, 500, works.pk)
    building.accept_volume(officer, works.pk, amount=300, on=date(2023, 4, 1), record="BB1")
    building.accept_volume(officer, works.pk, amount=400, on=date(2023, 8, 1), record="BB2", creditor="Đội thợ B")
    assert not pay(officer, works, 200, "1").advance
    on = date(2023, 8, 11)
    (unit,) = debts.debts(area.province, on)
    (debt,) = unit.debts
    assert (unit.unit.name, debt.amount, debt.without_capital, debt.age) == ("Văn An", 500, 200, 132)
    assert [(one.left, one.creditor) for one in debt.open] == [(100, "Công ty A"), (400, "Đội thợ B")]
    assert debts.total_debt(area.commune, date(2023, 4, 30)) == 300
    condition = debts.title_condition(area.commune, on)
    assert (condition.met, condition.amount, condition.works) == (False, 500, 1) and "18/2022" in condition.reference
    assert debts.title_condition(area.neighbour, on).met
    assert flows.rollup(area.province, 2023, on)[0].debt == 500
    pay(officer, works, 300, "2", on=on)
    assert debts.debts(area.commune, on)[0].debts[0].open[0].accepted_on == date(2023, 8, 1)
    with pytest.raises(Refused, match="Vượt 1 đồng"):
        pay(officer, works, 1, "3", on=on)


def test_no_new_works_while_old_debt_stands(area, holder, officer, works) -> None:
    building.accept_volume(officer, works.pk, amount=300, on=date(2023, 4, 1), record="BB1")
    later = date(2023, 5, 1)
    with pytest.raises(Refused, match="còn nợ đọng 300 đồng"):
        building.add_works(officer, new(area.commune, code="CT-02"), on=later)
    made = building.add_works(officer, new(area.commune, code="CT-02"), on=later, debt_reason="cầu sập sau lũ")
    assert made.debt_reason == "cầu sập sau lũ"
    building.plan_debt(officer, works.pk, amount=200, source="commune", due=date(2023, 12, 1), on=later)
    (debt,) = debts.debts(area.commune, later)[0].debts
    assert (debt.planned, debt.plan_due, debt.amount) == (200, date(2023, 12, 1), 300)
    with pytest.raises(Refused, match="còn nợ 300 đồng"):
        building.plan_debt(officer, works.pk, amount=301, source="commune", due=date(2023, 12, 1), on=later)


def test_money_for_one_works_and_advances(area, holder, officer, works) -> None:
    money(holder, area, 500)
    office = holder("coordination_office", area.province)
    shift = Shift("central.investment", "investment", 450, area.commune, area.commune, None, works.pk)
    allocating.transfer(office, Decided("9", ON, "UBND xã", area.province), year=2023, shifts=[shift])
    other = building.add_works(officer, new(area.commune, code="CT-02", total_cost=90), on=ON)
    assert pay(officer, other, 50, "1").advance
    with pytest.raises(Refused, match="không chi cho công trình khác"):
        pay(officer, other, 1, "2")
    with pytest.raises(Refused, match="chi thêm số này là vượt"):
        pay(officer, other, 60, "3")
    lines = {line.works.code: line for line in works_list(area.commune, date(2023, 7, 1))}
    assert (lines["CT-02"].advance, lines["CT-01"].allocated, lines["CT-01"].state) == (50, 450, "building")
    assert balances.sources_uses(area.commune, 2023, date(2023, 7, 1)).row_total(2) == 50


def test_the_life_of_works(area, holder, officer, works) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "green").save(picture, "PNG")
    photographs = [("anh.png", picture.getvalue())]
    step = {"works_id": works.pk, "text": "ghi"}
    with pytest.raises(Refused, match="bước sau là đã hoàn thành, dừng"):
        building.advance_works(officer, on=ON, state="handed_over", percent=100, **step)
    with pytest.raises(Refused, match="100%"):
        building.advance_works(officer, on=ON, state="completed", percent=99, **step)
    with pytest.raises(Refused, match="cả vĩ độ"):
        building.advance_works(officer, on=ON, state="building", percent=20, latitude=Decimal("21"), **step)
    with pytest.raises(Denied):
        stranger = holder("commune_officer", area.neighbour)
        building.advance_works(stranger, on=ON, state="building", percent=20, **step)
    place = {"latitude": Decimal("21.851"), "longitude": Decimal("106.541")}
    building.advance_works(officer, on=ON, state="building", percent=60, photographs=photographs, **place, **step)
    assert projects.notes(works.pk, ON)[-1].files.count() == 1
    building.advance_works(officer, on=date(2023, 9, 1), state="completed", percent=100, total_cost=1200, **step)
    with pytest.raises(Refused, match="nhận bàn giao"):
        building.advance_works(officer, on=date(2023, 10, 1), state="handed_over", percent=100, **step)
    building.advance_works(
        officer, on=date(2023, 10, 1), state="handed_over", percent=100, keeper="Thôn Khòn Làng", **step
    )
    works.refresh_from_db()
    assert (works.state, works.total_cost, works.keeper) == ("handed_over", 1200, "Thôn Khòn Làng")
    (then,) = works_list(area.commune, date(2023, 3, 2))
    assert (then.state, then.percent) == ("building", 60)
    assert Entry.objects.filter(verb="works.advance").count() == 4


def test_wrong_works_are_refused(area, holder, officer) -> None:
    wrong = {
        "lớn hơn 0": {"total_cost": 0},
        "mã và tên": {"name": " "},
        "Chọn cách làm": {"execution": "x"},
        "Thôn này không thuộc": {"village_id": area.its_village},
        "trước ngày khởi công": {"start_planned": ON, "end_planned": date(2023, 1, 1)},
        "không quá 5 tỷ": {"execution": "community", "total_cost": 5_000_000_001},
        "khác tổng mức": {"funds": (("commune", "investment", 999),)},
    }
    for words, changed in wrong.items():
        with pytest.raises(Refused, match=words):
            building.add_works(officer, new(area.commune, **changed), on=ON)
    made = building.add_works(
        officer, new(area.commune, funds=(("commune", "investment", 700), ("people", "own", 300))), on=ON
    )
    assert [one.amount for one in projects.structure(made.pk)] == [700, 300]
    building.set_funds(officer, made.pk, funds=[("commune", "investment", 1000)], on=ON)
    assert [one.amount for one in projects.structure(made.pk)] == [1000]
    with pytest.raises(Refused, match="đã có ở đơn vị"):
        building.add_works(officer, new(area.commune), on=ON)
    with pytest.raises(Refused, match="chưa khởi công"):
        building.accept_volume(officer, made.pk, amount=1, on=ON, record="BB")
    with pytest.raises(Denied):
        building.add_works(holder("leader", area.commune), new(area.commune, code="X"), on=ON)
    sector = holder("sector_officer", area.district, ("5",))
    with pytest.raises(Denied):
        building.add_works(sector, new(area.commune, code="X"), on=ON)
    need = planning_money.record_need(officer, unit_id=area.commune, year=2023, on=ON, amount=7, works_id=made.pk)
    assert (need.text, need.criterion_no) == ("Đường trục xã", 2)


def test_contributions_of_the_people(area, holder, officer, works) -> None:
    board = holder("village_board", area.village)
    price = contributing.decide_price(
        officer, unit_id=area.commune, form="labour", name="ngày công phổ thông", measure="công", price=250_000,
        number="7/QĐ-UBND", issued_on=ON, start=ON,
    )  # fmt: skip
    give = {"unit_id": area.village, "on": ON, "contributor": "Hộ thứ nhất"}
    record = contributing.record_contribution
    record(board, **give, form="cash", quantity=Decimal(500_000), receipt="1", consent=True)
    labour = record(
        board, **give, form="labour", quantity=Decimal("2.5"), receipt="2", price_id=price.pk, works_id=works.pk
    )
    assert (labour.amount, labour.measure, labour.criterion_no, labour.source) == (625_000, "công", 2, "people.labour")
    wrong = {
        "cần đơn giá quy đổi": {"form": "labour", "quantity": Decimal(1)},
        "số nguyên đồng": {"form": "cash", "quantity": Decimal("1.5")},
        "không quy đổi": {"form": "cash", "quantity": Decimal(1), "price_id": price.pk},
        "không dùng cho đất": {"form": "land", "quantity": Decimal(1), "price_id": price.pk},
        "lớn hơn 0": {"form": "cash", "quantity": Decimal(0)},
        "đã ghi rồi": {"form": "cash", "quantity": Decimal(1), "receipt": "1"},
    }
    for words, changed in wrong.items():
        with pytest.raises(Refused, match=words):
            record(board, **(give | {"receipt": "3"} | changed))
    with pytest.raises(Denied):
        record(board, **(give | {"unit_id": area.its_village}), form="cash", quantity=Decimal(1), receipt="3")
    found = projects.contributions(area.commune, 2023, ON)
    assert [line.name for line in found.lines] == ["Hộ thứ nhất", "Không nêu tên"]
    assert (found.total, found.quantities["labour", "công"]) == (1_125_000, Decimal("2.5"))
    table = balances.sources_uses(area.province, 2023, ON)
    assert table.cells == {(2, "people.labour", "own"): 625_000}  # cash is used only when a voucher spends it
    assert balances.sources_uses(area.province, 2023, ON, measure="received").total == 1_125_000
    correcting.reverse(board, labour, reason="ghi nhầm hộ", on=date(2023, 3, 5))
    assert projects.contributions(area.village, 2023, date(2023, 3, 5)).total == 500_000
    assert Entry.objects.filter(verb="contribution.record").count() == 2


def test_a_newer_price_takes_the_older_ones_place(area, officer) -> None:
    values = {"unit_id": area.commune, "form": "land", "name": "đất vườn", "measure": "m2", "number": "1"}
    contributing.decide_price(officer, **values, price=100, issued_on=ON, start=ON)
    contributing.decide_price(officer, **values, price=120, issued_on=ON, start=date(2023, 7, 1))
    assert [one.price for one in projects.prices(area.village, date(2023, 6, 30))] == [100]
    assert [one.price for one in projects.prices(area.village, date(2023, 7, 1))] == [120]
    with pytest.raises(Refused, match="từ ngày đó hoặc sau đó"):
        contributing.decide_price(officer, **values, price=90, issued_on=ON, start=date(2023, 6, 1))
    with pytest.raises(Refused, match="tiền thì không quy đổi"):
        contributing.decide_price(officer, **(values | {"form": "cash"}), price=1, issued_on=ON, start=ON)
    assert PriceDecision.objects.count() == 2


def test_a_reversed_volume_is_owed_no_more(area, holder, officer, works) -> None:
    volume = building.accept_volume(officer, works.pk, amount=300, on=ON, record="BB1")
    building.accept_volume(officer, works.pk, amount=40, on=date(2023, 4, 1), record="BB2")
    correcting.reverse(officer, volume, reason="đo lại", on=date(2023, 5, 1))
    assert debts.total_debt(area.commune, date(2023, 4, 30)) == 340
    (debt,) = debts.debts(area.commune, date(2023, 5, 1))[0].debts
    assert (debt.amount, [one.left for one in debt.open], debt.age) == (40, [40], 30)
