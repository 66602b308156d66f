"""Nói hai lần khác nhau: one figure told in two places with two values or two bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ntm.domain.documents.checking import amounts
from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, lines_of
from ntm.domain.documents.checking.prose import clauses, joined_lines, pairs
from ntm.domain.documents.reading.model import Lines, MoneyItem, Target
from ntm.domain.official.text import flat

_STRIVE = r"ph[a-z]{1,2}n d[a-z]{1,2}u"
_PROMISE = re.compile(
    rf"(?P<lead>(?:co\s)?them|cong nhan moi|doi voi|ho tro)\s(?P<n>\d{{1,4}})\s(?P<m>xa|thon|ap|ban)\s"
    rf"(?:(?:{_STRIVE}|dang ky|du kien)\s)?(?:dat|dat chuan|xay dung|hoan thanh)\s(?:chuan\s)?(?:xa\s|"
    rf"thon\s)?(?:nong thon moi|ntm)(?P<t>\s(?:nang cao/kieu mau|nang cao|kieu mau))?"
)


_BESIDE = re.compile(  # "hỗ trợ 09 xã phấn đấu đạt chuẩn, 14 xã phấn đấu nâng cao"
    rf",\s(?P<n>\d{{1,4}})\s(?P<m>xa|thon|ap|ban)\s{_STRIVE}\s(?:dat\s)?(?:chuan\s)?(?:nong thon moi\s|ntm\s)?"
    r"(?P<t>nang cao|kieu mau)(?!/| chat luong| hieu qua)"
)


def balance_figure(plan: Checkable) -> Iterator[Finding]:
    """Số dùng khi cân đối so với tổng đã ghi ở trên."""
    needs, sources = _grand(plan, "need"), _grand(plan, "source")
    if needs is None or sources is None:
        return
    for equation in plan.equations:
        if len(equation.terms) != 2 or equation.signs[:2] != (1, -1):
            continue
        yield from _compare(plan, needs, equation.terms[0], sources, equation.terms[1], equation.lines)
        yield from _compare(plan, sources, equation.terms[1], needs, equation.terms[0], equation.lines)


def _grand(plan: Checkable, side: str) -> MoneyItem | None:
    """The one stated total of that side: it has parts of its own and is no part itself."""
    found = {
        i
        for s in plan.sums
        for i in [s.total]
        if 0 <= i < len(plan.money) and plan.money[i].side == side and plan.money[i].parent is None
    }
    return plan.money[next(iter(found))] if len(found) == 1 else None


def _compare(
    plan: Checkable, anchor: MoneyItem, anchor_term: int, total: MoneyItem, term: int, lines: Lines
) -> Iterator[Finding]:
    """The one side is the stated total, so the other side should be as well."""
    if anchor.amount != anchor_term or total.amount == term or set(total.lines) & set(lines):
        return
    again = [m.lines for m in plan.money if m.role == "balance" and m.lines > lines]
    yield Finding(
        "balance-figure",
        "high",
        f"Phần cân đối dùng số {amounts.money(term, total)}, nhưng tổng ghi ngay trên đó là "
        f"{amounts.money(total.amount, total)}; "
        f"với tổng đã ghi, chênh lệch phải là {amounts.money(abs(anchor.amount - total.amount), total)}.",
        amounts.money(term, total),
        amounts.money(total.amount, total),
        lines_of(total.lines, lines, *again[:1]),
    )


def promise(plan: Checkable) -> Iterator[Finding]:
    """Số xã, số thôn phấn đấu đạt một danh hiệu trong năm, nói nhiều lần."""
    told: dict[tuple[str, str], dict[int, list[Lines]]] = {}
    for clause in clauses(plan):
        for match in (*_PROMISE.finditer(clause.flat), *_BESIDE.finditer(clause.flat)):
            after = clause.flat[match.end() : match.end() + 60]
            years = {
                int(y) for y in re.findall(r"20\d\d", after + clause.flat[max(0, match.start() - 30) : match.start()])
            }
            other_year = plan.header.year is not None and bool(years - {plan.header.year})
            if other_year or re.search(
                r"thuoc|giai doan|trong do", clause.flat[max(0, match.start() - 20) : match.start()] + after
            ):
                continue
            if "da " in clause.flat[max(0, match.start() - 12) : match.start()]:
                continue
            place = clause.paragraph.lines(clause.start + match.start(), clause.start + match.end())
            told.setdefault((match["m"], (match["t"] or "").strip()), {}).setdefault(int(match["n"]), []).append(place)
    for (measure, title), figures in told.items():
        if len(figures) < 2:
            continue
        noun = {"xa": "xã", "thon": "thôn", "ap": "ấp", "ban": "bản"}[measure]
        kind = {"": "nông thôn mới", "nang cao": "nông thôn mới nâng cao", "kieu mau": "nông thôn mới kiểu mẫu"}.get(
            title, title
        )
        first, other = list(figures)[:2]
        said = [f"{n} {noun} (dòng {joined_lines(lines_of(*places))})" for n, places in figures.items()]
        yield Finding(
            "told-twice",
            "medium",
            f"Số {noun} phấn đấu đạt {kind} trong năm được ghi khác nhau: {'; '.join(said)}.",
            f"{other} {noun}",
            f"{first} {noun}",
            lines_of(*(p for places in figures.values() for p in places)),
        )


def bounds(plan: Checkable) -> Iterator[Finding]:
    """Cùng một mức, chỗ ghi "từ … trở lên", chỗ ghi "trên"."""
    groups: dict[tuple[Decimal, str], list[Target]] = {}
    for target in plan.targets:
        measure = (target.measure or "").lower().split("/")[0].removesuffix(" đồng")
        if target.value is not None and target.op in (">", ">=") and measure in ("triệu", "%") and target.value > 5:
            groups.setdefault((target.value, measure), []).append(target)
    for (value, measure), same in groups.items():
        if len({t.op for t in same}) < 2 or not _one_thing(same):
            continue
        yield Finding(
            "two-bounds",
            "low",
            f"Mức {amounts.plain(value)} {measure} chỗ ghi “từ {amounts.plain(value)} trở lên”, chỗ ghi “trên "
            f"{amounts.plain(value)}”: "
            "khi bằng đúng mức đó thì kết quả khác nhau.",
            f"> {amounts.plain(value)}",
            f"≥ {amounts.plain(value)}",
            lines_of(*(t.lines for t in same)),
        )


def _one_thing(same: list[Target]) -> bool:
    """Income is one thing in a plan of one level; any other figure is when its words agree."""
    if all(t.threshold or "thu nhap" in flat(t.what) for t in same):
        return True
    first, rest = pairs(same[0].what), same[1:]
    return all(len(first & pairs(t.what)) >= 4 for t in rest)


def each_and_total(plan: Checkable) -> Iterator[Finding]:
    """ "Mỗi xã ít nhất 01 …" so với tổng số cùng thứ đó."""
    for each in plan.targets:
        if (
            each.value is None
            or each.op != ">="
            or not flat(each.scope or "").startswith("moi xa")
            or (each.measure or "") in ("tiêu chí", "%", "xã")
        ):
            continue
        number = _how_many(plan, each)
        for total in plan.targets:
            if (
                total is each
                or total.measure != each.measure
                or total.op != "="
                or total.mode != "total"
                or total.scope
                or total.value is None
            ):
                continue
            if total.title != each.title or len(pairs(total.what) & pairs(each.what)) < 3 or not number:
                continue
            least = each.value * number
            if total.value < least:
                yield Finding(
                    "each-total",
                    "medium",
                    f"Chỗ giao mỗi xã ít nhất {amounts.plain(each.value)} {each.measure} ({number} xã, tức là "
                    f"từ {amounts.plain(least)}), "
                    f"chỗ khác chỉ đặt {amounts.plain(total.value)} {each.measure} cho toàn bộ.",
                    f"từ {amounts.plain(least)} {each.measure}",
                    f"{amounts.plain(total.value)} {each.measure}",
                    lines_of(total.lines, each.lines),
                )


def _how_many(plan: Checkable, each: Target) -> int:
    """How many communes "mỗi xã" means: those that hold the title, or all; 0 where nobody can tell."""
    words = next((c.paragraph.flat for c in clauses(plan) if set(c.lines) & set(each.lines)), "")
    if "con lai" in words:
        return 0
    if re.search(r"xa (?:da )?(?:duoc cong nhan|dat chuan)", words):
        held = {
            u
            for t in plan.targets
            if t.mode == "keep" and t.title == "ntm" and t.measure in ("tiêu chí", "xã")
            for u in t.units
        }
        return len(held)
    return plan.unit_count or 0


RULES = (
    Rule("balance-figure", "Số dùng khi cân đối", "high", "số trong phép cân đối với tổng ghi ở trên", balance_figure),
    Rule("told-twice", "Một chỉ tiêu ghi hai số", "medium", "số xã, số thôn phấn đấu ở các chỗ trong văn bản", promise),
    Rule("two-bounds", "Từ … trở lên và trên …", "low", "cách ghi một mức ở các chỗ", bounds),
    Rule("each-total", "Mỗi xã và toàn bộ", "medium", "mức giao cho mỗi xã nhân số xã với tổng số", each_and_total),
)
