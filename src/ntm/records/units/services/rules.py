"""Quy tắc của thay đổi đơn vị: checks that every kind of change shares."""

from __future__ import annotations

from datetime import date

from ntm.domain.gazetteer import LEVEL_NAMES, names
from ntm.domain.gazetteer.model import titled
from ntm.records.units.models import LEVEL_ORDER, Unit, UnitCode, UnitName, UnitParent
from ntm.records.units.queries.labels import UnitLabel, labels
from ntm.records.units.services.acting import UnitError, written

DISTRICTS_ENDED = date(2025, 7, 1)
KINDS: dict[str, tuple[str, ...]] = {
    "tinh": ("Tỉnh", "Thành phố"),
    "huyen": ("Huyện", "Quận", "Thị xã", "Thành phố"),
    "xa": ("Xã", "Phường", "Thị trấn", "Đặc khu"),
    "thon": names.VILLAGE_KINDS,
}
CODE_LENGTH = {"tinh": 2, "huyen": 3, "xa": 5}
LONGEST_NAME = 120


def standing_units(unit_ids: list[int], on: date) -> dict[int, Unit]:
    """The units, each standing before the day and without a later change; otherwise a sentence."""
    found = {unit.pk: unit for unit in Unit.objects.select_for_update().filter(pk__in=unit_ids)}
    for number in unit_ids:
        if number not in found:
            raise UnitError(f"Không có đơn vị số {number} trong hệ thống.")
    words = labels(unit_ids, on)
    for number, unit in found.items():
        _must_stand(unit, words[number], on)
    _no_later_words(unit_ids, words, on)
    return found


def _must_stand(unit: Unit, word: UnitLabel, on: date) -> None:
    title = word.title
    if unit.end is not None:
        raise UnitError(
            f"{_capital(title)} đã ghi kết thúc từ ngày {written(unit.end)}; "
            "nếu đó là thay đổi theo danh mục, hãy ghi ngày và quyết định cho thay đổi ấy."
        )
    if unit.start >= on:
        raise UnitError(
            f"{_capital(title)} chỉ có từ ngày {written(unit.start)}; thay đổi phải có hiệu lực sau ngày đó, "
            f"không phải ngày {written(on)}."
        )


def _no_later_words(unit_ids: list[int], words: dict[int, UnitLabel], on: date) -> None:
    for table in (UnitName, UnitCode, UnitParent):
        later = table.objects.filter(unit_id__in=unit_ids, start__gte=on).order_by("start").first()
        if later is not None:
            raise UnitError(
                f"{_capital(words[later.unit_id].title)} đã có thay đổi ghi từ ngày {written(later.start)}; "
                f"không ghi thêm thay đổi có hiệu lực sớm hơn hoặc cùng ngày ({written(on)}). Hãy huỷ thay đổi kia trước."
            )


def one_level(units: dict[int, Unit]) -> str:
    """Their common level."""
    found = {unit.level for unit in units.values()}
    if len(found) != 1:
        listed = ", ".join(sorted(LEVEL_NAMES[level] for level in found))
        raise UnitError(f"Các đơn vị phải cùng cấp; đã chọn {listed}.")
    return found.pop()


def one_parent(unit_ids: list[int], on: date) -> int | None:
    """Their common upper unit, or a sentence that asks to name it."""
    found = set(UnitParent.objects.on(on).filter(unit_id__in=unit_ids).values_list("parent_id", flat=True))
    if len(found) > 1:
        raise UnitError("Các đơn vị thuộc những đơn vị cấp trên khác nhau; hãy chọn đơn vị cấp trên của đơn vị mới.")
    return found.pop() if found else None


def name_of(level: str, kind: str, name: str, on: date) -> tuple[str, str]:
    """Kind and name, checked and in one form."""
    kinds = {names.exact_key(allowed): allowed for allowed in KINDS[level]}
    allowed = kinds.get(names.exact_key(kind))
    if allowed is None:
        raise UnitError(
            f"«{kind}» không phải loại đơn vị {LEVEL_NAMES[level]}; chọn một trong: {', '.join(KINDS[level])}."
        )
    if level == "huyen" and on >= DISTRICTS_ENDED:
        raise UnitError("Cấp huyện đã kết thúc hoạt động từ ngày 01/07/2025; không lập đơn vị cấp huyện từ ngày đó.")
    clean = names.written_name(name)
    if not clean:
        raise UnitError("Chưa ghi tên đơn vị.")
    if len(clean) > LONGEST_NAME:
        raise UnitError(f"Tên đơn vị dài quá {LONGEST_NAME} ký tự: «{clean[:40]}…».")
    return allowed, clean


def code_of(level: str, code: str | None, on: date, own: int | None = None) -> str | None:
    """The official code, of the right length and free on that day."""
    if code is None or not code.strip():
        return None
    clean = code.strip()
    length = CODE_LENGTH.get(level)
    if length is not None and not (clean.isascii() and clean.isdigit() and len(clean) == length):
        raise UnitError(f"Mã đơn vị {LEVEL_NAMES[level]} có {length} chữ số; «{clean}» không đúng.")
    holder = (
        UnitCode.objects.filter(code=clean, end=None).exclude(unit_id=own).values_list("unit_id", flat=True).first()
    )
    if holder is not None:
        raise UnitError(f"Mã {clean} đang là mã của {labels([holder], on)[holder].full_title}.")
    return clean


def name_is_free(parent_id: int | None, level: str, kind: str, name: str, on: date, leaving: set[int]) -> None:
    """No other unit of that level, kind and name directly below the upper unit on that day."""
    if parent_id is None:
        return
    siblings = UnitParent.objects.on(on).filter(parent_id=parent_id, unit__level=level).exclude(unit_id__in=leaving)
    rows = UnitName.objects.on(on).filter(unit_id__in=siblings.values("unit_id"), key=names.fold_key(name))
    for other_kind, other_name in rows.values_list("kind", "name"):
        if other_kind == kind and names.same_name(other_name, name):
            upper = labels([parent_id], on)[parent_id].title
            raise UnitError(f"{_capital(upper)} đã có {titled(kind, other_name)} trong ngày {written(on)}.")


def may_lie_below(level: str, parent_id: int, on: date) -> UnitLabel:
    """The upper unit, standing on that day and of a higher level."""
    unit = Unit.objects.filter(pk=parent_id).first()
    if unit is None:
        raise UnitError(f"Không có đơn vị số {parent_id} trong hệ thống.")
    word = labels([parent_id], on)[parent_id]
    if not unit.covers(on):
        raise UnitError(f"{_capital(word.title)} không còn hoặc chưa có trong ngày {written(on)}.")
    if LEVEL_ORDER[unit.level] >= LEVEL_ORDER[level] or (level == "thon" and unit.level != "xa"):
        raise UnitError(f"Đơn vị {LEVEL_NAMES[level]} không trực thuộc được {word.title}.")
    return word


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
