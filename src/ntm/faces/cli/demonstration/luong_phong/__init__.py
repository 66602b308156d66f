"""Lương Phong 2023: thirteen villages, two of them named and still to be recognised."""

from __future__ import annotations

from ntm.faces.cli.demonstration.facts import day
from ntm.faces.cli.demonstration.scene import Scene
from ntm.records.standing import services as standing
from ntm.records.units import services as units


def load(scene: Scene) -> None:
    """The villages first, because a village board is one of the offices; then titles, what lacks, the open review."""
    facts = scene.facts
    start = day(facts["villages_from"])
    commune = scene.unit(facts["commune"])
    names = [one["name"] for one in facts["named"]]
    unnamed = [f"{facts['unnamed']['name']} {place}" for place in range(1, facts["unnamed"]["number"] + 1)]
    village = {
        name: units.create_village(scene.admin, commune_id=commune, name=name, start=start, today=start).pk
        for name in (*names, *unnamed)
    }
    scene.make_bodies()
    scene.make_accounts()
    officer, district = scene.actors["xa.luongphong"], scene.actors["hiephoa.dieuphoi"]
    held = facts["recognised"]
    for name in unnamed:
        scene.grant(
            district,
            village[name],
            "ntm",
            year=held["year"],
            on=day(held["day"]),
            place="dòng 18; năm và ngày công nhận chưa rõ",
            set_code=facts["set"],
            assumed=False,
        )
    lacking = facts["not_met"]
    rows = [(village[name], f"TC{no}", False, True, lacking["place"]) for name in names for no in lacking["criteria"]]
    scene.record(officer, set_code=facts["set"], as_of=day(lacking["as_of"]), rows=rows)
    review = facts["review"]
    standing.open_campaign(
        officer,
        title=review["title"],
        unit_id=commune,
        set_code=facts["set"],
        as_of=day(review["as_of"]),
        due=day(review["due"]),
        on=day(review["opened"]),
    )
