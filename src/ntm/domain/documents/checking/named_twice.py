"""Gọi hai cách: one work, one congress, one criteria set named two ways; work of another year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, lines_of
from ntm.domain.documents.checking.prose import clauses, pairs, tokens
from ntm.domain.documents.reading.model import Lines
from ntm.domain.official.text import flat

_STANDARD = re.compile(r"\bchuan\s(?P<what>[a-z][a-z \-]{3,38}?)\smuc do\s(?P<level>\d)")


def standards(plan: Checkable) -> Iterator[Finding]:
    """Một công trình nói tới hai chuẩn khác nhau cùng mức độ."""
    found: list[tuple[str, str, set[tuple[str, str]], Lines]] = []
    for clause in clauses(plan):
        for match in _STANDARD.finditer(clause.flat):
            about = pairs(clause.flat[max(0, match.start() - 130) : match.start()])
            found.append(
                (
                    match["what"].strip(),
                    match["level"],
                    about,
                    clause.paragraph.lines(clause.start + match.start(), clause.start + match.end()),
                )
            )
    for at, (what, level, about, _) in enumerate(found):
        for other_what, other_level, other_about, _lines in found[at + 1 :]:
            if level == other_level and what != other_what and len(about & other_about) >= 5:
                both = {what, other_what}
                places = lines_of(*(f[3] for f in found if f[0] in both and f[1] == level))
                yield Finding(
                    "two-standards",
                    "medium",
                    f"Cùng một công trình, chỗ ghi “{_marked(plan, what, places)} mức độ {level}”, chỗ ghi "
                    f"“{_marked(plan, other_what, places)} mức độ {level}”.",
                    f"chuẩn {_marked(plan, other_what, places)}",
                    f"chuẩn {_marked(plan, what, places)}",
                    places,
                )
                return


def _marked(plan: Checkable, words: str, lines: Lines) -> str:
    """The words with their marks, as they stand on those lines."""
    for no in lines:
        line = plan.lines[no - 1] if 0 < no <= len(plan.lines) else ""
        at = flat(line).find(words)
        if at >= 0:
            return line[at : at + len(words)]
    return words


_DO = re.compile(
    r"(?:^|[;,]\s)(?:tiep tuc |tap trung |to chuc )?(?:thuc hien|trien khai)\s[^.;:]{0,40}?"
    r"\b(?:nhiem vu|noi dung|muc tieu|chi tieu)\s[^.;:,]{0,60}\bnam (20\d\d)(?!\s?-|/)"
)
_STRIVE_BY = re.compile(r"ph[a-z]{1,2}n d[a-z]{1,2}u\s(?:den\s)?(?:het |cuoi )?nam (20\d\d)(?!\s?-|/)")
_NOT_NOW = re.compile(
    r"\bda\b|ket qua|tong ket|danh gia|\bso \d|\bvon\b|chuyen tiep|keo dai|giai doan|so voi|con lai|\bchua\b|ton tai"
)


def wrong_year(plan: Checkable) -> Iterator[Finding]:
    """Một câu giao việc của năm trước trong kế hoạch của năm nay."""
    year = plan.header.year
    if year is None:
        return
    order = re.compile(
        r"(?:xay dung|ban hanh|lap)\s(?:va\s)?(?:trien khai\s)?ke hoach[^.;:]{0,90}\b(?:thuc hien|"
        r"trien khai)\s[^.;:,]{0,60}\bnam (20\d\d)(?!\s?-|/)"
    )
    for clause in clauses(plan):
        for match in (*order.finditer(clause.flat), *_DO.finditer(clause.flat), *_STRIVE_BY.finditer(clause.flat)):
            told = int(match[1])
            window = clause.flat[max(0, match.start() - 60) : match.end() + 30]
            if told >= year or year - told > 3 or re.search(_NOT_NOW, window):
                continue
            place = clause.paragraph.lines(clause.start + match.start(), clause.start + match.end())
            yield Finding(
                "wrong-year",
                "medium",
                f"Kế hoạch của năm {year} nhưng câu giao việc ở đây ghi năm {told}.",
                f"năm {year}",
                f"năm {told}",
                place,
            )


_CONGRESS = re.compile(
    r"dai hoi(?: dai bieu)? (?:dang bo|dang) (?P<who>[a-z ]{2,30}?) (?:lan thu|khoa) (?P<no>[ivxlc]+|"
    r"\d+)\s?,?\s?nhiem ky (?P<term>20\d\d\s?-\s?20\d\d)"
)


def congress(plan: Checkable) -> Iterator[Finding]:
    """Một đại hội, một nhiệm kỳ, hai số thứ tự."""
    told: dict[tuple[str, str], dict[str, list[Lines]]] = {}
    for clause in clauses(plan):
        for m in _CONGRESS.finditer(clause.flat):
            key = " ".join(tokens(m["who"])), m["term"].replace(" ", "")
            place = clause.paragraph.lines(clause.start + m.start(), clause.start + m.end())
            told.setdefault(key, {}).setdefault(m["no"].upper(), []).append(place)
    for (_, term), numbers in told.items():
        if len(numbers) > 1:
            first, second = list(numbers)[:2]
            yield Finding(
                "congress",
                "medium",
                f"Đại hội Đảng bộ nhiệm kỳ {term} chỗ ghi lần thứ {first}, chỗ ghi lần thứ {second}.",
                f"lần thứ {second}",
                f"lần thứ {first}",
                lines_of(*(p for places in numbers.values() for p in places)),
            )


_SET = re.compile(
    r"bo tieu chi (?:xa )?(?:nong thon moi|ntm)(?P<t> nang cao|"
    r" kieu mau)? tinh (?P<who>[a-z]+(?: [a-z-]+){0,2}?)\s?,? giai doan (?P<p>20\d\d\s?-\s?20\d\d)"
)


def set_period(plan: Checkable) -> Iterator[Finding]:
    """Một bộ tiêu chí của tỉnh, hai giai đoạn."""
    told: dict[tuple[str, str], dict[str, list[Lines]]] = {}
    for clause in clauses(plan):
        for m in _SET.finditer(clause.flat):
            place = clause.paragraph.lines(clause.start + m.start(), clause.start + m.end())
            told.setdefault(((m["t"] or "").strip(), m["who"]), {}).setdefault(m["p"].replace(" ", ""), []).append(
                place
            )
    for periods in told.values():
        if len(periods) > 1:
            first, second = list(periods)[:2]
            yield Finding(
                "set-period",
                "low",
                f"Cùng một bộ tiêu chí của tỉnh, chỗ ghi giai đoạn {first}, chỗ ghi giai đoạn {second}.",
                f"giai đoạn {second}",
                f"giai đoạn {first}",
                lines_of(*(p for places in periods.values() for p in places)),
            )


RULES = (
    Rule("two-standards", "Một công trình, hai chuẩn", "medium", "tên chuẩn ghi cho cùng một công trình", standards),
    Rule(
        "wrong-year",
        "Năm trước trong kế hoạch năm nay",
        "medium",
        "năm của việc được giao với năm của kế hoạch",
        wrong_year,
    ),
    Rule("congress", "Một đại hội ghi hai số thứ", "medium", "số thứ tự của cùng một đại hội", congress),
    Rule(
        "set-period",
        "Một bộ tiêu chí, hai giai đoạn",
        "low",
        "giai đoạn ghi cho cùng một bộ tiêu chí của tỉnh",
        set_period,
    ),
)
