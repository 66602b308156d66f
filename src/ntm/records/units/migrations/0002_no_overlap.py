"""Không chồng khoảng: triggers refuse overlapping intervals of one unit."""

from django.db import migrations

from ntm.records.units import overlap


def protect(apps, schema_editor):
    overlap.protect(schema_editor.connection)


def unprotect(apps, schema_editor):
    overlap.unprotect(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("units", "0001_units_with_history")]
    operations = [migrations.RunPython(protect, unprotect)]
