"""Dự thảo bộ của tỉnh: what was read from a workbook or a decision, its errors and doubts, as YAML of the one form.

Nothing read counts as checked: every value starts "verified: false" with the place it was read from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from ntm.domain.criteria.errors import CriteriaError
from ntm.domain.criteria.form import JUDGED
from ntm.domain.criteria.loader import Bases, load_text
from ntm.domain.criteria.model import Comparator, CriteriaSet, Kind
from ntm.domain.official.text import fold

__all__ = ["About", "Draft", "DraftIndicator", "DraftLevel", "Problem", "build"]


@dataclass(frozen=True)
class Problem:
    """Chỗ sai hoặc cần xem lại: where ("trang tính Chỉ tiêu, ô I7"), and what to do."""

    place: str
    message: str


@dataclass(frozen=True)
class Draft:
    """Kết quả đọc: a set only when there are no errors; doubts are for a person to look at."""

    criteria_set: CriteriaSet | None
    yaml: str | None
    errors: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()


@dataclass
class About:
    """Phần đầu của bộ: what the workbook's first sheet or the decision's first page says."""

    code: str = "bo-cua-tinh"
    name: str = "Bộ tiêu chí của tỉnh"
    level: str = "xa"
    title: str = "Xã đạt chuẩn nông thôn mới"
    title_kind: str = "ntm"
    extends: str | None = None
    province: str | None = None
    instrument: str = "số chưa rõ"
    issuer: str = "chưa rõ"
    issued: date | None = None
    start: date | None = None
    end: date | None = None
    years: tuple[int, int] | None = None


@dataclass
class DraftLevel:
    """Mức đọc được: a number or words; of a commune group or of all."""

    value: Decimal | str
    place: str
    group: str | None = None
    start: date | None = None
    end: date | None = None
    locator: str | None = None
    note: str | None = None


@dataclass
class DraftIndicator:
    """Chỉ tiêu đọc được; what is None is left to the national set."""

    number: int
    code: str
    place: str
    criterion_name: str | None = None
    text: str | None = None
    kind: Kind | None = None
    comparator: Comparator | None = None
    measure: str | None = None
    levels: list[DraftLevel] = field(default_factory=list)
    note: str | None = None


def build(
    about: About,
    indicators: list[DraftIndicator],
    source: str,
    errors: list[Problem],
    doubts: list[Problem],
    bases: Bases | None = None,
) -> Draft:
    """The draft as YAML, read again by the loader: what the loader refuses is an error of the draft."""
    if errors:
        return Draft(None, None, tuple(errors), tuple(doubts))
    text = yaml.safe_dump(_data(about, indicators, source), allow_unicode=True, sort_keys=False, width=116)
    try:
        return Draft(load_text(text, source, bases), text, (), tuple(doubts))
    except CriteriaError as error:
        place = f"{source}, dự thảo dòng {error.line}, khóa {error.key}" if error.key else source
        return Draft(None, text, (Problem(place, error.message),), tuple(doubts))


def group_code(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")


def _check(source: str, place: str, note: str | None = None) -> dict[str, Any]:
    check: dict[str, Any] = {"verified": False, "source": f"đọc từ {source}, {place}"}
    if note:
        check["note"] = note
    return check


def _data(about: About, indicators: list[DraftIndicator], source: str) -> dict[str, Any]:
    groups = {group_code(level.group): level.group for one in indicators for level in one.levels if level.group}
    found: dict[str, Any] = {
        "code": about.code,
        "name": about.name,
        "level": about.level,
        "title": {"name": about.title, "kind": about.title_kind},
        "extends": about.extends,
        "province": about.province,
        "decision": {
            "reference": {"instrument": about.instrument},
            "issuer": about.issuer,
            "date": about.issued.isoformat() if about.issued else None,
            "check": _check(source, "phần đầu"),
        },
        "force": _force(about),
        "groups": [{"code": code, "name": name} for code, name in groups.items()],
        "criteria": _criteria(about, indicators, source),
    }
    found["decision"] = {key: value for key, value in found["decision"].items() if value is not None}
    return {key: value for key, value in found.items() if value not in (None, [], {})}


def _force(about: About) -> dict[str, Any]:
    force: dict[str, Any] = {}
    if about.start:
        force["start"] = {"day": about.start.isoformat(), "basis": "stated"}
    elif about.issued:
        note = "ngày ký; ngày có hiệu lực chưa rõ, văn bản không thể có hiệu lực trước ngày ký"
        force["start"] = {"day": about.issued.isoformat(), "basis": "derived", "note": note}
    if about.end:
        force["end"] = {"day": about.end.isoformat(), "basis": "stated"}
    if about.years:
        force["years"] = list(about.years)
    return force


def _criteria(about: About, indicators: list[DraftIndicator], source: str) -> list[dict[str, Any]]:
    by_number: dict[int, dict[str, Any]] = {}
    for one in indicators:
        criterion = by_number.setdefault(one.number, {"number": one.number, "indicators": []})
        if one.criterion_name and "name" not in criterion:
            criterion["name"] = one.criterion_name
            criterion["check"] = _check(source, one.place)
        criterion["indicators"].append(_indicator(about, one, source))
    return [by_number[number] for number in sorted(by_number)]


def _indicator(about: About, one: DraftIndicator, source: str) -> dict[str, Any]:
    judged = one.kind in JUDGED
    locator = f"chỉ tiêu {one.code}"
    found: dict[str, Any] = {
        "code": one.code,
        "text": one.text,
        "kind": one.kind.value if one.kind else None,
        "comparator": one.comparator.value if one.comparator and not judged else None,
        "measure": None if judged else one.measure,
        "reference": {"instrument": about.instrument, "locator": locator},
        "check": _check(source, one.place),
        "note": one.note,
        "levels": [_level(about, level, locator, source) for level in one.levels],
    }
    if one.kind is not None and not one.levels:
        found["threshold_missing"] = True
    return {key: value for key, value in found.items() if value not in (None, [])}


def _level(about: About, level: DraftLevel, locator: str, source: str) -> dict[str, Any]:
    value = level.value if isinstance(level.value, str) else f"{level.value:f}"
    found: dict[str, Any] = {"value": value, "regions": ["chung"]}
    if level.group:
        found["groups"] = [group_code(level.group)]
    if level.start:
        found["from"] = level.start.isoformat()
    if level.end:
        found["to"] = level.end.isoformat()
    found["reference"] = {"instrument": about.instrument, "locator": level.locator or locator}
    found["check"] = _check(source, level.place, level.note)
    return found
