"""Tệp số liệu của `ntm assess`: CSV rows to facts; every bad row gets its sentence and its line, nothing is guessed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from ntm.domain.assessment import Fact, Facts, Nothing, criterion_fact
from ntm.domain.criteria import catalogue
from ntm.domain.criteria.model import CriteriaSet, Indicator, Kind
from ntm.domain.official.numbers import NumberError, parse_ratio
from ntm.domain.official.text import fold, nfc

__all__ = ["BadFacts", "read_facts"]

COLUMNS = ("unit", "region", "group", "indicator", "value")
NEEDED = ("unit", "indicator", "value")
_MOST_TOLD = 20  # sentences in one refusal
_LARGEST = 400 * 1024 * 1024
_LONGEST_VALUE = 40
_POINTS = "points"

# One form of a figure: a comma or a dot before the decimals; thousands by dots only when a comma follows.
_FIGURE = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,12})?")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3}){1,4},[0-9]{1,12}")

_WORDS: Mapping[str, Fact] = {
    "": Nothing.NO_DATA,
    "chua co so lieu": Nothing.NO_DATA,
    "khong xet": Nothing.NOT_CONSIDERED,
    "dat": True,
    "true": True,
    "chua dat": False,
    "khong dat": False,
    "false": False,
}


class BadFacts(Exception):
    """Tệp số liệu không dùng được: the sentences say which line, what is wrong and what to do."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = list(sentences)
        super().__init__("\n".join(self.sentences))


@dataclass
class _Unit:
    """One unit while the file is being read; the file is the order of units."""

    name: str
    region: str | None = None
    group: str | None = None
    values: dict[str, Fact] = field(default_factory=dict)
    conditions: dict[str, Fact] = field(default_factory=dict)
    lower: dict[str, tuple[int, int]] = field(default_factory=dict)
    statuses: set[str] = field(default_factory=set)
    lines: dict[str, int] = field(default_factory=dict)


