"""Thẩm quyền: who may do what, where, on which day. The table is authority.csv; this page only asks it.

A scope is the subtree of the office's unit on the asked day and, for sector officers, the criteria in their charge.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ntm.records.audit.stamp import ActorStamp
from ntm.records.people import authority_refusals as refusals
from ntm.records.people.authority_table import Scope, table
from ntm.records.people.models import Holding
from ntm.records.units import queries as units

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ntm.records.people.models import User

__all__ = [
    "SESSION_KEY",
    "Actor",
    "Denied",
    "Reach",
    "actor_for",
    "actor_of",
    "actors_of",
    "allows",
    "allows_some",
    "in_charge_of",
    "reach",
    "require",
]

SESSION_KEY = "holding_id"  # where the session keeps the office under which a person acts


class Denied(PermissionError):
    """Không được phép: one Vietnamese sentence that says why, and who could."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Người đang làm việc: one person in one office. Without a unit the office is central: its area is the country."""

    user_id: int
    holding_id: int
    role: str
    unit_id: int | None
    criteria: tuple[str, ...]
    name: str
    office_label: str
    demonstration_day: date | None = None  # what its pages take for today, in a demonstration

    def stamp(self) -> ActorStamp:
        """As the log writes it."""
        return ActorStamp(user_id=self.user_id, name=self.name, office=self.office_label)

    def require(self, action: str, unit_id: int | None, *, on: date, criterion: str | None = None) -> None:
        """Raise Denied unless this office may do it there, on that day."""
        require(self, action, unit_id, on=on, criterion=criterion)

    def allows(self, action: str, unit_id: int | None, *, on: date, criterion: str | None = None) -> bool:
        """May this office do it there, on that day?"""
        return allows(self, action, unit_id, on=on, criterion=criterion)


@dataclass(frozen=True, slots=True)
class Reach:
    """Phạm vi của một việc: where an office may do one action on one day; one question for a whole list."""

    everywhere: bool
    unit_ids: frozenset[int]
    criteria: tuple[str, ...] | None  # None: every criterion

    def covers(self, unit_id: int, criterion: str | None = None) -> bool:
        """Is the unit (and the criterion) within?"""
        if not self.everywhere and unit_id not in self.unit_ids:
            return False
        return self.criteria is None or (criterion is not None and in_charge_of(self.criteria, criterion))


def require(actor: Actor, action: str, unit_id: int | None, *, on: date, criterion: str | None = None) -> None:
    """Đòi thẩm quyền: raises Denied with the sentence that says why and who could."""
    cell = table()[actor.role, action]
    if cell.scope is Scope.NONE:
        raise Denied(refusals.no_right(actor, action, cell))
    if not _in_area(actor, cell.scope, unit_id, on):
        raise Denied(refusals.wrong_unit(actor, action, cell, unit_id, on))
    if cell.scope.by_criteria and not _in_charge(actor, criterion):
        raise Denied(refusals.wrong_criterion(actor, action, criterion))


def allows(actor: Actor, action: str, unit_id: int | None, *, on: date, criterion: str | None = None) -> bool:
    """The same question, answered yes or no."""
    scope = table()[actor.role, action].scope
    if scope is Scope.NONE or not _in_area(actor, scope, unit_id, on):
        return False
    return not scope.by_criteria or _in_charge(actor, criterion)


def allows_some(actor: Actor, action: str, unit_id: int | None, *, on: date) -> bool:
    """May the office do it there for at least one criterion? For showing a page; the service asks for the criterion."""
    scope = table()[actor.role, action].scope
    if scope is Scope.NONE or not _in_area(actor, scope, unit_id, on):
        return False
    return not scope.by_criteria or bool(actor.criteria)


def reach(actor: Actor, action: str, *, on: date) -> Reach:
    """All units where the office may do the action that day, in one or two queries."""
    scope = table()[actor.role, action].scope
    criteria = actor.criteria if scope.by_criteria else None
    if scope is Scope.NONE:
        return Reach(False, frozenset(), criteria)
    own = frozenset() if actor.unit_id is None else frozenset([actor.unit_id])
    if scope in (Scope.OWN_UNIT, Scope.OWN_CRITERIA_IN_UNIT):
        return Reach(False, own, criteria)
    if scope.everywhere or actor.unit_id is None:
        return Reach(True, frozenset(), criteria)
    below = frozenset(units.descendant_ids(actor.unit_id, on)) - own
    return Reach(False, below if scope is Scope.BELOW else below | own, criteria)


def in_charge_of(criteria: Collection[str], asked: str) -> bool:
    """ "10" is in charge of 10 and 10.1 of every set; "SET:10" of that set only; "*" of everything."""
    asked_set, asked_code = _split(asked)
    for entry in criteria:
        entry_set, code = _split(entry)
        if entry_set and entry_set != asked_set:
            continue
        if code == "*" or asked_code == code or asked_code.startswith(f"{code}."):
            return True
    return False


def actor_of(holding: Holding) -> Actor:
    """The actor of a holding (with its user and office)."""
    office = holding.office
    return Actor(
        user_id=holding.user_id,
        holding_id=holding.pk,
        role=office.role,
        unit_id=office.unit_id,
        criteria=tuple(office.criteria),
        name=holding.user.full_name,
        office_label=office.title,
        demonstration_day=office.demonstration_day,
    )


def actors_of(user: User | AnonymousUser, *, on: date) -> list[Actor]:
    """Các chức danh đang giữ: every office the person holds on this day, the oldest first."""
    if not user.is_authenticated or not user.is_active:
        return []
    held = Holding.objects.filter(user_id=user.pk).select_related("user", "office").order_by("start", "pk")
    return [actor_of(holding) for holding in held if holding.on(on)]


def actor_for(user: User | AnonymousUser, holding_id: int | None = None, *, on: date) -> Actor:
    """Người đang làm việc: the person in the chosen office, or in the one held longest when none was chosen."""
    if not user.is_authenticated:
        raise Denied(_("Chưa đăng nhập: hãy đăng nhập bằng tài khoản được cấp."))
    if not user.is_active:
        raise Denied(_("Tài khoản đã khoá: liên hệ Văn phòng Điều phối hoặc quản trị hệ thống để mở lại."))
    held = actors_of(user, on=on)
    if not held:
        raise Denied(
            _("Ngày %(day)s tài khoản này không giữ chức danh nào: liên hệ Văn phòng Điều phối để được giao chức danh.")
            % {"day": refusals.written(on)}
        )
    if holding_id is None:
        return held[0]
    for actor in held:
        if actor.holding_id == holding_id:
            return actor
    raise Denied(
        _("Ngày %(day)s tài khoản này không giữ chức danh đã chọn; đang giữ: %(held)s. Hãy chọn lại chức danh.")
        % {"day": refusals.written(on), "held": "; ".join(actor.office_label for actor in held)}
    )


def _split(criterion: str) -> tuple[str, str]:
    set_code, _colon, code = criterion.rpartition(":")
    return set_code, code


def _in_area(actor: Actor, scope: Scope, unit_id: int | None, on: date) -> bool:
    if scope.everywhere:
        return True
    own = unit_id == actor.unit_id
    if scope in (Scope.OWN_UNIT, Scope.OWN_CRITERIA_IN_UNIT):
        return own
    if own:
        return scope is not Scope.BELOW
    if unit_id is None:
        return False
    return actor.unit_id is None or actor.unit_id in units.ancestor_ids(unit_id, on)


def _in_charge(actor: Actor, criterion: str | None) -> bool:
    if criterion is None:
        return any(entry == "*" for entry in actor.criteria)
    return in_charge_of(actor.criteria, criterion)
