"""Tài khoản: given, never taken; closed, never removed, because the log names them."""

from __future__ import annotations

import secrets
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ntm.records.audit.services import ActorStamp, record, system
from ntm.records.people import authority
from ntm.records.people.models import Holding, Installation, InstallationKind, Office, Role, User
from ntm.records.people.services.rules import NotPossible, cleaned, require_over

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for another when read from paper


def new_password() -> str:
    """Mật khẩu tạm: fifteen letters and digits in three groups, about 74 bits, to be changed at the first sign-in."""
    return "-".join("".join(secrets.choice(_LETTERS) for _place in range(5)) for _group in range(3))


@transaction.atomic
def create_user(
    actor: authority.Actor,
    *,
    username: str,
    full_name: str,
    password: str | None,
    unit_id: int | None,
    on: date,
    email: str = "",
    demonstration: bool = False,
) -> User:
    """Tạo tài khoản for somebody who will work at the unit; it can do nothing until an office is given.

    Without a password the account signs in by the organisation's own sign-in (OIDC), or waits until one is set.
    """
    authority.require(actor, "people.manage", unit_id, on=on)
    user = _new_user(username, full_name, email, password, demonstration)
    user.must_change_password = password is not None and not demonstration
    user.save()
    _log(actor.stamp(), "user.create", user, unit_id, on)
    return user


@transaction.atomic
def set_password(actor: authority.Actor, user: User, password: str, *, on: date) -> None:
    """Đặt lại mật khẩu: one's own, or that of an account in one's area, which must then change it."""
    if user.pk != actor.user_id:
        require_over(actor, user, on=on)
    if not user.is_active:
        raise NotPossible(_("Tài khoản %(username)s đang khoá: mở lại trước khi đặt mật khẩu.") % {"username": user})
    _checked_password(password, user)
    user.set_password(password)
    user.must_change_password = user.pk != actor.user_id
    user.save(update_fields=["password", "must_change_password"])
    _log(actor.stamp(), "user.password", user, None, on)


@transaction.atomic
def close_user(actor: authority.Actor, user: User, *, on: date) -> None:
    """Khoá tài khoản: it can no longer sign in; what it did stays."""
    require_over(actor, user, on=on)
    if not user.is_active:
        raise NotPossible(_("Tài khoản %(username)s đã khoá rồi.") % {"username": user.username})
    if user.pk == actor.user_id:
        raise NotPossible(_("Không tự khoá tài khoản của mình: nhờ một người quản trị khác."))
    user.is_active = False
    user.save(update_fields=["is_active"])
    _log(actor.stamp(), "user.close", user, None, on)


@transaction.atomic
def reopen_user(actor: authority.Actor, user: User, *, on: date) -> None:
    """Mở lại tài khoản."""
    require_over(actor, user, on=on)
    if user.is_active:
        raise NotPossible(_("Tài khoản %(username)s đang mở.") % {"username": user.username})
    user.is_active = True
    user.save(update_fields=["is_active"])
    _log(actor.stamp(), "user.reopen", user, None, on)


@transaction.atomic
def create_admin(*, username: str, full_name: str, password: str, on: date, demonstration: bool = False) -> User:
    """Quản trị đầu tiên của một bản cài đặt mới, from the command line; there is nobody yet who could give it."""
    existing = Holding.objects.filter(office__role=Role.ADMINISTRATOR, user__is_active=True, end=None).first()
    if existing:
        raise NotPossible(
            _("Đã có quản trị hệ thống (%(username)s): người ấy tạo thêm trong mục Quản trị.")
            % {"username": existing.user.username}
        )
    kind = InstallationKind.DEMONSTRATION if demonstration else InstallationKind.PRODUCTION
    if demonstration or not Installation.objects.exists():
        declare_installation(kind, on=on)
    user = _new_user(username, full_name, "", password, demonstration)
    user.save()
    office, _made = Office.objects.get_or_create(
        role=Role.ADMINISTRATOR, unit=None, defaults={"title": "Quản trị hệ thống"}
    )
    Holding.objects.create(user=user, office=office, start=on)
    _log(system("lệnh tạo quản trị"), "user.create", user, None, on)
    record(
        actor=system("lệnh tạo quản trị"),
        verb="office.give",
        subject=user,
        unit_id=None,
        on=on,
        detail={"username": user.username, "office": office.title, "start": on},
    )
    return user


@transaction.atomic
def declare_installation(kind: str, *, on: date) -> Installation:
    """Khai báo bản cài đặt: once; a database of work never becomes one of demonstration, nor the other way round."""
    installed = Installation.objects.select_for_update().first()
    if installed and installed.kind == kind:
        return installed
    if installed:
        raise NotPossible(
            _("Cơ sở dữ liệu này đã khai báo là bản %(kind)s, không đổi được: hãy dùng một cơ sở dữ liệu khác.")
            % {"kind": InstallationKind(installed.kind).label}
        )
    if kind == InstallationKind.DEMONSTRATION and User.objects.exists():
        raise NotPossible(_("Đã có tài khoản thật trong cơ sở dữ liệu: chỉ nạp minh hoạ vào cơ sở dữ liệu trống."))
    installed = Installation.objects.create(kind=kind)
    label = InstallationKind(kind).label
    record(
        actor=system("lệnh cài đặt"),
        verb="installation.declare",
        subject=installed,
        unit_id=None,
        on=on,
        detail={"kind": label},
    )
    return installed


def _new_user(username: str, full_name: str, email: str, password: str | None, demonstration: bool) -> User:
    demonstrating = Installation.objects.filter(kind=InstallationKind.DEMONSTRATION).exists()
    if demonstration and not demonstrating:
        raise NotPossible(_("Tài khoản minh hoạ chỉ tạo được trong cơ sở dữ liệu minh hoạ."))
    user = User(
        username=username.strip(),
        full_name=" ".join(full_name.split()),
        email=email.strip(),
        demonstration=demonstration,
    )
    cleaned(user, "username", "full_name", "email")
    if User.objects.filter(username__iexact=user.username).exists():
        raise NotPossible(
            _("Tên đăng nhập %(username)s đã có người dùng: chọn tên khác.") % {"username": user.username}
        )
    if password is not None:
        _checked_password(password, user)
    user.set_password(password)
    return user


def _checked_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise NotPossible(_("Mật khẩu chưa đạt: %(why)s") % {"why": " ".join(error.messages)}) from error


def _log(actor: ActorStamp, verb: str, user: User, unit_id: int | None, on: date) -> None:
    record(
        actor=actor,
        verb=verb,
        subject=user,
        unit_id=unit_id,
        on=on,
        detail={"username": user.username, "demonstration": user.demonstration},
    )
