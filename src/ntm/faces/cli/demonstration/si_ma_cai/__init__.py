"""Si Ma Cai 2024: nine communes before and after the fourteen criteria that the plan gains; 150, 16.67 a commune."""

from __future__ import annotations

from typing import Any

from ntm.faces.cli.demonstration.facts import day
from ntm.faces.cli.demonstration.scene import Scene
from ntm.records.people.authority import Actor
from ntm.records.units import services as units


def load(scene: Scene) -> None:
    """Offices, the end of 2023, what 2024 gains (taken as reached), titles and the six named villages."""
    facts = scene.facts
    scene.make_bodies()
    scene.make_accounts()
    office = scene.actors["simacai.dieuphoi"]
    before, after = (day(facts["days"][key]) for key in ("before", "after"))
    now = [row for one in facts["communes"] for row in _at_first(scene, one)]
    scene.record(office, set_code=facts["set"], as_of=before, rows=now)
    gained = [
        (scene.unit(one["code"]), f"TC{no}", True, True, one["place"])
        for one in facts["communes"]
        for no in one["gains"]
    ]
    scene.record(office, set_code=facts["set"], as_of=after, rows=gained)
    _titles(scene, office)
    _villages(scene, office)


def _at_first(scene: Scene, one: dict[str, Any]) -> list[tuple[int, str, bool, bool, str]]:
    """What the plan says that the commune has still to gain was not met yet; the rest is assumed."""
    unit_id = scene.unit(one["code"])
    lacking = {*one["gains"], *one["never"]}
    return [
        (unit_id, f"TC{no}", no not in lacking, no not in one["gains"], one["place"]) for no in scene.facts["criteria"]
    ]


def _titles(scene: Scene, office: Actor) -> None:
    held = scene.facts["titles_stated"]
    for one in scene.facts["communes"]:
        if one["recognised"]:
            scene.grant(
                office,
                scene.unit(one["code"]),
                "ntm",
                year=held["year"],
                on=day(held["day"]),
                place=f"{one['place']}; năm và ngày công nhận chưa rõ",
                set_code=scene.facts["set"],
                assumed=False,
            )


def _villages(scene: Scene, office: Actor) -> None:
    facts = scene.facts
    start, reached = day(facts["villages_from"]), day(facts["days"]["after"])
    for one in facts["villages"]:
        made = units.create_village(
            office, commune_id=scene.unit(one["commune"]), name=one["name"], start=start, today=start
        )
        scene.grant(
            office, made.pk, one["kind"], year=2024, on=reached, place="dòng 63", set_code=one["set"], assumed=True
        )
