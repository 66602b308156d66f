"""Một ô tìm cho cả bàn làm việc: units, criteria sets and indicators, instruments, pages; grouped, the surest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from ntm.domain.official.text import fold
from ntm.faces.desk import navigation
from ntm.faces.desk.rooms.administration.acting import carried, link, tabs
from ntm.faces.desk.rooms.law import words as law
from ntm.records.archive import instruments
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.queries.listed_sets import find_indicators
from ntm.records.units import queries as units

__all__ = ["Found", "Group", "find"]

_EACH = 12


@dataclass(frozen=True)
class Found:
    """Một kết quả."""

    title: str
    under: str
    url: str | None


@dataclass(frozen=True)
class Group:
    """Một loại kết quả."""

    name: str
    found: tuple[Found, ...]
    more: str | None = None  # where all of them are


def find(request: HttpRequest, asked: str, on: date) -> tuple[Group, ...]:
    """Mọi thứ khớp với chữ đã gõ; groups that found nothing are left out."""
    query = carried(request)
    groups = (
        Group(gettext("Đơn vị"), _units(asked, on, query)),
        Group(gettext("Bộ tiêu chí"), _sets(asked, query)),
        Group(gettext("Chỉ tiêu"), _indicators(asked, on, query)),
        _instruments(asked, on, query),
        Group(gettext("Trang của phần mềm"), _pages(request, asked)),
    )
    return tuple(group for group in groups if group.found)


def _units(asked: str, on: date, query: str) -> tuple[Found, ...]:
    found = units.find(asked, on, limit=_EACH) or units.starting(asked, on, limit=_EACH)
    return tuple(
        Found(
            one.title,
            ", ".join(part for part in (*(upper.title for upper in one.ancestors), one.code) if part),
            link("desk:unit", query, unit_id=one.id),
        )
        for one in found
    )


def _sets(asked: str, query: str) -> tuple[Found, ...]:
    wanted = fold(asked).split()
    rows = RegisteredSet.objects.filter(current=True).order_by("-start", "code")
    kept = [row for row in rows if all(word in fold(f"{row.code} {row.name}") for word in wanted)]
    return tuple(Found(row.name, row.code, reverse("desk:set", args=[row.code]) + query) for row in kept[:_EACH])


def _indicators(asked: str, on: date, query: str) -> tuple[Found, ...]:
    return tuple(
        Found(
            f"{one.code} {one.text}",
            f"{one.row.name} · {law.FORCE[one.force]}",
            reverse("desk:set_indicator", args=[one.row.code, one.code]) + query,
        )
        for one in find_indicators(asked, on, _EACH)
    )


def _instruments(asked: str, on: date, query: str) -> Group:
    found = instruments.listing().search(asked, on=on)
    shown = tuple(
        Found(
            f"{one.instrument.kind} {one.instrument.number}",
            f"{one.instrument.title} · {one.judge(on).reason}",
            reverse("desk:instrument", args=[one.id]) + query,
        )
        for one in found[:_EACH]
    )
    return Group(gettext("Văn bản pháp lý"), shown, reverse("desk:instruments") if len(found) > _EACH else None)


def _pages(request: HttpRequest, asked: str) -> tuple[Found, ...]:
    wanted = fold(asked).split()
    known = [Found(str(door.room.label), str(door.room.about), door.url) for door in navigation.doors(request)]
    known += [Found(tab.label, gettext("Quản trị"), tab.url) for tab in tabs(request, "")]
    known += [
        Found(gettext("So sánh hai bộ tiêu chí"), gettext("Bộ tiêu chí"), reverse("desk:set-diff")),
        Found(gettext("Xác thực hai bước"), gettext("Tài khoản"), reverse("mfa_index")),
        Found(gettext("Đổi mật khẩu"), gettext("Tài khoản"), reverse("account_change_password")),
    ]
    return tuple(one for one in known if all(word in fold(f"{one.title} {one.under}") for word in wanted))
