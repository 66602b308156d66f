"""Chỉ tiêu phấn đấu: added, changed, removed in the open draft; every one can be checked on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from ntm.records.people.authority import Actor
from ntm.records.planning.models import Mode, Plan, PlanTarget, Subject, TargetShare, Task
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import editing
from ntm.records.planning.services.seen import living_as
from ntm.records.standing import registry

__all__ = [
    "Promise",
    "add_target",
    "change_target",
    "explain_residual",
    "remove_target",
    "reorder_targets",
    "replaced",
    "retaken",
]

_OPS = (">=", ">", "<=", "<", "=", "~")
_LEVELS = ("tinh", "huyen", "xa", "thon")
_TITLES = ("ntm", "nang_cao", "kieu_mau")


@dataclass(frozen=True, slots=True)
class Promise:
    """Lời hứa kiểm tra được: subject, comparator, value, measure, deadline in the deadline language."""

    subject: str
    what: str
    mode: str = Mode.GAIN
    op: str = ">="
    value: Decimal | None = None
    high: Decimal | None = None
    of: int | None = None
    measure: str = ""
    title_kind: str = ""
    title_level: str = ""
    criterion_no: int | None = None
    indicator_code: str = ""
    metric: str = ""
    bound: int | None = None
    deadline_words: str = ""

    def values(self, plan: Plan, issued: date | None = None) -> dict[str, Any]:
        """As it is written to the table; Refused where it could not be checked."""
        _acceptable(self, plan)
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        found["what"] = " ".join(self.what.split())
        words = " ".join(self.deadline_words.split())
        found["deadline_words"] = words
        found["due"] = editing.understood(words, issued=issued, year=plan.year, year_to=plan.year_to)
        return found


@transaction.atomic
def add_target(actor: Actor, plan_id: int, promise: Promise, *, on: date) -> PlanTarget:
    """Thêm chỉ tiêu."""
    found = editing.draft(actor, plan_id, on)
    target = PlanTarget.objects.create(
        plan=found.plan,
        since=found.no,
        order=editing.next_order(PlanTarget, plan_id, found.no),
        **promise.values(found.plan, found.version.issued_on),
    )
    _log(actor, found, on, target, "thêm")
    return target


@transaction.atomic
def change_target(
    actor: Actor, plan_id: int, target_id: int, promise: Promise, *, on: date, seen: str = ""
) -> PlanTarget:
    """Sửa chỉ tiêu; its shares and tasks go with it."""
    found = editing.draft(actor, plan_id, on)
    row = living_as(PlanTarget, found, target_id, seen)
    new = replaced(row, found.no, promise.values(found.plan, found.version.issued_on))
    _log(actor, found, on, new, "sửa")
    return new


@transaction.atomic
def remove_target(actor: Actor, plan_id: int, target_id: int, *, on: date) -> None:
    """Bỏ chỉ tiêu cùng các phần đã giao của nó."""
    found = editing.draft(actor, plan_id, on)
    row = editing.living(PlanTarget, found, target_id)
    editing.removed([row], found.no)
    TargetShare.objects.in_version(found.no).filter(target=row).update(until=found.no)
    Task.objects.filter(target=row, until__isnull=True).update(target=None)
    _log(actor, found, on, row, "bỏ")


@transaction.atomic
def explain_residual(actor: Actor, plan_id: int, target_id: int, *, reason: str, on: date) -> PlanTarget:
    """Ghi vì sao phần giao chưa bằng tổng; an empty reason takes the words back."""
    found = editing.draft(actor, plan_id, on)
    row = editing.living(PlanTarget, found, target_id)
    new = replaced(row, found.no, {"residual_reason": reason.strip()})
    _log(actor, found, on, new, "giải thích phần chưa giao")
    return new


@transaction.atomic
def reorder_targets(actor: Actor, plan_id: int, ids: Sequence[int], *, on: date) -> int:
    """Xếp lại chỉ tiêu; shares and tasks stay with theirs."""
    found = editing.draft(actor, plan_id, on)
    rows = {row.pk: row for row in PlanTarget.objects.in_version(found.no).filter(plan=found.plan)}
    if set(ids) != set(rows) or len(ids) != len(rows):
        raise Refused("Danh sách sắp xếp không đủ hoặc thừa chỉ tiêu; tải lại trang rồi xếp lại.")
    moved = 0
    for place, pk in enumerate(ids):
        if rows[pk].order != place:
            replaced(rows[pk], found.no, {"order": place})
            moved += 1
    return moved


def retaken(row: PlanTarget, share: TargetShare, no: int) -> PlanTarget:
    """The target that took up an older share, brought to the terms of the one that replaced it."""
    values = {"value": share.value, "deadline_words": share.deadline_words, "due": share.due, "share_of": share}
    return replaced(row, no, values | {"what": share.target.what, "op": share.target.op})


def replaced(row: PlanTarget, no: int, values: dict[str, Any]) -> PlanTarget:
    """Chỉ tiêu đổi giá trị in the open version; its shares and tasks go with it."""
    new = editing.changed(row, no, **values)
    if new.pk == row.pk:
        return new
    shares = list(TargetShare.objects.in_version(no).filter(target_id=row.pk).order_by("order", "pk"))
    editing.removed(shares, no)
    TargetShare.objects.bulk_create([_share(one, new, no) for one in shares])
    Task.objects.filter(target_id=row.pk, until__isnull=True).update(target=new)
    return new


def _share(row: TargetShare, target: PlanTarget, no: int) -> TargetShare:
    kept = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if not one.primary_key}
    before = row.pk if row.since < no else row.replaces_id
    return TargetShare(**(kept | {"target_id": target.pk, "since": no, "until": None, "replaces_id": before}))


def _acceptable(one: Promise, plan: Plan) -> None:
    if one.subject not in Subject.values or one.mode not in Mode.values or one.op not in _OPS:
        raise Refused("Chọn lại chỉ tiêu nói về gì, cách tính và cách so sánh.")
    if not one.what.strip() or len(one.what) > 1000:
        raise Refused("Ghi chỉ tiêu bằng lời, không quá 1000 chữ.")
    if len(one.measure) > 60 or len(one.deadline_words) > 300:
        raise Refused("Đơn vị tính dài quá 60 chữ hoặc thời hạn dài quá 300 chữ: viết gọn lại.")
    if one.high is not None and (one.value is None or one.high < one.value):
        raise Refused("Mức cao của khoảng phải lớn hơn mức thấp.")
    if one.value is not None and one.value < 0:
        raise Refused("Mức phấn đấu không thể âm; giảm thì ghi bằng cách so sánh “≤” hoặc bằng lời.")
    _needed(one, plan)


def _needed(one: Promise, plan: Plan) -> None:
    """What each subject cannot do without."""
    subject = Subject(one.subject)
    if subject in (Subject.TITLE, Subject.OWN_TITLE) and one.title_kind not in _TITLES:
        raise Refused("Chọn danh hiệu: nông thôn mới, nâng cao hay kiểu mẫu.")
    if subject is Subject.TITLE and one.title_level not in _LEVELS:
        raise Refused("Chọn cấp của danh hiệu: thôn, xã, huyện hay tỉnh.")
    if subject is Subject.CRITERION:
        numbers = {c.no for c in registry.content(plan.set).criteria} if plan.set else set()
        if one.criterion_no is None or (numbers and one.criterion_no not in numbers):
            raise Refused("Chọn tiêu chí có trong bộ tiêu chí của kế hoạch.")
    if subject is Subject.INDICATOR and not one.indicator_code:
        raise Refused("Chọn chỉ tiêu của bộ tiêu chí.")
    if subject is Subject.UNDER and one.bound is None:
        raise Refused("Ghi dưới mấy tiêu chí.")
    counted = (Subject.CRITERIA, Subject.CRITERION, Subject.AVERAGE, Subject.UNDER)
    if subject in counted and one.value is None:
        raise Refused("Ghi mức phấn đấu bằng số.")


def _log(actor: Actor, found: editing.Draft, on: date, target: PlanTarget, change: str) -> None:
    editing.log(
        actor, "plan.target", found.plan, on, subject=target, no=found.no, change=change, what=target.what[:200]
    )
