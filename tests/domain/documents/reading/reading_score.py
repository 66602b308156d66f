"""Chấm bản đọc: what a reading got right of a gold written by hand, part by part, 0..1; parts not in the gold are left out."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

Json = dict[str, Any]


def fold(text: object) -> str:
    words = unicodedata.normalize("NFC", str(text or "")).lower()
    words = re.sub(r"\b(xã|huyện|thôn|tỉnh|thị trấn|tp)\b\.?", " ", words)
    return re.sub(r"[\W_]+", " ", words).strip()


def number_key(number: object) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", str(number or "")).upper().replace("–", "-"))


def same(a: object, b: object) -> bool:
    left, right = fold(a), fold(b)
    return bool(left) and bool(right) and (left in right or right in left)


def lines_of(item: Json) -> set[int]:
    found = item.get("lines") or ([item["line"]] if item.get("line") else [])
    return set(found if isinstance(found, list) else [found])


def f1(found: Iterable[Any], wanted: Iterable[Any]) -> float | None:
    have, want = set(found), set(wanted)
    if not want:
        return None
    hit = len(have & want)
    return 2 * hit / (len(have) + len(want)) if hit else 0.0


def paired(found: list[Any], wanted: list[Any], match: Callable[[Any, Any], bool]) -> float | None:
    if not wanted:
        return None
    left, hit = list(found), 0
    for want in wanted:
        for have in left:
            if match(have, want):
                left.remove(have)
                hit += 1
                break
    return 2 * hit / (len(found) + len(wanted)) if found else 0.0


def header(reading: Json, gold: Json) -> float | None:
    have, want = reading["document"], gold["document"]
    points = [number_key(have[f]) == number_key(want[f]) for f in ("full_number", "kind", "place") if want.get(f)]
    if "number" in want and want["number"] is None:
        points.append(not have["number"])
    if want.get("date"):
        day = want["date"]
        points.append(have["date"] == (day.isoformat() if isinstance(day, datetime.date) else str(day)))
    if want.get("issuer"):
        points.append(same(have["issuer"], want["issuer"]))
    if want.get("signer"):
        points.append(same((have["signer"] or {}).get("name"), want["signer"]))
    return sum(points) / len(points) if points else None


def legal_bases(reading: Json, gold: Json) -> float | None:
    wanted = [number_key(b["number"]) for b in gold.get("legal_bases", []) if b.get("number")]
    return f1((number_key(b["number"]) for b in reading["legal_bases"] if b["number"]), wanted)


def citations(reading: Json, gold: Json) -> float | None:
    wanted = {number_key(b["number"]) for b in gold.get("cited_in_body", [])}
    found = {number_key(b["number"]) for b in reading["citations"] + reading["legal_bases"]}
    return len(wanted & found) / len(wanted) if wanted else None


def _pairs(items: Iterable[Json]) -> set[tuple[str, int]]:
    return {
        (fold(unit), int(no))
        for item in items
        for unit in (item.get("units") or ([item["unit"]] if item.get("unit") else []))
        for no in item.get("criteria") or []
    }


def unit_criteria(reading: Json, gold: Json) -> float | None:
    wanted = _pairs(t for t in gold.get("targets", []) if t.get("criteria"))
    return f1(_pairs(reading["targets"]), wanted) if wanted else None


def criterion_units(reading: Json, gold: Json) -> float | None:
    def pairs(items: list[Json]) -> set[tuple[int, str]]:
        return {(i["criterion"], fold(u)) for i in items if i.get("criterion") for u in i.get("units") or []}

    return f1(
        pairs([c for c in reading["criterion_targets"] if not c.get("derived")]), pairs(gold.get("criteria_units", []))
    )


def criterion_counts(reading: Json, gold: Json) -> float | None:
    wanted = {(i["criterion"], i["stated"]) for i in gold.get("criteria_units", []) if i.get("stated")}
    found = {(i["criterion"], i["count"]) for i in reading["criterion_targets"] if isinstance(i.get("count"), int)}
    return f1(found, wanted)


def target_values(reading: Json, gold: Json) -> float | None:
    wanted = [t for t in gold.get("targets", []) if "value" in t]
    found = reading["targets"] + reading["criterion_targets"]

    def match(have: Json, want: Json) -> bool:
        value = have.get("value", have.get("count"))
        return value is not None and abs(value - want["value"]) < 1e-9 and bool(lines_of(have) & lines_of(want))

    return sum(any(match(h, w) for h in found) for w in wanted) / len(wanted) if wanted else None


def tasks(reading: Json, gold: Json) -> float | None:
    rows = [row for annex in gold.get("annexes", []) for row in annex["rows"]]

    def match(have: Json, want: Json) -> bool:
        return (
            same(have["what"], want["what"])
            and fold(have["lead"]) == fold(want.get("lead"))
            and fold(have["coordinating"]) == fold(want.get("coord"))
            and fold((have["deadline"] or {}).get("text")) == fold(want.get("deadline"))
        )

    return paired(reading["tasks"], rows, match)


def money(reading: Json, gold: Json) -> float | None:
    wanted: list[int] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            wanted.extend(v for k, v in node.items() if k == "vnd")
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(gold.get("funding"))
    found = [m["amount"] for m in reading["money"]]
    return sum(w in found for w in wanted) / len(wanted) if wanted else None


def recipients(reading: Json, gold: Json) -> float | None:
    return paired(reading["recipients"], gold.get("recipients", []), same)


def duties(reading: Json, gold: Json) -> float | None:
    wanted = {(fold(b["body"]), c) for b in gold.get("responsible_bodies", []) for c in b.get("criteria", [])}
    found = [(fold(d["body"]), c) for d in reading["duties"] for c in d["criteria"]]
    hit = sum(any(c == fc and (b in fb or fb in b) for fb, fc in found) for b, c in wanted)
    return hit / len(wanted) if wanted else None


PARTS = (
    header,
    legal_bases,
    citations,
    unit_criteria,
    criterion_units,
    criterion_counts,
    target_values,
    tasks,
    money,
    recipients,
    duties,
)


def score(reading: Json, gold: Json) -> dict[str, float]:
    parts = {part.__name__: part(reading, gold) for part in PARTS}
    return {name: value for name, value in parts.items() if value is not None}
