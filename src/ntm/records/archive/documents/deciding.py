"""Quyết định: accept, correct or leave out items; answer findings; confirm for planning."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ntm.records.archive.documents import access, corrections
from ntm.records.archive.documents.items import criteria_of
from ntm.records.archive.documents.refusals import DocumentRefused
from ntm.records.archive.documents.shape import label_of
from ntm.records.archive.models import (
    Answer,
    ConfirmedItem,
    Decision,
    FindingAnswer,
    ItemDecision,
    OfficialDocument,
    ReadItem,
)
from ntm.records.people import authority


@transaction.atomic
def decide_items(
    actor: authority.Actor, document: OfficialDocument, item_ids: Collection[int], decision: str, *, on: date
) -> list[ReadItem]:
    """Nhận hoặc bỏ một hay nhiều mục; gives the items that changed. "" takes the decision back."""
    if decision not in (Decision.ACCEPTED, Decision.REJECTED, ""):
        raise DocumentRefused(_("Chọn nhận hoặc bỏ."))
    found = _items(actor, document, item_ids, on)
    held = _decisions(found)
    changed = [item for item in found if (held[item.pk].decision if item.pk in held else "") != decision]
    if decision == Decision.ACCEPTED:  # taking a corrected item as it stands leaves the correction
        changed = [item for item in changed if item.pk not in held or held[item.pk].decision != Decision.CORRECTED]
    _replace(actor, changed, [(item, decision, None) for item in changed if decision], on)
    if changed:
        _log_decision(actor, document, on, len(changed), str(Decision(decision).label) if decision else _("để lại"))
    return changed


@transaction.atomic
def correct_item(
    actor: authority.Actor, document: OfficialDocument, item_id: int, typed: Mapping[str, str], *, on: date
) -> ReadItem:
    """Sửa một mục: only what differs from the reading is kept; without a difference the item is taken as read."""
    item = _items(actor, document, [item_id], on)[0]
    value = corrections.corrected(item, typed)
    _criteria_allowed(actor, item, value, on)
    decision = Decision.CORRECTED if value else Decision.ACCEPTED
    held = _decisions([item]).get(item.pk)
    if held is None or (held.decision, held.value) != (decision, value or None):
        _replace(actor, [item], [(item, decision, value or None)], on)
        _log_decision(actor, document, on, 1, str(decision.label), item=item.key, value=value)
    return item


@transaction.atomic
def confirm(actor: authority.Actor, document: OfficialDocument, *, on: date) -> tuple[int, int]:
    """Xác nhận: accepted and corrected items in one's charge go on to planning; (newly confirmed, withdrawn)."""
    document = access.opened(actor, document, on)
    decided = ItemDecision.objects.filter(item__reading_id=document.current_id, replaced_at=None).select_related("item")
    allowed = access.decider(actor, document, on=on)
    mine = [one for one in decided if allowed(one.item.criteria)]
    standing = {one.item_id: one for one in ConfirmedItem.objects.filter(document=document, withdrawn_at=None)}
    wanted = {one.item_id: one for one in mine if one.decision != Decision.REJECTED}
    free = ReadItem.objects.filter(pk__in=set(standing) - {one.item_id for one in decided})
    undecided = {item.pk for item in free if allowed(item.criteria)}  # whose decision was taken back
    gone = [pk for pk in standing if pk in undecided or (pk in {one.item_id for one in mine} and pk not in wanted)]
    changed = [one for pk, one in wanted.items() if pk not in standing or standing[pk].value != _value(one)]
    now = timezone.now()
    ended = [standing[pk].pk for pk in gone] + [standing[one.item_id].pk for one in changed if one.item_id in standing]
    ConfirmedItem.objects.filter(pk__in=ended).update(withdrawn_at=now)
    ConfirmedItem.objects.bulk_create([_confirmed(actor, document, one, on) for one in changed], batch_size=300)
    if changed or gone:
        access.log(
            actor,
            "document.confirm",
            document,
            on,
            count=len(changed),
            withdrawn=len(gone),
            digest=document.current.digest,
        )  # type: ignore[union-attr]
    return len(changed), len(gone)


def _value(one: ItemDecision) -> dict[str, Any]:
    return corrections.current(one.item, one.value)


