"""Xem thử mẫu: filled from a plan, or a meeting, of one's own."""

from __future__ import annotations

from datetime import date

from ntm.domain.documents.writing.content import AnyDocument
from ntm.records.archive.models import OfficeTemplate, TemplateKind
from ntm.records.people.authority import Actor
from ntm.records.planning import minutes, written
from ntm.records.planning.models import Meeting, Plan, PlanVersion
from ntm.records.planning.queries import plans, progress
from ntm.records.registers.queries import counting

__all__ = ["filled_from", "tried_on"]

_MOST = 30
Choice = tuple[int, str]


def tried_on(who: Actor, template: OfficeTemplate, on: date) -> list[Choice]:
    """Kế hoạch hoặc cuộc họp của đơn vị để xem thử, the newest first."""
    if template.kind == TemplateKind.MINUTES:
        if not who.allows("task.read", template.unit_id, on=on):
            return []
        meetings = Meeting.objects.filter(unit_id=template.unit_id, on__lte=on).order_by("-on", "-pk")[:_MOST]
        return [(one.pk, f"{one.title} · {one.on:%d/%m/%Y}") for one in meetings]
    rows = plans.visible(who, on).filter(unit_id=template.unit_id).order_by("-year", "-pk")[:_MOST]
    return [(one.pk, f"{one.get_kind_display()[:1].upper()}{one.get_kind_display()[1:]} {one.year}") for one in rows]


def filled_from(who: Actor, template: OfficeTemplate, chosen: int, on: date) -> AnyDocument | None:
    """Văn bản để điền thử; None where the choice is none of those offered."""
    if chosen not in dict(tried_on(who, template, on)):
        return None
    if template.kind == TemplateKind.MINUTES:
        return minutes.paper(minutes.minutes(Meeting.objects.select_related("body").get(pk=chosen)))
    seen = plans.get(who, chosen, on)
    return _of_plan(TemplateKind(template.kind), seen.plan, seen.version, on)


def _of_plan(kind: TemplateKind, plan: Plan, version: PlanVersion, on: date) -> AnyDocument:
    if kind == TemplateKind.DECISION:
        return written.issuing_decision(plan, version.no, on)
    if kind == TemplateKind.LETTER:
        return written.opinion_letter(plan, version.no, on)
    if kind == TemplateKind.REPORT:
        counted = counting.counted_for_plan(plan, on)
        return written.report_skeleton(
            plan, version.no, progress.plan_progress(plan.pk, on, no=version.no, counted=counted)
        )
    return written.plan_document(plan, version.no, on)
