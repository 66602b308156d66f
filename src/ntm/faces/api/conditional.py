"""ETag và khoá lặp: an answer that has not changed is not sent again; a request repeated under its key is not done again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils import timezone

from ntm.records.people import services
from ntm.records.people.authority import Denied
from ntm.records.people.services import NotPossible
from ntm.records.people.services.requests import Answer, answer_once

PREFIX = "/api/"
Next = Callable[[HttpRequest], HttpResponse]


class ApiManners:
    """Middleware of the REST face only."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        key = request.headers.get("Idempotency-Key")
        response = self._once(request, key) if key and request.method == "POST" else self.get_response(request)
        return self._tagged(request, response)

    def _once(self, request: HttpRequest, key: str) -> HttpResponse:
        try:
            actor = services.authenticate(_bearer(request), at=timezone.now())
        except Denied:
            return self.get_response(request)  # refused there, in the usual form
        kept: list[HttpResponse] = []

        def work() -> Answer:
            response = self.get_response(request)
            kept.append(response)
            if response.status_code >= 400:
                raise _Failed
            return Answer(response.status_code, response.content.decode())

        try:
            answer = answer_once(actor, key=key, address=request.get_full_path(), body=request.body, work=work)
        except _Failed:
            return kept[0]
        except NotPossible as refusal:
            return JsonResponse(
                {"code": "key_reused", "sentence": str(refusal), "where": "Idempotency-Key"}, status=422
            )
        if kept and not answer.repeated:
            return kept[0]
        response = HttpResponse(answer.body, status=answer.status, content_type="application/json; charset=utf-8")
        response.headers["Idempotent-Replayed"] = "true"
        return response

    @staticmethod
    def _tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.method != "GET" or response.status_code != 200 or response.streaming:
            return response
        tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response.headers["ETag"] = tag
        response.headers.setdefault("Cache-Control", "private, no-cache")
        asked = {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}
        if tag in asked:
            unchanged = HttpResponseNotModified()
            unchanged.headers["ETag"] = tag
            return unchanged
        return response


class _Failed(Exception):
    """The request was refused: undo the key with everything else."""


def _bearer(request: HttpRequest) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
