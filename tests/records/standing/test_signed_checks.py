"""Chữ ký đối chiếu: what is signed counts as checked in results; what is withdrawn does not; who may sign what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test.utils import CaptureQueriesContext

from ntm.domain.criteria import catalogue
from ntm.records.people import authority
from ntm.records.standing import registry, services
from ntm.records.standing.models import Observation, RegisteredSet
from ntm.records.standing.models.observations import FactKind, Stage, State
from ntm.records.standing.queries import checks
from ntm.records.standing.queries.board import board
from ntm.records.standing.queries.listed_sets import find_indicators, opened, set_lines, sets_citing
from ntm.records.standing.queries.steps import first_steps
from ntm.records.standing.refusals import Refused

SET, HAI_DUONG = "xa-ntm-2021-2025", "xa-ntm-nang-cao-hai-duong-2021-2025"
DAY = date(2023, 6, 1)


@pytest.fixture
def office(area, holder):
    registry.register_shipped()
    return holder("coordination_office", area.province)


def _sign(who, code=SET, no=10, indicator="10", key="", locator="Phụ lục I, trang 5"):
    return services.check_value(
        who, set_code=code, criterion_no=no, indicator_code=indicator, value_key=key, locator=locator, on=DAY
    )


def _levels(code, no, indicator):
    content = registry.content(registry.by_code(code))
    return next(one for path, one in checks.leaves(content.criterion(no).indicators) if one.code == indicator)


def test_a_signed_level_counts_as_checked_in_results(area, office):
    row = registry.by_code(SET)
    key = checks.level_key(next(level for level in _levels(SET, 10, "10").thresholds if level.start.year == 2023))
    Observation.objects.create(
        unit_id=area.commune,
        set=row,
        code="10",
        as_of=DAY,
        stage=Stage.VERIFIED,
        state=State.ACCEPTED,
        kind=FactKind.FIGURE,
        scaled=Observation.scale(Decimal("50")),
        recorded_by_id=office.user_id,
        recorded_at="2023-06-01T08:00:00Z",
        office="thử",
    )
    from ntm.records.units.models import UnitStatus

    UnitStatus.objects.create(unit_id=area.province, kind="region", value="tdmn_phia_bac", start=date(2000, 1, 1))

    def result():
        found = board(area.commune, row, DAY).criteria[9].indicators[0].result
        return found.checked, found.outcome.value, found.threshold.check.source

    assert result()[:2] == (False, "met")
    check = _sign(office, key=key)
    checked, outcome, source = result()
    assert (checked, outcome) == (True, "met")
    assert source.startswith("đã đối chiếu với văn bản: Người thử") and "ngày 01/6/2023" in source
    services.withdraw_check(office, check.pk, reason="nhầm trang", on=DAY)
    assert result()[0] is False
    assert registry.content(row).hash == row.hash


def test_a_page_covers_its_indicators_and_their_levels_and_no_others(office):
    row = registry.by_code(SET)
    before = checks.counts(row)
    _sign(office, no=10, indicator="")
    after = checks.counts(row)
    levels = len(_levels(SET, 10, "10").thresholds)
    assert after.signed == levels and after.unchecked == before.unchecked - levels
    assert after.levels == before.levels
    content = checks.signed_content(row)
    assert all(level.check.verified for level in content.indicator("10").thresholds)
    assert content.criterion(10).check.verified and not content.indicator("1.1").check.verified
    assert checks.checked_keys(row) == {(10, "", "")}


def test_a_provincial_set_takes_over_the_signature_of_the_national_level_it_takes_over(office):
    row = registry.by_code("xa-ntm-bac-giang-2022-2025")
    before = checks.counts(row)
    _sign(office, code=SET, no=10, indicator="10")
    after = checks.counts(row)
    assert before.signed == 0 and after.signed > 0
    assert after.unchecked < before.unchecked


def test_the_common_level_of_a_province_is_signed_with_what_it_is_written_out_for(office):
    one = _levels(HAI_DUONG, 10, "10")
    common = next(level for level in one.thresholds if level.region is None and level.start.year == 2022)
    written_out = [level for level in one.thresholds if level.region and level.start.year == 2022]
    assert written_out and all(checks.common_of(one, level) == common for level in written_out)
    assert checks.common_of(one, replace(written_out[0], value=Decimal("1"))) is None
    _sign(office, code=HAI_DUONG, key=checks.level_key(common))
    counted = checks.counts(registry.by_code(HAI_DUONG))
    assert counted.signed == 1 + len(written_out)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"no": 99, "indicator": ""}, "không có tiêu chí 99"),
        ({"indicator": "11"}, "Tiêu chí 10 không có chỉ tiêu 11"),
        ({"key": "dbsh//1999-01-01"}, "không có mức"),
        ({"locator": "  "}, "Ghi rõ chỗ đã đối chiếu"),
        ({"locator": "x" * 300}, "dài quá 200"),
        ({"indicator": "", "key": "//"}, "Một mức phải thuộc một chỉ tiêu"),
    ],
)
def test_what_is_not_there_is_not_signed(office, given, said):
    with pytest.raises(Refused, match=said):
        _sign(office, **given)


def test_nobody_signs_twice_and_a_reason_is_asked_for(office, holder, area):
    check = _sign(office)
    with pytest.raises(Refused, match="đã ký đối chiếu chỗ này rồi"):
        _sign(office)
    _sign(holder("administrator"))  # another person may
    with pytest.raises(Refused, match="lý do rút"):
        services.withdraw_check(office, check.pk, reason=" ", on=DAY)
    services.withdraw_check(office, check.pk, reason="đọc nhầm", on=DAY)
    _sign(office)
    assert [one.withdrawn_reason for one in checks.signatures(registry.by_code(SET)).withdrawn] == ["đọc nhầm"]


def test_a_sector_signs_its_own_criteria_only(office, holder, area):
    sector = holder("sector_officer", area.district, ("10",))
    _sign(sector)
    with pytest.raises(authority.Denied, match="ký đã đối chiếu"):
        _sign(sector, no=11, indicator="")
    with pytest.raises(authority.Denied):
        _sign(holder("leader", area.province))


def test_the_list_of_sets_says_what_is_in_force_complete_and_checked(office, django_assert_num_queries):
    lines = {line.row.code: line for line in set_lines(DAY)}
    assert len(lines) == len(catalogue().codes())
    hai_duong = lines[HAI_DUONG]
    assert (hai_duong.province, hai_duong.force.value, hai_duong.national) == ("Hải Dương", "yes", False)
    assert lines[SET].content.complete and not lines["huyen-ntm-2021-2025"].content.complete
    assert lines["xa-ntm-2016-2020"].force.value == "no"
    assert lines[SET].counts.unchecked == 217
    with django_assert_num_queries(6):
        set_lines(DAY)


def test_an_opened_set_asks_few_questions(office, django_assert_max_num_queries):
    _sign(office, code=HAI_DUONG)
    with django_assert_max_num_queries(7):
        one = opened(HAI_DUONG, DAY)
    assert one.national is not None and one.national.code == "xa-ntm-nang-cao-2021-2025"
    assert one.signed.of_indicator(10, ("10",)).words.startswith("đã đối chiếu")


def test_the_first_steps_count_what_is_signed(office, django_assert_max_num_queries):
    before = first_steps(DAY)
    _sign(office)
    with django_assert_max_num_queries(8):
        after = first_steps(DAY)
    assert after.unchecked < before.unchecked and after.levels == before.levels and after.signed == 1


def test_indicators_are_found_without_marks_those_in_force_first(office, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = find_indicators("thu nhap binh quan", DAY)
    assert found[0].row.code == SET and found[0].code == "10"
    assert find_indicators("  ", DAY) == []


def test_an_instrument_knows_the_sets_that_cite_it(office):
    cited = {row.code: own for row, own in sets_citing("318/QĐ-TTg")}
    assert cited[SET] is True and HAI_DUONG in cited
    assert sets_citing("không có") == []


def test_one_board_asks_one_question_more_for_signatures(area, office):
    from django.db import connection

    row = registry.by_code(SET)
    board(area.commune, row, DAY)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        board(area.commune, row, DAY)
    assert sum("standing_valuecheck" in one["sql"] for one in queries.captured_queries) == 1
    assert RegisteredSet.objects.filter(code=SET).count() == 1
