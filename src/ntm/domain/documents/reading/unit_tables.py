"""Biểu theo xã: tables that set units against criteria, by a list in a cell or by marks under the criteria's columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ntm.domain.documents.reading.criteria import Ref
from ntm.domain.documents.reading.marks import plain
from ntm.domain.documents.reading.model import Mode, Target
from ntm.domain.documents.reading.tables import Grid, Row
from ntm.domain.documents.reading.work import Work

_UNIT = re.compile(r"^(?:ten\s)?(?:xa|don vi|dia phuong|ten xa|thon|ten thon|ten don vi|xa, thi tran|danh sach xa)\b")
_CRITERIA = re.compile(r"tieu chi")
_MARK = re.compile(r"[xX✓v+đĐ]|đạt|Đạt|1")
_GAIN = re.compile(r"phan dau|dang ky|ke hoach|hoan thanh|dat them|them|du kien|se dat|moi")
_KEEP = re.compile(r"duy tri|giu vung|da dat|hien dat|hien trang")
_HEAD_NOUN = re.compile(
    r"ghi chu|tong|cong\b|so (?:xa|thon|don vi)\b|ket qua|don vi|co quan|thoi gian|kinh phi|noi dung|chi tieu|muc|yeu cau"
)
_ANSWERS = re.compile(r"phu trach|theo doi|giup do|chi dao|huong dan|tham tra|chu tri|duoc phan cong")
_MISSING = re.compile(r"chua dat|con thieu|chua hoan thanh")


def read(work: Work, grids: Sequence[Grid]) -> tuple[Target, ...]:
    found: list[Target] = []
    for grid in grids:
        found += _transposed(work, grid)
        unit_at = next((i for i, c in enumerate(grid.columns) if _is_unit_head(c)), None)
        if unit_at is None:
            continue
        found += _lists(work, grid, unit_at)
        found += _matrix(work, grid, unit_at)
    return tuple(found)


def _is_unit_head(words: str) -> bool:
    """ "Tên xã", never "Xã giúp đỡ": there an office answers for a commune, which promises nothing."""
    flat = plain(words).strip(" ./")
    return bool(_UNIT.match(flat)) and not _ANSWERS.search(flat)


def _unit(work: Work, row: Row, unit_at: int) -> str | None:
    text = row.cells[unit_at].strip(" .:;-")
    mentions = work.area.names.mentions(text)
    if mentions and mentions[0].level in ("xa", "thon"):
        return mentions[0].name
    bare = re.sub(r"(?i)^(?:xã|thôn|phường|thị trấn|bản|ấp)\s+", "", text)
    if not bare or len(bare) > 40 or not bare[:1].isupper() or re.match(r"tong|cong|huyen|trung binh", plain(bare)):
        return None
    return bare


def _mode(words: str) -> Mode | None:
    flat = plain(words)
    if _MISSING.search(flat) or _ANSWERS.search(flat):
        return None
    if _KEEP.search(flat) and not _GAIN.search(flat):
        return "keep"
    return "gain"


def _to_be_met(grid: Grid, words: str) -> Mode | None:
    """ "Tiêu chí chưa đạt" beside "Thời hạn": what is not met shall be met by then."""
    if not _MISSING.search(plain(words)):
        return None
    others = (plain(c) for c in grid.columns if c != words)
    return (
        "gain" if any(re.search(r"thoi han|thoi gian|hoan thanh|nam dat|lo trinh|han\b", c) for c in others) else None
    )


def _lists(work: Work, grid: Grid, unit_at: int) -> Iterator[Target]:
    """ "Xã | Các tiêu chí phấn đấu đạt": numbers or names in a cell."""
    for at, words in enumerate(grid.columns):
        mode = _mode(words) or _to_be_met(grid, words)
        if at == unit_at or not _CRITERIA.search(plain(words)) or mode is None:
            continue
        lists = any(len(work.criteria.listed(plain(r.cells[at]), 0, len(r.cells[at]))) > 1 for r in grid.rows)
        for row in grid.rows:
            flat = plain(row.cells[at])
            refs = work.criteria.listed(flat, len(flat) - len(flat.lstrip()), len(flat)) or list(
                work.criteria.mentions(flat)
            )
            numbers = tuple(dict.fromkeys(r.no for r in refs if r.no is not None))
            unit = _unit(work, row, unit_at)
            only_count = len(numbers) == 1 and flat.strip().isdigit()
            if (
                unit is None
                or not numbers
                or (only_count and not lists and not re.search(r"so hieu|ten tieu chi|cac tieu chi", plain(words)))
            ):
                continue
            yield Target(
                what=f"{words}: {row.cells[at]}",
                mode=mode,
                value=Decimal(len(numbers)),
                measure="tiêu chí",
                computed=True,
                units=(unit,),
                criteria=numbers,
                criteria_words=row.cells[at],
                lines=row.lines,
            )


def _matrix(work: Work, grid: Grid, unit_at: int) -> Iterator[Target]:
    """A column for each criterion, a mark where the unit shall meet it."""
    by_column: dict[int, int] = {}
    for at, words in enumerate(grid.columns):
        last = re.sub(r"^(\D{0,10}\d) (\d)$", r"\1\2", plain(words.split(" - ")[-1]))  # a narrow column cut "TC10"
        refs = work.criteria.label(last)
        no = refs[0].no if len(refs) == 1 else None
        if (
            no is None
            and (match := re.fullmatch(r"(?:tc|tieu chi)?\s?(?:so\s?)?0?(\d{1,2})", last.strip()))
            and int(match[1]) <= work.criteria.size
        ):
            no = int(match[1])
        if no is not None and at != unit_at:
            by_column[at] = no
    if len(by_column) < 4 or len(set(by_column.values())) != len(by_column):
        return
    for row in grid.rows:
        unit = _unit(work, row, unit_at)
        if unit is None:
            continue
        for mode, pattern in _marks(grid, tuple(by_column)):
            marks = tuple(no for at, no in by_column.items() if pattern.fullmatch(row.cells[at].strip()))
            if marks:
                yield Target(
                    what=f"{unit}: {len(marks)} tiêu chí",
                    mode=mode,
                    value=Decimal(len(marks)),
                    measure="tiêu chí",
                    computed=True,
                    units=(unit,),
                    criteria=marks,
                    lines=row.lines,
                )


def _transposed(work: Work, grid: Grid) -> Iterator[Target]:
    """A row for each criterion, a column for each unit, a mark where the unit shall meet it."""
    name_at = next(
        (i for i, c in enumerate(grid.columns) if re.match(r"(?:ten )?tieu chi\b", plain(c).strip(" ./"))), None
    )
    if name_at is None:
        return
    numbers = {
        i: refs[0].no for i, row in enumerate(grid.rows) if len(refs := _row_label(work, row.cells[name_at])) == 1
    }
    if len(numbers) < 3:
        return
    for at, words in enumerate(grid.columns):
        unit = _unit(work, Row((words,), ()), 0) if at > name_at else None
        marked = [i for i in numbers if _MARK.fullmatch(grid.rows[i].cells[at].strip())] if unit else []
        if unit and marked and not any(_HEAD_NOUN.match(part) for part in plain(words).split(" - ")):
            yield Target(
                what=f"{unit}: {len(marked)} tiêu chí",
                mode="gain",
                value=Decimal(len(marked)),
                measure="tiêu chí",
                computed=True,
                units=(unit,),
                criteria=tuple(no for i in marked if (no := numbers[i]) is not None),
                lines=tuple(n for i in marked for n in grid.rows[i].lines),
            )


def _row_label(work: Work, text: str) -> tuple[Ref, ...]:
    """ "2. Giao thông", "Tiêu chí số 2 về Giao thông" at the head of a row."""
    return work.criteria.label(re.sub(r"^(\d{1,2})[.)]\s", r"tieu chi \1 ", plain(text)))


def _marks(grid: Grid, columns: Sequence[int]) -> tuple[tuple[Mode, re.Pattern[str]], ...]:
    """What the marks of a matrix mean. Where "+" stands beside others, "+" is what shall be met, "D" (duy trì) what shall be
    kept, and "Đ", "x" what is met already; where there is one kind of mark, it is the promise."""
    seen = {row.cells[at].strip() for row in grid.rows for at in columns} - {""}
    if "+" in seen and seen & {"D", "Đ", "đ", "x", "X"}:
        return ("gain", re.compile(r"\+")), ("keep", re.compile(r"D"))
    return (("gain", _MARK),)
