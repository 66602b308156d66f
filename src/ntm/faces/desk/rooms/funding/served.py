"""Tệp từ kho ra trình duyệt: its type told by its content, never run, never guessed at."""

from __future__ import annotations

from urllib.parse import quote

from django.http import FileResponse

from ntm.records.archive.services import OpenedFile

__all__ = ["served"]

_CLOSED = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; sandbox"


def served(opened: OpenedFile) -> FileResponse:
    """Pictures and PDF are shown, the rest is a download."""
    response = FileResponse(opened.stream, content_type=opened.content_type)
    response["Content-Length"] = str(opened.size)
    disposition = "inline" if opened.inline else "attachment"
    response["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(opened.name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _CLOSED
    response["Cache-Control"] = "private, no-store"
    return response
