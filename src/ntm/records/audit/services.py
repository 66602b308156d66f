"""Ghi nhật ký: the only way to write the log, and the way to prove that nobody rewrote it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from ntm.records.audit import append_only, canonical
from ntm.records.audit.models import Entry
from ntm.records.audit.stamp import ActorStamp, system
from ntm.records.audit.verbs import VERBS

__all__ = ["ActorStamp", "UnknownVerb", "VerifyResult", "matches", "record", "record_bulk", "system", "verify"]

_LOCK = 0x4E544D01  # one number for "the end of the log" among PostgreSQL's advisory locks


class UnknownVerb(KeyError):
    """A verb that audit/verbs.py does not list."""


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """Kết quả kiểm tra nhật ký. The last number and hash, noted elsewhere, prove later that the end is there."""

    ok: bool
    checked: int
    last_sequence: int
    last_hash: str
    problem: str | None = None
    at_sequence: int | None = None


def record(
    *,
    actor: ActorStamp,
    verb: str,
    subject: models.Model | str,
    unit_id: int | None,
    on: date,
    detail: Mapping[str, Any] | None = None,
) -> Entry:
    """Ghi một mục: inside the caller's transaction, so the deed and its entry stand or fall together."""
    if verb not in VERBS:
        raise UnknownVerb(f"{verb} is not in records/audit/verbs.py: add it there with the sentence people will read")
    with transaction.atomic(savepoint=False):
        _hold_the_end()
        last = Entry.objects.order_by("-sequence").values_list("sequence", "hash").first()
        sequence, previous = last or (0, canonical.GENESIS)
        entry = Entry(
            sequence=sequence + 1,
            at=timezone.now(),
            on=_day(on),
            verb=verb,
            user_id=actor.user_id,
            name=canonical.plain(actor.name)[:200],
            office=canonical.plain(actor.office)[:300],
            subject=_subject(subject),
            unit_id=unit_id,
            detail=canonical.plain(detail or {}),
            previous_hash=previous,
        )
        entry.hash = entry.computed_hash()
        entry.save()
    return entry


def record_bulk(
    *,
    actor: ActorStamp,
    verb: str,
    subject: models.Model | str,
    unit_id: int | None,
    on: date,
    items: Iterable[Mapping[str, Any]],
    detail: Mapping[str, Any] | None = None,
) -> Entry:
    """Ghi gộp một lần nhập: one entry with the number of changes and one digest over all of them.

    `items` are what can be drawn again from the rows themselves (id, unit, indicator, day, value ...) in a fixed
    order, so `matches` can later tell whether the rows are still those that were written.
    """
    count, digest = canonical.digest_lines(items)
    whole = {**(detail or {}), "count": count, "digest": digest}
    return record(actor=actor, verb=verb, subject=subject, unit_id=unit_id, on=on, detail=whole)


def matches(entry: Entry, items: Iterable[Mapping[str, Any]]) -> bool:
    """Are these still the changes that the bulk entry sums up, in the same order?"""
    return (entry.detail.get("count"), entry.detail.get("digest")) == canonical.digest_lines(items)


def verify(*, known: tuple[int, str] | None = None) -> VerifyResult:
    """Kiểm tra nhật ký: walk the whole chain, a page of rows in memory at a time.

    `known` is a number and hash noted earlier and kept elsewhere; with it a log cut off at its end is found too.
    """
    checked, previous = 0, canonical.GENESIS
    for entry in Entry.objects.order_by("sequence").iterator(chunk_size=2000):
        problem = _problem(entry, checked + 1, previous, known)
        if problem:
            return VerifyResult(False, checked, checked, previous, problem, entry.sequence)
        checked, previous = entry.sequence, entry.hash
    if known and known[0] > checked:
        problem = f"Nhật ký chỉ còn {checked} mục, trước đây đã có mục {known[0]}: phần cuối đã bị cắt."
        return VerifyResult(False, checked, checked, previous, problem, checked + 1)
    if not append_only.present(connection):
        problem = "Cơ sở dữ liệu không còn khoá ghi thêm của nhật ký (trigger); chuỗi vẫn nguyên vẹn."
        return VerifyResult(False, checked, checked, previous, problem, None)
    return VerifyResult(True, checked, checked, previous)


def _problem(entry: Entry, expected: int, previous: str, known: tuple[int, str] | None) -> str | None:
    if entry.sequence != expected:
        return f"Thiếu mục {expected}: sau mục {expected - 1} là mục {entry.sequence}."
    if entry.previous_hash != previous:
        return f"Mục {entry.sequence} không nối với mục {entry.sequence - 1}."
    if entry.computed_hash() != entry.hash:
        return f"Nội dung mục {entry.sequence} đã bị sửa sau khi ghi."
    if known and known[0] == entry.sequence and known[1] != entry.hash:
        return f"Mục {entry.sequence} khác với mã băm đã lưu trước đây: nhật ký đã bị viết lại."
    return None


def _hold_the_end() -> None:
    """One writer at a time. SQLite's transactions are IMMEDIATE (settings), so there it is held already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _subject(subject: models.Model | str) -> str:
    if isinstance(subject, models.Model):
        return f"{subject._meta.label_lower}:{subject.pk}"
    return str(canonical.plain(subject))[:200]


def _day(on: date) -> date:
    if isinstance(on, datetime):
        raise TypeError("`on` is a day, not a moment")
    return on
