"""Chỉ mục toàn văn: the words of documents, without marks; in the way that each database does it best."""

from django.db import migrations

SQLITE = "CREATE VIRTUAL TABLE archive_document_words USING fts5(words, tokenize = 'unicode61')"
POSTGRESQL = "CREATE INDEX archive_document_words ON archive_documenttext USING gin (to_tsvector('simple', words))"


def forwards(apps, schema_editor):
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def backwards(apps, schema_editor):
    of_sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute("DROP TABLE archive_document_words" if of_sqlite else "DROP INDEX archive_document_words")


class Migration(migrations.Migration):
    dependencies = [("archive", "0003_documents")]
    operations = [migrations.RunPython(forwards, backwards)]
