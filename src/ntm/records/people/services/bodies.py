"""Cơ quan, tổ chức và thành viên."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ntm.records.audit.services import record
from ntm.records.people import authority
from ntm.records.people.models import Body, BodyMember, User
from ntm.records.people.services.rules import NotPossible, cleaned, closing_day, written


@transaction.atomic
def create_body(
    actor: authority.Actor,
    *,
    unit_id: int | None,
    kind: str,
    name: str,
    start: date,
    on: date,
    abbreviation: str = "",
    decision: str = "",
) -> Body:
    """Lập cơ quan of a unit, from a day on; without a unit it is a central body."""
    authority.require(actor, "body.manage", unit_id, on=on)
    body = Body(
        unit_id=unit_id,
        kind=kind,
        name=" ".join(name.split()),
        abbreviation=abbreviation.strip(),
        start=start,
        decision=decision.strip(),
    )
    cleaned(body, "kind", "name", "abbreviation", "decision")
    if Body.objects.filter(unit_id=unit_id, name__iexact=body.name, end=None).exists():
        raise NotPossible(_("Đơn vị này đã có cơ quan «%(name)s» đang hoạt động.") % {"name": body.name})
    body.save()
    record(
        actor=actor.stamp(),
        verb="body.create",
        subject=body,
        unit_id=unit_id,
        on=on,
        detail={"name": body.name, "kind": kind, "start": start, "decision": decision},
    )
    return body


@transaction.atomic
def end_body(actor: authority.Actor, body: Body, *, end: date, on: date) -> Body:
    """Kết thúc cơ quan: its open memberships end with it."""
    authority.require(actor, "body.manage", body.unit_id, on=on)
    body = Body.objects.select_for_update().get(pk=body.pk)
    closing_day(body.start, body.end, end, f"«{body.name}»")
    later = body.members.filter(end=None, start__gte=end).first()
    if later:
        raise NotPossible(
            _("Thành viên %(name)s bắt đầu ngày %(day)s, sau ngày kết thúc cơ quan: xem lại ngày.")
            % {"name": later.name, "day": written(later.start)}
        )
    body.end = end
    body.save(update_fields=["end"])
    body.members.filter(end=None).update(end=end)
    record(
        actor=actor.stamp(),
        verb="body.end",
        subject=body,
        unit_id=body.unit_id,
        on=on,
        detail={"name": body.name, "end": end},
    )
    return body


@transaction.atomic
def add_member(
    actor: authority.Actor,
    *,
    body: Body,
    position: str,
    start: date,
    on: date,
    user: User | None = None,
    name: str = "",
    post: str = "",
) -> BodyMember:
    """Ghi thành viên: an account, or only a name; a position in the body; from a day on."""
    authority.require(actor, "body.manage", body.unit_id, on=on)
    member = BodyMember(
        body=body,
        user=user,
        name=" ".join(name.split()) or (user.full_name if user else ""),
        post=post.strip(),
        position=" ".join(position.split()),
        start=start,
    )
    cleaned(member, "name", "post", "position")
    if not body.on(start):
        raise NotPossible(
            _("Ngày %(day)s cơ quan «%(name)s» chưa lập hoặc đã kết thúc.") % {"day": written(start), "name": body.name}
        )
    member.save()
    _log_member(actor, member, on, start=start)
    return member


@transaction.atomic
def end_member(actor: authority.Actor, member: BodyMember, *, end: date, on: date) -> BodyMember:
    """Thôi thành viên: the first day on which he sits there no more."""
    authority.require(actor, "body.manage", member.body.unit_id, on=on)
    closing_day(member.start, member.end, end, member.name)
    member.end = end
    member.save(update_fields=["end"])
    _log_member(actor, member, on, end=end)
    return member


def _log_member(actor: authority.Actor, member: BodyMember, on: date, **detail: date) -> None:
    record(
        actor=actor.stamp(),
        verb="body.member",
        subject=member,
        unit_id=member.body.unit_id,
        on=on,
        detail={"member": member.name, "position": member.position, "name": member.body.name, **detail},
    )
