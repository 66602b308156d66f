"""A small world for plans: huyện Văn Quan with two communes, the offices that write, sign, answer, and strangers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ntm.records.people.authority import Actor
from ntm.records.planning.models import Plan
from ntm.records.planning.services import issuing, plans, text
from ntm.records.standing import registry

ON = date(2018, 1, 20)
ISSUED = date(2018, 1, 30)
SET = "xa-ntm-2016-2020"


@dataclass(frozen=True)
class World:
    """Unit ids and actors."""

    area: Any
    writer: Actor  # district coordination office
    leader: Actor
    commune: Actor  # officer of Văn An
    neighbour: Actor  # officer of Tràng Phái
    sector: Actor  # of the district
    stranger: Actor  # officer of a commune of another province
    viewer: Actor
    province: Actor


def build(area: Any, holder: Callable[..., Actor]) -> World:
    registry.register_shipped()
    return World(
        area=area,
        writer=holder("coordination_office", area.district),
        leader=holder("leader", area.district),
        commune=holder("commune_officer", area.commune),
        neighbour=holder("commune_officer", area.neighbour),
        sector=holder("sector_officer", area.district, ("10",)),
        stranger=holder("commune_officer", area.stranger),
        viewer=holder("viewer", area.other_province),
        province=holder("coordination_office", area.province),
    )


def plan(world: World, **more: Any) -> Plan:
    """The district's plan of 2018, an empty draft."""
    values = {"unit_id": world.area.district, "kind": "ntm", "year": 2018, "on": ON} | more
    return plans.open_plan(world.writer, **values)


def issued(world: World, plan_id: int) -> None:
    """From draft to issued, without findings."""
    text.add_section(world.writer, plan_id, heading="Mục đích, yêu cầu", on=ON)
    plans.review(world.leader, plan_id, on=ON)
    issuing.issue(world.leader, plan_id, number="15", issued_on=ISSUED, signer="Người ký thử", on=ISSUED, findings=())
