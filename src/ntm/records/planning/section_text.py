"""Lời của đề mục lấy lại từ dòng của văn bản: paragraphs joined over broken lines, headings and tables taken out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ntm.domain.documents.reading.blocks import Line
from ntm.domain.documents.reading.layout import paragraphs
from ntm.domain.official.text import fold

__all__ = ["clause", "kind_of_money", "sections"]

_SENTENCE = re.compile(r"\.\s+(?=[A-ZĐƯỦÚÙỤ])")


def sections(
    outline: Iterable[Mapping[str, Any]], lines: Sequence[str], tables: Collection[int]
) -> Iterator[dict[str, Any]]:
    """Các đề mục theo thứ tự: label, heading, depth and the words that stand under it before the next heading."""
    parts = [one for one in outline if one.get("lines")]
    headings = {no for one in parts for no in one.get("own_lines") or ()}
    begins = sorted(one["lines"][0] for one in parts)
    for one in parts:
        first, last = one["lines"][0], one["lines"][-1]
        following = next((begin for begin in begins if begin > first), last + 1)
        own = [
            no
            for no in range(first, min(last, following - 1) + 1)
            if no not in headings and no not in tables and 0 < no <= len(lines)
        ]
        title = " ".join(str(one.get("title") or "").split())
        rest = _after_heading([lines[no - 1] for no in one.get("own_lines") or () if 0 < no <= len(lines)], title)
        text = "\n".join(part for part in (rest, *_paragraphs(own, lines)) if part)
        yield {
            "label": str(one.get("label") or "")[:20],
            "heading": title[:1000],
            "depth": max(1, min(6, int(one.get("depth") or 1))),
            "text": text,
        }


def clause(lines: Sequence[str], numbers: Sequence[int], value: Mapping[str, Any]) -> str:
    """Lời dẫn căn cứ as written, without the last mark; made of its parts where the lines hold more than one basis."""
    text = " ".join(" ".join(lines[no - 1].split()) for no in numbers if 0 < no <= len(lines)).strip(" ;.,-")
    text = _SENTENCE.split(text, maxsplit=1)[0]  # "... Ủy ban nhân dân huyện ban hành kế hoạch" is no part of the basis
    if text and fold(text).count("can cu") <= 1 and len(text) < 600:
        return text
    parts = (value.get("role") or "căn cứ", value.get("kind"), value.get("number") and f"số {value['number']}")
    said = " ".join(str(one) for one in parts if one)
    said = f"{said[:1].upper()}{said[1:]}"
    day = str(value.get("date") or "")
    if len(day) == 10:
        said += f" ngày {day[8:]}/{day[5:7]}/{day[:4]}"
    said += f" của {value['issuer']}" if value.get("issuer") else ""
    return f"{said} {value['title']}" if value.get("title") else said


def kind_of_money(what: str) -> str:
    """Loại vốn where the words name it."""
    told = fold(what)
    return "dau_tu" if "von dau tu phat trien" in told else "su_nghiep" if "von su nghiep" in told else ""


def _paragraphs(numbers: Sequence[int], lines: Sequence[str]) -> Iterator[str]:
    kept = [Line(no, lines[no - 1]) for no in numbers if "\t" not in lines[no - 1]]
    for one in paragraphs(kept):
        yield f"{one.marker.text.strip()} {one.text}".strip() if one.marker else one.text


def _after_heading(own: Sequence[str], title: str) -> str:
    """The words that follow the heading on its own line."""
    whole = " ".join(" ".join(own).split())
    at = whole.find(title) if title else -1
    return whole[at + len(title) :].lstrip(" :.-").strip() if at >= 0 else ""
