"""Rà soát hiện trạng: list, opening, progress of each unit asked, extension, lock."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ntm.domain.official.dates import parse_date, write_date
from ntm.faces.desk import day, tables
from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.entry.place import desk_page
from ntm.records.people import authority
from ntm.records.people.authority import Actor, Denied
from ntm.records.standing import services
from ntm.records.standing.models import Campaign
from ntm.records.standing.queries import campaigns as queries
from ntm.records.units import queries as units

_STEPS = {"idle": _("chưa bắt đầu"), "typing": _("đang nhập"), "sent": _("đã gửi đủ")}


class DayField(forms.CharField):
    """Ngày gõ theo lối Việt Nam."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "31/12/2026"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return parse_date(text)
        except ValueError as reason:
            raise forms.ValidationError(str(reason)) from None


class OpeningForm(forms.Form):
    """Mở đợt rà soát."""

    title = forms.CharField(
        label=_("Tên đợt"),
        max_length=300,
        help_text=_("Ví dụ: Rà soát hiện trạng cuối năm 2026."),
        error_messages={"required": _("Đặt tên cho đợt rà soát.")},
    )
    unit = forms.TypedChoiceField(
        label=_("Địa bàn"), coerce=int, help_text=_("Mọi đơn vị thuộc cấp của bộ tiêu chí trong địa bàn này được hỏi.")
    )
    set = forms.ChoiceField(label=_("Bộ tiêu chí"))
    as_of = DayField(label=_("Số liệu đến ngày"), error_messages={"required": _("Ghi ngày của số liệu.")})
    due = DayField(label=_("Hạn gửi"), error_messages={"required": _("Ghi hạn gửi.")})


@require_GET
@desk_page
def campaigns(request: HttpRequest) -> HttpResponse:
    """Các đợt rà soát trong tầm mắt: open ones by due day, then locked ones."""
    who, on = actor(request), asked_day(request)
    found = queries.in_sight(who, on)
    context = {
        "open": [one for one in found if not one.locked],
        "locked": [one for one in found if one.locked],
        "may_open": _may_open(who, request),
        "on": on,
    }
    return show(request, "desk/campaigns/campaigns.html", context, room="campaigns", crumbs=_crumbs())


def _may_open(who: Actor, request: HttpRequest) -> bool:
    return who.allows("campaign.open", who.unit_id, on=asked_day(request))


def _crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    return (Crumb(gettext("Rà soát hiện trạng"), reverse("desk:campaigns") if more else None), *more)


@require_http_methods(["GET", "POST"])
@desk_page
def opening(request: HttpRequest) -> HttpResponse:
    """Mở một đợt: first who will be asked, then opened."""
    who, on = actor(request), asked_day(request)
    who.require("campaign.open", who.unit_id, on=on)
    form = _form(request, who)
    sentence, status = "", 200
    if request.method == "POST":
        if form.is_valid():
            try:
                made = services.open_campaign(
                    who,
                    title=form.cleaned_data["title"],
                    unit_id=form.cleaned_data["unit"],
                    set_code=form.cleaned_data["set"],
                    as_of=form.cleaned_data["as_of"],
                    due=form.cleaned_data["due"],
                    on=on,
                )
            except (Denied, ValueError) as reason:
                sentence, status = str(reason), 403 if isinstance(reason, Denied) else 422
            else:
                messages.success(request, gettext("Đã mở đợt “%(title)s”.") % {"title": made.title})
                return HttpResponseRedirect(_address(request, made.pk))
        else:
            status = 422
    context = {"form": form, "sentence": sentence}
    return show(
        request,
        "desk/campaigns/opening.html",
        context,
        room="campaigns",
        crumbs=_crumbs(Crumb(gettext("Mở đợt"))),
        status=status,
    )


def _form(request: HttpRequest, who: Actor) -> OpeningForm:
    on = asked_day(request)
    if who.unit_id is None:
        places, level, province = units.provinces(on), "", None
    else:
        own = units.label(who.unit_id, on)
        below = [one for one in units.children(who.unit_id, on) if one.level != "thon"] if own.level != "xa" else []
        places, level = [own, *below], own.level
        province = next((one.code for one in (own, *own.ancestors) if one.level == "tinh"), None)
    initial = {
        "unit": who.unit_id or "",
        "as_of": f"{day.quarter_end(on, 1):%d/%m/%Y}",
        "due": f"{queries.last_due(on):%d/%m/%Y}",
    }
    form = OpeningForm(request.POST or None, initial=initial)
    form.fields["unit"].choices = [(one.id, one.title) for one in places]  # type: ignore[attr-defined]
    form.fields["set"].choices = [  # type: ignore[attr-defined]
        (row.code, row.name) for row in queries.asked_sets(level, on, province)
    ]
    return form


def _address(request: HttpRequest, campaign_id: int) -> str:
    return reverse("desk:campaign", args=(campaign_id,)) + day.asked(request).query


