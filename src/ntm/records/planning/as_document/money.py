"""Khoản tiền của kế hoạch, in the shape that the rules ask of a document: what was told stays beside what adds up."""

from __future__ import annotations

from collections import defaultdict

from ntm.domain.documents.checking.prose import tokens
from ntm.domain.documents.reading.model import MoneyItem, MoneySum, Reading
from ntm.records.planning.as_document.page import Page, Place, money_words
from ntm.records.planning.as_document.parts import PlanParts
from ntm.records.planning.models import PlanMoney

__all__ = ["money"]


def money(parts: PlanParts, told: Reading, page: Page) -> tuple[tuple[MoneyItem, ...], tuple[MoneySum, ...]]:
    """(amounts, sums): the rows where the plan has any, else what its words say."""
    if not parts.money:
        return told.money, told.sums
    below: dict[int | None, list[PlanMoney]] = defaultdict(list)
    for row in parts.money:
        below[row.parent_id].append(row)
    places = {row.pk: at for at, row in enumerate(parts.money)}
    amounts = {row.pk: _amount(row, below) for row in parts.money}
    used: set[int] = set()
    items = tuple(_item(row, amounts[row.pk], bool(below.get(row.pk)), places, told, page, used) for row in parts.money)
    sums = tuple(
        MoneySum(
            places[row.pk],
            tuple(places[part.pk] for part in below[row.pk]),
            tuple(sorted({n for one in (row, *below[row.pk]) for n in items[places[one.pk]].lines})),
        )
        for row in parts.money
        if below.get(row.pk)
    )
    balances = tuple(m for m in told.money if m.role == "balance")
    return (*items, *balances), sums


def _amount(row: PlanMoney, below: dict[int | None, list[PlanMoney]]) -> int:
    """What the plan says: the stated figure, the row's own, or the sum of its parts."""
    if row.stated is not None:
        return row.stated
    if row.amount is not None:
        return row.amount
    return sum(_amount(part, below) for part in below.get(row.pk, []))


def _item(
    row: PlanMoney,
    amount: int,
    total: bool,
    places: dict[int, int],
    told: Reading,
    page: Page,
    used: set[int],
) -> MoneyItem:
    like = _like(row, amount, told, used)
    lines = like.lines if like is not None else (page.add(f"{row.what}\t{money_words(amount)}"),)
    page.mark(lines, Place("money", row.pk))
    side = "source" if row.role == PlanMoney.Role.SOURCE else "need"
    return MoneyItem(
        what=row.what,
        role="total" if total else side,  # type: ignore[arg-type]
        amount=amount,
        words=like.words if like is not None else money_words(amount),
        criterion=row.criterion_no,
        parent=places.get(row.parent_id) if row.parent_id is not None else None,
        side=side,  # type: ignore[arg-type]
        condition=row.condition or None,
        share=like.share if like is not None else None,
        year=like.year if like is not None else None,
        lines=lines,
        span=like.span if like is not None else None,
    )


def _like(row: PlanMoney, amount: int, told: Reading, used: set[int]) -> MoneyItem | None:
    """The amount as the words tell it: the same figure, and the same thing where several tell it."""
    same = [(at, m) for at, m in enumerate(told.money) if at not in used and m.amount == amount and m.role != "balance"]
    words = set(tokens(row.what))
    if not same:
        return None
    at, best = max(same, key=lambda one: (len(words & set(tokens(one[1].what))), -one[0]))
    used.add(at)
    return best
