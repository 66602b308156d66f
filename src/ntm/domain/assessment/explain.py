"""Lý do bằng lời: the sentences of an assessment: value, comparator, level, measure, instrument, year, outcome."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from ntm.domain.assessment.comparing import relation
from ntm.domain.assessment.levels import EXACT, Applied, Way
from ntm.domain.assessment.model import Fact, IndicatorResult, Outcome
from ntm.domain.criteria.model import Comparator, Threshold
from ntm.domain.official.numbers import write_number

__all__ = [
    "compared",
    "contradiction",
    "criterion_sentence",
    "figure",
    "measured",
    "no_figure",
    "no_level",
    "not_considered",
    "parts_sentence",
    "share",
    "stated",
    "stated_criterion",
    "words",
    "wrong_kind",
]


@lru_cache(maxsize=65_536)
def figure(value: Decimal) -> str:
    """59.580 -> "59,58": as typed, without idle zeros."""
    return write_number(value.normalize(EXACT))


def measured(value: Decimal, measure: str | None) -> str:
    if not measure:
        return figure(value)
    return f"{figure(value)}%" if measure == "%" else f"{figure(value)} {measure}"


def compared(applied: Applied, value: Decimal, level: Decimal, outcome: Outcome) -> str:
    """ "59,58 < 68 triệu đồng/người/năm (2581/QĐ-UBND, năm 2023): chưa đạt" """
    comparator = applied.indicator.comparator or Comparator.GE
    sign = relation(comparator, value, level)
    return (
        f"{figure(value)} {sign} {measured(level, applied.indicator.measure)} ({applied.level.basis}): "
        f"{outcome.vietnamese}"
    )


def share(applied: Applied, holders: int, units: int, level: Decimal, outcome: Outcome) -> str:
    """ "2/3 đơn vị (66,67%) < 70% (...): chưa đạt"; the percentage is rounded for the eye only."""
    comparator = applied.indicator.comparator or Comparator.GE
    sign = relation(comparator, Decimal(holders * 100), EXACT.multiply(level, Decimal(units)))
    percent = write_number(Decimal(holders * 100) / Decimal(units), 2).removesuffix(",00")
    return (
        f"{holders}/{units} đơn vị ({percent}%) {sign} {figure(level)}% ({applied.level.basis}): {outcome.vietnamese}"
    )


def words(applied: Applied, fact: bool) -> str:
    """Chỉ tiêu xét bằng lời: what is asked, by which instrument, and what the office concluded."""
    threshold = applied.level.threshold
    asked = threshold.words if isinstance(threshold, Threshold) and threshold.words else None
    asks = f"yêu cầu “{asked}” ({applied.level.basis})" if asked else f"theo {applied.level.basis}"
    return f"Đơn vị kết luận {'đạt' if fact else 'chưa đạt'}, {asks}: {'đạt' if fact else 'chưa đạt'}"


def stated(applied: Applied, fact: bool) -> str:
    """Kết luận thay cho con số."""
    conclusion = "đạt" if fact else "chưa đạt"
    if applied.way in (Way.ALL, Way.ANY):
        return f"Đơn vị kết luận {conclusion} chung, các nội dung chưa đủ số liệu ({applied.level.basis}): {conclusion}"
    if applied.level.figure is None:
        return f"Đơn vị kết luận {conclusion}; {applied.level.why_absent}: {conclusion}"
    comparator = applied.indicator.comparator or Comparator.GE
    sign = {Comparator.GE: "≥", Comparator.LE: "≤"}.get(comparator, comparator.value)
    level = measured(applied.level.figure, applied.indicator.measure)
    return f"Đơn vị kết luận {conclusion}, không kèm số liệu; mức {sign} {level} ({applied.level.basis}): {conclusion}"


def no_figure(applied: Applied) -> str:
    if applied.way is Way.WORDS:
        return f"Chưa có kết luận đạt hay chưa đạt ({applied.level.basis}): chưa có số liệu"
    if applied.level.figure is None:
        return f"Chưa có số liệu; {applied.level.why_absent}: chưa có số liệu"
    comparator = applied.indicator.comparator or Comparator.GE
    sign = {Comparator.GE: "≥", Comparator.LE: "≤"}.get(comparator, comparator.value)
    level = measured(applied.level.figure, applied.indicator.measure)
    return f"Chưa có số liệu; mức {sign} {level} ({applied.level.basis}): chưa có số liệu"


def no_level(applied: Applied, value: str) -> str:
    return f"{value}: chưa xét được, {applied.level.why_absent}: chưa có số liệu"


def wrong_kind(value: Fact) -> str:
    shown = figure(value) if isinstance(value, Decimal) else str(value)
    return f"{shown} là con số, chỉ tiêu này ghi bằng kết luận đạt hoặc chưa đạt: chưa có số liệu"


def not_considered(applied: Applied, reason: str | None) -> str:
    when = applied.indicator.not_considered_when
    parts = ["Không xét"]
    parts.append(f": {reason}" if reason else " theo đơn vị báo cáo")
    if when:
        parts.append(f" (văn bản cho phép khi: {when})")
    else:
        parts.append(f" ({applied.level.basis} không nêu trường hợp không xét trong dữ liệu)")
    return "".join(parts)


def parts_sentence(way: Way, outcome: Outcome, parts: Sequence[IndicatorResult]) -> str:
    """Đồng thời / một trong các nội dung."""
    asked = "phải đạt tất cả các nội dung" if way is Way.ALL else "chỉ cần đạt một nội dung"
    return f"{asked[0].upper()}{asked[1:]}; {_counted(parts)}: {outcome.vietnamese}"


def _counted(parts: Sequence[IndicatorResult]) -> str:
    said = []
    for outcome in Outcome:
        codes = [part.code for part in parts if part.outcome is outcome]
        if codes:
            said.append(f"{outcome.vietnamese} {', '.join(codes)}")
    return "; ".join(said)


def criterion_sentence(outcome: Outcome, indicators: Sequence[IndicatorResult]) -> str:
    """Vì sao tiêu chí có kết quả này, from its indicators."""
    if not indicators:
        return "Dữ liệu của bộ chưa có chỉ tiêu nào của tiêu chí này: chưa có số liệu"
    if outcome is Outcome.MET:
        met = sum(1 for one in indicators if one.outcome is Outcome.MET)
        considered = sum(1 for one in indicators if one.outcome is not Outcome.NOT_CONSIDERED)
        return f"Đạt {met}/{considered} chỉ tiêu được xét: đạt"
    if outcome is Outcome.NOT_CONSIDERED:
        return "Mọi chỉ tiêu đều không xét: không xét"
    blocking = [one.code for one in indicators if one.outcome is outcome]
    name = outcome.vietnamese
    considered = sum(1 for one in indicators if one.outcome is not Outcome.NOT_CONSIDERED)
    which = f"Chỉ tiêu {', '.join(blocking)}" if considered > 1 else "Chỉ tiêu của tiêu chí này"
    return f"{which} {name}"


def stated_criterion(no: int, outcome: Outcome) -> str:
    return f"Theo kết luận chung của tiêu chí {no}: {outcome.vietnamese}; chưa đủ số liệu từng chỉ tiêu"


def contradiction(no: int, said: Outcome, computed: Outcome) -> str:
    return (
        f"Kết luận đã nêu của tiêu chí {no} là {said.vietnamese}, còn số liệu từng chỉ tiêu cho kết quả "
        f"{computed.vietnamese}; lấy theo số liệu, đề nghị rà soát lại"
    )
