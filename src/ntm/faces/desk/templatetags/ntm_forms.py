"""Ô nhập của biểu mẫu: label, hint, what is wrong in words, then the field."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect

register = template.Library()


@register.inclusion_tag("desk/parts/field.html")
def field(bound: BoundField, measure: str = "", hint: bool = True) -> dict[str, Any]:
    """One field of a form; the error stands above it and is tied to it for screen readers."""
    widget = bound.field.widget
    return {
        "field": bound,
        "measure": measure,
        "hint": bound.help_text if hint else "",
        "check": isinstance(widget, CheckboxInput),
        "group": isinstance(widget, RadioSelect | CheckboxSelectMultiple),
    }
