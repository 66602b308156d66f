"""Thể thức: number, date, place and signer that the document lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, Severity, lines_of
from ntm.domain.documents.reading.model import Lines
from ntm.domain.official.text import flat

_DATE = re.compile(r"ngay\s?.{0,20}\s?thang\s?.{0,12}\s?nam|\d{1,2}\s?[/.]\s?\d{1,2}\s?[/.]\s?20\d\d")
_POSITION = re.compile(
    r"\W*(?:(?:KT|TM|TL|TUQ)\.\s?)?(?:PHÓ )?(?:CHỦ TỊCH|TRƯỞNG BAN|BÍ THƯ|GIÁM ĐỐC|TRƯỞNG PHÒNG|CHÁNH VĂN PHÒNG)[^a-zà-ỹ]{0,40}"
)
_NUMBER = re.compile(r"\bso\s?:|\bso\s?\d+\s?[-/]|/\s?(?:kh|qd|ct|bc|ctr|nq)\s?-", re.IGNORECASE)


def missing(plan: Checkable) -> Iterator[Finding]:
    """Số, ngày ban hành, người ký: thiếu hẳn hoặc để trống."""
    header = plan.header
    if header.kind is None and header.title is None:
        return  # a sheet of figures, not an official document
    lacks: list[str] = []
    if header.number is None:
        lacks.append("số (để trống)" if header.symbol else "số, ký hiệu")
    if header.date is None:
        lacks.append("ngày ban hành")
    elif header.date.date is None:
        lacks.append("ngày (để trống)")
    signer = header.signer.name if header.signer is not None else None
    if not signer:
        lacks.append("người ký")
    if not lacks:
        return
    if header.place is None and header.date is None:
        lacks.append("địa danh")
    yield Finding(
        "header",
        _weight(plan, lacks),
        f"Văn bản thiếu {', '.join(lacks)}.",
        "thể thức có đủ số, ngày, người ký",
        f"thiếu {', '.join(lacks)}",
        _place(plan),
    )


def _weight(plan: Checkable, lacks: list[str]) -> Severity:
    """Sure only when the text shows no trace of a number and none of a date that was perhaps not understood."""
    if "số, ký hiệu" in lacks and "ngày ban hành" in lacks:
        near = [
            flat(line)
            for line in (*plan.lines[:20], *plan.lines[-12:])
            if len(line) < 200 and not line.lstrip().lower().startswith(("căn cứ", "thực hiện"))
        ]
        if plan.lines and not any(_DATE.search(line) or _NUMBER.search(line) for line in near):
            return "high"
    return "medium"


def _place(plan: Checkable) -> Lines:
    header = plan.header
    found = lines_of(header.number_lines, header.date.lines if header.date is not None else (), _unsigned(plan))
    found = found or header.kind_lines or header.title_lines
    return found or tuple(n for n, line in enumerate(plan.lines, 1) if line.strip())[:1]


def _unsigned(plan: Checkable) -> Lines:
    """Where the name of the signer should stand: the last position in capitals."""
    if plan.header.signer is not None and plan.header.signer.name:
        return ()
    places = [n for n, line in enumerate(plan.lines, 1) if _POSITION.fullmatch(line)]
    return tuple(places[-1:])


RULES = (Rule("header", "Thiếu số, ngày, người ký", "high", "thể thức của văn bản với những gì văn bản có", missing),)
