"""Trả lời và từ chối: one form for every refusal, with the same sentences as on the desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from ntm.records.archive.kinds import FileRefused
from ntm.records.funding.queries.proposals import NoProposal
from ntm.records.funding.refusals import Refused as MoneyRefused
from ntm.records.people.authority import Denied
from ntm.records.people.services import NotPossible
from ntm.records.planning.refusals import Refused as PlanRefused
from ntm.records.standing.refusals import Conflict, Refused
from ntm.records.units.queries import UnitNotFound

__all__ = ["Refusal", "install"]


class Refusal(Schema):
    """Từ chối: `code` for programs, `sentence` for people, `where` the field or row when it is known."""

    code: str
    sentence: str
    where: str | None = None


# what a service raises -> status, code
_KINDS: tuple[tuple[type[Exception], int, str], ...] = (
    (Denied, 403, "denied"),
    (Conflict, 409, "conflict"),
    (Refused, 422, "refused"),
    (PlanRefused, 422, "refused"),
    (MoneyRefused, 422, "refused"),
    (NotPossible, 422, "refused"),
    (FileRefused, 422, "file_refused"),
    (UnitNotFound, 404, "not_found"),
    (NoProposal, 404, "not_found"),
    (ValueError, 422, "unreadable"),
)


def install(api: NinjaAPI) -> None:
    """Every refusal of a service becomes its status and the service's own sentence."""
    for kind, status, code in _KINDS:
        api.exception_handler(kind)(_answering(api, status, code))
    api.exception_handler(AuthenticationError)(_not_signed_in(api))
    api.exception_handler(ValidationError)(_misshapen(api))
    api.exception_handler(HttpError)(_http(api))


def _answering(api: NinjaAPI, status: int, code: str):  # type: ignore[no-untyped-def]
    def answer(request: HttpRequest, error: Exception) -> HttpResponse:
        return api.create_response(request, Refusal(code=code, sentence=str(error)).dict(), status=status)

    return answer


def _not_signed_in(api: NinjaAPI):  # type: ignore[no-untyped-def]
    def answer(request: HttpRequest, error: Exception) -> HttpResponse:
        sentence = "Thiếu khoá API: gửi kèm đầu đề “Authorization: Bearer ntm_…”. Khoá cấp ở Quản trị → Khoá API."
        response = api.create_response(request, Refusal(code="no_token", sentence=sentence).dict(), status=401)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response

    return answer


def _misshapen(api: NinjaAPI):  # type: ignore[no-untyped-def]
    def answer(request: HttpRequest, error: ValidationError) -> HttpResponse:
        first = error.errors[0] if error.errors else {"loc": (), "msg": ""}
        where = ".".join(str(part) for part in first["loc"][1:] if part != "payload")
        sentence = f"Trường “{where}” chưa đúng: {first['msg']}. Xem /api/openapi.json."
        body = Refusal(code="misshapen", sentence=sentence, where=where or None).dict()
        return api.create_response(request, body, status=422)

    return answer


def _http(api: NinjaAPI):  # type: ignore[no-untyped-def]
    def answer(request: HttpRequest, error: HttpError) -> HttpResponse:
        return api.create_response(
            request, Refusal(code="not_found", sentence=str(error)).dict(), status=error.status_code
        )

    return answer
