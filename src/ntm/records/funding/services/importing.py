"""Nhập chứng từ hàng loạt: every line by the rules of a single voucher; all of the file or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from ntm.domain import funds
from ntm.domain.funds import FundKind
from ntm.domain.official.money import write_amount
from ntm.records.audit import services as audit
from ntm.records.funding import rules, voucher_file
from ntm.records.funding.models import AcceptedVolume, AllocationEntry, Disbursement, Works
from ntm.records.funding.refusals import Refused
from ntm.records.funding.services import paying
from ntm.records.funding.voucher_file import LineError, VoucherFile, VoucherRow
from ntm.records.people import authority
from ntm.records.people.authority import Actor
from ntm.records.standing import bulk_rows
from ntm.records.units import queries as units
from ntm.records.units import statistics
from ntm.records.units.models import Position

__all__ = ["VouchersImported", "import_vouchers"]

_IN_ONE = 5000  # numbers in one IN (...)
_MANY = 20_000  # lines after which the database counts its tables again


@dataclass(frozen=True, slots=True)
class VouchersImported:
    """Kết quả: lines read, wrong ones (the first told, all counted), and what was written: nothing when one is wrong."""

    read: int
    wrong: int
    errors: tuple[LineError, ...]
    written: int
    amount: int
    dry_run: bool


@dataclass(slots=True)
class _Placed:
    """A line with its unit and works found."""

    row: VoucherRow
    unit: int
    works: int | None
    criterion: int | None
    advance: bool = False


def import_vouchers(actor: Actor, content: bytes, *, on: date, file: str, dry_run: bool = False) -> VouchersImported:
    """Nhập chứng từ từ CSV hoặc xlsx. `on`: the day of the import, for authority. dry_run does all and writes nothing."""
    found = voucher_file.read(content)
    read = len(found.rows) + found.wrong
    with transaction.atomic():
        placed = _checked(actor, found, on)
        if found.wrong:
            found.errors.sort(key=lambda one: one.line)
            return VouchersImported(read, found.wrong, tuple(found.errors), 0, 0, dry_run)
        whole = sum(one.row.amount for one in placed)
        if not dry_run:
            _insert(actor, placed, timezone.now())
            audit.record_bulk(
                actor=actor.stamp(),
                verb="money.import",
                subject="funding.disbursement",
                unit_id=actor.unit_id,
                on=on,
                items=_said(placed),
                detail={"file": file, "amount": write_amount(whole)},
            )
    if len(placed) >= _MANY and not dry_run:
        statistics.count_again()
    return VouchersImported(read, 0, (), 0 if dry_run else len(placed), whole, dry_run)


def _checked(actor: Actor, found: VoucherFile, on: date) -> list[_Placed]:
    """Every line on its own, then what lines say together."""
    placed = _placed(found)
    placed = _within_rules(actor, found, placed, on)
    _refuse_twice(found, placed)
    _refuse_overpaid_works(found, placed)
    _refuse_overdrawn(found, placed)
    return placed


def _placed(found: VoucherFile) -> list[_Placed]:
    """Codes -> units of each line's day, and works of the unit."""
    by_day: dict[date, set[str]] = defaultdict(set)
    for row in found.rows:
        by_day[row.on].add(row.unit)
    ids: dict[tuple[date, str], int] = {}
    for day, codes in sorted(by_day.items()):
        for code, unit in units.by_codes(codes, day).items():
            ids[day, code] = unit
    works = _works(sorted(set(ids.values())))
    lines = []
    for row in found.rows:
        unit = ids.get((row.on, row.unit))
        if unit is None:
            found.refuse(row.line, f"ngày {row.on:%d/%m/%Y} không có đơn vị mã “{row.unit[:20]}”.")
            continue
        here = works.get((unit, row.works)) if row.works else None
        if row.works and here is None:
            found.refuse(row.line, f"đơn vị {row.unit} không có công trình mã “{row.works[:40]}”.")
            continue
        lines.append(_Placed(row, unit, here[0] if here else None, here[1] if here else row.criterion))
    return lines


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(ids), _IN_ONE):
        yield ids[first : first + _IN_ONE]


def _works(unit_ids: Sequence[int]) -> dict[tuple[int, str], tuple[int, int | None]]:
    found = {}
    for chunk in _chunks(unit_ids):
        rows = Works.objects.filter(unit_id__in=chunk).values_list("unit_id", "code", "pk", "criterion_no")
        for unit, code, pk, criterion in rows:
            found[unit, code] = (pk, criterion)
    return found


