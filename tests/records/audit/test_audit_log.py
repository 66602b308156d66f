"""Nhật ký: written once, chained, never changed."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from ntm.records.audit import append_only, canonical, queries, verbs
from ntm.records.audit.models import AppendOnlyError, Entry
from ntm.records.audit.services import ActorStamp, UnknownVerb, matches, record, record_bulk, system, verify

ON = date(2023, 12, 31)
LAN = ActorStamp(user_id=7, name="Người thử Lan", office="Công chức phụ trách NTM xã Thạch Lỗi")


def write(verb: str = "observation.record", unit_id: int | None = 1, **detail: object) -> Entry:
    return record(actor=LAN, verb=verb, subject="standing.observation:1", unit_id=unit_id, on=ON, detail=detail)


@pytest.mark.django_db
def test_entries_are_numbered_without_gaps_and_chained() -> None:
    first, second, third = write(indicator="10", value=Decimal("59.58")), write(), write()
    assert [entry.sequence for entry in (first, second, third)] == [1, 2, 3]
    assert first.previous_hash == canonical.GENESIS
    assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)
    result = verify()
    assert (result.ok, result.checked, result.last_hash, result.problem) == (True, 3, third.hash, None)


@pytest.mark.django_db
def test_an_empty_log_is_whole() -> None:
    assert verify().ok
    assert queries.last() is None


@pytest.mark.django_db
def test_what_is_read_back_has_the_hash_that_was_written() -> None:
    written = write(value=Decimal("1234.50"), on=ON, texts=["đạt", "chưa"], nested={"b": 1, "a": None}, yes=True)
    assert Entry.objects.get().computed_hash() == written.hash
    assert Entry.objects.get().detail["value"] == "1234.50"


@pytest.mark.django_db
def test_a_verb_outside_the_list_is_refused() -> None:
    with pytest.raises(UnknownVerb, match=r"observation\.guess"):
        write("observation.guess")
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        write(value=59.58)


@pytest.mark.django_db
def test_models_and_managers_refuse_to_change_or_remove() -> None:
    entry = write()
    entry.name = "Người khác"
    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()
    for attempt in (
        lambda: Entry.objects.update(name="x"),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.bulk_update([entry], ["name"]),
        lambda: Entry.objects.bulk_create([Entry(sequence=2)]),
    ):
        with pytest.raises(AppendOnlyError):
            attempt()
    assert verify().ok


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET name = 'x'",
        "DELETE FROM audit_entry",
        'INSERT INTO audit_entry SELECT 3, at, "on", verb, user_id, name, office, subject, unit_id, detail, '
        "previous_hash, 'h' FROM audit_entry",  # a gap in the numbers
        'INSERT INTO audit_entry SELECT 2, at, "on", verb, user_id, name, office, subject, unit_id, detail, '
        "previous_hash, 'h' FROM audit_entry",  # not chained to the last
    ],
)
def test_the_database_refuses_what_the_models_cannot_see(statement: str) -> None:
    write()
    with pytest.raises(DatabaseError, match="nhat ky"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert verify().ok


@pytest.mark.django_db
def test_postgresql_refuses_to_truncate_and_sqlite_to_replace() -> None:
    write()
    statement = (
        "TRUNCATE audit_entry"
        if connection.vendor == "postgresql"
        else (
            "INSERT OR REPLACE INTO audit_entry SELECT sequence, at, \"on\", verb, user_id, 'x', office, subject, unit_id, "
            "detail, previous_hash, hash FROM audit_entry"
        )
    )
    with pytest.raises(DatabaseError, match="nhat ky"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "sequence", "words"),
    [
        ("UPDATE audit_entry SET name = 'Người khác' WHERE sequence = 2", 2, "đã bị sửa"),
        ("UPDATE audit_entry SET detail = '{}' WHERE sequence = 2", 2, "đã bị sửa"),
        ("DELETE FROM audit_entry WHERE sequence = 2", 3, "Thiếu mục 2"),
        ("UPDATE audit_entry SET previous_hash = 'x' WHERE sequence = 3", 3, "không nối"),
    ],
)
def test_verification_finds_what_was_changed_behind_the_triggers(statement: str, sequence: int, words: str) -> None:
    for number in range(3):
        write(number=number)
    with append_only.lifted(connection), connection.cursor() as cursor:
        cursor.execute(statement)
    result = verify()
    assert not result.ok
    assert result.at_sequence == sequence
    assert words in (result.problem or "")


@pytest.mark.django_db
def test_a_cut_end_is_found_with_a_number_noted_before() -> None:
    for number in range(3):
        write(number=number)
    known = queries.last()
    with append_only.lifted(connection), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE sequence = 3")
    assert verify().ok, "nothing inside the log itself can show it"
    result = verify(known=known)
    assert not result.ok and "cắt" in (result.problem or "")


@pytest.mark.django_db
def test_a_log_written_anew_is_found_with_a_hash_noted_before() -> None:
    write(number=1)
    assert verify(known=(1, "0" * 64)).problem == "Mục 1 khác với mã băm đã lưu trước đây: nhật ký đã bị viết lại."


@pytest.mark.django_db
def test_verification_tells_when_the_triggers_are_gone() -> None:
    write()
    append_only.unprotect(connection)
    try:
        result = verify()
    finally:
        append_only.protect(connection)
    assert not result.ok and "trigger" in (result.problem or "")
    assert verify().ok


@pytest.mark.django_db
def test_an_entry_falls_with_the_deed() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write()
        raise ZeroDivisionError
    assert not Entry.objects.exists()
    assert write().sequence == 1


@pytest.mark.django_db
def test_a_bulk_entry_keeps_count_and_digest_of_every_change() -> None:
    rows = [{"id": number, "unit": 4, "indicator": "10", "value": Decimal(number)} for number in range(1000)]
    entry = record_bulk(
        actor=LAN, verb="observation.import", subject="standing.batch:1", unit_id=4, on=ON, items=iter(rows), detail={}
    )
    assert entry.detail["count"] == 1000
    assert matches(entry, rows)
    assert not matches(entry, rows[:-1])
    assert not matches(entry, [*rows[:-1], {**rows[-1], "value": Decimal(0)}])
    assert queries.line(entry).sentence == "Nhập 1000 số liệu."


WRITER = """
import django; django.setup()
from datetime import date
from django.db import connection, transaction
from ntm.records.audit.services import record, system
for number in range(25):
    with transaction.atomic():
        record(actor=system(), verb="backup.run", subject="x", unit_id=None, on=date(2023, 1, 1), detail={"n": number})
