"""Khoá của dòng: unit and indicator codes as they come back. Excel makes 2.1 of “2.10” and 6280 of “06280” when somebody types
them again; what is still certain is restored, what is not gets a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ntm.domain.official.numbers import write_number
from ntm.domain.official.text import fold
from ntm.records.standing.workbook.raw_cells import RawCell

__all__ = ["Codes", "KeyLost", "Units", "words"]

_NUMERIC = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")


class KeyLost(ValueError):
    """Không còn biết dòng này là của đơn vị, chỉ tiêu nào: the sentence says how to mend it."""


def words(cell: RawCell | None) -> str:
    """What a key or a head says: a number without its needless point, text without a leading apostrophe."""
    if cell is None:
        return ""
    number = cell.number
    if number is not None:
        return format(number, "f")
    return cell.text.lstrip("'’`").strip() if cell.text[:1] in "'’`" else cell.text


@dataclass(frozen=True)
class Units:
    """Mã đơn vị của bảng tính: key -> id, and the names that went out beside them."""

    ids: Mapping[str, int]
    names: Mapping[int, str]

    def find(self, cell: RawCell | None, name: str = "") -> int:
        """The unit of a row; KeyLost when the code is none of the workbook's, or stands beside another unit's name."""
        said = words(cell)
        unit = self.ids.get(said) or self.ids.get(self._with_zeros(said))
        if unit is None:
            raise KeyLost(
                f"Mã đơn vị “{said}” không có trong bảng tính này: không sửa cột mã."
                if said
                else "Dòng này thiếu mã đơn vị: chép lại mã từ bảng tính đã tải về, hoặc xoá dòng."
            )
        expected = self.names.get(unit, "")
        if name and expected and fold(name) != fold(expected):
            raise KeyLost(
                f"Mã “{said}” là của {expected} nhưng tên ghi “{name[:60]}”: dòng bị xáo trộn, ví dụ do chỉ sắp xếp một cột."
            )
        return unit

    def _with_zeros(self, said: str) -> str:
        if not said.isdigit():
            return ""
        found = {said.zfill(length) for length in {len(key) for key in self.ids if key.isdigit()}} & set(self.ids)
        return found.pop() if len(found) == 1 else ""


@dataclass(frozen=True)
class Codes:
    """Mã chỉ tiêu của bộ: code -> its words, folded."""

    texts: Mapping[str, str]

    def exact(self, cell: RawCell | None) -> str | None:
        """The code when it is written as text, as it went out (or with a comma for its point)."""
        if cell is None or cell.kind not in ("text", "formula"):
            return None
        said = words(cell)
        return next(
            (one for one in (said, said.upper(), said.replace(",", "."), said.lower()) if one in self.texts), None
        )

    def find(self, cell: RawCell | None, beside: str = "", taken: Iterable[str] = ()) -> str:
        """The code of a row or a column. `beside`: the indicator's words in the same row; `taken`: codes that are
        certain elsewhere. KeyLost when it stays uncertain."""
        exact, wording = self.exact(cell), fold(beside)
        by_words = {code for code, text in self.texts.items() if wording and text == wording}
        if exact is not None:
            if not by_words or exact in by_words:
                return exact
            same = by_words & set(self._same_number(exact))
            if len(same) == 1:
                return same.pop()
            raise KeyLost(
                f"Mã {exact} nhưng nội dung ghi là của chỉ tiêu {', '.join(sorted(by_words))}: dòng bị xáo trộn, "
                "ví dụ do chỉ sắp xếp một cột. Tải lại bảng tính rồi chép số."
            )
        possible = set(self._possible(cell))
        for narrowed in (possible, possible & by_words, possible - set(taken)):
            if len(narrowed) == 1:
                return narrowed.pop()
        said = words(cell)
        if not possible:
            raise KeyLost(f"Bộ tiêu chí không có chỉ tiêu mã “{said}”: không sửa cột mã.")
        raise KeyLost(
            f"Excel đã đổi mã chỉ tiêu thành “{_shown(cell)}”; có thể là {' hoặc '.join(sorted(possible))}. "
            "Định dạng ô là Văn bản (Text) rồi gõ lại mã."
        )

    def _possible(self, cell: RawCell | None) -> list[str]:
        if cell is None:
            return []
        if cell.day is not None:
            day, month = cell.day.day, cell.day.month
            written = (f"{day}.{month}", f"{month}.{day}", f"{month}.{cell.day:%y}", f"{day}.{month:02}")
            return [code for code in written if code in self.texts]
        number = cell.number
        return self._same_number(format(number, "f")) if number is not None else []

    def _same_number(self, said: str) -> list[str]:
        if not _NUMERIC.fullmatch(said):
            return []
        value = Decimal(said)
        return [code for code in self.texts if _NUMERIC.fullmatch(code) and Decimal(code) == value]


def _shown(cell: RawCell | None) -> str:
    if cell is None:
        return ""
    number = cell.number
    return write_number(number) if number is not None else cell.text
