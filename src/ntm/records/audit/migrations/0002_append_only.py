"""Khoá ghi thêm: triggers on SQLite and PostgreSQL refuse to change, remove or cut into the log."""

from django.db import migrations

from ntm.records.audit import append_only


def protect(apps, schema_editor):
    append_only.protect(schema_editor.connection)


def unprotect(apps, schema_editor):
    append_only.unprotect(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_log")]

    operations = [migrations.RunPython(protect, unprotect)]