@require_GET
@desk_page
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Tiến độ: who has not started, who types, who has sent, and who was late."""
    return _progress(request, campaign_id)


def _progress(request: HttpRequest, campaign_id: int, sentence: str = "", status: int = 200) -> HttpResponse:
    who, on = actor(request), asked_day(request)
    found = _found(who, campaign_id, request)
    view = queries.view(found, on)
    may = authority.allows(who, "campaign.close", found.unit_id, on=on)
    manage = may and found.locked_at is None
    share = 100 * view.sent // len(view.rows) if view.rows else 0
    context = {
        "view": view,
        "campaign": found,
        "table": _table(view, campaign_id),
        "manage": manage,
        "reopen": may and found.locked_at is not None,
        "reopen_changes": [
            gettext("%(n)s đơn vị lại nhập và gửi được số liệu ngày %(day)s.")
            % {"day": write_date(found.as_of), "n": len(view.rows)}
        ],
        "sentence": sentence,
        "share": share,
        "days_left": (found.due - on).days,
        "lock_changes": [
            gettext("Số liệu ngày %(day)s của %(n)s đơn vị không sửa được nữa.")
            % {"day": write_date(found.as_of), "n": len(view.rows)},
            gettext("%(n)s đơn vị chưa gửi đủ; bản nháp của họ vẫn còn nhưng không gửi được.")
            % {"n": view.idle + view.typing + view.partly},
        ],
        "typed_due": request.POST.get("due", ""),
    }
    crumbs = _crumbs(Crumb(found.title))
    return show(request, "desk/campaigns/campaign.html", context, room="campaigns", crumbs=crumbs, status=status)


def _found(who: Actor, campaign_id: int, request: HttpRequest) -> Campaign:
    found = queries.get(campaign_id)
    if found is None:
        raise ValueError(gettext("Không tìm thấy đợt rà soát này."))
    on = asked_day(request)
    if not authority.allows(who, "standing.read", found.unit_id, on=on):
        authority.require(who, "standing.read", who.unit_id, on=on)
    return found


def _step(one: queries.AskedUnit, asked: int) -> str:
    """Tình trạng: what was known before the review opened is told, so that "chưa bắt đầu" stands beside no figures; what
    was sent in part is told as a share."""
    if one.step == "partly":
        return gettext("đã gửi %(n)s/%(all)s") % {"n": one.sent_items, "all": asked}
    if one.step == "idle" and one.figures:
        return gettext("có số từ trước, chưa nhập thêm")
    return str(_STEPS[one.step])


def _table(view: queries.CampaignView, campaign_id: int) -> tables.Table:
    columns = (
        tables.Column("unit", _("Đơn vị")),
        tables.Column("upper", _("Thuộc")),
        tables.Column("step", _("Tình trạng")),
        tables.Column("figures", _("Đã nhập"), "number", about=_("số chỉ tiêu đã có số liệu của ngày này")),
        tables.Column("accepted", _("Đã thẩm tra"), "number"),
        tables.Column("first", _("Bắt đầu"), "date"),
        tables.Column("sent", _("Gửi đủ"), "date"),
        tables.Column("late", _("Trễ hạn"), "number", measure=gettext("ngày")),
    )
    rows = [
        tables.Row(
            str(one.unit.id),
            (
                one.unit.title,
                one.unit.ancestors[0].title if one.unit.ancestors else "",
                _step(one, view.indicators),
                one.figures,
                one.accepted,
                timezone.localtime(one.first_typed_at).date() if one.first_typed_at else None,
                timezone.localtime(one.sent_at).date() if one.sent_at else None,
                one.days_late or None,
            ),
            words=f"{one.unit.code or ''} {_step(one, view.indicators)}",
        )
        for one in view.rows
    ]
    return tables.Table(
        key="campaign",
        caption=gettext("Tiến độ từng đơn vị"),
        columns=columns,
        rows=rows,
        download_url=reverse("desk:campaign_file", args=(campaign_id, "xlsx")),
    )


@require_GET
@desk_page
def download(request: HttpRequest, campaign_id: int, form: str) -> HttpResponse:
    """Bảng tiến độ tải về."""
    if form not in ("xlsx", "csv"):
        raise ValueError(gettext("Chỉ tải được xlsx hoặc csv."))
    found = _found(actor(request), campaign_id, request)
    return tables.download(_table(queries.view(found, asked_day(request)), campaign_id), form, "tien-do-ra-soat")


@require_POST
@desk_page
def extend(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Gia hạn."""
    try:
        due = parse_date(request.POST.get("due", ""))
        changed = services.extend_campaign(actor(request), campaign_id, due=due, on=asked_day(request))
    except (Denied, ValueError) as reason:
        return _progress(request, campaign_id, str(reason), 403 if isinstance(reason, Denied) else 422)
    messages.success(request, gettext("Đã gia hạn đến %(day)s.") % {"day": write_date(changed.due)})
    return HttpResponseRedirect(_address(request, campaign_id))


@require_POST
@desk_page
def lock(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Khoá: figures of its day stay as they are."""
    try:
        changed = services.close_campaign(actor(request), campaign_id, on=asked_day(request))
    except (Denied, ValueError) as reason:
        return _progress(request, campaign_id, str(reason), 403 if isinstance(reason, Denied) else 422)
    messages.success(request, gettext("Đã khoá đợt “%(title)s”.") % {"title": changed.title})
    return HttpResponseRedirect(_address(request, campaign_id))


@require_POST
@desk_page
def reopen(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Mở lại đợt đã khoá, có lý do."""
    try:
        changed = services.reopen_campaign(
            actor(request), campaign_id, reason=request.POST.get("reason", ""), on=asked_day(request)
        )
    except (Denied, ValueError) as reason:
        return _progress(request, campaign_id, str(reason), 403 if isinstance(reason, Denied) else 422)
    messages.success(request, gettext("Đã mở lại đợt “%(title)s”.") % {"title": changed.title})
    return HttpResponseRedirect(_address(request, campaign_id))
