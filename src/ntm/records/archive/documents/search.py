"""Tìm toàn văn không dấu: full text search of each database's own kind, over words without marks.

SQLite keeps an FTS5 table beside `DocumentText`, held to it by triggers; PostgreSQL an index over its column
(migration 0004). Nobody else knows which.
"""

from __future__ import annotations

import re

from django.db import connection
from django.db.models.expressions import RawSQL

from ntm.domain.official.text import fold
from ntm.records.archive.models import DocumentText, OfficialDocument

LONGEST = 2_000_000  # characters of one document that are searched
_WORD = re.compile(r"\w+")
_IN_SQLITE = "SELECT rowid FROM archive_document_words WHERE archive_document_words MATCH %s"
_IN_POSTGRESQL = (
    "SELECT document_id FROM archive_documenttext WHERE to_tsvector('simple', words) @@ plainto_tsquery('simple', %s)"
)


def words_of(text: str) -> list[str]:
    """The words of a text without marks: "Nước sạch 15/KH-UBND" -> nuoc sach 15 kh ubnd."""
    return _WORD.findall(fold(text).replace("_", " "))


def keep_text(document: OfficialDocument, text: str, more: str = "") -> None:
    """Lưu toàn văn: the words of a document, in place of those of an earlier reading."""
    words = " ".join(words_of(f"{more}\n{text}"[:LONGEST]))
    DocumentText.objects.update_or_create(document=document, defaults={"text": text[:LONGEST], "words": words})


def forget_text(document: OfficialDocument) -> None:
    """A withdrawn document is no longer found."""
    DocumentText.objects.filter(document=document).delete()


def containing(words: list[str]) -> RawSQL:
    """The numbers of the documents that hold all these words, to be used as `pk__in`."""
    if connection.vendor == "sqlite":
        return RawSQL(_IN_SQLITE, [" ".join(f'"{word}"' for word in words)])  # noqa: S611  words only, as a parameter
    return RawSQL(_IN_POSTGRESQL, [" ".join(words)])  # noqa: S611
