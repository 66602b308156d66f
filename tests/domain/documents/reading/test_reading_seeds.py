"""Hai bản vàng: the golds of the shared material, part by part, where it stands beside the project."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
import yaml
from reading_texts import plain, read_text

SHARED = Path(__file__).resolve().parents[5] / "shared"
pytestmark = [pytest.mark.seeds, pytest.mark.skipif(not SHARED.is_dir(), reason="the shared material is not here")]
GOLDS = sorted(path.stem for path in (SHARED / "reading" / "gold").glob("*.yaml")) if SHARED.is_dir() else []
SEEDS = sorted(path.stem for path in (SHARED / "seeds").glob("*.txt")) if SHARED.is_dir() else []


def _seed(name: str) -> dict[str, Any]:
    return plain(read_text((SHARED / "seeds" / f"{name}.txt").read_text(encoding="utf-8"), f"{name}.txt"))


@pytest.mark.parametrize("name", GOLDS)
def test_every_part_of_the_score_is_met(name: str) -> None:
    spec = importlib.util.spec_from_file_location("shared_score", SHARED / "reading" / "score.py")
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    gold = yaml.safe_load((SHARED / "reading" / "gold" / f"{name}.yaml").read_text(encoding="utf-8"))
    parts = scorer.score(_seed(name), gold)
    parts.pop("mean"), parts.pop("findings", None), parts.pop("false_alarms")
    assert {part: value for part, value in parts.items() if value < 0.95} == {}


def test_the_three_other_seeds_say_who_when_and_what() -> None:
    first = {n[:3]: _seed(n)["document"] for n in SEEDS}
    assert (first["000"]["number"], first["000"]["full_number"], first["000"]["date"]) == (None, "/KH-UBND", "2023-02")
    assert (first["000"]["issuer"], first["000"]["place"]) == ("UBND xã Lương Phong", "Lương Phong")
    assert (first["002"]["issuer"], first["002"]["signer"]["name"]) == ("UBND huyện Si Ma Cai", "Nguyễn Trung Kiên")
    assert first["002"]["signer"]["position"] == "PHÓ CHỦ TỊCH"
    assert (first["003"]["full_number"], first["003"]["date"], first["003"]["place"]) == (
        "552/KH-BCĐ",
        "2020-02-17",
        "Bắc Giang",
    )


def test_annexes_of_a_seed_say_what_they_are_attached_to() -> None:
    read = _seed(next(n for n in SEEDS if n.startswith("003")))
    attached = [annex["attached_to"] for annex in read["annexes"]]
    assert attached == ["55/KH-KH-BCĐ", "17/KH-BCĐ", "599/QĐ-KH-BCĐ", "552/KH-BCĐ"]
    assert len(read["tasks"]) == 36
    villages = [u for u in read["units"] if u["level"] == "thon"]
    assert len(villages) >= 40


def test_parts_and_totals_of_a_seed() -> None:
    read = _seed(next(n for n in SEEDS if n.startswith("002")))
    amounts = [m["amount"] for m in read["money"]]
    parts = [[amounts[i] for i in s["parts"]] for s in read["money_sums"]]
    assert [sum(p) == amounts[s["total"]] for p, s in zip(parts, read["money_sums"], strict=True)] == [True, True, True]
