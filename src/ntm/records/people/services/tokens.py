"""Khoá API: a program acts as the holder of one office, with that office's authority and no more."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ntm.records.audit.services import record
from ntm.records.people import authority
from ntm.records.people.models import Holding, Token
from ntm.records.people.services.rules import NotPossible, cleaned, written

LONGEST = timedelta(days=366)  # a forgotten key must die by itself
_NOTED_EVERY = timedelta(minutes=10)  # "last used" is written at most this often


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """Khoá vừa cấp: `secret` is shown once and kept nowhere."""

    token: Token
    secret: str


@transaction.atomic
def issue_token(actor: authority.Actor, *, name: str, expires: date, on: date) -> IssuedToken:
    """Cấp khoá API for the office in which the person acts, and only for his own: a program signs with his name."""
    authority.require(actor, "token.manage", actor.unit_id, on=on)
    holding = Holding.objects.get(pk=actor.holding_id, user_id=actor.user_id)
    if not on < expires <= on + LONGEST:
        raise NotPossible(
            _("Hạn của khoá phải sau hôm nay và không quá ngày %(day)s.") % {"day": written(on + LONGEST)}
        )
    prefix = secrets.token_hex(4)
    secret = f"ntm_{prefix}_{secrets.token_urlsafe(32)}"
    token = Token(
        holding=holding,
        name=" ".join(name.split()),
        prefix=prefix,
        hash=_hash(secret),
        created=timezone.now(),
        expires=expires,
    )
    cleaned(token, "name")
    token.save()
    _log(actor, "token.issue", token, on)
    return IssuedToken(token, secret)


@transaction.atomic
def revoke_token(actor: authority.Actor, token: Token, *, on: date) -> Token:
    """Thu hồi khoá API: one's own, or one in the area where one manages keys."""
    if token.holding.user_id != actor.user_id:
        authority.require(actor, "token.manage", token.holding.office.unit_id, on=on)
    if token.revoked is not None:
        raise NotPossible(_("Khoá API này đã thu hồi rồi."))
    token.revoked = timezone.now()
    token.save(update_fields=["revoked"])
    _log(actor, "token.revoke", token, on)
    return token


def authenticate(secret: str, *, at: datetime) -> authority.Actor:
    """Nhận khoá API: the actor it stands for at this moment, or Denied with the reason."""
    parts = secret.strip().split("_", 2)
    token = None
    if len(parts) == 3 and parts[0] == "ntm":
        found = Token.objects.select_related("holding__user", "holding__office")
        token = found.filter(prefix=parts[1]).first()
    if token is None or not hmac.compare_digest(token.hash, _hash(secret.strip())):
        raise authority.Denied(_("Khoá API không đúng: chép lại đủ khoá đã được cấp."))
    day = timezone.localdate(at)
    if token.revoked is not None:
        raise authority.Denied(_("Khoá API «%(name)s» đã bị thu hồi: hãy cấp khoá khác.") % {"name": token.name})
    if day >= token.expires:
        raise authority.Denied(
            _("Khoá API «%(name)s» đã hết hạn từ ngày %(day)s: hãy cấp khoá khác.")
            % {"name": token.name, "day": written(token.expires)}
        )
    actor = authority.actor_for(token.holding.user, token.holding_id, on=day)
    if token.last_used is None or at - token.last_used >= _NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used=at)
    return actor


def _hash(secret: str) -> str:
    """The secret has 256 random bits, so one plain sha256 is enough: there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _log(actor: authority.Actor, verb: str, token: Token, on: date) -> None:
    record(
        actor=actor.stamp(),
        verb=verb,
        subject=token,
        unit_id=token.holding.office.unit_id,
        on=on,
        detail={"token": token.name, "prefix": token.prefix, "expires": token.expires},
    )
