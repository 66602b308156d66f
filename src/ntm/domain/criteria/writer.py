"""Ghi bộ tiêu chí ra YAML: the one form that the loader reads; what is written and read again is the same set.

A set that extends another is written as what it adds and changes, nothing more.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from ntm.domain.criteria.form import COMMON, COMPOSED, JUDGED, PLAIN_WORD
from ntm.domain.criteria.model import (
    Check,
    CriteriaSet,
    Criterion,
    Indicator,
    Reference,
    Scoring,
    SpecialRule,
    Threshold,
    TitleCondition,
    TitleRule,
    Wording,
)

__all__ = ["write_parts", "write_yaml"]

Bases = Callable[[str], CriteriaSet]
_Data = dict[str, Any]


class _Quoted(str):
    """Always between quotes: codes, days, decimals."""

    __slots__ = ()


class _Line(dict[str, Any]):
    """A short mapping on one line."""

    __slots__ = ()


class _Row(list[Any]):
    """A short list on one line."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Dumper.add_representer(
    _Quoted, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style='"')
)
_Dumper.add_representer(
    _Line, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)
)
_Dumper.add_representer(
    _Row, lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)
)


def write_yaml(criteria_set: CriteriaSet, bases: Bases | None = None) -> str:
    """The whole set as one text. `bases` finds the set that it extends (the shipped ones)."""
    base = _base(criteria_set, bases)
    data = _header(criteria_set, base)
    criteria = _criteria(criteria_set, base)
    if criteria:
        data["criteria"] = [written for _, written in criteria]
    return _dump(data)


def write_parts(criteria_set: CriteriaSet, bases: Bases | None = None) -> dict[str, str]:
    """File name -> text: set.yaml and one file a criterion, as in the folder of a shipped set."""
    base = _base(criteria_set, bases)
    parts = {"set.yaml": _dump(_header(criteria_set, base))}
    for number, written in _criteria(criteria_set, base):
        parts[f"criterion-{number:02d}.yaml"] = _dump({"criteria": [written]})
    return parts


def _base(criteria_set: CriteriaSet, bases: Bases | None) -> CriteriaSet | None:
    if criteria_set.extends is None:
        return None
    if bases is None:
        from ntm.domain.criteria.shipped import catalogue

        bases = catalogue().get
    return bases(criteria_set.extends)


def _dump(data: _Data) -> str:
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=116))


def _given(**values: Any) -> _Data:
    """Only what there is: an empty value is written by leaving out its key; zero is a value."""
    return {
        name: value
        for name, value in values.items()
        if value is not None and value is not False and not (isinstance(value, list | tuple | dict) and not value)
    }


def _day(value: date | None) -> _Quoted | None:
    return None if value is None else _Quoted(value.isoformat())


def _number(value: Decimal) -> int | _Quoted:
    """A whole number plainly, a decimal between quotes, digits kept."""
    return (
        int(value) if value == value.to_integral_value() and value.as_tuple().exponent == 0 else _Quoted(f"{value:f}")
    )


def _reference(reference: Reference) -> _Line:
    return _Line(_given(instrument=_Quoted(reference.instrument), locator=_maybe_quoted(reference.locator)))


def _maybe_quoted(text: str | None) -> _Quoted | None:
    return None if text is None else _Quoted(text)


def _check(check: Check) -> _Data:
    return {
        "verified": check.verified,
        **_given(source=check.source, checked_on=_day(check.checked_on), note=check.note),
    }


