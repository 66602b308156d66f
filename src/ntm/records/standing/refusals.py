"""Từ chối: a rule says no. The sentence tells what is wrong, where, and what to do."""

from __future__ import annotations

__all__ = ["Conflict", "Refused"]


class Refused(ValueError):
    """Chưa thực hiện được, vì trái quy định hoặc trái tình trạng."""


class Conflict(Refused):
    """Người khác vừa ghi: somebody else's newer figure stands; nothing was overwritten."""

    def __init__(self, sentence: str, observation_id: int) -> None:
        super().__init__(sentence)
        self.observation_id = observation_id
