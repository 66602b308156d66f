"""Đăng nhập: closed to strangers, locked after repeated wrong passwords, bounded in time."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as project
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from ntm.faces.desk.account import ClosedAccountAdapter
from ntm.records.people.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "mua-xuân-7-lúa"


@pytest.fixture(autouse=True)
def _no_memory_of_other_tests() -> None:
    cache.clear()


@pytest.fixture
def user(db) -> User:
    user = User(username="xa.vanan", full_name="Người thử Lan")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, username: str = "xa.vanan", password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_opens_the_desk(client, user) -> None:
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert signed_in(client)
    assert client.session.get_expiry_age() == project.SESSION_COOKIE_AGE <= 12 * 3600


def test_capital_letters_in_the_name_do_not_matter(client, user) -> None:
    sign_in(client, "XA.VanAn")
    assert signed_in(client)


def test_a_wrong_password_and_a_closed_account_do_not(client, user) -> None:
    sign_in(client, password="sai-mật-khẩu")
    assert not signed_in(client)
    User.objects.update(is_active=False)
    sign_in(client)
    assert not signed_in(client)


def test_after_repeated_wrong_passwords_the_right_one_is_refused_too(client, user) -> None:
    for _attempt in range(project.AXES_FAILURE_LIMIT):
        response = sign_in(client, password="sai-mật-khẩu")
    assert response.status_code == 429
    cache.clear()  # forgets allauth's own limits; what remains is in the database
    assert sign_in(client).status_code == 429
    assert not signed_in(client)


def test_a_name_in_other_letters_is_no_way_around(client, user) -> None:
    for name in ("xa.vanan", "XA.vanan", "Xa.Vanan", "xa.VANAN", "XA.VANAN")[: project.AXES_FAILURE_LIMIT]:
        sign_in(client, name, "sai-mật-khẩu")
    cache.clear()
    assert sign_in(client).status_code == 429
    assert not signed_in(client)


def test_a_right_password_forgets_the_wrong_ones_before_it(client, user) -> None:
    for _round in range(2):
        for _attempt in range(project.AXES_FAILURE_LIMIT - 1):
            sign_in(client, password="sai-mật-khẩu")
        cache.clear()
        sign_in(client)
        assert signed_in(client)
        client.logout()


def test_another_person_can_still_sign_in_then(client, user) -> None:
    other = User(username="xa.khac", full_name="Người khác")
    other.set_password(PASSWORD)
    other.save()
    for _attempt in range(project.AXES_FAILURE_LIMIT):
        sign_in(client, password="sai-mật-khẩu")
    sign_in(client, "xa.khac")
    assert signed_in(client)


def test_nobody_makes_an_account_for_himself(client) -> None:
    url = reverse("account_signup")
    client.get(url)
    client.post(url, {"username": "ke.la", "password1": PASSWORD, "password2": PASSWORD, "email": "a@example.org"})
    assert not User.objects.exists() and not EmailAddress.objects.exists()
    assert not signed_in(client)
    assert ClosedAccountAdapter().is_open_for_signup(None) is False
    with pytest.raises(PermissionError, match="quản trị hệ thống cấp"):
        ClosedAccountAdapter().save_user(None, User(), None)
    assert not User.objects.exists()


def test_a_new_password_ends_other_sessions(client, user) -> None:
    sign_in(client)
    user.set_password("mùa-thu-8-lúa")
    user.save()
    assert not client.get(reverse("account_login")).wsgi_request.user.is_authenticated
