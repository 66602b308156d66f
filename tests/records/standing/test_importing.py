"""Nhập hàng loạt: what stands after an import, who may, and that nothing is half-written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from standing_world import DAY, HAI_DUONG, World

from ntm.domain.assessment import Fact
from ntm.records.audit import services as audit
from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied
from ntm.records.standing import rebuilding, registry
from ntm.records.standing.models import Observation
from ntm.records.standing.models.intervals import OutcomeCode
from ntm.records.standing.models.observations import Stage, State
from ntm.records.standing.queries import matrix
from ntm.records.standing.refusals import Refused
from ntm.records.standing.services.importing import Imported, ImportRow, import_rows


def _rows(world: World, *facts: tuple[str, Fact]) -> list[ImportRow]:
    return [
        ImportRow(world.unit["thach_loi"], code, fact, str(fact), place=f"dòng {line}")
        for line, (code, fact) in enumerate(facts, start=2)
    ]


def _import(world: World, who: str, rows: list[ImportRow], stage: Stage = Stage.VERIFIED) -> Imported:
    return import_rows(
        world.actor[who], set_code=HAI_DUONG, as_of=DAY, rows=rows, stage=stage, source="csv", file="bieu.csv"
    )


def test_verified_rows_stand_at_once_and_the_log_holds_their_digest(world: World) -> None:
    done = _import(world, "district", _rows(world, ("TC1", True), ("TC2", False), ("10", Decimal("70"))))
    assert (done.written, done.unchanged, done.superseded) == (3, 0, 0)
    table = matrix.matrix(world.unit["cam_giang"], registry.by_code(HAI_DUONG), DAY)
    cells = {no: c.outcome for no, c in zip(table.numbers, table.rows[0].cells, strict=True)}
    assert (cells[1], cells[2], cells[10]) == (OutcomeCode.MET, OutcomeCode.NOT_MET, OutcomeCode.MET)
    entry = Entry.objects.get(verb="observation.import")
    assert entry.detail["count"] == 3 and audit.verify().ok


def test_the_same_file_twice_writes_nothing_new(world: World) -> None:
    rows = _rows(world, ("TC1", True), ("10", Decimal("70")))
    _import(world, "district", rows)
    again = _import(world, "district", rows)
    assert (again.written, again.unchanged) == (0, 2)
    assert Observation.objects.count() == 2


def test_a_yes_is_not_the_figure_one(world: World) -> None:
    _import(world, "district", _rows(world, ("10", Decimal(1))))
    changed = _import(world, "district", _rows(world, ("10", True)))
    assert changed.written == 1


def test_a_corrected_row_supersedes_and_keeps_the_old_one(world: World) -> None:
    _import(world, "district", _rows(world, ("10", Decimal("60"))))
    done = _import(world, "district", _rows(world, ("10", Decimal("66"))))
    assert done.superseded == 1
    states = Observation.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.SUPERSEDED, State.ACCEPTED]


def test_an_officers_own_rows_become_drafts_and_do_not_stand(world: World) -> None:
    _import(world, "officer", _rows(world, ("TC1", True)), Stage.SELF)
    assert Observation.objects.get().state == State.DRAFT
    table = matrix.matrix(world.unit["cam_giang"], registry.by_code(HAI_DUONG), DAY)
    assert table.met == 0


@pytest.mark.parametrize("who", ["stranger", "officer", "leader"])
def test_who_may_not_verify_may_not_import_verified_rows(world: World, who: str) -> None:
    with pytest.raises(Denied):
        _import(world, who, _rows(world, ("TC1", True)))
    assert not Observation.objects.exists()


def test_a_row_given_twice_is_refused_with_both_places_and_nothing_is_written(world: World) -> None:
    with pytest.raises(Refused, match=r"dòng 2 và dòng 3"):
        _import(world, "district", _rows(world, ("TC1", True), ("TC1", False)))
    assert not Observation.objects.exists()


def test_an_unknown_code_is_refused_by_name(world: World) -> None:
    with pytest.raises(Refused, match=r"99\.9"):
        _import(world, "district", _rows(world, ("99.9", True)))


def test_a_rebuild_from_nothing_finds_the_same_intervals(world: World) -> None:
    _import(world, "district", _rows(world, ("TC1", True), ("TC2", False), ("10", Decimal("65"))))
    assert rebuilding.rebuild(check=True).ok


def test_a_rebuild_finds_and_mends_a_row_that_somebody_changed(world: World) -> None:
    from ntm.records.standing.models import CriterionStanding

    _import(world, "district", _rows(world, ("TC1", True)))
    CriterionStanding.objects.filter(no=1).update(outcome=OutcomeCode.NOT_MET)
    found = rebuilding.rebuild(check=True)
    assert not found.ok
    rebuilding.rebuild(check=False)
    assert rebuilding.rebuild(check=True).ok
