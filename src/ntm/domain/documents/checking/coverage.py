"""Đủ hay thiếu: criteria with no body, no money or no step; gaps that nothing closes; money that comes after the result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ntm.domain.documents.checking import amounts
from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, lines_of
from ntm.domain.documents.checking.prose import (
    clauses_on,
    criterion,
    criterion_names,
    numbers,
    pairs,
    phrases,
    upper_first,
)
from ntm.domain.documents.reading.layout import Clause
from ntm.domain.documents.reading.model import Duty, Lines, MoneyItem, Target
from ntm.domain.official.text import flat

_MOST = Decimal("0.7")  # of the criteria must have a body before one without is worth a word
_OFFICE = r"(?:tram|phong|so|bo|trung tam|chi cuc|cong chuc|can bo|nganh|nhan vien)\s(?:[a-z]+\s)?"
_AFTER = re.compile(
    r"\b(?:sau khi|khi|neu)\b[^,;.()]{0,30}\b(?:xa|thon|huyen)\b[^,;.()]{0,20}\b(?:dat chuan|dat|"
    r"duoc cong nhan|cong nhan|hoan thanh)\b"
)
_LACK_WORDS = re.compile(
    r"\b(?:xa|thon|cac|cua|chua|co|duoc|dat|chuan|con|thieu|tren dia ban|moi|ty le|nao|mot|so|trong|den|tung|"
    r"thong qua|va|cho|tai)\b"
)


def _told(plan: Checkable, mode: str) -> dict[int, list[Target]]:
    """Criterion -> the lists that name it as to be gained (or kept)."""
    found: dict[int, list[Target]] = {}
    for target in plan.targets:
        if len(target.criteria) < 2 or target.baseline or target.threshold:
            continue
        if target.mode == mode or (mode == "gain" and target.mode == "total"):
            for no in target.criteria:
                found.setdefault(no, []).append(target)
    return found


def _lines(targets: list[Target]) -> Lines:
    return lines_of(targets[0].lines[:4])


def no_body(plan: Checkable) -> Iterator[Finding]:
    """Tiêu chí phải đạt hoặc giữ mà không cơ quan nào được giao, trong khi phần lớn tiêu chí khác đều có."""
    asked = {**_told(plan, "keep"), **_told(plan, "gain")}
    given = {no for d in plan.duties for no in (*d.criteria, *d.inferred_criteria)} | {
        no for t in plan.tasks if t.lead for no in t.criteria
    }
    if len(asked) < 4 or len(given & set(asked)) < _MOST * len(asked):
        return
    names = criterion_names(plan)
    for no in sorted(set(asked) - given):
        if no not in names:
            continue
        spoken = [d for d in plan.duties if _speaks(d, names[no])]
        if spoken:
            yield from _told_otherwise(no, names, spoken, asked[no])
            continue
        beside = [
            _near(plan, d, names[no]) for d in plan.duties if any(p in flat(_words(d)) for p in phrases(names[no])[:1])
        ]
        yield Finding(
            "no-body",
            "medium",
            f"{upper_first(criterion(no, names))} không có cơ quan, cán bộ nào được giao, trong khi "
            f"{len(given & set(asked))} tiêu chí khác đều có.",
            "0 cơ quan được giao",
            f"{len(asked)} tiêu chí phải đạt hoặc giữ",
            lines_of(_lines(asked[no]), *beside),
        )


def _words(duty: Duty) -> str:
    return f"{duty.body}. {' '.join(duty.duties)}"


def _near(plan: Checkable, duty: Duty, name: str) -> Lines:
    """The line of the duty on which the name stands as part of an office's name."""
    first = phrases(name)[0]
    return (
        tuple(n for n in duty.lines if 0 < n <= len(plan.lines) and first in flat(plan.lines[n - 1])) or duty.lines[:1]
    )


def _speaks(duty: Duty, name: str) -> bool:
    """Does the body's own work name the criterion's subject, other offices' names taken out?"""
    words = flat(_words(duty))
    return any(
        re.search(rf"\b{re.escape(p)}\b", re.sub(rf"{_OFFICE}{re.escape(p)}", " ", words)) for p in phrases(name)
    )


