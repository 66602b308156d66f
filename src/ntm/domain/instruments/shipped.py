"""Danh mục văn bản: the legal instruments that come with the project."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Day
from functools import lru_cache

from ntm.domain.instruments.loader import DATA, load_file
from ntm.domain.instruments.model import InForce, Instrument, RelationKind
from ntm.domain.official.text import fold

__all__ = ["Instruments", "catalogue"]

_SHORT = (
    ("uy ban nhan dan", "ubnd"),
    ("hoi dong nhan dan", "hdnd"),
    ("thanh pho", "tp"),
    ("thu tuong chinh phu", "ttg"),
)


class Instruments:
    """A list of instruments. The key is number, issuer and date together."""

    def __init__(self, instruments: tuple[Instrument, ...]) -> None:
        self._all = instruments
        self._by_number: dict[str, list[Instrument]] = {}
        for instrument in instruments:
            self._by_number.setdefault(_plain(instrument.number), []).append(instrument)

    def __iter__(self) -> Iterator[Instrument]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def find(self, number: str, date: Day | None = None, issuer: str | None = None) -> tuple[Instrument, ...]:
        """Those of that number; the date and the issuer, where given, must agree where they are known.

        More than one answer, or an answer found by its number alone, is a question to a person.
        """
        found = self._by_number.get(_plain(number), [])
        return tuple(
            instrument
            for instrument in found
            if (date is None or instrument.date is None or instrument.date == date)
            and (issuer is None or _issuer(instrument.issuer) == _issuer(issuer))
        )

    def get(self, number: str, issuer: str, date: Day | None) -> Instrument | None:
        """The one of exactly that number, issuer and date."""
        exact = (one for one in self.find(number, issuer=issuer) if one.date == date)
        return next(exact, None)

    def in_force(self, instrument: Instrument, on: Day) -> InForce:
        """Hiệu lực ngày đó; the reason is in `instrument.judge(on)`."""
        return instrument.judge(on).state

    def successor(self, instrument: Instrument) -> tuple[Instrument, ...]:
        """Văn bản thay thế: what replaced or repealed it, and what replaced that; the last one is the newest known."""
        chain: list[Instrument] = []
        current = instrument
        while True:
            following = self._next(current)
            if following is None or following is instrument or following in chain:
                return tuple(chain)
            chain.append(following)
            current = following

    def _next(self, instrument: Instrument) -> Instrument | None:
        for relation in instrument.relations:
            if relation.kind in (RelationKind.REPLACED_BY, RelationKind.REPEALED_BY):
                found = self.find(relation.number)
                if len(found) == 1:
                    return found[0]
        return None


def _plain(number: str) -> str:
    """A number without spaces and marks: "4072/QĐ- BNN-VPĐP" is "4072/qd-bnn-vpdp"."""
    return fold(number).replace(" ", "")


def _issuer(name: str) -> str:
    plain = fold(name)
    for long, short in _SHORT:
        plain = plain.replace(long, short)
    return plain


@lru_cache(maxsize=1)
def catalogue() -> Instruments:
    """The instruments that come with the project."""
    found: list[Instrument] = []
    for path in sorted(DATA.glob("*.yaml")):
        found.extend(load_file(path))
    return Instruments(tuple(found))
