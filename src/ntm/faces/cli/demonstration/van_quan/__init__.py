"""Văn Quan 2018: its 23 communes at the end of 2017, its offices and what each watches, the review that it orders."""

from __future__ import annotations

from ntm.faces.cli.demonstration.facts import day
from ntm.faces.cli.demonstration.scene import Scene
from ntm.records.standing import services as standing

CRITERIA = range(1, 20)


def load(scene: Scene) -> None:
    """Offices, the standing of the communes as the district office states it, the two titles, the open review."""
    facts = scene.facts
    scene.make_bodies()
    scene.make_accounts()
    office = scene.actors["vanquan.dieuphoi"]
    rows = [
        (
            scene.unit(one["code"]),
            f"TC{no}",
            no in one["met"],
            no not in one["stated"],
            one["place"] if no in one["stated"] else "dòng 33",
        )
        for one in facts["communes"]
        for no in CRITERIA
    ]
    scene.record(office, set_code=facts["set"], as_of=day(facts["as_of"]), rows=rows)
    held = facts["titles_stated"]
    for one in facts["titles"]:
        scene.grant(
            office,
            scene.unit(one["code"]),
            "ntm",
            year=held["year"],
            on=day(held["day"]),
            place="dòng 33, 47; năm và ngày công nhận chưa rõ",
            set_code=facts["set"],
            assumed=False,
        )
    review = facts["review"]
    standing.open_campaign(
        office,
        title=review["title"],
        unit_id=scene.unit(facts["district"]),
        set_code=facts["set"],
        as_of=day(review["as_of"]),
        due=day(review["due"]),
        on=day(review["opened"]),
    )
