"""Cơ quan của nhiệm vụ: the body that a plan's words mean, for whom an office acts, and who works for a body."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from django.db.models import Q

from ntm.domain.official.abbreviations import expand
from ntm.domain.official.bodies import split_bodies
from ntm.domain.official.text import fold
from ntm.records.people.authority import Actor
from ntm.records.people.models import Body, BodyKind, Holding, Role
from ntm.records.people.queries import running
from ntm.records.planning.body_classes import LOWER, Every, carried, every, named
from ntm.records.planning.naming import UnitNames
from ntm.records.units import queries as units

__all__ = ["ACTING", "Directory", "Named", "Seat", "acts_for", "people_of", "people_seated", "seats", "seats_of"]

Seat = tuple[int, str]  # a unit, and the kind of body for which one sits there

# An office without a body of its own acts for these bodies of its unit.
ACTING: dict[str, tuple[BodyKind, ...]] = {
    Role.COMMUNE_OFFICER: (
        BodyKind.STEERING_COMMITTEE,
        BodyKind.MANAGEMENT_BOARD,
        BodyKind.COORDINATION_OFFICE,
        BodyKind.PEOPLES_COMMITTEE,
    ),
    Role.VILLAGE_BOARD: (BodyKind.VILLAGE_BOARD,),
    Role.COORDINATION_OFFICE: (BodyKind.STEERING_COMMITTEE, BodyKind.COORDINATION_OFFICE),
    Role.LEADER: (BodyKind.STEERING_COMMITTEE, BodyKind.PEOPLES_COMMITTEE),
}
# Of "UBND các xã" no body need be registered: who sits in the unit for a body of that kind has its part.
_SEATED: dict[str, tuple[BodyKind, ...]] = {
    **ACTING,
    Role.COORDINATION_OFFICE: (*ACTING[Role.COORDINATION_OFFICE], BodyKind.PEOPLES_COMMITTEE),
}
_LEVELS = "tinh|huyen|thi xa|xa|thi tran|phuong|thanh pho|quan|thon|dac khu"
_LEVEL = re.compile(rf"\b(?:{_LEVELS})\b")
_PROGRAMME = re.compile(
    r" (?:cac )?chuong trinh (?:muc tieu quoc gia)?(?: (?:ve )?xay dung)?(?: nong thon moi)?| (?:xay dung )?nong thon moi"
)
_MANY = re.compile(r"\b(?:cac|nhung|moi)\b")


@dataclass(frozen=True, slots=True)
class Named:
    """Cơ quan được nêu: the words as written, and the body where exactly one is meant, or one in every lower unit."""

    words: str
    body_id: int | None
    every: Every | None = None


class Directory:
    """Danh bạ cơ quan của một địa bàn on a day: of the unit, of those above and below it, and of the centre."""

    def __init__(
        self,
        bodies: Collection[Body],
        labels: dict[int, units.UnitLabel],
        order: tuple[int, ...],
        below: Collection[str] = (),
        on: date | None = None,
    ) -> None:
        self._order = order  # the unit itself, then those above it
        self._on, self._lower = on, dict[str, UnitNames]()  # names of lower units, read when they are asked for
        self._level, self._below = labels[order[0]].level, frozenset(below)  # and which levels lie below it
        self._bodies = tuple(bodies)
        self._labels = {unit: (fold(label.kind), fold(label.name)) for unit, label in labels.items()}
        self._names = {name for _kind, name in self._labels.values()}
        self._kinds = {kind for kind, _name in self._labels.values()}
        self._known: dict[str, list[Body]] = defaultdict(list)
        self._of_unit: dict[tuple[str, str], list[Body]] = defaultdict(list)
        for body in bodies:
            if body.unit_id is not None:
                self._of_unit[self._labels[body.unit_id]].append(body)
            for words in {body.name, body.abbreviation} - {""}:
                base, _kind, _name = self._parted(words)
                if body not in self._known[base]:
                    self._known[base].append(body)

    @classmethod
    def of(cls, unit_id: int, on: date) -> Self:
        """Lập danh bạ: the bodies that exist on that day; villages below are left out."""
        order = (unit_id, *units.ancestor_ids(unit_id, on))
        below = units.positions_within(unit_id, on).exclude(level="thon").values("unit_id")
        found = list(
            Body.objects.filter(running(on))
            .filter(Q(unit_id__in=order) | Q(unit_id__in=below) | Q(unit=None))
            .order_by("pk")
        )
        levels = set(units.positions_within(unit_id, on).values_list("level", flat=True).distinct().order_by("level"))
        return cls(found, units.labels({*order, *(one.unit_id for one in found if one.unit_id)}, on), order, levels, on)

    def names(self) -> tuple[str, ...]:
        """Tên để gợi ý: of the unit itself first, then of those above it, then of the others."""
        place = {unit: at for at, unit in enumerate(self._order)}
        rows = sorted(self._bodies, key=lambda one: (place.get(one.unit_id or 0, len(place)), one.name))
        return tuple(dict.fromkeys((*(one.name for one in rows), *self._classes())))

    def _classes(self) -> tuple[str, ...]:
        """The classes of bodies that can be told here: "BCĐ các xã"."""
        told = {
            "huyen": ("UBND các huyện", "BCĐ các huyện"),
            "xa": ("UBND các xã", "BCĐ các xã"),
            "thon": ("các thôn",),
        }
        return tuple(words for level in LOWER.get(self._level, ()) if level in self._below for words in told[level])

    def read(self, words: str) -> tuple[Named, ...]:
        """Đọc một ô ("Phòng NN&PTNT, VPĐP; BCĐ xã"): each body with its words; what is not known keeps its words."""
        pieces = [one.whole for one in split_bodies(words) if one.whole.strip()]
        return tuple(self._named(piece, after) for piece, after in zip(pieces, [*pieces[1:], ""], strict=False))

    def _named(self, words: str, after: str) -> Named:
        every_one = carried(words, after, self._level, self._below)
        body = None if every_one else self.find(words)
        if body is None and every_one is None:
            every_one = every(words, self._level, self._below) or self._one_below(words)
        return Named(words, body, every_one)

    def _one_below(self, words: str) -> Every | None:
        """ "UBND xã Văn An", where no such body is registered: the unit does its part all the same."""
        told = named(words, self._level, self._below)
        if told is None or self._on is None:
            return None
        meant, kind, name = told
        if meant.level not in self._lower:
            self._lower[meant.level] = UnitNames(self._order[0], meant.level, self._on)
        names = self._lower[meant.level]
        unit = names.find(name)
        if unit is None or unit == self._order[0] or fold(names.labels[unit].kind) != kind:
            return None
        return replace(meant, unit=unit)

    def find(self, words: str) -> int | None:
        """The one body that these words mean; None when there is none or more than one."""
        base, kind, name = self._parted(words)
        if _MANY.search(base):
            return None
        found = self._known.get(base, []) if base else self._committee(kind, name)
        if kind:
            found = [body for body in found if self._fits(body, kind, name)]
        for unit in self._order:
            if own := [body for body in found if body.unit_id == unit]:
                return own[0].pk if len(own) == 1 else None
        some_unit = bool(kind) and not name  # "UBND huyện" in a province's plan means every district's
        return found[0].pk if len(found) == 1 and not some_unit else None

    def _committee(self, kind: str, name: str) -> list[Body]:
        """A unit told instead of a body means its steering committee, or its people's committee."""
        here = self._of_unit.get((kind, name), [])
        for wanted in (BodyKind.STEERING_COMMITTEE, BodyKind.PEOPLES_COMMITTEE, BodyKind.VILLAGE_BOARD):
            if one := [body for body in here if body.kind == wanted]:
                return one
        return []

    def _fits(self, body: Body, kind: str, name: str) -> bool:
        if body.unit_id is None:
            return False
        of_kind, of_name = self._labels[body.unit_id]
        return of_kind == kind and name in ("", of_name)

    def _parted(self, words: str) -> tuple[str, str, str]:
        """ "Phòng Y tế huyện Văn Quan" -> "phong y te", "huyen", "van quan"."""
        key = " ".join(re.sub(r"[^a-z0-9]+", " ", fold(expand(words))).split())
        base, kind, name = key, "", ""
        for found in _LEVEL.finditer(key):
            rest = key[found.end() :].strip()
            if (
                found[0] in self._kinds
                and (not rest or rest in self._names)
                and not key[: found.start()].endswith("nong ")
            ):
                base, kind, name = key[: found.start()].strip(), found[0], rest
                break
        return " ".join(_PROGRAMME.sub("", base).split()) or ("" if kind and name else key), kind, name


