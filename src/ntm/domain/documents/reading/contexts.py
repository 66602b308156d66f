"""Ngữ cảnh của đoạn: under which heading it stands, of which criteria and which units it speaks, what its intro promised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ntm.domain.documents.reading.area import Area
from ntm.domain.documents.reading.criteria import CriteriaWords, Ref
from ntm.domain.documents.reading.layout import Paragraph
from ntm.domain.documents.reading.model import Lines
from ntm.domain.documents.reading.names import Mention
from ntm.domain.documents.reading.outline import Node, about, tree

_LABEL = re.compile(r"(?P<label>[^:;]{2,170}?)\s?:(?=\s|$|[^\W\d_])")
_UNIT_LABEL_REST = re.compile(r"[\s,;&+]*(?:(?:va|gom|xa|thon|doi voi|cac|phuong|thi tran|huyen)\s?)*[\s,;.]*")


@dataclass(frozen=True)
class Context:
    """Đoạn trong ngữ cảnh. `refs`: the criteria it is about; `refs_lines`: where they are named; `own_label`: in itself."""

    paragraph: Paragraph
    node: Node | None
    about: frozenset[str]
    refs: tuple[Ref, ...] = ()
    refs_lines: Lines = ()
    own_label: bool = False
    label_end: int = 0
    heading_only: bool = False
    units: tuple[str, ...] = ()
    intro: Paragraph | None = None  # the paragraph above that ends in ":" and to which this belongs


@dataclass
class _Subject:
    refs: tuple[Ref, ...] = ()
    lines: Lines = ()
    rank: int = 99
    heading_only: bool = False


def _rank(p: Paragraph) -> int:
    """How high a paragraph stands by its mark; unmarked text belongs to what is above."""
    if p.marker is None:
        return 9
    style = p.marker.style
    if style == "arabic":
        return 3 + min(p.marker.label.count("."), 2)
    return {"part": 0, "article": 1, "roman": 1, "upper": 2, "letter": 6, "bullet": 7, "plus": 8}[style]


def contexts(body: Sequence[Paragraph], criteria: CriteriaWords, area: Area) -> tuple[Context, ...]:
    """The context of each paragraph of the body."""
    nodes = tree(body)
    subject = _Subject()
    intro: Paragraph | None = None
    found: list[Context] = []
    for p in body:
        node = nodes.get(p.index)
        rank = _rank(p)
        label, end = _label(p)
        refs = criteria.label(p.flat[:end]) if label else ()
        if refs:
            subject = _Subject(refs, p.lines(0, end), rank, end >= len(p.text.rstrip(" .:")))
        elif not _stays(subject, rank):
            subject = _Subject()
        if intro is not None and p.marker is not None and _rank(intro) >= rank and intro.marker is not None:
            intro = None
        found.append(
            Context(
                p, node, about(node), subject.refs, subject.lines, bool(refs), end if refs else 0,
                bool(refs) and end >= len(p.text.rstrip(" .:")), _unit_label(p, area), intro if intro is not p else None,
            )
        )  # fmt: skip
        if p.text.rstrip().endswith(":"):
            intro = p
    return tuple(found)


def _stays(subject: _Subject, rank: int) -> bool:
    """Does what comes now still speak of the criterion above?"""
    if not subject.refs:
        return False
    if subject.rank == 9:
        return rank == 9 or rank == 8
    return rank > subject.rank


def _label(p: Paragraph) -> tuple[bool, int]:
    """The words before the first colon, or a short paragraph whole: (is there one, its end)."""
    match = _LABEL.match(p.text)
    if match is not None:
        return True, match.end("label")
    if len(p.text) < 120:
        return True, len(p.text)
    return False, 0


def _unit_label(p: Paragraph, area: Area) -> tuple[str, ...]:
    """The units that a paragraph begins with: "Xã Vân Mộng: …", "Xã Sán Chải 05 tiêu chí (…)", "Xã Xuân Mai, Tràng Phái: …"."""
    mentions = area.names.mentions(p.text[:220])
    names: list[str] = []
    at = 0
    group = None
    for mention in mentions:
        between = p.flat[at : mention.start]
        if mention.level not in ("xa", "thon") and area.level != "tỉnh":
            break
        if not _UNIT_LABEL_REST.fullmatch(_no_kind(between, mention)):
            break
        if group is not None and mention.group != group and ":" in p.text[at : mention.start]:
            break
        group = mention.group
        names.append(mention.name)
        at = mention.end
    return tuple(names)


def _no_kind(between: str, mention: Mention) -> str:
    kind = mention.kind or ""
    return (
        between[: len(between) - len(kind) - 1]
        if kind and between.rstrip().endswith(kind.lower())
        else re.sub(
            r"(?:xa|thon|ban|ap|xom|lang|huyen|phuong|thi tran|thi xa|thanh pho|tp\.?|buon|khu pho|to dan pho)\s*(?:so\s)?$",
            "",
            between,
        )
    )
