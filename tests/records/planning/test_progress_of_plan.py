"""A plan's targets and cells against standing on a day: what is reached, behind, unknown; nothing is invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import plan_world
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from plan_world import SET, World

from ntm.domain.targets import State
from ntm.domain.targets.pace import Outlook
from ntm.records.planning.models import CriterionCell, Plan, PlanTarget, TargetShare
from ntm.records.planning.queries.cell_progress import CellState
from ntm.records.planning.queries.progress import TargetProgress, plan_progress
from ntm.records.standing import registry, services
from ntm.records.standing.models import TitleHeld
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.models.observations import Stage
from ntm.records.standing.services.importing import ImportRow, import_rows

START, JUNE, LATE = date(2017, 12, 31), date(2018, 6, 30), date(2018, 11, 30)
D = Decimal


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return plan_world.build(area, holder)


@pytest.fixture
def plan(world: World) -> Plan:
    """Văn An meets 3 and gains 6 in June; Tràng Phái meets 12 and loses one in June."""
    a, b = world.area.commune, world.area.neighbour
    _says(world, a, START, met=[1, 2, 3], not_met=[6, 10, 17])
    _says(world, b, START, met=list(range(1, 13)), not_met=[13])
    _says(world, a, JUNE, met=[6])
    _says(world, b, JUNE, not_met=[12])
    return plan_world.plan(world)


def _says(world: World, unit: int, on: date, met: Sequence[int] = (), not_met: Sequence[int] = ()) -> None:
    """Verified conclusions of whole criteria."""
    rows = [ImportRow(unit, f"TC{no}", no in met, "", place="b") for no in (*met, *not_met)]
    import_rows(
        world.writer, set_code=SET, as_of=on, rows=rows, stage=Stage.VERIFIED, source="csv", file=f"{unit}-{on}"
    )


def _own_word(world: World, code: str, on: date) -> None:
    """Văn An's officer says it and sends it; nobody has verified it."""
    who = {"unit_id": world.area.commune, "set_code": SET, "as_of": on}
    services.record(world.commune, code=code, typed="đạt", note="Báo cáo của xã", **who)
    services.send(world.commune, **who)


def _figure(world: World, unit: int, code: str, on: date, value: str) -> None:
    rows = [ImportRow(unit, code, D(value), value, place="b")]
    import_rows(
        world.writer, set_code=SET, as_of=on, rows=rows, stage=Stage.VERIFIED, source="csv", file=f"{code}-{on}"
    )


def _target(plan: Plan, subject: str, mode: str, value: str | None, **more: Any) -> PlanTarget:
    values = {"what": f"{subject} {mode}", "op": "=", "value": value, "due": date(2018, 12, 31)} | more
    return PlanTarget.objects.create(plan=plan, subject=subject, mode=mode, **values)


def _title(world: World, unit: int, year: int, start: date, end: date | None = None) -> TitleHeld:
    return TitleHeld.objects.create(
        unit_id=unit, level="xa", title_kind="ntm", year=year, start=start, end=end,
        recorded_by_id=world.writer.user_id, office="thử", recorded_at="2018-01-01T08:00:00+07:00",
    )  # fmt: skip


def _one(plan: Plan, on: date, **more: Any) -> TargetProgress:
    (row,) = plan_progress(plan.pk, on, **more).rows
    return row


