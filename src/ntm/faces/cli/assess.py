"""Lệnh `ntm assess`: facts from a CSV against a set on a day; no database, no Django."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ntm.domain.assessment import (
    Assessment,
    CriterionResult,
    Evaluator,
    Fact,
    Facts,
    IndicatorResult,
    NotInForce,
    Outcome,
)
from ntm.domain.criteria import catalogue
from ntm.domain.criteria.model import CriteriaSet, Threshold
from ntm.domain.official.numbers import write_number
from ntm.faces.cli import main as cli
from ntm.faces.cli.assess_facts import COLUMNS, BadFacts, read_facts

__all__ = ["register"]

_MOST_KEPT = 100_000  # indicator results whose JSON is kept: units repeat each other


def register(subparsers: Any) -> None:
    purpose = "đánh giá số liệu của các đơn vị theo một bộ tiêu chí vào một ngày"
    parser = subparsers.add_parser(
        "assess",
        help=purpose,
        description=purpose,
        epilog=f"Tệp CSV UTF-8, dòng đầu: {','.join(COLUMNS)} (region và group có thể để trống). Giá trị: số (59,58 hoặc "
        "59.58), đạt, chưa đạt, không xét, true, false, để trống. Mã: chỉ tiêu của bộ, TC<số> (kết luận cả tiêu chí), "
        "điều kiện công nhận (satisfaction, no_debt...), diện đặc thù (dac_biet_kho_khan...).",
    )
    parser.add_argument("--set", dest="set_code", required=True, metavar="MÃ", help="mã bộ tiêu chí")
    parser.add_argument("--on", required=True, type=_day, metavar="NGÀY", help="ngày xét (năm-tháng-ngày)")
    parser.add_argument("--facts", required=True, type=Path, metavar="TỆP", help="tệp số liệu .csv")
    parser.add_argument("--json", action="store_true", help="in JSON")
    parser.set_defaults(func=_assess)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" không phải ngày; viết năm-tháng-ngày, ví dụ 2023-12-31') from None


def _assess(arguments: argparse.Namespace) -> int:
    try:
        criteria_set = catalogue().get(arguments.set_code)
    except KeyError:
        known = "\n".join(f"  {code}" for code in catalogue().codes())
        return cli.refuse(f"Không có bộ tiêu chí “{arguments.set_code}”. Các bộ có:\n{known}")
    try:
        evaluator = Evaluator(criteria_set, arguments.on)
        facts = read_facts(arguments.facts, criteria_set)
    except (NotInForce, BadFacts) as wrong:
        return cli.refuse(str(wrong))
    if arguments.json:
        _print_json(evaluator, facts)
    else:
        _print_table(criteria_set, (evaluator.evaluate(one) for one in facts))
    return 0


def _print_json(evaluator: Evaluator, facts: list[Facts]) -> None:
    """One JSON list, a unit a line. Everything has been checked before the first character."""
    writer = _Writer()
    for at, one in enumerate(facts):
        sys.stdout.write("[\n" if at == 0 else ",\n")
        sys.stdout.write(writer.unit(evaluator.evaluate(one)))
    sys.stdout.write("\n]\n")


class _Writer:
    """JSON of assessments; that of a single result is kept, because many units share it."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[IndicatorResult, str]] = {}
        self._encode = json.JSONEncoder(ensure_ascii=False).encode

    def unit(self, one: Assessment) -> str:
        head = self._encode(
            {
                "unit": one.unit,
                "met": one.met,
                "not_met": one.not_met,
                "no_data": one.no_data,
                "not_considered": one.not_considered,
                "title": one.title.outcome.value,
                "title_explanation": one.title.explanation,
                "conditions": [
                    {
                        "code": each.code,
                        "outcome": each.outcome.value,
                        "checked": each.checked,
                        "explanation": each.explanation,
                    }
                    for each in one.title.conditions
                ],
            }
        )
        criteria = ", ".join(self._criterion(each) for each in one.criteria)
        return f'{head[:-1]}, "criteria": [{criteria}]}}'

    def _criterion(self, one: CriterionResult) -> str:
        told: dict[str, Any] = {"no": one.no, "name": one.name, "outcome": one.outcome.value}
        told["explanation"] = one.explanation
        if one.stated:
            told["stated"] = True
        if one.contradiction:
            told["contradiction"] = one.contradiction
        indicators = ", ".join([self._indicator(each) for each in one.indicators])
        return f'{self._encode(told)[:-1]}, "indicators": [{indicators}]}}'

    def _indicator(self, one: IndicatorResult) -> str:
        kept = self._kept.get(id(one))
        if kept is not None:
            return kept[1]
        text = self._encode(_indicator(one))
        if len(self._kept) < _MOST_KEPT:
            self._kept[id(one)] = (one, text)
        return text


def _indicator(one: IndicatorResult) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": one.code,
        "outcome": one.outcome.value,
        "value": _value(one.value),
        "threshold": _value(one.threshold.value) if isinstance(one.threshold, Threshold) else None,
        "reference": one.reference,
        "checked": one.checked,
        "explanation": one.explanation,
    }
    if one.parts:
        told["parts"] = [_indicator(part) for part in one.parts]
    return told


def _value(fact: Fact) -> str | bool | None:
    """A figure as text, exactly; a conclusion as true or false; nothing as null."""
    if isinstance(fact, Decimal):
        return format(fact, "f")
    return fact if isinstance(fact, bool) else None


def _print_table(criteria_set: CriteriaSet, assessments: Iterable[Assessment]) -> None:
    print(f"{criteria_set.name} ({criteria_set.decision.instrument})")
    for one in assessments:
        print(
            f"\n{one.unit}: đạt {one.met}, chưa đạt {one.not_met}, chưa có số liệu {one.no_data}, "
            f"không xét {one.not_considered} tiêu chí; danh hiệu: {one.title.outcome.vietnamese}"
        )
        for criterion in one.criteria:
            if criterion.outcome is Outcome.NOT_MET or criterion.contradiction:
                _print_criterion(criterion)
        if one.title.points is not None:
            print(f"  Điểm: {write_number(one.title.points)}")
        for condition in one.title.conditions:
            print(f"  {condition.explanation}")


def _print_criterion(criterion: CriterionResult) -> None:
    print(f"  {criterion.no}. {criterion.name}: {criterion.outcome.vietnamese}")
    if criterion.contradiction:
        print(f"     {criterion.contradiction}")
    for one in criterion.indicators:
        if one.outcome is Outcome.NOT_MET:
            print(f"     {one.code}: {one.explanation}")
