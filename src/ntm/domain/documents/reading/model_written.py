"""Bản đọc, phần thể thức: dates, header, signer, citations, bases, headings, deadlines, named units (see model.py).

Rules for every object here:

* nothing is invented: what the document does not say is None or empty; what was worked out and not said carries a mark
  (`computed`, `derived`, `inferred`) or stands in a field of its own;
* words stay as written; a corrected or resolved form stands beside them;
* `lines` are 1-based lines of the text of the source; `span` are the first and last+1 character on the first of them;
* money is integer đồng, every other figure Decimal, a date that is known only to the month is (year, month).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Lines = tuple[int, ...]
Span = tuple[int, int]
Mode = Literal["gain", "keep", "total"]
Op = Literal[">=", ">", "<=", "<", "=", "~"]
Level = Literal["trung ương", "tỉnh", "huyện", "xã", "thôn"]


@dataclass(frozen=True)
class WrittenDate:
    """Ngày tháng như đã viết: the words, and as much of the date as they give."""

    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    lines: Lines = ()

    @property
    def date(self) -> date | None:
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def iso(self) -> str | None:
        """2018-01-30; 2023-02 where the day is blank; None where not even the month is told."""
        if self.date is not None:
            return self.date.isoformat()
        if self.year is not None and self.month in range(1, 13) and self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return None


@dataclass(frozen=True)
class Signer:
    """Người ký: name and position as written; `authority` holds TM., KT., Q., TL., TUQ. lines."""

    name: str | None
    position: str | None
    authority: tuple[str, ...] = ()
    signed_mark: str | None = None  # "(Đã ký)"
    lines: Lines = ()


@dataclass(frozen=True)
class Header:
    """Thể thức: what the document says of itself."""

    number: str | None = None
    symbol: str | None = None
    full_number: str | None = None
    number_lines: Lines = ()
    kind: str | None = None
    kind_lines: Lines = ()
    title: str | None = None
    title_lines: Lines = ()
    date: WrittenDate | None = None
    place: str | None = None
    issuer: str | None = None
    issuer_lines: Lines = ()
    superior: str | None = None  # the body above the issuer in the letterhead
    level: Level | None = None
    commune: str | None = None
    district: str | None = None
    province: str | None = None
    village: str | None = None
    year: int | None = None  # the year the plan is for
    period: tuple[int, int] | None = None  # the programme period it belongs to
    criteria_title: Literal["ntm", "nang_cao", "kieu_mau"] = "ntm"  # the title the document works for
    signer: Signer | None = None


@dataclass(frozen=True)
class Citation:
    """Viện dẫn: an instrument named anywhere in the document, once a place."""

    number: str | None
    kind: str | None = None
    date: WrittenDate | None = None
    issuer: str | None = None
    title: str | None = None
    period: tuple[int, int] | None = None
    lines: Lines = ()
    span: Span | None = None


@dataclass(frozen=True)
class LegalBasis:
    """Căn cứ: `role` is căn cứ | thực hiện | theo | xét đề nghị. `within` are the instruments that its title names."""

    number: str | None
    role: str
    kind: str | None = None
    date: WrittenDate | None = None
    issuer: str | None = None
    title: str | None = None
    period: tuple[int, int] | None = None
    within: tuple[Citation, ...] = ()
    text: str = ""
    lines: Lines = ()
    span: Span | None = None


@dataclass(frozen=True)
class Section:
    """Đề mục: label as written ("II.", "2.1", "a)"), `path` in one form ("II.2.1"), depth 1 is the highest."""

    label: str
    title: str
    path: str
    depth: int
    lines: Lines  # first and last line of what it holds
    own_lines: Lines = ()  # the lines of the heading itself


@dataclass(frozen=True)
class Deadline:
    """Thời hạn: the words, and the days they mean where they mean days (`start`, `end` both included)."""

    text: str
    start: date | None = None
    end: date | None = None
    recurring: bool = False  # Thường xuyên, định kỳ: no last day
    occurrences: tuple[tuple[date, date], ...] = ()
    lines: Lines = ()


@dataclass(frozen=True)
class NamedUnit:
    """Đơn vị được nêu: a unit as the document writes it, and what it was resolved to."""

    name: str  # without xã, huyện, thôn
    level: Literal["tinh", "huyen", "xa", "thon"]
    kind: str | None = None  # "xã", "thị trấn", "thôn" ... as written, None for a bare name
    code: str | None = None  # of the gazetteer of the document's date
    within: str | None = None  # "xã Cán Cẩu" of a village, as written
    lines: Lines = ()
