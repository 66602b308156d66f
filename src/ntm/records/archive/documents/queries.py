"""Đọc văn bản: lists and search within what an office may read, one document with its items, confirmed items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from ntm.domain.official.text import fold
from ntm.records.archive.documents import search
from ntm.records.archive.models import (
    ConfirmedItem,
    DocumentReading,
    DocumentText,
    FindingAnswer,
    ItemDecision,
    OfficialDocument,
    ReadItem,
    Section,
)
from ntm.records.archive.services import FileMissing
from ntm.records.people import authority

_SHORT = [f"current__{name}" for name in DocumentReading.LONG]
MATCHES = 4  # items and lines shown of one document


@dataclass(frozen=True)
class Asked:
    """Điều kiện tìm."""

    words: str = ""
    unit_id: int | None = None
    year: int | None = None
    kind: str = ""
    number: str = ""

    @property
    def any(self) -> bool:
        return bool(self.words or self.unit_id or self.year or self.kind or self.number)


@dataclass
class Found:
    """Một văn bản tìm được: lines of its text and items that hold the words."""

    document: OfficialDocument
    lines: list[tuple[int, str]] = field(default_factory=list)
    items: list[ReadItem] = field(default_factory=list)


@dataclass
class ShownItem:
    """Mục với quyết định đang có."""

    item: ReadItem
    decision: ItemDecision | None
    confirmed: bool
    allowed: bool

    @property
    def state(self) -> str:
        return self.decision.decision if self.decision else ""


def visible(actor: authority.Actor, on: date) -> QuerySet[OfficialDocument]:
    """Văn bản được xem: those at units where the office may read, and one's own."""
    area = authority.reach(actor, "document.read", on=on)
    rows = OfficialDocument.objects.filter(withdrawn_at=None, on__lte=on)
    if area.everywhere:
        return rows
    return rows.filter(Q(unit_id__in=area.unit_ids) | Q(uploaded_by_id=actor.user_id))


def searched(actor: authority.Actor, asked: Asked, on: date) -> QuerySet[OfficialDocument]:
    """Tìm văn bản by unit, year, kind, number and words without marks; the newest first, readings left out."""
    rows = visible(actor, on)
    if asked.unit_id is not None:
        rows = rows.filter(unit_id=asked.unit_id)
    if asked.year is not None:
        rows = rows.filter(year=asked.year)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.number:
        rows = rows.filter(number_key__contains=fold(asked.number).replace(" ", ""))
    words = search.words_of(asked.words)
    if words:
        rows = rows.filter(pk__in=search.containing(words))
    standing = Count("confirmed", filter=Q(confirmed__withdrawn_at=None))
    rows = rows.select_related("use__file", "current").defer(*_SHORT).annotate(confirmed_count=standing)
    return rows.order_by("-uploaded_at", "-pk")


def with_matches(documents: Sequence[OfficialDocument], words: str) -> list[Found]:
    """The documents of one page of results, with the lines and items that hold the words; two queries."""
    found = {document.pk: Found(document) for document in documents}
    wanted = search.words_of(words)
    if not wanted:
        return list(found.values())
    for document_id, text in _texts(found):
        found[document_id].lines = _lines(text, wanted)
    items = ReadItem.objects.filter(reading__in=[one.current_id for one in documents if one.current_id])
    for word in wanted:
        items = items.filter(folded__contains=word)
    by_reading = {one.current_id: found[one.pk] for one in documents}
    for item in items.order_by("reading", "order")[: 50 * MATCHES]:
        shown = by_reading[item.reading_id].items
        if len(shown) < MATCHES:
            shown.append(item)
    return list(found.values())


def _texts(found: Collection[int]) -> QuerySet[Any, tuple[int, str]]:
    return DocumentText.objects.filter(document__in=list(found)).values_list("document_id", "text")


def _lines(text: str, wanted: list[str]) -> list[tuple[int, str]]:
    """Lines that hold all the words, else those that hold the most of them."""
    scored = []
    for no, line in enumerate(text.split("\n"), 1):
        held = set(search.words_of(line))
        count = sum(word in held for word in wanted)
        if count:
            scored.append((-count, no, line))
    scored.sort()
    best = scored[0][0] if scored else 0
    return [(no, line) for count, no, line in scored[:MATCHES] if count == best]


def choices(actor: authority.Actor, on: date) -> tuple[list[int], list[str], list[int]]:
    """Units, kinds and years that occur among the documents one may see, for the filters."""
    rows = visible(actor, on).values_list("unit_id", "kind", "year").order_by().annotate(n=Count("pk"))
    units, kinds, years = set(), set(), set()
    for unit_id, kind, year, _n in rows:
        units.add(unit_id)
        kinds.add(kind)
        years.add(year)
    return sorted(units - {None}), sorted(kinds - {""}), sorted(years - {None}, reverse=True)