def _told_otherwise(no: int, names: dict[int, str], duties: list[Duty], targets: list[Target]) -> Iterator[Finding]:
    """The sentence works on one criterion and tells to complete another one."""
    subject = "|".join(re.escape(p) for p in phrases(names[no]))
    for duty in duties:
        for sentence in duty.duties:
            words = flat(sentence)
            match = re.search(rf"\b(?:chuan|tieu chi)\b[^,.;]{{0,30}}\b(?:{subject})\b", words)
            told = re.search(r"hoan thanh tieu chi (?:so )?0?(\d{1,2})\b", words[match.end() :]) if match else None
            if match is None or told is None or int(told[1]) == no:
                continue
            yield Finding(
                "duty-criterion",
                "medium",
                f"{duty.body} làm việc về {criterion(no, names)} nhưng được giao hoàn thành "
                f"{criterion(int(told[1]), names)}; "
                f"không ai được giao tiêu chí {no}.",
                f"tiêu chí {no}",
                f"tiêu chí {told[1]}",
                lines_of(_lines(targets), duty.lines),
            )
            return


def no_money(plan: Checkable) -> Iterator[Finding]:
    """Tiêu chí phải đạt thêm mà không dự kiến kinh phí, trong khi phần lớn tiêu chí khác có."""
    asked = _told(plan, "gain")
    costed = {m.criterion for m in plan.money if m.role == "need" and m.criterion is not None and m.criterion in asked}
    if any(m.role == "need" and m.criterion is None for m in plan.money):
        return  # some money is for works that name no criterion
    without = sorted(set(asked) - costed)
    if len(costed) < 2 or len(costed) * 2 < len(asked) or not without:
        return
    names = criterion_names(plan)
    money = [m.lines for m in plan.money if m.criterion in costed and m.role == "need"]
    yield Finding(
        "no-money",
        "low",
        f"{len(asked)} tiêu chí phải đạt thêm, chỉ {len(costed)} tiêu chí có kinh phí; chưa có: "
        f"{', '.join(criterion(n, names) for n in without)}.",
        f"{len(costed)} tiêu chí có kinh phí",
        f"{len(asked)} tiêu chí phải đạt",
        lines_of(*(_lines(asked[n]) for n in without), *money),
    )


def no_step(plan: Checkable) -> Iterator[Finding]:
    """Tiêu chí phải đạt thêm mà lộ trình, bảng việc không có bước nào."""
    asked = {no: targets for no, targets in _told(plan, "gain").items() if any(len(t.units) < 2 for t in targets)}
    placed = {no for s in plan.roadmap if s.group or s.completes for no in (*s.criteria, *s.completes)} | {
        no for t in plan.tasks for no in t.criteria
    }
    without = sorted(set(asked) - placed)
    if len(asked) < 3 or len(placed & set(asked)) * 2 < len(asked) or not without:
        return
    names = criterion_names(plan)
    steps = [s.lines for s in plan.roadmap if s.completes][:1]
    yield Finding(
        "no-step",
        "medium",
        f"Phải đạt thêm {', '.join(criterion(n, names) for n in without)} nhưng lộ trình không có bước nào cho "
        f"tiêu chí đó.",
        f"lộ trình có tiêu chí {numbers(placed & set(asked))}",
        f"phải đạt tiêu chí {numbers(set(asked))}",
        lines_of(*(_lines(asked[n]) for n in without), *steps),
    )


