"""Proposes the law cases of every level of the shipped sets. Run: .venv/bin/python tests/cases/propose.py

What a case expects is written from the comparator alone; ntm.domain.assessment is not asked, so the cases can catch it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from ntm.domain.criteria import catalogue
from ntm.domain.criteria.model import Absent, Comparator, CriteriaSet, Indicator, Kind, Threshold
from ntm.domain.official.numbers import write_number

HERE = Path(__file__).parent
STEP = Decimal("0.01")
_SEVEN_REGIONS = 7
_SIGNS = {Comparator.GE: "≥", Comparator.LE: "≤", Comparator.GT: ">", Comparator.LT: "<", Comparator.EQ: "="}
SAID = {"met": "đạt", "not_met": "chưa đạt", "no_data": "chưa có số liệu", "not_considered": "không xét"}
# comparator -> outcome just below, at and just above the level
EXPECTED = {
    Comparator.GE: ("not_met", "met", "met"),
    Comparator.GT: ("not_met", "not_met", "met"),
    Comparator.LE: ("met", "met", "not_met"),
    Comparator.LT: ("met", "not_met", "not_met"),
    Comparator.EQ: ("not_met", "met", "not_met"),
}


@dataclass(frozen=True)
class Group:
    """Regions that have the same level at the same time."""

    regions: tuple[str | None, ...]
    level: Threshold
    day: date


def own_levels(built: CriteriaSet, one: Indicator) -> list[Threshold]:
    """A provincial set repeats the national levels; their cases stand with the national set."""
    return [level for level in one.thresholds if built.province is None or level.provincial]


def leaves(one: Indicator) -> Iterator[Indicator]:
    if one.parts:
        for part in one.parts:
            yield from leaves(part)
    else:
        yield one


def day_of(built: CriteriaSet, level: Threshold | None) -> date | None:
    """A day on which the level applies, and the set."""
    start = max(one for one in (built.start, level.start if level else None, date(1990, 1, 1)) if one)
    end = min(one for one in (built.end, level.end if level else None, date(2090, 1, 1)) if one)
    if start >= end:
        return None
    middle = date(start.year, 6, 30)
    for candidate in (date(start.year + 1, 6, 30), middle, date(start.year, 12, 31)):
        if start <= candidate < end:
            return candidate
    return start


def groups(built: CriteriaSet, one: Indicator) -> list[Group]:
    """The levels of an indicator, regions of the same level together."""
    found: dict[tuple[Any, ...], list[Threshold]] = {}
    for level in own_levels(built, one):
        found.setdefault((level.value, level.words, level.start, level.end, level.group), []).append(level)
    result = []
    for levels in found.values():
        day = day_of(built, levels[0])
        if day is not None:
            result.append(Group(tuple(level.region for level in levels), levels[0], day))
    return result


def figure(value: Decimal) -> str:
    return format(value.normalize(), "f") if value != 0 else "0"


def shown(value: Decimal, measure: str | None) -> str:
    number = write_number(Decimal(figure(value)))
    return f"{number}%" if measure == "%" else f"{number} {measure}" if measure else number


def case(
    name: str, day: date, regions: tuple[str | None, ...], facts: dict[str, Any], expect: dict[str, str]
) -> dict[str, Any]:
    told: dict[str, Any] = {"name": name, "date": day.isoformat()}
    if regions != (None,):
        told["regions"] = list(regions)
    return told | {"facts": facts, "expect": expect}


def place(regions: tuple[str | None, ...]) -> str:
    named = [region or "chung" for region in regions]
    if named == ["chung"]:
        return ""
    return " (mọi vùng)" if len(named) > _SEVEN_REGIONS else f" ({', '.join(named)})"


def figure_cases(one: Indicator, group: Group) -> Iterator[dict[str, Any]]:
    assert isinstance(group.level.value, Decimal) and one.comparator is not None
    level, where = group.level.value, place(group.regions)
    asked = f"mức {_SIGNS[one.comparator]} {shown(level, one.measure)}"
    sides = ((level - STEP, "thấp hơn"), (level, "bằng đúng"), (level + STEP, "cao hơn"))
    for (value, word), outcome in zip(sides, EXPECTED[one.comparator], strict=True):
        name = f"{shown(value, one.measure)} {word} {asked}{where} nên {SAID[outcome]}"
        yield case(name, group.day, group.regions, {one.code: figure(value)}, {one.code: outcome})
    below, equal, above = EXPECTED[one.comparator]
    zero = equal if level == 0 else below if level > 0 else above
    name = f"Số không là số liệu: 0 so với {asked}{where} nên {SAID[zero]}"
    yield case(name, group.day, group.regions, {one.code: "0"}, {one.code: zero})


def words_cases(one: Indicator, group: Group) -> Iterator[dict[str, Any]]:
    asked = f"yêu cầu “{group.level.words}”" if group.level.words else "yêu cầu đạt"
    for fact, outcome in (("đạt", "met"), ("chưa đạt", "not_met")):
        name = f"Kết luận {fact} với {asked}{place(group.regions)} nên {SAID[outcome]}"
        yield case(name, group.day, group.regions, {one.code: fact}, {one.code: outcome})


def nothing_cases(one: Indicator, day: date, regions: tuple[str | None, ...]) -> Iterator[dict[str, Any]]:
    name = "Không có số liệu thì không đoán: chưa có số liệu"
    yield case(name, day, regions, {one.code: None}, {one.code: "no_data"})
    yield case(
        "Đơn vị báo không xét nên không xét", day, regions, {one.code: "không xét"}, {one.code: "not_considered"}
    )


def absent_cases(one: Indicator, day: date, regions: tuple[str | None, ...], why: Absent) -> Iterator[dict[str, Any]]:
    """A figure without a level cannot be judged; a conclusion can."""
    reason = "mức do cấp tỉnh quy định, chưa nạp" if why is Absent.DELEGATED else "chưa có mức trong dữ liệu"
    where = place(regions)
    if not (one.is_judged_in_words or one.kind in (Kind.ALL_OF, Kind.ANY_OF)):
        name = f"50 không so được với mức nào{where}, {reason}: chưa có số liệu"
        yield case(name, day, regions, {one.code: "50"}, {one.code: "no_data"})
    for fact, outcome in (("đạt", "met"), ("chưa đạt", "not_met")):
        name = f"Đơn vị kết luận {fact} dù {reason}{where}: {SAID[outcome]}"
        yield case(name, day, regions, {one.code: fact}, {one.code: outcome})


def change_cases(built: CriteriaSet, one: Indicator) -> Iterator[dict[str, Any]]:
    """The day before a level changes and the day itself, with a figure that tells the two apart."""
    levels = own_levels(built, one)
    for level in levels:
        if level.start is None or day_of(built, level) is None or not built.in_force(level.start - timedelta(1)):
            continue
        before = [
            old for old in levels if old.end == level.start and (old.region, old.group) == (level.region, level.group)
        ]
        if not before or not isinstance(level.value, Decimal) or before[0].value == level.value:
            continue
        assert one.comparator is not None and isinstance(before[0].value, Decimal)
        fact, regions = before[0].value, (level.region,)
        at_old = EXPECTED[one.comparator][1]
        side = 0 if fact < level.value else 2
        for day, asked, outcome in (
            (level.start - timedelta(1), before[0].value, at_old),
            (level.start, level.value, EXPECTED[one.comparator][side]),
        ):
            told = f"{shown(fact, one.measure)} {SAID[outcome]}"
            name = f"Ngày {day:%d/%m/%Y} áp dụng mức {shown(asked, one.measure)}{place(regions)}: {told}"
            yield case(name, day, regions, {one.code: figure(fact)}, {one.code: outcome})


def asks(built: CriteriaSet, one: Indicator) -> list[str]:
    """The levels in words, for whoever compares them with the decision."""
    lines: dict[str, list[str]] = {}
    for level in own_levels(built, one):
        value = level.value
        said = (
            f"{_SIGNS[one.comparator]} {shown(value, one.measure)}"
            if isinstance(value, Decimal) and one.comparator
            else level.words or "Đạt"
        )
        days = "".join(
            [
                f" từ {level.start:%d/%m/%Y}" if level.start else "",
                f" đến trước {level.end:%d/%m/%Y}" if level.end else "",
            ]
        )
        checked = "đã đối chiếu" if level.check.verified else "chưa đối chiếu"
        lines.setdefault(f"{said}{days} ({level.reference.instrument}, {checked})", []).append(level.region or "chung")
    return [f"{', '.join(regions)}: {line}" for line, regions in lines.items()]


def indicator_cases(built: CriteriaSet, one: Indicator) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    own = groups(built, one)
    for group in own:
        if one.relative_to:
            continue  # its level is another set's: see by-hand
        found += figure_cases(one, group) if isinstance(group.level.value, Decimal) else words_cases(one, group)
    day = own[0].day if own else day_of(built, None)
    assert day is not None
    regions = own[0].regions[:1] if own else (None,)
    if built.province is None or own:
        found += nothing_cases(one, day, regions)
    if built.province is None:
        found += missing_cases(built, one, day)
    return found + list(change_cases(built, one))


def missing_cases(built: CriteriaSet, one: Indicator, day: date) -> Iterator[dict[str, Any]]:
    """Regions without a level, and indicators without any."""
    known = [code for code, _ in built.regions]
    without: dict[Absent, list[str | None]] = {}
    for region in [None, *known]:
        level = one.level_at(day, region)
        if isinstance(level, Absent):
            without.setdefault(level, []).append(region)
    for why, regions in without.items():
        named = tuple(regions) if len(regions) <= len(known) else (None, *known[:1])
        yield from absent_cases(one, day, named, why)


def force_cases(built: CriteriaSet, code: str) -> list[dict[str, Any]]:
    """The set itself: the day before its first, its first, its last, the day after."""
    found = []
    if built.start:
        before = built.start - timedelta(1)
        name = f"Ngày {before:%d/%m/%Y} bộ chưa có hiệu lực nên không xét theo bộ này"
        found.append(case(name, before, (None,), {code: "đạt"}, {"set": "not_in_force"}))
        name = f"Ngày {built.start:%d/%m/%Y} bộ bắt đầu có hiệu lực"
        found.append(case(name, built.start, (None,), {code: "đạt"}, {code: "met"}))
    if built.end:
        last = built.end - timedelta(1)
        name = f"Ngày {last:%d/%m/%Y} bộ còn hiệu lực"
        found.append(case(name, last, (None,), {code: "đạt"}, {code: "met"}))
        name = f"Ngày {built.end:%d/%m/%Y} bộ không còn hiệu lực nên không xét theo bộ này"
        found.append(case(name, built.end, (None,), {code: "đạt"}, {"set": "not_in_force"}))
    return found


def condition_cases(built: CriteriaSet) -> Iterator[tuple[str, dict[str, Any]]]:
    """Conditions of the title that carry a level."""
    day = day_of(built, None)
    assert day is not None
    for one in built.title_rule.conditions:
        if not isinstance(one.value, Decimal) or one.comparator is None:
            continue
        cases = []
        sides = ((one.value - STEP, "thấp hơn"), (one.value, "bằng đúng"), (one.value + STEP, "cao hơn"))
        for (value, word), outcome in zip(sides, EXPECTED[one.comparator], strict=True):
            asked = f"mức {_SIGNS[one.comparator]} {shown(one.value, one.measure)}"
            cases.append(
                {
                    "name": f"{shown(value, one.measure)} {word} {asked} nên {SAID[outcome]}",
                    "date": day.isoformat(),
                    "conditions": {one.code: figure(value)},
                    "expect": {f"condition {one.code}": outcome},
                }
            )
        cases.append(
            {
                "name": "Chưa ai báo thì chưa có số liệu",
                "date": day.isoformat(),
                "conditions": {},
                "expect": {f"condition {one.code}": "no_data"},
            }
        )
        checked = "đã đối chiếu" if one.check.verified else "chưa đối chiếu"
        asks_line = f"{_SIGNS[one.comparator]} {shown(one.value, one.measure)} ({one.reference.instrument}, {checked})"
        yield one.code, {"code": one.code, "text": one.text, "asks": [asks_line], "cases": cases}


def folder(built: CriteriaSet) -> Path:
    years = built.years or (built.start.year if built.start else 0,) * 2
    phase = f"{years[0]}-{years[1]}" if years[0] != years[1] else str(years[0])
    return HERE / phase / built.level


def prefix(built: CriteriaSet, shared: int) -> str:
    """The title's kind; with the province where several sets share a folder."""
    title = built.title_kind.replace("_", "-")
    if built.province is None and shared == 1:
        return title
    return built.code.removeprefix(f"{built.level}-")


