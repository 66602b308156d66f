"""Kế hoạch kiểm tra được: what the rules ask of a plan. A reading has it; a plan stored in the records gives the same."""

from __future__ import annotations

from typing import Protocol

from ntm.domain.documents.reading.model import (
    Annex,
    AnnexPromise,
    Citation,
    CriterionMention,
    CriterionTarget,
    Duty,
    Equation,
    Gap,
    Header,
    LegalBasis,
    MoneyItem,
    MoneySum,
    NamedUnit,
    RoadmapStep,
    Share,
    StatedList,
    Target,
    Task,
)


class Promises(Protocol):
    """Điều đã hứa: what is asked when a plan is put beside the records or beside another plan."""

    @property
    def targets(self) -> tuple[Target, ...]: ...
    @property
    def criterion_targets(self) -> tuple[CriterionTarget, ...]: ...
    @property
    def criterion_mentions(self) -> tuple[CriterionMention, ...]: ...
    @property
    def units(self) -> tuple[NamedUnit, ...]: ...
    @property
    def set_code(self) -> str | None: ...
    @property
    def unit_count(self) -> int | None: ...


class Checkable(Protocol):
    """Every part may be empty: a rule whose parts are not there stays silent."""

    @property
    def header(self) -> Header: ...
    @property
    def lines(self) -> tuple[str, ...]: ...
    @property
    def bases(self) -> tuple[LegalBasis, ...]: ...
    @property
    def citations(self) -> tuple[Citation, ...]: ...
    @property
    def targets(self) -> tuple[Target, ...]: ...
    @property
    def criterion_targets(self) -> tuple[CriterionTarget, ...]: ...
    @property
    def criterion_mentions(self) -> tuple[CriterionMention, ...]: ...
    @property
    def gaps(self) -> tuple[Gap, ...]: ...
    @property
    def roadmap(self) -> tuple[RoadmapStep, ...]: ...
    @property
    def tasks(self) -> tuple[Task, ...]: ...
    @property
    def duties(self) -> tuple[Duty, ...]: ...
    @property
    def money(self) -> tuple[MoneyItem, ...]: ...
    @property
    def sums(self) -> tuple[MoneySum, ...]: ...
    @property
    def equations(self) -> tuple[Equation, ...]: ...
    @property
    def shares(self) -> tuple[Share, ...]: ...
    @property
    def stated_lists(self) -> tuple[StatedList, ...]: ...
    @property
    def annexes(self) -> tuple[Annex, ...]: ...
    @property
    def annex_promises(self) -> tuple[AnnexPromise, ...]: ...
    @property
    def units(self) -> tuple[NamedUnit, ...]: ...
    @property
    def set_code(self) -> str | None: ...
    @property
    def unit_count(self) -> int | None: ...
