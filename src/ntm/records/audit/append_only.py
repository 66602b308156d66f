"""Khoá ghi thêm: triggers that keep the log append-only and chained, even for who writes SQL by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

TABLE = "audit_entry"
MESSAGE = "nhat ky chi duoc ghi them"  # databases show it in their own error; unaccented survives every encoding
GENESIS = "0" * 64

SQLITE = {
    "audit_entry_no_update": f"BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    "audit_entry_no_delete": f"BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    "audit_entry_in_chain": f"""BEFORE INSERT ON {TABLE}
        WHEN NEW.sequence IS NOT (SELECT COALESCE(MAX(sequence), 0) + 1 FROM {TABLE})
          OR NEW.previous_hash IS NOT
             COALESCE((SELECT hash FROM {TABLE} ORDER BY sequence DESC LIMIT 1), '{GENESIS}')
        BEGIN SELECT RAISE(ABORT, 'nhat ky: khong noi tiep muc cuoi'); END""",  # noqa: S608
}

POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$;
CREATE OR REPLACE FUNCTION audit_entry_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last_sequence bigint; last_hash text;
BEGIN
    SELECT sequence, hash INTO last_sequence, last_hash FROM {TABLE} ORDER BY sequence DESC LIMIT 1;
    IF NEW.sequence IS DISTINCT FROM COALESCE(last_sequence, 0) + 1
       OR NEW.previous_hash IS DISTINCT FROM COALESCE(last_hash, '{GENESIS}') THEN
        RAISE EXCEPTION 'nhat ky: khong noi tiep muc cuoi';
    END IF;
    RETURN NEW;
END $$;
"""  # noqa: S608
POSTGRESQL = {
    "audit_entry_no_update": f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()",
    "audit_entry_no_delete": f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()",
    "audit_entry_in_chain": f"BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_entry_check()",
}


def protect(connection: Any) -> None:
    """Make the triggers (again): after the table is made, and after any migration that rebuilds it."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if postgresql:
            cursor.execute(POSTGRESQL_FUNCTIONS)
        for name, body in (POSTGRESQL if postgresql else SQLITE).items():
            cursor.execute(f"CREATE TRIGGER {name} {body}")


def unprotect(connection: Any) -> None:
    """Take the triggers away: for the way back of the migration and for emptying a test database, nothing else."""
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in SQLITE:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def present(connection: Any) -> bool:
    """Are all triggers in place? A restored or rebuilt table can have lost them; verification tells."""
    if connection.vendor == "postgresql":
        sql = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled <> 'D'"
    else:
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [TABLE])
        return set(SQLITE) <= {row[0] for row in cursor.fetchall()}


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    """Without triggers for a while: a test database that is emptied between tests."""
    unprotect(connection)
    try:
        yield
    finally:
        protect(connection)
