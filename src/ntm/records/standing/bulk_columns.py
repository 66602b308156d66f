"""Đọc hàng loạt: many rows as NumPy columns of whole numbers, with no Python object for a row.

The database joins each column to one long value: PostgreSQL to bytes, eight a row (a text as its hash, beside the list of
the different texts), SQLite to a list of numbers or texts. SQL is made of the models' own names; all else is a parameter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection, models

__all__ = ["Codes", "Column", "Ints", "among", "day_of", "read", "table", "text_of", "true_sql", "whole_of"]

Ints = npt.NDArray[np.int64]
_DENSE = 4  # a range of ids is asked as a range when at least one in so many is wanted
_TRIES = 3  # a text written between the rows and the list of texts is asked for again
_BEFORE = 21  # bytes of a binary COPY before the first field of its first row
_BETWEEN = "\x1f"  # texts, in a list of them


class Codes(dict[Any, int]):
    """Mã thành số thứ tự: each new code gets the next number."""

    def __missing__(self, key: Any) -> int:
        self[key] = number = len(self)
        return number

    def names(self) -> list[Any]:
        return list(self)


class _Days(Codes):
    """A day's text as its ordinal; nothing is 0."""

    def __missing__(self, key: Any) -> int:
        self[key] = ordinal = date.fromisoformat(key).toordinal() if key else 0
        return ordinal


class _Kind(Enum):
    WHOLE, DAY, TEXT = range(3)


@dataclass(frozen=True)
class Column:
    """Một cột được hỏi: SQL that is never null, except a day."""

    sql: str
    kind: _Kind
    codes: Codes


def whole_of(sql: str) -> Column:
    """A whole number."""
    return Column(sql, _Kind.WHOLE, Codes())


def day_of(name: str) -> Column:
    """A day as its ordinal; none is 0."""
    return Column(connection.ops.quote_name(name), _Kind.DAY, _Days())


def text_of(name: str, codes: Codes) -> Column:
    """A text as its number among the codes, which grow by what is found."""
    return Column(connection.ops.quote_name(name), _Kind.TEXT, codes)


def true_sql(column: str) -> str:
    """A yes/no as 1 or 0."""
    return f"(CASE WHEN {connection.ops.quote_name(column)} THEN 1 ELSE 0 END)"


def table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def among(column: str, ids: Ints) -> tuple[str, list[Any]]:
    """A condition that holds at least for these (sorted) ids: a range where they lie close together, else the very list.
    What else a range brings is for the reader to leave out."""
    low, high = (int(ids[0]), int(ids[-1])) if ids.size else (0, -1)
    if high - low < _DENSE * ids.size or not ids.size:
        return f"{column} BETWEEN %s AND %s", [low, high]
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)", [ids.tolist()]
    return f"{column} IN (SELECT value FROM json_each(%s))", [str(ids.tolist())]  # noqa: S608 - a column of ours


def read(columns: Sequence[Column], rest: str, parameters: Sequence[Any], *, order: str = "") -> list[Ints]:
    """Các cột của câu hỏi SELECT columns `rest` (FROM ... WHERE ...) ORDER BY `order`."""
    tail = f"{rest} ORDER BY {order}" if order else rest
    if connection.vendor == "postgresql":
        return _as_bytes(columns, tail, rest, parameters)
    return _as_lists(columns, tail, parameters)


def _as_lists(columns: Sequence[Column], tail: str, parameters: Sequence[Any]) -> list[Ints]:
    asked = ", ".join(f"COALESCE({one.sql}, '') AS c{at}" for at, one in enumerate(columns))
    between = ["','" if one.kind is _Kind.WHOLE else "char(31)" for one in columns]
    joined = ", ".join(f"group_concat(c{at}, {one})" for at, one in enumerate(between))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*), {joined} FROM (SELECT {asked} {tail})", parameters)  # noqa: S608 - own names only
        number, *lists = cursor.fetchone()
    return [_numbers(one, written, number) for one, written in zip(columns, lists, strict=True)]


def _numbers(column: Column, written: str | None, number: int) -> Ints:
    """A joined list as numbers. SQLite joins a single whole number to a number."""
    if not number or written is None:
        return np.empty(0, np.int64)
    if column.kind is _Kind.WHOLE:
        return np.fromstring(str(written), np.int64, number, sep=",")
    return np.fromiter(map(column.codes.__getitem__, written.split(_BETWEEN)), np.int64, number)


def _as_bytes(columns: Sequence[Column], tail: str, rest: str, parameters: Sequence[Any]) -> list[Ints]:
    asked = ", ".join(f"{_as_bigint(one)} AS c{at}" for at, one in enumerate(columns))
    joined = ", ".join(f"COALESCE(string_agg(int8send(c{at}), ''::bytea), ''::bytea)" for at in range(len(columns)))
    sql = f"COPY (SELECT {joined} FROM (SELECT {asked} {tail}) every) TO STDOUT (FORMAT BINARY)"  # noqa: S608
    for _ in range(_TRIES):
        with connection.cursor() as cursor, cursor.copy(sql, parameters) as copy:
            found = list(_fields(b"".join(copy), len(columns)))
        texts = [at for at, one in enumerate(columns) if one.kind is _Kind.TEXT]
        if all(_numbered(found, at, columns[at], rest, parameters) for at in texts):
            return found
    raise RuntimeError("texts change faster than they can be read")


def _as_bigint(column: Column) -> str:
    if column.kind is _Kind.DAY:
        return f"COALESCE(CAST({column.sql} - DATE '0001-01-01' + 1 AS bigint), 0)"
    if column.kind is _Kind.TEXT:
        return f"hashtextextended({column.sql}, 0)"
    return f"CAST({column.sql} AS bigint)"


def _fields(content: bytes, number: int) -> Iterator[Ints]:
    """The fields of the only row of a binary COPY: four bytes of length, then the bytes."""
    at = _BEFORE
    for _ in range(number):
        size = int.from_bytes(content[at : at + 4], "big")
        yield np.frombuffer(content, ">i8", size // 8, at + 4).astype(np.int64)
        at += 4 + size


def _numbered(found: list[Ints], at: int, column: Column, rest: str, parameters: Sequence[Any]) -> bool:
    """Put the numbers of the codes where the hashes are; False when a hash has no text, or two."""
    sql = f"SELECT DISTINCT {column.sql}, hashtextextended({column.sql}, 0) {rest}"
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        texts = sorted(cursor.fetchall(), key=lambda one: one[1])
    if not texts:
        return found[at].size == 0
    hashes = np.array([one for _, one in texts], np.int64)
    place = np.minimum(np.searchsorted(hashes, found[at]), hashes.size - 1)
    if np.any(hashes[1:] == hashes[:-1]) or np.any(hashes[place] != found[at]):
        return False
    found[at] = np.array([column.codes[one] for one, _ in texts], np.int64)[place]
    return True
