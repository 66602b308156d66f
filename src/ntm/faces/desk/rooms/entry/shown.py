"""Hàng trên bảng nhập: a line of the sheet with what the person typed and what was wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ntm.faces.desk.rooms.entry.place import Place
from ntm.records.standing.queries.sheet import Answer, Sheet, SheetCriterion, SheetLine

WORDS = ("đạt", "chưa đạt", "không xét")  # what is chosen where words answer; the parser knows them


@dataclass(frozen=True)
class Kept:
    """Điều đã gõ mà chưa ghi được: it stays in the cell, with the sentence under it; `other` is another's figure."""

    typed: str
    note: str
    sentence: str
    other: str | None = None


@dataclass(frozen=True)
class Shown:
    """Một hàng."""

    line: SheetLine
    kept: Kept | None = None

    @property
    def key(self) -> str:
        """The code as it may stand in an id."""
        return self.line.code.replace(".", "-")

    @property
    def value(self) -> str:
        if self.kept:
            return self.kept.typed
        return self.line.choice or self.line.typed if self.line.answer is not Answer.FIGURE else self.line.typed

    @property
    def note(self) -> str:
        return self.kept.note if self.kept else self.line.note

    @property
    def in_words(self) -> bool:
        return self.line.answer is not Answer.FIGURE


@dataclass(frozen=True)
class ShownCriterion:
    """Một tiêu chí và các hàng của nó; the row of its conclusion where it is asked for."""

    criterion: SheetCriterion
    rows: tuple[Shown, ...]


def rows(sheet: Sheet, kept: Mapping[str, Kept], *, conclusions: bool) -> tuple[ShownCriterion, ...]:
    """The criteria as rows."""
    made = []
    for one in sheet.criteria:
        lines = list(one.lines)
        if conclusions or one.by_conclusion or one.stated.code in kept:
            lines.insert(0, one.stated)
        made.append(ShownCriterion(one, tuple(Shown(line, kept.get(line.code)) for line in lines)))
    return tuple(made)


def context(place: Place, sheet: Sheet, **more: Any) -> dict[str, Any]:
    """What every entry template needs."""
    return {"place": place, "words": WORDS, "sheet": sheet, "locked": sheet.locked, "campaign": sheet.campaign, **more}


def updated(place: Place, sheet: Sheet, code: str, kept: Kept | None = None) -> dict[str, Any]:
    """Sau khi ghi một ô: the row, those whose outcome hangs on it, the criterion and the counts."""
    line = sheet.line(code)
    assert line is not None
    criterion = sheet.criterion_of(code)
    beside = [one for one in criterion.lines if one.answer is Answer.BY_PARTS and one.code != code] if criterion else []
    return context(
        place,
        sheet,
        shown=Shown(line, kept),
        criterion=criterion,
        beside=[Shown(one) for one in beside],
        again=True,
    )
