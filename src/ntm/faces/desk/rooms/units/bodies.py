"""Cơ quan của đơn vị: bodies, members, who watches what; and the forms over records.people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.fields import DayField, EndForm
from ntm.faces.desk.rooms.units.sight import Sight, at_unit
from ntm.records.people import queries as people
from ntm.records.people import services
from ntm.records.people.models import Body, BodyMember, User, Watch
from ntm.records.people.models.bodies import BodyKind
from ntm.records.people.services import NotPossible
from ntm.records.units import queries as units

ROOM = "units"
_CENTRAL = (BodyKind.MINISTRY,)


class BodyForm(forms.Form):
    """Lập cơ quan."""

    kind = forms.ChoiceField(label=_("Loại"), choices=[one for one in BodyKind.choices if one[0] not in _CENTRAL])
    name = forms.CharField(label=_("Tên"), max_length=300, help_text=_("Như ghi trên quyết định thành lập."))
    abbreviation = forms.CharField(label=_("Viết tắt"), max_length=60, required=False)
    decision = forms.CharField(label=_("Quyết định thành lập"), max_length=300, required=False)
    start = DayField(label=_("Từ ngày"))


class MemberForm(forms.Form):
    """Ghi thành viên: an account, or only a name."""

    user = forms.ChoiceField(
        label=_("Tài khoản"), required=False, help_text=_("Bỏ trống nếu người này không có tài khoản.")
    )
    name = forms.CharField(
        label=_("Họ và tên"), max_length=200, required=False, help_text=_("Bỏ trống khi đã chọn tài khoản.")
    )
    post = forms.CharField(label=_("Chức vụ công tác"), max_length=200, required=False)
    position = forms.CharField(label=_("Vị trí trong cơ quan"), max_length=200, help_text=_("Ví dụ: Phó Trưởng ban."))
    start = DayField(label=_("Từ ngày"))

    def __init__(self, *args: Any, accounts: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.accounts = {str(one.pk): one for one in accounts}
        self.fields["user"].choices = [("", "—"), *((str(one.pk), str(one)) for one in accounts)]  # type: ignore[attr-defined]


class WatchForm(forms.Form):
    """Phân công: who, where, which criterion."""

    who = forms.ChoiceField(label=_("Cơ quan hoặc người phụ trách"))
    where = forms.ChoiceField(label=_("Địa bàn"))
    criterion = forms.CharField(
        label=_("Tiêu chí"),
        max_length=80,
        required=False,
        help_text=_("Số tiêu chí, ví dụ 10; bỏ trống nếu phụ trách cả địa bàn."),
    )
    decision = forms.CharField(label=_("Văn bản phân công"), max_length=300, required=False)
    start = DayField(label=_("Từ ngày"))

    def __init__(
        self, *args: Any, bodies: list[Body], accounts: list[User], places: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.bodies = {f"b{one.pk}": one for one in bodies}
        self.accounts = {f"u{one.pk}": one for one in accounts}
        groups = [
            (gettext("Cơ quan"), [(key, str(one)) for key, one in self.bodies.items()]),
            (gettext("Người"), [(key, str(one)) for key, one in self.accounts.items()]),
        ]
        self.fields["who"].choices = [("", "—"), *((name, rows) for name, rows in groups if rows)]  # type: ignore[attr-defined]
        self.fields["where"].choices = places  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class WatchShown:
    """Một phân công trên trang."""

    watch: Watch
    who: str
    what: str
    own: bool  # of this very unit: may be ended here


@require_GET
@at_unit()
def bodies(request: HttpRequest, here: Sight) -> HttpResponse:
    """Cơ quan: those of the unit on the day, their members, and who watches it."""
    context: dict[str, Any] = {
        "here": here,
        "bodies": people.bodies_with_members(here.label.id, here.on),
        "watches": _watches(here),
        "manages": here.may("body.manage"),
        "assigns": here.may("watch.assign"),
    }
    context["empty_step"] = gettext("Ghi Ban Chỉ đạo, Ban quản lý, phòng, đoàn thể của đơn vị, rồi ghi thành viên.")
    if context["manages"]:
        context["empty_url"] = here.url("body_create")
    crumbs = here.crumbs(Crumb(gettext("Cơ quan")))
    return show(request, "desk/units/bodies.html", context, room=ROOM, crumbs=crumbs, tabs=here.tabs("unit_bodies"))


def _watches(here: Sight) -> list[WatchShown]:
    names = {one.id: one.title for one in (here.label, *here.label.ancestors)}
    found = []
    for watch in people.watches_at(here.label.id, here.on):
        criterion = (
            gettext("tiêu chí %(code)s") % {"code": watch.criterion.rpartition(":")[2]} if watch.criterion else ""
        )
        place = names.get(watch.unit_id or 0, "")
        what = " · ".join(part for part in (criterion, place) if part)
        found.append(WatchShown(watch, str(watch.body or watch.user), what, _area(watch) == here.label.id))
    return found


def _area(watch: Watch) -> int | None:
    return watch.unit_id if watch.unit_id is not None or watch.body is None else watch.body.unit_id


@require_http_methods(["GET", "POST"])
@at_unit("body.manage")
def create(request: HttpRequest, here: Sight) -> HttpResponse:
    """Lập cơ quan."""
    form = BodyForm(request.POST or None, initial={"start": here.today})
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        try:
            made = services.create_body(here.who, unit_id=here.label.id, on=here.today, **got)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, gettext("Đã lập %(name)s.") % {"name": made.name})
            return HttpResponseRedirect(here.url("unit_bodies"))
    return _form(request, here, form, gettext("Lập cơ quan"), here.url("body_create"), gettext("Lập cơ quan"))


@require_http_methods(["GET", "POST"])
@at_unit("body.manage")
def add_member(request: HttpRequest, here: Sight, body_id: int) -> HttpResponse:
    """Ghi thành viên của một cơ quan."""
    body = _body(here, body_id)
    form = MemberForm(request.POST or None, accounts=_accounts(here), initial={"start": here.today})
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        try:
            services.add_member(
                here.who, body=body, user=form.accounts.get(got["user"]), name=got["name"], post=got["post"],
                position=got["position"], start=got["start"], on=here.today,
            )  # fmt: skip
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, gettext("Đã ghi thành viên của %(body)s.") % {"body": body.name})
            return HttpResponseRedirect(here.url("unit_bodies"))
    title = gettext("Ghi thành viên: %(body)s") % {"body": body.name}
    return _form(request, here, form, title, here.url("member_add", body_id=body_id), gettext("Ghi thành viên"))


@require_http_methods(["GET", "POST"])
@at_unit("watch.assign")
def assign(request: HttpRequest, here: Sight) -> HttpResponse:
    """Phân công phụ trách địa bàn, tiêu chí."""
    form = WatchForm(
        request.POST or None, bodies=_bodies_around(here), accounts=_accounts(here), places=_places(here),
        initial={"start": here.today, "where": str(here.label.id)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        try:
            services.assign_watch(
                here.who, body=form.bodies.get(got["who"]), user=form.accounts.get(got["who"]),
                unit_id=int(got["where"]), criterion=got["criterion"], decision=got["decision"], start=got["start"],
                on=here.today,
            )  # fmt: skip
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, gettext("Đã ghi phân công."))
            return HttpResponseRedirect(here.url("unit_bodies"))
    return _form(request, here, form, gettext("Phân công phụ trách"), here.url("watch_assign"), gettext("Phân công"))


def _form(request: HttpRequest, here: Sight, form: forms.Form, title: str, action: str, button: str) -> HttpResponse:
    context = {
        "here": here,
        "form": form,
        "heading": title,
        "action": action,
        "button": button,
        "back": here.url("unit_bodies"),
    }
    crumbs = here.crumbs(Crumb(gettext("Cơ quan"), here.url("unit_bodies")), Crumb(title))
    status = 422 if request.method == "POST" else 200
    return show(request, "desk/units/form.html", context, room=ROOM, crumbs=crumbs, status=status)


def _body(here: Sight, body_id: int) -> Body:
    found = next((one for one in people.bodies(here.label.id, here.on) if one.pk == body_id), None)
    if found is None:
        raise Http404(gettext("Ngày này đơn vị không có cơ quan đó."))
    return found


def _accounts(here: Sight) -> list[User]:
    """Accounts that hold an office here or in a unit above."""
    around = [here.label.id, *(one.id for one in here.label.ancestors)]
    return list(people.users(around, here.today).order_by("full_name"))


def _bodies_around(here: Sight) -> list[Body]:
    around = [here.label.id, *(one.id for one in here.label.ancestors)]
    return [body for unit_id in around for body in people.bodies(unit_id, here.today)]


def _places(here: Sight) -> list[tuple[str, str]]:
    own = [(str(here.label.id), words.capital(here.label.title))]
    return own + [(str(one.id), words.capital(one.title)) for one in units.children(here.label.id, here.on)]


@require_POST
@at_unit("body.manage")
def end_body(request: HttpRequest, here: Sight, body_id: int) -> HttpResponse:
    """Kết thúc cơ quan."""
    return _ended(request, here, lambda day: services.end_body(here.who, _body(here, body_id), end=day, on=here.today))


@require_POST
@at_unit("body.manage")
def end_member(request: HttpRequest, here: Sight, member_id: int) -> HttpResponse:
    """Thôi thành viên."""
    member = next(
        (m for b in people.bodies_with_members(here.label.id, here.on) for m in b.sitting if m.pk == member_id), None
    )
    if member is None:
        raise Http404(gettext("Ngày này không có thành viên đó."))
    kept: BodyMember = member
    return _ended(request, here, lambda day: services.end_member(here.who, kept, end=day, on=here.today))


@require_POST
@at_unit("watch.assign")
def end_watch(request: HttpRequest, here: Sight, watch_id: int) -> HttpResponse:
    """Thôi phân công."""
    watch = next((one for one in people.watches_at(here.label.id, here.on) if one.pk == watch_id), None)
    if watch is None:
        raise Http404(gettext("Ngày này không có phân công đó."))
    kept: Watch = watch
    return _ended(request, here, lambda day: services.end_watch(here.who, kept, end=day, on=here.today))


def _ended(request: HttpRequest, here: Sight, deed: Any) -> HttpResponse:
    form = EndForm(request.POST)
    try:
        if not form.is_valid():
            raise NotPossible(form.errors["end"][0])
        day: date = form.cleaned_data["end"]
        deed(day)
        messages.success(request, gettext("Đã ghi."))
    except NotPossible as reason:
        messages.error(request, str(reason))
    return HttpResponseRedirect(here.url("unit_bodies"))
