"""Tác động khi đổi bộ, from confirmed figures of an area."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ntm.domain.assessment.impact import Effect
from ntm.records.people import authority
from ntm.records.standing import registry
from ntm.records.standing.models import Observation
from ntm.records.standing.models.observations import FactKind, Stage, State
from ntm.records.standing.queries.impact import impact_of
from ntm.records.standing.refusals import Refused
from ntm.records.units.models import UnitStatus

OLD, NEW = "xa-ntm-2016-2020", "xa-ntm-2021-2025"
DAY = date(2020, 6, 1)


@pytest.fixture
def figures(area, holder):
    """Income of two communes: 37 and 60 million; the law asked 36 there in 2020 and 39 in 2022."""
    registry.register_shipped()
    UnitStatus.objects.create(unit_id=area.province, kind="region", value="tdmn_phia_bac", start=date(2000, 1, 1))
    who = holder("coordination_office", area.province)
    row = registry.by_code(OLD)

    def put(unit, value, state=State.ACCEPTED, stage=Stage.VERIFIED):
        Observation.objects.create(
            unit_id=unit,
            set=row,
            code="10",
            as_of=date(2020, 1, 1),
            stage=stage,
            state=state,
            kind=FactKind.FIGURE,
            scaled=Observation.scale(Decimal(value)),
            recorded_by_id=who.user_id,
            recorded_at="2020-06-01T08:00:00Z",
            office="thử",
        )

    put(area.commune, "37")
    put(area.neighbour, "60")
    put(area.stranger, "10", State.SENT, Stage.SELF)
    return who


def test_who_loses_income_is_named_with_the_reason(area, figures, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        report = impact_of(figures, OLD, NEW, area.province, DAY)
    by_unit = {line.label.id: line for line in report.lines}
    assert set(by_unit) == {area.commune, area.neighbour} and report.without == 0
    lost = by_unit[area.commune].lost
    assert [one.after.no for one in lost] == [10]
    assert "39" in lost[0].reasons[0] and "318/QĐ-TTg" in lost[0].reasons[0]
    assert by_unit[area.neighbour].lost == ()
    assert report.lines[0].label.id == area.commune  # who loses most stands first
    income = next(one for one in report.criteria if one.after and one.after.no == 10)
    assert income.effects[Effect.LOST] == 1 and income.effects[Effect.SAME] == 1


def test_one_unit_and_a_district_may_be_asked_for(area, figures):
    assert len(impact_of(figures, OLD, NEW, area.commune, DAY).lines) == 1
    assert len(impact_of(figures, OLD, NEW, area.district, DAY).lines) == 2


def test_figures_that_nobody_confirmed_count_for_nothing(area, figures, holder):
    report = impact_of(holder("leader", area.other_province), OLD, NEW, area.other_province, DAY)
    assert report.lines == () and report.without == 1 and report.elsewhere == ()


def test_incomplete_data_are_said_plainly(area, figures):
    report = impact_of(figures, OLD, "xa-ntm-2026-2030", area.province, DAY)
    assert any("xa-ntm-2026-2030 chưa đủ" in warning for warning in report.warnings)
    assert all(one.effect is not Effect.GAINED for line in report.lines for one in line.impact.criteria)


def test_figures_under_another_set_are_pointed_to(area, figures):
    report = impact_of(figures, NEW, "xa-ntm-2026-2030", area.province, date(2023, 1, 1))
    assert report.lines == () and report.elsewhere == ((OLD, 2),)


def test_sets_of_two_levels_and_areas_without_units_are_refused(area, figures):
    with pytest.raises(Refused, match="hai cấp khác nhau"):
        impact_of(figures, OLD, "tinh-ntm-2021-2025", area.province, DAY)
    with pytest.raises(Refused, match="không có đơn vị nào"):
        impact_of(figures, OLD, NEW, area.village, DAY)


def test_a_viewer_asks_of_his_own_area_only(area, figures, holder):
    viewer = holder("viewer", area.other_province)
    with pytest.raises(authority.Denied):
        impact_of(viewer, OLD, NEW, area.province, DAY)
