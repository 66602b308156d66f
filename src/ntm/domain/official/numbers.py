"""Con số: comma for the decimal part, dot or space for thousands, as Vietnamese documents write them. Both ways."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ntm.domain.official.text import flat, nfc

__all__ = [
    "NUMBER",
    "FoundNumber",
    "NumberError",
    "find_numbers",
    "parse_number",
    "parse_ratio",
    "parse_roman",
    "write_number",
    "write_roman",
]

# One number inside a sentence. Every repetition is bounded, so that a hostile line costs no more than a long one.
NUMBER = (
    r"(?<![0-9.,/])(?:[0-9]{1,3}(?:\.[0-9]{3}){1,6}|[0-9]{1,3}(?: [0-9]{3}){1,6}|[0-9]{1,18})"
    r"(?:,[0-9]{1,12})?(?![0-9])"
)
_WHOLE = re.compile(r"([0-9]{1,3}(?:([. ])[0-9]{3}(?:\2[0-9]{3})*)?|[0-9]+)(?:,([0-9]+))?")
_SIGNS = {"-": -1, "+": 1}
_LONGEST = 60
_IN_SENTENCE = re.compile(NUMBER + r"(?!\.[0-9])(?!,[0-9])(?!\s?/\s?[0-9])")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


class NumberError(ValueError):
    """Con số không đọc được: says what is wrong and what to write; `suggestion`: the likely value, if any."""

    def __init__(self, message: str, suggestion: Decimal | None = None) -> None:
        super().__init__(message)
        self.suggestion = suggestion


@dataclass(frozen=True)
class FoundNumber:
    """Con số trong câu: the value, the words, and where they stand (`end` is the place after the last character)."""

    value: Decimal
    text: str
    start: int
    end: int
    percent: bool = False


def parse_number(text: str) -> Decimal:
    """Đọc con số: "59,58", "1.234,5", "1 234,5", "-3"; refuses what a reader could take for something else."""
    words = " ".join(flat(nfc(text)).split())
    if len(words) > _LONGEST:
        raise NumberError(f"“{words[:20]}…” quá dài, không phải một con số; hãy nhập riêng con số.")
    sign, digits = (_SIGNS[words[0]], words[1:].strip()) if words[:1] in _SIGNS else (1, words)
    whole = _WHOLE.fullmatch(digits)
    if whole is None or (whole[2] and digits.startswith("0")):
        raise _why(text.strip(), digits)
    value = Decimal(re.sub(r"[. ]", "", whole[1]) + ("." + whole[3] if whole[3] else ""))
    return -value if sign < 0 and value else value


def _why(text: str, digits: str) -> NumberError:
    """The reason of a refusal, in a sentence for the officer who typed it."""
    if not digits:
        return NumberError("Chưa có con số nào; hãy nhập một số, ví dụ 59,58.")
    if re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}(/[0-9]{2,4})?", digits):
        return NumberError(f"{text} là ngày tháng, không phải số; nếu là số đạt trên tổng số thì nhập hai số riêng.")
    if re.fullmatch(r"[0-9]+ ?/ ?[0-9]+", digits):
        return NumberError(f"{text} là hai số (số đạt trên tổng số), không phải một số; hãy nhập hai số riêng.")
    if digits.endswith("%"):
        return NumberError(f"{text} có dấu %; hãy bỏ dấu %, đơn vị tính đã ghi ở chỉ tiêu.", _guess(digits[:-1]))
    if re.fullmatch(r"[0-9]+ ?- ?[0-9]+", digits):
        return NumberError(f"{text} là một khoảng hai số; hãy nhập một số.")
    if re.fullmatch(r"[0-9]*\.[0-9]+", digits) or re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", digits):
        guess = Decimal(digits.replace(",", ""))
        return NumberError(
            f"{text} viết theo lối tiếng Anh; số lẻ dùng dấu phẩy, hàng nghìn dùng dấu chấm: {write_number(guess)}.",
            guess,
        )
    if re.search(r"[a-z]", digits):
        return NumberError(f"“{text}” có chữ lẫn trong số; chỉ nhập chữ số, ví dụ 59,58.")
    return NumberError(f"“{text}” không phải một con số; viết như 1.234,5 (chấm hàng nghìn, phẩy số lẻ).")


def _guess(digits: str) -> Decimal | None:
    try:
        return parse_number(digits)
    except NumberError:
        return None


def parse_ratio(text: str) -> tuple[int, int]:
    """Số đạt trên tổng số: "23/23", "08/09" -> (8, 9); refuses a total of zero or a part above the whole."""
    found = re.fullmatch(r"\s{0,9}([0-9]{1,9})\s?/\s?([0-9]{1,9})\s{0,9}", text)
    if found is None:
        raise NumberError(f"“{text.strip()[:40]}” không phải số đạt trên tổng số; viết như 23/23.")
    part, whole = int(found[1]), int(found[2])
    if whole == 0 or part > whole:
        raise NumberError(f"{text.strip()}: số đạt không được lớn hơn tổng số, và tổng số phải lớn hơn 0.")
    return part, whole


def write_number(value: Decimal, places: int | None = None) -> str:
    """Viết con số: Decimal("1234.5") -> "1.234,5"; `places` rounds half up, None keeps every digit."""
    if not isinstance(value, Decimal):
        value = Decimal(_exact(value))
    if not value.is_finite():
        raise NumberError("Con số vô hạn hoặc không xác định thì không viết ra được.")
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, part = format(abs(value), "f").partition(".")
    sign = "-" if value < 0 else ""
    return sign + f"{int(whole):,}".replace(",", ".") + ("," + part if part else "")


def _exact(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise TypeError(f"write_number takes Decimal or int, not {type(value).__name__}: a float is not exact")


def find_numbers(text: str) -> Iterator[FoundNumber]:
    """Tìm con số trong câu: dates, ratios and document numbers (08/09, 15/KH) are left out."""
    for found in _IN_SENTENCE.finditer(flat(text)):
        start, end = found.span()
        if text[end : end + 1] == "/" and text[end + 1 : end + 2].isupper():
            continue
        if start and (text[start - 1].isalpha() or text[start - 1] == "_"):
            continue
        try:
            value = parse_number(found.group())
        except NumberError:
            continue
        percent = text[end : end + 2].lstrip().startswith("%")
        yield FoundNumber(value, text[start:end], start, end, percent)


def parse_roman(text: str) -> int:
    """Số La Mã: "IV" -> 4 (quarters, sections, congress numbers); refuses "IIII"."""
    left, value = text.strip().upper(), 0
    for amount, letters in _ROMAN:
        while left.startswith(letters) and value < 4000:
            value, left = value + amount, left[len(letters) :]
    if left or not value or write_roman(value) != text.strip().upper():
        raise NumberError(f"“{text.strip()[:20]}” không phải số La Mã; viết như I, II, III, IV.")
    return value


def write_roman(value: int) -> str:
    """Viết số La Mã: 4 -> "IV"."""
    if not 0 < value < 4000:
        raise NumberError(f"{value} không viết được bằng số La Mã; chỉ viết từ 1 đến 3999.")
    out = []
    for amount, letters in _ROMAN:
        out.append(letters * (value // amount))
        value %= amount
    return "".join(out)
