"""So sánh bằng lời: "từ 3 trở lên", "trên 68", "≥ 64", "không quá", "khoảng 65", "từ 30-34 triệu"; both ways."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from ntm.domain.official.numbers import NUMBER, NumberError, parse_number, write_number
from ntm.domain.official.text import flat, nfc

__all__ = ["Comparison", "ComparisonError", "Operator", "find_comparisons", "parse_comparison", "write_comparison"]

Operator = Literal[">=", ">", "<=", "<", "=", "~", "between"]

_BEFORE: tuple[tuple[Operator, str], ...] = (
    (">=", r"it nhat|toi thieu|khong duoi|khong thap hon|khong it hon|khong nho hon|khong kem|>=|≥|tro len tu"),
    ("<=", r"nhieu nhat|toi da|cao nhat|khong qua|khong vuot(?: qua)?|khong (?:cao|nhieu|lon) hon|khong tren|<=|≤"),
    (">", r"tren|hon|lon hon|cao hon|nhieu hon|vuot(?: qua)?|>"),
    ("<", r"duoi|it hon|nho hon|thap hon|chua den|chua toi|<"),
    ("~", r"khoang|uoc(?: dat| khoang)?|xap xi|gan|~|≈"),
)
_OPERATOR = "|".join(words for _, words in _BEFORE)
_MEASURE = (
    r"(?:%|(?:nghin ty|ty|trieu|nghin)(?: dong)?|dong|[a-z]{1,8}(?: (?!tro )[a-z]{1,8}){0,3}?)"
    r"(?:/[a-z]{1,12}(?: (?!tro )[a-z]{1,8})?){0,3}"
)
_N = rf"(?:{NUMBER})"
_SPAN_END = r"(?:[0-9]{1,3}(?:\.[0-9]{3}){1,6}|[0-9]{1,18})(?:,[0-9]{1,12})?(?![0-9])"
_UPWARD = rf"(?:(?:tu|dat tu)\s{{1,2}})?(?P<u>{_N})\s?(?P<um>{_MEASURE})?\s{{1,2}}tro (?P<way>len|xuong)"
_RANGE = (
    rf"(?:tu|trong khoang)\s{{1,2}}(?P<a>{_N})\s?(?:%|trieu dong|trieu|ty dong|ty)?\s?"
    rf"(?:-|den(?: duoi)?|toi)\s?(?P<b>{_SPAN_END})"
)
_WORDED = rf"(?P<op>(?<![a-z]){_OPERATOR})\s{{0,2}}(?P<n>{_N})"
_FIND = re.compile(rf"(?<![a-z0-9])(?:{_RANGE}|{_UPWARD})|(?:{_WORDED})")
_AFTER = re.compile(
    r"\s?(?P<m>%|(?:nghin ty|ty|trieu|nghin)(?: dong)?(?:/[a-z]{1,12}){0,3}|dong(?:/[a-z]{1,12}){0,3})(?![a-z])"
)
_PLAIN = re.compile(rf"(?:dat|bang|dung|la|con|du)?\s{{0,2}}(?P<n>-?{_N})")
_MARKED = (("gan", "gần"), ("tu", "từ"), ("hon", "hơn"), ("tren", "trên"), ("duoi", "dưới"))


class ComparisonError(ValueError):
    """So sánh không đọc được: says what is wrong and how to write it."""


@dataclass(frozen=True)
class Comparison:
    """So sánh: an operator and its value (`high` too for "between", both ends included); the words are kept."""

    op: Operator
    value: Decimal
    high: Decimal | None = None
    measure: str | None = field(default=None, compare=False)
    text: str = field(default="", compare=False)
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return self.text or write_comparison(self)

    def holds(self, figure: Decimal) -> bool | None:
        """Đạt hay không: None for "khoảng", which sets no bound."""
        match self.op:
            case ">=":
                return figure >= self.value
            case ">":
                return figure > self.value
            case "<=":
                return figure <= self.value
            case "<":
                return figure < self.value
            case "=":
                return figure == self.value
            case "between":
                return self.value <= figure <= (self.value if self.high is None else self.high)
        return None


def _operator(words: str) -> Operator:
    for op, pattern in _BEFORE:
        if re.fullmatch(pattern, words):
            return op
    return "="


def _mistaken(words: str) -> bool:
    """Words that only look alike without their marks: "gắn 5", "thôn Tứ 3"."""
    first = words.split(" ")[0].lower()
    return any(flat(first) == bare and first not in (bare, right) for bare, right in _MARKED)


def _read(found: re.Match[str], text: str) -> Comparison:
    start, end = found.span()
    if _mistaken(text[start:end]):
        raise ComparisonError(f"“{text[start:end]}” không phải mức so sánh.")
    if found["a"]:
        low, high = parse_number(found["a"]), parse_number(found["b"])
        if high < low:
            raise ComparisonError(f"“{text[start:end]}”: số sau nhỏ hơn số trước.")
        op: Operator = "between"
    elif found["u"]:
        op, low, high = (">=" if found["way"] == "len" else "<="), parse_number(found["u"]), None
    else:
        op, low, high = _operator(found["op"]), parse_number(found["n"]), None
    measure = text[found.start("um") : found.end("um")] if found["um"] else None
    if measure is None and (after := _AFTER.match(flat(text), end)):
        measure, end = text[after.start("m") : after.end("m")], after.end()
    return Comparison(op, low, high, measure, text[start:end], start, end)


def find_comparisons(text: str) -> Iterator[Comparison]:
    """Tìm so sánh trong câu, with place; a bare number is no comparison (see numbers.find_numbers)."""
    for found in _FIND.finditer(flat(text)):
        try:
            yield _read(found, text)
        except (NumberError, ComparisonError):
            continue


def parse_comparison(text: str) -> Comparison:
    """Đọc so sánh: "từ 3 trở lên", "≥ 64", "trên 68 triệu đồng", "từ 30-34 triệu", or a bare number ("=")."""
    shown = " ".join(nfc(text).split())
    words = flat(shown)
    if len(words) > 200:
        raise ComparisonError(f"“{shown[:30]}…” quá dài, không phải một mức so sánh.")
    try:
        if found := _FIND.match(words):
            got = _read(found, shown)
        elif plain := _PLAIN.match(words):
            got = Comparison("=", parse_number(plain["n"]), None, None, shown, 0, plain.end())
        else:
            raise ComparisonError(
                f"“{shown}” không phải mức so sánh; hãy viết như từ 3 trở lên, trên 68, ≥ 64, không quá 5, từ 30 đến 34."
            )
    except NumberError as error:
        raise ComparisonError(f"“{shown}”: {error}") from error
    rest = shown[got.end :].strip()
    if re.search(r"[0-9]", rest):
        raise ComparisonError(f"“{shown}” còn phần “{rest}” chưa hiểu; hãy ghi một mức so sánh.")
    measure = got.measure or rest or None
    return Comparison(got.op, got.value, got.high, measure, shown, 0, len(shown))


def write_comparison(comparison: Comparison) -> str:
    """Viết so sánh bằng lời của văn bản: ">= 3" -> "từ 3 trở lên"; parse_comparison reads it back."""
    value = write_number(comparison.value)
    measure = f" {comparison.measure}" if comparison.measure else ""
    measure = measure.replace(" %", "%")
    match comparison.op:
        case ">=":
            return f"từ {value}{measure} trở lên"
        case ">":
            return f"trên {value}{measure}"
        case "<=":
            return f"không quá {value}{measure}"
        case "<":
            return f"dưới {value}{measure}"
        case "~":
            return f"khoảng {value}{measure}"
        case "between":
            high = comparison.value if comparison.high is None else comparison.high
            return f"từ {value} đến {write_number(high)}{measure}"
    return f"{value}{measure}"
