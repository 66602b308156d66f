"""Lời của văn bản kế hoạch: the text of sections as paragraphs, and the sentences drawn from rows that no text tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, cast

from ntm.domain.documents.checking.prose import tokens
from ntm.domain.documents.writing import phrases
from ntm.domain.documents.writing.content import Block, Duty, Para
from ntm.domain.official.money import Measure
from ntm.records.planning.as_document.page import within
from ntm.records.planning.as_document.parts import PlanParts
from ntm.records.planning.models import CriterionCell, Mode, PlanMoney, PlanSection, SectionSlot

__all__ = ["Teller", "measure_of", "paragraphs"]

_TITLES = ("ntm", "nang_cao", "kieu_mau")


def paragraphs(text: str) -> tuple[Para, ...]:
    """Các đoạn: a line a paragraph; "- " and "+ " at its beginning are its bullet."""
    found = []
    for line in text.split("\n"):
        words = line.strip()
        if not words:
            continue
        mark = words[0] if words[:2] in ("- ", "+ ") else ""
        found.append(Para(words[2:].strip() if mark else words, cast(Literal["", "-", "+"], mark)))
    return tuple(found)


def measure_of(amounts: Iterable[int]) -> Measure:
    """Đơn vị tính: tỷ where every amount is whole in tenths of it, else triệu."""
    return "tỷ" if all(amount % 100_000_000 == 0 for amount in amounts) else "triệu"


class Teller:
    """Người kể: what the rows of a version say in sentences, but for what its own text says already."""

    def __init__(self, parts: PlanParts, names: dict[int, str]) -> None:
        """`names`: criterion number -> name in the plan's set."""
        self.parts, self.names = parts, names
        self._prose = [
            " ".join(tokens(line)) for s in parts.sections for line in (s.heading, *s.text.split("\n")) if line.strip()
        ]

    def told(self, words: str) -> bool:
        return bool(within(words, self._prose))

    def of_slot(self, section: PlanSection) -> tuple[Block, ...]:
        """Phần ghép vào một đề mục."""
        drawn = {
            SectionSlot.TARGETS: self.targets,
            SectionSlot.CELLS: self.by_unit,
            SectionSlot.CRITERIA: self.by_criterion,
            SectionSlot.ROADMAP: self.roadmap,
            SectionSlot.MONEY: self.money,
            SectionSlot.DUTIES: self.duties,
        }.get(SectionSlot(section.slot))
        return tuple(drawn()) if drawn else ()

    def targets(self) -> Sequence[Para]:
        """Chỉ tiêu mà lời chưa nêu, with the units that a title is promised to."""
        found = []
        for target in self.parts.targets:
            words = target.what.strip().lstrip("-+ ").rstrip(";.")
            if not words or self.told(words):
                continue
            named = [self.parts.labels[s.unit_id].name for s in self.parts.shares.get(target.pk, ())]
            fewer = named and len(named) <= 30 and target.title_kind and not any(name in words for name in named)
            found.append(Para(f"{words} ({', '.join(named)})." if fewer else f"{words}.", "-"))
        return found

    def by_unit(self) -> Sequence[Para]:
        """Tiêu chí theo xã: a line a unit, by deadline where its cells have several."""
        found = []
        for unit, cells in _grouped(self.parts.cells, "unit_id").items():
            gains = [cell for cell in cells if cell.mode == Mode.GAIN]
            keeps = [cell.criterion_no for cell in cells if cell.mode == Mode.KEEP]
            label = self.parts.labels[unit]
            name = f"{label.kind[:1].upper()}{label.kind[1:]} {label.name}".strip()
            dated = _grouped(gains, "deadline_words")
            for at, (words, some) in enumerate(dated.items() or [("", [])]):
                kept = keeps if at == 0 else []
                found.append(phrases.unit_target(name, [c.criterion_no for c in some], kept, words))
        return found

    def by_criterion(self) -> Sequence[Para]:
        """Xã theo tiêu chí: the same cells from the other side."""
        found = []
        for no, cells in sorted(_grouped(self.parts.cells, "criterion_no").items()):
            gain = [self.parts.labels[c.unit_id].name for c in cells if c.mode == Mode.GAIN]
            keep = [self.parts.labels[c.unit_id].name for c in cells if c.mode == Mode.KEEP]
            found.append(phrases.criterion_target(no, self.names.get(no, ""), gain=gain, keep=keep))
        return found

    def roadmap(self) -> Sequence[Para]:
        """Lộ trình: the steps under the words of their time."""
        found: list[Para] = []
        last = None
        for step in self.parts.roadmap:
            words = step.deadline_words.strip() or f"{step.start:%d/%m/%Y} - {step.end:%d/%m/%Y}"
            if words != last:
                found.append(Para(f"{words}:", lead=f"{words}:"))
                last = words
            done = f", hoàn thành tiêu chí số {step.criterion_no}" if step.completes and step.criterion_no else ""
            name = self.names.get(step.criterion_no or 0, "")
            said = step.what.strip().rstrip(".;")
            about = f" về {name}" if done and name and name not in said else ""
            ends = "" if done and f"tiêu chí số {step.criterion_no}" in said else f"{done}{about}"
            found.append(Para(f"{said}{ends}.", "+"))
        return found

    def money(self) -> Sequence[Para]:
        """Nguồn lực: needs by criterion, then sources with their parts; totals are the sums of their parts."""
        found: list[Para] = []
        below: dict[int | None, list[PlanMoney]] = defaultdict(list)
        for row in self.parts.money:
            below[row.parent_id].append(row)
        heads = {PlanMoney.Role.NEED: "Tổng nhu cầu kinh phí", PlanMoney.Role.SOURCE: "Tổng nguồn lực huy động"}
        for role, head in heads.items():
            rows = [row for row in below[None] if row.role == role]
            if not rows:
                continue
            texts = tuple(_money_text(row, below) for row in rows)
            whole = texts[0] if len(texts) == 1 and texts[0].parts else phrases.MoneyText(head, parts=texts)
            if not self.told(whole.what):
                found += phrases.money_paragraphs(whole, measure_of([*_amounts(whole)]))
        return found

    def duties(self) -> Sequence[Duty]:
        """Trách nhiệm mà lời chưa nêu."""
        found = []
        for row in self.parts.duties:
            lines = tuple(line.strip().lstrip("-+ ") for line in row.text.split("\n") if line.strip())
            if not (self.told(row.body_words) and (not lines or self.told(lines[0]))):
                found.append(Duty(row.body_words, lines or ("thực hiện nhiệm vụ được giao",), f"{len(found) + 1}."))
        return found


def _grouped(cells: Iterable[CriterionCell], name: str) -> dict[object, list[CriterionCell]]:  # type: ignore[type-arg]
    found: dict[object, list[CriterionCell]] = defaultdict(list)
    for cell in cells:
        found[getattr(cell, name)].append(cell)
    return found


def _money_text(row: PlanMoney, below: dict[int | None, list[PlanMoney]]) -> phrases.MoneyText:
    parts = tuple(_money_text(part, below) for part in below[row.pk])
    return phrases.MoneyText(row.what, row.amount or 0, parts, row.condition)


def _amounts(text: phrases.MoneyText) -> Iterable[int]:
    yield text.total
    for part in text.parts:
        yield from _amounts(part)
