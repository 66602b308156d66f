"""Giữ hiện trạng của nhiều đơn vị: what was drawn by columns against the tables, whole arrays at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import models

from ntm.domain.criteria.model import CriteriaSet
from ntm.records.standing import bulk_columns, bulk_rows, country, country_tracks, drawing, facts, keeping, registry
from ntm.records.standing.bulk_columns import Codes, Column, Ints, day_of, text_of, true_sql, whole_of
from ntm.records.standing.country import CountryDrawing
from ntm.records.standing.country_facts import Observed, observed, places_of, titles_of
from ntm.records.standing.country_tracks import Spans
from ntm.records.standing.models import CriterionStanding, IndicatorStanding, RegisteredSet, UnitStanding
from ntm.records.standing.models.intervals import Basis

__all__ = ["Brought", "Drawn", "bring", "codes_of_set", "drawn"]

_MOST_TOLD = 1000  # differences told one by one; the rest are counted


@dataclass
class Brought:
    """Kết quả: rows that differed, and the first of them in words."""

    touched: int = 0
    told: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Table:
    name: str
    model: type[models.Model]
    entity: str | None  # the column that names what the interval is of
    values: tuple[str, ...]
    says: Callable[[], str]  # the same number as country_tracks packs, in SQL
    unpack: Callable[[Ints], tuple[Ints, ...]]


_TABLES = (
    _Table(
        "units",
        UnitStanding,
        None,
        ("met", "not_met", "no_data", "not_considered", "title_outcome", "assumed"),
        lambda: (
            "((((CAST(met AS bigint) * 256 + not_met) * 256 + no_data) * 256 + not_considered) * 4"
            f" + title_outcome) * 2 + {true_sql('assumed')}"
        ),
        country_tracks.unpack_unit,
    ),
    _Table(
        "criteria",
        CriterionStanding,
        "no",
        ("outcome", "assumed", "stated"),
        lambda: f"(outcome * 2 + {true_sql('assumed')}) * 2 + {true_sql('stated')}",
        country_tracks.unpack_criterion,
    ),
    _Table(
        "indicators",
        IndicatorStanding,
        "code",
        ("outcome", "observation_id", "assumed"),
        lambda: f"(COALESCE(observation_id, 0) * 2 + {true_sql('assumed')}) * 4 + outcome",
        country_tracks.unpack_indicator,
    ),
)


@dataclass(frozen=True)
class _Stored:
    pk: Ints
    place: Ints
    end: Ints
    says: Ints


@dataclass(frozen=True)
class Drawn:
    """Hiện trạng vẽ được: of which units (sorted ids), with which codes; `alone` are left to be drawn one by one."""

    unit_ids: Ints
    alone: Ints
    codes: Codes
    by_basis: dict[Basis, CountryDrawing]


def drawn(unit_ids: Ints, criteria_set: CriteriaSet, set_id: int, bases: tuple[Basis, ...]) -> Drawn:
    """Đọc số liệu rồi vẽ; nothing is compared or written."""
    codes = codes_of_set(criteria_set)
    seen = observed(unit_ids, set_id, codes)
    long = _with_long_figures(seen.values())
    alone = unit_ids[long]
    if alone.size:
        unit_ids = np.delete(unit_ids, long)
        seen = observed(unit_ids, set_id, codes)
    places, titles = places_of(unit_ids, criteria_set), titles_of(unit_ids, criteria_set)
    by_basis = {
        basis: country.draw_many(criteria_set, unit_ids.size, codes.names(), seen[basis], places, titles)
        for basis in bases
    }
    return Drawn(unit_ids, alone, codes, by_basis)


def bring(unit_ids: Ints, row: RegisteredSet, bases: tuple[Basis, ...], *, write: bool) -> Brought:
    """Vẽ lại các đơn vị (sorted ids) and make the tables say so, or (write=False) only tell where they do not."""
    result = Brought()
    criteria_set = registry.content(row)
    found = drawn(unit_ids, criteria_set, row.pk, bases)
    for unit_id in found.alone.tolist():
        _bring_one(unit_id, row, bases, result, write=write)
    unit_ids, codes = found.unit_ids, found.codes
    for table in _TABLES:
        stored = _stored(table, unit_ids, row, bases, codes)
        for basis in bases:
            spans = getattr(found.by_basis[basis], table.name)
            _bring(table, spans, stored[basis], unit_ids, row, basis, codes.names(), result, write=write)
    return result


def codes_of_set(criteria_set: CriteriaSet) -> Codes:
    """Mọi mã của bộ, numbered."""
    codes = Codes()
    for criterion in criteria_set.criteria:
        for code in drawing.codes_of(criterion):
            codes[code]
    for code in sorted(facts.condition_codes(criteria_set)):
        codes[code]
    return codes


def _with_long_figures(seen: Iterable[Observed]) -> Ints:
    return np.unique(np.concatenate([one.unit[np.abs(one.value) > country.LARGEST_FIGURE] for one in seen]))


def _bring_one(unit_id: int, row: RegisteredSet, bases: Iterable[Basis], result: Brought, *, write: bool) -> None:
    for basis in bases:
        found = keeping.differences(unit_id, row, basis)
        result.touched += len(found)
        result.told.extend(f"{row.code} đơn vị {unit_id} {basis.label}: {one}" for one in found)
        if write and found:
            keeping.refresh(unit_id, row, (basis,))


def _place(unit: Ints, entity: Ints, start: Ints) -> Ints:
    """One number that names an interval: of which unit, of what, from which day."""
    return (unit << 16 | entity) << 22 | start


def _stored(
    table: _Table, unit_ids: Ints, row: RegisteredSet, bases: tuple[Basis, ...], codes: Codes
) -> dict[Basis, _Stored]:
    """What the table has of these units, for each basis, from one reading."""
    where, parameters = bulk_columns.among("unit_id", unit_ids)
    rest = f"FROM {bulk_columns.table(table.model)} WHERE set_id = %s AND {where}"
    columns = (
        whole_of("id"),
        whole_of("unit_id"),
        whole_of("basis"),
        _entity(table, codes),
        day_of("start"),
        day_of("end"),
        whole_of(table.says()),
    )
    pk, unit, basis, of, start, end, says = bulk_columns.read(columns, rest, [row.pk, *parameters])
    at = np.searchsorted(unit_ids, unit)
    wanted = unit_ids[np.minimum(at, unit_ids.size - 1)] == unit if unit_ids.size else np.zeros(0, np.bool_)
    place = _place(at, of, start)
    found = {}
    for one in bases:
        chosen = np.flatnonzero(wanted & (basis == one))
        chosen = chosen[np.argsort(place[chosen])]
        found[one] = _Stored(pk[chosen], place[chosen], end[chosen], says[chosen])
    return found


def _entity(table: _Table, codes: Codes) -> Column:
    """What an interval is of: a criterion's number, an indicator's code, or the unit as a whole."""
    if table.entity is None:
        return whole_of("0")
    return text_of(table.entity, codes) if table.entity == "code" else whole_of(table.entity)


def _bring(
    table: _Table,
    spans: Spans,
    stored: _Stored,
    unit_ids: Ints,
    row: RegisteredSet,
    basis: Basis,
    codes: list[str],
    result: Brought,
    *,
    write: bool,
) -> None:
    place = _place(spans.unit, spans.entity, spans.start)
    order = np.argsort(place)
    place = place[order]
    at = np.searchsorted(stored.place, place)
    within = np.minimum(at, stored.place.size - 1)
    there = stored.place[within] == place if stored.place.size else np.zeros(place.size, np.bool_)
    same = np.zeros(place.size, np.bool_)
    same[there] = (stored.says[within[there]] == spans.says[order[there]]) & (
        stored.end[within[there]] == spans.end[order[there]]
    )
    gone = np.ones(stored.place.size, np.bool_)
    gone[within[there]] = False
    fresh, changed = ~there, there & ~same
    result.touched += int(fresh.sum() + changed.sum() + gone.sum())
    apart = np.concatenate([place[fresh | changed], stored.place[gone]])
    result.told.extend(_told(table, apart[: _MOST_TOLD - len(result.told)], unit_ids, row, basis, codes))
    if write:
        bulk_rows.delete(table.model, stored.pk[gone])
        ids = stored.pk[within[changed]].tolist()
        rows = zip(*_values(table, spans, order[changed]), ids, strict=True)
        bulk_rows.update(table.model, ("end", *table.values), rows)
        _insert(table, spans, order[fresh], unit_ids, row, basis, codes)


def _told(
    table: _Table, places: Ints, unit_ids: Ints, row: RegisteredSet, basis: Basis, codes: list[str]
) -> Iterator[str]:
    for place in places.tolist():
        unit, entity, day = place >> 38, place >> 22 & 0xFFFF, date.fromordinal(place & 0x3FFFFF)
        of = "" if table.entity is None else f" {codes[entity] if table.entity == 'code' else entity}"
        yield f"{row.code} đơn vị {unit_ids[unit]} {basis.label}: {table.name}{of} từ {day:%d/%m/%Y}"


def _values(table: _Table, spans: Spans, chosen: npt.NDArray[np.intp]) -> list[list[Any]]:
    """The last day and the values, as the table's columns have them."""
    columns: list[list[Any]] = [bulk_rows.iso_days(spans.end[chosen])]
    for name, column in zip(table.values, table.unpack(spans.says[chosen]), strict=True):
        if name in ("assumed", "stated"):
            columns.append(column.astype(np.bool_).tolist())
        elif name == "observation_id":
            columns.append([one or None for one in column.tolist()])
        else:
            columns.append(column.tolist())
    return columns


def _insert(
    table: _Table,
    spans: Spans,
    chosen: npt.NDArray[np.intp],
    unit_ids: Ints,
    row: RegisteredSet,
    basis: Basis,
    codes: list[str],
) -> None:
    if not chosen.size:
        return
    number = chosen.size
    names = ["unit_id", "set_id", "basis", "start"]
    columns: list[list[Any]] = [
        unit_ids[spans.unit[chosen]].tolist(),
        [row.pk] * number,
        [int(basis)] * number,
        bulk_rows.iso_days(spans.start[chosen]),
    ]
    if table.entity is not None:
        names.append(table.entity)
        of = spans.entity[chosen].tolist()
        columns.append([codes[one] for one in of] if table.entity == "code" else of)
    columns.extend(_values(table, spans, chosen))
    bulk_rows.insert(table.model, (*names, "end", *table.values), zip(*columns, strict=True))
