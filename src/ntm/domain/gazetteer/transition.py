"""Giữa hai danh mục: which units of the later list come from which units of the earlier one, and how that is known.

A code is never followed alone: a unit continues only where its name does too, or where it stands alone on its code.
"""

from dataclasses import dataclass
from functools import cache, cached_property

from ntm.domain.gazetteer import names, reading
from ntm.domain.gazetteer.model import level_of
from ntm.domain.gazetteer.unitlist import UnitList, at

SAME_CODE = "same_code"
REFORM = "2025-07-01"
BASES: dict[str, tuple[bool, str]] = {
    SAME_CODE: (True, "cùng mã và cùng tên trong hai danh mục"),
    "code_only": (False, "cùng mã nhưng tên khác: có thể là đổi tên, nhập thêm hoặc thành lập mới"),
    "alias_same_district": (False, "chỉ theo tên cũ ghi trong một nguồn, cùng huyện"),
    "alias_other_district": (False, "chỉ theo tên cũ ghi trong một nguồn, khác huyện"),
    "same_name_district": (False, "cùng tên, cùng loại, cùng huyện nhưng khác mã"),
    "pair_1": (True, "hai nguồn cùng ghi"),
    "pair_0": (False, "nguồn thứ hai không ghi như vậy"),
    "pair_": (False, "chỉ một nguồn có đơn vị này"),
    "pair_2": (False, "chỉ có ở nguồn thứ hai"),
    "communes": (True, "suy ra từ nơi đến của các đơn vị cấp xã"),
    "communes_unsure": (False, "suy ra từ nơi đến của các đơn vị cấp xã, trong đó có dòng chưa chắc"),
    "territory": (False, "địa bàn của các xã trước đây thuộc đơn vị này"),
}


@dataclass(frozen=True, slots=True)
class Edge:
    """One old unit and one new unit that holds (part of) its territory."""

    old: str
    new: str
    basis: str
    main: bool

    @property
    def certain(self) -> bool:
        return BASES[self.basis][0]


