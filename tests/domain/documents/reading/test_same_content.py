"""Cùng nội dung, nhiều hình thức: Word, text PDF, a worn scan and plain text give the same reading, part by part."""

from __future__ import annotations

from typing import Any

import pytest
from reading_score import fold
from same_content import reading_of

NAMES = ("xa_2026_hai_cap", "huyen_2022")
SLIPS = 0.1  # of the items of a part (or one item) may have a letter that recognition got wrong

pytestmark = [pytest.mark.office]


def _parts(read: dict[str, Any]) -> dict[str, list[Any]]:
    """What the document says, without lines and pages."""
    head = read["document"]
    return {
        "header": [
            *(head[key] for key in ("full_number", "kind", "date", "place", "issuer", "title", "level")),
            (head["signer"] or {}).get("name"),
            (head["signer"] or {}).get("position"),
        ],
        "legal_bases": [(b["number"], b["kind"], b["date"]) for b in read["legal_bases"]],
        "targets": [(t["value"], t["measure"], t["mode"], t["units"], t["criteria"]) for t in read["targets"]],
        "criterion_targets": [
            (c["criterion"], c["count"], c["mode"], c["units"])
            for c in read["criterion_targets"]
            if not c.get("derived")
        ],
        "tasks": [(t["what"], t["lead"], t["coordinating"], (t["deadline"] or {}).get("text")) for t in read["tasks"]],
        "duties": [(fold(d["body"]), d["criteria"]) for d in read["duties"]],
        "money": [(m["amount"], m["role"]) for m in read["money"]],
        "annexes": [(a["label"], a["attached_to"], len(a["rows"])) for a in read["annexes"]],
        "recipients": [fold(r) for r in read["recipients"]],
    }


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_word_and_print_say_what_the_text_says(name: str, form: str) -> None:
    wanted, found = _parts(reading_of(name, "txt")), _parts(reading_of(name, form))
    for part, items in wanted.items():
        assert found[part] == items, part


@pytest.mark.ocr
@pytest.mark.parametrize("name", NAMES)
def test_a_scan_says_the_same_up_to_slips_of_recognition(name: str) -> None:
    wanted, found = _parts(reading_of(name, "txt")), _parts(reading_of(name, "scan"))
    for part in ("header", "legal_bases", "money"):  # numbers, dates and amounts: to the letter
        assert found[part] == wanted[part], part
    for part in ("targets", "criterion_targets", "tasks", "duties", "annexes", "recipients"):
        missing = [item for item in wanted[part] if item not in found[part]]
        extra = [item for item in found[part] if item not in wanted[part]]
        assert len(missing) <= max(1, SLIPS * len(wanted[part])), (part, missing)
        assert len(extra) <= len(missing), (part, extra)  # a slip spoils an item; it invents none


@pytest.mark.parametrize("name", NAMES)
def test_no_form_brings_a_severe_finding_of_its_own(name: str) -> None:
    from same_content import TEXTS, docx_of, pdf_of

    from ntm.domain.documents.examined import examine
    from ntm.domain.documents.reading.sources import read_source

    def severe(content: bytes, suffix: str) -> set[tuple[str, str]]:
        found = examine(read_source(content, f"{name}.{suffix}")).findings
        return {(f.rule, f.message) for f in found if f.severity == "high"}

    wanted = severe(TEXTS[name].read_bytes(), "txt")
    assert severe(docx_of(name), "docx") == wanted
    assert severe(pdf_of(name), "pdf") == wanted
