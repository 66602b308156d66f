"""Nhóm khối: blocks joined by money that few others use (a province's), and what of the ledger stays inside a group.

Sources take their turns, those with the fewest blocks first; each joins its blocks unless the group would become too
large to be settled as one, or more than half of the whole. A row that only one group enters is its own; the others are joint.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from ntm.domain.allocation.master import Ints, Master

__all__ = ["JOINT", "Groups"]

LARGEST = 300  # blocks of a group
JOINT = -1


@dataclass(frozen=True)
class Groups:
    """Các nhóm: members of each, and the group of every column, row and flow (JOINT: of several)."""

    members: tuple[Ints, ...]
    of_column: Ints
    of_row: Ints
    of_flow: Ints

    @classmethod
    def of(cls, master: Master, largest: int = LARGEST) -> Groups:
        """Chia nhóm các khối của bài toán chính."""
        pool = master.pool
        used = np.logical_or.reduceat(pool.entries != 0, pool.first[:-1], axis=0)
        entered = [
            set(rows[some].tolist()) for rows, some in zip(pool.rows[pool.first[:-1]], used.astype(bool), strict=True)
        ]
        of_block = _joined(entered, master.flow_entries, min(largest, pool.blocks // 2))
        members = tuple(np.flatnonzero(of_block == one) for one in range(of_block.max() + 1))
        of_row, of_flow = _owners(entered, of_block, master)
        return cls(members, of_block[pool.block], of_row, of_flow)

    @property
    def natural(self) -> bool:
        """Đáng giải từng nhóm: several groups, and not blocks that stand alone."""
        return 1 < len(self.members) <= sum(map(len, self.members)) / 2

    @property
    def joint_rows(self) -> Ints:
        """Các dòng chung của nhiều nhóm."""
        return np.flatnonzero(self.of_row == JOINT)

    @property
    def joint_flows(self) -> Ints:
        """Các dòng tiền vào nhóm công trình của nhiều nhóm."""
        return np.flatnonzero(self.of_flow == JOINT)


def _joined(entered: list[set[int]], flows: list[list[int]], largest: int) -> Ints:
    """The number of the group of each block."""
    sources_of: dict[int, set[int]] = defaultdict(set)
    for rows in flows:
        for row in rows[:-1]:
            sources_of[row].add(rows[-1])
    users: dict[int, set[int]] = defaultdict(set)
    for block, rows_of in enumerate(entered):
        for row in rows_of:
            for source in sources_of.get(row, ()):
                users[source].add(block)
    above, size = list(range(len(entered))), [1] * len(entered)

    def top(one: int) -> int:
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for source in sorted(users, key=lambda one: (len(users[one]), one)):
        tops = sorted({top(block) for block in users[source]})
        together = sum(size[one] for one in tops)
        if together <= largest:
            for one in tops:
                above[one] = tops[0]
            size[tops[0]] = together
    _, found = np.unique(np.array([top(block) for block in range(len(entered))]), return_inverse=True)
    return found.astype(np.int64)


def _owners(entered: list[set[int]], of_block: Ints, master: Master) -> tuple[Ints, Ints]:
    """The group of each row of the ledger and of each flow."""
    owners: list[set[int]] = [set() for _ in master.ledger.low]
    for block, rows in enumerate(entered):
        for row in rows:
            owners[row].add(int(of_block[block]))
    for wide in master.ledger.classes.values():
        rows_of = [wide.total, *wide.least, *wide.most]
        whole = set().union(*(owners[row] for row in rows_of)) or set(range(int(of_block.max()) + 1))
        for row in rows_of:
            owners[row] = whole
    for first, *_, source in master.flow_entries:
        owners[source] |= owners[first]

    def single(groups: set[int]) -> int:
        return next(iter(groups)) if len(groups) == 1 else JOINT

    of_row: Ints = np.array([single(one) for one in owners], dtype=np.int64)
    return of_row, of_row[[rows[0] for rows in master.flow_entries]]
