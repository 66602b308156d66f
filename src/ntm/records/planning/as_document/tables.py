"""Các biểu sẽ được viết kèm, in the shape that the rules ask of a document: what is drawn is not missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ntm.domain.documents.reading.model import Annex, AnnexRow
from ntm.domain.documents.writing.content import Annex as Annexed
from ntm.domain.documents.writing.content import Row, Table
from ntm.domain.official.numbers import write_number
from ntm.records.planning.as_document.page import Page, Place

__all__ = ["tables"]

_ROOMS = {"cells": "cells", "shares": "shares", "money": "money_table"}  # where a finding of such a table leads


def tables(annexed: Sequence[tuple[str, Annexed]], page: Page) -> tuple[Annex, ...]:
    """Từng biểu, its rows as lines of the page; the programme of work has its own rows already."""
    return tuple(
        _table(about, annex, annex.table, page)
        for about, annex in annexed
        if about != "work" and annex.table is not None
    )


def _table(about: str, annex: Annexed, table: Table, page: Page) -> Annex:
    place = Place(_ROOMS[about], 0)
    first = page.add(f"{annex.label}\t{annex.title}", place)
    columns = tuple(f"{column.group} {column.name}".strip() for column in table.columns)
    rows = [AnnexRow(columns, (page.add("\t".join(columns), place),), "header")]
    rows += _rows(table.rows, page, place)
    return Annex(annex.label, annex.title, columns=columns, rows=tuple(rows), lines=(first, len(page.lines)))


def _rows(drawn: Sequence[Row], page: Page, place: Place) -> Iterator[AnnexRow]:
    for row in drawn:
        cells = tuple(_words(cell) for cell in row.cells)
        kind = "row" if row.kind not in ("group", "total") else row.kind
        yield AnnexRow(cells, (page.add("\t".join(cells), place),), kind)  # type: ignore[arg-type]


def _words(cell: object) -> str:
    if cell is None:
        return ""
    return write_number(Decimal(cell)) if isinstance(cell, int | Decimal) else str(cell)
