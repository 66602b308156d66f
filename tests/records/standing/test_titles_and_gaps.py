"""Danh hiệu, hạng mục còn thiếu, rà soát, đối chiếu: each verb works, refuses, and is logged."""

from __future__ import annotations

from datetime import date

import pytest

from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied
from ntm.records.standing import registry, services
from ntm.records.standing.models import Gap, TitleHeld, UnitStanding
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.queries import board, rollup
from ntm.records.standing.refusals import Refused
from ntm.records.standing.services.titles import Decision
from standing_world import DAY, HAI_DUONG, World

GRANT = Decision("Quyết định công nhận, số theo văn bản", date(2020, 7, 1), "kiểm thử")


def _granted(world: World, who: str = "province") -> TitleHeld:
    return services.grant_title(
        world.actor[who],
        unit_id=world.unit["thach_loi"],
        title_kind="ntm",
        year=2019,
        decision=GRANT,
        set_code="xa-ntm-2016-2020",
    )


def test_a_title_has_a_year_and_a_day_of_its_own_and_is_counted_by_both(world: World) -> None:
    _granted(world)
    row = registry.by_code("xa-ntm-2016-2020")
    before = rollup.rollup(world.unit["hai_duong"], row, date(2020, 6, 30)).total.titles.get("ntm")
    after = rollup.rollup(world.unit["hai_duong"], row, date(2020, 12, 31)).total.titles["ntm"]
    assert before is None and (after.cumulative, after.new_this_year) == (1, 0)


def test_a_title_is_not_granted_twice_and_not_by_a_stranger(world: World) -> None:
    with pytest.raises(Denied):
        _granted(world, "stranger")
    _granted(world)
    with pytest.raises(Refused, match="đang giữ"):
        _granted(world)
    assert Entry.objects.filter(verb="title.decide").count() == 1


def test_a_revoked_title_ends_on_its_day_and_is_kept(world: World) -> None:
    held = _granted(world)
    with pytest.raises(Refused, match="trước ngày công nhận"):
        services.revoke_title(
            world.actor["province"], held.pk, decision=Decision("x", date(2020, 1, 1)), reason="không giữ được"
        )
    services.revoke_title(
        world.actor["province"], held.pk, decision=Decision("x", date(2023, 3, 1)), reason="không giữ được"
    )
    held.refresh_from_db()
    assert (held.start, held.end) == (GRANT.on, date(2023, 3, 1))
    with pytest.raises(Refused, match="đã thu hồi"):
        services.revoke_title(world.actor["province"], held.pk, decision=Decision("y", date(2024, 1, 1)), reason="x")


def test_a_unit_that_no_merger_made_is_not_recognised_by_carrying(world: World) -> None:
    with pytest.raises(Refused, match="không do sắp xếp"):
        services.carry_title(world.actor["province"], unit_id=world.unit["thach_loi"], title_kind="ntm", decision=GRANT)


def test_a_district_is_judged_by_the_share_of_its_communes_that_hold_the_title(world: World) -> None:
    """huyen-ntm-2021-2025 asks for 100 % of communes; with one of one the share holds."""
    services.grant_title(
        world.actor["province"],
        unit_id=world.unit["thach_loi"],
        title_kind="ntm",
        year=2022,
        decision=Decision("", date(2022, 6, 1)),
        set_code="xa-ntm-2021-2025",
    )
    shown = board.board(world.unit["cam_giang"], registry.by_code("huyen-ntm-2021-2025"), DAY)
    results = [one.result for criterion in shown.criteria for one in criterion.indicators if one.result]
    shares = [one for one in results if "1/1" in one.explanation or "100" in one.explanation]
    conditions = [one.explanation for one in shown.assessment.title.conditions]
    assert shares or any("1/1" in sentence or "100" in sentence for sentence in conditions)


def _gap(world: World, who: str = "officer", **more: object) -> Gap:
    return services.record_gap(
        world.actor[who],
        unit_id=world.unit["thach_loi"],
        set_code=HAI_DUONG,
        criterion_no=2,
        text="Mở rộng đường trục xã",
        on=DAY,
        cost=17_500_000_000,
        **more,  # type: ignore[arg-type]
    )


