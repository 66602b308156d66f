"""Đường đi của một con số: typed, sent with evidence, verified; and what the district's table shows."""

from __future__ import annotations

from datetime import date

import pytest
from standing_world import DAY, HAI_DUONG, World

from ntm.domain.assessment import Outcome
from ntm.records.audit import services as audit
from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied
from ntm.records.standing import registry, services
from ntm.records.standing.models import Observation
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.standing.models.observations import State
from ntm.records.standing.queries import board, matrix, rollup
from ntm.records.standing.refusals import Conflict, Refused


def _type(world: World, typed: str = "59,58", code: str = "10", **more: object) -> Observation:
    return services.record(
        world.actor["officer"],
        unit_id=world.unit["thach_loi"],
        set_code=HAI_DUONG,
        code=code,
        as_of=DAY,
        typed=typed,
        **more,  # type: ignore[arg-type]
    )


def _sent(world: World, typed: str = "59,58") -> Observation:
    observation = _type(world, typed)
    services.attach(world.actor["officer"], observation.pk, content="Biên bản điều tra".encode(), name="bien-ban.txt")
    services.send(world.actor["officer"], unit_id=world.unit["thach_loi"], set_code=HAI_DUONG, as_of=DAY)
    observation.refresh_from_db()
    return observation


def _outcome(world: World, basis: Basis, *, drafts: bool = False) -> tuple[Outcome, str]:
    shown = board.board(world.unit["thach_loi"], registry.by_code(HAI_DUONG), DAY, basis, with_drafts=drafts)
    criterion = next(one for one in shown.criteria if one.criterion.no == 10)
    result = criterion.indicators[0].result
    assert result is not None
    return criterion.result.outcome, result.explanation


def test_a_draft_is_judged_for_its_office_and_for_nobody_else(world: World) -> None:
    _type(world)
    outcome, explanation = _outcome(world, Basis.SELF, drafts=True)
    assert outcome is Outcome.NOT_MET
    assert "59,58" in explanation and "64" in explanation and "2581/QĐ-UBND" in explanation
    assert _outcome(world, Basis.SELF)[0] is Outcome.NO_DATA
    assert _outcome(world, Basis.CONFIRMED)[0] is Outcome.NO_DATA


def test_sending_without_evidence_is_refused_and_names_the_indicator(world: World) -> None:
    _type(world)
    with pytest.raises(Refused, match="chỉ tiêu 10 chưa có minh chứng"):
        services.send(world.actor["officer"], unit_id=world.unit["thach_loi"], set_code=HAI_DUONG, as_of=DAY)


def test_a_reason_may_stand_for_evidence(world: World) -> None:
    _type(world, note="Số liệu do Chi cục Thống kê công bố")
    services.send(world.actor["officer"], unit_id=world.unit["thach_loi"], set_code=HAI_DUONG, as_of=DAY)
    assert _outcome(world, Basis.SELF)[0] is Outcome.NOT_MET


def test_a_sent_figure_stands_as_the_communes_word_and_not_yet_as_confirmed(world: World) -> None:
    _sent(world)
    row = registry.by_code(HAI_DUONG)
    own = matrix.matrix(world.unit["cam_giang"], row, DAY, Basis.SELF)
    place = own.numbers.index(10)
    cell = next(r for r in own.rows if r.unit.id == world.unit["thach_loi"]).cells[place]
    assert (cell.outcome, cell.unconfirmed) == (OutcomeCode.NOT_MET, True)
    confirmed = matrix.matrix(world.unit["cam_giang"], row, DAY)
    assert confirmed.not_met_by_criterion[place] == 0


def test_a_verified_figure_changes_the_matrix_the_roll_up_and_the_log(world: World) -> None:
    observation = _sent(world, "70")
    services.verify(world.actor["income"], observation.pk)
    row = registry.by_code(HAI_DUONG)
    table = matrix.matrix(world.unit["cam_giang"], row, DAY)
    assert table.met_by_criterion[table.numbers.index(10)] == 1
    total = rollup.rollup(world.unit["hai_duong"], row, DAY).total
    assert (total.units, total.with_data, total.met_total) == (1, 1, 1)
    assert Entry.objects.filter(verb="observation.verify", unit_id=world.unit["thach_loi"]).count() == 1
    assert audit.verify().ok


