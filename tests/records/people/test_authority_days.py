"""Thẩm quyền theo ngày: real units whose upper units change, offices that begin and end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from ntm.records.people import authority
from ntm.records.people.models import Holding, Office, User

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2023, 6, 1), date(2026, 3, 1)


def test_a_district_reaches_its_communes_only_while_there_are_districts(area, holder) -> None:
    office = holder("coordination_office", area.district)
    assert office.allows("campaign.open", area.commune, on=BEFORE)
    assert office.allows("campaign.open", area.village, on=date(2025, 6, 30))
    assert not office.allows("campaign.open", area.commune, on=date(2025, 7, 1))
    assert not office.allows("campaign.open", area.stranger, on=BEFORE)


def test_a_province_reaches_them_before_and_after(area, holder) -> None:
    office = holder("coordination_office", area.province)
    for on in (BEFORE, AFTER):
        assert office.allows("campaign.open", area.commune, on=on)
        assert office.allows("campaign.open", area.village, on=on)
        assert not office.allows("campaign.open", area.stranger, on=on)
    reach = authority.reach(office, "campaign.open", on=BEFORE)
    assert reach.unit_ids == {
        area.province, area.district, area.commune, area.neighbour, area.village, area.its_village
    }  # fmt: skip


def test_the_right_office_at_the_wrong_unit_is_refused_with_the_units_named(area, holder) -> None:
    officer = holder("commune_officer", area.commune)
    officer.require("observation.record", area.village, on=BEFORE)
    with pytest.raises(
        authority.Denied, match=r"cho xã Tràng Phái: .* chỉ làm việc này ở xã Văn An và các đơn vị cấp dưới"
    ):
        officer.require("observation.record", area.neighbour, on=BEFORE)
    with pytest.raises(authority.Denied, match="Bản Nầng"):
        officer.require("observation.record", area.its_village, on=BEFORE)


def test_a_village_board_stays_in_its_village(area, holder) -> None:
    board = holder("village_board", area.village)
    assert board.allows("observation.record", area.village, on=BEFORE)
    assert not board.allows("observation.record", area.commune, on=BEFORE)
    assert not board.allows("observation.record", area.its_village, on=BEFORE)


def person(*offices: tuple[str, int | None, date, date | None], active: bool = True) -> User:
    user = User.objects.create(username=f"u{User.objects.count()}", full_name="Người thử", is_active=active)
    for number, (role, unit_id, start, end) in enumerate(offices):
        office = Office.objects.create(role=role, unit_id=unit_id, title=f"Chức danh {number}")
        Holding.objects.create(user=user, office=office, start=start, end=end)
    return user


def test_the_office_held_longest_is_taken_when_none_was_chosen(area) -> None:
    user = person(
        ("commune_officer", area.commune, date(2022, 1, 1), None),
        ("village_board", area.village, date(2020, 1, 1), None),
    )
    assert authority.actor_for(user, on=BEFORE).role == "village_board"
    assert [one.role for one in authority.actors_of(user, on=BEFORE)] == ["village_board", "commune_officer"]
    chosen = authority.actors_of(user, on=BEFORE)[1]
    assert authority.actor_for(user, chosen.holding_id, on=BEFORE) == chosen
    assert chosen.stamp().office == "Chức danh 0"


def test_an_expired_office_is_refused(area) -> None:
    end = date(2023, 5, 31)
    user = person(("commune_officer", area.commune, date(2022, 1, 1), end))
    holding_id = user.holdings.get().pk
    assert authority.actor_for(user, holding_id, on=end - timedelta(days=1)).unit_id == area.commune
    for asked in (None, holding_id):
        with pytest.raises(authority.Denied, match="Ngày 31/5/2023 tài khoản này không giữ chức danh nào"):
            authority.actor_for(user, asked, on=end)
    with pytest.raises(authority.Denied, match="Ngày 31/12/2021"):
        authority.actor_for(user, on=date(2021, 12, 31))


def test_another_persons_office_cannot_be_chosen(area) -> None:
    mine = person(("commune_officer", area.commune, date(2022, 1, 1), None))
    other = person(("leader", area.district, date(2022, 1, 1), None))
    with pytest.raises(authority.Denied, match="đang giữ: Chức danh 0"):
        authority.actor_for(mine, other.holdings.get().pk, on=BEFORE)


def test_visitors_and_closed_accounts_are_nobody(area) -> None:
    closed = person(("commune_officer", area.commune, date(2022, 1, 1), None), active=False)
    with pytest.raises(authority.Denied, match="đã khoá"):
        authority.actor_for(closed, on=BEFORE)
    assert authority.actors_of(closed, on=BEFORE) == []
    with pytest.raises(authority.Denied, match="Chưa đăng nhập"):
        authority.actor_for(AnonymousUser(), on=BEFORE)
    assert authority.actors_of(AnonymousUser(), on=BEFORE) == []
