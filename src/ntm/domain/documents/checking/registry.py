"""Sổ quy tắc: every rule by its code; `check` asks them all (or some) of a plan."""

from __future__ import annotations

from collections.abc import Collection

from ntm.domain.documents.checking import (
    against,
    annexes,
    averages,
    bands,
    bases,
    counts_below,
    coverage,
    criteria_names,
    deadlines,
    figures_twice,
    gains,
    header,
    lists,
    named_twice,
    own_rules,
    shares,
    sums,
    tables,
    told_twice,
    two_views,
    units,
)
from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import SEVERITIES, Described, Finding, Rule

RULES: tuple[Rule, ...] = (
    *sums.RULES,
    *counts_below.RULES,
    *tables.RULES,
    *averages.RULES,
    *shares.RULES,
    *gains.RULES,
    *told_twice.RULES,
    *figures_twice.RULES,
    *named_twice.RULES,
    *two_views.RULES,
    *own_rules.RULES,
    *deadlines.RULES,
    *annexes.RULES,
    *bases.RULES,
    *criteria_names.RULES,
    *coverage.RULES,
    *bands.RULES,
    *header.RULES,
    *lists.RULES,
    *units.RULES,
)


AGAINST_RECORDS: tuple[Described, ...] = against.RULES
_BY_CODE: dict[str, Described] = {r.code: r for r in (*RULES, *AGAINST_RECORDS)}


def rule(code: str) -> Described:
    """The rule of that code, or KeyError. A finding may carry a code of its own within a rule: see `OWNERS`."""
    return _BY_CODE[OWNERS.get(code, code)]


OWNERS = {"annex-unnamed": "annex-missing", "unit-spelling": "unit-day", "duty-criterion": "no-body"}
"""Findings that a rule gives beside its own."""


def check(plan: Checkable, only: Collection[str] | None = None) -> tuple[Finding, ...]:
    """Kiểm tra: the findings of all rules, the heaviest first, then as they stand in the document."""
    found = [f for r in RULES if only is None or r.code in only for f in r.check(plan)]
    return tuple(sorted(dict.fromkeys(found), key=lambda f: (SEVERITIES.index(f.severity), f.lines, f.rule)))
