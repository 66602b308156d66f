"""Nguồn vốn, loại vốn, giai đoạn: what the loader makes of the dated files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = [
    "USES",
    "Community",
    "FundKind",
    "MoneyRule",
    "Period",
    "Source",
    "SourceGroup",
    "Use",
    "YearRule",
    "may_pay",
]


class Use(StrEnum):
    """Chi cho việc gì: investment or recurrent spending."""

    INVESTMENT = "investment"
    RECURRENT = "recurrent"

    @property
    def label(self) -> str:
        return {Use.INVESTMENT: "chi đầu tư phát triển", Use.RECURRENT: "chi sự nghiệp"}[self]


class FundKind(StrEnum):
    """Loại vốn. Undivided stands in plans only; own is money outside the state budget."""

    INVESTMENT = "investment"
    RECURRENT = "recurrent"
    OWN = "own"
    UNDIVIDED = "undivided"

    @property
    def label(self) -> str:
        return {
            FundKind.INVESTMENT: "vốn đầu tư phát triển",
            FundKind.RECURRENT: "vốn sự nghiệp",
            FundKind.OWN: "ngoài ngân sách",
            FundKind.UNDIVIDED: "chưa tách loại vốn",
        }[self]


# What a đồng of each kind may pay for. A recurrent đồng never pays investment; an undivided one pays nothing yet.
USES: Mapping[FundKind, frozenset[Use]] = {
    FundKind.INVESTMENT: frozenset([Use.INVESTMENT]),
    FundKind.RECURRENT: frozenset([Use.RECURRENT]),
    FundKind.OWN: frozenset(Use),
    FundKind.UNDIVIDED: frozenset(),
}


def may_pay(kind: FundKind, use: Use) -> bool:
    """Vốn loại này có được chi cho việc này không."""
    return use in USES[kind]


class SourceGroup(StrEnum):
    """Nhóm nguồn, as plans and forms add them up."""

    CENTRAL = "central"
    LOCAL = "local"
    LAND = "land"
    INTEGRATED = "integrated"
    CREDIT = "credit"
    ENTERPRISE = "enterprise"
    PEOPLE = "people"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            SourceGroup.CENTRAL: "Ngân sách trung ương",
            SourceGroup.LOCAL: "Ngân sách địa phương",
            SourceGroup.LAND: "Tiền sử dụng đất, đấu giá đất",
            SourceGroup.INTEGRATED: "Vốn lồng ghép",
            SourceGroup.CREDIT: "Vốn tín dụng",
            SourceGroup.ENTERPRISE: "Doanh nghiệp, tổ chức",
            SourceGroup.PEOPLE: "Nhân dân đóng góp",
            SourceGroup.OTHER: "Nguồn khác",
        }[self]


@dataclass(frozen=True, slots=True)
class Source:
    """Nguồn vốn in one programme period.

    level: whose own money it is ("trung_uong", "tinh", "huyen", "xa"), None where it is no level's budget.
    kinds: the kinds of fund it can come as. [start, end) are its days within the period.
    """

    code: str
    name: str
    group: SourceGroup
    kinds: tuple[FundKind, ...]
    level: str | None
    start: date
    end: date
    reference: str
    verified: bool
    note: str | None

    def on(self, day: date) -> bool:
        """Có dùng ngày đó."""
        return self.start <= day < self.end

    def in_year(self, year: int) -> bool:
        """Có ngày nào của năm ngân sách đó."""
        return self.start < date(year + 1, 1, 1) and date(year, 1, 1) < self.end


@dataclass(frozen=True, slots=True)
class Period:
    """Giai đoạn của chương trình: [start, end), and its sources in the order of the forms."""

    code: str
    start: date
    end: date
    reference: str
    verified: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class YearRule:
    """Khoá sổ năm: closes on this day and month of the next year, for budget years [first, last]."""

    code: str
    words: str
    first: int
    last: int | None
    day: int
    month: int
    reference: str
    verified: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class Community:
    """Công trình theo cơ chế đặc thù: the bounds that hold on a day; None where no read text gives one."""

    code: str
    start: date
    end: date | None
    most_total: int | None
    self_executed_below: int | None
    reference: str
    verified: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class MoneyRule:
    """Quy định về tiền: words and where they stand; `verified` is false where the text has not been read."""

    code: str
    subject: str
    words: str
    reference: str
    verified: bool
    note: str | None