def one(actor: authority.Actor, document_id: int, on: date) -> OfficialDocument:
    """Một văn bản, for who may read it; FileMissing where there is none."""
    rows = OfficialDocument.objects.select_related("use__file", "current", "uploaded_by")
    document = rows.filter(pk=document_id, withdrawn_at=None).first()
    if document is None:
        raise FileMissing(_("Không có văn bản này, hoặc văn bản đã được rút."))
    if document.uploaded_by_id != actor.user_id:
        authority.require(actor, "document.read", document.unit_id, on=on)
    return document


def light(actor: authority.Actor, document_id: int, on: date) -> OfficialDocument:
    """The same without the long parts of the reading: for pictures, files and verbs."""
    rows = OfficialDocument.objects.select_related("use__file", "current").defer(*_SHORT)
    document = rows.filter(pk=document_id, withdrawn_at=None).first()
    if document is None:
        raise FileMissing(_("Không có văn bản này, hoặc văn bản đã được rút."))
    if document.uploaded_by_id != actor.user_id:
        authority.require(actor, "document.read", document.unit_id, on=on)
    return document


def latest_reading(document: OfficialDocument) -> DocumentReading | None:
    """The reading that was asked last, without its long parts: it may still run, or have failed."""
    return document.readings.defer(*DocumentReading.LONG).first()


def waiting_before(reading: DocumentReading) -> int:
    """How many readings are in the queue before this one."""
    return DocumentReading.objects.filter(state__in=("queued", "reading"), pk__lt=reading.pk).count()


def items(
    document: OfficialDocument, allowed: Any, *, only: Collection[int] | None = None
) -> dict[str, list[ShownItem]]:
    """The items of the present reading by section, with decisions and what is confirmed; three queries."""
    rows = ReadItem.objects.filter(reading_id=document.current_id)
    if only is not None:
        rows = rows.filter(pk__in=only)
    decisions = ItemDecision.objects.filter(item__reading_id=document.current_id, replaced_at=None)
    held = {one.item_id: one for one in decisions.select_related("by")}
    confirmed = set(
        ConfirmedItem.objects.filter(document=document, withdrawn_at=None).values_list("item_id", flat=True)
    )
    found: dict[str, list[ShownItem]] = {}
    for item in rows.order_by("order"):
        shown = ShownItem(item, held.get(item.pk), item.pk in confirmed, allowed(item.criteria))
        found.setdefault(item.section, []).append(shown)
    return {section: found[section] for section in Section.values if section in found}


def answers(document: OfficialDocument) -> dict[int, FindingAnswer]:
    """Answers to the findings of the present reading, by number."""
    rows = FindingAnswer.objects.filter(reading_id=document.current_id, replaced_at=None).select_related("by")
    return {one.number: one for one in rows}


def counts(document: OfficialDocument) -> Counter[str]:
    """How many items are decided how: accepted, corrected, rejected, confirmed, all."""
    decided = ItemDecision.objects.filter(item__reading_id=document.current_id, replaced_at=None)
    found: Counter[str] = Counter(decided.order_by().values_list("decision", flat=True))
    found["confirmed"] = ConfirmedItem.objects.filter(document=document, withdrawn_at=None).count()
    found["all"] = ReadItem.objects.filter(reading_id=document.current_id).count()
    return found


def confirmed(
    unit_ids: Collection[int], *, on: date, section: str | None = None, document_id: int | None = None
) -> QuerySet[ConfirmedItem]:
    """Mục đã xác nhận at these units up to a day, with the document, its file and who confirmed: what planning takes up."""
    rows = ConfirmedItem.objects.filter(unit_id__in=unit_ids, on__lte=on, withdrawn_at=None)
    if section:
        rows = rows.filter(section=section)
    if document_id:
        rows = rows.filter(document_id=document_id)
    return rows.select_related("document__use__file", "item", "by").order_by("document_id", "item__order")


def confirmed_of(document: OfficialDocument) -> QuerySet[ConfirmedItem]:
    """The confirmed items of one document."""
    rows = ConfirmedItem.objects.filter(document=document, withdrawn_at=None)
    return rows.select_related("item", "by").order_by("item__order")


def confirmed_in_sight(
    actor: authority.Actor, on: date, *, unit_id: int | None = None, section: str = ""
) -> QuerySet[ConfirmedItem]:
    """The confirmed items of all documents that one may see, for a page."""
    rows = ConfirmedItem.objects.filter(document__in=visible(actor, on), on__lte=on, withdrawn_at=None)
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    if section:
        rows = rows.filter(section=section)
    return rows.select_related("document__use", "item", "by").order_by("-document_id", "item__order")


def confirmed_choices(actor: authority.Actor, on: date) -> tuple[list[int], list[tuple[str, str]]]:
    """Units and parts that occur among them, for the filters."""
    rows = ConfirmedItem.objects.filter(document__in=visible(actor, on), on__lte=on, withdrawn_at=None)
    found = list(rows.order_by().values_list("unit_id", "section").distinct())
    sections = {section for _unit, section in found}
    places = sorted({unit for unit, _section in found if unit is not None})
    return places, [(value, str(label)) for value, label in Section.choices if value in sections]
