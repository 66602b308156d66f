"""The demonstration says what the five plans say: their own figures, from the records as the services left them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from ntm.domain.official.numbers import parse_number
from ntm.faces.cli import demo
from ntm.faces.cli.demonstration import bac_giang, loading, plans
from ntm.faces.cli.demonstration.facts import facts_of, shared
from ntm.records.audit import services as audit
from ntm.records.audit.models import Entry
from ntm.records.people.authority import Actor, actors_of
from ntm.records.people.models import User
from ntm.records.standing import rebuilding, registry
from ntm.records.standing import services as standing
from ntm.records.standing.models import Campaign, Gap, Observation, TitleHeld
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.standing.models.observations import State
from ntm.records.standing.queries import matrix, rollup
from ntm.records.units import queries as units
from ntm.records.units import services as unit_services
from ntm.records.units.services import SystemActor

Y2019, MERGED, Y2020 = date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31)
PROVINCES = ["10", "20", "24", "30"]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[str | None]:
    """The provinces of the five plans and the whole demonstration, once for all tests here."""
    fast = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), fast:
        outer = transaction.atomic()
        outer.__enter__()
        unit_services.load_gazetteer(SystemActor("kiểm thử"), on=date(2026, 11, 1), provinces=PROVINCES)
        yield demo.load_once()
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _plans(loaded: str | None, db: None) -> None:
    """Every test here reads the loaded demonstration."""


def unit(code: str, on: date) -> int:
    found = units.by_code(code, on)
    assert found is not None
    return found.pk


def rolled(code: str, set_code: str, on: date) -> rollup.Rollup:
    return rollup.rollup(unit(code, on), registry.by_code(set_code), on)


def actor(username: str, on: date) -> Actor:
    return actors_of(User.objects.get(username=username), on=on)[0]


def test_a_second_start_finds_nothing_to_do(loaded: str | None) -> None:
    assert loaded == "5 kế hoạch"
    entries = Entry.objects.count()
    assert demo.load_once() == "đã có"
    assert Entry.objects.count() == entries


def test_each_plan_is_known_by_an_account_of_its_own() -> None:
    for plan in plans.PLANS.values():
        assert plan.mark in {one["username"] for one in facts_of(plan.folder)["accounts"]}
    assert demo.NAMES == tuple(plans.PLANS) == tuple(loading.LOADERS)


def test_bac_giang_by_merged_communes() -> None:
    stated = facts_of("bac_giang")["province_stated"]
    for place, day in enumerate((MERGED, Y2020)):
        total = rolled("24", "xa-ntm-bac-giang-2016-2020", day).total
        assert total.units == total.with_data == 184
        assert total.titles["ntm"].cumulative == stated["recognised"][place]
        assert total.average == parse_number(stated["average"][place])
        assert total.low == stated["under_ten"][place]
    assert total.titles["ntm"].new_this_year == 23
    assert (total.titles["nang_cao"].cumulative, total.titles["kieu_mau"].cumulative) == (8, 1)


def test_bac_giang_on_the_last_day_of_2019_has_the_same_figures_over_the_communes_of_that_day() -> None:
    total = rolled("24", "xa-ntm-bac-giang-2016-2020", Y2019).total
    assert (total.units, total.titles["ntm"].cumulative, total.average, total.low) == (204, 101, Decimal("15.8"), 9)


@pytest.mark.parametrize(("place", "day"), [(0, MERGED), (1, Y2020)])
def test_the_ten_districts_of_table_01(place: int, day: date) -> None:
    table = facts_of("bac_giang")["table_01"]
    rows = {row.unit.code: row for row in rolled("24", "xa-ntm-bac-giang-2016-2020", day).rows if row.unit}
    assert set(rows) == set(table)
    for code, stated in table.items():
        row = rows[code]
        assert row.titles["ntm"].cumulative == stated["recognised"][place]
        assert row.low == stated["under_ten"][place]
        assert row.average is not None
        assert abs(row.average - parse_number(stated["average"][place])) <= Decimal("1.6")
        if code in (*facts_of("bac_giang")["certain_districts"], "216"):
            assert row.average == parse_number(stated["average"][place])


def test_what_is_assumed_in_bac_giang_is_marked() -> None:
    certain = set(facts_of("bac_giang")["certain_districts"])
    for row in rolled("24", "xa-ntm-bac-giang-2016-2020", MERGED).rows:
        assert row.unit is not None
        assert row.assumed == (0 if row.unit.code in certain else row.units)
    of_2020 = TitleHeld.objects.filter(level="xa", year=2020, start__lte=Y2020)
    assert of_2020.count() == 23 + 9
    assert not of_2020.filter(assumed=False).exists()
    known = TitleHeld.objects.filter(level="xa", year=2019, title_kind="ntm", assumed=False)
    assert known.count() == 6 + 19 + 15 + 15 + 5  # by whole districts, Tân Yên, and five of the eight elsewhere


def test_communes_of_bac_giang_are_those_of_the_lists() -> None:
    for district, rows in bac_giang.communes()["districts"].items():
        below = units.labels(units.descendant_ids(unit(district, MERGED), MERGED, "xa"), MERGED).values()
        assert {one.code: one.name for one in below if one.kind == "Xã"} == {code: row[0] for code, row in rows.items()}


def test_the_46_villages_and_the_totals_without_names() -> None:
    rows = rolled("24", "thon-ntm-kieu-mau-bac-giang", Y2020)
    assert rows.total.units == rows.total.titles["kieu_mau"].cumulative == 46
    facts = facts_of("bac_giang")
    nine, all_of_them = facts["villages_stated"]["kieu_mau"]
    assert nine + rows.total.units == all_of_them
    for one in facts["villages"]:
        below = units.children(unit(one["commune"], Y2020), Y2020)
        assert one["name"] in {village.name for village in below}


def test_tan_yen_reaches_all_of_its_communes_in_february() -> None:
    titles = [rolled("216", "xa-ntm-bac-giang-2016-2020", day).total for day in (date(2020, 2, 17), date(2020, 2, 29))]
    assert [one.titles["ntm"].cumulative for one in titles] == [15, 20]


def test_van_quan() -> None:
    day = date(2018, 1, 30)
    total = rolled("184", "xa-ntm-2016-2020", day).total
    assert (total.units, total.with_data, total.met_total) == (23, 23, 184)
    assert total.average == Decimal("8.0")
    assert total.titles["ntm"].cumulative == 2
    counts = rollup.criterion_counts(unit("184", day), registry.by_code("xa-ntm-2016-2020"), day)
    assert [counts[no][OutcomeCode.MET] for no in (1, 14, 16, 19)] == [23, 23, 3, 19]


def test_van_mong_meets_what_the_plan_says() -> None:
    day = date(2018, 1, 30)
    table = matrix.matrix(unit("184", day), registry.by_code("xa-ntm-2016-2020"), day)
    row = next(row for row in table.rows if row.unit.name == "Vân Mộng")
    met = [no for no, cell in zip(table.numbers, row.cells, strict=True) if cell.outcome == OutcomeCode.MET]
    assert met == [1, 4, 10, 12, 14, 18, 19]
    assert not any(cell.assumed for cell in row.cells)


def test_si_ma_cai() -> None:
    before, after = (
        rolled("084", "xa-ntm-lao-cai-2022-2025", day).total for day in (date(2024, 1, 31), date(2024, 12, 31))
    )
    assert (before.units, before.met_total, after.met_total) == (9, 136, 150)
    assert after.exact_average is not None
    assert after.exact_average.quantize(Decimal("0.01")) == Decimal("16.67")
    assert after.titles["ntm"].cumulative == 4
    villages = TitleHeld.objects.filter(level="thon", year=2024)
    assert sorted(villages.values_list("title_kind", flat=True)) == ["kieu_mau"] + ["ntm"] * 5


def test_thach_loi_twelve_met_six_not_and_the_income_still_open() -> None:
    day, set_code = date(2022, 12, 31), "xa-ntm-nang-cao-hai-duong-2021-2025"
    table = matrix.matrix(unit("10906", day), registry.by_code(set_code), day)
    (row,) = table.rows
    outcomes = dict(zip(table.numbers, (cell.outcome for cell in row.cells), strict=True))
    assert (row.met, row.not_met, row.no_data) == (12, 6, 1)
    assert outcomes[10] == OutcomeCode.NO_DATA
    assert not any(cell.assumed for cell in row.cells)
    gaps = Gap.objects.filter(unit_id=unit("10906", day))
    assert {gap.criterion_no for gap in gaps} == {2, 5, 6, 8, 10, 13, 17}
    assert sum(gap.cost or 0 for gap in gaps) == facts_of("thach_loi")["cost_stated"]["total"] == 23_800_000_000


def test_the_walk_through_from_59_58_to_the_verified_figure() -> None:
    day, set_code = date(2022, 12, 31), "xa-ntm-nang-cao-hai-duong-2021-2025"
    row, commune, district = registry.by_code(set_code), unit("10906", day), unit("295", day)
    officer, income = actor("xa.thachloi", day), actor("camgiang.thunhap", day)
    asked = Campaign.objects.get(unit_id=district).units.filter(unit_id=commune)
    assert list(asked.values_list("sent_at", flat=True)) == [None]
    typed = standing.record(officer, unit_id=commune, set_code=set_code, code="10", as_of=day, typed="59,58")
    standing.attach(
        officer, typed.pk, content=b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", name="thu-nhap.pdf"
    )
    standing.send(officer, unit_id=commune, set_code=set_code, as_of=day)

    def outcome(basis: Basis) -> OutcomeCode:
        table = matrix.matrix(district, row, day, basis)
        mine = next(one for one in table.rows if one.unit.id == commune)
        return mine.cells[table.numbers.index(10)].outcome

    assert (outcome(Basis.SELF), outcome(Basis.CONFIRMED)) == (OutcomeCode.NOT_MET, OutcomeCode.NO_DATA)
    standing.verify(income, typed.pk)
    assert outcome(Basis.CONFIRMED) == OutcomeCode.NOT_MET
    assert list(asked.exclude(sent_at=None).values_list("unit_id", flat=True)) == [commune]


def test_luong_phong_has_thirteen_villages_eleven_of_them_recognised() -> None:
    total = rolled("07846", "thon-ntm-bac-giang", date(2023, 2, 15)).total
    assert (total.units, total.titles["ntm"].cumulative) == (13, 11)


def test_wards_and_towns_are_not_counted_among_communes() -> None:
    everything = units.descendant_ids(unit("24", MERGED), MERGED, "xa")
    assert len(everything) > 184
    (review,) = Campaign.objects.filter(unit_id=unit("184", date(2018, 1, 30)))
    assert review.units.count() == 23


def test_every_account_signs_in_with_the_shared_password_and_holds_its_offices() -> None:
    told = list(plans.accounts())
    assert len({one.username for one in told}) == len(told) == User.objects.filter(demonstration=True).count()
    for one in told:
        user = User.objects.get(username=one.username)
        assert user.check_password(shared()["password"])
        assert not user.must_change_password
        assert len(actors_of(user, on=date(2017, 1, 1))) == len(one.offices)
    days = {one.username: one.offices[0][1] for one in told}
    held = actor("xa.thachloi", date(2023, 1, 5))
    assert held.demonstration_day == date.fromisoformat(days["xa.thachloi"])
    assert max(len(one.offices) for one in told) == 2


def test_accounts_are_printed_with_their_day_and_password(capsys: pytest.CaptureFixture[str]) -> None:
    demo.print_accounts()
    said = capsys.readouterr().out
    assert "xa.thachloi" in said
    assert "(05/01/2023)" in said
    assert f"Mật khẩu chung: {shared()['password']}" in said


def test_nothing_was_written_past_the_services() -> None:
    assert audit.verify().ok
    sources = set(Observation.objects.exclude(stage=2, answers__isnull=False).values_list("source", flat=True))
    assert sources == {"demo"}
    assert not Observation.objects.filter(state=State.DRAFT).exists()
    assert rebuilding.rebuild(check=True).differences == []
