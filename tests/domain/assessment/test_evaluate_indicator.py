"""Xét một chỉ tiêu: figures, words, the four kinds of nothing, parts, ratios and shares."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from assessment_builders import (
    DAY,
    DECISION,
    UNCHECKED,
    criteria_set,
    criterion,
    facts,
    indicator,
    level,
    one_indicator_set,
)

from ntm.domain.assessment import Fact, IndicatorResult, Nothing, NotInForce, Outcome, evaluate
from ntm.domain.criteria.model import Absent, Comparator, CriteriaSet, Indicator, Kind, SpecialRule

MET, NOT_MET, NO_DATA, NOT_CONSIDERED = Outcome.MET, Outcome.NOT_MET, Outcome.NO_DATA, Outcome.NOT_CONSIDERED


def judged(one: Indicator, values: dict[str, Fact | str], on: date = DAY, **more: object) -> IndicatorResult:
    return evaluate(one_indicator_set(one), facts(values, **more), on).criteria[0].indicators[0]


INCOME = indicator(
    "10",
    Kind.NUMBER,
    level("64", instrument="2581/QĐ-UBND", start=date(2022, 1, 1), end=date(2023, 1, 1)),
    level("68", instrument="2581/QĐ-UBND", start=date(2023, 1, 1)),
    measure="triệu đồng/người/năm",
)


def test_the_sentence_names_value_sign_level_measure_instrument_and_year() -> None:
    result = judged(INCOME, {"10": "59.58"})
    assert result.explanation == "59,58 < 68 triệu đồng/người/năm (2581/QĐ-UBND, năm 2023): chưa đạt"
    assert result.outcome is NOT_MET
    assert result.gap == Decimal("-8.42")
    assert result.reference == "2581/QĐ-UBND, chỉ tiêu 10"
    assert result.checked


def test_the_level_is_that_of_the_day() -> None:
    assert judged(INCOME, {"10": "66"}, date(2022, 12, 31)).outcome is MET
    assert judged(INCOME, {"10": "66"}, date(2023, 1, 1)).outcome is NOT_MET
    assert judged(INCOME, {"10": "59.58"}, date(2022, 12, 31)).explanation == (
        "59,58 < 64 triệu đồng/người/năm (2581/QĐ-UBND, năm 2022): chưa đạt"
    )


@pytest.mark.parametrize(
    ("comparator", "asked", "expected"),
    [
        (Comparator.GE, "68", {"67.99": NOT_MET, "68": MET, "68.00": MET, "68.01": MET, "0": NOT_MET}),
        (Comparator.GT, "68", {"67.99": NOT_MET, "68": NOT_MET, "68.01": MET}),
        (Comparator.LE, "5", {"4.99": MET, "5": MET, "5.01": NOT_MET, "0": MET}),
        (Comparator.LT, "5", {"4.99": MET, "5": NOT_MET, "5.01": NOT_MET, "0": MET}),
        (Comparator.EQ, "100", {"99.99": NOT_MET, "100": MET, "100.01": NOT_MET, "0": NOT_MET}),
        (Comparator.GE, "0", {"0": MET, "-0.01": NOT_MET}),
        (Comparator.LE, "0.3", {"0.3": MET, "0.30000000000000004": NOT_MET}),
    ],
)
def test_a_figure_is_compared_exactly(comparator: Comparator, asked: str, expected: dict[str, Outcome]) -> None:
    one = indicator("1", Kind.PERCENT, asked, comparator=comparator)
    assert {value: judged(one, {"1": value}).outcome for value in expected} == expected


def test_the_sign_in_the_sentence_is_the_true_one() -> None:
    signs = {
        (comparator, value): judged(indicator("1", Kind.NUMBER, "5", comparator=comparator), {"1": value}).explanation
        for comparator in Comparator
        for value in ("4", "5", "6")
    }
    assert signs[Comparator.GE, "4"].startswith("4 < 5") and signs[Comparator.GE, "5"].startswith("5 ≥ 5")
    assert signs[Comparator.GT, "5"].startswith("5 ≤ 5") and signs[Comparator.GT, "6"].startswith("6 > 5")
    assert signs[Comparator.LE, "6"].startswith("6 > 5") and signs[Comparator.LE, "4"].startswith("4 ≤ 5")
    assert signs[Comparator.LT, "5"].startswith("5 ≥ 5") and signs[Comparator.LT, "4"].startswith("4 < 5")
    assert signs[Comparator.EQ, "4"].startswith("4 ≠ 5") and signs[Comparator.EQ, "5"].startswith("5 = 5")


def test_zero_missing_not_considered_and_not_in_force_are_four_things() -> None:
    assert judged(INCOME, {"10": "0"}).outcome is NOT_MET
    assert judged(INCOME, {}).outcome is NO_DATA
    assert judged(INCOME, {"10": Nothing.NO_DATA}).outcome is NO_DATA
    assert judged(INCOME, {"10": Nothing.NOT_CONSIDERED}).outcome is NOT_CONSIDERED
    later = indicator("1", Kind.NUMBER, "1", start=date(2024, 3, 1))
    assert evaluate(one_indicator_set(later), facts({"1": "5"}), date(2024, 2, 29)).criteria[0].indicators == ()
    assert judged(later, {"1": "5"}, date(2024, 3, 1)).outcome is MET


def test_an_indicator_ends_on_its_day() -> None:
    ended = indicator("1", Kind.NUMBER, "1", end=date(2024, 3, 1))
    assert judged(ended, {"1": "5"}, date(2024, 2, 29)).outcome is MET
    assert evaluate(one_indicator_set(ended), facts({"1": "5"}), date(2024, 3, 1)).criteria[0].indicators == ()


def test_a_set_out_of_force_is_refused_with_its_days() -> None:
    with pytest.raises(NotInForce, match=r"01/QĐ-THU.*31/12/2021.*từ ngày 01/01/2022 đến trước ngày 01/01/2026"):
        judged(INCOME, {"10": "70"}, date(2021, 12, 31))
    with pytest.raises(NotInForce):
        judged(INCOME, {"10": "70"}, date(2026, 1, 1))
    assert judged(INCOME, {"10": "70"}, date(2025, 12, 31)).outcome is MET


def test_a_level_of_another_day_is_not_used() -> None:
    one = indicator("10", Kind.NUMBER, level("68", start=date(2023, 1, 1), end=date(2024, 1, 1)))
    result = judged(one, {"10": "70"}, date(2024, 1, 1))
    assert (result.outcome, result.threshold) == (NO_DATA, Absent.NOT_IN_FORCE)
    assert "không có mức nào có hiệu lực ngày 01/01/2024" in result.explanation


@pytest.mark.parametrize(
    ("more", "absent", "reason"),
    [
        ({"threshold_missing": True}, Absent.MISSING, "chưa có mức trong dữ liệu của 01/QĐ-THU"),
        ({"delegated_to": "UBND cấp tỉnh"}, Absent.DELEGATED, "mức giao cho cấp khác quy định (UBND cấp tỉnh)"),
    ],
)
def test_a_figure_without_a_level_is_not_judged(more: dict[str, object], absent: Absent, reason: str) -> None:
    one = indicator("2.1", Kind.PERCENT, **more)
    result = judged(one, {"2.1": "85"})
    assert (result.outcome, result.threshold, result.value) == (NO_DATA, absent, Decimal(85))
    assert reason in result.explanation
    assert judged(one, {"2.1": True}).outcome is MET
    assert judged(one, {"2.1": False}).outcome is NOT_MET
    assert "Đơn vị kết luận đạt" in judged(one, {"2.1": True}).explanation


def test_a_stated_conclusion_stands_for_a_figure() -> None:
    result = judged(INCOME, {"10": True})
    assert (result.outcome, result.value, result.gap) == (MET, True, None)
    assert result.explanation == (
        "Đơn vị kết luận đạt, không kèm số liệu; mức ≥ 68 triệu đồng/người/năm (2581/QĐ-UBND, năm 2023): đạt"
    )


def test_words_are_concluded_not_measured() -> None:
    one = indicator("1.1", Kind.YES_NO, True)
    assert judged(one, {"1.1": True}).outcome is MET
    assert judged(one, {"1.1": False}).outcome is NOT_MET
    assert judged(one, {}).outcome is NO_DATA
    result = judged(one, {"1.1": "1"})
    assert result.outcome is NO_DATA
    assert "ghi bằng kết luận đạt hoặc chưa đạt" in result.explanation


def test_words_of_a_province_not_loaded_may_still_be_concluded() -> None:
    one = indicator("17.5", Kind.QUALITATIVE, delegated_to="UBND cấp tỉnh")
    assert judged(one, {"17.5": True}).outcome is MET
    assert judged(one, {}).outcome is NO_DATA


def test_one_and_true_are_not_confused_between_units() -> None:
    one = indicator("1", Kind.NUMBER, "5")
    evaluated = [
        evaluate(one_indicator_set(one), facts({"1": fact}), DAY).criteria[0].outcome
        for fact in (True, Decimal(1), False, Decimal(0))
    ]
    assert evaluated == [MET, NOT_MET, NOT_MET, NOT_MET]


def test_the_level_is_that_of_the_region_and_group() -> None:
    one = indicator(
        "4.2",
        Kind.PERCENT,
        level("98"),
        level("95", region="tdmn_phia_bac"),
        level("97", group="nhom_1"),
        level("90", region="tdmn_phia_bac", group="nhom_1"),
        missing_regions=frozenset({"dbscl"}),
    )
    assert judged(one, {"4.2": "96"}).outcome is NOT_MET
    assert judged(one, {"4.2": "96"}, region="tdmn_phia_bac").outcome is MET
    assert judged(one, {"4.2": "97"}, group="nhom_1").outcome is MET
    assert judged(one, {"4.2": "90"}, region="tdmn_phia_bac", group="nhom_1").outcome is MET
    result = judged(one, {"4.2": "99"}, region="dbscl")
    assert (result.outcome, result.threshold) == (NO_DATA, Absent.MISSING)


def test_a_unit_without_region_cannot_be_held_to_regional_levels() -> None:
    one = indicator("1", Kind.NUMBER, level("48", region="dbsh"), level("39", region="tay_nguyen"))
    result = judged(one, {"1": "50"})
    assert result.outcome is NO_DATA
    assert "chưa ghi vùng của đơn vị" in result.explanation


def test_extremely_difficult_communes_use_the_northern_midlands_level() -> None:
    rule = SpecialRule(frozenset({"dac_biet_kho_khan", "an_toan_khu"}), "tdmn_phia_bac", "Xã ĐBKK", DECISION, UNCHECKED)
    one = indicator("1", Kind.NUMBER, level("48", region="dbsh"), level("39", region="tdmn_phia_bac"))
    special = one_indicator_set(one, special_rules=(rule,))

    def outcome(*statuses: str) -> Outcome:
        told = facts({"1": "40"}, region="dbsh", statuses=frozenset(statuses))
        return evaluate(special, told, DAY).criteria[0].outcome

    assert outcome() is NOT_MET
    assert outcome("dac_biet_kho_khan") is MET
    assert outcome("an_toan_khu") is MET
    assert outcome("bien_gioi") is NOT_MET


def test_not_considered_repeats_the_reason_and_the_decision() -> None:
    one = indicator("7", Kind.YES_NO, True, not_considered_when="xã không có chợ trong quy hoạch")
    told = facts({"7": Nothing.NOT_CONSIDERED}, not_considered_reasons={"7": "xã không có chợ"})
    result = evaluate(one_indicator_set(one), told, DAY).criteria[0].indicators[0]
    assert result.explanation == "Không xét: xã không có chợ (văn bản cho phép khi: xã không có chợ trong quy hoạch)"
    plain = judged(indicator("8", Kind.YES_NO, True), {"8": Nothing.NOT_CONSIDERED})
    assert "không nêu trường hợp không xét" in plain.explanation


def test_what_rests_on_an_unchecked_level_says_so() -> None:
    one = indicator("1", Kind.PERCENT, level("80", check=UNCHECKED))
    result = judged(one, {"1": "81"})
    assert not result.checked
    assert result.explanation == "81 ≥ 80% (01/QĐ-THU): đạt"


def parts_of(kind: Kind, **more: object) -> Indicator:
    parts = (indicator("5.1", Kind.PERCENT, "100"), indicator("5.2", Kind.YES_NO, True))
    return indicator("5", kind, parts=parts, **more)


X = Nothing.NOT_CONSIDERED


@pytest.mark.parametrize(
    ("first", "second", "all_of", "any_of"),
    [
        ("100", True, MET, MET),
        ("100", False, NOT_MET, MET),
        ("100", None, NO_DATA, MET),
        ("99", None, NOT_MET, NO_DATA),
        ("99", False, NOT_MET, NOT_MET),
        (None, None, NO_DATA, NO_DATA),
        ("100", X, MET, MET),
        ("99", X, NOT_MET, NOT_MET),
        (None, X, NO_DATA, NO_DATA),
        (X, X, NOT_CONSIDERED, NOT_CONSIDERED),
    ],
)
def test_all_of_and_any_of_follow_the_table(
    first: Fact | str | None, second: Fact | None, all_of: Outcome, any_of: Outcome
) -> None:
    values = {code: fact for code, fact in (("5.1", first), ("5.2", second)) if fact is not None}
    assert judged(parts_of(Kind.ALL_OF), values).outcome is all_of
    assert judged(parts_of(Kind.ANY_OF), values).outcome is any_of


def test_a_conclusion_on_the_whole_is_used_where_the_parts_decide_nothing() -> None:
    whole = parts_of(Kind.ALL_OF)
    assert judged(whole, {"5": True}).outcome is MET
    assert judged(whole, {"5": True, "5.1": "100"}).outcome is MET
    assert judged(whole, {"5": False, "5.1": "100"}).outcome is NOT_MET
    assert judged(whole, {"5": True, "5.1": "99"}).outcome is NOT_MET
    assert judged(whole, {"5": X, "5.1": "99"}).outcome is NOT_CONSIDERED
    assert [part.outcome for part in judged(whole, {"5.1": "99"}).parts] == [NOT_MET, NO_DATA]


def test_parts_not_yet_in_force_leave_the_whole_to_words() -> None:
    """Before 01/3/2024 "đạt chuẩn tiếp cận pháp luật" is one conclusion; from that day it has contents."""
    parts = tuple(indicator(f"18.4.{no}", Kind.YES_NO, True, start=date(2024, 3, 1)) for no in (1, 2, 3))
    whole = indicator("18.4", Kind.ALL_OF, True, parts=parts)
    values = {"18.4.1": True, "18.4.2": False}
    assert judged(whole, values, date(2024, 2, 29)).outcome is NO_DATA
    assert judged(whole, {"18.4": True}, date(2024, 2, 29)).outcome is MET
    assert judged(whole, values, date(2024, 3, 1)).outcome is NOT_MET


def nang_cao(*levels: object, **more: object) -> CriteriaSet:
    return one_indicator_set(indicator("10", Kind.NUMBER, *levels), code="nang-cao", **more)  # type: ignore[arg-type]


def ratio_set() -> CriteriaSet:
    return one_indicator_set(
        indicator("2", Kind.RATIO, "1.1", relative_to=("nang-cao", "10"), measure="triệu đồng/người/năm")
    )


def test_a_ratio_multiplies_the_other_sets_level_of_that_day_and_region() -> None:
    other = nang_cao(
        level("64", region="dbsh", end=date(2023, 1, 1)),
        level("68", region="dbsh", start=date(2023, 1, 1)),
        level("50", region="tay_nguyen"),
    )

    def outcome(value: str, on: date, region: str) -> IndicatorResult:
        told = facts({"2": value}, region=region)
        return evaluate(ratio_set(), told, on, resolve=lambda code: other).criteria[0].indicators[0]

    assert outcome("74.8", DAY, "dbsh").outcome is MET
    assert outcome("74.79", DAY, "dbsh").outcome is NOT_MET
    assert outcome("70.4", date(2022, 12, 31), "dbsh").outcome is MET
    assert outcome("55", DAY, "tay_nguyen").outcome is MET
    result = outcome("74.79", DAY, "dbsh")
    assert result.threshold.value == Decimal("74.8")  # type: ignore[union-attr]
    assert result.reference == "01/QĐ-THU, chỉ tiêu 2: 1,1 × 68 (01/QĐ-THU)"


def test_a_ratio_without_the_other_level_is_not_judged() -> None:
    told = facts({"2": "80"})
    cases = {
        "chưa nạp bộ tiêu chí nang-cao": lambda code: None,
        "không có hiệu lực": lambda code: nang_cao("68", start=date(2024, 1, 1)),
        "không có chỉ tiêu 10": lambda code: one_indicator_set(indicator("11", Kind.NUMBER, "1")),
        "chưa có mức": lambda code: nang_cao(),
    }
    for words, resolve in cases.items():
        result = evaluate(ratio_set(), told, DAY, resolve=resolve).criteria[0].indicators[0]
        assert result.outcome is NO_DATA
        assert words in result.explanation


def test_a_ratio_that_leans_on_no_set_is_itself_the_figure() -> None:
    one = indicator("2", Kind.RATIO, "1.5", measure="lần")
    assert judged(one, {"2": "1.5"}).outcome is MET
    assert judged(one, {"2": "1.49"}).outcome is NOT_MET


def share_of(asked: str, comparator: Comparator = Comparator.GE) -> Indicator:
    return indicator("1", Kind.TITLE_SHARE, asked, comparator=comparator, of_title="xa-ntm", of_level="xa")


@pytest.mark.parametrize(
    ("asked", "holders", "units", "outcome"),
    [
        ("66.67", 2, 3, NOT_MET),  # 200 < 200,01
        ("66.66", 2, 3, MET),
        ("100", 3, 3, MET),
        ("100", 2, 3, NOT_MET),
        ("10", 1, 10, MET),
        ("10", 1, 11, NOT_MET),
        ("10", 0, 11, NOT_MET),
        ("10", 0, 0, NO_DATA),
        ("10", 4, 3, NO_DATA),
    ],
)
def test_a_share_is_compared_in_whole_numbers(asked: str, holders: int, units: int, outcome: Outcome) -> None:
    assert judged(share_of(asked), {}, lower_titles={"xa-ntm": (holders, units)}).outcome is outcome


def test_a_share_tells_its_counts() -> None:
    result = judged(share_of("66.67"), {}, lower_titles={"xa-ntm": (2, 3)})
    assert result.explanation == "2/3 đơn vị (66,67%) < 66,67% (01/QĐ-THU): chưa đạt"


def test_a_typed_share_is_used_without_counts() -> None:
    assert judged(share_of("70"), {"1": "70"}).outcome is MET
    assert judged(share_of("70"), {"1": "70"}, lower_titles={"xa-ntm": (1, 2)}).outcome is NOT_MET
    assert judged(share_of("70"), {"1": X}, lower_titles={"xa-ntm": (1, 2)}).outcome is NOT_CONSIDERED


def test_unknown_codes_are_left_alone_but_can_be_asked_for() -> None:
    from ntm.domain.assessment import unknown_codes

    built = criteria_set(criterion(5, parts_of(Kind.ALL_OF)))
    told = facts({"5": True, "5.1": "1", "TC5": True, "5.9": "1", "TC6": True})
    assert unknown_codes(built, told) == {"5.9", "TC6"}
