"""Ô lọc của một danh sách, as parts/filters.html wants it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Choice"]


@dataclass(frozen=True)
class Choice:
    """Một ô lọc: words to type, or options to choose from."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, object], ...] | None = None
