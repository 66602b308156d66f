"""Đề xuất phân bổ: against every possible choice in small cases; the rules hold in whole đồng; explanations say why."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm.domain.allocation import (
    Explainer,
    Kind,
    MinimumShare,
    MissingCriterion,
    Problem,
    ProblemError,
    Rules,
    Share,
    Source,
    Unit,
    Works,
    compare,
    effects,
    faults,
    propose,
    rule_prices,
)
from ntm.domain.allocation.eligibility import Eligibility
from ntm.domain.allocation.formulation import Goal
from ntm.domain.allocation.splitting import split

INVEST, RECUR = frozenset({Kind.INVESTMENT}), frozenset({Kind.RECURRENT})
TY = 10**9


def road(id: str, cost: int, unit: str = "a", **more: object) -> Works:
    return Works(id, unit, cost, Kind.INVESTMENT, **more)  # type: ignore[arg-type]


def needs(code: str, *works: str) -> MissingCriterion:
    return MissingCriterion(code, frozenset(works))


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """A few communes, works and sources in the smallest sums, where every rule can bite."""
    units, works = [], []
    for name in ("a", "b", "c")[: draw(st.integers(1, 3))]:
        ids = []
        for number in range(draw(st.integers(1, 3))):
            id, cost = f"{name}{number}", draw(st.integers(1, 9))
            share = Share(frozenset({f"own-{name}"}), draw(st.sampled_from((0, 0, 100, 400))), 600)
            debt = draw(st.integers(0, 4)) == 0
            kind = draw(st.sampled_from(Kind))
            works.append(
                Works(id, name, cost, kind, shares=() if debt else (share,), is_debt=debt, started=draw(st.booleans()))
            )
            ids += [] if debt else [id]
        missing = [needs(str(code), *draw(st.sets(st.sampled_from(ids), max_size=2))) for code in (1, 2)] if ids else []
        units.append(Unit(name, name, tuple(missing), draw(st.booleans()), draw(st.booleans())))
    sources = [Source("tw", draw(st.integers(0, 12)), INVEST), Source("sn", draw(st.integers(0, 8)), RECUR)]
    sources += [Source(f"own-{u.id}", draw(st.integers(0, 6)), frozenset(Kind), units=frozenset({u.id})) for u in units]
    shares = (MinimumShare("xã khó khăn", frozenset({"a"}), 400),) if draw(st.integers(0, 3)) == 0 else ()
    return Problem(tuple(units), tuple(works), tuple(sources), Rules(minimum_shares=shares))


def best(problem: Problem) -> tuple[int, ...]:
    """Every choice tried."""
    eligible, found = Eligibility(problem), []
    payable = [one for one in problem.works if eligible.classes[one.id].sources]
    for size in range(len(payable) + 1):
        for works in combinations(payable, size):
            amounts, missing = split(eligible, works, {one.id: one.id for one in works}, {})
            if not missing and not faults(problem, amounts):
                reached = effects(problem, amounts)
                found.append(tuple(reached.value(goal) for goal in Goal.ALL))
    return max(found)


@settings(max_examples=40, deadline=None)
@given(problems())
def test_no_choice_is_better_and_every_rule_holds(problem: Problem) -> None:
    proposal = propose(problem, 5)
    assert faults(problem, proposal.amounts) == ()
    assert tuple(proposal.effects.value(goal) for goal in Goal.ALL) == best(problem)
    assert proposal.finished and all(one.value == one.bound for one in proposal.goals)
    for work in problem.works:
        assert Explainer(problem, proposal).work(work.id)


def two_units(**rules: object) -> Problem:
    units = (
        Unit("a", "xã A", (needs("02", "a1", "a2"), needs("05", "a3")), due_this_year=True),
        Unit("b", "xã B", (needs("06", "b1"),)),
    )
    works = (
        road("a1", 4 * TY, name="đường liên thôn"),
        road("a2", 3 * TY, name="cầu dân sinh"),
        road("a3", 2 * TY, name="trường tiểu học"),
        road("b1", 5 * TY, "b", name="nhà văn hóa"),
    )
    sources = (Source("nst", 9 * TY, INVEST, "ngân sách tỉnh"), Source("sn", 50 * TY, RECUR, "vốn sự nghiệp"))
    return Problem(units, works, sources, Rules(**rules))  # type: ignore[arg-type]


def test_works_count_only_together_and_recurrent_money_never_builds() -> None:
    problem = two_units()
    assert effects(problem, {"a1", "a3"}).criteria == {("a", "05")}
    proposal = propose(problem)
    assert proposal.works == {"a1", "a2", "a3"}
    assert proposal.effects.titles == {"a"} and proposal.by_source() == {"nst": 9 * TY}
    assert proposal.status == "Tối ưu: không có lựa chọn nào tốt hơn theo thứ tự mục tiêu."


def test_explanations_name_the_ceiling_the_partner_and_what_gives_way() -> None:
    problem = two_units()
    proposal = propose(problem)
    why = Explainer(problem, proposal)
    inside, outside = " ".join(why.work("a1")), " ".join(why.work("b1"))
    assert "ngân sách tỉnh 4.000.000.000 đồng" in inside and "chỉ khi cùng với cầu dân sinh" in inside
    assert "“ngân sách tỉnh” còn 0 đồng; còn thiếu 5.000.000.000 đồng" in outside
    assert "vốn sự nghiệp" not in outside and "phải tăng trần" in outside
    assert why.ceilings() and "ngân sách tỉnh" in why.ceilings()[0]
    cheaper = replace(problem, works=(*problem.works[:3], replace(problem.works[3], cost=3 * TY)))
    said = " ".join(Explainer(cheaper, propose(cheaper)).work("b1"))
    assert "Muốn đưa vào phải rút “đường liên thôn” (xã A; mất 1 xã đạt danh hiệu và 1 tiêu chí)" in said or (
        "Muốn đưa vào phải rút “cầu dân sinh”" in said
    )


def test_debt_comes_first_and_holds_back_new_works() -> None:
    base = two_units()
    debt = road("no", 5 * TY, name="nợ trụ sở", is_debt=True)
    problem = replace(base, works=(*base.works, debt))
    proposal = propose(problem)
    assert "no" in proposal.works and proposal.effects.debt_paid == 5 * TY
    assert proposal.effects.titles == frozenset()
    prices = {one.rule: one for one in rule_prices(problem, proposal)}
    assert prices["trả nợ đọng trước"].titles == 1 and prices["trả nợ đọng trước"].exact
    assert "thêm 1 xã đạt danh hiệu" in prices["trả nợ đọng trước"].vietnamese
    poor = replace(problem, sources=(replace(base.sources[0], pays_debt=False),))
    left = propose(poor)
    assert left.works == {"b1"}
    assert "còn nợ đọng chưa trả (nợ trụ sở" in " ".join(Explainer(poor, left).work("a3"))
    reasoned = replace(poor, works=tuple(replace(one, reason="thiên tai") for one in poor.works))
    assert propose(reasoned).works == {"a3", "b1"} and propose(reasoned).effects.titles == {"b"}


def test_a_due_commune_goes_before_two_others_and_the_rule_has_its_price() -> None:
    units = (
        Unit("a", "A", (needs("1", "a"),), True),
        Unit("b", "B", (needs("1", "b"),)),
        Unit("c", "C", (needs("1", "c"),)),
    )
    works = (road("a", 8, "a"), road("b", 4, "b"), road("c", 4, "c"))
    problem = Problem(units, works, (Source("s", 8, INVEST),))
    proposal = propose(problem)
    assert proposal.works == {"a"}
    price = next(one for one in rule_prices(problem, proposal) if one.rule == "ưu tiên xã phấn đấu trong năm")
    assert (price.titles, price.criteria) == (1, 1)
    side = compare(proposal, propose(replace(problem, rules=Rules(due_first=False))))
    assert side.only_first == {"a"} and side.only_second == {"b", "c"} and side.by_source == {"s": (8, 8)}


def test_conditional_money_covers_nothing() -> None:
    base = two_units()
    bonus = replace(base, sources=(Source("thuong", 99 * TY, INVEST, "thưởng đạt chuẩn", conditional=True),))
    proposal = propose(bonus)
    assert proposal.amounts == {}
    assert "vốn có điều kiện" in " ".join(Explainer(bonus, proposal).work("a1"))


def test_odd_dong_are_split_exactly() -> None:
    """Amounts that no share divides evenly: 5 % of 1.234.567.891 đồng is rounded up, the rest is found to the đồng."""
    share = Share(frozenset({"dan"}), 50, 50 + 1, "đối ứng")
    works = tuple(road(f"w{n}", 1_234_567_891 + n, shares=(share,)) for n in range(5))
    whole = sum(one.cost for one in works)
    own = sum(-(-one.cost * 50 // 1000) for one in works)
    sources = (Source("dan", own, INVEST), Source("tinh", whole - own, INVEST))
    problem = Problem((Unit("a", "A", tuple(needs(str(n), f"w{n}") for n in range(5))),), works, sources)
    proposal = propose(problem)
    assert len(proposal.works) == 5 and proposal.by_source() == {"dan": own, "tinh": whole - own}
    assert faults(problem, proposal.amounts) == ()


def test_a_wrong_problem_is_refused_with_every_fault() -> None:
    with pytest.raises(ProblemError) as refused:
        Problem((Unit("a", "A", (needs("1", "mất"),)),), (road("w", 0, "x"),), (Source("s", -1, INVEST),))
    said = str(refused.value)
    assert "“mất”" in said and "số nguyên đồng lớn hơn 0" in said and "trần âm" in said and "“x”" in said
