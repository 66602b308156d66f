"""Đối chiếu với hồ sơ: a plan against where things stand, lower plans against the upper one; the records are handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ntm.domain.documents.checking.checkable import Promises
from ntm.domain.documents.checking.model import SEVERITIES, Described, Finding, lines_of
from ntm.domain.documents.checking.prose import criterion, criterion_names, numbers, unit_key, upper_first
from ntm.domain.documents.checking.two_views import by_unit
from ntm.domain.documents.reading.model import Lines

Outcome = Callable[[str, int], str | None]
"""(commune as the plan names it, criterion) -> "met", "not_met", "no_data", "not_considered"; None where nobody knows."""
Became = Callable[[str], str | None]
"""commune as the plan names it -> what the records say became of it by that day; None where it stands, or nobody knows it."""


def against_records(plan: Promises, outcome: Outcome, became: Became) -> tuple[Finding, ...]:
    """Đối chiếu với hồ sơ: both questions at once, the heaviest first, then as they stand in the document."""
    found = dict.fromkeys([*already_met(plan, outcome), *not_in_records(plan, became)])
    return tuple(sorted(found, key=lambda f: (SEVERITIES.index(f.severity), f.lines, f.rule)))


def already_met(plan: Promises, outcome: Outcome) -> Iterator[Finding]:
    """Tiêu chí ghi là đạt thêm nhưng hồ sơ đã đạt; ghi là duy trì nhưng hồ sơ chưa đạt."""
    names = criterion_names(plan)
    for name, gains in _gained(plan).values():
        done = [no for no in gains if outcome(name, no) == "met"]
        if done:
            yield Finding(
                "already-met",
                "medium",
                f"{name} được giao đạt thêm {', '.join(criterion(no, names) for no in sorted(done))}, "
                "nhưng theo hồ sơ xã đã đạt.",
                "đã đạt",
                "đạt thêm",
                lines_of(*(gains[no] for no in done)),
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


def _gained(plan: Promises) -> dict[str, tuple[str, dict[int, Lines]]]:
    """What each commune is to gain, by its own list and by the criteria's lists: name, criterion -> lines."""
    found = {
        key: (unit.name, {no: target.lines for no, target in unit.gains.items()}) for key, unit in by_unit(plan).items()
    }
    for target in plan.criterion_targets:
        if target.criterion is None or target.mode != "gain" or target.derived:
            continue
        for name in target.units:
            _name, gains = found.setdefault(unit_key(name), (name, {}))
            gains.setdefault(target.criterion, target.lines)
    return found


def not_in_records(plan: Promises, became: Became) -> Iterator[Finding]:
    """Xã mà đến ngày đó hồ sơ ghi đã đổi tên, đã nhập, hoặc chưa có; mỗi tên một lần."""
    told: set[str] = set()
    for unit in plan.units:
        key = unit_key(unit.name)
        if unit.level != "xa" or key in told:
            continue
        now = became(unit.name)
        if now is not None:
            told.add(key)
            kind = (unit.kind or "xã").lower()
            yield Finding(
                "unit-records",
                "medium",
                f"Theo hồ sơ, vào ngày này không có {kind} {unit.name}: {now}.",
                now,
                unit.name,
                unit.lines[:3],
            )


@dataclass(frozen=True)
class Carried:
    """Điều cấp trên giao một xã, cạnh điều kế hoạch của xã nhận; `taken` is None where there is no plan of that commune."""

    name: str
    given: Mapping[int, Lines]  # criterion -> where the upper plan says so
    taken: frozenset[int] | None

    @property
    def takes(self) -> tuple[int, ...]:
        """What its own plan takes up, in order."""
        return tuple(sorted(self.taken or ()))

    @property
    def left(self) -> tuple[int, ...]:
        """Criteria given and not taken up; none while there is no plan."""
        return () if self.taken is None else tuple(sorted(set(self.given) - self.taken))


def carried(upper: Promises, lower: Mapping[str, Promises]) -> tuple[Carried, ...]:
    """Từng xã: what the upper plan gives it beside what its own plan takes up, in the order of the upper plan."""
    taken = {unit_key(name): frozenset(_gains(plan)) for name, plan in lower.items()}
    return tuple(Carried(name, gains, taken.get(key)) for key, (name, gains) in _gained(upper).items() if gains)


def not_carried(upper: Promises, lower: Mapping[str, Promises]) -> Iterator[Finding]:
    """Kế hoạch cấp dưới không nhận đủ tiêu chí mà cấp trên giao; số xã cấp dưới nhận ít hơn số cấp trên đặt."""
    names = criterion_names(upper)
    for unit in carried(upper, lower):
        if unit.left and unit.taken is not None:
            yield Finding(
                "not-carried",
                "medium",
                f"Cấp trên giao {unit.name} {', '.join(criterion(no, names) for no in unit.left)}, "
                "nhưng kế hoạch của xã không có.",
                f"kế hoạch của xã: {numbers(unit.taken) or 'không có'}",
                f"cấp trên giao: {numbers(set(unit.given))}",
                lines_of(*(unit.given[no] for no in unit.left)),
            )
    yield from too_few_carry(upper, lower)


def too_few_carry(upper: Promises, lower: Mapping[str, Promises]) -> Iterator[Finding]:
    """Số xã cấp trên đặt cho một tiêu chí so với số kế hoạch xã nhận tiêu chí ấy, khi đã có đủ kế hoạch của các xã."""
    names = criterion_names(upper)
    promised = {unit_key(name): _gains(plan) for name, plan in lower.items()}
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


def _gains(plan: Promises) -> set[int]:
    """The criteria that a commune's own plan is to gain."""
    return {no for t in plan.targets if t.mode != "keep" and not t.baseline and not t.threshold for no in t.criteria}


RULES = (
    Described("already-met", "Chỉ tiêu đã đạt", "medium", "tiêu chí giao đạt thêm với hiện trạng trong hồ sơ"),
    Described("kept-not-met", "Duy trì cái chưa đạt", "medium", "tiêu chí giao duy trì với hiện trạng trong hồ sơ"),
    Described("unit-records", "Xã đã đổi theo hồ sơ", "medium", "tên xã với đơn vị trong hồ sơ vào ngày của kế hoạch"),
    Described("not-carried", "Cấp dưới không gánh đủ", "medium", "kế hoạch cấp trên với kế hoạch của các xã"),
)
