"""Quy tắc kế hoạch tự đặt: "các xã … tăng từ 3 tiêu chí trở lên" against what its own lists give those communes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ntm.domain.documents.checking import amounts
from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, Severity, lines_of
from ntm.domain.documents.checking.prose import PERIOD, paragraphs, tokens, unit_key
from ntm.domain.documents.checking.two_views import by_unit
from ntm.domain.documents.reading.model import Annex, Lines, Target
from ntm.domain.official.text import flat

_ALL = re.compile(
    r"^(?:moi|tat ca (?:cac )?|toan bo (?:cac )?|100%(?: so)?(?: cac)?)\s?xa\s*(?:trong nam|nam|phan dau|tang|"
    r"dat|hoan thanh)?\s*$"
)
_LIST = re.compile(r"xa\s(?P<about>[^.;:()]{0,110})\((?P<names>[^()]{4,400})\)")
_FILLER = frozenset(tokens("các xã những phấn đấu đạt đối với trên địa bàn nông thôn mới ntm chuẩn"))
_TOTALS = re.compile(
    r"tong so tieu chi|tieu chi dat (?:chuan )?(?:den |cuoi |het )?(?:nam )?20\d\d|so tieu chi (?:dat )?(?:sau|"
    r"cuoi nam)"
)


def at_least(plan: Checkable) -> Iterator[Finding]:
    """Mức tối thiểu mà kế hoạch đặt cho một nhóm xã so với số tiêu chí giao cho từng xã của nhóm."""
    units = by_unit(plan)
    for rule in plan.targets:
        if rule.op not in (">=", ">") or rule.value is None or rule.mode != "gain" or rule.criteria:
            continue
        if not (rule.measure or "").lower().startswith("tiêu chí") or not rule.scope:
            continue
        members, places, sure = _members(plan, rule)
        for key in members:
            unit = units.get(key)
            if unit is None or not unit.gains or set(unit.lines) & set(rule.lines):
                continue
            given = len(unit.gains)
            if given > rule.value or (given == rule.value and rule.op == ">="):
                continue
            severity: Severity = "high" if sure else "medium"
            level = f"{amounts.plain(rule.value)} tiêu chí"
            least = f"từ {level} trở lên" if rule.op == ">=" else f"trên {level}"
            listed = ", ".join(map(str, sorted(unit.gains)))
            yield Finding(
                "own-rule",
                severity,
                f"Kế hoạch đặt mức “{rule.scope}” tăng {least}, nhưng xã {unit.name} chỉ được giao {given} "
                f"tiêu chí ({listed}).",
                f"{given} tiêu chí",
                least,
                lines_of(rule.lines, unit.lines, places),
            )


def _members(plan: Checkable, rule: Target) -> tuple[set[str], Lines, bool]:
    """(communes of the group, where the group is told, is it told in the same words)."""
    scope = flat(rule.scope or "").strip()
    if "con lai" in scope or "con lai" in _before(plan, rule):
        return set(), (), False
    if rule.units:
        return {unit_key(u) for u in rule.units}, (), True
    if _ALL.match(scope):
        return set(by_unit(plan)), (), False
    periods = set(PERIOD.findall(scope))
    asked = {t for t in tokens(scope) if t not in _FILLER}
    found: list[tuple[set[str], Lines, bool]] = []
    known = {unit_key(u.name): u.name for u in plan.units if u.level in ("xa", "thon")}
    for p in paragraphs(plan):
        for match in _LIST.finditer(p.flat):
            about = match["about"].rpartition(") ")[2]
            if "da dat" in about or "da duoc" in about:
                continue
            names = {unit_key(n) for n in re.split(r",|;|\svà\s", p.text[match.start("names") : match.end("names")])}
            if not names or not names <= set(known):
                continue
            exact = asked <= set(tokens(about))
            if exact or (periods and periods == set(PERIOD.findall(about))):
                found.append((names, p.lines(match.start(), match.end()), exact))
    if not found:
        return set(), (), False
    best = [f for f in found if f[2]] or found
    return set.intersection(*(f[0] for f in best)), best[0][1], best[0][2]


def _before(plan: Checkable, rule: Target) -> str:
    """The words of the paragraph before the rule's figure."""
    for p in paragraphs(plan):
        if rule.lines and rule.lines[0] in p.lines():
            at = p.flat.find(flat(rule.what)[:40])
            clause = next((c for c in p.clauses if c.start <= at < c.end), None)
            return p.flat[max(clause.start, at - 120) : at + len(rule.what)] if clause else ""
    return ""


def none_below(plan: Checkable) -> Iterator[Finding]:
    """ "Không còn xã dưới 10 tiêu chí" so với cột tổng số tiêu chí của các xã."""
    limits = [
        t
        for t in plan.targets
        if t.op == "<" and t.value is not None and t.measure == "tiêu chí" and _none_left(plan, t)
    ]
    if not limits:
        return
    limit = min(limits, key=lambda t: t.value or 0)
    for annex in plan.annexes:
        for row, name, given in _final(annex):
            if limit.value is not None and given < limit.value:
                yield Finding(
                    "none-below",
                    "medium",
                    f"Kế hoạch đặt không còn xã dưới {amounts.plain(limit.value)} tiêu chí, nhưng bảng ghi "
                    f"{name} cuối kỳ chỉ có {amounts.plain(given)} tiêu chí.",
                    f"{amounts.plain(given)} tiêu chí",
                    f"từ {amounts.plain(limit.value)} tiêu chí",
                    lines_of(limit.lines, row),
                )


def _none_left(plan: Checkable, target: Target) -> bool:
    return bool(re.search(r"khong con [^,.;]{0,30}xa", flat(target.what)))


def _final(annex: Annex) -> Iterator[tuple[Lines, str, Decimal]]:
    places = [i for i, c in enumerate(annex.columns) if _TOTALS.search(flat(c)) and "binh quan" not in flat(c)]
    if not places:
        return
    for row in annex.rows:
        if row.kind != "row" or places[-1] >= len(row.cells):
            continue
        figure = amounts.figure(row.cells[places[-1]])
        if figure is not None and 0 < figure <= 20:
            yield row.lines, next((c for c in row.cells if any(x.isalpha() for x in c)), "một xã"), figure


RULES = (
    Rule(
        "own-rule",
        "Mức kế hoạch tự đặt",
        "high",
        "mức tối thiểu đặt cho một nhóm xã với số tiêu chí giao cho từng xã",
        at_least,
    ),
    Rule(
        "none-below",
        "Không còn xã dưới mức",
        "medium",
        "mức sàn đặt ra với tổng số tiêu chí của từng xã trong bảng",
        none_below,
    ),
)
