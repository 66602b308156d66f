"""Tệp lạ: a file from outside. Plain text is read where it is called; everything else in a process of its own."""

from __future__ import annotations

from ..blocks import Source
from .isolated import read_isolated
from .kinds import is_plain_text
from .limits import Limits, ProgressCallback, silent
from .reader import read_source


def read_untrusted(
    content: bytes, name: str, *, limits: Limits | None = None, progress: ProgressCallback = silent
) -> Source:
    """Like `read_source`; what needs a program or a library to take it apart is taken apart in a bounded process."""
    within = limits or Limits()
    reads = read_source if len(content) <= within.max_part and is_plain_text(content) else read_isolated
    return reads(content, name, limits=within, progress=progress)
