"""Những gì người dùng chọn: set, rule, indicators and weights, from the address of the preview or from the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ntm.domain.official.numbers import parse_number
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.queries.carrying import Rule, Weights
from ntm.records.units.queries import UnitLabel

__all__ = ["NAMED", "RULES", "Asked", "WeightField", "read"]

RULES = {
    "lay-nguyen": (Rule.WHOLE, _("Một đơn vị cũ: lấy nguyên số liệu của nó")),
    "deu-dat": (Rule.ALL_MEET, _("Chỉ mang những gì mọi đơn vị cũ đều đạt")),
    "cong": (Rule.SUM, _("Cộng số đếm của các đơn vị cũ")),
    "binh-quan": (Rule.WEIGHTED, _("Bình quân theo trọng số")),
}
NAMED = (Rule.SUM, Rule.WEIGHTED)  # for these the office ticks each indicator
_WEIGHT = "trong-so-"


@dataclass(frozen=True)
class WeightField:
    """Ô trọng số của một đơn vị cũ."""

    unit: UnitLabel
    name: str
    typed: str
    error: str = ""


@dataclass(frozen=True)
class Asked:
    """Lựa chọn đã đọc."""

    row: RegisteredSet
    key: str  # of the rule, in the address
    codes: tuple[str, ...]
    of: str
    fields: tuple[WeightField, ...]
    weights: Weights | None = field(default=None)

    @property
    def rule(self) -> Rule:
        return RULES[self.key][0]

    @property
    def named(self) -> bool:
        return self.rule in NAMED


def read(given: QueryDict, sets: Sequence[RegisteredSet], former: Sequence[UnitLabel]) -> Asked:
    """What is chosen; what is absent takes its usual value: the rule follows the number of former units."""
    row = next((one for one in sets if one.code == given.get("bo")), sets[0])
    usual = "lay-nguyen" if len(former) == 1 else "deu-dat"
    key = given.get("quy-tac", usual)
    fields, by_unit = [], {}
    for unit in former:
        name = f"{_WEIGHT}{unit.id}"
        typed, error = given.get(name, "").strip(), ""
        if typed:
            try:
                by_unit[unit.id] = Decimal(parse_number(typed))
            except ValueError as reason:
                error = str(reason)
        fields.append(WeightField(unit, name, typed, error))
    of = given.get("trong-so", "").strip()
    return Asked(
        row=row,
        key=key if key in RULES else usual,
        codes=tuple(given.getlist("chi-tieu")),
        of=of,
        fields=tuple(fields),
        weights=Weights(of, by_unit) if by_unit else None,
    )
