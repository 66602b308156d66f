"""Cả nước: provinces of the day, and the search for a unit however its name is typed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain import gazetteer
from ntm.domain.gazetteer import Proof, all_regions
from ntm.faces.desk import day, tables
from ntm.faces.desk.access import actor
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.sight import country_crumb, link, units_page
from ntm.records.people import authority
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

ROOM = "units"
MOST = 60


@dataclass(frozen=True, slots=True)
class Found:
    """Một kết quả tìm: the unit, and on which day where that is not the asked one."""

    label: UnitLabel
    title: str
    place: str
    url: str
    on: date | None = None


@require_GET
@units_page
def country(request: HttpRequest) -> HttpResponse:
    """Địa bàn: provinces of the day with the number of units below, and what proves that list."""
    asked, who = day.asked(request), actor(request)
    form = request.GET.get("tai", "")
    table = _provinces(asked)
    if form in ("xlsx", "csv"):
        return tables.download(table, form, f"don-vi-hanh-chinh-{asked.on:%Y-%m-%d}")
    mine = units.label(who.unit_id, asked.on) if who.unit_id is not None else None
    context = {
        "table": table,
        "count": len(table.rows),
        "proof": _proof(asked.on),
        "mine": mine,
        "mine_title": words.capital(mine.title) if mine else "",
        "mine_place": words.place_of(mine) if mine else "",
        "mine_url": link("unit", asked.query, mine.id) if mine else "",
        "manages": authority.allows(who, "unit.change", None, on=asked.today),
        "csv_url": _download(request, "csv"),
    }
    return show(request, "desk/units/country.html", context, room=ROOM, crumbs=(Crumb(gettext("Cả nước")),))


def _provinces(asked: day.AskedDay) -> tables.Table:
    on = asked.on
    labels = units.provinces(on)
    districts, communes = units.counts_by_province(on)
    regions = units.regions_of([one.id for one in labels], on)
    with_districts = bool(districts)
    columns = [
        tables.Column("unit", gettext("Tỉnh, thành phố")),
        tables.Column("code", gettext("Mã")),
        tables.Column("region", gettext("Vùng")),
        *([tables.Column("districts", gettext("Đơn vị cấp huyện"), "number")] if with_districts else []),
        tables.Column("communes", gettext("Đơn vị cấp xã"), "number"),
    ]
    rows = [
        tables.Row(
            str(one.id),
            (
                tables.Cell(words.capital(one.title), url=link("unit", asked.query, one.id)),
                one.code,
                all_regions().get(regions.get(one.id, ""), ""),
                *([districts.get(one.id, 0)] if with_districts else []),
                communes.get(one.id, 0),
            ),
            words=one.name,
        )
        for one in labels
    ]
    sums = (*([sum(districts.values())] if with_districts else []), sum(communes.values()))
    return tables.Table(
        "country",
        gettext("Các tỉnh, thành phố"),
        columns,
        rows,
        totals=(tables.Row("total", (gettext("Cả nước"), None, None, *sums)),) if rows else (),
        download_url=reverse("desk:units") + (asked.query + "&" if asked.query else "?") + "tai=xlsx",
    )


def _download(request: HttpRequest, form: str) -> str:
    query = request.GET.copy()
    query["tai"] = form
    return f"{request.path}?{query.urlencode()}"


def _proof(on: date) -> Proof:
    return gazetteer.units_on(on).proof


@require_GET
@units_page
def search(request: HttpRequest) -> HttpResponse:
    """Tìm đơn vị: by a forgiving name, by code, with upper units after commas; on other lists where the day has none."""
    asked = day.asked(request)
    actor(request)
    typed = request.GET.get("q", "").strip()
    level = request.GET.get("cap", "")
    level = level if level in words.LEVELS else ""
    found = _found(units.find(typed, asked.on, level=level or None, limit=MOST), asked.query) if typed else []
    if len(found) == 1 and found[0].label.living:
        return HttpResponseRedirect(found[0].url)
    context = {
        "typed": typed,
        "found": found,
        "full": len(found) == MOST,
        "level": level,
        "levels": [(key, label) for key, label in words.LEVELS.items()],
        "elsewhere": _elsewhere(typed, asked.on, level or None) if typed and not found else [],
    }
    crumbs = (country_crumb(asked.query), Crumb(gettext("Tìm đơn vị")))
    return show(request, "desk/units/search.html", context, room=ROOM, crumbs=crumbs)


def _found(labels: list[UnitLabel], query: str, on: date | None = None) -> list[Found]:
    return [
        Found(one, words.capital(one.title), words.place_of(one), link("unit", query, one.id), on) for one in labels
    ]


def _elsewhere(typed: str, on: date, level: str | None) -> list[Found]:
    """The same name on the days of the other lists, the nearest first; each unit once."""
    days = sorted({one.latest for one in gazetteer.snapshots()}, key=lambda other: abs(other - on))
    seen: Counter[int] = Counter()
    found: list[Found] = []
    for other in days:
        for one in units.find(typed, other, level=level, limit=MOST):
            if not seen[one.id]:
                seen[one.id] += 1
                found += _found([one], f"?{day.PARAMETER}={other.isoformat()}", other)
    return found[:MOST]
