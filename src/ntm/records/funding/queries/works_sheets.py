"""Bảng công trình tải về: the template of an area, and the works that are seen, in the same columns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.utils import timezone

from ntm.domain import funds
from ntm.domain.funds import FundKind, SourceGroup
from ntm.domain.official.dates import write_date
from ntm.records.funding.models import AllocationEntry, WorksFund, WorksState
from ntm.records.funding.queries.areas import within
from ntm.records.funding.queries.works import WorksLine
from ntm.records.funding.workbook import writing
from ntm.records.funding.workbook.columns import FundKey
from ntm.records.funding.workbook.present import capital, present
from ntm.records.funding.workbook.writing import WrittenLine
from ntm.records.standing.models import RegisteredSet
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["exported", "fund_columns", "set_choices", "template"]

_COMMON = (SourceGroup.CENTRAL, SourceGroup.LOCAL, SourceGroup.LAND, SourceGroup.ENTERPRISE, SourceGroup.PEOPLE)
_BUILDS = (FundKind.INVESTMENT, FundKind.OWN)


def template(unit: UnitLabel, on: date) -> bytes:
    """Bảng mẫu của một địa bàn: the heads, and how each is filled."""
    used, others = fund_columns(unit.id, on)
    title = f"Công trình · {capital(unit.title)} · bảng mẫu"
    sets, now = set_choices(unit.id, on), timezone.localtime()
    return writing.write(title=title, lines=(), used=used, others=others, sets=sets, taken_out=now)


def exported(lines: Sequence[WorksLine], unit_id: int | None, place: str, on: date) -> bytes:
    """Danh sách công trình: what may be changed and brought back, and beside it state and money to read."""
    standing = present([line.works for line in lines], on)
    written = [
        WrittenLine(
            standing[line.works.pk].values | {"unit": line.unit.code or ""},
            standing[line.works.pk].funds,
            line.works.pk,
            capital(line.unit.title),
            _shown(line),
            standing[line.works.pk].words,
        )
        for line in lines
    ]
    there = {key for one in standing.values() for key in one.funds}
    used, others = fund_columns(unit_id, on, there)
    title = f"Công trình · {place} · đến ngày {write_date(on)}"
    sets, now = set_choices(unit_id, on), timezone.localtime()
    return writing.write(title=title, lines=written, used=used, others=others, sets=sets, taken_out=now)


def _shown(line: WorksLine) -> dict[str, str | int]:
    return {
        "state": str(WorksState(line.state).label),
        "percent": line.percent,
        "allocated": line.allocated,
        "accepted": line.accepted,
        "paid": line.paid,
        "debt": line.debt,
    }


def fund_columns(unit_id: int | None, on: date, there: Collection[FundKey] = ()) -> tuple[list[FundKey], list[FundKey]]:
    """Nguồn có cột: those of the area's works and of the year's decisions, and the year's other ones; where none is used
    yet, what works are commonly built with."""
    planned = WorksFund.objects.filter(within(unit_id, day="on", through="works__"), replaced_at__isnull=True)
    given = AllocationEntry.objects.filter(within(unit_id), year=on.year)
    used = set(there) | set(planned.order_by().values_list("source", "kind").distinct())
    used |= set(given.order_by().values_list("source", "kind").distinct())
    of_year = funds.catalogue().of_year(on.year)
    used = used or {
        (one.code, kind.value) for one in of_year for kind in one.kinds if one.group in _COMMON and kind in _BUILDS
    }
    every = [(one.code, kind.value) for one in of_year for kind in one.kinds]
    return (
        [*(key for key in every if key in used), *sorted(used - set(every))],
        [key for key in every if key not in used],
    )


def set_choices(unit_id: int | None, on: date) -> list[tuple[str, str]]:
    """Các bộ tiêu chí áp dụng ở địa bàn ngày đó: code and name."""
    rows = RegisteredSet.objects.filter(current=True).order_by("level", "code")
    if unit_id is not None:
        rows = rows.filter(province_code__in=("", units.province_code(unit_id, on) or ""))
    return [(row.code, row.name) for row in rows if row.in_force(on)]
