"""Văn bản kế hoạch và biên bản giao ban, ready to be written."""

from __future__ import annotations

from datetime import date

from ntm.domain.documents.writing.content import (
    Letterhead,
    Minutes,
    Para,
    PlanDocument,
    Section,
    Signature,
)
from ntm.domain.documents.writing.phrases import annex_promise
from ntm.domain.official.dates import PartialDate, write_date
from ntm.domain.official.numbers import write_roman
from ntm.records.planning.as_document.parts import PlanParts, load
from ntm.records.planning.minutes import MinutesContent
from ntm.records.planning.models import Plan, SectionSlot, VersionState
from ntm.records.planning.written.annexes import annexes_of, criterion_names
from ntm.records.planning.written.prose import Teller, paragraphs

__all__ = ["minutes_document", "plan_document"]


def plan_document(plan: Plan, no: int, on: date | None = None) -> PlanDocument:
    """Văn bản của một lần ban hành; of a draft, with the standing of `on` in its tables."""
    parts = load(plan, no, on)
    teller = Teller(parts, criterion_names(plan))
    annexes = annexes_of(parts)
    sections = _sections(parts, teller)
    promised = [annex.label for annex in annexes if not teller.told(annex.label)]
    if promised and sections:
        last = sections[-1]
        sections[-1] = Section(last.heading, last.label, last.depth, (*last.blocks, annex_promise(promised)))
    taken = any(section.slot == SectionSlot.DUTIES for section in parts.sections)
    return PlanDocument(
        header=_letterhead(parts),
        title=parts.version.title,
        signature=_signature(parts),
        bases=tuple(basis.words.strip().rstrip(";.,") for basis in parts.bases),
        preamble=_preamble(parts),
        sections=tuple(sections),
        closing=_closing(parts, teller),
        recipients=tuple(row.words for row in parts.recipients),
        annexes=annexes,
        duties=() if taken else tuple(teller.duties()),
    )


def _letterhead(parts: PlanParts) -> Letterhead:
    version = parts.version
    issued = version.issued_on or PartialDate(parts.on.year, parts.on.month)
    return Letterhead(
        issuer=version.issuer,
        superior=version.superior,
        number=version.number,
        symbol=version.symbol,
        place=version.place,
        date=issued,
        issuer_words=version.issuer,
        draft=version.state in (VersionState.DRAFT, VersionState.REVIEWED),
    )


def _signature(parts: PlanParts) -> Signature:
    authority = tuple(line for line in parts.version.signing_authority.split("\n") if line.strip())
    return Signature(parts.version.signer_position, parts.version.signer, authority)


def _sections(parts: PlanParts, teller: Teller) -> list[Section]:
    found = [
        Section(row.heading, row.label, row.depth, (*paragraphs(row.text), *teller.of_slot(row)))
        for row in parts.sections
    ]
    slots = {row.slot for row in parts.sections}
    number = sum(section.depth == 1 for section in found)
    wanting = (
        (SectionSlot.TARGETS, "MỤC TIÊU, CHỈ TIÊU PHẤN ĐẤU", teller.targets()),
        (SectionSlot.ROADMAP, "LỘ TRÌNH THỰC HIỆN", () if _in_words(parts, teller) else teller.roadmap()),
        (SectionSlot.MONEY, "NGUỒN LỰC THỰC HIỆN", teller.money()),
    )
    for slot, heading, drawn in wanting:
        if slot not in slots and drawn:
            number += 1
            found.append(Section(heading, f"{write_roman(number)}.", 1, tuple(drawn)))
    return found


def _in_words(parts: PlanParts, teller: Teller) -> bool:
    """Does the plan's own text tell its steps already?"""
    return any(teller.told(step.what) for step in parts.roadmap)


def _preamble(parts: PlanParts) -> str:
    issuer = parts.version.issuer
    return f"{issuer[:1].upper()}{issuer[1:]} ban hành Kế hoạch {_run_on(parts)}, cụ thể như sau:"


def _closing(parts: PlanParts, teller: Teller) -> str:
    if teller.told("Trên đây là"):
        return ""
    return f"Trên đây là Kế hoạch {_run_on(parts)}; các cơ quan, đơn vị liên quan tổ chức thực hiện."


def _run_on(parts: PlanParts) -> str:
    """The title inside a sentence."""
    return parts.version.title[:1].lower() + parts.version.title[1:]


def minutes_document(told: MinutesContent) -> Minutes:
    """Biên bản giao ban."""
    issuer = told.body or f"Uỷ ban nhân dân {told.unit}"
    return Minutes(
        header=Letterhead(issuer=issuer, place=told.province or told.unit, symbol="BB", date=told.on),
        title=told.title,
        opened=write_date(told.on, words=True),
        place=told.place or told.unit,
        present=told.present,
        chair=Signature("Chủ trì", told.chair),
        secretary=Signature("Thư ký", told.secretary),
        sections=tuple(
            Section(part.heading, f"{at}.", 2, tuple(Para(line, "-") for line in part.lines))
            for at, part in enumerate(told.parts, start=1)
        ),
        conclusions=tuple(one.sentence for one in told.conclusions),
        closed="Biên bản được thông qua tại cuộc họp.",
    )
