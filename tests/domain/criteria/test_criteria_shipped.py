"""The shipped sets: every file loads, nothing changed silently, key facts, levels at their boundaries."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from ntm.domain.criteria import Catalogue, catalogue, criteria_in_force, load_text, write_yaml
from ntm.domain.criteria.model import Absent, CriteriaSet, Force, Indicator, Kind
from ntm.domain.criteria.shipped import SETS, hash_lines

CODES = catalogue().codes()
REGIONS = ("tdmn_phia_bac", "dbsh", "bac_trung_bo", "dh_nam_trung_bo", "tay_nguyen", "dong_nam_bo", "dbscl")


def get(code: str) -> CriteriaSet:
    return catalogue().get(code)


def leaves(one: CriteriaSet) -> list[Indicator]:
    found = [indicator for _, indicator in one.indicators()]
    return [leaf for indicator in found for leaf in (indicator.parts or (indicator,))]


@pytest.mark.parametrize("code", CODES)
def test_every_set_loads_and_is_written_back_the_same(code):
    one = get(code)
    assert one.code == code
    again = load_text(write_yaml(one), code)
    assert again == one and again.hash == one.hash


def test_used_sets_do_not_change_silently():
    """After a wanted change: ntm criteria hashes > src/ntm/domain/criteria/sets/hashes.txt"""
    committed = (SETS / "hashes.txt").read_text(encoding="utf-8").splitlines()
    assert committed == [f"{value}  {code}" for value, code in hash_lines()]


@pytest.mark.parametrize("code", CODES)
def test_every_value_names_its_instrument_and_its_source(code):
    one = get(code)
    assert one.decision.instrument and one.decision_check.source
    for leaf in leaves(one):
        assert leaf.check.source, leaf.code
        for level in leaf.thresholds:
            assert level.reference.instrument and level.reference.locator, leaf.code
            assert level.check.source, leaf.code
            assert level.check.verified == (level.check.checked_on is not None), leaf.code


def test_files_stay_short():
    assert all(len(path.read_text(encoding="utf-8").splitlines()) <= 500 for path in SETS.glob("*/*.yaml"))


@pytest.mark.parametrize(
    ("code", "criteria", "indicators"),
    [
        ("xa-ntm-2016-2020", 19, 49),
        ("xa-ntm-2021-2025", 19, 57),
        ("xa-ntm-nang-cao-2021-2025", 19, 75),
        ("xa-ntm-kieu-mau-2021-2025", 4, 4),
        ("tinh-ntm-2021-2025", 8, 8),
    ],
)
def test_counts(code, criteria, indicators):
    one = get(code)
    assert one.complete
    assert (len(one.criteria), len(list(one.indicators()))) == (criteria, indicators)


@pytest.mark.parametrize("code", [code for code in CODES if not catalogue().get(code).complete])
def test_an_incomplete_set_says_what_is_missing(code):
    assert get(code).completeness_note


def test_the_set_of_2026_invents_no_indicator():
    one = get("xa-ntm-2026-2030")
    assert len(one.criteria) == 10 and not list(one.indicators())
    assert [code for code, _ in one.groups] == ["nhom_1", "nhom_2", "nhom_3"]


@pytest.mark.parametrize(
    ("code", "indicator", "region", "on", "value", "verified"),
    [
        ("xa-ntm-2016-2020", "10", "tdmn_phia_bac", date(2018, 6, 1), 36, True),
        ("xa-ntm-2016-2020", "10", "dong_nam_bo", date(2018, 6, 1), 59, True),
        ("xa-ntm-2016-2020", "4.2", "tdmn_phia_bac", date(2018, 6, 1), 95, True),
        ("xa-ntm-2016-2020", "4.2", "dbsh", date(2018, 6, 1), 99, False),
        ("xa-ntm-2016-2020", "15.3", "dbsh", date(2018, 6, 1), "13.9", True),
        ("xa-ntm-2021-2025", "11", "bac_trung_bo", date(2023, 6, 1), "6.5", True),
        ("xa-ntm-2021-2025", "11", "tdmn_phia_bac", date(2023, 6, 1), 13, False),
        ("xa-ntm-nang-cao-2021-2025", "4", "dbsh", date(2023, 6, 1), 100, True),
        ("xa-ntm-nang-cao-2021-2025", "10", "dbsh", date(2022, 6, 1), 64, True),
        ("xa-ntm-nang-cao-2021-2025", "10", "dbsh", date(2023, 6, 1), 68, True),
        ("xa-ntm-nang-cao-2021-2025", "10", "dbsh", date(2024, 6, 1), 72, False),
        ("tinh-ntm-2021-2025", "4", None, date(2023, 6, 1), 40, True),
    ],
)
def test_levels(code, indicator, region, on, value, verified):
    level = get(code).indicator(indicator).level_at(on, region)
    assert not isinstance(level, Absent)
    assert level.value == Decimal(value) and level.check.verified is verified


def test_a_year_is_half_open():
    income = get("xa-ntm-2021-2025").indicator("10")
    for year, value in ((2021, 50), (2022, 53), (2023, 56), (2024, 59), (2025, 62)):
        for on in (date(year, 1, 1), date(year, 12, 31)):
            level = income.level_at(on, "dbsh")
            assert not isinstance(level, Absent) and level.value == value
    assert income.level_at(date(2020, 12, 31), "dbsh") is Absent.NOT_IN_FORCE
    assert income.level_at(date(2026, 1, 1), "dbsh") is Absent.NOT_IN_FORCE


@pytest.mark.parametrize("code", ["xa-ntm-2021-2025", "xa-ntm-nang-cao-2021-2025"])
def test_a_missing_region_never_falls_back(code):
    seen = 0
    for leaf in leaves(get(code)):
        for region in leaf.missing_regions:
            assert leaf.level_at(date(2023, 6, 1), None if region == "chung" else region) is Absent.MISSING, leaf.code
            seen += 1
    assert seen > 10


@pytest.mark.parametrize(
    ("code", "indicator"),
    [("xa-ntm-2021-2025", "15.3"), ("xa-ntm-2021-2025", "17.1"), ("xa-ntm-nang-cao-2021-2025", "9")],
)
def test_a_number_nobody_stated_is_missing(code, indicator):
    for region in (None, *REGIONS):
        assert get(code).indicator(indicator).level_at(date(2023, 6, 1), region) is Absent.MISSING


def test_what_the_centre_delegates_is_delegated():
    assert get("xa-ntm-2016-2020").indicator("2.1").level_at(date(2018, 6, 1), "dbsh") is Absent.DELEGATED


def test_the_amendment_of_2024_takes_its_day():
    indicator = get("xa-ntm-2021-2025").indicator("18.4")
    day = date(2024, 3, 1)
    assert indicator.text_at(day - timedelta(1)) == "Xã đạt chuẩn tiếp cận pháp luật theo quy định"
    assert "Hòa giải ở cơ sở" in indicator.text_at(day)
    before, after = indicator.level_at(day - timedelta(1), "dbsh"), indicator.level_at(day, "dbsh")
    assert not isinstance(before, Absent) and before.reference.instrument == "318/QĐ-TTg" and before.words is None
    assert not isinstance(after, Absent) and after.reference.instrument == "211/QĐ-TTg"
    assert after.words == "Đạt (cả 03 nội dung)"


def test_a_level_of_two_parts_has_two_levels():
    water = get("xa-ntm-2016-2020").indicator("17.1")
    assert water.kind is Kind.ALL_OF
    levels = [part.level_at(date(2018, 6, 1), "dbsh") for part in water.parts]
    assert [level.value for level in levels if not isinstance(level, Absent)] == [98, 65]
    assert get("xa-ntm-2016-2020").indicator("17.1b") is water.parts[1]


def test_kieu_mau_leans_on_nang_cao():
    one = get("xa-ntm-kieu-mau-2021-2025")
    income = one.indicator("2")
    assert (income.kind, income.relative_to) == (Kind.RATIO, ("xa-ntm-nang-cao-2021-2025", "10"))
    assert income.thresholds[0].value == Decimal("1.1")
    other, code = income.relative_to
    assert get(other).indicator(code).measure == income.measure
    assert one.title_rule.conditions[0].value == "xa-ntm-nang-cao-2021-2025"


def test_shares_of_lower_units():
    one = get("tinh-ntm-2021-2025")
    shares = {
        indicator.code: (indicator.of_title, indicator.of_level)
        for _, indicator in one.indicators()
        if indicator.of_title
    }
    assert shares["4"] == ("xa-ntm-nang-cao-2021-2025", "xa")
    assert set(shares) == {"1", "2", "3", "4"}
    conditions = {condition.code: condition for condition in get("huyen-ntm-2021-2025").title_rule.conditions}
    assert (conditions["A1"].value, conditions["A1"].of_title) == (100, "xa-ntm-2021-2025")
    assert (conditions["A2"].value, conditions["A2"].kind) == (10, Kind.TITLE_SHARE)
    assert conditions["satisfaction"].value == 90


def test_a_title_named_by_a_share_is_shipped_or_known_to_be_missing():
    not_shipped = {
        "huyen-ntm-nang-cao-2021-2025",
        "thi-xa-thanh-pho-hoan-thanh-ntm-2021-2025",
        "xa-ntm-hien-dai-2026-2030",
    }
    for code in CODES:
        for _, indicator in get(code).indicators():
            assert indicator.of_title is None or indicator.of_title in {*CODES, *not_shipped}


def test_conditions_beside_the_criteria():
    conditions = {one.code: one for one in get("xa-ntm-2021-2025").title_rule.conditions}
    assert set(conditions) == {"satisfaction", "no_debt", "security"}
    assert conditions["satisfaction"].value is None  # no source states the share for a commune
    assert all(one.check.verified for one in conditions.values())


def test_difficult_communes_use_the_northern_midlands():
    one = get("xa-ntm-2021-2025")
    assert one.level_region("bac_trung_bo", frozenset({"dac_biet_kho_khan"})) == "tdmn_phia_bac"
    assert one.level_region("bac_trung_bo", frozenset({"bien_gioi"})) == "bac_trung_bo"


@pytest.mark.parametrize(
    ("kind", "on", "province", "code"),
    [
        ("ntm", date(2016, 11, 30), None, None),
        ("ntm", date(2016, 12, 1), None, "xa-ntm-2016-2020"),
        ("ntm", date(2022, 3, 7), None, "xa-ntm-2016-2020"),
        ("ntm", date(2022, 3, 8), None, "xa-ntm-2021-2025"),
        ("ntm", date(2026, 2, 14), None, "xa-ntm-2021-2025"),
        ("ntm", date(2026, 2, 15), None, "xa-ntm-2026-2030"),
        ("nang_cao", date(2022, 9, 25), "30", "xa-ntm-nang-cao-2021-2025"),
        ("nang_cao", date(2022, 9, 26), "30", "xa-ntm-nang-cao-hai-duong-2021-2025"),
        ("nang_cao", date(2022, 9, 26), "31", "xa-ntm-nang-cao-2021-2025"),
        ("ntm", date(2019, 6, 1), "24", "xa-ntm-bac-giang-2016-2020"),
        ("kieu_mau", date(2025, 12, 31), None, "xa-ntm-kieu-mau-2021-2025"),
        ("kieu_mau", date(2026, 6, 1), None, None),  # its end is not known: not "still in force"
    ],
)
def test_what_is_in_force(kind, on, province, code):
    found = criteria_in_force("xa", on, province, kind)
    assert (found.code if found else None) == code


def test_an_unknown_end_is_a_candidate_not_an_answer():
    ((head, force),) = catalogue().candidates("xa", "kieu_mau", date(2026, 6, 1))
    assert (head.code, force) == ("xa-ntm-kieu-mau-2021-2025", Force.UNKNOWN)


def test_derived_days_say_how():
    for code in CODES:
        head = get(code)
        if head.start_basis == "derived":
            assert head.start_note, code
        if head.end_basis == "derived":
            assert head.end_note, code
        assert (head.end is None) == (head.end_basis == "unknown"), code


def test_one_set_is_read_without_reading_the_others():
    fresh = Catalogue()
    assert fresh.get("xa-ntm-nang-cao-2021-2025") is fresh.get("xa-ntm-nang-cao-2021-2025")


@pytest.mark.parametrize("code", ["", "khong-co", "../sets/xa-ntm-2016-2020", "."])
def test_an_unknown_code_is_a_key_error(code):
    with pytest.raises(KeyError):
        catalogue().get(code)
