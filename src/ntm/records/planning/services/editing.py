"""Sửa trong lần đang mở: a part of the open version changes in place; a part that was issued is closed and replaced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.db.models import Max

from ntm.domain.official.dates import write_date
from ntm.domain.official.deadlines import DeadlineError, DeadlineKind, parse_deadline
from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.planning.models import Plan, PlanVersion, Versioned, VersionState
from ntm.records.planning.refusals import Refused

__all__ = [
    "OPEN",
    "Draft",
    "changed",
    "draft",
    "living",
    "log",
    "next_order",
    "open_version",
    "removed",
    "reorder",
    "understood",
]

OPEN = (VersionState.DRAFT, VersionState.REVIEWED)
Part = TypeVar("Part", bound=Versioned)


@dataclass(frozen=True, slots=True)
class Draft:
    """Dự thảo đang sửa: the plan and its open version."""

    plan: Plan
    version: PlanVersion

    @property
    def no(self) -> int:
        return self.version.no


def open_version(plan_id: int) -> Draft:
    """Lần đang mở of a plan, held while the verb runs; Refused when there is none."""
    version = (
        PlanVersion.objects.select_for_update(of=("self",))
        .select_related("plan", "plan__set")
        .filter(plan_id=plan_id, state__in=OPEN)
        .first()
    )
    if version is None:
        plan = Plan.objects.filter(pk=plan_id).first()
        if plan is None:
            raise Refused("Không tìm thấy kế hoạch này.")
        raise Refused(f"Kế hoạch {plan.get_state_display()}, không có dự thảo đang mở; muốn sửa thì mở điều chỉnh.")
    return Draft(version.plan, version)


def draft(actor: Actor, plan_id: int, on: date) -> Draft:
    """Dự thảo mà cơ quan này được sửa: in its draft state, neither sent for signing nor issued."""
    found = open_version(plan_id)
    actor.require("plan.draft", found.plan.unit_id, on=on)
    if found.version.state == VersionState.REVIEWED:
        raise Refused("Dự thảo đã rà soát, đang chờ ký; trả lại dự thảo trước khi sửa.")
    return found


def living(model: type[Part], found: Draft, part_id: int, **more: Any) -> Part:
    """A part of the open version; Refused when it is not there."""
    row: Part | None = model.objects.in_version(found.no).filter(pk=part_id, plan_id=found.plan.pk, **more).first()
    if row is None:
        name = str(model._meta.verbose_name)
        raise Refused(f"Không tìm thấy {name} này trong dự thảo; có thể người khác vừa bỏ hoặc sửa, tải lại trang.")
    return row


def changed(row: Part, no: int, **values: Any) -> Part:
    """Sửa một phần: in place when it began with this version, else the older one ends and a new one begins."""
    if row.since == no:
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
        return row
    removed([row], no)
    fields = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in ("since", "until")
    }
    new = type(row)(**fields, since=no, until=None)
    for name, value in values.items():
        setattr(new, name, value)
    new.save(force_insert=True)
    return new


def removed(rows: Iterable[Versioned], no: int) -> int:
    """Bỏ các phần khỏi lần này; those of earlier versions stay readable there."""
    by_model: dict[type[Versioned], list[int]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row.pk)
        row.until = no
    return sum(model.objects.filter(pk__in=ids).update(until=no) for model, ids in by_model.items())


def next_order(model: type[Versioned], plan_id: int, no: int, **more: Any) -> int:
    """The place after the last part of its kind."""
    last = model.objects.in_version(no).filter(plan_id=plan_id, **more).aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def reorder(model: type[Versioned], found: Draft, ids: list[int]) -> int:
    """Xếp lại thứ tự: every part of the kind, in the order given; returns how many moved."""
    rows = {row.pk: row for row in model.objects.in_version(found.no).filter(plan_id=found.plan.pk)}
    if set(ids) != set(rows) or len(ids) != len(rows):
        raise Refused("Danh sách sắp xếp không đủ hoặc thừa mục; tải lại trang rồi xếp lại.")
    moved = [(place, rows[pk]) for place, pk in enumerate(ids) if rows[pk].order != place]
    here = [row for place, row in moved if row.since == found.no]
    for place, row in moved:
        if row.since == found.no:
            row.order = place
        else:
            changed(row, found.no, order=place)
    model.objects.bulk_update(here, ["order"])
    return len(moved)


def understood(words: str, *, issued: date | None, year: int, year_to: int | None = None) -> date | None:
    """Hạn mà lời nói đến: the last day of a deadline in the deadline language; None where it gives no day."""
    if not words.strip():
        return date(year_to or year, 12, 31)
    try:
        deadline = parse_deadline(words, issued, year)
        # "Thường xuyên" goes on: it has no last day of its own
        return None if deadline.kind is DeadlineKind.CONTINUOUS and not deadline.stretches else deadline.latest
    except (DeadlineError, ValueError) as error:
        raise Refused(f"Thời hạn “{words}” không hiểu được: {error}") from error


def log(actor: Actor, verb: str, plan: Plan, on: date, *, subject: models.Model | None = None, **detail: Any) -> None:
    """Ghi nhật ký of a plan, told by its kind, unit and year."""
    years = str(plan.year) if plan.year_to == plan.year else f"{plan.year}-{plan.year_to}"
    audit.record(
        actor=actor.stamp(),
        verb=verb,
        subject=subject or plan,
        unit_id=plan.unit_id,
        on=on,
        detail={"plan": plan.pk, "title": f"{plan.get_kind_display()} {years}", **detail},
    )


def day(found: date) -> str:
    """Ngày như người ta viết."""
    return write_date(found)
