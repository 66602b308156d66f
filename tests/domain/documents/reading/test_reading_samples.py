"""Chấm theo bản mẫu: offices, years, levels and layouts of many kinds against golds written by hand."""

from __future__ import annotations

import pytest
import yaml
from reading_score import score
from reading_texts import SAMPLES, load, names


@pytest.mark.parametrize("name", names())
def test_a_sample_is_read_as_its_gold_says(name: str) -> None:
    gold = yaml.safe_load((SAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    parts = score(load(name)[1], gold)
    assert {part: value for part, value in parts.items() if value < 0.95} == {}


@pytest.mark.parametrize("name", names())
def test_what_a_gold_expects_beside_the_score(name: str) -> None:
    gold = yaml.safe_load((SAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    reading, plain = load(name)
    expect = gold.get("expect") or {}
    document = plain["document"]
    for field in ("level", "commune", "district", "province", "village"):
        if field in expect:
            assert document[field] == expect[field], field
    if "annex_attached" in expect:
        assert [a.attached_to for a in reading.annexes if a.attached_to] == expect["annex_attached"]
    if "sums" in expect:
        assert len(reading.sums) == expect["sums"]
    if "gaps" in expect:
        assert {g.criterion: len(g.items) for g in reading.gaps} == expect["gaps"]
    if "completes" in expect:
        assert sorted({c for step in reading.roadmap for c in step.completes}) == expect["completes"]
    if "promises" in expect:
        assert len(reading.annex_promises) == expect["promises"]


@pytest.mark.parametrize("name", names())
def test_every_item_stands_on_lines_of_its_source(name: str) -> None:
    reading, plain = load(name)
    last = len(reading.lines)
    for key in (
        "targets",
        "criterion_targets",
        "tasks",
        "duties",
        "money",
        "legal_bases",
        "citations",
        "roadmap",
        "gaps",
    ):
        for item in plain[key]:
            assert item["lines"], (key, item)
            assert all(1 <= n <= last for n in item["lines"]), (key, item)


@pytest.mark.parametrize("name", names())
def test_figures_stand_where_their_lines_say(name: str) -> None:
    reading, _ = load(name)
    for item in reading.money:
        assert item.words.replace(" ", "") in reading.text(item.lines).replace(" ", "").replace("\n", ""), item