def _header(one: CriteriaSet, base: CriteriaSet | None) -> _Data:
    header = _given(
        code=_Quoted(one.code),
        name=one.name,
        level=one.level,
        title=_Line(name=_Quoted(one.title), kind=one.title_kind),
        extends=_maybe_quoted(one.extends),
        province=_maybe_quoted(one.province),
    )
    header["decision"] = {
        "reference": _reference(one.decision),
        "issuer": one.decision_issuer,
        **_given(date=_day(one.decision_date)),
        "check": _check(one.decision_check),
    }
    header |= _given(
        force=_given(
            start=_day_of_force(one.start, one.start_basis, one.start_note),
            end=_day_of_force(one.end, one.end_basis, one.end_note),
            years=_Row(one.years) if one.years else None,
        ),
        totals=_given(criteria=one.stated_totals[0], indicators=one.stated_totals[1], source=one.totals_source),
    )
    if not one.complete or one.completeness_note:
        header["completeness"] = {"complete": one.complete, **_given(note=one.completeness_note)}
    own = base is None
    header |= _given(
        regions=[_pair(pair) for pair in one.regions] if own or (base and one.regions != base.regions) else None,
        groups=[_pair(pair) for pair in one.groups] if own or (base and one.groups != base.groups) else None,
        special_rules=[_special(rule) for rule in one.special_rules]
        if own or (base and one.special_rules != base.special_rules)
        else None,
        title_rule=_title_rule(one.title_rule) if own or (base and one.title_rule != base.title_rule) else None,
        scoring=_scoring(one.scoring) if own or (base and one.scoring != base.scoring) else None,
        notes=list(one.notes),
    )
    return header


def _pair(pair: tuple[str, str]) -> _Line:
    return _Line(code=_Quoted(pair[0]), name=_Quoted(pair[1]))


def _day_of_force(day: date | None, basis: str, note: str | None) -> _Data | None:
    return None if day is None else {"day": _day(day), "basis": basis, **_given(note=note)}


def _special(rule: SpecialRule) -> _Data:
    return {
        "statuses": _Row(sorted(rule.statuses)),
        "region": rule.region,
        "text": rule.text,
        "reference": _reference(rule.reference),
        "check": _check(rule.check),
    }


def _scoring(scoring: Scoring | None) -> _Data | None:
    if scoring is None:
        return None
    return {
        "total": _number(scoring.total),
        "required": _number(scoring.required),
        "reference": _reference(scoring.reference),
        "check": _check(scoring.check),
    }


def _title_rule(rule: TitleRule) -> _Data:
    return _given(
        criteria=None if rule.criteria == "all" else _Quoted(rule.criteria),
        points_required=None if rule.points_required is None else _number(rule.points_required),
        conditions=[_condition(condition) for condition in rule.conditions],
        note=rule.note,
    )


def _condition(condition: TitleCondition) -> _Data:
    value = condition.value
    return {
        "code": _Quoted(condition.code),
        "text": condition.text,
        "kind": condition.kind.value,
        **_given(
            comparator=_Quoted(condition.comparator.value) if condition.comparator else None,
            measure=_maybe_quoted(condition.measure),
            of_title=_maybe_quoted(condition.of_title),
            of_level=condition.of_level,
            held_title=_Quoted(value) if isinstance(value, str) else None,
        ),
        **({"value": _number(value)} if isinstance(value, Decimal) else {}),
        "reference": _reference(condition.reference),
        "check": _check(condition.check),
        **_given(note=condition.note),
    }


def _criteria(one: CriteriaSet, base: CriteriaSet | None) -> list[tuple[int, _Data]]:
    known = {criterion.no: criterion for criterion in base.criteria} if base else {}
    found = []
    for criterion in one.criteria:
        before = known.get(criterion.no)
        if before != criterion:
            found.append((criterion.no, _criterion(criterion, before)))
    return found


def _criterion(one: Criterion, base: Criterion | None) -> _Data:
    known = {indicator.code: indicator for indicator in base.indicators} if base else {}
    named = base is None or one.provincial
    return {
        "number": one.no,
        **_given(
            name=one.name if named else None,
            check=_check(one.check) if base is None or one.check != base.check else None,
            rule=_Quoted(one.rule) if one.rule != (base.rule if base else "all") else None,
            note=one.note if base is None or one.note != base.note else None,
            indicators=[
                _indicator(indicator, known.get(indicator.code))
                for indicator in one.indicators
                if known.get(indicator.code) != indicator
            ],
        ),
    }


