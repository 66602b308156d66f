"""Đọc ô nhập: words, numbers in the Vietnamese way, and sentences for what cannot be read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ntm.domain import criteria
from ntm.domain.assessment import Nothing
from ntm.domain.criteria.model import Kind
from ntm.records.standing.refusals import Refused
from ntm.records.standing.typing_in import charge, find_asked, parse_typed

SET = criteria.catalogue().get("xa-ntm-2021-2025")
NUMBER, _ = find_asked(SET, "10")
YES_NO = next(
    one for _, one in SET.indicators() if one.kind is Kind.YES_NO and not any(t.words for t in one.thresholds)
)
PERCENT = next(one for _, one in SET.indicators() if one.kind is Kind.PERCENT)


@pytest.mark.parametrize(
    ("typed", "fact"),
    [
        ("59,58", Decimal("59.58")),
        ("1.234,5", Decimal("1234.5")),
        ("0", Decimal(0)),
        ("", Nothing.NO_DATA),
        ("không xét", Nothing.NOT_CONSIDERED),
        ("Không xét", Nothing.NOT_CONSIDERED),
        ("đạt", True),
        ("chưa đạt", False),
    ],
)
def test_a_figure_is_read_as_offices_write_it(typed: str, fact: object) -> None:
    found = parse_typed(NUMBER, typed)
    assert found == fact and type(found) is type(fact)


@pytest.mark.parametrize(("typed", "fact"), [("Đạt", True), ("chưa", False), ("x", True), ("-", Nothing.NO_DATA)])
def test_a_yes_or_no_is_read_from_words(typed: str, fact: object) -> None:
    assert parse_typed(YES_NO, typed) == fact


def test_the_decisions_own_word_means_met_even_where_it_is_no() -> None:
    houses = next(
        one
        for _, one in SET.indicators()
        if any(level.words and level.words.startswith("Không") for level in one.thresholds)
    )
    assert parse_typed(houses, "Không") is True
    assert parse_typed(houses, "chưa đạt") is False


@pytest.mark.parametrize("typed", ["120", "-1", "100,01"])
def test_a_percentage_outside_its_range_is_asked_about(typed: str) -> None:
    with pytest.raises(ValueError, match=typed):
        parse_typed(PERCENT, typed)


def test_a_word_that_is_no_answer_is_refused_with_what_to_type() -> None:
    with pytest.raises(Refused, match="đạt, chưa đạt hoặc không xét"):
        parse_typed(YES_NO, "có lẽ")


def test_an_unknown_code_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="TC99"):
        find_asked(SET, "TC99")


@pytest.mark.parametrize(
    ("code", "no", "said"),
    [("10", 10, "S:10"), ("17.5", 17, "S:17.5"), ("TC3", 3, "S:3"), ("satisfaction", None, None)],
)
def test_authority_is_asked_about_the_set_and_the_narrowest_code(code: str, no: int | None, said: str | None) -> None:
    assert charge("S", code, no) == said
