"""Danh bạ: each manager sees the accounts and offices of his area; a new account comes with its office."""

from __future__ import annotations

from datetime import date

import pytest
from allauth.mfa.models import Authenticator

from ntm.records.audit import queries as audit
from ntm.records.audit.models import Entry
from ntm.records.people import authority, directory, log_reading, services
from ntm.records.people.models import Holding, Office, User
from ntm.records.people.services import NotPossible

DAY = date(2023, 6, 1)


@pytest.fixture
def office_of(area):
    def make(unit, role="commune_officer", title="Công chức thử"):
        return Office.objects.create(role=role, unit_id=unit, title=title)

    return make


@pytest.fixture
def district(area, holder):
    return holder("coordination_office", area.district)


def _open(who, office, username="xa.van.an"):
    return services.open_account(who, username=username, full_name="Người Mới", office=office, start=DAY, on=DAY)


def test_an_account_is_opened_with_its_office_and_a_password_shown_once(area, district, office_of):
    opened = _open(district, office_of(area.commune))
    assert opened.user.check_password(opened.password) and opened.user.must_change_password
    assert opened.holding.office.unit_id == area.commune
    assert len(opened.password) == 17
    assert opened.password not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_nothing_is_left_of_an_account_whose_office_could_not_be_given(area, district, office_of):
    with pytest.raises(authority.Denied):
        _open(district, office_of(area.stranger))
    with pytest.raises(NotPossible, match="Tên đăng nhập"):
        _open(district, office_of(area.commune), username="có dấu")
    assert not User.objects.filter(full_name="Người Mới").exists()


def test_the_directory_shows_the_area_and_finds_without_marks(area, district, holder, office_of):
    _open(district, office_of(area.commune))
    holder("commune_officer", area.stranger)
    found = set(directory.accounts(district, DAY).values_list("username", flat=True))
    assert found == {"xa.van.an", User.objects.get(pk=district.user_id).username}
    assert [one.username for one in directory.accounts(district, DAY, words="nguoi moi")] == ["xa.van.an"]
    assert directory.accounts(district, DAY, state="closed").count() == 0
    assert directory.accounts(district, DAY, role="commune_officer").count() == 1
    assert directory.accounts(holder("administrator"), DAY).count() == 4
    with pytest.raises(authority.Denied):
        directory.accounts(holder("leader", area.province), DAY)


def test_lines_of_the_directory_cost_the_same_for_one_and_for_many(
    area, district, office_of, django_assert_num_queries
):
    for place in range(5):
        _open(district, office_of(area.commune, title=f"Chức danh {place}"), username=f"tai.khoan.{place}")
    users = list(directory.accounts(district, DAY))
    with django_assert_num_queries(2):
        lines = directory.account_lines(users, DAY)
    assert sum(len(line.holdings) for line in lines) == 6
    offices = list(directory.offices(district, DAY))
    with django_assert_num_queries(4):
        assert all(line.holders for line in directory.office_lines(offices, DAY))


def test_an_account_outside_the_area_is_not_there(area, district, holder):
    stranger = holder("commune_officer", area.stranger)
    assert directory.account(district, stranger.user_id, DAY) is None
    own = directory.account(district, district.user_id, DAY)
    assert [one.office.role for one in own.holdings] == ["coordination_office"]


def test_offices_of_the_area_only(area, district, holder, office_of):
    mine, theirs = office_of(area.commune), office_of(area.stranger)
    assert directory.office(district, mine.pk, DAY).unit.name == "Văn An"
    assert directory.office(district, theirs.pk, DAY) is None
    assert [one.pk for one in directory.offices(district, DAY, words="cong chuc")] == [mine.pk]
    with pytest.raises(NotPossible, match="tạo tài khoản mới"):
        directory.account_named("khong.co")


def test_a_lost_second_step_is_taken_off_with_a_reason(area, district, office_of):
    opened = _open(district, office_of(area.commune))
    Authenticator.objects.create(user=opened.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    Authenticator.objects.create(user=opened.user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert directory.account_lines([opened.user], DAY)[0].second_factor
    with pytest.raises(NotPossible, match="Ghi lý do"):
        services.reset_second_factor(district, opened.user, reason=" ", on=DAY)
    assert services.reset_second_factor(district, opened.user, reason="mất điện thoại", on=DAY) == 2
    assert not directory.account_lines([opened.user], DAY)[0].second_factor
    entry = Entry.objects.order_by("-sequence").first()
    assert audit.line(entry).sentence == "Xoá xác thực hai bước của xa.van.an, lý do: mất điện thoại."
    with pytest.raises(NotPossible, match="chưa bật"):
        services.reset_second_factor(district, opened.user, reason="nữa", on=DAY)


def test_nobody_takes_off_the_second_step_outside_his_area(area, district, holder):
    for who in (holder("commune_officer", area.stranger), holder("administrator")):
        user = User.objects.get(pk=who.user_id)
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
        with pytest.raises(authority.Denied):
            services.reset_second_factor(district, user, reason="thử", on=DAY)
    assert Authenticator.objects.count() == 2


def test_the_log_shows_the_reader_his_area(area, district, holder, office_of):
    _open(district, office_of(area.commune))
    stranger = holder("coordination_office", area.other_province)
    office = services.create_office(stranger, role="viewer", title="Người xem thử", unit_id=area.stranger, on=DAY)
    assert Holding.objects.filter(office=office).count() == 0
    mine = log_reading.page(district, audit.Filter(), on=DAY)
    assert {line.verb for line in mine.lines} == {"user.create", "office.give"}
    assert log_reading.people(district, DAY) == [(district.user_id, district.name)]
    everything = log_reading.page(holder("administrator"), audit.Filter(), on=DAY)
    assert everything.total == 3
    other = everything.lines[0].sequence
    assert log_reading.entry(district, other, DAY) is None
    assert log_reading.entry(stranger, other, DAY).verb == "office.create"
    assert log_reading.page(district, audit.Filter(), unit_id=area.commune, on=DAY).total == 2
    with pytest.raises(authority.Denied, match="xem nhật ký"):
        log_reading.page(district, audit.Filter(), unit_id=area.stranger, on=DAY)
    with pytest.raises(authority.Denied):
        log_reading.page(holder("viewer", area.district), audit.Filter(), on=DAY)
    assert log_reading.sees_everything(holder("administrator"), DAY)
    assert not log_reading.sees_everything(district, DAY)


def test_a_new_password_is_given_and_the_old_one_is_gone(area, district, office_of):
    opened = _open(district, office_of(area.commune))
    fresh = services.reset_password(district, opened.user, on=DAY)
    opened.user.refresh_from_db()
    assert opened.user.check_password(fresh) and not opened.user.check_password(opened.password)
    assert opened.user.must_change_password
