"""Danh sách kèm số lượng: lists that do not have as many items as they say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, Severity, lines_of
from ntm.domain.documents.checking.prose import unit_key
from ntm.domain.documents.reading.model import Annex, StatedList
from ntm.domain.official.text import flat

_NOT_ALL = re.compile(
    r"trong do|vi du|tieu bieu|uu tien|gom ca|bao gom ca|rieng|tru\b|ngoai|\bcac xa\b|v\.v|\.\.\.|…|con lai"
)
_OTHER_FIGURE = re.compile(r"(?<![\d/-])\d{1,3}\s[a-z]")
_PARTS = re.compile(r",|;|\svà\s|\n")
_LISTING = re.compile(r"danh sach\s(?:cac\s)?(?P<m>xa|thon|ap|ban|to dan pho)\b")


def items(plan: Checkable) -> Iterator[Finding]:
    """ "05 xã (A, B, C, D)": bốn tên cho năm xã."""
    known = {unit_key(u.name) for u in plan.units if u.level in ("xa", "thon")}
    for one in plan.stated_lists:
        if one.open_list or one.stated == len(one.items) or _not_all(one.what) or not one.items:
            continue
        if _OTHER_FIGURE.search(flat(one.what.partition(one.items[0] or "(")[0]).partition(" ")[2]):
            continue  # the names are of another figure: "11 xã (tăng 1 xã: …)"
        written = _written(one)
        if written is None or written == one.stated:
            continue
        sure = (
            written == len(one.items) and all(unit_key(i) in known for i in one.items) and abs(written - one.stated) < 4
        )
        severity: Severity = "high" if sure and len(one.items) > 1 else "medium"
        yield Finding(
            "list-count",
            severity,
            f"Ghi {one.stated} {one.noun} nhưng liệt kê {written}: {', '.join(one.items)}.",
            f"{written} {one.noun}",
            f"{one.stated} {one.noun}",
            one.lines,
        )


def _not_all(words: str) -> bool:
    """Do the words say that the list is only a part; "như" is asked with its marks, for Nhữ Hán is a commune."""
    return bool(_NOT_ALL.search(flat(words)) or re.search(r"(?<!\w)như(?!\w)", words))


def _written(one: StatedList) -> int | None:
    """The number of parts that the commas make; None where they and the names that were read do not agree."""
    tail = re.split(r"[(:]", one.what, maxsplit=1)
    if len(tail) < 2:
        return None
    parts = [p for p in _PARTS.split(tail[1].strip(" ).;")) if p.strip()]
    return len(parts) if len(parts) == len(one.items) else None


def criteria(plan: Checkable) -> Iterator[Finding]:
    """ "05 tiêu chí (…)": số ghi trước danh sách so với số tiêu chí liệt kê."""
    for target in plan.targets:
        if target.criteria_stated is None or target.criteria_stated == len(target.criteria) or not target.criteria:
            continue
        words = target.criteria_words or ""
        fewest = len(
            [p for p in re.split(r"[,;\n]", words) if p.strip()]
        )  # "Môi trường và an toàn thực phẩm" is one name
        most = len([p for p in _PARTS.split(words) if p.strip()])
        if not fewest <= len(target.criteria) <= most or _not_all(words):
            continue
        numbered = bool(re.fullmatch(r"[\d\s,;.và]+", words))
        yield Finding(
            "criteria-count",
            "high" if numbered else "medium",
            f"Ghi {target.criteria_stated} tiêu chí nhưng liệt kê {len(target.criteria)}: "
            f"{', '.join(map(str, target.criteria))}.",
            f"{len(target.criteria)} tiêu chí",
            f"{target.criteria_stated} tiêu chí",
            target.lines,
        )


def repeated(plan: Checkable) -> Iterator[Finding]:
    """Một tên đứng hai lần trong một danh sách có ghi số lượng."""
    for one in plan.stated_lists:
        keys = [unit_key(i) for i in one.items]
        twice = [i for i, k in zip(one.items, keys, strict=True) if keys.count(k) > 1]
        if twice:
            yield Finding(
                "list-repeated",
                "low",
                f"“{twice[0]}” đứng hai lần trong danh sách {one.stated} {one.noun}.",
                f"{len(set(keys))} tên khác nhau",
                f"{one.stated} {one.noun}",
                one.lines,
            )


def table_rows(plan: Checkable) -> Iterator[Finding]:
    """Số dòng của biểu danh sách so với số ghi trong văn bản."""
    for annex in plan.annexes:
        match = _LISTING.search(flat(annex.title or ""))
        rows = [r for r in annex.rows if r.kind == "row"]
        if match is None or annex.in_body or len(rows) < 2:
            continue
        noun = {"xa": "xã", "thon": "thôn", "ap": "ấp", "ban": "bản"}.get(match["m"], "tổ dân phố")
        titles = _titles(annex)
        told = [
            t
            for t in plan.targets
            if t.measure == noun
            and t.title in titles
            and t.value is not None
            and not t.units
            and t.of is None
            and not t.baseline
        ]
        figures = {int(t.value) for t in told if t.value is not None and t.value == t.value.to_integral_value()}
        if len(figures) != 1 or len(rows) in figures or len(told) < 1:
            continue
        stated = next(iter(figures))
        yield Finding(
            "table-count",
            "medium",
            f"{(annex.label or annex.title or 'Biểu')[:60]} có {len(rows)} dòng, nhưng văn bản ghi {stated} {noun}.",
            f"{len(rows)} {noun}",
            f"{stated} {noun}",
            lines_of(*(t.lines for t in told), annex.lines[:1]),
        )


def _titles(annex: Annex) -> set[str]:
    words = flat(annex.title or "")
    found = {t for t, w in (("kieu_mau", "kieu mau"), ("nang_cao", "nang cao")) if w in words}
    return found or {"ntm"}


RULES = (
    Rule("list-count", "Số lượng và danh sách", "high", "số ghi trước danh sách với số tên trong danh sách", items),
    Rule(
        "criteria-count",
        "Số tiêu chí và danh sách",
        "high",
        "số tiêu chí ghi trước danh sách với số tiêu chí liệt kê",
        criteria,
    ),
    Rule("list-repeated", "Tên lặp trong danh sách", "low", "các tên trong một danh sách có ghi số lượng", repeated),
    Rule(
        "table-count", "Số dòng của biểu danh sách", "medium", "số dòng của biểu với số ghi trong văn bản", table_rows
    ),
)
