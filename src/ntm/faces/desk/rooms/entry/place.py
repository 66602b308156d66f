"""Chỗ nhập: the unit, set and day of an entry page, worked out once for its views; refusals as sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from ntm.faces.desk import day
from ntm.faces.desk.access import actor, page
from ntm.faces.desk.pages import Crumb, show
from ntm.records.archive.services import FileMissing
from ntm.records.people import authority
from ntm.records.people.authority import Actor
from ntm.records.standing import registry
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.queries import entering
from ntm.records.standing.queries import sheet as sheets
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel, UnitNotFound

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Place:
    """Đơn vị, bộ tiêu chí, ngày của số liệu, and who types."""

    who: Actor
    label: UnitLabel
    row: RegisteredSet
    as_of: date

    @property
    def query(self) -> str:
        """The day, always said: figures are of a day."""
        return "?" + urlencode({day.PARAMETER: self.as_of.isoformat()})

    @property
    def base(self) -> str:
        return reverse("desk:entry", args=(self.label.id, self.row.code))

    @property
    def url(self) -> str:
        return self.base + self.query

    def to(self, name: str, *args: object) -> str:
        """An address of this sheet's own rooms."""
        return reverse(f"desk:{name}", args=(self.label.id, self.row.code, *args)) + self.query

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        return (
            Crumb(gettext("Nhập số liệu"), reverse("desk:entries")),
            Crumb(self.label.title[:1].upper() + self.label.title[1:], self.url),
        )

    def sheet(self) -> sheets.Sheet:
        """The sheet as it stands now."""
        return sheets.sheet(self.who, self.label.id, self.row, self.as_of)


def stopped(request: HttpRequest, sentence: str, *, status: int = 422) -> HttpResponse:
    """Một trang, hay một mảnh, chỉ có câu từ chối."""
    context = {"sentence": sentence}
    return show(request, "desk/entry/stopped.html", context, room="entry", status=status)


def desk_page(view: View) -> View:
    """Trang có câu từ chối: what a service or a query refuses becomes a sentence with status 422, 404 where nothing is."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (UnitNotFound, FileMissing) as reason:
            return stopped(request, str(reason), status=404)
        except ValueError as reason:
            return stopped(request, str(reason))

    return page(wrapped)


def at_place(view: View) -> View:
    """Trang nhập của một đơn vị và một bộ: the office may type there on that day, or is told why not."""

    @wraps(view)
    def wrapped(request: HttpRequest, unit_id: int, set_code: str, *args: Any, **kwargs: Any) -> HttpResponse:
        who, row = actor(request), registry.by_code(set_code)
        asked = day.asked(request)
        if day.PARAMETER not in request.GET:
            proposed = entering.entry_day(unit_id, row, asked.today)
            if request.method == "GET":
                query = request.GET.copy()
                query[day.PARAMETER] = proposed.on.isoformat()
                return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")
            as_of = proposed.on
        elif asked.complaint and request.method != "GET":
            return stopped(request, asked.complaint)
        else:
            as_of = asked.on
        label = units.label(unit_id, as_of)
        if not authority.allows_some(who, "observation.record", unit_id, on=as_of):
            authority.require(who, "observation.record", unit_id, on=as_of)
        return view(request, Place(who, label, row, as_of), *args, **kwargs)

    return desk_page(wrapped)


def one_line(sheet: sheets.Sheet, code: str) -> sheets.SheetLine:
    """The line of a code; a sentence when the sheet has none that day."""
    line = sheet.line(code)
    if line is None:
        raise ValueError(gettext("Bộ tiêu chí này không có chỉ tiêu mã “%(code)s” vào ngày đó.") % {"code": code})
    return line
