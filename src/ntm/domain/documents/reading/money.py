"""Tiền: needs, sources, totals and balances in đồng, with their parts and the sums that the document states."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from ntm.domain.documents.reading.contexts import Context
from ntm.domain.documents.reading.layout import Paragraph
from ntm.domain.documents.reading.marks import plain
from ntm.domain.documents.reading.model import Equation, MoneyItem, MoneySum
from ntm.domain.documents.reading.money_equations import equation_of
from ntm.domain.documents.reading.quantities import INCOME
from ntm.domain.documents.reading.work import Work
from ntm.domain.official.money import FoundMoney, find_money
from ntm.domain.official.numbers import NumberError, parse_number

Role = Literal["need", "source", "total", "balance"]
Side = Literal["need", "source"]

_TOTAL = re.compile(
    r"^\W*cong\s?:|\btong(?:\s(?:cong|so|kinh phi|von|nguon|nhu cau|muc|du toan|gia tri|nguon von|nguon luc|so von|cac nguon))?"
)
_BALANCE = re.compile(r"con thieu|chenh lech|thieu hut|can doi|so thieu|thieu\s+(?:la\s+)?$|con lai chua")
_SOURCE = re.compile(
    r"\bvon\b|ngan sach|huy dong|dong gop|tai tro|xa hoi hoa|tin dung|doanh nghiep|nguon|ho tro cua|hien dat"
    r"|trung uong|nhan dan|su nghiep|long ghep|dau gia|cong dong"
)
_NEED = re.compile(
    r"kinh phi|nhu cau|can\s|du toan|chi phi|dau tu|xay dung|mua sam|lap dat|ho tro|nang cap|sua chua|tieu chi|cong trinh"
)
_NEED_HEAD = re.compile(
    r"nhu cau|tong (?:nguon von|kinh phi|von)? ?(?:du kien )?thuc hien|kinh phi (?:thuc hien|dau tu|can)"
    r"|du kien tong|khai toan|noi dung chi"
)
_SOURCE_HEAD = re.compile(r"huy dong|co cau nguon|nguon von|cac nguon|phan theo nguon|nguon luc|can doi von")
_OPENS = re.compile(
    r"(?:trong do|gom(?: co)?|bao gom|cu the(?: nhu sau)?|nhu sau|chia ra|gom cac nguon(?: von)?|phan ra"
    r"|sau day)\s*:?\s*\W*$|:\s*$"
)
_INLINE = re.compile(r"trong do|gom(?: co)?\b|bao gom|cu the|chia ra")
_SOURCES_OF = re.compile(
    r"\W*(?:trong do|(?:cac |co cau |phan theo |chia theo )*nguon (?:von|kinh phi|luc)(?: thuc hien| dau tu| nhu sau)?)\W*"
)
_CONDITION = re.compile(r"\b(khi|sau khi|neu|voi dieu kien)\s[^,;.()]{4,90}")
_SHARE = re.compile(r"(?:ty le|chiem|bang)\s(?:la\s)?(\d{1,3}(?:,\d{1,2})?)\s?%")
_YEAR = re.compile(r"nam\s(20\d\d)")
_ADDS_UP = re.compile(
    r"[\s,()]*(?P<mark>[.;]\s)?\s*(?:nang )?tong (?:cong|so)(?: von| kinh phi| tien)?(?: la| len| thanh)?\s?:?\s?"
)
_NEAR = 600  # letters back from an amount that can tell what it is a part of


@dataclass
class _Open:
    index: int
    rank: int
    listed: bool = False  # its parts stand below it, each with a mark


@dataclass
class _Book:
    """Sổ: what has been read so far."""

    items: list[MoneyItem] = field(default_factory=list)
    sums: dict[int, list[int]] = field(default_factory=dict)
    equations: list[Equation] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    block: list[int] = field(default_factory=list)  # mains since the last heading or total
    side: Side | None = None
    awaits: int | None = None  # a total that stood alone just now: "Nguồn vốn:" may follow and share it out


def read(work: Work) -> tuple[tuple[MoneyItem, ...], tuple[MoneySum, ...], tuple[Equation, ...]]:
    """All amounts of the body; incomes and values per person are targets, not money."""
    book = _Book()
    node = None
    for context in work.contexts:
        if context.node is not node:
            node = context.node
            book.block = []
            book.opened = [o for o in book.opened if o.rank < _rank(context.paragraph)]
        book.side = _side_of(context) or (book.side if "money" in context.about else None)
        amounts = [m for m in find_money(context.paragraph.text) if _is_budget(m, context.paragraph.flat)]
        if amounts:
            book.awaits = None
            _paragraph(work, book, context, amounts)
        elif book.awaits is not None and _SOURCES_OF.fullmatch(context.paragraph.flat):
            book.opened.append(_Open(book.awaits, 0))
            book.awaits = None
    sums = tuple(
        MoneySum(total, tuple(parts), tuple(sorted({n for i in [total, *parts] for n in book.items[i].lines})))
        for total, parts in book.sums.items()
        if parts
    )
    return tuple(book.items), sums, tuple(book.equations)


def _is_budget(money: FoundMoney, flat: str) -> bool:
    if (money.per and money.per != "năm") or money.low is not None:
        return False
    before = flat[max(0, money.start - 90) : money.start]
    before = re.split(r"[;.]\s", before)[-1]
    return not INCOME.search(before) or bool(_SOURCE.search(before[-40:]))


def _side_of(context: Context) -> Side | None:
    """Which side the headings above speak of."""
    p = context.paragraph
    titles = [plain(n.title) for n in reversed(context.node.chain)] if context.node else []
    if context.intro is not None:
        titles.insert(0, context.intro.flat[:200])
    if p.marker is None and len(p.text) < 160 and not any(find_money(p.text)):
        titles.insert(0, p.flat)
    for title in titles:
        if _NEED_HEAD.search(title) and not re.search(r"huy dong duoc|nguon von huy dong|co cau", title):
            return "need"
        if _SOURCE_HEAD.search(title):
            return "source"
    return None


def _rank(p: Paragraph) -> int:
    if p.marker is None:
        return 0
    return {
        "part": 1,
        "article": 1,
        "roman": 1,
        "upper": 2,
        "arabic": 3 + p.marker.label.count("."),
        "letter": 6,
        "bullet": 7,
        "plus": 8,
    }[p.marker.style]


def _paragraph(work: Work, book: _Book, context: Context, amounts: list[FoundMoney]) -> None:
    p = context.paragraph
    equation = equation_of(p, amounts)
    if equation is not None:
        book.equations.append(equation)
    rank = _rank(p)
    while book.opened and (book.opened[-1].rank >= rank and p.marker is not None):
        book.opened.pop()
    if p.marker is None:  # an unmarked paragraph below marked parts is none of them
        while book.opened and (book.opened[-1].listed or book.items[book.opened[-1].index].parent is not None):
            book.opened.pop()
    closing_total = (
        p.marker is None and bool(re.match(r"\W*(?:\d\W*)?(?:tong|cong\s?:)", p.flat)) and not _OPENS.search(p.flat)
    )
    if closing_total or (p.marker is None and not _OPENS.search(p.flat) and rank == 0 and len(p.text) > 120):
        book.opened = []
    refs = [r.no for r in context.refs if r.no] or [r.no for r in work.criteria.mentions(p.flat) if r.no]
    one = refs[0] if len(set(refs)) == 1 else None  # the only criterion that the paragraph speaks of
    start = 0
    main: int | None = None
    outer: int | None = None  # the last amount outside brackets
    for at, money in enumerate(amounts):
        item = _item(work, context, book, money, start, at, main, equation, one)
        index = len(book.items)
        book.items.append(item)
        if main is None or _new_main(p, amounts[at - 1], money, book.items[main]):
            main = index
            parent = book.opened[-1].index if book.opened and equation is None else None
            if parent is not None:
                book.opened[-1].listed = p.marker is not None
                book.sums.setdefault(parent, []).append(index)
                book.items[index] = replace(item, parent=parent, side=item.side or book.items[parent].side)
        elif equation is None and _is_part(p, amounts[at - 1], money, main, book):
            whole = outer if outer is not None and _bracketed(p.text, money.start) else main
            book.sums.setdefault(whole, []).append(index)
            book.items[index] = replace(item, parent=whole)
        if not _bracketed(p.text, money.start):
            outer = index
        start = money.end
    if equation is None:
        _closed_by_total(p, book, amounts)
    if main is not None and equation is None:
        _settle(book, p, rank, main, closing_total)


def _closed_by_total(p: Paragraph, book: _Book, amounts: list[FoundMoney]) -> None:
    """ "Ngân sách 3,8 tỷ và vận động 1,2 tỷ, tổng cộng 5 tỷ": a sentence that adds up what it has just told."""
    first = len(book.items) - len(amounts)
    for at in range(2, len(amounts)):
        lead = _ADDS_UP.fullmatch(p.flat, amounts[at - 1].end, amounts[at].start)
        if lead is None or first + at in book.sums:
            continue
        begin = -1  # "… . Tổng cộng: 5 tỷ" adds up the paragraph, "…, tổng cộng 5 tỷ" its own sentence
        if lead["mark"] is None:
            begin = max(p.text.rfind(". ", 0, amounts[at].start), p.text.rfind("; ", 0, amounts[at].start))
        parts = [first + i for i in range(at) if amounts[i].start > begin and not _worked_out(p, amounts[i : i + 2])]
        if len(parts) > 1 and not any(book.items[i].parent is not None or i in book.sums for i in parts):
            book.sums[first + at] = parts
            for i in parts:
                book.items[i] = replace(book.items[i], parent=first + at)


def _worked_out(p: Paragraph, two: list[FoundMoney]) -> bool:
    """ "50 triệu đồng (10 thôn = 500 triệu đồng)", "800.000 đồng = 212 triệu đồng": the price, not what it comes to."""
    return len(two) == 2 and bool(re.fullmatch(r"[^;.=]{0,45}=\s*", p.text[two[0].end : two[1].start]))


def _settle(book: _Book, p: Paragraph, rank: int, main: int, closing_total: bool) -> None:
    """Open the amount for what follows, close the block with a total, or add to the block."""
    item = book.items[main]
    if _OPENS.search(p.flat) or _heads(p, item):
        book.opened.append(_Open(main, rank if p.marker is not None else 0))
    elif item.role == "total" and closing_total:
        parts = [
            i for i in book.block if book.items[i].role not in ("total", "balance") and book.items[i].parent is None
        ]
        if len(parts) > 1:
            book.sums.setdefault(main, []).extend(parts)
            side = book.items[parts[0]].side
            book.items[main] = replace(item, side=item.side or side)
            for i in parts:
                book.items[i] = replace(book.items[i], parent=main)
        book.block = []
    if item.parent is None:
        book.block.append(main)
        if item.role == "total" and main not in book.sums and len(book.items) == main + 1:
            book.awaits = main


def _heads(p: Paragraph, item: MoneyItem) -> bool:
    """ "1. Nhu cầu vốn: 4.280 triệu đồng" above its parts: a marked line that ends with its amount."""
    if p.marker is None or not p.marker.numbered or not re.search(r"tong|nhu cau|nguon|kinh phi|von|du toan", p.flat):
        return False
    return not re.sub(r"[\s.;:,)]+", "", p.text[p.text.rfind(item.words) + len(item.words) :])


def _new_main(p: Paragraph, before: FoundMoney, money: FoundMoney, main: MoneyItem) -> bool:
    """A second amount that stands on its own: after a semicolon or a full stop, outside brackets and lists of parts."""
    between = p.text[before.end : money.start]
    if not re.search(r";|\.\s", between):
        return False
    window = p.flat[max(0, money.start - _NEAR) : money.start]
    return window.count("(") <= window.count(")") and not _INLINE.search(_outside(window))


def _outside(flat: str) -> str:
    """The same letters, those of brackets that are closed again blotted out."""
    return re.sub(r"\([^()]*\)", lambda m: " " * len(m[0]), flat)


def _bracketed(text: str, at: int) -> bool:
    """Does that place stand within a bracket?"""
    near = text[max(0, at - _NEAR) : at]
    return near.count("(") > near.count(")")


def _is_part(p: Paragraph, before: FoundMoney, money: FoundMoney, main: int, book: _Book) -> bool:
    first = book.items[main].span
    window = p.flat[max(0, money.start - _NEAR) : money.start]
    opened = [m.end() for m in _INLINE.finditer(_outside(window))]
    inside = window.rfind("(") > window.rfind(")")
    if (not opened and not inside) or _worked_out(p, [before, money]):
        return False
    place = p.text[max(0, money.start - _NEAR) : money.start].find(book.items[main].words)
    return bool((opened and opened[-1] > place >= 0) or (inside and window.rfind("(") > place)) and first is not None


def _item(
    work: Work,
    context: Context,
    book: _Book,
    money: FoundMoney,
    start: int,
    at: int,
    main: int | None,
    equation: Equation | None,
    one_criterion: int | None,
) -> MoneyItem:
    p = context.paragraph
    what = _what(p.text, start, money)
    before = p.flat[start : money.start]
    tail = p.flat[money.end : money.end + 25]
    side = book.side
    role = _role(before, p, money, side, equation, tail)
    criterion = one_criterion if role in ("need", "source") else None
    condition = _CONDITION.search(p.flat, start, money.start)
    share = _SHARE.search(p.flat, start, money.start)
    year = _YEAR.search(p.flat, start, money.start)
    return MoneyItem(
        what, role, money.amount, money.text, criterion, None, side or (role if role in ("need", "source") else None),  # type: ignore[arg-type]
        p.text[condition.start() : condition.end()].strip() if condition else None, _decimal(share[1]) if share else None,
        int(year[1]) if year else None, p.lines(money.start, money.end), p.span(money.start, money.end),
    )  # fmt: skip


def _decimal(text: str) -> Decimal | None:
    try:
        return parse_number(text)
    except NumberError:
        return None


def _what(text: str, start: int, money: FoundMoney) -> str:
    piece = text[start : money.start]
    cut = max(piece.rfind(";"), piece.rfind(". "))
    if cut >= 0 and len(piece) - cut > 6:
        piece = piece[cut + 1 :]
    return piece.strip(" :;,.-–(=").removesuffix(" là").removesuffix(" là:").strip()


def _role(
    before: str, p: Paragraph, money: FoundMoney, side: Side | None, equation: Equation | None, tail: str
) -> Role:
    if equation is not None:
        if money.amount == equation.result and money.amount not in equation.terms:
            return "balance"
        return "total" if money.amount in equation.terms else "balance"
    last = re.split(r"[;.]\s", before)[-1]
    if _BALANCE.search(last[-60:]):
        return "balance"
    if _TOTAL.search(last):
        return "total"
    if re.search(
        r"\bvon (?:dau tu phat trien|su nghiep|ngan sach|long ghep|tin dung)|ngan sach|huy dong|dong gop|nguon von",
        last,
    ):
        return "source"
    if side is not None:
        return side
    if _SOURCE.search(last):
        return "source"
    return "need" if _NEED.search(p.flat) or True else "source"
