"""Bảng tính đã nộp: bad cells first, then what would change and what it would mean; taken or left by a button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from ntm.domain.official.dates import write_date
from ntm.domain.official.numbers import write_number
from ntm.faces.desk import day
from ntm.faces.desk.access import actor
from ntm.faces.desk.attached import XLSX, attached
from ntm.faces.desk.pages import Crumb, Tab, show
from ntm.faces.desk.rooms.entry.place import desk_page
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.choosing import Filter
from ntm.faces.desk.rooms.workbooks.choosing import UNIT
from ntm.faces.desk.rooms.workbooks.views import ROOM, crumbs
from ntm.records.people import authority
from ntm.records.people.authority import Denied
from ntm.records.standing import registry
from ntm.records.standing.models import UploadState, WorkbookUpload
from ntm.records.standing.models.observations import Stage
from ntm.records.standing.queries import uploads
from ntm.records.standing.services import workbooks as services
from ntm.records.standing.workbook import layout
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["drop", "marked", "take", "workbook"]

SEE, EFFECT = "xem", "ket-qua"
MOST = 100  # lines of one page
FIRST_BAD = 10  # bad cells shown before the differences


@dataclass(frozen=True)
class Line:
    """Một ô: of which unit and indicator, before and after, and what it would mean."""

    told: dict[str, Any]
    unit: UnitLabel | None
    text: str

    @property
    def cell(self) -> str:
        return str(self.told["place"]).rpartition("!")[2]

    @property
    def sheet(self) -> str:
        return str(self.told["place"]).rpartition("!")[0]

    @property
    def changes(self) -> bool:
        return self.told.get("was") != self.told.get("becomes")


@dataclass(frozen=True)
class UnitLine:
    """Một đơn vị: criteria met now and then."""

    told: dict[str, Any]
    unit: UnitLabel | None
    url: str

    @property
    def gained(self) -> str:
        return ", ".join(str(no) for no in self.told["gained"])

    @property
    def lost(self) -> str:
        return ", ".join(str(no) for no in self.told["lost"])


@require_GET
@desk_page
def workbook(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Kết quả đọc một bảng tính."""
    return _page(request, upload_id)


def _page(request: HttpRequest, upload_id: int, sentence: str = "", status: int = 200) -> HttpResponse:
    who = actor(request)
    made = uploads.get(who, upload_id)
    found, waiting = made.found, made.state == UploadState.READ
    seen = _seen(request, found)
    texts = layout.texts(registry.content(made.set))
    chosen = request.GET.get(UNIT, "")
    rows = _narrowed(found[{"sai": "bad"}.get(seen, "good")], chosen, request.GET.get(EFFECT, ""))
    page = Paginator(found["units"] if seen == "don-vi" else rows, MOST).get_page(request.GET.get("trang", "1"))
    bad = found["bad"][:FIRST_BAD] if seen == "doi" and page.number == 1 else []
    labels = _labels(made, [*page.object_list, *bad])
    place, sums = units.label(made.unit_id, made.as_of), _sums(found["units"])
    context = {
        "made": made,
        "found": found,
        "place": place,
        "title": words.capital(place.title),
        "set_name": words.set_name(made.set),
        "waiting": waiting and _may_take(who, made),
        "good": found["counts"]["good"],
        "bad": found["counts"]["bad"],
        "seen": seen,
        "page": page,
        "lines": [] if seen == "don-vi" else _lines(page.object_list, labels, texts),
        "unit_lines": _unit_lines(request, page.object_list, labels) if seen == "don-vi" else [],
        "bad_first": _lines(bad, labels, texts),
        "filters": _filters(request, made) if seen != "don-vi" else [],
        "several": len(found["units"]) > 1 or place.level != made.set.level,
        "sums": sums,
        "sums_note": gettext("đang có %(n)s") % {"n": write_number(Decimal(sums["before"]))},
        "of_self": made.stage == Stage.SELF,
        "changes": _changes(made),
        "sentence": sentence,
        "entry_url": _entry_url(made, place),
        "unit_url": _unit_url(made),
        "upload_url": reverse("desk:workbooks") + day.asked(request).query,
    }
    here = crumbs(Crumb(made.use.name))
    tabs = _tabs(request, made, seen)
    return show(request, "desk/workbooks/workbook.html", context, room=ROOM, crumbs=here, tabs=tabs, status=status)


