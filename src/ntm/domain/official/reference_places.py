"""Chỗ đứng của viện dẫn: which lines of a document are its legal bases (căn cứ), which are its body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ntm.domain.official.reference_parts import KIND_PATTERN

__all__ = ["Paragraph", "paragraphs"]

_LINE_MARK = r"[\s*_|>]{0,8}(?:[-+•–]\s{0,3}|[0-9]{1,2}[.)]\s{1,3})?[\s*_\"]{0,4}"
_OPENS_BASE = re.compile(
    rf"{_LINE_MARK}(?P<opener>can cu|thuc hien|theo|xet|tiep tuc thuc hien)(?:\s{{1,3}}(?:vao|cac|nhung|noi dung|tinh than))?"
)
_BASE_HEADING = re.compile(
    r"[\s*#]{0,8}(?:[ivx]{1,4}|[a-d]|[0-9]{1,2})?[.\-/) ]{0,3}(?:(?:cac|nhung)\s)?"
    r"(?:can cu(?: (?:phap ly|lap|xay dung|de)[a-z ,]{0,60})?|co so phap ly)\s{0,2}:?[\s*]{0,4}$"
)
_HEADING = re.compile(
    r"[\s*#]{0,8}(?:(?:phan(?: thu)?\s{1,2})?(?:i{1,3}|iv|v|vi{0,3}|ix|x|[a-d])\s?[.\-/:)]\s"
    r"|dieu 1\b|quyet dinh\s?:|quyet nghi\s?:|nay\s)"
)
_NUMBERED = re.compile(rf"[\s*#]{{0,8}}1[.)]\s{{1,3}}(?!{KIND_PATTERN})")
_SUBJECT = re.compile(rf"(?:de nghi\s|{KIND_PATTERN}|luat|bo tieu chi|cac\s)")


@dataclass(frozen=True)
class Paragraph:
    """Đoạn: a line of the text; `base` when it states legal bases."""

    start: int
    end: int
    base: bool
    opened_at: int

    def clauses(self, bare: str) -> Iterator[tuple[int, int]]:
        """The clauses of a line of bases, each without its opener; nothing for any other line."""
        if not self.base:
            return
        start = self.opened_at
        body = bare[self.start : self.end]
        if body.rstrip(" *_")[-1:] not in (";", ".", ",", ":"):
            return
        ends = [self.start + m.start() for m in re.finditer(r";|\.(?=\s|$)|\./\.", body)]
        for stop in [*ends, self.end]:
            if stop <= start:
                continue
            opened = _OPENS_BASE.match(bare, start, stop)
            lead = opened.end() if opened and opened["opener"] != "xet" and not _is_proposal(bare, opened) else start
            while lead < stop and bare[lead] in " \t*_-+•|\n":
                lead += 1
            if stop - lead > 3:
                yield lead, stop
            start = stop + 1


def _is_proposal(bare: str, opened: re.Match[str]) -> bool:
    return bare[opened.end() : opened.end() + 12].lstrip().startswith("de nghi")


def paragraphs(whole: str, bare: str) -> list[Paragraph]:
    """Chia đoạn: bases stand before the first heading, or under a heading of their own ("I. CĂN CỨ PHÁP LÝ")."""
    out: list[Paragraph] = []
    preamble, listed = True, False
    start = 0
    for line in whole.splitlines(keepends=True) or [whole]:
        end = start + len(line)
        words = bare[start:end].rstrip()
        end_of_words = start + len(words)
        if _BASE_HEADING.match(words):
            out.append(Paragraph(start, end_of_words, False, start))
            listed, start = True, end
            continue
        if _HEADING.match(words) or _NUMBERED.match(words):
            preamble, listed = False, False
        out.append(_paragraph(bare, start, end_of_words, preamble or listed, listed))
        if listed and words.strip() and not out[-1].base:
            listed = False
        start = end
    return out or [Paragraph(0, 0, False, 0)]


def _paragraph(bare: str, start: int, end: int, may_open: bool, listed: bool) -> Paragraph:
    opened = _OPENS_BASE.match(bare, start, end) if may_open else None
    if opened and _SUBJECT.match(bare[opened.end() : opened.end() + 60].lstrip(" :")):
        return Paragraph(start, end, True, start)
    if listed:
        mark = re.compile(_LINE_MARK).match(bare, start, end)
        at = mark.end() if mark else start
        if re.match(rf"(?:cac\s)?{KIND_PATTERN}", bare[at:end]):
            return Paragraph(start, end, True, at)
    return Paragraph(start, end, False, start)
