"""Kiểu định dạng của Word: what a paragraph, a run or a table has from its style when it says nothing itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from .archives import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
DEEPEST = 20  # styles based on styles


def value(parent: Element | None, child: str, attribute: str = "val") -> str | None:
    """The attribute of a child element, or None."""
    if parent is None:
        return None
    found = parent.find(W + child)
    text: str | None = None if found is None else found.get(W + attribute)
    return text


def switch(parent: Element | None, child: str) -> bool | None:
    """An on/off property: absent is None, present without a value is on."""
    if parent is None:
        return None
    found = parent.find(W + child)
    if found is None:
        return None
    return (found.get(VAL) or "1").lower() not in ("0", "false", "off", "none")


def whole(text: str | None) -> int | None:
    """A whole number of a reasonable size, or None."""
    try:
        number = int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None
    return number if number is not None and abs(number) < 1_000_000 else None


def font_of(run_properties: Element | None) -> str | None:
    """The font that Latin letters are drawn with."""
    if run_properties is None:
        return None
    fonts = run_properties.find(W + "rFonts")
    if fonts is None:
        return None
    name: str | None = fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or fonts.get(W + "cs")
    return name


@dataclass
class WordStyles:
    """The styles of one document, looked up through what they are based on."""

    by_id: dict[str, Element] = field(default_factory=dict)
    default_paragraph: str | None = None
    default_run: Element | None = None

    @classmethod
    def of(cls, root: Element | None) -> WordStyles:
        styles = cls()
        if root is None:
            return styles
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        styles.default_run = defaults
        for item in root.findall(W + "style"):
            name = item.get(W + "styleId")
            if not name:
                continue
            styles.by_id[name] = item
            if item.get(W + "type") == "paragraph" and item.get(W + "default") in ("1", "true"):
                styles.default_paragraph = name
        return styles

    def chain(self, style: str | None) -> list[Element]:
        """The style and what it is based on, nearest first."""
        found: list[Element] = []
        while style and style in self.by_id and len(found) < DEEPEST:
            item = self.by_id[style]
            if item in found:
                break
            found.append(item)
            style = value(item, "basedOn")
        return found

    def paragraph_chain(self, properties: Element | None) -> list[Element]:
        return self.chain(value(properties, "pStyle") or self.default_paragraph)

    def numbering(self, properties: Element | None) -> tuple[str, int] | None:
        """(numId, level) of the paragraph, its own or its style's."""
        own = None if properties is None else properties.find(W + "numPr")
        number, level = value(own, "numId"), whole(value(own, "ilvl"))
        if number is None:
            for style in self.paragraph_chain(properties):
                inherited = style.find(f"{W}pPr/{W}numPr")
                if inherited is not None and value(inherited, "numId"):
                    number = value(inherited, "numId")
                    level = level if level is not None else whole(value(inherited, "ilvl"))
                    break
        if number is None or number == "0":
            return None
        return number, min(max(level or 0, 0), 8)

    def heading(self, properties: Element | None) -> int | None:
        own = whole(value(properties, "outlineLvl"))
        levels = [own] if own is not None else []
        levels += [
            level
            for style in self.paragraph_chain(properties)
            if (level := whole(value(style.find(W + "pPr"), "outlineLvl"))) is not None
        ]
        return levels[0] + 1 if levels and 0 <= levels[0] < 9 else None

    def justified(self, properties: Element | None) -> str | None:
        own = value(properties, "jc")
        if own:
            return own
        for style in self.paragraph_chain(properties):
            inherited = value(style.find(W + "pPr"), "jc")
            if inherited:
                return inherited
        return None

    def run_property(self, run: Element | None, paragraph: Element | None, name: str) -> bool | None:
        """An on/off property of letters (b, i, vanish): the run's own, its style's, its paragraph style's."""
        own = switch(run, name)
        if own is not None:
            return own
        for style in [*self.chain(value(run, "rStyle")), *self.paragraph_chain(paragraph)]:
            inherited = switch(style.find(W + "rPr"), name)
            if inherited is not None:
                return inherited
        return switch(self.default_run, name)

    def size(self, run: Element | None, paragraph: Element | None) -> float | None:
        own = whole(value(run, "sz"))
        if own is None:
            for style in [*self.chain(value(run, "rStyle")), *self.paragraph_chain(paragraph)]:
                own = whole(value(style.find(W + "rPr"), "sz"))
                if own is not None:
                    break
        if own is None:
            own = whole(value(self.default_run, "sz"))
        return own / 2 if own else None

    def font(self, run: Element | None, paragraph: Element | None) -> str | None:
        own = font_of(run)
        if own:
            return own
        for style in [*self.chain(value(run, "rStyle")), *self.paragraph_chain(paragraph)]:
            inherited = font_of(style.find(W + "rPr"))
            if inherited:
                return inherited
        return font_of(self.default_run)

    def table_has_borders(self, properties: Element | None) -> bool:
        """Whether the table itself, or its style, draws lines between its cells."""
        own = None if properties is None else properties.find(W + "tblBorders")
        if own is not None:
            return draws(own)
        for style in self.chain(value(properties, "tblStyle")):
            borders = style.find(f"{W}tblPr/{W}tblBorders")
            if borders is not None:
                return draws(borders)
        return False


def draws(borders: Element) -> bool:
    """Whether at least two of its lines can be seen: a lone line under the letterhead is no grid."""
    seen = [item for item in borders if (item.get(VAL) or "none") not in ("none", "nil")]
    return len(seen) >= 2
