"""Vẽ theo cột: the same stored rows as one unit at a time, whatever the figures, places, titles and law."""

from __future__ import annotations

import numpy as np
import pytest
from country_world import CountryWorld, registered

from ntm.records.standing import country, country_keeping, drawing, facts, keeping, rebuilding, registry
from ntm.records.standing.models import CriterionStanding, IndicatorStanding, UnitStanding
from ntm.records.standing.models.intervals import Basis, OutcomeCode

pytestmark = pytest.mark.django_db

SETS = (
    "xa-moi-kieu-thu",
    "xa-ntm-kieu-mau-2021-2025",
    "xa-ntm-nang-cao-hai-duong-2021-2025",
    "xa-ntm-2016-2020",
)


def _apart(world: CountryWorld) -> list[str]:
    return [
        f"{unit} {basis.label} {found}"
        for unit in world.communes
        for basis in Basis
        for found in keeping.differences(unit, world.row, basis)
    ]


def _ids(world: CountryWorld) -> np.ndarray:
    return np.array(world.communes, np.int64)


@pytest.mark.parametrize("code", SETS)
@pytest.mark.parametrize("seed", range(6))
def test_columns_draw_what_one_by_one_draws(code: str, seed: int) -> None:
    world = CountryWorld(seed, registered(code))
    world.observe(60 * (seed + 1))
    assert country.fits(world.criteria_set)
    brought = country_keeping.bring(_ids(world), world.row, tuple(Basis), write=True)
    assert _apart(world) == []
    assert brought.touched == sum(
        model.objects.count() for model in (UnitStanding, CriterionStanding, IndicatorStanding)
    )


@pytest.mark.parametrize("seed", range(6))
def test_columns_mend_only_what_differs_after_figures_came_and_went(seed: int) -> None:
    world = CountryWorld(seed, registered(SETS[seed % 2]))
    world.observe(200)
    country_keeping.bring(_ids(world), world.row, tuple(Basis), write=True)
    before = dict(IndicatorStanding.objects.values_list("pk", "start"))
    world.withdraw(40)
    world.observe(60)
    IndicatorStanding.objects.filter(pk__in=list(before)[:5]).delete()
    CriterionStanding.objects.filter(outcome=OutcomeCode.MET).update(outcome=OutcomeCode.NOT_MET)
    UnitStanding.objects.filter(basis=Basis.SELF).update(end=None, met=18)
    told = country_keeping.bring(_ids(world), world.row, tuple(Basis), write=False)
    assert told.touched == len(told.told) == len(_apart(world)) > 0
    country_keeping.bring(_ids(world), world.row, tuple(Basis), write=True)
    assert _apart(world) == []
    after = dict(IndicatorStanding.objects.values_list("pk", "start"))
    assert len(after.items() & before.items()) > len(after) // 2


@pytest.mark.parametrize("seed", range(3))
def test_what_was_kept_one_by_one_needs_no_mending_by_columns(seed: int) -> None:
    world = CountryWorld(seed, registered(SETS[0]))
    world.observe(250)
    for unit in world.communes:
        keeping.refresh(unit, world.row)
    assert country_keeping.bring(_ids(world), world.row, tuple(Basis), write=False).touched == 0
    assert rebuilding.rebuild(check=True).ok


def test_a_figure_too_long_for_columns_is_judged_exactly_all_the_same() -> None:
    world = CountryWorld(1, registered(SETS[0]))
    world.observe(400)
    world.stretch_one_figure()
    long = [
        line for unit in world.communes for line in [facts.timeline(unit, world.row.pk, Basis.SELF, world.criteria_set)]
    ]
    assert any(
        abs(row.scaled or 0) > country.LARGEST_FIGURE for line in long for rows in line.rows.values() for row in rows
    )
    country_keeping.bring(_ids(world), world.row, tuple(Basis), write=True)
    assert _apart(world) == []


def test_refreshing_many_units_leaves_the_others_alone() -> None:
    world = CountryWorld(3, registered(SETS[0]))
    world.observe(300)
    some, others = world.communes[:25], world.communes[25:]
    assert rebuilding.refresh_units(some, world.row) > 0
    assert not any(keeping.differences(unit, world.row, basis) for unit in some for basis in Basis)
    assert not UnitStanding.objects.filter(unit_id__in=others).exists()


def test_a_rebuild_removes_standing_that_no_figure_carries() -> None:
    world = CountryWorld(4, registered(SETS[0]))
    world.observe(150)
    rebuilding.rebuild(check=False)
    line = UnitStanding.objects.order_by("pk").first()
    assert line is not None
    spurious = CriterionStanding.objects.create(
        unit_id=line.unit_id, set=world.row, basis=Basis.SELF, start="2024-12-25", no=1, outcome=OutcomeCode.MET
    )
    found = rebuilding.rebuild(check=True)
    assert not found.ok and any("từ 25/12/2024" in one for one in found.differences)
    rebuilding.rebuild(check=False)
    assert not CriterionStanding.objects.filter(pk=spurious.pk).exists()
    assert rebuilding.rebuild(check=True).ok


def test_sets_that_count_lower_titles_are_drawn_one_by_one() -> None:
    registry.register_shipped()
    assert not country.fits(registry.content(registry.by_code("huyen-ntm-2021-2025")))


def test_the_days_of_the_set_another_leans_on_are_days_of_its_own_law() -> None:
    registry.register_shipped()
    leaning = registry.resolve("xa-ntm-kieu-mau-2021-2025")
    other = registry.resolve("xa-ntm-nang-cao-2021-2025")
    assert {other.start, other.end} <= drawing.law_dates(leaning)
