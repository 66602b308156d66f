"""Chỉ tiêu trong bảng: tables that set an aim, its measure and a figure for a year or a plan side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ntm.domain.documents.reading.due import deadline_of
from ntm.domain.documents.reading.marks import plain
from ntm.domain.documents.reading.model import Op, Target
from ntm.domain.documents.reading.tables import Grid, Row
from ntm.domain.documents.reading.work import Work
from ntm.domain.official.numbers import NumberError, parse_number

_NAME = re.compile(r"^(?:ten )?(?:cac )?(?:chi tieu|noi dung|muc tieu|danh muc|tieu chi|chi so)\b")
_MEASURE = re.compile(r"^(?:dvt|d\.v\.t|don vi tinh|don vi do|don vi|dv tinh)$")
_AIM = re.compile(r"ke hoach|\bkh\b|muc tieu|phan dau|chi tieu|duoc giao|dang ky|can dat|den (?:cuoi |het )?nam")
_STATE = re.compile(
    r"thuc hien|\bth\b|hien trang|thuc trang|\buoc|da dat|dat duoc|ket qua|nam truoc|\b31/12|so voi|so sanh|tang|giam"
)
_ASKED = re.compile(
    r"(?:chi tieu|muc|yeu cau|tieu chuan|quy dinh|chuan)(?: (?:cua )?(?:tieu chi|bo tieu chi|dat chuan|quy dinh))*$"
)
_YEAR = re.compile(r"\b20\d\d\b")
_MONEY = re.compile(r"kinh phi|nguon von|so tien|du toan|ngan sach")
_FIGURE = re.compile(
    r"\W{0,3}(?P<op>>=|<=|≥|≤|>|<|tren|duoi|tu|it nhat|toi thieu|khong qua|khoang)?\s?(?P<n>\d[\d.,]*)"
    r"(?:\s?(?:-|den)\s?(?P<high>\d[\d.,]*)|\s?/\s?(?P<of>\d{1,5}))?\s?(?P<measure>%|[a-z/ ]{0,24})(?P<up>tro len)?\W*"
)
_OPS: dict[str, Op] = {
    ">=": ">=", "≥": ">=", "it nhat": ">=", "toi thieu": ">=", "<=": "<=", "≤": "<=", "khong qua": "<=",
    ">": ">", "tren": ">", "<": "<", "duoi": "<", "khoang": "~",
}  # fmt: skip


def read(work: Work, grids: Sequence[Grid]) -> Iterator[Target]:
    """A target for every figure of a plan's or a year's column; what was reached before is marked as such."""
    for grid in grids:
        flat = [plain(c).strip(" ./:") for c in grid.columns]
        name_at = next((i for i, c in enumerate(flat) if _NAME.match(c)), None)
        if name_at is None or any(_MONEY.search(c) for c in flat):
            continue
        measure_at = next((i for i, c in enumerate(flat) if i != name_at and _MEASURE.match(c)), None)
        columns = [
            i for i, c in enumerate(flat) if i not in (name_at, measure_at) and (_AIM.search(c) or _YEAR.search(c))
        ]
        stands = any(_STATE.search(c) for i, c in enumerate(flat) if i != name_at)
        named = flat[name_at].startswith(("chi tieu", "muc tieu"))
        if not columns or (
            measure_at is None and not named and not (stands and any(_AIM.search(flat[i]) for i in columns))
        ):
            continue
        for row in grid.rows:
            for at in columns:
                target = _target(work, grid, row, name_at, measure_at, at)
                if target is not None:
                    yield target


def _target(work: Work, grid: Grid, row: Row, name_at: int, measure_at: int | None, at: int) -> Target | None:
    name, cell = row.cells[name_at], row.cells[at]
    match = _FIGURE.fullmatch(plain(cell))
    if match is None or len(name) > 300 or not re.search(r"[^\W\d_]{2}", name):
        return None
    try:
        value = parse_number(match["n"])
        high = parse_number(match["high"]) if match["high"] else None
    except NumberError:
        return None
    words = plain(grid.columns[at])
    year = _YEAR.search(words)
    measure = (
        (row.cells[measure_at] if measure_at is not None else "") or _in_brackets(name) or match["measure"].strip()
    )
    return Target(
        what=name,
        mode="total",
        op=">=" if match["up"] else _OPS.get(match["op"] or "", None if high is not None else "="),
        value=value,
        value_words=cell,
        high=high,
        of=int(match["of"]) if match["of"] else None,
        measure=measure or None,
        deadline=deadline_of(f"năm {year[0]}", work.issued, int(year[0]), row.lines) if year else None,
        threshold=bool(_ASKED.match(words.strip(" ./:"))),
        baseline=bool(_STATE.search(words)) or _before(year, work.issued, work.year),
        criteria=(),
        lines=row.lines,
    )


def _in_brackets(name: str) -> str | None:
    """ "Tỷ lệ hộ nghèo (%)": the measure beside the name."""
    match = re.search(r"\(\s*(?:ĐVT\s*:\s*)?([^()\d]{1,24})\)\s*$", name)
    return match[1].strip() if match else None


def _before(year: re.Match[str] | None, issued: date, planned: int) -> bool:
    return year is not None and int(year[0]) < min(issued.year, planned)
