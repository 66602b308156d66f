"""Khoá API: a token stands for one office; nothing is open without one."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from ntm.records.people import services
from ntm.records.people.authority import Actor

__all__ = ["OfficeToken", "actor"]


class OfficeToken(HttpBearer):
    """Authorization: Bearer ntm_…"""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        return services.authenticate(token, at=timezone.now())


def actor(request: HttpRequest) -> Actor:
    """The office that the token stands for."""
    return request.auth  # type: ignore[attr-defined,no-any-return]
