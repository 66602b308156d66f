"""Gói tệp: the parts of a Word file put together with steady times, so that the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile

_STEADY = (1980, 1, 1, 0, 0, 0)


def steady(content: bytes) -> bytes:
    """The same parts, none of them dated."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as kept:
        for info in source.infolist():
            entry = zipfile.ZipInfo(info.filename, _STEADY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, source.read(info))
    return out.getvalue()
