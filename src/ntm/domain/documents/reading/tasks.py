"""Nhiệm vụ: the rows of a table of work, whatever its columns are called and in whatever order they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ntm.domain.documents.reading.due import deadline_of, is_deadline
from ntm.domain.documents.reading.marks import plain
from ntm.domain.documents.reading.model import Deadline, Task
from ntm.domain.documents.reading.tables import Grid, Row, is_group_row, is_order
from ntm.domain.documents.reading.work import Work

_FIELDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("no", re.compile(r"^(?:s?tt|so tt|so thu tu|tt\b.*)$")),
    ("deadline", re.compile(r"thoi gian|thoi han|tien do|hoan thanh|thoi diem|han hoan|moc")),
    ("coordinating", re.compile(r"phoi hop")),
    ("product", re.compile(r"san pham|ket qua|dau ra|hinh thuc van ban")),
    ("directing", re.compile(r"chi dao|lanh dao (?:phu trach|theo doi|chi dao)|nguoi chi dao|phu trach chung")),
    (
        "lead",
        re.compile(
            r"chu tri|co quan thuc hien|don vi thuc hien|co quan tham muu|don vi phu trach|bo phan thuc hien"
            r"|to chuc thuc hien|trach nhiem|"
            r"nguoi thuc hien|phu trach|thuc hien|tham muu|phan cong|co quan|don vi|ca nhan"
        ),
    ),
    ("funds", re.compile(r"kinh phi|nguon von|von|du toan")),
    ("what", re.compile(r"noi dung|nhiem vu|cong viec|hoat dong|ten viec|viec|chi tieu|tieu chi|muc tieu")),
    ("note", re.compile(r"ghi chu")),
)
_NAMES_WORK = re.compile(r"(?:cac )?(?:noi dung|nhiem vu|cong viec|ten (?:cong )?viec|hoat dong)(?! phoi hop| chu tri)")
_WORK = re.compile(r"noi dung|nhiem vu|cong viec|hoat dong|ten viec|viec can")


@dataclass(frozen=True)
class _Columns:
    places: dict[str, int]

    def text(self, row: Row, name: str) -> str | None:
        place = self.places.get(name)
        if place is None or not 0 <= place < len(row.cells):
            return None
        return row.cells[place].strip() or None


def read(work: Work, grids: Sequence[Grid], labels: dict[int, str | None]) -> tuple[Task, ...]:
    """Tasks of every table that has a column of work and one of bodies or of time."""
    found: list[Task] = []
    for grid in grids:
        columns = _match(grid)
        if columns is not None:
            found += _rows(work, grid, columns, labels.get(grid.first_line))
    return tuple(found)


def _match(grid: Grid) -> _Columns | None:
    heads = [plain(words).strip(" .:") for words in grid.columns]
    places: dict[str, int] = {}
    if (named := next((i for i, head in enumerate(heads) if _NAMES_WORK.match(head)), None)) is not None:
        places["what"] = named
    for at, flat in enumerate(heads):
        if at == named or (named is not None and flat.startswith("tieu chi")):
            continue
        for name, pattern in _FIELDS:
            if name not in places and pattern.search(flat):
                places[name] = at
                break
    better = next((i for i, c in enumerate(grid.columns) if _WORK.search(plain(c)) and i not in places.values()), None)
    if better is not None and "what" in places and not _WORK.search(plain(grid.columns[places["what"]])):
        places["what"] = better
    if "what" not in places or not _WORK.search(plain(grid.columns[places["what"]])):
        return None
    if not {"lead", "coordinating", "deadline"} & set(places) or len(grid.rows) < 1:
        return None
    if "deadline" not in places and ("lead" not in places or _is_budget(grid, places)):
        return None
    return _Columns(_unshifted(grid, places))


def _is_budget(grid: Grid, places: dict[str, int]) -> bool:
    """Work with its cost and who spends it, but no time and nobody to help: a table of money, not of work."""
    at = places.get("funds")
    if at is None or "coordinating" in places:
        return False
    figures = [row.cells[at] for row in grid.rows if row.cells[at]]
    return bool(figures) and sum(bool(re.fullmatch(r"[\d.,\s]+", cell)) for cell in figures) * 2 > len(figures)


def _unshifted(grid: Grid, places: dict[str, int]) -> dict[str, int]:
    """A header that stands one column off its rows: the times tell by how many."""
    if "deadline" not in places:
        return places
    rows = [row for row in grid.rows if not is_group_row(row)][:40]
    if not rows:
        return places

    def fits(shift: int) -> int:
        at = places["deadline"] + shift
        return sum(0 <= at < len(row.cells) and is_deadline(row.cells[at]) for row in rows)

    best = max((0, 1, -1), key=fits)
    if best and fits(best) >= max(2, 0.6 * len(rows)) and fits(0) <= 0.2 * len(rows):
        return {name: at + best if name != "no" else at for name, at in places.items()}
    return places


def _rows(work: Work, grid: Grid, columns: _Columns, label: str | None) -> Iterator[Task]:
    group = group_no = None
    group_due: Deadline | None = None
    number_at = columns.places.get("no", 0)
    previous: Task | None = None
    for row in grid.rows:
        what = columns.text(row, "what")
        first = row.cells[number_at].strip(" .)") if number_at < len(row.cells) else ""
        rest = [columns.text(row, n) for n in ("lead", "coordinating", "deadline", "directing", "product")]
        if not any(rest) and (what or first) and (is_group_row(row) or re.fullmatch(r"[IVXLC]{1,6}|[A-D]", first)):
            group, group_no = what or next((c for c in row.cells if c), ""), first if is_order(first) else None
            group_due = _group_due(work, group, row)
            continue
        if what is None:
            continue
        due = columns.text(row, "deadline")
        task = Task(
            no=".".join(part for part in (group_no, first) if part) or None,
            group=group,
            group_no=group_no,
            what=what,
            directing=columns.text(row, "directing"),
            lead=columns.text(row, "lead"),
            coordinating=columns.text(row, "coordinating"),
            deadline=deadline_of(due, work.issued, work.year, row.lines) if due else None,
            group_deadline=group_due,
            product=columns.text(row, "product"),
            funds=columns.text(row, "funds"),
            criteria=tuple(dict.fromkeys(r.no for r in work.criteria.mentions(plain(what)) if r.no)),
            annex=label,
            lines=row.lines,
        )
        if previous is not None and not first and not any(rest) and what[:1].islower():
            continue
        previous = task
        yield task


def _group_due(work: Work, group: str, row: Row) -> Deadline | None:
    """ "Nhiệm vụ trong Quý I/2020": a group that bounds its rows."""
    match = re.search(
        r"qu[yi]\s?[iv1-4]{1,3}(?:\s?(?:,|-|va|den)\s?(?:qu[yi]\s?)?[iv1-4]{1,3})?(?:\s?/\s?\d{4}|\snam\s\d{4})?|thang\s?\d{1,2}(?:\s?/\s?\d{4})?",
        plain(group),
    )
    if match is None:
        return None
    return deadline_of(group[match.start() : match.end()], work.issued, work.year, row.lines)
