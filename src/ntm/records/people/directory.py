"""Danh bạ: accounts, offices and keys as those who manage them see them; each question asks whose area it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ntm.domain.official.text import fold
from ntm.records.people import authority
from ntm.records.people.models import Holding, Office, Role, Token, User
from ntm.records.people.queries import running
from ntm.records.people.services.rules import NotPossible
from ntm.records.units import queries as units

__all__ = [
    "AccountLine",
    "AccountPage",
    "OfficeLine",
    "account",
    "account_lines",
    "account_named",
    "accounts",
    "of_area",
    "office",
    "office_lines",
    "offices",
    "own_tokens",
]


@dataclass(frozen=True)
class AccountLine:
    """Một tài khoản trong danh bạ, with the offices held on the day."""

    user: User
    holdings: tuple[Holding, ...]
    second_factor: bool


@dataclass(frozen=True)
class AccountPage:
    """Trang của một tài khoản: every office ever held, its keys, what may be done to it."""

    user: User
    holdings: tuple[Holding, ...]
    tokens: tuple[Token, ...]
    second_factor: tuple[str, ...]
    units: dict[int, units.UnitLabel]


@dataclass(frozen=True)
class OfficeLine:
    """Một chức danh: its unit, and who holds it on the day."""

    office: Office
    unit: units.UnitLabel | None
    holders: tuple[Holding, ...]


def accounts(actor: authority.Actor, on: date, *, words: str = "", state: str = "", role: str = "") -> QuerySet[User]:
    """Tài khoản trong địa bàn of who manages; Denied for an office that manages none. `state`: "open", "closed" or all."""
    found = User.objects.order_by("full_name", "username")
    area = of_area(actor, on)
    if area is not None:
        found = found.filter(pk__in=Holding.objects.filter(area).values("user_id"))
    if state in ("open", "closed"):
        found = found.filter(is_active=state == "open")
    if role in Role.values:
        found = found.filter(pk__in=Holding.objects.filter(running(on), office__role=role).values("user_id"))
    if not words.strip():
        return found
    wanted = fold(words)
    names = found.values_list("pk", "full_name", "username", "email")  # without marks, which a database cannot fold
    return found.filter(pk__in=[pk for pk, *texts in names if any(wanted in fold(text) for text in texts)])


def of_area(actor: authority.Actor, on: date) -> Q | None:
    """The condition that a holding lies in the area where the actor manages people; None: everywhere."""
    reach = authority.reach(actor, "people.manage", on=on)
    if reach.everywhere:
        return None
    if not reach.unit_ids:
        authority.require(actor, "people.manage", actor.unit_id, on=on)
    return Q(office__unit_id__in=reach.unit_ids)


def account_lines(users: Iterable[User], on: date) -> list[AccountLine]:
    """Their offices of the day and whether the second step is on: two queries."""
    wanted = list(users)
    held: dict[int, list[Holding]] = defaultdict(list)
    for holding in Holding.objects.filter(running(on), user__in=wanted).select_related("office"):
        held[holding.user_id].append(holding)
    two_step = set(
        Authenticator.objects.filter(user__in=wanted)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .values_list("user_id", flat=True)
    )
    return [AccountLine(user, tuple(held[user.pk]), user.pk in two_step) for user in wanted]


def account(actor: authority.Actor, user_id: int, on: date) -> AccountPage | None:
    """Một tài khoản; None when it does not exist or lies outside the area."""
    user = accounts(actor, on).filter(pk=user_id).first()
    if user is None:
        return None
    holdings = tuple(Holding.objects.filter(user=user).select_related("office").order_by("-start", "-pk"))
    tokens = tuple(Token.objects.filter(holding__user=user).select_related("holding__office").order_by("-created"))
    kinds = tuple(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    places = units.labels({one.office.unit_id for one in holdings if one.office.unit_id}, on)
    return AccountPage(user, holdings, tokens, kinds, places)


def offices(actor: authority.Actor, on: date, *, words: str = "", role: str = "") -> QuerySet[Office]:
    """Chức danh trong địa bàn."""
    found = Office.objects.select_related("body").order_by("title", "pk")
    reach = authority.reach(actor, "people.manage", on=on)
    if not reach.everywhere:
        if not reach.unit_ids:
            authority.require(actor, "people.manage", actor.unit_id, on=on)
        found = found.filter(unit_id__in=reach.unit_ids)
    if role in Role.values:
        found = found.filter(role=role)
    if not words.strip():
        return found
    wanted = fold(words)
    return found.filter(pk__in=[pk for pk, title in found.values_list("pk", "title") if wanted in fold(title)])


def office(actor: authority.Actor, office_id: int, on: date) -> OfficeLine | None:
    """Một chức danh with everybody who ever held it; None when it is not there or not in the area."""
    found = offices(actor, on).filter(pk=office_id).first()
    if found is None:
        return None
    ever = tuple(Holding.objects.filter(office=found).select_related("user").order_by("-start", "-pk"))
    return OfficeLine(found, units.label(found.unit_id, on) if found.unit_id else None, ever)


def office_lines(found: Iterable[Office], on: date) -> list[OfficeLine]:
    """Units and holders of the day, a fixed number of queries."""
    wanted = list(found)
    held: dict[int, list[Holding]] = defaultdict(list)
    for holding in Holding.objects.filter(running(on), office__in=wanted).select_related("user"):
        held[holding.office_id].append(holding)
    places = units.labels({one.unit_id for one in wanted if one.unit_id}, on)
    return [OfficeLine(one, places.get(one.unit_id), tuple(held[one.pk])) for one in wanted]


def own_tokens(actor: authority.Actor) -> QuerySet[Token]:
    """Khoá API của chính người này, in all his offices, the newest first."""
    return Token.objects.filter(holding__user_id=actor.user_id).select_related("holding__office")


def account_named(username: str) -> User:
    """Tài khoản theo tên đăng nhập, whatever the case; NotPossible when there is none."""
    found = User.objects.filter(username__iexact=username.strip()).first()
    if found is None:
        raise NotPossible(
            _("Không có tài khoản «%(username)s»: xem lại tên đăng nhập, hoặc tạo tài khoản mới cho chức danh này.")
            % {"username": username.strip()}
        )
    return found
