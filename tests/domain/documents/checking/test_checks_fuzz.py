"""Bản đọc bị làm hỏng: no reading, however broken, makes a rule raise; findings stay well formed."""

from __future__ import annotations

import random
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from check_texts import PAGES, examples, reading
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm.domain.documents.checking import RULES, SEVERITIES, Finding, already_met, check, not_carried
from ntm.domain.documents.reading.model import Reading

_PAIRS = ("period", "span", "occurrences")  # two figures each, by their type
_WORDS = (
    "",
    "xã",
    "23/23 xã",
    "ngày 31/12/2019",
    "tiêu chí 2, 3",
    "(((",
    "Biểu 02",
    "1.234,5 tỷ",
    "\u0301",
    "khi xã đạt chuẩn",
    "mỗi xã",
)


@cache
def _readings() -> tuple[Reading, ...]:
    samples = sorted((Path(__file__).parents[1] / "reading" / "samples").glob("*.txt"))
    texts = [p.read_text(encoding="utf-8") for p in samples] + [
        examples(p.stem)[0] for p in sorted(PAGES.glob("*.md")) if _has_example(p)
    ]
    return tuple(reading(text) for text in texts)


def _has_example(page: Path) -> bool:
    return page.read_text(encoding="utf-8").count("```text") == 2


def _spoil(value: Any, dice: random.Random, rate: float) -> Any:
    """The same shape with figures, words, lists and days spoiled here and there."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value,
            **{f.name: _spoil(getattr(value, f.name), dice, rate) for f in fields(value) if f.name not in _PAIRS},
        )
    if isinstance(value, tuple):
        items = [_spoil(item, dice, rate) for item in value]
        if dice.random() < rate:
            items = dice.choice([[], items[:1], items * 2, items[::-1]])
        return tuple(items)
    if isinstance(value, bool) or value is None or dice.random() >= rate:
        return value
    if isinstance(value, int):
        return dice.choice([0, 1, -1, value + 1, -value, 10**6, value * 1000])
    if isinstance(value, Decimal):
        return dice.choice([Decimal(0), -value, value + 1, value * 1000, Decimal("0.001"), Decimal(10) ** 15])
    if isinstance(value, date):
        return dice.choice([date.min, date.max, value + timedelta(days=1), value - timedelta(days=400)])
    return dice.choice(_WORDS) if isinstance(value, str) else value


def _well_formed(finding: Finding) -> None:
    assert finding.severity in SEVERITIES
    assert finding.message.strip()
    assert finding.message[0].isupper() or not finding.message[0].isalpha()
    assert tuple(sorted(set(finding.lines))) == finding.lines


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 2**32), rate=st.sampled_from([0.02, 0.1, 0.4]))
def test_a_spoiled_reading_never_makes_a_rule_raise(seed: int, rate: float) -> None:
    dice = random.Random(seed)
    spoiled = _spoil(dice.choice(_readings()), dice, rate)
    for finding in check(spoiled):
        assert finding.severity in SEVERITIES
        assert tuple(sorted(set(finding.lines))) == finding.lines
    list(already_met(spoiled, lambda unit, no: dice.choice(["met", "not_met", None])))
    list(not_carried(spoiled, {"Nhữ Hán": spoiled}))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_text_with_lines_lost_and_swapped_is_checked(seed: int) -> None:
    dice = random.Random(seed)
    lines = list(dice.choice(_readings()).lines)
    for _ in range(dice.randint(1, 12)):
        if lines:
            at = dice.randrange(len(lines))
            lines[at : at + dice.randint(0, 2)] = dice.choice([[], [dice.choice(lines)], [dice.choice(_WORDS)]])
    for finding in check(reading("\n".join(lines))):
        _well_formed(finding)


def test_all_findings_of_the_untouched_readings_are_well_formed() -> None:
    given_by = set()
    for one in _readings():
        for finding in check(one):
            _well_formed(finding)
            given_by.add(finding.rule)
    assert {r.code for r in RULES} <= given_by