"""
MAKER = """
import django; django.setup()
from django.db import connection
from ntm.records.audit import append_only
from ntm.records.audit.models import Entry
with connection.schema_editor() as editor: editor.create_model(Entry)
append_only.protect(connection)
"""
READER = """
import django; django.setup()
from ntm.records.audit.services import verify
result = verify(); print(result.ok, result.checked, result.problem)
"""


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_chain(tmp_path) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "ntm.site.settings", "NTM_DATA": str(tmp_path)}
    if connection.vendor == "postgresql":
        known = connection.settings_dict
        environment["DATABASE_URL"] = (
            f"postgresql://{known['USER']}:{known['PASSWORD']}@/{known['NAME']}?host={known['HOST']}&port={known['PORT']}"
        )
    else:
        environment["DATABASE_URL"] = f"sqlite:///{tmp_path}/log.sqlite3"
        subprocess.run([sys.executable, "-c", MAKER], env=environment, check=True)
    writers = [subprocess.Popen([sys.executable, "-c", WRITER], env=environment) for _writer in range(3)]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0]
    read = subprocess.run([sys.executable, "-c", READER], env=environment, check=True, capture_output=True, text=True)
    assert read.stdout.strip() == "True 75 None"


def test_every_verb_has_a_label_and_a_sentence_that_needs_no_detail() -> None:
    for name, verb in verbs.VERBS.items():
        thing, _dot, deed = name.partition(".")
        assert thing and deed and verb.label
        assert "{" not in verbs.sentence(name, {}) and "[" not in verbs.sentence(name, {})


def test_a_sentence_says_what_the_detail_holds_with_a_decimal_comma() -> None:
    detail = {"indicator": "13.1", "value": "59.58", "measure": "triệu đồng"}
    assert verbs.sentence("observation.record", detail) == "Ghi số liệu chỉ tiêu 13.1: 59,58 triệu đồng."
    assert verbs.sentence("observation.record", {"indicator": "13.1"}) == "Ghi số liệu chỉ tiêu 13.1."
    assert verbs.sentence("long.forgotten", {}) == "long.forgotten"
    title = verbs.sentence("title.decide", {"title": "kieu_mau", "decision": "chưa rõ số"})
    assert title == "Ghi danh hiệu nông thôn mới kiểu mẫu, quyết định chưa rõ số."


def test_the_system_itself_has_a_name() -> None:
    assert system("sao lưu hằng đêm") == ActorStamp(None, "Hệ thống", "sao lưu hằng đêm")
