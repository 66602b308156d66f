"""Kế hoạch như một bản đọc: the version's words go through the reader of documents, its rows stand in for what was read.

So a rule says of a stored plan what it says of the document that the plan was made of. What only the words tell (sums
in a sentence, names in brackets, promised annexes) comes from the reader; what has rows comes from the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from ntm.domain.documents.checking.prose import unit_key
from ntm.domain.documents.reading import annexes
from ntm.domain.documents.reading import parts as pieces
from ntm.domain.documents.reading.model import (
    AnnexPromise,
    Header,
    LegalBasis,
    Level,
    NamedUnit,
    Reading,
    Signer,
    WrittenDate,
)
from ntm.domain.documents.reading.reader import read
from ntm.domain.documents.reading.sources import Limits
from ntm.domain.documents.reading.sources.plaintext import read_text
from ntm.domain.documents.writing.content import Annex as Annexed
from ntm.domain.official.text import natural_key
from ntm.records.planning.as_document import money as plan_money
from ntm.records.planning.as_document import tables as plan_tables
from ntm.records.planning.as_document import targets as plan_targets
from ntm.records.planning.as_document import work as plan_work
from ntm.records.planning.as_document.page import Page, Place, lay_out
from ntm.records.planning.as_document.parts import PlanParts
from ntm.records.planning.models import PlanBasis, PlanKind
from ntm.records.planning.queries.days import LIVING

__all__ = ["as_reading", "promises"]

_LEVELS: dict[str, Level] = {"tinh": "tỉnh", "huyen": "huyện", "xa": "xã", "thon": "thôn"}
_KINDS = {PlanKind.ADVANCED: "nang_cao", PlanKind.MODEL: "kieu_mau"}


@lru_cache(maxsize=32)
def _read(text: str) -> Reading:
    return read(read_text(text.encode(), "kế hoạch.txt", "txt", Limits()))


@lru_cache(maxsize=32)
def _promises(text: str) -> tuple[AnnexPromise, ...]:
    return annexes.promises(pieces.split(read_text(text.encode(), "kế hoạch.txt", "txt", Limits())))


def promises(parts: PlanParts) -> tuple[tuple[AnnexPromise, ...], tuple[str, ...]]:
    """Các biểu mà lời hứa kèm theo, and the lines they stand on: without reading all the rest."""
    lines = lay_out(parts).lines
    return _promises("\n".join(lines)), tuple(lines)


def as_reading(parts: PlanParts, annexed: Sequence[tuple[str, Annexed]] = ()) -> tuple[Reading, Page]:
    """Bản đọc của một lần ban hành, and the page that its lines stand on. `annexed`: what its tables tell, and the tables
    that it is written with."""
    page = lay_out(parts)
    told = _read("\n".join(page.lines))
    header = _header(parts, told)
    targets, by_criterion = plan_targets.targets(parts, told, page)
    label = next((annex.label for about, annex in annexed if about == "work"), "")
    roadmap, tasks, work, duties = plan_work.work(parts, told, page, label)
    drawn = (*work, *plan_tables.tables(annexed, page))
    money, sums = plan_money.money(parts, told, page)
    reading = replace(
        told,
        header=header,
        bases=_bases(parts, told, page),
        targets=targets,
        criterion_targets=by_criterion,
        roadmap=roadmap,
        tasks=tasks,
        annexes=(*told.annexes, *sorted(drawn, key=lambda one: natural_key(one.label or ""))),
        duties=duties,
        money=money,
        sums=sums,
        units=_units(parts, told),
        set_code=parts.plan.set.code if parts.plan.set is not None else told.set_code,
        unit_count=told.unit_count,
        lines=tuple(page.lines),
        pages=(None,) * len(page.lines),
    )
    return reading, page


def _header(parts: PlanParts, told: Reading) -> Header:
    version, uppers = parts.version, {up.level: up.name for up in (parts.label, *parts.label.ancestors)}
    day = version.issued_on or parts.on
    waits = "…" if version.state in LIVING else None  # the number is given at the signature: a draft lacks none
    number = f"{version.number}/{version.symbol}" if version.number and version.symbol else None
    place_lines = told.header.number_lines or (3,)
    written = WrittenDate(f"{day:%d/%m/%Y}", day.year, day.month, day.day, place_lines)
    positions = tuple(line for line in version.signing_authority.split("\n") if line.strip())
    return replace(
        told.header,
        number=version.number or waits,
        symbol=version.symbol or None,
        full_number=number,
        kind="kế hoạch",
        title=version.title,
        date=written,
        place=version.place,
        issuer=version.issuer,
        superior=version.superior or None,
        level=_LEVELS.get(parts.label.level),
        commune=uppers.get("xa"),
        district=uppers.get("huyen"),
        province=uppers.get("tinh"),
        village=uppers.get("thon"),
        year=parts.plan.year if parts.plan.year == parts.plan.year_to else None,
        criteria_title=_KINDS.get(PlanKind(parts.plan.kind), "ntm"),
        signer=Signer(version.signer or None, version.signer_position or None, positions),
    )


def _bases(parts: PlanParts, told: Reading, page: Page) -> tuple[LegalBasis, ...]:
    """The clause as the reader understands it; number, day and issuer as the row has them."""
    found = []
    for row in parts.bases:
        lines = tuple(n for n, places in page.rows.items() if Place("basis", row.pk) in places)
        like = next((b for b in told.bases if set(b.lines) & set(lines)), None)
        found.append(_basis(row, like or LegalBasis(None, row.role or "căn cứ", text=row.words, lines=lines)))
    kept = {line for basis in found for line in basis.lines}
    return (*found, *(b for b in told.bases if not set(b.lines) & kept))


def _basis(row: PlanBasis, like: LegalBasis) -> LegalBasis:
    day = row.date
    written = like.date
    if day is not None and (written is None or written.date != day):
        written = WrittenDate(f"{day:%d/%m/%Y}", day.year, day.month, day.day, like.lines)
    return replace(
        like,
        number=row.number or like.number,
        kind=row.kind or like.kind,
        issuer=row.issuer or like.issuer,
        title=row.title or like.title,
        date=written,
    )


def _units(parts: PlanParts, told: Reading) -> tuple[NamedUnit, ...]:
    known = {unit_key(unit.name) for unit in told.units}
    more = [
        NamedUnit(label.name, label.level, label.kind, label.code)  # type: ignore[arg-type]
        for pk, label in sorted(parts.labels.items())
        if pk != parts.plan.unit_id and unit_key(label.name) not in known
    ]
    return (*told.units, *more)
