"""Quyền và nhật ký: who may decide what in a document; the document with its reading, held while a verb runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ntm.records.archive.documents.refusals import DocumentRefused
from ntm.records.archive.models import OfficialDocument, ReadingState
from ntm.records.audit.services import record
from ntm.records.people import authority


def may_decide_some(actor: authority.Actor, document: OfficialDocument, *, on: date) -> bool:
    """May the office decide about at least some items of this document?"""
    return authority.allows_some(actor, "document.confirm", document.unit_id, on=on)


def decider(actor: authority.Actor, document: OfficialDocument, *, on: date) -> Callable[[Iterable[int]], bool]:
    """The same for every item at once: a question about its criteria, answered without asking the database again."""
    if authority.allows(actor, "document.confirm", document.unit_id, on=on):
        return lambda criteria: True
    if not may_decide_some(actor, document, on=on):
        return lambda criteria: False
    prefix = f"{document.current.set_code}:" if document.current and document.current.set_code else ""

    def allowed(criteria: Iterable[int]) -> bool:
        asked = [f"{prefix}{no}" for no in criteria]
        return bool(asked) and all(authority.in_charge_of(actor.criteria, one) for one in asked)

    return allowed


def opened(actor: authority.Actor, document: OfficialDocument, on: date) -> OfficialDocument:
    """The document with its reading, for an office that may decide something in it."""
    if not may_decide_some(actor, document, on=on):
        authority.require(actor, "document.confirm", document.unit_id, on=on)
    found = (
        OfficialDocument.objects.select_for_update(of=("self",)).select_related("use", "current").get(pk=document.pk)
    )
    standing(found)
    if found.current is None or found.current.state != ReadingState.DONE:
        raise DocumentRefused(_("Văn bản chưa đọc xong: chờ đọc xong rồi làm tiếp."))
    return found


def standing(document: OfficialDocument) -> None:
    if document.withdrawn_at is not None:
        raise DocumentRefused(_("Văn bản này đã rút, không làm tiếp được."))


def refuse(actor: authority.Actor, document: OfficialDocument, criteria: Iterable[int], on: date) -> None:
    for no in criteria:
        authority.require(actor, "document.confirm", document.unit_id, on=on, criterion=str(no))
    authority.require(actor, "document.confirm", document.unit_id, on=on)


def log(actor: authority.Actor, verb: str, document: OfficialDocument, on: date, **detail: Any) -> None:
    record(
        actor=actor.stamp(),
        verb=verb,
        subject=document,
        unit_id=document.unit_id,
        on=on,
        detail={"file": document.use.name, "number": document.number, **detail},
    )
