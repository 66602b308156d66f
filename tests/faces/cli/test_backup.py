"""Sao lưu, khôi phục: what goes in comes out, in another database too; what is damaged or foreign is refused unread."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import override_settings

from ntm.faces.cli.copies import tables
from ntm.faces.cli.demonstration import loading
from ntm.faces.cli.main import main
from ntm.records.audit import append_only
from ntm.records.audit import services as audit
from ntm.records.people.authority import actors_of
from ntm.records.people.models import User
from ntm.records.standing import rebuilding
from ntm.records.standing import services as standing
from ntm.records.standing.models import Evidence, Observation
from ntm.records.units import queries as units
from ntm.records.units import services as unit_services
from ntm.records.units.services import SystemActor

DAY, SET = date(2022, 12, 31), "xa-ntm-nang-cao-hai-duong-2021-2025"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(scope="module")
def thach_loi(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Thạch Lỗi as the demonstration leaves it; gone after the module."""
    fast = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), fast:
        outer = transaction.atomic()
        outer.__enter__()
        unit_services.load_gazetteer(SystemActor("kiểm thử"), on=DAY, provinces=["30"])
        loading.load(["thach-loi"])
        yield
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def worked(thach_loi: None, db: None) -> Observation:
    """The income typed and sent, with its file."""
    commune = units.by_code("10906", DAY)
    assert commune is not None
    officer = actors_of(User.objects.get(username="xa.thachloi"), on=DAY)[0]
    typed = standing.record(officer, unit_id=commune.pk, set_code=SET, code="10", as_of=DAY, typed="59,58")
    standing.attach(officer, typed.pk, content=PDF, name="thu-nhap.pdf")
    standing.send(officer, unit_id=commune.pk, set_code=SET, as_of=DAY)
    return typed


