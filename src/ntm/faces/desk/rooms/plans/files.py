"""Tải về: the plan and the papers beside it as Word, its tables as Excel; as PDF once it is printed in the background."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain.documents.reading.blocks import SourceError
from ntm.domain.documents.writing.content import WritingError
from ntm.faces.desk.attached import attached
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.plans.forms import COMMON
from ntm.faces.desk.rooms.plans.papers import PAPERS, Printed, offered
from ntm.faces.desk.rooms.plans.place import ROOM, NotThere, PlanSight, at_plan, stopped
from ntm.records.archive.models import PdfPrint, PrintState
from ntm.records.archive.printing import services as printing
from ntm.records.archive.printing import working
from ntm.records.archive.services import FileMissing
from ntm.records.planning.models import PlanVersion, VersionState

__all__ = ["FORMS", "download", "files", "pdf", "print_page", "print_progress"]

FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
_PLAN = "ke-hoach"


@require_GET
@at_plan
def files(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Trang văn bản: what can be had of the version looked at, and what went out, as it was kept."""
    out = (VersionState.ISSUED, VersionState.SUPERSEDED)
    rows = PlanVersion.objects.filter(plan=here.plan, state__in=out, pk__in=[one.pk for one in here.seen.versions])
    went_out = list(rows.select_related("file__file", "tables__file", "template").order_by("-no"))
    context = {
        "here": here,
        "plan_paper": _row(here, _PLAN),
        "papers": [_row(here, one.key) for one in offered(here)],
        "went_out": went_out,
        "unkept": here.seen.may_issue and any(one.file_id is None for one in went_out),
        "kept": here.version.file_id is not None,
    }
    trail = here.crumbs(Crumb(gettext("Văn bản")))
    return show(
        request, "desk/plans/files.html", context, room=ROOM, crumbs=trail, tabs=here.tabs("plan_files")
    )  # fmt: skip


def _row(here: PlanSight, key: str) -> dict[str, object]:
    """One paper with its addresses; those of the common layout where the office has a template of its own."""
    one = Printed(here, PAPERS[key])
    urls = {form: here.url("plan_paper", key, form) for form in ("docx", "pdf")}
    common = {form: f"{url}{'&' if '?' in url else '?'}mau={COMMON}" for form, url in urls.items()}
    return {"paper": one.paper, "template": one.template, "urls": urls, "common": common}


@require_GET
@at_plan
def download(request: HttpRequest, here: PlanSight, form: str, paper: str = _PLAN) -> HttpResponse:
    """Tải một văn bản của lần đang xem, or its tables."""
    one = Printed(here, PAPERS[paper], request.GET.get("mau") == COMMON)
    try:
        if form == "pdf":
            return _printed(request, one)
        content = one.sheets() if form == "xlsx" else one.word()
    except (SourceError, WritingError) as reason:
        return stopped(request, str(reason))
    return attached(content, one.name(form), FORMS[form])


def _printed(request: HttpRequest, one: Printed) -> HttpResponse:
    """The PDF where this content was printed before; else it is asked for, and its page tells how far it is."""
    here = one.here
    found = printing.ask(here.who, one.word())
    if found.state == PrintState.DONE:
        try:
            return attached(printing.pdf_of(found), one.name("pdf"), FORMS["pdf"])
        except FileMissing as reason:
            raise NotThere(str(reason)) from None
    return HttpResponseRedirect(here.url("plan_print", one.paper.key, found.source.sha256))


@require_GET
@at_plan
def print_page(request: HttpRequest, here: PlanSight, paper: str, sha256: str) -> HttpResponse:
    """Trang chờ in; the hash is of the Word file, which only who could read it knows."""
    context = _context(here, paper, sha256)
    trail = here.crumbs(Crumb(gettext("Văn bản"), here.url("plan_files")), Crumb(gettext("Bản PDF")))
    return show(request, "desk/plans/print.html", context, room=ROOM, crumbs=trail, tabs=here.tabs("plan_files"))


@require_GET
@at_plan
def print_progress(request: HttpRequest, here: PlanSight, paper: str, sha256: str) -> HttpResponse:
    """Tiến độ: asked every second by the page; when it is over the page is loaded again."""
    context = _context(here, paper, sha256)
    one = context["print"]
    assert isinstance(one, PdfPrint)
    if not one.running or context["dead"]:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "desk/plans/print_progress.html", context)


@require_GET
@at_plan
def pdf(request: HttpRequest, here: PlanSight, paper: str, sha256: str) -> HttpResponse:
    """Tệp PDF đã in xong."""
    one = _print(sha256)
    if one.state != PrintState.DONE:
        return HttpResponseRedirect(here.url("plan_print", paper, sha256))
    return attached(printing.pdf_of(one), Printed(here, PAPERS[paper]).name("pdf"), FORMS["pdf"])


def _print(sha256: str) -> PdfPrint:
    one = printing.of_source(sha256)
    if one is None:
        raise NotThere(gettext("Chưa có ai yêu cầu bản PDF này."))
    return one


def _context(here: PlanSight, paper: str, sha256: str) -> dict[str, object]:
    one = _print(sha256)
    return {
        "here": here,
        "paper": PAPERS[paper],
        "print": one,
        "dead": working.dead(one),
        "waiting": printing.before(one) if one.state == PrintState.QUEUED else 0,
        "progress_url": here.url("plan_print_progress", paper, sha256),
        "pdf_url": here.url("plan_print_file", paper, sha256),
        "again_url": here.url("plan_paper", paper, "pdf"),
        "word_url": here.url("plan_paper", paper, "docx"),
    }
