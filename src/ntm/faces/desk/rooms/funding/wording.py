"""Cách gọi nguồn vốn, loại vốn, tiêu chí in lists and choices of the room."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext

from ntm.domain import funds
from ntm.domain.funds import FundKind
from ntm.faces.desk.rooms.funding.place import Place
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.choosing import province_code
from ntm.records.standing import registry
from ntm.records.standing.queries import sets
from ntm.records.units.queries import UnitLabel

__all__ = [
    "Grouped",
    "criterion_choices",
    "criterion_words",
    "fund_choices",
    "indicator_choices",
    "kind_words",
    "own_words",
    "served_by",
    "split_fund",
]

Choices = list[tuple[str, str]]
Grouped = list[tuple[str, str | Choices]]


def own_words(place: Place) -> str:
    """ "Riêng xã Thạch Lỗi": the part that is of no lower unit."""
    return gettext("Riêng %(place)s") % {"place": place.label.title if place.label else place.title}


def kind_words(kind: str) -> str:
    """ "vốn sự nghiệp"."""
    return FundKind(kind).label


def fund_choices(year: int, *, planned: bool = False, own: bool = True) -> Grouped:
    """Nguồn và loại vốn của năm, as one choice "source|kind"."""
    found: Grouped = [("", "—")]
    for source in funds.catalogue().of_year(year):
        kinds = [
            kind
            for kind in source.kinds
            if (planned or kind is not FundKind.UNDIVIDED) and (own or kind is not FundKind.OWN)
        ]
        for kind in kinds:
            name = source.name if len(source.kinds) == 1 else f"{source.name}, {kind.label}"
            found.append((f"{source.code}|{kind.value}", name))
    return found


def split_fund(value: str) -> tuple[str, str]:
    """ "province|recurrent" -> its source and kind."""
    source, _bar, kind = value.partition("|")
    return source, kind


def criterion_words(label: UnitLabel | None, on: date) -> dict[int | None, str]:
    """Số tiêu chí -> "2 Giao thông", by the communes' set of that day; a set's names differ little from another's."""
    level = "thon" if label and label.level == "thon" else "xa"
    rows = sets.in_force(level, on, province_code(label) if label else None) or sets.in_force("xa", on)
    found: dict[int | None, str] = {no: gettext("Tiêu chí %(no)s") % {"no": no} for no in range(1, 30)}
    if rows:
        found |= {one.no: f"{one.no} {one.name}" for one in registry.content(rows[0]).criteria}
    return found


def criterion_choices(label: UnitLabel, on: date) -> Grouped:
    """Tiêu chí của các bộ đang áp dụng, as "set|no"."""
    found: Grouped = [("", gettext("không theo tiêu chí nào"))]
    for row in sets.in_force(label.level, on, province_code(label)):
        listed = [(f"{row.code}|{one.no}", f"{one.no} {one.name}") for one in registry.content(row).criteria]
        if listed:
            found.append((words.set_name(row), listed))
    return found


def indicator_choices(label: UnitLabel, on: date) -> Grouped:
    """Chỉ tiêu của các bộ đang áp dụng, by criterion, as "set|no|code"."""
    found: Grouped = [("", gettext("không ghi chỉ tiêu"))]
    for row in sets.in_force(label.level, on, province_code(label)):
        for one in registry.content(row).criteria:
            listed = [
                (f"{row.code}|{one.no}|{indicator.code}", f"{indicator.code} {indicator.text[:90]}")
                for indicator in one.indicators
            ]
            if listed:
                found.append((f"{words.set_name(row)} · {one.no} {one.name}", listed))
    return found


def served_by(criterion: str, indicator: str) -> dict[str, Any]:
    """The chosen values of those two back as fields of a works; an indicator tells its criterion."""
    set_code, number = split_fund(criterion)
    code = ""
    if indicator:
        set_code, number, code = indicator.split("|")
    return {"set_code": set_code, "criterion_no": int(number) if number else None, "indicator_code": code}
