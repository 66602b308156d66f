"""`ntm check` đối chiếu: a plan beside the records of this installation (--database), and beside lower plans (--carries)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ntm.faces.cli.document_files import Unreadable, examined

Json = dict[str, Any]
ASKED = ("document", "targets", "criterion_targets", "units", "criteria_set", "unit_count")
_LEVELS = (
    ("thôn", "village", "thon"),
    ("xã", "commune", "xa"),
    ("huyện", "district", "huyen"),
    ("tỉnh", "province", "tinh"),
)


def asked_of(content: Mapping[str, Any]) -> Json:
    """The parts of a reading that these questions need."""
    return {name: content.get(name) for name in ASKED}


def beside_records(content: Mapping[str, Any], on: date | None, code: str | None) -> Json:
    """Đối chiếu với hồ sơ: findings and what they rest on; or {"error": a sentence}."""
    from ntm.records.standing.queries import against_plan
    from ntm.records.units import queries as units

    day = on or day_of(content)
    if day is None:
        return {"error": "Văn bản không ghi ngày ban hành: cho biết ngày cần đối chiếu bằng --on NGÀY."}
    unit_id = _unit_of(content, day, code)
    if isinstance(unit_id, str):
        return {"error": unit_id}
    found = against_plan.compare(content, unit_id, day)
    return {
        "unit": units.label(unit_id, day).full_title,
        "on": day.isoformat(),
        "set": found.set.code if found.set else None,
        "basis": found.basis.name.lower(),
        "units_with_data": found.with_data,
        "rests_on": found.rests_on,
        "findings": [described(one.to_json()) for one in found.findings],
    }


def day_of(content: Mapping[str, Any]) -> date | None:
    """Ngày ban hành as the head says it; None where it is blank."""
    try:
        return date.fromisoformat((content.get("document") or {}).get("date") or "")
    except ValueError:
        return None


def _unit_of(content: Mapping[str, Any], day: date, code: str | None) -> int | str:
    """The unit whose plan it is, or the sentence that says why there is none."""
    from ntm.records.units import queries as units

    if code is not None:
        unit = units.by_code(code, day)
        return unit.pk if unit else f"Ngày {day:%d/%m/%Y} không có đơn vị mã {code}."
    head = content.get("document") or {}
    own = next((at for at, (level, _key, _code) in enumerate(_LEVELS) if level == head.get("level")), None)
    if own is None or not head.get(_LEVELS[own][1]):
        return "Không rõ văn bản của đơn vị nào: cho biết mã đơn vị bằng --unit MÃ."
    names = ", ".join(str(head[key]) for _level, key, _code in _LEVELS[own:] if head.get(key))
    found = units.find(names, day, level=_LEVELS[own][2])
    if len(found) != 1:
        why = "không có" if not found else f"có {len(found)} đơn vị tên"
        return f"Ngày {day:%d/%m/%Y} hồ sơ {why} “{names}”: cho biết mã đơn vị bằng --unit MÃ."
    return found[0].id


def beside_lower(upper: Mapping[str, Any], paths: Sequence[str]) -> Json:
    """Kế hoạch cấp dưới có nhận đủ không: each lower file read, then all of them beside the upper plan."""
    from ntm.domain.documents.checking import Promised, not_carried, own_name, promised

    plans: dict[str, Promised] = {}
    files: list[Json] = []
    for path in map(Path, paths):
        name, sentence = None, None
        try:
            content = asked_of(examined(path).to_json())
        except Unreadable as error:
            sentence = str(error)
        else:
            name = own_name(content)
            if name is None:
                sentence = f"Không rõ “{path.name}” là kế hoạch của đơn vị nào: văn bản không ghi tên xã."
            elif name in plans:
                sentence = f"Đã có một kế hoạch của {name}: tệp “{path.name}” không được so."
            else:
                plans[name] = promised(content)
        files.append({"file": path.name, "unit": name, "error": sentence})
    found = sorted(not_carried(promised(upper), plans), key=lambda one: one.lines)
    return {"files": files, "findings": [described(one.to_json()) for one in found]}


def described(finding: Json) -> Json:
    """A finding with the name and the page of its rule."""
    from ntm.domain.documents.checking import rule

    owner = rule(finding["kind"])
    return {**finding, "name": owner.name, "method": owner.page, "page": None}
