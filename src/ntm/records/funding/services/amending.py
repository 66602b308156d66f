"""Sửa hồ sơ công trình: what describes it, its total cost and its capital; what stood before is kept with the reason.

State, share done, accepted volume and money are not described but happen: they come from their own entries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ntm.domain.official.dates import write_date
from ntm.records.audit import services as audit
from ntm.records.funding import rules, works_rules
from ntm.records.funding.models import Works, WorksAmendment, WorksFund, WorksNote, WorksState, WorksUpload
from ntm.records.funding.queries import works_sums
from ntm.records.funding.refusals import Refused
from ntm.records.funding.services.building import NewWorks, fund_rows
from ntm.records.funding.workbook import columns
from ntm.records.funding.workbook.present import Present, fund_field, present, said
from ntm.records.people.authority import Actor
from ntm.records.units import queries as units

__all__ = ["AMENDABLE", "Amendment", "amend_works", "described", "refuse_wrong_amendment", "write"]

Fund = tuple[str, str, int]
AMENDABLE = (
    "name", "village_id", "set_code", "criterion_no", "indicator_code", "decision", "decision_on", "in_public_plan",
    "execution", "contractor", "total_cost", "start_planned", "end_planned", "latitude", "longitude",
)  # fmt: skip
_IN_ONE = 500  # rows in one statement


@dataclass(frozen=True, slots=True)
class Amendment:
    """Một công trình sẽ sửa: the works, what becomes of its fields, and its new capital (None: as it is)."""

    works: Works
    now: Present
    changes: Mapping[str, Any]
    funds: tuple[Fund, ...] | None = None
    village: str = ""  # the name of the village that it comes to

    def told(self) -> list[list[str]]:
        """Cột, trước, sau: in words, as people read them and as they are kept."""
        lines = []
        for name, value in self.changes.items():
            column = columns.of_field(name)
            after = self.village if name == "village_id" else said(column.kind, value)
            lines.append([column.head, self.now.words.get(name, ""), after])
        if self.funds is not None:
            after_of = {(source, kind): amount for source, kind, amount in self.funds}
            for key in dict.fromkeys([*self.now.funds, *after_of]):
                after = columns.said("money", after_of.get(key))
                if (before := self.now.words.get(fund_field(key), "")) != after:
                    lines.append([columns.fund_head(key), before, after])
        return lines


@transaction.atomic
def amend_works(
    actor: Actor,
    works_id: int,
    *,
    changes: Mapping[str, Any],
    reason: str,
    on: date,
    funds: Sequence[Fund] | None = None,
    seen: str = "",
) -> WorksAmendment:
    """Sửa hồ sơ một công trình; the office must have charge of the criterion that it served and of the one it comes to.
    `seen`: the mark of what was shown; refused where somebody has changed it since."""
    works = Works.objects.select_for_update().filter(pk=works_id).first()
    if works is None:
        raise Refused("Không tìm thấy công trình này.")
    if strange := set(changes) - set(AMENDABLE):
        raise ValueError(f"not to be amended: {sorted(strange)}")
    actor.require("works.manage", works.unit_id, on=on, criterion=rules.charge(works.set_code, works.criterion_no))
    now = present([works], on)[works.pk]
    if seen and seen != now.mark:
        raise Refused(f"Hồ sơ công trình {works.code} vừa được người khác sửa: mở lại trang, xem số mới rồi sửa tiếp.")
    made = {name: _trimmed(value) for name, value in changes.items() if _trimmed(value) != getattr(works, name)}
    after = described(works, made)
    actor.require("works.manage", works.unit_id, on=on, criterion=rules.charge(after.set_code, after.criterion_no))
    village = made.get("village_id")
    if village is not None and works.unit_id not in units.ancestor_ids(village, on):
        raise Refused("Thôn này không thuộc đơn vị quản lý công trình.", "village_id")
    capital = tuple(funds) if funds is not None and _sums(funds) != dict(now.funds) else None
    title = units.label(village, on).title if village is not None else ""
    one = Amendment(works, now, made, capital, title[:1].upper() + title[1:])
    works_rules.refuse_wrong_values(after, works.decision_on or works.on, made.keys())
    refuse_wrong_amendment(one, works_sums.moved(works.pk), on)
    (written,) = write(actor, [one], reason=reason, on=on)
    what = "; ".join(f"{head}: {before or 'trống'} → {now or 'trống'}" for head, before, now in one.told())
    detail = {"code": works.code, "what": what[:1000], "reason": written.reason}
    audit.record(actor=actor.stamp(), verb="works.amend", subject=written, unit_id=works.unit_id, on=on, detail=detail)
    return written


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _sums(funds: Sequence[Fund]) -> dict[tuple[str, str], int]:
    return {(source, kind): amount for source, kind, amount in funds}


def described(works: Works, changes: Mapping[str, Any]) -> NewWorks:
    """Công trình như sau khi sửa, for the rules of new works."""
    values = {name: getattr(works, name) for name in AMENDABLE}
    return NewWorks(works.unit_id, works.code, **{**values, **changes})


def refuse_wrong_amendment(one: Amendment, moved: tuple[int, int], on: date) -> None:
    """Không sửa được: a day before the works, an approval taken away, a cost below what was accepted or paid, capital
    that no longer adds up. `moved`: accepted and paid so far."""
    works, after = one.works, described(one.works, one.changes)
    if not one.changes and one.funds is None:
        raise Refused(f"Hồ sơ công trình {works.code} không có gì thay đổi.")
    if on < works.on:
        raise Refused(f"Công trình {works.code} ghi ngày {write_date(works.on)}: sửa từ ngày đó trở đi.")
    if "decision" in one.changes and not after.decision and works.state != WorksState.PLANNED:
        raise Refused("Công trình đã phê duyệt phải có quyết định: thay bằng số đúng, không bỏ trống.", "decision")
    if "total_cost" in one.changes:
        works_rules.refuse_low_cost(works.code, after.total_cost, *moved)
    if one.funds is not None:
        works_rules.refuse_wrong_funds(one.funds, after.total_cost, on.year)
    elif "total_cost" in one.changes and one.now.funds and sum(one.now.funds.values()) != after.total_cost:
        raise Refused(
            "Tổng mức đổi thì cơ cấu vốn phải đổi theo: ghi lại các nguồn cho cộng bằng tổng mức mới.", "funds"
        )


def write(
    actor: Actor, several: Sequence[Amendment], *, reason: str, on: date, upload: WorksUpload | None = None
) -> list[WorksAmendment]:
    """Ghi các lần sửa, all at once; the rules have been asked. A decision that comes approves what was only planned."""
    if not reason.strip():
        raise Refused("Ghi lý do sửa hồ sơ công trình, ví dụ số quyết định điều chỉnh.", "reason")
    if len(reason.strip()) > 1000:
        raise Refused("Lý do sửa dài quá 1000 chữ: rút gọn lại.", "reason")
    signed = rules.signature(actor)
    kept = [
        WorksAmendment(works=one.works, upload=upload, on=on, reason=reason.strip(), changes=one.told(), **signed)
        for one in several
    ]
    notes = []
    for one in several:
        for name, value in one.changes.items():
            setattr(one.works, name, value)
        one.works.key = works_rules.search_key(one.works.code, one.works.name)
        if one.works.state == WorksState.PLANNED and one.works.decision:
            one.works.state = WorksState.APPROVED
            notes.append(_approved(one.works, on, signed))
    touched = sorted({"key", "state"}.union(*(one.changes for one in several)))
    Works.objects.bulk_update([one.works for one in several], touched, batch_size=_IN_ONE // 10)
    WorksNote.objects.bulk_create(notes, batch_size=_IN_ONE)
    _replace_funds([one for one in several if one.funds is not None])
    return WorksAmendment.objects.bulk_create(kept, batch_size=_IN_ONE)


def _approved(works: Works, on: date, signed: Mapping[str, Any]) -> WorksNote:
    text = f"Ghi quyết định phê duyệt {works.decision}."
    return WorksNote(works=works, on=on, state=works.state, percent=works.percent, text=text, **signed)


def _replace_funds(several: Sequence[Amendment]) -> None:
    ids = [one.works.pk for one in several]
    for first in range(0, len(ids), _IN_ONE):
        some = WorksFund.objects.filter(works_id__in=ids[first : first + _IN_ONE], replaced_at__isnull=True)
        some.update(replaced_at=timezone.now())
    rows = [row for one in several for row in fund_rows(one.works, one.funds or ())]
    WorksFund.objects.bulk_create(rows, batch_size=_IN_ONE)