def _indicator(one: Indicator, base: Indicator | None = None) -> _Data:
    """With a base: the code, and what differs from it."""

    def own(name: str) -> Any:
        value = getattr(one, name)
        return None if base is not None and value == getattr(base, name) else value

    plain = one.kind in JUDGED or one.kind in COMPOSED
    kind, comparator, reference, check = own("kind"), own("comparator"), own("reference"), own("check")
    relative, points, levels = own("relative_to"), own("max_points"), own("thresholds") or ()
    not_considered_check = own("not_considered_check")
    return {
        "code": _Quoted(one.code),
        **_given(
            text=own("text"),
            kind=kind.value if kind else None,
            comparator=_Quoted(comparator.value) if comparator and not plain else None,
            measure=None if plain else _maybe_quoted(own("measure")),
            reference=_reference(reference) if reference else None,
            check=_check(check) if check else None,
            delegated_to=own("delegated_to"),
            threshold_missing=own("threshold_missing"),
            missing_regions=_Row(sorted(own("missing_regions") or ())),
            relative_to=_Line(set=_Quoted(relative[0]), indicator=_Quoted(relative[1])) if relative else None,
            of_title=_maybe_quoted(own("of_title")),
            of_level=own("of_level"),
            not_considered_when=own("not_considered_when"),
            not_considered_check=_check(not_considered_check) if not_considered_check else None,
            evidence=list(own("evidence") or ()),
            sex_disaggregated=own("sex_disaggregated"),
            to=_day(own("end")),
            note=own("note"),
        ),
        **({"from": _day(one.start)} if own("start") else {}),
        **({"max_points": _number(points)} if points is not None else {}),
        **_given(
            amendments=[_wording(wording) for wording in own("amendments") or ()],
            levels=_levels(levels if base is None else tuple(level for level in levels if level.provincial)),
            parts=[_indicator(part) for part in own("parts") or ()],
        ),
    }


def _wording(wording: Wording) -> _Data:
    return {
        "from": _day(wording.start),
        "text": wording.text,
        "reference": _reference(wording.reference),
        "check": _check(wording.check),
    }


def _levels(levels: tuple[Threshold, ...]) -> list[_Data]:
    """Levels that differ only in region or group share an entry."""
    grouped: dict[tuple[Any, ...], list[Threshold]] = {}
    for level in levels:
        key = (level.value, level.words, level.start, level.end, level.reference, level.check)
        grouped.setdefault(key, []).append(level)
    entries = []
    for alike in grouped.values():
        for group_set in _blocks(alike):
            entries.append(_level(alike[0], *group_set))
    return entries


def _blocks(alike: list[Threshold]) -> list[tuple[list[str], list[str | None]]]:
    """Regions that share the same groups."""
    by_region: dict[str, list[str | None]] = {}
    for level in alike:
        by_region.setdefault(level.region or COMMON, []).append(level.group)
    blocks: dict[tuple[str | None, ...], list[str]] = {}
    for region, groups in by_region.items():
        blocks.setdefault(tuple(groups), []).append(region)
    return [(regions, list(groups)) for groups, regions in blocks.items()]


def _level(level: Threshold, regions: list[str], groups: list[str | None]) -> _Data:
    value: Any = (level.words or PLAIN_WORD) if isinstance(level.value, bool) else _number(level.value)
    written: _Data = {"value": _Quoted(value) if isinstance(value, str) else value, "regions": _Row(regions)}
    named = [group for group in groups if group is not None]
    if named:
        written["groups"] = _Row(named)
    if level.start:
        written["from"] = _day(level.start)
    if level.end:
        written["to"] = _day(level.end)
    return {**written, "reference": _reference(level.reference), "check": _check(level.check)}
