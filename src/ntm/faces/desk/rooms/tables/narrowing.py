"""Lọc và sắp biểu: by district, by the outcome of a criterion, by number met, by title; the address says it all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from ntm.domain.assessment import Outcome
from ntm.faces.desk.outcomes import LOOKS
from ntm.faces.desk.rooms.tables.bands import bands
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.choosing import Filter
from ntm.records.standing import drawing
from ntm.records.standing.queries.matrix import Matrix, MatrixRow

__all__ = ["Narrowing", "narrowing_of"]

_ORDERS: dict[str, Callable[[MatrixRow], Any]] = {
    "nhieu-dat": lambda row: (-row.met, row.not_met),
    "it-dat": lambda row: (row.met, -row.not_met),
}


@dataclass(frozen=True)
class Narrowing:
    """Điều kiện lọc, as asked; empty words ask nothing."""

    district: str = ""
    no: str = ""
    outcome: str = ""
    met: str = ""  # "15-18"
    title: str = ""  # a kind held; "-kind": not held
    new: bool = False
    assumed: bool = False
    data: str = ""  # "co", "chua"
    order: str = ""
    _span: tuple[int, int] | None = field(default=None)

    @property
    def any(self) -> bool:
        asked = (self.district, self.no and self.outcome, self.met, self.title, self.assumed, self.data)
        return any(bool(one) for one in asked)

    def applied(self, table: Matrix) -> list[MatrixRow]:
        """The rows that answer, in the asked order."""
        rows = [row for row in table.rows if self._answers(table, row)]
        if self.order in _ORDERS:
            rows.sort(key=_ORDERS[self.order])
        return rows

    def _answers(self, table: Matrix, row: MatrixRow) -> bool:
        if self.district and not any(str(one.id) == self.district for one in row.unit.ancestors):
            return False
        if self.no and self.outcome and not self._cell(table, row):
            return False
        if self._span and not (row.with_data and self._span[0] <= row.met <= self._span[1]):
            return False
        if self.assumed and not row.assumed:
            return False
        if self.data and row.with_data != (self.data == "co"):
            return False
        return self._titled(row)

    def _cell(self, table: Matrix, row: MatrixRow) -> bool:
        place = table.numbers.index(int(self.no)) if self.no.isdigit() and int(self.no) in table.numbers else None
        return place is not None and drawing.OUTCOME_OF[row.cells[place].outcome] == self.outcome

    def _titled(self, row: MatrixRow) -> bool:
        if not self.title:
            return True
        if self.title.startswith("-"):
            return self.title[1:] not in row.titles
        return self.title in (row.new_titles if self.new else row.titles)


def narrowing_of(request: HttpRequest) -> Narrowing:
    """What the address asks."""
    got = request.GET.get
    met = got("dat", "")
    outcome = got("ket-qua", "")
    return Narrowing(
        district=got("huyen", ""),
        no=got("tieu-chi", ""),
        outcome=outcome if outcome in set(Outcome) else "",
        met=met,
        title=got("danh-hieu", ""),
        new=got("moi") == "1",
        assumed=got("gia-dinh") == "1",
        data=got("so-lieu", ""),
        order=got("sap-xep", ""),
        _span=_span(met),
    )


def _span(typed: str) -> tuple[int, int] | None:
    least, _dash, most = typed.partition("-")
    if not least.isdigit() or (most and not most.isdigit()) or len(typed) > 7:
        return None
    return int(least), int(most or least)


def filters(table: Matrix, asked: Narrowing) -> list[Filter]:
    """Thanh lọc của biểu."""
    every = ("", gettext("tất cả"))
    found = []
    districts = _districts(table)
    if len(districts) > 1:
        found.append(Filter("huyen", gettext("Huyện"), asked.district, (every, *districts)))
    numbers = [(str(no), f"{no} {name}") for no, name in zip(table.numbers, table.names, strict=True)]
    met = [(one.key, one.label) for one in bands(len(table.numbers))]
    if asked.met and asked.met not in dict(met):
        met.append((asked.met, gettext("%(met)s tiêu chí") % {"met": asked.met}))
    outcomes = [(key, str(one.words)) for key, one in LOOKS.items()]
    found += [
        Filter("tieu-chi", gettext("Tiêu chí"), asked.no, (("", gettext("chọn tiêu chí")), *numbers)),
        Filter(
            "ket-qua",
            gettext("Kết quả"),
            asked.outcome,
            (every, *outcomes),
        ),
        Filter("dat", gettext("Số tiêu chí đạt"), asked.met, (every, *met)),
        Filter("danh-hieu", gettext("Danh hiệu"), asked.title, (every, *_titles(table, asked))),
        Filter("sap-xep", gettext("Sắp theo"), asked.order, _orders()),
    ]
    return found


def _orders() -> tuple[tuple[str, str], ...]:
    return (
        ("", gettext("mã đơn vị")),
        ("nhieu-dat", gettext("đạt nhiều trước")),
        ("it-dat", gettext("đạt ít trước")),
    )


def _districts(table: Matrix) -> list[tuple[str, str]]:
    found: dict[int, str] = {}
    for row in table.rows:
        for one in row.unit.ancestors:
            if one.level == "huyen":
                found[one.id] = words.capital(one.title)
    return [(str(key), label) for key, label in found.items()]


def _titles(table: Matrix, asked: Narrowing) -> Iterable[tuple[str, str]]:
    kinds = list(dict.fromkeys([table.row.title_kind, *(kind for row in table.rows for kind in row.titles)]))
    if asked.title.removeprefix("-") and asked.title.removeprefix("-") not in kinds:
        kinds.append(asked.title.removeprefix("-"))
    for kind in kinds:
        yield kind, gettext("đã công nhận %(title)s") % {"title": words.title_words(kind)}
        yield f"-{kind}", gettext("chưa công nhận %(title)s") % {"title": words.title_words(kind)}


def said(table: Matrix, asked: Narrowing) -> list[str]:
    """The filters in words, for the paper and the head of the table."""
    silent = ("sap-xep", "tieu-chi", "ket-qua")
    asked_ones = [one for one in filters(table, asked) if one.value and one.name not in silent]
    found = [f"{one.label}: {dict(one.options).get(one.value, one.value)}" for one in asked_ones]
    if asked.no and asked.outcome:
        found.append(gettext("tiêu chí %(no)s %(words)s") % {"no": asked.no, "words": LOOKS[asked.outcome].words})
    if asked.new and asked.title:
        found.append(gettext("công nhận lần đầu trong năm"))
    if asked.assumed:
        found.append(gettext("có số liệu giả định"))
    if asked.data:
        found.append(gettext("có số liệu") if asked.data == "co" else gettext("chưa có số liệu"))
    return found
