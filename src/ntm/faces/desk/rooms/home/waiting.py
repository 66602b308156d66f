"""Việc chờ tôi: what the queries find, as lines with an address and a due day, the nearest first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from ntm.domain.official.dates import write_date
from ntm.records.people import authority
from ntm.records.people.authority import Actor
from ntm.records.standing.models import CampaignUnit
from ntm.records.standing.queries import campaigns, verification, waiting
from ntm.records.units import queries as units


@dataclass(frozen=True)
class Task:
    """Một việc: what it is, where to do it, until when; `days` is what is left, negative when it is late."""

    title: str
    url: str
    detail: str = ""
    due: date | None = None
    days: int | None = None
    since: datetime | None = None
    lines: tuple[str, ...] = field(default=())
    urgent: bool = False

    @property
    def order(self) -> tuple[object, ...]:
        return (not self.urgent, self.due is None, self.due or date.max)


def tasks(who: Actor, on: date, query: str) -> list[Task]:
    """Mọi việc chờ chức danh này."""
    found = [*_campaigns(who, on), *_typing(who, on), *_queues(who, on, query)]
    return sorted(found, key=lambda task: task.order)


def _entry(unit_id: int, set_code: str, as_of: date) -> str:
    return f"{reverse('desk:entry', args=(unit_id, set_code))}?ngay={as_of.isoformat()}"


def _campaigns(who: Actor, on: date) -> list[Task]:
    """Reviews that ask this unit and have not got its figures."""
    if not authority.allows_some(who, "observation.record", who.unit_id, on=on):
        return []
    made = []
    for row in campaigns.waiting_for(who.unit_id, on):
        if row.sent_at is not None:
            continue
        one = row.campaign
        begun = _begun(row)
        made.append(
            Task(
                title=gettext("Nhập và gửi số liệu: %(title)s") % {"title": one.title},
                url=_entry(row.unit_id, one.set.code, one.as_of),
                detail=gettext("số liệu đến %(day)s · %(begun)s · %(office)s mở")
                % {"day": write_date(one.as_of), "begun": begun, "office": one.office},
                due=one.due,
                days=(one.due - on).days,
            )
        )
    return made


def _begun(row: CampaignUnit) -> str:
    """How far the unit has come with a review."""
    if row.sent_items:
        asked = campaigns.asked_of(row.campaign)
        return gettext("đã gửi %(n)s/%(all)s nội dung") % {"n": row.sent_items, "all": asked}
    return gettext("đang nhập") if row.first_typed_at else gettext("chưa bắt đầu")


def _typing(who: Actor, on: date) -> list[Task]:
    """Figures given back, with their reasons, and drafts that were not sent."""
    returned, drafts = waiting.returned_for(who, on), waiting.drafts_for(who, on)
    if not returned and not drafts:
        return []
    labels = units.labels({one.unit_id for one in (*returned, *drafts)}, on)
    reasons: dict[tuple[int, str, date], list[str]] = defaultdict(list)
    for row in waiting.returns_for(who, on) if returned else ():
        it = row.observation
        reasons[it.unit_id, it.set.code, it.as_of].append(f"{it.code}: {row.reason}")
    made = [
        Task(
            title=ngettext(
                "Sửa %(n)s chỉ tiêu bị trả lại · %(unit)s", "Sửa %(n)s chỉ tiêu bị trả lại · %(unit)s", one.count
            )
            % {"n": one.count, "unit": labels[one.unit_id].title},
            url=_entry(one.unit_id, one.set_code, one.as_of),
            detail=f"{one.set_name} · {write_date(one.as_of)}",
            lines=tuple(reasons[one.unit_id, one.set_code, one.as_of]),
            urgent=True,
        )
        for one in returned
    ]
    return made + [
        Task(
            title=ngettext(
                "Gửi %(n)s chỉ tiêu đang nháp · %(unit)s", "Gửi %(n)s chỉ tiêu đang nháp · %(unit)s", one.count
            )
            % {"n": one.count, "unit": labels[one.unit_id].title},
            url=_entry(one.unit_id, one.set_code, one.as_of),
            detail=gettext("%(set)s · số liệu đến %(day)s") % {"set": one.set_name, "day": write_date(one.as_of)},
            since=one.last,
        )
        for one in drafts
    ]


def _queues(who: Actor, on: date, query: str) -> list[Task]:
    """Figures to verify and to appraise, a line a submission."""
    made = []
    works = (
        ("tham-tra", verification.VERIFY, gettext("Thẩm tra")),
        ("tham-dinh", verification.APPRAISE, gettext("Thẩm định")),
    )
    for word, action, name in works:
        area = authority.reach(who, action, on=on)
        if not area.everywhere and not area.unit_ids:
            continue
        for one in verification.groups(who, on, action):
            address = reverse("desk:verify_group", args=(one.unit.id, one.set_code, one.as_of.isoformat()))
            made.append(
                Task(
                    title=gettext("%(work)s %(n)s chỉ tiêu · %(unit)s")
                    % {"work": name, "n": one.count, "unit": one.unit.title},
                    url=f"{address}{query}{'&' if query else '?'}viec={word}",
                    detail=gettext("%(set)s · số liệu đến %(day)s")
                    % {"set": one.set_name, "day": write_date(one.as_of)},
                    since=one.since,
                )
            )
    return made
