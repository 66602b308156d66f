"""Đọc và ghi hàng loạt: many rows as NumPy columns and back, straight through the database's own fast ways.

Text never reaches SQL from outside: names of tables and columns are the models' own, everything else is a parameter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection, models, transaction

__all__ = [
    "DAYS",
    "NUMBERS",
    "Codes",
    "Ints",
    "among",
    "day_sql",
    "delete",
    "insert",
    "iso_days",
    "read",
    "split",
    "table",
    "true_sql",
    "update",
    "words_sql",
]

Ints = npt.NDArray[np.int64]
_AT_ONCE = 20_000  # rows in memory as Python objects
_DENSE = 4  # a range of ids is asked as a range when at least one in so many is wanted


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
        return date.fromisoformat(key).toordinal() if key else 0


class _Numbers(Codes):
    """A number's text as the number."""

    def __missing__(self, key: Any) -> int:
        return int(key)


DAYS, NUMBERS = _Days(), _Numbers()


def day_sql(column: str) -> str:
    """A day as text, so that the driver makes no Python date of it; nothing is empty. For `words_sql`."""
    name = connection.ops.quote_name(column)
    made = f"to_char({name}, 'YYYY-MM-DD')" if connection.vendor == "postgresql" else name
    return f"COALESCE({made}, '')"


def words_sql(*parts: str) -> str:
    """Several texts as one column: few different ones, read once each and taken apart by `split`."""
    return " || '|' || ".join(parts)


def split(words: Codes, into: Sequence[Codes]) -> list[Ints]:
    """Take apart what `words_sql` put together: for each part a number a word, in the order of the words."""
    parts = [word.split("|") for word in words]
    return [
        np.fromiter((codes[part] for part in column), np.int64, len(parts))
        for codes, column in zip(into, zip(*parts, strict=True) if parts else [()] * len(into), strict=True)
    ]


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


def read(sql: str, parameters: Sequence[Any], kinds: Sequence[str | Codes]) -> list[Ints]:
    """Run a query and give its columns as whole numbers. A kind is "int", or the Codes that a text goes into."""
    parts: list[list[Ints]] = [[] for _ in kinds]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(_AT_ONCE):
            for part, kind, column in zip(parts, kinds, zip(*rows, strict=True), strict=True):
                given: Iterable[int] = map(kind.__getitem__, column) if isinstance(kind, Codes) else column
                part.append(np.fromiter(given, np.int64, len(column)))
    return [np.concatenate(part) if part else np.empty(0, np.int64) for part in parts]


def iso_days(ordinals: Ints) -> list[str | None]:
    """Days for the database; 0 is nothing."""
    known = {int(one): date.fromordinal(int(one)).isoformat() if one else None for one in np.unique(ordinals)}
    return [known[one] for one in ordinals.tolist()]


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows given as plain values in the order of `names`: COPY on PostgreSQL, one prepared statement on SQLite."""
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table(model)} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(names))
        statement = f"INSERT INTO {table(model)} ({columns}) VALUES ({marks})"  # noqa: S608 - own names only
        for chunk in _chunks(rows):
            cursor.executemany(statement, chunk)


def update(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Change rows: the values of `names`, then the row's id."""
    sets = ", ".join(f"{connection.ops.quote_name(name)} = %s" for name in names)
    statement = f"UPDATE {table(model)} SET {sets} WHERE id = %s"  # noqa: S608 - own names only
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        for chunk in _chunks(rows):
            cursor.executemany(statement, chunk)


def delete(model: type[models.Model], ids: Ints) -> None:
    """Delete rows by id."""
    if not ids.size:
        return
    wanted = np.sort(ids)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DELETE FROM {table(model)} WHERE id = ANY(%s)", [wanted.tolist()])  # noqa: S608
        else:
            statement = f"DELETE FROM {table(model)} WHERE id IN (SELECT value FROM json_each(%s))"  # noqa: S608
            cursor.execute(statement, [str(wanted.tolist())])


def _chunks(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    waiting = iter(rows)
    while chunk := list(islice(waiting, _AT_ONCE)):
        yield chunk
