"""Tiền trong bảng: amounts of tables that state their measure, a row a part, the total row their sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ntm.domain.documents.reading.marks import plain
from ntm.domain.documents.reading.model import Annex, AnnexRow, MoneyItem, MoneySum
from ntm.domain.documents.reading.work import Work
from ntm.domain.official.numbers import NumberError, parse_number

_MEASURES: tuple[tuple[str, int], ...] = (("ty dong", 10**9), ("trieu dong", 10**6), ("nghin dong", 10**3), ("dong", 1))
_DONG = re.compile(r"(?<!cộng )(?<!hội )(?<!hợp )\b(?:đồng|vnđ|vnd)\b")
_MONEY = re.compile(
    r"kinh phi|von|ngan sach|so tien|du toan|nhu cau|thanh tien|ke hoach|tong|nguon|dong gop|trung uong|tinh|huyen"
    r"|xa|dan|nam|ho tro|van dong|doi ung|tin dung|doanh nghiep|khac"
)
_NOT_MONEY = re.compile(
    r"ty le|%|so luong|khoi luong|dien tich|so ho|so xa|chieu dai|dvt|don vi|ghi chu|thoi gian|stt|^tt|don gia|so nguoi"
)
_NAME = re.compile(r"noi dung|nguon|ten|hang muc|cong trinh|danh muc|don vi|xa\b|huyen|dia phuong|tieu chi|chi tieu")
_SOURCE = re.compile(r"von|ngan sach|dong gop|huy dong|tin dung|doanh nghiep|nhan dan|xa hoi hoa|trung uong")


def read(work: Work, annexes: Sequence[Annex], offset: int) -> tuple[list[MoneyItem], list[MoneySum]]:
    """Items of all tables of money; indices begin at `offset`."""
    items: list[MoneyItem] = []
    sums: list[MoneySum] = []
    for annex in annexes:
        columns = _money_columns(annex)
        name_at = _name_column(annex, columns)
        if not columns or name_at is None:
            continue
        for at, worth in columns:
            _column(work, annex, at, worth, name_at, len(columns) > 1, items, sums, offset)
    return items, sums


def _worth(words: str) -> int | None:
    """What one is worth: "triệu đồng", "đồng"; "cộng đồng", "vận động" are no measures."""
    flat = plain(words)
    found = next((worth for name, worth in _MEASURES[:-1] if name in flat), None)
    return found or (1 if _DONG.search(words.lower()) else None)


def _money_columns(annex: Annex) -> list[tuple[int, int]]:
    """(column, worth of one) of the columns that hold amounts."""
    common = _worth(annex.measure or "")
    found = []
    for at, words in enumerate(annex.columns):
        flat = plain(words)
        own = _worth(words)
        if own is None and (common is None or not _MONEY.search(flat) or _NOT_MONEY.search(flat)):
            continue
        figures = [row.cells[at] for row in annex.rows if at < len(row.cells) and row.cells[at].strip()]
        if figures and sum(_figure(f) is not None for f in figures) >= 0.6 * len(figures):
            found.append((at, own or common or 1))
    return found


def _name_column(annex: Annex, columns: list[tuple[int, int]]) -> int | None:
    taken = {at for at, _ in columns}
    for at, words in enumerate(annex.columns):
        if at not in taken and _NAME.search(plain(words)):
            return at
    return 1 if len(annex.columns) > 1 and 1 not in taken else None


def _figure(text: str) -> Decimal | None:
    try:
        return parse_number(text.strip())
    except NumberError:
        return None


def _column(
    work: Work,
    annex: Annex,
    at: int,
    worth: int,
    name_at: int,
    several: bool,
    items: list[MoneyItem],
    sums: list[MoneySum],
    offset: int,
) -> None:
    parts: list[int] = []
    totals: list[int] = []
    numbered: dict[str, int] = {}  # order number -> item, where "1.1" stands below "1"
    below: dict[int, list[int]] = {}
    for row in annex.rows:
        value = _figure(row.cells[at]) if at < len(row.cells) else None
        if value is None or value * worth != (value * worth).to_integral_value():
            continue
        index = offset + len(items)
        items.append(_item(work, annex, row, at, name_at, several, int(value * worth)))
        if row.kind == "total":
            totals.append(index)
        elif row.kind == "row":
            order = row.cells[0].strip(" .") if name_at else ""
            above = (
                numbered.get(order.rpartition(".")[0]) if re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){1,4}", order) else None
            )
            if above is None:
                parts.append(index)
            else:
                below.setdefault(above, []).append(index)
                items[-1] = replace(items[-1], parent=above)
            numbered[order] = index
    stated = [(whole, tuple(inner)) for whole, inner in below.items()]
    if len(totals) == 1 and len(parts) > 1:
        stated.append((totals[0], tuple(parts)))
        for i in parts:
            items[i - offset] = replace(items[i - offset], parent=totals[0])
    for whole, inner in stated:
        lines = {n for i in (whole, *inner) for n in items[i - offset].lines}
        sums.append(MoneySum(whole, inner, tuple(sorted(lines))))


def _item(work: Work, annex: Annex, row: AnnexRow, at: int, name_at: int, several: bool, amount: int) -> MoneyItem:
    name = row.cells[name_at] or next((c for c in row.cells if c), "")
    what = f"{name} - {annex.columns[at]}" if several else name
    refs = work.criteria.label(plain(name))
    source = bool(_SOURCE.search(plain(f"{annex.columns[at]} {name}")))
    return MoneyItem(
        what, "total" if row.kind == "total" else "source" if source else "need", amount, row.cells[at],
        refs[0].no if len(refs) == 1 else None, lines=row.lines,
    )  # fmt: skip
