"""Tình trạng đối chiếu: what of a criteria set was compared with the law, by its source or by a person who signed.

A signature stands beside the law, never in it: the set keeps its content and its hash. `with_signatures` gives the same
set with the signed values counted as checked, so that every result drawn from it shows its mark accordingly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256

from django.db.models import Q

from ntm.domain.criteria import catalogue
from ntm.domain.criteria.model import Check, CriteriaSet, Indicator, Threshold
from ntm.domain.official.dates import write_date
from ntm.records.standing import registry
from ntm.records.standing.models import RegisteredSet, ValueCheck

__all__ = [
    "CheckCount",
    "CheckState",
    "Signature",
    "Signatures",
    "base_indicators",
    "checked_keys",
    "common_of",
    "counts",
    "counts_of",
    "leaves",
    "level_key",
    "signatures",
    "signatures_of",
    "signed_content",
    "state_of",
    "with_signatures",
]

Key = tuple[int, str, str]  # criterion, indicator ("" its whole page), level ("" all of the indicator)
Path = tuple[str, ...]  # codes from the indicator down to the part
_FROM_MEMORY = "theo trí nhớ"


class CheckState(StrEnum):
    """Tình trạng của một giá trị, from the best known to the least."""

    SIGNED = "signed"
    READ = "read"
    UNCHECKED = "unchecked"
    MEMORY = "memory"
    MISSING = "missing"
    DELEGATED = "delegated"


@dataclass(frozen=True, slots=True)
class Signature:
    """Chữ ký đối chiếu: who, under which office, on which day, where in the decision."""

    id: int
    set_code: str
    criterion_no: int
    indicator_code: str
    value_key: str
    locator: str
    user_id: int
    name: str
    office: str
    on: date
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""

    @property
    def key(self) -> Key:
        return self.criterion_no, self.indicator_code, self.value_key

    @property
    def words(self) -> str:
        return f"đã đối chiếu với văn bản: {self.name}, {self.office}, ngày {write_date(self.on)}"


@dataclass(frozen=True)
class Signatures:
    """Chữ ký của một bộ: its own, and those of the national set for what a provincial one takes over unchanged."""

    own: tuple[Signature, ...] = ()
    base: tuple[Signature, ...] = ()
    withdrawn: tuple[Signature, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.own or self.base)

    def of_page(self, no: int) -> Signature | None:
        """Cả trang của tiêu chí."""
        return _first(self.own, (no, "", ""))

    def of_indicator(self, no: int, path: Path) -> Signature | None:
        """Cả chỉ tiêu, by itself, with the indicator it is part of, or with its criterion's page."""
        return _first(self.own, *_wholes(no, path))

    def of_level(
        self, no: int, path: Path, one: Indicator, level: Threshold, base: Indicator | None = None
    ) -> Signature | None:
        """Một mức: by itself, with its indicator or page; a level taken over, by the signature in the national set; a
        province's common level written out for a region, with the common one."""
        common = common_of(one, level)
        keys = [level_key(level)] if common is None else [level_key(level), level_key(common)]
        own = _first(self.own, *((no, path[-1], key) for key in keys), *_wholes(no, path))
        if own or level.provincial or base is None:
            return own
        taken = next((one for one in base.thresholds if _same_level(one, level)), None)
        return _first(self.base, (no, path[-1], level_key(taken)), *_wholes(no, path)) if taken else None


@dataclass(frozen=True, slots=True)
class CheckCount:
    """Đếm mức của một bộ: how many there are, how many nobody compared, how many were signed or are not there."""

    levels: int
    unchecked: int
    signed: int
    missing: int
    delegated: int


def level_key(level: Threshold) -> str:
    """Mã của một mức trong chỉ tiêu: region/group/first day."""
    return f"{level.region or ''}/{level.group or ''}/{level.start.isoformat() if level.start else ''}"


def common_of(one: Indicator, level: Threshold) -> Threshold | None:
    """The common level of a province that this regional one only writes out; None for a level of its own."""
    if not level.provincial or level.region is None:
        return None
    same = replace(level, region=None)
    return next((other for other in one.thresholds if other == same), None)


def leaves(indicators: Iterable[Indicator], above: Path = ()) -> Iterator[tuple[Path, Indicator]]:
    """Chỉ tiêu và nội dung thành phần, in their order, with the codes that lead to each."""
    for indicator in indicators:
        path = (*above, indicator.code)
        yield path, indicator
        yield from leaves(indicator.parts, path)


def checked_keys(row: RegisteredSet) -> frozenset[Key]:
    """What people signed of this content and did not withdraw."""
    living = ValueCheck.objects.filter(set=row, withdrawn_at__isnull=True)
    return frozenset(living.values_list("criterion_no", "indicator_code", "value_key"))


def signatures(row: RegisteredSet, base_code: str | None = None) -> Signatures:
    """Every signature of a set, withdrawn ones apart; one query."""
    return signatures_of([row], {row.pk: base_code})[row.pk]


