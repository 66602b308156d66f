"""Kho tệp: kept once, served only to those who may see."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from ntm.records.archive import queries, services
from ntm.records.archive.models import FileUse, StoredFile
from ntm.records.archive.services import FileMissing, FileRefused
from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 1)
TEXT = "Biên bản họp thôn ngày 1/6/2023".encode()


@pytest.fixture
def officer(area, holder):
    return holder("commune_officer", area.commune)


def attach(actor, unit_id, content=TEXT, **changed) -> FileUse:
    given = {"name": "bien-ban.txt", "unit_id": unit_id, "on": ON}
    return services.attach(actor, content=content, **(given | changed))


def files_on_disk() -> list[Path]:
    return [path for path in Path(default_storage.location).rglob("*") if path.is_file()]


def test_a_file_is_stored_logged_and_opened_again(area, officer) -> None:
    file = services.store(
        officer, content=io.BytesIO(TEXT), name="C:\\Tài liệu\\bien ban.txt", unit_id=area.commune, on=ON
    )
    assert (file.size, file.kind, len(file.sha256)) == (len(TEXT), "txt", 64)
    entry = Entry.objects.latest("sequence")
    assert (entry.verb, entry.unit_id, entry.detail["sha256"]) == ("evidence.attach", area.commune, file.sha256)
    opened = services.open_for(officer, file.pk, ON)
    with opened.stream as stream:
        assert stream.read() == TEXT
    assert (opened.name, opened.content_type, opened.inline) == ("bien ban.txt", "text/plain; charset=utf-8", False)


def test_the_same_content_is_kept_once_and_each_use_is_known(area, officer) -> None:
    first = attach(officer, area.commune)
    second = attach(officer, area.village, name="khac.txt")
    assert first.file == second.file and StoredFile.objects.count() == 1
    assert len(files_on_disk()) == 1
    assert list(queries.uses_of(first.file.pk)) == [second, first]
    assert list(queries.uses_at([area.village], until=ON)) == [second]
    assert list(queries.uses_at([area.village], until=date(2023, 5, 31))) == []
    assert list(queries.uses_at([area.village], until=ON, purpose="upload")) == []
    assert queries.by_hash(first.file.sha256) == first.file and queries.by_hash("0" * 64) is None
    assert queries.total_size() == len(TEXT)


def test_who_may_attach(area, officer, holder) -> None:
    for actor, unit_id in (
        (officer, area.neighbour),
        (holder("leader", area.commune), area.commune),
        (holder("administrator"), area.commune),
        (holder("viewer", area.district), area.commune),
        (holder("sector_officer", area.district, ("10",)), area.commune),  # no criterion named
    ):
        with pytest.raises(Denied, match="đính kèm tệp"):
            attach(actor, unit_id)
    with pytest.raises(Denied, match="tiêu chí 11"):
        attach(holder("sector_officer", area.district, ("10",)), area.commune, criterion="11")
    assert attach(holder("sector_officer", area.district, ("10",)), area.commune, criterion="10.1").criterion == "10.1"
    assert not FileUse.objects.exclude(criterion="10.1").exists()


def test_who_may_open(area, officer, holder) -> None:
    file = attach(officer, area.commune, criterion="10.2").file
    for role, unit, criteria in (
        ("coordination_office", area.district, ()),
        ("coordination_office", area.province, ()),
        ("leader", area.commune, ()),
        ("viewer", area.district, ()),
        ("sector_officer", area.district, ("10",)),
        ("council_member", area.province, ()),
    ):
        assert services.open_for(holder(role, unit, criteria), file.pk, ON).stream.read() == TEXT
    for role, unit, criteria in (
        ("commune_officer", area.neighbour, ()),
        ("village_board", area.village, ()),
        ("coordination_office", area.other_district, ()),
        ("sector_officer", area.district, ("11",)),
        ("administrator", None, ()),
    ):
        with pytest.raises(Denied, match="xem minh chứng"):
            services.open_for(holder(role, unit, criteria), file.pk, ON)


def test_one_of_several_uses_is_enough(area, officer, holder) -> None:
    file = attach(officer, area.commune).file
    neighbour = holder("commune_officer", area.neighbour)
    with pytest.raises(Denied):
        services.open_for(neighbour, file.pk, ON)
    assert attach(neighbour, area.neighbour, name="cua-toi.txt").file == file
    assert services.open_for(neighbour, file.pk, ON).name == "cua-toi.txt"


def test_nobody_above_sees_a_draft_until_it_is_sent(area, officer, holder) -> None:
    use = attach(officer, area.commune, draft=True)
    above = holder("coordination_office", area.district)
    with pytest.raises(Denied, match="xem bản nháp"):
        services.open_for(above, use.file.pk, ON)
    colleague = holder("commune_officer", area.commune)
    assert services.open_for(colleague, use.file.pk, ON).stream.read() == TEXT
    with pytest.raises(Denied, match="gửi số liệu"):
        services.release(above, file_ids=[use.file.pk], unit_id=area.commune, on=ON)
    assert services.release(officer, file_ids=[use.file.pk], unit_id=area.commune, on=ON) == 1
    assert Entry.objects.latest("sequence").verb == "evidence.release"
    assert services.open_for(above, use.file.pk, ON).stream.read() == TEXT
    assert services.release(officer, file_ids=[use.file.pk], unit_id=area.commune, on=ON) == 0


def test_a_drafts_file_is_taken_off_with_a_reason_and_a_sent_one_is_not(area, officer, holder) -> None:
    use = attach(officer, area.commune, draft=True)
    with pytest.raises(Denied):
        services.detach(holder("commune_officer", area.neighbour), use, reason="nhầm", on=ON)
    with pytest.raises(FileRefused, match="Ghi lý do"):
        services.detach(officer, use, reason=" ", on=ON)
    services.detach(officer, use, reason="đính kèm nhầm", on=ON)
    assert Entry.objects.latest("sequence").detail["reason"] == "đính kèm nhầm"
    with pytest.raises(FileMissing, match="đã được gỡ"):
        services.open_for(officer, use.file.pk, ON)
    with pytest.raises(FileRefused, match="đã gỡ rồi"):
        services.detach(officer, use, reason="lại", on=ON)
    with pytest.raises(FileRefused, match="đã gửi cùng số liệu"):
        services.detach(officer, attach(officer, area.commune), reason="nhầm", on=ON)


def test_other_purposes_ask_other_rights(area, officer, holder) -> None:
    upload = attach(officer, area.commune, purpose="upload")
    assert Entry.objects.latest("sequence").verb == "document.store"
    with pytest.raises(Denied, match="nộp bảng tính"):
        services.open_for(holder("leader", area.district), upload.file.pk, ON)
    with pytest.raises(Denied, match="tải văn bản"):
        attach(holder("administrator"), area.commune, purpose="document")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.txt"),
        ("C:\\Users\\a\\ảnh họp.TXT", "ảnh họp.TXT"),
        ("a\u202egnp.exe", "agnp.exe.txt"),
        ("bien\nban.txt", "bienban.txt"),
        ("", "tep.txt"),
        ("...", "tep.txt"),
        ("x" * 300 + ".txt", "x" * 190 + ".txt"),
    ],
)
def test_a_name_is_made_harmless_and_fits_the_content(area, officer, name, kept) -> None:
    assert attach(officer, area.commune, name=name).name == kept


def test_what_is_too_large_or_not_a_known_kind_leaves_nothing(area, officer, settings) -> None:
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    with pytest.raises(FileRefused, match="lớn hơn 1 MB"):
        attach(officer, area.commune, content=io.BytesIO(b"a" * (1024 * 1024 + 1)))
    with pytest.raises(FileRefused, match="chương trình"):
        attach(officer, area.commune, content=b"MZ", name="anh.jpg")
    assert not StoredFile.objects.exists() and not FileUse.objects.exists() and not Entry.objects.exists()
    assert files_on_disk() == []


def test_a_missing_or_damaged_content_is_told_and_mended_by_the_same_file(area, officer) -> None:
    file = attach(officer, area.commune).file
    assert list(queries.damaged()) == []
    (path,) = files_on_disk()
    path.chmod(0o600)
    path.write_bytes(b"khac")
    assert [damage.problem for damage in queries.damaged()] == ["Nội dung tệp đã khác với lúc lưu."]
    attach(officer, area.commune)
    assert list(queries.damaged()) == [] and path.read_bytes() == TEXT
    path.unlink()
    assert [damage.file_id for damage in queries.damaged()] == [file.pk]
    with pytest.raises(FileMissing, match="khôi phục từ bản sao lưu"):
        services.open_for(officer, file.pk, ON)


def test_an_unknown_file_is_missing(officer) -> None:
    with pytest.raises(FileMissing):
        services.open_for(officer, 999, ON)
