"""Vừa thay đổi trong địa bàn: the log as the offices of an area may read it, alike deeds told once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from ntm.records.audit import queries as audit
from ntm.records.audit import verbs
from ntm.records.people.authority import Actor, reach
from ntm.records.standing.models import RegisteredSet
from ntm.records.units import queries as units

__all__ = ["Happening", "happenings"]

# What was sent, decided or opened. Drafts and their files are their office's own and do not stand here.
_OPEN_TO_THE_AREA = (
    "observation.send",
    "observation.verify",
    "observation.return",
    "observation.appraise",
    "observation.carry",
    "observation.import",
    "campaign.open",
    "campaign.extend",
    "campaign.close",
    "gap.record",
    "gap.close",
    "title.decide",
    "title.revoke",
    "criteria.import",
    "criteria.check",
    "unit.merge",
    "unit.split",
    "unit.rename",
    "unit.transfer",
    "unit.abolish",
    "unit.change",
    "unit.village_create",
    "unit.village_import",
)
_OF_MANY_UNITS = ("title.decide", "title.revoke")
_NAMED = 3  # of the units of one decision
_READ = 300  # entries looked at


@dataclass(frozen=True, slots=True)
class Happening:
    """Một việc đã xảy ra: in a sentence, where, by whom, how many alike."""

    at: datetime
    sentence: str
    place: str
    unit_id: int | None
    who: str
    office: str
    count: int


def happenings(actor: Actor, on: date, *, most: int = 12) -> list[Happening]:
    """Những việc mới nhất trong địa bàn mà chức danh này được xem; alike ones of one office, unit and day are one, and one
    decision on the titles of many units is one."""
    area = reach(actor, "audit.read", on=on)
    if not area.everywhere and not area.unit_ids:
        return []
    rows = audit.entries(audit.Filter(unit_ids=None if area.everywhere else area.unit_ids))
    names = dict(RegisteredSet.objects.filter(current=True).values_list("code", "name"))
    gathered: dict[tuple[object, ...], list[audit.Line]] = {}
    for entry in rows.filter(verb__in=_OPEN_TO_THE_AREA)[:_READ]:
        if entry.detail.get("set") in names:
            entry.detail = {**entry.detail, "set": names[entry.detail["set"]].removeprefix("Bộ tiêu chí ")}
        line = audit.line(entry)
        where = line.sentence if line.verb in _OF_MANY_UNITS else line.unit_id
        key = (line.verb, where, line.office, timezone.localtime(line.at).date())
        if key not in gathered and len(gathered) >= most:
            continue
        gathered.setdefault(key, []).append(line)
    named = {line.unit_id for lines in gathered.values() for line in lines[:_NAMED] if line.unit_id}
    labels = units.labels(named, on)
    return [_told(lines, labels) for lines in gathered.values()]


def _told(lines: list[audit.Line], labels: dict[int, units.UnitLabel]) -> Happening:
    first = lines[0]
    sentence = first.sentence
    if first.verb in _OF_MANY_UNITS:
        return Happening(first.at, sentence, _places(lines, labels), None, first.name, first.office, len(lines))
    if len(lines) > 1:
        codes = list(dict.fromkeys(code for line in reversed(lines) for code in _codes(line.detail)))
        said = f": chỉ tiêu {', '.join(codes[:8])}{'…' if len(codes) > 8 else ''}" if codes else ""
        sentence = f"{verbs.label(first.verb)} {len(lines)} lần{said}{'' if said.endswith('…') else '.'}"
    place = labels[first.unit_id].title if first.unit_id in labels else ""
    return Happening(first.at, sentence, place, first.unit_id, first.name, first.office, len(lines))


def _places(lines: list[audit.Line], labels: dict[int, units.UnitLabel]) -> str:
    """Nơi: the first few by name, the others by their number."""
    ids = list(dict.fromkeys(line.unit_id for line in lines if line.unit_id))
    names = [labels[one].title for one in ids[:_NAMED] if one in labels]
    others = f" và {len(ids) - len(names)} nơi khác" if names and len(ids) > len(names) else ""
    return ", ".join(names) + others


def _codes(detail: dict[str, Any]) -> list[str]:
    """Chỉ tiêu mà một dòng nhật ký nói đến."""
    one = detail.get("indicator")
    return [str(one)] if one else [str(code) for code in detail.get("codes") or ()]
