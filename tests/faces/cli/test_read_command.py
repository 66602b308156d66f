"""Lệnh `ntm read`: one file, a folder, and what is refused with a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ntm.faces.cli.main import main

SAMPLES = Path(__file__).resolve().parents[2] / "domain" / "documents" / "reading" / "samples"


def test_one_file_as_json_and_nothing_else_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(SAMPLES / "huyen_uy_2021.txt"), "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert read["document"]["full_number"] == "31-KH/HU"
    assert {"targets", "criterion_targets", "tasks", "duties", "money", "annexes", "recipients", "findings"} <= set(
        read
    )


def test_a_person_gets_a_few_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(SAMPLES / "huyen_2025_qd.txt")]) == 0
    assert "402/QĐ-UBND" in capsys.readouterr().out


def test_a_folder_gives_a_table_and_a_json_beside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = tmp_path / "vao", tmp_path / "ra"
    folder.mkdir()
    for name in ("thon_2020.txt", "xa_2019_vien.txt"):
        (folder / name).write_bytes((SAMPLES / name).read_bytes())
    (folder / "hong.docx").write_bytes(b"PK\x03\x04 hong")
    assert main(["read", str(folder), "--json", "--jobs", "1", "--out", str(out)]) == 2
    rows = {row["file"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["xa_2019_vien.txt"]["number"] == "06/KH-BQL" and rows["xa_2019_vien.txt"]["error"] is None
    assert rows["hong.docx"]["error"].endswith(".")
    assert sorted(p.name for p in out.iterdir()) == ["thon_2020.txt.json", "xa_2019_vien.txt.json"]


@pytest.mark.parametrize("path", ["/khong/co/tep.txt", ""])
def test_what_is_not_there_is_refused(path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", path or str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith(("Không có", "Thư mục"))
