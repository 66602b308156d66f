"""Chữ của luật trên màn hình: levels, places, states of checking, in the words of the decisions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ntm.domain.criteria.model import (
    Absent,
    Check,
    Comparator,
    CriteriaSet,
    Force,
    Indicator,
    Kind,
    Threshold,
    TitleCondition,
)
from ntm.domain.instruments import EVIDENCE, InForce
from ntm.domain.official.dates import write_date
from ntm.domain.official.numbers import write_number
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.queries import checks
from ntm.records.standing.queries.checks import CheckState

__all__ = [
    "FORCE",
    "FORCE_SHORT",
    "IN_FORCE",
    "LEVELS",
    "STATES",
    "TITLES",
    "State",
    "absent",
    "condition_level",
    "evidence",
    "level_words",
    "measure_of",
    "period",
    "short_name",
    "source_words",
    "state_of",
    "when",
    "years",
]


@dataclass(frozen=True)
class State:
    """Dấu và chữ của một tình trạng đối chiếu; never colour alone."""

    sign: str
    css: str
    words: str | Promise


STATES = {
    CheckState.SIGNED: State("◆", "signed", _("đã đối chiếu với văn bản, có người ký")),
    CheckState.READ: State("◇", "read", _("có nguồn đã đọc nêu mức này")),
    CheckState.UNCHECKED: State("°", "unchecked", _("chưa đối chiếu với văn bản")),
    CheckState.MEMORY: State("°°", "memory", _("theo trí nhớ, chưa đối chiếu với văn bản")),
    CheckState.MISSING: State("…", "missing", _("quyết định có mức, dữ liệu chưa có")),
    CheckState.DELEGATED: State("↓", "delegated", _("giao cấp khác quy định, quy định đó chưa nạp")),
}
LEVELS = {"tinh": _("cấp tỉnh"), "huyen": _("cấp huyện"), "xa": _("xã"), "thon": _("thôn")}
TITLES = {
    "ntm": _("nông thôn mới"),
    "nang_cao": _("nâng cao"),
    "kieu_mau": _("kiểu mẫu"),
    "hien_dai": _("hiện đại"),
    "hoan_thanh": _("hoàn thành nhiệm vụ"),
    "kdc_kieu_mau": _("khu dân cư kiểu mẫu"),
}
FORCE = {
    Force.YES: _("có hiệu lực ngày này"),
    Force.NO: _("không có hiệu lực ngày này"),
    Force.UNKNOWN: _("chưa rõ ngày này còn hiệu lực không"),
}
FORCE_SHORT = {Force.YES: _("có hiệu lực"), Force.NO: _("không"), Force.UNKNOWN: _("chưa rõ")}
IN_FORCE = {
    InForce.YES: State("✓", "met", _("có hiệu lực")),
    InForce.NO: State("✗", "not-met", _("không có hiệu lực")),
    InForce.UNKNOWN: State("?", "no-data", _("chưa rõ")),
}
_SIGNS = {Comparator.GE: "≥", Comparator.GT: ">", Comparator.LE: "≤", Comparator.LT: "<", Comparator.EQ: "="}
_ABSENT = {
    Absent.NOT_IN_FORCE: _("không có hiệu lực ngày này"),
    Absent.MISSING: _("chưa có mức trong dữ liệu"),
    Absent.DELEGATED: _("giao cấp khác quy định"),
}


def level_words(indicator: Indicator, level: Threshold | Absent) -> str:
    """≥ 64; Đạt; 100 %: a level as the annex writes it, without the measure of a plain number."""
    if isinstance(level, Absent):
        return str(_ABSENT[level])
    if isinstance(level.value, bool):
        return level.words or gettext("Đạt")
    sign = _SIGNS[indicator.comparator] + " " if indicator.comparator else ""
    percent = "%" if indicator.kind in (Kind.PERCENT, Kind.TITLE_SHARE) else ""
    if indicator.kind is Kind.RATIO:
        return f"{sign}{write_number(level.value)} ×"
    return f"{sign}{write_number(level.value)}{percent}"


def measure_of(indicator: Indicator) -> str:
    """Đơn vị tính, where the level does not carry it."""
    if indicator.is_judged_in_words or indicator.kind in (Kind.PERCENT, Kind.TITLE_SHARE):
        return ""
    return indicator.measure or ""


def absent(indicator: Indicator, value: Absent) -> str:
    """Vì sao không có mức."""
    if value is Absent.DELEGATED and indicator.delegated_to:
        return indicator.delegated_to
    return str(_ABSENT[value])


def when(level: Threshold) -> str:
    """Năm 2022; từ 26/9/2022; đến trước …: nothing for a level that holds as long as its set."""
    start, end = level.start, level.end
    if start is None and end is None:
        return ""
    if start and end and (start.day, start.month, end.day, end.month) == (1, 1, 1, 1):
        last = end.year - 1
        return gettext("năm %(year)s") % {"year": start.year if start.year == last else f"{start.year}-{last}"}
    return period(start, end)


def period(start: date | None, end: date | None) -> str:
    """Từ … đến trước …"""
    if start and end:
        return gettext("từ %(start)s đến trước %(end)s") % {"start": write_date(start), "end": write_date(end)}
    if start:
        return gettext("từ %(start)s") % {"start": write_date(start)}
    return gettext("đến trước %(end)s") % {"end": write_date(end)} if end else ""


def years(content: CriteriaSet) -> str:
    """Giai đoạn ghi ở tên."""
    return f"{content.years[0]}-{content.years[1]}" if content.years else ""


def evidence(kind: str) -> str:
    """Căn cứ của một văn bản."""
    return EVIDENCE.get(kind, kind)


def condition_level(one: TitleCondition) -> str:
    """Mức của một điều kiện công nhận."""
    if one.value is None:
        return gettext("chưa có mức trong dữ liệu")
    if isinstance(one.value, bool):
        return gettext("Đạt")
    if isinstance(one.value, str):
        return gettext("đang giữ danh hiệu theo bộ %(set)s") % {"set": one.value}
    sign = _SIGNS[one.comparator] + " " if one.comparator else ""
    return f"{sign}{write_number(one.value)} {one.measure or ''}".strip()


def state_of(check: Check) -> State:
    """Tình trạng của một giá trị mà không ai ký."""
    return STATES[checks.state_of(check, None)]


def short_name(row: RegisteredSet, content: CriteriaSet, province: str) -> str:
    """xã · nâng cao · 2021-2025 · Hải Dương: what a set is, in a list to choose from."""
    parts = (LEVELS[row.level], TITLES.get(row.title_kind, row.title_kind), years(content), province)
    return " · ".join(str(part) for part in parts if part)


_REPOSITORY = re.compile(r"\s*\(?(?:github|gitlab):[^)\s]*[^)]*\)?")
_ENGLISH = (
    ("title only, seen", "chỉ thấy tên văn bản trong một bộ dữ liệu công khai"),
    ("title seen", "thấy tên văn bản trong danh mục công khai (không giữ địa chỉ)"),
    ("legal.md", "bản tổng hợp văn bản của người làm hệ thống"),
    ("mã nguồn công khai", "bộ dữ liệu công khai (không ghi địa chỉ)"),
)


def source_words(source: str) -> str:
    """Nguồn của một văn bản, nói với cán bộ: no names of repositories and files."""
    for beginning, said in _ENGLISH:
        if source.startswith(beginning):
            return gettext(said)
    return _REPOSITORY.sub("", source).strip() or gettext("bộ dữ liệu công khai")
