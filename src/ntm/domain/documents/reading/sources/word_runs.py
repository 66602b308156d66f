"""Chữ trong một đoạn của Word: runs with their fonts, tracked changes as accepted, text boxes handed aside."""

from __future__ import annotations

from dataclasses import dataclass, field

from .archives import Element
from .fonts import from_font
from .letters import BULLETS, RAISED
from .word_styles import W, WordStyles, value

MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
DROPPED = {W + name for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr")}
PICTURES = {W + "drawing", W + "pict", W + "object"}
TEXT_OF = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "\u00ad",
    W + "br": "\n",
    W + "cr": "\n",
}
DEEPEST = 150
SYMBOLS = {"f0fe": "☒", "f0a8": "☐", "f0fc": "✓", "f0b7": "•", "f02d": "-", "f0e0": "→", "f0b3": "≥", "f0a3": "≤"}


@dataclass(frozen=True)
class Stretch:
    """A run's text and how it looks; a line feed is a soft line break."""

    text: str
    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None


@dataclass
class ParagraphText:
    """What one paragraph holds."""

    stretches: list[Stretch] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)  # w:txbxContent
    notes: list[tuple[str, str]] = field(default_factory=list)  # ("footnote" | "endnote", id)
    pages_before: int = 0  # page breaks that Word saw before the first letter
    pages_after: int = 0  # and after it
    hidden: bool = False
    old_fonts: set[str] = field(default_factory=set)
    pictures: list[str] = field(default_factory=list)  # relationship ids

    @property
    def text(self) -> str:
        return "".join(stretch.text for stretch in self.stretches)

    def page_break(self) -> None:
        if self.text.strip():
            self.pages_after += 1
        else:
            self.pages_before += 1


class RunReader:
    """Reads the runs of paragraphs, by the styles of the document."""

    def __init__(self, styles: WordStyles) -> None:
        self.styles = styles

    def read(self, paragraph: Element) -> ParagraphText:
        found = ParagraphText()
        self._walk(paragraph, paragraph.find(W + "pPr"), found, 0)
        return found

    def _walk(self, element: Element, properties: Element | None, found: ParagraphText, depth: int) -> None:
        if depth > DEEPEST:
            return
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in DROPPED:
                continue
            if tag == W + "r":
                self._run(child, properties, found, depth)
            elif tag == W + "txbxContent":
                found.boxes.append(child)
            elif tag == ALTERNATE:
                self._walk(choose(child), properties, found, depth + 1)
            elif tag == MATH_TEXT:
                found.stretches.append(Stretch(child.text or ""))
            else:
                found.pictures += [v for k, v in child.attrib.items() if k.endswith("}embed")]
                self._walk(child, properties, found, depth + 1)

    def _run(self, run: Element, properties: Element | None, found: ParagraphText, depth: int) -> None:
        own = run.find(W + "rPr")
        if own is not None and (own.find(W + "del") is not None or own.find(W + "moveFrom") is not None):
            return
        if self.styles.run_property(own, properties, "vanish"):
            found.hidden = found.hidden or any(item.text for item in run.iter(W + "t"))
            return
        texts: list[str] = []
        for child in run:
            tag = child.tag
            if tag == W + "t":
                texts.append(child.text or "")
            elif tag in TEXT_OF:
                texts.append(TEXT_OF[tag])
            elif tag == W + "sym":
                texts.append(symbol(child))
            elif tag == W + "lastRenderedPageBreak":
                self._add("".join(texts), own, properties, found)
                texts = []
                found.page_break()
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                found.notes.append((tag.removeprefix(W).removesuffix("Reference"), child.get(W + "id") or ""))
            elif isinstance(tag, str) and tag not in DROPPED:
                self._walk([child], properties, found, depth + 1)
        self._add("".join(texts), own, properties, found)

    def _add(self, text: str, own: Element | None, properties: Element | None, found: ParagraphText) -> None:
        if not text:
            return
        font = self.styles.font(own, properties)
        shown = from_font(text, font)
        if shown != text:
            found.old_fonts.add(font or "")
        if self.styles.run_property(own, properties, "caps"):
            shown = shown.upper()
        if value(own, "vertAlign") == "superscript":
            shown = shown.translate(RAISED)
        found.stretches.append(
            Stretch(
                shown,
                bold=self.styles.run_property(own, properties, "b"),
                italic=self.styles.run_property(own, properties, "i"),
                size=self.styles.size(own, properties),
            )
        )


def choose(alternate: Element) -> Element:
    """One of the ways in which the file tells the same thing: the newer where it holds text, else the older."""
    ways = [child for child in alternate if isinstance(child.tag, str)]
    for way in ways:
        if any(True for _ in way.iter(W + "txbxContent")) or any(True for _ in way.iter(W + "t")):
            return way
    return ways[0] if ways else alternate


def symbol(element: Element) -> str:
    code = (element.get(W + "char") or "").lower()
    if code in SYMBOLS:
        return SYMBOLS[code]
    try:
        letter = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return BULLETS.sub("•", letter) if letter <= "\uf8ff" else letter
