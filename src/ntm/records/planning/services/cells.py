"""Ô đơn vị × tiêu chí và lộ trình: which unit shall gain or keep which criterion by when; steps on the time line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ntm.records.people.authority import Actor
from ntm.records.planning.models import CriterionCell, Mode, Plan
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import editing
from ntm.records.planning.services.seen import Stale
from ntm.records.standing import registry
from ntm.records.units import queries as units

__all__ = ["CellPlan", "clear", "resolve", "set_cell", "set_many"]


@dataclass(frozen=True, slots=True)
class CellPlan:
    """Một ô muốn đặt: mode gain or keep, deadline in words; `told` for a paper whose two lists do not say the same."""

    unit_id: int
    criterion_no: int
    mode: str = Mode.GAIN
    deadline_words: str = ""
    told: str = CriterionCell.Told.BOTH


Seen = Mapping[tuple[int, int], tuple[str, str]]  # (unit, criterion) -> mode and deadline as they were seen


def set_cell(
    actor: Actor,
    plan_id: int,
    *,
    unit_id: int,
    criterion_no: int,
    on: date,
    mode: str = Mode.GAIN,
    deadline_words: str = "",
    seen: tuple[str, str] | None = None,
) -> CriterionCell:
    """Đặt một ô; a handful of queries whatever the size of the table."""
    before = {(unit_id, criterion_no): seen} if seen is not None else None
    return set_many(actor, plan_id, [CellPlan(unit_id, criterion_no, mode, deadline_words)], on=on, seen=before)[0]


@transaction.atomic
def set_many(
    actor: Actor, plan_id: int, cells: Sequence[CellPlan], *, on: date, seen: Seen | None = None
) -> list[CriterionCell]:
    """Đặt nhiều ô một lần; a cell is told in both lists unless it is said otherwise. `seen`: what stood in each when it
    was turned; where another person changed it meanwhile nothing is written."""
    found = editing.draft(actor, plan_id, on)
    wanted = {(one.unit_id, one.criterion_no): one for one in cells}
    if not wanted:
        raise Refused("Chưa chọn ô nào.")
    _acceptable(found.plan, list(wanted.values()), on)
    due = {words: _due(found, words) for words in {one.deadline_words for one in wanted.values()}}
    here = _here(found, wanted)
    _unchanged(here, seen)
    done, new, gone, same = [], [], [], []
    for place, one in wanted.items():
        words = " ".join(one.deadline_words.split())
        values = {"mode": one.mode, "deadline_words": words, "due": due[one.deadline_words], "told": one.told}
        row = here.get(place)
        if row is not None and all(getattr(row, name) == value for name, value in values.items()):
            done.append(row)
            continue
        if row is not None and row.since == found.no:
            for name, value in values.items():
                setattr(row, name, value)
            same.append(row)
            continue
        gone += [row] if row is not None else []
        new.append(
            CriterionCell(plan=found.plan, unit_id=one.unit_id, criterion_no=one.criterion_no, since=found.no, **values)
        )
    editing.removed(gone, found.no)
    CriterionCell.objects.bulk_create(new)
    if same:
        CriterionCell.objects.bulk_update(same, ["mode", "deadline_words", "due", "told"])
    if new or same:
        _log(actor, found, on, "đặt", [*new, *same])
    return [*done, *same, *new]


@transaction.atomic
def clear(actor: Actor, plan_id: int, places: Iterable[tuple[int, int]], *, on: date, seen: Seen | None = None) -> int:
    """Bỏ các ô (unit, criterion); returns how many there were."""
    found = editing.draft(actor, plan_id, on)
    here = _here(found, set(places))
    _unchanged(here, seen)
    rows = list(here.values())
    editing.removed(rows, found.no)
    if rows:
        _log(actor, found, on, "bỏ", rows)
    return len(rows)


@transaction.atomic
def resolve(actor: Actor, plan_id: int, cell_id: int, *, keep: bool, on: date) -> None:
    """Xử lý ô chỉ nêu ở một danh sách: kept, it stands in both lists; otherwise it leaves the plan."""
    found = editing.draft(actor, plan_id, on)
    row = editing.living(CriterionCell, found, cell_id)
    if row.told == CriterionCell.Told.BOTH:
        raise Refused("Ô này đã nêu ở cả hai danh sách.")
    was = str(CriterionCell.Told(row.told).label)
    if keep:
        row = editing.changed(row, found.no, told=CriterionCell.Told.BOTH)
    else:
        editing.removed([row], found.no)
    _log(actor, found, on, f"{'giữ' if keep else 'bỏ'} ô nêu ở {was}", [row])


def _here(found: editing.Draft, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], CriterionCell]:
    wanted = set(places)
    rows = CriterionCell.objects.in_version(found.no).filter(
        plan=found.plan, unit_id__in={unit for unit, _no in wanted}, criterion_no__in={no for _unit, no in wanted}
    )
    return {(row.unit_id, row.criterion_no): row for row in rows if (row.unit_id, row.criterion_no) in wanted}


def _unchanged(here: dict[tuple[int, int], CriterionCell], seen: Seen | None) -> None:
    """Stale, with the cells that are not what was seen."""
    apart = [
        (place, here.get(place))
        for place, was in (seen or {}).items()
        if was != ((row.mode, row.deadline_words) if (row := here.get(place)) is not None else ("", ""))
    ]
    if apart:
        told = "; ".join(
            f"tiêu chí {no}: {f'{row.get_mode_display()} {row.deadline_words}'.strip() if row else 'đã bỏ'}"
            for (_unit, no), row in apart
        )
        raise Stale(f"Người khác vừa đổi {told}. Nay hiện bản mới; đặt lại nếu vẫn muốn thay.", dict(apart))


def _acceptable(plan: Plan, cells: Sequence[CellPlan], on: date) -> None:
    if any(one.mode not in (Mode.GAIN, Mode.KEEP) for one in cells):
        raise Refused("Ô của bảng là đạt thêm hoặc duy trì.")
    if any(one.told not in CriterionCell.Told.values for one in cells):
        raise Refused("Ô nêu ở danh sách theo đơn vị, theo tiêu chí, hoặc cả hai.")
    if any(len(one.deadline_words) > 300 for one in cells):
        raise Refused("Thời hạn dài quá 300 chữ: viết gọn lại.")
    if plan.set is None:
        raise Refused("Kế hoạch chưa gắn bộ tiêu chí nên chưa giao được tiêu chí.")
    numbers = {one.no for one in registry.content(plan.set).criteria}
    if wrong := sorted({one.criterion_no for one in cells} - numbers):
        raise Refused(f"Bộ tiêu chí của kế hoạch không có tiêu chí {', '.join(map(str, wrong))}.")
    asked = {one.unit_id for one in cells} - {plan.unit_id}
    if not asked:
        return
    if len(asked) == 1:
        one = next(iter(asked))
        within = {one} if plan.unit_id in units.ancestor_ids(one, on) else set()
    else:
        within = set(units.descendant_ids(plan.unit_id, on, plan.set.level))
    if asked - within:
        raise Refused("Có đơn vị không thuộc địa bàn của kế hoạch trong ngày này.")


def _due(found: editing.Draft, words: str) -> date | None:
    plan = found.plan
    return editing.understood(words, issued=found.version.issued_on, year=plan.year, year_to=plan.year_to)


def _log(actor: Actor, found: editing.Draft, on: date, change: str, rows: Sequence[CriterionCell]) -> None:
    told = [f"{row.unit_id}:{row.criterion_no}:{row.mode}" for row in rows[:50]]
    editing.log(actor, "plan.cell", found.plan, on, no=found.no, change=change, count=len(rows), cells=told)
