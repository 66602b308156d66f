"""Tài khoản: given, never taken; the first administrator; demonstration and production."""

from __future__ import annotations

import runpy
import sys
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction

from ntm.records.audit.models import Entry
from ntm.records.audit.services import verify
from ntm.records.people import checks, queries, services
from ntm.records.people.authority import Denied, actor_for
from ntm.records.people.models import Installation, User
from ntm.records.people.services import NotPossible

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 1)
GOOD = "mua-xuân-7-lúa"


def last() -> Entry:
    return Entry.objects.latest("sequence")


def create(actor, unit_id, **changed):
    given = {"username": "xa.vanan", "full_name": "Người  thử  Lan", "password": GOOD, "unit_id": unit_id, "on": ON}
    return services.create_user(actor, **(given | changed))


def test_an_account_is_created_logged_and_must_change_its_password(area, holder) -> None:
    actor = holder("coordination_office", area.district)
    user = create(actor, area.commune)
    assert (user.full_name, user.must_change_password, user.check_password(GOOD)) == ("Người thử Lan", True, True)
    assert (last().verb, last().unit_id, last().detail["username"]) == ("user.create", area.commune, "xa.vanan")
    assert GOOD not in str(last().detail)


@pytest.mark.parametrize("role", ["commune_officer", "village_board", "leader", "viewer", "council_member"])
def test_others_may_not_create_accounts(area, holder, role) -> None:
    with pytest.raises(Denied, match="quản lý tài khoản"):
        create(holder(role, area.commune), area.commune)
    assert not User.objects.filter(username="xa.vanan").exists()


def test_the_right_office_at_the_wrong_unit_may_not(area, holder) -> None:
    with pytest.raises(Denied, match="Thạch Lỗi"):
        create(holder("coordination_office", area.district), area.stranger)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"username": "XA.VANAN"}, "đã có người dùng"),
        ({"username": "lan"}, None),
        ({"username": "lê lan"}, "chữ không dấu"),
        ({"full_name": "  "}, "Họ và tên"),
        ({"email": "lan"}, "Thư điện tử"),
        ({"password": "12345678901"}, "Mật khẩu chưa đạt"),
        ({"password": "ngắn"}, "Mật khẩu chưa đạt"),
        ({"password": "xa.hoabinh1", "username": "xa.hoabinh"}, "Mật khẩu chưa đạt"),
        ({"demonstration": True}, "chỉ tạo được trong cơ sở dữ liệu minh hoạ"),
    ],
)
def test_what_an_account_needs(area, holder, changed, words) -> None:
    actor = holder("administrator")
    create(actor, None)
    given = {"username": "xa.khac"} | changed
    if words is None:
        assert create(actor, None, **given).pk
        return
    with pytest.raises(NotPossible, match=words):
        create(actor, None, **given)


def test_names_that_differ_by_capitals_are_one_account_also_in_the_database(area, holder) -> None:
    create(holder("administrator"), None)
    assert User.objects.get_by_natural_key(" XA.VanAn ").username == "xa.vanan"
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="Xa.Vanan", full_name="Khác")


def test_a_password_is_reset_within_the_area_only(area, holder) -> None:
    actor, officer = holder("coordination_office", area.district), holder("commune_officer", area.commune)
    user, stranger = User.objects.get(pk=officer.user_id), holder("commune_officer", area.stranger)
    services.set_password(actor, user, GOOD, on=ON)
    assert user.check_password(GOOD) and user.must_change_password
    assert (last().verb, last().detail["username"]) == ("user.password", user.username)
    with pytest.raises(Denied):
        services.set_password(actor, User.objects.get(pk=stranger.user_id), GOOD, on=ON)
    with pytest.raises(Denied, match="quản trị hệ thống"):
        services.set_password(actor, User.objects.get(pk=holder("administrator").user_id), GOOD, on=ON)
    with pytest.raises(Denied):
        services.set_password(officer, User.objects.get(pk=actor.user_id), GOOD, on=ON)


