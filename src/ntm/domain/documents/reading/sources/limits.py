"""Giới hạn: how much one file may ask of the machine, and how its reading tells how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Giới hạn khi đọc một tệp. The defaults fit a plan with its annexes on a small server."""

    max_bytes: int = 60 * MEGABYTE  # the file itself
    max_unpacked: int = 300 * MEGABYTE  # all parts of a zipped file
    max_part: int = 40 * MEGABYTE  # one XML part: its tree needs some ten times that
    max_ratio: int = 400  # unpacked : packed, for parts over a megabyte
    max_parts: int = 4000
    max_pages: int = 400
    max_scanned_pages: int = 120
    max_pixels: int = 80_000_000  # one picture
    max_lines: int = 200_000
    max_cells: int = 1_000_000  # all tables or sheets together
    max_letters_a_page: int = 60_000
    office_seconds: int = 90  # one LibreOffice conversion
    ocr_seconds: int = 45  # one tesseract call
    memory_bytes: int = 1024 * MEGABYTE  # the reading process
    cpu_seconds: int = 600
    wall_seconds: int = 1200


@dataclass(frozen=True)
class Progress:
    """Tiến độ: `done` of `total` pages, and a Vietnamese phrase for the screen."""

    done: int
    total: int
    what: str


ProgressCallback = Callable[[Progress], None]


def silent(progress: Progress) -> None:
    """For callers who do not watch."""
