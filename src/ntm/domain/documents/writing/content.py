"""Nội dung văn bản: what is to be written, as frozen objects that know no records. `docx.py` and `xlsx.py` write them.

Words come as they shall stand on paper; figures come as Decimal and are written in the Vietnamese manner.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from ntm.domain.official.dates import PartialDate

Bullet = Literal["", "-", "+"]
Figure = Literal["text", "order", "mark", "number", "money"]
RowKind = Literal["row", "group", "total", "note"]
Cell = str | Decimal | int | None


class WritingError(ValueError):
    """Không soạn được văn bản: a Vietnamese sentence that says what is wrong, where, and what to do."""


@dataclass(frozen=True)
class Letterhead:
    """Thể thức đầu văn bản. A blank number leaves room for one; a date without day or month leaves room for them."""

    issuer: str
    place: str
    superior: str = ""
    number: str = ""
    symbol: str = ""  # KH-UBND, without the number
    date: date | PartialDate | None = None
    issuer_words: str = ""  # "UBND huyện Văn Quan", for "(Kèm theo … của …)"
    draft: bool = False  # DỰ THẢO above the number


@dataclass(frozen=True)
class Para:
    """Đoạn văn: `bullet` is the mark before it, `lead` the words of its beginning that stand in bold."""

    text: str
    bullet: Bullet = ""
    italic: bool = False
    lead: str = ""


@dataclass(frozen=True)
class Column:
    """Cột. Columns side by side with one `group` stand under it; `share` is the width beside the others."""

    name: str
    share: int = 10
    figure: Figure = "text"
    group: str = ""
    places: int | None = None  # decimals shown; None shows what there is
    summed: bool = False  # the total is the sum of the rows
    upright: bool = False  # the name is turned, for narrow columns


@dataclass(frozen=True)
class Row:
    """Hàng: as many cells as columns; `parts` are the rows that a sum in this row adds up (none: all rows of kind row)."""

    cells: tuple[Cell, ...]
    kind: RowKind = "row"
    parts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """Bảng, biểu. `measure` stands above it at the right, `notes` below."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    measure: str = ""
    notes: tuple[str, ...] = ()
    caption: str = ""
    dense: bool = False  # many narrow columns: smaller letters

    def __post_init__(self) -> None:
        for at, row in enumerate(self.rows, start=1):
            if len(row.cells) != len(self.columns):
                raise WritingError(
                    f"Hàng {at} của bảng “{self.caption or self.columns[0].name}” có {len(row.cells)} ô, bảng có "
                    f"{len(self.columns)} cột; mỗi hàng cần đủ số ô."
                )

    @property
    def wide(self) -> bool:
        """Does it want the sheet turned?"""
        return len(self.columns) > 7 or sum(column.share for column in self.columns) > 120


@dataclass(frozen=True)
class Duty:
    """Trách nhiệm: what a body is told to do; one duty runs on after its name, several stand below it."""

    body: str
    duties: tuple[str, ...]
    label: str = ""


Block = Para | Table | Duty


@dataclass(frozen=True)
class Section:
    """Đề mục: depth 1 is the highest; `label` as written: "II.", "2.1.", "a)"."""

    heading: str
    label: str = ""
    depth: int = 1
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Signature:
    """Chữ ký: `authority` holds TM., KT., Q., TL., TUQ. lines; a name stays blank until there is one."""

    position: str
    name: str = ""
    authority: tuple[str, ...] = ()
    signed: bool = False  # "(Đã ký)", for copies


@dataclass(frozen=True)
class Annex:
    """Phụ lục, biểu: `attached_to` is the sentence in brackets; empty: the document that it stands in is named."""

    label: str
    title: str
    table: Table | None = None
    paragraphs: tuple[Para, ...] = ()
    attached_to: str = ""
    landscape: bool | None = None  # None: as the table wants it

    @property
    def turned(self) -> bool:
        if self.landscape is not None:
            return self.landscape
        return self.table is not None and self.table.wide


@dataclass(frozen=True)
class Document:
    """Văn bản có tên loại: what all kinds share."""

    header: Letterhead
    title: str
    signature: Signature
    kind: str = "Kế hoạch"
    bases: tuple[str, ...] = ()
    preamble: str = ""
    sections: tuple[Section, ...] = ()
    closing: str = ""
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()


@dataclass(frozen=True)
class PlanDocument(Document):
    """Kế hoạch. `duties` become the section "Tổ chức thực hiện" after the others, numbered on."""

    duties: tuple[Duty, ...] = ()
    duties_heading: str = "Tổ chức thực hiện"


@dataclass(frozen=True)
class ReportSkeleton(Document):
    """Báo cáo: headings that wait for words, tables that are filled already; `addressee` where it goes up."""

    kind: str = "Báo cáo"
    addressee: tuple[str, ...] = ()


@dataclass(frozen=True)
class Article:
    """Điều: number, words; `clauses` are its khoản."""

    text: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision(Document):
    """Quyết định (cá biệt): who decides stands above "QUYẾT ĐỊNH:", the articles below."""

    kind: str = "Quyết định"
    decider: str = ""  # "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN VĂN QUAN"
    articles: tuple[Article, ...] = ()


@dataclass(frozen=True)
class OfficialLetter:
    """Công văn: no kind; "V/v" under the number, "Kính gửi" above the words."""

    header: Letterhead
    about: str
    addressee: tuple[str, ...]
    paragraphs: tuple[Block, ...]
    signature: Signature
    recipients: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    annexes: tuple[Annex, ...] = ()


@dataclass(frozen=True)
class Minutes:
    """Biên bản: time, place, who was there, what was said and concluded; the secretary and the chair sign."""

    header: Letterhead
    title: str
    opened: str  # "14 giờ 00, ngày 05 tháng 3 năm 2018"
    place: str
    present: tuple[str, ...]
    chair: Signature
    secretary: Signature
    absent: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    conclusions: tuple[str, ...] = ()
    closed: str = ""
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    kind: str = field(default="Biên bản")


AnyDocument = Document | OfficialLetter | Minutes
