"""Các sổ: what each register keeps, in which order it is typed, shown, imported and printed; drawn from its model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, Literal

from django.db import models

from ntm.records.registers.models import (
    Communication,
    Cooperative,
    CooperativeYear,
    Entry,
    Movement,
    OcopProduct,
    OcopRating,
    ProductionModel,
    Reward,
    StudyVisit,
    TrainingClass,
)
from ntm.records.registers.refusals import NoSuchEntry

__all__ = ["REGISTERS", "Field", "Register", "children", "of", "of_entry", "registers"]

Kind = Literal["text", "long", "day", "count", "decimal", "money", "choice"]
_MONEY = {"cost", "support", "capital", "revenue"}
_CRITERION = "Số của tiêu chí trong bộ tiêu chí, ví dụ 13."
_VOUCHERS = "Số chứng từ đã ghi ở Nguồn lực của đơn vị này, cách nhau bằng dấu chấm phẩy."


@dataclass(frozen=True, slots=True)
class Field:
    """Cột của sổ: its name in the model, its words, how it is typed."""

    name: str
    label: str
    kind: Kind
    required: bool
    choices: tuple[tuple[str, str], ...] = ()
    longest: int = 0
    hint: str = ""

    @property
    def capital(self) -> str:
        return self.label[:1].upper() + self.label[1:]


@dataclass(frozen=True)
class Register:
    """Sổ. `fields` in the order they are typed, `listed` in the list; `parent`: the register whose entries it belongs to.

    `lasting`: an entry holds from its day on (a product, a cooperative), not only of its day.
    """

    code: str
    slug: str
    title: str
    about: str
    model: type[Entry]
    names: tuple[str, ...]
    listed: tuple[str, ...]
    start: str = "ngày"
    lasting: bool = False
    parent: str = ""
    parent_field: str = ""
    metrics: tuple[str, ...] = ()
    optional: frozenset[str] = frozenset()
    hints: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return tuple(self._field(name) for name in self.names)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {one.name: one for one in self.fields}

    @property
    def noun(self) -> str:
        return str(self.model._meta.verbose_name)

    def naming(self, entry: Entry) -> str:
        """What an entry is called in a sentence."""
        title = getattr(entry, "title", "")
        return str(title) or f"{self.noun} ngày {entry.start:%d/%m/%Y}"

    def _field(self, name: str) -> Field:
        made: Any = self.model._meta.get_field(name)
        label = self.start if name == "start" else str(made.verbose_name)
        required = name not in self.optional and not made.null and not made.blank and not made.has_default()
        choices = tuple((str(value), str(words)) for value, words in made.choices or ())
        return Field(
            name,
            label,
            _kind(made),
            required,
            choices,
            getattr(made, "max_length", None) or 0,
            self.hints.get(name, ""),
        )


def _kind(made: models.Field[Any, Any]) -> Kind:
    if made.choices:
        return "choice"
    if isinstance(made, models.DateField):
        return "day"
    if made.name in _MONEY:
        return "money"
    if isinstance(made, models.DecimalField):
        return "decimal"
    if isinstance(made, models.IntegerField):
        return "count"
    return "long" if isinstance(made, models.TextField) else "text"


_TRAINING = Register(
    "training", "tap-huan", "Tập huấn, đào tạo", "Các lớp tập huấn, đào tạo đã mở, số người dự và kết quả",
    TrainingClass,
    ("title", "kind", "start", "end", "place", "classes", "participants", "women", "ethnic", "result", "cost"),
    ("title", "kind", "start", "end", "place", "classes", "participants", "women", "ethnic", "cost", "result"),
    "từ ngày", metrics=("training", "trainees"),
)  # fmt: skip
_VISITS = Register(
    "visits", "tham-quan", "Tham quan học tập", "Các chuyến tham quan, học tập kinh nghiệm",
    StudyVisit,
    ("title", "start", "end", "place", "visits", "participants", "women", "result", "cost"),
    ("title", "start", "end", "place", "visits", "participants", "cost", "result"),
    "từ ngày",
)  # fmt: skip
_COMMUNICATION = Register(
    "communication", "truyen-thong", "Truyền thông", "Tin bài, phát thanh, hội nghị, pa nô, hội thi: số lượng, số lượt người",
    Communication,
    ("title", "kind", "start", "end", "count", "measure", "people", "result", "cost"),
    ("title", "kind", "start", "end", "count", "measure", "people", "cost", "result"),
    "từ ngày", hints={"measure": "Ví dụ tin, bài, buổi, cuộc, chiếc."},
)  # fmt: skip
_MOVEMENTS = Register(
    "movements", "thi-dua", "Phong trào thi đua", "Các phong trào đã phát động, số tập thể và cá nhân tham gia",
    Movement,
    ("title", "launched_by", "number", "start", "end", "collectives", "individuals", "result", "cost"),
    ("title", "launched_by", "start", "end", "collectives", "individuals", "cost", "result"),
    "phát động ngày",
)  # fmt: skip
_REWARDS = Register(
    "rewards", "khen-thuong", "Khen thưởng", "Quyết định khen thưởng, số tập thể và cá nhân được khen",
    Reward,
    ("title", "form", "number", "start", "issuer", "collectives", "individuals", "cost"),
    ("title", "form", "number", "start", "issuer", "collectives", "individuals", "cost"),
    "ngày quyết định", hints={"form": "Ví dụ bằng khen, giấy khen."},
)  # fmt: skip
_OCOP = Register(
    "ocop", "ocop", "Sản phẩm OCOP", "Sản phẩm, chủ thể, số sao đang giữ và ngày hết hạn",
    OcopProduct,
    ("title", "owner", "owner_kind", "sector", "start", "criterion_no"),
    ("title", "owner", "owner_kind", "sector", "start", "criterion_no"),
    "tham gia từ ngày", lasting=True, metrics=("ocop",), hints={"criterion_no": _CRITERION},
)  # fmt: skip
_STARS = Register(
    "stars", "sao", "Đánh giá, phân hạng", "Các lần đánh giá, phân hạng của một sản phẩm",
    OcopRating,
    ("year", "stars", "points", "number", "start", "issuer", "valid_until", "revoked_on", "support", "criterion_no",
     "vouchers"),
    ("year", "stars", "points", "number", "start", "issuer", "valid_until", "revoked_on", "support", "criterion_no",
     "vouchers"),
    "ngày quyết định", lasting=True, parent="ocop", parent_field="product",
    optional=frozenset({"issuer", "valid_until"}),
    hints={
        "stars": "Từ 1 đến 5.",
        "issuer": "Để trống: theo quy định vào ngày quyết định, nếu quy định nêu rõ.",
        "valid_until": "Để trống: đủ 36 tháng từ ngày quyết định, theo quyết định áp dụng vào ngày đó.",
        "criterion_no": _CRITERION, "vouchers": _VOUCHERS,
    },
)  # fmt: skip
_COOPERATIVES = Register(
    "cooperatives", "hop-tac-xa", "Hợp tác xã", "Hợp tác xã, tổ hợp tác: thành lập, thành viên, giải thể",
    Cooperative,
    ("title", "kind", "trade", "number", "start", "capital", "criterion_no", "end", "end_number"),
    ("title", "kind", "trade", "number", "start", "capital", "criterion_no", "end"),
    "thành lập ngày", lasting=True, metrics=("cooperatives",), hints={"criterion_no": _CRITERION},
)  # fmt: skip
_MEMBERS = Register(
    "members", "thanh-vien", "Thành viên, hoạt động", "Số thành viên và hoạt động của một hợp tác xã theo ngày",
    CooperativeYear,
    ("start", "members", "women", "works", "revenue", "support", "criterion_no", "vouchers"),
    ("start", "members", "women", "works", "revenue", "support", "criterion_no", "vouchers"),
    "số liệu đến ngày", parent="cooperatives", parent_field="cooperative",
    hints={"criterion_no": _CRITERION, "vouchers": _VOUCHERS},
)  # fmt: skip
_MODELS = Register(
    "models", "mo-hinh", "Mô hình, dự án sản xuất", "Mô hình, dự án phát triển sản xuất: số hộ, quy mô, kinh phí, kết quả",
    ProductionModel,
    ("title", "kind", "start", "end", "number", "households", "poor", "scale", "cost", "support", "funds",
     "criterion_no", "vouchers", "result"),
    ("title", "kind", "start", "end", "households", "poor", "scale", "cost", "support", "funds", "criterion_no",
     "result"),
    "bắt đầu ngày", metrics=("models", "projects"), hints={"criterion_no": _CRITERION, "vouchers": _VOUCHERS},
)  # fmt: skip

REGISTERS: dict[str, Register] = {
    one.code: one
    for one in (
        _TRAINING, _VISITS, _COMMUNICATION, _MOVEMENTS, _REWARDS, _OCOP, _STARS, _COOPERATIVES, _MEMBERS, _MODELS,
    )
}  # fmt: skip
"""Danh mục sổ, by code; those with a parent are kept inside its entries."""


def of(code: str) -> Register:
    """The register of that code, or of that word of an address."""
    found = REGISTERS.get(code) or next((one for one in REGISTERS.values() if one.slug == code), None)
    if found is None:
        raise NoSuchEntry(f"Không có sổ “{code[:40]}”.")
    return found


def registers() -> tuple[Register, ...]:
    """Các sổ của một đơn vị."""
    return tuple(one for one in REGISTERS.values() if not one.parent)


def children(register: Register) -> tuple[Register, ...]:
    """Registers kept inside the entries of this one."""
    return tuple(one for one in REGISTERS.values() if one.parent == register.code)


@cache
def _by_model() -> dict[type[Entry], Register]:
    return {one.model: one for one in REGISTERS.values()}


def of_entry(entry: Entry) -> Register:
    """Sổ của một mục."""
    return _by_model()[type(entry)]
