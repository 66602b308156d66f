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
from decimal import Decimal
from typing import Literal

from ntm.domain.documents.reading.model_listed import (
    Abbreviation,
    Activity,
    Annex,
    AnnexPromise,
    AnnexRow,
    Equation,
    MoneyItem,
    MoneySum,
    Recipient,
    Repair,
    Share,
    StatedList,
)
from ntm.domain.documents.reading.model_written import (
    Citation,
    Deadline,
    Header,
    LegalBasis,
    Level,
    Lines,
    Mode,
    NamedUnit,
    Op,
    Section,
    Signer,
    Span,
    WrittenDate,
)

__all__ = [
    "Abbreviation",
    "Activity",
    "Annex",
    "AnnexPromise",
    "AnnexRow",
    "Band",
    "Citation",
    "CriterionMention",
    "CriterionTarget",
    "Deadline",
    "Duty",
    "Equation",
    "Gap",
    "Header",
    "LegalBasis",
    "Level",
    "Lines",
    "Mode",
    "MoneyItem",
    "MoneySum",
    "NamedUnit",
    "Op",
    "Reading",
    "Recipient",
    "Repair",
    "RoadmapStep",
    "Section",
    "Share",
    "Signer",
    "Span",
    "StatedList",
    "Target",
    "Task",
    "WrittenDate",
]


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
