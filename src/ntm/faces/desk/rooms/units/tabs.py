"""Các thẻ của đơn vị: plans, history, lineage, lower units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.faces.desk import tables
from ntm.faces.desk.day import LATEST
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.units import choosing, drawn, words
from ntm.faces.desk.rooms.units.lower import lower_summary
from ntm.faces.desk.rooms.units.sight import Sight, at_unit, link
from ntm.faces.desk.rooms.units.unit import titles_shown
from ntm.records.audit.queries import Line
from ntm.records.planning.queries import days as plan_days
from ntm.records.planning.queries import plans as planned
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.queries import carrying as merging
from ntm.records.standing.queries import glance, sets
from ntm.records.standing.queries import matrix as matrices
from ntm.records.units import queries as units
from ntm.records.units.models import FROM_THE_BEGINNING
from ntm.records.units.queries import LineageGraph, UnitLabel

ROOM = "units"


@dataclass(frozen=True, slots=True)
class Deed:
    """Một việc trong nhật ký, as parts/history.html wants it."""

    at: datetime
    who: str
    office: str
    sentence: str
    detail: str = ""
    kind: str = ""


@require_GET
@at_unit()
def plans(request: HttpRequest, here: Sight) -> HttpResponse:
    """Kế hoạch của đơn vị: those of the day's year first, then the others that the office sees."""
    found = planned.of_unit(here.who, here.label.id, here.on)
    stated = [
        (one, plan_days.plan_state(one, plan_days.states(one.versions.all(), one.on, here.on), here.on))
        for one in found
    ]
    now = [one for one in stated if one[0].year <= here.on.year <= one[0].year_to]
    context = {"here": here, "groups": ((True, now), (False, [one for one in stated if one not in now]))}
    crumbs = here.crumbs(Crumb(gettext("Kế hoạch")))
    return show(request, "desk/units/plans.html", context, room=ROOM, crumbs=crumbs, tabs=here.tabs("unit_plans"))


@require_GET
@at_unit()
def history(request: HttpRequest, here: Sight) -> HttpResponse:
    """Lịch sử: what became of the unit's name and place, its titles with their decisions, and the log."""
    page = glance.log(here.who, here.label.id, here.today, number=_number(request))
    context = {
        "here": here,
        "changes": units.history(here.label.id),
        "titles": titles_shown(glance.titles_ever(here.label.id)),
        "log": page,
        "deeds": [_deed(line) for line in page.lines] if page else [],
        "newer": page.number - 1 if page and page.number > 1 else None,
        "older": page.number + 1 if page and page.number < page.pages else None,
    }
    crumbs = here.crumbs(Crumb(gettext("Lịch sử")))
    return show(request, "desk/units/history.html", context, room=ROOM, crumbs=crumbs, tabs=here.tabs("unit_history"))


def _number(request: HttpRequest) -> int:
    typed = request.GET.get("trang", "1")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1


def _deed(line: Line) -> Deed:
    kind = {"observation.return": "back", "observation.send": "forward"}.get(line.verb, "")
    return Deed(line.at, line.name, line.office, line.sentence, kind=kind)


@require_GET
@at_unit()
def lineage(request: HttpRequest, here: Sight) -> HttpResponse:
    """Diễn biến: what it came from and what became of it, drawn, with decision or how unsure the source is."""
    graph = units.lineage_graph(here.label.id, FROM_THE_BEGINNING, LATEST)
    context = {
        "here": here,
        "pictures": drawn.lineage_pictures(graph, here),
        "alone": len(graph.nodes) == 1,
        "steps": _steps(graph),
        "changes": units.history(here.label.id),
        "proof": units.proof(here.label.id, here.on),
        "unsure": any(not edge.certain for edge in graph.edges),
        "carries": here.may("observation.carry") and merging.formed_by_merging(here.label.id, here.today),
    }
    crumbs = here.crumbs(Crumb(gettext("Diễn biến")))
    return show(request, "desk/units/lineage.html", context, room=ROOM, crumbs=crumbs, tabs=here.tabs("unit_lineage"))


@dataclass(frozen=True, slots=True)
class StepShown:
    """Một mũi tên của hình, in words."""

    before: UnitLabel
    after: UnitLabel
    when: str
    certainty: str
    certain: bool
    main: bool


def _steps(graph: LineageGraph) -> list[StepShown]:
    labels = {node.unit_id: node.label for node in graph.nodes}
    places = {node.unit_id: node.step for node in graph.nodes}
    arrows = sorted(graph.edges, key=lambda edge: (places[edge.before], edge.after, not edge.main))
    return [
        StepShown(labels[e.before], labels[e.after], e.when, e.certainty, e.certain, e.main)
        for e in arrows
        if e.before in labels and e.after in labels
    ]  # fmt: skip


