"""Văn bản thử: our own sentences, read and checked for the tests."""

from __future__ import annotations

import re
from pathlib import Path

from ntm.domain.documents.checking import Finding, check
from ntm.domain.documents.reading.model import Reading
from ntm.domain.documents.reading.reader import read
from ntm.domain.documents.reading.sources import read_source

PAGES = Path(__file__).parents[4] / "docs" / "method" / "checks"
SEVERITIES = {"nặng": "high", "vừa": "medium", "nhẹ": "low", "để biết": "info"}

HEAD = """ỦY BAN NHÂN DÂN
HUYỆN YÊN SƠN

Số: 34/KH-UBND
Yên Sơn, ngày 15 tháng 02 năm 2019

KẾ HOẠCH
Xây dựng nông thôn mới huyện Yên Sơn, tỉnh Tuyên Quang năm 2019

"""
FOOT = """
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lê Quý Đôn
"""


def reading(text: str) -> Reading:
    return read(read_source(text.encode(), "thu.txt"))


def plan(body: str, annexes: str = "") -> Reading:
    """A whole district plan around that body."""
    return reading(f"{HEAD}{body.strip()}\n{FOOT}\n{annexes}")


def found(body: str, annexes: str = "") -> tuple[Finding, ...]:
    return check(plan(body, annexes))


def codes(body: str, annexes: str = "") -> list[str]:
    return [finding.rule for finding in found(body, annexes)]


def examples(code: str) -> tuple[str, str, str, str]:
    """(text with the contradiction, severity, message, clean text) of a page."""
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    wrong, clean = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    match = re.search(r"^Phát hiện \((.+?)\): (.+)$", page, re.MULTILINE)
    assert match is not None
    return wrong, SEVERITIES[match[1]], match[2], clean
