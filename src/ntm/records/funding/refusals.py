"""Từ chối: a rule of money says no. The sentence tells what is wrong, where, and what to do."""

from __future__ import annotations

__all__ = ["Refused"]


class Refused(ValueError):
    """Chưa thực hiện được, vì trái quy định hoặc trái tình trạng."""
