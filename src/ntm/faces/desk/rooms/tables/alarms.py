"""Cảnh báo: criteria lost, recognised units at risk, figures far from last year's; each opens where it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain.official.dates import write_date
from ntm.domain.official.numbers import write_number
from ntm.faces.desk import tables
from ntm.faces.desk.pages import show
from ntm.faces.desk.rooms.tables.place import Place, place_of
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.sight import units_page
from ntm.records.people.authority import allows_some
from ntm.records.standing import registry
from ntm.records.standing.queries import alarms as standing_alarms
from ntm.records.standing.queries.alarms import Alarm, AlarmKind
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

ROOM = "matrix"
MOST = 600


@require_GET
@units_page
def alarms(request: HttpRequest) -> HttpResponse:
    """Cảnh báo của địa bàn."""
    place = place_of(request, whole_country=True)
    crumbs, tabs = place.crumbs(gettext("Cảnh báo")), place.tabs("alarms")
    context: dict[str, object] = {"place": place, "filters": place.filters()}
    if place.row is not None:
        found = standing_alarms.alarms(place.unit_id, place.row, place.on, place.basis)
        form = request.GET.get("tai", "")
        kept = found if form else found[:MOST]
        table = _table(place, kept, units.labels({one.unit_id for one in kept}, place.on))
        if form in ("xlsx", "csv"):
            return tables.download(table, form, f"canh-bao-{place.on:%Y-%m-%d}")
        counts = Counter(one.kind for one in found)
        context |= {
            "table": table,
            "counts": [(_words(kind), counts[kind]) for kind in AlarmKind if counts[kind]],
            "count": len(found),
            "shown": min(len(found), MOST),
            "csv_url": place.url("alarms", tai="csv"),
            "entry_url": _entry_url(place),
            "far": write_number((standing_alarms.FAR * 100).to_integral_value()),
        }
    return show(request, "desk/tables/alarms.html", context, room=ROOM, crumbs=crumbs, tabs=tabs)


def _entry_url(place: Place) -> str:
    """Bước đầu: where figures are typed, for those who type them."""
    may = allows_some(place.who, "observation.record", place.who.unit_id, on=place.on)
    return reverse("desk:entries") + place.carried if may else ""


def _words(kind: AlarmKind) -> str:
    return {
        AlarmKind.TITLE_AT_RISK: gettext("Đã công nhận, nay có tiêu chí chưa đạt"),
        AlarmKind.LOST: gettext("Từng đạt, nay chưa đạt"),
        AlarmKind.FAR: gettext("Số liệu khác xa năm trước"),
    }[kind]


def _table(place: Place, found: Sequence[Alarm], labels: dict[int, UnitLabel]) -> tables.Table:
    columns = [
        tables.Column("unit", place.units_words),
        tables.Column("upper", gettext("Thuộc")),
        tables.Column("kind", gettext("Cảnh báo")),
        tables.Column("what", gettext("Tiêu chí, chỉ tiêu")),
        tables.Column("since", gettext("Từ ngày"), "date"),
        tables.Column("figures", gettext("Số liệu")),
    ]
    rows = [
        tables.Row(
            str(place_no),
            (
                tables.Cell(words.capital(labels[one.unit_id].title), url=place.unit_url(one.unit_id)),
                ", ".join(upper.name for upper in labels[one.unit_id].ancestors),
                _words(one.kind),
                tables.Cell(_what(place, one), url=_url(place, one)),
                one.since,
                _figures(one),
            ),
        )
        for place_no, one in enumerate(found)
    ]
    caption = gettext("Cảnh báo đến ngày %(day)s") % {"day": write_date(place.on)}
    return tables.Table("alarms", caption, columns, rows, download_url=place.url("alarms", tai="xlsx"))


def _what(place: Place, one: Alarm) -> str:
    assert place.row is not None
    content = registry.content(place.row)
    if one.kind == AlarmKind.FAR:
        try:
            return f"{one.code} {content.criterion_of(one.code).name}"
        except KeyError:
            return one.code
    return f"{one.code} {content.criterion(int(one.code)).name}"


def _url(place: Place, one: Alarm) -> str:
    assert place.row is not None
    if one.kind == AlarmKind.FAR:
        return reverse("desk:history", args=(one.unit_id, place.row.code, one.code)) + place.carried
    return place.criterion_url(one.unit_id, one.code)


def _figures(one: Alarm) -> str:
    if one.before is None or one.now is None:
        return words.title_words(one.title_kind) if one.title_kind else ""
    return f"{write_number(one.before)} → {write_number(one.now)}"
