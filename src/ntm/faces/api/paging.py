"""Phân trang: `page` from 1, `size` up to 500; the answer tells how many there are and where the next page is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

__all__ = ["LARGEST", "Page", "Paging", "paged"]

LARGEST = 500
Item = TypeVar("Item")


class Paging(Schema):
    """Trang muốn xem."""

    page: int = Field(1, ge=1, le=1_000_000)
    size: int = Field(100, ge=1, le=LARGEST)


class Page(Schema, Generic[Item]):
    """Một trang: `next` is the address of the following one, or null."""

    items: list[Item]
    total: int
    page: int
    size: int
    next: str | None = None


def paged(request: HttpRequest, rows: Sequence[Any] | Any, paging: Paging, total: int | None = None) -> dict[str, Any]:
    """Cut one page out of a list or a queryset."""
    count = total if total is not None else (rows.count() if hasattr(rows, "query") else len(rows))
    first = (paging.page - 1) * paging.size
    following = None
    if first + paging.size < count:
        query = request.GET.copy()
        query["page"], query["size"] = str(paging.page + 1), str(paging.size)
        following = f"{request.path}?{query.urlencode()}"
    return {
        "items": list(rows[first : first + paging.size]),
        "total": count,
        "page": paging.page,
        "size": paging.size,
        "next": following,
    }
