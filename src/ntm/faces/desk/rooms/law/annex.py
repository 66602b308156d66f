"""Phụ lục để đọc: a set laid out as the decision's annex has it, criterion by criterion, each level with its state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext

from ntm.domain.criteria.model import CriteriaSet, Criterion, Indicator, Kind, Reference, Threshold
from ntm.faces.desk.rooms.law import words
from ntm.faces.desk.rooms.law.words import STATES, State
from ntm.records.standing.queries import checks
from ntm.records.standing.queries.checks import CheckState, Path, Signature, Signatures
from ntm.records.standing.queries.listed_sets import OpenedSet

__all__ = ["Annex", "LevelView", "Line", "Place", "Section", "annex", "levels_of", "section"]


@dataclass(frozen=True)
class Place:
    """Cột của bảng mức: the common level, a region or a group."""

    key: str
    label: str


@dataclass(frozen=True)
class LevelView:
    """Một mức: words, when, where it stands in the law, and who compared it."""

    words: str
    when: str
    place: str
    key: str
    kind: CheckState
    state: State
    current: bool  # in force on the asked day
    provincial: bool
    reference: Reference | None = None
    source: str = ""
    note: str = ""
    signature: Signature | None = None


@dataclass(frozen=True)
class Line:
    """Một chỉ tiêu hoặc nội dung thành phần, its levels by column."""

    code: str
    text: str
    measure: str
    part: bool
    cells: tuple[tuple[LevelView, ...], ...]
    state: State  # of the wording
    kind: CheckState
    provincial: bool
    not_considered_when: str
    unchecked: bool  # something of it is not compared yet


@dataclass(frozen=True)
class Section:
    """Một tiêu chí."""

    no: int
    name: str
    places: tuple[Place, ...]
    lines: tuple[Line, ...]
    rule: str
    note: str
    state: State
    signature: Signature | None
    provincial: bool


@dataclass(frozen=True)
class Annex:
    """Cả bộ."""

    sections: tuple[Section, ...]
    states: tuple[State, ...]


def annex(one: OpenedSet, on: date, only: str = "") -> Annex:
    """`only`: "unchecked" or "provincial" keeps the indicators of which that is true."""
    sections = tuple(section(one.content, one.signed, criterion, on) for criterion in one.content.criteria)
    if only:
        kept = (
            (found, tuple(line for line in found.lines if _wanted(line, only)), _wanted_page(found, only))
            for found in sections
        )
        sections = tuple(_with_lines(found, lines) for found, lines, page in kept if lines or page)
    return Annex(sections, tuple(STATES.values()))


def section(content: CriteriaSet, signed: Signatures, criterion: Criterion, on: date) -> Section:
    """Một tiêu chí với mọi mức của nó."""
    found = list(checks.leaves(criterion.indicators))
    places = _places(content, (indicator for _path, indicator in found))
    base = checks.base_indicators(content)
    page = signed.of_page(criterion.no)
    return Section(
        no=criterion.no,
        name=criterion.name,
        places=places,
        lines=tuple(
            _line(content, signed, criterion.no, path, one, places, base.get(one.code), on) for path, one in found
        ),
        rule=criterion.rule,
        note=criterion.note or "",
        state=STATES[checks.state_of(criterion.check, page)],
        signature=page,
        provincial=criterion.provincial,
    )


def levels_of(
    content: CriteriaSet, signed: Signatures, no: int, path: Path, one: Indicator, on: date
) -> tuple[LevelView, ...]:
    """Mọi mức của một chỉ tiêu, in the order of the decision."""
    base = checks.base_indicators(content).get(one.code)
    return tuple(_level(content, signed, no, path, one, level, base, on) for level in _stated(one))


def _line(
    content: CriteriaSet,
    signed: Signatures,
    no: int,
    path: Path,
    one: Indicator,
    places: tuple[Place, ...],
    base: Indicator | None,
    on: date,
) -> Line:
    views = [_level(content, signed, no, path, one, level, base, on) for level in _stated(one)]
    cells = {place.key: [view for view in views if _column(view) == place.key] for place in places}
    for key, missing in _missing(one):
        if key in cells and not cells[key]:
            cells[key] = [missing]
    wording = checks.state_of(one.check, signed.of_indicator(no, path))
    return Line(
        code=one.code,
        text=one.text_at(on),
        measure=words.measure_of(one),
        part=len(path) > 1,
        cells=tuple(tuple(cells[place.key]) for place in places),
        state=STATES[wording],
        kind=wording,
        provincial=one.provincial or any(level.provincial for level in one.thresholds),
        not_considered_when=one.not_considered_when or "",
        unchecked=any(_open(view.kind) for view in views) or _open(wording) or bool(_missing(one)),
    )


def _level(
    content: CriteriaSet,
    signed: Signatures,
    no: int,
    path: Path,
    one: Indicator,
    level: Threshold,
    base: Indicator | None,
    on: date,
) -> LevelView:
    signature = signed.of_level(no, path, one, level, base)
    kind = checks.state_of(level.check, signature)
    begun = level.start is None or level.start <= on
    shown = words.level_words(one, level)
    if one.kind is Kind.RATIO and one.relative_to:
        shown = f"{shown} {one.relative_to[1]} ({one.relative_to[0]})"
    return LevelView(
        words=shown,
        when=words.when(level),
        place=_place_words(content, level),
        key=checks.level_key(level),
        kind=kind,
        state=STATES[kind],
        current=begun and (level.end is None or on < level.end),
        provincial=level.provincial,
        reference=level.reference,
        source=level.check.source or "",
        note=level.check.note or "",
        signature=signature,
    )


def _stated(one: Indicator) -> list[Threshold]:
    """The levels as the decision states them: a common level is not repeated for every region."""
    return [level for level in one.thresholds if checks.common_of(one, level) is None]


def _column(view: LevelView) -> str:
    """The column of a level: its region, else its group, else the common one."""
    region, group, _start = view.key.split("/")
    return region or (f"nhom:{group}" if group else "")


def _missing(one: Indicator) -> list[tuple[str, LevelView]]:
    """What the decision states and the data lack, or what another office has to set."""
    found = []
    if one.threshold_missing and not one.thresholds:
        found.append(("", _nothing(CheckState.MISSING, str(STATES[CheckState.MISSING].words))))
    if one.delegated_to and not one.thresholds:
        found.append(("", _nothing(CheckState.DELEGATED, one.delegated_to)))
    for region in sorted(one.missing_regions):
        found.append((region, _nothing(CheckState.MISSING, str(STATES[CheckState.MISSING].words))))
    return found


def _nothing(kind: CheckState, said: str) -> LevelView:
    return LevelView(said, "", "", "", kind, STATES[kind], True, False)


def _places(content: CriteriaSet, indicators: Iterable[Indicator]) -> tuple[Place, ...]:
    """The columns that this criterion needs, in the order of the set."""
    common, regions, groups = False, set(), set()
    for one in indicators:
        regions |= one.missing_regions
        common = common or bool(_missing(one)) or not one.thresholds
        for level in _stated(one):
            if level.region:
                regions.add(level.region)
            elif level.group:
                groups.add(level.group)
            else:
                common = True
    found = [Place("", gettext("Mức chung") if regions or groups else gettext("Mức"))] if common else []
    found += [Place(code, name) for code, name in content.regions if code in regions]
    found += [Place(f"nhom:{code}", name) for code, name in content.groups if code in groups]
    return tuple(found)


def _place_words(content: CriteriaSet, level: Threshold) -> str:
    names = dict((*content.regions, *content.groups))
    parts = [names.get(code, code) for code in (level.region, level.group) if code]
    return ", ".join(parts) or gettext("mức chung")


def _open(kind: CheckState) -> bool:
    return kind not in (CheckState.SIGNED, CheckState.READ)


def _wanted(line: Line, only: str) -> bool:
    return line.unchecked if only == "unchecked" else line.provincial


def _wanted_page(found: Section, only: str) -> bool:
    return found.provincial if only == "provincial" else not found.lines and found.signature is None


def _with_lines(found: Section, lines: tuple[Line, ...]) -> Section:
    return replace(found, lines=lines)
