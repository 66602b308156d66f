"""Chữ hoa nhận dạng sai: headings are known in spite of it, names are left alone, and a worn plan loses little."""

from __future__ import annotations

import random
import re
import statistics

import pytest
import yaml
from reading_score import score
from reading_texts import SAMPLES, names, plain, read_text

from ntm.domain.documents.reading.capitals import mended
from ntm.domain.documents.reading.marks import plain as flat

SLIPS = {"Q": "ỌO", "U": "ƯÙ", "O": "0Ọ", "I": "l1", "Đ": "D", "Ộ": "ỌO", "Ế": "ÉẾ", "Ạ": "ẠA", "Ị": "ỊI", "H": "HN", "C": "CG",
         "N": "NM", "B": "B8", "Ỷ": "ÝỸ", "Ã": "A"}  # fmt: skip


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("TỔ CNỨC THỰC HIỆM", "to chuc thuc hien"),
        ("CỘMG HÒA XA HỘI CHƯ NGHĨA VIỆT MAM", "cong hoa xa hoi chu nghia viet nam"),
        ("PNÓ CNỦ TICN", "pho chu tich"),
        ("KẾ H0ẠCN", "ke hoach"),
        ("5ố: 318/QĐ-UBND", "số: 318/qd-ubnd"),
    ],
)
def test_words_of_headings_are_known(read: str, meant: str) -> None:
    assert flat(read).replace("so:", "số:") == meant
    assert len(flat(read)) == len(read)


@pytest.mark.parametrize(
    "text", ["XÃ NẬM CÓ", "HUYỆN CẨM GIÀNG", "CÔNG AN XÃ", "KH-UBND", "NTM", "Kế hoạch", "2018", "OCOP"]
)
def test_names_abbreviations_and_figures_are_left_alone(text: str) -> None:
    assert mended(text) == text


def _worn(text: str, seed: int, share: float) -> str:
    dice = random.Random(seed)

    def word(match: re.Match[str]) -> str:
        return "".join(dice.choice(SLIPS[c]) if c in SLIPS and dice.random() < share else c for c in match[0])

    return re.sub(r"(?<![^\W_])[A-ZĐÀ-ỸƯƠ]{2,}(?![^\W_])", word, text)


def test_one_capital_in_twenty_costs_little() -> None:
    """Numbers and names are compared to the letter with the gold: what is read right but printed worn counts as wrong."""
    means = []
    for stem in names():
        gold = yaml.safe_load((SAMPLES / f"{stem}.yaml").read_text(encoding="utf-8"))
        worn = _worn((SAMPLES / f"{stem}.txt").read_text(encoding="utf-8"), seed=len(stem), share=0.05)
        means.append(statistics.mean(score(plain(read_text(worn)), gold).values()))
    assert statistics.mean(means) >= 0.92
