"""Lập kế hoạch thay đổi: a request becomes the rows to close and open, or a sentence that says why not."""

from __future__ import annotations

from datetime import date
from functools import singledispatch

from ntm.domain.gazetteer.model import titled
from ntm.records.units.models import ChangeKind, Unit, UnitName, UnitParent
from ntm.records.units.queries.labels import labels
from ntm.records.units.services import rules
from ntm.records.units.services.acting import UnitError, written
from ntm.records.units.services.requests import (
    Abolish,
    ChangePlan,
    Merge,
    NewUnit,
    Rename,
    Request,
    Split,
    Transfer,
    ids,
)

STAYS = "Số liệu, danh hiệu đã ghi ở lại với đơn vị đã báo cáo; muốn mang sang đơn vị kế thừa phải có quyết định riêng."


@singledispatch
def plan(request: Request) -> ChangePlan:
    """What the request comes to."""
    raise TypeError(f"not a request: {request!r}")


@plan.register
def _(request: Merge) -> ChangePlan:
    unit_ids = ids(request.unit_ids)
    into, new = request.into, request.new
    if (into is None) == (new is None):
        raise UnitError("Sáp nhập vào một trong các đơn vị, hoặc thành một đơn vị mới: hãy chọn đúng một cách.")
    if len(ids([*unit_ids, *([into] if into else [])])) < 2:
        raise UnitError("Sáp nhập cần ít nhất hai đơn vị.")
    ending = [unit for unit in unit_ids if unit != into]
    everyone = ids([*ending, *([into] if into else [])])
    made = ChangePlan(ChangeKind.MERGE, request.on, request.decision.checked(), touched=everyone, ending=ending)
    level = rules.one_level(rules.standing_units(everyone, request.on))
    if new is not None:
        target = _form(made, level, new, everyone)
        made.subject = titled(*_words(made, target))
    else:
        assert into is not None
        target, made.subject = into, labels([into], request.on)[into].title
    made.successions = [(unit, target, True) for unit in ending]
    _end(made, dict.fromkeys(ending, target))
    return made


@plan.register
def _(request: Split) -> ChangePlan:
    if len(request.parts) < (1 if request.keeps else 2):
        raise UnitError("Chia tách cần ít nhất hai phần (hoặc một phần mới khi đơn vị cũ vẫn còn).")
    unit = request.unit_id
    made = ChangePlan(ChangeKind.SPLIT, request.on, request.decision.checked(), touched=[unit])
    level = rules.one_level(rules.standing_units([unit], request.on))
    made.subject = labels([unit], request.on)[unit].title
    if not request.keeps:
        made.ending = [unit]
    below = set(_children([unit], request.on))
    given: dict[int, int] = {}
    mains = [part for part in request.parts if part.main]
    for part in request.parts:
        target = _form(made, level, part, [unit])
        main = not request.keeps and part is (mains[0] if mains else request.parts[0])
        made.successions.append((unit, target, main))
        for child in part.children:
            if child in given or child not in below:
                raise UnitError("Mỗi đơn vị cấp dưới của đơn vị bị chia thuộc đúng một phần; hãy xem lại danh sách.")
            given[child] = target
    left = below - given.keys()
    if left and not request.keeps:
        missing = ", ".join(word.title for word in labels(sorted(left), request.on).values())
        raise UnitError(f"Chưa ghi phần nào nhận: {missing}.")
    made.moves = list(given.items())
    _tell(made, moves_from={unit})
    return made


@plan.register
def _(request: Rename) -> ChangePlan:
    unit = request.unit_id
    made = ChangePlan(ChangeKind.RENAME, request.on, request.decision.checked(), touched=[unit])
    level = rules.one_level(rules.standing_units([unit], request.on))
    now = UnitName.objects.on(request.on).get(unit_id=unit)
    kind, name = rules.name_of(level, request.kind or now.kind, request.name or now.name, request.on)
    code = rules.code_of(level, request.code, request.on, unit)
    made.before, made.subject = titled(now.kind, now.name), titled(kind, name)
    if (kind, name) == (now.kind, now.name) and code is None:
        raise UnitError(f"Tên, loại và mã không đổi: vẫn là {made.before}.")
    if (kind, name) != (now.kind, now.name):
        parent = UnitParent.objects.on(request.on).filter(unit_id=unit).values_list("parent_id", flat=True).first()
        rules.name_is_free(parent, level, kind, name, request.on, {unit})
        made.words.append((unit, kind, name))
        made.lines.append(f"{_upper(made.before)} đổi thành {made.subject} từ ngày {written(request.on)}.")
    if code is not None:
        made.codes.append((unit, code))
        made.lines.append(f"Mã của {made.subject} đổi thành {code} từ ngày {written(request.on)}.")
    return made


