"""Ghi hàng loạt: many rows straight through the database's own fast ways; they are read in `bulk_columns`.

Text never reaches SQL from outside: names of tables and columns are the models' own, everything else is a parameter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

import numpy as np
from django.db import connection, models, transaction

from ntm.records.standing.bulk_columns import Ints, table

__all__ = ["delete", "insert", "iso_days", "update"]

_AT_ONCE = 20_000  # rows in memory as Python objects


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