def acts_for(actor: Actor, on: date) -> frozenset[int]:
    """Làm việc thay mặt cơ quan nào: the body of the office, else those of its unit that the role speaks for."""
    own = Holding.objects.filter(pk=actor.holding_id).values_list("office__body_id", flat=True).first()
    if own is not None and actor.role not in ACTING:
        return frozenset([own])
    kinds = ACTING.get(actor.role, ())
    found: set[int] = set()
    if kinds and actor.unit_id is not None:
        here = Body.objects.filter(running(on), unit_id=actor.unit_id, kind__in=kinds)
        found = set(here.values_list("pk", flat=True))
    return frozenset(found if own is None else found | {own})


def seats(actor: Actor, on: date) -> tuple[Seat, ...]:
    """Ngồi ở đâu: the unit and the kinds of bodies for which the actor does the part of a lower unit."""
    held = (
        Holding.objects.filter(pk=actor.holding_id).values_list("office__body__unit_id", "office__body__kind").first()
    )
    found = {(actor.unit_id, kind) for kind in _SEATED.get(actor.role, ())} | {held or (None, None)}
    return tuple(sorted((unit, str(kind)) for unit, kind in found if unit is not None and kind))


def seats_of(body_ids: Collection[int]) -> tuple[Seat, ...]:
    """The seats that registered bodies are."""
    rows = Body.objects.filter(pk__in=body_ids, unit__isnull=False).order_by("unit_id", "kind")
    return tuple((unit, kind) for unit, kind in rows.values_list("unit_id", "kind") if unit is not None)


