"""Mang số liệu sang đơn vị kế thừa: each rule, who may, what is refused, the log, and taking back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ntm.domain.assessment.merging import Rule
from ntm.records.audit.models import Entry
from ntm.records.people.authority import Actor, Denied
from ntm.records.standing import registry, services
from ntm.records.standing.models import Observation, UnitStanding
from ntm.records.standing.models.observations import Stage, State
from ntm.records.standing.queries import carrying
from ntm.records.standing.queries.carrying import Weights
from ntm.records.standing.refusals import Refused
from ntm.records.units import queries as units
from ntm.records.units import services as unit_services
from ntm.records.units.models import Change, Succession
from ntm.records.units.services import Decision, Merge, NewUnit

SET = "xa-ntm-2021-2025"
BEFORE, DAY = date(2024, 12, 31), date(2025, 8, 1)
PAPER = "Kế hoạch rà soát sau sắp xếp"
TOLD = {
    "1.1": ("đạt", "đạt"),
    "1.2": ("đạt", "chưa đạt"),
    "10": ("50", "38"),
    "11": ("4", "7"),
    "16": ("90", None),
    "TC3": ("đạt", "đạt"),
}


@pytest.fixture
def office(area: Any, holder: Callable[..., Actor]) -> Actor:
    registry.register_shipped()
    return holder("coordination_office", area.province)


@pytest.fixture
def told(area: Any, office: Actor, holder: Callable[..., Actor]) -> None:
    """Two communes say their figures; income of the first is verified."""
    for place, unit in enumerate((area.commune, area.neighbour)):
        officer = holder("commune_officer", unit)
        for code, values in TOLD.items():
            if values[place]:
                services.record(
                    officer, unit_id=unit, set_code=SET, code=code, as_of=BEFORE, typed=values[place], note="báo cáo"
                )
        services.send(officer, unit_id=unit, set_code=SET, as_of=BEFORE)
    first = Observation.objects.get(unit_id=area.commune, code="10")
    services.verify(holder("sector_officer", area.district, ("10",)), first.pk)


def _merged(area: Any, office: Actor, *sources: int, into: int | None = None) -> int:
    new = None if into else NewUnit("Xã", "Điềm He", "06999")
    asked = Merge(sources or (area.commune, area.neighbour), DAY, Decision("01/NQ-THU", date(2025, 7, 10)), into, new)
    unit_services.merge(office, asked, today=date(2025, 7, 15))
    if into:
        return into
    made = units.by_code("06999", DAY)
    assert made is not None
    return made.pk


def _carry(actor: Actor, unit: int, rule: Rule, **more: Any) -> list[Observation]:
    more = {"decision": PAPER, "on": DAY} | more
    return services.carry_figures(actor, unit_id=unit, set_code=SET, rule=rule, **more)


def test_what_all_met_is_carried_as_the_unit_s_own_word_with_its_sources(area, office, told):
    unit = _merged(area, office)
    made = {one.code: one for one in _carry(office, unit, Rule.ALL_MEET)}
    assert set(made) == {"1.1", "TC3"}
    one = made["1.1"]
    assert (one.stage, one.state, one.as_of, one.typed) == (Stage.SELF, State.SENT, DAY, "đạt")
    assert "Văn An" in one.note and PAPER in one.note and one.carried_from.count() == 2
    entry = Entry.objects.get(verb="observation.carry")
    assert entry.unit_id == unit and "1.1" in entry.detail["codes"]
    assert UnitStanding.objects.filter(unit_id=unit).exists()


def test_the_preview_says_of_each_indicator_what_there_was_and_why_not(area, office, told):
    unit = _merged(area, office)
    found = carrying.preview(unit, registry.by_code(SET), DAY, rule=Rule.ALL_MEET)
    lines = {line.code: line for line in found.lines}
    assert [one.typed if one else None for one in lines["1.2"].had] == ["đạt", "chưa đạt"]
    assert lines["1.2"].fact is None and "Tràng Phái chưa đạt" in lines["1.2"].why
    assert "Tràng Phái chưa có số liệu" in lines["16"].why and "là số" in lines["10"].why
    assert not Observation.objects.filter(unit_id=unit).exists()


def test_a_mean_needs_named_indicators_and_the_office_s_own_weights(area, office, told):
    unit = _merged(area, office)
    weights = Weights("số hộ năm 2023", {area.commune: Decimal(1000), area.neighbour: Decimal(500)})
    with pytest.raises(Refused, match="chọn từng chỉ tiêu"):
        _carry(office, unit, Rule.WEIGHTED, weights=weights)
    with pytest.raises(Refused, match="Nêu trọng số"):
        _carry(office, unit, Rule.WEIGHTED, indicators=["10"])
    (one,) = _carry(office, unit, Rule.WEIGHTED, indicators=["10", "16"], weights=weights)
    assert (one.code, one.value, one.stage) == ("10", Decimal(46), Stage.SELF)
    assert "50 × 1.000" in one.note and "số hộ năm 2023" in one.note
    with pytest.raises(Refused, match="không có chỉ tiêu nào"):  # 16: one unit said nothing; 10: carried already
        _carry(office, unit, Rule.WEIGHTED, indicators=["10", "16"], weights=weights)
    with pytest.raises(Refused, match="không có chỉ tiêu nào"):
        _carry(office, unit, Rule.SUM, indicators=["11"])


def test_a_single_former_unit_s_figures_are_taken_with_their_stage(area, office, told):
    unit = _merged(area, office)
    Succession.objects.filter(predecessor_id=area.neighbour).delete()
    made = {one.code: one for one in _carry(office, unit, Rule.WHOLE)}
    assert set(made) == set(TOLD) and made["10"].typed == "50"
    assert (made["10"].stage, made["10"].state) == (Stage.VERIFIED, State.ACCEPTED)
    assert (made["11"].stage, made["11"].state) == (Stage.SELF, State.SENT)


def test_of_several_none_is_taken_whole_the_one_that_stays_among_them(area, office, told):
    unit = _merged(area, office, into=area.commune)
    assert [one.id for one in carrying.origins(unit, DAY).units] == [area.commune, area.neighbour]
    with pytest.raises(Refused, match="không có chỉ tiêu nào"):
        _carry(office, unit, Rule.WHOLE)


def test_taking_back_leaves_the_unit_without_them_but_not_what_was_verified_since(area, office, told, holder):
    unit = _merged(area, office)
    weights = Weights("số hộ", {area.commune: Decimal(1), area.neighbour: Decimal(1)})
    income, poor = _carry(office, unit, Rule.WEIGHTED, indicators=["10", "11"], weights=weights)
    services.verify(holder("sector_officer", area.province, ("10",)), income.pk)
    with pytest.raises(Refused, match="lý do"):
        services.take_back_carried(office, unit_id=unit, set_code=SET, reason=" ", on=DAY)
    (back,) = services.take_back_carried(office, unit_id=unit, set_code=SET, reason="nhầm số hộ", on=DAY)
    poor.refresh_from_db()
    assert back.pk == poor.pk and poor.state == State.SUPERSEDED
    assert Entry.objects.filter(verb="observation.withdraw", unit_id=unit).count() == 1
    with pytest.raises(Refused, match="đã được thẩm tra"):
        services.take_back_carried(office, unit_id=unit, set_code=SET, reason="nhầm", on=DAY)


def test_strangers_and_unknown_days_are_refused(area, office, told, holder):
    with pytest.raises(Refused, match="không do sắp xếp"):
        _carry(office, area.commune, Rule.ALL_MEET)
    unit = _merged(area, office)
    for who in (
        holder("commune_officer", unit), holder("coordination_office", area.other_province),
        holder("leader", area.province),
    ):  # fmt: skip
        with pytest.raises(Denied):
            _carry(who, unit, Rule.ALL_MEET)
        with pytest.raises(Denied):
            services.take_back_carried(who, unit_id=unit, set_code=SET, reason="x", on=DAY)
    with pytest.raises(Refused, match="văn bản"):
        _carry(office, unit, Rule.ALL_MEET, decision=" ")
    Succession.objects.filter(predecessor_id=area.neighbour).update(main=False)
    with pytest.raises(Refused, match="Chỉ một phần của xã Tràng Phái"):
        _carry(office, unit, Rule.ALL_MEET)
    Change.objects.update(by=DAY)
    with pytest.raises(Refused, match="Ghi ngày và quyết định"):
        _carry(office, unit, Rule.ALL_MEET)
    assert not Observation.objects.filter(unit_id=unit).exists()
