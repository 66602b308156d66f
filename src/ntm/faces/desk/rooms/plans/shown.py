"""Kế hoạch như trang cho xem: paragraphs, money lines, places to jump to, and the words of a part for two versions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ntm.domain.documents.checking.model import Finding
from ntm.domain.official.dates import write_date
from ntm.domain.official.money import write_money
from ntm.domain.official.numbers import write_number
from ntm.faces.desk.rooms.plans.place import PlanSight, address_or_none
from ntm.records.planning.as_document.parts import PlanParts
from ntm.records.planning.checkable import StoredPlan
from ntm.records.planning.models import PlanMoney
from ntm.records.planning.queries.comparing import Difference
from ntm.records.planning.queries.plans import MoneyLine
from ntm.records.units.queries import UnitLabel

__all__ = ["Kind", "Pair", "differences", "money_lines", "place_links", "without_lines", "written_money"]

_ANCHORS = {
    "basis": ("plan", "b"), "section": ("plan", "s"), "target": ("plan", "t"), "duty": ("plan", "d"), "money": ("plan", "m"),
    "task": ("plan_tasks", "nv-"),
}  # fmt: skip
_PAGES = {
    "recipient": ("plan", "#noi-nhan"), "version": ("plan", "#dau"), "cells": ("plan_cells", ""),
    "criterion": ("plan_cells", ""), "roadmap": ("plan_roadmap", "#bang"), "shares": ("plan_cascade", ""),
    "money_table": ("plan", "#khoan-tien"),
}  # fmt: skip
_PLACES = {
    "basis": _("căn cứ"), "section": _("đề mục"), "target": _("chỉ tiêu"), "duty": _("phân công"), "money": _("khoản tiền"),
    "recipient": _("nơi nhận"), "version": _("phần đầu"), "cells": _("ô tiêu chí"), "criterion": _("xã theo tiêu chí"),
    "roadmap": _("lộ trình"), "task": _("nhiệm vụ"), "shares": _("phần giao"), "money_table": _("nguồn lực"),
}  # fmt: skip
_LINES = re.compile(r"\s?\(dòng [\d, ]+\)")
_MOST_PLACES = 6
_MOST_ROWS = 120


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """Chỗ để nhảy tới; without an address where its page is not there."""

    words: str
    url: str | None


def without_lines(message: str) -> str:
    """Câu của phát hiện without the line numbers of the page that the rules read: the places are links here."""
    return _LINES.sub("", message)


def place_links(here: PlanSight, stored: StoredPlan, finding: Finding) -> list[PlaceLink]:
    """Các chỗ của một phát hiện, the nearest first, those of one kind on one page told once."""
    found: dict[tuple[str, str | None], PlaceLink] = {}
    names = _names(stored.parts)
    for one in stored.places(finding):
        kind = str(_PLACES.get(one.kind, one.kind))
        if one.kind in _ANCHORS:
            page, letter = _ANCHORS[one.kind]
            url, told = f"#{letter}{one.pk}", names.get((one.kind, one.pk), "")
            words = f"{kind} {told}".strip()
        else:
            (page, url), words = _PAGES.get(one.kind, ("plan", "")), kind
        known = address_or_none(page, here.plan.pk) is not None
        link = PlaceLink(words, here.url(page) + url if known else None)
        found.setdefault((words, link.url), link)
        if len(found) >= _MOST_PLACES:
            break
    return list(found.values())


def _names(parts: PlanParts) -> dict[tuple[str, int], str]:
    """How the rows of a version are called, for a link to one of them."""
    found = {("basis", row.pk): row.number for row in parts.bases}
    found |= {("section", row.pk): row.label or f"“{_cut(row.heading)}”" for row in parts.sections}
    found |= {("target", row.pk): f"“{_cut(row.what)}”" for row in parts.targets}
    found |= {("duty", row.pk): f"của {_cut(row.body_words)}" for row in parts.duties}
    found |= {("money", row.pk): f"“{_cut(row.what)}”" for row in parts.money}
    return found | {("task", row.pk): row.no or f"“{_cut(row.what)}”" for row in parts.tasks}


def _cut(words: str) -> str:
    return words if len(words) <= 48 else f"{words[:47].rstrip()}…"


def written_money(amount: int | None) -> str:
    """Số tiền in the measure that plans use for it."""
    if amount is None:
        return ""
    if amount and amount % 1_000_000 == 0:
        return write_money(amount, "tỷ" if amount >= 1_000_000_000 else "triệu")
    return write_money(amount, "đồng")


@dataclass(frozen=True, slots=True)
class ShownMoney:
    """Một dòng của cây khoản tiền."""

    row: PlanMoney
    depth: int
    amount: str
    derived: bool
    stated: str
    differs: bool


@dataclass
class MoneySide:
    """Một phía: nhu cầu hay nguồn."""

    name: str
    lines: list[ShownMoney] = field(default_factory=list)
    total: str = ""


def money_lines(tree: Sequence[MoneyLine]) -> list[MoneySide]:
    """Cây khoản tiền by side, each line at its depth; a total of the tops where there are several."""
    sides = []
    for role, name in PlanMoney.Role.choices:
        tops = [line for line in tree if line.row.role == role]
        if not tops:
            continue
        lines = [_money(line) for top in tops for line in _walk(top)]
        amounts = [one.amount for one in tops if one.amount is not None]
        total = written_money(sum(amounts)) if len(tops) > 1 and amounts else ""
        sides.append(MoneySide(str(name), lines, total))
    return sides


def _walk(line: MoneyLine) -> Iterator[MoneyLine]:
    yield line
    for part in line.parts:
        yield from _walk(part)


def _money(line: MoneyLine) -> ShownMoney:
    derived = line.row.amount is None and bool(line.parts)
    return ShownMoney(
        line.row, line.depth, written_money(line.amount), derived, written_money(line.row.stated), line.differs
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Trước và sau: the fields that changed; `lines` marks what left (-) and came (+) in a long text."""

    what: str
    fields: tuple[tuple[str, str, str], ...]  # name, before, after
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """Một loại phần: how many left, came, changed, and the first of them."""

    name: str
    gone: tuple[str, ...]
    come: tuple[str, ...]
    changed: tuple[Pair, ...]
    counts: tuple[int, int, int]

    @property
    def cut(self) -> bool:
        return sum(self.counts) > len(self.gone) + len(self.come) + len(self.changed)