def people_seated(wanted: Collection[Seat], on: date) -> dict[Seat, tuple[int, ...]]:
    """Người ngồi ở đó on the day: one query however many seats."""
    held = (
        Holding.objects.filter(running(on), user__is_active=True)
        .filter(Q(office__unit_id__in={unit for unit, _kind in wanted}))
        .order_by("user_id", "pk")
        .values_list("user_id", "office__role", "office__unit_id", "office__body__kind")
    )
    people: dict[Seat, set[int]] = defaultdict(set)
    for user_id, role, unit_id, own in held:
        for kind in {*_SEATED.get(role, ()), own} - {None}:
            people[unit_id, str(kind)].add(user_id)
    return {seat: tuple(sorted(people.get(seat, ()))) for seat in wanted}


def people_of(body_ids: Collection[int], on: date) -> dict[int, tuple[int, ...]]:
    """Người làm việc cho mỗi cơ quan on the day: two queries however many bodies."""
    bodies = list(Body.objects.filter(pk__in=body_ids).order_by("pk"))
    at = {body.unit_id for body in bodies if body.unit_id is not None}
    held = (
        Holding.objects.filter(running(on), user__is_active=True)
        .filter(Q(office__body_id__in=body_ids) | Q(office__unit_id__in=at, office__role__in=list(ACTING)))
        .order_by("user_id", "pk")
        .values_list("user_id", "office__role", "office__unit_id", "office__body_id")
    )
    people: dict[int, set[int]] = defaultdict(set)
    at_unit: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for user_id, role, unit_id, body_id in held:
        if body_id is not None:
            people[body_id].add(user_id)
        at_unit[unit_id].append((user_id, role))
    for body in bodies:
        for user_id, role in at_unit.get(body.unit_id or 0, ()):
            if body.kind in ACTING.get(role, ()):
                people[body.pk].add(user_id)
    return {body.pk: tuple(sorted(people[body.pk])) for body in bodies}
