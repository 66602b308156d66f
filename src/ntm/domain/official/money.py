"""Tiền: whole đồng inside; triệu, tỷ and đồng in documents, mixed as people mix them. Nothing is lost either way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ntm.domain.official.numbers import NUMBER, NumberError, parse_number
from ntm.domain.official.text import flat, nfc

__all__ = ["FoundMoney", "Measure", "MoneyError", "find_money", "parse_money", "write_amount", "write_money"]

Measure = Literal["tỷ", "triệu", "nghìn", "đồng"]

_WORTH: dict[str, int] = {
    "nghin ty": 10**12, "ngan ty": 10**12, "nghin ti": 10**12, "ngan ti": 10**12, "ty": 10**9, "ti": 10**9,
    "trieu": 10**6, "trd": 10**6, "tr.d": 10**6, "tr": 10**6,
    "nghin": 10**3, "ngan": 10**3, "dong": 1, "d": 1, "vnd": 1, "₫": 1,
}  # fmt: skip
_SCALE: dict[Measure, int] = {"tỷ": 10**9, "triệu": 10**6, "nghìn": 10**3, "đồng": 1}
_DONG = r"(?:dong(?! (?:chi|bao|doi|nghiep|ruong|co|thuan|thoi)\b)|vnd|₫|d)"
_BIG = r"(?:(?:nghin|ngan)\s?t[yi]|t[yi](?! (?:le|so|suat|trong)\b)|trieu|tr\.?d|tr|nghin|ngan)"
# "5 triệu cây" is a count of things, not money.
_THINGS = (
    r"(?!\s(?:cay|con|nguoi|luot|tan|ta|kg|m2|m3|met|km|ha|ho|san pham|"
    r"lao dong|khau|ban|bo|cai|chiec|lit|usd|do la|euro)\b)"
)
_NAME = rf"(?:{_BIG}\s?{_DONG}|{_BIG}{_THINGS}|{_DONG})(?![a-z0-9])"
_PART = re.compile(rf"\s*({NUMBER})\s?({_BIG}|{_DONG})(?![a-z])(?:\s?{_DONG}(?![a-z]))?\s*,?\s?")
_IN_SENTENCE = re.compile(
    rf"(?:(?P<low>{NUMBER})\s?(?:-|den)\s?)?(?P<first>(?:(?<=-)[0-9][0-9.]{{0,20}}(?:,[0-9]{{1,12}})?|{NUMBER}))\s{{0,2}}(?P<name>{_NAME})"
    rf"(?P<more>(?:\s{{1,2}}[0-9][0-9.,]{{0,20}}\s?{_NAME}){{0,3}})(?P<per>(?:/[^\W\d_]{{1,12}}){{0,3}})"
)


_POINT_DECIMAL = re.compile(  # "1.2 tỷ": in a sentence a point before one or two digits can only part decimals
    r"(?<![0-9.,/])([0-9]{1,4})\.([0-9]{1,2})(?=\s{0,2}(?:t[ỷỉyi]|triệu)(?!\w))", re.IGNORECASE
)


class MoneyError(ValueError):
    """Số tiền không đọc được: says what is wrong and how to write it."""


@dataclass(frozen=True)
class FoundMoney:
    """Số tiền trong câu: whole đồng, the words and their place; `low` when a span is said, `per` for "người/năm"."""

    amount: int
    text: str
    start: int
    end: int
    low: int | None = None
    per: str | None = None


def parse_money(text: str, measure: Measure | None = None) -> int:
    """Đọc số tiền: "28,038 tỷ" -> 28038000000, "1 tỷ 500 triệu đồng"; `measure` serves a column that states it once."""
    words = " ".join(flat(nfc(text)).split())
    if len(words) > 200:
        raise MoneyError(f"“{words[:30]}…” quá dài, không phải một số tiền.")
    sign = -1 if words.startswith("-") else 1
    body = words.lstrip("+-").strip()
    if not body:
        raise MoneyError("Chưa có số tiền; hãy viết như 17,5 tỷ đồng.")
    if re.fullmatch(r"[0-9., ]+", body):
        if measure is None:
            raise MoneyError(f"“{text.strip()}” thiếu đơn vị; hãy ghi rõ đồng, triệu đồng hay tỷ đồng.")
        return sign * _whole_dong(_number(body, text), _SCALE[measure], text)
    return sign * _sum_parts(body, text)


def _sum_parts(body: str, text: str) -> int:
    at, total, last = 0, 0, 10**18
    while at < len(body):
        part = _PART.match(body, at)
        if part is None:
            raise _why(body[at:].strip(), text)
        worth = _WORTH[re.sub(r"\s?t[yi]$", " ty", part[2]) if len(part[2]) > 5 else part[2]]
        if worth >= last:
            raise MoneyError(f"“{text.strip()}” có hai phần không theo thứ tự lớn đến nhỏ; hãy ghi một số tiền.")
        total, last, at = total + _whole_dong(_number(part[1], text), worth, text), worth, part.end()
    return total


def _number(digits: str, text: str) -> Decimal:
    try:
        return parse_number(digits)
    except NumberError as error:
        raise MoneyError(f"Số tiền “{text.strip()}” chưa đọc được. {error}") from error


def _whole_dong(value: Decimal, worth: int, text: str) -> int:
    amount = value * worth
    if amount != amount.to_integral_value():
        raise MoneyError(f"“{text.strip()}” lẻ dưới một đồng; hãy kiểm tra lại số hoặc đơn vị.")
    return int(amount)


def _why(rest: str, text: str) -> MoneyError:
    if re.match(r"[$€]|usd|eur|do la", rest) or re.search(r"\b(usd|eur|do la)\b", rest):
        return MoneyError(f"“{text.strip()}” là ngoại tệ; hãy quy đổi ra đồng Việt Nam.")
    if rest.startswith("/"):
        per = text[text.find("/") + 1 :].strip()
        return MoneyError(f"“{text.strip()}” là mức tính theo “{per}”, không phải một số tiền; hãy bỏ phần sau dấu /.")
    if re.match(r"[0-9][0-9., ]*$", rest):
        return MoneyError(f"“{text.strip()}” có phần “{rest}” thiếu đơn vị; hãy ghi rõ đồng, triệu hay tỷ.")
    return MoneyError(f"“{text.strip()}” không phải số tiền; hãy viết như 17,5 tỷ đồng, 183.970 triệu đồng.")


def write_amount(amount: int, measure: Measure = "đồng") -> str:
    """Viết số không kèm đơn vị, cho ô của bảng: write_amount(28038000000, "tỷ") -> "28,038"."""
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise TypeError("money is a whole number of đồng (int)")
    whole, part = divmod(abs(amount), _SCALE[measure])
    width = len(str(_SCALE[measure])) - 1
    digits = f"{part:0{width}d}".rstrip("0") if part else ""
    return ("-" if amount < 0 else "") + f"{whole:,}".replace(",", ".") + ("," + digits if digits else "")


def write_money(amount: int, measure: Measure = "đồng") -> str:
    """Viết số tiền, không mất số lẻ: write_money(28038000000, "tỷ") -> "28,038 tỷ đồng"."""
    name = "đồng" if measure == "đồng" else f"{measure} đồng"
    return f"{write_amount(amount, measure)} {name}"


def find_money(text: str) -> Iterator[FoundMoney]:
    """Tìm số tiền trong câu; "30-34 triệu đồng/người/năm" gives both ends and what it is per."""
    told = _POINT_DECIMAL.sub(r"\1,\2", text)  # letter for letter, so that places stay
    for found in _IN_SENTENCE.finditer(flat(told)):
        start, end = found.start("first"), found.end("more")
        try:
            amount = parse_money(told[start:end])
            low = parse_money(f"{found['low']} {found['name']}") if found["low"] else None
        except MoneyError:
            continue
        if found["name"] == "d" and (text[found.start("name")] not in "đĐ" or amount < 100):
            continue
        per = text[found.start("per") + 1 : found.end("per")] or None
        yield FoundMoney(amount, text[found.start() : end], found.start(), end, low, per)
