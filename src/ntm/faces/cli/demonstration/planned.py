"""Kế hoạch minh hoạ: the rows of one `plan.yaml` typed through the services of plans, as an office would type them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ntm.domain.official.numbers import parse_number
from ntm.faces.cli.demonstration.facts import day, read
from ntm.faces.cli.demonstration.scene import NotReady, Scene
from ntm.records.people.authority import Actor
from ntm.records.planning import checkable
from ntm.records.planning.models import Plan, TargetShare, Versioned
from ntm.records.planning.services import (
    cascade,
    cells,
    duties,
    issuing,
    keeping,
    money,
    plans,
    roadmap,
    sources,
    targets,
    tasks,
    text,
)
from ntm.records.planning.services.cells import CellPlan
from ntm.records.planning.services.money import Amount
from ntm.records.planning.services.plans import Head
from ntm.records.planning.services.sources import Said
from ntm.records.planning.services.targets import Promise
from ntm.records.planning.services.tasks import TaskDraft

__all__ = ["plan_facts", "write"]

_OF_PROMISE = tuple(Promise.__slots__)
_NUMBERS = ("value", "high")


def plan_facts(folder: str) -> Mapping[str, Any]:
    """The rows of one plan, as its `plan.yaml` lists them."""
    return read(folder, "plan.yaml")


def write(scene: Scene, folder: str) -> Plan:
    """Lập kế hoạch của bối cảnh: drafted, then sent for signing or issued as far as the paper went."""
    facts = plan_facts(folder)
    writer = Writer(scene, facts, scene.actor(facts["plan"]["author"]), day(facts["plan"]["day"]))
    return writer.write()


@dataclass
class Writer:
    """Người soạn: the office that drafts, the day it works on, and the places of what it wrote."""

    scene: Scene
    facts: Mapping[str, Any]
    actor: Actor
    on: date
    said: list[Said] = field(default_factory=list)
    plan_id: int = 0

    def write(self) -> Plan:
        """Every part in the order of the paper."""
        told = self.facts["plan"]
        plan = plans.open_plan(
            self.actor,
            unit_id=self.scene.unit(told["unit"], self.on),
            kind=told["kind"],
            year=told["year"],
            on=self.on,
            set_code=told["set"],
            title=self.facts["head"]["title"],
        )
        self.plan_id = plan.pk
        plans.change_head(self.actor, plan.pk, Head(**self.facts["head"]), on=self.on)
        self._words()
        self._targets()
        self._cells()
        if told.get("cascade"):
            cascade.cascade(self.actor, plan.pk, on=self.on)
        self._roadmap()
        for row in self.facts.get("money", ()):
            self._money(row, row["role"], None)
        self._duties()
        self._tasks()
        sources.tell(self.actor, plan.pk, self.said, on=self.on)
        self._sign()
        plan.refresh_from_db()
        return plan

    def _words(self) -> None:
        for one in self.facts["bases"]:
            values = {name: one[name] for name in ("words", "number", "kind", "issuer", "title", "role") if name in one}
            signed = day(one["date"]) if "date" in one else None
            self._keep(text.add_basis(self.actor, self.plan_id, on=self.on, signed=signed, **values).basis, one)
        for one in self.facts["sections"]:
            values = {name: one[name] for name in ("label", "depth", "slot", "text") if name in one}
            self._keep(text.add_section(self.actor, self.plan_id, heading=one["heading"], on=self.on, **values), one)
        text.set_recipients(self.actor, self.plan_id, self.facts["recipients"], on=self.on)

    def _targets(self) -> None:
        for one in self.facts["targets"]:
            values = {name: one[name] for name in _OF_PROMISE if name in one}
            values |= {name: parse_number(values[name]) for name in _NUMBERS if name in values}
            target = targets.add_target(self.actor, self.plan_id, Promise(**values), on=self.on)
            self._keep(target, one)
            shares = {unit: value for part in one.get("shares", ()) for unit, value in self._shares(part)}
            if shares:
                rows = cascade.give_shares(self.actor, self.plan_id, target.pk, shares, on=self.on)
                self._shared(one, rows)

    def _shares(self, part: Mapping[str, Any]) -> Iterable[tuple[int, Decimal | None]]:
        """Units by code, or villages by name (`listed`: those of the facts); with a figure, or by name only."""
        if "villages" in part:
            listed = self.scene.facts["villages"] if part["villages"] == "listed" else part["villages"]
            yield from ((self.scene.village(one["commune"], one["name"], self.on), None) for one in listed)
            return
        for code, value in part["units"].items():
            yield self.scene.unit(code, self.on), None if value is None else parse_number(str(value))

    def _shared(self, one: Mapping[str, Any], rows: Sequence[TargetShare]) -> None:
        place = one.get("shares_place", one.get("place", ""))
        self.said += [Said(row, place, one.get("assumed", False)) for row in rows]

    def _cells(self) -> None:
        wanted, told = [], {}
        for one in self.facts.get("cells", ()):
            unit = self._unit(one)
            for mode in ("gain", "keep"):
                for no in one.get(mode, ()):
                    wanted.append(CellPlan(unit, no, mode, one.get("by", ""), one.get("told", "both")))
                    told[unit, no] = one
        for row in cells.set_many(self.actor, self.plan_id, wanted, on=self.on) if wanted else ():
            self._keep(row, told[row.unit_id, row.criterion_no])

    def _unit(self, one: Mapping[str, Any]) -> int:
        if "village" in one:
            return self.scene.village(one["commune"], one["village"], self.on)
        return self.scene.unit(one["unit"], self.on)

    def _roadmap(self) -> None:
        for one in self.facts.get("roadmap", ()):
            unit = self._unit(one) if "unit" in one else None
            for no in one.get("criteria", (None,)):
                step = roadmap.add_step(
                    self.actor,
                    self.plan_id,
                    what=one["what"],
                    on=self.on,
                    deadline_words=one["by"],
                    unit_id=unit,
                    criterion_no=no,
                    completes=one.get("completes", False),
                )
                self._keep(step, one)

    def _money(self, one: Mapping[str, Any], role: str, parent: int | None) -> None:
        values = {name: one[name] for name in ("amount", "stated", "kind", "criterion_no", "condition") if name in one}
        row = money.add_money(
            self.actor, self.plan_id, Amount(role=role, what=one["what"], parent_id=parent, **values), on=self.on
        )
        self._keep(row, one)
        for part in one.get("parts", ()):
            self._money(part, role, row.pk)

    def _duties(self) -> None:
        for one in self.facts["duties"]:
            duty = duties.add_duty(
                self.actor,
                self.plan_id,
                body_words=one["body"],
                text=one["text"],
                criteria=one.get("criteria", ()),
                on=self.on,
            )
            self._keep(duty, one)

    def _tasks(self) -> None:
        drafts = []
        for group in self.facts.get("tasks", ()):
            made = tasks.add_group(
                self.actor,
                self.plan_id,
                name=group["name"],
                no=group["label"],
                deadline_words=group.get("by", ""),
                on=self.on,
                source_place=group["place"],
            )
            drafts += [_draft(one, group["label"], made.pk) for one in group["rows"]]
        if drafts:
            tasks.add_many(self.actor, self.plan_id, drafts, on=self.on)

    def _sign(self) -> None:
        """As far as the paper went: a draft, sent for signing, or issued with the answers to what the checks found."""
        state, plan_id = self.facts["plan"]["state"], self.plan_id
        if state == "draft":
            return
        version = plans.review(self.actor, plan_id, on=self.on)
        if state != "issued":
            return
        found = checkable.findings(version.plan, version.no, self.on)
        answers = self.facts.get("answers", {})
        for finding in issuing.unanswered(version.plan, version.no, found):
            if finding.rule not in answers:
                raise NotReady(f"chưa có giải trình cho phát hiện “{finding.message}” ({finding.rule}).")
            issuing.answer_finding(self.actor, plan_id, finding, words=answers[finding.rule], on=self.on)
        signed = self.facts["issue"]
        issuing.issue(
            self.actor,
            plan_id,
            number=signed["number"],
            issued_on=day(signed["day"]),
            signer=signed["signer"],
            on=self.on,
            findings=found,
        )
        keeping.keep(self.actor, plan_id, on=self.on)

    def _keep(self, row: Versioned, one: Mapping[str, Any]) -> None:
        if "place" in one or one.get("assumed"):
            self.said.append(Said(row, one.get("place", ""), one.get("assumed", False)))


def _draft(one: Mapping[str, Any], group: str, group_id: int) -> TaskDraft:
    return TaskDraft(
        what=one["what"],
        no=f"{group}.{one['label']}",
        deadline_words=one["by"],
        directing=one.get("directing", ""),
        lead=one.get("lead", ""),
        coordinating=one.get("with", ""),
        criteria=tuple(one.get("criteria", ())),
        group_id=group_id,
        source_place=one["place"],
    )
