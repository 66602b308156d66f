"""Tải về: the plan as Word, as PDF, its tables as Excel; an issued version as it was kept."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain.documents.reading.blocks import SourceError
from ntm.domain.documents.writing.content import WritingError
from ntm.domain.documents.writing.pdf import write_pdf
from ntm.domain.documents.writing.word import write_docx
from ntm.domain.documents.writing.xlsx import write_xlsx
from ntm.faces.desk.rooms.plans.place import PlanSight, at_plan, stopped
from ntm.records.planning.as_document.parts import load
from ntm.records.planning.services import keeping
from ntm.records.planning.written.annexes import annexes_of, sheets_of
from ntm.records.planning.written.document import plan_document

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@require_GET
@at_plan
def download(request: HttpRequest, here: PlanSight, form: str) -> HttpResponse:
    """Tải văn bản hoặc các bảng của lần đang xem."""
    try:
        content = {"docx": _docx, "pdf": _pdf, "xlsx": _xlsx}[form](here)
    except (SourceError, WritingError) as reason:
        return stopped(request, str(reason))
    response = HttpResponse(content, content_type=_TYPES[form])
    name = keeping.file_name(here.version, form)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _docx(here: PlanSight) -> bytes:
    return keeping.kept(here.version) or write_docx(plan_document(here.plan, here.no, here.on))


def _pdf(here: PlanSight) -> bytes:
    return write_pdf(_docx(here))


def _xlsx(here: PlanSight) -> bytes:
    sheets = sheets_of(annexes_of(load(here.plan, here.no, here.on)))
    if not sheets:
        raise WritingError(gettext("Kế hoạch chưa có bảng nào: thêm ô tiêu chí, nhiệm vụ hoặc khoản tiền rồi tải lại."))
    return write_xlsx(sheets)
