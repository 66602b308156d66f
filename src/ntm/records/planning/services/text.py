"""Lời của kế hoạch: legal bases picked from instruments, sections, recipients; each edit is of the open draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ntm.domain.instruments import InForce
from ntm.domain.official.dates import write_date
from ntm.records.archive import instruments
from ntm.records.archive.instruments import Listed
from ntm.records.people.authority import Actor
from ntm.records.planning.models import PlanBasis, PlanRecipient, PlanSection, SectionSlot, Versioned
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import editing
from ntm.records.planning.services.seen import check, living_as, mark_of

__all__ = [
    "AddedBasis",
    "add_basis",
    "add_section",
    "change_section",
    "remove_basis",
    "remove_section",
    "reorder_bases",
    "reorder_sections",
    "set_recipients",
    "words_of",
]

_ABOUT = re.compile(r"(?:về|ban hành|phê duyệt|quy định|sửa đổi|thực hiện|hướng dẫn|triển khai|công nhận|tổ chức)\b")
_ROLES = ("căn cứ", "thực hiện", "theo", "xét đề nghị")


@dataclass(frozen=True, slots=True)
class AddedBasis:
    """Căn cứ vừa thêm, and what is known of its validity on the plan's day ("" when it is surely in force)."""

    basis: PlanBasis
    said: str


@transaction.atomic
def add_basis(
    actor: Actor,
    plan_id: int,
    *,
    on: date,
    key: str = "",
    number: str = "",
    signed: date | None = None,
    issuer: str = "",
    kind: str = "",
    title: str = "",
    role: str = "căn cứ",
    words: str = "",
) -> AddedBasis:
    """Thêm căn cứ, by its key in the list of instruments, or by number, day and issuer.

    One that is no longer in force is refused with its successor named; unknown validity is accepted and said so.
    """
    found = editing.draft(actor, plan_id, on)
    if role not in _ROLES:
        raise Refused(f"Cách dẫn căn cứ phải là: {', '.join(_ROLES)}.")
    listing = instruments.listing()
    line = _chosen(listing, key, number, signed, issuer)
    said = _must_stand(listing, line, on) if line else "văn bản chưa có trong danh mục, chưa biết hiệu lực"
    if line is None and not (number.strip() or words.strip()):
        raise Refused("Ghi số, ký hiệu của văn bản hoặc chọn trong danh mục văn bản.")
    one = line.instrument if line else None
    values = {
        "key": line.id if line else "",
        "number": (one.number if one else number.strip())[:100],
        "kind": (one.kind if one else kind.strip())[:60],
        "issuer": (one.issuer if one else issuer.strip())[:200],
        "date": one.date if one else signed,
        "title": (one.title if one else title.strip())[:1000],
    }
    here = PlanBasis.objects.in_version(found.no).filter(plan=found.plan)
    if values["number"] and here.filter(number=values["number"], issuer=values["issuer"], date=values["date"]).exists():
        raise Refused(f"Kế hoạch đã dẫn {values['number']} rồi.")
    basis = PlanBasis.objects.create(
        plan=found.plan,
        since=found.no,
        order=editing.next_order(PlanBasis, found.plan.pk, found.no),
        role=role,
        words=words.strip() or words_of(role, **values),
        **values,
    )
    _log(actor, found, on, basis, "thêm căn cứ", basis.number or basis.words)
    return AddedBasis(basis, said)


@transaction.atomic
def remove_basis(actor: Actor, plan_id: int, basis_id: int, *, on: date) -> None:
    """Bỏ căn cứ."""
    _remove(actor, plan_id, PlanBasis, basis_id, on, "bỏ căn cứ")


@transaction.atomic
def reorder_bases(actor: Actor, plan_id: int, ids: Sequence[int], *, on: date) -> int:
    """Xếp lại căn cứ, by rank and day as the office wants them."""
    return _reorder(actor, plan_id, PlanBasis, ids, on, "xếp lại căn cứ")