def _confirmed(actor: authority.Actor, document: OfficialDocument, one: ItemDecision, on: date) -> ConfirmedItem:
    value = _value(one)
    return ConfirmedItem(
        item=one.item,
        document=document,
        unit_id=document.unit_id,
        section=one.item.section,
        label=(label_of(one.item.section, value) or one.item.label)[:1000],
        value=value,
        criteria=list(criteria_of(value)),
        set_code=document.current.set_code,  # type: ignore[union-attr]
        corrected=one.decision == Decision.CORRECTED,
        lines=one.item.lines,
        page=one.item.page,
        by_id=actor.user_id,
        office=actor.office_label,
        on=on,
        at=timezone.now(),
    )


@transaction.atomic
def answer_finding(
    actor: authority.Actor, document: OfficialDocument, number: int, answer: str, text: str, *, on: date
) -> FindingAnswer | None:
    """Trả lời một phát hiện: mend, keep or ask, with an explanation; "" takes the answer back."""
    document = access.opened(actor, document, on)
    findings = document.current.findings  # type: ignore[union-attr]
    if not 0 <= number < len(findings):
        raise DocumentRefused(_("Không có phát hiện này trong bản đọc hiện tại: tải lại trang."))
    text = " ".join(text.split())[:1000]
    if answer and answer not in Answer.values:
        raise DocumentRefused(_("Chọn một cách trả lời."))
    if text and not answer:
        raise DocumentRefused(_("Chọn cách trả lời cho phần giải thích đã viết."))
    if answer == Answer.KEEP and not text:
        raise DocumentRefused(_("Giữ nguyên thì ghi lý do, để nơi soạn và người sau biết."))
    standing = FindingAnswer.objects.select_for_update().filter(
        reading_id=document.current_id, number=number, replaced_at=None
    )
    held = standing.first()
    if (held.answer, held.text) == (answer, text) if held else not answer:
        return held
    standing.update(replaced_at=timezone.now())
    made = None
    if answer:
        made = FindingAnswer.objects.create(
            reading_id=document.current_id,
            number=number,
            answer=answer,
            text=text,
            by_id=actor.user_id,
            office=actor.office_label,
            on=on,
            at=timezone.now(),
        )
    finding = findings[number]
    chosen = str(Answer(answer).label) if answer else _("bỏ câu trả lời")
    access.log(actor, "document.answer", document, on, finding=finding["message"][:300], answer=chosen, text=text)
    return made


def _items(
    actor: authority.Actor, document: OfficialDocument, item_ids: Collection[int], on: date
) -> Sequence[ReadItem]:
    document = access.opened(actor, document, on)
    found = list(ReadItem.objects.filter(reading_id=document.current_id, pk__in=item_ids))
    if not found or len(found) != len(set(item_ids)):
        raise DocumentRefused(
            _("Chưa chọn mục nào.") if not item_ids else _("Mục không còn trong bản đọc hiện tại: tải lại trang.")
        )
    allowed = access.decider(actor, document, on=on)
    for item in found:
        if not allowed(item.criteria):
            access.refuse(actor, document, item.criteria, on)
    return found


def _criteria_allowed(actor: authority.Actor, item: ReadItem, value: Mapping[str, Any], on: date) -> None:
    """A correction may not move an item to a criterion that is not in one's charge."""
    document = item.reading.document
    criteria = criteria_of(corrections.current(item, value))
    if not access.decider(actor, document, on=on)(criteria):
        access.refuse(actor, document, criteria, on)


def _decisions(found: Iterable[ReadItem]) -> dict[int, ItemDecision]:
    standing = ItemDecision.objects.select_for_update(of=("self",)).filter(item__in=list(found), replaced_at=None)
    return {one.item_id: one for one in standing}


def _replace(
    actor: authority.Actor, ended: Iterable[ReadItem], made: Iterable[tuple[ReadItem, str, Any]], on: date
) -> None:
    now = timezone.now()
    ItemDecision.objects.filter(item__in=list(ended), replaced_at=None).update(replaced_at=now)
    ItemDecision.objects.bulk_create(
        [
            ItemDecision(
                item=item, decision=decision, value=value, by_id=actor.user_id, office=actor.office_label, on=on, at=now
            )
            for item, decision, value in made
        ],
        batch_size=300,
    )


def _log_decision(
    actor: authority.Actor, document: OfficialDocument, on: date, count: int, decision: str, **more: Any
) -> None:
    access.log(actor, "document.decide", document, on, count=count, decision=decision, **more)
