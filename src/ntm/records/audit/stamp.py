"""Người thực hiện: who did it and in which office, as written into the log (names as they were on that day)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActorStamp:
    """Người thực hiện. The log keeps words, not only keys: it must be readable when the account is gone."""

    user_id: int | None
    name: str
    office: str


def system(task: str = "lệnh của hệ thống") -> ActorStamp:
    """Hệ thống: a command or a scheduled task, no person behind it."""
    return ActorStamp(user_id=None, name="Hệ thống", office=task)
