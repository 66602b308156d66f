"""Chức danh: made for a unit, given to a person, ended, chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ntm.records.audit.services import record
from ntm.records.people import authority
from ntm.records.people.models import Body, Holding, Office, Role, User
from ntm.records.people.models.offices import AT_A_UNIT
from ntm.records.people.queries import is_demonstration
from ntm.records.people.services.rules import NotPossible, cleaned, closing_day, written


@transaction.atomic
def create_office(
    actor: authority.Actor,
    *,
    role: str,
    title: str,
    unit_id: int | None,
    on: date,
    body: Body | None = None,
    criteria: Sequence[str] = (),
) -> Office:
    """Lập chức danh at a unit; without a unit it is a central office."""
    authority.require(actor, "people.manage", unit_id, on=on)
    _only_administrators_make_administrators(actor, role)
    office = Office(role=role, title=" ".join(title.split()), unit_id=unit_id, body=body, criteria=_codes(criteria))
    cleaned(office, "role", "title")
    _fitting(office)
    office.save()
    record(
        actor=actor.stamp(),
        verb="office.create",
        subject=office,
        unit_id=unit_id,
        on=on,
        detail={"office": office.title, "role": role, "criteria": office.criteria},
    )
    return office


@transaction.atomic
def set_demonstration_day(actor: authority.Actor, office: Office, day: date, *, on: date) -> Office:
    """Đặt ngày minh hoạ: what this office's pages take for today. Only in a demonstration database."""
    authority.require(actor, "people.manage", office.unit_id, on=on)
    if not is_demonstration():
        raise NotPossible(_("Ngày minh hoạ chỉ đặt được trong bản cài đặt minh hoạ."))
    office.demonstration_day = day
    office.save(update_fields=["demonstration_day"])
    record(
        actor=actor.stamp(),
        verb="office.demonstration_day",
        subject=office,
        unit_id=office.unit_id,
        on=on,
        detail={"office": office.title, "day": day},
    )
    return office


@transaction.atomic
def give_office(
    actor: authority.Actor,
    *,
    user: User,
    office: Office,
    start: date,
    on: date,
    end: date | None = None,
    decision: str = "",
) -> Holding:
    """Giao chức danh: from a day on, until a day (excluded) if it is known."""
    authority.require(actor, "people.manage", office.unit_id, on=on)
    _only_administrators_make_administrators(actor, office.role)
    if not user.is_active:
        raise NotPossible(_("Tài khoản %(username)s đang khoá: mở lại trước khi giao.") % {"username": user.username})
    if end is not None and end <= start:
        raise NotPossible(
            _("Ngày thôi giữ %(end)s phải sau ngày bắt đầu %(start)s.") % {"end": written(end), "start": written(start)}
        )
    for held in Holding.objects.filter(user=user, office=office):
        if (held.end is None or start < held.end) and (end is None or held.start < end):
            raise NotPossible(
                _("%(name)s đã giữ chức danh «%(office)s» từ ngày %(start)s.")
                % {"name": user.full_name, "office": office.title, "start": written(held.start)}
            )
    holding = Holding.objects.create(user=user, office=office, start=start, end=end, decision=decision.strip())
    _log(actor, "office.give", holding, on, start=start, end=end, decision=decision)
    return holding


@transaction.atomic
def end_office(actor: authority.Actor, holding: Holding, *, end: date, on: date) -> Holding:
    """Kết thúc chức danh: the first day on which it is no longer held."""
    authority.require(actor, "people.manage", holding.office.unit_id, on=on)
    _only_administrators_make_administrators(actor, holding.office.role)
    holding = Holding.objects.select_for_update(of=("self",)).select_related("user", "office").get(pk=holding.pk)
    closing_day(holding.start, holding.end, end, f"«{holding.office.title}»")
    if holding.office.role == Role.ADMINISTRATOR and not _another_administrator(holding, end):
        raise NotPossible(_("Đây là người quản trị hệ thống cuối cùng: giao cho người khác trước khi kết thúc."))
    holding.end = end
    holding.save(update_fields=["end"])
    _log(actor, "office.end", holding, on, end=end)
    return holding


@transaction.atomic
def choose_office(session: Any, user: User, holding_id: int, *, on: date) -> authority.Actor:
    """Chọn chức danh: under which of his offices a person acts from now on; the session keeps it."""
    actor = authority.actor_for(user, holding_id, on=on)
    session[authority.SESSION_KEY] = actor.holding_id
    record(
        actor=actor.stamp(),
        verb="office.choose",
        subject=user,
        unit_id=actor.unit_id,
        on=on,
        detail={"office": actor.office_label},
    )
    return actor


def _fitting(office: Office) -> None:
    """A role has what it needs: a unit, criteria, a body of the same unit."""
    if office.unit_id is None and office.role in AT_A_UNIT:
        raise NotPossible(_("Chức danh này phải gắn với một xã hoặc một thôn: hãy chọn đơn vị."))
    if office.role == Role.SECTOR_OFFICER and not office.criteria:
        raise NotPossible(
            _("Cơ quan phụ trách tiêu chí phải có ít nhất một tiêu chí: ví dụ 10, hoặc * là mọi tiêu chí.")
        )
    if office.role != Role.SECTOR_OFFICER and office.criteria:
        raise NotPossible(_("Chỉ cơ quan phụ trách tiêu chí mới có danh sách tiêu chí."))
    if office.body is not None and office.body.unit_id != office.unit_id:
        raise NotPossible(_("Cơ quan «%(body)s» thuộc đơn vị khác.") % {"body": office.body.name})


def _codes(criteria: Sequence[str]) -> list[str]:
    if isinstance(criteria, str):
        raise TypeError("criteria is a list of codes, not one text")
    return list(dict.fromkeys(code.strip() for code in criteria if code.strip()))


def _only_administrators_make_administrators(actor: authority.Actor, role: str) -> None:
    if role == Role.ADMINISTRATOR and actor.role != Role.ADMINISTRATOR:
        raise authority.Denied(_("Chỉ quản trị hệ thống được giao hoặc kết thúc chức danh quản trị hệ thống."))


def _another_administrator(holding: Holding, end: date) -> bool:
    others = Holding.objects.filter(office__role=Role.ADMINISTRATOR, user__is_active=True).exclude(pk=holding.pk)
    return any(other.on(end) and other.on(end + timedelta(days=1)) for other in others.exclude(user=holding.user))


def _log(actor: authority.Actor, verb: str, holding: Holding, on: date, **detail: Any) -> None:
    record(
        actor=actor.stamp(),
        verb=verb,
        subject=holding,
        unit_id=holding.office.unit_id,
        on=on,
        detail={"username": holding.user.username, "office": holding.office.title, **detail},
    )
