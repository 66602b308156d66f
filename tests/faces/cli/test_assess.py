"""`ntm assess`: a CSV in, outcomes with reasons out; a bad row gets its sentence and nothing is printed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ntm.faces.cli.main import main

HAI_DUONG = "xa-ntm-nang-cao-hai-duong-2021-2025"
NATIONAL = "xa-ntm-2021-2025"
HEAD = "unit,region,group,indicator,value\n"


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs the command on rows: (exit code, JSON or None, what was said on standard error)."""

    def run(rows: str | bytes, code: str = NATIONAL, on: str = "2023-12-31", head: str = HEAD) -> tuple[int, Any, str]:
        path = tmp_path / "facts.csv"
        path.write_bytes(rows if isinstance(rows, bytes) else (head + rows).encode())
        done = main(["assess", "--set", code, "--on", on, "--facts", str(path), "--json"])
        out, said = capsys.readouterr()
        return done, json.loads(out) if out else None, said

    return run


def indicator(unit: dict[str, Any], code: str) -> dict[str, Any]:
    return next(one for each in unit["criteria"] for one in each["indicators"] if one["code"] == code)


def criterion(unit: dict[str, Any], no: int) -> dict[str, Any]:
    return next(one for one in unit["criteria"] if one["no"] == no)


@pytest.mark.parametrize(("on", "level"), [("2022-12-31", "64"), ("2023-12-31", "68")])
def test_thach_loi_has_not_met_the_income_of_either_year(ask: Any, on: str, level: str) -> None:
    code, units, said = ask('Xã Thạch Lỗi,,,10,"59,58"\n', HAI_DUONG, on)
    assert (code, said) == (0, "")
    assert units[0]["unit"] == "Xã Thạch Lỗi"
    assert criterion(units[0], 10)["outcome"] == "not_met"
    assert indicator(units[0], "10") == {
        "code": "10",
        "outcome": "not_met",
        "value": "59.58",
        "threshold": level,
        "reference": f"2581/QĐ-UBND, tiêu chí 10, năm {on[:4]}",
        "checked": False,
        "explanation": f"59,58 < {level} triệu đồng/người/năm (2581/QĐ-UBND, năm {on[:4]}): chưa đạt",
    }


def test_the_counts_of_a_unit_add_up_to_its_criteria(ask: Any) -> None:
    rows = "Xã A,dbsh,,TC1,đạt\nXã A,,,TC2,chưa đạt\nXã A,,,TC3,không xét\n"
    _, (unit,), _ = ask(rows)
    assert (unit["met"], unit["not_met"], unit["no_data"], unit["not_considered"]) == (1, 1, 16, 1)
    assert unit["title"] == "not_met"
    assert len(unit["criteria"]) == 19
    assert sum(len(one["indicators"]) for one in unit["criteria"]) == 57


def test_units_come_in_the_order_of_the_file(ask: Any) -> None:
    _, units, _ = ask("Xã B,dbsh,,TC1,đạt\nXã A,dbsh,,TC1,đạt\nXã B,,,TC2,đạt\n")
    assert [(one["unit"], one["met"]) for one in units] == [("Xã B", 2), ("Xã A", 1)]


@pytest.mark.parametrize("value", ["80", "80.0", '"80,0"', '"80,00"', " 80 "])
def test_a_figure_may_have_a_dot_or_a_comma(ask: Any, value: str) -> None:
    _, (unit,), _ = ask(f"Xã A,dbsh,,3.1,{value}\n")
    assert indicator(unit, "3.1")["outcome"] == "met"


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        ("đạt", "met"),
        ("ĐẠT", "met"),
        ("true", "met"),
        ("True", "met"),
        ("chưa đạt", "not_met"),
        ("Chưa đạt", "not_met"),
        ("không đạt", "not_met"),
        ("false", "not_met"),
        ("không xét", "not_considered"),
        ("", "no_data"),
        ("  ", "no_data"),
    ],
)
def test_words_are_read_however_they_are_typed(ask: Any, value: str, outcome: str) -> None:
    import unicodedata

    _, (unit,), _ = ask(f"Xã A,dbsh,,3.2,{unicodedata.normalize('NFD', value)}\n")
    assert indicator(unit, "3.2")["outcome"] == outcome


