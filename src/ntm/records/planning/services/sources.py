"""Chỗ trong nguồn: where the paper says what a part of a draft says, and whether the part is assumed; written in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ntm.records.people.authority import Actor
from ntm.records.planning.models import TargetShare, Versioned
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import editing

__all__ = ["Said", "tell"]


@dataclass(frozen=True, slots=True)
class Said:
    """Một phần và chỗ của nó trong văn bản gốc; `assumed` where the paper does not say it in so many words."""

    row: Versioned
    place: str
    assumed: bool = False


@transaction.atomic
def tell(actor: Actor, plan_id: int, parts: Iterable[Said], *, on: date) -> int:
    """Ghi chỗ trong nguồn of parts of the open draft; one update a kind, one entry in the log."""
    found = editing.draft(actor, plan_id, on)
    by_kind: dict[type[Versioned], list[Versioned]] = defaultdict(list)
    assumed = False
    for one in parts:
        owner = one.row.target if isinstance(one.row, TargetShare) else one.row
        if getattr(owner, "plan_id", None) != plan_id or one.row.until is not None:
            raise Refused("Có phần không thuộc dự thảo này; tải lại trang.")
        if len(one.place) > 300:
            raise Refused(f"Chỗ trong nguồn “{one.place[:40]}…” dài quá 300 chữ.")
        one.row.source_place, one.row.assumed = one.place, one.assumed
        assumed |= one.assumed
        by_kind[type(one.row)].append(one.row)
    for model, rows in by_kind.items():
        model.objects.bulk_update(rows, ["source_place", "assumed"], batch_size=500)
    if assumed and not found.plan.assumed:
        found.plan.assumed = True
        found.plan.save(update_fields=["assumed"])
    count = sum(len(rows) for rows in by_kind.values())
    if count:
        editing.log(actor, "plan.source", found.plan, on, no=found.no, count=count)
    return count
