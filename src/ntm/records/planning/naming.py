"""Tên đơn vị trong kế hoạch: units found again by the words that a plan calls them by."""

from __future__ import annotations

import re
from datetime import date

from ntm.domain.official.text import fold, tone_key
from ntm.records.units import queries as units

__all__ = ["UnitNames"]

_KIND = re.compile(r"^(?:xa|phuong|thi tran|dac khu|thon|ban|xom|to dan pho|khu|ap|huyen|thi xa|thanh pho|tinh)\s+")
_KIND_WORDS = re.compile(
    r"^(?:xã|phường|thị trấn|đặc khu|thôn|bản|xóm|tổ dân phố|khu|ấp|huyện|thị xã|thành phố|tỉnh)\s+", re.IGNORECASE
)


def _plain(name: str) -> str:
    return _KIND.sub("", fold(name)).strip()


class UnitNames:
    """Đơn vị của một địa bàn theo tên, on a day; three queries however many are asked for."""

    def __init__(self, unit_id: int, level: str, on: date) -> None:
        ids = units.descendant_ids(unit_id, on, level)
        self.labels = units.labels([*ids, unit_id], on)
        self._by_sound: dict[str, list[int]] = {}
        self._by_key: dict[str, list[int]] = {}
        for pk in ids:
            name = self.labels[pk].name
            self._by_sound.setdefault(tone_key(_KIND_WORDS.sub("", name.strip())), []).append(pk)
            self._by_key.setdefault(_plain(name), []).append(pk)
        self._own = unit_id

    def find(self, name: str) -> int | None:
        """The unit of that name; None when there is none, or more than one."""
        bare = _KIND_WORDS.sub("", name.strip())
        for found in (self._by_sound.get(tone_key(bare)), self._by_key.get(_plain(name))):
            if found and len(found) == 1:
                return found[0]
        own = self.labels[self._own]
        return self._own if _plain(own.name) == _plain(name) else None
