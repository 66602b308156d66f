"""Một công trình: money by source, schedule, progress with photographs, accepted volume, paid, debt, handed over."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain import funds
from ntm.faces.desk import tables
from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.funding import amounts
from ntm.faces.desk.rooms.funding.amend_forms import AMEND_FORMS
from ntm.faces.desk.rooms.funding.place import ROOM, NotHere, Place, funding_page, place_of
from ntm.faces.desk.rooms.funding.progress_forms import PROGRESS_FORMS
from ntm.faces.desk.rooms.funding.served import served
from ntm.faces.desk.rooms.funding.wording import criterion_words, kind_words
from ntm.faces.desk.rooms.funding.works_forms import WORKS_FORMS
from ntm.faces.desk.rooms.units import words
from ntm.records.archive import services as archive
from ntm.records.funding import rules, works_rules
from ntm.records.funding.models import AcceptedVolume, Disbursement, Works, WorksNote, WorksState
from ntm.records.funding.queries import books, projects, serving
from ntm.records.funding.queries.books import WorksBook
from ntm.records.units import queries as units

__all__ = ["found_works", "photograph", "works_one"]

_FORMS = (*PROGRESS_FORMS, *WORKS_FORMS, *AMEND_FORMS)
_FORMS = (*PROGRESS_FORMS, *WORKS_FORMS, *AMEND_FORMS)
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True, slots=True)
class Photograph:
    """Ảnh hoặc tệp của một lần ghi tiến độ."""

    name: str
    url: str
    shown: bool


def found_works(request: HttpRequest, works_id: int, action: str = "money.read") -> tuple[Place, WorksBook]:
    """The works with the place of its unit; 404 where there is none by that day."""
    on = asked_day(request)
    book = books.works_book(works_id, on)
    if book is None:
        actor(request)
        raise NotHere(gettext("Không tìm thấy công trình này vào ngày đang xem. Chọn ngày muộn hơn ở đầu trang."))
    return place_of(request, action, book.works.unit_id), book


def may_manage(place: Place, works: Works) -> bool:
    """For showing the buttons; each service asks again."""
    charge = rules.charge(works.set_code, works.criterion_no)
    return place.who.allows("works.manage", works.unit_id, on=place.on, criterion=charge)


@require_GET
@funding_page
def works_one(request: HttpRequest, works_id: int) -> HttpResponse:
    """Trang của một công trình."""
    place, book = found_works(request, works_id)
    works = book.works
    notes = projects.notes(works.pk, place.on)
    state = notes[-1] if notes else None
    names = criterion_words(place.label, place.on)
    bounds = works_rules.community_bounds(works.execution, works.decision_on or works.on)
    context = {
        "place": place,
        "book": book,
        "works": works,
        "state": WorksState(state.state).label if state else works.get_state_display(),
        "percent": state.percent if state else 0,
        "village": words.capital(units.label(works.village_id, place.on).title) if works.village_id else "",
        "criterion": names.get(works.criterion_no, "") if works.criterion_no else "",
        "sources": _sources(book),
        "notes": [(note, WorksState(note.state).label, _files(place, works, note)) for note in reversed(notes)],
        "beyond": bounds.beyond(works.total_cost) if bounds else "",
        "plans": [(plan, funds.catalogue().name(plan.source)) for plan in book.plans],
        "payments": [(one, funds.catalogue().name(one.source), _files(place, works, one)) for one in book.payments],
        "volumes": [(one, _files(place, works, one)) for one in book.volumes],
        "indicator": works.indicator_code,
        "bounds": bounds,
        "amendments": projects.amendments(works.pk, place.on),
        "may_hand_over": state is not None and state.state == WorksState.COMPLETED,
        "in_use": state is not None and state.state == WorksState.HANDED_OVER,
        "serving": serving.tasks_of(works.pk, place.on) if place.may("task.read") else (),
        "manage": may_manage(place, works),
        "record": place.may("money.record"),
        "urls": {slug.replace("-", "_"): place.url("works_post", works.pk, slug) for slug in _FORMS},
    }
    crumbs = place.crumbs(Crumb(gettext("Công trình"), place.url("works")), Crumb(works.code))
    return show(request, "desk/funding/works_one.html", context, room=ROOM, crumbs=crumbs)


def _sources(book: WorksBook) -> tables.Table | None:
    if not book.sources:
        return None
    columns = [
        tables.Column("source", gettext("Nguồn vốn")),
        tables.Column("kind", gettext("Loại vốn")),
        amounts.column("planned", gettext("Cơ cấu vốn")),
        amounts.column("allocated", gettext("Đã phân bổ")),
        amounts.column("paid", gettext("Đã trả")),
    ]
    rows = [
        tables.Row(
            f"{one.source}-{one.kind}",
            [
                one.name, kind_words(one.kind), amounts.cell(one.planned), amounts.cell(one.allocated),
                amounts.cell(one.paid),
            ],
        )
        for one in book.sources
    ]  # fmt: skip
    total = [
        gettext("Tổng"), "", amounts.cell(book.planned), amounts.cell(book.allocated), amounts.cell(book.paid),
    ]  # fmt: skip
    caption = gettext("Tiền của công trình theo nguồn")
    return tables.Table("works-sources", caption, columns, rows, totals=(tables.Row("total", total),))


def _files(place: Place, works: Works, one: WorksNote | AcceptedVolume | Disbursement) -> list[Photograph]:
    return [
        Photograph(use.name, place.url("works_photograph", works.pk, use.pk), use.name.lower().endswith(_PICTURES))
        for use in one.files.all()
    ]


@require_GET
@funding_page
def photograph(request: HttpRequest, works_id: int, use_id: int) -> HttpResponseBase:
    """Mở ảnh, hồ sơ của công trình: for those who may read its evidence; never run, never guessed at."""
    place, book = found_works(request, works_id)
    of_works = (*projects.notes(book.works.pk, place.on), *book.volumes, *book.payments)
    uses = {use.pk: use for one in of_works for use in one.files.all()}
    if use_id not in uses:
        raise NotHere(gettext("Không có tệp này ở công trình."))
    return served(archive.open_for(place.who, uses[use_id].file_id, place.on))
