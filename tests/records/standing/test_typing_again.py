"""Nhập lại, rút nháp, lấy lại số bị trả; the sheet and what others may not see of it."""

from __future__ import annotations

from datetime import date

import pytest

from ntm.domain.assessment import Outcome
from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied
from ntm.records.standing import registry, services
from ntm.records.standing.models import Observation
from ntm.records.standing.models.observations import State
from ntm.records.standing.queries import campaigns, entering, verification
from ntm.records.standing.queries import sheet as sheets
from ntm.records.standing.refusals import Refused
from standing_world import DAY, HAI_DUONG, World


def _type(world: World, code: str = "10", text: str = "59,58", note: str = "", **more: object) -> Observation:
    return services.record(
        world.actor["officer"],
        unit_id=world.unit["thach_loi"],
        set_code=HAI_DUONG,
        code=code,
        as_of=DAY,
        typed=text,
        note=note,
        **more,  # type: ignore[arg-type]
    )


def _sent(world: World, code: str = "10", text: str = "59,58") -> Observation:
    draft = _type(world, code, text, "Báo cáo của xã")
    services.send(world.actor["officer"], unit_id=world.unit["thach_loi"], set_code=HAI_DUONG, as_of=DAY, codes=[code])
    return Observation.objects.get(pk=draft.pk)


def _sheet(world: World, who: str = "officer") -> sheets.Sheet:
    return sheets.sheet(world.actor[who], world.unit["thach_loi"], registry.by_code(HAI_DUONG), DAY)


def test_the_same_figure_said_twice_is_one_row_and_no_conflict(world: World) -> None:
    first = _type(world, seen=0)
    assert _type(world, seen=0).pk == first.pk
    assert Entry.objects.filter(verb="observation.record").count() == 1


def test_a_draft_is_withdrawn_and_the_sent_figure_stands(world: World) -> None:
    own = _sent(world)
    draft = _type(world, text="80")
    services.withdraw(world.actor["officer"], draft.pk)
    line = _sheet(world).line("10")
    assert line is not None and line.today is not None
    assert (line.today.pk, line.state) == (own.pk, "sent")
    assert Entry.objects.filter(verb="observation.withdraw").count() == 1
    with pytest.raises(Refused, match="không còn là nháp"):
        services.withdraw(world.actor["officer"], own.pk)


def test_nobody_else_withdraws_or_takes_up(world: World) -> None:
    draft = _type(world)
    with pytest.raises(Denied):
        services.withdraw(world.actor["stranger"], draft.pk)
    returned = _sent(world, "11", "1,9")
    services.give_back(world.actor["income"], returned.pk, reason="x")
    with pytest.raises(Denied):
        services.take_up(world.actor["stranger"], returned.pk)
    with pytest.raises(Refused, match="không ở tình trạng bị trả lại"):
        services.take_up(world.actor["officer"], draft.pk)


def test_taking_up_keeps_the_draft_that_is_there_and_adds_the_files_once(world: World) -> None:
    draft = _type(world)
    services.attach(world.actor["officer"], draft.pk, content="Biên bản".encode(), name="a.txt")
    services.send(world.actor["officer"], unit_id=world.unit["thach_loi"], set_code=HAI_DUONG, as_of=DAY)
    services.give_back(world.actor["income"], draft.pk, reason="Sai số")
    _type(world, text="61")
    for _ in range(2):
        again = services.take_up(world.actor["officer"], draft.pk)
    assert again.typed == "61" and again.evidence.count() == 1


def test_the_sheet_counts_what_is_asked_answered_and_lacking(world: World) -> None:
    _type(world)
    _type(world, "11", "1,9", "rà soát hộ nghèo")
    _type(world, "7", "không xét")
    shown = _sheet(world)
    assert shown.answered == 3 and len(shown.drafts) == 3
    assert [line.code for line in shown.lacking] == ["7", "10"]
    assert [line.code for line in shown.ready] == ["11"]
    line = shown.line("7")
    assert line is not None and line.reason_wanted and line.outcome is Outcome.NOT_CONSIDERED


def test_a_draft_over_a_verified_figure_counts_in_what_its_office_sees(world: World) -> None:
    services.verify(world.actor["income"], _sent(world).pk)
    _type(world, text="70")
    line = _sheet(world).line("10")
    assert line is not None and line.outcome is Outcome.MET


def test_another_office_sees_no_draft_on_the_sheet(world: World) -> None:
    _type(world)
    line = _sheet(world, "district").line("10")
    assert line is not None and line.today is None and not line.may_type


def test_parts_of_an_indicator_are_lines_of_their_own(world: World) -> None:
    row, day = registry.by_code("xa-ntm-2016-2020"), date(2018, 12, 31)
    shown = sheets.sheet(world.actor["officer"], world.unit["thach_loi"], row, day)
    whole, part = shown.line("17.1"), shown.line("17.1a")
    assert whole is not None and whole.answer is sheets.Answer.BY_PARTS
    assert part is not None and part.part and part.answer is sheets.Answer.FIGURE


def test_the_day_to_type_is_the_open_review_s(world: World) -> None:
    row = registry.by_code(HAI_DUONG)
    assert entering.entry_day(world.unit["thach_loi"], row, date(2024, 3, 1)).on == date(2023, 12, 31)
    assert entering.entry_day(world.unit["thach_loi"], row, date(2022, 10, 1)).on == date(2022, 10, 1)
    assert entering.entry_day(world.unit["thach_loi"], row, date(2030, 1, 1)).on == date(2026, 2, 14)
    services.open_campaign(
        world.actor["district"],
        title="Rà soát",
        unit_id=world.unit["cam_giang"],
        set_code=HAI_DUONG,
        as_of=DAY,
        due=date(2023, 1, 15),
        on=DAY,
    )
    proposed = entering.entry_day(world.unit["thach_loi"], row, date(2024, 3, 1))
    assert proposed.on == DAY and proposed.campaign is not None


def test_the_province_s_set_stands_before_the_national_one(world: World) -> None:
    codes = [row.code for row in entering.applicable_sets("xa", DAY, "30")]
    assert codes == ["xa-ntm-2021-2025", HAI_DUONG, "xa-ntm-kieu-mau-2021-2025"]


def test_a_verifier_looks_at_the_self_value_also_where_an_older_verified_one_stands(world: World) -> None:
    services.verify(world.actor["income"], _sent(world, text="70").pk)
    again = _sent(world, text="59,58")
    found = verification.group(world.actor["income"], world.unit["thach_loi"], again.set, DAY, DAY)
    assert [(one.observation.pk, one.outcome) for one in found.rows] == [(again.pk, Outcome.NOT_MET)]


def test_lateness_is_counted_from_the_due_day(world: World) -> None:
    made = services.open_campaign(
        world.actor["district"],
        title="Rà soát",
        unit_id=world.unit["cam_giang"],
        set_code=HAI_DUONG,
        as_of=DAY,
        due=date(2023, 1, 15),
        on=DAY,
    )
    type(made).objects.update(opened_at="2023-01-01T08:00:00+07:00")
    made.refresh_from_db()
    assert campaigns.view(made, date(2023, 1, 15)).late == 0
    row = campaigns.view(made, date(2023, 1, 20)).rows[0]
    assert (row.days_late, row.step) == (5, campaigns.Step.IDLE)
    assert Observation.objects.filter(state=State.DRAFT).count() == 0
