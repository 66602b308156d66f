"""Sửa lỗi nhận dạng chữ (OCR): what scanning commonly spoils, mended beside the original, never in its place."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ntm.domain.official.abbreviations import COMMON
from ntm.domain.official.syllables import is_syllable, split_glued
from ntm.domain.official.text import flat, nfc_map

__all__ = ["Change", "Repaired", "repair"]


@dataclass(frozen=True)
class Change:
    """Một chỗ đã sửa: where it stood in the original, what was read, what it became, and why."""

    start: int
    end: int
    original: str
    repaired: str
    reason: str


@dataclass(frozen=True)
class Repaired:
    """Văn bản đã sửa, with its original and every change; places in the one lead to places in the other."""

    text: str
    original: str
    changes: tuple[Change, ...]
    _starts: tuple[int, ...] = ()  # where each change begins in the repaired text

    def original_place(self, place: int) -> int:
        """The place in the original that a place in the repaired text came from."""
        index = bisect_right(self._starts, place) - 1
        if index < 0:
            return min(place, len(self.original))
        change, start = self.changes[index], self._starts[index]
        inside = place - start
        if inside < len(change.repaired):
            return min(change.start + inside, change.end)
        return min(change.end + inside - len(change.repaired), len(self.original))

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The original words behind a span of the repaired text, whole changes included."""
        first, last = self.original_place(start), self.original_place(end)
        for change, at in zip(self.changes, self._starts, strict=True):
            if at < end and at + len(change.repaired) > start:
                first, last = min(first, change.start), max(last, change.end)
        return first, max(first, last)


_STRIVE = re.compile(r"\b(?P<a>phan)(?P<gap>\s{1,2})(?P<b>dau)\b")
_BEGINNING_AFTER = re.compile(
    r"\s{1,2}(?:tien|cua|trang|bai|van ban|nay|doan|tuyen|kenh|duong|"
    r"cong|chuong|sach|cau|cuoi|mo|tieu de)\b"
)
_BEGINNING_BEFORE = re.compile(r"(?:\bo|\btai|\bnhung|\bcac|\bmot|\bhai|\bneu o|\bxem|\bthuoc|\bngay)\s{1,2}$")
_STRIVE_AFTER = re.compile(
    r"\s{1,2}(?:dat|co|tang|giam|them|hoan|het|den|nam|duy|cham|xay|thuc|so|toan|binh|moi|giu|tu|tro|nang|ty|ti|thu|khong|va|"
    r"xa|huyen|thon|tinh|de|trong|cuoi|la|nong|muc|dua|cac|trien|vuot|co ban|thanh|ve|[0-9])"
)
_FIGURES = re.compile(r"(?<![^\W_])[0-9OoQlI|.,/\-]{2,20}(?![^\W_])")
_PLACE_OF_DIGIT = {"O": "0", "o": "0", "Q": "0", "l": "1", "I": "1", "|": "1"}
_GLUED_NUMBER = re.compile(
    r"(?<![^\W_])(?P<word>số|ngày|tháng|năm|quý|khoản|điều|điểm|thêm|có|từ|đến|"
    r"trên|dưới|đạt|còn|là|khoảng|tối thiểu|hơn|tiêu chí)"
    r"(?=[0-9])",
    re.IGNORECASE,
)
_CAPITAL_RUN = re.compile(r"(?<![^\W_])(?P<short>[A-ZĐƯ]{2,8})(?P<word>[a-zđà-ỹ]{2,7})(?![^\W_])")
_NEXT_WORD = frozenset(
    [
        "xã",
        "huyện",
        "tỉnh",
        "thôn",
        "các",
        "và",
        "của",
        "về",
        "ngày",
        "số",
        "năm",
        "thị",
        "thành",
        "phường",
        "trung",
        "đã",
        "có",
        "được",
        "để",
    ]
)
_LETTERS = re.compile(r"(?<![^\W_])[^\W\d_]{5,21}(?![^\W_])")
_BARLESS = re.compile(r"(?<![^\W_])[A-Z]{2,8}(?![^\W_])")
_BARRED = {key.replace("Đ", "D"): key for key in COMMON if "Đ" in key and key.replace("Đ", "D") not in COMMON}
_SYMBOLS = {"QD": "QĐ", "ND": "NĐ"}

_Rule = Callable[[str, str], Iterator[tuple[int, int, str, str]]]


def _strive(text: str, bare: str) -> Iterator[tuple[int, int, str, str]]:
    """ "phần đầu", "phân đấu", "phân đầu" -> "phấn đấu", except where a beginning is meant ("phần đầu của …")."""
    for found in _STRIVE.finditer(bare):
        start, end = found.span()
        words = text[start:end]
        if words.lower() == f"phấn{found['gap']}đấu":
            continue
        first = text[found.start("a") : found.end("a")].lower()
        before = bare[max(0, start - 12) : start]
        if first not in ("phân", "phấn") and (
            _BEGINNING_AFTER.match(bare, end)
            or (_BEGINNING_BEFORE.search(before) and not _STRIVE_AFTER.match(bare, end))
        ):
            continue
        if first in ("phần", "phan") and not (_STRIVE_AFTER.match(bare, end) or _opens_sentence(text, start)):
            continue
        yield start, end, _in_case_of(words, f"phấn{found['gap']}đấu"), "nhận dạng nhầm dấu của “phấn đấu”"


