"""Từ chối: a rule of money says no. The sentence tells what is wrong, where, and what to do."""

from __future__ import annotations

__all__ = ["Refused"]


class Refused(ValueError):
    """Chưa thực hiện được, vì trái quy định hoặc trái tình trạng. `field`: what it is about, where it is one field."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field
