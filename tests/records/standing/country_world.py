"""Thế giới ngẫu nhiên: thirty communes with figures of every kind, stage and state, moved, re-regioned and recognised."""

from __future__ import annotations

import json
from datetime import date, timedelta
from random import Random
from typing import Any

from ntm.domain.criteria.model import CriteriaSet, Indicator
from ntm.records.people.models import User
from ntm.records.standing import registry
from ntm.records.standing.facts import condition_codes
from ntm.records.standing.models import Observation, RegisteredSet, TitleHeld
from ntm.records.standing.models.observations import FactKind, Stage, State
from ntm.records.units.models import Position, Unit, UnitStatus

COMMUNES = 30
REGIONS = ("dbsh", "tdmn_phia_bac", "dbscl")
_REFERENCE = {"instrument": "1/QĐ-UBND"}
_CHECK = {"verified": False, "source": "thế giới thử"}


def _indicator(code: str, kind: str, *levels: dict[str, Any], **more: Any) -> dict[str, Any]:
    entry: dict[str, Any] = {"code": code, "text": f"chỉ tiêu {code}", "kind": kind}
    entry |= {"reference": _REFERENCE, "check": _CHECK}
    if kind in ("number", "percent", "points"):
        entry |= {"comparator": ">=", "measure": "%"}
    if levels:
        entry["levels"] = [{"regions": ["chung"], "reference": _REFERENCE, "check": _CHECK, **one} for one in levels]
    return entry | more


def every_kind() -> str:
    """A set of the tests' own with every way of judging that a drawing by columns knows, and law that changes."""
    criteria = [
        [
            _indicator("1.1", "number", {"value": 60, "to": "2024-01-01"}, {"value": 64, "from": "2024-01-01"}),
            _indicator("1.2", "percent", {"value": 5}, {"value": 8, "regions": ["dbscl"]}, comparator="<"),
        ],
        [
            _indicator(
                "2",
                "all_of",
                parts=[
                    _indicator("2.a", "percent", {"value": 50}),
                    _indicator("2.b", "yes_no", {"value": "Đạt"}, **{"from": "2023-09-01"}),
                ],
            )
        ],
        [
            _indicator(
                "3",
                "any_of",
                parts=[_indicator("3.a", "number", {"value": 3}), _indicator("3.b", "yes_no", {"value": "Đạt"})],
            ),
            _indicator("3.2", "qualitative", {"value": "Khá"}, to="2024-06-01"),
        ],
        [_indicator(f"4.{at}", "percent", {"value": 40}, max_points=10) for at in (1, 2, 3)],
        [_indicator("5", "points", {"value": 10}, max_points=20)],
        [],
    ]
    rules = ("all", "all", "any", "at_least:2", "all", "all")
    condition = {"text": "điều kiện", "reference": _REFERENCE, "check": _CHECK}
    whole = {
        "code": "xa-moi-kieu-thu",
        "name": "Bộ thử mọi kiểu",
        "level": "xa",
        "title": {"name": "Danh hiệu thử", "kind": "kieu_mau"},
        "decision": {"reference": _REFERENCE, "issuer": "UBND", "date": "2023-01-01", "check": _CHECK},
        "force": {"start": {"day": "2023-03-01", "basis": "stated"}, "end": {"day": "2025-02-01", "basis": "stated"}},
        "regions": [{"code": code, "name": code} for code in REGIONS],
        "special_rules": [
            {
                "statuses": ["dac_biet_kho_khan"],
                "region": "dbscl",
                "text": "x",
                "reference": _REFERENCE,
                "check": _CHECK,
            }
        ],
        "title_rule": {
            "criteria": "at_least:3",
            "conditions": [
                {"code": "satisfaction", "kind": "percent", "comparator": ">=", "value": 80, **condition},
                {"code": "no_debt", "kind": "yes_no", **condition},
                {"code": "before", "kind": "yes_no", "held_title": "xa-ntm-nang-cao-2021-2025", **condition},
            ],
        },
        "scoring": {"total": 100, "required": 25, "reference": _REFERENCE, "check": _CHECK},
        "criteria": [
            {"number": no, "name": f"tiêu chí {no}", "rule": rule, "check": _CHECK, "indicators": indicators}
            for no, (rule, indicators) in enumerate(zip(rules, criteria, strict=True), 1)
        ],
    }
    for one in whole["criteria"]:
        if not one["indicators"]:
            del one["indicators"]
            one["note"] = "chỉ tiêu của tiêu chí này: dữ liệu chưa có"
    return json.dumps(whole, ensure_ascii=False)


def registered(code: str) -> RegisteredSet:
    """The tests' own set, or a shipped one by its code."""
    registry.register_shipped()
    if code != "xa-moi-kieu-thu":
        return registry.by_code(code)
    from ntm.domain.criteria import load_text

    text = every_kind()
    user = User.objects.create(username="nap", full_name="Người nạp")
    return registry.add_uploaded(load_text(text, code), text, user.pk)


