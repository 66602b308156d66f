"""Khoá lịch: a secret address under which a person's or a body's work shows in a calendar program; only its hash is kept."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone

from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.people.models import Body
from ntm.records.planning.bodies import acts_for
from ntm.records.planning.models import FeedKey
from ntm.records.planning.queries.calendar import digest_of, ical
from ntm.records.planning.refusals import Refused

__all__ = ["ical", "make", "own", "withdraw"]


@transaction.atomic
def make(actor: Actor, *, on: date, body_id: int | None = None) -> str:
    """Lập khoá of the person, or of a body the office acts for or may read; the older key ends. Shown this once."""
    body = None
    if body_id is not None:
        body = Body.objects.filter(pk=body_id).first()
        if body is None:
            raise Refused("Không tìm thấy cơ quan này.")
        if body.pk not in acts_for(actor, on):
            actor.require("task.read", body.unit_id, on=on)
    older = FeedKey.objects.filter(user_id=actor.user_id, body=body, withdrawn_at=None)
    older.update(withdrawn_at=timezone.now())
    key = secrets.token_urlsafe(32)
    row = FeedKey.objects.create(user_id=actor.user_id, body=body, digest=digest_of(key), made_at=timezone.now())
    _log(actor, "feed.make", row, on)
    return key


@transaction.atomic
def withdraw(actor: Actor, key_id: int, *, on: date) -> FeedKey:
    """Rút khoá of one's own: the address shows nothing any more."""
    row = FeedKey.objects.select_for_update(of=("self",)).filter(pk=key_id, user_id=actor.user_id).first()
    if row is None or row.withdrawn_at is not None:
        raise Refused("Không tìm thấy khoá lịch này của anh/chị, hoặc đã rút.")
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    _log(actor, "feed.withdraw", row, on)
    return row


def own(actor: Actor) -> list[FeedKey]:
    """Các khoá đang dùng của mình."""
    rows = FeedKey.objects.filter(user_id=actor.user_id, withdrawn_at=None)
    return list(rows.select_related("body").order_by("made_at", "pk"))


def _log(actor: Actor, verb: str, row: FeedKey, on: date) -> None:
    audit.record(
        actor=actor.stamp(),
        verb=verb,
        subject=row,
        unit_id=row.body.unit_id if row.body else actor.unit_id,
        on=on,
        detail={"name": row.body.name if row.body else actor.name},
    )
