"""Cấp dưới của đơn vị: how many units, how far they are, what they hold; each figure opens to its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from ntm.domain.official.numbers import write_number
from ntm.faces.desk.rooms.units import choosing, words
from ntm.records.standing import registry
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.queries import rollup as rollups
from ntm.records.standing.queries import sets
from ntm.records.standing.queries.rollup import Rollup
from ntm.records.units.queries import UnitLabel

__all__ = ["LowerSummary", "LowerTitle", "lower_summary", "table_url"]


@dataclass(frozen=True, slots=True)
class LowerTitle:
    """Danh hiệu ở cấp dưới: cumulative and new this year."""

    name: str
    cumulative: int
    new: int
    url: str
    new_url: str


@dataclass(frozen=True, slots=True)
class LowerSummary:
    """Tóm tắt cấp dưới under the set that most of it stands under."""

    level: str
    row: RegisteredSet
    set_name: str
    rollup: Rollup
    average: Decimal | None
    exact: str
    complete: int
    criteria: int
    titles: tuple[LowerTitle, ...]
    matrix_url: str
    rollup_url: str
    complete_url: str
    alarms_url: str


def table_url(name: str, unit_id: int | None, row: RegisteredSet | None, carried: str, **more: object) -> str:
    """Địa chỉ trong Bảng tiêu chí: which unit, set and filters."""
    query: dict[str, object] = {"don-vi": unit_id} if unit_id is not None else {}
    if row is not None:
        query[choosing.SET] = row.code
    query |= {key.replace("_", "-"): value for key, value in more.items() if value not in (None, "")}
    own = urlencode(query)
    return _address(name) + carried + (("&" if carried else "?") + own if own else "")


@cache
def _address(name: str) -> str:
    """A roll-up of the country has three hundred links to one page."""
    return reverse(f"desk:{name}")


def lower_summary(label: UnitLabel, on: date, carried: str) -> LowerSummary | None:
    """Tóm tắt: a commune's villages, a district's or a province's communes; None where no set is in force for them."""
    level = "thon" if label.level == "xa" else "xa"
    rows = sets.in_force(level, on, choosing.province_code(label))
    row = sets.usual_in_area(label.id, label.level, rows, on)
    if row is None:
        return None
    found = rollups.rollup(label.id, row, on)
    if not found.total.units:
        return None
    total, numbers = found.total, _criteria(row)
    return LowerSummary(
        level=level,
        row=row,
        set_name=words.set_name(row),
        rollup=found,
        average=total.average,
        exact=exact(total),
        complete=total.by_met.get(numbers, 0) if numbers else 0,
        criteria=numbers,
        titles=tuple(
            LowerTitle(
                words.title_words(kind),
                total.titles[kind].cumulative,
                total.titles[kind].new_this_year,
                table_url("matrix", label.id, row, carried, danh_hieu=kind),
                table_url("matrix", label.id, row, carried, danh_hieu=kind, moi=1),
            )
            for kind in found.title_kinds
        ),
        matrix_url=table_url("matrix", label.id, row, carried),
        rollup_url=table_url("rollup", label.id, row, carried),
        complete_url=table_url("matrix", label.id, row, carried, dat=f"{numbers}-{numbers}"),
        alarms_url=table_url("alarms", label.id, row, carried),
    )


def exact(row: rollups.RollupRow) -> str:
    """ "2.908 / 184 = 15,804348": what the rounded average comes from."""
    if row.exact_average is None:
        return ""
    parts = (Decimal(row.met_total), Decimal(row.units), row.exact_average.quantize(Decimal("0.000001")).normalize())
    said = "{} / {} = {}".format(*(write_number(part) for part in parts))
    silent = row.units - row.with_data
    if not silent:
        return said
    return said + gettext("; gồm %(n)s đơn vị chưa có số liệu, tính là 0") % {"n": write_number(Decimal(silent))}


def _criteria(row: RegisteredSet) -> int:
    return len(registry.content(row).criteria)
