"""Ban hành: sent for signing, sent back, issued with its number, amended, closed, given up; each deed at its own address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from ntm.domain.documents.writing.content import WritingError
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.plans.forms import COMMON, IssueForm
from ntm.faces.desk.rooms.plans.place import ROOM, PlanSight, at_plan, refusal
from ntm.faces.desk.rooms.plans.shown import without_lines
from ntm.records.archive.services import FileRefused
from ntm.records.people.authority import Denied
from ntm.records.planning import checkable
from ntm.records.planning.models import VersionState
from ntm.records.planning.services import issuing as services
from ntm.records.planning.services import keeping, plans

__all__ = ["DEEDS", "deed", "issue"]


class Unfilled(ValueError):
    """Biểu mẫu chưa điền đúng: its errors stand above its fields."""


@require_GET
@at_plan
def issue(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Trang ban hành: where the plan is, and what may be done next."""
    return _page(request, here, _form(request, here))


def _form(request: HttpRequest, here: PlanSight) -> IssueForm:
    names = ("number", "issued_on", "signer", "signer_position", "signing_authority")
    initial = {name: getattr(here.version, name) for name in names}
    initial["issued_on"] = initial["issued_on"] or here.on
    given = request.POST if request.method == "POST" and "number" in request.POST else None
    return IssueForm(given, initial=initial, template=keeping.template_of(here.plan, here.version, here.on))


def _page(
    request: HttpRequest, here: PlanSight, form: IssueForm, sentence: str = "", status: int = 200
) -> HttpResponse:
    living, seen = here.seen.open, here.seen
    if living is not None and living.state != seen.states[living.no]:
        living = None  # it has gone on since the day looked at: nothing to be done with it there
    waiting = []
    if living is not None and (seen.may_draft or seen.may_issue):
        waiting = services.unanswered(here.plan, living.no, checkable.findings(here.plan, living.no, here.on))
    context = {
        "here": here,
        "living": living,
        "issued": seen.issued,
        "waiting": [without_lines(one.message) for one in waiting],
        "draft": living is not None and living.state == VersionState.DRAFT,
        "reviewed": living is not None and living.state == VersionState.REVIEWED,
        "form": form,
        "sentence": sentence,
        "typed": request.POST.get("reason", "") if sentence else "",
    }
    trail = here.crumbs(Crumb(gettext("Ban hành")))
    return show(
        request, "desk/plans/issue.html", context, room=ROOM, crumbs=trail, tabs=here.tabs("plan_issue"), status=status
    )  # fmt: skip


@require_POST
@at_plan
def deed(request: HttpRequest, here: PlanSight, name: str) -> HttpResponse:
    """Một việc của trang ban hành; refused, the page stays with what was typed."""
    form = _form(request, here)
    try:
        said, back = DEEDS[name](request, here, form)
    except KeyError:
        raise ValueError(gettext("Không có việc này.")) from None
    except Unfilled:
        return _page(request, here, form, status=422)
    except (Denied, ValueError) as reason:
        return _page(request, here, form, *refusal(reason))
    messages.success(request, said)
    return HttpResponseRedirect(here.url(back))


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "")


def _review(request: HttpRequest, here: PlanSight, form: IssueForm) -> tuple[str, str]:
    plans.review(here.who, here.plan.pk, on=here.on)
    return gettext("Đã trình ký. Các cơ quan cấp dưới nay xem và góp ý được."), "plan_issue"


def _send_back(request: HttpRequest, here: PlanSight, form: IssueForm) -> tuple[str, str]:
    plans.send_back(here.who, here.plan.pk, reason=_reason(request), on=here.on)
    return gettext("Đã trả lại dự thảo để sửa."), "plan_issue"


def _issue(request: HttpRequest, here: PlanSight, form: IssueForm) -> tuple[str, str]:
    if not form.is_valid():
        raise Unfilled
    signed = dict(form.cleaned_data)
    common = signed.pop("layout", "") == COMMON
    version = services.issue(here.who, here.plan.pk, on=here.on, **signed)
    try:
        keeping.keep(here.who, here.plan.pk, on=here.on, common=common)
    except (WritingError, FileRefused) as reason:
        messages.warning(request, gettext("Chưa lưu được văn bản Word: %(reason)s") % {"reason": reason})
    number = "/".join(one for one in (version.number, version.symbol) if one)
    return gettext("Đã ghi ban hành kế hoạch số %(number)s.") % {"number": number}, "plan"


def _keep(request: HttpRequest, here: PlanSight, form: IssueForm) -> tuple[str, str]:
    use = keeping.keep(here.who, here.plan.pk, on=here.on)
    return gettext("Đã lưu văn bản %(name)s.") % {"name": use.name}, "plan_issue"


def _amend(request: HttpRequest, here: PlanSight, form: IssueForm) -> tuple[str, str]:
    version = services.amend(here.who, here.plan.pk, reason=_reason(request), on=here.on)
    return gettext("Đã mở dự thảo điều chỉnh, lần %(no)s.") % {"no": version.no}, "plan"


def _close(request: HttpRequest, here: PlanSight, form: IssueForm) -> tuple[str, str]:
    plans.close(here.who, here.plan.pk, closing_words=_reason(request), on=here.on)
    return gettext("Đã kết thúc kế hoạch."), "plan_issue"


def _withdraw(request: HttpRequest, here: PlanSight, form: IssueForm) -> tuple[str, str]:
    plans.withdraw_draft(here.who, here.plan.pk, reason=_reason(request), on=here.on)
    return gettext("Đã bỏ dự thảo."), "plan_issue"


DEEDS: dict[str, Callable[[HttpRequest, PlanSight, Any], tuple[str, str]]] = {
    "trinh-ky": _review,
    "tra-lai": _send_back,
    "ghi": _issue,
    "luu": _keep,
    "dieu-chinh": _amend,
    "ket-thuc": _close,
    "bo-du-thao": _withdraw,
}
