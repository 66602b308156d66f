"""Đánh số tự động: the labels that Word draws before list paragraphs and does not keep in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .archives import Element
from .letters import clean
from .word_styles import VAL, W, value, whole

ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")]
ROMAN += [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]
LARGEST = 100_000
PRIVATE = re.compile("[\ue000-\uf8ff]")


def roman(number: int) -> str:
    if not 0 < number < 5000:
        return str(number)
    text = ""
    for size, letters in ROMAN:
        text += letters * (number // size)
        number %= size
    return text


def letter(number: int) -> str:
    """a, b, ..., z, aa, bb, ... as Word counts."""
    if not 0 < number <= 26 * 20:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def written(number: int, form: str) -> str:
    if form == "upperRoman":
        return roman(number).upper()
    if form == "lowerRoman":
        return roman(number)
    if form == "upperLetter":
        return letter(number).upper()
    if form == "lowerLetter":
        return letter(number)
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "none":
        return ""
    return str(number)


@dataclass(frozen=True)
class Level:
    """Một cấp của danh sách."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None  # the level whose step restarts this one; 0: never
    legal: bool = False  # every number in decimal


def level_of(item: Element) -> Level:
    legal = item.find(W + "isLgl")
    return Level(
        start=whole(value(item, "start")) or 0 if value(item, "start") else 1,
        form=value(item, "numFmt") or "decimal",
        text=value(item, "lvlText") or "",
        suffix=value(item, "suff") or "tab",
        restart=whole(value(item, "lvlRestart")),
        legal=legal is not None and (legal.get(VAL) or "1") not in ("0", "false"),
    )


@dataclass
class Numbering:
    """The lists of one document; `label` is asked once a paragraph, in reading order."""

    abstract_of: dict[str, str] = field(default_factory=dict)  # numId -> abstractNumId
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # abstractNumId -> levels
    overrides: dict[str, dict[int, Level]] = field(default_factory=dict)  # numId -> levels
    starts: dict[tuple[str, int], int] = field(default_factory=dict)  # startOverride
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: Element | None) -> Numbering:
        lists = cls()
        if root is None:
            return lists
        linked: dict[str, str] = {}  # abstractNumId -> the style it borrows its levels from
        styles: dict[str, str] = {}
        for item in root.findall(W + "abstractNum"):
            name = item.get(W + "abstractNumId") or ""
            lists.levels[name] = {
                whole(level.get(W + "ilvl")) or 0: level_of(level) for level in item.findall(W + "lvl")
            }
            if value(item, "styleLink"):
                styles[value(item, "styleLink") or ""] = name
            if value(item, "numStyleLink"):
                linked[name] = value(item, "numStyleLink") or ""
        for name, style in linked.items():
            if style in styles and not lists.levels[name]:
                lists.levels[name] = lists.levels[styles[style]]
        for item in root.findall(W + "num"):
            lists._add(item)
        return lists

    def _add(self, item: Element) -> None:
        number = item.get(W + "numId") or ""
        self.abstract_of[number] = value(item, "abstractNumId") or ""
        for override in item.findall(W + "lvlOverride"):
            depth = whole(override.get(W + "ilvl")) or 0
            own = override.find(W + "lvl")
            if own is not None:
                self.overrides.setdefault(number, {})[depth] = level_of(own)
            start = whole(value(override, "startOverride"))
            if start is not None:
                self.starts[number, depth] = start

    def level(self, number: str, depth: int) -> Level | None:
        own = self.overrides.get(number, {}).get(depth)
        return own or self.levels.get(self.abstract_of.get(number, ""), {}).get(depth)

    def label(self, number: str, depth: int) -> str:
        """Counts the paragraph in and gives its label with the space that follows it, or nothing."""
        level = self.level(number, depth)
        if level is None:
            return ""
        counters = self.counters.setdefault(self.abstract_of.get(number, ""), {})
        self._step(number, depth, level, counters)
        if level.form == "bullet":
            text = PRIVATE.sub("•", clean(level.text)).strip()
            text = "•" if text in ("o", "§", "ü", "Ø", "v", "·", "q", "n") else text
        else:
            text = self._written(number, depth, level, counters)
        if not text.strip():
            return ""
        return text if level.suffix == "nothing" else text + " "

    def _step(self, number: str, depth: int, level: Level, counters: dict[int, int]) -> None:
        first_use = (number, depth) not in self.begun
        self.begun.add((number, depth))
        if first_use and (number, depth) in self.starts:
            counters[depth] = self.starts[number, depth]
        else:
            counters[depth] = min(counters[depth] + 1, LARGEST) if depth in counters else level.start
        for above in range(depth):
            if above not in counters:
                upper = self.level(number, above)
                counters[above] = upper.start if upper else 1
        for below in [d for d in counters if d > depth]:
            lower = self.level(number, below)
            if lower is None or lower.restart is None or (lower.restart > 0 and depth < lower.restart):
                del counters[below]

    def _written(self, number: str, depth: int, level: Level, counters: dict[int, int]) -> str:
        def place(match: re.Match[str]) -> str:
            above = int(match.group(1)) - 1
            upper = self.level(number, above)
            form = "decimal" if level.legal or upper is None else upper.form
            return written(counters.get(above, upper.start if upper else 1), form)

        return (
            re.sub(r"%([1-9])", place, clean(level.text)) if level.form != "none" or "%" in level.text else level.text
        )
