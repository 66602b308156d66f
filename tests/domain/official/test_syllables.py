"""Âm tiết: what can be a syllable, and glued words cut only where there is one way."""

import pytest

from ntm.domain.official.syllables import is_syllable, split_glued
from ntm.domain.official.text import nfd


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "quyết",
        "giếng",
        "gì",
        "Ủy",
        "HUYỆN",
        "thuở",
        "khuya",
        "oách",
        "ưu",
        "yêu",
        "quốc",
        "xoong",
        "đường",
        "Hoà",
        "Hòa",
        "y",
        "ô",
    ],
)
def test_syllables(word):
    assert is_syllable(word)
    assert is_syllable(nfd(word))


@pytest.mark.parametrize(
    "word", ["", "viöt", "café", "nôngthôn", "Điem", "naïve", "UBND", "hoc", "mat́̀", "x" * 50, "w", "quac"]
)
def test_what_is_none(word):
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("nôngthôn", ["nông", "thôn"]),
        ("Quyếtđịnh", ["Quyết", "định"]),
        ("nôngthônmới", ["nông", "thôn", "mới"]),
        ("kếhoạch", ["kế", "hoạch"]),
        ("toànhuyện", ["toàn", "huyện"]),
        ("Điem", None),
        ("đuờng", None),
        ("thôn", None),
        ("VietGap", None),
        ("", None),
        ("ôngôngôngôngôngôngông", None),
    ],
)
def test_glued_words(word, parts):
    assert split_glued(word) == parts
