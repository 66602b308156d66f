"""The small world of the standing room."""

from __future__ import annotations

from typing import Any

import pytest
from standing_world import World, build


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return build(area, holder)
