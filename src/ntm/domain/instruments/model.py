"""Văn bản: a legal instrument, when it is in force as far as anybody knows, and what it does to others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as Day
from enum import StrEnum

__all__ = ["EVIDENCE", "InForce", "Instrument", "Judgement", "Relation", "RelationKind"]

EVIDENCE = {
    "page": "trang thông tin nêu",
    "phapdien": "Bộ Pháp điển nêu",
    "seed": "một kế hoạch dẫn (chứng minh việc dẫn, không chứng minh nội dung)",
    "repo": "thấy trong mã nguồn công khai",
    "title": "chỉ thấy tên trong danh mục",
    "memory": "theo trí nhớ",
}
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-–]\s*((?:19|20)\d{2})(?!\d)")


class InForce(StrEnum):
    """Hiệu lực: unknown is not "still in force"."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class RelationKind(StrEnum):
    """Quan hệ giữa hai văn bản."""

    AMENDS = "amends"
    AMENDED_BY = "amended_by"
    REPLACES = "replaces"
    REPLACED_BY = "replaced_by"
    REPEALS = "repeals"
    REPEALED_BY = "repealed_by"


@dataclass(frozen=True, slots=True)
class Relation:
    """Quan hệ: what another instrument does to this one, or this one to it. Unverified: from memory or inferred."""

    kind: RelationKind
    number: str
    locator: str | None = None
    verified: bool = True
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Câu trả lời về hiệu lực, kèm lý do."""

    state: InForce
    reason: str


@dataclass(frozen=True)
class Instrument:
    """Văn bản: known by number, issuer and date together, never by its number alone.

    effective_to is half-open: the first day on which it is no longer in force. None anywhere: not stated by any source.
    """

    number: str
    kind: str
    issuer: str
    date: Day | None
    title: str
    effective_from: Day | None
    effective_to: Day | None
    relations: tuple[Relation, ...]
    cited_by: tuple[str, ...]
    evidence: str
    source: str
    verified: bool
    note: str | None = None
    effective_to_note: str | None = None  # how the day was derived
    year: int | None = None  # where only the year of issue is known

    @property
    def key(self) -> tuple[str, str, Day | None]:
        return self.number, self.issuer, self.date

    @property
    def replaced_by(self) -> tuple[str, ...]:
        return self._numbers(RelationKind.REPLACED_BY, RelationKind.REPEALED_BY)

    @property
    def amended_by(self) -> tuple[str, ...]:
        return self._numbers(RelationKind.AMENDED_BY)

    @property
    def amends(self) -> tuple[str, ...]:
        return self._numbers(RelationKind.AMENDS)

    def _numbers(self, *kinds: RelationKind) -> tuple[str, ...]:
        return tuple(relation.number for relation in self.relations if relation.kind in kinds)

    @property
    def period(self) -> tuple[int, int] | None:
        """Giai đoạn ghi ở tên: the years the title states, "giai đoạn 2021-2025"."""
        found = _PERIOD.search(self.title)
        return (int(found[1]), int(found[2])) if found else None

    def judge(self, on: Day) -> Judgement:
        """Có hiệu lực ngày đó không. YES only with a stated first day, and a stated end or a period that covers the day."""
        if self.date and on < self.date:
            return Judgement(InForce.NO, f"chưa ban hành: ký ngày {_write(self.date)}")
        if self.effective_from and on < self.effective_from:
            return Judgement(InForce.NO, f"chưa có hiệu lực: có hiệu lực từ {_write(self.effective_from)}")
        if self.effective_to and on >= self.effective_to:
            by = ", ".join(self.replaced_by)
            cause = f", do {by}" if by else ""
            return Judgement(InForce.NO, f"hết hiệu lực từ {_write(self.effective_to)}{cause}")
        if self.effective_from is None:
            return Judgement(InForce.UNKNOWN, "chưa có nguồn về ngày có hiệu lực")
        since = f"có hiệu lực từ {_write(self.effective_from)}"
        if self.effective_to:
            return Judgement(InForce.YES, f"{since}, đến trước {_write(self.effective_to)}")
        if self.period and on.year <= self.period[1]:
            return Judgement(InForce.YES, f"{since}, trong giai đoạn {self.period[0]}-{self.period[1]} ghi ở tên")
        return Judgement(InForce.UNKNOWN, f"{since}; chưa có nguồn về việc còn hay hết hiệu lực")


def _write(day: Day) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"
