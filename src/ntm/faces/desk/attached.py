"""Tệp tải về: a file just made, as an attachment under its Vietnamese name; its type is told, no cache keeps it."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

__all__ = ["DOCX", "XLSX", "attached"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attached(content: bytes, name: str, content_type: str) -> HttpResponse:
    """Tệp này, để tải về."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
