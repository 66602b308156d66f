"""Việc chờ tôi: what the queries find, as lines with an address and a due day, the nearest first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from ntm.domain.official.dates import write_date
from ntm.records.people import authority
from ntm.records.people.authority import Actor
from ntm.records.standing.models import CampaignUnit
from ntm.records.standing.queries import campaigns, verification, waiting
from ntm.records.standing.queries.verification import WaitingGroup
from ntm.records.units import queries as units

MOST_APART = 6  # submissions told one by one; more are gathered by set and district


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
    """Figures to verify and to appraise: a line a submission; where there are many, a line a set and district."""
    made = []
    works = (
        ("tham-tra", verification.VERIFY, gettext("Thẩm tra")),
        ("tham-dinh", verification.APPRAISE, gettext("Thẩm định")),
    )
    for word, action, name in works:
        area = authority.reach(who, action, on=on)
        if not area.everywhere and not area.unit_ids:
            continue
        found = verification.groups(who, on, action)
        if len(found) > MOST_APART:
            made += _gathered(who, on, found, word, name, query)
        else:
            made += [_single(one, on, word, name, query) for one in found]
    return made


def _single(one: WaitingGroup, on: date, word: str, name: str, query: str) -> Task:
    address = reverse("desk:verify_group", args=(one.unit.id, one.set_code, one.as_of.isoformat()))
    return Task(
        title=gettext("%(work)s %(n)s chỉ tiêu · %(unit)s") % {"work": name, "n": one.count, "unit": one.unit.title},
        url=f"{address}{query}{'&' if query else '?'}viec={word}",
        detail=gettext("%(set)s · số liệu đến %(day)s") % {"set": one.set_name, "day": write_date(one.as_of)},
        due=one.due,
        days=(one.due - on).days if one.due else None,
        since=one.since,
    )


def _gathered(who: Actor, on: date, found: list[WaitingGroup], word: str, name: str, query: str) -> list[Task]:
    """Gom theo bộ tiêu chí và huyện; each opens the queue with only its rows."""
    groups: dict[tuple[str, int], list[WaitingGroup]] = defaultdict(list)
    places: dict[int, str] = {0: gettext("cả địa bàn")}
    for one in found:
        place = verification.place_of(one, who)
        if place is not None:
            places[place.id] = place.title
        groups[one.set_code, place.id if place else 0].append(one)
    made = []
    for (set_code, place_id), rows in groups.items():
        chosen = {"viec": word, "bo": set_code} | ({"don-vi": place_id} if place_id else {})
        due = min((one.due for one in rows if one.due), default=None)
        said = {
            "work": name,
            "n": sum(one.count for one in rows),
            "units": len({one.unit.id for one in rows}),
            "place": places[place_id],
        }
        made.append(
            Task(
                title=gettext("%(work)s %(n)s chỉ tiêu của %(units)s đơn vị · %(place)s") % said,
                url=f"{reverse('desk:verify')}{query}{'&' if query else '?'}{urlencode(chosen)}",
                detail=gettext("%(set)s · chờ lâu nhất từ") % {"set": rows[0].set_name},
                due=due,
                days=(due - on).days if due else None,
                since=min(one.since for one in rows),
            )
        )
    return made
