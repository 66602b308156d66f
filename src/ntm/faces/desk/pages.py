"""Trang và mảnh: one view gives the whole page, or only its content when htmx asks, or the side panel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SIDE = "side-content"  # the id of the panel that opens beside a page


@dataclass(frozen=True)
class Crumb:
    """Đường dẫn: one step of the way to a page; the last has no address."""

    label: str
    url: str | None = None


@dataclass(frozen=True)
class Tab:
    """Thẻ: one face of the same subject."""

    label: str
    url: str
    here: bool = False
    count: int | None = None


def base_of(request: HttpRequest) -> str:
    """The template that a page extends: whole, fragment, or side panel."""
    htmx = getattr(request, "htmx", None)
    if not htmx or htmx.history_restore_request:
        return "desk/base.html"
    return "desk/side.html" if htmx.target == SIDE else "desk/fragment.html"


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    room: str | None = None,
    crumbs: tuple[Crumb, ...] = (),
    tabs: tuple[Tab, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """Render a template that begins with `{% extends base_template %}`; `room` is the key in navigation.ROOMS."""
    return render(
        request,
        template,
        {**(context or {}), "base_template": base_of(request), "room": room, "crumbs": crumbs, "tabs": tabs},
        status=status,
    )
