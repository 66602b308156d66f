"""Trang của từng quy tắc: there is one for each, it says what the code says, and its examples come out as told."""

from __future__ import annotations

import pytest
from check_texts import PAGES, examples, reading

from ntm.domain.documents.checking import AGAINST_RECORDS, RULES, SEVERITIES, check, rule

CODES = [r.code for r in RULES]
NAMES = {"high": "nặng", "medium": "vừa", "low": "nhẹ", "info": "để biết"}


def test_codes_are_given_once() -> None:
    every = [r.code for r in (*RULES, *AGAINST_RECORDS)]
    assert len(every) == len(set(every))
    assert all(r.severity in SEVERITIES for r in (*RULES, *AGAINST_RECORDS))


def test_every_page_is_of_a_rule_and_every_rule_has_one() -> None:
    pages = {p.stem for p in PAGES.glob("*.md")} - {"README", "seen-in-real-plans"}
    assert pages == {r.code for r in (*RULES, *AGAINST_RECORDS)}


@pytest.mark.parametrize("code", [r.code for r in (*RULES, *AGAINST_RECORDS)])
def test_a_page_says_what_the_rule_says(code: str) -> None:
    own = rule(code)
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {code}: {own.name}\n")
    assert f"- Mức nặng nhất: {NAMES[own.severity]}.\n- So: {own.compares}.\n" in page
    assert own.page == f"docs/method/checks/{code}.md"
    assert f"[{code}]({code}.md)" in (PAGES / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", CODES)
def test_the_example_is_found_with_its_sentence(code: str) -> None:
    wrong, severity, message, _ = examples(code)
    plan = reading(wrong)
    mine = [f for f in check(plan) if f.rule == code]
    assert message in [f.message for f in mine]
    first = next(f for f in mine if f.message == message)
    assert first.severity == severity
    assert first.computed
    assert first.stated
    assert first.lines
    assert all(0 < n <= len(plan.lines) and plan.lines[n - 1].strip() for n in first.lines)


@pytest.mark.parametrize("code", CODES)
def test_the_clean_example_gives_nothing_at_all(code: str) -> None:
    *_, clean = examples(code)
    assert check(reading(clean)) == ()


@pytest.mark.parametrize("code", CODES)
def test_no_finding_weighs_more_than_its_rule(code: str) -> None:
    wrong, *_ = examples(code)
    for finding in check(reading(wrong)):
        assert SEVERITIES.index(finding.severity) >= SEVERITIES.index(rule(finding.rule).severity)


def test_one_rule_can_be_asked_alone() -> None:
    wrong, *_ = examples("no-commune")
    assert {f.rule for f in check(reading(wrong), only=["no-commune"])} == {"no-commune"}
