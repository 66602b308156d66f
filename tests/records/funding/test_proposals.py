"""Đề xuất phân bổ: the problem drawn from the records, the answer frozen, sums exact; who may ask, and when it is refused."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ntm.records.audit.models import Entry
from ntm.records.funding import frozen_proposal, working_out
from ntm.records.funding.models import AllocationProposal
from ntm.records.funding.proposal_parameters import Asked, Ceiling
from ntm.records.funding.queries import proposal_problem, proposal_sources, proposals
from ntm.records.funding.refusals import Refused
from ntm.records.funding.services import allocating, building, paying, proposing
from ntm.records.funding.services.allocating import Decided, Line
from ntm.records.funding.services.building import NewWorks
from ntm.records.people.authority import Denied
from ntm.records.planning.models import CriterionCell, Plan, PlanTarget, PlanVersion, TargetShare
from ntm.records.standing import registry
from ntm.records.standing.models import CriterionStanding, Gap
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.units.models import UnitStatus

SET = "xa-ntm-2021-2025"
ON = date(2023, 6, 1)
SOURCE = ("central.investment", "investment")
TY = 10**9


def standing(unit: int, row, lacking: set[int]) -> None:
    """The unit has met all but these."""
    CriterionStanding.objects.bulk_create(
        CriterionStanding(
            unit_id=unit,
            set=row,
            basis=Basis.CONFIRMED,
            no=one.no,
            start=date(2023, 1, 1),
            outcome=OutcomeCode.NOT_MET if one.no in lacking else OutcomeCode.MET,
        )
        for one in registry.content(row).criteria
    )


def works(officer, unit: int, code: str, cost: int, no: int | None, **more) -> int:
    new = NewWorks(
        unit, code=code, name=f"Công trình {code}", execution="contracted", total_cost=cost, criterion_no=no,
        contractor="Công ty A", decision="12/QĐ-UBND", decision_on=ON, set_code=SET if no else "", **more,
    )  # fmt: skip
    return building.add_works(officer, new, on=ON).pk


def issued(unit: int, who, row) -> tuple[Plan, PlanVersion]:
    now = timezone.make_aware(datetime(2023, 1, 5))
    plan = Plan.objects.create(
        unit_id=unit, level="huyen", kind="ntm", year=2023, year_to=2023, set=row, state="issued",
        opened_by_id=who.user_id, office="vp", opened_at=now, on=date(2023, 1, 5),
    )  # fmt: skip
    version = PlanVersion.objects.create(
        plan=plan, no=1, state="issued", title="Kế hoạch", issuer="UBND huyện", place="Văn Quan",
        issued_on=date(2023, 1, 10),
    )  # fmt: skip
    return plan, version


@pytest.fixture
def town(area, holder):
    """Two communes: Văn An lacks roads and school, and owes; Tràng Phái lacks school and income."""
    registry.register_shipped()
    row = registry.by_code(SET)
    first, second = holder("commune_officer", area.commune), holder("commune_officer", area.neighbour)
    standing(area.commune, row, {2, 5})
    standing(area.neighbour, row, {5, 10})
    made = SimpleNamespace(area=area, row=row, first=first, second=second)
    made.office = holder("coordination_office", area.district)
    made.roads = works(first, area.commune, "DUONG", 3 * TY, 2)
    made.school = works(first, area.commune, "TRUONG", 2 * TY, 5)
    made.other = works(second, area.neighbour, "TRUONG-B", 4 * TY, 5)
    building.advance_works(first, made.roads, on=ON, state="building", percent=10, text="khởi công")
    building.accept_volume(first, made.roads, amount=TY, on=ON, record="BB1")
    plan, _ = issued(area.district, made.office, row)
    target = PlanTarget.objects.create(
        plan=plan, subject="title", mode="gain", what="xã đạt chuẩn", title_kind="ntm", title_level="xa"
    )
    TargetShare.objects.create(target=target, unit_id=area.commune, value=1, due=date(2023, 12, 31))
    CriterionCell.objects.create(plan=plan, unit_id=area.neighbour, criterion_no=10)
    UnitStatus.objects.create(unit_id=area.neighbour, kind="dac_biet_kho_khan", start=date(2021, 1, 1))
    return made


def asked(amount: int = 6 * TY, **more) -> Asked:
    return Asked((Ceiling(*SOURCE, amount),), seconds=5, **more)


def ask(town, wanted: Asked | None = None, **more) -> AllocationProposal:
    values = {"unit_id": town.area.district, "year": 2023, "on": ON, "set_code": SET} | more
    return proposing.ask(town.office, asked=wanted or asked(), **values)


def done(town, wanted: Asked | None = None, **more) -> proposals.Opened:
    made = working_out.work_out(ask(town, wanted, **more).pk)
    assert made.state == "done", made.sentence
    return proposals.opened(town.office, made.pk, ON)


def test_the_problem_is_what_the_records_say(town) -> None:
    built = proposal_problem.build(town.area.district, 2023, ON, town.row, Basis.CONFIRMED, asked())
    costs = {one.id: one.cost for one in built.problem.works}
    assert costs == {
        f"no-{town.roads}": TY,
        f"ct-{town.roads}": 2 * TY,
        f"ct-{town.school}": 2 * TY,
        f"ct-{town.other}": 4 * TY,
    }
    units = {one.id: one for one in built.problem.units}
    first, second = units[str(town.area.commune)], units[str(town.area.neighbour)]
    assert first.due_this_year and {one.code for one in first.missing} == {"2", "5"}
    assert second.extremely_difficult and {one.code for one in second.missing} == {"5"}
    assert any("coi như đạt theo kế hoạch năm" in one and "tiêu chí 10" in one for one in built.remarks)
    strict = proposal_problem.build(
        town.area.district, 2023, ON, town.row, Basis.CONFIRMED, asked(assume_planned=False)
    )
    lacks = {one.id: {lack.code for lack in one.missing} for one in strict.problem.units}
    assert lacks[str(town.area.neighbour)] == {"5", "10"}


def test_a_proposal_is_worked_out_frozen_and_its_sums_are_exact(town) -> None:
    view = done(town)
    assert view.intact and view.proposal.digest
    assert view.answer.effects.titles == {str(town.area.commune)}
    assert {line.id for line in view.lines if line.chosen} == {
        f"no-{town.roads}", f"ct-{town.roads}", f"ct-{town.school}",
    }  # fmt: skip
    assert all(sum(line.amounts.values()) == line.cost for line in view.lines if line.chosen)
    (source,) = view.sources
    assert source[2:] == (6 * TY, 5 * TY) and view.result["total"] == 5 * TY
    first, second = view.units
    assert first.reaches and first.given == 5 * TY and not second.reaches
    assert any("không có trong đề xuất" in one for one in view.why(f"ct-{town.other}"))
    assert all(one.value <= one.bound for one in view.goals)
    with pytest.raises(proposals.NoProposal):
        view.why("ct-0")
    entry = Entry.objects.get(verb="proposal.ask")
    assert entry.unit_id == town.area.district and entry.detail["year"] == 2023
    view.proposal.result["total"] += 1
    assert not proposals.Opened(view.proposal, view.unit).intact


def test_what_is_frozen_reads_back_the_same(town) -> None:
    view = done(town, asked(shares={"difficult": 300}))
    assert frozen_proposal.problem_to(view.problem) == view.proposal.problem
    assert Asked.from_json(view.proposal.parameters).shares == {"difficult": 300}
    assert view.problem.rules.minimum_shares[0].name == "tối thiểu 30 % cho xã đặc biệt khó khăn"


def test_two_scenarios_differ_by_what_a_rule_costs(town) -> None:
    first, second = done(town), done(town, asked(4 * TY, debt_first=False, due_first=False, no_new_while_debt=False))
    side = proposals.side_by_side(town.office, first.proposal.pk, second.proposal.pk, ON)
    assert side.compared.rows[-1][1:] == (5 * TY, second.result["total"])
    assert all(id in side.names for id in side.compared.only_first | side.compared.only_second)
    pricing = proposing.price_rules(town.office, first.proposal.pk, on=ON)
    pricing = working_out.price(pricing.pk)
    assert pricing.state == "done" and {one["rule"] for one in pricing.rows} == {
        "trả nợ đọng trước", "ưu tiên xã phấn đấu trong năm", "không khởi công mới khi còn nợ",
    }  # fmt: skip
    with pytest.raises(Refused, match="đã tính rồi"):
        proposing.price_rules(town.office, first.proposal.pk, on=ON)


def test_ceilings_are_what_is_held_and_not_yet_given_to_works(town, holder) -> None:
    province = holder("coordination_office", town.area.province)
    lines = [Line(town.area.district, *SOURCE, 7 * TY), Line(town.area.commune, *SOURCE, TY),
             Line(town.area.commune, *SOURCE, TY // 2, town.school)]  # fmt: skip
    allocating.allocate(province, Decided("1", ON, "UBND tỉnh"), year=2023, lines=lines)
    rows = {(one.source, one.kind): one for one in proposal_sources.ceilings(town.area.district, 2023, ON)}
    assert rows[SOURCE].left == 7 * TY and rows["province", "investment"].left == 0
    (lower,) = proposal_sources.lower_money(town.area.district, 2023, ON)
    assert (lower.unit_id, lower.left) == (town.area.commune, TY)
    built = proposal_problem.build(town.area.district, 2023, ON, town.row, Basis.CONFIRMED, asked(0))
    own = [one for one in built.problem.sources if one.units is not None]
    assert [(one.ceiling, one.units) for one in own] == [(TY, {str(town.area.commune)})]
    assert {one.id: one.cost for one in built.problem.works}[f"ct-{town.school}"] == 3 * TY // 2
    paying.pay(town.first, town.school, year=2023, on=ON, number="1", source=SOURCE[0], kind=SOURCE[1], amount=TY // 2)
    again = proposal_problem.build(town.area.district, 2023, ON, town.row, Basis.CONFIRMED, asked(0))
    assert {one.id: one.cost for one in again.problem.works}[f"ct-{town.school}"] == 3 * TY // 2


def test_gaps_without_works_are_small_works_where_all_have_a_cost(town) -> None:
    for unit, no, cost in ((town.area.neighbour, 10, 300), (town.area.commune, 2, 100)):
        Gap.objects.create(
            unit_id=unit, set=town.row, criterion_no=no, text="Hạng mục", cost=cost, opened_on=ON,
            recorded_by_id=town.office.user_id, office="vp", recorded_at=timezone.now(),
        )  # fmt: skip
    built = proposal_problem.build(town.area.district, 2023, ON, town.row, Basis.CONFIRMED, asked())
    small = [one for one in built.problem.works if one.id.startswith("thieu-")]
    assert [(one.unit, one.cost) for one in small] == [(str(town.area.neighbour), 300)]
    Gap.objects.filter(unit_id=town.area.neighbour).update(cost=None)
    built = proposal_problem.build(town.area.district, 2023, ON, town.row, Basis.CONFIRMED, asked())
    assert any("chưa ghi kinh phí" in one for one in built.remarks)


def test_strangers_and_wrong_parameters_are_refused(town, holder) -> None:
    stranger = holder("commune_officer", town.area.stranger)
    with pytest.raises(Denied):
        proposing.ask(stranger, unit_id=town.area.district, year=2023, on=ON, set_code=SET, asked=asked())
    made = ask(town)
    for refused in (proposing.withdraw, proposing.price_rules):
        with pytest.raises(Denied):
            refused(stranger, made.pk, on=ON, **({"reason": "x"} if refused is proposing.withdraw else {}))
    with pytest.raises(Denied):
        proposals.one(stranger, made.pk, ON)
    for wanted, said in (
        (asked(-1), "từ 0 trở lên"),
        (asked(0, include_lower=False), "Chưa có đồng nào"),
        (Asked((Ceiling(*SOURCE, 1), Ceiling(*SOURCE, 2))), "ghi hai lần"),
        (Asked((Ceiling("central.investment", "recurrent", 1),)), "không nhận loại vốn"),
        (asked(shares={"due": 1001}), "0 đến 100"),
        (asked(difficult_weight=-1), "Trọng số"),
    ):
        with pytest.raises(Refused, match=said):
            ask(town, wanted)
    failed = working_out.work_out(ask(town, asked(0)).pk)
    assert failed.state == "failed" and "Không còn đồng nào" in failed.sentence


def test_it_is_withdrawn_and_then_not_worked_out(town) -> None:
    made = ask(town)
    with pytest.raises(Refused, match="chưa tính xong"):
        proposing.price_rules(town.office, made.pk, on=ON)
    proposing.withdraw(town.office, made.pk, reason="", on=ON)
    assert working_out.work_out(made.pk).state == "withdrawn"
    with pytest.raises(Refused, match="đã rút"):
        proposing.withdraw(town.office, made.pk, reason="x", on=ON)
    view = done(town)
    with pytest.raises(Refused, match="lý do"):
        proposing.withdraw(town.office, view.proposal.pk, reason=" ", on=ON)
    proposing.withdraw(town.office, view.proposal.pk, reason="lập lại", on=ON)
    assert not proposals.listed(town.office, town.area.district, 2023, ON).exists()
    assert Entry.objects.filter(verb="proposal.withdraw").count() == 2


def test_one_withdrawn_while_it_runs_stops_and_keeps_no_result(town) -> None:
    made = ask(town)

    def told(part: float, what: str) -> None:
        if AllocationProposal.objects.filter(pk=made.pk, state="running").exists():
            proposing.withdraw(town.office, made.pk, reason="", on=ON)

    after = working_out.work_out(made.pk, told)
    assert after.state == "withdrawn" and after.result is None


def test_only_so_many_wait_at_once(town) -> None:
    for _ in range(proposing.MOST_WAITING):
        ask(town)
    with pytest.raises(Refused, match="chờ tính"):
        ask(town)


def test_the_problem_is_drawn_in_a_constant_number_of_queries(town) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            proposal_problem.build(town.area.district, 2023, ON, town.row, Basis.CONFIRMED, asked())
        return len(queries)

    before = counted()
    for number in range(6):
        works(town.second, town.area.neighbour, f"THEM-{number}", TY, 5)
    assert counted() == before <= 45
