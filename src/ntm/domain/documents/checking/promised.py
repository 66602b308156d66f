"""Điều đã hứa trong bản đọc đã lưu: what a plan promises, taken from the JSON that `ntm read` prints and the archive keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ntm.domain.documents.reading.model import CriterionMention, CriterionTarget, Lines, NamedUnit, Target

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Promised:
    """Điều đã hứa. A commune's own plan names no commune: the reading's JSON has put its name there."""

    targets: tuple[Target, ...] = ()
    criterion_targets: tuple[CriterionTarget, ...] = ()
    criterion_mentions: tuple[CriterionMention, ...] = ()
    units: tuple[NamedUnit, ...] = ()
    set_code: str | None = None
    unit_count: int | None = None


def promised(content: Json) -> Promised:
    """Từ JSON của bản đọc; what is not there is not promised."""
    return Promised(
        targets=tuple(_target(one) for one in _rows(content, "targets")),
        criterion_targets=tuple(_criterion_target(one) for one in _rows(content, "criterion_targets")),
        units=tuple(_unit(one) for one in _rows(content, "units")),
        set_code=content.get("criteria_set"),
        unit_count=content.get("unit_count"),
    )


def own_name(content: Json) -> str | None:
    """Tên đơn vị của chính kế hoạch, as its head says it: the commune's of a commune plan."""
    head = content.get("document") or {}
    of_level = {"thôn": "village", "xã": "commune", "huyện": "district", "tỉnh": "province"}
    name = head.get(of_level.get(head.get("level") or "", ""))
    return str(name) if name else None


def _rows(content: Json, name: str) -> Iterable[Json]:
    return [one for one in content.get(name) or () if isinstance(one, Mapping)]


def _target(one: Json) -> Target:
    value = one.get("value")
    return Target(
        what=str(one.get("what") or ""),
        mode=one.get("mode") or "total",
        op=one.get("op"),
        value=Decimal(str(value)) if isinstance(value, int | float) else None,
        measure=one.get("measure"),
        units=_words(one, "units"),
        criteria=_numbers(one, "criteria"),
        baseline=bool(one.get("baseline")),
        threshold=bool(one.get("threshold")),
        lines=_numbers(one, "lines"),
    )


def _criterion_target(one: Json) -> CriterionTarget:
    return CriterionTarget(
        criterion=one.get("criterion"),
        name=one.get("name"),
        mode=one.get("mode") or "total",
        count=one.get("count"),
        of=one.get("of"),
        units=_words(one, "units"),
        all_units=bool(one.get("all_units")),
        derived=bool(one.get("derived")),
        lines=_numbers(one, "lines"),
    )


def _unit(one: Json) -> NamedUnit:
    return NamedUnit(
        name=str(one.get("name") or ""),
        level=one.get("level") or "xa",
        kind=one.get("kind"),
        code=one.get("code"),
        within=one.get("within"),
        lines=_numbers(one, "lines"),
    )


def _words(one: Json, name: str) -> tuple[str, ...]:
    return tuple(str(word) for word in one.get(name) or ())


def _numbers(one: Json, name: str) -> Lines:
    return tuple(no for no in one.get(name) or () if isinstance(no, int))
