"""Mục tiêu của đề xuất: what is sought, in which order; and the weight of a work in the last one."""

from __future__ import annotations

from ntm.domain.allocation.model import Problem, Unit, Works

__all__ = ["Goal", "weight"]


class Goal:
    """Mục tiêu theo thứ tự: each is sought among the answers that keep what the ones before it reached."""

    DEBT = "debt"
    DUE = "due"
    TITLES = "titles"
    CRITERIA = "criteria"
    WEIGHT = "weight"
    ALL = (DEBT, DUE, TITLES, CRITERIA, WEIGHT)


def weight(work: Works, unit: Unit, problem: Problem) -> int:
    """Trọng số của công trình."""
    rules = problem.rules
    base = rules.difficult_weight if unit.extremely_difficult else 1
    return base + (rules.started_weight if work.started else 0)
