"""Văn bản pháp lý: the list with its validity on the day, one instrument, and those that offices add."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ntm.domain.instruments import InForce, RelationKind
from ntm.faces.desk.access import actor, asked_day, page
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.administration.acting import (
    ROOM,
    attempted,
    carried,
    done,
    office_today,
    page_number,
    refusal_of,
    tabs,
    unit_named,
)
from ntm.faces.desk.rooms.administration.filters import Choice
from ntm.faces.desk.rooms.law import words
from ntm.faces.desk.rooms.units.fields import DayField
from ntm.records.archive import instruments as archive
from ntm.records.archive.instruments import AddedRelation, Listed, Listing
from ntm.records.archive.models import InstrumentRelation, RegisteredInstrument
from ntm.records.people import authority
from ntm.records.standing.queries.listed_sets import sets_citing
from ntm.records.units import queries as units

_EACH = 50
_RELATIONS = {
    RelationKind.AMENDS: _("sửa đổi, bổ sung"),
    RelationKind.AMENDED_BY: _("được sửa đổi, bổ sung bởi"),
    RelationKind.REPLACES: _("thay thế"),
    RelationKind.REPLACED_BY: _("được thay thế bởi"),
    RelationKind.REPEALS: _("bãi bỏ"),
    RelationKind.REPEALED_BY: _("bị bãi bỏ bởi"),
}


class InstrumentForm(forms.Form):
    """Văn bản của địa bàn mình."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=100, help_text=_("Ví dụ 2581/QĐ-UBND."))
    kind = forms.CharField(label=_("Loại văn bản"), max_length=60, help_text=_("Quyết định, Nghị quyết, Kế hoạch…"))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200, help_text=_("Ví dụ UBND tỉnh Hải Dương."))
    signed = DayField(label=_("Ngày ký"))
    title = forms.CharField(label=_("Trích yếu"), max_length=500, widget=forms.Textarea({"rows": 2}))
    effective_from = DayField(label=_("Có hiệu lực từ ngày"), required=False)
    effective_to = DayField(label=_("Hết hiệu lực từ ngày"), required=False)
    evidence = forms.ChoiceField(
        label=_("Căn cứ"), choices=RegisteredInstrument.Evidence.choices, widget=forms.RadioSelect
    )
    source = forms.CharField(
        label=_("Nơi lấy văn bản"), max_length=300, help_text=_("Công báo, trang thông tin, bản giấy lưu ở đâu.")
    )
    unit = forms.CharField(
        label=_("Địa bàn"), max_length=200, required=False, help_text=_("Để trống: địa bàn của chức danh đang dùng.")
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False)
    relation_kind = forms.ChoiceField(
        label=_("Văn bản này"),
        choices=[("", _("không sửa, không thay văn bản nào")), *InstrumentRelation.Kind.choices],
        required=False,
    )
    relation_numbers = forms.CharField(
        label=_("Số các văn bản kia"), max_length=400, required=False, help_text=_("Cách nhau bằng dấu chấm phẩy.")
    )
    relation_part = forms.CharField(
        label=_("Chỉ một phần"), max_length=200, required=False, help_text=_("Điều, khoản; để trống nếu là toàn bộ.")
    )

    def relations(self) -> tuple[AddedRelation, ...]:
        """What it does to other instruments."""
        kind, part = self.cleaned_data["relation_kind"], self.cleaned_data["relation_part"]
        numbers = [one.strip() for one in self.cleaned_data["relation_numbers"].split(";") if one.strip()]
        return tuple(AddedRelation(kind, number, part) for number in numbers)


@require_GET
@page
def instruments(request: HttpRequest) -> HttpResponse:
    """Danh mục văn bản, with what was in force on the day."""
    on, who = asked_day(request), actor(request)
    given = {name: request.GET.get(name, "").strip() for name in ("q", "loai", "co_quan", "hieu_luc")}
    state = InForce(given["hieu_luc"]) if given["hieu_luc"] in list(InForce) else None
    known = archive.listing()
    found = known.search(given["q"], kind=given["loai"], issuer=given["co_quan"], state=state, on=on)
    shown = Paginator(found, _EACH).get_page(page_number(request))
    context = {
        "lines": [(one, one.judge(on), words.IN_FORCE[one.judge(on).state]) for one in shown.object_list],
        "numbers": shown,
        "filters": _filters(known, given),
        "may_add": authority.allows_some(who, "instrument.add", who.unit_id, on=office_today(request)),
        "total": len(known.lines),
    }
    return show(
        request,
        "desk/law/instruments.html",
        context,
        room=ROOM,
        crumbs=(Crumb(gettext("Quản trị"), reverse("desk:administration")), Crumb(gettext("Văn bản pháp lý"))),
        tabs=tabs(request, "desk:instruments"),
    )


