"""Quy tắc của sổ: days in order, a part within its whole, stars by the set in force on the day of the decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ntm.domain.official.dates import write_date
from ntm.domain.official.numbers import write_number
from ntm.domain.targets import ocop
from ntm.records.registers import values as typed
from ntm.records.registers.catalogue import Register
from ntm.records.registers.refusals import Refused

__all__ = ["completed", "corrected"]

_LAST_CRITERION = 30  # no set has as many
_PARTS = (
    ("women", "participants"),
    ("ethnic", "participants"),
    ("poor", "households"),
    ("support", "cost"),
    ("women", "members"),
)


def completed(register: Register, given: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The values as they will stand, or Refused at the field that is wrong. `on`: the day of recording."""
    unknown = sorted(set(given) - set(register.names))
    if unknown:
        raise Refused(f"Sổ {register.title} không có cột {', '.join(unknown)}.")
    found = {name: typed.check(register.by_name[name], value) for name, value in given.items()}
    for one in register.fields:
        if one.required and found.get(one.name) in (None, ""):
            raise Refused(f"Chưa ghi {one.label}.", one.name)
    _days(register, found, on)
    _parts(register, found)
    if found.get("criterion_no") is not None and not 1 <= found["criterion_no"] <= _LAST_CRITERION:
        raise Refused(f"Tiêu chí là số từ 1 đến {_LAST_CRITERION}.", "criterion_no")
    if register.code == "rewards" and not (found.get("collectives") or found.get("individuals")):
        raise Refused("Ghi số tập thể hoặc số cá nhân, hộ được khen.", "collectives")
    if register.code == "stars":
        found = _stars(found)
    return _plain(register, found)


def corrected(register: Register, before: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The older values with those given; of stars, what followed from the rules follows anew when their day changes."""
    found = {**before, **given}
    if register.code != "stars":
        return found
    rules = ocop.set_on(before["start"])
    drawn = {
        "valid_until": rules.expires(before["start"]) if rules else None,
        "issuer": rules.recognises.get(before["stars"], "") if rules else "",
    }
    if (found["start"], found["stars"]) != (before["start"], before["stars"]):
        found |= {name: None for name, value in drawn.items() if found[name] == before[name] == value}
    return found


def _days(register: Register, found: Mapping[str, Any], on: date) -> None:
    start, end = found["start"], found.get("end")
    if start > on:
        raise Refused(
            f"{register.by_name['start'].capital} {write_date(start)} sau ngày ghi {write_date(on)}: sổ ghi việc đã làm.",
            "start",
        )
    if end is None:
        return
    label = register.by_name["end"].capital
    if end < start or (register.lasting and end == start):
        raise Refused(
            f"{label} {write_date(end)} phải sau {register.by_name['start'].label} {write_date(start)}.", "end"
        )
    if register.lasting and end > on:
        raise Refused(f"{label} {write_date(end)} sau ngày ghi {write_date(on)}.", "end")


def _parts(register: Register, found: Mapping[str, Any]) -> None:
    for part, whole in _PARTS:
        if part not in register.by_name or whole not in register.by_name:
            continue
        some, every = found.get(part), found.get(whole)
        if some is not None and every is not None and some > every:
            raise Refused(
                f"{register.by_name[part].capital} lớn hơn {register.by_name[whole].label}: kiểm tra lại hai số.", part
            )
    for name in ("classes", "visits", "count"):
        if name in register.by_name and found.get(name) == 0:
            raise Refused(f"{register.by_name[name].capital} phải lớn hơn 0.", name)


def _stars(found: dict[str, Any]) -> dict[str, Any]:
    stars, decided, points = found["stars"], found["start"], found.get("points")
    if not 1 <= stars <= 5:
        raise Refused("Số sao từ 1 đến 5.", "stars")
    if not decided.year - 2 <= found["year"] <= decided.year:
        raise Refused(f"Năm đánh giá {found['year']} không hợp với ngày quyết định {write_date(decided)}.", "year")
    rules = ocop.set_on(decided)
    if points is not None:
        _points(points, stars, rules)
    issuer = found.get("issuer") or (rules.recognises.get(stars, "") if rules else "")
    if not issuer:
        raise Refused("Ghi cấp công nhận: quy định vào ngày quyết định không nêu rõ cho số sao này.", "issuer")
    until = found.get("valid_until") or (rules.expires(decided) if rules else None)
    if until is None:
        raise Refused("Ghi ngày hết hạn: trước 21/8/2019 không có quy định chung về thời hạn của sao.", "valid_until")
    if until <= decided:
        raise Refused("Ngày hết hạn phải sau ngày quyết định.", "valid_until")
    revoked = found.get("revoked_on")
    if revoked is not None and not decided <= revoked <= until:
        raise Refused("Ngày thu hồi phải từ ngày quyết định đến ngày hết hạn.", "revoked_on")
    return found | {
        "issuer": issuer,
        "valid_until": until,
        "scoring_set": rules.code if rules else "",
        "unchecked": rules is None or not rules.checked,
    }


def _points(points: Decimal, stars: int, rules: ocop.ScoringSet | None) -> None:
    if points > 100:
        raise Refused("Điểm từ 0 đến 100.", "points")
    fit = rules.stars_of(points) if rules is not None and rules.checked else None
    if fit is not None and rules is not None and fit != stars:
        raise Refused(
            f"{write_number(points)} điểm là {fit} sao theo {rules.number}, không phải {stars} sao.", "points"
        )


def _plain(register: Register, found: dict[str, Any]) -> dict[str, Any]:
    """Empty words as the columns keep them; a column with a default keeps it where nothing was given."""
    kept = dict(found)
    for name in register.names:
        value = found.get(name)
        made: Any = register.model._meta.get_field(name)
        if value in (None, "") and not made.null:
            value = made.get_default() if made.has_default() else ""
        kept[name] = None if value == "" and made.null else value
    return kept
