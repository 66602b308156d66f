"""Chữ: one way of writing letters and spaces for every kind of file."""

from __future__ import annotations

import re
import unicodedata

SPACES = re.compile(r"[ \u00a0\u2000-\u200a\u202f\u205f\u3000]+")
UNSEEN = re.compile(
    r"[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]"
)
SURROGATES = re.compile(r"[\ud800-\udfff]")
# Symbol and Wingdings put their signs where Unicode keeps private letters; the ones that offices use as bullets.
BULLETS = re.compile("[\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf06e\uf071\uf0b2\uf0e0\uf0de\uf0f0]")
PRIVATE_DASH = re.compile("[\uf02d\uf0be]")
PRIVATE_PLUS = re.compile("[\uf02b]")
AFTER_MARKER = re.compile(r"^(\S{1,6})\t+")

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def clean(text: str) -> str:
    """NFC, no unseen letters, private signs as bullets; white space stays as it is. The soft hyphen stays until the end
    (`Builder.source`): in TCVN3 it is the letter ư."""
    text = SURROGATES.sub("\ufffd", text)
    text = UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return PRIVATE_PLUS.sub("+", PRIVATE_DASH.sub("-", BULLETS.sub("•", text)))


def tidy(text: str) -> str:
    """A paragraph's text: cleaned, single spaces, nothing at the ends; a TAB between words becomes three spaces
    (a gap a reader of the page sees), after a list marker one."""
    text = SPACES.sub(" ", clean(text).replace("\n", " ").replace("\r", " ").replace("\x0c", " "))
    text = AFTER_MARKER.sub(r"\1 ", text.strip())
    return re.sub(r" *\t[ \t]*", "   ", text)