def _filters(known: Listing, given: dict[str, str]) -> tuple[Choice, ...]:
    kinds = sorted({one.instrument.kind for one in known.lines})
    issuers = sorted({one.instrument.issuer for one in known.lines})
    states = [(state.value, look.words) for state, look in words.IN_FORCE.items()]
    return (
        Choice("q", gettext("Số, trích yếu"), given["q"]),
        Choice("loai", gettext("Loại"), given["loai"], (("", gettext("mọi loại")), *((one, one) for one in kinds))),
        Choice(
            "co_quan",
            gettext("Cơ quan ban hành"),
            given["co_quan"],
            (("", gettext("mọi cơ quan")), *((one, one) for one in issuers)),
        ),
        Choice("hieu_luc", gettext("Hiệu lực ngày này"), given["hieu_luc"], (("", gettext("bất kỳ")), *states)),
    )


@require_GET
@page
def instrument(request: HttpRequest, instrument_id: str) -> HttpResponse:
    """Một văn bản."""
    return _instrument(request, instrument_id)


@require_http_methods(["GET", "POST"])
@page
def add(request: HttpRequest) -> HttpResponse:
    """Thêm văn bản."""
    who, on = actor(request), office_today(request)
    who.require("instrument.add", who.unit_id, on=on)
    form = InstrumentForm(request.POST or None)

    def record(given: dict[str, Any]) -> RegisteredInstrument:
        unit = unit_named(given["unit"], on) if given["unit"].strip() else who.unit_id
        fields = ("number", "kind", "issuer", "signed", "title", "effective_from", "effective_to", "evidence", "source")
        told = {name: given[name] for name in (*fields, "note")}
        return archive.add_instrument(who, **told, unit_id=unit, on=on, relations=form.relations())

    if request.method == "POST":
        row = attempted(form, record)
        if row is not None:
            line = next(one for one in archive.listing().lines if one.row and one.row.pk == row.pk)
            sentence = gettext("Đã thêm văn bản %(number)s.") % {"number": row.number}
            return done(request, sentence, reverse("desk:instrument", args=[line.id]))
    status = 422 if form.errors else 200
    context = {"form": form}
    return show(request, "desk/law/instrument_add.html", context, room=ROOM, crumbs=_crumbs(request), status=status)


@require_POST
@page
def withdraw(request: HttpRequest, instrument_id: str) -> HttpResponse:
    """Rút văn bản thêm nhầm."""
    line = archive.listing().get(instrument_id)
    if line is None or line.row is None:
        raise Http404
    row, reason = line.row, request.POST.get("reason", "")
    refused = refusal_of(
        lambda: archive.withdraw_instrument(actor(request), row, reason=reason, on=office_today(request))
    )
    if refused:
        return _instrument(request, instrument_id, refused)
    sentence = gettext("Đã rút văn bản %(number)s khỏi danh mục.") % {"number": row.number}
    return done(request, sentence, reverse("desk:instruments"))


def _instrument(request: HttpRequest, instrument_id: str, refused: str = "") -> HttpResponse:
    on, who = asked_day(request), actor(request)
    known = archive.listing()
    line = known.get(instrument_id)
    if line is None:
        raise Http404
    judged = line.judge(on)
    row = line.row
    context = {
        "line": line,
        "one": line.instrument,
        "judged": judged,
        "look": words.IN_FORCE[judged.state],
        "evidence": words.evidence(line.instrument.evidence),
        "source": words.source_words(line.instrument.source),
        "relations": _relations(request, known, line),
        "successors": [
            (one, reverse("desk:instrument", args=[archive.identity(one)]) + carried(request))
            for one in known.instruments.successor(line.instrument)
        ],
        "sets": sets_citing(line.instrument.number),
        "unit": units.label(row.unit_id, on) if row and row.unit_id else None,
        "may_withdraw": bool(row)
        and who.allows("instrument.add", row.unit_id if row else None, on=office_today(request)),
        "refused": refused,
    }
    status = 422 if refused else 200
    crumbs = _crumbs(request, line.instrument.number)
    return show(request, "desk/law/instrument.html", context, room=ROOM, crumbs=crumbs, status=status)


def _relations(request: HttpRequest, known: Listing, line: Listed) -> list[tuple[str, Any, str | None, str]]:
    """(what it does, the relation, the page of the other, its title)."""
    found = []
    for one in line.instrument.relations:
        others = known.numbered(one.number)
        only = others[0] if len(others) == 1 else None
        url = reverse("desk:instrument", args=[only.id]) + carried(request) if only else None
        found.append((str(_RELATIONS[one.kind]), one, url, only.instrument.title if only else ""))
    return found


def _crumbs(request: HttpRequest, last: str = "") -> tuple[Crumb, ...]:
    return (
        Crumb(gettext("Quản trị"), reverse("desk:administration")),
        Crumb(gettext("Văn bản pháp lý"), reverse("desk:instruments") + carried(request)),
        Crumb(last or gettext("Thêm văn bản")),
    )
