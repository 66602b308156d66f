"""Số đang có của công trình: as values to write and as words to compare with, for a list at once."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ntm.domain.official.text import nfc
from ntm.records.funding.models import Works, WorksFund
from ntm.records.funding.queries.areas import IN_ONE
from ntm.records.funding.workbook import columns
from ntm.records.funding.workbook.columns import COLUMNS, FundKey, Value
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["Present", "capital", "chunks", "fund_field", "present", "said"]


@dataclass(frozen=True, slots=True)
class Present:
    """Một công trình: its values by column, its capital by source, and all of it in words."""

    values: Mapping[str, Value]
    funds: Mapping[FundKey, int]
    words: Mapping[str, str]

    @property
    def mark(self) -> str:
        """Dấu của hồ sơ như đang có: another one as soon as somebody has changed it."""
        return hashlib.sha256(json.dumps(dict(self.words), sort_keys=True).encode()).hexdigest()[:16]


def present(works: Sequence[Works], on: date) -> dict[int, Present]:
    """Của các công trình này: a query a thousand for their capital, and those for the names of villages."""
    labels = units.labels({one.village_id for one in works if one.village_id}, on)
    capital_of = _capital([one.pk for one in works])
    return {one.pk: _present(one, labels, capital_of.get(one.pk, {})) for one in works}


def _present(works: Works, labels: Mapping[int, UnitLabel], funds: Mapping[FundKey, int]) -> Present:
    values: dict[str, Value] = {
        one.field: getattr(works, one.field) for one in COLUMNS if one.field not in ("unit", "village_id")
    }
    values["village_id"] = capital(labels[works.village_id].title) if works.village_id else ""
    words = {one.field: said(one.kind, values.get(one.field)) for one in COLUMNS if one.field not in ("unit", "code")}
    words |= {fund_field(key): columns.said("money", amount) for key, amount in funds.items()}
    return Present(values, funds, words)


def _capital(works_ids: Sequence[int]) -> dict[int, dict[FundKey, int]]:
    found: dict[int, dict[FundKey, int]] = defaultdict(dict)
    for some in chunks(works_ids):
        rows = WorksFund.objects.filter(works_id__in=some, replaced_at__isnull=True).order_by("works_id", "id")
        for works, source, kind, amount in rows.values_list("works_id", "source", "kind", "amount"):
            found[works][source, kind] = amount
    return found


def chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """So many numbers as one list of a question may have."""
    for first in range(0, len(ids), IN_ONE):
        yield ids[first : first + IN_ONE]


def fund_field(key: FundKey) -> str:
    """How the stamp names a source."""
    return f"{key[0]}|{key[1]}"


def said(kind: str, value: Value) -> str:
    """In words as they come back from a file."""
    return nfc(columns.said(kind, value)).strip()


def capital(title: str) -> str:
    """ "Xã Văn An"."""
    return title[:1].upper() + title[1:]
