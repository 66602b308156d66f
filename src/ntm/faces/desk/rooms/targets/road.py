"""Lộ trình: criterion by quarter as a picture whose steps are dragged, and the same steps as a table that is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.plans.place import ROOM, PlanSight, at_plan
from ntm.faces.desk.rooms.targets import road_grid
from ntm.faces.desk.rooms.targets.place import back, deed, refused_sentence, whole
from ntm.records.planning.models import RoadmapStep
from ntm.records.planning.queries import cells as cell_queries
from ntm.records.planning.services import roadmap as services
from ntm.records.planning.services.seen import Stale, mark
from ntm.records.standing import registry

__all__ = ["move", "road", "save_table", "take_out"]

_NEW = "moi"  # the row in which a new step is typed


@dataclass
class LineShown:
    """Một dòng của bảng gõ: what stands, or what was typed and refused."""

    key: str
    what: str
    no: int | None
    words: str
    completes: bool
    days: str
    sentence: str = ""
    seen: str = ""  # the mark of the step that the row was opened on


@require_GET
@at_plan
def road(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Hình, mốc và bảng."""
    return _page(request, here)


def _page(request: HttpRequest, here: PlanSight, kept: dict[str, LineShown] | None = None) -> HttpResponse:
    return show(
        request, "desk/targets/road.html", _context(here, kept or {}), room=ROOM,
        crumbs=here.crumbs(Crumb(gettext("Lộ trình"))), tabs=here.tabs("plan_roadmap"), status=422 if kept else 200,
    )  # fmt: skip


def _context(here: PlanSight, kept: dict[str, LineShown]) -> dict[str, Any]:
    steps = list(RoadmapStep.objects.in_version(here.no).filter(plan=here.plan).order_by("start", "order", "pk"))
    table = cell_queries.table(here.plan, here.no, here.on)
    cells = [one.cell for row in table.rows for one in row.cells if one.cell is not None]
    content = registry.content(here.plan.set) if here.plan.set else None
    names = {one.no: one.name for one in content.criteria} if content else {}
    marks = road_grid.milestones(cells, table, steps, here.on)
    columns = road_grid.quarters(here.plan, here.on)
    lines = [kept.get(str(one.pk)) or _line(one) for one in steps]
    return {
        "here": here,
        "quarters": columns,
        "count": len(columns),
        "rows": road_grid.grid(here.plan, steps, names, sorted({one.criterion for one in marks})),
        "milestones": [(one, road_grid.SIGNS[one.stand], one.stand.value) for one in marks],
        "lines": lines,
        "new": kept.get(_NEW) or LineShown(_NEW, "", None, "", completes=False, days=""),
        "criteria": list(names.items()),
        "steps": len(steps),
    }


def _line(step: RoadmapStep) -> LineShown:
    return LineShown(
        str(step.pk), step.what, step.criterion_no, step.deadline_words, step.completes,
        f"{step.start:%d/%m/%Y} - {step.end:%d/%m/%Y}", seen=mark(step),
    )  # fmt: skip


@require_POST
@at_plan
def move(request: HttpRequest, here: PlanSight, step_id: int) -> HttpResponse:
    """Dời bước bằng kéo hoặc bằng phím: by quarters, whole or only its end; the picture comes back."""
    sentence, status, moved_id = "", 200, step_id
    try:
        by = int(request.POST.get("quy", "0"))
        row = RoadmapStep.objects.in_version(here.no).filter(plan=here.plan, pk=step_id).first()
        if row is None:
            raise ValueError(gettext("Bước này không còn trong dự thảo; tải lại trang."))
        start, end = (road_grid.stretched if request.POST.get("dau") == "cuoi" else road_grid.moved)(row, by)
        moved_id = services.move_step(here.who, here.plan.pk, step_id, start=start, end=end, on=here.on).pk
    except (ValueError, PermissionError) as reason:
        sentence, status = refused_sentence(reason)
    if not request.htmx:  # type: ignore[attr-defined]
        if sentence:
            messages.error(request, sentence)
        return back(here, "plan_roadmap")
    context = _context(here, {}) | {"sentence": sentence, "moved_id": moved_id}
    return render(request, "desk/targets/parts/road.html", context, status=status)


@require_POST
@at_plan
def save_table(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Lưu bảng: only rows that were changed; a row that is refused keeps what was typed, with its sentence."""
    steps = {str(one.pk): one for one in RoadmapStep.objects.in_version(here.no).filter(plan=here.plan)}
    kept: dict[str, LineShown] = {}
    done = 0
    for key in request.POST.getlist("dong"):
        typed, was = _typed(request, key), steps.get(key)
        if (key == _NEW and not typed.what) or (was and _same(typed, was)):
            continue
        if (
            was
            and typed.seen
            and (typed.what, str(typed.no or ""), typed.words, typed.completes) == _opened(request, key)
        ):
            continue  # not touched on this page: what another person saved meanwhile stays
        values = {
            "what": typed.what, "criterion_no": typed.no, "deadline_words": typed.words, "completes": typed.completes,
        }  # fmt: skip
        try:
            if key == _NEW:
                services.add_step(here.who, here.plan.pk, on=here.on, **values)
            else:
                unit_id = was.unit_id if was else None
                services.change_step(
                    here.who, here.plan.pk, whole(key) or 0, on=here.on, unit_id=unit_id, seen=typed.seen, **values
                )
            done += 1
        except Stale as reason:
            now = reason.row
            typed.sentence, typed.seen = str(reason), mark(now) if now else ""
            if now:
                typed.sentence = gettext("Người khác vừa sửa thành “%(what)s”, %(words)s. Lưu lại nếu vẫn muốn thay.") % {
                    "what": now.what, "words": now.deadline_words,
                }  # fmt: skip
            kept[str(now.pk) if now else key] = typed
        except (ValueError, PermissionError) as reason:
            typed.sentence = str(reason)
            kept[key] = typed
    if kept:
        return _page(request, here, kept)
    said = gettext("Đã lưu %(n)s bước.") % {"n": done}
    messages.success(request, said if done else gettext("Không có bước nào thay đổi."))
    return back(here, "plan_roadmap")


def _typed(request: HttpRequest, key: str) -> LineShown:
    got = request.POST.get
    what, words = " ".join(got(f"what-{key}", "").split()), " ".join(got(f"words-{key}", "").split())
    return LineShown(
        key, what, whole(got(f"no-{key}", "")), words, completes=got(f"done-{key}") == "1", days=got(f"days-{key}", ""),
        seen=got(f"seen-{key}", ""),
    )  # fmt: skip


def _opened(request: HttpRequest, key: str) -> tuple[str, str, str, bool]:
    """The row as the page showed it."""
    got = request.POST.get
    what, words = " ".join(got(f"was-what-{key}", "").split()), " ".join(got(f"was-words-{key}", "").split())
    return what, got(f"was-no-{key}", ""), words, got(f"was-done-{key}") == "1"


def _same(typed: LineShown, was: RoadmapStep) -> bool:
    return (typed.what, typed.no, typed.words, typed.completes) == (
        was.what, was.criterion_no, was.deadline_words, was.completes,
    )  # fmt: skip


@deed("plan_roadmap")
def take_out(request: HttpRequest, here: PlanSight, step_id: int) -> str:
    """Bỏ một bước."""
    services.remove_step(here.who, here.plan.pk, step_id, on=here.on)
    return gettext("Đã bỏ bước khỏi lộ trình.")
