"""Nạp nguồn vốn: strictly, from YAML; nothing twice, no unknown key, no float."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from ntm.domain.funds.model import Community, FundKind, MoneyRule, Period, Source, SourceGroup, YearRule
from ntm.domain.instruments.source_file import Entry, SourceError, read

__all__ = ["SourceError", "load_period", "load_rules"]

LEVELS = ("trung_uong", "tinh", "huyen", "xa")


def load_period(text: str, file: str) -> Period:
    """Một giai đoạn với các nguồn của nó."""
    entry = read(text, file)
    start, end = entry.need("start").day(), entry.need("end").day()
    if start >= end:
        raise entry.wrong("ngày kết thúc giai đoạn phải sau ngày bắt đầu")
    reference, verified = entry.need("reference").text(), entry.need("verified").flag()
    found: dict[str, Source] = {}
    for item in entry.entries("sources"):
        source = _source(item, start, end)
        if source.code in found:
            raise item.wrong(f'nguồn "{source.code}" viết hai lần')
        found[source.code] = source
    if not found:
        raise entry.wrong("giai đoạn chưa có nguồn nào")
    period = Period(entry.need("period").text(), start, end, reference, verified, tuple(found.values()))
    entry.close()
    return period


def _source(entry: Entry, start: date, end: date) -> Source:
    level = entry.get("level")
    kinds = entry.need("kinds").texts()
    strange = [kind for kind in kinds if kind not in tuple(FundKind)]
    if strange or not kinds:
        raise entry.wrong(f"loại vốn phải thuộc: {', '.join(FundKind)}")
    source = Source(
        code=entry.need("code").text(),
        name=entry.need("name").text(),
        group=SourceGroup(entry.need("group").one_of(tuple(SourceGroup))),
        kinds=tuple(FundKind(kind) for kind in kinds),
        level=level.one_of(LEVELS) if level else None,
        start=entry.maybe_day("start") or start,
        end=entry.maybe_day("end") or end,
        reference=entry.need("reference").text(),
        verified=entry.need("verified").flag(),
        note=entry.maybe_text("note"),
    )
    entry.close()
    if not start <= source.start < source.end <= end:
        raise entry.wrong("ngày của nguồn phải nằm trong giai đoạn")
    return source


def load_rules(text: str, file: str) -> tuple[tuple[YearRule, ...], tuple[Community, ...], tuple[MoneyRule, ...]]:
    """Khoá sổ năm, cơ chế đặc thù, các quy định khác."""
    entry = read(text, file)
    years = tuple(_year(item) for item in entry.entries("years"))
    community = tuple(_community(item) for item in entry.entries("community"))
    rules = tuple(_rule(item) for item in entry.entries("rules"))
    entry.close()
    _refuse_overlap(entry, years)
    codes = [one.code for one in years] + [one.code for one in community] + [one.code for one in rules]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise entry.wrong(f'quy định "{twice[0]}" viết hai lần')
    return years, community, rules


def _year(entry: Entry) -> YearRule:
    rule = YearRule(
        code=entry.need("code").text(),
        words=entry.need("words").text(),
        first=entry.need("first").whole(),
        last=entry.maybe_whole("last"),
        day=entry.need("day").whole(),
        month=entry.need("month").whole(),
        reference=entry.need("reference").text(),
        verified=entry.need("verified").flag(),
        note=entry.maybe_text("note"),
    )
    entry.close()
    try:
        date(rule.first + 1, rule.month, rule.day)
    except ValueError:
        raise entry.wrong(f"không có ngày {rule.day}/{rule.month} trong lịch") from None
    if rule.last is not None and rule.last < rule.first:
        raise entry.wrong("năm cuối phải từ năm đầu trở đi")
    return rule


def _community(entry: Entry) -> Community:
    rule = Community(
        code=entry.need("code").text(),
        start=entry.need("start").day(),
        end=entry.maybe_day("end"),
        most_total=entry.maybe_whole("most_total"),
        self_executed_below=entry.maybe_whole("self_executed_below"),
        reference=entry.need("reference").text(),
        verified=entry.need("verified").flag(),
        note=entry.maybe_text("note"),
    )
    entry.close()
    return rule


def _rule(entry: Entry) -> MoneyRule:
    rule = MoneyRule(
        code=entry.need("code").text(),
        subject=entry.need("subject").text(),
        words=entry.need("words").text(),
        reference=entry.need("reference").text(),
        verified=entry.need("verified").flag(),
        note=entry.maybe_text("note"),
    )
    entry.close()
    return rule


def _refuse_overlap(entry: Entry, years: tuple[YearRule, ...]) -> None:
    ordered = sorted(years, key=lambda rule: rule.first)
    for before, after in pairwise(ordered):
        if before.last is None or before.last >= after.first:
            raise entry.wrong(f'hai quy định khoá sổ chồng năm: "{before.code}" và "{after.code}"')
