"""Cơ quan, thành viên, phân công phụ trách: all dated."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ntm.records.audit.models import Entry
from ntm.records.audit.queries import line
from ntm.records.people import queries, services
from ntm.records.people.authority import Denied
from ntm.records.people.models import Body, User, Watch
from ntm.records.people.services import NotPossible

pytestmark = pytest.mark.django_db
ON, LATER = date(2023, 6, 1), date(2024, 1, 1)


@pytest.fixture
def boss(area, holder):
    return holder("coordination_office", area.district)


def body(actor, unit_id, **changed) -> Body:
    given = {
        "unit_id": unit_id,
        "kind": "steering_committee",
        "name": "Ban Chỉ đạo  xây dựng NTM",
        "abbreviation": "BCĐ",
        "start": ON,
        "on": ON,
    }
    return services.create_body(actor, **(given | changed))


def sentence() -> str:
    return line(Entry.objects.latest("sequence")).sentence


def test_a_body_is_made_and_ended_with_its_members(area, boss) -> None:
    made = body(boss, area.commune)
    assert sentence() == "Lập cơ quan Ban Chỉ đạo xây dựng NTM."
    member = services.add_member(
        boss, body=made, name="Người thử Hoa", post="Chủ tịch UBND xã", position="Trưởng ban", start=ON, on=ON
    )
    assert sentence() == "Ghi thành viên Người thử Hoa, Trưởng ban của Ban Chỉ đạo xây dựng NTM."
    assert list(queries.bodies(area.commune, ON)) == [made] and list(queries.members(made.pk, ON)) == [member]
    assert list(queries.bodies(area.commune, ON, kind="union")) == []
    services.end_body(boss, made, end=LATER, on=ON)
    assert list(queries.bodies(area.commune, LATER)) == [] and list(queries.members(made.pk, LATER)) == []
    assert list(queries.members(made.pk, date(2023, 12, 31))) == [member]
    with pytest.raises(NotPossible, match="đã kết thúc"):
        services.end_body(boss, made, end=LATER, on=ON)
    assert body(boss, area.commune, start=LATER).pk != made.pk


def test_a_commune_makes_its_own_bodies_and_strangers_do_not(area, boss, holder) -> None:
    commune = holder("commune_officer", area.commune)
    made = body(commune, area.village, kind="village_board", name="Ban phát triển thôn Khòn Làng")
    for stranger in (
        holder("commune_officer", area.neighbour),
        holder("village_board", area.village),
        holder("viewer"),
    ):
        for act in (
            lambda who: body(who, area.village),
            lambda who: services.end_body(who, made, end=LATER, on=ON),
            lambda who: services.add_member(who, body=made, name="A", position="B", start=ON, on=ON),
        ):
            with pytest.raises(Denied):
                act(stranger)
    member = services.add_member(commune, body=made, name="Người thử", position="Trưởng ban", start=ON, on=ON)
    with pytest.raises(Denied):
        services.end_member(holder("commune_officer", area.neighbour), member, end=LATER, on=ON)
    assert services.end_member(commune, member, end=LATER, on=ON).end == LATER
    with pytest.raises(NotPossible, match="đã kết thúc"):
        services.end_member(commune, member, end=LATER, on=ON)


def test_what_a_body_cannot_be(area, boss, holder) -> None:
    made = body(boss, area.commune)
    with pytest.raises(NotPossible, match="đã có cơ quan"):
        body(boss, area.commune)
    with pytest.raises(NotPossible, match="Loại"):
        body(boss, area.commune, kind="club", name="Khác")
    with pytest.raises(NotPossible, match="Tên"):
        body(boss, area.commune, name=" ")
    with pytest.raises(NotPossible, match="chưa lập hoặc đã kết thúc"):
        services.add_member(boss, body=made, name="A", position="B", start=date(2020, 1, 1), on=ON)
    with pytest.raises(NotPossible, match="Họ và tên"):
        services.add_member(boss, body=made, position="Thành viên", start=ON, on=ON)
    services.add_member(boss, body=made, name="Người thử", position="Phó ban", start=LATER, on=ON)
    with pytest.raises(NotPossible, match="sau ngày kết thúc cơ quan"):
        services.end_body(boss, made, end=LATER, on=ON)
    with pytest.raises(NotPossible, match="phải sau ngày bắt đầu"):
        services.end_body(boss, made, end=ON, on=ON)
    central = holder("administrator")
    body(central, None, name="Văn phòng Điều phối Trung ương", kind="coordination_office")
    with pytest.raises(IntegrityError), transaction.atomic():
        Body.objects.create(unit=None, name="Văn phòng Điều phối Trung ương", kind="coordination_office", start=ON)
    assert queries.central_bodies(ON).count() == 1


def test_a_member_with_an_account_lends_its_name(area, boss) -> None:
    user = User.objects.create(username="lan", full_name="Người thử Lan")
    member = services.add_member(boss, body=body(boss, area.commune), user=user, position="Thư ký", start=ON, on=ON)
    assert member.name == "Người thử Lan"


def test_a_body_watches_a_commune_and_a_criterion(area, boss) -> None:
    division = body(boss, area.district, kind="division", name="Phòng Kinh tế")
    place = services.assign_watch(boss, body=division, unit_id=area.commune, start=ON, on=ON, decision="5/QĐ-BCĐ")
    assert sentence() == "Phân công Phòng Kinh tế phụ trách xã Văn An từ 1/6/2023."
    theme = services.assign_watch(boss, body=division, criterion="13", start=ON, on=ON)
    assert queries.watchers(area.village, ON) == [place]
    assert queries.watchers(area.neighbour, ON) == []
    assert queries.watchers(area.commune, ON, criterion="13.1") == [place, theme]
    assert queries.watchers(area.neighbour, ON, criterion="13") == [theme]
    assert queries.watchers(area.stranger, ON, criterion="13") == [], "another district's division"
    services.end_watch(boss, place, end=LATER, on=ON)
    assert sentence() == "Thôi phân công Phòng Kinh tế phụ trách xã Văn An từ 1/1/2024."
    assert queries.watchers(area.commune, LATER) == []


def test_a_person_sees_what_he_and_his_bodies_watch(area, boss, holder) -> None:
    division = body(boss, area.district, kind="division", name="Phòng Kinh tế")
    officer = holder("sector_officer", area.district, ("10",))
    user = User.objects.get(pk=officer.user_id)
    mine = services.assign_watch(boss, user=user, unit_id=area.commune, start=ON, on=ON)
    assert list(queries.watches_of(user.pk, ON)) == [mine]
    theirs = services.assign_watch(boss, body=division, unit_id=area.neighbour, start=ON, on=ON)
    services.add_member(boss, body=division, user=user, position="Chuyên viên", start=LATER, on=ON)
    assert list(queries.watches_of(user.pk, ON)) == [mine]
    assert list(queries.watches_of(user.pk, LATER)) == [mine, theirs]


def test_what_an_assignment_cannot_be(area, boss, holder) -> None:
    division = body(boss, area.district, kind="division", name="Phòng Kinh tế")
    user = User.objects.get(pk=boss.user_id)
    for given, words in (
        ({"unit_id": area.commune}, "một cơ quan hoặc một người"),
        ({"unit_id": area.commune, "body": division, "user": user}, "không chọn cả hai"),
        ({"body": division}, "địa bàn hoặc tiêu chí"),
    ):
        with pytest.raises(NotPossible, match=words):
            services.assign_watch(boss, start=ON, on=ON, **given)
    with pytest.raises(NotPossible, match="không hoạt động"):
        services.assign_watch(boss, body=division, unit_id=area.commune, start=date(2020, 1, 1), on=ON)
    watch = services.assign_watch(boss, body=division, unit_id=area.commune, start=ON, on=ON)
    with pytest.raises(NotPossible, match="đã có"):
        services.assign_watch(boss, body=division, unit_id=area.commune, start=LATER, on=ON)
    for stranger in (
        holder("coordination_office", area.other_district),
        holder("sector_officer", area.district, ("*",)),
    ):
        with pytest.raises(Denied, match="phân công phụ trách"):
            services.assign_watch(stranger, body=division, unit_id=area.neighbour, start=ON, on=ON)
        with pytest.raises(Denied):
            services.end_watch(stranger, watch, end=LATER, on=ON)
    services.end_watch(boss, watch, end=LATER, on=ON)
    with pytest.raises(NotPossible, match="đã kết thúc"):
        services.end_watch(boss, watch, end=LATER, on=ON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Watch.objects.create(start=ON, unit_id=area.commune)
