"""Văn bản pháp lý trong hệ thống: those that come with the program and those that offices add, as one list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from ntm.domain import instruments as shipped
from ntm.domain.instruments import InForce, Instrument, Instruments, Judgement, Relation, RelationKind
from ntm.domain.official.text import fold, nfc
from ntm.records.archive.models import InstrumentRelation, RegisteredInstrument
from ntm.records.audit.services import record
from ntm.records.people import authority

__all__ = [
    "AddedRelation",
    "InstrumentRefused",
    "Listed",
    "Listing",
    "add_instrument",
    "catalogue",
    "identity",
    "listing",
    "withdraw_instrument",
]

_EVIDENCE = {
    RegisteredInstrument.Evidence.DOCUMENT: ("page", True),
    RegisteredInstrument.Evidence.CITED: ("seed", False),
    RegisteredInstrument.Evidence.MEMORY: ("memory", False),
}
_REVERSE = {
    RelationKind.AMENDS: RelationKind.AMENDED_BY,
    RelationKind.REPLACES: RelationKind.REPLACED_BY,
    RelationKind.REPEALS: RelationKind.REPEALED_BY,
}


class InstrumentRefused(ValueError):
    """Chưa thêm hoặc rút được văn bản: one Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class AddedRelation:
    """Quan hệ khai khi thêm: kind is "amends", "replaces" or "repeals"; without a locator it is the whole instrument."""

    kind: str
    number: str
    locator: str = ""


@dataclass(frozen=True)
class Listed:
    """Một văn bản trong danh mục, its address, and the row when an office added it."""

    id: str
    instrument: Instrument
    row: RegisteredInstrument | None = None

    def judge(self, on: date) -> Judgement:
        return self.instrument.judge(on)


@dataclass(frozen=True)
class Listing:
    """Danh mục gộp."""

    lines: tuple[Listed, ...]
    instruments: Instruments

    def get(self, identity_: str) -> Listed | None:
        return next((one for one in self.lines if one.id == identity_), None)

    def numbered(self, number: str) -> tuple[Listed, ...]:
        """Those of that number; more than one is a question to a person."""
        wanted = {identity(one) for one in self.instruments.find(number)}
        return tuple(one for one in self.lines if one.id in wanted)

    def search(
        self, words: str = "", *, kind: str = "", issuer: str = "", state: InForce | None = None, on: date
    ) -> tuple[Listed, ...]:
        """Lọc: words in number, title or issuer, without marks; the newest first, undated ones last."""
        wanted = fold(words).split()
        found = [
            one
            for one in self.lines
            if (not kind or one.instrument.kind == kind)
            and (not issuer or one.instrument.issuer == issuer)
            and (state is None or one.judge(on).state is state)
            and all(word in _searched(one.instrument) for word in wanted)
        ]
        return tuple(sorted(found, key=lambda one: one.instrument.date or date.min, reverse=True))


def catalogue() -> Instruments:
    """Danh mục gộp, for those who cite: shipped instruments with what added ones did to them, and the added ones."""
    return listing().instruments


def listing() -> Listing:
    """The same with addresses and rows; two queries."""
    rows = list(
        RegisteredInstrument.objects.filter(withdrawn_at=None).select_related("added_by").prefetch_related("relations")
    )
    added = [(_instrument(row), row) for row in rows]
    known = shipped.catalogue()
    first = {identity(one): Listed(identity(one), one, row) for one, row in [*((one, None) for one in known), *added]}
    by_number = Instruments(tuple(line.instrument for line in first.values()))
    for one, _row in added:
        for relation in one.relations:
            if relation.kind not in _REVERSE:
                continue
            targets = by_number.find(relation.number)
            if len(targets) == 1 and identity(targets[0]) != identity(one):
                line = first[identity(targets[0])]
                first[line.id] = replace(line, instrument=_affected(line.instrument, one, relation))
    lines = tuple(first.values())
    return Listing(lines, Instruments(tuple(line.instrument for line in lines)))


def identity(one: Instrument) -> str:
    """Mã ngắn của văn bản in addresses: from its number, issuer and date."""
    return sha256(_key(one.number, one.issuer, one.date).encode()).hexdigest()[:12]


@transaction.atomic
def add_instrument(
    actor: authority.Actor,
    *,
    number: str,
    kind: str,
    issuer: str,
    signed: date,
    title: str,
    evidence: str,
    source: str,
    unit_id: int | None,
    on: date,
    effective_from: date | None = None,
    effective_to: date | None = None,
    note: str = "",
    relations: Sequence[AddedRelation] = (),
) -> RegisteredInstrument:
    """Thêm văn bản of one's area; refused when it is already in the list."""
    authority.require(actor, "instrument.add", unit_id, on=on)
    row = RegisteredInstrument(
        number=_line(number),
        kind=_line(kind),
        issuer=_line(issuer),
        date=signed,
        title=_line(title),
        effective_from=effective_from,
        effective_to=effective_to,
        evidence=evidence,
        source=_line(source),
        note=_line(note),
        unit_id=unit_id,
        added_by_id=actor.user_id,
        office=actor.office_label,
        added_on=on,
    )
    row.key = _key(row.number, row.issuer, signed)
    _acceptable(row, relations, on)
    row.save()
    InstrumentRelation.objects.bulk_create(
        InstrumentRelation(instrument=row, kind=one.kind, number=_line(one.number), locator=_line(one.locator))
        for one in dict.fromkeys(relations)
    )
    detail = {"number": row.number, "issuer": row.issuer, "date": signed, "title": row.title, "evidence": evidence}
    _log(actor, "instrument.add", row, on, **detail)
    return row


