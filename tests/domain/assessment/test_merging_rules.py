"""Mang số liệu khi sắp xếp: the closed list of rules, figure by figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ntm.domain.assessment.merging import Rule, Share, merged, merged_criterion, weighted
from ntm.domain.assessment.model import Nothing
from ntm.domain.criteria.model import Check, Comparator, Indicator, Kind, Reference

D = Decimal


def _asked(kind: Kind, measure: str | None = "%", comparator: Comparator = Comparator.GE) -> Indicator:
    return Indicator("x", "chỉ tiêu thử", kind, comparator, measure, (), Reference("thử"), Check(True))


def _shares(*facts: object, weights: tuple[int, ...] = ()) -> list[Share]:
    given = [D(one) for one in weights] or [None] * len(facts)
    return [Share(f"xã {place}", fact, weight) for place, (fact, weight) in enumerate(zip(facts, given, strict=True))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "asked", "shares", "fact", "said"),
    [
        (Rule.WHOLE, _asked(Kind.PERCENT), _shares(D("59.58")), D("59.58"), "lấy nguyên của xã 0"),
        (Rule.WHOLE, _asked(Kind.PERCENT), _shares(None), None, "chưa có số liệu"),
        (Rule.WHOLE, _asked(Kind.TITLE_SHARE), _shares(D(100)), None, "tính từ danh hiệu"),
        (Rule.ALL_MEET, _asked(Kind.YES_NO), _shares(True, True), True, "mọi đơn vị cũ đều đạt"),
        (Rule.ALL_MEET, _asked(Kind.YES_NO), _shares(True, False), None, "xã 1 chưa đạt"),
        (Rule.ALL_MEET, _asked(Kind.QUALITATIVE), _shares(True, Nothing.NOT_CONSIDERED), None, "xã 1 chưa đạt"),
        (Rule.ALL_MEET, _asked(Kind.YES_NO), _shares(True, None), None, "xã 1 chưa có số liệu"),
        (Rule.ALL_MEET, _asked(Kind.PERCENT), _shares(D(100), D(100)), None, "là số"),
        (Rule.SUM, _asked(Kind.NUMBER, "mô hình"), _shares(D(2), D(0)), D(2), "2 + 0"),
        (Rule.SUM, _asked(Kind.NUMBER, "triệu đồng/người/năm"), _shares(D(2), D(3)), None, "không phải số đếm"),
        (Rule.SUM, _asked(Kind.NUMBER, "mô hình"), _shares(D(2), Nothing.NO_DATA), None, "xã 1 chưa có số liệu"),
        (Rule.WEIGHTED, _asked(Kind.NUMBER, "mô hình"), _shares(D(2), D(3), weights=(1, 1)), None, "số đếm: cộng"),
        (Rule.WEIGHTED, _asked(Kind.POINTS), _shares(D(2), D(3), weights=(1, 1)), None, "chấm lại"),
        (Rule.WEIGHTED, _asked(Kind.PERCENT), _shares(D(2), True, weights=(1, 1)), None, "không phải là số"),
        (Rule.WEIGHTED, _asked(Kind.PERCENT), _shares(D(2), D(3)), None, "chưa nêu trọng số"),
        (Rule.WEIGHTED, _asked(Kind.PERCENT), _shares(D(90), D(60), weights=(1000, 500)), D(80), "90 × 1.000"),
    ],
)
def test_each_rule_carries_or_says_why_not(rule, asked, shares, fact, said):
    found = merged(rule, asked, shares)
    assert found.fact == fact and type(found.fact) is type(fact)
    assert said in found.why


@pytest.mark.parametrize(
    ("comparator", "kept"), [(Comparator.GE, "0.666666"), (Comparator.LE, "0.666667"), (None, "0.666666")]
)
def test_what_cannot_be_kept_exactly_is_cut_to_the_harder_side(comparator, kept):
    found = weighted(_shares(D(1), D(0), weights=(2, 1)), comparator)
    assert found.fact == D(kept) and "về phía chưa đạt" in found.why


def test_a_criterion_is_met_only_where_all_met_it():
    assert merged_criterion([("xã A", True), ("xã B", True)]).fact is True
    found = merged_criterion([("xã A", True), ("xã B", False)])
    assert found.fact is None and "xã B" in found.why
