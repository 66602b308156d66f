"""Thời hạn của một hàng trong kế hoạch: its words, and the day that the row was given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ntm.domain.documents.reading.due import deadline_of
from ntm.domain.documents.reading.model import Deadline
from ntm.records.planning.as_document.parts import PlanParts

__all__ = ["due"]


def due(
    words: str, day: date | None, parts: PlanParts, lines: tuple[int, ...], year: int | None = None
) -> Deadline | None:
    """The deadline; None where the row tells neither words nor a day. A day that was typed wins over the words."""
    if not words.strip():
        return None if day is None else Deadline(f"{day:%d/%m/%Y}", day, day, lines=lines)
    found = deadline_of(words, parts.version.issued_on or date(parts.year, 1, 1), year or parts.year, lines)
    return found if day is None else replace(found, end=day)
