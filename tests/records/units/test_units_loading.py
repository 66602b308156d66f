"""The lists as history in the database: the facts the offices know, bounds where only lists prove, no second load."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from units_world import Office, Refused

from ntm.domain.gazetteer import units_on
from ntm.records.audit.models import Entry
from ntm.records.units import overlap, queries, services
from ntm.records.units.models import Change, Position, Succession, Unit, UnitCode
from ntm.records.units.services import Loaded, SystemActor, UnitError

Y2018, Y2022, EVE, REFORM = date(2018, 6, 1), date(2022, 6, 1), date(2025, 6, 30), date(2025, 7, 1)
ACTOR = SystemActor("kiểm thử")


@pytest.fixture(autouse=True)
def _country(loaded: Loaded, db: None) -> None:
    """Every test here reads the loaded provinces."""


def unit(code: str, on: date) -> Unit:
    found = queries.by_code(code, on)
    assert found is not None
    return found


def test_the_named_provinces_come_with_those_they_merged_with(loaded: Loaded) -> None:
    assert loaded.groups == 3
    assert {label.name for label in queries.provinces(Y2018)} == {
        "Lạng Sơn", "Bắc Giang", "Bắc Ninh", "Hải Dương", "Hải Phòng",
    }  # fmt: skip
    assert {label.title for label in queries.provinces(REFORM)} == {
        "tỉnh Lạng Sơn",
        "tỉnh Bắc Ninh",
        "thành phố Hải Phòng",
    }


def test_a_second_load_finds_nothing_to_do() -> None:
    before = (Unit.objects.count(), Change.objects.count(), Position.objects.count())
    again = services.load_gazetteer(ACTOR, on=REFORM, provinces=["24"])
    assert (again.units, again.groups, again.skipped) == (0, 0, 1)
    assert (Unit.objects.count(), Change.objects.count(), Position.objects.count()) == before


def test_loading_is_audited_and_tells_its_progress() -> None:
    assert Entry.objects.filter(verb="unit.load").count() == 1
    told: list[tuple[int, int, str]] = []
    services.load_gazetteer(ACTOR, on=REFORM, provinces=["20", "24"], progress=lambda *step: told.append(step))
    assert [step[:2] for step in told] == [(1, 2), (2, 2)]


def test_loading_refuses_a_stranger_and_an_unknown_province() -> None:
    with pytest.raises(Refused):
        services.load_gazetteer(Office(units=set()), on=REFORM)
    with pytest.raises(UnitError, match="Không có tỉnh mang mã 99"):
        services.load_gazetteer(ACTOR, on=REFORM, provinces=["99"])


def test_van_quan_had_23_communes_and_a_town() -> None:
    lower = queries.children(unit("184", Y2018).pk, Y2018)
    assert sorted(label.kind for label in lower) == ["Thị trấn"] + ["Xã"] * 23
    assert lower[9].full_title == "xã Văn An, huyện Văn Quan, tỉnh Lạng Sơn"


def test_bac_giang_had_ten_districts_and_204_communes_in_2018() -> None:
    province = unit("24", Y2018)
    assert len(queries.children(province.pk, Y2018)) == 10
    communes = queries.labels(queries.descendant_ids(province.pk, Y2018, "xa"), Y2018)
    assert sum(label.kind == "Xã" for label in communes.values()) == 204


def test_the_records_say_what_the_lists_say_on_their_days() -> None:
    for on in (Y2018, Y2022, EVE, REFORM, date(2026, 11, 1)):
        listed = units_on(on)
        for province in queries.provinces(on):
            assert province.code is not None
            expected = {(u.code, u.kind, u.parent_code) for u in listed.descendants(province.code)}
            lower = queries.labels(queries.descendant_ids(province.id, on), on).values()
            assert {(u.code, u.kind, u.ancestors[0].code) for u in lower} == expected


def test_van_an_became_diem_he() -> None:
    van_an = unit("06280", Y2018)
    diem_he = unit("06280", Y2022)
    assert van_an.pk != diem_he.pk
    (step, *_later) = queries.lineage(van_an.pk, Y2018, Y2022)
    assert step.after is not None and step.after.title == "xã Điềm He"
    assert (step.decision, step.decided_on) == ("818/NQ-UBTVQH14", date(2019, 11, 21))
    assert step.certainty == "nguồn chưa chắc" and step.known and step.when == "ngày 01/01/2020"
    assert [u.full_title for u in queries.became(van_an.pk, Y2018, REFORM)] == ["xã Điềm He, tỉnh Lạng Sơn"]


def test_thach_loi_became_cam_giang_on_an_old_name_alone() -> None:
    thach_loi = unit("10906", Y2022)
    first, second = queries.lineage(thach_loi.pk, Y2022, REFORM)
    assert first.certainty == "nguồn chưa chắc" and first.decision == "" and not first.known
    assert first.when == "sau ngày 01/01/2021, chậm nhất ngày 30/06/2025, chưa biết ngày"
    assert "tên cũ" in first.note
    assert second.after is not None and second.after.full_title == "xã Cẩm Giang, thành phố Hải Phòng"
    assert second.certain and second.decision == "1669/NQ-UBTVQH15" and second.known
    assert queries.province_code(thach_loi.pk, Y2022) == "30"


def test_binh_phuc_keeps_its_identity_under_the_code_of_xuan_mai() -> None:
    assert unit("06310", Y2018).pk == unit("06298", Y2022).pk
    assert unit("06298", Y2018).pk != unit("06298", Y2022).pk


def test_a_district_ended_and_its_land_is_named() -> None:
    district = unit("184", Y2018)
    assert district.end == REFORM
    assert "xã Điềm He, tỉnh Lạng Sơn" in [u.full_title for u in queries.became(district.pk, Y2018, REFORM)]
    assert {step.decision for step in queries.lineage(district.pk, Y2018, REFORM)} == {"203/2025/QH15"}


def test_what_is_doubtful_in_the_sources_stays_marked() -> None:
    assert Succession.objects.filter(basis="pair_0", certain=False).exists()
    assert Succession.objects.filter(basis="alias_same_district", certain=False).exists()
    assert not Succession.objects.filter(basis__startswith="alias", certain=True).exists()


def test_a_day_between_two_lists_is_not_proven() -> None:
    van_an = unit("06280", Y2018)
    assert "Danh mục sớm nhất" in queries.proof(van_an.pk, Y2018).sentence
    assert queries.proof(van_an.pk, date(2019, 10, 6)).sure
    thach_loi = unit("10906", Y2022)
    assert not queries.proof(thach_loi.pk, date(2024, 6, 1)).sure
    assert "nằm trong khoảng chưa rõ" in queries.proof(thach_loi.pk, date(2024, 6, 1)).sentence
    assert queries.proof(thach_loi.pk, date(2020, 6, 1)).sure


def test_bac_giang_had_184_communes_in_2020_and_a_town_that_keeps_its_identity() -> None:
    province, mid2020 = unit("24", Y2018), date(2020, 6, 30)
    communes = queries.labels(queries.descendant_ids(province.pk, mid2020, "xa"), mid2020)
    assert sum(label.kind == "Xã" for label in communes.values()) == 184
    assert unit("07753", Y2018).pk == unit("07777", Y2022).pk  # thị trấn Bích Động


def test_regions_before_and_after() -> None:
    assert queries.region(unit("06280", Y2018).pk, Y2018) == "tdmn_phia_bac"
    assert queries.region(unit("10906", Y2022).pk, Y2022) == "dbsh"
    assert queries.region(unit("10888", REFORM).pk, REFORM) == "dbsh"
    assert queries.region(unit("24", REFORM).pk, REFORM) is None  # tỉnh Bắc Ninh holds land of two regions
    yen_the = queries.find("Yên Thế", REFORM, level="xa")[0]
    assert queries.region(yen_the.id, REFORM) == "tdmn_phia_bac"


def test_positions_can_be_drawn_again_from_nothing() -> None:
    assert services.check() == []
    Position.objects.filter(level="huyen").delete()
    assert services.check()
    services.redraw(Unit.objects.filter(level="tinh").values_list("pk", flat=True))
    assert services.check() == []


def test_entering_the_decision_gives_the_day(office: Office) -> None:
    """Hải Dương's changes known from two lists only, dated by a decision (made-up number)."""
    province, day = unit("30", Y2018), date(2019, 12, 1)
    undated = queries.undated_changes(province.pk, "2021-2022")
    assert len(undated) > 20 and all("chưa biết ngày" in change.when for change in undated)
    before = len(queries.descendant_ids(province.pk, date(2020, 6, 30), "xa"))
    decision = services.Decision("02/NQ-TEST", date(2019, 10, 16))
    changes = services.date_changes(
        office, [c.pk for c in undated], decision=decision, effective=day, today=REFORM, confirmed=False
    )
    after = len(queries.descendant_ids(province.pk, date(2020, 6, 30), "xa"))
    assert after == len(queries.descendant_ids(province.pk, Y2022, "xa")) < before
    assert services.check() == []
    assert all(change.known and change.decision == "02/NQ-TEST" for change in changes)
    assert Entry.objects.filter(verb="unit.date").count() == 1
    assert queries.undated_changes(province.pk, "2021-2022") == []
    assert Succession.objects.filter(change__in=changes, certain=False).exists()


