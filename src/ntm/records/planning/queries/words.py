"""Lời của một lần ban hành: what the plan's page shows, without the many cells and tasks that have pages of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ntm.domain.instruments import Judgement
from ntm.records.planning.models import (
    Plan,
    PlanBasis,
    PlanDuty,
    PlanMoney,
    PlanRecipient,
    PlanSection,
    PlanTarget,
)
from ntm.records.planning.queries.plans import MoneyLine, judged, money_tree

__all__ = ["Words", "depths", "part_ids", "words"]


@dataclass(frozen=True)
class Words:
    """Lời, căn cứ, phân công, khoản tiền, nơi nhận of a version; of targets their words, of cells and tasks the count."""

    no: int
    bases: tuple[PlanBasis, ...]
    judged: dict[int, Judgement]
    sections: tuple[PlanSection, ...]
    targets: tuple[PlanTarget, ...]
    duties: tuple[PlanDuty, ...]
    money: tuple[MoneyLine, ...]
    recipients: tuple[PlanRecipient, ...]
    cells: int
    roadmap: int
    tasks: int


def words(plan: Plan, no: int, on: date) -> Words:
    """Lời của lần `no`; a fixed number of queries."""

    def rows(name: str) -> Any:
        return getattr(plan, name).in_version(no)

    def listed(name: str) -> tuple[Any, ...]:
        return tuple(rows(name).order_by("order", "pk"))

    bases = listed("bases")
    return Words(
        no=no,
        bases=bases,
        judged=judged(bases, on) if bases else {},
        sections=listed("sections"),
        targets=listed("targets"),
        duties=listed("duties"),
        money=money_tree(listed("money")),
        recipients=listed("recipients"),
        cells=rows("cells").count(),
        roadmap=rows("roadmap").count(),
        tasks=rows("tasks").filter(parent__isnull=True).count(),
    )


def part_ids(model: type[PlanSection | PlanDuty | PlanMoney | PlanBasis], plan: Plan, no: int) -> list[int]:
    """Thứ tự đang có của một loại phần."""
    return list(model.objects.in_version(no).filter(plan=plan).order_by("order", "pk").values_list("pk", flat=True))


def depths(plan: Plan, no: int) -> list[int]:
    """Bậc của các đề mục, in their order."""
    return list(
        PlanSection.objects.in_version(no).filter(plan=plan).order_by("order", "pk").values_list("depth", flat=True)
    )
