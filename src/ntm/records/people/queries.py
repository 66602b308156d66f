"""Đọc phòng Con người, cơ quan: every question takes a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet

from ntm.records.people import authority
from ntm.records.people.models import (
    Body,
    BodyMember,
    Holding,
    Installation,
    InstallationKind,
    Office,
    Role,
    Token,
    User,
    Watch,
)
from ntm.records.units import queries as units

__all__ = [
    "administrators_exist",
    "bodies",
    "bodies_with_members",
    "central_bodies",
    "holders",
    "holdings",
    "is_demonstration",
    "members",
    "offices",
    "sector_offices",
    "tokens",
    "users",
    "watchers",
    "watches_at",
    "watches_of",
]


def running(on: date, prefix: str = "") -> Q:
    """Đang có hiệu lực: rows of an interval [start, end) that holds the day."""
    started = Q(**{f"{prefix}start__lte": on})
    return started & (Q(**{f"{prefix}end": None}) | Q(**{f"{prefix}end__gt": on}))


def is_demonstration() -> bool:
    """Is this a demonstration database?"""
    return Installation.objects.filter(kind=InstallationKind.DEMONSTRATION).exists()


def administrators_exist(on: date) -> bool:
    """Has the installation somebody who can give accounts? A first-steps page asks."""
    held = Holding.objects.filter(running(on), office__role=Role.ADMINISTRATOR, user__is_active=True)
    return held.exists()


def bodies(unit_id: int, on: date, *, kind: str | None = None) -> QuerySet[Body]:
    """Cơ quan, tổ chức of a unit that exist on the day."""
    found = Body.objects.filter(running(on), unit_id=unit_id)
    return found.filter(kind=kind) if kind else found


def bodies_with_members(unit_id: int, on: date) -> list[Body]:
    """Cơ quan của đơn vị, each with `.sitting`: its members of the day; two queries."""
    sitting = Prefetch(
        "members", queryset=BodyMember.objects.filter(running(on)).select_related("user"), to_attr="sitting"
    )
    return list(bodies(unit_id, on).prefetch_related(sitting))


def central_bodies(on: date) -> QuerySet[Body]:
    """Cơ quan trung ương that exist on the day."""
    return Body.objects.filter(running(on), unit=None)


def members(body_id: int, on: date) -> QuerySet[BodyMember]:
    """Thành viên of a body on the day."""
    return BodyMember.objects.filter(running(on), body_id=body_id).select_related("user")


def offices(unit_ids: Collection[int] | None = None) -> QuerySet[Office]:
    """Chức danh of these units (None: of all)."""
    found = Office.objects.select_related("body")
    return found if unit_ids is None else found.filter(unit_id__in=unit_ids)


def holders(unit_id: int | None, on: date, *, role: str | None = None) -> QuerySet[Holding]:
    """Người giữ chức danh at a unit on the day."""
    found = Holding.objects.filter(running(on), office__unit_id=unit_id).select_related("user", "office")
    return found.filter(office__role=role) if role else found


def holdings(user_id: int, on: date | None = None) -> QuerySet[Holding]:
    """Các chức danh of a person: on a day, or ever."""
    found = Holding.objects.filter(user_id=user_id).select_related("user", "office")
    return found if on is None else found.filter(running(on))


def sector_offices(unit_id: int, criterion: str, on: date) -> list[Holding]:
    """Ai thẩm tra tiêu chí này: who holds a sector office over the unit and the criterion on the day, nearest first."""
    order = [unit_id, *units.ancestor_ids(unit_id, on)]
    above = Q(office__unit_id__in=order) | Q(office__unit=None)
    held = Holding.objects.filter(running(on), above, office__role=Role.SECTOR_OFFICER)
    held = held.select_related("user", "office")
    within = [one for one in held if authority.in_charge_of(one.office.criteria, criterion)]
    return sorted(within, key=lambda one: _distance(order, one.office.unit_id))


def users(unit_ids: Collection[int] | None, on: date) -> QuerySet[User]:
    """Tài khoản that hold an office at these units on the day (None: every account)."""
    if unit_ids is None:
        return User.objects.all()
    held = Holding.objects.filter(running(on), office__unit_id__in=unit_ids)
    return User.objects.filter(pk__in=held.values("user_id"))


def watchers(unit_id: int, on: date, *, criterion: str | None = None) -> list[Watch]:
    """Ai phụ trách địa bàn (và tiêu chí) này: assignments to the unit or to a unit above it, and to the criterion."""
    order = [unit_id, *units.ancestor_ids(unit_id, on)]
    of_area = Q(unit_id__in=order) | Q(unit=None, body__unit_id__in=order) | Q(unit=None, body__unit=None)
    found = Watch.objects.filter(running(on)).filter(of_area).select_related("body", "user")
    if criterion is None:
        return list(found.filter(criterion=""))
    return [one for one in found if not one.criterion or authority.in_charge_of([one.criterion], criterion)]


def watches_at(unit_id: int, on: date) -> list[Watch]:
    """Mọi phân công chạm tới đơn vị: of the unit and of units above it, of an area or of a criterion; the nearest first."""
    order = [unit_id, *units.ancestor_ids(unit_id, on)]
    of_area = Q(unit_id__in=order) | Q(unit=None, body__unit_id__in=order)
    found = Watch.objects.filter(running(on)).filter(of_area).select_related("body", "user")
    return sorted(found, key=lambda one: (_distance(order, one.unit_id or 0), one.criterion, one.start))


def watches_of(user_id: int, on: date) -> QuerySet[Watch]:
    """Tôi phụ trách gì: assignments of a person and of the bodies in which he sits on the day."""
    sits = BodyMember.objects.filter(running(on), user_id=user_id).values("body_id")
    works = Holding.objects.filter(running(on), user_id=user_id, office__body__isnull=False).values("office__body_id")
    mine = Q(user_id=user_id) | Q(body_id__in=sits) | Q(body_id__in=works)
    return Watch.objects.filter(running(on)).filter(mine).select_related("body")


def tokens(holding_ids: Iterable[int], on: date, *, ending_within: timedelta | None = None) -> QuerySet[Token]:
    """Khoá API còn dùng được of these holdings; `ending_within` keeps those that end soon."""
    found = Token.objects.filter(holding_id__in=list(holding_ids), revoked=None, expires__gt=on)
    return found if ending_within is None else found.filter(expires__lte=on + ending_within)


def _distance(order: list[int], unit_id: int | None) -> int:
    return order.index(unit_id) if unit_id in order else len(order)
