"""Đơn vị trong danh mục: what a list of units says, and what it proves."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Level = Literal["tinh", "huyen", "xa"]
LEVELS: tuple[Level, ...] = ("tinh", "huyen", "xa")
LEVEL_NAMES: dict[str, str] = {"tinh": "cấp tỉnh", "huyen": "cấp huyện", "xa": "cấp xã", "thon": "thôn"}

SURE = "Có quyết định"
LISTED = "Theo danh mục, chưa có quyết định"
UNSURE = "nguồn chưa chắc"


def level_of(code: str) -> Level:
    """Official codes have two digits for a province, three for a district, five for a commune."""
    return "tinh" if len(code) == 2 else "huyen" if len(code) == 3 else "xa"


class UnknownUnit(LookupError):
    """Không có đơn vị: the list of that day has no such code."""

    def __init__(self, code: str, proof: "Proof") -> None:
        self.code, self.proof = code, proof
        super().__init__(
            f"Danh mục {proof.name} không có đơn vị mang mã {code}. "
            "Hãy kiểm tra mã và ngày; mã có thể đã đổi sau khi sắp xếp đơn vị."
        )


@dataclass(frozen=True, slots=True)
class Ancestor:
    """Đơn vị cấp trên: an upper unit of a listed unit."""

    level: Level
    code: str
    kind: str
    name: str

    @property
    def title(self) -> str:
        return titled(self.kind, self.name)


def titled(kind: str, name: str) -> str:
    """The kind in small letters before the name, as it stands within a sentence: "xã Thạch Lỗi"."""
    return f"{kind[:1].lower()}{kind[1:]} {name}"


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """Đơn vị hành chính trong danh mục: one line of one list; ancestors from the nearest up."""

    code: str
    name: str
    kind: str
    level: Level
    parent_code: str | None
    ancestors: tuple[Ancestor, ...]

    @property
    def title(self) -> str:
        return titled(self.kind, self.name)

    @property
    def full_title(self) -> str:
        """With its upper units: "xã Văn An, huyện Văn Quan, tỉnh Lạng Sơn"."""
        return ", ".join([self.title, *(upper.title for upper in self.ancestors)])

    @property
    def province_code(self) -> str:
        return self.ancestors[-1].code if self.ancestors else self.code


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Danh mục: one list of the whole country. Its day is known, or only between two days."""

    name: str
    earliest: date
    latest: date
    file: str
    source: str
    licence: str
    verified: bool
    note: str

    @property
    def origin(self) -> str:
        """Nguồn, nói với cán bộ: what the list is, without the package it was taken from."""
        _, found, said = self.source.partition("): ")
        return said if found else "bản tổng hợp công khai, không ghi ngày"


@dataclass(frozen=True, slots=True)
class Proof:
    """Căn cứ: which list answers for the asked day, and what it can prove of that day."""

    name: str
    on: date
    snapshot: Snapshot
    not_before: date | None  # the last earlier list's latest day: a change before it would show in that list
    not_after: date | None  # the next list's earliest day
    exact: bool  # the list is of that very day
    verified: bool
    warning: str  # "" where nothing is to be said

    @property
    def source(self) -> str:
        return self.snapshot.source


@dataclass(frozen=True, slots=True)
class Decision:
    """Quyết định: the instrument that made a change."""

    number: str
    issued: date | None
    effective: date | None
    verified: bool
    source: str


@dataclass(frozen=True, slots=True)
class Step:
    """Bước thay đổi: what became of one unit between two lists that follow each other.

    `continues`: the unit is the same one after (renamed, raised, moved, enlarged); otherwise its successor is another.
    The change fell after `after_day` and not after `by_day`; `on` is the day itself where a decision gives it.
    """

    before: ListedUnit | None
    after: ListedUnit | None
    changes: tuple[str, ...]
    continues: bool
    main: bool
    after_day: date
    by_day: date
    on: date | None
    decision: Decision | None
    certain: bool
    basis: str
    note: str

    @property
    def certainty(self) -> str:
        if not self.certain:
            return UNSURE
        return SURE if self.decision else LISTED


CHANGE_NAMES: dict[str, str] = {
    "renamed": "đổi tên",
    "respelled": "viết khác trong hai danh mục",
    "kind": "đổi loại đơn vị",
    "moved": "chuyển sang đơn vị cấp trên khác",
    "recoded": "đổi mã",
    "enlarged": "nhận thêm địa bàn",
    "reduced": "bớt địa bàn",
    "merged": "nhập vào đơn vị khác",
    "split": "chia cho nhiều đơn vị",
    "formed": "thành lập",
    "ended": "kết thúc hoạt động",
    "unknown": "không còn trong danh mục, chưa rõ đi đâu",
    "territory": "địa bàn nay thuộc",
}
