"""Đọc văn bản: blocks of a file -> what the document says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Literal

from ntm.domain.documents.reading import (
    annexes,
    bases,
    commune_view,
    criterion_view,
    duties,
    figures,
    header,
    money,
    money_tables,
    outline,
    parts,
    progress,
    recipients,
    tables,
    tasks,
    unit_tables,
)
from ntm.domain.documents.reading.area import Area, area_of
from ntm.domain.documents.reading.blocks import Source
from ntm.domain.documents.reading.contexts import contexts
from ntm.domain.documents.reading.in_force import words_for
from ntm.domain.documents.reading.mentions import abbreviations, criterion_mentions, named_units, repairs
from ntm.domain.documents.reading.model import Citation, Header, LegalBasis, Reading, Target, WrittenDate
from ntm.domain.documents.reading.parts import Parts
from ntm.domain.documents.reading.tables import Grid
from ntm.domain.documents.reading.work import Work
from ntm.domain.official.periods import find_periods
from ntm.domain.official.text import flat

_PERIODS = ((2010, 2015), (2016, 2020), (2021, 2025), (2026, 2030))


def read(source: Source) -> Reading:
    """Đọc một văn bản. Never raises for what a document says; a document that says nothing gives an empty reading."""
    pieces = parts.split(source)
    first_body = pieces.body[0].first_line if pieces.body else 0
    grids = tables.grids(source, pieces.table_lines, min(first_body, _kind_line(pieces)))
    head, issued = _header(pieces, grids)
    stated, cited = bases.read(
        [*pieces.head, *pieces.preamble], [*pieces.body, *pieces.closing, *pieces.annexes], grids
    )
    work = _work(pieces, head[0], head[1], stated, issued)
    return _content(source, work, grids, stated, cited)


def _kind_line(pieces: Parts) -> int:
    return pieces.head[-1].last_line if pieces.head else 0


def _header(pieces: Parts, grids: tuple[Grid, ...]) -> tuple[tuple[Header, Area], date]:
    shreds = header.fragments(pieces.head_lines)
    number = header.read_number(shreds)
    when, place = header.read_date(shreds)
    if when is None:
        when, place = _closing_date(pieces)
    kind, kind_lines, named = header.read_kind(pieces, number)
    title, title_lines = header.read_title(pieces, named)
    _, signer = recipients.read(pieces)
    stop = min([*title_lines, *kind_lines, *(number.lines if number else ()), *(when.lines if when else ())] or [10**9])
    letterhead = header.letterhead_bodies(
        shreds, max([stop, *(number.lines if number else ())]) + 1 if stop < 10**9 else 12
    )
    issuer, issuer_lines, superior = _issuer(pieces, letterhead, signer.authority if signer else ())
    level = (
        header.level_of(issuer)
        or header.level_of(superior)
        or header.level_of(title)
        or header.level_of(" ".join(signer.authority) if signer else None)
    )
    year, period = _period(title, when, pieces)
    issued = (when.date if when else None) or date(
        (when.year if when and when.year else None) or year or (period[0] if period else 2020),
        (when.month if when and when.month else None) or 1,
        1,
    )
    top = [title or "", *(p.text for p in pieces.preamble), *(p.text for p in pieces.closing)]
    area = area_of(level, issuer or superior, place, top, [p.text for p in pieces.body[:400]], issued)
    issuer = _completed(issuer, area)
    return (
        Header(
            number.number if number else None,
            number.symbol if number else None,
            number.full if number else None,
            number.lines if number else (),
            kind,
            kind_lines,
            title,
            title_lines,
            when,
            place,
            issuer,
            issuer_lines,
            superior,
            level,
            area.commune,
            area.district,
            area.province,
            area.village,
            year,
            period,
            _title_kind(title, level),
            signer,
        ),
        area,
    ), issued


def _closing_date(pieces: Parts) -> tuple[WrittenDate | None, str | None]:
    """Some documents put place and date above the signature."""
    lines = [p for p in (*pieces.closing, *pieces.body[-2:]) if re.search(r"ngay.{0,20}thang.{0,20}nam", p.flat)]
    for p in lines:
        shreds = [header.Fragment(p.text, p.flat, p.first_line)]
        found = header.read_date(shreds)
        if found[0] is not None:
            return found
    return None, None


def _issuer(
    pieces: Parts, letterhead: list[tuple[str, int]], authority: tuple[str, ...]
) -> tuple[str | None, tuple[int, ...], str | None]:
    if letterhead:
        superior = letterhead[-2][0] if len(letterhead) > 1 else None
        return letterhead[-1][0], (letterhead[-1][1],), superior
    said = header.issuing_body(pieces.preamble)
    if said is not None:
        return said[0], said[1], None
    for words in authority:
        body = re.sub(r"^(?:TM|T/M|TL|KT|TUQ)\s?[./]\s?", "", words).strip()
        if header.level_of(body) or len(body) > 8:
            return body, (), None
    return None, (), None


def _completed(issuer: str | None, area: Area) -> str | None:
    """ "Ủy ban nhân dân huyện" with the name that the document gives its unit."""
    if issuer is None:
        return None
    for words, name in (
        ("huyện", area.district),
        ("tỉnh", area.province),
        ("xã", area.commune),
        ("thị trấn", area.commune),
        ("phường", area.commune),
    ):
        if name and re.search(rf"\b{words}$", issuer.lower()):
            return f"{issuer} {name.upper() if issuer.isupper() else name}"
    bare = re.fullmatch(r"(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan)", flat(issuer))
    level_name = {"xã": ("xã", area.commune), "huyện": ("huyện", area.district), "tỉnh": ("tỉnh", area.province)}.get(
        area.level or ""
    )
    if bare and level_name and level_name[1]:
        return f"{issuer} {level_name[0]} {level_name[1]}"
    return issuer


def _period(title: str | None, when: WrittenDate | None, pieces: Parts) -> tuple[int | None, tuple[int, int] | None]:
    """The year planned for and the programme period: from the title, else the most named in the text."""
    year: int | None = None
    period: tuple[int, int] | None = None
    for found in find_periods(title or ""):
        if found.period.kind == "year" and year is None:
            year = found.period.year
        if found.period.kind == "phase" and found.period.last_year and period is None:
            period = found.period.year, found.period.last_year
    if year is None and period is None:
        years = re.findall(r"\bnam (20\d\d)", " ".join(p.flat for p in (*pieces.preamble, *pieces.body[:60])))
        common = Counter(int(y) for y in years).most_common(1)
        year = when.year if when and when.year and not common else (common[0][0] if common else None)
    base = year or (period[0] if period else None) or (when.year if when else None)
    if period is None and base:
        period = next((p for p in _PERIODS if p[0] <= base <= p[1]), None)
    return year, period


def _title_kind(title: str | None, level: str | None) -> Literal["ntm", "nang_cao", "kieu_mau"]:
    words = flat(title or "")
    if level in ("xã", "thôn"):
        if re.search(r"(?:nong thon moi|ntm) kieu mau", words) and "nang cao" not in words:
            return "kieu_mau"
        if re.search(r"(?:nong thon moi|ntm) nang cao", words):
            return "nang_cao"
    return "ntm"


def _is_village(title: str | None, level: str | None) -> bool:
    """Does the document work for villages: "xây dựng thôn nông thôn mới"?"""
    words = flat(title or "")
    return level == "thôn" or bool(
        re.search(r"\b(?:thon|ban|ap|khu dan cu|xom|khu)\s(?:dat chuan\s)?(?:nong thon moi|ntm|kieu mau)", words)
        and not re.search(r"\bxa\s(?:dat chuan\s)?(?:nong thon moi|ntm)", words)
    )


def _work(pieces: Parts, head: Header, area: Area, stated: tuple[LegalBasis, ...], issued: date) -> Work:
    if head.date is None or head.date.date is None:
        latest = max((b.date.date for b in stated if b.date and b.date.date), default=None)
        if latest is not None and latest > issued:
            issued = latest
    village = _is_village(head.title, head.level)
    year = head.year or issued.year
    criteria = words_for("thon" if village else "xa", head.criteria_title, issued, area.codes.get("tinh"), year)
    found = contexts(pieces.body, criteria, area)
    return Work(pieces, head, area, criteria, found, issued, year, _unit_count(pieces), village)


def _unit_count(pieces: Parts) -> int | None:
    """The number of units of the area: the most told denominator of "…/23 xã"."""
    votes: Counter[int] = Counter()
    for p in pieces.body:
        for match in re.finditer(r"(?<![\d/])\d{1,3}\s?/\s?(\d{1,3})\s?(?:xa|thon|ban|phuong)\b", p.flat):
            votes[int(match[1])] += 1
    return votes.most_common(1)[0][0] if votes else None


def _content(
    source: Source, work: Work, grids: tuple[Grid, ...], stated: tuple[LegalBasis, ...], cited: tuple[Citation, ...]
) -> Reading:
    pieces = work.parts
    by_unit = list(commune_view.read(work)) + list(unit_tables.read(work, grids))
    by_criterion, taken = criterion_view.read(work)
    other, shares, lists = figures.read(work, taken)
    pairs = [(u, no, t.mode, t.lines) for t in by_unit for u in t.units for no in t.criteria]
    by_criterion += list(criterion_view.turned_round(work, pairs, by_criterion))
    found_annexes = annexes.read(pieces, grids)
    labels = {a.rows[0].lines[0]: a.label for a in found_annexes if a.rows}
    grid_labels = {
        g.first_line: next((label for at, label in labels.items() if g.lines[0] <= at <= g.lines[-1]), None)
        for g in grids
    }
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
        outline=outline.sections(pieces.body),  # type: ignore[arg-type]
        targets=_distinct([*by_unit, *other]),
        criterion_targets=tuple(by_criterion),
        criterion_mentions=criterion_mentions(work),
        gaps=lacking,
        roadmap=steps,
        tasks=tasks.read(work, grids, grid_labels),
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
        repairs=repairs(work),
        set_code=work.criteria.code,
        unit_count=work.unit_count,
        closing_lines=tuple(n for p in pieces.paragraphs if p.flat.startswith("tren day la") for n in p.lines()),
        warnings=tuple(w.message for w in source.warnings),
    )


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
