"""Bài toán phân bổ vốn: works, units, sources and rules as they are given. Frozen; money is whole đồng."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = [
    "Kind",
    "MinimumShare",
    "MissingCriterion",
    "Problem",
    "ProblemError",
    "Rules",
    "Share",
    "Source",
    "Unit",
    "Works",
]


class Kind(StrEnum):
    """Loại vốn: đầu tư phát triển / sự nghiệp. One never pays for the other."""

    INVESTMENT = "investment"
    RECURRENT = "recurrent"

    @property
    def vietnamese(self) -> str:
        return "vốn đầu tư phát triển" if self is Kind.INVESTMENT else "vốn sự nghiệp"


class ProblemError(ValueError):
    """Bài toán phân bổ không hợp lệ: says which works, unit or source, and what to correct."""


@dataclass(frozen=True)
class Share:
    """Tỷ lệ vốn của một nhóm nguồn trong một công trình, in thousandths of its cost (50 = 5 %)."""

    sources: frozenset[str]
    at_least: int = 0
    at_most: int = 1000
    name: str = ""


@dataclass(frozen=True)
class Works:
    """Công trình đề nghị cấp vốn: paid whole or not at all. `cost` is what it still asks for in this allocation.

    sources: the sources that may pay (None: every one whose own limits allow). is_debt: an outstanding construction
    debt to be paid. reason: why it may begin although its unit still owes (empty: it may not).
    """

    id: str
    unit: str
    cost: int
    kind: Kind
    name: str = ""
    criteria: frozenset[str] = frozenset()
    sources: frozenset[str] | None = None
    shares: tuple[Share, ...] = ()
    is_debt: bool = False
    started: bool = False
    reason: str = ""

    @property
    def is_new(self) -> bool:
        """Công trình khởi công mới của kỳ này."""
        return not self.is_debt and not self.started

    def __str__(self) -> str:
        return self.name or self.id


@dataclass(frozen=True)
class MissingCriterion:
    """Tiêu chí còn thiếu: met when ALL its works are paid. Without works, no money of this list completes it."""

    code: str
    works: frozenset[str]
    name: str = ""

    def __str__(self) -> str:
        return self.name or f"tiêu chí {self.code}"


@dataclass(frozen=True)
class Unit:
    """Đơn vị (xã): reaches its title when all that is missing is completed and its debts of this list are paid."""

    id: str
    name: str = ""
    missing: tuple[MissingCriterion, ...] = ()
    due_this_year: bool = False
    extremely_difficult: bool = False

    def __str__(self) -> str:
        return self.name or self.id


@dataclass(frozen=True)
class Source:
    """Nguồn vốn và trần của nguồn. A conditional source (a bonus for the title itself) is never counted as cover.

    units, criteria: pays only for works of these (None: no limit). pays_debt: may pay outstanding debts.
    """

    id: str
    ceiling: int
    kinds: frozenset[Kind]
    name: str = ""
    units: frozenset[str] | None = None
    criteria: frozenset[str] | None = None
    pays_debt: bool = True
    conditional: bool = False

    def __str__(self) -> str:
        return self.name or self.id


@dataclass(frozen=True)
class MinimumShare:
    """Tỷ lệ tối thiểu dành cho một nhóm xã: thousandths of all that is allocated."""

    name: str
    units: frozenset[str]
    at_least: int


@dataclass(frozen=True)
class Rules:
    """Quy tắc ưu tiên. Each can be switched off, and its price asked."""

    debt_first: bool = True
    due_first: bool = True
    no_new_while_debt: bool = True
    difficult_weight: int = 2  # a work of an extremely difficult commune, against 1
    started_weight: int = 1  # added for a work already begun
    minimum_shares: tuple[MinimumShare, ...] = ()


@dataclass(frozen=True)
class Problem:
    """Bài toán phân bổ: checked when made; a wrong one is refused with every fault at once."""

    units: tuple[Unit, ...]
    works: tuple[Works, ...]
    sources: tuple[Source, ...]
    rules: Rules = field(default_factory=Rules)

    def __post_init__(self) -> None:
        faults = list(_faults(self))
        if faults:
            raise ProblemError("\n".join(faults))


def _faults(problem: Problem) -> Iterable[str]:
    units, works = {one.id for one in problem.units}, {one.id for one in problem.works}
    sources = {one.id for one in problem.sources}
    for word, ids in (
        ("đơn vị", [one.id for one in problem.units]),
        ("công trình", [one.id for one in problem.works]),
        ("nguồn vốn", [one.id for one in problem.sources]),
    ):
        for again in sorted(id for id, times in Counter(ids).items() if times > 1):
            yield f"Mã {word} “{again}” xuất hiện hai lần; mỗi {word} chỉ ghi một lần."
    for source in problem.sources:
        if source.ceiling < 0:
            yield f"Nguồn “{source}” có trần âm; hãy ghi trần từ 0 đồng trở lên."
        if not source.kinds:
            yield f"Nguồn “{source}” chưa ghi chi cho vốn đầu tư phát triển hay vốn sự nghiệp."
    for work in problem.works:
        yield from _faults_of_work(work, units, sources)
    for unit in problem.units:
        codes = Counter(one.code for one in unit.missing)
        yield from (f"Tiêu chí {code} của “{unit}” ghi hai lần." for code, times in sorted(codes.items()) if times > 1)
        for criterion in unit.missing:
            for lost in sorted(criterion.works - works):
                yield f"{criterion} của “{unit}” cần công trình “{lost}”, nhưng danh mục không có công trình này."
    for share in problem.rules.minimum_shares:
        if not 0 <= share.at_least <= 1000:
            yield f"Tỷ lệ tối thiểu “{share.name}” phải từ 0 đến 1000 phần nghìn."


def _faults_of_work(work: Works, units: set[str], sources: set[str]) -> Iterable[str]:
    if work.unit not in units:
        yield f"Công trình “{work}” thuộc đơn vị “{work.unit}” không có trong danh sách đơn vị."
    if isinstance(work.cost, bool) or not isinstance(work.cost, int) or work.cost <= 0:
        yield f"Công trình “{work}” phải có nhu cầu vốn là số nguyên đồng lớn hơn 0."
    for lost in sorted((work.sources or frozenset()) - sources):
        yield f"Công trình “{work}” ghi nguồn “{lost}” không có trong danh sách nguồn."
    named: set[str] = set()
    for share in work.shares:
        if not 0 <= share.at_least <= share.at_most <= 1000:
            yield f"Tỷ lệ vốn của công trình “{work}” phải từ 0 đến 1000 phần nghìn, mức ít nhất không quá mức nhiều nhất."
        if named & share.sources:
            yield f"Công trình “{work}” có hai tỷ lệ cùng nói về một nguồn; mỗi nguồn chỉ thuộc một nhóm tỷ lệ."
        named |= share.sources
    if sum(share.at_least for share in work.shares) > 1000:
        yield f"Các tỷ lệ ít nhất của công trình “{work}” cộng lại quá 100 %."
