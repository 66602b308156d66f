"""Đối chiếu với hồ sơ: a plan against where things stand, lower plans against the upper one; the records are handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Described, Finding, lines_of
from ntm.domain.documents.checking.prose import criterion, criterion_names, numbers, unit_key, upper_first
from ntm.domain.documents.checking.two_views import by_unit

Outcome = Callable[[str, int], str | None]
"""(commune as the plan names it, criterion) -> "met", "not_met", "no_data", "not_considered"; None where nobody knows."""


def already_met(plan: Checkable, outcome: Outcome) -> Iterator[Finding]:
    """Tiêu chí ghi là đạt thêm nhưng hồ sơ đã đạt; ghi là duy trì nhưng hồ sơ chưa đạt."""
    names = criterion_names(plan)
    for unit in by_unit(plan).values():
        done = [no for no in unit.gains if outcome(unit.name, no) == "met"]
        if done:
            yield Finding(
                "already-met",
                "medium",
                f"{unit.name} được giao đạt thêm {', '.join(criterion(no, names) for no in sorted(done))}, "
                "nhưng theo hồ sơ xã đã đạt.",
                "đã đạt",
                "đạt thêm",
                lines_of(*(unit.gains[no].lines for no in done)),
            )
    for target in plan.targets:
        if target.mode != "keep" or not target.criteria or target.baseline:
            continue
        for name in target.units:
            lost = [no for no in target.criteria if outcome(name, no) == "not_met"]
            if lost:
                yield Finding(
                    "kept-not-met",
                    "medium",
                    f"{name} được giao duy trì {', '.join(criterion(no, names) for no in sorted(lost))}, "
                    "nhưng theo hồ sơ xã chưa đạt.",
                    "chưa đạt",
                    "duy trì",
                    target.lines,
                )


def not_carried(upper: Checkable, lower: Mapping[str, Checkable]) -> Iterator[Finding]:
    """Kế hoạch cấp dưới không nhận đủ tiêu chí mà cấp trên giao; số xã cấp dưới nhận ít hơn số cấp trên đặt."""
    names = criterion_names(upper)
    promised = {unit_key(name): _gains(plan) for name, plan in lower.items()}
    for key, unit in by_unit(upper).items():
        if key not in promised or not unit.gains:
            continue
        left = sorted(set(unit.gains) - promised[key])
        if left:
            yield Finding(
                "not-carried",
                "medium",
                f"Cấp trên giao {unit.name} {', '.join(criterion(no, names) for no in left)}, "
                "nhưng kế hoạch của xã không có.",
                f"kế hoạch của xã: {numbers(promised[key]) or 'không có'}",
                f"cấp trên giao: {numbers(set(unit.gains))}",
                lines_of(*(unit.gains[no].lines for no in left)),
            )
    if upper.unit_count is None or len(promised) < upper.unit_count:
        return  # not all lower plans are there yet
    for target in upper.criterion_targets:
        if target.mode != "gain" or target.count is None or target.criterion is None or target.derived:
            continue
        taken = sum(target.criterion in gains for gains in promised.values())
        if taken < target.count:
            yield Finding(
                "not-carried",
                "medium",
                f"{upper_first(criterion(target.criterion, names))} đặt thêm {target.count} xã, "
                f"nhưng chỉ {taken} kế hoạch xã nhận tiêu chí này.",
                f"{taken} xã",
                f"{target.count} xã",
                target.lines,
            )


def _gains(plan: Checkable) -> set[int]:
    """The criteria that a commune's own plan is to gain."""
    return {no for t in plan.targets if t.mode != "keep" and not t.baseline and not t.threshold for no in t.criteria}


RULES = (
    Described("already-met", "Chỉ tiêu đã đạt", "medium", "tiêu chí giao đạt thêm với hiện trạng trong hồ sơ"),
    Described("kept-not-met", "Duy trì cái chưa đạt", "medium", "tiêu chí giao duy trì với hiện trạng trong hồ sơ"),
    Described("not-carried", "Cấp dưới không gánh đủ", "medium", "kế hoạch cấp trên với kế hoạch của các xã"),
)