@require_GET
@at_unit()
def children(request: HttpRequest, here: Sight) -> HttpResponse:
    """Đơn vị cấp dưới: directly below, with the strip of each where there is one set for them, else with its counts."""
    rows = units.children(here.label.id, here.on)
    level = rows[0].level if rows else ""
    table, form = _children_table(here, rows), request.GET.get("tai", "")
    if form in ("xlsx", "csv"):
        return tables.download(table, form, f"don-vi-cap-duoi-{here.label.code or here.label.id}-{here.on:%Y-%m-%d}")
    context: dict[str, Any] = {
        "here": here,
        "rows": rows,
        "table": table,
        "level": level,
        "strips": _strips(here, level) if level in ("xa", "thon") and len(rows) <= 60 else [],
        "summary": lower_summary(here.label, here.on, here.carried),
        "adds_villages": here.label.level == "xa" and here.may("unit.village_create"),
        "imports_villages": here.label.level != "thon" and here.may("unit.village_create"),
    }
    context |= _first_step(here, context["adds_villages"])
    crumbs = here.crumbs(Crumb(gettext("Đơn vị cấp dưới")))
    return show(
        request, "desk/units/children.html", context, room=ROOM, crumbs=crumbs, tabs=here.tabs("unit_children")
    )  # fmt: skip


def _first_step(here: Sight, adds: bool) -> dict[str, str]:
    """What an empty page says to do."""
    if here.label.level != "xa":
        return {"empty_step": gettext("Ngày này không có đơn vị nào trực thuộc trong danh mục.")}
    if not adds:
        return {"empty_step": gettext("Danh sách thôn do xã hoặc Văn phòng Điều phối ghi.")}
    said = gettext("Thêm từng thôn, hoặc nhập cả danh sách từ Excel.")
    return {"empty_step": said, "empty_url": here.url("village_add"), "empty_action": gettext("Thêm thôn")}


@dataclass(frozen=True, slots=True)
class Strip:
    """Một đơn vị cấp dưới với dải ô của nó."""

    label: UnitLabel
    title: str
    url: str
    cells: tuple[drawn.SmallCell, ...]
    met: int
    total: int
    titles: str
    with_data: bool


def _strips(here: Sight, level: str) -> list[Strip]:
    """The strips of one set: the one that most of them stand under."""
    found = sets.in_force(level, here.on, choosing.province_code(here.label))
    row = sets.usual_in_area(here.label.id, here.label.level, found, here.on)
    if row is None:
        return []
    table = matrices.matrix(here.label.id, row, here.on, Basis.CONFIRMED)
    if not table.numbers:
        return []
    return [
        Strip(
            label=one.unit,
            title=words.capital(one.unit.title),
            url=link("unit", here.carried, one.unit.id),
            cells=drawn.small_cells(table, one),
            met=one.met,
            total=len(table.numbers),
            titles=", ".join(words.title_words(kind) for kind in one.titles),
            with_data=one.with_data,
        )
        for one in table.rows
    ]


def _children_table(here: Sight, rows: list[UnitLabel]) -> tables.Table:
    level = rows[0].level if rows else "thon"
    below = units.counts_below([one.id for one in rows], level, here.on) if level != "thon" else {}
    shown = [key for key in ("huyen", "xa", "thon") if any(key in counts for counts in below.values())]
    heads = {"huyen": gettext("Cấp huyện"), "xa": gettext("Cấp xã"), "thon": gettext("Thôn")}
    columns = [
        tables.Column("unit", gettext("Đơn vị")),
        tables.Column("code", gettext("Mã")),
        *(tables.Column(key, heads[key], "number") for key in shown),
    ]
    lines = [
        tables.Row(
            str(one.id),
            (
                tables.Cell(words.capital(one.title), url=link("unit", here.carried, one.id)),
                one.code,
                *(below.get(one.id, {}).get(key, 0) for key in shown),
            ),
        )
        for one in rows
    ]
    total = tables.Row("total", (gettext("Tổng"), None, *(sum(c.get(k, 0) for c in below.values()) for k in shown)))
    return tables.Table(
        "children",
        gettext("Đơn vị trực thuộc %(unit)s") % {"unit": here.label.title},
        columns,
        lines,
        totals=(total,) if shown else (),
        download_url=here.url("unit_children") + ("&" if here.query else "?") + "tai=xlsx",
    )
