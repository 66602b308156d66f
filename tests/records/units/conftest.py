"""The small district, the offices, and the real lists of three groups of provinces, loaded once a module."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from units_world import Office, World, small_world

from ntm.records.units import services
from ntm.records.units.services import SystemActor


@pytest.fixture
def world(db: None) -> World:
    return small_world()


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def stranger() -> Office:
    return Office(units=set())


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[services.Loaded]:
    """Lạng Sơn, Bắc Giang with Bắc Ninh, Hải Dương with Hải Phòng; gone after the module."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        yield services.load_gazetteer(SystemActor("kiểm thử"), on=date(2026, 11, 1), provinces=["20", "24", "30"])
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
