"""Nạp bộ tiêu chí: from text or a folder of YAML files to a frozen, hashed CriteriaSet; refuses anything doubtful.

The form is told in docs/method/criteria.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from ntm.domain.criteria.canonical import content_hash
from ntm.domain.criteria.errors import CriteriaError
from ntm.domain.criteria.form import Context, read_criterion
from ntm.domain.criteria.header import read_header
from ntm.domain.criteria.model import CriteriaSet, Criterion, Indicator
from ntm.domain.instruments.source_file import Entry, read

__all__ = ["Bases", "load_folder", "load_header", "load_text"]

Bases = Callable[[str], CriteriaSet]
HEADER_FILE = "set.yaml"


def load_text(text: str, source: str, bases: Bases | None = None) -> CriteriaSet:
    """A whole set in one text. `source` names it in messages; `bases` finds the set it extends (the shipped ones)."""
    return _load(read(text, source), [], bases)


def load_folder(folder: Path, bases: Bases | None = None) -> CriteriaSet:
    """A set in its folder: set.yaml, and its criteria in the other files, in the order of their names."""
    header = _read_file(folder / HEADER_FILE)
    others = sorted(path for path in folder.glob("*.yaml") if path.name != HEADER_FILE)
    criteria_set = _load(header, [_read_file(path) for path in others], bases)
    if criteria_set.code != folder.name:
        raise header.wrong(f'mã bộ "{criteria_set.code}" khác tên thư mục "{folder.name}"')
    return criteria_set


def load_header(folder: Path) -> CriteriaSet:
    """Only what set.yaml says: no criteria, no hash. To look for a set without reading them all."""
    entry = _read_file(folder / HEADER_FILE)
    header = read_header(entry)
    entry.get("criteria")
    entry.close()
    return header


def _read_file(path: Path) -> Entry:
    name = f"{path.parent.name}/{path.name}"
    try:
        return read(path.read_text(encoding="utf-8"), name)
    except FileNotFoundError:
        raise CriteriaError(name, None, "", "không có tệp này") from None
    except UnicodeDecodeError:
        raise CriteriaError(name, None, "", "tệp không phải UTF-8; lưu lại bằng UTF-8") from None


def _base(entry: Entry, header: CriteriaSet, bases: Bases | None) -> CriteriaSet | None:
    if header.extends is None:
        return None
    if bases is None:
        from ntm.domain.criteria.shipped import catalogue

        bases = catalogue().get
    try:
        return bases(header.extends)
    except KeyError:
        value = entry.need("extends")
        raise value.wrong(f'không có bộ tiêu chí gốc "{header.extends}"') from None


def _load(entry: Entry, others: list[Entry], bases: Bases | None) -> CriteriaSet:
    header = read_header(entry)
    base = _base(entry, header, bases)
    if base is not None:
        header = _over(header, base)
    context = Context(
        regions=tuple(code for code, _ in header.regions),
        groups=tuple(code for code, _ in header.groups),
        provincial=base is not None,
    )
    criteria: dict[int, Criterion] = {criterion.no: criterion for criterion in base.criteria} if base else {}
    own: set[int] = set()
    codes = {code: criterion.no for criterion in criteria.values() for code in _codes(criterion.indicators)}
    for file in (entry, *others):
        for item in file.entries("criteria"):
            number = item.need("number").whole()
            if number in own:
                raise item.wrong(f"tiêu chí số {number} viết hai lần")
            own.add(number)
            criteria[number] = read_criterion(item, context, criteria.get(number))
            found = list(_codes(criteria[number].indicators))
            for code in found:
                if codes.setdefault(code, number) != number:
                    raise item.wrong(f'chỉ tiêu "{code}" đã có ở tiêu chí số {codes[code]}')
                if found.count(code) > 1:
                    raise item.wrong(f'chỉ tiêu hoặc nội dung "{code}" viết hai lần')
        file.close()
    if not criteria and header.complete:
        raise entry.wrong('bộ không có tiêu chí nào; nếu chưa có dữ liệu, ghi "completeness" là chưa đủ')
    criteria_set = replace(header, criteria=tuple(criteria[number] for number in sorted(criteria)))
    return replace(criteria_set, hash=content_hash(criteria_set))


def _codes(indicators: tuple[Indicator, ...]) -> Iterator[str]:
    for indicator in indicators:
        yield indicator.code
        yield from _codes(indicator.parts)


def _over(header: CriteriaSet, base: CriteriaSet) -> CriteriaSet:
    """What a provincial set does not say of itself, its national set says."""
    rule = header.title_rule
    plain = rule.criteria == "all" and not rule.conditions and rule.points_required is None and rule.note is None
    return replace(
        header,
        regions=header.regions or base.regions,
        groups=header.groups or base.groups,
        special_rules=header.special_rules or base.special_rules,
        title_rule=base.title_rule if plain else rule,
        scoring=header.scoring or base.scoring,
    )
