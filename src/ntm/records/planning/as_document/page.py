"""Trang chữ của kế hoạch: a version as numbered lines, and for every line the rows it was written from.

What is read again by the reader of documents comes first (head, bases, sections, targets and duties that no section
tells, recipients); the tables (criteria, roadmap, tasks, money) follow the signature and are not read, only pointed at.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ntm.domain.documents.checking.prose import tokens
from ntm.domain.official.dates import write_date
from ntm.domain.official.money import write_money
from ntm.domain.official.numbers import write_roman
from ntm.records.planning.as_document.parts import PlanParts
from ntm.records.planning.models import SectionSlot, Subject

__all__ = ["Page", "Place", "lay_out", "money_words", "within"]

_HEADS = {SectionSlot.TARGETS: "CHỈ TIÊU PHẤN ĐẤU", SectionSlot.DUTIES: "TỔ CHỨC THỰC HIỆN"}
_HEAD_LEVEL = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@dataclass(frozen=True, slots=True)
class Place:
    """Chỗ: a row of the plan, to jump to."""

    kind: str  # version, basis, section, target, cells, criterion, roadmap, task, duty, money, recipient
    pk: int


@dataclass
class Page:
    """Các dòng và chỗ của chúng; `told` finds words again that stand in some lines."""

    lines: list[str] = field(default_factory=list)
    rows: dict[int, list[Place]] = field(default_factory=lambda: defaultdict(list))
    read_to: int = 0  # the last line that the reader is given
    _words: list[str] = field(default_factory=list)

    def add(self, text: str, *places: Place) -> int:
        self.lines.append(" ".join(text.split(" ")))
        self.rows[len(self.lines)] += places
        self._words.append(_key(text))
        return len(self.lines)

    def mark(self, lines: tuple[int, ...], place: Place) -> None:
        """The row stands on those lines too: the nearest thing first."""
        for line in lines:
            if place not in self.rows[line]:
                self.rows[line].insert(0, place)

    def told(self, words: str, first: int = 1, last: int | None = None) -> tuple[int, ...]:
        """The lines on which those words stand, also over line ends; none where they do not."""
        return within(words, self._words[first - 1 : last], first)


def _key(text: str) -> str:
    return " ".join(tokens(text))


def within(words: str, keys: list[str], first: int = 1) -> tuple[int, ...]:
    """The numbers of the keys over which the words run; `first` is the number of the first key."""
    wanted = _key(words)
    if not wanted:
        return ()
    for at, key in enumerate(keys):
        if wanted in key:
            return (first + at,)
    joined = " ".join(keys)
    start = joined.find(wanted)
    if start < 0:
        return ()
    found, offset = [], 0
    for at, key in enumerate(keys):
        if offset < start + len(wanted) and start < offset + len(key):
            found.append(first + at)
        offset += len(key) + 1
    return tuple(found)


def lay_out(parts: PlanParts) -> Page:
    """Viết các dòng của một lần ban hành."""
    page = Page()
    _head(page, parts)
    for basis in parts.bases:
        page.add(f"{basis.words.strip().rstrip(';.')};", Place("basis", basis.pk))
    prose = [_key(line) for s in parts.sections for line in (s.heading, *s.text.split("\n"))]
    wanting: dict[str, list[tuple[str, Place]]] = {
        SectionSlot.TARGETS: [
            (f"- {t.what.strip().rstrip('.;')}.", Place("target", t.pk))
            for t in parts.targets
            if t.subject != Subject.CRITERION and not within(t.what, prose)
        ],
        SectionSlot.DUTIES: [
            (f"- {line}", Place("duty", duty.pk))
            for duty in parts.duties
            if not _duty_told(duty, prose)
            for line in _duty_lines(duty)
        ],
    }
    for section in parts.sections:
        place = Place("section", section.pk)
        page.add(f"{section.label} {section.heading}".strip(), place)
        for line in section.text.split("\n") if section.text.strip() else ():
            page.add(line, place)
        for text, row in wanting.pop(section.slot, ()):
            page.add(text, row, place)
    number = sum(section.depth == 1 for section in parts.sections)
    for slot, rows in wanting.items():
        if rows:
            number += 1
            page.add(f"{write_roman(number)}. {_HEADS[SectionSlot(slot)]}")
            for text, row in rows:
                page.add(text, row)
    _foot(page, parts)
    page.read_to = len(page.lines)
    return page


def _head(page: Page, parts: PlanParts) -> None:
    version, place = parts.version, Place("version", parts.version.pk)
    names = [line.upper() for line in (version.superior, version.issuer) if line]
    first, second = (names[0], names[1]) if len(names) > 1 else (names[0] if names else "", "")
    page.add(f"{first}\t{_HEAD_LEVEL}", place)
    page.add(f"{second}\tĐộc lập - Tự do - Hạnh phúc", place)
    page.add(f"Số: {version.number}/{version.symbol}\t{version.place}, {_day(version.issued_on, parts.on)}", place)
    page.add("")
    page.add("KẾ HOẠCH", place)
    page.add(version.title, place)
    page.add("")


def _day(issued: date | None, on: date) -> str:
    if issued is None:
        return f"ngày      tháng {on:%m} năm {on:%Y}"
    return write_date(issued, words=True)


def _duty_told(duty: Any, prose: list[str]) -> bool:
    first = next((line for line in duty.text.split("\n") if line.strip()), "")
    return bool(within(duty.body_words, prose)) and (not first or bool(within(first, prose)))


def _duty_lines(duty: Any) -> list[str]:
    lines = [line.strip() for line in duty.text.split("\n") if line.strip()]
    return [f"{duty.body_words}: {lines[0]}", *lines[1:]] if lines else [f"{duty.body_words}:"]


def _foot(page: Page, parts: PlanParts) -> None:
    page.add("")
    if parts.recipients:
        page.add("Nơi nhận:")
        for row in parts.recipients:
            page.add(f"- {row.words.strip().rstrip(';.')};", Place("recipient", row.pk))
    place = Place("version", parts.version.pk)
    signed = [*parts.version.signing_authority.split("\n"), parts.version.signer_position.upper(), parts.version.signer]
    for line in signed:
        if line.strip():
            page.add(line, place)


def money_words(amount: int) -> str:
    """The amount in the measure that plans use for it."""
    if amount % 1_000_000_000 == 0 and amount:
        return write_money(amount, "tỷ")
    return write_money(amount, "triệu") if amount % 1000 == 0 else write_money(amount, "đồng")
