"""Số đếm từ sổ: what plans promise by name and the registers can tell on a day; nothing recorded is no figure, not zero."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from ntm.domain.targets.ocop import FEWEST_STARS
from ntm.records.planning.models import Plan
from ntm.records.planning.queries import days
from ntm.records.registers.models import Cooperative, EntrySet, OcopProduct, ProductionModel, TrainingClass
from ntm.records.registers.queries import areas
from ntm.records.registers.queries.entries import with_stars

__all__ = [
    "classes_held",
    "cooperatives_living",
    "counted",
    "counted_for_plan",
    "counted_for_unit",
    "products_with_stars",
]


def counted(unit_id: int, year: int, on: date, *, year_to: int | None = None) -> dict[str, Decimal]:
    """Mã chỉ số -> số của đơn vị và cấp dưới đến ngày đó, for plan_progress(counted=...).

    Classes, trainees, models, projects and cooperatives: those that began in the plan's years. OCOP: products that hold
    three stars or more on the day. A register without any entry there up to the day gives no figure.
    """
    area = areas.within(unit_id, on)
    begun = Q(start__gte=date(year, 1, 1), start__lte=min(on, date(year_to or year, 12, 31)))
    found: dict[str, Decimal | int | None] = {}
    found |= _training(area, begun, on)
    found |= _models(area, begun, on)
    found |= _cooperatives(area, begun, on)
    found |= _products(area, on)
    return {code: Decimal(value) for code, value in found.items() if value is not None}


def counted_for_plan(plan: Plan, on: date) -> dict[str, Decimal]:
    """Số đếm cho một kế hoạch: of its unit, over its years."""
    return counted(plan.unit_id, plan.year, on, year_to=plan.year_to)


def counted_for_unit(unit_id: int, on: date) -> dict[int, dict[str, Decimal]]:
    """Kế hoạch -> số đếm: the issued plans of the unit whose years hold the day, for one_page(counted=...)."""
    rows = Plan.objects.filter(unit_id=unit_id, year__lte=on.year, year_to__gte=on.year)
    plans = days.with_issued(rows, on).order_by("pk")
    by_years: dict[tuple[int, int], dict[str, Decimal]] = {}
    found = {}
    for plan in plans:  # a handful; those of the same years are counted once
        years = (plan.year, plan.year_to)
        if years not in by_years:
            by_years[years] = counted_for_plan(plan, on)
        found[plan.pk] = by_years[years]
    return found


def products_with_stars(unit_id: int | None, on: date, fewest: int = FEWEST_STARS) -> EntrySet:
    """Sản phẩm OCOP đang giữ từ bấy nhiêu sao vào ngày đó; its latest stars count, while they hold."""
    rows = OcopProduct.objects.current().filter(areas.within(unit_id, on), start__lte=on)
    rows = with_stars(rows.annotate(identity=Coalesce("first_id", "id")), on)
    return rows.filter(stars__gte=fewest, stars_until__gt=on).order_by("-stars", "title", "pk")


def cooperatives_living(unit_id: int | None, on: date) -> EntrySet:
    """Hợp tác xã, tổ hợp tác đang hoạt động vào ngày đó: founded, not yet dissolved."""
    rows = Cooperative.objects.current().filter(areas.within(unit_id, on), start__lte=on)
    return rows.filter(Q(end__isnull=True) | Q(end__gt=on)).order_by("title", "pk")


def classes_held(unit_id: int | None, year: int, on: date) -> EntrySet:
    """Lớp tập huấn, đào tạo mở trong năm, đến ngày đó."""
    rows = TrainingClass.objects.current().filter(areas.within(unit_id, on))
    return rows.filter(start__gte=date(year, 1, 1), start__lte=min(on, date(year, 12, 31))).order_by("start", "pk")


def _training(area: Q, begun: Q, on: date) -> dict[str, Any]:
    rows = TrainingClass.objects.current().filter(area, start__lte=on)
    told = rows.aggregate(
        every=Count("pk"),
        classes=Sum("classes", filter=begun),
        trainees=Sum("participants", filter=begun),
        here=Count("pk", filter=begun),
        named=Count("participants", filter=begun),
    )
    if not told["every"]:
        return {}
    known = told["named"] or not told["here"]  # classes held, and nobody's number told: no figure
    return {"training": told["classes"] or 0, "trainees": (told["trainees"] or 0) if known else None}


def _models(area: Q, begun: Q, on: date) -> dict[str, Any]:
    kind = ProductionModel.Kind
    rows = ProductionModel.objects.current().filter(area, start__lte=on)
    told = rows.aggregate(
        models_ever=Count("pk", filter=Q(kind=kind.MODEL)),
        projects_ever=Count("pk", filter=Q(kind=kind.PROJECT)),
        models=Count("pk", filter=begun & Q(kind=kind.MODEL)),
        projects=Count("pk", filter=begun & Q(kind=kind.PROJECT)),
    )
    return {code: told[code] if told[f"{code}_ever"] else None for code in ("models", "projects")}


def _cooperatives(area: Q, begun: Q, on: date) -> dict[str, Any]:
    kinds = (Cooperative.Kind.COOPERATIVE, Cooperative.Kind.UNION)  # tổ hợp tác is no cooperative
    rows = Cooperative.objects.current().filter(area, start__lte=on, kind__in=kinds)
    living = Q(end__isnull=True) | Q(end__gt=on)
    told = rows.aggregate(every=Count("pk"), new=Count("pk", filter=begun & living))
    return {"cooperatives": told["new"]} if told["every"] else {}


def _products(area: Q, on: date) -> dict[str, Any]:
    rows = OcopProduct.objects.current().filter(area, start__lte=on).annotate(identity=Coalesce("first_id", "id"))
    told = with_stars(rows, on).aggregate(
        every=Count("pk"), held=Count("pk", filter=Q(stars__gte=FEWEST_STARS, stars_until__gt=on))
    )
    return {"ocop": told["held"]} if told["every"] else {}
