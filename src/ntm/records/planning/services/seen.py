"""Hai người cùng sửa: a form carries a mark of what it was opened on; saved over something newer it is refused, and both
are there to choose from. Nothing is lost without a person having seen it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model

from ntm.records.audit import canonical
from ntm.records.planning.models import Versioned
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import editing

__all__ = ["Stale", "check", "living_as", "mark", "mark_of"]

_NOT_CONTENT = {"id", "since", "until", "order", "read_item_id", "assumed", "source_place", "kept"}
Part = TypeVar("Part", bound=Versioned)


class Stale(Refused):
    """Người khác vừa sửa: `row` is what stands now, None where it was taken out."""

    def __init__(self, sentence: str, row: Any = None) -> None:
        super().__init__(sentence)
        self.row = row


def mark(row: Model, names: Collection[str] | None = None) -> str:
    """Dấu của một phần: its content (or only those fields), not its number or place."""
    fields = [one.attname for one in row._meta.concrete_fields if one.attname not in _NOT_CONTENT]
    return mark_of({name: getattr(row, name) for name in (names or fields)})


def mark_of(content: Mapping[str, Any] | Iterable[Any]) -> str:
    """Dấu của một nội dung."""
    plain = dict(content) if isinstance(content, Mapping) else list(content)
    return str(canonical.digest(plain))[:32]


def check(now: str, seen: str, row: Any) -> None:
    """Refused where something else stands now than what was seen; no mark, no question."""
    if seen and seen != now:
        raise Stale("Người khác vừa sửa phần này sau khi bạn mở; xem hai bản rồi chọn.", row)


def living_as(model: type[Part], found: editing.Draft, part_id: int, seen: str) -> Part:
    """The part of the open draft, if it still is what was seen. One that an amendment replaced meanwhile is found again by
    its place."""
    rows = model.objects.in_version(found.no).filter(plan_id=found.plan.pk)
    row: Part | None = rows.filter(pk=part_id).first()
    if row is None and seen:
        older = model.objects.filter(pk=part_id, plan_id=found.plan.pk, until=found.no).first()
        row = rows.filter(since=found.no, order=older.order).first() if older is not None else None
        if row is None:
            raise Stale("Người khác vừa bỏ phần này khỏi dự thảo; lời bạn gõ còn ở đây, chép lại nếu cần.")
    if row is None:
        row = editing.living(model, found, part_id)
    check(mark(row), seen, row)
    return row
