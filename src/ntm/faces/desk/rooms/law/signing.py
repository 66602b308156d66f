"""Đối chiếu với văn bản: an indicator or a criterion's page with all that is known of its levels, and the signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from ntm.faces.desk.access import actor, asked_day, page
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.administration.acting import ROOM, attempted, carried, done, office_today, refusal_of
from ntm.faces.desk.rooms.law import words
from ntm.faces.desk.rooms.law.annex import levels_of, section
from ntm.faces.desk.rooms.law.lookup import criterion_or_404, found_or_404, indicator_or_404, instrument_url
from ntm.records.standing import services
from ntm.records.standing.queries import checks
from ntm.records.standing.queries.listed_sets import OpenedSet

_LONGEST = 200


class SignForm(forms.Form):
    """Chữ ký: what is signed, and where it stands in the decision."""

    what = forms.ChoiceField(label=_("Ký cho"), widget=forms.RadioSelect)
    locator = forms.CharField(
        label=_("Chỗ đã đối chiếu"),
        max_length=_LONGEST,
        help_text=_("Phụ lục, trang, dòng của văn bản, ví dụ: Phụ lục I, trang 12, mục 10."),
    )


@require_GET
@page
def indicator(request: HttpRequest, code: str, indicator_code: str) -> HttpResponse:
    """Một chỉ tiêu: wording, every level with its instrument and who compared it."""
    return _indicator(request, code, indicator_code)


@require_POST
@page
def sign_indicator(request: HttpRequest, code: str, indicator_code: str) -> HttpResponse:
    """Ký đã đối chiếu một chỉ tiêu hoặc một mức của nó."""
    opened = found_or_404(code, asked_day(request))
    criterion, _path, one = indicator_or_404(opened, indicator_code)
    form = SignForm(request.POST)
    form.fields["what"].choices = _choices(opened, criterion.no, one.code, request)  # type: ignore[attr-defined]
    here = reverse("desk:set_indicator", args=[code, indicator_code]) + carried(request)

    def sign(given: dict[str, Any]) -> object:
        return services.check_value(
            actor(request),
            set_code=code,
            criterion_no=criterion.no,
            indicator_code=one.code,
            value_key="" if given["what"] == "*" else given["what"],
            locator=given["locator"],
            on=office_today(request),
        )

    if attempted(form, sign) is None:
        return _indicator(request, code, indicator_code, form=form)
    return done(request, gettext("Đã ký: chỉ tiêu %(code)s đã đối chiếu với văn bản.") % {"code": one.code}, here)


@require_GET
@page
def criterion(request: HttpRequest, code: str, no: int) -> HttpResponse:
    """Trang của một tiêu chí, to be compared as a whole."""
    return _criterion(request, code, no)


@require_POST
@page
def sign_criterion(request: HttpRequest, code: str, no: int) -> HttpResponse:
    """Ký đã đối chiếu cả trang của tiêu chí."""
    opened = found_or_404(code, asked_day(request))
    found = criterion_or_404(opened, no)
    form = SignForm(request.POST)
    form.fields["what"].choices = [("*", "")]  # type: ignore[attr-defined]

    def sign(given: dict[str, Any]) -> object:
        return services.check_value(
            actor(request),
            set_code=code,
            criterion_no=found.no,
            locator=given["locator"],
            on=office_today(request),
        )

    if attempted(form, sign) is None:
        return _criterion(request, code, no, form=form)
    here = reverse("desk:set_criterion", args=[code, no]) + carried(request)
    return done(request, gettext("Đã ký: cả trang tiêu chí %(no)s đã đối chiếu với văn bản.") % {"no": no}, here)


@require_POST
@page
def withdraw(request: HttpRequest, code: str, check_id: int) -> HttpResponse:
    """Rút một chữ ký đối chiếu, with the reason."""
    opened = found_or_404(code, asked_day(request))
    signature = next((one for one in opened.signed.own if one.id == check_id), None)
    if signature is None:
        raise Http404
    reason = request.POST.get("reason", "")
    refused = refusal_of(
        lambda: services.withdraw_check(actor(request), check_id, reason=reason, on=office_today(request))
    )
    if refused and signature.indicator_code:
        return _indicator(request, code, signature.indicator_code, refused=refused)
    if refused:
        return _criterion(request, code, signature.criterion_no, refused=refused)
    here = (
        reverse("desk:set_indicator", args=[code, signature.indicator_code])
        if signature.indicator_code
        else reverse("desk:set_criterion", args=[code, signature.criterion_no])
    )
    return done(request, gettext("Đã rút chữ ký đối chiếu; lý do được giữ lại."), here + carried(request))


def _indicator(
    request: HttpRequest, code: str, indicator_code: str, *, form: SignForm | None = None, refused: str = ""
) -> HttpResponse:
    on = asked_day(request)
    opened = found_or_404(code, on)
    found, path, one = indicator_or_404(opened, indicator_code)
    base = checks.base_indicators(opened.content).get(one.code)
    if form is None:
        form = SignForm(initial={"what": "*", "locator": one.reference.locator or ""})
    form.fields["what"].choices = _choices(opened, found.no, one.code, request)  # type: ignore[attr-defined]
    whole = opened.signed.of_indicator(found.no, path)
    state = checks.state_of(one.check, whole)
    context = {
        "opened": opened,
        "criterion": found,
        "one": one,
        "text": one.text_at(on),
        "measure": words.measure_of(one),
        "levels": levels_of(opened.content, opened.signed, found.no, path, one, on),
        "nothing": words.absent(one, one.level_at(on)) if not one.thresholds and not one.parts else "",
        "state": words.STATES[state],
        "kind": state,
        "whole": whole,
        "signatures": [s for s in opened.signed.own if s.indicator_code == one.code or s.key == (found.no, "", "")],
        "withdrawn": [s for s in opened.signed.withdrawn if s.indicator_code == one.code],
        "national": base,
        "national_levels": levels_of(opened.national, checks.Signatures(), found.no, path, base, on)
        if base and opened.national and one.provincial | any(level.provincial for level in one.thresholds)
        else (),
        "form": form,
        "refused": refused,
        "may_sign": _may_sign(request, code, one.code),
        "instrument_url": instrument_url(one.reference.instrument, carried(request)),
    }
    status = 422 if refused or form.errors else 200
    crumbs = _crumbs(request, opened, gettext("Chỉ tiêu %(code)s") % {"code": one.code})
    return show(request, "desk/law/indicator.html", context, room=ROOM, crumbs=crumbs, status=status)


def _criterion(
    request: HttpRequest, code: str, no: int, *, form: SignForm | None = None, refused: str = ""
) -> HttpResponse:
    on = asked_day(request)
    opened = found_or_404(code, on)
    found = criterion_or_404(opened, no)
    form = form or SignForm(initial={"what": "*"})
    context = {
        "opened": opened,
        "criterion": found,
        "section": section(opened.content, opened.signed, found, on),
        "signatures": [one for one in opened.signed.own if one.key == (no, "", "")],
        "withdrawn": [one for one in opened.signed.withdrawn if one.key == (no, "", "")],
        "form": form,
        "refused": refused,
        "may_sign": _may_sign(request, code, str(no)),
    }
    status = 422 if refused or form.errors else 200
    crumbs = _crumbs(request, opened, gettext("Tiêu chí %(no)s") % {"no": no})
    return show(request, "desk/law/criterion.html", context, room=ROOM, crumbs=crumbs, status=status)


def _choices(opened: OpenedSet, no: int, code: str, request: HttpRequest) -> list[tuple[str, str]]:
    """The indicator as a whole, then each of its levels."""
    _of, path, one = indicator_or_404(opened, code)
    levels = levels_of(opened.content, opened.signed, no, path, one, asked_day(request))
    whole = gettext("cả chỉ tiêu: lời văn và mọi mức") if levels else gettext("cả chỉ tiêu")
    each = [(level.key, f"{level.words} ({', '.join(filter(None, (level.place, level.when)))})") for level in levels]
    return [("*", whole), *(each if len(each) > 1 else [])]


def _may_sign(request: HttpRequest, code: str, place: str) -> bool:
    return actor(request).allows("criteria.check", None, on=office_today(request), criterion=f"{code}:{place}")


def _crumbs(request: HttpRequest, opened: OpenedSet, last: str) -> tuple[Crumb, ...]:
    return (
        Crumb(gettext("Bộ tiêu chí"), reverse("desk:sets") + carried(request)),
        Crumb(opened.row.name, reverse("desk:set", args=[opened.row.code]) + carried(request)),
        Crumb(last),
    )