def write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(content, allow_unicode=True, sort_keys=False, width=140, Dumper=_Plain)
    path.write_text(
        "# Proposed by propose.py from the levels the project ships; see ../../README.md.\n" + text, encoding="utf-8"
    )


class _Plain(yaml.SafeDumper):
    """Short mappings on one line, so that a case is read at a glance."""


def _mapping(dumper: yaml.SafeDumper, value: dict[str, Any]) -> yaml.Node:
    short = (
        all(not isinstance(one, dict | list) for one in value.values()) and "name" not in value and "set" not in value
    )
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=short)


def _list(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.Node:
    short = all(one is None or (isinstance(one, str) and len(one) < 20) for one in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=short)


_Plain.add_representer(dict, _mapping)
_Plain.add_representer(list, _list)


def main() -> None:
    written = 0
    for code in catalogue().codes():
        built = catalogue().get(code)
        for criterion in built.criteria:
            entries = []
            for one in (leaf for top in criterion.indicators for leaf in leaves(top)):
                cases = indicator_cases(built, one)
                if cases:
                    entries.append({"code": one.code, "text": one.text, "asks": asks(built, one), "cases": cases})
            if criterion.no == 1 and built.province is None:
                code_of = criterion.indicators[0].code if criterion.indicators else "TC1"
                entries.append(
                    {
                        "code": code_of,
                        "text": "Hiệu lực của bộ tiêu chí",
                        "asks": [],
                        "cases": force_cases(built, code_of),
                    }
                )
            if entries:
                path = folder(built) / f"{prefix(built, 1)}-{criterion.no:02}.yaml"
                write(path, {"set": code, "criterion": criterion.no, "indicators": entries})
                written += 1
        conditions = [entry for _, entry in condition_cases(built)]
        if conditions:
            write(folder(built) / f"{prefix(built, 1)}-title.yaml", {"set": code, "indicators": conditions})
            written += 1
    sys.stdout.write(f"{written} files\n")


if __name__ == "__main__":
    main()
