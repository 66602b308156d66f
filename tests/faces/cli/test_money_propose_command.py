"""`ntm money propose`: worked out from the records, in words and as JSON, nothing written; wrong words are refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ntm.faces.cli.main import main
from ntm.records.audit.models import Entry
from ntm.records.funding.models import AllocationProposal
from records.funding.test_proposals import TY, town

__all__ = ["town"]

WORDS = ["money", "propose", "--unit", "184", "--year", "2023", "--on", "2023-06-01", "--seconds", "5"]
CEILING = ["--ceiling", "central.investment:investment=6 tỷ"]


def test_it_prints_what_it_proposes_and_writes_nothing(town: Any, capsys: pytest.CaptureFixture[str]) -> None:
    entries = Entry.objects.count()
    assert main([*WORDS, *CEILING, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["total"] == 5 * TY == sum(sum(one.values()) for one in told["result"]["amounts"].values())
    assert told["result"]["effects"]["titles"] == [str(town.area.commune)]
    assert told["sources"] == {"central.investment|investment": 5 * TY}
    assert main([*WORDS, *CEILING, "--without", "debt"]) == 0
    said = capsys.readouterr().out
    assert "xã Văn An" in said and "5.000.000.000 đồng" in said and "Chú ý:" in said
    assert not AllocationProposal.objects.exists() and Entry.objects.count() == entries


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (WORDS, "Không còn đồng nào"),
        ([*WORDS, "--ceiling", "province=1"], "phải ghi như"),
        ([*WORDS, "--ceiling", "province:investment=nhiều"], "nhiều"),
        ([*WORDS, "--ceiling", "vang:investment=1"], "Không có nguồn vốn"),
        ([*WORDS, *CEILING, "--set", "khong-co"], "khong-co"),
        ([*WORDS, *CEILING, "--seconds", "0"], "Thời gian giải"),
        ([*WORDS[:3], "99999", *WORDS[4:]], "không có đơn vị mã 99999"),
    ],
)
def test_what_is_wrong_is_refused_with_its_sentence(
    town: Any, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(words) == 2
    assert said in capsys.readouterr().err
