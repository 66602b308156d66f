"""Nguồn vốn: what is there on a day, what it may pay for, when its year closes; wrong files are refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ntm.domain import funds
from ntm.domain.funds import FundKind, Use
from ntm.domain.funds.loader import SourceError, load_period, load_rules
from ntm.domain.funds.shipped import DATA


def test_sources_follow_their_period_and_the_end_of_the_districts() -> None:
    catalogue = funds.catalogue()
    assert [period.code for period in catalogue.periods] == ["2016-2020", "2021-2025", "2026-2030"]
    codes = {day: {source.code for source in catalogue.in_force(day)} for day in (date(2025, 6, 30), date(2025, 7, 1))}
    assert codes[date(2025, 6, 30)] - codes[date(2025, 7, 1)] == {"district", "province-district"}
    assert catalogue.in_year("district", 2025).end == date(2025, 7, 1)
    with pytest.raises(funds.UnknownSource, match=r"Không có nguồn vốn “district” ngày 01/03/2026; có: central"):
        catalogue.get("district", date(2026, 3, 1))
    assert catalogue.period(date(2010, 1, 1)) is None
    assert catalogue.name("people.labour") == "Nhân dân đóng góp ngày công"
    assert catalogue.name("lạ") == "lạ"


def test_every_value_says_where_it_stands() -> None:
    catalogue = funds.catalogue()
    for period in catalogue.periods:
        assert all(source.reference and source.kinds for source in period.sources)
    assert not next(rule for rule in catalogue.rules if rule.code == "land-floor").verified


@pytest.mark.parametrize(
    ("kind", "use", "may"),
    [
        (FundKind.RECURRENT, Use.INVESTMENT, False),
        (FundKind.RECURRENT, Use.RECURRENT, True),
        (FundKind.INVESTMENT, Use.RECURRENT, False),
        (FundKind.INVESTMENT, Use.INVESTMENT, True),
        (FundKind.OWN, Use.INVESTMENT, True),
        (FundKind.OWN, Use.RECURRENT, True),
        (FundKind.UNDIVIDED, Use.RECURRENT, False),
    ],
)
def test_what_a_kind_may_pay(kind: FundKind, use: Use, may: bool) -> None:
    assert funds.may_pay(kind, use) is may


def test_a_budget_year_closes_on_the_last_day_of_january() -> None:
    year = funds.closing(2023)
    assert (year.closes, year.year_end, year.rule.verified) == (date(2024, 1, 31), date(2023, 12, 31), True)
    assert year.holds(date(2024, 1, 31)) and not year.holds(date(2024, 2, 1)) and not year.holds(date(2022, 12, 31))
    assert not funds.closing(2026).rule.verified
    with pytest.raises(LookupError, match="2010"):
        funds.closing(2010)


def test_bounds_of_community_works() -> None:
    bounds = funds.catalogue().community(date(2023, 1, 1))
    assert bounds and (bounds.most_total, bounds.self_executed_below) == (5_000_000_000, 500_000_000)
    later = funds.catalogue().community(date(2026, 3, 1))
    assert later and later.most_total is None
    assert funds.catalogue().community(date(2020, 1, 1)) is None


@pytest.mark.parametrize(
    ("allocated", "paid", "short"),
    [
        ({None: 100}, {None: 100}, 0),
        ({None: 100}, {None: 101}, 1),
        ({1: 100}, {None: 1}, 1),  # given for works 1: does not pay what belongs to none
        ({1: 100}, {2: 40}, 40),
        ({1: 100, None: 30}, {1: 120, None: 10}, 0),
        ({1: 100, None: 30}, {1: 120, 2: 20}, 10),
        ({}, {}, 0),
        ({1: -5}, {}, 5),
    ],
)
def test_money_for_one_works_does_not_pay_another(
    allocated: dict[int | None, int], paid: dict[int | None, int], short: int
) -> None:
    assert funds.cell_shortage(allocated, paid) == short


def test_payments_clear_the_oldest_volume_first() -> None:
    early, late = date(2022, 3, 1), date(2023, 3, 1)
    volumes = [(late, 50, "B"), (early, 100, "A")]
    assert [(one.accepted_on, one.left) for one in funds.open_volumes(volumes, 120)] == [(late, 30)]
    assert [(one.creditor, one.left) for one in funds.open_volumes(volumes, 40)] == [("A", 60), ("B", 50)]
    assert funds.open_volumes(volumes, 150) == ()


def test_a_valued_amount_is_whole_dong() -> None:
    assert funds.value_of(Decimal("2.5"), 250_000) == 625_000
    assert funds.value_of(Decimal("0.333"), 100) == 33
    assert funds.value_of(Decimal("0.005"), 100) == 1


PERIOD = (DATA / "2026-2030.yaml").read_text(encoding="utf-8")
RULES = (DATA / "rules.yaml").read_text(encoding="utf-8")
FIRST = PERIOD[PERIOD.index("- code") : PERIOD.index('- code: "central.recurrent"')]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (PERIOD + FIRST, r'nguồn "central.investment" viết hai lần'),
        (PERIOD.replace('name: "Ngân sách xã"', 'name: "Ngân sách xã"\n  share: 1.5'), 'không có khóa "share"'),
        (PERIOD.replace('["own"]', '["gold"]', 1), "loại vốn phải thuộc"),
        (PERIOD.replace('end: "2031-01-01"', 'end: "2025-01-01"'), "sau ngày bắt đầu"),
        (PERIOD.replace('level: "xa"', 'level: "thon"'), "không thuộc các giá trị"),
    ],
)
def test_a_wrong_period_is_refused_with_its_place(text: str, words: str) -> None:
    with pytest.raises(SourceError, match=words) as refused:
        load_period(text, "a.yaml")
    assert "a.yaml, dòng" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (RULES.replace("most_total: 5000000000", "most_total: 5.5"), "số nguyên"),
        (RULES.replace("last: 2024", "last: 2025"), "chồng năm"),
        (RULES.replace("day: 31", "day: 32", 1), "không có ngày 32/1"),
        (RULES.replace('code: "land-floor"', 'code: "land-share"'), '"land-share" viết hai lần'),
    ],
)
def test_wrong_rules_are_refused(text: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        load_rules(text, "rules.yaml")
