"""Dạng ghi của tiêu chí và chỉ tiêu: from entries of a file to criteria, indicators and levels, strictly.

With a base (the national criterion of a set that is extended) a key that is left out keeps the base's value.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ntm.domain.criteria.extend import merge_levels
from ntm.domain.criteria.model import (
    Check,
    Comparator,
    Criterion,
    Indicator,
    Kind,
    Reference,
    Threshold,
    Wording,
)
from ntm.domain.instruments.source_file import Entry, Value

__all__ = ["COMMON", "JUDGED", "PLAIN_WORD", "Context", "read_check", "read_criterion", "read_reference", "read_rule"]

COMMON = "chung"  # mức chung: a level that is of no region
PLAIN_WORD = "Đạt"
JUDGED = (Kind.YES_NO, Kind.QUALITATIVE)
COMPOSED = (Kind.ALL_OF, Kind.ANY_OF)
LEVELS = ("tinh", "huyen", "xa", "thon")
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Context:
    """What a set declares and its criteria may use. provincial: a set that extends another one."""

    regions: tuple[str, ...]
    groups: tuple[str, ...]
    provincial: bool

    def ordered(self, levels: tuple[Threshold, ...]) -> tuple[Threshold, ...]:
        """The common level first, then region by region, group by group, the oldest first."""
        regions = {None: 0} | {code: number for number, code in enumerate(self.regions, 1)}
        groups = {None: 0} | {code: number for number, code in enumerate(self.groups, 1)}
        return tuple(
            sorted(levels, key=lambda level: (regions[level.region], groups[level.group], level.start or date.min))
        )


def read_reference(value: Value) -> Reference:
    entry = value.entry()
    reference = Reference(entry.need("instrument").text(), entry.maybe_text("locator"))
    entry.close()
    return reference


def read_check(value: Value) -> Check:
    entry = value.entry()
    verified = entry.need("verified").flag()
    check = Check(verified, entry.maybe_text("source"), entry.maybe_day("checked_on"), entry.maybe_text("note"))
    if verified and check.source is None:
        raise entry.wrong('"verified: true" phải ghi nguồn đã đối chiếu ở khóa "source"')
    entry.close()
    return check


def read_rule(value: Value) -> str:
    """Cách tính: "all", "any" or "at_least:N"."""
    rule = value.text()
    name, _, number = rule.partition(":")
    if rule in ("all", "any") or (name == "at_least" and number.isdecimal() and int(number) > 0):
        return rule
    raise value.wrong(f'"{rule}" không đúng; viết "all", "any" hoặc "at_least:N"')


def _level_value(value: Value, kind: Kind) -> tuple[Decimal | bool, str | None]:
    if kind in JUDGED:
        if value.is_number():
            raise value.wrong('chỉ tiêu này xét bằng lời: mức là chữ, ví dụ "Đạt", không phải số')
        words = value.text()
        return True, None if words == PLAIN_WORD else words
    number = value.decimal()
    if kind in (Kind.PERCENT, Kind.TITLE_SHARE) and not 0 <= number <= _HUNDRED:
        raise value.wrong(f"tỷ lệ {number}% nằm ngoài 0-100")
    return number, None


def _levels(entry: Entry, kind: Kind, context: Context) -> list[Threshold]:
    """One level per region and group that an entry names."""
    value, words = _level_value(entry.need("value"), kind)
    regions = entry.need("regions")
    codes = regions.texts()
    for code in codes:
        if code != COMMON and code not in context.regions:
            raise regions.wrong(f'vùng "{code}" không có trong danh sách regions của bộ')
    groups = entry.get("groups")
    group_codes: tuple[str | None, ...] = groups.texts() if groups else (None,)
    for group in group_codes:
        if group is not None and group not in context.groups and groups is not None:
            raise groups.wrong(f'nhóm xã "{group}" không có trong danh sách groups của bộ')
    start, end = entry.maybe_day("from"), entry.maybe_day("to")
    if start and end and start >= end:
        raise entry.wrong(f'"from" {start} phải trước "to" {end} (ngày "to" không còn áp dụng)')
    reference, check = read_reference(entry.need("reference")), read_check(entry.need("check"))
    entry.close()
    if not codes or not group_codes:
        raise entry.wrong(f'danh sách vùng hoặc nhóm xã rỗng; mức chung ghi regions: ["{COMMON}"]')
    return [
        Threshold(
            value=value,
            reference=reference,
            check=check,
            region=None if code == COMMON else code,
            group=group,
            start=start,
            end=end,
            words=words,
            provincial=context.provincial,
        )
        for code in codes
        for group in group_codes
    ]


def _overlap(one: Threshold, other: Threshold) -> bool:
    if (one.region, one.group) != (other.region, other.group):
        return False
    before = one.end is not None and other.start is not None and one.end <= other.start
    after = other.end is not None and one.start is not None and other.end <= one.start
    return not before and not after


def _read_levels(entry: Entry, kind: Kind, context: Context) -> tuple[Threshold, ...]:
    found: list[Threshold] = []
    for item in entry.entries("levels"):
        for level in _levels(item, kind, context):
            if any(_overlap(level, other) for other in found):
                place = level.region or COMMON
                raise item.wrong(f'vùng "{place}" có hai mức trong cùng một khoảng ngày; chia lại "from" và "to"')
            found.append(level)
    return tuple(found)


def _wording(entry: Entry) -> Wording:
    wording = Wording(
        entry.need("text").text(),
        entry.need("from").day(),
        read_reference(entry.need("reference")),
        read_check(entry.need("check")),
    )
    entry.close()
    return wording


def _relative(entry: Entry) -> tuple[str, str] | None:
    value = entry.get("relative_to")
    if value is None:
        return None
    inner = value.entry()
    pair = (inner.need("set").text(), inner.need("indicator").text())
    inner.close()
    return pair


def _comparator(entry: Entry, kind: Kind, base: Indicator | None) -> Comparator | None:
    value = entry.get("comparator")
    if kind in JUDGED or kind in COMPOSED:
        if value is not None:
            raise value.wrong("chỉ tiêu xét bằng lời hoặc gồm nhiều nội dung thì không ghi phép so sánh")
        return Comparator.EQ if kind is Kind.YES_NO else None
    if value is None:
        if base is None or base.comparator is None:
            raise entry.wrong('thiếu khóa "comparator" (một trong >=, >, <=, <, =)')
        return base.comparator
    return Comparator(value.one_of(tuple(Comparator)))


def _measure(entry: Entry, kind: Kind, base: Indicator | None) -> str | None:
    value = entry.get("measure")
    if kind in JUDGED or kind in COMPOSED:
        if value is not None:
            raise value.wrong("chỉ tiêu xét bằng lời hoặc gồm nhiều nội dung thì không có đơn vị tính")
        return None
    if value is None:
        if base is None or base.measure is None:
            raise entry.wrong('thiếu khóa "measure" (đơn vị tính, ví dụ "%")')
        return base.measure
    return value.text()


def _missing_regions(entry: Entry, levels: tuple[Threshold, ...], context: Context) -> frozenset[str]:
    value = entry.get("missing_regions")
    if value is None:
        return frozenset()
    codes = value.texts()
    for code in codes:
        if code != COMMON and code not in context.regions:
            raise value.wrong(f'vùng "{code}" không có trong danh sách regions của bộ')
        if any((level.region or COMMON) == code for level in levels):
            raise value.wrong(f'vùng "{code}" vừa có mức vừa ghi là thiếu')
    return frozenset(codes)


def read_indicator(entry: Entry, context: Context, base: Indicator | None = None) -> Indicator:
    """Chỉ tiêu: an indicator; with a base, what is left out stays as the base has it."""
    kind_value = entry.get("kind")
    if kind_value is None and base is None:
        raise entry.wrong('thiếu khóa "kind" (loại chỉ tiêu)')
    kind = Kind(kind_value.one_of(tuple(Kind))) if kind_value else base.kind if base else Kind.NUMBER
    if kind in COMPOSED and entry.get("levels") is not None:
        raise entry.wrong("chỉ tiêu gồm nhiều nội dung: mức ghi ở từng nội dung (parts), không ghi ở đây")
    own_levels = _read_levels(entry, kind, context)
    parts = tuple(read_indicator(item, context) for item in entry.entries("parts"))
    relative, of_title, of_level = _relative(entry), entry.maybe_text("of_title"), entry.get("of_level")
    points, amendments = entry.get("max_points"), tuple(_wording(item) for item in entry.entries("amendments"))
    reference, check = entry.get("reference"), entry.get("check")
    if base is None and (reference is None or check is None):
        raise entry.wrong('chỉ tiêu phải có "reference" và "check"')
    not_considered, not_considered_check = entry.maybe_text("not_considered_when"), entry.get("not_considered_check")
    if not_considered is None and not_considered_check is not None:
        raise not_considered_check.wrong('có "not_considered_check" mà không có "not_considered_when"')
    inherited = base or _EMPTY
    indicator = Indicator(
        code=entry.need("code").text(),
        text=entry.maybe_text("text") or (base.text if base else entry.need("text").text()),
        kind=kind,
        comparator=_comparator(entry, kind, base),
        measure=_measure(entry, kind, base),
        thresholds=context.ordered(
            merge_levels(inherited.thresholds, own_levels, context.regions) if base else own_levels
        ),
        reference=read_reference(reference) if reference else inherited.reference,
        check=read_check(check) if check else inherited.check,
        threshold_missing=entry.maybe_flag("threshold_missing") or inherited.threshold_missing,
        missing_regions=_missing_regions(entry, own_levels, context) or inherited.missing_regions,
        delegated_to=entry.maybe_text("delegated_to") or inherited.delegated_to,
        parts=parts or inherited.parts,
        relative_to=relative or inherited.relative_to,
        of_title=of_title or inherited.of_title,
        of_level=of_level.one_of(LEVELS) if of_level else inherited.of_level,
        not_considered_when=not_considered or inherited.not_considered_when,
        evidence=entry.maybe_texts("evidence") or inherited.evidence,
        max_points=points.decimal() if points else inherited.max_points,
        sex_disaggregated=entry.maybe_flag("sex_disaggregated") or inherited.sex_disaggregated,
        start=entry.maybe_day("from") or inherited.start,
        end=entry.maybe_day("to") or inherited.end,
        note=entry.maybe_text("note") or inherited.note,
        not_considered_check=read_check(not_considered_check)
        if not_considered_check
        else inherited.not_considered_check,
        amendments=amendments or inherited.amendments,
        provincial=context.provincial,
    )
    entry.close()
    _fits(entry, indicator)
    return indicator


def _fits(entry: Entry, indicator: Indicator) -> None:
    """What a kind must have, and must not have."""
    if (indicator.kind in COMPOSED) != bool(indicator.parts):
        raise entry.wrong('"parts" có khi và chỉ khi kind là all_of hoặc any_of')
    if (indicator.kind is Kind.RATIO) != (indicator.relative_to is not None):
        raise entry.wrong('"relative_to" có khi và chỉ khi kind là ratio')
    share = indicator.kind is Kind.TITLE_SHARE
    if share != (indicator.of_title is not None) or share != (indicator.of_level is not None):
        raise entry.wrong('"of_title" và "of_level" có khi và chỉ khi kind là title_share')
    if indicator.start and indicator.end and indicator.start >= indicator.end:
        raise entry.wrong('"from" phải trước "to"')
    stated = indicator.thresholds or indicator.parts or indicator.delegated_to
    if not stated and not indicator.threshold_missing:
        raise entry.wrong('chưa có mức: ghi "levels", hoặc "delegated_to", hoặc "threshold_missing: true"')


def read_criterion(entry: Entry, context: Context, base: Criterion | None = None) -> Criterion:
    """Tiêu chí: a numbered criterion. In a set that extends another, `base` is its criterion of that number."""
    check = entry.get("check")
    rule = entry.get("rule")
    own = [(item, read_indicator(item, context, _base_indicator(item, base))) for item in entry.entries("indicators")]
    seen: set[str] = set()
    for item, indicator in own:
        if indicator.code in seen:
            raise item.wrong(f'chỉ tiêu "{indicator.code}" viết hai lần')
        seen.add(indicator.code)
    name = entry.maybe_text("name")
    number = entry.need("number").whole()
    if base is None and (name is None or check is None):
        raise entry.wrong('tiêu chí phải có "name" và "check"')
    criterion = Criterion(
        no=number,
        name=name or (base.name if base else ""),
        indicators=_merged_indicators(base, [indicator for _, indicator in own]),
        check=read_check(check) if check else (base.check if base else _EMPTY.check),
        rule=read_rule(rule) if rule else (base.rule if base else "all"),
        note=entry.maybe_text("note") or (base.note if base else None),
        provincial=context.provincial and (base is None or name is not None),
    )
    entry.close()
    return criterion


def _base_indicator(entry: Entry, base: Criterion | None) -> Indicator | None:
    code = entry.need("code").text()
    if base is None:
        return None
    return next((indicator for indicator in base.indicators if indicator.code == code), None)


def _merged_indicators(base: Criterion | None, own: list[Indicator]) -> tuple[Indicator, ...]:
    """The base's indicators in their order, replaced where changed; then the added ones."""
    if base is None:
        return tuple(own)
    changed = {indicator.code: indicator for indicator in own}
    kept = [changed.pop(indicator.code, indicator) for indicator in base.indicators]
    return (*kept, *changed.values())


_EMPTY = Indicator(
    code="", text="", kind=Kind.YES_NO, comparator=None, measure=None, thresholds=(),
    reference=Reference(""), check=Check(False),
)  # fmt: skip
