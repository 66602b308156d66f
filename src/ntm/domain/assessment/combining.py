"""Gộp kết quả: how outcomes of parts make the outcome of the whole; the tables of docs/method/assessment.md."""

from __future__ import annotations

from collections.abc import Sequence

from ntm.domain.assessment.model import Fact, Nothing, Outcome

__all__ = ["all_of", "any_of", "at_least", "by_rule", "needed", "stated_outcome"]


def all_of(outcomes: Sequence[Outcome]) -> Outcome:
    """Đạt tất cả: one that fails decides, then one without data."""
    if Outcome.NOT_MET in outcomes:
        return Outcome.NOT_MET
    if Outcome.NO_DATA in outcomes or not outcomes:
        return Outcome.NO_DATA
    return Outcome.MET if Outcome.MET in outcomes else Outcome.NOT_CONSIDERED


def any_of(outcomes: Sequence[Outcome]) -> Outcome:
    """Đạt một là đủ: one that is met decides, then one without data."""
    if Outcome.MET in outcomes:
        return Outcome.MET
    if Outcome.NO_DATA in outcomes or not outcomes:
        return Outcome.NO_DATA
    return Outcome.NOT_MET if Outcome.NOT_MET in outcomes else Outcome.NOT_CONSIDERED


def at_least(number: int, outcomes: Sequence[Outcome]) -> Outcome:
    """Đạt ít nhất N: what is not considered never counts towards N."""
    met = sum(1 for one in outcomes if one is Outcome.MET)
    unknown = sum(1 for one in outcomes if one is Outcome.NO_DATA)
    if not outcomes:
        return Outcome.NO_DATA
    if all(one is Outcome.NOT_CONSIDERED for one in outcomes):
        return Outcome.NOT_CONSIDERED
    if met >= number:
        return Outcome.MET
    return Outcome.NOT_MET if met + unknown < number else Outcome.NO_DATA


def needed(rule: str) -> int:
    """N of "at_least:N"; ValueError for another rule."""
    name, _, number = rule.partition(":")
    if name != "at_least" or not number.isdecimal():
        raise ValueError(f"Quy tắc “{rule}” không có trong danh mục: all, any, at_least:N")
    return int(number)


def by_rule(rule: str, outcomes: Sequence[Outcome]) -> Outcome:
    """Theo quy tắc của tiêu chí: "all", "any", "at_least:N"."""
    if rule == "all":
        return all_of(outcomes)
    if rule == "any":
        return any_of(outcomes)
    return at_least(needed(rule), outcomes)


def stated_outcome(fact: Fact | None) -> Outcome:
    """Kết luận đã nêu: a yes/no or "không xét"; a figure concludes nothing."""
    if fact is True:
        return Outcome.MET
    if fact is False:
        return Outcome.NOT_MET
    return Outcome.NOT_CONSIDERED if fact is Nothing.NOT_CONSIDERED else Outcome.NO_DATA
