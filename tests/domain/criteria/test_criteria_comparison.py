"""Two sets side by side."""

from datetime import date

from ntm.domain.criteria import Change, catalogue, diff
from ntm.domain.criteria.model import Absent


def between(before: str, after: str):
    return diff(catalogue().get(before), catalogue().get(after))


def test_a_set_against_itself_is_unchanged():
    for code in ("xa-ntm-2016-2020", "xa-ntm-kieu-mau-2021-2025"):
        found = between(code, code)
        assert {one.change for one in found.indicators} == {Change.UNCHANGED}
        assert {one.change for one in found.criteria} == {Change.UNCHANGED}
        assert found.before_on == found.after_on


def test_each_set_is_read_on_its_own_day():
    found = between("xa-ntm-2016-2020", "xa-ntm-2021-2025")
    assert (found.before_on, found.after_on) == (date(2020, 12, 31), date(2022, 3, 8))


def test_2016_against_2021():
    found = between("xa-ntm-2016-2020", "xa-ntm-2021-2025")
    by_code = {one.before.code: one for one in found.indicators if one.before}
    insurance = by_code["15.1"]
    assert insurance.change is Change.TIGHTENED and not insurance.guess
    (common,) = (level for level in insurance.levels if level.region is None)
    assert not isinstance(common.before, Absent) and not isinstance(common.after, Absent)
    assert (common.before.value, common.after.value) == (85, 90)
    assert by_code["12"].change is Change.REMOVED
    assert by_code["17.6"].after is not None and by_code["17.6"].after.code == "17.8"
    assert by_code["4.2"].change is Change.LOOSENED  # Tây Nguyên from 98 to 95
    added = {one.after.code for one in found.of(Change.ADDED) if one.after}
    assert {"13.5", "15.4", "17.11", "18.6"} <= added
    assert len(found.of(Change.ADDED)) - len(found.of(Change.REMOVED)) == 57 - 49


def test_a_lower_ceiling_is_tighter():
    found = between("xa-ntm-2021-2025", "xa-ntm-nang-cao-2021-2025")
    poverty = next(one for one in found.indicators if one.before and one.before.code == "11")
    (level,) = (level for level in poverty.levels if level.region == "bac_trung_bo")
    assert level.change is Change.TIGHTENED  # 6.5 to 4 per cent


def test_a_missing_level_is_unknown_not_equal():
    found = between("xa-ntm-2016-2020", "xa-ntm-2021-2025")
    stunting = next(one for one in found.indicators if one.before and one.before.code == "15.3")
    assert stunting.change is Change.UNKNOWN


def test_incomplete_data_do_not_look_like_abolition():
    found = between("xa-ntm-2021-2025", "xa-ntm-2026-2030")
    assert {one.change for one in found.indicators} == {Change.UNKNOWN}
    assert sum(1 for one in found.criteria if one.before is None) == 9


def test_a_province_against_the_nation():
    found = between("xa-ntm-nang-cao-2021-2025", "xa-ntm-nang-cao-hai-duong-2021-2025")
    assert {one.after.code for one in found.of(Change.ADDED) if one.after} == {"8.hd1", "8.hd2"}
    assert not found.of(Change.REMOVED)
    assert not any(one.guess for one in found.indicators)


def test_likeness_of_wording_is_called_a_guess():
    found = between("xa-ntm-2021-2025", "xa-ntm-nang-cao-2021-2025")
    guesses = [one for one in found.indicators if one.guess]
    assert guesses and all(one.before and one.after for one in guesses)


def test_every_indicator_is_in_exactly_one_pair():
    found = between("xa-ntm-2016-2020", "xa-ntm-nang-cao-2021-2025")
    before = [one.before.code for one in found.indicators if one.before]
    after = [one.after.code for one in found.indicators if one.after]
    assert sorted(before) == sorted(indicator.code for _, indicator in found.before.indicators())
    assert sorted(after) == sorted(indicator.code for _, indicator in found.after.indicators())
