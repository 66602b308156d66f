"""`ntm people`: the first administrator, and accounts from a workbook, with what stays behind and why."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from ntm.faces.cli.main import main
from ntm.records.audit.models import Entry
from ntm.records.people.models import Installation, User

HEADS = ["Tên đăng nhập", "Họ và tên", "Vai trò", "Mã đơn vị", "Chức danh", "Tiêu chí phụ trách", "Từ ngày"]
GOOD = [
    "xa.vanan",
    "Cán bộ thử",
    "Công chức phụ trách NTM cấp xã",
    "06280",
    "Công chức NTM xã Văn An",
    "",
    "01/01/2023",
]
BAD = ["xa.khac", "Cán bộ thử hai", "Công chức phụ trách NTM cấp xã", "99999", "Công chức NTM", "", "01/01/2023"]
PASSWORD = "mot-mat-khau-dai-2026"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))


def admin() -> int:
    return main(["people", "create-admin", "--username", "quan.tri", "--name", "Quản trị thử", "--password-stdin"])


def sheet(folder: Path, *rows: list[str]) -> str:
    book = Workbook()
    for row in (HEADS, *rows):
        book.active.append(row)
    file = folder / "tai-khoan.xlsx"
    book.save(file)
    return str(file)


def test_the_first_administrator(db: None, typed: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert admin() == 0
    user = User.objects.get(username="quan.tri")
    assert user.check_password(PASSWORD)
    assert not user.demonstration
    assert Installation.objects.get().kind == "production"
    assert PASSWORD not in capsys.readouterr().out


def test_a_second_one_is_refused(db: None, typed: None, capsys: pytest.CaptureFixture[str]) -> None:
    admin()
    again = ["people", "create-admin", "--username", "nguoi.khac", "--name", "Người thử", "--password-stdin"]
    assert main(again) == 2
    assert User.objects.count() == 1


def test_a_weak_password_and_none_at_all(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for said, sentence in (("12345\n", "Mật khẩu chưa đạt"), ("\n", "Chưa có mật khẩu")):
        monkeypatch.setattr("sys.stdin", io.StringIO(said))
        assert admin() == 2
        assert sentence in capsys.readouterr().err
    assert main(["people", "create-admin", "--username", "quan.tri", "--name", "Quản trị thử"]) == 2  # no terminal
    assert not User.objects.exists()


def test_accounts_from_a_workbook(area: Any, typed: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    admin()
    file = sheet(tmp_path, GOOD, BAD)
    capsys.readouterr()
    assert main(["people", "import", file, "--dry-run", "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [one["username"] for one in report["taken"]] == ["xa.vanan"]
    assert (report["errors"][0]["row"], report["errors"][0]["column"]) == (3, "Mã đơn vị")
    assert not User.objects.filter(username="xa.vanan").exists()
    assert main(["people", "import", file]) == 1
    said = capsys.readouterr()
    password = said.out.split("mật khẩu tạm: ")[1].split()[0]
    assert User.objects.get(username="xa.vanan").check_password(password)
    assert "dòng 3, cột Mã đơn vị" in said.err
    assert Entry.objects.get(verb="user.import").office == "Quản trị hệ thống (dòng lệnh)"


def test_who_stands_for_it_must_be_clear(
    area: Any, holder: Any, typed: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = sheet(tmp_path, GOOD)
    assert main(["people", "import", file]) == 2
    assert "create-admin" in capsys.readouterr().err
    admin()
    holder("administrator")
    assert main(["people", "import", file]) == 2
    assert "--as" in capsys.readouterr().err
    assert main(["people", "import", file, "--as", "ai.do"]) == 2
    assert main(["people", "import", file, "--as", "Quan.Tri"]) == 0


def test_a_file_that_is_not_there_and_one_that_is_no_workbook(
    db: None, typed: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    admin()
    assert main(["people", "import", str(tmp_path / "khong-co.xlsx")]) == 2
    assert "Không đọc được tệp" in capsys.readouterr().err
    wrong = tmp_path / "sai.xlsx"
    wrong.write_text("không phải bảng tính", encoding="utf-8")
    assert main(["people", "import", str(wrong)]) == 2
    assert "không phải .xlsx" in capsys.readouterr().err
