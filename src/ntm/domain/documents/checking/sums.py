"""Cộng: stated totals of money against their parts, written calculations, criteria of communes against their total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ntm.domain.documents.checking import amounts
from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, Severity, lines_of
from ntm.domain.documents.checking.prose import clauses, text_of
from ntm.domain.documents.reading.model import MoneyItem, Target
from ntm.domain.official.numbers import NumberError, parse_number
from ntm.domain.official.text import flat

_NEAR = Decimal("0.15")  # an error of adding is small; a big one is more likely a part that was not understood
_N = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_CALCULATION = re.compile(
    rf"(?<![\d.,/+\-])(?P<left>(?:{_N})(?:\s?[a-z%/]{{0,12}}\s?[+\-]\s?(?:{_N}))+)\s?[a-z%/]{{0,12}}\s?=\s?(?P<right>{_N})(?![\d/])"
)
_APPROXIMATE = re.compile(r"\b(?:khoang|tren|hon|gan|duoi|uoc(?: dat| tinh| khoang)?|xap xi|toi thieu|it nhat)\s*$")
_TERM = re.compile(rf"(?P<sign>[+\-]?)\s?(?P<n>{_N})")


def parts_of_money(plan: Checkable) -> Iterator[Finding]:
    """Tổng kinh phí, tổng nguồn vốn so với các khoản đứng dưới nó; các bảng có quy tắc riêng."""
    tabled = {n for annex in plan.annexes for row in annex.rows for n in row.lines}
    for money_sum in plan.sums:
        indices = [money_sum.total, *money_sum.parts]
        if any(not 0 <= i < len(plan.money) for i in indices):
            continue
        total, parts = plan.money[money_sum.total], [plan.money[i] for i in money_sum.parts]
        if set(total.lines) & tabled or not parts or any(_about(plan, item) for item in (total, *parts)):
            continue
        computed = sum(p.amount for p in parts)
        if _agree(computed, total, parts):
            continue
        severity = _weight(plan, computed, total, parts)
        if severity is None:
            continue
        yield Finding(
            "sum",
            severity,
            f"Các khoản cộng lại là {amounts.money(computed, total)}, nhưng văn bản ghi tổng là "
            f"{amounts.money(total.amount, total)} "
            f"(lệch {amounts.money(abs(computed - total.amount), total)}).",
            amounts.money(computed, total),
            amounts.money(total.amount, total),
            lines_of(total.lines, *(p.lines for p in parts)),
        )


def _about(plan: Checkable, item: MoneyItem) -> bool:
    """ "khoảng 12,5 tỷ", "trên 3 tỷ": a figure that does not claim to be exact."""
    if item.span is None or not item.lines or not 0 < item.lines[0] <= len(plan.lines):
        return False
    return bool(_APPROXIMATE.search(flat(plan.lines[item.lines[0] - 1][: max(item.span[0], 0)])))


def _agree(computed: int, total: MoneyItem, parts: list[MoneyItem]) -> bool:
    """The parts are taken as exact; the total may be rounded to its own digits, or the parts may be coarser than the total."""
    off = abs(computed - total.amount)
    own, finest = amounts.step(total), min(amounts.step(p) for p in parts)
    if own > finest:
        return off * 2 <= own
    if finest > own:
        return off * 2 <= finest * len(parts)
    same_digits = len(parts) > 2 and all(amounts.step(p) == own and amounts.places(p.words) for p in parts)
    return off == 0 or (same_digits and off <= own)


def _weight(plan: Checkable, computed: int, total: MoneyItem, parts: list[MoneyItem]) -> Severity | None:
    words = text_of(plan, total.lines)
    only_some = "trong do" in words and not re.search(r"\bgom|bao gom|tong (?:cong|so)", words.split("trong do", 1)[1])
    if only_some and computed < total.amount:
        return None if len(parts) == 1 or computed * 2 < total.amount else "medium"
    small = abs(computed - total.amount) <= _NEAR * max(total.amount, 1)
    return "high" if small and len(parts) > 1 else "medium"


def money_equation(plan: Checkable) -> Iterator[Finding]:
    """Phép tính tiền viết trong câu: "23,8 tỷ - 10,5 tỷ = 13,3 tỷ"."""
    for equation in plan.equations:
        computed = sum(s * t for s, t in zip(equation.signs, equation.terms, strict=False))
        if computed == equation.result:
            continue
        finest = _last_digit(equation.text, equation.result)
        if abs(abs(computed) - equation.result) * 2 <= finest:
            continue
        yield Finding(
            "equation",
            "high",
            f"Phép tính “{equation.text}” không đúng: kết quả phải là {amounts.money(computed)}, văn bản ghi "
            f"{amounts.money(equation.result)}.",
            amounts.money(computed),
            amounts.money(equation.result),
            equation.lines,
        )


def _last_digit(text: str, result: int) -> int:
    """What the last digit of the result is worth: a result rounded more than its terms is no contradiction."""
    item = MoneyItem("", "balance", result, text.rpartition("=")[2])
    return amounts.step(item) if _coarser(text) else 0


def _coarser(text: str) -> bool:
    left, _, right = text.rpartition("=")
    return amounts.places(right) < max((amounts.places(t) for t in re.split(r"[+\-–]", left)), default=0)


def calculation(plan: Checkable) -> Iterator[Finding]:
    """Phép tính số viết trong câu: "101 + 23 = 124 xã"."""
    money_lines = {n for e in plan.equations for n in e.lines}
    for clause in clauses(plan):
        if "=" not in clause.text or money_lines & set(clause.lines):
            continue
        for match in _CALCULATION.finditer(clause.flat):
            try:
                stated = parse_number(match["right"])
                terms = [(m["sign"], parse_number(m["n"])) for m in _TERM.finditer(match["left"])]
            except NumberError:
                continue
            computed = sum((-n if sign == "-" else n for sign, n in terms), Decimal(0))
            if amounts.same(computed, stated, amounts.places(match["right"])):
                continue
            p = clause.paragraph
            at = clause.start + match.start()
            yield Finding(
                "calculation",
                "high",
                f"Phép tính “{p.text[at : clause.start + match.end()].strip()}” không đúng: kết quả phải là "
                f"{amounts.plain(computed)}, "
                f"văn bản ghi {amounts.plain(stated)}.",
                amounts.plain(computed),
                amounts.plain(stated),
                p.lines(at, clause.start + match.end()),
            )


def criteria_of_units(plan: Checkable) -> Iterator[Finding]:
    """Tổng số tiêu chí đạt thêm so với số tiêu chí liệt kê cho từng xã ngay dưới đó."""
    for at, total in enumerate(plan.targets):
        adds = total.mode == "gain" or (total.mode == "total" and re.search(r"\b(?:them|tang)\b", flat(total.what)))
        if total.units or total.criteria or total.value is None or not adds or total.op != "=":
            continue
        if (total.measure or "").lower() != "tiêu chí" or not total.lines:
            continue
        below = _listed_below(plan.targets[at + 1 :], total)
        if len(below) < 2:
            continue
        computed = sum(len(t.criteria) if t.criteria_stated is None else t.criteria_stated for t in below)
        if computed == total.value:
            continue
        yield Finding(
            "sum-units",
            "medium",
            f"Số tiêu chí đạt thêm của {len(below)} xã cộng lại là {computed}, nhưng văn bản ghi tổng là "
            f"{amounts.plain(total.value)} tiêu chí.",
            str(computed),
            amounts.plain(total.value),
            lines_of(total.lines, *(t.lines for t in below)),
        )


def _listed_below(following: tuple[Target, ...], total: Target) -> list[Target]:
    """The lists of single communes that follow in the same section."""
    found: list[Target] = []
    for target in following:
        if target.section != total.section:
            break
        if len(target.units) == 1 and target.criteria and target.mode == "gain":
            found.append(target)
        elif found:
            break
    return found


RULES = (
    Rule(
        "sum",
        "Cộng các khoản tiền",
        "high",
        "tổng ghi trong văn bản với tổng của các khoản đứng dưới nó",
        parts_of_money,
    ),
    Rule(
        "equation", "Phép tính tiền trong câu", "high", "kết quả ghi sau dấu bằng với kết quả tính lại", money_equation
    ),
    Rule("calculation", "Phép tính số trong câu", "high", "kết quả ghi sau dấu bằng với kết quả tính lại", calculation),
    Rule(
        "sum-units",
        "Cộng tiêu chí của các xã",
        "medium",
        "tổng số tiêu chí đạt thêm với số liệt kê cho từng xã",
        criteria_of_units,
    ),
)
