"""Trang của phòng kế hoạch: the plan and the version looked at, addresses with the day, tabs, refusals as sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from ntm.faces.desk import day
from ntm.faces.desk.access import actor, asked_day, page
from ntm.faces.desk.pages import Crumb, Tab, show
from ntm.records.people.authority import Actor, Denied
from ntm.records.planning.models import Plan, PlanVersion, VersionState
from ntm.records.planning.queries import plans as queries
from ntm.records.planning.queries.plans import Seen
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel, UnitNotFound

__all__ = ["ROOM", "PlanSight", "address", "address_or_none", "at_plan", "crumbs", "plans_page", "refusal", "stopped"]

ROOM = "plans"
VERSION = "lan"  # the parameter of the version looked at
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class PlanSight:
    """Kế hoạch đang xem: who looks, on which day, at which version."""

    who: Actor
    on: date
    seen: Seen
    version: PlanVersion
    label: UnitLabel
    carried: str  # ?ngay=

    @property
    def plan(self) -> Plan:
        return self.seen.plan

    @property
    def no(self) -> int:
        return self.version.no

    @property
    def state(self) -> VersionState:
        """Tình trạng của lần đang xem, on the day looked at."""
        return self.seen.states[self.no]

    @property
    def state_words(self) -> str:
        return str(self.state.label)

    @property
    def current(self) -> bool:
        """Is what it was on that day what it is still? Then its deeds may be offered."""
        return self.version.state == self.state

    @property
    def signed(self) -> bool:
        """Đã ký vào ngày xem: in force, or amended since."""
        return self.state in (VersionState.ISSUED, VersionState.SUPERSEDED)

    @property
    def shown_first(self) -> bool:
        """Is it the version that the page shows without being asked for one?"""
        return self.version.pk == self.seen.version.pk

    @property
    def editable(self) -> bool:
        """For showing the pencils; every service asks again."""
        return self.shown_first and self.seen.may_draft and self.current and self.state == VersionState.DRAFT

    @property
    def title(self) -> str:
        return title_of(self.plan, self.label)

    def url(self, name: str, *args: object) -> str:
        """An address of this plan with the day, and the version where another one is looked at."""
        found = reverse(f"desk:{name}", args=(self.plan.pk, *args)) + self.carried
        if self.shown_first:
            return found
        return f"{found}{'&' if self.carried else '?'}{VERSION}={self.no}"

    @property
    def files(self) -> dict[str, str]:
        """Địa chỉ tải về of the version looked at."""
        return {form: self.url("plan_file", form) for form in ("docx", "pdf", "xlsx")}

    @property
    def number(self) -> str:
        """Số và ký hiệu, as it was issued."""
        return "/".join(one for one in (self.version.number, self.version.symbol) if one) if self.version.number else ""

    @property
    def of_villages(self) -> bool:
        """Does the plan give criteria to villages?"""
        return self.plan.set is not None and self.plan.set.level == "thon"

    @property
    def tabs_of_plan(self) -> list[tuple[str, str]]:
        return [
            ("plan", gettext("Nội dung")),
            ("plan_targets", gettext("Chỉ tiêu")),
            ("plan_cells", gettext("Thôn và tiêu chí") if self.of_villages else gettext("Xã và tiêu chí")),
            ("plan_cascade", gettext("Phân khai")),
            ("plan_roadmap", gettext("Lộ trình")),
            ("plan_tasks", gettext("Nhiệm vụ")),
            ("plan_progress", gettext("Tiến độ")),
            ("plan_comments", gettext("Góp ý")),
            ("plan_checks", gettext("Kiểm tra")),
            ("plan_files", gettext("Văn bản")),
            ("plan_versions", gettext("Lịch sử")),
            ("plan_issue", gettext("Ban hành")),
        ]

    def tabs(self, here: str) -> tuple[Tab, ...]:
        """Các thẻ của kế hoạch; one whose page is not there yet is left out."""
        found = []
        for name, label in self.tabs_of_plan:
            url = address_or_none(name, self.plan.pk)
            if url is not None:
                found.append(Tab(label, self.url(name), here=name == here))
        return tuple(found)

    def crumbs(self, *more: Crumb) -> tuple[Crumb, ...]:
        own = Crumb(self.title, self.url("plan")) if more else Crumb(self.title)
        return (Crumb(gettext("Kế hoạch"), reverse("desk:plans") + self.carried), own, *more)


def title_of(plan: Plan, label: UnitLabel | None) -> str:
    """Tên gọi: unit, kind, years."""
    years = str(plan.year) if plan.year == plan.year_to else f"{plan.year}-{plan.year_to}"
    unit = f"{label.title[:1].upper()}{label.title[1:]} · " if label else ""
    return f"{unit}{plan.get_kind_display()} {years}"


def address(request: HttpRequest, name: str, *args: object) -> str:
    """An address of the desk with the asked day."""
    return reverse(f"desk:{name}", args=args) + day.asked(request).query


def address_or_none(name: str, plan_id: int) -> str | None:
    """The same for a page that another room may bring later."""
    try:
        return reverse(f"desk:{name}", args=(plan_id,))
    except NoReverseMatch:
        return None


def crumbs(request: HttpRequest, *more: Crumb) -> tuple[Crumb, ...]:
    """Kế hoạch › ..."""
    return (Crumb(gettext("Kế hoạch"), address(request, "plans") if more else None), *more)


def stopped(request: HttpRequest, sentence: str, *, status: int = 422) -> HttpResponse:
    """Một trang, hay một mảnh, chỉ có câu từ chối."""
    trail = crumbs(request, Crumb(gettext("Chưa làm được")))
    return show(
        request, "desk/plans/stopped.html", {"sentence": sentence}, room=ROOM, crumbs=trail, status=status
    )  # fmt: skip


def refusal(reason: Exception) -> tuple[str, int]:
    """Câu từ chối and its status, for a page shown again with what was typed."""
    return str(reason), 403 if isinstance(reason, Denied) else 422


def plans_page(view: View) -> View:
    """A page of this room: what a service refuses is a sentence with 422, what is not there 404."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (UnitNotFound, NotThere) as reason:
            return stopped(request, str(reason), status=404)
        except ValueError as reason:
            return stopped(request, str(reason))

    return page(wrapped)


class NotThere(LookupError):
    """Không có: the plan or the version."""


def at_plan(view: View) -> View:
    """Trang của một kế hoạch, for who may see it."""

    @wraps(view)
    def wrapped(request: HttpRequest, plan_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, sight(request, plan_id), *args, **kwargs)

    return plans_page(wrapped)


def sight(request: HttpRequest, plan_id: int) -> PlanSight:
    """The plan as this office sees it on the asked day."""
    who, on = actor(request), asked_day(request)
    if not Plan.objects.filter(pk=plan_id).exists():
        raise NotThere(gettext("Không có kế hoạch này."))
    seen = queries.get(who, plan_id, on)
    version, asked = seen.version, request.GET.get(VERSION, "")
    if asked:
        wanted = next((one for one in seen.versions if str(one.no) == asked), None)
        if wanted is None:
            raise NotThere(gettext("Kế hoạch không có lần ban hành này, hoặc chưa xem được."))
        version = wanted
    label = units.label(seen.plan.unit_id, on)
    return PlanSight(who, on, seen, version, label, day.asked(request).query)
