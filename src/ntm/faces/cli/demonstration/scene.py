"""Bối cảnh: the offices of one plan and the shorthand its loader needs. Everything below goes through the services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ntm.domain.assessment.model import Fact
from ntm.faces.cli.demonstration.facts import day, shared
from ntm.records.people import services as people
from ntm.records.people.authority import Actor, actor_of
from ntm.records.people.models import Body, Holding, Role
from ntm.records.standing import services as standing
from ntm.records.standing.models.observations import Stage
from ntm.records.standing.services import importing, titles
from ntm.records.units import queries as units

__all__ = ["NotReady", "Scene"]


class NotReady(RuntimeError):
    """Chưa nạp được: one Vietnamese sentence."""


@dataclass
class Scene:
    """Bối cảnh của một kế hoạch: its facts, the administrator, and the offices once they are made."""

    facts: Mapping[str, Any]
    admin: Actor
    on: date  # the day on which the plan's units are named
    actors: dict[str, Actor] = field(default_factory=dict)  # by user name; a second office as "name#2"
    bodies: dict[str, Body] = field(default_factory=dict)
    _units: dict[tuple[str, date], int] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The plan, as the records name it."""
        return str(self.facts["source"])

    def unit(self, code: str, on: date | None = None) -> int:
        """The unit of an official code on the plan's day."""
        key = (code, on or self.on)
        if key not in self._units:
            found = units.by_code(*key)
            if found is None:
                raise NotReady(f"ngày {key[1]:%d/%m/%Y} danh mục không có đơn vị mã {code}; chạy `ntm setup` trước.")
            self._units[key] = found.pk
        return self._units[key]

    def actor(self, username: str) -> Actor:
        """The first office of an account, made now or at an earlier load."""
        if username not in self.actors:
            held = (
                Holding.objects.select_related("user", "office").filter(user__username=username).order_by("pk").first()
            )
            if held is None:
                raise NotReady(f"chưa có tài khoản minh hoạ {username}.")
            self.actors[username] = actor_of(held)
        return self.actors[username]

    def make_bodies(self) -> None:
        """Cơ quan của kế hoạch, with the criteria and communes that the plan gives them."""
        start = day(self.facts["bodies_from"])
        for one in self.facts.get("bodies", ()):
            unit_id = self.unit(one["unit"])
            body = people.create_body(
                self.admin,
                unit_id=unit_id,
                kind=one["kind"],
                name=one["name"],
                abbreviation=one.get("short", ""),
                start=start,
                on=start,
            )
            self.bodies[one["name"]] = body
            decision = f"{self.source}, {one['place']}" if "place" in one else self.source
            for criterion in one.get("criteria", ()):
                people.assign_watch(
                    self.admin,
                    body=body,
                    unit_id=unit_id,
                    criterion=str(criterion),
                    start=start,
                    on=start,
                    decision=decision,
                )

    def make_accounts(self) -> None:
        """Tài khoản và chức danh."""
        start, password = day(shared()["from"]), shared()["password"]
        for one in self.facts["accounts"]:
            first = self._unit_of(one["offices"][0])
            user = people.create_user(
                self.admin,
                username=one["username"],
                full_name=one["full_name"],
                password=password,
                unit_id=first,
                on=start,
                demonstration=True,
            )
            for place, held in enumerate(one["offices"], start=1):
                office = people.create_office(
                    self.admin,
                    role=Role(held["role"]),
                    title=held["title"],
                    unit_id=self._unit_of(held),
                    body=self.bodies[held["body"]] if "body" in held else None,
                    criteria=held.get("criteria", ()),
                    on=start,
                )
                today = day(held.get("day", self.facts["day"]))
                office = people.set_demonstration_day(self.admin, office, today, on=start)
                holding = people.give_office(self.admin, user=user, office=office, start=start, on=start)
                key = one["username"] if place == 1 else f"{one['username']}#{place}"
                self.actors[key] = actor_of(Holding.objects.select_related("user", "office").get(pk=holding.pk))

    def _unit_of(self, office: Mapping[str, Any]) -> int | None:
        if "village" in office:
            return self.village(office["unit"], office["village"])
        return self.unit(office["unit"])

    def village(self, commune_code: str, name: str, on: date | None = None) -> int:
        """The village of that name in the commune, once it is made."""
        day_asked = on or self.on
        commune = self.unit(commune_code, day_asked)
        found = [one for one in units.children(commune, day_asked) if one.name == name]
        if not found:
            raise NotReady(f"chưa có thôn {name} trong xã mã {commune_code}.")
        return found[0].id

    def record(
        self,
        actor: Actor,
        *,
        set_code: str,
        as_of: date,
        rows: Iterable[tuple[int, str, Fact, bool, str]],
        stage: Stage = Stage.VERIFIED,
    ) -> int:
        """Số liệu của kế hoạch: unit, code, fact, is it assumed, where the plan states it. Returns how many were new."""
        words = {True: "Đạt", False: "Chưa đạt"}
        given = [
            importing.ImportRow(
                unit_id=unit_id,
                code=code,
                fact=fact,
                typed=words[fact] if isinstance(fact, bool) else str(fact),
                place=place,
                note="Giả định để khớp số tổng của kế hoạch" if assumed else f"Theo {self.source}, {place}",
                assumed=assumed,
            )
            for unit_id, code, fact, assumed, place in rows
        ]
        done = importing.import_rows(
            actor, set_code=set_code, as_of=as_of, rows=given, stage=stage, source="demo", file=self.source
        )
        return done.written

    def grant(
        self,
        actor: Actor,
        unit_id: int,
        kind: str,
        *,
        year: int,
        on: date,
        place: str,
        set_code: str | None,
        assumed: bool,
    ) -> None:
        """Danh hiệu mà kế hoạch nêu: the number of its decision is not in the plan, so it stays empty."""
        decision = titles.Decision(words="", on=on, place=f"{self.source}, {place}", assumed=assumed)
        standing.grant_title(actor, unit_id=unit_id, title_kind=kind, year=year, decision=decision, set_code=set_code)
