"""Văn bản kế hoạch, ready to be written."""

from __future__ import annotations

from datetime import date

from ntm.domain.documents.writing.content import PlanDocument, Section
from ntm.domain.documents.writing.phrases import annex_promise
from ntm.domain.official.numbers import write_roman
from ntm.records.planning.as_document.parts import PlanParts, load
from ntm.records.planning.as_document.reading import promises
from ntm.records.planning.models import Plan, SectionSlot
from ntm.records.planning.written.annexes import annexes_of, criterion_names
from ntm.records.planning.written.head import letterhead, run_on, signature
from ntm.records.planning.written.labels import number_of
from ntm.records.planning.written.prose import Teller, paragraphs

__all__ = ["plan_document"]


def plan_document(plan: Plan, no: int, on: date | None = None) -> PlanDocument:
    """Văn bản của một lần ban hành; of a draft, with the standing of `on` in its tables."""
    parts = load(plan, no, on)
    teller = Teller(parts, criterion_names(plan))
    annexes = annexes_of(parts)
    sections = _sections(parts, teller)
    told = {number_of(promise.label) for promise in promises(parts)[0]}
    promised = [annex.label for annex in annexes if number_of(annex.label) not in told]
    if promised and sections:
        last = sections[-1]
        sections[-1] = Section(last.heading, last.label, last.depth, (*last.blocks, annex_promise(promised)))
    taken = any(section.slot == SectionSlot.DUTIES for section in parts.sections)
    return PlanDocument(
        header=letterhead(parts),
        title=parts.version.title,
        signature=signature(parts),
        bases=tuple(basis.words.strip().rstrip(";.,") for basis in parts.bases),
        preamble=_preamble(parts),
        sections=tuple(sections),
        closing=_closing(parts, teller),
        recipients=tuple(row.words for row in parts.recipients),
        annexes=annexes,
        duties=() if taken else tuple(teller.duties()),
    )


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
    return f"{issuer[:1].upper()}{issuer[1:]} ban hành Kế hoạch {run_on(parts)}, cụ thể như sau:"


def _closing(parts: PlanParts, teller: Teller) -> str:
    if teller.told("Trên đây là"):
        return ""
    return f"Trên đây là Kế hoạch {run_on(parts)}; các cơ quan, đơn vị liên quan tổ chức thực hiện."
