"""Đạt thêm, duy trì, lũy kế: what was there, what is added and what is there in the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ntm.domain.documents.checking import amounts
from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, lines_of
from ntm.domain.documents.checking.prose import clauses, numbers, unit_key
from ntm.domain.documents.reading.model import Target
from ntm.domain.official.numbers import NumberError, parse_number
from ntm.domain.official.text import flat

_N = r"\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?"
_RISE = re.compile(
    rf"(?:(?:tang|nang)\s[^,;.()]{{0,60}}?)?\btu\s(?P<before>{_N})\s?(?:xa|thon|tieu chi|tieu chi/xa|"
    rf"%)?\s?(?:\([^()]*\)\s?)?(?:len|den|thanh)\s(?P<after>{_N})"
    rf"\s?(?:xa|thon|tieu chi|tieu chi/xa|%)?\s?[,(]?\s?(?:tang(?: them)?|them)\s(?P<gain>{_N})(?!\s?%|\d)"
)
_SINCE = re.compile(
    rf"(?:dat|la|co)\s(?P<after>{_N})\s?(?P<m>xa|thon|tieu chi/xa|tieu chi|%)?\s?[,;(]\s?(?:tang(?: them)?|"
    rf"them)\s(?P<gain>{_N})\s?"
    rf"(?:xa|thon|tieu chi/xa|tieu chi|%)?\s(?:so voi|hon)\s(?:cuoi )?nam 20\d\d\s?\((?P<before>{_N})\s?(?:xa|"
    rf"thon|tieu chi/xa|tieu chi|%)?\)"
)
_PRESENT = re.compile(
    rf"(?:den nay|hien (?:nay|tai|co)|da co|het nam 20\d\d|nam 20\d\d co)[^.;]{{0,40}}?\b(?P<n>{_N})\s(?P<m>xa|"
    rf"thon)\s(?:da )?(?:dat chuan|duoc cong nhan)(?P<t>[^.;,]{{0,40}})"
)


def rise(plan: Checkable) -> Iterator[Finding]:
    """ "tăng từ 101 xã lên 124 xã, tăng 23 xã"; "đạt 17,5, tăng 0,6 so với năm 2022 (16,9)"."""
    for clause in clauses(plan):
        for match in (*_RISE.finditer(clause.flat), *_SINCE.finditer(clause.flat)):
            try:
                before, after, gain = (parse_number(match[g]) for g in ("before", "after", "gain"))
            except NumberError:
                continue
            if before + gain == after:
                continue
            p, at = clause.paragraph, clause.start + match.start()
            yield Finding(
                "gain",
                "high",
                f"Từ {amounts.plain(before)} thêm {amounts.plain(gain)} là {amounts.plain(before + gain)}, "
                f"nhưng văn bản ghi {amounts.plain(after)}.",
                amounts.plain(before + gain),
                amounts.plain(after),
                p.lines(at, clause.start + match.end()),
            )


def cumulative(plan: Checkable) -> Iterator[Finding]:
    """Số hiện có cộng số đạt thêm so với lũy kế, khi cả ba đều nói về cùng một danh hiệu."""
    told = {f.lines: f for f in (*_from_state(plan), *_from_present(plan))}
    yield from told.values()


def _from_present(plan: Checkable) -> Iterator[Finding]:
    """What the text says there is now: "đến nay 14 xã đạt chuẩn"."""
    present = [
        (m["m"], amounts.figure(m["n"]), clause.lines)
        for clause in clauses(plan)
        for m in _PRESENT.finditer(clause.flat)
        if not re.search(r"nang cao|kieu mau", m["t"])
    ]
    for noun, measure in (("xa", "xã"), ("thon", "thôn")):
        here = {n: lines for m, n, lines in present if m == noun and n is not None}
        gains = {t.value: t for t in plan.targets if _adds(t, measure)}
        totals = {t.value: t for t in plan.targets if _ends(t, measure)}
        if len(here) != 1 or len(gains) != 1 or len(totals) != 1:
            continue
        before, gain, total = next(iter(here)), next(iter(gains.values())), next(iter(totals.values()))
        if gain.value is None or total.value is None or before + gain.value == total.value or total.lines != gain.lines:
            continue
        yield Finding(
            "cumulative",
            "medium",
            f"Hiện có {amounts.plain(before)} {measure}, đạt thêm {amounts.plain(gain.value)} là "
            f"{amounts.plain(before + gain.value)}, "
            f"nhưng lũy kế ghi {amounts.plain(total.value)} {measure}.",
            amounts.plain(before + gain.value),
            amounts.plain(total.value),
            lines_of(here[before], gain.lines, total.lines),
        )


def _from_state(plan: Checkable) -> Iterator[Finding]:
    """Phần thực trạng ghi số hiện có; "thêm 25 khu, lũy kế 180 khu" phải là số ấy cộng 25."""
    for total in plan.targets:
        if not _sums_up(total) or total.value is None:
            continue
        gains = [g for g in plan.targets if g.lines == total.lines and g.mode == "gain" and _alike(g, total)]
        here = [b for b in plan.targets if b.baseline and b.mode != "gain" and _alike(b, total) and _is_stock(b)]
        if len({g.value for g in gains}) != 1 or len({b.value for b in here}) != 1:
            continue
        before, gain = here[0].value, gains[0].value
        if before is None or gain is None or not 0 < abs(before + gain - total.value) <= max(gain, Decimal(5)):
            continue  # too far off to be a slip of adding up
        sums = amounts.plain(before + gain)
        yield Finding(
            "cumulative",
            "medium",
            f"Thực trạng có {amounts.plain(before)} {total.measure}, đạt thêm {amounts.plain(gain)} là {sums}, "
            f"nhưng lũy kế ghi {amounts.plain(total.value)} {total.measure}.",
            sums,
            amounts.plain(total.value),
            lines_of(here[0].lines, gains[0].lines, total.lines),
        )


def _sums_up(target: Target) -> bool:
    return (
        target.mode == "total"
        and target.op == "="
        and not target.baseline
        and not target.computed
        and bool(re.search(r"luy ke|nang tong|dua tong", flat(target.what)))
    )


def _alike(target: Target, total: Target) -> bool:
    """Of the same thing: "khu" and "khu dân cư" of one title, counted and not a share."""
    one, other = flat(target.measure or ""), flat(total.measure or "")
    return (
        bool(one and other)
        and (one.startswith(other) or other.startswith(one))
        and target.title == total.title is not None
        and target.op == "="
        and target.value is not None
        and not target.computed
        and target.direction != "down"
    )


def _is_stock(target: Target) -> bool:
    return not re.search(r"\b(?:them|tang|giai doan|trong do|muc tieu|ke hoach)\b", flat(target.what))


def _adds(target: Target, measure: str) -> bool:
    return (
        target.mode == "gain"
        and target.measure == measure
        and target.title == "ntm"
        and target.direction == "up"
        and target.op == "="
        and not target.computed
        and not target.baseline
        and target.of is None
    )


def _ends(target: Target, measure: str) -> bool:
    return (
        target.mode == "total"
        and target.measure == measure
        and target.op == "="
        and target.direction == "up"
        and target.value is not None
        and target.value > Decimal(0)
        and target.title in ("ntm", None)
    )


def kept_and_gained(plan: Checkable) -> Iterator[Finding]:
    """Một xã vừa duy trì vừa đạt thêm cùng một tiêu chí."""
    kept: dict[str, list[Target]] = {}
    for target in plan.targets:
        if target.mode == "keep" and target.criteria:
            for unit in _whose(plan, target):
                kept.setdefault(unit_key(unit), []).append(target)
    for target in plan.targets:
        if target.mode != "gain" or not target.criteria:
            continue
        for unit in _whose(plan, target):
            for other in kept.get(unit_key(unit), []):
                both = set(target.criteria) & set(other.criteria)
                if both:
                    yield Finding(
                        "keep-gain",
                        "medium",
                        f"{unit}: tiêu chí {numbers(both)} vừa ghi là duy trì, vừa ghi là đạt thêm.",
                        f"duy trì: {numbers(set(other.criteria))}",
                        f"đạt thêm: {numbers(set(target.criteria))}",
                        lines_of(target.lines, other.lines),
                    )


def _whose(plan: Checkable, target: Target) -> tuple[str, ...]:
    """The communes that a list is of; in a commune's own plan a list without a name is the commune's."""
    if target.units or plan.header.level not in ("xã", "thôn"):
        return target.units
    return (plan.header.commune or "Xã",)


RULES = (
    Rule("gain", "Tăng từ, lên, thêm", "high", "số trước cộng số thêm với số sau, nói trong một câu", rise),
    Rule("cumulative", "Lũy kế", "medium", "số hiện có cộng số đạt thêm với lũy kế", cumulative),
    Rule(
        "keep-gain",
        "Vừa duy trì vừa đạt thêm",
        "medium",
        "danh sách duy trì với danh sách đạt thêm của một xã",
        kept_and_gained,
    ),
)
