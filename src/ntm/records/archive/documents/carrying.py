"""Kế hoạch cấp dưới: plans in the archive that lie below an upper plan, and whether they take up what it gives."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from ntm.domain.documents.checking import Carried, Finding, carried, promised, too_few_carry
from ntm.records.archive.documents import queries
from ntm.records.archive.models import DocumentReading, OfficialDocument, ReadingState
from ntm.records.people.authority import Actor
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

MOST = 400  # lower documents offered, and compared, at once


@dataclass(frozen=True)
class Lower:
    """Một văn bản cấp dưới; `newest` of its unit."""

    document: OfficialDocument
    unit: UnitLabel
    newest: bool


@dataclass(frozen=True)
class Comparison:
    """Cấp trên giao, cấp dưới nhận: a row a commune; findings on how many communes take a criterion up."""

    rows: tuple[Carried, ...]
    findings: tuple[Finding, ...]


def day_of(document: OfficialDocument, on: date) -> date:
    """Ngày của văn bản: that of its issue, else the day asked about; never later than that."""
    return min(document.signed or on, on)


def lower(actor: Actor, document: OfficialDocument, on: date) -> list[Lower]:
    """Văn bản cùng năm của các đơn vị bên dưới mà người xem được đọc, by the units' names; six queries at most."""
    if document.unit_id is None or document.year is None:
        return []
    day = day_of(document, on)
    below = units.positions_within(document.unit_id, day).values("unit_id")
    rows = queries.visible(actor, on).filter(
        year=document.year, unit_id__in=below, current__state=ReadingState.DONE, kind__in=("", document.kind)
    )
    short = [f"current__{name}" for name in DocumentReading.LONG]
    found = list(
        rows.exclude(pk=document.pk).select_related("use", "current").defer(*short).order_by("-signed", "-pk")[:MOST]
    )
    labels = units.labels({one.unit_id for one in found if one.unit_id}, day)
    made, seen = [], set()
    for one in found:
        if one.unit_id is not None:
            made.append(Lower(one, labels[one.unit_id], one.unit_id not in seen))
            seen.add(one.unit_id)
    return sorted(made, key=lambda row: (row.unit.name, row.unit.id, not row.newest))


def compare(document: OfficialDocument, chosen: Sequence[Lower]) -> Comparison:
    """So kế hoạch với các văn bản đã chọn (one a unit: the first chosen); one query."""
    assert document.current is not None
    upper = promised(document.current.content)
    names = {one.document.pk: one.unit.name for one in reversed(chosen)}
    contents = _contents(names)
    plans = {name: promised(contents[pk]) for pk, name in names.items() if pk in contents}
    return Comparison(carried(upper, plans), tuple(too_few_carry(upper, plans)))


def _contents(documents: Collection[int]) -> dict[int, dict[str, object]]:
    rows = OfficialDocument.objects.filter(pk__in=list(documents), current__state=ReadingState.DONE)
    return dict(rows.values_list("pk", "current__content"))
