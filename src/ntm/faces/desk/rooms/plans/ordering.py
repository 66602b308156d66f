"""Xếp thứ tự: one part up or down; a section goes with everything that stands below it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

__all__ = ["moved"]


def moved(ids: Sequence[int], which: int, up: bool, depths: Sequence[int] | None = None) -> list[int]:
    """The same parts in their new order; ValueError with a sentence where it cannot go further."""
    levels = list(depths) if depths is not None else [1] * len(ids)
    if which not in ids:
        raise ValueError(gettext("Không tìm thấy mục này trong dự thảo; tải lại trang."))
    start = ids.index(which)
    end = _end(levels, start)
    if up:
        above = _before(levels, start)
        order = [*range(above), *range(start, end), *range(above, start), *range(end, len(ids))]
    else:
        if end >= len(ids) or levels[end] < levels[start]:
            raise ValueError(gettext("Mục này đã đứng cuối trong phần của nó."))
        last = _end(levels, end)
        order = [*range(start), *range(end, last), *range(start, end), *range(last, len(ids))]
    return [ids[place] for place in order]


def _end(levels: Sequence[int], start: int) -> int:
    """The place after everything that belongs to the part at `start`."""
    return next((at for at in range(start + 1, len(levels)) if levels[at] <= levels[start]), len(levels))


def _before(levels: Sequence[int], start: int) -> int:
    """Where the part of the same rank before it begins."""
    for at in range(start - 1, -1, -1):
        if levels[at] == levels[start]:
            return at
        if levels[at] < levels[start]:
            break
    raise ValueError(gettext("Mục này đã đứng đầu trong phần của nó."))
