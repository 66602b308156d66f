"""Phân khai: what each lower unit was given of each target, what is left, who has answered; given by hand or at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.plans.place import ROOM, PlanSight, at_plan
from ntm.faces.desk.rooms.targets import words
from ntm.faces.desk.rooms.targets.place import back, deed, number_or_none, picked, refused_sentence, whole
from ntm.faces.desk.rooms.units.words import capital
from ntm.records.planning import derivation
from ntm.records.planning.models import TargetShare
from ntm.records.planning.queries import cascade as trees
from ntm.records.planning.queries.cascade import Branch, TargetTree
from ntm.records.planning.services import cascade as services
from ntm.records.planning.services import targets as target_services
from ntm.records.planning.services.seen import mark_of
from ntm.records.standing import descent
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["NAME_ONLY", "cascade", "explain", "give", "parcel_out", "remove", "spread"]

NAME_ONLY = "tên"  # typed in place of a figure: the unit is named, no figure is given


@dataclass(frozen=True)
class TreeShown:
    """Một chỉ tiêu trong bảng tổng hợp."""

    tree: TargetTree
    url: str
    whole: str
    given: str
    residual: str
    state: str
    warn: bool


@dataclass(frozen=True)
class BranchShown:
    """Một đơn vị trong cây: a unit without a share stands there too while one may be given."""

    unit: UnitLabel
    depth: int
    share: TargetShare | None
    value: str
    given: str
    residual: str
    over: bool
    top: bool
    said: str = ""  # the answer it had on the day
    seen: str = ""  # the mark of the share that the page shows
    was: str = ""  # the share before the amendment, where it was another one
    typed: str = ""  # what its field shows

    @property
    def answer(self) -> tuple[str, Any]:
        return words.ANSWERS[self.said] if self.share else ("", "")


@require_GET
@at_plan
def cascade(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Bảng phân khai; ?chi-tieu= opens the tree of one target."""
    return _page(request, here, whole(request.GET.get("chi-tieu", "")))


