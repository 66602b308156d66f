"""Mục của bản đọc: every item of a reading's JSON on its own, with its place; what a person decides about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ntm.domain.official.text import fold
from ntm.records.archive.documents.shape import HEADER_FIELDS, fields_of, label_of
from ntm.records.archive.models import Section

MOST_ITEMS = 3000
LONGEST_LABEL = 1000
DOUBT = 0.75  # a line recognised with less certainty than this marks its items

_PARTS = {
    Section.BASES: "legal_bases",
    Section.TARGETS: "targets",
    Section.CRITERION_TARGETS: "criterion_targets",
    Section.GAPS: "gaps",
    Section.ROADMAP: "roadmap",
    Section.TASKS: "tasks",
    Section.DUTIES: "duties",
    Section.MONEY: "money",
    Section.ACTIVITIES: "activities",
    Section.ANNEXES: "annexes",
}
_SHORT = {Section.ANNEXES: ("rows", "row_kinds", "row_lines")}  # stays in the reading's JSON, too long for an item


@dataclass(frozen=True)
class Item:
    """Mục: `key` is its place in the JSON."""

    section: str
    key: str
    label: str
    value: dict[str, Any]
    criteria: tuple[int, ...]
    lines: tuple[int, ...]
    page: int | None


def items(content: Mapping[str, Any], header_lines: Mapping[str, tuple[int, ...]] | None = None) -> Iterator[Item]:
    """The items in the order of the parts, at most MOST_ITEMS."""
    for count, item in enumerate(_all(content, header_lines or {})):
        if count >= MOST_ITEMS:
            return
        yield item


def _all(content: Mapping[str, Any], header_lines: Mapping[str, tuple[int, ...]]) -> Iterator[Item]:
    yield from _header(content.get("document") or {}, header_lines)
    for section, part in _PARTS.items():
        for index, plain in enumerate(content.get(part) or ()):
            value = {name: exact(one) for name, one in plain.items() if name not in _SHORT.get(section, ())}
            lines = tuple(value.pop("lines", ()) or ())
            page = value.pop("page", None)
            value["deadline"] = _words(value["deadline"]) if "deadline" in value else None
            if section == Section.ANNEXES:
                value["row_count"] = len(plain.get("rows") or ())
                lines = tuple(range(lines[0], lines[-1] + 1)) if len(lines) == 2 else lines
            yield _item(section, f"{part}.{index}", value, lines, page)
    for index, text in enumerate(content.get("recipients") or ()):
        yield _item(Section.RECIPIENTS, f"recipients.{index}", {"value": text}, header_lines.get(f"r{index}", ()), None)


def _header(document: Mapping[str, Any], lines: Mapping[str, tuple[int, ...]]) -> Iterator[Item]:
    signer = document.get("signer") or {}
    said = {**document, "signer": signer.get("name"), "signer_position": signer.get("position")}
    for name in HEADER_FIELDS:
        if said.get(name) not in (None, ""):
            yield _item(Section.HEADER, f"document.{name}", {"value": exact(said[name])}, lines.get(name, ()), None)


def _item(section: str, key: str, value: dict[str, Any], lines: tuple[int, ...], page: int | None) -> Item:
    label = label_of(section, value)
    if not label:
        label = str(next(iter(fields_of(section, key))).label)
    return Item(section, key, label[:LONGEST_LABEL], value, criteria_of(value), lines, page)


def exact(value: Any) -> Any:
    """JSON without floats: a figure with decimals is written as its digits, so that nothing is rounded on the way."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, list):
        return [exact(one) for one in value]
    if isinstance(value, dict):
        return {name: exact(one) for name, one in value.items()}
    return value


def criteria_of(value: Mapping[str, Any]) -> tuple[int, ...]:
    """The criteria that an item is about."""
    found = [value.get("criterion"), *(value.get("criteria") or ())]
    return tuple(dict.fromkeys(no for no in found if isinstance(no, int) and not isinstance(no, bool)))


def searched(item: Item) -> str:
    """Words without marks of the item, for the search."""
    words = [
        item.label,
        *(str(one) for name in ("what", "title", "number", "lead", "units") for one in _some(item, name)),
    ]
    return fold(" ".join(dict.fromkeys(words)))[:LONGEST_LABEL]


def _some(item: Item, name: str) -> Iterable[Any]:
    value = item.value.get(name)
    return value if isinstance(value, list) else [value] if value else []


def _words(deadline: Any) -> str | None:
    return deadline.get("text") if isinstance(deadline, dict) else deadline
