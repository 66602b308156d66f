"""Ghi, sửa, rút một mục ở trang: what is refused is shown with the form as it was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.registers.forms import EntryForm, ReasonForm
from ntm.faces.desk.rooms.registers.place import ROOM, Place, at_register, capital, refusal
from ntm.records.people.authority import Denied
from ntm.records.registers import catalogue
from ntm.records.registers.models import Entry
from ntm.records.registers.queries import entries
from ntm.records.registers.refusals import NoSuchEntry, Refused
from ntm.records.registers.services import recording

__all__ = ["add", "add_inside", "correct", "withdraw"]


@require_http_methods(["GET", "POST"])
@at_register
def add(request: HttpRequest, place: Place) -> HttpResponse:
    """Thêm một mục vào sổ của đơn vị."""
    register = place.register
    assert register is not None
    if register.parent:
        raise NoSuchEntry(gettext("Mở mục mà dòng này thuộc về rồi thêm ở đó."))
    place.who.require("register.record", place.label.id, on=place.today)
    served = entries.served_choices(register, place.label.id, place.today)
    form = EntryForm(register, request.POST or None, served=served)

    def done() -> Entry:
        return recording.record(
            place.who, register.code, unit_id=place.label.id, values=form.values(), on=place.today, **form.said()
        )

    heading = gettext("Thêm vào sổ %(register)s") % {"register": register.title}
    return _form_page(request, place, form, done, heading, gettext("Ghi vào sổ"), place.url("register"))


@require_http_methods(["GET", "POST"])
@at_register
def add_inside(request: HttpRequest, place: Place, entry_id: int, child: str) -> HttpResponse:
    """Thêm một dòng trong một mục: stars of a product, members of a cooperative."""
    assert place.register is not None
    inner = catalogue.of(child)
    if inner.parent != place.register.code:
        raise NoSuchEntry(gettext("Sổ này không có các dòng như vậy."))
    _, parent = entries.get(place.register.code, entry_id)
    place.who.require("register.record", parent.unit_id, on=place.today)
    form = EntryForm(inner, request.POST or None)

    def done() -> Entry:
        return recording.record(
            place.who,
            inner.code,
            unit_id=parent.unit_id,
            values=form.values(),
            on=place.today,
            parent_id=parent.pk,
            **form.said(),
        )

    heading = f"{inner.title}: {place.register.naming(parent)}"
    back = place.url("register_entry", parent.pk)
    return _form_page(request, place, form, done, heading, gettext("Ghi vào sổ"), back, after=back)


@require_http_methods(["GET", "POST"])
@at_register
def correct(request: HttpRequest, place: Place, entry_id: int) -> HttpResponse:
    """Sửa một mục: the older row stays in the history."""
    register = place.register
    assert register is not None
    _, entry = entries.get(register.code, entry_id)
    place.who.require("register.record", entry.unit_id, on=place.today)
    served: Any = ([], []) if register.parent else entries.served_choices(register, entry.unit_id, place.today)
    form = EntryForm(register, request.POST or None, entry=entry, served=served)

    def done() -> Entry:
        return recording.correct(
            place.who,
            register.code,
            entry.pk,
            values=form.values(),
            reason=form.cleaned_data["reason"],
            on=place.today,
            **form.said(),
        )

    heading = gettext("Sửa: %(what)s") % {"what": register.naming(entry)}
    back = place.url("register_entry", entry.pk)
    return _form_page(request, place, form, done, heading, gettext("Lưu mục đã sửa"), back)


@require_http_methods(["GET", "POST"])
@at_register
def withdraw(request: HttpRequest, place: Place, entry_id: int) -> HttpResponse:
    """Rút một mục ghi nhầm, có lý do."""
    register = place.register
    assert register is not None
    _, entry = entries.get(register.code, entry_id)
    place.who.require("register.record", entry.unit_id, on=place.today)
    form = ReasonForm(request.POST or None)

    def done() -> Entry:
        return recording.withdraw(
            place.who, register.code, entry.pk, reason=form.cleaned_data["reason"], on=place.today
        )

    heading = gettext("Rút khỏi sổ: %(what)s") % {"what": register.naming(entry)}
    back = place.url("register_entry", entry.pk)
    return _form_page(request, place, form, done, heading, gettext("Rút mục này"), back, kind="danger")


def _form_page(
    request: HttpRequest,
    place: Place,
    form: Any,
    done: Callable[[], Entry],
    heading: str,
    button: str,
    back: str,
    *,
    after: str = "",
    kind: str = "primary",
) -> HttpResponse:
    """The form, or what came of it: told and gone on, or told why not with everything as typed."""
    assert place.register is not None
    sentence, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = done()
            except (Refused, Denied) as reason:
                sentence, status = refusal(reason)
                if isinstance(reason, Refused) and reason.field in form.fields:
                    form.add_error(reason.field, sentence)
                    sentence = ""
            else:
                register = catalogue.of_entry(made)
                told = (
                    gettext("Đã rút khỏi sổ: %(what)s.") if made.withdrawn_on else gettext("Đã ghi vào sổ: %(what)s.")
                )
                messages.success(request, told % {"what": register.naming(made)})
                return HttpResponseRedirect(after or place.url("register_entry", made.pk))
    context = {
        "place": place,
        "form": form,
        "sentence": sentence,
        "heading": capital(heading),
        "button": button,
        "back": back,
        "kind": kind,
    }
    crumbs = place.crumbs(Crumb(capital(heading)))
    return show(request, "desk/registers/form.html", context, room=ROOM, crumbs=crumbs, status=status)