def _seen(request: HttpRequest, found: dict[str, Any]) -> str:
    """Which face: differences (bad cells before them), all bad cells, or the units."""
    asked = request.GET.get(SEE, "")
    if asked in ("doi", "sai", "don-vi"):
        return asked
    return "sai" if found["bad"] and not found["good"] else "doi"


def _tabs(request: HttpRequest, made: WorkbookUpload, seen: str) -> tuple[Tab, ...]:
    base = reverse("desk:workbook", args=(made.pk,))
    carried = {key: value for key, value in request.GET.items() if key == day.PARAMETER}
    faces = [
        ("doi", gettext("Ô thay đổi"), made.found["counts"]["good"]),
        ("sai", gettext("Ô cần sửa"), made.found["counts"]["bad"]),
        ("don-vi", gettext("Theo đơn vị"), len(made.found["units"])),
    ]
    return tuple(
        Tab(label, f"{base}?{urlencode(carried | {SEE: key})}", here=key == seen, count=count)
        for key, label, count in faces
    )


def _narrowed(rows: Sequence[dict[str, Any]], unit: str, effect: str) -> list[dict[str, Any]]:
    if unit:
        rows = [one for one in rows if str(one["unit"]) == unit]
    if effect == "doi":
        rows = [one for one in rows if one.get("was") != one.get("becomes")]
    elif effect in ("met", "not_met"):
        rows = [one for one in rows if one.get("was") != one.get("becomes") == effect]
    return list(rows)


def _filters(request: HttpRequest, made: WorkbookUpload) -> list[Filter]:
    made_of = []
    ids = list(dict.fromkeys([one["unit"] for one in made.found["units"]]))
    if len(ids) > 1:
        labels = units.labels(ids, made.as_of)
        options = (
            ("", gettext("Tất cả")),
            *((str(one), words.capital(labels[one].title)) for one in ids if one in labels),
        )
        made_of.append(Filter(UNIT, gettext("Đơn vị"), request.GET.get(UNIT, ""), options))
    if made.found["good"]:
        effects = (
            ("", gettext("Tất cả")),
            ("doi", gettext("Đổi kết quả")),
            ("met", gettext("Thành đạt")),
            ("not_met", gettext("Thành chưa đạt")),
        )
        made_of.append(Filter(EFFECT, gettext("Nếu nhận"), request.GET.get(EFFECT, ""), effects))
    seen = request.GET.get(SEE)
    return made_of if seen != "sai" else made_of[: int(len(ids) > 1)]


def _labels(made: WorkbookUpload, rows: Sequence[dict[str, Any]]) -> dict[int, UnitLabel]:
    return units.labels({one["unit"] for one in rows if one["unit"]}, made.as_of)


def _lines(rows: Sequence[dict[str, Any]], labels: dict[int, UnitLabel], texts: dict[str, str]) -> list[Line]:
    return [Line(one, labels.get(one["unit"]), texts.get(one["code"], "")) for one in rows]


def _unit_lines(request: HttpRequest, rows: Sequence[dict[str, Any]], labels: dict[int, UnitLabel]) -> list[UnitLine]:
    carried = {key: value for key, value in request.GET.items() if key == day.PARAMETER}
    return [
        UnitLine(one, labels.get(one["unit"]), f"{request.path}?{urlencode(carried | {SEE: 'doi', UNIT: one['unit']})}")
        for one in rows
    ]