@pytest.mark.parametrize(
    ("subject", "mode", "value", "more", "on", "state", "actual"),
    [
        ("criteria", "gain", "2", {}, JUNE, State.ON_THE_WAY, "1"),
        ("criteria", "gain", "1", {}, JUNE, State.REACHED, "1"),
        ("criteria", "total", "15", {}, START, State.REACHED, "15"),
        (
            "criteria",
            "gain",
            "1",
            {"op": ">=", "what": "Mỗi xã tăng từ 1 tiêu chí trở lên"},
            JUNE,
            State.ON_THE_WAY,
            "1",
        ),
        ("criterion", "gain", "2", {"criterion_no": 6}, JUNE, State.ON_THE_WAY, "1"),
        ("criterion", "total", "1", {"criterion_no": 12}, JUNE, State.ON_THE_WAY, "0"),
        ("criterion", "keep", "1", {"criterion_no": 12}, JUNE, State.BEHIND, "0"),
        ("average", "total", "7.5", {}, JUNE, State.REACHED, "7.5"),
        ("average", "gain", "1", {}, LATE, State.BEHIND, "0"),
        ("under", "total", "0", {"bound": 10}, JUNE, State.ON_THE_WAY, "1"),
        ("under", "gain", "1", {"bound": 10}, JUNE, State.ON_THE_WAY, "0"),
        ("indicator", "total", "95", {"indicator_code": "15.1"}, JUNE, State.NO_DATA, None),
        ("metric", "total", "30", {"metric": "ocop"}, JUNE, State.NO_DATA, None),
    ],
)
def test_each_kind_of_target(
    plan: Plan, subject: str, mode: str, value: str, more: dict[str, Any], on: date, state: State, actual: str | None
) -> None:
    _target(plan, subject, mode, value, **more)
    found = _one(plan, on)
    assert (found.state, found.progress.actual) == (state, D(actual) if actual else None), found.progress.sentence


def test_titles_new_kept_and_cumulative(plan: Plan, world: World) -> None:
    a, b = world.area.commune, world.area.neighbour
    _title(world, b, 2016, date(2016, 12, 1), date(2018, 5, 1))
    modes = (("gain", "1"), ("keep", "1"), ("total", "2"))
    gain, keep, total = (_target(plan, "title", mode, value, title_level="xa") for mode, value in modes)
    TargetShare.objects.create(target=gain, unit_id=a)
    before = {row.row.pk: row for row in plan_progress(plan.pk, date(2018, 4, 1)).rows}
    assert [before[t.pk].state for t in (gain, keep, total)] == [State.ON_THE_WAY, State.REACHED, State.ON_THE_WAY]
    assert before[gain.pk].left == ("Văn An",)
    _title(world, a, 2018, date(2018, 6, 1))
    after = {row.row.pk: row for row in plan_progress(plan.pk, JUNE).rows}
    assert (after[gain.pk].state, after[gain.pk].reached) == (State.REACHED, ("Văn An",))
    assert (after[keep.pk].state, after[keep.pk].lost) == (State.BEHIND, ("Tràng Phái",))
    assert after[total.pk].progress.actual == 1
    _title(world, b, 2017, date(2018, 6, 2))
    assert {r.row.pk: r for r in plan_progress(plan.pk, JUNE).rows}[gain.pk].progress.actual == 1, (
        "a title's own year counts"
    )


def test_a_communes_own_figure_has_a_pace_once_there_are_three(world: World) -> None:
    unit = world.area.commune
    own = plan_world.plans.open_plan(world.commune, unit_id=unit, kind="ntm", year=2018, on=plan_world.ON)
    own.set = registry.by_code(SET)
    own.save()
    _target(own, "metric", "total", "92", metric="insurance", measure="%")
    for on, value in ((START, "80"), (date(2018, 3, 31), "84"), (JUNE, "85")):
        _figure(world, unit, "15.1", on, value)
    found = _one(own, JUNE)
    assert (found.progress.actual, found.progress.remaining) == (D(85), D(7))
    assert found.pace is not None
    assert found.pace.outlook is not Outlook.UNKNOWN
    early = _one(own, date(2018, 4, 1))
    assert early.pace is not None
    assert early.pace.outlook is Outlook.UNKNOWN
    assert "chưa đủ số liệu để dự báo" in early.pace.sentence


def test_shares_of_people_are_never_averaged_over_communes(plan: Plan, world: World) -> None:
    _target(plan, "metric", "total", "95", metric="insurance", measure="%")
    _figure(world, world.area.commune, "15.1", JUNE, "90")
    found = _one(plan, JUNE)
    assert found.state is State.NO_DATA
    assert "1/2 đơn vị có số riêng, đều 90" in found.progress.sentence


