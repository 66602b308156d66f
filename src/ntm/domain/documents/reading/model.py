"""Bản đọc: what an official document says, as frozen objects. `to_json.py` prints them as reading/README.md tells.

Rules for every object here:

* nothing is invented: what the document does not say is None or empty; what was worked out and not said carries a mark
  (`computed`, `derived`, `inferred`) or stands in a field of its own;
* words stay as written; a corrected or resolved form stands beside them;
* `lines` are 1-based lines of the text of the source; `span` are the first and last+1 character on the first of them;
* money is integer đồng, every other figure Decimal, a date that is known only to the month is (year, month).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
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


@dataclass(frozen=True)
class Target:
    """Chỉ tiêu phấn đấu: one checkable promise. `what` is the clause as written."""

    what: str
    mode: Mode
    op: Op | None = None
    value: Decimal | None = None
    value_words: str | None = None
    high: Decimal | None = None  # of a range: value..high
    of: int | None = None  # 8 of 9
    measure: str | None = None
    units: tuple[str, ...] = ()
    criteria: tuple[int, ...] = ()
    criteria_words: str | None = None
    criteria_stated: int | None = None  # "05 tiêu chí (…)": the number beside the list
    scope: str | None = None  # "các xã điểm giai đoạn 2016 - 2020", "các xã còn lại"
    title: Literal["ntm", "nang_cao", "kieu_mau"] | None = None
    direction: Literal["up", "down"] | None = None
    deadline: Deadline | None = None
    baseline: bool = False  # tells where things stand, not where they shall be
    threshold: bool = False  # tells what the criterion asks
    computed: bool = False  # the value was counted or added by the reader
    open_list: bool = False  # the list of units ends in "..."
    section: str | None = None
    lines: Lines = ()
    span: Span | None = None


@dataclass(frozen=True)
class Band:
    """Mức: so many units between two figures ("6 xã đạt mức thu nhập từ 24-29 triệu đồng")."""

    count: int
    low: Decimal
    high: Decimal
    measure: str | None
    unit_measure: str
    lines: Lines = ()


@dataclass(frozen=True)
class CriterionTarget:
    """Chỉ tiêu theo tiêu chí: how many units shall meet a criterion, and which."""

    criterion: int | None
    name: str | None
    mode: Mode
    count: int | None = None
    of: int | None = None
    share: Decimal | None = None  # "100% các xã"
    units: tuple[str, ...] = ()
    all_units: bool = False
    stated_no: int | None = (
        None  # the number that the text gives; `criterion` is the same unless the text gives only a name
    )
    set_code: str | None = None
    bands: tuple[Band, ...] = ()
    derived: bool = False  # turned round from the communes' view (targets), not said in the criterion's
    count_computed: bool = False  # share x number of units, or the sum of bands
    deadline: Deadline | None = None
    text: str = ""
    lines: Lines = ()
    heading_lines: Lines = ()  # where the criterion is named


@dataclass(frozen=True)
class CriterionMention:
    """Tiêu chí được nêu: number and name as written together, for "does the number match the name"."""

    no: int | None
    name: str | None
    resolved: int | None  # the number of that name in the set in force
    level: Literal["xa", "thon", "huyen", "tinh"] = "xa"
    lines: Lines = ()


@dataclass(frozen=True)
class Gap:
    """Hạng mục còn thiếu của một tiêu chí."""

    criterion: int | None
    name: str | None
    items: tuple[str, ...]
    item_lines: tuple[Lines, ...]
    units: tuple[str, ...] = ()
    lines: Lines = ()


@dataclass(frozen=True)
class RoadmapStep:
    """Bước của lộ trình: what happens when, and which criteria it completes."""

    period: str
    group: str | None  # the heading it stands under: "Quý II/2023"
    what: str
    deadline: Deadline
    group_deadline: Deadline | None = None
    criteria: tuple[int, ...] = ()
    completes: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    lines: Lines = ()


@dataclass(frozen=True)
class Task:
    """Nhiệm vụ: a row of a table of work (or a numbered piece of work in prose, `from_table` False)."""

    no: str | None
    group: str | None
    group_no: str | None
    what: str
    directing: str | None = None
    lead: str | None = None
    coordinating: str | None = None
    deadline: Deadline | None = None
    group_deadline: Deadline | None = None
    product: str | None = None
    funds: str | None = None
    criteria: tuple[int, ...] = ()
    annex: str | None = None
    from_table: bool = True
    lines: Lines = ()


@dataclass(frozen=True)
class Duty:
    """Trách nhiệm: what a body is told to do. `role` is chủ trì | phối hợp | đề nghị where the text says so."""

    no: str | None
    body: str
    duties: tuple[str, ...]
    criteria: tuple[int, ...] = ()  # by number or name
    inferred_criteria: tuple[int, ...] = ()  # the duty repeats the words of that criterion's gap, need or step
    role: str | None = None
    part_of: str | None = None  # the body above it
    lines: Lines = ()


@dataclass(frozen=True)
class MoneyItem:
    """Khoản tiền: `parent` is the index of the sum that it is a part of."""

    what: str
    role: Literal["need", "source", "total", "balance"]
    amount: int
    words: str
    criterion: int | None = None
    parent: int | None = None
    side: Literal["need", "source"] | None = None  # which side a total or a part stands on
    condition: str | None = None  # "khi xã đạt chuẩn …"
    share: Decimal | None = None  # "theo tỷ lệ 15%"
    year: int | None = None
    lines: Lines = ()
    span: Span | None = None


@dataclass(frozen=True)
class MoneySum:
    """Phép cộng: a stated total and the parts that stand under it, as indices into `money`."""

    total: int
    parts: tuple[int, ...]
    lines: Lines


@dataclass(frozen=True)
class Equation:
    """Phép tính trong văn bản: "23,8 tỷ - 10,5 tỷ = 13,3 tỷ"; signs apply to the terms, amounts in đồng."""

    terms: tuple[int, ...]
    signs: tuple[int, ...]
    result: int
    text: str
    lines: Lines


@dataclass(frozen=True)
class Share:
    """Tỷ lệ: "124/184 xã, chiếm 67,4%"."""

    what: str
    count: Decimal
    of: Decimal
    percent: Decimal | None
    lines: Lines


@dataclass(frozen=True)
class StatedList:
    """Danh sách kèm số lượng: "05 xã (A, B, C)": the stated number and the items that stand beside it."""

    what: str
    stated: int
    items: tuple[str, ...]
    noun: str
    open_list: bool = False
    lines: Lines = ()


@dataclass(frozen=True)
class AnnexRow:
    """Hàng của phụ lục: cells under the columns, a row over a page break joined. kind: header | group | row | total | note."""

    cells: tuple[str, ...]
    lines: Lines
    kind: Literal["header", "group", "row", "total", "note"] = "row"
    group: str | None = None


@dataclass(frozen=True)
class Annex:
    """Phụ lục, biểu: label None where the document gives none."""

    label: str | None
    title: str | None
    attached_to: str | None = None
    attached_kind: str | None = None
    attached_date: WrittenDate | None = None
    attached_lines: Lines = ()
    columns: tuple[str, ...] = ()
    rows: tuple[AnnexRow, ...] = ()
    header_repeats: Lines = ()
    measure: str | None = None  # "Đơn vị tính: triệu đồng"
    in_body: bool = False  # a table of the body, not an annex
    lines: Lines = ()  # first and last line


@dataclass(frozen=True)
class AnnexPromise:
    """Phụ lục được nhắc đến: "(Có biểu số 02, 03 … kèm theo)"."""

    label: str
    lines: Lines


@dataclass(frozen=True)
class Recipient:
    text: str
    lines: Lines


@dataclass(frozen=True)
class Activity:
    """Hoạt động: production models, training, surveys, study tours that the plan names."""

    kind: Literal["mô hình", "tập huấn", "khảo sát", "sản phẩm", "tham quan"]
    what: str
    count: Decimal | None = None
    measure: str | None = None
    units: tuple[str, ...] = ()
    open_list: bool = False
    lines: Lines = ()


@dataclass(frozen=True)
class Abbreviation:
    """Chữ viết tắt mà văn bản tự giải thích, hoặc thông dụng: `defined` where the document defines it."""

    short: str
    long: str
    defined: bool = True
    lines: Lines = ()


@dataclass(frozen=True)
class Repair:
    """Chỗ nghi sai do nhận dạng: what stands there and what it most likely was."""

    as_is: str
    should_be: str
    lines: Lines


@dataclass(frozen=True)
class Reading:
    """Bản đọc một văn bản."""

    source_name: str
    source_kind: str
    header: Header
    lines: tuple[str, ...] = ()  # the text of the source, line n at n - 1
    pages: tuple[int | None, ...] = ()
    bases: tuple[LegalBasis, ...] = ()
    citations: tuple[Citation, ...] = ()
    outline: tuple[Section, ...] = ()
    targets: tuple[Target, ...] = ()
    criterion_targets: tuple[CriterionTarget, ...] = ()
    criterion_mentions: tuple[CriterionMention, ...] = ()
    gaps: tuple[Gap, ...] = ()
    roadmap: tuple[RoadmapStep, ...] = ()
    tasks: tuple[Task, ...] = ()
    duties: tuple[Duty, ...] = ()
    money: tuple[MoneyItem, ...] = ()
    sums: tuple[MoneySum, ...] = ()
    equations: tuple[Equation, ...] = ()
    shares: tuple[Share, ...] = ()
    stated_lists: tuple[StatedList, ...] = ()
    activities: tuple[Activity, ...] = ()
    annexes: tuple[Annex, ...] = ()
    annex_promises: tuple[AnnexPromise, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    units: tuple[NamedUnit, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    repairs: tuple[Repair, ...] = ()
    set_code: str | None = None  # the criteria set that numbers and names were read under
    unit_count: int | None = None  # communes (or villages) of the area, as the document says: the 23 of "23/23 xã"
    closing_lines: Lines = ()  # "Trên đây là …"
    warnings: tuple[str, ...] = field(default=())

    def page(self, line: int) -> int | None:
        return self.pages[line - 1] if 0 < line <= len(self.pages) else None

    def text(self, lines: Lines) -> str:
        """The words on those lines, parted by line feeds."""
        return "\n".join(self.lines[n - 1] for n in lines if 0 < n <= len(self.lines))