def test_gaps_are_costed_corrected_and_closed_but_never_erased(world: World) -> None:
    first = _gap(world)
    second = _gap(world, supersedes=first.pk)
    shown = board.board(world.unit["thach_loi"], registry.by_code(HAI_DUONG), DAY)
    assert shown.cost == 17_500_000_000
    services.close_gap(world.actor["officer"], second.pk, on=date(2023, 11, 1), reason="đã làm xong")
    assert Gap.objects.count() == 2
    assert board.board(world.unit["thach_loi"], registry.by_code(HAI_DUONG), date(2023, 12, 1)).cost is None
    assert board.board(world.unit["thach_loi"], registry.by_code(HAI_DUONG), date(2023, 10, 1)).cost == 17_500_000_000
    with pytest.raises(Refused, match="đã đóng"):
        services.close_gap(world.actor["officer"], second.pk, on=date(2023, 12, 1), reason="lần nữa")


def test_gaps_are_refused_to_a_stranger_and_to_an_unknown_criterion(world: World) -> None:
    with pytest.raises(Denied):
        _gap(world, "stranger")
    with pytest.raises(Refused, match="không có tiêu chí 99"):
        services.record_gap(
            world.actor["officer"],
            unit_id=world.unit["thach_loi"],
            set_code=HAI_DUONG,
            criterion_no=99,
            text="x",
            on=DAY,
        )


def test_a_locked_review_keeps_its_figures_and_says_who_can_open_it(world: World) -> None:
    today = date(2022, 12, 20)
    campaign = services.open_campaign(
        world.actor["district"],
        title="Rà soát cuối năm 2022",
        unit_id=world.unit["cam_giang"],
        set_code=HAI_DUONG,
        as_of=DAY,
        due=date(2023, 1, 10),
        on=today,
    )
    assert campaign.units.count() == 1
    with pytest.raises(Denied):
        services.close_campaign(world.actor["officer"], campaign.pk, on=today)
    services.extend_campaign(world.actor["district"], campaign.pk, due=date(2023, 1, 20), on=today)
    services.close_campaign(world.actor["district"], campaign.pk, on=today)
    with pytest.raises(Refused, match="đã khoá số liệu"):
        services.record(
            world.actor["officer"],
            unit_id=world.unit["thach_loi"],
            set_code=HAI_DUONG,
            code="10",
            as_of=DAY,
            typed="70",
        )
    with pytest.raises(Refused, match="đã khoá"):
        services.close_campaign(world.actor["district"], campaign.pk, on=today)
    with pytest.raises(Refused, match="lý do mở lại"):
        services.reopen_campaign(world.actor["district"], campaign.pk, reason=" ", on=today)
    with pytest.raises(Denied):
        services.reopen_campaign(world.actor["officer"], campaign.pk, reason="sửa số", on=today)
    services.reopen_campaign(world.actor["district"], campaign.pk, reason="xã Thạch Lỗi sửa số", on=today)
    with pytest.raises(Refused, match="đang mở"):
        services.reopen_campaign(world.actor["district"], campaign.pk, reason="lần nữa", on=today)
    verbs = set(Entry.objects.filter(verb__startswith="campaign.").values_list("verb", flat=True))
    assert verbs == {"campaign.open", "campaign.extend", "campaign.close", "campaign.reopen"}


def test_a_comparison_with_the_law_is_signed_by_name_and_can_be_withdrawn_with_a_reason(world: World) -> None:
    signed = services.check_value(
        world.actor["province"],
        set_code=HAI_DUONG,
        criterion_no=10,
        indicator_code="10",
        locator="Phụ lục, trang 7",
        on=DAY,
    )
    assert (signed.checked_by_id, signed.checked_on) == (world.actor["province"].user_id, DAY)
    with pytest.raises(Refused, match="lý do"):
        services.withdraw_check(world.actor["province"], signed.pk, reason=" ", on=DAY)
    services.withdraw_check(world.actor["province"], signed.pk, reason="nhầm trang", on=DAY)
    signed.refresh_from_db()
    assert signed.withdrawn_at is not None
    with pytest.raises(Denied):
        services.check_value(world.actor["officer"], set_code=HAI_DUONG, criterion_no=10, locator="trang 7", on=DAY)


def test_standing_of_a_unit_without_figures_has_no_rows(world: World) -> None:
    assert not UnitStanding.objects.filter(basis=Basis.CONFIRMED).exists()
