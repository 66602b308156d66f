"""Cách gọi: titles, sets, bases and figures in the programme's words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ntm.domain.official.dates import write_date
from ntm.domain.official.numbers import write_number
from ntm.records.standing import registry
from ntm.records.standing.models import Observation, RegisteredSet
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.models.observations import FactKind, State
from ntm.records.units.queries import UnitLabel

__all__ = [
    "BASES",
    "LEVELS",
    "TITLES",
    "basis_key",
    "capital",
    "figure_of",
    "own_words",
    "place_of",
    "set_name",
    "title_words",
    "value_words",
]

TITLES: dict[str, str | Promise] = {
    "ntm": _("NTM"),
    "nang_cao": _("NTM nâng cao"),
    "kieu_mau": _("NTM kiểu mẫu"),
    "hien_dai": _("NTM hiện đại"),
    "hoan_thanh": _("hoàn thành xây dựng NTM"),
    "kdc_kieu_mau": _("khu dân cư NTM kiểu mẫu"),
}
LEVELS: dict[str, str | Promise] = {"tinh": _("tỉnh"), "huyen": _("huyện"), "xa": _("xã"), "thon": _("thôn")}
BASES: dict[Basis, tuple[str, str | Promise]] = {
    Basis.CONFIRMED: ("da-tham-tra", _("đã thẩm tra")),
    Basis.SELF: ("tu-danh-gia", _("tự đánh giá")),
}


def basis_key(basis: Basis) -> str:
    """The word of a basis in an address."""
    return BASES[basis][0]


def title_words(kind: str) -> str:
    """Tên danh hiệu."""
    return str(TITLES.get(kind, kind))


def set_name(row: RegisteredSet, *, scope: bool = False) -> str:
    """Bộ tiêu chí, in few words: "NTM nâng cao 2021-2025"; its full name where it names no years."""
    years = registry.content(row).years
    name = f"{title_words(row.title_kind)} {years[0]}-{years[1]}" if years else row.name
    if not scope or not years:
        return name
    whose = gettext("bộ của tỉnh") if row.province_code else gettext("bộ quốc gia")
    return f"{name} ({whose})"


def capital(text: str) -> str:
    """The first letter of a title."""
    return text[:1].upper() + text[1:]


def own_words(own: Observation) -> str:
    """The office's own word, and what became of it."""
    state = {
        State.SENT: gettext("chưa thẩm tra"),
        State.RETURNED: gettext("đã bị trả lại"),
        State.ACCEPTED: gettext("kết quả thẩm tra ghi khác"),
    }.get(State(own.state), "")
    return f"{figure_of(own)}, {state}" if state else figure_of(own)


def place_of(label: UnitLabel) -> str:
    """ "huyện Cẩm Giàng · tỉnh Hải Dương"."""
    return " · ".join(upper.title for upper in label.ancestors)


def value_words(row: Observation | None) -> str:
    """Giá trị của một số liệu đã ghi."""
    if row is None:
        return ""
    if row.kind == FactKind.FIGURE and row.value is not None:
        return write_number(row.value)
    return str(FactKind(row.kind).label)


def figure_of(row: Observation | None) -> str:
    """Giá trị kèm ngày: "55,1 (31/12/2021)"."""
    return "" if row is None else f"{value_words(row)} ({write_date(row.as_of)})"
