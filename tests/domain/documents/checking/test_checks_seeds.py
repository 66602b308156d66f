"""Các kế hoạch thật: what is found in them, against the findings written by hand; run only where they are at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ntm.domain.documents.examined import Examined, examine
from ntm.domain.documents.reading.sources import read_source

SHARED = Path(__file__).parents[5] / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
GOLDS = sorted((SHARED / "reading" / "gold").glob("*.yaml"))
pytestmark = [pytest.mark.seeds, pytest.mark.skipif(not SEEDS, reason="the real plans are not beside this project")]


def _examined(name: str) -> Examined:
    path = SHARED / "seeds" / f"{name}.txt"
    return examine(read_source(path.read_bytes(), path.name))


def _lines(item: dict[str, Any]) -> set[int]:
    found = item.get("lines") or ([item["line"]] if item.get("line") else [])
    return set(found if isinstance(found, list) else [found])


@pytest.mark.parametrize("gold", GOLDS, ids=lambda p: p.stem)
def test_what_a_person_found_is_found(gold: Path) -> None:
    wanted = [i for i in yaml.safe_load(gold.read_text(encoding="utf-8"))["inconsistencies"] if _lines(i)]
    findings = _examined(gold.stem).findings
    heavy = [i for i in wanted if i["severity"] in ("high", "medium")]
    hit = [i for i in heavy if any(set(f.lines) & _lines(i) for f in findings)]
    assert len(hit) >= 0.75 * len(heavy)
    false = [f for f in findings if f.severity == "high" and not any(set(f.lines) & _lines(i) for i in wanted)]
    assert false == []


@pytest.mark.parametrize(
    ("start", "rules"),
    [
        ("000", {"header", "congress", "basis-title"}),
        ("002", {"header", "two-views-count", "keep-all", "annex-missing", "basis-two-ways", "set-period"}),
        (
            "003",
            {
                "annex-missing",
                "annex-attached",
                "annex-unnamed",
                "deadline-before-issue",
                "deadline-outside-year",
                "unit-spelling",
            },
        ),
    ],
)
def test_each_finding_in_the_others_was_judged_right(start: str, rules: set[str]) -> None:
    name = next(p.stem for p in SEEDS if p.stem.startswith(start))
    assert {f.rule for f in _examined(name).findings} == rules
