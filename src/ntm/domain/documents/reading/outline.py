"""Dàn bài: I, 1, 1.1, a), and what they hold; a style of mark that comes back closes what was opened after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ntm.domain.documents.reading.layout import Paragraph
from ntm.domain.documents.reading.markers import Marker
from ntm.domain.documents.reading.marks import plain
from ntm.domain.documents.reading.model import Section

_TITLE_LENGTH = 200
_CUSTOM = {"part": 0, "articl": 1, "roman": 2, "arabic": 3, "letter": 4}


@dataclass(frozen=True)
class Node:
    """Đề mục trong cây: `parents` from the top; `heading` is the paragraph that opens it."""

    label: str
    title: str
    path: str
    depth: int
    heading: Paragraph
    parents: tuple[Node, ...]

    @property
    def chain(self) -> tuple[Node, ...]:
        return (*self.parents, self)


def _style(marker: Marker) -> str:
    if marker.style == "arabic":
        return f"arabic{marker.label.count('.')}"
    return marker.style


def _title(p: Paragraph) -> str:
    head = re.split(r"(?<=\S):(?:\s|$|(?=[^\W\d_]))", p.text, maxsplit=1)[0]
    if len(head) > _TITLE_LENGTH:
        head = re.split(r"(?<=[^\d\s])[.;]\s", p.text, maxsplit=1)[0]
    return head[:_TITLE_LENGTH].strip(" .:;")


def tree(body: Sequence[Paragraph]) -> dict[int, Node]:
    """For each paragraph of the body the innermost numbered heading above it (itself, when it is one)."""
    stack: list[tuple[str, Node]] = []
    found: dict[int, Node] = {}
    order: dict[str, int] = {}
    for p in body:
        marker = p.marker
        if marker is not None and marker.numbered:
            style = _style(marker)
            order.setdefault(style, len(order))
            stack = _open(stack, style, marker, order)
            parents = tuple(node for _, node in stack)
            stack.append((style, Node(marker.label, _title(p), _path(parents, marker), len(parents) + 1, p, parents)))
        if stack:
            found[p.index] = stack[-1][1]
    return found


def _open(stack: list[tuple[str, Node]], style: str, marker: Marker, order: dict[str, int]) -> list[tuple[str, Node]]:
    """The headings that stay open when one of this style begins: a style that the document used first stands higher."""
    styles = [s for s, _ in stack]
    if style.startswith("arabic") and style != "arabic0":
        head = marker.label.rsplit(".", 1)[0]
        for at in range(len(stack) - 1, -1, -1):
            if stack[at][0].startswith("arabic") and stack[at][1].label == head:
                return stack[: at + 1]
    if style in styles:
        return stack[: styles.index(style)]
    kept = list(stack)
    while kept and _deeper(kept[-1][0], style, order):
        kept.pop()
    return kept


def _deeper(open_style: str, style: str, order: dict[str, int]) -> bool:
    """Capital letters stand where the document used them first; the other styles have their custom."""
    if open_style.startswith("arabic") and style.startswith("arabic"):
        return open_style > style
    above, below = _CUSTOM.get(open_style[:6]), _CUSTOM.get(style[:6])
    if above is not None and below is not None and above != below:
        return above > below
    return order[open_style] > order[style]


def _path(parents: tuple[Node, ...], marker: Marker) -> str:
    label = marker.label
    if not parents:
        return label
    above = parents[-1]
    if label.startswith(above.label + ".") and above.path.endswith(above.label):
        return f"{above.path}{label[len(above.label) :]}"
    return f"{above.path}.{label}"


def sections(body: Sequence[Paragraph]) -> tuple[Section, ...]:
    """The outline, each heading with the first and the last line of what it holds."""
    nodes = tree(body)
    last: dict[int, int] = {}
    order: list[Node] = []
    for p in body:
        node = nodes.get(p.index)
        if node is None:
            continue
        if node.heading is p:
            order.append(node)
        for above in node.chain:
            last[above.heading.index] = p.last_line
    return tuple(
        Section(
            node.label + (node.heading.marker.text.strip()[len(node.label) :] if node.heading.marker else ""),
            node.title,
            node.path,
            node.depth,
            (node.heading.first_line, last[node.heading.index]),
            node.heading.lines(),
        )
        for node in order
    )


_DUTY = re.compile(
    r"to chuc (?:thuc hien|trien khai)|phan cong(?! lao dong)|trach nhiem (?:cua|thuc hien|to chuc|cac)|nhiem vu cua cac (?!xa)"
)
_MONEY = re.compile(r"kinh phi|nguon von|nguon luc|du toan|tong von|huy dong|co cau von|von thuc hien")
_ROADMAP = re.compile(r"lo trinh|tien do|thoi gian (?:thuc hien|hoan thanh)|phan ky|ke hoach thuc hien theo")
_AIM = re.compile(r"muc tieu|chi tieu|phan dau|ke hoach nam|nhiem vu cu the|nhiem vu trong tam|ket qua can dat")
_GAPS = re.compile(
    r"con thieu|(?:hang muc|noi dung|tieu chi|chi tieu)[^,;]{0,30}chua (?:dat|hoan thanh)|ton tai|han che|kho khan"
    r"|noi dung can hoan thanh"
)
_STATE = re.compile(
    r"thuc trang|hien trang|ket qua (?:ra soat|thuc hien|dat duoc|nam|6 thang|xay dung)|danh gia (?:chung|ket qua)|tinh hinh"
)
_AIMS = re.compile(r"ph[a-z]{1,2}n d[a-z]{1,2}u|dat them|hoan thanh them")
_NOT_GAPS = re.compile(r"^(?:trien khai|thuc hien|tap trung|doi voi cac xa|nhiem vu)|\bgiai phap\b")


def about(node: Node | None) -> frozenset[str]:
    """What the headings above say that this place is about: duties, money, roadmap, aims, gaps, the state of things."""
    found: set[str] = set()
    if node is None:
        return frozenset()
    for above in node.chain:
        title = plain(above.title)
        if len(title) > 150:
            continue
        for name, pattern in (
            ("money", _MONEY),
            ("roadmap", _ROADMAP),
            ("aims", _AIM),
            ("gaps", _GAPS),
            ("state", _STATE),
        ):
            if pattern.search(title) and not (name == "gaps" and (_NOT_GAPS.match(title) or _AIMS.search(title))):
                found.add(name)
        if _DUTY.search(title) and above.depth <= 2:
            found.add("duties")
    return frozenset(found)
