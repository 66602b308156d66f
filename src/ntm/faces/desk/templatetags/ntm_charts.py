"""Hình trong trang."""

from __future__ import annotations

from django import template

from ntm.faces.desk import charts

register = template.Library()


@register.inclusion_tag("desk/parts/picture.html")
def picture(drawn: charts.Picture) -> dict[str, object]:
    """A small picture with its table under it."""
    return {"picture": drawn}
