"""Tiền của kế hoạch minh hoạ: the rows of one `money.yaml` posted through the services of funding, as an office would."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ntm.domain.official.numbers import parse_number
from ntm.faces.cli.demonstration.facts import day, money_of, note_of
from ntm.faces.cli.demonstration.scene import NotReady, Scene
from ntm.records.funding.models import Works
from ntm.records.funding.refusals import Refused
from ntm.records.funding.services import building, planning_money
from ntm.records.funding.services.building import NewWorks
from ntm.records.people.authority import Actor
from ntm.records.standing.models import Gap

__all__ = ["post"]

Row = Mapping[str, Any]


def post(scene: Scene, folder: str) -> None:
    """Ghi nhu cầu, dự kiến huy động, số tổng của văn bản và các công trình dự kiến."""
    facts = money_of(folder)
    book = facts["book"]
    actor, on = scene.actor(book["author"]), day(book["day"])
    unit_id = scene.unit(book["unit"], on)
    try:
        for one in facts.get("needs", ()):
            _need(scene, actor, unit_id, book, one, on)
        for one in facts["mobilised"]:
            _mobilise(scene, actor, unit_id, book, one, on)
        for one in facts["stated"]:
            _state(scene, actor, unit_id, book, one, on)
        for one in facts.get("works", ()):
            _build(scene, actor, unit_id, book, one, on)
    except Refused as refusal:
        raise NotReady(f"tiền của {scene.source}: {refusal}") from None


def _need(scene: Scene, actor: Actor, unit_id: int, book: Row, one: Row, on: date) -> None:
    """Of the gap that carries its cost, when that one still stands."""
    gaps = Gap.objects.filter(
        unit_id=unit_id, set__code=book["set"], indicator_code=one["gap"], closed_on=None, superseded_by=None
    )
    planning_money.record_need(
        actor,
        unit_id=unit_id,
        year=book["year"],
        amount=one["amount"],
        on=on,
        text=one["text"],
        set_code=book["set"],
        criterion_no=one["criterion"],
        gap_id=gaps.order_by("pk").values_list("pk", flat=True).first(),
        note=note_of(scene.source, one),
    )


def _mobilise(scene: Scene, actor: Actor, unit_id: int, book: Row, one: Row, on: date) -> None:
    planning_money.plan_mobilisation(
        actor,
        unit_id=unit_id,
        year=book["year"],
        source=one["source"],
        kind=one["kind"],
        amount=one["amount"],
        on=on,
        text=one["text"],
        condition=one.get("condition", ""),
        share=parse_number(one["share"]) if "share" in one else None,
        note=note_of(scene.source, one),
    )


def _state(scene: Scene, actor: Actor, unit_id: int, book: Row, one: Row, on: date) -> None:
    planning_money.state_total(
        actor,
        unit_id=unit_id,
        year=book["year"],
        what=one["what"],
        amount=one["amount"],
        on=on,
        place=f"{scene.source}, {one['place']}",
        sources=one.get("sources", ()),
    )


def _build(scene: Scene, actor: Actor, unit_id: int, book: Row, one: Row, on: date) -> None:
    """A planned works; one that stands already is left alone."""
    if Works.objects.filter(unit_id=unit_id, code=one["code"]).exists():
        return
    works = NewWorks(
        unit_id=unit_id,
        code=one["code"],
        name=one["name"],
        execution=one["execution"],
        total_cost=one["amount"],
        set_code=book["set"],
        criterion_no=one["criterion"],
        indicator_code=one["indicator"],
        in_public_plan=False,
    )
    made = building.add_works(actor, works, on=on)
    said = f"{note_of(scene.source, one)}. Kế hoạch không nói ai làm: cách làm là giả định."
    building.advance_works(actor, made.pk, on=on, state=made.state, percent=0, text=said)