def test_what_a_register_counts_is_taken_and_nothing_else(plan: Plan) -> None:
    _target(plan, "metric", "gain", "10", metric="training", measure="lớp")
    assert "sổ theo dõi chưa có số" in _one(plan, JUNE).progress.sentence
    counted = _one(plan, JUNE, counted={"training": D(4)})
    assert (counted.state, counted.progress.actual) == (State.ON_THE_WAY, D(4))


def test_without_a_start_no_gain_is_claimed(world: World) -> None:
    empty = plan_world.plan(world)
    _says(world, world.area.commune, JUNE, met=[6])
    _target(empty, "criteria", "gain", "1")
    assert _one(empty, LATE).state is State.NO_DATA
    assert "đầu kỳ" in _one(empty, LATE).progress.sentence


def test_cells_promised_against_met(plan: Plan, world: World) -> None:
    a, b = world.area.commune, world.area.neighbour
    wanted = (
        (a, 6, "gain", None),
        (a, 10, "gain", JUNE),
        (a, 17, "gain", None),
        (b, 12, "keep", None),
        (b, 13, "gain", None),
    )
    for unit, no, mode, due in wanted:
        CriterionCell.objects.create(plan=plan, unit_id=unit, criterion_no=no, mode=mode, due=due)
    table = plan_progress(plan.pk, LATE).cells
    assert {key: line.state for key, line in table.at.items()} == {
        (a, 6): CellState.MET,
        (a, 10): CellState.LATE,
        (a, 17): CellState.OPEN,
        (b, 12): CellState.LOST,
        (b, 13): CellState.OPEN,
    }
    assert (table.total, table.of_unit(a), table.of_criterion(6)) == ((5, 1), (3, 1), (1, 1))
    assert [unit.name for unit in table.units] == ["Văn An", "Tràng Phái"]  # by their codes


def test_one_visit_away(plan: Plan, world: World) -> None:
    a, b = world.area.commune, world.area.neighbour
    CriterionCell.objects.create(plan=plan, unit_id=a, criterion_no=10)
    CriterionCell.objects.create(plan=plan, unit_id=b, criterion_no=13)
    assert plan_progress(plan.pk, JUNE).near == (), "nobody has said anything of their indicators"
    _own_word(world, "TC10", date(2018, 5, 1))
    (near,) = plan_progress(plan.pk, JUNE).near
    assert (near.unit.name, near.waiting, near.lacking) == ("Văn An", ("tiêu chí 10",), ())
    assert near.sentence == "xã Văn An: chờ thẩm tra tiêu chí 10."
    rows = [ImportRow(b, "13.1", True, "", place="b"), ImportRow(b, "13.2", False, "", place="b")]
    import_rows(world.writer, set_code=SET, as_of=JUNE, rows=rows, stage=Stage.VERIFIED, source="csv", file="c")
    found = {one.unit.name: one for one in plan_progress(plan.pk, JUNE).near}
    assert found["Tràng Phái"].lacking == ("13.2",)
    assert "chỉ còn chỉ tiêu 13.2" in found["Tràng Phái"].sentence


def test_the_offices_own_word_is_another_basis(plan: Plan, world: World) -> None:
    _target(plan, "criterion", "gain", "1", criterion_no=17)
    _own_word(world, "TC17", date(2018, 5, 1))
    assert _one(plan, JUNE).state is State.ON_THE_WAY
    assert _one(plan, JUNE, basis=Basis.SELF).state is State.REACHED


def test_queries_do_not_grow_with_units_and_targets(plan: Plan, world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            plan_progress(plan.pk, JUNE)
        return len(asked)

    _target(plan, "criteria", "gain", "2")
    CriterionCell.objects.create(plan=plan, unit_id=world.area.commune, criterion_no=10)
    few = queries()
    for no in range(1, 10):
        _target(plan, "criterion", "gain", "1", criterion_no=no)
        CriterionCell.objects.create(plan=plan, unit_id=world.area.neighbour, criterion_no=no + 9)
    assert queries() == few <= 25
