"""Kiểm tra kế hoạch đã lưu: the rules of document checking on a stored version, and against the records."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ntm.domain.documents.checking import Finding, already_met, check, not_carried
from ntm.domain.documents.checking.model import SEVERITIES
from ntm.domain.documents.checking.prose import unit_key
from ntm.domain.documents.reading.model import Header, Reading
from ntm.records.planning import carried_plans
from ntm.records.planning.as_document import targets as plan_targets
from ntm.records.planning.as_document.page import Place
from ntm.records.planning.as_document.parts import PlanParts, load
from ntm.records.planning.as_document.reading import as_reading
from ntm.records.planning.models import Plan
from ntm.records.planning.written.annexes import told_annexes
from ntm.records.standing import drawing
from ntm.records.standing.models import CriterionStanding
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.queries import area

__all__ = ["Place", "StoredPlan", "checkable", "findings", "fingerprint"]

_LINES = re.compile(r"\s?\(dòng [\d, ]+\)")


@dataclass(frozen=True)
class StoredPlan:
    """Một lần ban hành kiểm tra được: `reading` is what the rules ask; `rows` says which rows a line was written from."""

    parts: PlanParts
    reading: Reading
    rows: Mapping[int, tuple[Place, ...]]

    def places(self, finding: Finding) -> tuple[Place, ...]:
        """Where to jump to from a finding, the nearest thing first, each once."""
        return tuple(dict.fromkeys(place for line in finding.lines for place in self.rows.get(line, ())))


def checkable(plan: Plan, no: int, on: date | None = None) -> StoredPlan:
    """Kế hoạch kiểm tra được: `reading` is a `ntm.domain.documents.checking.Checkable`. A draft is judged as of `on`."""
    parts = load(plan, no, on)
    reading, page = as_reading(parts, told_annexes(parts))
    return StoredPlan(parts, reading, {line: tuple(places) for line, places in page.rows.items() if places})


def findings(plan: Plan, no: int, on: date | None = None) -> list[Finding]:
    """Phát hiện: all rules, then those against the records; the heaviest first, then as they stand in the plan."""
    return findings_of(checkable(plan, no, on))


def findings_of(stored: StoredPlan) -> list[Finding]:
    """The same for a plan that was built already."""
    found = [*check(stored.reading), *_against(stored)]
    order = {severity: at for at, severity in enumerate(SEVERITIES)}
    return sorted(dict.fromkeys(found), key=lambda f: (order[f.severity], f.lines, f.rule, f.message))


def fingerprint(finding: Finding) -> str:
    """Dấu của phát hiện: rule, sentence and figures; line numbers left out, for they move as the text is edited."""
    said = "\n".join((finding.rule, _LINES.sub("", finding.message), finding.computed or "", finding.stated or ""))
    return hashlib.sha256(said.encode()).hexdigest()


def _against(stored: StoredPlan) -> list[Finding]:
    parts = stored.parts
    named = _with_own_name(stored.reading, parts)
    outcomes = _outcomes(parts)
    found = list(already_met(named, lambda name, no: outcomes.get((unit_key(name), no))))
    lower = carried_plans.lower_of(parts.plan, parts.asked)
    if lower:
        found += not_carried(stored.reading, {name: _light(one) for name, one in lower.items()})
    upper = carried_plans.upper_of(parts.plan, parts.asked)
    if upper is not None:
        found += not_carried(_light(upper), {parts.label.name: _light(parts)})
        found += carried_plans.shortfalls(parts, upper)
    return found


def _with_own_name(reading: Reading, parts: PlanParts) -> Reading:
    """A commune's own lists name nobody: here they are its own."""
    if parts.label.level not in ("xa", "thon"):
        return reading
    targets = tuple(replace(t, units=(parts.label.name,)) if t.criteria and not t.units else t for t in reading.targets)
    return replace(reading, targets=targets)


def _outcomes(parts: PlanParts) -> dict[tuple[str, int], str]:
    """(unit, criterion) -> outcome on the plan's day, as verified; empty where the plan numbers no set."""
    if parts.plan.set_id is None:
        return {}
    ids = {cell.unit_id for cell in parts.cells} | {parts.plan.unit_id}
    rows = CriterionStanding.objects.filter(
        area.in_force(parts.on), set_id=parts.plan.set_id, basis=Basis.CONFIRMED, unit_id__in=ids
    )
    return {
        (unit_key(parts.labels[unit].name), no): drawing.OUTCOME_OF[outcome].value
        for unit, no, outcome in rows.values_list("unit_id", "no", "outcome")
    }


def _light(parts: PlanParts) -> Reading:
    """A plan's lists alone, without its words."""
    code = parts.plan.set.code if parts.plan.set is not None else None
    targets = tuple(replace(t, units=t.units or (parts.label.name,)) for t in plan_targets.of_cells(parts))
    return Reading("", "", Header(year=parts.year), targets=targets, set_code=code)
