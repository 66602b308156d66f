"""Lập kế hoạch từ văn bản đã đọc: every confirmed item becomes a row of a draft and keeps where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from ntm.domain.documents.reading.model import Reading
from ntm.domain.documents.reading.to_json import to_json
from ntm.records.archive.documents import items as reading_items
from ntm.records.archive.documents import queries as documents
from ntm.records.archive.documents.source import from_rows
from ntm.records.archive.models import OfficialDocument
from ntm.records.people.authority import Actor
from ntm.records.planning import from_document
from ntm.records.planning.from_document import Found
from ntm.records.planning.models import Plan, PlanKind, PlanVersion
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import editing, plans, tasks
from ntm.records.standing import registry
from ntm.records.standing.refusals import Refused as NoSet

__all__ = ["Drafted", "draft_from", "draft_of"]

_KIND = {"ntm": PlanKind.NTM, "nang_cao": PlanKind.ADVANCED, "kieu_mau": PlanKind.MODEL}


@dataclass(frozen=True)
class Drafted:
    """Dự thảo vừa lập: how many rows of each part, names of units that were not found, items left out and why."""

    plan: Plan
    counts: Mapping[str, int] = field(default_factory=dict)
    unknown_units: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@transaction.atomic
def draft_from(
    actor: Actor, document_id: int, *, on: date, kind: str | None = None, year: int | None = None
) -> Drafted:
    """Lập từ các mục đã xác nhận của một văn bản; each row keeps the item that it came from."""
    document = documents.one(actor, document_id, on)
    if document.unit_id is None:
        raise Refused("Văn bản này không gắn với đơn vị nào nên chưa lập được kế hoạch.")
    actor.require("plan.draft", document.unit_id, on=on)
    if Plan.objects.filter(document=document).exclude(state="closed").exists():
        raise Refused("Văn bản này đã được lập thành kế hoạch.")
    rows = list(documents.confirmed_of(document))
    if not rows:
        raise Refused("Văn bản chưa có mục nào được xác nhận; xem và xác nhận nội dung máy đọc trước.")
    found = [Found(row.section, row.item.key, row.value, tuple(row.lines), row.page, row.pk) for row in rows]
    if document.current is None:
        raise Refused("Văn bản chưa đọc xong.")
    set_code = next((row.set_code for row in rows if row.set_code), document.current.set_code)
    content = document.current.content
    lines = tuple(line.text for line in from_rows(document.current.source))
    return _draft(actor, document.unit_id, found, content, lines, set_code, document, on, kind=kind, year=year)


@transaction.atomic
def draft_of(
    actor: Actor,
    unit_id: int,
    reading: Reading,
    on: date,
    *,
    kind: str | None = None,
    year: int | None = None,
    assumed: bool = False,
) -> Drafted:
    """Lập thẳng từ một bản đọc, where a person answers for all of it at once (the demonstration); rows keep their place
    in the source in words."""
    actor.require("plan.draft", unit_id, on=on)
    content = to_json(reading)
    found = [
        Found(one.section, one.key, one.value, one.lines, one.page, assumed=assumed)
        for one in reading_items.items(content)
    ]
    made = _draft(actor, unit_id, found, content, reading.lines, reading.set_code, None, on, kind=kind, year=year)
    if assumed:
        Plan.objects.filter(pk=made.plan.pk).update(assumed=True)
    return made


def _draft(
    actor: Actor,
    unit_id: int,
    found: Sequence[Found],
    content: Mapping[str, Any],
    lines: tuple[str, ...],
    set_code: str | None,
    document: OfficialDocument | None,
    on: date,
    *,
    kind: str | None,
    year: int | None,
) -> Drafted:
    head = {one.key.partition(".")[2]: one.value.get("value") for one in found if one.section == "header"}
    told = content.get("document") or {}
    of_year = year or _year(head, told)
    plan = plans.begin(
        actor, unit_id, kind or _kind(set_code, told), of_year, on=on, set_code=_known(set_code),
        title=str(head.get("title") or "") or None,
    )  # fmt: skip
    if document is not None:
        plan.document = document
        plan.save(update_fields=["document"])
    version = plan.versions.get()  # type: ignore[attr-defined]
    _head(version, head, told)
    made = from_document.Rows(plan, version, lines, on)
    made.bases(found)
    made.sections(content.get("outline") or (), found)
    made.targets(found)
    made.roadmap(found)
    made.money(found)
    made.duties(found)
    made.recipients(found)
    drafts = made.tasks(found)
    if drafts:
        made.counts["tasks"] = len(tasks.add_many(actor, plan.pk, drafts, on=on))
    source = f"văn bản {document.name}" if document is not None else "bản đọc văn bản"
    editing.log(actor, "plan.open", plan, on, source=source, rows=dict(made.counts))
    return Drafted(plan, dict(made.counts), tuple(dict.fromkeys(made.unknown)), tuple(made.left_out))


def _known(set_code: str | None) -> str | None:
    """The reading's set where this installation has it; else the one in force is taken."""
    try:
        return registry.by_code(set_code).code if set_code else None
    except NoSet:
        return None


def _kind(set_code: str | None, told: Mapping[str, Any]) -> str:
    if (set_code or "").startswith("thon-"):
        return PlanKind.VILLAGE
    return _KIND.get(str(told.get("criteria_title") or "ntm"), PlanKind.NTM)


def _year(head: Mapping[str, Any], told: Mapping[str, Any]) -> int:
    for value in (head.get("year"), told.get("year"), str(head.get("date") or "")[:4]):
        if str(value or "").isdigit():
            return int(str(value))
    raise Refused("Văn bản không nêu năm kế hoạch; chọn năm rồi lập lại.")


def _head(version: PlanVersion, head: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    """The head as the document has it; number and day are those of the paper, to be confirmed at issue."""
    number, _slash, symbol = str(head.get("full_number") or "").partition("/")
    values: dict[str, Any] = {
        "number": number.strip() if number.strip().isalnum() else "",
        "symbol": symbol.strip(),
        "issuer": head.get("issuer"),
        "superior": told.get("superior"),
        "place": head.get("place"),
        "signer": head.get("signer"),
        "signer_position": head.get("signer_position"),
    }
    if head.get("signer"):
        values["signing_authority"] = "\n".join((told.get("signer") or {}).get("authority") or ())
    for name, value in values.items():
        limit = PlanVersion._meta.get_field(name).max_length
        if value:
            setattr(version, name, str(value)[:limit])
    day = str(head.get("date") or "")
    if len(day) == 10:
        version.issued_on = date.fromisoformat(day)
    version.save()
