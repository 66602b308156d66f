"""Chức danh: given from a day, ended on a day, chosen by who has two."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ntm.records.audit.models import Entry
from ntm.records.people import authority, queries, services
from ntm.records.people.authority import Denied
from ntm.records.people.models import Holding, Office, User
from ntm.records.people.services import NotPossible

pytestmark = pytest.mark.django_db
ON, LATER = date(2023, 6, 1), date(2024, 1, 1)


@pytest.fixture
def boss(area, holder):
    return holder("coordination_office", area.district)


@pytest.fixture
def user(db) -> User:
    return User.objects.create(username="xa.vanan", full_name="Người thử Lan")


def office(boss, unit_id, role="commune_officer", **changed) -> Office:
    given = {"role": role, "title": "Công chức NTM", "unit_id": unit_id, "on": ON}
    return services.create_office(boss, **(given | changed))


def test_an_office_is_made_given_and_ended(area, boss, user) -> None:
    made = office(boss, area.commune)
    held = services.give_office(boss, user=user, office=made, start=ON, on=ON, decision="12/QĐ-UBND")
    assert authority.actor_for(user, on=ON).unit_id == area.commune
    assert list(queries.holders(area.commune, ON)) == [held]
    services.end_office(boss, held, end=LATER, on=ON)
    assert [entry.verb for entry in Entry.objects.order_by("sequence")] == [
        "office.create",
        "office.give",
        "office.end",
    ]
    assert Entry.objects.filter(unit_id=area.commune).count() == 3
    assert authority.actor_for(user, on=date(2023, 12, 31)).office_label == "Công chức NTM"
    with pytest.raises(Denied):
        authority.actor_for(user, on=LATER)
    assert list(queries.holders(area.commune, LATER)) == []
    assert queries.holdings(user.pk).count() == 1, "what was held stays known"


def test_strangers_and_the_wrong_unit_are_refused(area, boss, user, holder) -> None:
    made = office(boss, area.commune)
    held = services.give_office(boss, user=user, office=made, start=ON, on=ON)
    for actor in (holder("commune_officer", area.commune), holder("coordination_office", area.other_district)):
        with pytest.raises(Denied):
            office(actor, area.commune)
        with pytest.raises(Denied):
            services.give_office(actor, user=user, office=made, start=LATER, on=ON)
        with pytest.raises(Denied):
            services.end_office(actor, held, end=LATER, on=ON)
    with pytest.raises(Denied):
        office(boss, area.stranger)
    assert Holding.objects.filter(user=user).count() == 1


def test_only_administrators_make_administrators(area, holder, user) -> None:
    central, admin = holder("coordination_office"), holder("administrator")
    with pytest.raises(Denied, match="Chỉ quản trị hệ thống"):
        office(central, None, "administrator")
    made = office(admin, None, "administrator")
    with pytest.raises(Denied, match="Chỉ quản trị hệ thống"):
        services.give_office(central, user=user, office=made, start=ON, on=ON)
    assert services.give_office(admin, user=user, office=made, start=ON, on=ON).user == user


def test_the_last_administrator_stays(holder, user) -> None:
    admin = holder("administrator")
    own = Holding.objects.get(pk=admin.holding_id)
    with pytest.raises(NotPossible, match="cuối cùng"):
        services.end_office(admin, own, end=LATER, on=ON)
    services.give_office(admin, user=user, office=own.office, start=ON, on=ON)
    assert services.end_office(admin, own, end=LATER, on=ON).end == LATER


@pytest.mark.parametrize(
    ("role", "central", "criteria", "words"),
    [
        ("commune_officer", True, [], "phải gắn với một xã hoặc một thôn"),
        ("village_board", True, [], "phải gắn với một xã hoặc một thôn"),
        ("sector_officer", False, [], "ít nhất một tiêu chí"),
        ("sector_officer", False, [" "], "ít nhất một tiêu chí"),
        ("leader", False, ["10"], "Chỉ cơ quan phụ trách tiêu chí"),
        ("king", False, [], "Vai trò"),
    ],
)
def test_a_role_needs_what_belongs_to_it(area, holder, role, central, criteria, words) -> None:
    with pytest.raises(NotPossible, match=words):
        office(holder("administrator"), None if central else area.district, role, criteria=criteria)
    assert Office.objects.count() == 1


def test_a_sector_office_knows_its_criteria(area, boss, user) -> None:
    made = office(boss, area.district, "sector_officer", criteria=["10", " 17 ", "10"])
    services.give_office(boss, user=user, office=made, start=ON, on=ON)
    assert made.criteria == ["10", "17"]
    assert [held.office for held in queries.sector_offices(area.commune, "17.2", ON)] == [made]
    assert queries.sector_offices(area.commune, "11", ON) == []
    assert queries.sector_offices(area.commune, "17.2", date(2025, 7, 1)) == [], "no district, no district office"
    assert queries.sector_offices(area.stranger, "17.2", ON) == []


def test_the_nearest_sector_office_comes_first(area, holder) -> None:
    central, province, district = (
        holder("sector_officer", None, ("*",)),
        holder("sector_officer", area.province, ("10",)),
        holder("sector_officer", area.district, ("10",)),
    )
    found = queries.sector_offices(area.commune, "10", ON)
    assert [held.pk for held in found] == [district.holding_id, province.holding_id, central.holding_id]


def test_the_same_office_is_not_held_twice_at_a_time(area, boss, user) -> None:
    made = office(boss, area.commune)
    held = services.give_office(boss, user=user, office=made, start=ON, on=ON)
    with pytest.raises(NotPossible, match=r"đã giữ chức danh .* từ ngày 1/6/2023"):
        services.give_office(boss, user=user, office=made, start=LATER, on=ON)
    services.end_office(boss, held, end=LATER, on=ON)
    assert services.give_office(boss, user=user, office=made, start=LATER, on=ON).start == LATER
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(user=user, office=made, start=ON)


def test_days_and_states_that_cannot_be(area, boss, user) -> None:
    made = office(boss, area.commune)
    with pytest.raises(NotPossible, match="phải sau ngày bắt đầu"):
        services.give_office(boss, user=user, office=made, start=ON, end=ON, on=ON)
    held = services.give_office(boss, user=user, office=made, start=ON, on=ON)
    with pytest.raises(NotPossible, match="phải sau ngày bắt đầu 1/6/2023"):
        services.end_office(boss, held, end=ON, on=ON)
    services.end_office(boss, held, end=LATER, on=ON)
    with pytest.raises(NotPossible, match="đã kết thúc từ ngày 1/1/2024"):
        services.end_office(boss, held, end=LATER, on=ON)
    user.is_active = False
    user.save()
    with pytest.raises(NotPossible, match="đang khoá"):
        services.give_office(boss, user=user, office=made, start=LATER, on=ON)


def test_who_holds_two_chooses_and_the_choice_is_kept_and_logged(area, boss, user) -> None:
    first = services.give_office(boss, user=user, office=office(boss, area.commune), start=ON, on=ON)
    village = office(boss, area.village, "village_board", title="Trưởng ban phát triển thôn")
    second = services.give_office(boss, user=user, office=village, start=ON, on=ON)
    session: dict[str, int] = {}
    chosen = services.choose_office(session, user, second.pk, on=ON)
    assert (chosen.unit_id, session) == (area.village, {authority.SESSION_KEY: second.pk})
    assert authority.actor_for(user, session[authority.SESSION_KEY], on=ON) == chosen
    assert Entry.objects.latest("sequence").verb == "office.choose"
    services.end_office(boss, first, end=LATER, on=ON)
    with pytest.raises(Denied, match="đang giữ: Trưởng ban phát triển thôn"):
        services.choose_office(session, user, first.pk, on=LATER)
    assert session == {authority.SESSION_KEY: second.pk}
