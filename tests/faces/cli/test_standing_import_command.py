"""`ntm standing import`: the office is named, the file is counted or refused by line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ntm.faces.cli.main import main
from ntm.records.people.models import Holding, Office, User
from ntm.records.standing import registry
from ntm.records.standing.models import Observation

SET = "xa-ntm-2021-2025"


@pytest.fixture
def office(area: Any, holder: Any) -> User:
    registry.register_shipped()
    actor = holder("coordination_office", area.district)
    return User.objects.get(pk=actor.user_id)


def _file(folder: Path, text: str) -> str:
    file = folder / "so-lieu.csv"
    file.write_text(text, encoding="utf-8")
    return str(file)


def _import(file: str, username: str, *more: str) -> int:
    words = ["standing", "import", file, "--set", SET, "--on", "2023-12-31", "--stage", "verified", "--as", username]
    return main([*words, *more])


GOOD = 'unit,indicator,value\n06280,10,"59,58"\n06316,TC1,đạt\n'


@pytest.fixture
def in_district(office: User, area: Any, monkeypatch: pytest.MonkeyPatch) -> User:
    """The district stood until 2025-07-01: the command asks today's offices, so today is before that here."""
    from datetime import date

    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2024, 1, 5))
    return office


def test_a_file_is_taken_and_a_dry_run_only_counts(
    in_district: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _import(_file(tmp_path, GOOD), in_district.username, "--dry-run", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["written"], told["units"], told["dry_run"]) == (2, 2, True)
    assert not Observation.objects.exists()
    assert _import(_file(tmp_path, GOOD), in_district.username) == 0
    assert "đã ghi 2 số liệu của 2 đơn vị" in capsys.readouterr().out
    assert Observation.objects.count() == 2


def test_wrong_lines_are_told_and_nothing_is_taken(
    in_district: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _import(_file(tmp_path, GOOD + "99999,10,1\n"), in_district.username) == 2
    told = capsys.readouterr().err
    assert "Dòng 4" in told and "1 chỗ sai, chưa ghi gì" in told
    assert not Observation.objects.exists()


def test_who_may_not_is_refused_with_a_sentence(
    in_district: User, area: Any, holder: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    viewer = User.objects.get(pk=holder("viewer", area.province).user_id)
    assert _import(_file(tmp_path, GOOD), viewer.username) == 2
    assert _import(_file(tmp_path, GOOD), "khong.co") == 2
    assert "Không có tài khoản “khong.co”" in capsys.readouterr().err
    assert not Observation.objects.exists()


def test_a_person_with_two_offices_names_one(
    in_district: User, area: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    second = Office.objects.create(role="viewer", unit_id=area.province, title="Người xem", criteria=[])
    Holding.objects.create(user=in_district, office=second, start="2000-01-01")
    assert _import(_file(tmp_path, GOOD), in_district.username) == 2
    assert "--holding" in capsys.readouterr().err
    first = Holding.objects.filter(user=in_district).order_by("pk").first()
    assert first is not None
    assert _import(_file(tmp_path, GOOD), in_district.username, "--holding", str(first.pk)) == 0


def test_a_missing_file_and_an_unknown_set_are_refused(
    in_district: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _import(str(tmp_path / "khong-co.csv"), in_district.username) == 2
    words = ["standing", "import", _file(tmp_path, GOOD), "--set", "khong-co", "--on", "2023-12-31", "--as"]
    assert main([*words, in_district.username]) == 2
    told = capsys.readouterr().err
    assert "Không mở được tệp" in told and "khong-co" in told
