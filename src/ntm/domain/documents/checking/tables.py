"""Bảng: the total row against its column; the row that breaks a relation which all other rows hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ntm.domain.documents.checking import amounts
from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, Severity, lines_of
from ntm.domain.documents.reading.model import Annex, AnnexRow
from ntm.domain.official.text import flat

_NOT_ADDED = re.compile(
    r"binh quan|trung binh|ty le|%|don gia|muc |nang suat|^stt|^tt\b|ghi chu|thoi gian|so quyet dinh|ngay|xep|"
    r"diem|dau nguoi|thu nhap|/xa|/nguoi|/ho\b|mat do"
)
_TOTAL_OF = re.compile(r"luy ke|tong (?:so|cong)|(?:den (?:het|cuoi)|cuoi) nam|sau khi")
_WAS = re.compile(r"\bden (?:het |cuoi |ngay )?(?:nam |31|30|thang)|da dat|hien (?:co|dat|trang)|nam truoc|thuc hien")
_ADDED = re.compile(r"tang them|dat them|\bthem\b|\btang\b|\bmoi\b")
_AVERAGE = re.compile(r"binh quan|trung binh|/xa")
_NEAR = Decimal("0.15")
Figures = dict[int, Decimal]  # row -> figure


def _columns(annex: Annex) -> Iterator[tuple[int, str, Figures]]:
    """(place, heading, figures) of the columns whose filled cells are figures."""
    width = max((len(row.cells) for row in annex.rows), default=0)
    for at in range(width):
        heading = annex.columns[at] if at < len(annex.columns) else ""
        cells = {i: row.cells[at] for i, row in enumerate(annex.rows) if at < len(row.cells) and row.cells[at].strip()}
        found = {i: n for i, cell in cells.items() if (n := amounts.figure(cell)) is not None}
        if len(found) >= 2 and len(found) >= 0.8 * len([i for i in cells if annex.rows[i].kind in ("row", "total")]):
            yield at, heading, found


def total_row(plan: Checkable) -> Iterator[Finding]:
    """Hàng tổng cộng so với các hàng của cột."""
    for annex in plan.annexes:
        totals = [i for i, row in enumerate(annex.rows) if row.kind == "total"]
        columns = [
            c for c in _columns(annex) if not _NOT_ADDED.search(flat(c[1]).strip()) and not _is_numbering(annex, c)
        ]
        for index in totals:
            judged = [(c, _sums(annex, totals, index, c[2])) for c in columns if index in c[2]]
            judged = [(c, sums) for c, sums in judged if sums]
            wrong = [
                (c, sums) for c, sums in judged if not any(_equal(s, c[2][index], annex, index, c[0]) for s in sums)
            ]
            right = len(judged) - len(wrong)
            if len(wrong) > 1 and not right:
                continue  # the table adds up in a way that is not understood
            for column, sums in wrong:
                yield _wrong_total(annex, index, column, sums, right > 0)


def _is_numbering(annex: Annex, column: tuple[int, str, Figures]) -> bool:
    return column[0] == 0 and all(n == n.to_integral_value() for n in column[2].values())


def _equal(computed: Decimal, stated: Decimal, annex: Annex, index: int, at: int) -> bool:
    return amounts.same(computed, stated, amounts.places(annex.rows[index].cells[at]))


def _sums(annex: Annex, totals: list[int], index: int, figures: Figures) -> list[Decimal]:
    """All the ways in which this total may add up: all rows, rows above or below, groups, main numbers, other totals."""
    rows = {i: n for i, n in figures.items() if annex.rows[i].kind == "row"}
    groups = {i: n for i, n in figures.items() if annex.rows[i].kind == "group"}
    before = max((t for t in totals if t < index), default=-1)
    after = min((t for t in totals if t > index), default=len(annex.rows))
    main = {i: n for i, n in rows.items() if re.fullmatch(r"\d{1,3}\.?", annex.rows[i].cells[0].strip())}
    roman = {
        i: n
        for i, n in figures.items()
        if i != index and re.fullmatch(r"[IVXA-H]{1,5}\.?", annex.rows[i].cells[0].strip())
    }
    sets = [
        rows,
        groups,
        main,
        roman,
        {i: n for i, n in rows.items() if before < i < index},
        {i: n for i, n in rows.items() if index < i < after},
        {i: figures[i] for i in totals if i != index and i in figures},
    ]
    return [sum(s.values(), Decimal(0)) for s in sets if len(s) > 1]


def _wrong_total(
    annex: Annex, index: int, column: tuple[int, str, Figures], sums: Sequence[Decimal], others_right: bool
) -> Finding:
    at, heading, figures = column
    stated, computed = figures[index], min(sums, key=lambda s: abs(s - figures[index]))
    near = abs(computed - stated) <= _NEAR * max(abs(stated), Decimal(1))
    severity: Severity = "high" if others_right and near else "medium"
    name = annex.label or annex.title or "Bảng"
    rows = [annex.rows[i].lines for i in figures if annex.rows[i].kind == "row"]
    return Finding(
        "sum-table",
        severity,
        f"{name[:80]}, cột “{heading[:80] or at + 1}”: các hàng cộng lại là {amounts.plain(computed)}, hàng "
        f"tổng ghi {amounts.plain(stated)}.",
        amounts.plain(computed),
        amounts.plain(stated),
        lines_of(annex.rows[index].lines, *rows),
    )


def row_relation(plan: Checkable) -> Iterator[Finding]:
    """Hàng lệch: where a + b = c in nearly all rows of a table, the row in which it is not."""
    listed = {line: len(t.criteria) for t in plan.targets if t.criteria and t.mode == "gain" for line in t.lines}
    for annex in plan.annexes:
        columns = [(at, heading, figures) for at, heading, figures in _columns(annex) if at > 0][:12]
        counted = {
            i: Decimal(listed[n])
            for i, row in enumerate(annex.rows)
            if row.kind == "row"
            for n in row.lines[:1]
            if n in listed
        }
        if len(counted) > 2:
            columns.append((-1, "số tiêu chí liệt kê", counted))
        seen: set[int] = set()
        for addends, result in _relations(columns):
            yield from _broken(annex, addends, result, seen)


def _relations(
    columns: list[tuple[int, str, Figures]],
) -> Iterator[tuple[list[tuple[str, Figures]], tuple[str, Figures]]]:
    """(addends, sum): any two columns, and runs of three to six neighbours beside the sum."""
    for c_at, c_name, c in columns:
        for a_at, a_name, a in columns:
            for b_at, b_name, b in columns:
                if len({a_at, b_at, c_at}) == 3 and (a_at < b_at or b_at == -1) and a_at != -1:
                    yield [(a_name, a), (b_name, b)], (c_name, c)
    for at, (_, c_name, c) in enumerate(columns):
        for size in range(3, 7):
            for run in (columns[at + 1 : at + 1 + size], columns[max(at - size, 0) : at]):
                if len(run) == size:
                    yield [(name, figures) for _, name, figures in run], (c_name, c)


def _sums_up(one: str, other: str) -> bool:
    """Do the names of two columns say that one was there and the other is added?"""
    return any(_WAS.search(a) and _ADDED.search(b) for a, b in ((one, other), (other, one)))


def _broken(
    annex: Annex, addends: list[tuple[str, Figures]], result: tuple[str, Figures], seen: set[int]
) -> Iterator[Finding]:
    c = result[1]
    shared = [i for i in c if annex.rows[i].kind != "total" and all(figures.get(i) for _, figures in addends)]
    sums = {i: sum((figures[i] for _, figures in addends), Decimal(0)) for i in shared}
    held = [i for i in shared if sums[i] == c[i]]
    told = len(addends) == 2 and _TOTAL_OF.search(flat(result[0])) and _sums_up(*(flat(name) for name, _ in addends))
    fewest, share = (2, 0.5) if told else (3, 0.75)
    if len(held) < fewest or len(held) < share * len(shared) or len(held) == len(shared):
        return
    others = "các hàng khác đều khớp" if len(held) == len(shared) - 1 else f"{len(held)} hàng khác khớp"
    for i in shared:
        if sums[i] == c[i] or i in seen:
            continue
        seen.add(i)
        parts = ", ".join(f"“{name[:60]}” {amounts.plain(figures[i])}" for name, figures in addends)
        yield Finding(
            "table-row",
            "medium",
            f"Hàng “{_name(annex.rows[i])}”: {parts} cộng lại là {amounts.plain(sums[i])}, nhưng “{result[0][:60]}” "
            f"ghi {amounts.plain(c[i])}; {others}.",
            amounts.plain(sums[i]),
            amounts.plain(c[i]),
            annex.rows[i].lines,
        )


def groups(plan: Checkable) -> Iterator[Finding]:
    """Hàng nhóm (I, II) so với các hàng của nhóm, khi phần lớn các nhóm và cột khác đều khớp."""
    for annex in plan.annexes:
        members = _members(annex)
        judged = []
        for _, heading, figures in _columns(annex):
            if _NOT_ADDED.search(flat(heading).strip()):
                continue
            for head, rows in members.items():
                if head in figures and len(rows) > 1 and all(i in figures for i in rows):
                    judged.append((head, heading, sum((figures[i] for i in rows), Decimal(0)), figures[head], rows))
        wrong = [j for j in judged if j[2] != j[3]]
        if len(judged) - len(wrong) < 3 or len(wrong) * 4 > len(judged):
            continue
        for head, heading, computed, stated, rows in wrong:
            yield Finding(
                "sum-group",
                "medium",
                f"Nhóm “{_name(annex.rows[head])}”, cột “{heading[:60]}”: các hàng trong nhóm cộng lại là "
                f"{amounts.plain(computed)}, hàng nhóm ghi {amounts.plain(stated)}; các nhóm khác đều khớp.",
                amounts.plain(computed),
                amounts.plain(stated),
                lines_of(annex.rows[head].lines, *(annex.rows[i].lines for i in rows)),
            )


def _members(annex: Annex) -> dict[int, list[int]]:
    """Rows numbered I, II, A, B and the rows with main numbers under each."""
    found: dict[int, list[int]] = {}
    head: int | None = None
    for i, row in enumerate(annex.rows):
        mark = row.cells[0].strip() if row.cells else ""
        if row.kind == "total":
            head = None
        elif re.fullmatch(r"[IVXA-H]{1,5}\.?", mark):
            head = i
            found[i] = []
        elif head is not None and re.fullmatch(r"\d{1,3}\.?", mark):
            found[head].append(i)
    return found


def _name(row: AnnexRow) -> str:
    return next((c for c in row.cells if any(x.isalpha() for x in c)), row.cells[0] if row.cells else "")[:60]


def average_in_range(plan: Checkable) -> Iterator[Finding]:
    """Bình quân ở hàng tổng phải nằm giữa số nhỏ nhất và số lớn nhất của cột."""
    for annex in plan.annexes:
        for _, heading, figures in _columns(annex):
            if not _AVERAGE.search(flat(heading)):
                continue
            rows = [n for i, n in figures.items() if annex.rows[i].kind == "row"]
            for i, stated in figures.items():
                if (
                    annex.rows[i].kind != "total"
                    or len(rows) < 2
                    or min(rows) <= stated <= max(rows)
                    or stated == sum(rows)
                ):
                    continue
                yield Finding(
                    "average-range",
                    "medium",
                    f"Cột “{heading[:80]}”: bình quân chung ghi {amounts.plain(stated)} nằm ngoài khoảng từ "
                    f"{amounts.plain(min(rows))} đến "
                    f"{amounts.plain(max(rows))} của các hàng.",
                    f"{amounts.plain(min(rows))} - {amounts.plain(max(rows))}",
                    amounts.plain(stated),
                    annex.rows[i].lines,
                )


RULES = (
    Rule("sum-table", "Hàng tổng của bảng", "high", "số ở hàng tổng với tổng các hàng của cột", total_row),
    Rule("sum-group", "Hàng nhóm của bảng", "medium", "số ở hàng nhóm với tổng các hàng của nhóm", groups),
    Rule(
        "table-row", "Hàng lệch trong bảng", "medium", "một hàng với phép cộng mà các hàng khác đều giữ", row_relation
    ),
    Rule(
        "average-range",
        "Bình quân ngoài khoảng",
        "medium",
        "bình quân chung với số nhỏ nhất và lớn nhất của các hàng",
        average_in_range,
    ),
)