def _within_rules(actor: Actor, found: VoucherFile, placed: Iterable[_Placed], on: date) -> list[_Placed]:
    reach = authority.reach(actor, "money.record", on=on)
    known: dict[tuple[str, int, str, str], str] = {}
    years: dict[tuple[int, date], str] = {}
    covered: dict[int, bool] = {}
    placed = list(placed)
    locks = _locks(placed)
    fine = []
    for one in placed:
        row = one.row
        if one.unit not in covered:
            covered[one.unit] = reach.covers(one.unit)
        if not covered[one.unit]:
            actor.require("money.record", one.unit, on=on)
        of_source = (row.source, row.year, row.kind, row.use)
        if of_source not in known:
            known[of_source] = _wrong_source(*of_source)
        of_year = (row.year, row.on)
        if of_year not in years:
            years[of_year] = _wrong_year(*of_year)
        closed = locks.get((one.unit, row.year), ())
        wrong = known[of_source] or years[of_year]
        if not wrong and row.amount > rules.MOST:
            wrong = "số tiền lớn quá; kiểm tra lại đơn vị tính."
        if not wrong and any(through is None or row.on <= through for through in closed):
            wrong = f"sổ năm {row.year} của đơn vị này đã khoá đến sau ngày chứng từ; đề nghị mở lại kỳ."
        if wrong:
            found.refuse(row.line, wrong)
        else:
            fine.append(one)
    return fine


def _wrong_source(source: str, year: int, kind: str, use: str) -> str:
    try:
        rules.source_of(source, year, kind)
        paying.refuse_wrong_use(kind, use)
    except Refused as wrong:
        return str(wrong)
    return ""


def _wrong_year(year: int, day: date) -> str:
    try:
        paying.refuse_wrong_year(year, day)
    except Refused as wrong:
        return str(wrong)
    return ""


def _locks(placed: Sequence[_Placed]) -> dict[tuple[int, int], list[date | None]]:
    """Unit and year -> days through which it is closed, by locks of its own or of any unit above it on its days."""
    years = sorted({one.row.year for one in placed})
    locks = list(rules.PeriodLock.objects.filter(year__in=years, reopened_on__isnull=True))
    found: dict[tuple[int, int], list[date | None]] = defaultdict(list)
    if not locks:
        return found
    unit_ids = sorted({one.unit for one in placed})
    first, last = min(one.row.on for one in placed), max(one.row.on for one in placed)
    for chunk in _chunks(unit_ids):
        rows = Position.objects.filter(unit_id__in=chunk, start__lte=last).exclude(end__lte=first)
        for unit, *uppers in rows.values_list("unit_id", "commune_id", "district_id", "province_id"):
            for lock in locks:
                if lock.unit_id in (unit, *uppers):
                    found[unit, lock.year].append(lock.through)
    return found


def _refuse_twice(found: VoucherFile, placed: Sequence[_Placed]) -> None:
    """The same voucher number of a unit in a year stands once, in the file and in the records."""
    first: dict[tuple[int, int, str], int] = {}
    for one in placed:
        before = first.setdefault((one.unit, one.row.year, one.row.number), one.row.line)
        if before != one.row.line:
            found.refuse(one.row.line, f"chứng từ {one.row.number} của đơn vị này đã có ở dòng {before}; bỏ một dòng.")
    years = {key[1] for key in first}
    for chunk in _chunks(sorted({key[0] for key in first})):
        living = Disbursement.objects.filter(
            unit_id__in=chunk, year__in=years, reverses__isnull=True, reversed_by__isnull=True
        )
        for key in living.values_list("unit_id", "year", "number").iterator(chunk_size=20_000):
            if key in first:
                found.refuse(first[key], f"chứng từ {key[2]} năm {key[1]} của đơn vị này đã ghi rồi.")


