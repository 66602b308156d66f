"""Trong trang chỉ tiêu: deeds that come back to their page, numbers and deadlines as people type them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from ntm.domain.official.dates import write_date
from ntm.domain.official.deadlines import DeadlineError, parse_deadline
from ntm.domain.official.numbers import parse_number
from ntm.faces.desk.rooms.plans.place import PlanSight, at_plan
from ntm.records.people.authority import Denied

__all__ = ["address_of", "back", "deed", "number_or_none", "picked", "refused_sentence", "understood", "whole"]

_MOST = 6  # days told one by one


def refused_sentence(reason: Exception) -> tuple[str, int]:
    """Câu từ chối and its status."""
    return str(reason), 403 if isinstance(reason, Denied) else 422


def back(here: PlanSight, name: str, query: str = "") -> HttpResponse:
    """Về lại trang sau khi làm xong, the day kept."""
    url = here.url(name)
    if query:
        url += ("&" if "?" in url else "?") + query
    return HttpResponseRedirect(url)


def deed(name: str) -> Callable[[Callable[..., str]], Callable[..., HttpResponse]]:
    """Một việc ghi: done by a function that gives back what to say; said on the page `name`, refusals too."""

    def outer(verb: Callable[..., str]) -> Callable[..., HttpResponse]:
        @wraps(verb)
        def inner(request: HttpRequest, here: PlanSight, **more: Any) -> HttpResponse:
            try:
                messages.success(request, verb(request, here, **more))
            except Denied as denial:
                messages.error(request, str(denial))
            except ValueError as reason:
                messages.error(request, str(reason))
            return back(here, name, request.POST.get("tro-lai", "")[:200])

        return require_POST(at_plan(inner))

    return outer


def understood(here: PlanSight, words: str) -> str:
    """Hệ thống hiểu thời hạn thế nào: the days, or why not; shown beside the field while it is typed."""
    plan = here.plan
    if not words.strip():
        return gettext("Để trống: hạn là %(day)s, ngày cuối của kế hoạch.") % {
            "day": write_date(date(plan.year_to, 12, 31))
        }
    try:
        found = parse_deadline(words, here.version.issued_on, plan.year)
        times = found.occurrences()
    except (DeadlineError, ValueError) as error:
        return gettext("Chưa hiểu: %(why)s") % {"why": str(error)}
    if not times:
        return gettext("Không có ngày nào trong lời này; giữ nguyên lời, không theo dõi hạn.")
    if len(times) == 1:
        one = times[0]
        if one.start == one.end:
            return gettext("Hiểu là ngày %(day)s.") % {"day": write_date(one.end)}
        return gettext("Hiểu là từ %(start)s đến hết %(end)s.") % {
            "start": write_date(one.start),
            "end": write_date(one.end),
        }
    days = ", ".join(write_date(one.end) for one in times[:_MOST]) + ("…" if len(times) > _MOST else "")
    return gettext("Hiểu là %(n)s kỳ: %(days)s; hạn cuối %(last)s.") % {
        "n": len(times),
        "days": days,
        "last": write_date(times[-1].end),
    }


def number_or_none(typed: str) -> Decimal | None:
    """Số như người Việt viết; nothing typed is no number."""
    return Decimal(parse_number(typed)) if typed.strip() else None


def whole(typed: str) -> int | None:
    """Số nguyên từ một lựa chọn của trang."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else None


def picked(values: list[str]) -> list[int]:
    """Các ô đã chọn."""
    return [number for one in values if (number := whole(one)) is not None]


def address_of(name: str, carried: str, *args: object) -> str:
    """An address of another room, or nothing where that room is not there."""
    try:
        return reverse(f"desk:{name}", args=args) + carried
    except NoReverseMatch:
        return ""
