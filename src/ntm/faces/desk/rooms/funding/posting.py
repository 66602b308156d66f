"""Ghi một việc tiền: one form, one service; wrong words are shown again, what is refused is said above the form."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.funding.amend_forms import AMEND_FORMS
from ntm.faces.desk.rooms.funding.giving_forms import GIVING_FORMS
from ntm.faces.desk.rooms.funding.money_forms import FORMS, MoneyForm
from ntm.faces.desk.rooms.funding.place import ROOM, NotHere, Place, funding_page, place_of
from ntm.faces.desk.rooms.funding.progress_forms import PROGRESS_FORMS
from ntm.faces.desk.rooms.funding.works_forms import WORKS_FORMS, WorksForm, WorksNewForm
from ntm.faces.desk.rooms.funding.works_one import found_works
from ntm.records.people import authority
from ntm.records.people.authority import Denied

__all__ = ["answer", "post", "require_some", "works_add", "works_post"]


@require_http_methods(["GET", "POST"])
@funding_page
def post(request: HttpRequest, unit_id: int, what: str) -> HttpResponse:
    """Một biểu mẫu của đơn vị: need, mobilisation, voucher, contribution, price, stated total, closing."""
    chosen = (FORMS | GIVING_FORMS).get(what)
    if chosen is None:
        raise NotHere(gettext("Không có biểu mẫu này."))
    place = _may(request, chosen.action, unit_id)
    form = chosen(request.POST or None, place=place)
    return answer(request, place, form)


def _may(request: HttpRequest, action: str, unit_id: int) -> Place:
    """The form opens to whom the deed is allowed on the day looked at; the service asks for the entry's own day."""
    return place_of(request, action, unit_id)


def answer(request: HttpRequest, place: Place, form: MoneyForm, *more: Crumb) -> HttpResponse:
    """Show the form, or post it and go on."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                said = form.post()
            except (Denied, ValueError) as reason:
                form.add_error(None, str(reason))
                status = 403 if isinstance(reason, Denied) else 422
            else:
                messages.success(request, said)
                return HttpResponseRedirect(form.back())
    context = {
        "place": place,
        "form": form,
        "heading": form.title,
        "lead": form.lead,
        "button": form.button,
        "files": form.files,
        "back": place.url("funding") if not more else more[-1].url,
    }
    crumbs = place.crumbs(*more, Crumb(str(form.title)))
    return show(request, "desk/funding/form.html", context, room=ROOM, crumbs=crumbs, status=status)


@require_http_methods(["GET", "POST"])
@funding_page
def works_add(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Thêm công trình."""
    place = place_of(request, unit_id=unit_id)
    require_some(place, "works.manage")
    form = WorksNewForm(request.POST or None, place=place)
    return answer(request, place, form, Crumb(gettext("Công trình"), place.url("works")))


def require_some(place: Place, action: str) -> None:
    """A sector officer may open the form for his criteria; the service asks which."""
    if not authority.allows_some(place.who, action, place.unit_id, on=place.on):
        place.who.require(action, place.unit_id, on=place.on)


@require_http_methods(["GET", "POST"])
@funding_page
def works_post(request: HttpRequest, works_id: int, what: str) -> HttpResponse:
    """Một việc với công trình: progress, handing over, upkeep, accepted volume, capital, payment, debt."""
    forms = WORKS_FORMS | PROGRESS_FORMS | AMEND_FORMS
    if what not in forms:
        raise NotHere(gettext("Không có biểu mẫu này."))
    place, book = found_works(request, works_id)
    chosen: type[WorksForm] = forms[what]
    require_some(place, chosen.action)
    form = chosen(request.POST or None, request.FILES or None, place=place, book=book)
    here = Crumb(book.works.code, place.url("works_one", works_id))
    return answer(request, place, form, Crumb(gettext("Công trình"), place.url("works")), here)