def test_a_later_day_within_the_bounds_moves_the_other_way(office: Office) -> None:
    province, day = unit("30", Y2018), date(2023, 6, 1)
    undated = [c.pk for c in queries.undated_changes(province.pk, "2021-2022")]
    services.date_changes(office, undated, decision=services.Decision("02/NQ-TEST"), effective=day, today=REFORM)
    eve = date(2023, 5, 31)
    communes = (queries.descendant_ids(province.pk, d, "xa") for d in (Y2018, eve, day))
    first, second, third = (len(found) for found in communes)
    assert first == second > third and services.check() == []
    assert not Succession.objects.filter(change__in=undated, certain=False).exists()


def test_a_day_outside_the_bounds_is_refused(office: Office) -> None:
    province = unit("30", Y2018)
    change = queries.undated_changes(province.pk, "2021-2022")[0]
    decision = services.Decision("02/NQ-TEST")
    for day in (date(2019, 1, 1), date(2024, 1, 1)):
        with pytest.raises(UnitError, match="không khớp với danh mục"):
            services.date_changes(office, [change.pk], decision=decision, effective=day, today=REFORM)
    with pytest.raises(UnitError, match="Chưa ghi số"):
        services.date_changes(office, [change.pk], decision=services.Decision(" "), effective=Y2022, today=REFORM)
    with pytest.raises(UnitError, match="Chưa chọn"):
        services.date_changes(office, [], decision=decision, effective=Y2022, today=REFORM)


