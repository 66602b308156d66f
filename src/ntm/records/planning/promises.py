"""Chỉ tiêu đọc từ văn bản: what a sentence promises, in the terms of a plan's targets and of its table of cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from ntm.domain.official.text import fold
from ntm.domain.targets import metrics
from ntm.records.planning.models import CriterionCell, Mode, Subject

__all__ = ["Cell", "Cells", "amount", "of_criterion", "of_target", "words"]

_UNDER = re.compile(r"duoi (\d{1,2}) tieu chi")
_LEVEL = {"xa": "xa", "thon": "thon", "ban": "thon", "huyen": "huyen", "tinh": "tinh"}
_AVERAGE = re.compile(r"binh quan|trung binh|tieu chi/xa|tieu chi/thon")
_RECOGNISED = re.compile(r"dat (?:chuan |tieu chi )?(?:xa |thon |huyen )?nong thon moi|luy ke|cong nhan")


def amount(value: Any) -> Decimal | None:
    """A figure of a reading (a whole number, or its digits) as a Decimal."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        return Decimal(str(value).replace(",", "."))
    except InvalidOperation:
        return None


def words(value: Any) -> str:
    """Lời của thời hạn, however the item holds it."""
    if isinstance(value, dict):
        value = value.get("text")
    return " ".join(str(value or "").split())[:300]


def of_target(value: Mapping[str, Any], own: str) -> dict[str, Any] | None:
    """Một câu thành một chỉ tiêu; None where it tells no promise of its own: what stands, what a criterion asks, what
    the cells say, or the half of "dưới 10 tiêu chí" that only names the bound."""
    if value.get("baseline") or value.get("threshold") or (value.get("criteria") and value.get("units")):
        return None
    what = " ".join(str(value.get("what") or "").split())
    measure, told = fold(str(value.get("measure") or "")), fold(what)
    found: dict[str, Any] = {
        "what": what[:1000],
        "mode": value.get("mode") if value.get("mode") in Mode.values else Mode.TOTAL,
        "op": value.get("op") or ("~" if value.get("high") is not None else ">="),
        "value": amount(value.get("value")),
        "high": amount(value.get("high")),
        "of": value.get("of") if isinstance(value.get("of"), int) else None,
        "measure": str(value.get("measure") or "")[:60],
        "deadline_words": words(value.get("deadline")),
    }
    under = _UNDER.search(told)
    if under and measure == "tieu chi":
        return None
    if under and measure in _LEVEL:
        return found | {"subject": Subject.UNDER, "bound": int(under[1])}
    return found | _subject(value, measure, told, found, own)


def _subject(value: Mapping[str, Any], measure: str, told: str, found: dict[str, Any], own: str) -> dict[str, Any]:
    if _AVERAGE.search(measure) or (measure == "tieu chi" and _AVERAGE.search(told)):
        return {"subject": Subject.AVERAGE} if found["value"] is not None else _metric(told, found)
    if measure == "tieu chi" and found["value"] is not None:
        return {"subject": Subject.CRITERIA}
    title = value.get("title") or _title(told)
    if measure in _LEVEL and title and _RECOGNISED.search(told):
        units = [fold(str(one)) for one in value.get("units") or ()]
        if own and units == [fold(own)]:
            return {"subject": Subject.OWN_TITLE, "title_kind": title}
        return {"subject": Subject.TITLE, "title_kind": title, "title_level": _LEVEL[measure]}
    if measure in _LEVEL and value.get("title") and value.get("computed"):
        return {"subject": Subject.TITLE, "title_kind": title, "title_level": _LEVEL[measure]}
    return _metric(told, found)


def _metric(told: str, found: dict[str, Any]) -> dict[str, Any]:
    one = metrics.find(told, found["measure"])
    return {"subject": Subject.METRIC, "metric": one.code if one else ""}


def _title(told: str) -> str:
    if "nong thon moi" not in told and "kieu mau" not in told:
        return ""
    return "kieu_mau" if "kieu mau" in told else "nang_cao" if "nang cao" in told else "ntm"


def of_criterion(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """Số đơn vị đạt một tiêu chí, as the criterion's own paragraph counts them; None where it counts none."""
    count, no = amount(value.get("count")), value.get("criterion")
    if value.get("derived") or count is None or not isinstance(no, int):
        return None
    name = str(value.get("name") or "").strip()
    return {
        "subject": Subject.CRITERION,
        "criterion_no": no,
        "mode": value.get("mode") if value.get("mode") in Mode.values else Mode.GAIN,
        "what": f"Tiêu chí {no}{f' {name}' if name else ''}: {count.normalize():f} xã",
        "op": "=",
        "value": count,
        "of": value.get("of") if isinstance(value.get("of"), int) else None,
        "measure": "xã",
        "deadline_words": words(value.get("deadline")),
    }


@dataclass
class Cell:
    """Một ô như văn bản nêu: in which lists, in which mode, where."""

    unit_id: int
    no: int
    by_unit: str = ""  # the mode the communes' list gives
    by_criterion: str = ""  # the mode the criterion's list gives
    deadline_words: str = ""
    read_item_id: int | None = None
    places: list[str] = field(default_factory=list)

    @property
    def mode(self) -> str:
        """Đạt thêm nếu một danh sách nêu đạt thêm."""
        return Mode.GAIN if Mode.GAIN in (self.by_unit, self.by_criterion) else Mode.KEEP

    @property
    def told(self) -> str:
        """The lists that tell this very mode."""
        unit, criterion = self.by_unit == self.mode, self.by_criterion == self.mode
        told = CriterionCell.Told
        return told.BOTH if unit and criterion else told.UNITS if unit else told.CRITERIA


class Cells:
    """Bảng đơn vị × tiêu chí gom từ hai danh sách."""

    def __init__(self) -> None:
        self.found: dict[tuple[int, int], Cell] = {}

    def tell(
        self, unit_ids: Sequence[int], numbers: Sequence[int], mode: str, *, by_unit: bool, deadline: str,
        item_id: int | None, place: str,
    ) -> None:  # fmt: skip
        """Một danh sách nêu: these units, these criteria. A gain told once outweighs a keep told in the same list."""
        for unit_id in unit_ids:
            for no in numbers:
                cell = self.found.setdefault((unit_id, no), Cell(unit_id, no))
                name = "by_unit" if by_unit else "by_criterion"
                if getattr(cell, name) != Mode.GAIN:
                    setattr(cell, name, mode)
                    if mode == Mode.GAIN and deadline and (by_unit or not cell.deadline_words):
                        cell.deadline_words = deadline
                cell.read_item_id = cell.read_item_id or item_id
                if place and place not in cell.places:
                    cell.places.append(place)