def _opens_sentence(text: str, place: int) -> bool:
    return text[max(0, place - 6) : place].rstrip(" -+*•\t")[-1:] in ("", ".", ";", ":", "\n", "(")


def _in_case_of(model: str, words: str) -> str:
    if model.isupper():
        return words.upper()
    return words[0].upper() + words[1:] if model[0].isupper() else words


def _figures(text: str, bare: str) -> Iterator[tuple[int, int, str, str]]:
    """Letters read for digits inside numbers: "2O18" -> "2018", "l5/KH" -> "15/KH", "3O/11/2O18"."""
    for found in _FIGURES.finditer(text):
        words = found.group().rstrip(".,/-")
        pieces = re.split(r"([.,/\-])", words)
        dated = sum(any(c.isdigit() for c in piece) for piece in pieces[::2]) > 1
        mended = "".join(_mend_figure(piece, dated) if index % 2 == 0 else piece for index, piece in enumerate(pieces))
        if mended != words:
            yield found.start(), found.start() + len(words), mended, "nhận dạng nhầm chữ số và chữ cái"


def _mend_figure(piece: str, dated: bool) -> str:
    """One group of a number; Roman numerals, "2l" (two litres) and "O2" (oxygen) are left alone."""
    letters = [c for c in piece if c in _PLACE_OF_DIGIT]
    if not letters or len(letters) == len(piece) or piece in ("O2", "O3"):
        return piece
    if piece[-1] in "lI|" and not dated:
        return piece
    return "".join(_PLACE_OF_DIGIT.get(c, c) for c in piece)


def _glued_numbers(text: str, bare: str) -> Iterator[tuple[int, int, str, str]]:
    """ "số25/2021" -> "số 25/2021", "ngày30"."""
    for found in _GLUED_NUMBER.finditer(text):
        yield found.start(), found.end(), found.group() + " ", "chữ dính vào số"


def _glued_capitals(text: str, bare: str) -> Iterator[tuple[int, int, str, str]]:
    """ "UBNDxã" -> "UBND xã"."""
    for found in _CAPITAL_RUN.finditer(text):
        if found["word"] in _NEXT_WORD and (found["short"] in COMMON or found["short"] in _BARRED):
            yield found.start(), found.end(), f"{found['short']} {found['word']}", "hai từ dính nhau"


def _glued_words(text: str, bare: str) -> Iterator[tuple[int, int, str, str]]:
    """ "nôngthôn" -> "nông thôn", only where it can be cut in one way."""
    for found in _LETTERS.finditer(text):
        word = found.group()
        if word.isascii() or is_syllable(word) or not (word[1:].islower() or word.isupper()):
            continue
        if parts := split_glued(word):
            yield found.start(), found.end(), " ".join(parts), "các tiếng dính nhau"


def _lost_bars(text: str, bare: str) -> Iterator[tuple[int, int, str, str]]:
    """ "BCD" -> "BCĐ", "HDND" -> "HĐND", "15/QD-UBND" -> "15/QĐ-UBND": the bar of Đ, which scanning loses."""
    for found in _BARLESS.finditer(text):
        word = found.group()
        if (full := _BARRED.get(word)) and len(word) >= 3:
            yield found.start(), found.end(), full, "mất gạch của chữ Đ"
        elif word in _SYMBOLS and text[max(0, found.start() - 2) : found.start()].rstrip()[-1:] == "/":
            yield found.start(), found.end(), _SYMBOLS[word], "mất gạch của chữ Đ"


_RULES: tuple[_Rule, ...] = (_strive, _figures, _glued_numbers, _glued_capitals, _glued_words, _lost_bars)


def repair(text: str) -> Repaired:
    """Sửa lỗi OCR: the mended text (composed letters), the original as it was, and a map of every change between them."""
    whole, places = nfc_map(text)
    bare = flat(whole)
    wanted = sorted(change for rule in _RULES for change in rule(whole, bare))
    out: list[str] = []
    changes: list[Change] = []
    starts: list[int] = []
    at = length = 0
    for start, end, words, reason in wanted:
        if start < at:
            continue
        out += [whole[at:start], words]
        length += start - at
        changes.append(Change(places[start], places[end], text[places[start] : places[end]], words, reason))
        starts.append(length)
        length += len(words)
        at = end
    out.append(whole[at:])
    return Repaired("".join(out), text, tuple(changes), tuple(starts))
