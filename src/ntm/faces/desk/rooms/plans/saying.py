"""Góp ý và kiểm tra: what offices say of a draft and how it was taken up; what the checks find and how it was answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from ntm.domain.documents.checking.model import SEVERITIES, Finding
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.plans.forms import CommentForm
from ntm.faces.desk.rooms.plans.place import ROOM, PlanSight, at_plan, refusal
from ntm.faces.desk.rooms.plans.shown import PlaceLink, place_links, without_lines
from ntm.records.people.authority import Denied
from ntm.records.planning import checkable
from ntm.records.planning.models import PlanFindingAnswer, VersionState
from ntm.records.planning.queries import comments as queries
from ntm.records.planning.services import comments as services
from ntm.records.planning.services import issuing

_WEIGHTS = {
    "high": _("Phải sửa hoặc giải trình trước khi ban hành"),
    "medium": _("Cần xem lại"),
    "low": _("Nên làm rõ"),
    "info": _("Để biết"),
}


@require_http_methods(["GET", "POST"])
@at_plan
def comments(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Ý kiến góp ý and their answers; a new one by who is asked."""
    form = CommentForm(request.POST or None)
    sentence, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.comment(here.who, here.plan.pk, on=here.on, **form.cleaned_data)
            except (Denied, ValueError) as reason:
                sentence, status = refusal(reason)
            else:
                messages.success(request, gettext("Đã gửi góp ý; cơ quan soạn sẽ trả lời tại đây."))
                return HttpResponseRedirect(here.url("plan_comments"))
    return _comments(request, here, form, sentence, status)


def _comments(
    request: HttpRequest, here: PlanSight, form: CommentForm, sentence: str = "", status: int = 200, **more: object
) -> HttpResponse:
    said = list(queries.said_of(here.who, here.plan, here.on))
    context = {
        "here": here,
        "comments": said,
        "unanswered": sum(one.answered_at is None for one in said),
        "form": form,
        "sentence": sentence,
        "may_comment": here.seen.may_comment,
        "inside": queries.is_inside(here.who, here.plan, here.on),
        **more,
    }
    trail = here.crumbs(Crumb(gettext("Góp ý")))
    tabs = here.tabs("plan_comments")
    return show(request, "desk/plans/comments.html", context, room=ROOM, crumbs=trail, tabs=tabs, status=status)


@require_POST
@at_plan
def answer_comment(request: HttpRequest, here: PlanSight, comment_id: int) -> HttpResponse:
    """Tiếp thu, giải trình."""
    typed = request.POST.get("answer", "")
    try:
        services.answer_comment(here.who, comment_id, answer=typed, on=here.on)
    except (Denied, ValueError) as reason:
        sentence, status = refusal(reason)
        return _comments(request, here, CommentForm(), sentence, status, typed={"pk": comment_id, "answer": typed})
    messages.success(request, gettext("Đã trả lời ý kiến."))
    return HttpResponseRedirect(here.url("plan_comments") + f"#y{comment_id}")


@dataclass
class ShownFinding:
    """Một phát hiện trên trang."""

    finding: Finding
    message: str
    mark: str
    places: list[PlaceLink]
    answer: PlanFindingAnswer | None
    typed: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class Weight:
    """Các phát hiện cùng mức."""

    key: str
    name: str
    findings: list[ShownFinding]


@require_http_methods(["GET", "POST"])
@at_plan
def checks(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Kiểm tra: the rules run now, on the version looked at; an answer in words to each."""
    if not queries.is_inside(here.who, here.plan, here.on):
        here.who.require("plan.comment", here.plan.unit_id, on=here.on)
    stored = checkable.checkable(here.plan, here.no, here.on)
    answers = queries.finding_answers(here.plan, here.no)
    shown = []
    for one in checkable.findings_of(stored):
        mark = checkable.fingerprint(one)
        links = place_links(here, stored, one)
        shown.append(ShownFinding(one, without_lines(one.message), mark, links, answers.get(mark)))
    status = 200
    if request.method == "POST":
        typed, mark = request.POST.get("words", ""), request.POST.get("dau", "")
        chosen = next((one for one in shown if one.mark == mark), None)
        if chosen is None:
            raise ValueError(gettext("Phát hiện này không còn: nội dung vừa được sửa. Tải lại trang."))
        try:
            issuing.answer_finding(here.who, here.plan.pk, chosen.finding, words=typed, on=here.on)
        except (Denied, ValueError) as reason:
            chosen.wrong, status = refusal(reason)
            chosen.typed = typed
        else:
            messages.success(request, gettext("Đã ghi giải trình."))
            return HttpResponseRedirect(here.url("plan_checks") + f"#p{mark[:12]}")
    return _checks(request, here, shown, status)


def _checks(request: HttpRequest, here: PlanSight, shown: list[ShownFinding], status: int) -> HttpResponse:
    living = here.current and here.state in (VersionState.DRAFT, VersionState.REVIEWED)
    weights = []
    for key in SEVERITIES:
        rows = [one for one in shown if one.finding.severity == key]
        if rows:
            name = _WEIGHTS[key] if living or key != "high" else _("Mâu thuẫn chắc chắn")
            weights.append(Weight(key, str(name), rows))
    context: dict[str, Any] = {
        "here": here,
        "weights": weights,
        "count": len(shown),
        "heavy": sum(one.finding.severity == "high" and one.answer is None for one in shown),
        "may": living and here.shown_first and (here.seen.may_draft or here.seen.may_issue),
        "living": living,
    }
    trail = here.crumbs(Crumb(gettext("Kiểm tra")))
    tabs = here.tabs("plan_checks")
    return show(request, "desk/plans/checks.html", context, room=ROOM, crumbs=trail, tabs=tabs, status=status)
