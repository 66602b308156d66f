"""Phụ lục, biểu: promised and absent; attached to another number, kind or day."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, Severity, lines_of
from ntm.domain.documents.checking.prose import text_of
from ntm.domain.documents.reading.model import Annex, AnnexPromise, Lines
from ntm.domain.official.text import flat

_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})?[a-z]?|\b[ivx]{1,4})$")
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}


def _no(label: str | None) -> str | None:
    """ "2" of "biểu 02", of "Phụ lục II"; None where it has no number."""
    match = _NUMBER.search(flat(label or "").strip(" .:"))
    if match is None:
        return None
    found = match[1]
    return str(_ROMAN[found]) if found in _ROMAN else re.sub(r"^0+(?=\d)", "", found)


def _behind(plan: Checkable) -> list[Annex]:
    return [a for a in plan.annexes if not a.in_body]


def _whole(annex: Annex) -> bool:
    """Does it hold anything: a table, or more text than its own heading?"""
    return bool(annex.rows) or (bool(annex.lines) and annex.lines[-1] - annex.lines[0] > 8)


def missing(plan: Checkable) -> Iterator[Finding]:
    """Biểu nói là kèm theo mà trong tệp không có."""
    behind = _behind(plan)
    there = {no for a in behind if (no := _no(a.label)) and _whole(a)}
    unnamed = [a for a in behind if _no(a.label) is None and _whole(a)]
    wanted = [(p, no) for p in plan.annex_promises if (no := _no(p.label)) is not None and no not in there]
    bare = [p for p in plan.annex_promises if _no(p.label) is None]
    if bare and not behind:
        yield _absent(plan, bare, [], bare[0].lines)
    guessed = _guess(behind, unnamed, [no for _, no in wanted])
    for annex, no in guessed:
        yield Finding(
            "annex-unnamed",
            "low",
            f"Biểu “{(annex.title or 'không có tên')[:80]}” không ghi số; có lẽ là biểu {no} mà văn bản nhắc tới.",
            f"biểu {no}",
            "không ghi số",
            annex.lines[:1],
        )
    taken = {no for _, no in guessed}
    groups: dict[Lines, list[AnnexPromise]] = {}
    for promise, no in wanted:
        if no not in taken and not (len(unnamed) >= len(wanted) and len(there) == 0):
            groups.setdefault(promise.lines, []).append(promise)
    empty = [a for a in behind if not _whole(a)]
    for lines, promises in groups.items():
        yield _absent(plan, promises, empty, lines)


def _absent(plan: Checkable, promises: list[AnnexPromise], empty: list[Annex], lines: Lines) -> Finding:
    labels = ", ".join(dict.fromkeys(p.label for p in promises))
    others = [a.label or a.title or "biểu không tên" for a in _behind(plan) if _whole(a)]
    severity: Severity = "high" if others and len(promises) and _no(promises[0].label) else "medium"
    here = f"chỉ có {', '.join(o[:40] for o in others[:5])}" if others else "trong tệp không có biểu nào"
    return Finding(
        "annex-missing",
        severity,
        f"Văn bản nói có {labels} kèm theo, nhưng {here}.",
        f"thiếu {labels}",
        f"có {labels} kèm theo",
        lines_of(lines, *(a.lines[:1] for a in empty)),
    )


def _guess(behind: list[Annex], unnamed: list[Annex], wanted: list[str]) -> list[tuple[Annex, str]]:
    """A table without a number that stands just behind annex n is annex n + 1, where that one is missing."""
    found: list[tuple[Annex, str]] = []
    for annex in unnamed:
        before = [no for a in behind if a.lines < annex.lines and (no := _no(a.label)) and no.isdigit()]
        following = str(int(before[-1]) + 1) if before else "1"
        if following in wanted and following not in (no for _, no in found):
            found.append((annex, following))
    return found


def _plain(number: str | None) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", number or "").upper().replace("–", "-"))


def attached(plan: Checkable) -> Iterator[Finding]:
    """Biểu ghi kèm theo một văn bản khác số, khác loại hoặc khác ngày."""
    header = plan.header
    own = _plain(header.full_number)
    if not header.number or not own:
        return
    top = _plain(text_of(plan, tuple(range(1, 16))))
    for annex in _behind(plan):
        told = _plain(annex.attached_to)
        if not told or not re.match(r"\d", told) or _plain(flat(told)) in top.replace(own, ""):
            continue
        day = annex.attached_date.date if annex.attached_date is not None else None
        own_day = header.date.date if header.date is not None else None
        other_kind = annex.attached_kind is not None and header.kind is not None and annex.attached_kind != header.kind
        if told == own and not other_kind:
            if day is not None and own_day is not None and day != own_day:
                yield _other(
                    annex,
                    f"{annex.attached_to} ngày {day:%d/%m/%Y}",
                    f"{header.full_number} ngày {own_day:%d/%m/%Y}",
                    "medium",
                )
            continue
        severity: Severity = "high" if day is not None and day == own_day else "medium"
        yield _other(
            annex,
            f"{annex.attached_kind or 'văn bản'} {annex.attached_to}",
            f"{header.kind or 'văn bản'} {header.full_number}",
            severity,
        )


def _other(annex: Annex, told: str, own: str, severity: Severity) -> Finding:
    name = annex.label or annex.title or "Biểu"
    return Finding(
        "annex-attached",
        severity,
        f"{name[:60]} ghi kèm theo {told}, nhưng văn bản này là {own}.",
        own,
        told,
        annex.attached_lines or annex.lines[:1],
    )


RULES = (
    Rule("annex-missing", "Thiếu biểu kèm theo", "high", "các biểu nói là kèm theo với các biểu có trong tệp", missing),
    Rule(
        "annex-attached",
        "Biểu kèm theo văn bản khác",
        "high",
        "số, loại, ngày ghi ở biểu với số, loại, ngày của văn bản",
        attached,
    ),
)