def _page(
    request: HttpRequest, here: PlanSight, asked: int | None, kept: dict[int, str] | None = None, sentence: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """`kept`: what was typed and refused stays in its fields."""
    found = trees.tree(here.plan, here.no, here.on)
    chosen = next((one for one in found if one.target.pk == asked), found[0] if len(found) == 1 else None)
    branches = _branches(here, chosen) if chosen else []
    context: dict[str, Any] = {
        "here": here,
        "rows": [_shown(here, one) for one in found],
        "chosen": _shown(here, chosen) if chosen else None,
        "branches": [replace(one, typed=(kept or {}).get(one.unit.id, one.value)) for one in branches],
        "name_only": NAME_ONLY,
        "averaged": chosen is not None and chosen.target.subject in derivation.AVERAGED,
        "sentence": sentence,
        "deadline_words": request.POST.get("deadline_words", ""),
    }
    return show(
        request, "desk/targets/cascade.html", context, room=ROOM, crumbs=here.crumbs(Crumb(gettext("Phân khai"))),
        tabs=here.tabs("plan_cascade"), status=status,
    )  # fmt: skip


def _shown(here: PlanSight, tree: TargetTree) -> TreeShown:
    address = here.url("plan_cascade")
    return TreeShown(
        tree,
        f"{address}{'&' if '?' in address else '?'}chi-tieu={tree.target.pk}#cay",
        words.level_words(tree.target),
        words.figure(tree.given),
        words.figure(tree.residual),
        words.share_state(tree),
        bool(tree.objected) or not tree.balanced,
    )


def _branches(here: PlanSight, tree: TargetTree) -> list[BranchShown]:
    """Cây của một chỉ tiêu, district then its communes; those without a share only where the draft may be changed."""
    area = derivation.Area.of(here.plan.unit_id, here.on, here.plan.set.level if here.plan.set else "xa")
    known = {branch.unit.id: branch for branch in tree.branches}
    below = {one.unit.id: one for branch in tree.branches for one in branch.below}
    if not here.editable:
        return [one for branch in tree.branches for one in _lines(branch, branch.below)]
    labels = units.labels({*area.units, *area.middle, *known}, here.on)
    under: dict[int, list[int]] = {}
    for one in sorted(area.counted | (below.keys() & set(area.units)) | (known.keys() & set(area.units))):
        under.setdefault(area.upper_of.get(one, 0), []).append(one)
    found: list[BranchShown] = []
    for district in _named(area.middle, labels):
        branch = known.get(district) or Branch(labels[district], None)
        lower = [below.get(one) or Branch(labels[one], None) for one in _named(under.get(district, []), labels)]
        found += _lines(branch, lower)
    rest = [one for one in {*under.get(0, []), *known} if one not in area.middle]
    for one in _named(rest, labels):
        found += _lines(known.get(one) or Branch(labels[one], None), ())
    return found


def _named(ids: Any, labels: dict[int, UnitLabel]) -> list[int]:
    return sorted(ids, key=lambda one: descent.order(labels[one]))


def _lines(branch: Branch, below: Any) -> Iterator[BranchShown]:
    yield _line(branch, 0, top=bool(below))
    for one in below:
        yield _line(one, 1, top=False)


def _line(branch: Branch, depth: int, *, top: bool) -> BranchShown:
    share = branch.share
    value = "" if share is None else (words.figure(share.value) if share.value is not None else NAME_ONLY)
    older = share.replaces if share is not None else None
    was = ""
    if share is not None and older is not None and older.terms != share.terms:
        was = words.figure(older.value) if older.value != share.value else words.due_words(older)
    return BranchShown(
        branch.unit, depth, share, value, words.figure(branch.given), words.figure(branch.residual), branch.over, top,
        branch.answer, mark_of(map(str, share.terms)) if share is not None else "", was or "",
    )  # fmt: skip


@deed("plan_cascade")
def parcel_out(request: HttpRequest, here: PlanSight) -> str:
    """Phân bổ toàn kế hoạch: one action for every target that the cells or the shares bear out."""
    done = services.cascade(here.who, here.plan.pk, on=here.on)
    said = gettext("Đã phân bổ: %(made)s phần mới, %(changed)s phần đổi, %(same)s phần giữ nguyên.") % {
        "made": done.made,
        "changed": done.changed,
        "same": done.same,
    }
    if done.without:
        said += " " + gettext("%(n)s chỉ tiêu không suy ra được từ bảng: giao bằng tay.") % {"n": len(done.without)}
    return said


@require_POST
@at_plan
def give(request: HttpRequest, here: PlanSight, target_id: int) -> HttpResponse:
    """Ghi phần giao: only what was changed on the page is written; what was emptied is no longer given."""
    typed = {
        unit: words.strip()
        for name, words in request.POST.items()
        if name.startswith("v-") and (unit := whole(name.removeprefix("v-"))) is not None
    }
    try:
        messages.success(request, _give(request, here, target_id, typed))
    except (ValueError, PermissionError) as reason:
        sentence, status = refused_sentence(reason)
        return _page(request, here, target_id, typed, sentence, status)
    return back(here, "plan_cascade", f"chi-tieu={target_id}")


@transaction.atomic
def _give(request: HttpRequest, here: PlanSight, target_id: int, typed: dict[int, str]) -> str:
    changed = {unit: text for unit, text in typed.items() if text != request.POST.get(f"was-{unit}", "")}
    if not changed:
        raise ValueError(gettext("Chưa có phần giao nào được gõ khác đi."))
    wanted = {unit: _value(text, unit, here) for unit, text in changed.items() if text}
    gone = [unit for unit, text in changed.items() if not text]
    deadline = request.POST.get("deadline_words", "").strip()
    seen = {unit: request.POST[f"seen-{unit}"] for unit in changed if f"seen-{unit}" in request.POST}
    if gone:
        mine = {unit: seen[unit] for unit in gone if unit in seen}
        services.remove_shares(here.who, here.plan.pk, target_id, gone, on=here.on, seen=mine)
    if wanted:
        mine = {unit: seen[unit] for unit in wanted if unit in seen}
        services.give_shares(here.who, here.plan.pk, target_id, wanted, on=here.on, deadline_words=deadline, seen=mine)
    return gettext("Đã ghi phần giao: %(given)s đơn vị; thôi giao %(gone)s.") % {
        "given": len(wanted),
        "gone": len(gone),
    }


def _value(typed: str, unit: int, here: PlanSight) -> Decimal | None:
    if typed.strip().lower() in (NAME_ONLY, "ten", "x"):
        return None
    try:
        return number_or_none(typed)
    except ValueError as reason:
        raise ValueError(f"{capital(units.label(unit, here.on).title)}: {reason}") from reason


@deed("plan_cascade")
def spread(request: HttpRequest, here: PlanSight, target_id: int) -> str:
    """Chia đều cho các đơn vị đã chọn."""
    chosen = picked(request.POST.getlist("don-vi"))
    if not chosen:
        raise ValueError(gettext("Đánh dấu các đơn vị để chia đều."))
    deadline = request.POST.get("deadline_words", "").strip()
    made = services.spread_shares(here.who, here.plan.pk, target_id, chosen, on=here.on, deadline_words=deadline)
    return gettext("Đã chia đều cho %(n)s đơn vị.") % {"n": len(made)}


@deed("plan_cascade")
def remove(request: HttpRequest, here: PlanSight, target_id: int) -> str:
    """Thôi giao cho các đơn vị đã chọn."""
    chosen = picked(request.POST.getlist("don-vi"))
    gone = services.remove_shares(here.who, here.plan.pk, target_id, chosen, on=here.on)
    return gettext("Đã thôi giao cho %(n)s đơn vị.") % {"n": gone}


@deed("plan_cascade")
def explain(request: HttpRequest, here: PlanSight, target_id: int) -> str:
    """Vì sao phần giao chưa bằng tổng."""
    reason = request.POST.get("reason", "")
    target_services.explain_residual(here.who, here.plan.pk, target_id, reason=reason, on=here.on)
    return gettext("Đã ghi lý do.") if reason.strip() else gettext("Đã bỏ lý do.")
