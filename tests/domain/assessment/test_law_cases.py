"""Tình huống đối chiếu: every file of tests/cases holds, and together they touch every level of the shipped sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from ntm.domain.assessment import Assessment, Evaluator, Fact, Facts, IndicatorResult, Nothing, NotInForce, known_codes
from ntm.domain.criteria import catalogue
from ntm.domain.criteria.model import CriteriaSet, Indicator

CASES = Path(__file__).resolve().parents[2] / "cases"
FILES = sorted(CASES.glob("**/*.yaml"))
WORDS: dict[Any, Fact] = {"đạt": True, "chưa đạt": False, "không xét": Nothing.NOT_CONSIDERED, None: Nothing.NO_DATA}
STEP = Decimal("0.01")


@dataclass(frozen=True)
class Case:
    set_code: str
    code: str
    told: dict[str, Any]
    region: str | None

    @property
    def on(self) -> date:
        return date.fromisoformat(self.told["date"])


def cases_of(path: Path) -> Iterator[Case]:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for entry in content["indicators"]:
        for told in entry["cases"]:
            for region in told.get("regions", [None]):
                yield Case(content["set"], entry["code"], told, region)


@lru_cache(maxsize=256)
def evaluator(set_code: str, on: date) -> Evaluator:
    return Evaluator(catalogue().get(set_code), on)


def fact(value: Any) -> Fact:
    return WORDS[value] if value in WORDS else Decimal(value)


def facts_of(case: Case) -> Facts:
    """Numbers in a case are text: a bare number would be a float."""
    built, values, lower = catalogue().get(case.set_code), {}, {}
    for code, value in case.told.get("facts", {}).items():
        assert value is None or isinstance(value, str), f"{code}: viết số trong dấu nháy"
        assert code in known_codes(built), f"{code} không có trong bộ {case.set_code}"
        if value is not None and "/" in value:
            holders, units = value.split("/")
            lower[built.indicator(code).of_title or ""] = int(holders), int(units)
        else:
            values[code] = fact(value)
    titles = case.told.get("titles")
    return Facts(
        case.told["name"],
        region=case.region,
        statuses=frozenset(case.told.get("statuses", ())),
        values=values,
        lower_titles=lower,
        conditions={code: fact(value) for code, value in case.told.get("conditions", {}).items()},
        titles=None if titles is None else frozenset(titles),
    )


def outcomes(result: Assessment) -> dict[str, str]:
    found = {"title": result.title.outcome.value}
    found |= {f"condition {one.code}": one.outcome.value for one in result.title.conditions}

    def add(one: IndicatorResult) -> None:
        found[one.code] = one.outcome.value
        for part in one.parts:
            add(part)

    for criterion in result.criteria:
        found[f"TC{criterion.no}"] = criterion.outcome.value
        for one in criterion.indicators:
            add(one)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CASES).with_suffix("").as_posix())
def test_the_cases_of_a_file_hold(path: Path) -> None:
    wrong = []
    count = 0
    for case in cases_of(path):
        count += 1
        expected = case.told["expect"]
        try:
            found = outcomes(evaluator(case.set_code, case.on).evaluate(facts_of(case)))
        except NotInForce:
            found = {"set": "not_in_force"}
        if {code: found.get(code, "absent") for code in expected} != expected:
            wrong.append(f"{case.told['name']} [{case.region}]: {expected} != { {k: found.get(k) for k in expected} }")
    assert count > 0
    assert wrong == []


@lru_cache(maxsize=1)
def touched() -> dict[tuple[str, str, str | None], set[tuple[date, Any]]]:
    """(set, indicator, region) -> (day, fact) of every case."""
    found: dict[tuple[str, str, str | None], set[tuple[date, Any]]] = {}
    for path in FILES:
        for case in cases_of(path):
            for code, value in case.told.get("facts", {}).items():
                found.setdefault((case.set_code, code, case.region), set()).add((case.on, value))
    return found


def leaves(one: Indicator) -> Iterator[Indicator]:
    if one.parts:
        for part in one.parts:
            yield from leaves(part)
    else:
        yield one


def uncovered(built: CriteriaSet) -> Iterator[str]:
    """Levels that no case touches below, at and above (or đạt and chưa đạt), on a day on which they apply."""
    for _, top in built.indicators():
        for one in leaves(top):
            for level in one.thresholds:
                if built.province is not None and not level.provincial:
                    continue  # the national set's cases hold it
                if (level.end and built.start and level.end <= built.start) or one.relative_to:
                    continue  # over before the set took force; or another set's level, by hand
                said = {
                    value
                    for day, value in touched().get((built.code, one.code, level.region), set())
                    if (level.start is None or level.start <= day) and (level.end is None or day < level.end)
                }
                if isinstance(level.value, Decimal):
                    figures = {Decimal(value) for value in said if value and value not in WORDS and "/" not in value}
                    needed = {level.value - STEP, level.value, level.value + STEP, Decimal(0)}
                    missing = needed - figures
                else:
                    missing = {"đạt", "chưa đạt"} - said
                if missing:
                    yield f"{one.code} {level.region} {level.start}: {missing}"


@pytest.mark.parametrize("code", catalogue().codes())
def test_every_level_of_a_shipped_set_has_its_cases(code: str) -> None:
    assert list(uncovered(catalogue().get(code))) == []


@pytest.mark.parametrize("code", [one for one in catalogue().codes() if catalogue().get(one).province is None])
def test_every_indicator_of_a_national_set_has_a_case_of_nothing(code: str) -> None:
    built = catalogue().get(code)
    for _, top in built.indicators():
        for one in leaves(top):
            said = {
                value
                for (set_code, indicator, _), pairs in touched().items()
                if (set_code, indicator) == (code, one.code)
                for _, value in pairs
            }
            assert {None, "không xét"} <= said, one.code


def test_the_files_are_no_empty_shells() -> None:
    """A case counts once a region."""
    assert sum(1 for path in FILES for _ in cases_of(path)) > 2000
