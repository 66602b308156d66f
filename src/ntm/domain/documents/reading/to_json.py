"""Bản đọc thành JSON: exactly the keys of reading/README.md, with more beside them; nothing that the document does not say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ntm.domain.documents.reading.front import is_village
from ntm.domain.documents.reading.model import (
    Annex,
    Citation,
    CriterionTarget,
    Deadline,
    Duty,
    Header,
    LegalBasis,
    Reading,
    Target,
    WrittenDate,
)

Json = dict[str, Any]


def to_json(reading: Reading, findings: Iterable[Mapping[str, Any]] = ()) -> Json:
    """Bản đọc dạng JSON. `findings` come from ntm.domain.documents.checking, already as plain dictionaries."""
    page = _Pages(reading)
    own = _own_unit(reading)
    return {
        "document": _header(reading.header, reading),
        "legal_bases": [page(_basis(b), b.lines) for b in reading.bases],
        "citations": [page(_citation(c), c.lines) for c in reading.citations],
        "outline": [_plain(s) for s in reading.outline],
        "targets": [page(_target(t, own), t.lines) for t in reading.targets],
        "criterion_targets": [page(_criterion_target(t), t.lines) for t in reading.criterion_targets],
        "gaps": [
            page({"criterion": g.criterion, "name": g.name, "items": list(g.items), "lines": list(g.lines)}, g.lines)
            for g in reading.gaps
        ],
        "roadmap": [page(_due(_plain(s)), s.lines) for s in reading.roadmap],
        "tasks": [page(_due(_plain(t)), t.lines) for t in reading.tasks],
        "duties": [page(_duty(d), d.lines) for d in reading.duties],
        "money": [page(_plain(m), m.lines) for m in reading.money],
        "money_sums": [_plain(s) for s in reading.sums],
        "equations": [_plain(e) for e in reading.equations],
        "shares": [_plain(s) for s in reading.shares],
        "stated_lists": [_plain(s) for s in reading.stated_lists],
        "activities": [page(_plain(a), a.lines) for a in reading.activities],
        "annexes": [_annex(a) for a in reading.annexes],
        "annex_promises": [_plain(a) for a in reading.annex_promises],
        "recipients": [r.text for r in reading.recipients],
        "units": [_plain(u) for u in reading.units],
        "abbreviations": [_plain(a) for a in reading.abbreviations],
        "repairs": [_plain(r) for r in reading.repairs],
        "criteria_set": reading.set_code,
        "unit_count": reading.unit_count,
        "warnings": list(reading.warnings),
        "findings": [dict(f) for f in findings],
    }


class _Pages:
    """Adds "page" beside the lines where the source has pages."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.paged = any(p is not None for p in reading.pages)

    def __call__(self, item: Json, lines: Sequence[int]) -> Json:
        if self.paged and lines:
            item["page"] = self.reading.page(lines[0])
        return item


def _plain(value: Any) -> Any:
    """Dataclasses to dictionaries, Decimal to int or float, dates to ISO."""
    if isinstance(value, WrittenDate):
        return value.iso
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _deadline(due: Deadline | None) -> Json | None:
    if due is None:
        return None
    found: Json = {"text": due.text}
    if due.start is not None:
        found["start"] = due.start.isoformat()
    if due.end is not None:
        found["end"] = due.end.isoformat()
    if due.recurring:
        found["recurring"] = True
    return found


def _due(item: Json) -> Json:
    """The deadlines of a plain item in the short form."""
    for name in ("deadline", "group_deadline"):
        due = item.get(name)
        if isinstance(due, dict):
            item[name] = {k: due[k] for k in ("text", "start", "end", "recurring") if due.get(k)}
    return item


