"""Không chồng khoảng: triggers on SQLite and PostgreSQL refuse two intervals of one unit that overlap."""

from __future__ import annotations

from typing import Any

# table -> the columns within which intervals may not overlap
TABLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "units_unitname": (("unit_id",),),
    "units_unitcode": (("unit_id",), ("code",)),
    "units_unitparent": (("unit_id",),),
    "units_unitstatus": (("unit_id", "kind", "scheme"),),
    "units_position": (("unit_id",),),
}
MESSAGE = "don vi: khoang thoi gian chong nhau"


def _clash(table: str, columns: tuple[str, ...]) -> str:
    same = " AND ".join(f"o.{column} = NEW.{column}" for column in columns)
    return (
        f"EXISTS (SELECT 1 FROM {table} o WHERE {same} AND o.id <> NEW.id"  # noqa: S608
        f" AND o.start < COALESCE(NEW.\"end\", '9999-12-31') AND NEW.start < COALESCE(o.\"end\", '9999-12-31'))"
    )


def _statements(vendor: str) -> list[str]:
    made = []
    for table, groups in TABLES.items():
        clash = " OR ".join(_clash(table, columns) for columns in groups)
        if vendor == "postgresql":
            made.append(
                f"CREATE OR REPLACE FUNCTION {table}_no_overlap() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN IF {clash} THEN RAISE EXCEPTION USING ERRCODE = 'exclusion_violation', MESSAGE = '{MESSAGE}'; "
                "END IF; RETURN NEW; END $$"
            )
            made.append(
                f'CREATE TRIGGER {table}_no_overlap AFTER INSERT OR UPDATE OF start, "end" ON {table} '
                f"FOR EACH ROW EXECUTE FUNCTION {table}_no_overlap()"
            )
            continue
        for name, event in (("insert", "INSERT"), ("update", 'UPDATE OF start, "end"')):
            made.append(
                f"CREATE TRIGGER {table}_no_overlap_{name} AFTER {event} ON {table} WHEN {clash} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
    return made


def protect(connection: Any) -> None:
    """Make the triggers: after the tables are made."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def unprotect(connection: Any) -> None:
    """Take them away: for the way back of the migration."""
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_overlap ON {table}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {table}_no_overlap()")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_overlap_insert")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_overlap_update")


def present(connection: Any) -> bool:
    """Are all triggers in place?"""
    if connection.vendor == "postgresql":
        sql = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'units%_no_overlap'"
        expected = len(TABLES)
    else:
        sql = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'units%_no_overlap_%'"
        expected = 2 * len(TABLES)
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return bool(cursor.fetchone()[0] == expected)
