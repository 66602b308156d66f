"""Khác nhau giữa hai bộ, to be read: one line an indicator, its levels before and after gathered by place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ntm.domain.criteria.comparison import Change, Difference, IndicatorChange, LevelChange
from ntm.domain.criteria.model import Absent, Criterion, Indicator, Threshold
from ntm.faces.desk.rooms.law import words

__all__ = ["CHANGES", "ChangeGroup", "ChangeLine", "ChangeLook", "LevelLine", "changes", "counted"]


@dataclass(frozen=True)
class ChangeLook:
    """Dấu và chữ của một thay đổi."""

    sign: str
    css: str
    words: str | Promise


CHANGES = {
    Change.ADDED: ChangeLook("+", "added", _("thêm")),
    Change.REMOVED: ChangeLook("−", "removed", _("bỏ")),
    Change.TIGHTENED: ChangeLook("↑", "tightened", _("nâng mức")),
    Change.LOOSENED: ChangeLook("↓", "loosened", _("hạ mức")),
    Change.MIXED: ChangeLook("↕", "mixed", _("nâng nơi này, hạ nơi khác")),
    Change.REWORDED: ChangeLook("≠", "reworded", _("đổi lời văn")),
    Change.UNKNOWN: ChangeLook("?", "unknown", _("chưa so được, thiếu mức")),
    Change.UNCHANGED: ChangeLook("=", "unchanged", _("giữ nguyên")),
}


@dataclass(frozen=True)
class LevelLine:
    """Mức trước và sau ở những nơi như nhau."""

    places: str
    before: str
    after: str
    look: ChangeLook
    provincial: bool


@dataclass(frozen=True)
class ChangeLine:
    """Một chỉ tiêu ở hai bộ."""

    change: Change
    look: ChangeLook
    before: Indicator | None
    after: Indicator | None
    guess: bool
    reworded: bool
    levels: tuple[LevelLine, ...]
    measure: str


@dataclass(frozen=True)
class ChangeGroup:
    """Các chỉ tiêu của một tiêu chí."""

    name: str
    look: ChangeLook | None
    lines: tuple[ChangeLine, ...]


def changes(difference: Difference, *, but: Collection[Change] = ()) -> tuple[ChangeGroup, ...]:
    """By criterion, in the order of the first set, what it lacks after it."""
    by_criterion: dict[tuple[int, int], list[ChangeLine]] = {}
    for one in difference.indicators:
        if one.change not in but:
            by_criterion.setdefault(_place(difference, one), []).append(_line(difference, one))
    pairs = {
        (1, one.before.no) if one.before else (2, one.after.no if one.after else 0): one for one in difference.criteria
    }
    for key, pair in pairs.items():
        if pair.change not in (*but, Change.UNCHANGED):
            by_criterion.setdefault(key, [])
    found = []
    for key in sorted(by_criterion):
        pair = pairs.get(key)
        look = CHANGES[pair.change] if pair and pair.change is not Change.UNCHANGED else None
        found.append(ChangeGroup(_name(difference, key), look, tuple(by_criterion[key])))
    return tuple(found)


def counted(difference: Difference) -> list[tuple[ChangeLook, int]]:
    """Bao nhiêu chỉ tiêu thay đổi thế nào."""
    return [(look, len(difference.of(change))) for change, look in CHANGES.items() if difference.of(change)]


def _place(difference: Difference, one: IndicatorChange) -> tuple[int, int]:
    if one.before is not None:
        return 1, difference.before.criterion_of(one.before.code).no
    assert one.after is not None
    after = difference.after.criterion_of(one.after.code).no
    matched = next((p.before for p in difference.criteria if p.after and p.after.no == after and p.before), None)
    return (1, matched.no) if matched else (2, after)


def _name(difference: Difference, key: tuple[int, int]) -> str:
    side, no = key
    criteria = difference.before if side == 1 else difference.after
    criterion: Criterion = criteria.criterion(no)
    other = next((p.after for p in difference.criteria if side == 1 and p.before and p.before.no == no), None)
    if other is not None and (other.no, other.name) != (no, criterion.name):
        return gettext("%(no)s. %(name)s → %(other)s. %(new)s") % {
            "no": no,
            "name": criterion.name,
            "other": other.no,
            "new": other.name,
        }
    return f"{no}. {criterion.name}"


def _line(difference: Difference, one: IndicatorChange) -> ChangeLine:
    shown = one.after or one.before
    assert shown is not None
    levels = _levels(difference, one)
    only_set = one.change is Change.UNKNOWN and levels and all(level.look.css == "added" for level in levels)
    return ChangeLine(
        change=one.change,
        look=levels[0].look if only_set else CHANGES[one.change],
        before=one.before,
        after=one.after,
        guess=one.guess,
        reworded=one.reworded,
        levels=levels,
        measure=words.measure_of(shown),
    )


def _levels(difference: Difference, one: IndicatorChange) -> tuple[LevelLine, ...]:
    """Places where both sides say the same are told once; levels that did not change are left out."""
    names = dict((*difference.before.regions, *difference.after.regions, *difference.before.groups))
    names |= dict(difference.after.groups)
    gathered: dict[tuple[str, str, Change, bool], list[LevelChange]] = {}
    for level in one.levels:
        if level.change is Change.UNCHANGED or (level.before is Absent.MISSING and level.after is Absent.MISSING):
            continue
        before, after = _words(one.before, level.before), _words(one.after, level.after)
        own = isinstance(level.after, Threshold) and level.after.provincial
        gathered.setdefault((before, after, level.change, own), []).append(level)
    return tuple(
        LevelLine(_places(found, names, len(one.levels)), before, after, _look(found[0], change), own)
        for (before, after, change, own), found in gathered.items()
    )


def _look(level: LevelChange, change: Change) -> ChangeLook:
    if isinstance(level.before, Absent) and isinstance(level.after, Threshold):
        return ChangeLook("+", "added", _("có mức, bên kia chưa có"))
    return CHANGES[change]


def _places(found: list[LevelChange], names: dict[str, str], everywhere: int) -> str:
    if len(found) == everywhere:
        return gettext("mọi nơi")
    said = []
    for level in found:
        parts = [names.get(code, code) for code in (level.region, level.group) if code]
        said.append(", ".join(parts) or gettext("mức chung"))
    return "; ".join(said)


def _words(indicator: Indicator | None, level: Threshold | Absent) -> str:
    if indicator is None:
        return ""
    shown = words.level_words(indicator, level)
    return f"{shown} {words.measure_of(indicator)}".strip() if isinstance(level, Threshold) else shown
