"""Văn bản mẫu: samples of our own sentences, read for the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ntm.domain.documents.reading.model import Reading
from ntm.domain.documents.reading.reader import read
from ntm.domain.documents.reading.sources import read_source
from ntm.domain.documents.reading.to_json import to_json

SAMPLES = Path(__file__).parent / "samples"


def read_text(text: str, name: str = "thu.txt") -> Reading:
    return read(read_source(text.encode(), name))


def plain(reading: Reading) -> dict[str, Any]:
    """As the command prints it: through JSON and back."""
    return json.loads(json.dumps(to_json(reading), ensure_ascii=False))


def load(name: str) -> tuple[Reading, dict[str, Any]]:
    """One of our own samples, read: the object and its JSON."""
    reading = read_text((SAMPLES / f"{name}.txt").read_text(encoding="utf-8"), f"{name}.txt")
    return reading, plain(reading)


def names() -> list[str]:
    return sorted(path.stem for path in SAMPLES.glob("*.txt"))
