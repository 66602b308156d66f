"""Việc đọc một văn bản: what every reader of this room needs to know of the document at hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ntm.domain.documents.reading.area import Area
from ntm.domain.documents.reading.contexts import Context
from ntm.domain.documents.reading.criteria import CriteriaWords
from ntm.domain.documents.reading.model import Header
from ntm.domain.documents.reading.parts import Parts


@dataclass(frozen=True)
class Work:
    """Việc đọc: the parts, the header, the area, the criteria set and the contexts of the body."""

    parts: Parts
    header: Header
    area: Area
    criteria: CriteriaWords
    contexts: tuple[Context, ...]
    issued: date  # the day of the document, or the first day it can be
    year: int  # the year it plans
    unit_count: int | None = None
    village_level: bool = False
    notes: dict[str, str] = field(default_factory=dict)
