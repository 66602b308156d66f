"""What became of a unit: decision, bounds or doubt; never the code alone."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm.domain.gazetteer import UNSURE, UnknownUnit, became, lineage, predecessors, snapshot, units_on
from ntm.domain.gazetteer.tracing import formed, steps_of
from ntm.domain.gazetteer.transition import transition

Y2018, Y2019, Y2022 = date(2018, 6, 1), date(2019, 10, 6), date(2022, 6, 1)
EVE, REFORM = date(2025, 6, 30), date(2025, 7, 1)


def test_van_an_became_diem_he_which_is_another_unit_on_the_same_code() -> None:
    first, second = lineage("06280", Y2018, date(2026, 1, 1))
    assert first.before and first.before.full_title == "xã Văn An, huyện Văn Quan, tỉnh Lạng Sơn"
    assert first.after and first.after.title == "xã Điềm He"
    assert first.changes == ("merged",) and not first.continues
    assert first.certainty == UNSURE
    assert first.decision and (first.decision.number, first.decision.issued) == ("818/NQ-UBTVQH14", date(2019, 11, 21))
    assert first.on == date(2020, 1, 1)
    assert second.decision and second.decision.number == "1672/NQ-UBTVQH15"
    assert second.on == REFORM and second.certain
    assert [unit.full_title for unit in became("06280", Y2018, REFORM)] == ["xã Điềm He, tỉnh Lạng Sơn"]


def test_thach_loi_became_cam_giang_on_an_old_name_alone() -> None:
    first, second = lineage("10906", Y2019, REFORM)
    assert first.after and first.after.full_title == "thị trấn Cẩm Giang, huyện Cẩm Giàng, tỉnh Hải Dương"
    assert first.certainty == UNSURE and first.decision is None and first.on is None
    assert "Nguồn chưa chắc" in first.note and "chưa có quyết định" in first.note
    assert second.after and second.after.full_title == "xã Cẩm Giang, thành phố Hải Phòng"
    assert second.certain


def test_the_code_of_one_unit_may_pass_to_another() -> None:
    (taken,) = lineage("06298", Y2019, EVE)  # Xuân Mai, whose code Bình Phúc has now
    (kept,) = lineage("06310", Y2019, EVE)  # Bình Phúc itself
    assert taken.changes == ("merged",) and not taken.continues
    assert kept.continues and set(kept.changes) == {"recoded", "enlarged"}
    assert kept.after == taken.after


def test_a_split_names_all_its_targets() -> None:
    split = next(
        code
        for code in snapshot("2025-06-30").codes("xa")
        if len([edge for edge in transition(2).outgoing[code] if edge.basis != "territory"]) > 2
    )
    steps = lineage(split, EVE, REFORM)
    assert len(steps) > 2
    assert all("split" in step.changes for step in steps)
    assert sum(step.main for step in steps) == 1
    assert became(split, EVE, REFORM)[0].code == next(s.after.code for s in steps if s.main and s.after)


def test_an_unconfirmed_pair_is_unsure() -> None:
    steps = lineage("00553", EVE, REFORM)
    second_only = next(step for step in steps if step.after and step.after.code == "00562")
    assert second_only.certainty == UNSURE and "nguồn thứ hai" in second_only.note


def test_a_district_ended_and_its_land_is_named() -> None:
    steps = lineage("184", Y2018, REFORM)
    assert {step.changes for step in steps} == {("ended", "territory")}
    assert {step.decision.number for step in steps if step.decision} == {"203/2025/QH15"}
    assert "xã Điềm He, tỉnh Lạng Sơn" in [unit.full_title for unit in became("184", Y2018, REFORM)]


def test_provinces_merge_under_a_code_that_one_of_them_had() -> None:
    (step,) = lineage("24", Y2018, REFORM)
    assert step.after and step.after.title == "tỉnh Bắc Ninh"
    assert not step.continues and step.changes == ("merged",)
    (stays,) = became("20", Y2018, REFORM)
    assert stays.title == "tỉnh Lạng Sơn" and lineage("20", Y2018, REFORM) == ()


def test_districts_are_followed_through_their_communes() -> None:
    (thu_duc,) = lineage("763", Y2019, Y2022)
    assert thu_duc.after and thu_duc.after.title == "thành phố Thủ Đức" and not thu_duc.continues
    assert {unit.title for unit in became("219", Y2022, EVE)} == {"huyện Lục Ngạn", "thị xã Chũ"}
    assert {unit.code for unit in predecessors("769", Y2022, Y2019)} == {"762", "763", "769"}


def test_a_unit_without_trace_is_said_to_be_without_trace() -> None:
    (step,) = lineage("01408", Y2019, EVE)
    assert step.after is None and step.changes == ("unknown",) and step.certainty == UNSURE
    assert became("01408", Y2019, EVE) == ()


def test_new_units_of_unknown_origin_are_listed() -> None:
    assert {step.after.code for step in formed(transition(0)) if step.after} == {"03002", "03003", "03006"}


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(UnknownUnit):
        lineage("99999", Y2019, REFORM)


def test_a_change_without_a_day_has_bounds() -> None:
    (merged,) = lineage("10906", Y2019, EVE)
    assert merged.on is None and (merged.after_day, merged.by_day) == (date(2021, 1, 1), EVE)


def test_a_decision_counts_from_its_own_day_not_from_the_next_list() -> None:
    assert [step.on for step in lineage("06280", Y2018, date(2020, 6, 30))] == [date(2020, 1, 1)]
    assert [unit.title for unit in became("06280", Y2018, date(2020, 6, 30))] == ["xã Điềm He"]
    assert lineage("10906", Y2018, date(2020, 6, 30)) == ()


def test_a_commune_goes_into_the_town_of_its_own_name() -> None:
    (town,) = lineage("07753", Y2019, Y2022)  # thị trấn Bích Động, whose code went
    (commune,) = lineage("07777", Y2019, Y2022)  # xã Bích Sơn, whose code the town has now
    assert town.continues and town.certainty == UNSURE and "cùng tên" in town.note
    assert not commune.continues and commune.after == town.after


def test_nothing_happens_within_one_list() -> None:
    assert lineage("06280", Y2018, date(2019, 12, 31)) == ()
    assert lineage("06280", Y2022, Y2018) == ()
    assert [unit.code for unit in became("06280", Y2018, date(2019, 12, 31))] == ["06280"]


def test_every_new_commune_of_the_reform_has_predecessors_and_a_resolution() -> None:
    crossing = transition(2)
    assert list(formed(crossing)) == []
    for code in snapshot("2025-06-30").codes("xa"):
        for step in steps_of(crossing, code):
            assert step.after is not None and step.decision is not None and step.on == REFORM


def test_one_unit_is_continued_by_one_at_most() -> None:
    for place in range(4):
        continuing = transition(place).continuing
        assert len(set(continuing.values())) == len(continuing)


def test_the_wards_of_2026_are_one_sources_word() -> None:
    changed = [
        step
        for code in snapshot("2025-07-01").codes("xa")
        for step in steps_of(transition(3), code)
        if "kind" in step.changes
    ]
    assert len(changed) == 22
    assert all(step.decision and not step.decision.verified and step.on is None for step in changed)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(snapshot("2019-10").codes("xa")))
def test_forward_and_backward_agree(code: str) -> None:
    for unit in became(code, Y2019, REFORM):
        assert code in {old.code for old in predecessors(unit.code, REFORM, Y2019)}


def test_lookups_are_quick() -> None:
    listed = units_on(REFORM)
    assert listed is units_on(REFORM)
