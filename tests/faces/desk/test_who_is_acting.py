"""Ai đang làm việc: the demonstration day, an office that has ended, and a password that must be changed first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from ntm.records.people.authority import SESSION_KEY, Denied
from ntm.records.people.models import Holding, Installation, Office, User
from ntm.records.people.services import NotPossible, set_demonstration_day
from ntm.records.people.services.accounts import declare_installation

pytestmark = pytest.mark.django_db
SHOWN = date(2023, 1, 5)


def _person(*titles: str) -> tuple[User, list[Holding]]:
    user = User.objects.create(username="nguoi.thu", full_name="Người thử")
    user.set_password("Mat-khau-thu-1")
    user.save()
    offices = [Office.objects.create(role="coordination_office", title=title) for title in titles]
    return user, [Holding.objects.create(user=user, office=office, start=date(2020, 1, 1)) for office in offices]


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_demonstration_day_of_the_office_is_what_its_pages_take_for_today() -> None:
    user, held = _person("Văn phòng Điều phối")
    Office.objects.filter(pk=held[0].office_id).update(demonstration_day=SHOWN)
    page = _signed_in(user).get("/").content.decode()
    assert "minh hoạ: hôm nay là 05/01/2023" in page


def test_a_demonstration_day_is_refused_in_a_database_of_work(holder: Any) -> None:
    _, held = _person("Văn phòng Điều phối")
    with pytest.raises(NotPossible, match="minh hoạ"):
        set_demonstration_day(holder("administrator"), held[0].office, SHOWN, on=SHOWN)


def test_a_demonstration_day_is_set_by_an_administrator_only(holder: Any) -> None:
    declare_installation("demonstration", on=SHOWN)
    assert Installation.objects.get().kind == "demonstration"
    _, held = _person("Văn phòng Điều phối")
    with pytest.raises(Denied):
        set_demonstration_day(holder("viewer"), held[0].office, SHOWN, on=SHOWN)
    set_demonstration_day(holder("administrator"), held[0].office, SHOWN, on=SHOWN)
    held[0].office.refresh_from_db()
    assert held[0].office.demonstration_day == SHOWN


def test_when_the_chosen_office_has_ended_the_other_one_is_taken() -> None:
    user, held = _person("Chức danh cũ", "Chức danh còn giữ")
    client = _signed_in(user)
    session = client.session
    session[SESSION_KEY] = held[0].pk
    session.save()
    Holding.objects.filter(pk=held[0].pk).update(end=date(2021, 1, 1))
    response = client.get("/")
    assert response.status_code == 200
    assert "Chức danh còn giữ" in response.content.decode()


def test_a_password_that_was_given_is_changed_before_any_work() -> None:
    user, _ = _person("Văn phòng Điều phối")
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    client = _signed_in(user)
    assert client.get("/").headers["Location"] == "/tai-khoan/password/change/"
    new = "Mot-mat-khau-khac-2"
    client.post("/tai-khoan/password/change/", {"oldpassword": "Mat-khau-thu-1", "password1": new, "password2": new})
    user.refresh_from_db()
    assert not user.must_change_password
