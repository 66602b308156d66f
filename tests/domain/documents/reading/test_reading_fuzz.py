"""Văn bản hỏng: mutated samples; reading neither raises nor points outside its source, and is as quick as the text is short."""

from __future__ import annotations

import json
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading_texts import SAMPLES, names, plain, read_text

from ntm.domain.documents.reading.blocks import SourceError
from ntm.domain.official.text import flat

TEXTS = [(SAMPLES / f"{name}.txt").read_text(encoding="utf-8") for name in names()]


def _mutated(text: str, seed: int, kind: int) -> str:
    dice = random.Random(seed)
    lines = text.split("\n")
    match kind:
        case 0:
            dice.shuffle(lines)
        case 1:
            lines = [line for line in lines if dice.random() > 0.2]
        case 2:
            return "".join(c for c in text if dice.random() > 0.04)
        case 3:
            return flat(text)
        case 4:
            return text.replace("\n", " ")
        case 5:
            lines = [line.replace(":", "\t").replace(",", "|") for line in lines]
        case 6:
            return "".join(dice.choice("()[];:.,-–+/|\t\n ") if dice.random() < 0.06 else c for c in text)
        case 7:
            lines = [word for line in lines for word in line.split()]
        case 8:
            lines = [line * dice.choice((1, 1, 3)) for line in lines]
        case _:
            return text.upper()
    return "\n".join(lines)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(TEXTS), st.integers(0, 10_000), st.integers(0, 9))
def test_no_mutation_breaks_the_reading(text: str, seed: int, kind: int) -> None:
    broken = _mutated(text, seed, kind)
    if not broken.strip():
        return
    reading = read_text(broken)
    read = plain(reading)
    json.dumps(read)
    last = len(reading.lines)
    for key in ("targets", "criterion_targets", "tasks", "duties", "money", "legal_bases", "citations"):
        assert all(1 <= n <= last for item in read[key] for n in item["lines"])


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=400))
def test_any_text_at_all_can_be_read(text: str) -> None:
    try:
        reading = read_text("KẾ HOẠCH\n" + text)
    except SourceError as refused:  # what no office writes: the file is refused with a sentence
        assert refused.message.endswith(".")
    else:
        json.dumps(plain(reading))


def test_hostile_text_is_read_to_its_end() -> None:
    """Pieces that tempt a pattern to look back again and again, a hundred thousand letters of each."""
    for piece in (
        "tiêu chí 2, ",
        "(",
        "xã An, ",
        "1.1.",
        "10 tỷ - ",
        "Căn cứ Quyết định số ",
        "| a ",
        "trước ",
        "A. ",
        "- +",
        "năm 2020 ",
    ):
        text = "KẾ HOẠCH\nI. MỤC TIÊU\n" + piece * (60_000 // len(piece))
        assert read_text(text) is not None, piece
