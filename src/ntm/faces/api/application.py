"""REST /api/v1: the same services as the desk, the same refusals. Described at /api/openapi.json."""

from __future__ import annotations

from ninja import NinjaAPI

from ntm.faces.api import answers
from ntm.faces.api.routes import changes, law, money, oneself, plans, proposals, standing, units, work
from ntm.faces.api.security import OfficeToken

__all__ = ["api"]

api = NinjaAPI(
    title="NTM",
    version="1",
    description="Xây dựng nông thôn mới: units, criteria, standing and their changes. A token stands for one office.",
    auth=OfficeToken(),
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
answers.install(api)
for one in (units, law, standing, changes, plans, work, money, proposals, oneself):
    api.add_router("/v1", one.router)
