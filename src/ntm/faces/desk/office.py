"""Chọn chức danh: a person with two offices chooses under which he acts; the session keeps the choice."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from ntm.faces.desk.access import page, refused, today
from ntm.records.people import services


@require_POST
@page
def switch(request: HttpRequest) -> HttpResponse:
    """Chuyển chức danh: act from now on under another office that the person holds today."""
    try:
        holding_id = int(request.POST.get("holding", ""))
    except ValueError:
        return refused(request, gettext("Chưa chọn chức danh. Mở tên của mình ở đầu trang rồi chọn một chức danh."))
    chosen = services.choose_office(request.session, request.user, holding_id, on=today())
    messages.success(request, gettext("Từ bây giờ làm việc với tư cách: %(office)s.") % {"office": chosen.office_label})
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    return HttpResponseRedirect(back)