def test_zero_is_a_figure_and_nothing_is_none(ask: Any) -> None:
    _, (zero, nothing), _ = ask("Xã A,dbsh,,3.1,0\nXã B,dbsh,,3.1,\n")
    assert (indicator(zero, "3.1")["outcome"], indicator(zero, "3.1")["value"]) == ("not_met", "0")
    assert (indicator(nothing, "3.1")["outcome"], indicator(nothing, "3.1")["value"]) == ("no_data", None)


def test_conditions_and_statuses_are_rows_too(ask: Any) -> None:
    rows = "".join(f"Xã A,dbsh,,TC{no},đạt\n" for no in range(1, 20))
    conditions = "Xã A,,,satisfaction,đạt\nXã A,,,no_debt,đạt\nXã A,,,security,true\n"
    _, (unit,), _ = ask(rows + conditions)
    assert (unit["met"], unit["title"]) == (19, "met")
    _, (unit,), _ = ask(rows + conditions.replace("no_debt,đạt", "no_debt,chưa đạt"))
    assert (unit["met"], unit["title"]) == (19, "not_met")
    _, (unit,), _ = ask(rows)
    assert (unit["met"], unit["title"]) == (19, "no_data")
    plain, special = "Xã A,dbsh,,4.2,96\n", "Xã A,dbsh,,4.2,96\nXã A,,,dac_biet_kho_khan,true\n"
    assert indicator(ask(plain)[1][0], "4.2")["outcome"] == "not_met"
    assert indicator(ask(special)[1][0], "4.2")["outcome"] == "met"


def test_a_share_may_be_given_as_counts(ask: Any) -> None:
    _, (unit,), _ = ask("Tỉnh A,,,1,9/9\nTỉnh A,,,4,3/9\n", "tinh-ntm-2021-2025")
    assert indicator(unit, "1")["outcome"] == "met"
    assert indicator(unit, "4")["outcome"] == "not_met"
    assert indicator(unit, "4")["explanation"].startswith("3/9 đơn vị (33,33%) < 40%")


def test_semicolons_and_a_byte_order_mark_are_excels_way(ask: Any) -> None:
    rows = "\ufeffunit;indicator;value\r\nXã A;10;59,58\r\n".encode()
    code, (unit,), _ = ask(rows, HAI_DUONG)
    assert code == 0
    assert indicator(unit, "10")["outcome"] == "not_met"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("Xã A,dbsh,,99.9,1\n", ["Dòng 2", "99.9", NATIONAL]),
        ("Xã A,sao_hoa,,3.1,1\n", ["Dòng 2", "sao_hoa", "dbsh"]),
        ("Xã A,dbsh,nhom_9,3.1,1\n", ["Dòng 2", "nhom_9"]),
        ("Xã A,dbsh,,3.1,80\nXã A,,,3.1,81\n", ["Dòng 3", "3.1", "dòng 2"]),
        ("Xã A,dbsh,,3.1,80\nXã A,tay_nguyen,,3.2,đạt\n", ["Dòng 3", "tay_nguyen"]),
        ("Xã A,dbsh,,3.1,tám mươi\n", ["Dòng 2", "tám mươi"]),
        ("Xã A,dbsh,,3.1,08/09\n", ["Dòng 2", "ngày tháng"]),
        ("Xã A,dbsh,,3.1,80%\n", ["Dòng 2", "dấu %"]),
        ("Xã A,dbsh,,3.1,NaN\n", ["Dòng 2", "NaN"]),
        ("Xã A,dbsh,,3.1,1e5\n", ["Dòng 2", "1e5"]),
        ("Xã A,dbsh,,3.2,80\n", ["Dòng 2", "3.2", "không ghi số"]),
        ("Xã A,dbsh,,TC3,80\n", ["Dòng 2", "TC3"]),
        ("Xã A,dbsh,,TC20,đạt\n", ["Dòng 2", "TC20"]),
        ("Xã A,dbsh,,no_debt,5\n", ["Dòng 2", "no_debt"]),
        ("Xã A,dbsh,,3.1,59,58\n", ["Dòng 2", "6 ô", "ngoặc kép"]),
        (",dbsh,,3.1,80\n", ["Dòng 2", "đơn vị"]),
        ("Xã A,dbsh,,,80\n", ["Dòng 2", "indicator"]),
        ("Xã A,dbsh,,3.1,1\nXã A,,,x,1\nXã A,,,y,1\n", ["Dòng 3", "Dòng 4"]),
        ("", ["không có dòng số liệu"]),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_printed(ask: Any, rows: str, words: list[str]) -> None:
    code, printed, said = ask(rows)
    assert (code, printed) == (2, None)
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"unit,indicator\nX,1\n", "value"),
        (b"unit,indicator,value,mau\nX,1,2,3\n", "mau"),
        (b"PK\x03\x04rest", "Excel"),
        ("unit,indicator,value\nXã A,3.1,".encode() + b"\xff\xfe\n", "UTF-8"),
        (b'unit,indicator,value\n"X,3.1,80\n', "CSV"),
    ],
)
def test_a_file_of_another_form_is_refused(ask: Any, content: bytes, words: str) -> None:
    code, printed, said = ask(content)
    assert (code, printed) == (2, None)
    assert words in said