@transaction.atomic
def withdraw_instrument(
    actor: authority.Actor, row: RegisteredInstrument, *, reason: str, on: date
) -> RegisteredInstrument:
    """Rút văn bản thêm nhầm: it leaves the list; the row and the reason stay."""
    authority.require(actor, "instrument.add", row.unit_id, on=on)
    row = RegisteredInstrument.objects.select_for_update().get(pk=row.pk)
    if row.withdrawn_at is not None:
        raise InstrumentRefused("Văn bản này đã rút rồi.")
    if not reason.strip():
        raise InstrumentRefused("Ghi lý do rút văn bản.")
    row.withdrawn_at, row.withdrawn_reason = timezone.now(), reason.strip()[:500]
    row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    _log(actor, "instrument.withdraw", row, on, reason=row.withdrawn_reason)
    return row


def _acceptable(row: RegisteredInstrument, relations: Iterable[AddedRelation], on: date) -> None:
    for field in ("number", "kind", "issuer", "title", "source"):
        label, value = str(row._meta.get_field(field).verbose_name), getattr(row, field)
        longest = row._meta.get_field(field).max_length or 0
        if not value:
            raise InstrumentRefused(f"Còn trống: {label}.")
        if len(value) > longest:
            raise InstrumentRefused(f"{label.capitalize()} dài quá {longest} chữ: viết gọn lại.")
    if row.evidence not in RegisteredInstrument.Evidence.values:
        raise InstrumentRefused("Chọn căn cứ: đã đọc chính văn bản, thấy dẫn ở văn bản khác, hay theo trí nhớ.")
    if row.date > on:
        raise InstrumentRefused("Ngày ký ở sau hôm nay: văn bản chưa ký thì chưa thêm được.")
    if row.effective_from and row.effective_to and row.effective_to <= row.effective_from:
        raise InstrumentRefused("Ngày hết hiệu lực phải sau ngày có hiệu lực.")
    for one in relations:
        if one.kind not in InstrumentRelation.Kind.values or not one.number.strip():
            raise InstrumentRefused("Mỗi quan hệ cần loại (sửa đổi, thay thế, bãi bỏ) và số của văn bản kia.")
        if fold(one.number).replace(" ", "") == fold(row.number).replace(" ", ""):
            raise InstrumentRefused("Một văn bản không sửa đổi, thay thế hay bãi bỏ chính nó.")
    if shipped.catalogue().get(row.number, row.issuer, row.date) is not None:
        raise InstrumentRefused(f"Văn bản {row.number} của {row.issuer} đã có trong danh mục đi kèm phần mềm.")
    if RegisteredInstrument.objects.filter(key=row.key, withdrawn_at=None).exists():
        raise InstrumentRefused(f"Văn bản {row.number} của {row.issuer} cùng ngày ký đã có người thêm.")


def _instrument(row: RegisteredInstrument) -> Instrument:
    """A row as the domain knows an instrument."""
    evidence, verified = _EVIDENCE[RegisteredInstrument.Evidence(row.evidence)]
    return Instrument(
        number=row.number,
        kind=row.kind,
        issuer=row.issuer,
        date=row.date,
        title=row.title,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        relations=tuple(
            Relation(RelationKind(one.kind), one.number, one.locator or None, verified) for one in row.relations.all()
        ),
        cited_by=(),
        evidence=evidence,
        source=row.source,
        verified=verified,
        note=row.note or None,
    )


def _affected(target: Instrument, by: Instrument, relation: Relation) -> Instrument:
    """What an added instrument did to another: the reverse relation, and the end of its force when all of it ended."""
    note = f"theo {by.number} do cơ quan thêm vào danh mục"
    back = Relation(_REVERSE[relation.kind], by.number, relation.locator, relation.verified, note)
    changed = replace(target, relations=(*target.relations, back))
    ends = relation.kind is not RelationKind.AMENDS and relation.locator is None
    if ends and by.effective_from and target.effective_to is None and _after(by.effective_from, target.effective_from):
        changed = replace(changed, effective_to=by.effective_from, effective_to_note=note)
    return changed


def _after(day: date, start: date | None) -> bool:
    return start is None or day > start


def _searched(one: Instrument) -> str:
    return fold(f"{one.number} {one.title} {one.issuer} {one.kind}")


def _key(number: str, issuer: str, signed: date | None) -> str:
    return f"{fold(number).replace(' ', '')}|{fold(issuer)}|{signed.isoformat() if signed else ''}"


def _line(text: str) -> str:
    return nfc(" ".join(text.split()))


def _log(actor: authority.Actor, verb: str, row: RegisteredInstrument, on: date, **detail: object) -> None:
    record(
        actor=actor.stamp(),
        verb=verb,
        subject=row,
        unit_id=row.unit_id,
        on=on,
        detail={"instrument": f"{row.number} ({row.issuer})", **detail},
    )
