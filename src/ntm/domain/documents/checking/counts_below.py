"""Số ở mục trên và số ở các mục dưới: "16 xã, trong đó:" against the counts of the items that stand below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ntm.domain.documents.checking import amounts
from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, Severity, lines_of
from ntm.domain.documents.reading.model import Target
from ntm.domain.official.text import flat

_COUNTED = ("xã", "thôn", "bản", "huyện", "sản phẩm", "khu dân cư", "hộ")
_MARKS = (
    ("arabic", re.compile(r"\s*\d{1,2}(?:\.\d{1,2})*[.)]?\s")),
    ("letter", re.compile(r"\s*[a-zđ]\)\s")),
    ("bullet", re.compile(r"\s*[-–]\s?")),
    ("plus", re.compile(r"\s*[+*•]\s?")),
    ("roman", re.compile(r"\s*[IVX]+\.\s")),
)
_OPENS = re.compile(r"(?P<some>trong do)|(?P<all>(?:bao )?gom|cu the(?: nhu sau)?|chia ra|nhu sau)")


def below(plan: Checkable) -> Iterator[Finding]:
    """Mục trên mở bằng "gồm:", "cụ thể:", "trong đó:" và mỗi mục dưới ghi một con số cùng đơn vị đếm."""
    by_line: dict[int, list[Target]] = {}
    for target in plan.targets:
        if target.lines and not target.baseline and not target.threshold:
            by_line.setdefault(target.lines[0], []).append(target)
    for no, here in by_line.items():
        opened = _opens(plan, no)
        totals = [t for t in here if _counts(t) and not t.units and not t.computed and t.value is not None]
        if opened is None or not totals or (len(here) == 1) != (len(totals) == 1):
            continue
        total, parts = _nearest(plan, by_line, no, totals)
        computed = sum(int(part.value or 0) for part in parts)
        if len(parts) < 2 or total.value is None or computed in {t.value for t in totals}:
            continue
        if opened == "some" and computed * 2 < total.value:
            continue  # "trong đó" may name only some of them
        severity: Severity = "high" if opened == "all" and len(here) == 1 else "medium"
        yield Finding(
            "sum-below",
            severity,
            f"Các mục dưới cộng lại là {computed} {total.measure}, nhưng mục trên ghi "
            f"{amounts.plain(total.value)} {total.measure}.",
            f"{computed} {total.measure}",
            f"{amounts.plain(total.value)} {total.measure}",
            lines_of(total.lines, *(part.lines for part in parts)),
        )


def _nearest(
    plan: Checkable, by_line: dict[int, list[Target]], no: int, totals: list[Target]
) -> tuple[Target, list[Target]]:
    """ "17/47 xã, tăng 6 xã, cụ thể:": the items below share out the one that their sum is nearest to."""
    if len(totals) == 1:
        return totals[0], _parts(plan, by_line, no, totals[0], of_its_mode=True)
    parts = _parts(plan, by_line, no, totals[0], of_its_mode=False)
    computed = sum(int(part.value or 0) for part in parts)
    return min(totals, key=lambda t: abs(int(t.value or 0) - computed)), parts


def _counts(target: Target) -> bool:
    return (
        target.op == "="
        and target.value is not None
        and target.value == target.value.to_integral_value()
        and target.high is None
        and (target.measure or "").lower() in _COUNTED
    )


def _opens(plan: Checkable, no: int) -> str | None:
    """ "all" or "some" where the line ends in a colon after such words."""
    text = plan.lines[no - 1].rstrip() if 0 < no <= len(plan.lines) else ""
    match = None
    if text.endswith(":"):
        match = list(_OPENS.finditer(flat(text)[-40:]))
    if not match:
        return None
    return "some" if match[-1]["some"] else "all"


def _mark(text: str) -> str | None:
    return next((name for name, pattern in _MARKS if pattern.match(text)), None)


def _parts(
    plan: Checkable, by_line: dict[int, list[Target]], no: int, total: Target, *, of_its_mode: bool
) -> list[Target]:
    """The items right below, all marked alike and otherwise than the line above them, each with one such count first."""
    found: list[Target] = []
    own, mark = _mark(plan.lines[no - 1]), None
    for at in range(no + 1, len(plan.lines) + 1):
        text = plan.lines[at - 1]
        if not text.strip():
            continue
        here = _mark(text)
        if here is None or here == own or (mark is not None and here != mark):
            break
        mark = here
        first = next(iter(by_line.get(at, [])), None)
        if first is None or not _counts(first) or first.measure != total.measure:
            return []  # an item without a count of its own: nothing can be added up
        if of_its_mode and first.mode != total.mode:
            return []  # an item without a count of its own: nothing can be added up
        found.append(first)
    return found


RULES = (
    Rule(
        "sum-below",
        "Cộng số ở các mục dưới",
        "high",
        "số xã, thôn ghi ở mục trên với tổng các mục ngay dưới nó",
        below,
    ),
)