class Transition:
    """From one list to the next."""

    def __init__(self, earlier: UnitList, later: UnitList) -> None:
        self.earlier, self.later = earlier, later
        self.old = reading.lines(earlier.snapshot.name)
        self.new = reading.lines(later.snapshot.name)
        self.reform = later.snapshot.name == REFORM

    @property
    def name(self) -> str:
        return f"{self.earlier.snapshot.name}>{self.later.snapshot.name}"

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        communes = self._reformed() if self.reform else self._listed()
        return (*communes, *self._uppers(communes))

    @cached_property
    def outgoing(self) -> dict[str, list[Edge]]:
        found: dict[str, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.old, []).append(edge)
        return found

    @cached_property
    def incoming(self) -> dict[str, list[Edge]]:
        found: dict[str, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.new, []).append(edge)
        return found

    @cached_property
    def continuing(self) -> dict[str, str]:
        """Old code -> new code where the unit itself lives on; every other edge leads to another unit."""
        found: dict[str, str] = {}
        for new, edges in self.incoming.items():
            heir = self._heir(new, [edge for edge in edges if edge.basis != "territory"])
            if heir is not None and heir not in found:
                found[heir] = new
        return found

    def _heir(self, new: str, edges: list[Edge]) -> str | None:
        sources = [edge.old for edge in edges if level_of(edge.old) == level_of(new)]
        if len(sources) == 1 and (self.reform or sources[0] == new):
            alone = len([edge for edge in self.outgoing[sources[0]] if edge.basis != "territory"]) == 1
            return sources[0] if alone or (sources[0] == new and not self.reform) else None
        if self.reform:
            return None  # the resolutions of 2025 form a new unit out of several, whatever its name
        _code, kind, name, _parent = self.new[new]
        same = [old for old in sources if self.old[old][1] == kind and names.same_name(self.old[old][2], name)]
        if new in same:
            return new
        return same[0] if len(same) == 1 and same[0] not in self.new else None

    def _listed(self) -> list[Edge]:
        """Communes between two lists before the reform, and after it: by code and name, else by a recorded old name."""
        aliases = reading.aliases() if self.later.snapshot.earliest.year < 2026 else {}
        edges = []
        for code, (_code, _kind, name, _parent) in self.old.items():
            if level_of(code) != "xa":
                continue
            if code in self.new:
                other = self.new[code][2]
                sure = names.same_name(name, other) or names.near_name(name, other)
                edges.append(Edge(code, code, SAME_CODE if sure else "code_only", True))
            elif aliases.get(code, ("", ""))[0] in self.new:
                target, how = aliases[code]
                edges.append(Edge(code, target, how, True))
            elif (namesake := self._namesake(code)) is not None:
                edges.append(Edge(code, namesake, "same_name_district", True))
        return edges

    def _namesake(self, code: str) -> str | None:
        """The one commune of that kind and name in the district, where the source gives no successor."""
        _code, kind, name, parent = self.old[code]
        found = [
            new
            for new, (_new, new_kind, new_name, new_parent) in self.new.items()
            if (new_kind, new_parent) == (kind, parent)
            and names.same_name(new_name, name)
            and (new not in self.old or not names.same_name(self.old[new][2], name))
        ]
        return found[0] if len(found) == 1 else None

    def _reformed(self) -> list[Edge]:
        edges = []
        for old, new, main, confirmed in reading.pairs():
            # a district without communes stands in the source under a code of its own: D and the district's
            edges.append(Edge(old.removeprefix("D"), new, f"pair_{confirmed}", main))
        return edges

    def _uppers(self, communes: list[Edge]) -> list[Edge]:
        edges = []
        where: dict[tuple[str, str], list[Edge]] = {}
        for edge in communes:
            if level_of(edge.old) != "xa":
                continue
            for old in self._uppers_of(self.old, edge.old):
                for new in self._uppers_of(self.new, edge.new):
                    if level_of(old) == level_of(new):
                        where.setdefault((old, new), []).append(edge)
                if self.reform and level_of(old) == "huyen":
                    where.setdefault((old, edge.new), []).append(edge)
        counts: dict[str, int] = {}
        for (old, _new), found in where.items():
            counts[old] = max(counts.get(old, 0), len(found))
        for (old, new), found in where.items():
            territory = level_of(old) != level_of(new)
            if not territory and not self._succeeds(old, new, found, counts[old]):
                continue
            basis = "territory" if territory else self._upper_basis(old, new, found)
            edges.append(Edge(old, new, basis, len(found) == counts[old]))
        known = {(edge.old, edge.new) for edge in edges}
        for code in self.old.keys() & self.new.keys():
            if level_of(code) != "xa" and (code, code) not in known and not (self.reform and level_of(code) == "tinh"):
                edges.append(Edge(code, code, SAME_CODE, True))
        return edges

    def _succeeds(self, old: str, new: str, found: list[Edge], most: int) -> bool:
        """Does a district or province follow another? Border changes between two that stay do not make one."""
        if self.reform:
            return len(found) == most
        if old == new:
            return True
        return (old not in self.new and len(found) * 10 >= most) or new not in self.old

    def _upper_basis(self, old: str, new: str, found: list[Edge]) -> str:
        if old == new and names.same_name(self.old[old][2], self.new[new][2]):
            return SAME_CODE
        return "communes" if all(edge.certain for edge in found) else "communes_unsure"

    @staticmethod
    def _uppers_of(lines: dict[str, tuple[str, str, str, str]], code: str) -> list[str]:
        found = []
        code = lines[code][3]
        while code:
            found.append(code)
            code = lines[code][3]
        return found


@cache
def transition(place: int) -> Transition:
    """From the list at that place to the next."""
    return Transition(at(place), at(place + 1))
