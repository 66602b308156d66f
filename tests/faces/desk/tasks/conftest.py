"""Fixtures of the rooms of work: a district's plan with its bodies and offices, signed in at the desk."""

from __future__ import annotations

from typing import Any

import pytest

from faces.desk.working_world import client_of
from ntm.records.standing import registry
from work_world import Work, build

__all__ = ["client_of", "with_set", "work"]


@pytest.fixture
def work(area: Any, holder: Any) -> Work:
    """Huyện Văn Quan's plan of 2020, issued: inspections in four months, a report, a task without a last day."""
    made = build(area, holder)
    made.made["inspect"] = made.add("Kiểm tra, đôn đốc các xã", "Tháng 3, 6, 9, 11", criteria=(2, 13))
    made.made["report"] = made.add("Báo cáo kết quả rà soát", "Chậm nhất 20/3/2020", product="Báo cáo")
    made.made["always"] = made.add("Tuyên truyền về nông thôn mới", "Thường xuyên")
    made.issue()
    return made


@pytest.fixture
def with_set(work: Work) -> Work:
    """The same plan, by the criteria set of its period."""
    registry.register_shipped()
    work.plan.set = registry.by_code("xa-ntm-2016-2020")
    work.plan.save()
    return work