_KINDS = {
    "bases": _("Căn cứ"), "sections": _("Đề mục"), "targets": _("Chỉ tiêu phấn đấu"), "cells": _("Đơn vị và tiêu chí"),
    "shares": _("Phần giao"), "roadmap": _("Lộ trình"), "tasks": _("Nhiệm vụ"), "duties": _("Phân công"),
    "money": _("Nguồn lực"), "recipients": _("Nơi nhận"),
}  # fmt: skip


def differences(found: dict[str, Difference], labels: dict[int, UnitLabel]) -> list[Kind]:
    """Khác nhau giữa hai lần, kind by kind, those without a difference left out."""
    shown = []
    for key, name in _KINDS.items():
        one = found[key]
        if not (one.gone or one.come or one.changed):
            continue
        said = _words_of(key, labels)
        shown.append(
            Kind(
                str(name),
                tuple(said(row) for row in one.gone[:_MOST_ROWS]),
                tuple(said(row) for row in one.come[:_MOST_ROWS]),
                tuple(_pair(said, *change) for change in one.changed[:_MOST_ROWS]),
                (len(one.gone), len(one.come), len(one.changed)),
            )
        )
    return shown


def _words_of(key: str, labels: dict[int, UnitLabel]) -> Callable[[Any], str]:
    def cell(row: Any) -> str:
        unit = labels[row.unit_id].title if row.unit_id in labels else ""
        return gettext("%(unit)s, tiêu chí %(no)s (%(mode)s)") % {
            "unit": unit, "no": row.criterion_no, "mode": row.get_mode_display(),
        }  # fmt: skip

    def share(row: Any) -> str:
        unit = labels[row.unit_id].title if row.unit_id in labels else ""
        value = "" if row.value is None else f" {write_number(row.value.normalize())} {row.target.measure}".rstrip()
        return f"{unit}{value}: {row.target.what}"

    told: dict[str, Callable[[Any], str]] = {
        "shares": share,
        "bases": lambda row: row.words,
        "sections": lambda row: f"{row.label} {row.heading}".strip() or row.text[:120],
        "cells": cell,
        "duties": lambda row: row.body_words,
        "money": lambda row: f"{row.what}: {written_money(row.amount)}" if row.amount is not None else row.what,
        "recipients": lambda row: row.words,
    }
    return told.get(key, lambda row: row.what)


def _pair(said: Callable[[Any], str], before: Any, after: Any, names: tuple[str, ...]) -> Pair:
    fields, lines = [], []
    for name in names:
        label = str(after._meta.get_field(name).verbose_name)
        old, new = _value(before, name), _value(after, name)
        if "\n" in old or "\n" in new or len(old) + len(new) > 300:
            lines += _by_line(old, new)
        else:
            fields.append((label, old, new))
    return Pair(said(after), tuple(fields), tuple(lines))


def _value(row: Any, name: str) -> str:
    value = getattr(row, row._meta.get_field(name).attname)
    if value is None or value == "":
        return gettext("trống")
    if name in ("amount", "stated"):
        return written_money(value)
    if hasattr(value, "isoformat"):
        return write_date(value)
    if isinstance(value, Decimal):
        return write_number(value.normalize() if value else Decimal(0))
    display = getattr(row, f"get_{name}_display", None)
    return str(display()) if display else str(value)


def _by_line(old: str, new: str) -> list[tuple[str, str]]:
    """Từng đoạn: what left is marked "-", what came "+", what stayed is left out but for one paragraph around."""
    one, two = old.split("\n"), new.split("\n")
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        found += [("-", line) for line in one[a:b] if line] + [("+", line) for line in two[c:d] if line]
    return found
