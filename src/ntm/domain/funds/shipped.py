"""Danh mục nguồn vốn: the periods that come with the project, and what is in force on a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from ntm.domain.funds.loader import load_period, load_rules
from ntm.domain.funds.model import Community, MoneyRule, Period, Source, YearRule

__all__ = ["DATA", "Funds", "UnknownSource", "catalogue"]

DATA = Path(__file__).parent / "data"


class UnknownSource(LookupError):
    """Không có nguồn vốn: the sentence says which are there."""


class Funds:
    """Nguồn vốn theo giai đoạn, and the rules beside them."""

    def __init__(
        self,
        periods: tuple[Period, ...],
        years: tuple[YearRule, ...] = (),
        community: tuple[Community, ...] = (),
        rules: tuple[MoneyRule, ...] = (),
    ) -> None:
        self.periods = tuple(sorted(periods, key=lambda period: period.start))
        for before, after in pairwise(self.periods):
            if before.end > after.start:
                raise ValueError(f"hai giai đoạn chồng ngày: {before.code} và {after.code}")
        self.years, self.communities, self.rules = years, community, rules

    def period(self, on: date) -> Period | None:
        """Giai đoạn của ngày đó."""
        return next((period for period in self.periods if period.start <= on < period.end), None)

    def in_force(self, on: date) -> tuple[Source, ...]:
        """Các nguồn có ngày đó."""
        period = self.period(on)
        return tuple(source for source in period.sources if source.on(on)) if period else ()

    def of_year(self, year: int) -> tuple[Source, ...]:
        """Các nguồn có trong năm ngân sách: those that end within it too."""
        period = self.period(date(year, 1, 1))
        return tuple(source for source in period.sources if source.in_year(year)) if period else ()

    def get(self, code: str, on: date) -> Source:
        """Nguồn theo mã, ngày đó."""
        return self._among(code, self.in_force(on), f"ngày {on:%d/%m/%Y}")

    def in_year(self, code: str, year: int) -> Source:
        """Nguồn theo mã, của năm ngân sách."""
        return self._among(code, self.of_year(year), f"năm {year}")

    def name(self, code: str) -> str:
        """Tên nguồn in whichever period knows it last; the code where none does."""
        for period in reversed(self.periods):
            for source in period.sources:
                if source.code == code:
                    return source.name
        return code

    def community(self, on: date) -> Community | None:
        """Giới hạn của cơ chế đặc thù ngày đó."""
        there = [one for one in self.communities if one.start <= on and (one.end is None or on < one.end)]
        return max(there, key=lambda one: one.start, default=None)

    @staticmethod
    def _among(code: str, sources: tuple[Source, ...], when: str) -> Source:
        for source in sources:
            if source.code == code:
                return source
        there = ", ".join(source.code for source in sources) or "không có nguồn nào"
        raise UnknownSource(f"Không có nguồn vốn “{code}” {when}; có: {there}.")


@lru_cache(maxsize=1)
def catalogue() -> Funds:
    """The periods and rules that come with the project."""
    periods = tuple(load_period(path.read_text(encoding="utf-8"), path.name) for path in sorted(DATA.glob("2*.yaml")))
    rules = DATA / "rules.yaml"
    return Funds(periods, *load_rules(rules.read_text(encoding="utf-8"), rules.name))
