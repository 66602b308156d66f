"""Danh mục bộ tiêu chí: the sets that come with the project, read when asked and kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from ntm.domain.criteria.loader import load_folder, load_header
from ntm.domain.criteria.model import CriteriaSet, Force

__all__ = ["Catalogue", "catalogue", "criteria_in_force", "hash_lines"]

SETS = Path(__file__).parent / "sets"


class Catalogue:
    """The sets of a folder. A set is read once; finding one reads only the heads of the others."""

    def __init__(self, folder: Path = SETS) -> None:
        self._folder = folder
        self._sets: dict[str, CriteriaSet] = {}
        self._heads: dict[str, CriteriaSet] | None = None

    def codes(self) -> tuple[str, ...]:
        return tuple(sorted(path.parent.name for path in self._folder.glob("*/set.yaml")))

    def get(self, code: str) -> CriteriaSet:
        """KeyError when there is no set of that code."""
        found = self._sets.get(code)
        if found is None:
            folder = self._folder / code
            if "/" in code or "\\" in code or code.startswith(".") or not (folder / "set.yaml").is_file():
                raise KeyError(code)
            found = self._sets[code] = load_folder(folder, self.get)
        return found

    def heads(self) -> Iterator[CriteriaSet]:
        """Every set without its criteria: quick, for lists and for finding."""
        if self._heads is None:
            self._heads = {code: load_header(self._folder / code) for code in self.codes()}
        yield from self._heads.values()

    def find(self, level: str, title_kind: str, on: date, province: str | None = None) -> CriteriaSet | None:
        """Bộ áp dụng: the province's own set in force that day, otherwise the national one; None where there is none.

        A set whose end is not known is not found past the years in its name: see `candidates`.
        """
        known = [head for head, force in self.candidates(level, title_kind, on, province) if force is Force.YES]
        return self.get(known[0].code) if known else None

    def candidates(
        self, level: str, title_kind: str, on: date, province: str | None = None
    ) -> list[tuple[CriteriaSet, Force]]:
        """Heads of the sets that are, or may be, in force: the province's first, the newest first."""
        found = [
            (head, head.force(on))
            for head in self.heads()
            if (head.level, head.title_kind) == (level, title_kind) and head.province in (None, province)
        ]
        found = [(head, force) for head, force in found if force is not Force.NO]
        found.sort(key=lambda pair: (pair[0].province is not None, pair[0].start or date.min), reverse=True)
        return found


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The sets that come with the project."""
    return Catalogue()


def criteria_in_force(level: str, on: date, province: str | None = None, title_kind: str = "ntm") -> CriteriaSet | None:
    """Bộ tiêu chí có hiệu lực ngày đó ở tỉnh đó."""
    return catalogue().find(level, title_kind, on, province)


def hash_lines() -> list[tuple[str, str]]:
    """(hash, code) of every shipped set: what sets/hashes.txt must hold."""
    return [(catalogue().get(code).hash, code) for code in catalogue().codes()]
