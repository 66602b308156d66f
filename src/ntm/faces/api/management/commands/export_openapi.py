"""Ghi openapi.json ở gốc dự án; a test compares it with the running interface."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from ntm.faces.api.application import api


def described() -> str:
    """The description as it is committed."""
    return json.dumps(api.get_openapi_schema(path_prefix="/api/"), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


class Command(BaseCommand):
    help = "Ghi openapi.json"

    def handle(self, *args: Any, **options: Any) -> None:
        (Path(settings.PACKAGE).parents[1] / "openapi.json").write_text(described(), encoding="utf-8")
