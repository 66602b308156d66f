"""Văn bản đã đọc và kiểm tra: what the commands, the desk and the archive ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ntm.domain.documents.checking import Finding, check
from ntm.domain.documents.reading.blocks import Source
from ntm.domain.documents.reading.model import Reading
from ntm.domain.documents.reading.reader import read
from ntm.domain.documents.reading.to_json import to_json


@dataclass(frozen=True)
class Examined:
    """Bản đọc kèm phát hiện: the reading stays as it was; the findings stand beside it."""

    reading: Reading
    findings: tuple[Finding, ...]

    def to_json(self) -> dict[str, Any]:
        """The object that `ntm read --json` prints."""
        return to_json(self.reading, [finding.to_json() for finding in self.findings])


def examine(source: Source) -> Examined:
    """Đọc rồi kiểm tra một văn bản."""
    reading = read(source)
    return Examined(reading, check(reading))
