"""`ntm criteria`: answers without a database; --json is JSON and nothing else."""

import json
import sys

import pytest

from ntm.domain.criteria import catalogue
from ntm.faces.cli.main import main


def run(capsys, *words: str):
    code = main(["criteria", *words])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_list(capsys):
    code, out, _ = run(capsys, "list", "--json")
    found = {one["code"]: one for one in json.loads(out)}
    assert code == 0 and set(found) == set(catalogue().codes())
    assert found["xa-ntm-2021-2025"]["end"] == "2026-02-15" and found["xa-ntm-2021-2025"]["end_basis"] == "derived"
    assert found["xa-ntm-kieu-mau-2021-2025"]["end"] is None
    assert "318/QĐ-TTg" in run(capsys, "list")[1]


def test_show(capsys):
    code, out, _ = run(capsys, "show", "xa-ntm-2021-2025", "--json")
    found = json.loads(out)
    assert code == 0 and len(found["criteria"]) == 19 and found["hash"] == catalogue().get("xa-ntm-2021-2025").hash
    poverty = next(one for criterion in found["criteria"] for one in criterion["indicators"] if one["code"] == "11")
    assert {level["region"]: level["value"] for level in poverty["thresholds"]} == {
        "tdmn_phia_bac": "13",
        "bac_trung_bo": "6.5",
    }


def test_show_on_a_day(capsys):
    words = ("show", "xa-ntm-nang-cao-hai-duong-2021-2025", "--on", "2023-06-30", "--region", "dbsh")
    assert ">= 68 triệu đồng/người/năm [2581/QĐ-UBND, chưa đối chiếu] (của tỉnh)" in run(capsys, *words)[1]
    found = json.loads(run(capsys, *words, "--json")[1])
    income = next(one for criterion in found["criteria"] for one in criterion["indicators"] if one["code"] == "10")
    assert (income["level"]["value"], income["level"]["provincial"]) == ("68", True)


def test_an_unknown_code_lists_the_known(capsys):
    code, out, err = run(capsys, "show", "khong-co", "--json")
    assert (code, out) == (2, "") and "xa-ntm-2021-2025" in err


def test_diff(capsys):
    code, out, _ = run(capsys, "diff", "xa-ntm-2016-2020", "xa-ntm-2021-2025", "--json")
    found = json.loads(out)
    assert code == 0 and found["before"] == {"code": "xa-ntm-2016-2020", "on": "2020-12-31"}
    insurance = next(one for one in found["indicators"] if one["before"] and one["before"]["code"] == "15.1")
    assert insurance["change"] == "tightened" and insurance["levels"][0]["after"]["value"] == "90"
    assert "nâng mức" in run(capsys, "diff", "xa-ntm-2016-2020", "xa-ntm-2021-2025")[1]


def test_hashes(capsys):
    code, out, _ = run(capsys, "hashes")
    assert code == 0 and len(out.splitlines()) == len(catalogue().codes())


def test_template_and_import(capsys, tmp_path):
    file = tmp_path / "mau.xlsx"
    assert run(capsys, "template", "xa-ntm-2021-2025", str(file))[0] == 0
    code, out, _ = run(capsys, "import", str(file), "--json")
    found = json.loads(out)
    assert code == 2 and found["set"] is None and found["errors"][0]["place"] == "trang tính Thông tin, ô B4"


def test_import_of_yaml(capsys, tmp_path):
    from ntm.domain.criteria import write_yaml

    file = tmp_path / "bo.yaml"
    file.write_text(write_yaml(catalogue().get("xa-ntm-bac-giang-2016-2020")), encoding="utf-8")
    code, out, _ = run(capsys, "import", str(file), "--json")
    assert code == 0 and json.loads(out)["set"]["province"] == "24"


def test_a_file_that_is_not_there(capsys, tmp_path):
    code, _, err = run(capsys, "import", str(tmp_path / "x.xlsx"))
    assert code == 2 and "Không đọc được tệp" in err


@pytest.mark.parametrize("verb", ["list", "hashes"])
def test_no_django_is_needed(verb):
    import subprocess

    words = f"from ntm.faces.cli.main import main; import sys; main(['criteria', '{verb}']); assert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", words], check=True, capture_output=True, timeout=60)