def _sums(of_units: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Criteria met in all units now and then."""
    return {
        "before": sum(one["before"] for one in of_units),
        "after": sum(one["after"] for one in of_units),
        "gained": sum(len(one["gained"]) for one in of_units),
        "lost": sum(len(one["lost"]) for one in of_units),
    }


def _changes(made: WorkbookUpload) -> list[str]:
    """What taking would change, in sentences."""
    counts, told = made.found["counts"], []
    many, day_words = len(made.found["units"]), write_date(made.as_of)
    if made.stage == Stage.SELF:
        told.append(
            gettext("%(n)s ô của %(units)s đơn vị thành số liệu nháp đến ngày %(day)s; chưa gửi cho ai.")
            % {"n": counts["good"], "units": many, "day": day_words}
        )
    else:
        told.append(
            gettext(
                "%(n)s ô của %(units)s đơn vị thành số liệu đã thẩm tra đến ngày %(day)s, có hiệu lực ngay trên các bảng."
            )
            % {"n": counts["good"], "units": many, "day": day_words}
        )
    sums = _sums(made.found["units"])
    if sums["gained"] or sums["lost"]:
        told.append(
            gettext("Lượt tiêu chí đạt: %(before)s thành %(after)s (đạt thêm %(gained)s, không còn đạt %(lost)s).")
            % sums
        )
    replaced = sum(bool(one["before"]) for one in made.found["good"])
    if replaced:
        told.append(gettext("%(n)s số đang có được thay; số cũ còn trong lịch sử.") % {"n": replaced})
    if counts["bad"]:
        told.append(gettext("%(n)s ô cần sửa không được nhận.") % {"n": counts["bad"]})
    return told


def _may_take(who: authority.Actor, made: WorkbookUpload) -> bool:
    return who.allows("workbook.upload", made.unit_id, on=made.as_of)


def _entry_url(made: WorkbookUpload, place: UnitLabel) -> str:
    """The entry sheet of the one unit that the workbook is of."""
    ids = [one["unit"] for one in made.found["units"]]
    if made.stage != Stage.SELF or len(ids) != 1:
        return ""
    query = urlencode({day.PARAMETER: made.as_of.isoformat()})
    return f"{reverse('desk:entry', args=(ids[0], made.set.code))}?{query}"


def _unit_url(made: WorkbookUpload) -> str:
    query = {day.PARAMETER: made.as_of.isoformat(), "bo": made.set.code}
    ids = [one["unit"] for one in made.found["units"]]
    if len(ids) == 1:
        return f"{reverse('desk:unit', args=(ids[0],))}?{urlencode(query)}"
    return f"{reverse('desk:matrix')}?{urlencode(query | {'don-vi': made.unit_id})}"


@require_POST
@desk_page
def take(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Nhận các ô đúng."""
    try:
        done = services.take(actor(request), upload_id)
    except (Denied, ValueError) as reason:
        return _page(request, upload_id, str(reason), 403 if isinstance(reason, Denied) else 422)
    told = ngettext("Đã nhận %(n)s ô.", "Đã nhận %(n)s ô.", done.written) % {"n": done.written}
    if done.unchanged:
        told += " " + gettext("%(n)s ô đã có đúng số đó từ trước.") % {"n": done.unchanged}
    messages.success(request, told)
    return _back(request, upload_id)


@require_POST
@desk_page
def drop(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Bỏ."""
    try:
        made = services.drop(actor(request), upload_id)
    except (Denied, ValueError) as reason:
        return _page(request, upload_id, str(reason), 403 if isinstance(reason, Denied) else 422)
    messages.success(request, gettext("Đã bỏ “%(name)s”: không ô nào được nhận.") % {"name": made.use.name})
    return HttpResponseRedirect(reverse("desk:workbooks") + day.asked(request).query)


def _back(request: HttpRequest, upload_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:workbook", args=(upload_id,)) + day.asked(request).query)


@require_GET
@desk_page
def marked(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Tải bảng có đánh dấu."""
    name, content = services.marked(actor(request), upload_id)
    return attached(content, name, XLSX)
