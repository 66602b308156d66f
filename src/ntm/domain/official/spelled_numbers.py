"""Số viết bằng chữ: "mười lăm", "hai mươi mốt", "hai nghìn không trăm mười chín"; day, month and year of a written-out date."""

import re

__all__ = ["spelled_date_in_digits", "spelled_number"]

_ONES = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_ONE = "|".join(_ONES)
_TENS = rf"(?:(?P<tens>{_ONE})\s)?muoi(?:\s(?P<ten_ones>{_ONE}))?"
_SMALL = re.compile(rf"(?:mong\s|mung\s)?(?:{_TENS}|(?P<one>{_ONE}))")
_YEAR = re.compile(rf"hai (?:nghin|ngan)(?:\s(?P<hundreds>{_ONE})\stram)?(?:\s(?:le|linh))?(?:\s(?P<rest>\S.*))?")
_DATE = re.compile(
    r"ngay\s(?P<d>(?:mong |mung )?[a-z]{2,5}(?: [a-z]{2,5}){0,2}|\d{1,2})\sthang\s(?P<m>[a-z]{2,5}(?: [a-z]{2,5})?|\d{1,2})"
    r"\snam\s(?P<y>hai (?:nghin|ngan)(?: [a-z]{2,5}){0,6}|\d{4})"
)
_MONTHS = {"gieng": 1, "chap": 12}


def spelled_number(words: str) -> int | None:
    """Đọc số (chữ không dấu): below a hundred, or a year of two thousand and some; None for anything else."""
    small = _SMALL.fullmatch(words)
    if small is not None:
        if small["one"]:
            return _ONES[small["one"]]
        return _ONES.get(small["tens"] or "mot", 1) * 10 + _ONES.get(small["ten_ones"] or "khong", 0)
    year = _YEAR.fullmatch(words)
    if year is None:
        return None
    rest = spelled_number(year["rest"]) if year["rest"] else 0
    return None if rest is None else 2000 + 100 * _ONES.get(year["hundreds"] or "khong", 0) + rest


def spelled_date_in_digits(flat: str) -> str:
    """The same letters, the words of a written-out date as digits and blanks: every other place stays where it is."""
    match = _DATE.search(flat)
    if match is None:
        return flat
    for part in ("y", "m", "d"):
        words = match[part]
        number = int(words) if words.isdigit() else _MONTHS.get(words, spelled_number(words))
        if number is None:
            return flat
        flat = f"{flat[: match.start(part)]}{str(number).ljust(len(words))}{flat[match.end(part) :]}"
    return flat
