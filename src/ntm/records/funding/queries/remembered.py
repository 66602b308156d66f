"""Tổng đã cộng: what the entries of an area add up to, kept in this process as long as the log says it still holds.

Every entry of money and every change of a unit is written together with its entry of the log, and the log is a chain:
as long as the end that was seen stands in it, and nothing that could touch money came after it, the sums are those of
now. What is not known to leave money alone counts as touching it. Inside a transaction nothing is kept or given back:
there may be deeds in it that are not in the log yet.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date

from django.db import connection

from ntm.records.audit import queries as log
from ntm.records.funding.queries import debts
from ntm.records.funding.queries.cells import AreaSums, area_sums

__all__ = ["AreaMoney", "area_money", "forget"]

_MOST = 64  # areas kept
_LOOKED = 500  # entries of the log read through before it is quicker to add up again
_APART = frozenset(
    (
        "body", "campaign", "criteria", "document", "evidence", "feed", "gap", "inspection", "instrument", "meeting",
        "observation", "office", "plan", "reminder", "standing", "task", "template", "title", "token", "user", "watch",
        "workbook",
    )
)  # fmt: skip  # things whose deeds touch neither money nor units

_Key = tuple[int | None, int, date]


@dataclass(frozen=True, slots=True)
class AreaMoney:
    """Tiền của một địa bàn: its sums and what its lower units owe. Shared by those who ask: read, never changed."""

    sums: AreaSums
    owed: dict[int | None, int]


_kept: OrderedDict[_Key, tuple[tuple[int, str], AreaMoney]] = OrderedDict()
_one_at_a_time = threading.Lock()


def area_money(unit_id: int | None, year: int, on: date) -> AreaMoney:
    """Tổng và nợ của một địa bàn, năm ngân sách, ngày: added up, or as added up before where nothing has changed."""
    if connection.in_atomic_block:
        return _added_up(unit_id, year, on)
    key = (unit_id, year, on)
    with _one_at_a_time:
        before = _kept.get(key)
    if before is not None:
        end = _still(before[0])
        if end is not None:
            _keep(key, end, before[1])
            return before[1]
    seen = log.last()  # before adding up: what comes meanwhile is asked again
    made = _added_up(unit_id, year, on)
    if seen is not None:
        _keep(key, seen, made)
    return made


def forget() -> None:
    """Quên hết: for measurements, and for tests that write past the services."""
    with _one_at_a_time:
        _kept.clear()


def _added_up(unit_id: int | None, year: int, on: date) -> AreaMoney:
    sums = area_sums(unit_id, year, on)
    return AreaMoney(sums, debts.by_lower(unit_id, on, sums.of_lower))


def _still(seen: tuple[int, str]) -> tuple[int, str] | None:
    """The end of the log now, where nothing since the end seen then could have touched money; else None."""
    since = log.since(seen, _LOOKED)
    if since is None or any(verb.partition(".")[0] not in _APART for verb in since.verbs):
        return None
    return since.end


def _keep(key: _Key, seen: tuple[int, str], made: AreaMoney) -> None:
    with _one_at_a_time:
        _kept[key] = (seen, made)
        _kept.move_to_end(key)
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
