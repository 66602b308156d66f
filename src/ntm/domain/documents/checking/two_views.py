"""Hai cách nhìn: what the communes' lists give each commune against what the criteria's lists name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ntm.domain.documents.checking.checkable import Checkable, Promises
from ntm.domain.documents.checking.model import Finding, Rule, Severity, lines_of
from ntm.domain.documents.checking.prose import criterion, criterion_names, joined_lines, numbers, unit_key, upper_first
from ntm.domain.documents.reading.model import CriterionTarget, Lines, Target


@dataclass
class _Unit:
    """Một xã trong danh sách theo xã."""

    name: str
    gains: dict[int, Target] = field(default_factory=dict)
    keeps: set[int] = field(default_factory=set)

    @property
    def lines(self) -> Lines:
        return lines_of(*(t.lines for t in self.gains.values()))


def by_unit(plan: Promises) -> dict[str, _Unit]:
    """What the communes' own lists promise, a commune once."""
    found: dict[str, _Unit] = {}
    for target in plan.targets:
        if not target.criteria or target.baseline or target.threshold:
            continue
        for name in target.units:
            unit = found.setdefault(unit_key(name), _Unit(name))
            if target.mode == "gain":
                unit.gains |= {no: target for no in target.criteria if no not in unit.gains}
            elif target.mode == "keep":
                unit.keeps |= set(target.criteria)
    return found


def lists(plan: Checkable) -> dict[int, list[CriterionTarget]]:
    """The criteria's own lists of communes that shall newly meet them."""
    found: dict[int, list[CriterionTarget]] = {}
    for target in plan.criterion_targets:
        if target.criterion is not None and target.mode == "gain" and target.units and not target.derived:
            found.setdefault(target.criterion, []).append(target)
    return found


def two_lists(plan: Checkable) -> Iterator[Finding]:
    """Danh sách của xã so với danh sách của tiêu chí: mỗi xã một phát hiện."""
    units, named = by_unit(plan), lists(plan)
    if not named:
        return
    members = {no: {unit_key(u) for t in targets for u in t.units} for no, targets in named.items()}
    everyone = {t.criterion for t in plan.criterion_targets if t.all_units}
    for key, unit in units.items():
        if not unit.gains:
            continue
        absent = [no for no in unit.gains if no in members and key not in members[no] and no not in everyone]
        extra = [no for no, keys in members.items() if key in keys and no not in unit.gains]
        if absent or extra:
            yield _disagreement(plan, unit, absent, extra, named)


def _disagreement(
    plan: Checkable, unit: _Unit, absent: list[int], extra: list[int], named: dict[int, list[CriterionTarget]]
) -> Finding:
    said: list[str] = []
    if absent:
        places = lines_of(*(t.lines for no in absent for t in named[no]))
        said.append(
            f"được giao tiêu chí {numbers(absent)} nhưng danh sách của tiêu chí đó (dòng "
            f"{joined_lines(places)}) không có tên"
        )
    if extra:
        places = lines_of(*(t.lines for no in extra for t in named[no]))
        kept = set(extra) & unit.keeps
        why = "ghi là duy trì" if kept == set(extra) else "không giao"
        said.append(
            f"có tên trong danh sách tiêu chí {numbers(extra)} (dòng {joined_lines(places)}) nhưng danh sách "
            f"của xã {why}"
        )
    listed = set(unit.gains) - set(absent) | set(extra)
    lines = lines_of(
        *(unit.gains[no].lines for no in absent),
        unit.lines if extra else (),
        *(t.lines for no in [*absent, *extra] for t in named[no]),
    )
    return Finding(
        "two-views",
        _weight(plan, unit, absent, named),
        f"Xã {unit.name} {'; và '.join(said)}.",
        f"theo danh sách của tiêu chí: {numbers(listed) or 'không có'}",
        f"theo danh sách của xã: {numbers(set(unit.gains))}",
        lines,
    )


def _weight(plan: Checkable, unit: _Unit, absent: list[int], named: dict[int, list[CriterionTarget]]) -> Severity:
    """Sure only where the criterion's list is complete as it says itself and the commune is to get there within the year."""
    year = plan.header.year
    for no in absent:
        deadline = unit.gains[no].deadline
        end = deadline.end if deadline is not None else None
        complete = all(t.count == len(t.units) for t in named[no])
        if complete and len(named[no]) == 1 and (end is None or year is None or end.year <= year):
            return "high"
    return "medium"


