"""Một tỉnh có tiền để đo: 200 communes, their works, sources, allocations, vouchers, debts; written straight in bulk.

The province does not exist and its figures mean nothing; they obey the rules that the services would hold them to.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from benchmarks import settings
from ntm.domain.official.text import fold, tone_key
from ntm.records.audit import services as audit
from ntm.records.funding.models import (
    AcceptedVolume,
    AllocationDecision,
    AllocationEntry,
    Contribution,
    DebtPlan,
    Disbursement,
    Mobilisation,
    Need,
    StatedTotal,
    Works,
    WorksFund,
    WorksNote,
)
from ntm.records.people.authority import Actor, actor_of
from ntm.records.people.models import Holding, Office, User
from ntm.records.standing import bulk_rows, registry
from ntm.records.standing.models import RegisteredSet
from ntm.records.units import statistics
from ntm.records.units.models import Position, Unit, UnitCode, UnitName, UnitParent

__all__ = ["INVESTMENT", "ON", "RECURRENT", "YEAR", "MoneyWorld", "Work", "make"]

YEAR, ON, FIRST = 2024, date(2024, 10, 31), date(2024, 1, 2)
TRIEU = 10**6
CODE = "98"
INVESTMENT = ("central.investment", "province", "land")
RECURRENT = ("central.recurrent", "commune")
_CRITERIA = (2, 3, 4, 5, 6, 7, 17)
_SINCE = date(2000, 1, 1).isoformat()
_MARGIN = 100 * TRIEU  # of every works, left for the vouchers that are imported


@dataclass(slots=True)
class Work:
    """Công trình sinh ra: with what it was given and what was accepted and paid."""

    pk: int
    unit: int
    code: str
    criterion: int
    cost: int
    given: dict[str, int] = field(default_factory=dict)
    accepted: list[tuple[str, int]] = field(default_factory=list)
    paid: list[tuple[str, str, int]] = field(default_factory=list)  # day, source, amount


@dataclass
class MoneyWorld:
    """Tỉnh của lần đo."""

    actor: Actor
    province: int
    communes: list[int]
    codes: dict[int, str]
    villages: list[int]
    works: list[Work] = field(default_factory=list)
    vouchers: int = 0


def make() -> MoneyWorld:
    """The province with all its money; `benchmarks.money` imports more vouchers into it."""
    if not RegisteredSet.objects.exists():
        registry.register_shipped()
    world = _places()
    draw = random.Random(20)
    signed = {"recorded_by_id": world.actor.user_id, "office": "đo", "note": ""}
    names, tail = ("recorded_by_id", "office", "recorded_at", "note"), (*_signature(signed),)
    _works(world, draw, names, tail)
    _draw_money(world, draw)
    _allocations(world, names, tail)
    _volumes_and_vouchers(world, names, tail)
    _needs_and_hopes(world, draw, names, tail)
    _gifts(world, draw, names, tail)
    statistics.count_again()
    stamp, what = world.actor.stamp(), {"scenario": "đo"}
    audit.record(actor=stamp, verb="demo.load", subject="đo", unit_id=world.province, on=ON, detail=what)
    return world


def _signature(signed: dict[str, Any]) -> tuple[Any, ...]:
    return signed["recorded_by_id"], signed["office"], timezone.now().isoformat(sep=" "), signed["note"]


def _places() -> MoneyWorld:
    count = settings.MONEY_COMMUNES
    province = _unit("tinh", "tỉnh", "Đo Tiền", CODE)
    Position.objects.create(unit_id=province, level="tinh", province_id=province, start=_SINCE)
    bulk_rows.insert(Unit, ("level", "start"), (("xa", _SINCE) for _ in range(count)))
    communes = sorted(Unit.objects.filter(level="xa").order_by("-pk").values_list("pk", flat=True)[:count])
    bulk_rows.insert(Unit, ("level", "start"), (("thon", _SINCE) for _ in range(2 * count)))
    villages = sorted(Unit.objects.filter(level="thon").order_by("-pk").values_list("pk", flat=True)[: 2 * count])
    codes = {unit: f"98{place:03d}" for place, unit in enumerate(communes)}
    called = [(unit, "xã", f"Xã đo {place}") for place, unit in enumerate(communes)]
    called += [(unit, "thôn", f"Thôn đo {place}") for place, unit in enumerate(villages)]
    words = ((unit, kind, name, fold(name), tone_key(name), _SINCE) for unit, kind, name in called)
    bulk_rows.insert(UnitName, ("unit_id", "kind", "name", "key", "sound", "start"), words)
    bulk_rows.insert(UnitCode, ("unit_id", "code", "start"), ((unit, code, _SINCE) for unit, code in codes.items()))
    home = {village: communes[place // 2] for place, village in enumerate(villages)}
    above = [*((one, province) for one in communes), *home.items()]
    bulk_rows.insert(UnitParent, ("unit_id", "parent_id", "start"), ((*one, _SINCE) for one in above))
    places = [(one, "xa", province, province, one, _SINCE) for one in communes]
    places += [(one, "thon", commune, province, commune, _SINCE) for one, commune in home.items()]
    bulk_rows.insert(Position, ("unit_id", "level", "parent_id", "province_id", "commune_id", "start"), places)
    user = User.objects.create(username="do.tien", full_name="Người đo tiền")
    office = Office.objects.create(role="coordination_office", unit_id=province, title="Văn phòng Điều phối tỉnh (đo)")
    holding = Holding.objects.create(user=user, office=office, start=date(2015, 1, 1))
    return MoneyWorld(actor_of(holding), province, communes, codes, villages)


def _unit(level: str, kind: str, name: str, code: str) -> int:
    unit = Unit.objects.create(level=level, start=_SINCE)
    UnitName.objects.create(unit=unit, kind=kind, name=name, key=fold(name), sound=tone_key(name), start=_SINCE)
    UnitCode.objects.create(unit=unit, code=code, start=_SINCE)
    return unit.pk


def _works(world: MoneyWorld, draw: random.Random, names: tuple[str, ...], tail: tuple[Any, ...]) -> None:
    """Works spread over the communes, with their structure of capital and three notes of progress each."""
    each = settings.MONEY_WORKS // len(world.communes)
    columns = (
        "code", "name", "unit_id", "set_code", "criterion_no", "indicator_code", "decision", "decision_on",
        "in_public_plan", "execution", "contractor", "total_cost", "start_planned", "end_planned", "state", "percent",
        "latitude", "longitude", "keeper", "debt_reason", "on", "key", *names,
    )  # fmt: skip
    day = FIRST.isoformat()
    rows = []
    for place, unit in enumerate(world.communes):
        for number in range(each):
            criterion = _CRITERIA[number % len(_CRITERIA)]
            north, east = 21_000_000 + 5000 * (place // 15), 105_500_000 + 5000 * (place % 15)
            rows.append(
                (
                    f"CT-{number:03d}", f"Công trình đo {number} của xã {place}", unit, "", criterion, "",
                    "12/QĐ-UBND", day, True, "contracted", f"Công ty {place % 40}",
                    draw.randrange(500, 9000) * TRIEU, day, date(2024, 12, 20).isoformat(), "building", 60,
                    f"{(north + draw.randrange(4000)) / 10**6:.6f}", f"{(east + draw.randrange(4000)) / 10**6:.6f}",
                    "", "", day, f"ct-{number:03d} cong trinh do {number} cua xa {place}", *tail,
                )
            )  # fmt: skip
    bulk_rows.insert(Works, columns, rows)
    made = Works.objects.filter(unit_id__in=world.communes).order_by("pk")
    world.works = [Work(*row) for row in made.values_list("pk", "unit_id", "code", "criterion_no", "total_cost")]
    funds = ("works_id", "source", "kind", "amount")
    split = ((one.pk, source, "investment", part) for one in world.works for source, part in _halves(one.cost))
    bulk_rows.insert(WorksFund, funds, split)
    steps = ((date(2024, 1, 20), 5), (date(2024, 5, 20), 35), (date(2024, 9, 20), 80))
    notes = (
        (one.pk, day.isoformat(), "building", percent, "ghi", *tail) for day, percent in steps for one in world.works
    )
    bulk_rows.insert(WorksNote, ("works_id", "on", "state", "percent", "text", *names), notes)


def _halves(cost: int) -> Iterator[tuple[str, int]]:
    yield "central.investment", cost * 6 // 10
    yield "province", cost - cost * 6 // 10


def _draw_money(world: MoneyWorld, draw: random.Random) -> None:
    """What each works was given, what was accepted and paid; one in five owes."""
    for one in world.works:
        one.given = {source: part * 7 // 10 + _MARGIN for source, part in _halves(one.cost - 4 * _MARGIN)}
        room = sum(one.given.values()) - 2 * _MARGIN
        months = sorted(draw.sample(range(1, 10), 2))
        one.accepted = [
            (date(2024, month, 15).isoformat(), room * part // 10) for month, part in zip(months, (4, 3), strict=True)
        ]
        owes = draw.random() < 0.2
        whole = sum(amount for _day, amount in one.accepted)
        for number, source in enumerate(("central.investment", "province") * 2):
            most = one.given[source] - _MARGIN
            amount = min(whole // (8 if owes else 4), most // 2)
            one.paid.append((date(2024, 2 + 2 * number, 20).isoformat(), source, amount))


def _allocations(world: MoneyWorld, names: tuple[str, ...], tail: tuple[Any, ...]) -> None:
    """Given to the province from above, from it to communes: detailed by works, and the rest undetailed."""
    columns = ("decision_id", "line", "unit_id", "year", "on", "placed_on", "amount", "works_id", "source", "kind",
               "criterion_no", *names)  # fmt: skip
    day, giver = FIRST.isoformat(), world.actor.user_id
    decisions = {
        source: AllocationDecision.objects.create(
            number=f"đo {source}", issued_on=FIRST, issuer="UBND tỉnh Đo Tiền", act="allocate",
            giver_id=world.province, recorded_by_id=giver, office="đo", recorded_at=timezone.now(),
        ).pk
        for source in (*INVESTMENT, *RECURRENT)
    }  # fmt: skip
    lines: list[tuple[int, int, int | None, str, str, int | None]] = [
        (one.unit, amount, one.pk, source, "investment", one.criterion)
        for one in world.works
        for source, amount in one.given.items()
    ]
    for unit in world.communes:
        lines += [(unit, 900 * TRIEU, None, source, "recurrent", 13) for source in RECURRENT]
        lines.append((unit, 400 * TRIEU, None, "land", "investment", None))
    rows, held = [], dict.fromkeys(decisions, 0)
    for number, (unit, amount, works, source, kind, criterion) in enumerate(lines, start=1):
        held[source] += amount
        common = (works, source, kind, criterion, *tail)
        rows.append((decisions[source], number, unit, YEAR, day, day, amount, *common))
        rows.append((decisions[source], number, world.province, YEAR, day, day, -amount, None, *common[1:]))
    for source, amount in held.items():
        kind = "recurrent" if source in RECURRENT else "investment"
        whole = amount + 10_000 * TRIEU
        rows.append((decisions[source], 0, world.province, YEAR, day, day, whole, None, source, kind, None, *tail))
    bulk_rows.insert(AllocationEntry, columns, rows)


def _volumes_and_vouchers(world: MoneyWorld, names: tuple[str, ...], tail: tuple[Any, ...]) -> None:
    entry = ("unit_id", "year", "on", "placed_on", "amount", "works_id")
    volumes = (
        (one.unit, YEAR, day, day, amount, one.pk, f"BB {one.code}", f"Công ty {one.unit % 40}", *tail)
        for one in world.works
        for day, amount in one.accepted
    )
    bulk_rows.insert(AcceptedVolume, (*entry, "record", "creditor", *names), volumes)
    vouchers = [
        (one.unit, YEAR, day, day, amount, one.pk, f"D{one.pk}-{number}", 1, source, "investment", "investment",
         one.criterion, "Công ty", False, "", *tail)
        for one in world.works
        for number, (day, source, amount) in enumerate(one.paid)
    ]  # fmt: skip
    more = ("number", "line", "source", "kind", "use", "criterion_no", "payee", "advance", "place")
    bulk_rows.insert(Disbursement, (*entry, *more, *names), vouchers)
    world.vouchers = len(vouchers)
    owing = [one for one in world.works if sum(a for _d, a in one.accepted) > sum(a for _d, _s, a in one.paid)]
    plans = ((one.pk, TRIEU, "province", date(2025, 6, 30).isoformat(), ON.isoformat(), *tail) for one in owing[::2])
    bulk_rows.insert(DebtPlan, ("works_id", "amount", "source", "due", "on", *names), plans)


def _needs_and_hopes(world: MoneyWorld, draw: random.Random, names: tuple[str, ...], tail: tuple[Any, ...]) -> None:
    day, entry = FIRST.isoformat(), ("unit_id", "year", "on", "placed_on", "amount", "criterion_no")
    needs = ((one.unit, YEAR, day, day, one.cost, one.criterion, "", "nhu cầu", one.pk, *tail) for one in world.works)
    bulk_rows.insert(Need, (*entry, "set_code", "text", "works_id", *names), needs)
    hopes = (
        (unit, YEAR, day, day, draw.randrange(1, 90) * 100 * TRIEU, None, source, kind, "", condition, *tail)
        for unit in world.communes
        for source, kind, condition in (
            *((source, "investment", "") for source in INVESTMENT),
            *((source, "recurrent", "") for source in RECURRENT),
            ("province", "investment", "khi xã đạt chuẩn"),
            ("enterprise", "own", ""),
            ("people", "own", ""),
        )
    )
    bulk_rows.insert(Mobilisation, (*entry, "source", "kind", "text", "condition", *names), hopes)
    for what in ("need", "mobilised", "debt"):
        StatedTotal.objects.create(
            unit_id=world.province, year=YEAR, what=what, amount=10**13, place="kế hoạch (đo)", on=FIRST,
            recorded_by_id=world.actor.user_id, office="đo", recorded_at=timezone.now(),
        )  # fmt: skip


def _gifts(world: MoneyWorld, draw: random.Random, names: tuple[str, ...], tail: tuple[Any, ...]) -> None:
    entry = ("unit_id", "year", "on", "placed_on", "amount", "criterion_no")
    rows = (
        (village, YEAR, (FIRST + timedelta(days=7 * number)).isoformat(), (FIRST + timedelta(days=7 * number)).isoformat(),
         (amount := draw.randrange(100, 5000) * 1000), 2, "cash", f"Hộ {number}", True, amount, "đồng",
         f"P{number}", "", *tail)
        for village in world.villages
        for number in range(25)
    )  # fmt: skip
    more = ("form", "contributor", "consent", "quantity", "measure", "receipt", "meeting")
    bulk_rows.insert(Contribution, (*entry, *more, *names), rows)