def gap_open(plan: Checkable) -> Iterator[Finding]:
    """Hạng mục còn thiếu không được bước nào của lộ trình nhắc tới, dù lộ trình ghi là hoàn thành tiêu chí."""
    steps = {no: s for s in plan.roadmap for no in s.completes}
    if not steps:
        return
    work = set().union(*(pairs(s.what) for s in plan.roadmap), *(pairs(t.what) for t in plan.tasks))
    names = criterion_names(plan)
    items = [
        (gap.criterion, item, lines)
        for gap in plan.gaps
        for item, lines in zip(gap.items, gap.item_lines, strict=False)
    ]
    judged = [(no, item, lines, _subject(item)) for no, item, lines in items if no in steps]
    unmet = [(no, item, lines) for no, item, lines, subject in judged if len(subject) > 1 and not subject & work]
    if len(unmet) * 2 >= max(len(judged), 1):
        return  # the roadmap speaks in other words than the list of what is missing
    for no, item, lines in unmet:
        paid = [m.lines for m in plan.money if m.criterion == no and m.role == "need"]
        yield Finding(
            "gap-open",
            "medium",
            f"Còn thiếu “{item}” nhưng lộ trình hoàn thành {criterion(no or 0, names)} không có bước nào cho "
            f"hạng mục này.",
            "0 bước trong lộ trình",
            f"còn thiếu: {item}",
            lines_of(lines, steps[no or 0].lines, *paid),
        )


def _subject(item: str) -> set[tuple[str, str]]:
    """Pairs of the words that say what is missing, the words of lacking taken out."""
    parts = _LACK_WORDS.split(flat(item))
    return set().union(*(pairs(part) for part in parts)) if parts else set()


def money_after(plan: Checkable) -> Iterator[Finding]:
    """Vốn chỉ có sau khi đạt kết quả mà chính vốn đó phải trả."""
    totals = [m for m in plan.money if m.role in ("total", "balance")]
    with_condition: dict[int, list[Clause]] = {}  # line -> its clauses that tell a condition
    for item in plan.money:
        line = item.lines[0] if item.lines else 0
        if line not in with_condition:
            with_condition[line] = [c for c in clauses_on(plan, line) if _AFTER.search(c.flat)] if line else []
        condition = _condition(with_condition[line], item) if item.role == "source" else None
        if condition is None:
            continue
        counted = [
            t.lines for t in totals if item.parent is not None and t.lines and t.lines[0] > (item.lines or (0,))[0]
        ][:2]
        yield Finding(
            "money-after",
            "medium",
            f"Khoản {amounts.money(item.amount, item)} chỉ có “{condition}”, nhưng lại được tính vào vốn "
            f"để đạt kết quả đó.",
            "vốn có sau kết quả",
            f"{amounts.money(item.amount, item)} tính vào nguồn vốn",
            lines_of(item.lines, *counted),
        )


def _condition(clauses: list[Clause], item: MoneyItem) -> str | None:
    """ "khi xã đạt chuẩn", before the amount or after it in the same clause."""
    if item.condition and _AFTER.search(flat(item.condition)):
        return item.condition.strip(" :.")
    for clause in clauses:
        at = clause.text.find(item.words)
        match = _AFTER.search(clause.flat, at) if at >= 0 else None
        if match is not None and match.start() - at < 60 + len(item.words):
            end = min(
                (i for i in (clause.text.find(c, match.end()) for c in ",;()") if i > 0), default=len(clause.text)
            )
            return clause.text[match.start() : end].strip(" .:")
    return None


RULES = (
    Rule(
        "no-body",
        "Tiêu chí không ai phụ trách",
        "medium",
        "tiêu chí phải đạt, phải giữ với trách nhiệm của các cơ quan",
        no_body,
    ),
    Rule("no-money", "Tiêu chí không có kinh phí", "low", "tiêu chí phải đạt thêm với các khoản kinh phí", no_money),
    Rule(
        "no-step",
        "Tiêu chí không có trong lộ trình",
        "medium",
        "tiêu chí phải đạt thêm với các bước của lộ trình",
        no_step,
    ),
    Rule(
        "gap-open", "Hạng mục thiếu không có bước", "medium", "hạng mục còn thiếu với các bước của lộ trình", gap_open
    ),
    Rule(
        "money-after",
        "Vốn có sau kết quả",
        "medium",
        "điều kiện của nguồn vốn với kết quả mà vốn phải trả",
        money_after,
    ),
)
