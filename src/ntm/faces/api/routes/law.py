"""Bộ tiêu chí: the sets known here, and one whole set as data."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from ntm.domain.criteria.model import Indicator, Threshold
from ntm.records.standing import registry
from ntm.records.standing.models import RegisteredSet

router = Router(tags=["criteria"])


class SetHead(Schema):
    code: str
    hash: str
    name: str
    level: str
    title_kind: str
    province_code: str
    start: date | None
    end: date | None


class LevelOut(Schema):
    """Mức: `value` as text so that no figure is cut; `checked` whether anybody compared it with the law."""

    value: str
    region: str | None
    group: str | None
    start: date | None
    end: date | None
    instrument: str
    locator: str | None
    checked: bool


class IndicatorOut(Schema):
    code: str
    text: str
    kind: str
    comparator: str | None
    measure: str | None
    levels: list[LevelOut]
    delegated_to: str | None
    level_missing: bool
    parts: list[IndicatorOut]


class CriterionOut(Schema):
    no: int
    name: str
    indicators: list[IndicatorOut]


class SetOut(SetHead):
    instrument: str
    extends: str | None
    complete: bool
    criteria: list[CriterionOut]


def _level(one: Threshold) -> LevelOut:
    value = ("đạt" if one.value else "chưa đạt") if isinstance(one.value, bool) else str(one.value)
    return LevelOut(
        value=value,
        region=one.region,
        group=one.group,
        start=one.start,
        end=one.end,
        instrument=one.reference.instrument,
        locator=one.reference.locator,
        checked=one.check.verified,
    )


def _indicator(one: Indicator) -> IndicatorOut:
    return IndicatorOut(
        code=one.code,
        text=one.text,
        kind=one.kind.value,
        comparator=one.comparator.value if one.comparator else None,
        measure=one.measure,
        levels=[_level(level) for level in one.thresholds],
        delegated_to=one.delegated_to,
        level_missing=one.threshold_missing,
        parts=[_indicator(part) for part in one.parts],
    )


@router.get("/criteria", response=list[SetHead], summary="Các bộ tiêu chí; `on`: chỉ những bộ áp dụng ngày ấy")
def list_sets(request: HttpRequest, on: date | None = None, level: str | None = None):
    rows = RegisteredSet.objects.filter(current=True).order_by("level", "code")
    if level:
        rows = rows.filter(level=level)
    return [one for one in rows if on is None or ((one.start or on) <= on and (one.end is None or on < one.end))]


@router.get("/criteria/{code}", response=SetOut, summary="Một bộ tiêu chí, đủ mức và dẫn chiếu")
def one_set(request: HttpRequest, code: str):
    row = registry.by_code(code)
    whole = registry.content(row)
    criteria = [
        CriterionOut(no=one.no, name=one.name, indicators=[_indicator(each) for each in one.indicators])
        for one in whole.criteria
    ]
    head = SetHead.from_orm(row).dict()
    return SetOut(
        **head,
        instrument=whole.decision.instrument,
        extends=whole.extends,
        complete=whole.complete,
        criteria=criteria,
    )
