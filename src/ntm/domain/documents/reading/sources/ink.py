"""Chữ và nét trên trang: what stands on a page, the same for a PDF's letters and for recognised ones.

Places are points (1/72 inch) from the top left corner; y grows downwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..blocks import Box, Style, WordMark


@dataclass(frozen=True, slots=True)
class Word:
    """Từ: letters without a space."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    size: float  # of the letters, points
    bold: bool | None = None
    italic: bool | None = None
    confidence: float | None = None  # 0..1, recognised letters only
    glued: bool = False  # follows the word before it without a space

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Horizontal:
    """Nét ngang."""

    x0: float
    x1: float
    y: float


@dataclass(frozen=True, slots=True)
class Vertical:
    """Nét dọc."""

    x: float
    y0: float
    y1: float


@dataclass
class PageInk:
    """Everything on one page."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    horizontals: list[Horizontal] = field(default_factory=list)
    verticals: list[Vertical] = field(default_factory=list)
    recognised: bool = False
    sideways: bool = False  # read turned against how the page is shown: places on it mean nothing to the eye


@dataclass
class Row:
    """Dòng in: words side by side on one visual line."""

    words: list[Word]

    def __post_init__(self) -> None:
        self.words.sort(key=lambda w: w.x0)
        self.x0 = min(w.x0 for w in self.words)
        self.x1 = max(w.x1 for w in self.words)
        self.y0 = min(w.y0 for w in self.words)
        self.y1 = max(w.y1 for w in self.words)
        sizes = sorted(w.size for w in self.words)
        self.size = sizes[len(sizes) // 2]

    @property
    def text(self) -> str:
        return join_words(self.words)[0]

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def space(self) -> float:
        """About the width of a space in this row."""
        return self.size * 0.25


def rows_of(words: list[Word]) -> list[Row]:
    """Groups words whose heights overlap into visual lines, from the top."""
    groups: list[list[Word]] = []
    bands: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda w: (w.y0 + w.y1) / 2):
        _, middle = word.middle
        best = None
        for place in range(len(groups) - 1, max(len(groups) - 8, -1), -1):
            top, bottom = bands[place]
            overlap = min(bottom, word.y1) - max(top, word.y0)
            if overlap > 0.5 * min(bottom - top, word.height) and top - 1 <= middle <= bottom + 1:
                best = place
                break
        if best is None:
            groups.append([word])
            bands.append((word.y0, word.y1))
        else:
            groups[best].append(word)
            if word.height > bands[best][1] - bands[best][0] and word.height < 1.5 * (bands[best][1] - bands[best][0]):
                bands[best] = (word.y0, word.y1)
    return sorted((Row(group) for group in groups), key=lambda row: (row.middle, row.x0))


def join_words(words: list[Word]) -> tuple[str, tuple[WordMark, ...]]:
    """The words as text, and where each recognised one stands in it. A row that a line break cut after a hyphen or a
    slash inside a number or a symbol ("4072/QĐ-" + "BNN") is closed again by `glued`."""
    text = ""
    marks: list[WordMark] = []
    for word in words:
        if text and not word.glued:
            text += " "
        if word.confidence is not None:
            marks.append(WordMark(len(text), len(text) + len(word.text), word.confidence))
        text += word.text
    return text, tuple(marks)


def style_of(words: list[Word], centered: bool | None = None, indent: float | None = None) -> Style:
    """What the words have in common."""
    bold = None if all(w.bold is None for w in words) else all(bool(w.bold) for w in words)
    italic = None if all(w.italic is None for w in words) else all(bool(w.italic) for w in words)
    sizes = sorted(w.size for w in words)
    size = round(sizes[len(sizes) // 2] * 2) / 2 if sizes else None
    return Style(bold=bold, italic=italic, centered=centered, size=size, indent=indent)


def box_of(words: list[Word], page: PageInk) -> tuple[Box, ...]:
    """Where the words stand, as shares of the page."""
    if not words or page.sideways:
        return ()
    return (
        Box(
            page.number,
            share(min(w.x0 for w in words), page.width),
            share(min(w.y0 for w in words), page.height),
            share(max(w.x1 for w in words), page.width),
            share(max(w.y1 for w in words), page.height),
        ),
    )


def share(place: float, whole: float) -> float:
    return round(min(max(place / whole, 0.0), 1.0), 4) if whole > 0 else 0.0
