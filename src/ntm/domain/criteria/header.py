"""Dạng ghi của phần đầu bộ tiêu chí: the decision, when it is in force, regions, title rule, scoring."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ntm.domain.criteria.form import JUDGED, LEVELS, read_check, read_reference, read_rule
from ntm.domain.criteria.model import (
    Comparator,
    CriteriaSet,
    Kind,
    Scoring,
    SpecialRule,
    TitleCondition,
    TitleRule,
)
from ntm.domain.instruments.source_file import Entry

__all__ = ["BASES_OF_A_DAY", "TITLE_KINDS", "read_header"]

TITLE_KINDS = ("ntm", "nang_cao", "kieu_mau", "hien_dai", "hoan_thanh", "kdc_kieu_mau")
BASES_OF_A_DAY = ("stated", "derived")
_Pairs = tuple[tuple[str, str], ...]


def read_header(entry: Entry) -> CriteriaSet:
    """All of a set but its criteria."""
    title = entry.need("title").entry()
    decision = entry.need("decision").entry()
    start, end, years = _force(entry)
    totals, totals_source = _totals(entry)
    complete, completeness_note = _completeness(entry)
    regions, groups = _pairs(entry, "regions"), _pairs(entry, "groups")
    header = CriteriaSet(
        code=entry.need("code").text(),
        name=entry.need("name").text(),
        level=entry.need("level").one_of(LEVELS),
        title=title.need("name").text(),
        title_kind=title.need("kind").one_of(TITLE_KINDS),
        decision=read_reference(decision.need("reference")),
        decision_issuer=decision.need("issuer").text(),
        decision_date=decision.maybe_day("date"),
        decision_check=read_check(decision.need("check")),
        start=start[0],
        end=end[0],
        criteria=(),
        title_rule=_title_rule(entry),
        regions=regions,
        groups=groups,
        special_rules=_special_rules(entry, regions),
        extends=entry.maybe_text("extends"),
        province=entry.maybe_text("province"),
        scoring=_scoring(entry),
        complete=complete,
        completeness_note=completeness_note,
        stated_totals=totals,
        notes=entry.maybe_texts("notes"),
        start_basis=start[1],
        end_basis=end[1],
        start_note=start[2],
        end_note=end[2],
        years=years,
        totals_source=totals_source,
    )
    title.close()
    decision.close()
    if header.start and header.end and header.start >= header.end:
        raise entry.wrong("ngày hết hiệu lực phải sau ngày có hiệu lực")
    return header


_Day = tuple[date | None, str, str | None]


def _day_of_force(force: Entry | None, name: str) -> _Day:
    value = force.get(name) if force else None
    if value is None:
        return None, "unknown", None
    entry = value.entry()
    found = entry.need("day").day(), entry.need("basis").one_of(BASES_OF_A_DAY), entry.maybe_text("note")
    if found[1] == "derived" and found[2] is None:
        raise entry.wrong('ngày suy ra ("basis: derived") phải nói suy ra thế nào ở khóa "note"')
    entry.close()
    return found


def _force(entry: Entry) -> tuple[_Day, _Day, tuple[int, int] | None]:
    value = entry.get("force")
    force = value.entry() if value else None
    start, end = _day_of_force(force, "start"), _day_of_force(force, "end")
    years_value = force.get("years") if force else None
    years = None
    if years_value is not None and force is not None:
        found = [item.whole() for item in years_value.items()]
        if len(found) != 2 or found[0] > found[1]:
            raise years_value.wrong("giai đoạn là hai năm, năm đầu trước: [2021, 2025]")
        years = (found[0], found[1])
    if force is not None:
        force.close()
    return start, end, years


def _pairs(entry: Entry, name: str) -> _Pairs:
    found: dict[str, str] = {}
    for item in entry.entries(name):
        code = item.need("code").text()
        if code in found:
            raise item.wrong(f'mã "{code}" viết hai lần')
        found[code] = item.need("name").text()
        item.close()
    return tuple(found.items())


def _special_rules(entry: Entry, regions: _Pairs) -> tuple[SpecialRule, ...]:
    rules = []
    for item in entry.entries("special_rules"):
        region = item.need("region")
        code = region.text()
        if code not in dict(regions):
            raise region.wrong(f'vùng "{code}" không có trong danh sách regions của bộ')
        rules.append(
            SpecialRule(
                statuses=frozenset(item.need("statuses").texts()),
                region=code,
                text=item.need("text").text(),
                reference=read_reference(item.need("reference")),
                check=read_check(item.need("check")),
            )
        )
        item.close()
    return tuple(rules)


def _title_rule(entry: Entry) -> TitleRule:
    value = entry.get("title_rule")
    if value is None:
        return TitleRule()
    inner = value.entry()
    criteria, points = inner.get("criteria"), inner.get("points_required")
    rule = TitleRule(
        criteria=read_rule(criteria) if criteria else "all",
        conditions=tuple(_condition(item) for item in inner.entries("conditions")),
        points_required=points.decimal() if points else None,
        note=inner.maybe_text("note"),
    )
    inner.close()
    codes = [condition.code for condition in rule.conditions]
    if len(codes) != len(set(codes)):
        raise value.wrong("hai điều kiện công nhận trùng mã")
    return rule


def _condition(entry: Entry) -> TitleCondition:
    """Điều kiện công nhận: its level may be missing; a title that must be held is named by its set."""
    kind = Kind(entry.need("kind").one_of(tuple(Kind)))
    value, comparator, title = entry.get("value"), entry.get("comparator"), entry.get("held_title")
    level: Decimal | bool | str | None = None
    if title is not None:
        level = title.text()
    elif kind in JUDGED:
        level = True
    elif value is not None:
        level = value.decimal()
    if value is not None and (title is not None or kind in JUDGED):
        raise value.wrong('điều kiện xét bằng lời hoặc về danh hiệu thì không ghi "value"')
    if kind not in JUDGED and comparator is None:
        raise entry.wrong('thiếu khóa "comparator"')
    of_level = entry.get("of_level")
    condition = TitleCondition(
        code=entry.need("code").text(),
        text=entry.need("text").text(),
        kind=kind,
        comparator=Comparator(comparator.one_of(tuple(Comparator))) if comparator else None,
        value=level,
        measure=entry.maybe_text("measure"),
        reference=read_reference(entry.need("reference")),
        check=read_check(entry.need("check")),
        of_title=entry.maybe_text("of_title"),
        of_level=of_level.one_of(LEVELS) if of_level else None,
        note=entry.maybe_text("note"),
    )
    entry.close()
    if (kind is Kind.TITLE_SHARE) != (condition.of_title is not None and condition.of_level is not None):
        raise entry.wrong('"of_title" và "of_level" có khi và chỉ khi kind là title_share')
    return condition


def _scoring(entry: Entry) -> Scoring | None:
    value = entry.get("scoring")
    if value is None:
        return None
    inner = value.entry()
    scoring = Scoring(
        inner.need("total").decimal(),
        inner.need("required").decimal(),
        read_reference(inner.need("reference")),
        read_check(inner.need("check")),
    )
    if not 0 < scoring.required <= scoring.total:
        raise inner.wrong("điểm phải đạt lớn hơn 0 và không quá tổng điểm")
    inner.close()
    return scoring


def _totals(entry: Entry) -> tuple[tuple[int | None, int | None], str | None]:
    value = entry.get("totals")
    if value is None:
        return (None, None), None
    inner = value.entry()
    totals = inner.maybe_whole("criteria"), inner.maybe_whole("indicators")
    source = inner.maybe_text("source")
    inner.close()
    return totals, source


def _completeness(entry: Entry) -> tuple[bool, str | None]:
    value = entry.get("completeness")
    if value is None:
        return True, None
    inner = value.entry()
    complete, note = inner.need("complete").flag(), inner.maybe_text("note")
    if not complete and note is None:
        raise inner.wrong('bộ chưa đủ phải nói còn thiếu gì ở khóa "note"')
    inner.close()
    return complete, note
