"""Từ chối: a rule of the registers says no. The sentence tells what is wrong, where, and what to do."""

from __future__ import annotations

__all__ = ["NoSuchEntry", "Refused"]


class Refused(ValueError):
    """Chưa thực hiện được, vì trái quy định hoặc trái tình trạng. `field`: the field it is about, where it is one."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class NoSuchEntry(LookupError):
    """Không có mục này, hay không có sổ này."""
