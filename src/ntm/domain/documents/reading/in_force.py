"""Bộ tiêu chí để đọc: which set the numbers and names of a document are of, by its level, title, date and province."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from ntm.domain.criteria import catalogue
from ntm.domain.criteria.model import CriteriaSet
from ntm.domain.documents.reading.criteria import CriteriaWords
from ntm.domain.documents.reading.criterion_names import COMMUNE_2009

_COMMUNE_2016 = date(2016, 10, 17)  # ngày Quyết định 1980/QĐ-TTg
_SIZE = 20
_LOWER_TITLES = {"kieu_mau": ("nang_cao", "ntm"), "nang_cao": ("ntm",)}


@lru_cache(maxsize=64)
def words_as_counted(
    level: str, title: str, on: date, province: str | None, year: int | None, counted: int | None, highest: int = 0
) -> CriteriaWords:
    """The set of the day; where the document itself counts another number of criteria ("13/19 tiêu chí") or numbers them
    higher ("tiêu chí số 17"), and an earlier set has that many, the document still goes by the earlier one."""
    found = words_for(level, title, on, province, year)
    if not found.names or (len(found.names) == counted if counted else highest <= len(found.names)):
        return found
    heads = sorted(
        (
            h
            for h in catalogue().heads()
            if (h.level, h.title_kind) == (level, title) and h.province in (None, province)
        ),
        key=lambda h: (h.start or date.min, h.province is not None),
        reverse=True,
    )
    for head in heads:
        if (head.start or date.min) <= on and head.end is not None:
            earlier = words_for(level, title, min(on, head.end - timedelta(days=1)), province)
            if len(earlier.names) == counted if counted else len(earlier.names) >= highest:
                return earlier
    for other in _LOWER_TITLES.get(title, ()):  # a plan for "kiểu mẫu" goes through the criteria of "nâng cao" first
        lower = words_for(level, other, on, province, year)
        if len(lower.names) == counted if counted else len(lower.names) >= highest:
            return lower
    return found if highest <= found.size else CriteriaWords(None, {}, level, _SIZE)


def words_for(level: str, title: str, on: date, province: str | None, year: int | None = None) -> CriteriaWords:
    """The names and numbers to read by. A province's set that is not complete is filled up from the national one; before the
    first set that the project ships, the names of Quyết định 491/QĐ-TTg; no set at all: numbers only."""
    national = _find(level, title, on, None)
    if national is not None and year is not None and national.years and national.years[1] < year:
        following = _find(level, title, date(year, 12, 31), None)
        if following is not None and (following.decision_date or date.max) <= on:
            return words_for(level, title, date(year, 12, 31), province)  # a plan for the next period, its set decided
    own = _find(level, title, on, province) if province else None
    if own is None and national is None and title != "ntm":
        return words_for(level, "ntm", on, province) if level == "thon" else CriteriaWords(None, {}, level, _SIZE)
    if own is None and national is None:
        if level == "xa" and on < _COMMUNE_2016:
            return CriteriaWords(None, dict(enumerate(COMMUNE_2009, 1)), level)
        return CriteriaWords(None, {}, level, _SIZE)
    names: dict[int, str] = {}
    if national is not None and own is not None and not _clashes(own, national):
        names.update({c.no: c.name for c in national.criteria})
    chosen = own or national
    assert chosen is not None
    names.update({c.no: c.name for c in chosen.criteria})
    also = [(c.no, c.name) for c in national.criteria] if own is not None and national is not None else []
    return CriteriaWords(chosen.code, names, level, _SIZE, also)


def _find(level: str, title: str, on: date, province: str | None) -> CriteriaSet | None:
    known = catalogue()
    found = known.find(level, title, on, province)
    if found is not None and (province is None) == (found.province is None):
        return found
    options = [
        head
        for head, _ in known.candidates(level, title, on, province)
        if (head.province is None) == (province is None)
    ]
    return known.get(options[0].code) if options else None


def _clashes(own: CriteriaSet, national: CriteriaSet) -> bool:
    """A province's set with as many criteria as the nation's needs nothing from it."""
    return len(own.criteria) >= len(national.criteria)
