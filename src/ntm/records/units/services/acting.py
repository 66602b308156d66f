"""Người thực hiện và quyết định: what every service of this room asks for. People lie above: they come as a protocol."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from ntm.records.audit.stamp import ActorStamp, system
from ntm.records.units.models import Unit


class UnitError(ValueError):
    """Không làm được: one Vietnamese sentence that says what is wrong and what to do."""


class Actor(Protocol):
    """Người thực hiện: people.authority.Actor, or the machine's own commands."""

    def stamp(self) -> ActorStamp:
        """As the log writes it."""

    def require(self, action: str, unit_id: int | None, *, on: date) -> None:
        """Raise unless the office may do it there on that day."""


@dataclass(frozen=True, slots=True)
class SystemActor:
    """Lệnh của hệ thống: a command run by who keeps the machine. Its right is the access to the machine."""

    task: str

    def stamp(self) -> ActorStamp:
        return system(self.task)

    def require(self, action: str, unit_id: int | None, *, on: date) -> None:
        """May do what the command does."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Quyết định: the instrument that makes a change; `source` tells where it was read."""

    number: str
    issued: date | None = None
    source: str = ""

    def checked(self) -> Decision:
        """Refuse an empty number."""
        if not self.number.strip():
            raise UnitError("Chưa ghi số của quyết định hoặc nghị quyết; thay đổi đơn vị phải có quyết định.")
        if len(self.number) > 120:
            raise UnitError("Số quyết định dài quá 120 ký tự; chỉ ghi số và ký hiệu, ví dụ 818/NQ-UBTVQH14.")
        return Decision(self.number.strip(), self.issued, self.source.strip())


def authority_day(unit: Unit, today: date) -> date:
    """The day on which the right over a unit is asked: today, or its last day where it no longer stands."""
    if unit.end is not None and unit.end <= today:
        return unit.end - timedelta(days=1)
    return max(today, unit.start)


def written(day: date) -> str:
    """30/09/2026."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"
