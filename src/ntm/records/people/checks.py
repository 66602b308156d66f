"""Kiểm tra khi khởi động: demonstration data never serves the public.

`refuse_demonstration` is for the server's door; the registered check speaks at `migrate` and `check --database`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from ntm.records.people.models import Installation, InstallationKind

SENTENCE = (
    "NTM_PRODUCTION=1 nhưng cơ sở dữ liệu này là bản minh hoạ, có tài khoản mà mật khẩu ai cũng biết: "
    "hãy trỏ DATABASE_URL hoặc NTM_DATA tới cơ sở dữ liệu chính thức."
)


@register(Tags.database)
def demonstration_in_production(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """people.E001: a production start on a demonstration database."""
    if not databases or not settings.PRODUCTION or not _demonstration():
        return []
    return [Error(SENTENCE, id="people.E001")]


def refuse_demonstration() -> None:
    """Dừng lại: raises ImproperlyConfigured when a production start finds a demonstration database."""
    if settings.PRODUCTION and _demonstration():
        raise ImproperlyConfigured(SENTENCE)


def _demonstration() -> bool:
    """A database without tables yet is not one of demonstration; one that cannot be reached stops the start."""
    if Installation._meta.db_table not in connection.introspection.table_names():
        return False
    return Installation.objects.filter(kind=InstallationKind.DEMONSTRATION).exists()
