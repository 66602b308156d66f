"""Tiền và tiêu chí của một mục: its vouchers as the books of money have them, beside what the register states."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext

from ntm.domain import funds
from ntm.domain.official.money import write_amount
from ntm.faces.desk import tables
from ntm.faces.desk.rooms.registers.place import Place
from ntm.records.funding.queries import books
from ntm.records.registers.models import Entry
from ntm.records.registers.queries.entries import Whole
from ntm.records.standing import registry
from ntm.records.standing.queries import sets
from ntm.records.units import queries as units

__all__ = ["Money", "criterion_name", "money_of"]


@dataclass(frozen=True, slots=True)
class Money:
    """Tiền của mục: what it states, what its vouchers add up to, which numbers the books do not have."""

    stated: int | None
    paid: int
    table: tables.Table | None
    unknown: tuple[str, ...]

    @property
    def differs(self) -> int:
        """Paid by vouchers less stated."""
        return self.paid - (self.stated or 0)


def numbers_of(entry: Entry) -> tuple[str, ...]:
    """Các số chứng từ ghi ở mục."""
    typed = getattr(entry, "vouchers", "")
    return tuple(dict.fromkeys(one.strip() for one in re.split(r"[;\n]", typed) if one.strip()))


def money_of(place: Place, whole: Whole) -> Money | None:
    """Of the entry and the lines inside it; None where neither vouchers nor support are told."""
    rows = (whole.entry, *(row for _register, rows in whole.inside for row in rows))
    stated = [amount for row in rows if (amount := _stated(row)) is not None]
    numbers = tuple(dict.fromkeys(number for row in rows for number in numbers_of(row)))
    if not numbers and not (stated and len(rows) > 1):
        return None
    unit = whole.entry.unit_id
    if not place.who.allows("money.read", unit, on=place.on):
        return Money(sum(stated) if stated else None, 0, None, ())
    found = books.vouchers(unit, numbers, place.on)
    known = {one.number for one in found}
    columns = [
        tables.Column("number", gettext("Chứng từ")),
        tables.Column("on", gettext("Ngày"), "date"),
        tables.Column("source", gettext("Nguồn vốn")),
        tables.Column("criterion", gettext("Tiêu chí"), "number"),
        tables.Column("amount", gettext("Số tiền"), "number", gettext("đồng")),
    ]
    lines = [
        tables.Row(
            str(one.pk),
            (one.number, one.on, funds.catalogue().name(one.source), one.criterion_no, one.amount),
        )
        for one in found
    ]
    whole_paid = sum(one.amount for one in found)
    total = tables.Row(
        "sum", (gettext("Cộng"), None, "", None, tables.Cell(whole_paid, shown=write_amount(whole_paid)))
    )
    table = tables.Table("entry-vouchers", gettext("Đã chi theo chứng từ"), columns, lines, totals=(total,))
    unknown = tuple(number for number in numbers if number not in known)
    return Money(sum(stated) if stated else None, whole_paid, table if found else None, unknown)


def _stated(row: Entry) -> int | None:
    """Kinh phí ghi ở mục: the whole cost, else the support."""
    cost = getattr(row, "cost", None)
    return cost if cost is not None else getattr(row, "support", None)


def criterion_name(place: Place, entry: Entry) -> str:
    """ "13 Tổ chức sản xuất", by the communes' set of the entry's day; empty where none is told."""
    number = getattr(entry, "criterion_no", None)
    if number is None:
        return ""
    province = units.province_code(entry.unit_id, entry.start)
    level = "thon" if place.label.level == "thon" else "xa"
    for row in sets.in_force(level, entry.start, province) or sets.in_force("xa", entry.start):
        for one in registry.content(row).criteria:
            if one.no == number:
                return f"{one.no} {one.name}"
    return str(number)
