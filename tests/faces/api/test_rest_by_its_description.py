"""The interface against its own description: whatever is asked, the answer is of a described shape and never a crash."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings

from ntm.faces.api.management.commands.export_openapi import described
from ntm.records.people.services import issue_token
from ntm.site.wsgi import application
from standing_world import build

schema = schemathesis.openapi.from_dict(json.loads(described()))
schema.app = application


@pytest.fixture
def token(area: Any, holder: Any) -> str:
    world = build(area, holder)
    today = timezone.localdate()
    made = issue_token(world.actor["province"], name="kiểm thử", expires=today + timedelta(days=3), on=today)
    return made.secret


@pytest.fixture(autouse=True)
def _the_connection_of_the_test_stays_open() -> Iterator[None]:
    """The server's own handler closes old connections around a request; inside a test's transaction it must not."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=8,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_every_address_answers_in_a_described_way(case: Any, token: str) -> None:
    case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}
    answer = case.call()
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400 and answer.status_code != 405:
        assert answer.json()["sentence"], answer.text