@transaction.atomic
def add_section(
    actor: Actor,
    plan_id: int,
    *,
    heading: str,
    on: date,
    text: str = "",
    label: str = "",
    depth: int = 1,
    slot: str = "",
    after: int | None = None,
) -> PlanSection:
    """Thêm đề mục: at the end, or after the section `after`."""
    found = editing.draft(actor, plan_id, on)
    values = _section(heading, text, label, depth, slot)
    ids = list(
        PlanSection.objects.in_version(found.no)
        .filter(plan=found.plan)
        .order_by("order", "pk")
        .values_list("pk", flat=True)
    )
    place = editing.next_order(PlanSection, found.plan.pk, found.no)
    section = PlanSection.objects.create(plan=found.plan, since=found.no, order=place, **values)
    if after is not None:
        if after not in ids:
            raise Refused("Không tìm thấy đề mục đứng trước; tải lại trang.")
        ids.insert(ids.index(after) + 1, section.pk)
        editing.reorder(PlanSection, found, ids)
        section.refresh_from_db()
    _log(actor, found, on, section, "thêm đề mục", section.heading)
    return section


@transaction.atomic
def change_section(
    actor: Actor,
    plan_id: int,
    section_id: int,
    *,
    on: date,
    heading: str | None = None,
    text: str | None = None,
    label: str | None = None,
    depth: int | None = None,
    slot: str | None = None,
    seen: str = "",
) -> PlanSection:
    """Sửa đề mục; words kept from last year are no longer marked as kept once they are changed. `seen`: the mark of what
    the form was opened on."""
    found = editing.draft(actor, plan_id, on)
    row = living_as(PlanSection, found, section_id, seen)
    asked = {"heading": heading, "text": text, "label": label, "depth": depth, "slot": slot}
    whole = {name: getattr(row, name) if value is None else value for name, value in asked.items()}
    values = _section(**whole)
    if all(getattr(row, name) == value for name, value in values.items()):
        return row
    new = editing.changed(row, found.no, **values, kept=False)
    _log(actor, found, on, new, "sửa đề mục", new.heading)
    return new


@transaction.atomic
def remove_section(actor: Actor, plan_id: int, section_id: int, *, on: date, seen: str = "") -> None:
    """Bỏ đề mục."""
    _remove(actor, plan_id, PlanSection, section_id, on, "bỏ đề mục", seen)


@transaction.atomic
def reorder_sections(actor: Actor, plan_id: int, ids: Sequence[int], *, on: date) -> int:
    """Xếp lại đề mục."""
    return _reorder(actor, plan_id, PlanSection, ids, on, "xếp lại đề mục")


@transaction.atomic
def set_recipients(
    actor: Actor, plan_id: int, lines: Sequence[str], *, on: date, seen: str = ""
) -> list[PlanRecipient]:
    """Nơi nhận: the whole list at once, a line a recipient; lines that stay keep their row."""
    found = editing.draft(actor, plan_id, on)
    wanted = list(dict.fromkeys(" ".join(line.split()).rstrip(";.") for line in lines if line.strip()))
    if too_long := next((line for line in wanted if len(line) > 300), None):
        raise Refused(f"Nơi nhận “{too_long[:40]}…” dài quá 300 chữ; mỗi dòng một nơi nhận.")
    rows = list(PlanRecipient.objects.in_version(found.no).filter(plan=found.plan).order_by("order", "pk"))
    check(mark_of(row.words for row in rows), seen, rows)
    here = {row.words: row for row in rows}
    editing.removed([row for words, row in here.items() if words not in wanted], found.no)
    made = []
    for place, words in enumerate(wanted):
        row = here.get(words)
        if row is None:
            made.append(PlanRecipient(plan=found.plan, since=found.no, order=place, words=words))
        elif row.order != place:
            editing.changed(row, found.no, order=place)
    PlanRecipient.objects.bulk_create(made)
    _log(actor, found, on, None, "sửa nơi nhận", f"{len(wanted)} dòng")
    return list(PlanRecipient.objects.in_version(found.no).filter(plan=found.plan).order_by("order", "pk"))


