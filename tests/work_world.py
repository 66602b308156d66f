"""Một chương trình công tác nhỏ: a district's plan with its bodies, and the offices that do its work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from ntm.records.people.authority import Actor
from ntm.records.people.models import Body, Office
from ntm.records.planning.models import Plan, PlanVersion
from ntm.records.planning.services import tasks
from ntm.records.planning.services.tasks import TaskDraft

DAY = date(2020, 1, 15)
START = date(2000, 1, 1)


@dataclass
class Work:
    """Unit ids, bodies and actors by a short name; the plan is a draft until `issue`."""

    area: Any
    plan: Plan
    body: dict[str, Body]
    actor: dict[str, Actor]
    made: dict[str, Any] = field(default_factory=dict)

    def issue(self, no: int = 1, on: date = DAY) -> int:
        self.plan.versions.filter(no__lt=no).update(state="superseded")
        self.plan.versions.filter(no=no).update(state="issued", issued_on=on)
        return tasks.take_effect(self.plan, no, actor=self.actor["office"], on=on)

    def amend(self) -> None:
        PlanVersion.objects.create(plan=self.plan, no=2, title="Điều chỉnh", issuer="UBND huyện", place="Văn Quan")

    def add(self, what: str, deadline: str, **values: Any) -> Any:
        values = {"lead": "Phòng NN&PTNT", "coordinating": "BCĐ xã Văn An", "directing": "BCĐ huyện"} | values
        draft = TaskDraft(what=what, deadline_words=deadline, **values)
        return tasks.add(self.actor["office"], self.plan.pk, draft, on=DAY)


def build(area: Any, holder: Callable[..., Actor]) -> Work:
    """Huyện Văn Quan, its division of agriculture, the committees of the district and of xã Văn An."""
    body = {
        "division": _body(area.district, "division", "Phòng Nông nghiệp và Phát triển nông thôn", "Phòng NN&PTNT"),
        "health": _body(area.district, "division", "Phòng Y tế huyện Văn Quan", ""),
        "committee": _body(area.district, "steering_committee", "Ban Chỉ đạo xây dựng nông thôn mới huyện", "BCĐ"),
        "commune": _body(area.commune, "steering_committee", "Ban Chỉ đạo xã Văn An", "BCĐ"),
        "neighbour": _body(area.neighbour, "steering_committee", "Ban Chỉ đạo xã Tràng Phái", "BCĐ"),
    }
    actor = {
        "office": holder("coordination_office", area.district),
        "leader": holder("leader", area.district),
        "division": _at(holder("sector_officer", area.district, ("13",)), body["division"]),
        "colleague": _at(holder("sector_officer", area.district, ("13",)), body["division"]),
        "health": _at(holder("sector_officer", area.district, ("15",)), body["health"]),
        "commune": holder("commune_officer", area.commune),
        "neighbour": holder("commune_officer", area.neighbour),
        "stranger": holder("coordination_office", area.other_district),
        "viewer": holder("viewer", area.district),
    }
    plan = Plan.objects.create(
        unit_id=area.district,
        level="huyen",
        kind="ntm",
        year=2020,
        year_to=2020,
        opened_by_id=actor["office"].user_id,
        office="Văn phòng Điều phối",
        opened_at=timezone.now(),
        on=DAY,
    )
    PlanVersion.objects.create(plan=plan, no=1, title="Kế hoạch năm 2020", issuer="UBND huyện", place="Văn Quan")
    return Work(area, plan, body, actor)


def _body(unit_id: int, kind: str, name: str, abbreviation: str) -> Body:
    return Body.objects.create(unit_id=unit_id, kind=kind, name=name, abbreviation=abbreviation, start=START)


def _at(actor: Actor, body: Body) -> Actor:
    Office.objects.filter(holdings__pk=actor.holding_id).update(body=body)
    return actor
