"""Biểu 01: what each district had at the end of last year and shall have at the end of this one, from standing and shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import F

from ntm.domain.documents.writing.content import Table
from ntm.domain.documents.writing.tables import UnitLine, unit_table
from ntm.records.planning.as_document.parts import PlanParts, exact
from ntm.records.planning.models import Mode, PlanTarget, Subject
from ntm.records.standing.models import TitleHeld
from ntm.records.standing.queries import rollup
from ntm.records.units import queries as units
from ntm.records.units.models.dated import on_day

__all__ = ["unit_annex"]

_UPPER_OF_COMMUNES = ("tinh",)


def unit_annex(parts: PlanParts) -> tuple[str, Table] | None:
    """Biểu kế hoạch theo huyện; only for a province that had districts, and only under a set of communes."""
    row = parts.plan.set
    if parts.plan.level not in _UPPER_OF_COMMUNES or row is None or row.level != "xa" or not parts.targets:
        return None
    before = date(parts.plan.year - 1, 12, 31)
    have = rollup.rollup(parts.plan.unit_id, row, min(before, parts.on))
    districts = [line for line in have.rows if line.unit is not None and line.unit.level == "huyen"]
    if not districts:
        return None
    villages = _village_titles(parts, min(before, parts.on))
    planned = _planned(parts)
    lines = []
    for line in districts:
        assert line.unit is not None  # filtered above
        lines.append(_line(line, line.unit.id, line.unit.title, villages, planned))
    total = UnitLine("", average=(have.total.average, _whole(parts, Subject.AVERAGE)))
    title = f"Chỉ tiêu kế hoạch giao các địa phương năm {parts.plan.year}"
    return title, unit_table(lines, parts.plan.year, total)


Gains = dict[tuple[str, int], Decimal]  # (what, district) -> how many more, or the level


def _line(
    line: rollup.RollupRow, district: int, title: str, villages: dict[tuple[int, str], int], planned: Gains
) -> UnitLine:
    def pair(now: int, key: str) -> tuple[int, int]:
        more, level = planned.get((key, district)), planned.get((f"{key}.total", district))
        if level is None:
            return now, now + int(more or 0)
        return int(level - more) if more is not None and more <= level else now, int(level)

    communes = line.titles.get("ntm", rollup.TitleCount()).cumulative
    advanced = line.titles.get("nang_cao", rollup.TitleCount()).cumulative
    low = planned.get(("under", district))
    return UnitLine(
        title[:1].upper() + title[1:],
        villages=pair(villages.get((district, "ntm"), 0), "thon.ntm"),
        model_villages=pair(villages.get((district, "kieu_mau"), 0), "thon.kieu_mau"),
        average=(line.average, planned.get(("average", district))),
        under_ten=(line.low, int(low) if low is not None else None),
        communes=pair(communes, "xa.ntm"),
        advanced=pair(advanced, "xa.nang_cao"),
    )


def _village_titles(parts: PlanParts, on: date) -> dict[tuple[int, str], int]:
    """(district, title) -> villages that hold it on the day: one query."""
    inside = units.positions_within(parts.plan.unit_id, on, "thon")
    held = TitleHeld.objects.filter(on_day(on), level="thon", unit__positions__in=inside)
    rows = held.annotate(district=F("unit__positions__district_id")).values_list("title_kind", "unit_id", "district")
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    for kind, unit, district in rows:
        if district is not None:
            found[district, kind].add(unit)
    return {key: len(units_of) for key, units_of in found.items()}


def _planned(parts: PlanParts) -> Gains:
    """What the shares give each district: by its own share, or by the communes and villages named in it."""
    found: Gains = {}
    for target in parts.targets:
        key = _key(target)
        if key is None:
            continue
        counts: dict[int, Decimal] = defaultdict(Decimal)
        own: dict[int, Decimal] = {}
        for share in parts.shares.get(target.pk, ()):
            label = parts.labels[share.unit_id]
            if label.level == "huyen":
                if share.value is not None:
                    own[share.unit_id] = exact(share.value) or Decimal(0)
            else:
                upper = next((one.id for one in label.ancestors if one.level == "huyen"), None)
                if upper is not None:
                    counts[upper] += 1
        for district in {*own, *counts}:
            found.setdefault((key, district), own.get(district, counts[district]))
    return found


def _key(target: PlanTarget) -> str | None:
    if target.subject == Subject.TITLE and target.mode != Mode.KEEP:
        of_title = f"{target.title_level}.{target.title_kind}"
        return f"{of_title}.total" if target.mode == Mode.TOTAL else of_title
    if target.subject == Subject.AVERAGE and target.mode == Mode.TOTAL:
        return "average"
    if target.subject == Subject.UNDER and target.mode == Mode.TOTAL:
        return "under"
    return None


def _whole(parts: PlanParts, subject: Subject) -> Decimal | None:
    values: Iterable[Decimal | None] = (
        exact(one.value) for one in parts.targets if one.subject == subject and one.mode == Mode.TOTAL
    )
    return next((value for value in values if value is not None), None)