@pytest.fixture
def copy(worked: Observation, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    file = tmp_path / "sao-luu.tar.gz"
    assert main(["backup", str(file)]) == 0
    capsys.readouterr()
    return file


def manifest_of(file: Path) -> dict[str, Any]:
    with tarfile.open(file) as archive:
        member = archive.extractfile(tables.MANIFEST)
        assert member is not None
        return dict(json.loads(member.read()))


def emptied() -> None:
    """All rows gone, as in a database just migrated."""
    with append_only.lifted(connection), connection.cursor() as cursor:
        for model in tables.every_table():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def rewritten(file: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The archive with members changed or left out, packed again."""
    target = file.with_name("khac.tar.gz")
    with tarfile.open(file) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            stream = old.extractfile(member)
            assert stream is not None
            content = change(member.name, stream.read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))
    return target


def test_the_archive_tells_what_it_holds(copy: Path, worked: Observation) -> None:
    told = manifest_of(copy)
    assert told["tables"]["standing.observation"]["rows"] == Observation.objects.count()
    assert told["tables"]["units.unit"]["rows"] > 500
    assert not set(told["tables"]) & tables.LEFT_OUT
    (file,) = told["files"].values()
    assert (file["sha256"], file["size"]) == (hashlib.sha256(PDF).hexdigest(), len(PDF))
    assert audit.verify(known=(told["audit"]["sequence"], told["audit"]["hash"])).ok
    assert copy.stat().st_mode & 0o077 == 0


def test_it_comes_back_into_an_emptied_database(
    copy: Path, worked: Observation, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Evidence.objects.get(observation=worked).use.file.path
    before = list(Observation.objects.order_by("pk").values())
    emptied()
    default_storage.delete(path)
    assert main(["restore", str(copy)]) == 0
    said = capsys.readouterr().out
    assert "Nhật ký nguyên vẹn" in said
    assert list(Observation.objects.order_by("pk").values()) == before
    assert default_storage.open(path).read() == PDF
    assert rebuilding.rebuild(check=True).differences == []
    last = audit.verify()
    assert last.ok
    assert f"mục cuối {last.last_sequence}:{last.last_hash}" in said


def test_new_rows_get_new_numbers_afterwards(copy: Path, worked: Observation) -> None:
    newest = Observation.objects.order_by("-pk").values_list("pk", flat=True)[0]
    emptied()
    assert main(["restore", str(copy)]) == 0
    income = actors_of(User.objects.get(username="camgiang.thunhap"), on=DAY)[0]
    assert standing.verify(income, worked.pk).pk > newest


def test_it_comes_back_into_another_database(copy: Path, tmp_path: Path) -> None:
    """A SQLite database of its own, whatever this suite runs on; the same rows, the same standing, the same log."""

    def ntm(*words: str) -> str:
        place = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        place |= {"NTM_DATA": str(tmp_path / "khac"), "NTM_SECRET_KEY": settings.SECRET_KEY}
        command = [sys.executable, "-m", "ntm.faces.cli.main", *words]
        return subprocess.run(command, env=place, check=True, capture_output=True, text=True).stdout

    (tmp_path / "khac").mkdir()
    ntm("manage", "migrate", "--verbosity", "0")
    told = json.loads(ntm("restore", str(copy), "--json"))
    first = manifest_of(copy)
    assert told["audit"]["sequence"] == first["audit"]["sequence"] + 1
    known = f"{first['audit']['sequence']}:{first['audit']['hash']}"
    assert json.loads(ntm("audit", "verify", "--json", "--known", known))["ok"]
    rebuilt = json.loads(ntm("standing", "rebuild", "--check", "--json"))
    assert rebuilt["ok"]
    assert rebuilt["units"] == 1
    again = tmp_path / "lan-hai.tar.gz"
    ntm("backup", str(again))
    second = manifest_of(again)
    sums = [{label: one["sha256"] for label, one in told["tables"].items()} for told in (first, second)]
    assert {label for label in sums[0] if sums[0][label] != sums[1][label]} == {"audit.entry"}
    assert first["files"] == second["files"]


def test_a_database_with_data_is_left_alone(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = Observation.objects.count()
    assert main(["restore", str(copy)]) == 2
    assert "đã có dữ liệu" in capsys.readouterr().err
    assert Observation.objects.count() == before


def changed_row(name: str, content: bytes) -> bytes:
    return content.replace(b"59,58", b"69,58") if name.endswith("standing.observation.jsonl") else content


def without_a_file(name: str, content: bytes) -> bytes | None:
    return None if name.startswith("files/") else content


def of_another_program(name: str, content: bytes) -> bytes:
    if name != tables.MANIFEST:
        return content
    told = json.loads(content)
    told["migrations"].append("standing.9999_later")
    return json.dumps(told).encode()


def with_a_rewritten_log(name: str, content: bytes) -> bytes:
    """Row and sum agree, only the chain does not."""
    if name == tables.MANIFEST:
        told = json.loads(content)
        told["tables"]["audit.entry"]["sha256"] = with_a_rewritten_log.sum  # type: ignore[attr-defined]
        return json.dumps(told).encode()
    if name != "tables/audit.entry.jsonl":
        return content
    return content.replace("Văn phòng Điều phối NTM huyện Cẩm Giàng".encode(), b"Ai do")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (changed_row, "khác mã băm"),
        (without_a_file, "thiếu 1 phần"),
        (of_another_program, "9999_later"),
    ],
)
def test_a_damaged_or_foreign_archive_is_refused(
    copy: Path, capsys: pytest.CaptureFixture[str], change: Callable[[str, bytes], bytes | None], sentence: str
) -> None:
    wrong = rewritten(copy, change)
    emptied()
    assert main(["restore", str(wrong)]) == 2
    assert sentence in capsys.readouterr().err
    assert not Observation.objects.exists()


def test_a_log_that_was_rewritten_is_refused_whole(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with tarfile.open(copy) as archive:
        stream = archive.extractfile("tables/audit.entry.jsonl")
        assert stream is not None
        forged = with_a_rewritten_log("tables/audit.entry.jsonl", stream.read())
    with_a_rewritten_log.sum = hashlib.sha256(forged).hexdigest()  # type: ignore[attr-defined]
    wrong = rewritten(copy, with_a_rewritten_log)
    emptied()
    assert main(["restore", str(wrong)]) == 2
    assert "Nhật ký" in capsys.readouterr().err
    assert not User.objects.exists()


def test_what_is_no_archive(db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "khong-phai.tar.gz"
    text.write_text("không phải bản sao lưu", encoding="utf-8")
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(gzip.compress(b"x" * 4096)[:20])
    for file in (text, cut, tmp_path / "khong-co.tar.gz"):
        assert main(["restore", str(file)]) == 2
        assert str(file) in capsys.readouterr().err


def test_an_old_copy_is_not_overwritten(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = copy.read_bytes()
    assert main(["backup", str(copy)]) == 2
    assert "không bị ghi đè" in capsys.readouterr().err
    assert copy.read_bytes() == before
    assert main(["backup", str(copy.parent / "khong-co" / "x.tar.gz")]) == 2


def test_a_store_that_lost_a_content_is_told(
    worked: Observation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    default_storage.delete(Evidence.objects.get(observation=worked).use.file.path)
    assert main(["backup", str(tmp_path / "x.tar.gz")]) == 2
    assert "Kho tệp thiếu nội dung" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
