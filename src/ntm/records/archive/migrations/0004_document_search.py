"""Chỉ mục toàn văn: the words of documents, without marks; in the way that each database does it best.

SQLite keeps a table of its own, which triggers hold to the words, so that it is right after a restore as well.
A migration that makes archive_documenttext anew must call `forwards` again: SQLite drops triggers with their table.
"""

from django.db import migrations

INDEX = "INSERT OR REPLACE INTO archive_document_words (rowid, words) VALUES (new.document_id, new.words);"
FORGET = "DELETE FROM archive_document_words WHERE rowid = old.document_id;"
SQLITE = (
    "CREATE VIRTUAL TABLE archive_document_words USING fts5(words, tokenize = 'unicode61')",
    f"CREATE TRIGGER archive_words_added AFTER INSERT ON archive_documenttext BEGIN {INDEX} END",
    f"CREATE TRIGGER archive_words_changed AFTER UPDATE ON archive_documenttext BEGIN {FORGET} {INDEX} END",
    f"CREATE TRIGGER archive_words_gone AFTER DELETE ON archive_documenttext BEGIN {FORGET} END",
)
SQLITE_BACK = (
    "DROP TRIGGER archive_words_added",
    "DROP TRIGGER archive_words_changed",
    "DROP TRIGGER archive_words_gone",
    "DROP TABLE archive_document_words",
)
POSTGRESQL = (
    "CREATE INDEX archive_document_words ON archive_documenttext USING gin (to_tsvector('simple', words))",
)
POSTGRESQL_BACK = ("DROP INDEX archive_document_words",)


def forwards(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("archive", "0003_documents")]
    operations = [migrations.RunPython(forwards, backwards)]