def test_many_bad_rows_are_told_twenty_at_a_time(ask: Any) -> None:
    _, _, said = ask("".join(f"Xã A,dbsh,,x{at},1\n" for at in range(30)))
    assert said.count("Dòng ") == 20
    assert "10 dòng sai khác" in said


def test_a_line_number_counts_lines_inside_quotes(ask: Any) -> None:
    _, _, said = ask('"Xã\nA",dbsh,,3.1,80\nXã B,dbsh,,3.1,x\n')
    assert "Dòng 4" in said


def test_an_unknown_set_a_missing_file_and_a_day_out_of_force_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ask: Any
) -> None:
    assert main(["assess", "--set", "khong-co", "--on", "2023-12-31", "--facts", "x.csv"]) == 2
    assert "Không có bộ tiêu chí “khong-co”" in capsys.readouterr().err
    assert main(["assess", "--set", NATIONAL, "--on", "2023-12-31", "--facts", str(tmp_path / "none.csv")]) == 2
    assert "Không mở được tệp" in capsys.readouterr().err
    code, printed, said = ask("Xã A,dbsh,,3.1,80\n", on="2022-03-07")
    assert (code, printed) == (2, None)
    assert "không có hiệu lực ngày 07/03/2022" in said
    with pytest.raises(SystemExit) as stopped:
        main(["assess", "--set", NATIONAL, "--on", "31/12/2023", "--facts", "x.csv"])
    assert stopped.value.code == 2
    assert "không phải ngày" in capsys.readouterr().err


def test_the_table_for_people_tells_what_is_not_met(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "facts.csv"
    path.write_text(HEAD + 'Xã Thạch Lỗi,,,10,"59,58"\n', encoding="utf-8")
    assert main(["assess", "--set", HAI_DUONG, "--on", "2023-12-31", "--facts", str(path)]) == 0
    out = capsys.readouterr().out
    assert "Xã Thạch Lỗi: đạt 0, chưa đạt 1, chưa có số liệu 18, không xét 0 tiêu chí; danh hiệu: chưa đạt" in out
    assert "10: 59,58 < 68 triệu đồng/người/năm (2581/QĐ-UBND, năm 2023): chưa đạt" in out


def test_it_needs_no_django(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_text(HEAD + "Xã A,dbsh,,3.1,80\n", encoding="utf-8")
    program = (
        "import sys; from ntm.faces.cli.main import main; "
        f"code = main(['assess', '--set', '{NATIONAL}', '--on', '2023-12-31', '--facts', {str(path)!r}, '--json']); "
        "assert 'django' not in sys.modules and 'numpy' not in sys.modules; sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)[0]["unit"] == "Xã A"
