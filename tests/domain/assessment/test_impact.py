"""Tác động khi đổi bộ: figures are carried by the correspondence of indicators; what cannot be carried is unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from assessment_builders import condition, criteria_set, criterion, facts, indicator

from ntm.domain.assessment import Facts, Nothing
from ntm.domain.assessment.impact import Effect, day_within, impact
from ntm.domain.criteria import catalogue
from ntm.domain.criteria.model import CriteriaSet, Kind, TitleRule

DAY = date(2023, 6, 30)


def old_set() -> CriteriaSet:
    return criteria_set(
        criterion(1, indicator("1.1", Kind.PERCENT, "80", text="Tỷ lệ hộ dùng điện an toàn")),
        criterion(2, indicator("2.1", Kind.YES_NO, True, text="Có quy hoạch được duyệt")),
        criterion(3, indicator("3.1", Kind.PERCENT, "50", text="Tỷ lệ đường thôn được cứng hóa")),
        code="bo-cu",
        end=date(2024, 1, 1),
        title_rule=TitleRule(conditions=(condition("no_debt"),)),
    )


def new_set() -> CriteriaSet:
    return criteria_set(
        criterion(1, indicator("1.9", Kind.PERCENT, "95", text="Tỷ lệ hộ dùng điện an toàn")),
        criterion(2, indicator("2.9", Kind.YES_NO, True, text="Có quy hoạch được duyệt")),
        criterion(3, indicator("3.9", Kind.PERCENT, "40", text="Tỷ lệ đường thôn được cứng hóa")),
        criterion(4, indicator("4.9", Kind.PERCENT, "60", text="Tỷ lệ dân số có sổ khám bệnh điện tử")),
        code="bo-moi",
        start=date(2024, 1, 1),
        title_rule=TitleRule(conditions=(condition("no_debt"),)),
    )


def told(**values: object) -> Facts:
    named = {code.replace("_", "."): fact for code, fact in values.items()}
    return facts({code.removeprefix("i"): fact for code, fact in named.items()}, conditions={"no_debt": True})  # type: ignore[misc]


def test_it_tells_who_loses_and_gains_what_and_why() -> None:
    units = {"Xã A": told(i1_1="90", i2_1=True, i3_1="45"), "Xã B": told(i1_1="96", i2_1=True, i3_1="55")}
    found = impact(old_set(), new_set(), units, DAY)
    first, second = found.units
    assert [one.effect for one in first.criteria] == [Effect.LOST, Effect.SAME, Effect.GAINED, Effect.NEW]
    assert [one.effect for one in second.criteria] == [Effect.SAME, Effect.SAME, Effect.SAME, Effect.NEW]
    assert first.criteria[0].reasons == ("1.9: 90 < 95% (01/QĐ-THU): chưa đạt",)
    assert found.criterion(1, Effect.LOST) == ("Xã A",)
    assert found.criterion(3, Effect.GAINED) == ("Xã A",)
    assert found.not_carried == ()


def test_each_set_is_asked_on_a_day_of_its_own() -> None:
    found = impact(old_set(), new_set(), {}, DAY)
    assert (found.before_on, found.after_on) == (DAY, date(2024, 1, 1))
    assert day_within(old_set(), date(2030, 1, 1)) == date(2023, 12, 31)


def test_the_title_is_lost_for_a_named_reason() -> None:
    units = {"Xã A": told(i1_1="90", i2_1=True, i3_1="55")}
    found = impact(old_set(), new_set(), units, DAY)
    assert found.title(Effect.LOST) == ("Xã A",)
    assert found.units[0].title_reason == "Xã thử: chưa đạt tiêu chí 1"


def test_what_a_new_criterion_asks_may_be_told_in_its_own_codes() -> None:
    units = {"Xã A": told(i1_1="96", i2_1=True, i3_1="55")}
    unknown = impact(old_set(), new_set(), units, DAY)
    assert unknown.title(Effect.UNKNOWN) == ("Xã A",)
    known = impact(old_set(), new_set(), units, DAY, new_facts={"Xã A": facts({"4.9": "60"})})
    assert known.title(Effect.SAME) == ("Xã A",)


def test_a_conclusion_is_not_carried_where_the_level_changed() -> None:
    units = {"Xã A": told(i1_1=True, i2_1=True, i3_1=Nothing.NOT_CONSIDERED, TC1=True)}
    found = impact(old_set(), new_set(), units, DAY).units[0]
    assert [one.effect for one in found.criteria[:3]] == [Effect.UNKNOWN, Effect.SAME, Effect.UNKNOWN]


def test_a_figure_in_another_measure_is_not_carried() -> None:
    other = indicator("1.9", Kind.NUMBER, "95", text="Tỷ lệ hộ dùng điện an toàn", measure="hộ")
    changed = replace(new_set(), criteria=(criterion(1, other), *new_set().criteria[1:]))
    found = impact(old_set(), changed, {"Xã A": told(i1_1="90")}, DAY)
    assert found.units[0].criteria[0].effect is Effect.UNKNOWN
    assert found.not_carried == ("1.1",)


def test_between_the_periods_of_the_law_an_old_commune_may_lose_criteria() -> None:
    """Bảo hiểm y tế 15.1 in the Red River delta, with the shipped sets; income is carried though its measure is
    written otherwise, and what became words (5) is not."""
    old, new = catalogue().get("xa-ntm-2016-2020"), catalogue().get("xa-ntm-2021-2025")
    on = date(2021, 12, 31)
    asked = new.indicator("15.1").level_at(date(2022, 3, 8), "dbsh")
    value = asked.value - Decimal("0.01")  # type: ignore[union-attr, operator]
    units = {"Xã A": Facts("Xã A", region="dbsh", values={"15.1": value})}
    found = impact(old, new, units, on)
    before = {one.code: one for each in found.units[0].before.criteria for one in each.indicators}
    after = {one.code: one for each in found.units[0].after.criteria for one in each.indicators}
    assert (found.before_on, found.after_on) == (on, date(2022, 3, 8))
    assert before["15.1"].value == after["15.1"].value == value
    assert after["15.1"].outcome.value == "not_met"
    assert before["15.1"].outcome.value == "met"
    assert "10" not in found.not_carried and "2.1" not in found.not_carried
    assert "5" in found.not_carried
