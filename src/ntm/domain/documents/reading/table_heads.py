"""Đầu bảng: which rows are the header, and the names of the columns under spanning cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ntm.domain.documents.reading.marks import key, plain

if TYPE_CHECKING:
    from ntm.domain.documents.reading.tables import Row

ORDER = re.compile(r"^\(?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVXLC]{1,6}|[A-Da-dđ])[.)]?$")
_HEAD_WORDS = re.compile(
    r"^(?:(?:so )?(?:tt|stt)|so thu tu|noi dung|nhiem vu|cong viec|ten|don vi|xa|huyen|dia phuong|co quan|chu tri"
    r"|phoi hop|thoi gian|tien do"
    r"|ghi chu|tieu chi|kinh phi|von|chi tieu|muc tieu|ket qua|hoan thanh|chi dao|thuc hien|dvt|ke hoach|nguon|tong"
    r"|san pham|trach nhiem|thon)"
)
_NAMES_ROWS = re.compile(r"(?:ten )?(?:cac )?(?:chi tieu|noi dung|muc tieu|danh muc|hang muc)(?: chu yeu)?")
_YEAR = re.compile(r"(?:th|kh|uoc|nam|uoc th|thuc hien|ke hoach)?\s?(?:nam )?20\d\d(?:\s?-\s?20\d\d)?")
_CRITERION_NO = re.compile(r"(?:tc|tieu chi)\s?(?:so\s?)?\d{1,2}")  # the head of a column, not a figure


def looks_like_header(row: Row) -> bool:
    filled = [plain(c) for c in row.cells if c]
    if len(filled) < 2 or any(re.search(r"\d{3,}", re.sub(r"\b(?:19|20)\d\d\b", "", c)) for c in filled):
        return False
    years = _NAMES_ROWS.fullmatch(filled[0]) is not None
    words = sum(bool(_HEAD_WORDS.match(c) or (years and _YEAR.fullmatch(c))) for c in filled)
    return (words >= 2 and words >= 0.5 * len(filled)) or bool(
        filled and re.match(r"^(?:s?tt|so tt|so thu tu)$", filled[0])
    )


def header_size(rows: list[Row]) -> int:
    if not looks_like_header(rows[0]):
        title = sum(bool(c) for c in rows[0].cells) == 1 and len(rows) > 1 and looks_like_header(rows[1])
        return 2 if title else (1 if _plain_header(rows) else 0)
    size = 1
    while size < min(len(rows) - 1, 3) and _sub_header(rows[0], rows[size]):
        size += 1
    return size


def _plain_header(rows: list[Row]) -> bool:
    """A first row of words only, above rows that begin with an order number, or "Tiêu chí" beside names."""
    first = [plain(c).strip(" ./:") for c in rows[0].cells if c]
    if len(rows) > 2 and len(first) > 2 and first[0] in ("tieu chi", "ten tieu chi"):
        return not any(any(c.isdigit() for c in cell) for cell in first)
    return (
        len(rows) > 1
        and not ORDER.match(rows[0].cells[0])
        and bool(ORDER.match(rows[1].cells[0]))
        and sum(bool(c) for c in rows[0].cells) >= 2
    )


def _sub_header(first: Row, row: Row) -> bool:
    """A second row of a header: nothing under the order number, words under a spanning cell."""
    if row.cells[0] and key(row.cells[0]) != key(first.cells[0]):
        return column_numbers(row)
    filled = [c for c in row.cells if c]
    if not filled or any(len(c) > 70 for c in filled):
        return False
    digits = sum(
        bool(re.search(r"\d{2,}(?!\d)", c))
        and not re.search(r"(?:19|20)\d\d", c)
        and not _CRITERION_NO.fullmatch(plain(c).strip(" ."))
        for c in filled
    )
    order = first.cells[0]
    return bool(order) and digits == 0 and len(filled) >= 2 and not ORDER.match(filled[0])


def column_numbers(row: Row) -> bool:
    """(1) (2) (3) … under a header."""
    filled = [c.strip("() ") for c in row.cells if c]
    return (
        len(filled) >= 3
        and all(re.fullmatch(r"\d{1,2}(?:\s?=.*)?|[A-D]", c) for c in filled)
        and (
            [c for c in filled if c.isdigit()]
            == [str(i) for i in range(int(next((c for c in filled if c.isdigit()), "1")), 99)][
                : len([c for c in filled if c.isdigit()])
            ]
        )
    )


def column_names(header: list[Row], width: int) -> tuple[str, ...]:
    columns: list[str] = []
    carried = [""] * len(header)
    for col in range(width):
        words: list[str] = []
        for level, row in enumerate(header):
            text = row.cells[col]
            if text:
                carried[level] = text
                for deeper in range(level + 1, len(header)):
                    carried[deeper] = ""
            elif level + 1 < len(header) and any(r.cells[col] for r in header[level + 1 :]):
                text = carried[level]
            if text and key(text) not in [key(w) for w in words]:
                words.append(text)
        columns.append(" - ".join(words))
    return tuple(columns)
