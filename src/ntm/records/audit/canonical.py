"""Dạng chuẩn: one content, one text, one hash. The chain stands on this file: changing it breaks every old hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

GENESIS = "0" * 64
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def plain(value: Any) -> Any:
    """Only what JSON and both databases give back unchanged: no float, no NUL; decimals and dates become text."""
    kind = type(value)
    if value is None or kind is int or kind is bool or (kind is str and "\x00" not in value):
        return value
    if isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value).replace("\x00", "")
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(item) for item in value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise TypeError(
        f"the log cannot keep a {type(value).__name__}: give text, whole number, Decimal, date, list or dict"
    )


def text(content: Any) -> str:
    """Canonical JSON: keys sorted, no spaces, letters as they are."""
    return _CANONICAL.encode(content)


def digest(content: Any) -> str:
    """sha256 of the canonical JSON."""
    return hashlib.sha256(text(plain(content)).encode()).hexdigest()


def digest_lines(items: Iterable[Any]) -> tuple[int, str]:
    """How many items, and one sha256 over their canonical lines in the given order."""
    running, count = hashlib.sha256(), 0
    for item in items:
        running.update(text(plain(item)).encode() + b"\n")
        count += 1
    return count, running.hexdigest()
