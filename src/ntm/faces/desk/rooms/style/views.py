"""Khung trang: every component with sample figures; for those who build pages, in DEBUG or under an administrator."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from ntm.domain.official.numbers import NumberError, parse_number
from ntm.faces.desk import tables
from ntm.faces.desk.access import actor_or_none, page
from ntm.faces.desk.pages import Crumb, Tab, show
from ntm.faces.desk.rooms.style import samples


def _builders_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        who = actor_or_none(request)
        if not settings.DEBUG and (who is None or who.role != "administrator"):
            raise Http404
        return view(request, *args, **kwargs)

    return page(wrapped)


class SampleForm(forms.Form):
    """Biểu mẫu mẫu."""

    decision = forms.CharField(label="Số quyết định", help_text="Như ghi trên văn bản, ví dụ 2581/QĐ-UBND.")
    value = forms.CharField(label="Thu nhập bình quân đầu người", required=False)
    title = forms.ChoiceField(label="Danh hiệu", choices=[("ntm", "Nông thôn mới"), ("nang_cao", "Nâng cao")])
    checked = forms.BooleanField(label="Đã đối chiếu với văn bản", required=False)
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 2}))


@_builders_only
def style(request: HttpRequest) -> HttpResponse:
    """Trang mẫu của mọi bộ phận."""
    wrong = SampleForm({"decision": "", "value": "08/09", "title": "ntm"})
    context = {
        "cells": samples.cells_of("mxmmxxmxmsxommmxmmm", "mau-1"),
        "small": samples.cells_of("mmmmmmmmmxmmmsmmmmm"),
        "table": samples.table(),
        "sheet": samples.SHEET,
        "pictures": samples.pictures(),
        "files": samples.FILES,
        "history": samples.HISTORY,
        "filters": samples.FILTERS,
        "changes": samples.CHANGES,
        "form": wrong,
        "numbers": Paginator(range(400), 20).get_page(request.GET.get("trang", "6")),
    }
    here = reverse("desk:style")
    tabs = (
        Tab("Tiêu chí", here, here=True),
        Tab("Kế hoạch", here),
        Tab("Nhiệm vụ", here, count=3),
        Tab("Lịch sử", here),
    )
    crumbs = (Crumb("Cả nước", here), Crumb("Tỉnh mẫu", here), Crumb("Xã mẫu"))
    return show(request, "desk/style/style.html", context, crumbs=crumbs, tabs=tabs)


@_builders_only
def opened(request: HttpRequest, row: str, column: str) -> HttpResponse:
    """Một ô được mở: side panel, or a page of its own."""
    context = {"row": row, "column": column, "files": samples.FILES, "history": samples.HISTORY}
    return show(
        request, "desk/style/cell.html", context, crumbs=(Crumb("Khung trang", reverse("desk:style")), Crumb(column))
    )


@require_POST
@_builders_only
def typed(request: HttpRequest) -> HttpResponse:
    """Một số vừa gõ: what the sheet answers; this sample keeps nothing."""
    text = request.POST.get("value", "").strip()
    try:
        if text:
            parse_number(text)
    except NumberError as error:
        return render(request, "desk/style/saved.html", {"error": str(error)}, status=422)
    return render(request, "desk/style/saved.html", {"at": timezone.now(), "empty": not text})


@_builders_only
def file(request: HttpRequest, form: str) -> HttpResponse:
    """Bảng mẫu tải về."""
    if form not in ("xlsx", "csv"):
        raise Http404(gettext("Chỉ tải được xlsx hoặc csv."))
    return tables.download(samples.table(), form, "bang-mau")
