"""Nạp danh mục văn bản: from the YAML files beside this module, strictly, to frozen instruments."""

from __future__ import annotations

from pathlib import Path

from ntm.domain.instruments.model import EVIDENCE, Instrument, Relation, RelationKind
from ntm.domain.instruments.source_file import Entry, read

__all__ = ["DATA", "load_file", "load_text"]

DATA = Path(__file__).parent / "data"


def load_file(path: Path) -> tuple[Instrument, ...]:
    return load_text(path.read_text(encoding="utf-8"), path.name)


def load_text(text: str, source: str) -> tuple[Instrument, ...]:
    """The instruments a file lists; the same number, issuer and date twice is refused."""
    entry = read(text, source)
    found: dict[tuple[str, str, object], Instrument] = {}
    for item in entry.entries("instruments"):
        instrument = _instrument(item)
        if instrument.key in found:
            raise item.wrong(f'văn bản "{instrument.number}" của {instrument.issuer} cùng ngày viết hai lần')
        found[instrument.key] = instrument
    entry.close()
    return tuple(found.values())


def _instrument(entry: Entry) -> Instrument:
    end = entry.get("no_longer_from")
    instrument = Instrument(
        number=entry.need("number").text(),
        kind=entry.need("kind").text(),
        issuer=entry.need("issuer").text(),
        date=entry.maybe_day("date"),
        title=entry.need("title").text(),
        effective_from=entry.maybe_day("effective_from"),
        effective_to=end.day() if end else None,
        relations=tuple(_relation(item) for item in entry.entries("relations")),
        cited_by=entry.maybe_texts("cited_by"),
        evidence=entry.need("evidence").one_of(tuple(EVIDENCE)),
        source=entry.need("source").text(),
        verified=entry.need("verified").flag(),
        note=entry.maybe_text("note"),
        effective_to_note=entry.maybe_text("no_longer_note"),
        year=entry.maybe_whole("year"),
    )
    entry.close()
    if instrument.date and instrument.year:
        raise entry.wrong('đã có ngày ký thì không ghi "year"')
    if instrument.effective_from and instrument.effective_to and instrument.effective_from >= instrument.effective_to:
        raise entry.wrong("ngày hết hiệu lực phải sau ngày có hiệu lực")
    return instrument


def _relation(entry: Entry) -> Relation:
    relation = Relation(
        kind=RelationKind(entry.need("relation").one_of(tuple(RelationKind))),
        number=entry.need("number").text(),
        locator=entry.maybe_text("locator"),
        verified=entry.need("verified").flag(),
        note=entry.maybe_text("note"),
    )
    entry.close()
    return relation
