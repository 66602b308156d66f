"""Bàn làm việc: addresses. Each room keeps its own in rooms/<room>/urls.py; every such module is taken in here."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from ntm.faces.desk import office, rooms

app_name = "desk"


def _rooms() -> list[URLResolver]:
    found = []
    for module in sorted(pkgutil.iter_modules(rooms.__path__), key=lambda entry: entry.name):
        address = f"{rooms.__name__}.{module.name}.urls"
        if module.ispkg and find_spec(address) is not None:
            found.append(path("", include(import_module(address))))
    return found


urlpatterns: list[URLPattern | URLResolver] = [
    path("chuc-danh/", office.switch, name="switch_office"),
    path("ngon-ngu/", set_language, name="language"),
    *_rooms(),
]
