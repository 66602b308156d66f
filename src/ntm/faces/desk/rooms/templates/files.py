"""Tải về: the starting template, the list of its fields, an office's template as it was uploaded, filled to be looked at."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain.documents.writing.content import WritingError
from ntm.domain.documents.writing.template_starter import fields_guide, starter
from ntm.faces.desk.attached import DOCX, attached
from ntm.faces.desk.rooms.plans.place import stopped
from ntm.faces.desk.rooms.templates.place import TemplateSight, at_template, kind_in, template_page
from ntm.faces.desk.rooms.templates.trying import filled_from
from ntm.records.archive import services as archive
from ntm.records.archive.templates import queries

__all__ = ["guide", "original", "preview", "starting"]

_NAMES = {
    "plan": "ke-hoach", "decision": "quyet-dinh", "letter": "cong-van", "minutes": "bien-ban", "report": "bao-cao",
}  # fmt: skip


@require_GET
@template_page
def starting(request: HttpRequest, kind: str) -> HttpResponse:
    """Mẫu khởi đầu."""
    return attached(starter(kind_in(kind)), f"mau-{_NAMES[kind]}.docx", DOCX)


@require_GET
@template_page
def guide(request: HttpRequest, kind: str) -> HttpResponse:
    """Giải thích các trường."""
    return attached(fields_guide(kind_in(kind)), f"cac-truong-cua-mau-{_NAMES[kind]}.docx", DOCX)


@require_GET
@at_template
def original(request: HttpRequest, here: TemplateSight) -> HttpResponse:
    """Tệp mẫu như đã tải lên."""
    use = here.template.use
    return attached(archive.content_of(use.file), use.name, DOCX)


@require_GET
@at_template
def preview(request: HttpRequest, here: TemplateSight) -> HttpResponse:
    """Mẫu điền thử."""
    asked = request.GET.get("tu", "")
    document = None
    if asked.isdecimal() and len(asked) < 12:
        document = filled_from(here.who, here.template, int(asked), here.on)
    if document is None:
        raise ValueError(gettext("Chọn một kế hoạch hoặc cuộc họp trong danh sách để xem thử."))
    try:
        content = queries.write(document, here.template)
    except WritingError as reason:
        return stopped(request, str(reason))
    return attached(content, f"xem-thu-mau-{_NAMES[here.template.kind]}-ban-{here.template.version}.docx", DOCX)
