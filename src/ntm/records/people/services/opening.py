"""Mở tài khoản cho một chức danh: the account, its first password and its office, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ntm.records.people import authority
from ntm.records.people.models import Holding, Office, User
from ntm.records.people.services.accounts import create_user, new_password, set_password
from ntm.records.people.services.offices import give_office


@dataclass(frozen=True, slots=True)
class OpenedAccount:
    """Tài khoản vừa mở. The password is shown once and kept nowhere."""

    user: User
    holding: Holding
    password: str


@transaction.atomic
def open_account(
    actor: authority.Actor,
    *,
    username: str,
    full_name: str,
    office: Office,
    start: date,
    on: date,
    email: str = "",
    decision: str = "",
) -> OpenedAccount:
    """Tạo tài khoản và giao chức danh: an account without an office could do nothing and would be nobody's to manage."""
    password = new_password()
    user = create_user(
        actor,
        username=username,
        full_name=full_name,
        password=password,
        unit_id=office.unit_id,
        on=on,
        email=email,
    )
    holding = give_office(actor, user=user, office=office, start=start, on=on, decision=decision)
    return OpenedAccount(user, holding, password)


@transaction.atomic
def reset_password(actor: authority.Actor, user: User, *, on: date) -> str:
    """Cấp lại mật khẩu tạm: shown once; the person must change it at the next sign-in."""
    password = new_password()
    set_password(actor, user, password, on=on)
    return password
