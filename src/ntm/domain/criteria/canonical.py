"""Mã băm của bộ tiêu chí: the hash of a set's content, the same whatever the layout of its files.

Fields that hold their default are left out, so that a new optional field of the model changes no hash.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ntm.domain.criteria.model import CriteriaSet

__all__ = ["content", "content_hash"]


def content(value: Any) -> Any:
    """Plain data: text for numbers and days, lists for tuples, nothing for what holds its default."""
    if is_dataclass(value) and not isinstance(value, type):
        found: dict[str, Any] = {}
        for field in fields(value):
            one = getattr(value, field.name)
            if field.name == "hash" or (field.default is not MISSING and one == field.default):
                continue
            if field.default_factory is not MISSING and one == field.default_factory():
                continue
            found[field.name] = content(one)
        return found
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [content(one) for one in value]
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    return value


def content_hash(criteria_set: CriteriaSet) -> str:
    """sha256 in hexadecimal."""
    canonical = json.dumps(content(criteria_set), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
