"""Khoản tiền của kế hoạch: needs and sources in đồng; totals are derived, what a text stated is kept beside them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction

from ntm.records.people.authority import Actor
from ntm.records.planning.models import PlanMoney
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import editing
from ntm.records.planning.services.seen import living_as

__all__ = ["Amount", "add_money", "change_money", "remove_money"]


@dataclass(frozen=True, slots=True)
class Amount:
    """Khoản tiền, đồng. `amount` None: the sum of its parts; `stated`: what the text says, where it says it."""

    role: str
    what: str
    amount: int | None = None
    stated: int | None = None
    source_code: str = ""
    kind: str = ""
    criterion_no: int | None = None
    condition: str = ""
    parent_id: int | None = None


@transaction.atomic
def add_money(actor: Actor, plan_id: int, money: Amount, *, on: date) -> PlanMoney:
    """Thêm khoản tiền; a part stands under the sum that it belongs to."""
    found = editing.draft(actor, plan_id, on)
    values = _values(found, money, None)
    order = editing.next_order(PlanMoney, plan_id, found.no)
    row = PlanMoney.objects.create(plan=found.plan, since=found.no, order=order, **values)
    _log(actor, found, on, row, "thêm")
    return row


@transaction.atomic
def change_money(actor: Actor, plan_id: int, money_id: int, money: Amount, *, on: date, seen: str = "") -> PlanMoney:
    """Sửa khoản tiền; its parts go with it."""
    found = editing.draft(actor, plan_id, on)
    row = living_as(PlanMoney, found, money_id, seen)
    new = editing.changed(row, found.no, **_values(found, money, row))
    if new.pk != row.pk:
        for part in PlanMoney.objects.in_version(found.no).filter(parent_id=row.pk).order_by("order", "pk"):
            editing.changed(part, found.no, parent_id=new.pk)
    _log(actor, found, on, new, "sửa")
    return new


@transaction.atomic
def remove_money(actor: Actor, plan_id: int, money_id: int, *, on: date, seen: str = "") -> int:
    """Bỏ khoản tiền và các phần của nó; returns how many rows left."""
    found = editing.draft(actor, plan_id, on)
    row = living_as(PlanMoney, found, money_id, seen)
    under: dict[int | None, list[PlanMoney]] = {}
    for one in PlanMoney.objects.in_version(found.no).filter(plan=found.plan):
        under.setdefault(one.parent_id, []).append(one)
    gone, waiting = [], [row]
    while waiting:
        one = waiting.pop()
        gone.append(one)
        waiting += under.get(one.pk, [])
    editing.removed(gone, found.no)
    _log(actor, found, on, row, "bỏ")
    return len(gone)


def _values(found: editing.Draft, money: Amount, row: PlanMoney | None) -> dict[str, Any]:
    if money.role not in PlanMoney.Role.values:
        raise Refused("Chọn khoản là nhu cầu hay nguồn huy động.")
    if not money.what.strip() or len(money.what) > 500 or len(money.condition) > 500:
        raise Refused("Ghi tên khoản tiền, không quá 500 chữ.")
    for value in (money.amount, money.stated):
        if value is not None and value < 0:
            raise Refused("Số tiền không thể âm.")
    if money.parent_id is not None:
        above = {one.pk: one for one in PlanMoney.objects.in_version(found.no).filter(plan=found.plan)}
        if money.parent_id not in above:
            raise Refused("Không tìm thấy khoản mà phần này thuộc về; tải lại trang.")
        place: int | None = money.parent_id
        while place is not None:
            if row is not None and place == row.pk:
                raise Refused("Một khoản không thể nằm trong phần của chính nó.")
            place = above[place].parent_id if place in above else None
    return {one.name: getattr(money, one.name) for one in fields(money)} | {"what": " ".join(money.what.split())}


def _log(actor: Actor, found: editing.Draft, on: date, row: PlanMoney, change: str) -> None:
    told = {"change": change, "what": row.what[:200], "amount": row.amount}
    editing.log(actor, "plan.money", found.plan, on, subject=row, no=found.no, **told)
