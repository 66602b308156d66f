"""Yêu cầu thay đổi: what a form, a sheet or a command asks for; and what would move if it were done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ntm.records.units.models import ChangeKind
from ntm.records.units.services.acting import Decision


@dataclass(frozen=True, slots=True)
class NewUnit:
    """Đơn vị lập mới. `parent_id` empty: the upper unit of those it comes from. `children`: lower units that go to it."""

    kind: str
    name: str
    code: str | None = None
    parent_id: int | None = None
    children: tuple[int, ...] = ()
    main: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """Sáp nhập: into one of them (`into`), or into a new unit (`new`)."""

    unit_ids: tuple[int, ...]
    on: date
    decision: Decision
    into: int | None = None
    new: NewUnit | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """Chia tách: the unit ends and the parts take all below it; or it stays (`keeps`) and the parts are taken from it."""

    unit_id: int
    on: date
    decision: Decision
    parts: tuple[NewUnit, ...]
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class Rename:
    """Đổi tên, đổi loại hoặc đổi mã: what is empty stays."""

    unit_id: int
    on: date
    decision: Decision
    name: str | None = None
    kind: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """Chuyển đơn vị to another upper unit."""

    unit_ids: tuple[int, ...]
    on: date
    decision: Decision
    parent_id: int


@dataclass(frozen=True, slots=True)
class Abolish:
    """Giải thể: the unit ends; `receivers` hold its territory, the first the greater part and what lies below it."""

    unit_id: int
    on: date
    decision: Decision
    receivers: tuple[int, ...] = ()


Request = Merge | Split | Rename | Transfer | Abolish


@dataclass(slots=True)
class ChangePlan:
    """Việc sẽ làm. A number below zero means a unit that the plan forms: -1 the first."""

    kind: ChangeKind
    on: date
    decision: Decision
    touched: list[int] = field(default_factory=list)  # units over which the right is asked
    ending: list[int] = field(default_factory=list)
    forming: list[tuple[str, NewUnit, int | None]] = field(default_factory=list)  # level, words, upper unit
    words: list[tuple[int, str, str]] = field(default_factory=list)  # unit, kind, name
    codes: list[tuple[int, str]] = field(default_factory=list)
    moves: list[tuple[int, int]] = field(default_factory=list)  # lower unit, new upper unit
    successions: list[tuple[int, int, bool]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    subject: str = ""
    before: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """Xem trước: what will move, in sentences; nothing has been changed."""

    on: date
    lines: tuple[str, ...]
    ending: int
    forming: int
    moving: int

    @classmethod
    def of(cls, plan: ChangePlan) -> Preview:
        return cls(plan.on, tuple(plan.lines), len(plan.ending), len(plan.forming), len(plan.moves))


def ids(values: Sequence[int]) -> list[int]:
    """Each once, in the order given."""
    return list(dict.fromkeys(values))
