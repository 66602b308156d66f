"""A province's set over the national one: its levels first, day by day, and each level says whose it is."""

from datetime import date
from decimal import Decimal

import pytest

from ntm.domain.criteria import CriteriaError, catalogue, load_text
from ntm.domain.criteria.extend import merge_levels
from ntm.domain.criteria.model import Absent, Check, Reference, Threshold

HAI_DUONG = "xa-ntm-nang-cao-hai-duong-2021-2025"
HEAD = """\
code: "xa-tinh-thu"
name: Bộ của tỉnh thử
level: xa
title: {name: "Xã đạt chuẩn", kind: ntm}
extends: "xa-ntm-2021-2025"
province: "24"
decision:
  reference: {instrument: "9/QĐ-UBND"}
  issuer: UBND tỉnh
  check: {verified: false, source: "thử"}
criteria:
"""
LEVEL = """\
          - value: {value}
            regions: [{regions}]
            reference: {{instrument: "9/QĐ-UBND", locator: "chỉ tiêu"}}
            check: {{verified: false, source: "thử"}}
"""


def level(value, start=None, end=None, region=None) -> Threshold:
    return Threshold(Decimal(value), Reference("x"), Check(False), region, None, start, end)


def provincial(number: int, code: str, *levels: tuple[str, str]) -> str:
    text = f'{HEAD}  - number: {number}\n    indicators:\n      - code: "{code}"\n        levels:\n'
    return text + "".join(LEVEL.format(value=value, regions=regions) for value, regions in levels)


@pytest.mark.parametrize(
    ("on", "value", "whose", "instrument"),
    [
        (date(2021, 12, 31), 60, False, "318/QĐ-TTg"),
        (date(2022, 1, 1), 64, True, "2581/QĐ-UBND"),
        (date(2022, 12, 31), 64, True, "2581/QĐ-UBND"),
        (date(2023, 1, 1), 68, True, "2581/QĐ-UBND"),
        (date(2023, 12, 31), 68, True, "2581/QĐ-UBND"),
        (date(2024, 1, 1), 72, False, "318/QĐ-TTg"),
    ],
)
def test_hai_duong_income_year_by_year(on, value, whose, instrument):
    found = catalogue().get(HAI_DUONG).indicator("10").level_at(on, "dbsh")
    assert not isinstance(found, Absent)
    assert (found.value, found.provincial, found.reference.instrument) == (value, whose, instrument)
    assert found.check.verified is False


def test_hai_duong_has_the_nineteen_names_of_the_plan():
    one = catalogue().get(HAI_DUONG)
    assert [criterion.no for criterion in one.criteria] == list(range(1, 20))
    assert (one.criterion(3).name, one.criterion(15).name) == ("Thủy lợi", "Hành chính công")
    assert all(criterion.provincial and not criterion.check.verified for criterion in one.criteria)
    assert all(
        "dòng 38" in (one.criterion(no).check.source or "") for no in (1, 3, 4, 7, 9, 11, 12, 14, 15, 16, 18, 19)
    )


def test_what_the_plan_adds_is_added_and_marked():
    one = catalogue().get(HAI_DUONG)
    added = [indicator for indicator in one.criterion(8).indicators if indicator.code.startswith("8.hd")]
    assert len(added) == 2 and all(indicator.provincial and not indicator.check.verified for indicator in added)
    assert not one.indicator("9").provincial


def test_bac_giang_says_what_it_does_not_know():
    one = catalogue().get("xa-ntm-bac-giang-2016-2020")
    base = catalogue().get("xa-ntm-2016-2020")
    assert not one.complete and one.criteria == base.criteria
    assert "13.1" in (catalogue().get("xa-ntm-bac-giang-2022-2025").indicator("13.1").note or "")


def test_a_common_level_of_the_province_goes_before_regional_ones():
    one = load_text(provincial(4, "4.2", ("97", "chung")), "tinh.yaml")
    for region in (None, "tdmn_phia_bac", "dbsh"):
        found = one.indicator("4.2").level_at(date(2023, 1, 1), region)
        assert not isinstance(found, Absent) and found.value == 97 and found.provincial
    assert one.title_rule == catalogue().get("xa-ntm-2021-2025").title_rule


def test_a_region_of_the_province_leaves_the_others_national():
    one = load_text(provincial(4, "4.2", ("97", "dbsh")), "tinh.yaml")
    own = one.indicator("4.2").level_at(date(2023, 1, 1), "dbsh")
    other = one.indicator("4.2").level_at(date(2023, 1, 1), "tdmn_phia_bac")
    assert not isinstance(own, Absent) and own.provincial and own.value == 97
    assert not isinstance(other, Absent) and not other.provincial and other.value == 95


def test_a_province_fills_what_is_delegated_or_missing():
    roads = load_text(provincial(2, "2.1", ("80", "chung")), "tinh.yaml").indicator("2.1")
    water = load_text(provincial(17, "17.1", ("45", "chung")), "tinh.yaml").indicator("17.1")
    housing = load_text(provincial(9, "9.2", ("85", "chung")), "tinh.yaml").indicator("9.2")
    for indicator, value in ((roads, 80), (water, 45), (housing, 85)):
        for region in (None, "dbsh", "tay_nguyen"):
            found = indicator.level_at(date(2023, 1, 1), region)
            assert not isinstance(found, Absent) and found.value == value


def test_a_new_indicator_must_be_whole():
    text = f'{HEAD}  - number: 9\n    indicators:\n      - code: "9.9"\n        text: Thêm\n'
    with pytest.raises(CriteriaError) as caught:
        load_text(text, "tinh.yaml")
    assert "kind" in caught.value.message and caught.value.line == 14


def test_a_code_of_another_criterion_is_refused():
    with pytest.raises(CriteriaError) as caught:
        load_text(provincial(20, "4.2", ("97", "chung")), "tinh.yaml")
    assert caught.value.line is not None


def test_a_criterion_may_be_added_above_nineteen():
    text = (
        HEAD
        + """\
  - number: 20
    name: Khu dân cư mẫu, vườn mẫu
    check: {verified: false, source: "thử"}
    indicators:
      - code: "20"
        text: Có khu dân cư mẫu
        kind: yes_no
        reference: {instrument: "9/QĐ-UBND"}
        check: {verified: false, source: "thử"}
        levels:
"""
        + LEVEL.format(value="Đạt", regions="chung")
    )
    one = load_text(text, "tinh.yaml")
    assert len(one.criteria) == 20 and one.criterion(20).provincial


def test_merging_keeps_the_days_around():
    national = (level(10),)
    own = (level(20, date(2022, 1, 1), date(2023, 1, 1)),)
    merged = merge_levels(national, own, ())
    assert [(one.value, one.start, one.end) for one in merged] == [
        (20, date(2022, 1, 1), date(2023, 1, 1)),
        (10, None, date(2022, 1, 1)),
        (10, date(2023, 1, 1), None),
    ]
