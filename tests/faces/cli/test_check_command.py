"""`ntm check`: findings for a person by weight, JSON for a program, a sentence where a file cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ntm.faces.cli.main import main

PLAN = """Số: 34/KH-UBND
Yên Sơn, ngày 15 tháng 02 năm 2019

KẾ HOẠCH
Xây dựng nông thôn mới huyện Yên Sơn, tỉnh Tuyên Quang năm 2019

I. MỤC TIÊU
Có thêm 03 xã đạt chuẩn nông thôn mới (Trung Môn, Nhữ Hán, Trung Môn).

II. KINH PHÍ
Tổng kinh phí: 10.100 triệu đồng, gồm:
- Ngân sách tỉnh: 7.000 triệu đồng;
- Ngân sách huyện: 3.000 triệu đồng.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lê Quý Đôn
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_findings_are_printed_by_weight_with_both_figures(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(file)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("ke-hoach.txt: 34/KH-UBND Xây dựng nông thôn mới huyện Yên Sơn")
    assert printed.index("Nặng: ") < printed.index("Các khoản cộng lại là 10.000 triệu đồng") < printed.index("Nhẹ: ")
    assert "Cộng các khoản tiền (sum) · dòng 11, 12, 13" in printed
    assert "văn bản ghi: 10.100 triệu đồng; đối chiếu: 10.000 triệu đồng" in printed


def test_lighter_findings_can_be_left_out(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(file), "--severity", "high", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [f["kind"] for f in found["findings"]] == ["sum"]
    assert found["findings"][0]["method"] == "docs/method/checks/sum.md"
    assert found["findings"][0]["name"] == "Cộng các khoản tiền"


def test_the_same_findings_stand_in_ntm_read(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(file), "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert [(f["kind"], f["severity"]) for f in read["findings"]] == [("sum", "high"), ("list-repeated", "low")]


def test_a_folder_and_a_file_that_cannot_be_read(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file.parent / "hong.pdf").write_bytes(b"%PDF-1.4 not a document")
    assert main(["check", str(file.parent), "--json"]) == 2
    out, said = capsys.readouterr()
    listed = json.loads(out)
    assert [one["file"] for one in listed] == ["hong.pdf", "ke-hoach.txt"]
    assert listed[0]["error"]
    assert listed[0]["findings"] == []
    assert "hong.pdf: " in said


def test_nothing_to_find_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "sach.txt"
    path.write_text(
        PLAN.replace("10.100", "10.000").replace("Nhữ Hán, Trung Môn", "Nhữ Hán, Chân Sơn"), encoding="utf-8"
    )
    assert main(["check", str(path)]) == 0
    assert "Không thấy điểm nào cần xem lại." in capsys.readouterr().out


def test_missing_paths_get_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "khong-co.txt")]) == 2
    assert "hãy kiểm tra lại đường dẫn" in capsys.readouterr().err
    assert main(["check"]) == 2
    assert "--rules" in capsys.readouterr().err
    (tmp_path / "trong").mkdir()
    assert main(["check", str(tmp_path / "trong")]) == 2
    assert "không có văn bản nào đọc được" in capsys.readouterr().err


def test_the_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--rules", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {"code": "share", "name": "Tỷ lệ phần trăm"}.items() <= next(
        r for r in listed if r["code"] == "share"
    ).items()
    assert main(["check", "--rules"]) == 0
    assert "two-views" in capsys.readouterr().out


LOWER = """ỦY BAN NHÂN DÂN
XÃ NHỮ HÁN

Số: 12/KH-UBND
Nhữ Hán, ngày 25 tháng 02 năm 2019

KẾ HOẠCH
Xây dựng nông thôn mới xã Nhữ Hán, huyện Yên Sơn, tỉnh Tuyên Quang năm 2019

I. MỤC TIÊU
- Phấn đấu đạt thêm các tiêu chí số 2, 6.
"""


def test_lower_plans_are_put_beside_the_upper_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    upper, lower, broken = tmp_path / "huyen.txt", tmp_path / "xa.txt", tmp_path / "hong.pdf"
    upper.write_text(
        PLAN.replace("II. KINH", "- Xã Nhữ Hán: đạt thêm các tiêu chí số 2, 6, 10.\n\nII. KINH"), encoding="utf-8"
    )
    lower.write_text(LOWER, encoding="utf-8")
    broken.write_bytes(b"%PDF-1.4")
    assert main(["check", str(upper), "--json", "--carries", str(lower), str(lower), str(broken)]) == 0
    told = json.loads(capsys.readouterr().out)["carries"]
    assert [one["message"] for one in told["findings"]] == [
        "Cấp trên giao Nhữ Hán tiêu chí 10 (Thu nhập), nhưng kế hoạch của xã không có."
    ]
    assert [one["unit"] for one in told["files"]] == ["Nhữ Hán", "Nhữ Hán", None]
    assert "Đã có một kế hoạch" in told["files"][1]["error"] and told["files"][2]["error"]
    assert main(["check", str(upper), "--carries", str(lower)]) == 0
    assert "Cấp dưới không gánh đủ (not-carried) · dòng 10" in capsys.readouterr().out
    assert main(["check", str(tmp_path), "--carries", str(lower)]) == 2
