"""Measures of time, on the processor of this process: the machine may be busy with others."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def benchmark_seconds() -> Callable[[Callable[[], Any]], tuple[float, Any]]:
    def measure(action: Callable[[], Any]) -> tuple[float, Any]:
        start = time.process_time()
        result = action()
        return time.process_time() - start, result

    return measure
