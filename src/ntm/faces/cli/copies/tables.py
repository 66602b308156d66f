"""Bảng trong bản sao lưu: which ones, their rows as portable JSON, and the way back to what the database wants."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import metadata
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

FORMAT = 1
MANIFEST = "manifest.json"
# Made again by every installation for itself, or of a moment: who is signed in.
LEFT_OUT = frozenset(
    {"sessions.session", "contenttypes.contenttype", "auth.permission", "auth.group", "auth.group_permissions"}
)
_CHUNK = 2000


class CopyRefused(RuntimeError):
    """Không sao lưu hoặc khôi phục được: one Vietnamese sentence."""


def every_table() -> list[type[models.Model]]:
    """Every table that goes along, in a fixed order."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    kept = [model for model in found if model._meta.label_lower not in LEFT_OUT and not model._meta.proxy]
    return sorted(kept, key=lambda model: model._meta.label_lower)


def columns(model: type[models.Model]) -> list[str]:
    """The columns as the database names them."""
    return [field.column for field in model._meta.local_concrete_fields]


def member(model: type[models.Model]) -> str:
    """Where the table lies in the archive."""
    return f"tables/{model._meta.label_lower}.jsonl"


def lines(model: type[models.Model]) -> Iterator[bytes]:
    """Rows in the order of their key, one JSON list a line."""
    names = [field.attname for field in model._meta.local_concrete_fields]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=_CHUNK):
        text = json.dumps([_portable(value) for value in row], ensure_ascii=False, separators=(",", ":"))
        yield text.encode() + b"\n"


def _portable(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def insert(model: type[models.Model], rows: Iterator[bytes], written: list[str]) -> int:
    """Put lines of the archive into the empty table; `written` are the columns of the archive. Returns how many."""
    own = {field.column: field for field in model._meta.local_concrete_fields}
    fields = [own[column] for column in written]
    back = [_reader(field) for field in fields]
    table, quote = model._meta.db_table, connection.ops.quote_name
    names, marks = ", ".join(map(quote, written)), ", ".join(["%s"] * len(written))
    sql = f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})"  # noqa: S608 - own names only
    done, batch = 0, []
    with connection.cursor() as cursor:
        for line in rows:
            values = json.loads(line)
            batch.append([read(value) for read, value in zip(back, values, strict=True)])
            if len(batch) == _CHUNK:
                cursor.executemany(sql, batch)
                done, batch = done + len(batch), []
        if batch:
            cursor.executemany(sql, batch)
    return done + len(batch)


_FROM_TEXT: dict[str, Callable[[str], Any]] = {
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "DecimalField": Decimal,
    "UUIDField": UUID,
    "BinaryField": base64.b64decode,
}


def _reader(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """From the archive's value to what this database takes for the field."""
    target = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    convert = _FROM_TEXT.get(target.get_internal_type())

    def read(value: Any) -> Any:
        given = convert(value) if convert and value is not None else value
        return target.get_db_prep_save(given, connection)

    return read


def migrations() -> list[str]:
    """The migrations that this database has been through."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def program() -> str:
    """The program's version."""
    return metadata.version("ntm")
