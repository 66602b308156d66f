"""Tham số của một đề xuất phân bổ: sources with ceilings and the rules, as asked; kept as JSON and read back the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from ntm.domain import funds
from ntm.domain.funds import FundKind
from ntm.records.funding import rules
from ntm.records.funding.refusals import Refused

__all__ = ["GROUPS", "LONGEST", "Asked", "Ceiling", "source_key"]

LONGEST = 300  # seconds of the solver
_WEIGHT = 100
GROUPS: Mapping[str, str] = {
    "difficult": "xã đặc biệt khó khăn",
    "due": "xã phấn đấu đạt danh hiệu trong năm",
}


def source_key(source: str, kind: str, criterion_no: int | None = None) -> str:
    """Mã nguồn trong bài toán: source, kind, and the criterion that the money is tied to, if any."""
    return "|".join([source, kind, *([str(criterion_no)] if criterion_no is not None else [])])


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Trần của một nguồn; money tied to a criterion pays only for its works."""

    source: str
    kind: str
    amount: int
    criterion_no: int | None = None
    pays_debt: bool = True

    @property
    def key(self) -> str:
        return source_key(self.source, self.kind, self.criterion_no)


@dataclass(frozen=True)
class Asked:
    """Điều cơ quan yêu cầu: trần, quy tắc, thời gian giải.

    include_lower: money that lower units hold and have not detailed pays for their own works. keep_structure: works with
    an approved structure of funds are paid by its sources only. assume_planned: a criterion without works and gaps that
    an issued plan gives for the year is counted as reached without money. shares: group -> thousandths.
    """

    ceilings: tuple[Ceiling, ...] = ()
    include_lower: bool = True
    keep_structure: bool = True
    assume_planned: bool = True
    debt_first: bool = True
    due_first: bool = True
    no_new_while_debt: bool = True
    difficult_weight: int = 2
    started_weight: int = 1
    shares: Mapping[str, int] | None = None
    seconds: int = 60

    def to_json(self) -> dict[str, Any]:
        """Để ghi."""
        return asdict(self) | {"ceilings": [asdict(one) for one in self.ceilings], "shares": dict(self.shares or {})}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Asked:
        """Đọc lại."""
        names = {one.name for one in fields(cls)}
        given = {name: value for name, value in kept.items() if name in names}
        return cls(**given | {"ceilings": tuple(Ceiling(**one) for one in kept["ceilings"])})

    def check(self, year: int) -> None:
        """Từ chối tham số sai, with the place and what to do."""
        seen: set[str] = set()
        for one in self.ceilings:
            source = rules.source_of(one.source, year, one.kind)
            if one.kind == FundKind.OWN:
                raise Refused(f"“{source.name}” là tiền ngoài ngân sách, không do quyết định phân bổ giao.")
            if isinstance(one.amount, bool) or not isinstance(one.amount, int) or not 0 <= one.amount <= rules.MOST:
                raise Refused(f"Trần của “{source.name}” phải là số đồng nguyên, từ 0 trở lên.")
            if one.key in seen:
                raise Refused(f"Nguồn “{funds.catalogue().name(one.source)}” ghi hai lần: gộp thành một trần.")
            seen.add(one.key)
        if not any(one.amount for one in self.ceilings) and not self.include_lower:
            raise Refused("Chưa có đồng nào để phân bổ: ghi trần cho ít nhất một nguồn.")
        for name, value in (("đặc biệt khó khăn", self.difficult_weight), ("công trình dở dang", self.started_weight)):
            if not 0 <= value <= _WEIGHT:
                raise Refused(f"Trọng số {name} phải là số nguyên từ 0 đến {_WEIGHT}.")
        for group, part in (self.shares or {}).items():
            if group not in GROUPS or not 0 <= part <= 1000:
                raise Refused("Tỷ lệ tối thiểu phải từ 0 đến 100 %.")
        if sum((self.shares or {}).values()) > 1000:
            raise Refused("Các tỷ lệ tối thiểu cộng lại quá 100 %: giảm một tỷ lệ.")
        if not 1 <= self.seconds <= LONGEST:
            raise Refused(f"Thời gian giải từ 1 đến {LONGEST} giây.")
