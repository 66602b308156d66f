"""Đóng băng đề xuất: problem and answer as JSON and back, so that a frozen one is explained and compared years later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from ntm.domain.allocation import (
    Effects,
    Explainer,
    GoalResult,
    Kind,
    MinimumShare,
    MissingCriterion,
    Problem,
    Proposal,
    Rules,
    Source,
    Unit,
    Works,
)

__all__ = ["EXPLAINED", "digest_of", "problem_from", "problem_to", "proposal_from", "result_to"]

EXPLAINED = 1200  # candidates up to which every explanation is frozen too; beyond, they are drawn from the problem


def problem_to(problem: Problem) -> dict[str, Any]:
    """Bài toán thành JSON."""
    rules = problem.rules
    return {
        "units": [
            {
                "id": one.id,
                "name": one.name,
                "missing": [[lack.code, sorted(lack.works), lack.name] for lack in one.missing],
                "due": one.due_this_year,
                "difficult": one.extremely_difficult,
            }
            for one in problem.units
        ],
        "works": [
            {
                "id": one.id,
                "unit": one.unit,
                "cost": one.cost,
                "kind": one.kind.value,
                "name": one.name,
                "criteria": sorted(one.criteria),
                "sources": None if one.sources is None else sorted(one.sources),
                "debt": one.is_debt,
                "started": one.started,
                "reason": one.reason,
            }
            for one in problem.works
        ],
        "sources": [
            {
                "id": one.id,
                "ceiling": one.ceiling,
                "kinds": sorted(kind.value for kind in one.kinds),
                "name": one.name,
                "units": None if one.units is None else sorted(one.units),
                "criteria": None if one.criteria is None else sorted(one.criteria),
                "pays_debt": one.pays_debt,
            }
            for one in problem.sources
        ],
        "rules": {
            "debt_first": rules.debt_first,
            "due_first": rules.due_first,
            "no_new_while_debt": rules.no_new_while_debt,
            "difficult_weight": rules.difficult_weight,
            "started_weight": rules.started_weight,
            "minimum_shares": [[one.name, sorted(one.units), one.at_least] for one in rules.minimum_shares],
        },
    }


def problem_from(kept: Mapping[str, Any]) -> Problem:
    """Bài toán đọc lại."""
    rules = dict(kept["rules"])
    shares = tuple(MinimumShare(name, frozenset(units), part) for name, units, part in rules.pop("minimum_shares"))
    return Problem(
        tuple(
            Unit(
                one["id"],
                one["name"],
                tuple(MissingCriterion(code, frozenset(works), name) for code, works, name in one["missing"]),
                one["due"],
                one["difficult"],
            )
            for one in kept["units"]
        ),
        tuple(
            Works(
                one["id"],
                one["unit"],
                one["cost"],
                Kind(one["kind"]),
                one["name"],
                frozenset(one["criteria"]),
                _set(one["sources"]),
                is_debt=one["debt"],
                started=one["started"],
                reason=one["reason"],
            )
            for one in kept["works"]
        ),
        tuple(
            Source(
                one["id"],
                one["ceiling"],
                frozenset(map(Kind, one["kinds"])),
                one["name"],
                _set(one["units"]),
                _set(one["criteria"]),
                one["pays_debt"],
            )
            for one in kept["sources"]
        ),
        Rules(**rules, minimum_shares=shares),
    )


def _set(ids: list[str] | None) -> frozenset[str] | None:
    return None if ids is None else frozenset(ids)


def result_to(
    problem: Problem, proposal: Proposal, about: Mapping[str, Mapping[str, Any]], remarks: tuple[str, ...]
) -> dict[str, Any]:
    """Kết quả thành JSON: amounts, goals, effects, explanations."""
    explainer = Explainer(problem, proposal)
    reached = proposal.effects
    why = {}
    if len(problem.works) <= EXPLAINED:
        why = {one.id: list(explainer.work(one.id)) for one in problem.works}
    return {
        "amounts": {id: dict(given) for id, given in proposal.amounts.items()},
        "goals": [[one.goal, one.value, one.bound, one.finished] for one in proposal.goals],
        "effects": {
            "criteria": sorted(map(list, reached.criteria)),
            "titles": sorted(reached.titles),
            "due_titles": sorted(reached.due_titles),
            "debt_paid": reached.debt_paid,
            "weight": reached.weight,
        },
        "finished": proposal.finished,
        "milliseconds": round(proposal.seconds * 1000),
        "status": proposal.status,
        "total": proposal.total(),
        "used": {one.id: one.ceiling - explainer.slack[one.id] for one in problem.sources},
        "ceilings": list(explainer.ceilings()),
        "why": why,
        "about": {id: dict(one) for id, one in about.items()},
        "remarks": [*proposal.remarks, *remarks],
    }


def proposal_from(kept: Mapping[str, Any]) -> Proposal:
    """Đề xuất đọc lại."""
    reached = kept["effects"]
    return Proposal(
        kept["amounts"],
        tuple(GoalResult(goal, value, bound, finished) for goal, value, bound, finished in kept["goals"]),
        Effects(
            frozenset((unit, code) for unit, code in reached["criteria"]),
            frozenset(reached["titles"]),
            frozenset(reached["due_titles"]),
            reached["debt_paid"],
            reached["weight"],
        ),
        kept["finished"],
        kept["milliseconds"] / 1000,
    )


def digest_of(parameters: Any, problem: Any, result: Any) -> str:
    """Mã băm of what was asked, the problem and the answer; the order of keys does not matter."""
    whole = json.dumps([parameters, problem, result], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()
