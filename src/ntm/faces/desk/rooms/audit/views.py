"""Nhật ký: filters, one entry with its hashes, the check of the whole chain, a file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from ntm.domain.official.dates import parse_date, write_date
from ntm.faces.desk import tables
from ntm.faces.desk.access import actor, page
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.administration.acting import ROOM, link, office_today, page_number, tabs, unit_named
from ntm.faces.desk.rooms.administration.filters import Choice
from ntm.records.audit import queries, verbs
from ntm.records.audit import services as audit
from ntm.records.people import log_reading
from ntm.records.people.services import NotPossible
from ntm.records.units import queries as units

_MOST_LINES = 20_000
_WHOLE = 50


class _Asked:
    """What the filter bar says, and what of it is wrong."""

    def __init__(self, request: HttpRequest) -> None:
        self.given = {
            name: request.GET.get(name, "").strip() for name in ("nguoi", "viec", "don_vi", "tu", "den", "chu")
        }
        self.wrong: list[str] = []
        self.on = office_today(request)
        self.unit = self._unit()
        start, end = self._day("tu"), self._day("den")
        person = self.given["nguoi"]
        self.filter = queries.Filter(
            user_id=int(person) if person.isascii() and person.isdigit() and len(person) < 12 else None,
            verb=self.given["viec"] or None,
            start=start,
            end=end + timedelta(days=1) if end else None,
            words=self.given["chu"] or None,
        )

    def _day(self, name: str) -> date | None:
        if not self.given[name]:
            return None
        try:
            return parse_date(self.given[name])
        except ValueError as error:
            self.wrong.append(str(error))
            return None

    def _unit(self) -> int | None:
        if not self.given["don_vi"]:
            return None
        try:
            return unit_named(self.given["don_vi"], self.on)
        except NotPossible as error:
            self.wrong.append(str(error))
            return None

    def choices(self, known: list[tuple[int, str]]) -> tuple[Choice, ...]:
        people = (("", gettext("mọi người")), *((str(pk), name) for pk, name in known))
        things: dict[str, str] = {}
        for name, verb in verbs.VERBS.items():
            things.setdefault(name, verb.label)
        return (
            Choice("nguoi", gettext("Người"), self.given["nguoi"], people),
            Choice("viec", gettext("Việc"), self.given["viec"], (("", gettext("mọi việc")), *things.items())),
            Choice("don_vi", gettext("Địa bàn (tên hoặc mã)"), self.given["don_vi"]),
            Choice("tu", gettext("Từ ngày"), self.given["tu"]),
            Choice("den", gettext("Đến ngày"), self.given["den"]),
            Choice("chu", gettext("Chữ trong tên, chức danh"), self.given["chu"]),
        )


@require_GET
@page
def log(request: HttpRequest) -> HttpResponse:
    """Nhật ký, newest first."""
    return _log(request)


@require_POST
@page
def verify(request: HttpRequest) -> HttpResponse:
    """Kiểm tra chuỗi băm của toàn bộ nhật ký."""
    actor(request).require("audit.read", None, on=office_today(request))
    return _log(request, audit.verify())


@require_GET
@page
def entry(request: HttpRequest, sequence: int) -> HttpResponse:
    """Một mục nhật ký."""
    who, on = actor(request), office_today(request)
    found = log_reading.entry(who, sequence, on)
    if found is None:
        who.require("audit.read", who.unit_id, on=on)
        raise Http404
    label = units.labels([found.unit_id], found.on).get(found.unit_id) if found.unit_id else None
    context = {
        "entry": found,
        "line": queries.line(found),
        "detail": [(name, _plain(value)) for name, value in found.detail.items()],
        "unit": label,
        "unit_url": link("desk:unit", unit_id=found.unit_id) if label else None,
        "same": found.computed_hash() == found.hash,
    }
    crumbs = (*_crumbs(), Crumb(gettext("Mục %(number)s") % {"number": sequence}))
    return show(request, "desk/audit/entry.html", context, room=ROOM, crumbs=crumbs)


@require_GET
@page
def download(request: HttpRequest) -> HttpResponse:
    """Tải csv: what the filter shows, at most twenty thousand of the newest."""
    asked = _Asked(request)
    lines = log_reading.lines(actor(request), asked.filter, unit_id=asked.unit, most=_MOST_LINES, on=asked.on)
    columns = tuple(
        tables.Column(key, label)
        for key, label in (
            ("so", gettext("Số")),
            ("luc", gettext("Lúc")),
            ("ngay", gettext("Cho ngày")),
            ("viec", gettext("Việc")),
            ("noi-dung", gettext("Nội dung")),
            ("nguoi", gettext("Người")),
            ("chuc-danh", gettext("Chức danh")),
            ("doi-tuong", gettext("Đối tượng")),
            ("ma-bam", gettext("Mã băm")),
        )
    )
    rows = [
        tables.Row(
            str(one.sequence),
            (
                str(one.sequence),
                f"{timezone.localtime(one.at):%d/%m/%Y %H:%M:%S}",
                write_date(one.on),
                one.label,
                one.sentence,
                one.name,
                one.office,
                one.subject,
                one.hash,
            ),
        )
        for one in lines
    ]
    return tables.download(tables.Table("audit", gettext("Nhật ký"), columns, rows), "csv", "nhat-ky")


def _log(request: HttpRequest, result: audit.VerifyResult | None = None) -> HttpResponse:
    asked, who = _Asked(request), actor(request)
    found = log_reading.page(who, asked.filter, unit_id=asked.unit, number=page_number(request), on=asked.on)
    labels = units.labels({line.unit_id for line in found.lines if line.unit_id}, asked.on)
    context: dict[str, Any] = {
        "lines": [(line, labels.get(line.unit_id)) for line in found.lines],
        "found": found,
        "numbers": Paginator(range(found.total), _WHOLE).get_page(found.number),
        "filters": asked.choices(log_reading.people(who, asked.on)),
        "wrong": asked.wrong,
        "result": result,
        "whole": log_reading.sees_everything(who, asked.on),
        "download": reverse("desk:audit_download") + ("?" + request.GET.urlencode() if request.GET else ""),
    }
    return show(
        request,
        "desk/audit/log.html",
        context,
        room=ROOM,
        crumbs=_crumbs(last=True),
        tabs=tabs(request, "desk:audit"),
        status=422 if asked.wrong else 200,
    )


def _crumbs(last: bool = False) -> tuple[Crumb, ...]:
    first = Crumb(gettext("Quản trị"), reverse("desk:administration"))
    return first, Crumb(gettext("Nhật ký"), None if last else reverse("desk:audit"))


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plain(one)}" for name, one in value.items())
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("có") if value else gettext("không")
    return str(value)
