"""Lệnh `ntm assess`: facts from a CSV against a set on a day; no database, no Django."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from json.encoder import encode_basestring as _text
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
    gc.freeze()  # the facts of a country hold no cycles: let the collector not walk them again and again
    for at, one in enumerate(facts):
        sys.stdout.write("[\n" if at == 0 else ",\n")
        sys.stdout.write(writer.unit(evaluator.evaluate(one)))
    sys.stdout.write("\n]\n")


class _Writer:
    """JSON of assessments, written piece by piece: a country is half a million indicators. That of a single result is
    kept, because many units share it."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[IndicatorResult, str]] = {}

    def unit(self, one: Assessment) -> str:
        conditions = ", ".join(
            f'{{"code": {_text(each.code)}, "outcome": "{each.outcome.value}", '
            f'"checked": {_value(each.checked)}, "explanation": {_text(each.explanation)}}}'
            for each in one.title.conditions
        )
        criteria = ", ".join([self._criterion(each) for each in one.criteria])
        return (
            f'{{"unit": {_text(one.unit)}, "met": {one.met}, "not_met": {one.not_met}, "no_data": {one.no_data}, '
            f'"not_considered": {one.not_considered}, "title": "{one.title.outcome.value}", '
            f'"title_explanation": {_text(one.title.explanation)}, "conditions": [{conditions}], "criteria": [{criteria}]}}'
        )

    def _criterion(self, one: CriterionResult) -> str:
        more = ', "stated": true' if one.stated else ""
        if one.contradiction:
            more += f', "contradiction": {_text(one.contradiction)}'
        indicators = ", ".join([self._indicator(each) for each in one.indicators])
        return (
            f'{{"no": {one.no}, "name": {_text(one.name)}, "outcome": "{one.outcome.value}", '
            f'"explanation": {_text(one.explanation)}{more}, "indicators": [{indicators}]}}'
        )

    def _indicator(self, one: IndicatorResult) -> str:
        kept = self._kept.get(id(one))
        if kept is not None:
            return kept[1]
        threshold = _value(one.threshold.value) if isinstance(one.threshold, Threshold) else "null"
        parts = ", ".join([self._indicator(part) for part in one.parts])
        more = f', "parts": [{parts}]' if parts else ""
        text = (
            f'{{"code": {_text(one.code)}, "outcome": "{one.outcome.value}", "value": {_value(one.value)}, '
            f'"threshold": {threshold}, "reference": {_text(one.reference or "")}, "checked": {_value(one.checked)}, '
            f'"explanation": {_text(one.explanation)}{more}}}'
        )
        if len(self._kept) < _MOST_KEPT:
            self._kept[id(one)] = (one, text)  # the result is kept too, so that its id is not another's
        return text


def _value(fact: Fact) -> str:
    """A figure as text, exactly; a conclusion as true or false; nothing as null."""
    if isinstance(fact, Decimal):
        return f'"{fact:f}"'
    if isinstance(fact, bool):
        return "true" if fact else "false"
    return "null"


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
