"""Nêu tên: criteria with number and name as they stand together, units with codes, abbreviations, doubtful letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ntm.domain.documents.reading.area import Area
from ntm.domain.documents.reading.blocks import Source
from ntm.domain.documents.reading.layout import Paragraph
from ntm.domain.documents.reading.marks import UPPER, plain
from ntm.domain.documents.reading.model import Abbreviation, CriterionMention, NamedUnit, Repair
from ntm.domain.documents.reading.names import name_key
from ntm.domain.documents.reading.tables import Grid
from ntm.domain.documents.reading.work import Work
from ntm.domain.official.abbreviations import learn_abbreviations
from ntm.domain.official.repair import repair
from ntm.domain.official.syllables import gaps


def criterion_mentions(work: Work) -> tuple[CriterionMention, ...]:
    """Every place where a criterion is named by number and name, or by one of them."""
    found: list[CriterionMention] = []
    for context in work.contexts:
        p = context.paragraph
        refs = list(work.criteria.mentions(p.flat))
        if context.own_label and context.refs and not any(r.start < context.label_end for r in refs):
            refs = [*context.refs, *refs]
        for ref in refs:
            name = (
                p.text[ref.end - len(ref.named) : ref.end]
                if ref.named and p.flat[: ref.end].endswith(ref.named)
                else _words(p, ref.named)
            )
            found.append(
                CriterionMention(
                    ref.stated or ref.no,
                    name,
                    ref.resolved,
                    "thon" if work.criteria.level == "thon" else "xa",
                    p.lines(ref.start, ref.end),
                )
            )  # type: ignore[arg-type]
    return tuple(found)


def _words(p: Paragraph, named: str | None) -> str | None:
    if not named:
        return None
    at = p.flat.find(named)
    return p.text[at : at + len(named)] if at >= 0 else named


def named_units(work: Work, grids: Sequence[Grid]) -> tuple[NamedUnit, ...]:
    """Units that the document names, once each, with all their lines."""
    found: dict[tuple[str, str], NamedUnit] = {}
    for p in (*work.parts.preamble, *work.parts.body):
        mentions = work.area.names.mentions(p.text)
        for i, m in enumerate(mentions):
            within = _village_within(p, mentions[i + 1 :], m.end) if m.level == "thon" else None
            _add(found, work.area, m.name, m.level, m.kind, p.lines(m.start, m.end), within)
    for grid in grids:
        upper: str | None = None
        for row in grid.rows:
            for cell in row.cells:
                for m in work.area.names.mentions(cell):
                    if plain(cell).strip() == plain(f"{m.kind or ''} {m.name}").strip():
                        _add(found, work.area, m.name, m.level, m.kind, row.lines, upper if m.level == "thon" else None)
                        upper = f"{m.kind or ''} {m.name}".strip() if m.level == "xa" else upper
    return tuple(sorted(found.values(), key=lambda u: u.lines))


def _village_within(p: Paragraph, following: Sequence[object], at: int) -> str | None:
    """ "thôn Cán Chư Sừ - xã Cán Cẩu", "thôn Lao Chải xã Sán Chải"."""
    match = re.match(
        rf"[\s,\-–]*(?:thuộc\s)?(?P<w>(?:xã|phường|thị trấn)\s[{UPPER}]\w*(?:\s[{UPPER}]\w*){{0,3}})", p.text[at:]
    )
    return match["w"] if match else None


def _add(
    found: dict[tuple[str, str], NamedUnit],
    area: Area,
    name: str,
    level: str,
    kind: str | None,
    lines: tuple[int, ...],
    within: str | None,
) -> None:
    here = (name_key(name), level)
    old = found.get(here)
    code = area.code(name, level)  # type: ignore[arg-type]
    if old is None:
        found[here] = NamedUnit(name, level, kind.lower() if kind else None, code, within, lines)  # type: ignore[arg-type]
    else:
        found[here] = NamedUnit(
            old.name,
            old.level,
            old.kind or (kind.lower() if kind else None),
            old.code or code,
            old.within or within,
            tuple(sorted({*old.lines, *lines})),
        )


def abbreviations(work: Work) -> tuple[Abbreviation, ...]:
    """Short forms where the document itself says what they stand for."""
    found: dict[str, Abbreviation] = {}
    for p in (*work.parts.preamble, *work.parts.body):
        if "(" in p.text or "tắt" in p.text:
            for short, long in learn_abbreviations(p.text).items():
                found.setdefault(short, Abbreviation(short, long, True, p.lines()))
    return tuple(found.values())


def repairs(work: Work, source: Source) -> tuple[Repair, ...]:
    """What recognition most likely spoiled: the words as they stand, and what they were."""
    found = [
        Repair(line.text[start:end], " ".join(words), (line.no,))
        for line in source.lines
        for start, end, words in gaps(line.text)
    ]
    for p in work.parts.paragraphs:
        found += [Repair(c.original, c.repaired, p.lines(c.start, c.end)) for c in repair(p.text).changes]
    return tuple(found)
