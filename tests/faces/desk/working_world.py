"""Thế giới của các phòng làm việc: the small world of the standing room, with people signed in at the desk."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from ntm.records.people.authority import Actor
from ntm.records.people.models import User
from ntm.records.standing import services
from ntm.records.standing.models import Observation
from ntm.records.standing.models.observations import State
from standing_world import DAY, HAI_DUONG, World, build

__all__ = [
    "BACKEND",
    "DAY",
    "HAI_DUONG",
    "PDF",
    "PNG",
    "QUERY",
    "campaign_of",
    "client_of",
    "sent",
    "sheet_url",
    "typed",
    "user_of",
    "world",
]

QUERY = "?ngay=2022-12-31"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = b"\x89PNG\r\n\x1a\n" + b"".join(  # a white picture of 40 x 30 points
    (
        _chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 30, 8, 0, 0, 0, 0)),
        _chunk(b"IDAT", zlib.compress(b"".join(b"\0" + b"\xff" * 40 for _ in range(30)))),
        _chunk(b"IEND", b""),
    )
)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@pytest.fixture
def world(area: Any, holder: Callable[..., Actor]) -> World:
    """Thạch Lỗi, its offices and strangers."""
    return build(area, holder)


def user_of(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id)


@pytest.fixture
def client_of(db: None) -> Callable[[Actor], Client]:
    """A browser without scripts, signed in as that office."""

    def make(actor: Actor) -> Client:
        client = Client()
        client.force_login(user_of(actor), backend=BACKEND)
        return client

    return make


def sheet_url(world: World, rest: str = "", query: str = QUERY) -> str:
    return f"/nhap-so-lieu/{world.unit['thach_loi']}/{HAI_DUONG}/{rest}{query}"


def typed(world: World, code: str, text: str, note: str = "", on: date = DAY) -> Observation:
    """A draft of the commune's officer."""
    return services.record(
        world.actor["officer"],
        unit_id=world.unit["thach_loi"],
        set_code=HAI_DUONG,
        code=code,
        as_of=on,
        typed=text,
        note=note,
    )


def sent(world: World, code: str = "10", text: str = "59,58", note: str = "Báo cáo của xã") -> Observation:
    """The same, sent."""
    draft = typed(world, code, text, note)
    services.send(world.actor["officer"], unit_id=world.unit["thach_loi"], set_code=HAI_DUONG, as_of=DAY, codes=[code])
    draft.refresh_from_db()
    assert draft.state == State.SENT
    return draft


def campaign_of(world: World, due: date = date(2023, 1, 15)) -> Any:
    """A review opened by the district."""
    return services.open_campaign(
        world.actor["district"],
        title="Rà soát cuối năm 2022",
        unit_id=world.unit["cam_giang"],
        set_code=HAI_DUONG,
        as_of=DAY,
        due=due,
        on=DAY,
    )
