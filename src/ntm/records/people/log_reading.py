"""Ai đọc được gì trong nhật ký: the log narrowed to the area of who asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db.models import Max

from ntm.records.audit import queries as audit
from ntm.records.audit.models import Entry
from ntm.records.people import authority
from ntm.records.units import queries as units

__all__ = ["entry", "lines", "page", "people", "sees_everything"]


def page(
    actor: authority.Actor, asked: audit.Filter, *, unit_id: int | None = None, number: int = 1, on: date
) -> audit.Page:
    """Một trang nhật ký. Denied for who may not read it, or not that of `unit_id` and the units below it."""
    return audit.page(_narrowed(actor, asked, unit_id, on), number=number)


def lines(
    actor: authority.Actor, asked: audit.Filter, *, unit_id: int | None = None, most: int, on: date
) -> list[audit.Line]:
    """The same as one list, for a file: the newest `most`."""
    found = audit.entries(_narrowed(actor, asked, unit_id, on))
    return [audit.line(one) for one in found[:most]]


def entry(actor: authority.Actor, sequence: int, on: date) -> Entry | None:
    """Một mục, if it lies in what the actor may read."""
    return audit.entries(_narrowed(actor, audit.Filter(), None, on)).filter(sequence=sequence).first()


def people(actor: authority.Actor, on: date) -> list[tuple[int, str]]:
    """Who stands in the part of the log that the actor may read: (user id, name as last written)."""
    rows = audit.entries(_narrowed(actor, audit.Filter(), None, on)).exclude(user_id=None).order_by()
    latest = rows.values("user_id").annotate(latest=Max("sequence")).values("latest")
    found = Entry.objects.filter(sequence__in=latest).values_list("user_id", "name")
    return sorted(found, key=lambda pair: pair[1])


def sees_everything(actor: authority.Actor, on: date) -> bool:
    """Đọc được toàn bộ nhật ký: the whole system's, so that the chain can be checked."""
    return authority.allows(actor, "audit.read", None, on=on)


def _narrowed(actor: authority.Actor, asked: audit.Filter, unit_id: int | None, on: date) -> audit.Filter:
    reach = authority.reach(actor, "audit.read", on=on)
    if unit_id is not None:
        authority.require(actor, "audit.read", unit_id, on=on)
        below = frozenset([unit_id, *units.descendant_ids(unit_id, on)])
        return replace(asked, unit_ids=below if reach.everywhere else below & reach.unit_ids)
    if reach.everywhere:
        return asked
    if not reach.unit_ids:
        authority.require(actor, "audit.read", actor.unit_id, on=on)
    return replace(asked, unit_ids=reach.unit_ids)
