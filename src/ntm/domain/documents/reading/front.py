"""Phần đầu văn bản: letterhead, title, date, issuer, signer put together to one header, and the area the document is of."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Literal

from ntm.domain.documents.reading import header, recipients
from ntm.domain.documents.reading.area import Area, area_of
from ntm.domain.documents.reading.header import Number
from ntm.domain.documents.reading.model import Header, Level, Lines, Signer, WrittenDate
from ntm.domain.documents.reading.parts import Parts
from ntm.domain.official.periods import find_periods
from ntm.domain.official.text import flat

_PERIODS = ((2010, 2015), (2016, 2020), (2021, 2025), (2026, 2030))
_HORIZON = re.compile(r"(?:định hướng|tầm nhìn|hướng tới|và những năm)\s(?:đến\s)?(?:năm\s)?20\d\d", re.IGNORECASE)
_NO_NUMBER = Number(None, None, None, ())


def read(pieces: Parts) -> tuple[Header, Area, date]:
    """The header, its area, and the day of the document (or the first day it can be)."""
    shreds = header.fragments(pieces.head_lines)
    number = header.read_number(shreds)
    when, place = header.read_date(shreds)
    if when is None:
        when, place = _closing_date(pieces)
    kind, kind_lines, named = header.read_kind(pieces, number)
    title, title_lines = header.read_title(pieces, named)
    _, signer = recipients.read(pieces)
    number = number or _NO_NUMBER
    above = [*title_lines, *kind_lines, *number.lines, *(when.lines if when else ())]
    stop = max([min(above), *number.lines]) + 1 if above else 12
    issuer, issuer_lines, superior = _issuer(pieces, header.letterhead_bodies(shreds, stop), signer)
    level = _level(issuer, superior, title, signer)
    year, period = _period(title, when, pieces)
    issued = _issued(when, year or (period[0] if period else None))
    top = [superior or "", title or "", *(p.text for p in pieces.preamble), *(p.text for p in pieces.closing)]
    area = area_of(level, issuer or superior, place, top, [p.text for p in pieces.body[:400]], issued)
    head = Header(
        number=number.number,
        symbol=number.symbol,
        full_number=number.full,
        number_lines=number.lines,
        kind=kind,
        kind_lines=kind_lines,
        title=title,
        title_lines=title_lines,
        date=when,
        place=place,
        issuer=_completed(issuer, area),
        issuer_lines=issuer_lines,
        superior=superior,
        level=level,
        commune=area.commune,
        district=area.district,
        province=area.province,
        village=area.village,
        year=year,
        period=period,
        criteria_title=_title_kind(title, level),
        signer=signer,
    )
    return head, area, issued


def _level(issuer: str | None, superior: str | None, title: str | None, signer: Signer | None) -> Level | None:
    for words in (issuer, superior, title, " ".join(signer.authority) if signer else None):
        if (level := header.level_of(words)) is not None:
            return level
    return None


def _issued(when: WrittenDate | None, year: int | None) -> date:
    """The day, or the first day of the month or year that is told."""
    if when is not None and when.date is not None:
        return when.date
    month = when.month if when is not None and when.month in range(1, 13) else 1
    return date((when.year if when else None) or year or 2020, month or 1, 1)


def _closing_date(pieces: Parts) -> tuple[WrittenDate | None, str | None]:
    """Some documents put place and date above the signature."""
    lines = [p for p in (*pieces.closing, *pieces.body[-2:]) if re.search(r"ngay.{0,20}thang.{0,20}nam", p.flat)]
    for p in lines:
        shreds = [header.Fragment(p.text, p.flat, p.first_line)]
        found = header.read_date(shreds)
        if found[0] is not None:
            return found
    return None, None


def _issuer(
    pieces: Parts, letterhead: list[tuple[str, int]], signer: Signer | None
) -> tuple[str | None, Lines, str | None]:
    if letterhead:
        superior = letterhead[-2][0] if len(letterhead) > 1 else None
        return letterhead[-1][0], (letterhead[-1][1],), superior
    said = header.issuing_body(pieces.preamble) or header.deciding_body(pieces.head)
    if said is not None:
        return said[0], said[1], None
    for words in signer.authority if signer else ():
        body = re.sub(r"^(?:TM|T/M|TL|KT|TUQ)\s?[./]\s?", "", words).strip()
        if header.level_of(body) or len(body) > 8:
            return body, (), None
    return None, (), None


def _completed(issuer: str | None, area: Area) -> str | None:
    """ "Ủy ban nhân dân huyện" with the name that the document gives its unit."""
    if issuer is None:
        return None
    for words, name in (
        ("huyện", area.district),
        ("tỉnh", area.province),
        ("xã", area.commune),
        ("thị trấn", area.commune),
        ("phường", area.commune),
    ):
        if name and re.search(rf"\b{words}$", issuer.lower()):
            return f"{issuer} {name.upper() if issuer.isupper() else name}"
    bare = re.fullmatch(r"(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan)", flat(issuer))
    level_name = {"xã": ("xã", area.commune), "huyện": ("huyện", area.district), "tỉnh": ("tỉnh", area.province)}.get(
        area.level or ""
    )
    if bare and level_name and level_name[1]:
        return f"{issuer} {level_name[0]} {level_name[1]}"
    return issuer


def _period(title: str | None, when: WrittenDate | None, pieces: Parts) -> tuple[int | None, tuple[int, int] | None]:
    """The year planned for and the programme period: from the title, else the most named in the text."""
    year: int | None = None
    period: tuple[int, int] | None = None
    for found in find_periods(_HORIZON.sub(" ", title or "")):
        if found.period.kind == "year" and year is None:
            year = found.period.year
        if found.period.kind == "phase" and found.period.last_year and period is None:
            period = found.period.year, found.period.last_year
    if year is None and period is None:
        years = re.findall(
            r"\bnam (20\d\d)", " ".join(p.flat for p in (*pieces.preamble, *pieces.body[:60]) or pieces.annexes[:60])
        )
        common = Counter(int(y) for y in years).most_common(1)
        year = when.year if when and when.year and not common else (common[0][0] if common else None)
    base = year or (period[0] if period else None) or (when.year if when else None)
    if period is None and base:
        period = next((p for p in _PERIODS if p[0] <= base <= p[1]), None)
    return year, period


def _title_kind(title: str | None, level: str | None) -> Literal["ntm", "nang_cao", "kieu_mau"]:
    words = flat(title or "")
    if level in ("xã", "thôn"):
        if re.search(r"(?:nong thon moi|ntm) kieu mau", words) and "nang cao" not in words:
            return "kieu_mau"
        if re.search(r"(?:nong thon moi|ntm) nang cao", words):
            return "nang_cao"
    return "ntm"


def is_village(title: str | None, level: str | None) -> bool:
    """Does the document work for villages: "xây dựng thôn nông thôn mới"?"""
    words = flat(title or "")
    return level == "thôn" or bool(
        re.search(r"\b(?:thon|ban|ap|khu dan cu|xom|khu)\s(?:dat chuan\s)?(?:nong thon moi|ntm|kieu mau)", words)
        and not re.search(r"\bxa\s(?:dat chuan\s)?(?:nong thon moi|ntm)", words)
    )
