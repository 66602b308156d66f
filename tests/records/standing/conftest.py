"""The small world, built once for a module's tests inside its own transaction."""

from __future__ import annotations

import pytest
from standing_world import World, build


@pytest.fixture
def world(db: None) -> World:
    return build()
