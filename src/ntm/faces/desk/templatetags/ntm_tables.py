"""Bảng dữ liệu trong trang."""

from __future__ import annotations

from django import template

from ntm.faces.desk import tables

register = template.Library()


@register.inclusion_tag("desk/parts/table.html")
def data_table(table: tables.Table) -> dict[str, object]:
    """A dense table with its tools: filter, column choice, copy, download, print."""
    return {"table": table, "body": tables.body(table), "foot": tables.foot(table), "count": len(table.rows)}