def test_a_known_day_is_not_entered_again_and_a_stranger_enters_none(office: Office, stranger: Office) -> None:
    known = Change.objects.filter(on=REFORM).first()
    assert known is not None
    decision = services.Decision("02/NQ-TEST")
    with pytest.raises(UnitError, match="đã biết ngày"):
        services.date_changes(office, [known.pk], decision=decision, effective=REFORM, today=REFORM)
    change = queries.undated_changes(unit("30", Y2018).pk, "2021-2022")[0]
    with pytest.raises(Refused):
        services.date_changes(stranger, [change.pk], decision=decision, effective=date(2020, 1, 1), today=REFORM)


def test_a_listed_change_is_not_undone(office: Office) -> None:
    change = queries.undated_changes(unit("30", Y2018).pk, "2021-2022")[0]
    with pytest.raises(UnitError, match="theo danh mục không huỷ được"):
        services.undo(office, change.pk, today=date(2019, 1, 1), reason="thử")


def test_the_triggers_are_there() -> None:
    assert overlap.present(connection)


def test_no_two_units_have_one_code_on_one_day() -> None:
    rows = list(UnitCode.objects.order_by("code", "start").values_list("code", "start", "end"))
    for (code, _start, end), (next_code, next_start, _end) in pairwise(rows):
        assert code != next_code or (end is not None and end <= next_start)