@plan.register
def _(request: Transfer) -> ChangePlan:
    unit_ids = ids(request.unit_ids)
    made = ChangePlan(ChangeKind.TRANSFER, request.on, request.decision.checked(), touched=unit_ids)
    if not unit_ids:
        raise UnitError("Chưa chọn đơn vị để chuyển.")
    level = rules.one_level(rules.standing_units(unit_ids, request.on))
    upper = rules.may_lie_below(level, request.parent_id, request.on)
    words = labels(unit_ids, request.on)
    for row in UnitParent.objects.on(request.on).filter(unit_id__in=unit_ids):
        if row.parent_id == request.parent_id:
            raise UnitError(f"{_upper(words[row.unit_id].title)} đã thuộc {upper.title}.")
    for unit in unit_ids:
        rules.name_is_free(request.parent_id, level, words[unit].kind, words[unit].name, request.on, {unit})
    made.moves = [(unit, request.parent_id) for unit in unit_ids]
    made.subject, made.parent = ", ".join(words[unit].title for unit in unit_ids), upper.full_title
    _tell(made)
    return made


@plan.register
def _(request: Abolish) -> ChangePlan:
    receivers = ids(request.receivers)
    unit = request.unit_id
    if unit in receivers:
        raise UnitError("Đơn vị giải thể không nhận địa bàn của chính mình.")
    made = ChangePlan(
        ChangeKind.ABOLISH, request.on, request.decision.checked(), touched=[unit, *receivers], ending=[unit]
    )
    rules.one_level(rules.standing_units([unit, *receivers], request.on))
    made.subject = labels([unit], request.on)[unit].title
    made.successions = [(unit, receiver, place == 0) for place, receiver in enumerate(receivers)]
    if not receivers and _children([unit], request.on):
        raise UnitError(f"{_upper(made.subject)} còn đơn vị cấp dưới; hãy ghi đơn vị nhận địa bàn.")
    _end(made, {unit: receivers[0]} if receivers else {})
    return made


def _form(made: ChangePlan, level: str, new: NewUnit, sources: list[int]) -> int:
    kind, name = rules.name_of(level, new.kind, new.name, made.on)
    code = rules.code_of(level, new.code, made.on) if not _freed(new.code, made) else new.code
    parent = new.parent_id if new.parent_id is not None else rules.one_parent(sources, made.on)
    if parent is not None:
        rules.may_lie_below(level, parent, made.on)
    rules.name_is_free(parent, level, kind, name, made.on, set(made.ending))
    if any((kind, name) == (other.kind, other.name) and parent == upper for _l, other, upper in made.forming):
        raise UnitError(f"Hai đơn vị mới cùng tên {titled(kind, name)}.")
    made.forming.append((level, NewUnit(kind, name, code, parent), parent))
    return -len(made.forming)


def _freed(code: str | None, made: ChangePlan) -> bool:
    """Does one of the ending units give its code up?"""
    if not code:
        return False
    return code in {word.code for word in labels(made.ending, made.on).values()}


def _words(made: ChangePlan, target: int) -> tuple[str, str]:
    new = made.forming[-target - 1][1]
    return new.kind, new.name


def _children(unit_ids: list[int], on: date) -> list[int]:
    rows = UnitParent.objects.on(on).filter(parent_id__in=unit_ids).order_by("unit_id")
    return list(rows.values_list("unit_id", flat=True))


def _end(made: ChangePlan, receivers: dict[int, int]) -> None:
    """What lies below the ending units goes to who receives them."""
    rows = UnitParent.objects.on(made.on).filter(parent_id__in=made.ending).order_by("unit_id")
    for child, parent in rows.values_list("unit_id", "parent_id"):
        made.moves.append((child, receivers[parent]))
    moving = [child for child, _target in made.moves]
    if moving:
        rules.standing_units(moving, made.on)
    _tell(made, moves_from=set(made.ending))


def _tell(made: ChangePlan, moves_from: set[int] | None = None) -> None:
    """The preview's sentences."""
    day = written(made.on)
    words = labels([*made.ending, *(child for child, _t in made.moves), *(t for _c, t in made.moves if t > 0)], made.on)
    successors = labels([after for _before, after, _main in made.successions if after > 0], made.on)
    for unit in made.ending:
        made.lines.append(f"{_upper(words[unit].full_title)} kết thúc từ ngày {day}.")
    for _level, new, parent in made.forming:
        upper = f", thuộc {labels([parent], made.on)[parent].full_title}" if parent else ""
        code = f", mã {new.code}" if new.code else ", chưa có mã"
        made.lines.append(f"Lập {titled(new.kind, new.name)}{upper}{code} từ ngày {day}.")
    for after in ids([after for _before, after, _main in made.successions if after > 0]):
        made.lines.append(f"{_upper(successors[after].title)} nhận thêm địa bàn từ ngày {day}.")
    for child, target in made.moves:
        to = titled(*_words(made, target)) if target < 0 else words[target].title
        made.lines.append(f"{_upper(words[child].title)} chuyển sang {to} từ ngày {day}.")
    if moves_from or made.ending:
        made.lines.append(STAYS)


def existing(unit_ids: list[int]) -> list[Unit]:
    """The units over which the right is asked."""
    found = list(Unit.objects.filter(pk__in=unit_ids))
    for number in unit_ids:
        if number not in {unit.pk for unit in found}:
            raise UnitError(f"Không có đơn vị số {number} trong hệ thống.")
    return found


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
