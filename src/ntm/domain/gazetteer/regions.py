"""Vùng: the region of a unit, as the criteria sets name them."""

from dataclasses import dataclass
from datetime import date

from ntm.domain.gazetteer import reading
from ntm.domain.gazetteer.tracing import predecessors
from ntm.domain.gazetteer.unitlist import units_on

DISTRICTS_ENDED = date(2025, 7, 1)
FROM_MEMORY = "Ghi theo trí nhớ, chưa đối chiếu với văn bản"


@dataclass(frozen=True, slots=True)
class Region:
    """Vùng: one of the seven regions of the sets of 2016-2020 and 2021-2025."""

    code: str
    name: str
    verified: bool
    source: str
    note: str


def region_of(code: str, on: date) -> Region | None:
    """The region of a unit on a day; None where its territory comes from provinces of different regions.

    Since 2025-07-01 it is that of the territory's former province: the seven regions were drawn by the 63 provinces.
    """
    unit = units_on(on).get(code)
    if on < DISTRICTS_ENDED:
        return of_province(unit.province_code)
    found = {of_province(old.province_code) for old in predecessors(code, on, date(2025, 6, 30))}
    if len(found) != 1:
        return None
    region = found.pop()
    if region is None:
        return None
    return Region(region.code, region.name, False, region.source, "Suy ra từ tỉnh cũ của địa bàn trước ngày 01/07/2025")


def of_province(code: str) -> Region | None:
    """The region of one of the 63 provinces that stood until 2025-06-30."""
    line = reading.regions().get(code)
    if line is None:
        return None
    region, name, verified, source = line
    return Region(region, name, verified, source or FROM_MEMORY, "")


def all_regions() -> dict[str, str]:
    """Region code -> name."""
    return {region: name for region, name, _ok, _source in reading.regions().values()}