def _refuse_overpaid_works(found: VoucherFile, placed: Sequence[_Placed]) -> None:
    """Never beyond the total cost of works; beyond the accepted volume is marked as an advance."""
    ids = sorted({one.works for one in placed if one.works is not None})
    paid: dict[int, int] = defaultdict(int)
    accepted: dict[int, int] = defaultdict(int)
    cost: dict[int, int] = {}
    for chunk in _chunks(ids):
        cost |= dict(Works.objects.filter(pk__in=chunk).values_list("pk", "total_cost"))
        for model, sums in ((Disbursement, paid), (AcceptedVolume, accepted)):
            rows = model.objects.filter(works_id__in=chunk).order_by("works_id").values_list("works_id")
            sums.update(rows.annotate(sum=Sum("amount")))
    for one in sorted(placed, key=lambda one: (one.row.on, one.row.line)):
        if one.works is None:
            continue
        paid[one.works] += one.row.amount
        one.advance = paid[one.works] > accepted[one.works]
        over = paid[one.works] - cost[one.works]
        if over > 0:
            found.refuse(
                one.row.line, f"công trình {one.row.works}: chi vượt tổng mức đầu tư {write_amount(over)} đồng."
            )


def _refuse_overdrawn(found: VoucherFile, placed: Sequence[_Placed]) -> None:
    """Told at the line with which a cell is first overdrawn, in the order of the file."""
    Key = tuple[int, str, str, int]
    lines: dict[Key, list[_Placed]] = defaultdict(list)
    for one in placed:
        if one.row.kind != FundKind.OWN:
            lines[one.unit, one.row.source, one.row.kind, one.row.year].append(one)
    allocated: dict[Key, dict[int | None, int]] = defaultdict(dict)
    paid: dict[Key, dict[int | None, int]] = defaultdict(lambda: defaultdict(int))
    years = {key[3] for key in lines}
    columns = ("unit_id", "source", "kind", "year", "works_id")
    for chunk in _chunks(sorted({key[0] for key in lines})):
        held = AllocationEntry.objects.filter(unit_id__in=chunk, year__in=years)
        list(held.select_for_update().order_by("pk").values_list("pk", flat=True))  # one writer at a time
        for *key, works, amount in held.order_by(*columns).values_list(*columns).annotate(sum=Sum("amount")):
            allocated[tuple(key)][works] = amount
        rows = Disbursement.objects.filter(unit_id__in=chunk, year__in=years).order_by(*columns).values_list(*columns)
        for *key, works, amount in rows.annotate(sum=Sum("amount")):
            paid[tuple(key)][works] += amount
    for key, several in lines.items():
        after = dict(paid[key])
        for one in several:
            after[one.works] = after.get(one.works, 0) + one.row.amount
        if funds.cell_shortage(allocated[key], after):
            _tell_first(found, allocated[key], dict(paid[key]), several)


def _tell_first(
    found: VoucherFile, allocated: dict[int | None, int], paid: dict[int | None, int], several: list[_Placed]
) -> None:
    for one in several:
        paid[one.works] = paid.get(one.works, 0) + one.row.amount
        short = funds.cell_shortage(allocated, paid)
        if short:
            found.refuse(
                one.row.line,
                f"vượt {write_amount(short)} đồng so với vốn “{funds.catalogue().name(one.row.source)}” năm {one.row.year} "
                f"đã phân bổ cho đơn vị {one.row.unit}{f', công trình {one.row.works}' if one.row.works else ''}.",
            )
            return


def _insert(actor: Actor, placed: Sequence[_Placed], now: datetime) -> None:
    columns = (
        "unit_id", "year", "on", "placed_on", "amount", "number", "line", "source", "kind", "use", "works_id",
        "criterion_no", "payee", "advance", "place", "note", "recorded_by_id", "office", "recorded_at",
    )  # fmt: skip
    tail = (actor.user_id, actor.office_label, connection.ops.adapt_datetimefield_value(now))
    days = {one.row.on: one.row.on.isoformat() for one in placed}
    values = (
        (
            one.unit,
            one.row.year,
            days[one.row.on],
            days[one.row.on],
            one.row.amount,
            one.row.number,
            1,
            one.row.source,
            one.row.kind,
            one.row.use,
            one.works,
            one.criterion,
            one.row.payee,
            one.advance,
            f"dòng {one.row.line}",
            one.row.note,
            *tail,
        )
        for one in placed
    )
    bulk_rows.insert(Disbursement, columns, values)


def _said(placed: Iterable[_Placed]) -> Iterator[dict[str, object]]:
    for one in placed:
        row = one.row
        yield {
            "unit": one.unit,
            "number": row.number,
            "on": row.on.isoformat(),
            "year": row.year,
            "source": row.source,
            "kind": row.kind,
            "amount": row.amount,
        }
