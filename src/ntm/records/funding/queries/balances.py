"""Cân đối A-B: needed less mobilised, by criterion and source; what comes on a condition stands apart and covers nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ntm.domain import funds
from ntm.domain.funds import FundKind, SourceGroup
from ntm.records.funding.models import Stated, StatedTotal
from ntm.records.funding.queries import debts
from ntm.records.funding.queries.areas import Scope
from ntm.records.funding.queries.cells import Amounts, Cells, cells
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["Balance", "CriterionRow", "SourceRow", "StatedBeside", "Table", "balance", "sources_uses"]


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """Một tiêu chí; None: not of one criterion."""

    criterion_no: int | None
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Một nguồn, một loại vốn."""

    source: str
    name: str
    group: SourceGroup
    kind: FundKind
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class StatedBeside:
    """Số văn bản ghi bên số cộng được."""

    what: Stated
    place: str
    stated: int
    derived: int

    @property
    def differs(self) -> int:
        """Stated less derived; 0 when they agree."""
        return self.stated - self.derived

    @property
    def apart(self) -> int:
        """Cách nhau bao nhiêu."""
        return abs(self.differs)


@dataclass(frozen=True, slots=True)
class Balance:
    """Cân đối của một đơn vị, một năm hoặc trung hạn."""

    unit: UnitLabel
    first: int
    last: int
    on: date
    scope: Scope
    total: Amounts
    criteria: tuple[CriterionRow, ...]
    sources: tuple[SourceRow, ...]
    stated: tuple[StatedBeside, ...]

    @property
    def need(self) -> int:
        """A."""
        return self.total.need

    @property
    def certain(self) -> int:
        """Huy động chắc chắn."""
        return self.total.mobilised

    @property
    def conditional(self) -> int:
        """Chỉ có khi đạt điều kiện."""
        return self.total.conditional

    @property
    def mobilised(self) -> int:
        """B as plans write it: with the conditional part."""
        return self.certain + self.conditional

    @property
    def shortfall(self) -> int:
        """A-B as plans write it; negative when there is more than needed."""
        return self.need - self.mobilised

    @property
    def firm_shortfall(self) -> int:
        """Còn thiếu khi không tính tiền có điều kiện."""
        return self.need - self.certain


def balance(
    unit_id: int,
    year: int,
    on: date,
    *,
    until_year: int | None = None,
    scope: Scope = Scope.AREA,
    found: Cells | None = None,
    debt: int | None = None,
    label: UnitLabel | None = None,
) -> Balance:
    """Cân đối ngày đó; until_year for the medium term. A constant number of queries.

    `found`, `debt`, `label`: what was already added up, or read, for the same area, years and day.
    """
    last = until_year or year
    found = cells(unit_id, year, last, on, scope) if found is None else found
    return Balance(
        label or units.label(unit_id, on),
        year,
        last,
        on,
        scope,
        found.total(),
        _criteria(found),
        _sources(found),
        _stated(unit_id, year, last, on, found, debt),
    )


def _criteria(found: Cells) -> tuple[CriterionRow, ...]:
    rows = found.by_criterion().items()
    return tuple(
        CriterionRow(no, amounts) for no, amounts in sorted(rows, key=lambda row: (row[0] is None, row[0] or 0))
    )


def _sources(found: Cells) -> tuple[SourceRow, ...]:
    known = {source.code: source for period in funds.catalogue().periods for source in period.sources}
    order = {code: place for place, code in enumerate(known)}
    rows = sorted(found.by_source().items(), key=lambda row: (order.get(row[0][0], len(order)), row[0]))
    return tuple(
        SourceRow(
            code,
            funds.catalogue().name(code),
            known[code].group if code in known else SourceGroup.OTHER,
            FundKind(kind),
            amounts,
        )
        for (code, kind), amounts in rows
    )


def _stated(unit_id: int, first: int, last: int, on: date, found: Cells, debt: int | None) -> tuple[StatedBeside, ...]:
    if first != last:
        return ()
    rows = StatedTotal.objects.filter(unit_id=unit_id, year=first, on__lte=on, withdrawn_at__isnull=True)
    beside = []
    for row in rows.order_by("on", "id"):
        what = Stated(row.what)
        if what is Stated.DEBT and debt is None:
            debt = debts.total_debt(unit_id, on)
        derived = (debt or 0) if what is Stated.DEBT else _derived(what, row, found)
        beside.append(StatedBeside(what, row.place, row.amount, derived))
    return tuple(beside)


def _derived(what: Stated, row: StatedTotal, found: Cells) -> int:
    whole = Amounts()
    for (criterion, source, kind), amounts in found.items():
        asked = (
            (row.criterion_no is None or criterion == row.criterion_no)
            and (not row.sources or source in row.sources)
            and (not row.kind or kind == row.kind)
        )
        if asked:
            whole.add(amounts)
    mobilised = whole.mobilised + whole.conditional
    return {
        Stated.NEED: whole.need,
        Stated.MOBILISED: mobilised,
        Stated.SHORTFALL: whole.need - mobilised,
        Stated.ALLOCATED: whole.allocated,
        Stated.DISBURSED: whole.disbursed,
    }[what]


@dataclass(frozen=True, slots=True)
class Table:
    """Bảng nguồn và sử dụng: columns are sources, rows are criteria; totals of both ways are of the same cells."""

    columns: tuple[SourceRow, ...]
    rows: tuple[CriterionRow, ...]
    cells: dict[tuple[int | None, str, str], int]

    def column_total(self, source: str, kind: str) -> int:
        return sum(amount for key, amount in self.cells.items() if key[1:] == (source, kind))

    def row_total(self, criterion_no: int | None) -> int:
        return sum(amount for key, amount in self.cells.items() if key[0] == criterion_no)

    @property
    def total(self) -> int:
        return sum(self.cells.values())


def sources_uses(
    unit_id: int | None,
    year: int,
    on: date,
    *,
    measure: str = "used",
    until_year: int | None = None,
    scope: Scope = Scope.AREA,
) -> Table:
    """Bảng nguồn và sử dụng of one measure: "used", "received", "allocated", "mobilised" or "conditional"."""
    if measure not in ("used", "received", "allocated", "mobilised", "conditional"):
        raise ValueError(f"no such measure: {measure}")
    found = cells(unit_id, year, until_year or year, on, scope)
    amounts = {key: getattr(one, measure) for key, one in found.items() if key[1] and getattr(one, measure)}
    columns = {key[1:] for key in amounts}
    criteria = {key[0] for key in amounts}
    return Table(
        tuple(row for row in _sources(found) if (row.source, row.kind.value) in columns),
        tuple(row for row in _criteria(found) if row.criterion_no in criteria),
        amounts,
    )
