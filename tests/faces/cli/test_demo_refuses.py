"""Where the demonstration must not go: a database of work, a database without units. The command says it in a sentence."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from ntm.faces.cli.demonstration import plans
from ntm.faces.cli.main import main
from ntm.records.audit.models import Entry
from ntm.records.people.models import InstallationKind, User
from ntm.records.people.services import declare_installation


def test_a_database_of_work_refuses_it(area: Any, capsys: pytest.CaptureFixture[str]) -> None:
    declare_installation(InstallationKind.PRODUCTION, on=date(2026, 1, 1))
    before = Entry.objects.count()
    assert main(["demo", "load"]) == 2
    assert "bản chính thức, không đổi được" in capsys.readouterr().err
    assert (User.objects.count(), Entry.objects.count()) == (0, before)


def test_a_database_without_units_is_told_what_to_do(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "load", "--only", "van-quan"]) == 2
    assert "ntm setup" in capsys.readouterr().err


def test_units_that_are_not_loaded_are_named(area: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """The small area has Hải Dương and Thạch Lỗi, but no Si Ma Cai: nothing of the plan stays behind."""
    assert main(["demo", "load", "--only", "si-ma-cai"]) == 2
    assert "084" in capsys.readouterr().err
    assert not User.objects.filter(username="simacai.dieuphoi").exists()


def test_accounts_as_json(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "accounts", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["username"] for one in told] == [one.username for one in plans.accounts()]
    assert {"title": "Công chức phụ trách NTM xã Thạch Lỗi", "day": "2023-01-05"} in told[1]["offices"]