def counts(plan: Checkable) -> Iterator[Finding]:
    """Số xã đạt thêm một tiêu chí so với số xã được giao tiêu chí đó, khi danh sách theo xã là đủ."""
    units = by_unit(plan)
    promised = sum(len(u.gains) for u in units.values())
    total = next((t for t in plan.targets if _is_whole(t) and t.value == promised), None)
    if total is None:
        return
    names = criterion_names(plan)
    for target in plan.criterion_targets:
        if (
            target.derived
            or target.mode != "gain"
            or target.units
            or target.count is None
            or target.criterion is None
            or target.count_computed
        ):
            continue
        here = [u for u in units.values() if target.criterion in u.gains]
        if len(here) == target.count:
            continue
        listed = ", ".join(u.name for u in here) or "không xã nào"
        yield Finding(
            "two-views-count",
            "medium",
            f"{upper_first(criterion(target.criterion, names))} ghi thêm {target.count} xã, nhưng danh sách "
            f"theo xã chỉ giao cho {len(here)} xã ({listed}).",
            f"{len(here)} xã",
            f"{target.count} xã",
            lines_of(target.lines, *(u.gains[target.criterion].lines for u in here)),
        )


def _is_whole(target: Target) -> bool:
    return (
        target.mode == "gain"
        and not target.units
        and not target.criteria
        and (target.measure or "").lower() == "tiêu chí"
        and target.op == "="
    )


def kept_by_all(plan: Checkable) -> Iterator[Finding]:
    """Tiêu chí ghi là mọi xã duy trì, trong khi một xã còn phải đạt thêm."""
    units, names = by_unit(plan), criterion_names(plan)
    for target in plan.criterion_targets:
        if target.mode != "keep" or not target.all_units or target.criterion is None or target.derived:
            continue
        here = [u for u in units.values() if target.criterion in u.gains]
        if here:
            yield Finding(
                "keep-all",
                "medium",
                f"{upper_first(criterion(target.criterion, names))} ghi là duy trì ở tất cả các xã, nhưng "
                f"{', '.join(u.name for u in here)} còn được giao "
                "hoàn thành thêm tiêu chí này.",
                f"{len(here)} xã chưa đạt",
                "tất cả các xã đã đạt",
                lines_of(target.lines, *(u.gains[target.criterion].lines for u in here)),
            )


def no_commune(plan: Checkable) -> Iterator[Finding]:
    """Tiêu chí mà danh sách theo xã có giao, nhưng mục của tiêu chí không nêu tên xã nào."""
    units, named = by_unit(plan), lists(plan)
    if len(named) < 5:
        return
    told = {t.criterion for t in plan.criterion_targets if t.all_units or t.units}
    names = criterion_names(plan)
    for no in sorted({no for u in units.values() for no in u.gains} - told):
        here = [u for u in units.values() if no in u.gains]
        places = lines_of(*(m.lines for m in plan.criterion_mentions if m.no == no and m.name))
        if not places:
            continue
        yield Finding(
            "no-commune",
            "low",
            f"{', '.join(u.name for u in here)} được giao {criterion(no, names)}, nhưng phần viết về tiêu chí "
            f"này không nêu tên xã nào.",
            "0 xã",
            f"{len(here)} xã",
            lines_of(places, *(u.gains[no].lines for u in here)),
        )


RULES = (
    Rule(
        "two-views",
        "Danh sách của xã và danh sách của tiêu chí",
        "high",
        "tiêu chí giao cho từng xã với các xã nêu ở từng tiêu chí",
        two_lists,
    ),
    Rule(
        "two-views-count",
        "Số xã đạt thêm một tiêu chí",
        "medium",
        "số xã ghi ở tiêu chí với số xã được giao tiêu chí đó",
        counts,
    ),
    Rule(
        "keep-all",
        "Mọi xã duy trì, có xã chưa đạt",
        "medium",
        "“duy trì 100% các xã” với danh sách đạt thêm của các xã",
        kept_by_all,
    ),
    Rule(
        "no-commune", "Tiêu chí không nêu tên xã", "low", "tiêu chí giao cho xã với phần viết về tiêu chí", no_commune
    ),
)
