"""Thạch Lỗi 2022/2023: twelve criteria met, seven not, what each lacks; the income is left for the person who tries it."""

from __future__ import annotations

from ntm.faces.cli.demonstration.facts import day
from ntm.faces.cli.demonstration.scene import Scene
from ntm.records.people.authority import Actor
from ntm.records.standing import services as standing
from ntm.records.standing.models import Observation
from ntm.records.standing.models.observations import Stage, State


def load(scene: Scene) -> None:
    """Accounts first; then the commune types and sends, the district verifies; then the gaps and the open review."""
    scene.make_bodies()
    scene.make_accounts()
    officer, district = scene.actors["xa.thachloi"], scene.actors["camgiang.dieuphoi"]
    _conclusions(scene, officer, district)
    _gaps(scene, officer)
    review = scene.facts["review"]
    standing.open_campaign(
        district,
        title=review["title"],
        unit_id=scene.unit(scene.facts["district"]),
        set_code=scene.facts["set"],
        as_of=day(scene.facts["as_of"]),
        due=day(review["due"]),
        on=day(review["opened"]),
    )


def _conclusions(scene: Scene, officer: Actor, district: Actor) -> None:
    facts = scene.facts
    commune, as_of = scene.unit(facts["commune"]), day(facts["as_of"])
    rows = [
        (commune, f"TC{no}", said, False, facts[key]["place"])
        for key, said in (("met", True), ("not_met", False))
        for no in facts[key]["criteria"]
    ]
    scene.record(officer, set_code=facts["set"], as_of=as_of, rows=rows, stage=Stage.SELF)
    standing.send(officer, unit_id=commune, set_code=facts["set"], as_of=as_of, note=scene.source)
    sent = Observation.objects.filter(unit_id=commune, set__code=facts["set"], as_of=as_of, state=State.SENT)
    for pk in sent.order_by("pk").values_list("pk", flat=True):
        standing.verify(district, pk)


def _gaps(scene: Scene, officer: Actor) -> None:
    commune, on = scene.unit(scene.facts["commune"]), day(scene.facts["as_of"])
    for gap in scene.facts["gaps"]:
        standing.record_gap(
            officer,
            unit_id=commune,
            set_code=scene.facts["set"],
            criterion_no=gap["criterion"],
            indicator_code=gap["indicator"],
            text=gap["text"],
            cost=gap.get("cost"),
            on=on,
        )
