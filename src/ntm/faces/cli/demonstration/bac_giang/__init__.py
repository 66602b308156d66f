"""Bắc Giang 2019/2020: the ten districts of Biểu 01 as figures of 184 communes, the named communes, the 46 villages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ntm.faces.cli.demonstration.facts import day, read
from ntm.faces.cli.demonstration.scene import Scene
from ntm.records.people.authority import Actor
from ntm.records.units import services as units
from ntm.records.units.services import UnitError
from ntm.records.units.village_sheet import VillageRow

Conclusion = tuple[int, str, bool, bool, str]
CRITERIA = 19
TABLE = "Biểu 01"


def communes() -> Mapping[str, Mapping[str, Sequence[Any]]]:
    """communes.yaml: `districts`, by district and code, and `ended`, the communes that were merged away."""
    return read("bac_giang", "communes.yaml")


def load(scene: Scene) -> None:
    """Offices, then the figures of 2019 and those that 2020 changes, then the titles, then the villages."""
    scene.make_bodies()
    scene.make_accounts()
    office = scene.actors["bacgiang.dieuphoi"]
    for as_of, rows in sorted(_figures(scene).items()):
        scene.record(office, set_code=scene.facts["set"], as_of=as_of, rows=rows)
    _titles(scene, office)
    _higher_titles(scene, office)
    _villages(scene, office)


def _figures(scene: Scene) -> dict[date, list[Conclusion]]:
    """By day: the end of 2019 for every commune, later days for those alone that the plan moves."""
    days, certain = scene.facts["days"], scene.facts["certain_districts"]
    ended, merged = day(days["year_2019"]), day(days["merged"])
    found: dict[date, list[Conclusion]] = defaultdict(list)
    for district, rows in communes()["districts"].items():
        for code, (_name, before, after, year) in rows.items():
            stands = code not in _fresh(scene)
            first = ended if stands else merged
            unit_id = scene.unit(code, merged)
            found[first] += _conclusions(scene, unit_id, before, district not in certain)
            if after != before:
                reached = _recognised_by(scene, code) if year == 2020 else day(days["year_2020"])
                found[reached] += _conclusions(scene, unit_id, after, True)
    for code, (_name, before) in communes()["ended"].items():
        found[ended] += _conclusions(scene, scene.unit(code, ended), before, True)
    return found


def _fresh(scene: Scene) -> frozenset[str]:
    """Codes that on 2020-01-01 mean a commune formed on that day."""
    return frozenset(scene.facts["formed_by_merger"])


def _conclusions(scene: Scene, unit_id: int, met: int, assumed: bool) -> list[Conclusion]:
    order = scene.facts["order"]
    return [(unit_id, f"TC{no}", place < met, assumed, TABLE) for place, no in enumerate(order)]


def _recognised_by(scene: Scene, code: str) -> date:
    five = scene.facts["tan_yen"]
    return day(five["by"] if code in five["still_to_recognise"] else scene.facts["days"]["recognised_2020"])


def _titles(scene: Scene, office: Actor) -> None:
    """101 by 2019, 23 more in 2020. Which communes of a district hold it is known of some districts only."""
    facts = scene.facts
    certain = set(facts["certain_titles"])
    for district, rows in communes()["districts"].items():
        known = district in facts["certain_districts"] or district == facts["tan_yen"]["district"]
        for code, (_name, _before, _after, year) in rows.items():
            if year is None:
                continue
            on = day(facts["days"]["year_2019"]) if year == 2019 else _recognised_by(scene, code)
            sure = year == 2019 and (known or code in certain)
            scene.grant(
                office, scene.unit(code), "ntm", year=year, on=on, place=TABLE, set_code=facts["set"], assumed=not sure
            )


def _higher_titles(scene: Scene, office: Actor) -> None:
    for one in scene.facts["higher_titles"]:
        for kind in one["kinds"]:
            on = day(scene.facts["days"]["recognised_2020"])
            scene.grant(
                office, scene.unit(one["code"]), kind, year=2020, on=on, place="Biểu 03", set_code=None, assumed=True
            )
    for one in scene.facts["districts_recognised"]:
        scene.grant(
            office,
            scene.unit(one["code"]),
            "ntm",
            year=one["year"],
            on=day(one["day"]),
            place="dòng 19",
            set_code=None,
            assumed=one["assumed"],
        )


def _villages(scene: Scene, office: Actor) -> None:
    """Biểu 04: the villages stand from the plan's day, which alone proves them; their title is planned for 2020."""
    facts = scene.facts
    rows = [
        VillageRow("Biểu 04", place, one["commune"], "Thôn", one["name"], scene.on)
        for place, one in enumerate(facts["villages"], start=1)
    ]
    done = units.import_villages(office, rows, within=scene.unit(facts["province"]), today=scene.on)
    if done.errors:
        raise UnitError("; ".join(str(error) for error in done.errors))
    on = day(facts["days"]["recognised_2020"])
    for unit_id in done.created:
        scene.grant(
            office, unit_id, "kieu_mau", year=2020, on=on, place="Biểu 04", set_code=facts["village_set"], assumed=True
        )
