"""`ntm read`, `ntm check` on files of every kind: .doc, workbook, picture, old fonts; bad ones in a folder; a process apart."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from ntm.domain.documents.reading.sources import read_untrusted, untrusted
from ntm.domain.official import encodings
from ntm.faces.cli.main import main

READING = Path(__file__).resolve().parents[2] / "domain" / "documents" / "reading"
SAMPLES = READING / "samples"
sys.path[:0] = [path for path in (str(READING),) if path not in sys.path]


def _read(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["read", str(path), "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


@pytest.mark.office
def test_an_old_word_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from sources import samples

    path = tmp_path / "ke-hoach.doc"
    path.write_bytes(samples.converted(samples.plan_docx(), ".docx", "doc:MS Word 97"))
    read = _read(path, capsys)
    assert (read["document"]["full_number"], read["document"]["source"]["kind"]) == ("12/KH-UBND", "doc")
    assert [t["lead"] for t in read["tasks"]][:1] == ["Ban Quản lý xã"]
    assert read["recipients"][-1] == "Lưu: VT, NTM"
    assert main(["check", str(path)]) == 0


@pytest.mark.ocr
@pytest.mark.office
def test_a_picture_of_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from sources import samples

    path = tmp_path / "trang-1.jpg"
    path.write_bytes(samples.as_file(samples.worn(samples.pictures_of(samples.plan_pdf())[0])))
    read = _read(path, capsys)
    assert (read["document"]["full_number"], read["document"]["date"]) == ("12/KH-UBND", "2024-01-15")
    assert [sorted(t["criteria"]) for t in read["targets"] if t["criteria"]] == [[6, 10, 17]]
    assert 4_250_000_000 in [m["amount"] for m in read["money"]]


def test_a_workbook_annex(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["PHỤ LỤC 01: PHÂN CÔNG NHIỆM VỤ NĂM 2023"])
    sheet.append(["(Kèm theo Kế hoạch số 18/KH-UBND ngày 20/02/2023 của UBND xã)"])
    sheet.append(["TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"])
    sheet.append([1, "Rà soát hiện trạng các tiêu chí", "Công chức Địa chính", "Các thôn", "Tháng 3"])
    sheet.append([2, "Nâng cấp đường trục thôn", "Ban Quản lý xã", "Ban giám sát", "Quý III"])
    path = tmp_path / "phu-luc.xlsx"
    book.save(path)
    read = _read(path, capsys)
    assert [(t["what"], t["lead"], t["coordinating"], t["deadline"]["text"]) for t in read["tasks"]] == [
        ("Rà soát hiện trạng các tiêu chí", "Công chức Địa chính", "Các thôn", "Tháng 3"),
        ("Nâng cấp đường trục thôn", "Ban Quản lý xã", "Ban giám sát", "Quý III"),
    ]


@pytest.mark.parametrize("name", ["tcvn3", "vni"])
def test_old_fonts_read_like_unicode(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (SAMPLES / "huyen_uy_2021.txt").read_text(encoding="utf-8")
    write = {"tcvn3": encodings.to_tcvn3, "vni": encodings.to_vni}[name]
    path = tmp_path / "cu.txt"
    path.write_bytes(write(text).encode("utf-8"))
    old, new = _read(path, capsys), _read(SAMPLES / "huyen_uy_2021.txt", capsys)
    assert old["document"]["full_number"].casefold() == new["document"]["full_number"].casefold()
    for part in ("date", "issuer", "place"):
        assert str(old["document"][part]).casefold() == str(new["document"][part]).casefold()
    assert [t["value"] for t in old["targets"]] == [t["value"] for t in new["targets"]]
    assert [r.casefold() for r in old["recipients"]] == [r.casefold() for r in new["recipients"]]
    assert any("bảng mã" in warning.lower() or "phông" in warning.lower() for warning in old["warnings"])


def test_only_plain_text_is_opened_where_the_command_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(untrusted, "read_source", lambda content, name, **_: asked.append(f"here {name}"))
    monkeypatch.setattr(untrusted, "read_isolated", lambda content, name, **_: asked.append(f"apart {name}"))
    for name, content in (
        ("a.txt", "KẾ HOẠCH".encode()), ("b.docx", b"PK\x03\x04"), ("c.pdf", b"%PDF-1.7"), ("d.png", b"\x89PNG\r\n\x1a\n"),
        ("e.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("f.txt", b"%PDF-1.4 under another name"), ("g.doc", b"{\\rtf1"),
    ):  # fmt: skip
        read_untrusted(content, name)
    assert asked == [
        "here a.txt",
        *(f"apart {name}" for name in ("b.docx", "c.pdf", "d.png", "e.doc", "f.txt", "g.doc")),
    ]


def _folder(tmp_path: Path) -> Path:
    from docx import Document

    folder = tmp_path / "vao"
    folder.mkdir()
    (folder / "thon_2020.txt").write_bytes((SAMPLES / "thon_2020.txt").read_bytes())
    document = Document()
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Xây dựng nông thôn mới năm 2024")
    content = io.BytesIO()
    document.save(content)
    (folder / "b.docx").write_bytes(content.getvalue())
    (folder / "hong.docx").write_bytes(b"PK\x03\x04 hong")
    (folder / "rong.txt").write_bytes(b"")
    (folder / "~$b.docx").write_bytes(b"lock file of Word")
    return folder


def test_a_folder_at_once_with_progress_and_a_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(_folder(tmp_path)), "--jobs", "2"]) == 2
    out, told = capsys.readouterr()
    assert out.splitlines()[0].startswith("Tệp") and "Không đọc được" in out.splitlines()[0]
    assert [line.split()[0] for line in out.splitlines()[1:5]] == ["b.docx", "hong.docx", "rong.txt", "thon_2020.txt"]
    assert out.rstrip().endswith("4 tệp: đọc được 2, không đọc được 2.")
    assert "[4/4]" in told


def test_a_folder_checked_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(_folder(tmp_path)), "--jobs", "2"]) == 2
    out, told = capsys.readouterr()
    assert "thon_2020.txt" in out and "Rất nặng" not in told
    assert "hong.docx: " in told and "rong.txt: " in told
    assert out.rstrip().splitlines()[-1].startswith("thon_2020.txt")
