"""Mục trên màn hình: the words of an item in the order in which people read them; what was corrected beside what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ntm.records.archive.documents.corrections import current, shown
from ntm.records.archive.documents.queries import ShownItem
from ntm.records.archive.documents.shape import Field, fields_of, label_of
from ntm.records.archive.models import Section

MOST_ROWS = 100  # of one part, before "all of them" is asked for
_SHORT = {
    Section.TARGETS: gettext_lazy("Chỉ tiêu"),
    Section.CRITERION_TARGETS: gettext_lazy("Tiêu chí"),
    Section.ACTIVITIES: gettext_lazy("Hoạt động"),
    Section.ANNEXES: gettext_lazy("Phụ lục"),
}
_TITLES = {"nang_cao": gettext_lazy("nâng cao"), "kieu_mau": gettext_lazy("kiểu mẫu")}


@dataclass(frozen=True)
class Words:
    """Lời của một mục: a term before it, the sentence, its facts, and a list."""

    term: str
    text: str
    facts: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """Một mục: everything that its line shows."""

    item: ShownItem
    words: Words
    corrections: tuple[tuple[str, str, str], ...] = ()  # label, as read, as corrected

    @property
    def pk(self) -> int:
        return self.item.item.pk

    @property
    def lines(self) -> str:
        return " ".join(str(no) for no in self.item.item.lines)

    @property
    def first_line(self) -> int | None:
        return next(iter(self.item.item.lines), None)

    @property
    def where(self) -> str:
        return where(self.item.item.lines, self.item.item.page)


@dataclass(frozen=True)
class Part:
    """Một phần của bản nháp với các mục; `shown` are those that the page draws."""

    key: str
    label: str
    rows: list[Row]
    whole: bool = True

    @property
    def shown(self) -> list[Row]:
        return self.rows if self.whole else self.rows[:MOST_ROWS]

    @property
    def short(self) -> str:
        """The label for the navigation."""
        return str(_SHORT.get(self.key, self.label))

    @property
    def decided(self) -> int:
        return sum(bool(row.item.decision) for row in self.rows)

    @property
    def allowed(self) -> bool:
        return any(row.item.allowed for row in self.rows)


@dataclass
class Finding:
    """Một phát hiện với câu trả lời. `number` has a letter before it where it is no finding of the reading itself."""

    number: int | str
    severity: str
    message: str
    computed: str | None
    stated: str | None
    lines: Sequence[int]
    pages: Mapping[int, int]
    answer: Any = None
    typed: dict[str, str] = field(default_factory=dict)
    wrong: str = ""

    @property
    def chosen(self) -> str:
        """The answer that the form shows: what was typed just now, else the one that stands."""
        return self.typed.get("answer", self.answer.answer if self.answer else "")

    @property
    def text(self) -> str:
        """The explanation that the form shows."""
        return self.typed.get("text", self.answer.text if self.answer else "")

    @property
    def places(self) -> list[tuple[int, str]]:
        """(line, words) of each place."""
        return [(no, _place(no, self.pages.get(no))) for no in self.lines]


def _place(line: int, page: int | None) -> str:
    if page:
        return _("trang %(page)s, dòng %(line)s") % {"page": page, "line": line}
    return _("dòng %(line)s") % {"line": line}


def where(lines: Iterable[int], page: int | None) -> str:
    """ "tr. 3 · d. 33–35"."""
    numbers = list(lines)
    said = [_("tr. %(page)s") % {"page": page}] if page else []
    if numbers:
        runs = f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 2 else ", ".join(map(str, numbers))
        said.append(_("d. %(lines)s") % {"lines": runs})
    return " · ".join(said)


def parts(found: Mapping[str, list[ShownItem]], whole: str = "", item: int | None = None) -> list[Part]:
    """The sections of the draft; a long one is drawn in part unless it is asked for, or holds the item asked for."""
    made = []
    for key, items in found.items():
        rows = [row(one) for one in items]
        all_of_it = len(rows) <= MOST_ROWS or key == whole or any(one.pk == item for one in rows[MOST_ROWS:])
        made.append(Part(key, str(Section(key).label), rows, all_of_it))
    return made


def row(one: ShownItem) -> Row:
    """One item with the words of what stands now."""
    item = one.item
    corrected = one.decision.value if one.decision and one.decision.value else {}
    value = current(item, corrected)
    fields = {field.name: field for field in fields_of(item.section, item.key)}
    changes = tuple(
        (str(fields[name].label), shown(fields[name], item.value.get(name)) or "—", shown(fields[name], now) or "—")
        for name, now in corrected.items()
        if name in fields
    )
    return Row(one, words(item.section, item.key, value), changes)


def words(section: str, key: str, value: Mapping[str, Any]) -> Words:
    """What an item says."""
    fields = {field.name: field for field in fields_of(section, key)}
    said = _SAYING.get(section, _plain)
    return said(_Value(value, fields), label_of(section, dict(value)))


@dataclass(frozen=True)
class _Value:
    value: Mapping[str, Any]
    fields: Mapping[str, Field]

    def __call__(self, name: str, before: str = "", after: str = "") -> str:
        """The field in words, with what stands before and after it; "" when it is empty."""
        found = shown(self.fields[name], self.value.get(name)) if name in self.fields else self.value.get(name)
        return f"{before}{found}{after}" if found not in (None, "", []) else ""


def _kept(*facts: str) -> tuple[str, ...]:
    return tuple(fact for fact in facts if fact)


def _criterion(v: _Value) -> str:
    return v("criterion", _("Tiêu chí "))


def _header(v: _Value, label: str) -> Words:
    (field,) = v.fields.values()
    return Words(str(field.label), shown(field, v.value.get("value")))


def _plain(v: _Value, label: str) -> Words:
    return Words("", v("value") or label)


def _basis(v: _Value, label: str) -> Words:
    title = str(v.value.get("title") or v.value.get("text") or "")
    term = " ".join(_kept(v("kind").capitalize(), v("number"))) or _("Căn cứ")
    return Words(term, title if title != term else "", _kept(v("date", _("ngày ")), v("issuer")))


def _target(v: _Value, label: str) -> Words:
    sign = v("op") if v.value.get("op") != "=" else ""
    figure = " ".join(_kept(sign, v("value"), v("measure"))).replace(" %", "%") if v("value") else ""
    criteria = v("criteria", _("tiêu chí "))
    mode = "" if v.value.get("baseline") or v.value.get("threshold") else v("mode")
    extra = _("hiện trạng") if v.value.get("baseline") else _("mức của tiêu chí") if v.value.get("threshold") else ""
    title = str(_TITLES.get(str(v.value.get("title") or ""), ""))
    return Words(
        "", label, _kept(figure, mode, extra, title and f"NTM {title}", v("units"), criteria, v("deadline", _("hạn: ")))
    )


def _criterion_target(v: _Value, label: str) -> Words:
    count = v("count", after=v("of", "/") + " " + _("đơn vị"))
    return Words(_criterion(v), v("name"), _kept(v("mode"), count, v("units"), v("deadline", _("hạn: "))))


def _gap(v: _Value, label: str) -> Words:
    return Words(_criterion(v), v("name"), (), tuple(v.value.get("items") or ()))


def _step(v: _Value, label: str) -> Words:
    return Words(v("period"), label, _kept(v("criteria", _("tiêu chí "))))


def _task(v: _Value, label: str) -> Words:
    bodies = (v("directing", _("chỉ đạo: ")), v("lead", _("chủ trì: ")), v("coordinating", _("phối hợp: ")))
    return Words(
        v("no"),
        label,
        _kept(*bodies, v("deadline", _("hạn: ")), v("product", _("sản phẩm: ")), v("group", _("nhóm: "))),
    )


def _duty(v: _Value, label: str) -> Words:
    return Words("", label, _kept(v("criteria", _("tiêu chí "))), tuple(v.value.get("duties") or ()))


def _money(v: _Value, label: str) -> Words:
    return Words(v("amount"), label, _kept(v("role"), v("criterion", _("tiêu chí "))))


def _activity(v: _Value, label: str) -> Words:
    return Words(v("kind").capitalize(), label, _kept(" ".join(_kept(v("count"), v("measure")))))


def _annex(v: _Value, label: str) -> Words:
    rows = v.value.get("row_count")
    return Words(
        v("label"),
        v("title"),
        _kept(v("attached_to", _("kèm theo ")), _("%(n)s hàng") % {"n": rows} if rows else ""),
    )


_SAYING: dict[str, Callable[[_Value, str], Words]] = {
    Section.HEADER: _header,
    Section.BASES: _basis,
    Section.TARGETS: _target,
    Section.CRITERION_TARGETS: _criterion_target,
    Section.GAPS: _gap,
    Section.ROADMAP: _step,
    Section.TASKS: _task,
    Section.DUTIES: _duty,
    Section.MONEY: _money,
    Section.ACTIVITIES: _activity,
    Section.ANNEXES: _annex,
}
