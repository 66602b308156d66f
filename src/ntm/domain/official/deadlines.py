"""Ngôn ngữ thời hạn: "Tháng 3, 6, 9, 11", "Trước 28/02/2020", "Quý II-III/2020", "Thường xuyên" ...: read, found, written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ntm.domain.official.deadline_model import Deadline, DeadlineKind, Occurrence, Repeat, Stretch
from ntm.domain.official.deadline_reader import DeadlineError, TokenReader, read_tokens
from ntm.domain.official.deadline_writing import write_deadline
from ntm.domain.official.text import flat, nfc

__all__ = [
    "Deadline",
    "DeadlineError",
    "DeadlineKind",
    "FoundDeadline",
    "Occurrence",
    "find_deadlines",
    "parse_deadline",
    "write_deadline",
]

_CONTINUOUS = re.compile(r"\b(?:thuong xuyen|lien tuc|quanh nam|suot (?:ca )?nam|ca nam)\b")
_ON_REQUEST = re.compile(
    r"\b(?:(?:theo )?(?:de xuat|yeu cau|de nghi|nhu cau|chi dao|thong bao|lich|thuc te|tinh hinh)|"
    r"dot xuat|khi (?:co|can|duoc|phat)|"
    r"phat sinh|thich hop|sau khi|ngay sau|ke tu|trong thoi han|"
    r"theo (?:quy dinh|ke hoach|huong dan|tien do|thoi gian|chuong trinh))\b"
)
_PERIODIC = re.compile(r"\b(?:dinh ky|moi (?:thang|quy|nam|tuan)|h[ao]ng (?:thang|quy|nam|tuan|ngay))\b")
_SHORT = re.compile(r"\b([qt])\.?([0-9]{1,2})\b")
_LONGEST = 400


@dataclass(frozen=True)
class FoundDeadline:
    """Thời hạn trong câu, with its place."""

    deadline: Deadline
    start: int
    end: int


def parse_deadline(text: str, issued: date | None = None, year: int | None = None) -> Deadline:
    """Đọc thời hạn: any words give a Deadline (at worst UNKNOWN); only impossible days and endless texts are refused."""
    if year is None:
        if issued is None:
            raise TypeError("a deadline needs the plan's year or its day of issue: there is no clock here")
        year = issued.year
    shown = nfc(text)
    words = _SHORT.sub(lambda m: f"{'thang' if m[1] == 't' else 'quy'} {m[2]}", " ".join(flat(shown).split()))
    if len(words) > _LONGEST:
        raise DeadlineError(f"“{shown.strip()[:40]}…” quá dài, không phải một thời hạn; hãy tách riêng phần thời hạn.")
    reader = read_tokens(words, periodic=_PERIODIC.search(words) is not None)
    stretches, repeats = reader.stretches(), tuple(dict.fromkeys(reader.repeats))
    if reader.weekday is not None:
        repeats = tuple(replace(r, weekday=reader.weekday) if r.months == 0 else r for r in repeats)
    if stretches and repeats and all(r.months == 12 and r.day is None for r in repeats):
        repeats, kind = (), DeadlineKind.RECURRING
    else:
        kind = _kind(words, reader, stretches, repeats)
    on_request = kind is not DeadlineKind.ON_REQUEST and bool(re.search(r"\b(?:dot xuat|khi co|yeu cau)\b", words))
    unread = "" if kind is DeadlineKind.ON_REQUEST else " ".join(reader.unread)
    return Deadline(text, kind, year, issued, stretches, repeats, on_request, unread)


def _kind(words: str, reader: TokenReader, stretches: tuple[Stretch, ...], repeats: tuple[Repeat, ...]) -> DeadlineKind:
    if _CONTINUOUS.search(words):
        return DeadlineKind.CONTINUOUS
    if repeats or (reader.periodic and not stretches):
        return DeadlineKind.RECURRING
    if stretches:
        return DeadlineKind.DATED
    if reader.duration or _ON_REQUEST.search(words):
        return DeadlineKind.ON_REQUEST
    return DeadlineKind.UNKNOWN


_LEAD = (
    r"(?:\b(?:xong|hoan thanh|hoan thien)\s)?"
    r"(?:\b(?:truoc|cham nhat|muon nhat|den het|het|den|trong|vao|tu)\s(?:ngay\s|khoang\s)?)"
)
_YEAR = r"(?:\s?/\s?(?:19|20)[0-9]{2}|\snam\s(?:19|20)[0-9]{2}|\snam sau)"
_N = r"[0-9]{1,2}"
_MORE = rf"(?:\s?(?:,|-|va|den)\s?(?:thang\s)?{_N}(?![0-9/.,]*[0-9]\s?%)){{0,11}}"
_Q = r"(?:iv|i{1,3}|[1-4])"
_IN_SENTENCE = re.compile(
    rf"{_LEAD}(?:ngay\s)?{_N}\s?(?P<sign>[/-])\s?{_N}(?:\s?(?P=sign)\s?(?:19|20)[0-9]{{2}}|\snam sau)?(?![0-9/])"
    rf"|{_LEAD}?(?:(?:dau|giua|cuoi)\s)?\bqu[yi]\s{_Q}(?:\s?(?:,|-|va|den)\s?(?:quy\s)?{_Q}\b){{0,3}}(?:{_YEAR}|\b(?![a-z0-9]))"
    rf"|{_LEAD}?(?:(?:dau|giua|cuoi)\s)?(?<!ngay\s)(?<![0-9]\s)\bthang\s{_N}{_MORE}(?:{_YEAR})"
    rf"|{_LEAD}(?:(?:dau|giua|cuoi)\s)?\bthang\s{_N}{_MORE}(?![0-9/])"
    rf"|{_LEAD}(?:0?[69]|sau|chin)\sthang\s(?:dau|cuoi)\snam(?:\s(?:19|20)[0-9]{{2}})?(?![a-z])"
    rf"|{_LEAD}?(?<!thang\s)(?<!phan\s)\b(?:dau|giua|cuoi)\snam(?:\s(?:19|20)[0-9]{{2}})?(?![a-z])"
    rf"|{_LEAD}\bnam\s(?:19|20)[0-9]{{2}}(?!\s?-)"
    rf"|(?:\b(?:truoc|cham nhat)\s)?(?:ngay\s{_N}\s)?\bh[ao]ng\s(?:thang|quy|nam|tuan)(?:,\s(?:quy|nam)){{0,2}}\b"
)


_LOOK_ALIKE = re.compile(r"^tu\b|đấu|đáu|đâu|\btứ\b|\btự\b|\btư\b")  # "43-KL/TU ngày …", "phấn đấu năm …"


def find_deadlines(text: str, issued: date | None = None, year: int | None = None) -> Iterator[FoundDeadline]:
    """Tìm thời hạn trong câu: "chậm nhất 30/11/2018", "trong tháng 10/2020", "(Quý I/2021)", "cuối năm 2023", "hằng tháng"."""
    for found in _IN_SENTENCE.finditer(flat(text)):
        words = text[found.start() : found.end()]
        if _LOOK_ALIKE.search(words.lower()):
            continue
        try:
            deadline = parse_deadline(words, issued, year)
        except DeadlineError:
            continue
        if deadline.is_timed:
            yield FoundDeadline(deadline, found.start(), found.end())
