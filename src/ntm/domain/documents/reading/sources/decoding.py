"""Bảng mã của tệp chữ: Unicode in its forms, CP1258, and the old TCVN3 (ABC) and VNI fonts -> Unicode NFC."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Decoded:
    """Chữ của tệp, and how it was told."""

    text: str
    encoding: str
    message: str | None = None  # a Vietnamese sentence when the letters were converted


def decode(content: bytes, name: str) -> Decoded:
    """The letters of a text file, NFC."""
    raise NotImplementedError
