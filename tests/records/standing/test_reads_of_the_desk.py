"""Đọc cho trang đơn vị và bảng: the next set, a family of sets, the office's own word, counts of units."""

from __future__ import annotations

from datetime import date

from ntm.domain.assessment import Outcome
from ntm.records.standing import registry, services
from ntm.records.standing.models.observations import Stage
from ntm.records.standing.queries import choice, matrix
from ntm.records.standing.queries.board import board
from ntm.records.standing.services.importing import ImportRow, import_rows
from ntm.records.standing.services.titles import Decision, grant_title
from ntm.records.units import queries as units
from small_area import AFTER, BEFORE, Area
from standing_world import DAY, HAI_DUONG, World


def _verified(world: World, **facts: bool) -> None:
    rows = [ImportRow(world.unit["thach_loi"], code, fact, "", place="b") for code, fact in facts.items()]
    import_rows(
        world.actor["district"], set_code=HAI_DUONG, as_of=DAY, rows=rows, stage=Stage.VERIFIED, source="csv", file="b"
    )


def test_the_family_of_a_national_set_holds_the_sets_of_provinces_in_force(world: World) -> None:
    national = registry.by_code("xa-ntm-nang-cao-2021-2025")
    codes = {row.code for row in choice.family(national, DAY)}
    assert codes == {national.code, HAI_DUONG, "xa-ntm-nang-cao-bac-giang-2022-2025"}
    assert {row.code for row in choice.family(national, date(2022, 4, 1))} == {national.code}
    assert choice.family(registry.by_code(HAI_DUONG), DAY) == (registry.by_code(HAI_DUONG),)


def test_the_next_set_is_of_the_first_title_not_held(world: World) -> None:
    unit = world.unit["thach_loi"]
    sets = [registry.by_code(code) for code in ("xa-ntm-2021-2025", HAI_DUONG)]
    assert choice.next_of_unit(unit, sets, DAY) == sets[0]
    decision = Decision("1/QĐ", date(2019, 12, 20))
    grant_title(world.actor["province"], unit_id=unit, title_kind="ntm", year=2019, decision=decision)
    assert choice.next_of_unit(unit, sets, DAY) == sets[1]
    assert choice.next_of_unit(unit, [], DAY) is None


def test_the_offices_own_word_is_judged_only_where_it_says_otherwise(world: World) -> None:
    row = registry.by_code(HAI_DUONG)
    _verified(world, TC1=True, TC3=False)
    assert board(world.unit["thach_loi"], row, DAY).own == {}
    who = {"unit_id": world.unit["thach_loi"], "set_code": HAI_DUONG, "as_of": DAY}
    services.record(world.actor["officer"], code="TC3", typed="đạt", note="Báo cáo", **who)
    assert board(world.unit["thach_loi"], row, DAY).own == {}
    services.send(world.actor["officer"], **who)
    seen = board(world.unit["thach_loi"], row, DAY)
    assert (seen.own[1], seen.own[3], seen.own[2]) == (Outcome.MET, Outcome.MET, Outcome.NO_DATA)
    assert {one.criterion.no: one.result.outcome for one in seen.criteria}[3] is Outcome.NOT_MET


def test_a_row_of_the_matrix_knows_whether_anything_stands_and_what_is_new(world: World) -> None:
    row, district = registry.by_code(HAI_DUONG), world.unit["cam_giang"]
    assert not matrix.matrix(district, row, DAY).rows[0].with_data
    _verified(world, TC1=True)
    decision = Decision("1/QĐ", date(2022, 11, 20))
    grant_title(
        world.actor["province"], unit_id=world.unit["thach_loi"], title_kind="ntm", year=2022, decision=decision
    )
    (one,) = matrix.matrix(district, row, DAY).rows
    assert (one.with_data, one.assumed, one.titles, one.new_titles) == (True, False, ("ntm",), ("ntm",))
    assert matrix.matrix(district, row, date(2023, 6, 1)).rows[0].new_titles == ()


def test_units_are_counted_by_level(area: Area) -> None:
    districts, communes = units.counts_by_province(BEFORE)
    assert (districts[area.province], communes[area.province], communes[area.other_province]) == (1, 2, 1)
    assert units.counts_by_province(AFTER)[0] == {}
    assert units.counts_below([area.province], "tinh", BEFORE) == {area.province: {"huyen": 1, "xa": 2, "thon": 2}}
    assert units.counts_below([area.commune], "xa", AFTER) == {area.commune: {"thon": 1}}
