"""Đọc lời của một mức: "≥ 80%", "Đạt", "100%", "từ 64 triệu đồng/người/năm trở lên", with what is doubtful about it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ntm.domain.criteria.form import PLAIN_WORD
from ntm.domain.criteria.model import Comparator, Kind
from ntm.domain.official.comparisons import ComparisonError, parse_comparison
from ntm.domain.official.text import fold

__all__ = ["LevelText", "read_level"]

_DELEGATING = ("quy dinh", "cong bo", "ban hanh")
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class LevelText:
    """Mức đọc từ lời: value None where the text hands the level to another body or says nothing."""

    kind: Kind
    value: Decimal | str | None
    comparator: Comparator | None = None
    measure: str | None = None
    doubt: str | None = None


def read_level(text: str) -> LevelText:
    """Words are kept as words; a bare number has no sign, so the sign is a doubt."""
    words = " ".join(text.split())
    plain = fold(words)
    if not plain:
        return LevelText(Kind.QUALITATIVE, None, doubt="ô mức để trống")
    if plain in ("dat", "co", "x"):
        return LevelText(Kind.YES_NO, PLAIN_WORD)
    if plain == "khong":
        return LevelText(Kind.YES_NO, "Không")
    digits = any(character.isdigit() for character in plain)
    if not digits and any(word in plain for word in _DELEGATING):
        return LevelText(Kind.QUALITATIVE, None, doubt=f'mức giao cho nơi khác: "{words}"')
    try:
        found = parse_comparison(words)
    except (ComparisonError, ValueError):
        return LevelText(Kind.QUALITATIVE, words, doubt=f'mức "{words}" giữ nguyên bằng lời, không so bằng số')
    measure = found.measure or ""
    kind = Kind.PERCENT if measure.startswith("%") else Kind.NUMBER
    if found.op in ("~", "between"):
        return LevelText(Kind.QUALITATIVE, words, doubt=f'mức "{words}" là khoảng, giữ nguyên bằng lời')
    if kind is Kind.PERCENT and not 0 <= found.value <= _HUNDRED:
        return LevelText(Kind.QUALITATIVE, words, doubt=f'tỷ lệ "{words}" nằm ngoài 0-100%')
    comparator, doubt = Comparator(found.op), None
    if found.op == "=" and not (kind is Kind.PERCENT and found.value == _HUNDRED):
        comparator, doubt = Comparator.GE, f'mức "{words}" không có dấu so sánh; hiểu là từ {found.value:f} trở lên'
    if not measure:
        doubt = f'mức "{words}" không ghi đơn vị tính'
    return LevelText(kind, found.value, comparator, measure or "đơn vị", doubt)