class CountryWorld:
    """Thế giới của một hạt giống. `days` is small so that several things often fall on the same day."""

    def __init__(self, seed: int, row: RegisteredSet) -> None:
        self.random, self.row = Random(seed), row
        self.criteria_set = registry.content(row)
        start = self.criteria_set.start or date(2023, 1, 1)
        self.days = [start + timedelta(days=37 * step) for step in range(-3, 30)]
        self.user = User.objects.create(username=f"nguoi.thu.{seed}", full_name="Người thử")
        self.communes = self._communes()
        self._titles()

    def _communes(self) -> list[int]:
        provinces = [Unit.objects.create(level="tinh", start=date(2000, 1, 1)).pk for _ in range(2)]
        for province, region in zip(provinces, REGIONS, strict=False):
            UnitStatus.objects.create(unit_id=province, kind="region", value=region, start=date(2000, 1, 1))
        return [self._commune(provinces) for _ in range(COMMUNES)]

    def _commune(self, provinces: list[int]) -> int:
        unit = Unit.objects.create(level="xa", start=date(2000, 1, 1)).pk
        begun, home = date(2000, 1, 1), self.random.choice(provinces)
        if self.random.random() < 0.4:
            moved = self.random.choice(self.days)
            Position.objects.create(
                unit_id=unit, level="xa", parent_id=home, province_id=home, commune_id=unit, start=begun, end=moved
            )
            begun, home = moved, self.random.choice(provinces)
        Position.objects.create(
            unit_id=unit, level="xa", parent_id=home, province_id=home, commune_id=unit, start=begun
        )
        for kind, value in (("dac_biet_kho_khan", "yes"), ("region", self.random.choice(REGIONS)), ("group", "nhom_1")):
            if self.random.random() < 0.25:
                first, last = sorted(self.random.sample(self.days, 2))
                end = last if self.random.random() < 0.6 else None
                UnitStatus.objects.create(unit_id=unit, kind=kind, value=value, start=first, end=end)
        return unit

    def _titles(self) -> None:
        sets = [registry.by_code("xa-ntm-nang-cao-2021-2025"), registry.by_code("xa-ntm-nang-cao-hai-duong-2021-2025")]
        for unit in self.random.sample(self.communes, COMMUNES // 2):
            first, last = sorted(self.random.sample(self.days, 2))
            TitleHeld.objects.create(
                unit_id=unit,
                level="xa",
                title_kind="nang_cao",
                set=self.random.choice(sets),
                year=first.year,
                start=first,
                end=self.random.choice([None, last, first]),
                recorded_by=self.user,
                office="thử",
                recorded_at="2026-01-01T00:00:00+00:00",
            )

    def observe(self, number: int) -> None:
        """Figures of every kind; of one unit, code, day and stage at most one that lives."""
        codes = _codes(self.criteria_set)
        taken = set(
            Observation.objects.filter(
                set=self.row, state__in=(State.SENT, State.ACCEPTED, State.RETURNED)
            ).values_list("unit_id", "code", "as_of", "stage")
        )
        for _ in range(number):
            key = (
                self.random.choice(self.communes),
                self.random.choice(codes),
                self.random.choice(self.days),
                self.random.choice(list(Stage)),
            )
            state = self.random.choice([State.SENT, State.ACCEPTED, State.ACCEPTED, State.RETURNED, State.SUPERSEDED])
            if state != State.SUPERSEDED and key in taken:
                state = State.SUPERSEDED
            taken.add(key)
            self._observation(*key, state)

    def _observation(self, unit: int, code: str, day: date, stage: Stage, state: State) -> None:
        kind = self.random.choice([*FactKind, FactKind.FIGURE, FactKind.FIGURE, FactKind.YES])
        figure = self.random.choice([0, 1, 5, 10, 40, 50, 60, 64, 80, 100]) * 10**6
        figure += self.random.choice([0, 0, 0, -1, 500_000])
        Observation.objects.create(
            unit_id=unit,
            set=self.row,
            code=code,
            as_of=day,
            stage=stage,
            state=state,
            kind=kind,
            scaled=figure if kind == FactKind.FIGURE else None,
            typed="thử",
            assumed=self.random.random() < 0.15,
            recorded_by=self.user,
            office="thử",
            recorded_at="2026-01-01T00:00:00+00:00",
        )

    def stretch_one_figure(self) -> None:
        """One living figure becomes a million million."""
        living = Observation.objects.filter(set=self.row, state__in=(State.SENT, State.ACCEPTED), kind=FactKind.FIGURE)
        Observation.objects.filter(pk=living.order_by("pk")[0].pk).update(scaled=10**18)

    def withdraw(self, number: int) -> None:
        """Some living figures are returned or superseded."""
        living = list(Observation.objects.filter(set=self.row, state__in=(State.SENT, State.ACCEPTED)).order_by("pk"))
        for one in self.random.sample(living, number):
            Observation.objects.filter(pk=one.pk).update(state=self.random.choice([State.RETURNED, State.SUPERSEDED]))


def _codes(criteria_set: CriteriaSet) -> list[str]:
    """A handful of the set's codes, with parts, conclusions, conditions, and one that the set does not know."""
    codes: list[str] = []
    stack: list[Indicator] = [one for _, one in criteria_set.indicators()][:14]
    while stack:
        codes.append((one := stack.pop()).code)
        stack.extend(one.parts)
    codes += [f"TC{criterion.no}" for criterion in criteria_set.criteria[:5]]
    return [*codes, *sorted(condition_codes(criteria_set)), "points", "khac"]