def signatures_of(rows: Iterable[RegisteredSet], bases: Mapping[int, str | None]) -> dict[int, Signatures]:
    """The same of many sets; `bases` names the national set of each. One query."""
    wanted = list(rows)
    codes = {code for code in bases.values() if code}
    asked = Q(set__in=[row.pk for row in wanted]) | Q(set__code__in=codes, set__current=True)
    found = ValueCheck.objects.filter(asked).select_related("set", "checked_by").order_by("checked_on", "pk")
    by_set: dict[int, list[Signature]] = defaultdict(list)
    by_code: dict[str, list[Signature]] = defaultdict(list)
    for one in found:
        signature = _signature(one)
        by_set[one.set_id].append(signature)
        if one.set.current and signature.withdrawn_at is None:
            by_code[one.set.code].append(signature)
    return {
        row.pk: Signatures(
            own=tuple(one for one in by_set[row.pk] if one.withdrawn_at is None),
            base=tuple(by_code[bases.get(row.pk) or ""]),
            withdrawn=tuple(one for one in by_set[row.pk] if one.withdrawn_at is not None),
        )
        for row in wanted
    }


def signed_content(row: RegisteredSet) -> CriteriaSet:
    """Nội dung của bộ, with what was signed counted as checked; what boards and sheets are drawn from."""
    content = registry.content(row)
    return with_signatures(content, signatures(row, content.extends))


def with_signatures(content: CriteriaSet, signed: Signatures) -> CriteriaSet:
    """The same set, signed values verified; the very same object where nothing was signed."""
    if not signed:
        return content
    return _overlaid(_Held(content), signed)


def counts(row: RegisteredSet) -> CheckCount:
    """Đếm mức của một bộ."""
    content = registry.content(row)
    return counts_of(content, signatures(row, content.extends))


def counts_of(content: CriteriaSet, signed: Signatures) -> CheckCount:
    """The same, from what was already read."""
    base = base_indicators(content)
    levels = unchecked = by_hand = missing = delegated = 0
    for criterion in content.criteria:
        for path, one in leaves(criterion.indicators):
            missing += one.threshold_missing or bool(one.missing_regions)
            delegated += bool(one.delegated_to) and not one.thresholds
            for level in one.thresholds:
                levels += 1
                by = signed.of_level(criterion.no, path, one, level, base.get(one.code))
                by_hand += by is not None
                unchecked += by is None and not level.check.verified
    return CheckCount(levels, unchecked, by_hand, missing, delegated)


def state_of(check: Check, signature: Signature | None) -> CheckState:
    """Tình trạng của một giá trị có mức."""
    if signature is not None:
        return CheckState.SIGNED
    if check.verified:
        return CheckState.READ
    return CheckState.MEMORY if (check.source or "").startswith(_FROM_MEMORY) else CheckState.UNCHECKED


def base_indicators(content: CriteriaSet) -> Mapping[str, Indicator]:
    """Chỉ tiêu của bộ quốc gia mà bộ này dựa vào, by code; empty for a national set."""
    if content.extends is None:
        return {}
    base = catalogue().get(content.extends)  # sets lean on shipped ones only
    return {one.code: one for criterion in base.criteria for _path, one in leaves(criterion.indicators)}


@dataclass(frozen=True, eq=False, slots=True)
class _Held:
    """A set kept by its hash."""

    content: CriteriaSet

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.content.hash == self.content.hash

    def __hash__(self) -> int:
        return hash(self.content.hash)


@lru_cache(maxsize=64)
def _overlaid(held: _Held, signed: Signatures) -> CriteriaSet:
    content = held.content
    base = base_indicators(content)
    criteria = tuple(
        replace(
            one,
            check=_checked(one.check, signed.of_page(one.no)),
            indicators=tuple(_indicator(one.no, indicator, (), signed, base) for indicator in one.indicators),
        )
        for one in content.criteria
    )
    # Evaluators are kept by hash: this one must not be taken for the law alone.
    digest = sha256("\n".join(f"{one.id}:{one.key}" for one in (*signed.own, *signed.base)).encode()).hexdigest()
    return replace(content, criteria=criteria, hash=f"{content.hash}+{digest[:16]}")


def _indicator(no: int, one: Indicator, above: Path, signed: Signatures, base: Mapping[str, Indicator]) -> Indicator:
    path = (*above, one.code)
    return replace(
        one,
        check=_checked(one.check, signed.of_indicator(no, path)),
        thresholds=tuple(
            replace(level, check=_checked(level.check, signed.of_level(no, path, one, level, base.get(one.code))))
            for level in one.thresholds
        ),
        parts=tuple(_indicator(no, part, path, signed, base) for part in one.parts),
    )


def _checked(check: Check, signature: Signature | None) -> Check:
    if signature is None:
        return check
    return replace(check, verified=True, source=signature.words, checked_on=signature.on)


def _same_level(taken: Threshold, level: Threshold) -> bool:
    """A national level, or the piece of it that a provincial set left standing."""
    if (taken.region, taken.group, taken.value, taken.words) != (level.region, level.group, level.value, level.words):
        return False
    starts = taken.start is None or (level.start is not None and taken.start <= level.start)
    return starts and (taken.end is None or (level.end is not None and level.end <= taken.end))


def _wholes(no: int, path: Path) -> list[Key]:
    return [*((no, code, "") for code in path), (no, "", "")]


def _first(found: tuple[Signature, ...], *keys: Key) -> Signature | None:
    return next((one for one in found if one.key in keys), None)


def _signature(one: ValueCheck) -> Signature:
    return Signature(
        id=one.pk,
        set_code=one.set.code,
        criterion_no=one.criterion_no,
        indicator_code=one.indicator_code,
        value_key=one.value_key,
        locator=one.locator,
        user_id=one.checked_by_id,
        name=one.checked_by.full_name,
        office=one.office,
        on=one.checked_on,
        withdrawn_at=one.withdrawn_at,
        withdrawn_reason=one.withdrawn_reason,
    )
