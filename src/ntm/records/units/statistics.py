"""Thống kê cho bộ lập kế hoạch truy vấn: after much was written at once, the database counts its tables again.

PostgreSQL counts by itself only some minutes later; until then it plans as if the tables were empty, and a question
that takes a tenth of a second can take minutes. SQLite plans by its indexes and needs nothing.
"""

from __future__ import annotations

from django.db import connection

__all__ = ["count_again"]


def count_again() -> None:
    """Đếm lại: works inside a transaction too, and sees what it has written."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