def read_facts(path: Path, criteria_set: CriteriaSet) -> list[Facts]:
    """Đọc số liệu. BadFacts with every sentence (at most twenty) when anything in the file is wrong."""
    reader = _Reader(criteria_set)
    for line, row in _rows(_text(path)):
        reader.take(line, row)
    if reader.wrong:
        more = len(reader.wrong) - _MOST_TOLD
        raise BadFacts([*reader.wrong[:_MOST_TOLD], *([f"Và {more} dòng sai khác."] if more > 0 else [])])
    if not reader.units:
        raise BadFacts([f"Tệp {path.name} không có dòng số liệu nào; mỗi dòng ghi {', '.join(COLUMNS)}."])
    return [
        Facts(
            unit=one.name,
            region=one.region,
            group=one.group,
            statuses=frozenset(one.statuses),
            values=one.values,
            conditions=one.conditions,
            lower_titles=one.lower,
        )
        for one in reader.units.values()
    ]


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise BadFacts([f"Tệp {path.name} lớn quá {_LARGEST // 1024 // 1024} MB; hãy chia theo tỉnh."])
        content = path.read_bytes()
    except OSError as wrong:
        raise BadFacts([f"Không mở được tệp {path}: {wrong.strerror or wrong}."]) from wrong
    if content[:4] == b"PK\x03\x04" or content[:4] == b"\xd0\xcf\x11\xe0":
        raise BadFacts([f"Tệp {path.name} là tệp Excel, không phải CSV; hãy lưu lại thành CSV UTF-8."])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        raise BadFacts([f"Dòng {line}: tệp không phải UTF-8; hãy lưu lại thành CSV UTF-8."]) from wrong


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Dòng và các ô theo thứ tự COLUMNS; the header decides the order and the separator."""
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = [nfc(name).strip().lower() for name in next(reader, [])]
        missing = [name for name in NEEDED if name not in header]
        strange = [name for name in header if name not in COLUMNS]
        if missing or strange or len(set(header)) != len(header):
            raise BadFacts([_wrong_header(header, missing, strange)])
        places = [header.index(name) if name in header else None for name in COLUMNS]
        start = reader.line_num + 1
        for row in reader:
            line, start = start, reader.line_num + 1
            if not row or (len(row) == 1 and not row[0].strip()):
                continue
            if len(row) != len(header):
                raise BadFacts([_wrong_width(line, row, len(header), separator)])
            yield line, ["" if place is None else row[place] for place in places]
    except csv.Error as wrong:
        raise BadFacts([f"Dòng {reader.line_num}: không đọc được như CSV, xem lại dấu ngoặc kép ({wrong})."]) from wrong


def _wrong_header(header: list[str], missing: list[str], strange: list[str]) -> str:
    said = [f"thiếu cột {', '.join(missing)}"] if missing else []
    said += [f"cột lạ {', '.join(repr(name) for name in strange)}"] if strange else []
    said += ["có cột ghi hai lần"] if len(set(header)) != len(header) else []
    return f"Dòng 1: {'; '.join(said)}; dòng đầu phải ghi {','.join(COLUMNS)}."


def _wrong_width(line: int, row: list[str], width: int, separator: str) -> str:
    hint = '; số lẻ viết bằng dấu phẩy phải đặt trong dấu ngoặc kép, ví dụ "59,58"' if separator == "," else ""
    return f"Dòng {line}: có {len(row)} ô, cần {width} ô{hint}."


class _Reader:
    """Takes rows, gathers units and sentences; what is asked of every row again is worked out once."""

    def __init__(self, criteria_set: CriteriaSet) -> None:
        self.set = criteria_set
        self.units: dict[str, _Unit] = {}
        self.wrong: list[str] = []
        self._indicators = {one.code: one for _, top in criteria_set.indicators() for one in _within(top)}
        self._stated = {criterion_fact(criterion.no) for criterion in criteria_set.criteria}
        self._conditions = {condition.code: condition for condition in criteria_set.title_rule.conditions}
        self._statuses = {status for rule in criteria_set.special_rules for status in rule.statuses}
        self._regions = _regions(criteria_set)
        self._groups = {code for code, _ in criteria_set.groups}
        self._facts: dict[str, Fact | str] = {}
        self._clean: dict[str, str] = {}

    def take(self, line: int, row: list[str]) -> None:
        clean = self._clean
        name, region, group, code, value = [clean[cell] if cell in clean else self._tidy(cell) for cell in row]
        try:
            if not name:
                raise ValueError("chưa ghi tên hoặc mã đơn vị ở cột unit")
            unit = self.units.get(name)
            if unit is None:
                unit = self.units[name] = _Unit(name)
            self._place(unit, region, group)
            if not code:
                raise ValueError("chưa ghi mã chỉ tiêu ở cột indicator")
            if code in unit.lines:
                raise ValueError(f"chỉ tiêu {code} của {name} đã ghi ở dòng {unit.lines[code]}; chỉ giữ một dòng")
            unit.lines[code] = line
            self._fact(unit, code, value)
        except ValueError as wrong:
            self.wrong.append(f"Dòng {line}: {wrong}.")

    def _tidy(self, cell: str) -> str:
        tidy = nfc(cell).strip()
        if len(self._clean) < 100_000:
            self._clean[cell] = tidy
        return tidy

    def _place(self, unit: _Unit, region: str, group: str) -> None:
        if region and region != "chung":
            if region not in self._regions:
                known = ", ".join(sorted(self._regions)) or "không có vùng nào"
                raise ValueError(f"không có vùng “{region}” trong bộ {self.set.code}; các vùng: {known}")
            if unit.region not in (None, region):
                raise ValueError(f"{unit.name} đã ghi vùng {unit.region}, dòng này ghi {region}")
            unit.region = region
        if group:
            if group not in self._groups:
                known = ", ".join(sorted(self._groups)) or "bộ này không chia nhóm xã"
                raise ValueError(f"không có nhóm xã “{group}” trong bộ {self.set.code}; các nhóm: {known}")
            if unit.group not in (None, group):
                raise ValueError(f"{unit.name} đã ghi nhóm {unit.group}, dòng này ghi {group}")
            unit.group = group

    def _fact(self, unit: _Unit, code: str, value: str) -> None:
        indicator = self._indicators.get(code)
        condition = self._conditions.get(code)
        share = (indicator or condition) if "/" in value else None
        if share is not None and share.kind is Kind.TITLE_SHARE and share.of_title:
            unit.lower[share.of_title] = _ratio(value)
            return
        fact = self._parse(value)
        if indicator is not None:
            _accept(indicator, fact, value)
            unit.values[code] = fact
        elif code in self._stated:
            if isinstance(fact, Decimal):
                raise ValueError(
                    f"{code} là kết luận của cả tiêu chí, chỉ ghi đạt, chưa đạt hoặc không xét, không ghi số"
                )
            unit.values[code] = fact
        elif condition is not None or (code == _POINTS and self._scores):
            if condition is not None and condition.kind is Kind.YES_NO and isinstance(fact, Decimal):
                raise ValueError(f"điều kiện {code} chỉ ghi đạt hoặc chưa đạt, không ghi số ({value})")
            unit.conditions[code] = fact
        elif code in self._statuses:
            if not isinstance(fact, bool) and fact is not Nothing.NO_DATA:
                raise ValueError(f"diện {code} chỉ ghi true hoặc false")
            if fact is True:
                unit.statuses.add(code)
        else:
            raise ValueError(
                f"không có chỉ tiêu “{code}” trong bộ {self.set.code}; "
                f"xem mã bằng lệnh: ntm criteria show {self.set.code}"
            )

    @property
    def _scores(self) -> bool:
        return self.set.scoring is not None or self.set.title_rule.points_required is not None

    def _parse(self, value: str) -> Fact:
        found = self._facts.get(value)
        if found is None:
            found = _parsed(value)
            if len(self._facts) < 200_000:
                self._facts[value] = found
        if isinstance(found, str):
            raise ValueError(found)
        return found


def _within(indicator: Indicator) -> Iterator[Indicator]:
    yield indicator
    for part in indicator.parts:
        yield from _within(part)


def _regions(criteria_set: CriteriaSet) -> set[str]:
    """Vùng của bộ; a set without regions of its own leans on others, so theirs are known."""
    own = {code for code, _ in criteria_set.regions} | {rule.region for rule in criteria_set.special_rules}
    if own:
        return own
    return {code for head in catalogue().heads() for code, _ in head.regions}


def _ratio(value: str) -> tuple[int, int]:
    try:
        return parse_ratio(value)
    except NumberError as wrong:
        raise ValueError(str(wrong).rstrip(".")) from wrong


def _parsed(value: str) -> Fact | str:
    """A fact, or the sentence that says why it is none."""
    if _FIGURE.fullmatch(value):
        return Decimal(value.replace(",", "."))
    if _THOUSANDS.fullmatch(value):
        return Decimal(value.replace(".", "").replace(",", "."))
    said = _WORDS.get(fold(value)) if len(value) <= _LONGEST_VALUE else None
    if said is not None:
        return said
    if re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}(/[0-9]{2,4})?", value):
        return f"“{value}” là ngày tháng hoặc phân số, không phải một con số"
    if value.endswith("%"):
        return f"“{value}” có dấu %; hãy bỏ dấu %, đơn vị tính đã ghi ở chỉ tiêu"
    shown = value[:_LONGEST_VALUE]
    return f"không đọc được giá trị “{shown}”; ghi một số (59,58 hoặc 59.58), đạt, chưa đạt, không xét hoặc để trống"


def _accept(indicator: Indicator, fact: Fact, value: str) -> None:
    """Con số chỉ ghi được cho chỉ tiêu đo bằng số."""
    if not isinstance(fact, Decimal):
        return
    if indicator.kind in (Kind.ALL_OF, Kind.ANY_OF) and indicator.parts:
        parts = ", ".join(part.code for part in indicator.parts)
        raise ValueError(
            f"chỉ tiêu {indicator.code} gồm các nội dung {parts}; ghi số cho từng nội dung, không ghi {value}"
        )
    if indicator.is_judged_in_words or indicator.kind in (Kind.ALL_OF, Kind.ANY_OF):
        raise ValueError(f"chỉ tiêu {indicator.code} chỉ ghi đạt, chưa đạt hoặc không xét, không ghi số ({value})")
