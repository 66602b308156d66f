"""Một chỉ tiêu, hai con số: a well-known figure that two places promise with two values; totals that run over the years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ntm.domain.documents.checking import amounts
from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, lines_of
from ntm.domain.documents.checking.prose import paragraphs, tokens
from ntm.domain.documents.reading.model import Lines, Target
from ntm.domain.official.numbers import NumberError, parse_number
from ntm.domain.official.text import flat

_METRICS: tuple[tuple[str, str, str], ...] = (  # name, its words, its measure
    ("thu nhập bình quân đầu người", r"thu nhap(?: binh quan)?", r"trieu"),
    ("tỷ lệ hộ nghèo", r"ho ngheo", r"%"),
    ("tỷ lệ tham gia bảo hiểm y tế", r"bao hiem y te|bhyt", r"%"),
    ("tỷ lệ sử dụng nước hợp vệ sinh", r"nuoc (?:sinh hoat )?hop ve sinh", r"%"),
    ("tỷ lệ sử dụng nước sạch", r"nuoc sach", r"%"),
    ("tỷ lệ lao động qua đào tạo", r"lao dong (?:da )?qua dao tao", r"%"),
    ("bình quân tiêu chí của một xã", r"tieu chi", r"tieu chi/xa"),
)
_ANOTHER = re.compile(  # words that make it a figure of some part, or of another day
    r"rieng|trong do|dac biet|dan toc|nang cao|kieu mau|can ngheo|cac xa|moi xa|nhom|dinh huong|tam nhin|quy [i1-4]"
    r"|6 thang|so voi|nam truoc|tap trung|vung|thi tran|do thi|thanh thi|hien nay|da dat|yeu cau|quy dinh"
)
_FALL = re.compile(r"giam|ha\b|keo giam")
_LEFT = re.compile(r"con\b|xuong|duoi")
_HEADED = re.compile(r"\s*(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s?[-.)/]")
_YEARS = re.compile(r"\b20\d\d\b")
_STOP = frozenset(
    tokens(
        "phấn đấu đạt đến hết cuối năm trở lên từ trên dưới còn khoảng tỷ lệ của là và được trên địa bàn toàn có đầu người"
    )
)
_RUNNING = re.compile(
    r"(?P<gain>\d{1,3})\s(?P<m>xa|thon|ban|ap)\s[^;.]{0,140}?(?:(?:nang|dua) (?:tong )?so[^;.\d]{0,40}\blen|luy ke)"
    r"(?: co| la| dat| thanh)?\s(?P<total>\d{1,3})(?:/\d{1,3})?\s(?P=m)\b"
    r"(?!\s(?:dat chuan )?(?:ntm |nong thon moi )?(?:nang cao|kieu mau))"
)
_YEAR = re.compile(r"\W*(?:trong |den )?nam (20\d\d)\b")


def twice(plan: Checkable) -> Iterator[Finding]:
    """Một chỉ tiêu quen thuộc (thu nhập, hộ nghèo, bảo hiểm y tế, nước sạch …) được ghi hai mức ở hai chỗ."""
    for name, words, measure in _METRICS:
        told = [t for t in plan.targets if _is(plan, t, words, measure)]
        for kind in ("level", "fall"):
            same = [t for t in told if _kind(t) == kind]
            other = next((t for t in same[1:] if t.value != same[0].value and _alike(same[0], t)), None)
            if other is None or set(other.lines) & set(same[0].lines):
                continue
            first = same[0]
            yield Finding(
                "figure-twice",
                "medium",
                f"{name[:1].upper()}{name[1:]} ghi hai mức khác nhau: {_said(first)} (dòng {first.lines[0]}) và "
                f"{_said(other)} (dòng {other.lines[0]}).",
                _said(other),
                _said(first),
                lines_of(first.lines, other.lines),
            )


def _is(plan: Checkable, target: Target, words: str, measure: str) -> bool:
    """Is it that figure, of the whole area and of the plan's year?"""
    if target.value is None or target.high is not None or target.of is not None or target.baseline or target.threshold:
        return False
    if target.criteria or target.units or target.scope or target.computed or not target.lines:
        return False
    about = flat(target.what)
    if not re.match(measure, flat(target.measure or "")) or not re.search(words, about) or _ANOTHER.search(about):
        return False
    said = f"{about} {target.deadline.text if target.deadline else ''}"
    years = {int(y) for y in _YEARS.findall(said) or _YEARS.findall(_heading(plan, target))}
    return not years or years == {plan.header.year}


def _heading(plan: Checkable, target: Target) -> str:
    """The short heading above the figure: "1. Đến năm 2025" tells its year."""
    for no in range(min(target.lines[0] - 1, len(plan.lines)), max(target.lines[0] - 15, 0), -1):
        if _HEADED.match(plan.lines[no - 1]) and len(plan.lines[no - 1]) < 70:
            return plan.lines[no - 1]
    return ""


def _kind(target: Target) -> str:
    """ "giảm 3 %" is a fall; "giảm còn 3 %", "đạt 40 triệu đồng" are levels."""
    about = flat(target.what)
    rises = target.mode == "gain" or target.direction == "up"
    return "fall" if (_FALL.search(about) and not _LEFT.search(about)) else "rise" if rises else "level"


def _alike(first: Target, other: Target) -> bool:
    """Nearly the same words, and the same bound."""
    one, two = ({t for t in tokens(x.what) if t not in _STOP and not t.isdigit()} for x in (first, other))
    return len(one ^ two) <= 3 and len(one & two) >= 2


def _said(target: Target) -> str:
    return f"{amounts.plain(target.value or Decimal(0))} {target.measure}"


def running(plan: Checkable) -> Iterator[Finding]:
    """ "Năm 2023: 02 xã, nâng tổng số lên 12 xã; năm 2024: 01 xã, nâng tổng số lên 14 xã"."""
    steps: list[tuple[int, str, int, int, Lines]] = []
    for paragraph in paragraphs(plan):
        year = _YEAR.match(paragraph.flat)
        match = _RUNNING.search(paragraph.flat) if year else None
        if year is None or match is None:
            continue
        try:
            gain, total = (int(parse_number(match[g])) for g in ("gain", "total"))
        except NumberError:
            continue
        steps.append((int(year[1]), match["m"], gain, total, paragraph.lines(match.start(), match.end())))
    for before, step in pairwise(steps):
        if step[:2] != (before[0] + 1, before[1]) or before[3] + step[2] == step[3]:
            continue
        noun = {"xa": "xã", "thon": "thôn", "ban": "bản", "ap": "ấp"}[step[1]]
        yield Finding(
            "running-total",
            "medium",
            f"Năm {before[0]} có {before[3]} {noun}, năm {step[0]} thêm {step[2]} là {before[3] + step[2]} {noun}, "
            f"nhưng văn bản ghi {step[3]} {noun}.",
            f"{before[3] + step[2]} {noun}",
            f"{step[3]} {noun}",
            lines_of(before[4], step[4]),
        )


RULES = (
    Rule("figure-twice", "Một chỉ tiêu, hai mức", "medium", "mức của một chỉ tiêu ở các chỗ trong văn bản", twice),
    Rule("running-total", "Lũy kế qua các năm", "medium", "lũy kế năm trước cộng số thêm với lũy kế năm sau", running),
)