def _header(header: Header, reading: Reading) -> Json:
    signer = header.signer
    return {
        "number": header.number,
        "symbol": header.symbol,
        "full_number": header.full_number,
        "kind": header.kind,
        "title": header.title,
        "date": header.date.iso if header.date else None,
        "date_text": header.date.text if header.date else None,
        "place": header.place,
        "issuer": header.issuer,
        "superior": header.superior,
        "level": header.level,
        "commune": header.commune,
        "district": header.district,
        "province": header.province,
        "village": header.village,
        "year": header.year,
        "period": f"{header.period[0]}-{header.period[1]}" if header.period else None,
        "criteria_title": header.criteria_title,
        "signer": {
            "name": signer.name,
            "position": signer.position,
            "authority": list(signer.authority),
            "signed_mark": signer.signed_mark,
            "lines": list(signer.lines),
        }
        if signer
        else None,
        "lines": sorted(
            {
                *header.number_lines,
                *header.kind_lines,
                *header.title_lines,
                *header.issuer_lines,
                *(header.date.lines if header.date else ()),
            }
        ),
        "source": {"name": reading.source_name, "kind": reading.source_kind},
    }


def _citation(citation: Citation) -> Json:
    return {
        "number": citation.number,
        "kind": citation.kind,
        "date": citation.date.iso if citation.date else None,
        "issuer": citation.issuer,
        "title": citation.title,
        "period": _period(citation.period),
        "lines": list(citation.lines),
    }


def _basis(basis: LegalBasis) -> Json:
    return {
        "number": basis.number,
        "kind": basis.kind,
        "date": basis.date.iso if basis.date else None,
        "issuer": basis.issuer,
        "title": basis.title,
        "role": basis.role,
        "period": _period(basis.period),
        "within": [_citation(c) for c in basis.within],
        "lines": list(basis.lines),
    }


def _period(period: tuple[int, int] | None) -> str | None:
    return f"{period[0]}-{period[1]}" if period else None


def _own_unit(reading: Reading) -> str | None:
    """The unit whose plan it is, where it shares its criteria out among no units below it."""
    if any(t.units and t.criteria for t in reading.targets):
        return None
    if reading.header.level == "xã" and is_village(reading.header.title, "xã"):
        return None  # a commune's plan for its villages: "các thôn … hoàn thành 03 tiêu chí"
    return {"thôn": reading.header.village, "xã": reading.header.commune}.get(reading.header.level or "")


def _target(target: Target, own: str | None) -> Json:
    item = _plain(target)
    if own and target.criteria and not target.units and not target.baseline:  # what the document's own unit promises
        item["units"] = [own]
        item["own_unit"] = True
    item["deadline"] = _deadline(target.deadline)
    return {k: v for k, v in item.items() if v not in (None, False) or k in ("op", "value", "measure", "deadline")}


def _criterion_target(target: CriterionTarget) -> Json:
    item = _plain(target)
    if target.share is not None:  # "100% các xã": the figure as it is stated, beside the count that it comes to
        item |= {"value": item["share"], "measure": "%"}
    item["deadline"] = _deadline(target.deadline)
    return {
        k: v
        for k, v in item.items()
        if v not in (None, False, []) or k in ("criterion", "name", "count", "of", "units")
    }


def _duty(duty: Duty) -> Json:
    return {
        "no": duty.no, "body": duty.body, "duties": list(duty.duties), "criteria": [*duty.criteria, *duty.inferred_criteria],
        "inferred": list(duty.inferred_criteria), "role": duty.role, "part_of": duty.part_of, "lines": list(duty.lines),
    }  # fmt: skip


def _annex(annex: Annex) -> Json:
    return {
        "label": annex.label,
        "title": annex.title,
        "attached_to": annex.attached_to,
        "attached_kind": annex.attached_kind,
        "attached_date": annex.attached_date.iso if annex.attached_date else None,
        "columns": list(annex.columns),
        "rows": [list(row.cells) for row in annex.rows],
        "row_kinds": [row.kind for row in annex.rows],
        "row_lines": [list(row.lines) for row in annex.rows],
        "measure": annex.measure,
        "in_body": annex.in_body,
        "lines": list(annex.lines),
    }
