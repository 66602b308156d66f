"""Đọc văn bản: blocks of a file -> what the document says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

from ntm.domain.documents.reading import (
    annexes,
    bases,
    commune_view,
    criterion_view,
    duties,
    figures,
    front,
    left_over,
    money,
    money_tables,
    outline,
    parts,
    progress,
    recipients,
    tables,
    target_tables,
    tasks,
    unit_tables,
)
from ntm.domain.documents.reading.area import Area
from ntm.domain.documents.reading.blocks import Source
from ntm.domain.documents.reading.contexts import contexts
from ntm.domain.documents.reading.in_force import words_as_counted, words_for
from ntm.domain.documents.reading.mentions import abbreviations, criterion_mentions, named_units, repairs
from ntm.domain.documents.reading.model import Annex, Citation, Header, LegalBasis, Reading, Target
from ntm.domain.documents.reading.names import spellings
from ntm.domain.documents.reading.parts import Parts
from ntm.domain.documents.reading.tables import Grid
from ntm.domain.documents.reading.work import Work

_MOST_CRITERIA = 20  # no set numbers its criteria higher


def read(source: Source) -> Reading:
    """Đọc một văn bản. Never raises for what a document says; a document that says nothing gives an empty reading."""
    pieces = parts.split(source)
    first_body = pieces.body[0].first_line if pieces.body else 0
    grids = tables.grids(source, pieces.table_lines, min(first_body, _kind_line(pieces)))
    head, area, issued = front.read(pieces)
    stated, cited = bases.read(
        [*pieces.head, *pieces.preamble], [*pieces.body, *pieces.closing, *pieces.annexes], grids
    )
    work = _work(pieces, head, area, stated, issued)
    return _content(source, work, grids, stated, cited)


def _kind_line(pieces: Parts) -> int:
    return pieces.head[-1].last_line if pieces.head else 0


def _work(pieces: Parts, head: Header, area: Area, stated: tuple[LegalBasis, ...], issued: date) -> Work:
    if head.date is None or head.date.date is None:
        latest = max((b.date.date for b in stated if b.date and b.date.date), default=None)
        if latest is not None and latest > issued:
            issued = latest
    village = front.is_village(head.title, head.level)
    year = head.year or issued.year
    level, counted = "thon" if village else "xa", _criteria_count(pieces)
    province = area.codes.get("tinh")
    criteria = words_as_counted(level, head.criteria_title, issued, province, year, counted, _highest(pieces))
    criteria = criteria.among(area.names.known)
    if level == "xa" and head.criteria_title == "ntm":
        criteria.advanced = words_for(level, "nang_cao", issued, province, year)
    found = contexts(pieces.body, criteria, area)
    return Work(pieces, head, area, criteria, found, issued, year, _unit_count(pieces), village)


def _unit_count(pieces: Parts) -> int | None:
    """The number of units of the area: the most told denominator of "…/23 xã"."""
    votes: Counter[int] = Counter()
    for p in pieces.body:
        for match in re.finditer(r"(?<![\d/])\d{1,3}\s?/\s?(\d{1,3})\s?(?:xa|thon|ban|phuong)\b", p.flat):
            votes[int(match[1])] += 1
    return votes.most_common(1)[0][0] if votes else None


def _criteria_count(pieces: Parts) -> int | None:
    """How many criteria the set has that the document counts by: the 19 of "13/19 tiêu chí"; None where it tells two."""
    told = {
        int(m[1]) for p in pieces.body for m in re.finditer(r"(?<![\d/])\d{1,2}\s?/\s?(\d{1,2})\s?tieu chi\b", p.flat)
    }
    return told.pop() if len(told) == 1 else None


def _highest(pieces: Parts) -> int:
    """The highest number that a criterion bears in the text: 17 of "tiêu chí số 17"."""
    told = (int(m[1]) for p in pieces.body for m in re.finditer(r"\btieu chi (?:so\s)?0?(\d{1,2})(?![\d.,/%])", p.flat))
    return max((no for no in told if no <= _MOST_CRITERIA), default=0)


def _content(
    source: Source, work: Work, grids: tuple[Grid, ...], stated: tuple[LegalBasis, ...], cited: tuple[Citation, ...]
) -> Reading:
    pieces = work.parts
    spelled = _Spelling(work)
    by_unit = [replace(t, units=spelled(t.units)) for t in (*commune_view.read(work), *unit_tables.read(work, grids))]
    told_by_criterion, taken = criterion_view.read(work)
    by_criterion = [replace(t, units=spelled(t.units)) for t in told_by_criterion]
    figured, shares, lists = figures.read(work, taken)
    other = [replace(t, units=spelled(t.units)) for t in figured]
    pairs = [(u, no, t.mode, t.lines) for t in by_unit for u in t.units for no in t.criteria]
    by_criterion += list(criterion_view.turned_round(work, pairs, by_criterion))
    found_annexes = annexes.read(pieces, grids)
    entries, sums, equations = money.read(work)
    tabled, tabled_sums = money_tables.read(work, found_annexes, len(entries))
    entries, sums = (*entries, *tabled), (*sums, *tabled_sums)
    lacking, steps = progress.gaps(work), progress.roadmap(work)
    told = duties.inferred(duties.read(work, grids), lacking, entries, steps, by_criterion)
    to, _ = recipients.read(pieces)
    return Reading(
        source_name=source.name,
        source_kind=source.kind,
        header=work.header,
        lines=tuple(line.text for line in source.lines),
        pages=tuple(line.page for line in source.lines),
        bases=stated,
        citations=cited,
        outline=outline.sections(pieces.body),
        targets=left_over.named(work, _distinct([*by_unit, *other, *target_tables.read(work, grids)]), lacking),
        criterion_targets=tuple(by_criterion),
        criterion_mentions=criterion_mentions(work),
        gaps=lacking,
        roadmap=steps,
        tasks=tasks.read(work, grids, _labels(grids, found_annexes)),
        duties=told,
        money=entries,
        sums=sums,
        equations=equations,
        shares=tuple(shares),
        stated_lists=tuple(lists),
        activities=progress.activities(work),
        annexes=found_annexes,
        annex_promises=annexes.promises(pieces),
        recipients=to,
        units=named_units(work, grids),
        abbreviations=abbreviations(work),
        repairs=repairs(work, source),
        set_code=work.criteria.code,
        unit_count=work.unit_count,
        closing_lines=tuple(n for p in pieces.paragraphs if p.flat.startswith("tren day la") for n in p.lines()),
        warnings=tuple(w.message for w in source.warnings),
    )


def _labels(grids: tuple[Grid, ...], found: tuple[Annex, ...]) -> dict[int, str | None]:
    """The label of the annex that a table belongs to, by the table's first line."""
    labels = {annex.rows[0].lines[0]: annex.label for annex in found if annex.rows}
    return {
        grid.first_line: next((label for at, label in labels.items() if grid.lines[0] <= at <= grid.lines[-1]), None)
        for grid in grids
    }


class _Spelling:
    """Names of units as the list of the day, or the document elsewhere, spells them in full."""

    def __init__(self, work: Work) -> None:
        self.names = work.area.names
        self.told = Counter(m.name for p in work.parts.body for m in self.names.mentions(p.text))
        self.fuller = spellings(self.told)

    def __call__(self, units: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._full(unit) for unit in units))

    def _full(self, unit: str) -> str:
        """A name that the document spells so again and again is no slip, whatever the list has."""
        if unit in self.fuller:
            return self.fuller[unit]
        return unit if self.told[unit] > 1 else self.names.right(unit)


def _distinct(targets: list[Target]) -> tuple[Target, ...]:
    """A figure beside a list of criteria is told once, by the list."""
    listed = {(t.lines[:1], t.value) for t in targets if t.criteria and t.value is not None}
    kept = [
        t
        for t in targets
        if t.criteria or not (t.measure or "").lower().startswith("tiêu chí") or (t.lines[:1], t.value) not in listed
    ]
    order = sorted(range(len(kept)), key=lambda i: (kept[i].lines[:1], kept[i].span or (0, 0)))
    return tuple(replace(kept[i]) for i in order)
