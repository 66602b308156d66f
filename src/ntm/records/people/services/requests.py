"""Khoá lặp (Idempotency-Key): what was answered under a key is answered again, and not done again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ntm.records.people.authority import Actor
from ntm.records.people.models import AnsweredRequest
from ntm.records.people.services.rules import NotPossible

__all__ = ["Answer", "answer_once", "forget_old"]

KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Answer:
    """Trả lời: status and JSON body; `repeated` when it was given before."""

    status: int
    body: str
    repeated: bool = False


def answer_once(actor: Actor, *, key: str, address: str, body: bytes, work: Callable[[], Answer]) -> Answer:
    """Do the work and keep its answer under the key, in one transaction; or give the kept answer. A failed request is
    not kept: it changed nothing and may be tried again."""
    if len(key) > 200:
        raise NotPossible(_("Khoá lặp (Idempotency-Key) dài quá 200 ký tự."))
    fingerprint = hashlib.sha256(address.encode() + b"\0" + body).hexdigest()
    kept = _kept(actor, key, fingerprint)
    if kept:
        return kept
    try:
        with transaction.atomic():
            row = AnsweredRequest.objects.create(
                holding_id=actor.holding_id,
                key=key,
                fingerprint=fingerprint,
                status=0,
                body="",
                answered_at=timezone.now(),
            )
            answer = work()
            row.status, row.body = answer.status, answer.body
            row.save(update_fields=["status", "body"])
            return answer
    except IntegrityError:  # the same request came twice at once: the other one has done it
        other = _kept(actor, key, fingerprint)
        if other is None:
            raise
        return other


def _kept(actor: Actor, key: str, fingerprint: str) -> Answer | None:
    row = AnsweredRequest.objects.filter(holding_id=actor.holding_id, key=key).first()
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise NotPossible(_("Khoá lặp này đã dùng cho một yêu cầu khác: mỗi yêu cầu mới cần một khoá mới."))
    return Answer(row.status, row.body, repeated=True)


def forget_old() -> int:
    """Xoá các trả lời đã cũ; the deeds themselves stay in the log."""
    return AnsweredRequest.objects.filter(answered_at__lt=timezone.now() - KEPT_FOR).delete()[0]
