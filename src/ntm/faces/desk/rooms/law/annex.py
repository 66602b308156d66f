"""Phụ lục để đọc: a set laid out as the decision's annex has it, criterion by criterion, each level with its state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext

from ntm.domain.criteria.form import COMMON
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
    everywhere: tuple[LevelView, ...]  # the same in every place: told once, over all columns
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
    reader = _Reader(content, signed, on)
    found = [reader.read(criterion.no, path, one) for path, one in checks.leaves(criterion.indicators)]
    places = _places(content, found)
    page = signed.of_page(criterion.no)
    return Section(
        no=criterion.no,
        name=criterion.name,
        places=places,
        lines=tuple(reader.line(criterion.no, one, places) for one in found),
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
    return tuple(_Reader(content, signed, on).read(no, path, one).views)


@dataclass(frozen=True)
class _Read:
    """Một chỉ tiêu đã đọc: its levels, what is missing, and what is the same everywhere."""

    path: Path
    one: Indicator
    views: list[LevelView]
    missing: list[tuple[str, LevelView]]
    everywhere: tuple[LevelView, ...]


class _Reader:
    """Đọc các mức của một bộ vào một ngày, with their signatures."""

    def __init__(self, content: CriteriaSet, signed: Signatures, on: date) -> None:
        self.content, self.signed, self.on = content, signed, on
        self.base = checks.base_indicators(content)

    def read(self, no: int, path: Path, one: Indicator) -> _Read:
        stated = [level for level in one.thresholds if checks.common_of(one, level) is None]
        views = [self._level(no, path, one, level) for level in stated]
        missing = _missing(one)
        return _Read(path, one, views, missing, _everywhere(self.content, views, missing))

    def line(self, no: int, read: _Read, places: tuple[Place, ...]) -> Line:
        one = read.one
        cells: dict[str, list[LevelView]] = {place.key: [] for place in places}
        if not read.everywhere:
            for view in read.views:
                cells[_column(view)].append(view)
            for key, missing in read.missing:
                if not cells[key]:
                    cells[key].append(missing)
        wording = checks.state_of(one.check, self.signed.of_indicator(no, read.path))
        return Line(
            code=one.code,
            text=one.text_at(self.on),
            measure=words.measure_of(one),
            part=len(read.path) > 1,
            cells=tuple(tuple(cells[place.key]) for place in places),
            everywhere=read.everywhere,
            state=STATES[wording],
            kind=wording,
            provincial=one.provincial or any(level.provincial for level in one.thresholds),
            not_considered_when=one.not_considered_when or "",
            unchecked=any(_open(view.kind) for view in read.views) or _open(wording) or bool(read.missing),
        )

    def _level(self, no: int, path: Path, one: Indicator, level: Threshold) -> LevelView:
        signature = self.signed.of_level(no, path, one, level, self.base.get(one.code))
        kind = checks.state_of(level.check, signature)
        begun = level.start is None or level.start <= self.on
        shown = words.level_words(one, level)
        if one.kind is Kind.RATIO and one.relative_to:
            shown = f"{shown} {one.relative_to[1]} ({one.relative_to[0]})"
        return LevelView(
            words=shown,
            when=words.when(level),
            place=_place_words(self.content, level),
            key=checks.level_key(level),
            kind=kind,
            state=STATES[kind],
            current=begun and (level.end is None or self.on < level.end),
            provincial=level.provincial,
            reference=level.reference,
            source=level.check.source or "",
            note=level.check.note or "",
            signature=signature,
        )


def _everywhere(
    content: CriteriaSet, views: list[LevelView], missing: list[tuple[str, LevelView]]
) -> tuple[LevelView, ...]:
    """The levels told once: only common ones, or the very same in every region of the set."""
    columns: dict[str, list[LevelView]] = {}
    for view in views:
        columns.setdefault(_column(view), []).append(view)
    if missing:
        return tuple(view for _key, view in missing) if not views and len(missing) == 1 else ()
    if set(columns) == {""}:
        return tuple(columns[""])
    regions = {code for code, _name in content.regions}
    if not regions or set(columns) - {""} != regions:
        return ()
    told = {tuple((one.words, one.when, one.kind, one.provincial) for one in found) for found in columns.values()}
    return tuple(columns[content.regions[0][0]]) if len(told) == 1 else ()


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
        found.append(
            ("" if region == COMMON else region, _nothing(CheckState.MISSING, str(STATES[CheckState.MISSING].words)))
        )
    return found


def _nothing(kind: CheckState, said: str) -> LevelView:
    return LevelView(said, "", "", "", kind, STATES[kind], True, False)


def _places(content: CriteriaSet, read: Iterable[_Read]) -> tuple[Place, ...]:
    """The columns that this criterion needs, in the order of the set; one column where all levels are told once."""
    found = list(read)
    keys = {_column(view) for one in found if not one.everywhere for view in one.views}
    keys |= {key for one in found if not one.everywhere for key, _view in one.missing}
    if keys <= {""}:
        return (Place("", gettext("Mức")),)
    common = [Place("", gettext("Mức chung"))] if "" in keys else []
    regions = [Place(code, name) for code, name in content.regions if code in keys]
    return (*common, *regions, *(Place(f"nhom:{c}", name) for c, name in content.groups if f"nhom:{c}" in keys))


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