def test_the_level_of_the_next_year_applies_from_its_first_day(world: World) -> None:
    observation = _sent(world, "65")
    services.verify(world.actor["income"], observation.pk)
    row = registry.by_code(HAI_DUONG)
    for day, expected in ((date(2022, 12, 31), OutcomeCode.MET), (date(2023, 1, 1), OutcomeCode.NOT_MET)):
        table = matrix.matrix(world.unit["cam_giang"], row, day)
        mine = next(r for r in table.rows if r.unit.id == world.unit["thach_loi"])
        assert mine.cells[table.numbers.index(10)].outcome == expected, day


def test_a_verifier_who_finds_otherwise_must_say_why(world: World) -> None:
    observation = _sent(world, "70")
    with pytest.raises(Refused, match="ghi lý do"):
        services.verify(world.actor["income"], observation.pk, typed="61")
    found = services.verify(world.actor["income"], observation.pk, typed="61", note="Phiếu điều tra cộng sai")
    observation.refresh_from_db()
    assert (found.answers_id, observation.state, observation.typed) == (observation.pk, State.ACCEPTED, "70")
    assert _outcome(world, Basis.CONFIRMED)[0] is Outcome.NOT_MET


def test_a_returned_figure_no_longer_stands_and_is_corrected_by_a_new_one(world: World) -> None:
    observation = _sent(world)
    services.give_back(world.actor["income"], observation.pk, reason="Thiếu biên bản của thôn 2")
    assert _outcome(world, Basis.SELF)[0] is Outcome.NO_DATA
    corrected = _sent(world, "66")
    observation.refresh_from_db()
    assert observation.state == State.SUPERSEDED and corrected.state == State.SENT
    assert Observation.objects.filter(code="10").count() == 2


@pytest.mark.parametrize(
    ("who", "deed"), [("stranger", "record"), ("roads", "verify"), ("officer", "verify"), ("roads", "give_back")]
)
def test_a_stranger_is_refused_with_a_sentence(world: World, who: str, deed: str) -> None:
    observation = _sent(world)
    with pytest.raises(Denied) as refusal:
        if deed == "record":
            services.record(
                world.actor[who],
                unit_id=world.unit["thach_loi"],
                set_code=HAI_DUONG,
                code="10",
                as_of=DAY,
                typed="70",
            )
        elif deed == "verify":
            services.verify(world.actor[who], observation.pk)
        else:
            services.give_back(world.actor[who], observation.pk, reason="x")
    assert len(str(refusal.value)) > 20


def test_a_figure_is_not_verified_twice_nor_returned_once_accepted(world: World) -> None:
    observation = _sent(world)
    services.verify(world.actor["income"], observation.pk)
    with pytest.raises(Refused, match="đã nhận"):
        services.verify(world.actor["income"], observation.pk)
    with pytest.raises(Refused, match="đã nhận"):
        services.give_back(world.actor["income"], observation.pk, reason="muộn")


def test_two_people_on_one_figure_do_not_overwrite_each_other(world: World) -> None:
    first = _type(world, "59,58", seen=0)
    with pytest.raises(Conflict) as conflict:
        _type(world, "61", seen=0)
    assert conflict.value.observation_id == first.pk
    assert "59,58" in str(conflict.value)


def test_a_draft_over_a_sent_figure_hides_nothing_until_it_is_sent(world: World) -> None:
    _sent(world)
    _type(world, "80")
    assert _outcome(world, Basis.SELF)[0] is Outcome.NOT_MET
    assert _outcome(world, Basis.SELF, drafts=True)[0] is Outcome.MET


@pytest.mark.parametrize("typed", ["08/09", "nhiều", "1,2,3"])
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(world: World, typed: str) -> None:
    with pytest.raises(ValueError, match=typed):
        _type(world, typed)
    assert not Observation.objects.exists()


def test_an_appraised_figure_stands_over_the_verified_one(world: World) -> None:
    verified = services.verify(world.actor["income"], _sent(world, "70").pk)
    services.appraise(world.actor["council"], verified.pk, typed="63,9", note="Hội đồng kiểm tra lại")
    outcome, explanation = _outcome(world, Basis.CONFIRMED)
    assert outcome is Outcome.NOT_MET and "63,9" in explanation
