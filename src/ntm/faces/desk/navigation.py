"""Các phòng: the rooms a person walks, in their order, with the letter that `g` then goes to.

A room shows in the navigation once its address exists, to the offices that have something to do there; nothing need be
changed here when one is built. Rooms of one kind of work stand under one head, so that the row keeps room to spare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from ntm.faces.desk import access, day
from ntm.records.people.authority import Actor
from ntm.records.people.authority_table import Scope, table


@dataclass(frozen=True)
class Room:
    """Phòng: one entry of the navigation."""

    key: str
    label: str
    url_name: str
    letter: str
    about: str
    needs: tuple[str, ...] = ()  # shown to roles that may do one of these somewhere; empty: to everybody
    group: str = ""  # the head under which it stands with its neighbours; empty: by itself


STANDING, FIGURES = _("Hiện trạng"), _("Số liệu")

ROOMS = (
    Room("home", _("Bàn làm việc"), "desk:home", "b", _("Việc đang chờ tôi, theo hạn; những gì vừa thay đổi")),
    Room("units", _("Địa bàn"), "desk:units", "d", _("Cả nước, tỉnh, xã, thôn: danh hiệu và tiêu chí của từng nơi")),
    Room(
        "matrix",
        _("Bảng tiêu chí"),
        "desk:matrix",
        "t",
        _("Xã và tiêu chí trên một bảng; so sánh hai ngày"),
        group=STANDING,
    ),
    Room(
        "rollup",
        _("Tổng hợp"),
        "desk:rollup",
        "h",
        _("Số đơn vị đạt chuẩn, số tiêu chí bình quân, theo ngày"),
        group=STANDING,
    ),
    Room(
        "entry",
        _("Nhập số liệu"),
        "desk:entries",
        "n",
        _("Nhập từng chỉ tiêu, đính kèm minh chứng, gửi thẩm tra"),
        ("observation.record",),
        FIGURES,
    ),
    Room(
        "verify",
        _("Thẩm tra"),
        "desk:verify",
        "x",
        _("Số liệu chờ xem: nhận hoặc trả lại"),
        ("observation.verify", "observation.appraise"),
        FIGURES,
    ),
    Room(
        "campaigns",
        _("Rà soát"),
        "desk:campaigns",
        "r",
        _("Đợt rà soát hiện trạng: ai đã gửi, ai chưa bắt đầu"),
        group=FIGURES,
    ),
    Room(
        "workbooks",
        _("Bảng tính"),
        "desk:workbooks",
        "e",
        _("Tải bảng Excel, nhập ngoài mạng, nộp lại"),
        group=FIGURES,
    ),
    Room(
        "registers",
        _("Sổ theo dõi"),
        "desk:registers",
        "s",
        _("Tập huấn, truyền thông, thi đua, OCOP, hợp tác xã, mô hình sản xuất"),
        ("register.read",),
        FIGURES,
    ),
    Room(
        "reading",
        _("Văn bản"),
        "desk:reading",
        "v",
        _("Đọc kế hoạch, kiểm tra số liệu trong văn bản"),
        ("document.read",),
    ),
    Room("plans", _("Kế hoạch"), "desk:plans", "k", _("Lập kế hoạch năm, phân bổ chỉ tiêu, theo dõi")),
    Room("tasks", _("Nhiệm vụ"), "desk:tasks", "u", _("Nhiệm vụ của cơ quan tôi, lịch, cuộc họp")),
    Room("funding", _("Nguồn lực"), "desk:funding", "l", _("Nguồn vốn, công trình, nợ đọng")),
    Room("recognition", _("Công nhận"), "desk:recognition", "c", _("Đăng ký, hồ sơ, hội đồng, quyết định")),
    Room("reports", _("Báo cáo"), "desk:reports", "o", _("Báo cáo đến hạn, đã gửi, chậm")),
    Room(
        "administration", _("Quản trị"), "desk:administration", "q", _("Đơn vị, bộ tiêu chí, cơ quan, quyền, nhật ký")
    ),
)


@dataclass(frozen=True)
class Door:
    """A room that exists, with its address carrying the asked day."""

    room: Room
    url: str
    here: bool


@dataclass(frozen=True)
class Row:
    """Một chỗ trên thanh các phòng: a door by itself, or several under one head."""

    label: str
    doors: tuple[Door, ...]
    here: bool

    @property
    def alone(self) -> bool:
        return len(self.doors) == 1


def rows(doors: Sequence[Door]) -> list[Row]:
    """The doors as the head of a page shows them: neighbours of one group together, a group of one as its door."""
    found = []
    for _key, some in groupby(doors, lambda door: door.room.group or door.room.key):
        kept = tuple(some)
        label = kept[0].room.group if len(kept) > 1 else kept[0].room.label
        found.append(Row(label, kept, any(door.here for door in kept)))
    return found


def _works_there(who: Actor, room: Room) -> bool:
    """Has the role anything to do in the room, wherever? Where exactly, the room's services say."""
    return not room.needs or any(table()[who.role, action].scope is not Scope.NONE for action in room.needs)


def doors(request: HttpRequest, here: str | None = None) -> list[Door]:
    """The rooms that exist today in this installation; `here` is the room of the present page."""
    carried = day.asked(request).query
    found = []
    who = access.actor_or_none(request)
    for room in ROOMS:
        if who is not None and room.key != here and not _works_there(who, room):
            continue
        try:
            url = reverse(room.url_name)
        except NoReverseMatch:
            continue
        found.append(Door(room, url + carried, room.key == here))
    return found
