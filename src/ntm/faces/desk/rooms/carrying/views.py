"""Mang số liệu sang đơn vị kế thừa: what each former unit has, what a rule carries and why not; then the deed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from ntm.domain.official.dates import write_date
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.carrying import asking
from ntm.faces.desk.rooms.carrying.asking import Asked
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.sight import Sight, at_unit
from ntm.records.people.authority import Denied
from ntm.records.standing import services
from ntm.records.standing.queries import carrying as queries
from ntm.records.standing.queries.carrying import Carrying, CarryingLine

ROOM = "units"


@dataclass(frozen=True, slots=True)
class LineShown:
    """Một dòng của bảng xem trước."""

    line: CarryingLine
    had: tuple[str, ...]
    carried: str
    ticked: bool


@require_http_methods(["GET", "POST"])
@at_unit("observation.carry")
def carrying(request: HttpRequest, here: Sight) -> HttpResponse:
    """Xem trước (GET, nothing is written), rồi mang sang (POST) đúng những gì đã xem."""
    found = queries.origins(here.label.id, here.today)
    sets = queries.sets_told(found)
    if not sets:
        empty = {"here": here, "origins": found, "nothing": True}
        return show(request, "desk/carrying/carrying.html", empty, room=ROOM, crumbs=_crumbs(here))
    asked = asking.read(request.POST if request.method == "POST" else request.GET, sets, found.units)
    preview = _preview(here, asked)
    sentence, status = "", 200
    if request.method == "POST":
        try:
            return _done(request, here, asked, preview)
        except (Denied, ValueError) as reason:
            sentence, status = str(reason), 403 if isinstance(reason, Denied) else 422
    context = _context(request, here, asked, preview) | {"sets": sets, "origins": found, "sentence": sentence}
    return show(request, "desk/carrying/carrying.html", context, room=ROOM, crumbs=_crumbs(here), status=status)


def _crumbs(here: Sight) -> tuple[Crumb, ...]:
    return here.crumbs(
        Crumb(gettext("Diễn biến"), here.url("unit_lineage")), Crumb(gettext("Mang số liệu của đơn vị cũ"))
    )


def _preview(here: Sight, asked: Asked) -> Carrying:
    return queries.preview(here.label.id, asked.row, here.today, rule=asked.rule, weights=asked.weights)


def _seal(asked: Asked, preview: Carrying) -> str:
    """What was looked at is what is done: other figures are looked at again."""
    seen = [(line.code, str(line.fact), tuple(one.pk for one in line.sources)) for line in preview.taken]
    return hashlib.sha256(repr((asked.row.pk, asked.key, asked.of, seen)).encode()).hexdigest()[:24]


def _done(request: HttpRequest, here: Sight, asked: Asked, preview: Carrying) -> HttpResponse:
    if request.POST.get("seen") != _seal(asked, preview):
        raise ValueError(gettext("Số liệu hoặc lựa chọn đã khác lúc xem trước. Xem lại bảng rồi mang sang."))
    made = services.carry_figures(
        here.who,
        unit_id=here.label.id,
        set_code=asked.row.code,
        decision=request.POST.get("decision", ""),
        rule=asked.rule,
        on=here.today,
        indicators=asked.codes if asked.named else None,
        weights=asked.weights,
    )
    said = gettext(
        "Đã mang %(n)s chỉ tiêu sang %(unit)s, số liệu đến ngày %(day)s. Cơ quan thẩm tra xem lại như số mới."
    )
    messages.success(request, said % {"n": len(made), "unit": here.label.title, "day": write_date(preview.origins.on)})
    return HttpResponseRedirect(here.url("unit_carrying"))


def _context(request: HttpRequest, here: Sight, asked: Asked, preview: Carrying) -> dict[str, Any]:
    standing = queries.carried_now(here.label.id, asked.row).get(asked.row.code, [])
    return {
        "here": here,
        "asked": asked,
        "rules": [(key, label) for key, (_rule, label) in asking.RULES.items()],
        "preview": preview,
        "lines": [_shown(line, asked) for line in preview.lines],
        "seen": _seal(asked, preview),
        "decision": request.POST.get("decision", preview.origins.change.decision),
        "standing": standing,
        "back_changes": [
            gettext("%(n)s chỉ tiêu đã mang sang không còn được tính; đơn vị trở lại chưa có số liệu của chúng.")
            % {"n": len(standing)}
        ],
    }


def _shown(line: CarryingLine, asked: Asked) -> LineShown:
    had = tuple(words.figure_of(one) if one else "" for one in line.had)
    carried = queries.in_words(line.fact) if line.fact is not None else ""
    return LineShown(line, had, carried, line.code in asked.codes)


@require_POST
@at_unit("observation.carry")
def take_back(request: HttpRequest, here: Sight) -> HttpResponse:
    """Rút những số đã mang sang, có lý do."""
    try:
        back = services.take_back_carried(
            here.who,
            unit_id=here.label.id,
            set_code=request.POST.get("bo", ""),
            reason=request.POST.get("reason", ""),
            on=here.today,
        )
        messages.success(request, gettext("Đã rút %(n)s chỉ tiêu đã mang sang.") % {"n": len(back)})
    except ValueError as reason:
        messages.error(request, str(reason))
    return HttpResponseRedirect(here.url("unit_carrying"))