def test_ones_own_password_is_ones_own(area, holder) -> None:
    officer = holder("commune_officer", area.commune)
    user = User.objects.get(pk=officer.user_id)
    services.set_password(officer, user, GOOD, on=ON)
    assert user.check_password(GOOD) and not user.must_change_password


def test_an_account_is_closed_and_opened_again(area, holder) -> None:
    actor = holder("coordination_office", area.district)
    user = User.objects.get(pk=holder("commune_officer", area.commune).user_id)
    services.close_user(actor, user, on=ON)
    assert last().verb == "user.close"
    with pytest.raises(Denied, match="đã khoá"):
        actor_for(user, on=ON)
    with pytest.raises(NotPossible, match="đã khoá rồi"):
        services.close_user(actor, user, on=ON)
    with pytest.raises(NotPossible, match="đang khoá"):
        services.set_password(actor, user, GOOD, on=ON)
    services.reopen_user(actor, user, on=ON)
    assert last().verb == "user.reopen" and actor_for(user, on=ON).unit_id == area.commune
    with pytest.raises(NotPossible, match="đang mở"):
        services.reopen_user(actor, user, on=ON)
    with pytest.raises(NotPossible, match="Không tự khoá"):
        services.close_user(actor, User.objects.get(pk=actor.user_id), on=ON)
    stranger = User.objects.get(pk=holder("commune_officer", area.stranger).user_id)
    for act in (services.close_user, services.reopen_user):
        with pytest.raises(Denied):
            act(actor, stranger, on=ON)


def test_the_first_administrator_makes_a_production_installation(db) -> None:
    user = services.create_admin(username="quantri", full_name="Người quản trị", password=GOOD, on=ON)
    assert actor_for(user, on=ON).role == "administrator"
    assert Installation.objects.get().kind == "production" and not queries.is_demonstration()
    assert queries.administrators_exist(ON) and not queries.administrators_exist(date(2000, 1, 1))
    assert [entry.verb for entry in Entry.objects.order_by("sequence")] == [
        "installation.declare", "user.create", "office.give",
    ]  # fmt: skip
    assert verify().ok
    with pytest.raises(NotPossible, match=r"Đã có quản trị hệ thống \(quantri\)"):
        services.create_admin(username="khac", full_name="Người khác", password=GOOD, on=ON)


def test_demonstration_accounts_live_only_in_a_demonstration_database(db) -> None:
    services.declare_installation("demonstration", on=ON)
    admin = services.create_admin(
        username="quantri", full_name="Quản trị minh hoạ", password=GOOD, on=ON, demonstration=True
    )
    assert admin.demonstration and queries.is_demonstration()
    user = create(actor_for(admin, on=ON), None, demonstration=True)
    assert user.demonstration and not user.must_change_password
    assert services.declare_installation("demonstration", on=ON) == Installation.objects.get()
    with pytest.raises(NotPossible, match="đã khai báo là bản minh hoạ"):
        services.declare_installation("production", on=ON)


def test_a_database_with_real_accounts_never_becomes_one_of_demonstration(holder) -> None:
    holder("administrator")
    with pytest.raises(NotPossible, match="Đã có tài khoản thật"):
        services.declare_installation("demonstration", on=ON)


def test_production_refuses_to_start_on_a_demonstration_database(settings) -> None:
    settings.PRODUCTION = True
    checks.refuse_demonstration()
    assert checks.demonstration_in_production(None, ["default"]) == []
    services.declare_installation("demonstration", on=ON)
    with pytest.raises(ImproperlyConfigured, match="bản minh hoạ"):
        checks.refuse_demonstration()
    with pytest.raises(ImproperlyConfigured, match="NTM_PRODUCTION=1"):
        sys.modules.pop("ntm.site.wsgi", None)  # another test may have opened the door
        runpy.run_module("ntm.site.wsgi")
    assert [error.id for error in checks.demonstration_in_production(None, ["default"])] == ["people.E001"]
    assert checks.demonstration_in_production(None, None) == [], "no database is opened unless it was asked for"
    settings.PRODUCTION = False
    checks.refuse_demonstration()
    assert checks.demonstration_in_production(None, ["default"]) == []
