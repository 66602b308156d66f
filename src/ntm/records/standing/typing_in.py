"""Đọc ô nhập: what a person typed for an indicator, as a fact; or a sentence that says what is wrong and what to type."""

from __future__ import annotations

from decimal import Decimal

from ntm.domain.assessment.model import Fact, Nothing
from ntm.domain.criteria.model import CriteriaSet, Indicator, Kind, TitleCondition
from ntm.domain.official import numbers, text
from ntm.records.standing.refusals import Refused

__all__ = ["charge", "charge_of_code", "describe", "find_asked", "parse_typed"]

_YES = frozenset({"dat", "co", "x", "yes", "true", "1", "dat chuan"})
_NO = frozenset({"chua dat", "khong dat", "chua", "khong", "no", "false", "0", "chua co"})
_NOT_CONSIDERED = frozenset({"khong xet", "kx"})
_NO_DATA = frozenset({"", "-", "chua co so lieu", "khong co so lieu"})

Asked = Indicator | TitleCondition | int  # an int: the stated conclusion of that criterion


def find_asked(criteria_set: CriteriaSet, code: str) -> tuple[Asked, int | None]:
    """What a code asks, and the criterion it belongs to (None for a title's condition); Refused when there is none."""
    if code.startswith("TC") and code[2:].isdigit():
        no = int(code[2:])
        if any(criterion.no == no for criterion in criteria_set.criteria):
            return no, no
    for criterion, indicator in criteria_set.indicators():
        stack = [indicator]
        while stack:
            one = stack.pop()
            if one.code == code:
                return one, criterion.no
            stack.extend(one.parts)
    for condition in criteria_set.title_rule.conditions:
        if condition.code == code:
            return condition, None
    raise Refused(f"Bộ tiêu chí “{criteria_set.code}” không có chỉ tiêu mã “{code}”.")


def charge(set_code: str, code: str, criterion_no: int | None) -> str | None:
    """What authority is asked about: "SET:10" or "SET:17.5"; None for a title's condition, which is nobody's sector."""
    if criterion_no is None:
        return None
    own = code if code.split(".")[0] == str(criterion_no) else str(criterion_no)
    return f"{set_code}:{own}"


def charge_of_code(set_code: str, code: str) -> str | None:
    """The same, from a code alone: "10.1" and "TC10" belong to criterion 10, "no_debt" to none."""
    no = code[2:] if code.startswith("TC") else code.split(".")[0]
    digits = "".join(letter for letter in no if letter.isdigit())
    return charge(set_code, code, int(digits)) if no[:1].isdigit() else None


def parse_typed(asked: Asked, typed: str) -> Fact:
    """Đọc một ô: words first (đạt, chưa đạt, không xét, trống), then a number in the Vietnamese way.

    Where the decision asks for words of its own ("Không" có nhà tạm, "Mức độ 3"), those very words mean đạt.
    """
    key = text.fold(typed).strip(" .")
    if key and key in _own_words(asked):
        return True
    if key in _NO_DATA:
        return Nothing.NO_DATA
    if key in _NOT_CONSIDERED:
        return Nothing.NOT_CONSIDERED
    in_words = isinstance(asked, int) or asked.kind in (Kind.YES_NO, Kind.QUALITATIVE)
    if in_words or not key.isdigit():
        if key in _YES:
            return True
        if key in _NO:
            return False
    if in_words:
        raise Refused(f"“{typed}” không hiểu được. Nhập: đạt, chưa đạt hoặc không xét.")
    value = numbers.parse_number(typed)  # NumberError is a ValueError with its own sentence
    _plausible(asked, value, typed)
    return value


def _own_words(asked: Asked) -> frozenset[str]:
    if not isinstance(asked, Indicator):
        return frozenset()
    said = {text.fold(level.words).strip(" .") for level in asked.thresholds if level.words}
    return frozenset(said - {"dat"})


def _plausible(asked: Indicator | TitleCondition, value: Decimal, typed: str) -> None:
    if asked.kind in (Kind.PERCENT, Kind.TITLE_SHARE) and not 0 <= value <= 100:
        raise Refused(f"“{typed}” nằm ngoài 0 đến 100 %. Kiểm tra lại số hoặc dấu phẩy thập phân.")
    if value < 0:
        raise Refused(f"“{typed}” là số âm; chỉ tiêu này không có số âm.")


def describe(asked: Asked) -> str:
    """The asked thing in a few words, for sentences."""
    if isinstance(asked, int):
        return f"kết luận tiêu chí {asked}"
    return f"chỉ tiêu {asked.code}" if isinstance(asked, Indicator) else f"điều kiện “{asked.text}”"