def words_of(role: str, *, number: str, kind: str, issuer: str, date: date | None, title: str, key: str = "") -> str:
    """Lời dẫn căn cứ as decree 30/2020 writes it: kind, number, day, issuer, title."""
    named = f"{kind or 'văn bản'} số {number}" if number else kind or "văn bản"
    day = f" ngày {write_date(date)}" if date else ""
    by = f" của {issuer}" if issuer else ""
    told = f"{title[:1].lower()}{title[1:]}"
    about = (f" {told}" if _ABOUT.match(told) else f" về {told}") if title else ""
    return f"{role[:1].upper()}{role[1:]} {named}{day}{by}{about}"


def _chosen(listing: instruments.Listing, key: str, number: str, signed: date | None, issuer: str) -> Listed | None:
    if key:
        line = listing.get(key)
        if line is None:
            raise Refused("Không có văn bản này trong danh mục; có thể vừa được rút.")
        return line
    if not number.strip():
        return None
    wanted = {instruments.identity(one) for one in listing.instruments.find(number, signed, issuer or None)}
    lines = [line for line in listing.lines if line.id in wanted]
    if len(lines) > 1:
        shown = "; ".join(f"{one.instrument.number} ({one.instrument.issuer})" for one in lines[:4])
        raise Refused(f"Có {len(lines)} văn bản số {number}: {shown}. Ghi rõ ngày và cơ quan ban hành.")
    return lines[0] if lines else None


def _must_stand(listing: instruments.Listing, line: Listed, on: date) -> str:
    judgement = line.judge(on)
    if judgement.state is InForce.YES:
        return ""
    if judgement.state is InForce.UNKNOWN:
        return judgement.reason
    if line.instrument.date and on < line.instrument.date:
        raise Refused(f"{line.instrument.number} {judgement.reason}; xem lại ngày của kế hoạch hoặc bỏ căn cứ này.")
    heirs = listing.instruments.successor(line.instrument)
    named = heirs[-1].number if heirs else ", ".join(line.instrument.replaced_by)
    instead = f" Dẫn {named} thay vào." if named else " Tìm văn bản thay thế trong danh mục văn bản."
    raise Refused(f"{line.instrument.number} không còn hoặc chưa có hiệu lực: {judgement.reason}.{instead}")


def _section(heading: str, text: str, label: str, depth: int, slot: str) -> dict[str, object]:
    heading, label = " ".join(heading.split()), label.strip()
    if not heading and not text.strip():
        raise Refused("Ghi đề mục hoặc lời của đề mục.")
    if len(heading) > 1000 or len(label) > 20:
        raise Refused("Đề mục dài quá 1000 chữ, hoặc số mục dài quá 20 chữ: viết gọn lại.")
    if not 1 <= depth <= 6:
        raise Refused("Bậc của đề mục từ 1 đến 6.")
    if slot not in SectionSlot.values:
        raise Refused(f"Không có phần ghép “{slot}”.")
    paragraphs = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    return {"heading": heading, "text": paragraphs, "label": label, "depth": depth, "slot": slot}


def _remove(
    actor: Actor, plan_id: int, model: type[Versioned], row_id: int, on: date, change: str, seen: str = ""
) -> None:
    found = editing.draft(actor, plan_id, on)
    row = living_as(model, found, row_id, seen)
    editing.removed([row], found.no)
    _log(actor, found, on, row, change, getattr(row, "heading", "") or getattr(row, "number", ""))


def _reorder(actor: Actor, plan_id: int, model: type[Versioned], ids: Sequence[int], on: date, change: str) -> int:
    found = editing.draft(actor, plan_id, on)
    moved = editing.reorder(model, found, list(ids))
    if moved:
        _log(actor, found, on, None, change, f"{moved} mục")
    return moved


def _log(actor: Actor, found: editing.Draft, on: date, row: Versioned | None, change: str, what: str) -> None:
    editing.log(actor, "plan.text", found.plan, on, subject=row, no=found.no, change=change, what=what[:200])
